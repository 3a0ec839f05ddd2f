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
    /// The modules that it names, and their files.
    named: Vec<(String, Option<PathBuf>)>,
}

impl<'s, 'a> ImportStyle<'s, 'a> {
    /// The style of the import statement at this place of `module`.
    pub(crate) fn of(project: &'s Project<'a>, module: &'s Rc<Module>, place: TextRange) -> Self {
        let (level, from, names) = match statement_around(&module.syntax, place) {
            Some(Stmt::ImportFrom(import)) => {
                let from = module.absolute(import.level, import.module.as_deref());
                (import.level, Some(from.clone()), vec![from])
            }
            Some(Stmt::Import(import)) => {
                (0, None, import.names.iter().map(|alias| alias.name.to_string()).collect())
            }
            _ => (0, None, Vec::new()),
        };
        let located = |name: String| {
            let path = project.locate(&module.path, &name);
            (name, path)
        };
        let named = names.into_iter().map(located).collect();
        ImportStyle { project, module, level, from, named }
    }

    /// Whether the statement imports from the module of the target.
    pub(crate) fn is_of(&self, target: &ImportTarget) -> bool {
        let located = || self.project.locate(&self.module.path, &target.module);
        self.from.as_ref() == Some(&target.module)
            || self.from.is_some() && located().is_some_and(|path| self.name_of(&path).is_some())
    }

    /// The dotted names of the modules that the statement imports from, or imports.
    pub(crate) fn modules(&self) -> impl Iterator<Item = &str> {
        self.named.iter().map(|(name, _)| name.as_str())
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
        let named = self.name_of(&path).filter(|_| self.level == 0).map(str::to_owned);
        named.or_else(|| self.below_same_root(&path)).unwrap_or_else(|| target.module.clone())
    }

    /// What the statement calls the module of a file.
    fn name_of(&self, path: &Path) -> Option<&str> {
        let is_of = |(_, own): &&(String, Option<PathBuf>)| own.as_deref() == Some(path);
        self.named.iter().find(is_of).map(|(name, _)| name.as_str())
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

    /// The name of a file's module from the root by which a module of the statement is found.
    fn below_same_root(&self, path: &Path) -> Option<String> {
        self.named.iter().find_map(|(own, own_path)| {
            let root = module_path(own_path.as_ref()?);
            let root = root.ancestors().nth(own.split('.').count())?;
            let name = dotted(module_path(path).strip_prefix(root).ok()?);
            let is_found = self.project.locate(&self.module.path, &name).as_deref() == Some(path);
            is_found.then_some(name)
        })
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
