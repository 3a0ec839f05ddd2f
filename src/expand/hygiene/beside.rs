//! How a module is named in an import that goes beside another: in the other's style.
//!
//! ```text
//! from .lib import m          from .lib import helper, from . import lib as _lib, from ..core import x
//! from pkg.lib import m       from pkg.lib import helper, import pkg.lib as _lib
//! ```

use std::path::{Path, PathBuf};
use std::rc::Rc;

use rustpython_ast::Stmt;
use rustpython_text_size::TextRange;

use super::target::ImportTarget;
use crate::expand::program::{Module, Project};
use crate::syntax::statement_around;

/// The style of an import statement.
pub(crate) struct ImportStyle<'s, 'a> {
    project: &'s Project<'a>,
    module: &'s Rc<Module>,
    /// How many dots it has.
    level: u32,
    /// The module that it imports from, its dotted name, as it is looked for.
    from: Option<String>,
    /// The file of what it names.
    path: Option<PathBuf>,
}

impl<'s, 'a> ImportStyle<'s, 'a> {
    /// The style of the import statement at this place of `module`.
    pub(crate) fn of(project: &'s Project<'a>, module: &'s Rc<Module>, place: TextRange) -> Self {
        let (level, from, named) = match statement_around(&module.syntax, place) {
            Some(Stmt::ImportFrom(import)) => {
                let from = module.absolute(import.level, import.module.as_deref());
                (import.level, Some(from.clone()), Some(from))
            }
            Some(Stmt::Import(import)) => {
                let alias = import.names.first();
                (0, None, alias.map(|alias| alias.name.to_string()))
            }
            _ => (0, None, None),
        };
        let path = named.as_ref().and_then(|name| project.locate(&module.path, name));
        ImportStyle { project, module, level, from, path }
    }

    /// Whether the statement imports from the module of the target.
    pub(crate) fn is_of(&self, target: &ImportTarget) -> bool {
        let located = || self.project.locate(&self.module.path, &target.module);
        self.from.as_ref() == Some(&target.module)
            || self.from.is_some() && self.path.is_some() && self.path == located()
    }

    /// How the module of a target is named beside it.
    pub(crate) fn spelled(&self, target: &ImportTarget) -> String {
        let Some(path) = self.project.locate(&self.module.path, &target.module) else {
            return target.module.clone();
        };
        if self.level > 0
            && let Some(name) = self.relative(&path)
        {
            return name;
        }
        match &self.from {
            Some(from) if self.path.as_ref() == Some(&path) && self.level == 0 => from.clone(),
            _ => self.below_same_root(&path).unwrap_or_else(|| target.module.clone()),
        }
    }

    /// The name of a file's module by dots, if both are in one package.
    fn relative(&self, path: &Path) -> Option<String> {
        let parts = module_path(path);
        let (package, own) = (self.module.path.parent()?, parts.parent()?);
        let up = package.ancestors().take_while(|folder| !own.starts_with(folder)).count();
        let around = package.ancestors().nth(up)?;
        // The folder of a root is no package.
        let depth = self.module.name.split('.').count() - usize::from(!self.module.is_package);
        let below = parts.strip_prefix(around).ok()?;
        (up < depth).then(|| format!("{}{}", ".".repeat(up + 1), dotted(below)))
    }

    /// The name of a file's module from the root by which the statement's module is found.
    fn below_same_root(&self, path: &Path) -> Option<String> {
        let parts = self.from.as_ref().map_or(0, |from| from.split('.').count());
        let root = module_path(self.path.as_ref()?);
        let root = root.ancestors().nth(parts)?.to_path_buf();
        let name = dotted(module_path(path).strip_prefix(root).ok()?);
        let is_found = self.project.locate(&self.module.path, &name).as_deref() == Some(path);
        is_found.then_some(name)
    }
}

/// The path of a module without its ending.
fn module_path(path: &Path) -> PathBuf {
    match path.parent().filter(|_| path.ends_with("__init__.py")) {
        Some(folder) => folder.to_path_buf(),
        None => path.with_extension(""),
    }
}

fn dotted(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join(".")
}
