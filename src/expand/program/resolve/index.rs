//! What the files of a run do to each other's modules from outside.
//!
//! ```text
//! lib.RATE = 10                          assigned
//! mock.patch.object(lib, "rate", …)      the module is handed on: whoever has it may assign anything
//! mock.patch("lib.rate", …)              named
//! from lib import *                      starred
//! print(pkg.lib.RATE)                    read as an attribute of its package
//! ```
//!
//! Only files that have to do with compile time are looked at: a file that gets at a module with macros
//! imports it, and is one.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use rustpython_ast::{Expr, ExprContext, Stmt};
use rustpython_text_size::Ranged as _;

use crate::expand::program::module::{Module, below};
use crate::expand::program::modules::Project;
use crate::scope::{BindingKind, Imported, Reaching};
use crate::syntax::{Syntax, names, walk_with};

/// What is done to modules.
#[derive(Debug, Default)]
pub(crate) struct ProgramIndex {
    /// Attributes of modules that are assigned or deleted.
    assigned: HashSet<(PathBuf, String)>,
    /// Modules that are handed on as objects.
    handed_on: HashSet<PathBuf>,
    /// Texts that are dotted names.
    texts: HashSet<String>,
    /// Modules that a star import is of.
    starred: HashSet<PathBuf>,
    /// Modules that are read as attributes of their packages.
    read: HashSet<PathBuf>,
}

impl ProgramIndex {
    /// What the files do, as far as they have to do with compile time.
    pub(crate) fn of(project: &Project<'_>, files: &[PathBuf]) -> ProgramIndex {
        let mut index = ProgramIndex::default();
        for path in files.iter().filter(|path| project.is_relevant(path)) {
            if let Ok(module) = project.module(path) {
                index.add(project, &module);
            }
        }
        index
    }

    /// Whether the global of a module may be given another value from outside.
    pub(crate) fn is_assigned(&self, module: &Module, name: &str) -> bool {
        self.assigned.contains(&(module.path.clone(), name.to_owned()))
            || self.handed_on.contains(&module.path)
            || self.texts.contains(&below(&module.name, name))
    }

    /// Whether a star import is of the module at `path`.
    pub(crate) fn is_starred(&self, path: &Path) -> bool {
        self.starred.contains(path)
    }

    /// Whether the module at `path` is read as an attribute of its package.
    pub(crate) fn is_read(&self, path: &Path) -> bool {
        self.read.contains(path)
    }

    fn add(&mut self, project: &Project<'_>, module: &Rc<Module>) {
        let code = ImportedModules { project, module };
        for star in module.scopes.star_imports(crate::scope::ScopeId::MODULE) {
            let imported = module.absolute(star.level, star.module.as_deref());
            self.starred.extend(project.locate(&module.path, &imported));
        }
        let parent = |_, above, _| Some(above);
        for (node, above) in walk_with(&module.syntax, None, parent) {
            match node {
                Syntax::Expr(Expr::StringLiteral(text)) if text.value.to_str().contains('.') => {
                    self.texts.insert(text.value.to_str().to_owned());
                }
                Syntax::Expr(expr @ (Expr::Name(_) | Expr::Attribute(_))) => {
                    let Some((_, path)) = code.module_of(expr) else { continue };
                    self.read.extend(expr.is_attribute_expr().then(|| path.clone()));
                    match above {
                        Some(Syntax::Expr(Expr::Attribute(member))) => {
                            if member.ctx != ExprContext::Load {
                                self.assigned.insert((path, member.attr.to_string()));
                            }
                        }
                        Some(Syntax::Stmt(Stmt::Delete(_) | Stmt::Expr(_))) => {}
                        _ => drop(self.handed_on.insert(path)),
                    }
                }
                _ => {}
            }
        }
    }
}

/// The modules of the program that expressions are, by their imports.
struct ImportedModules<'s, 'a> {
    project: &'s Project<'a>,
    module: &'s Rc<Module>,
}

impl ImportedModules<'_, '_> {
    /// The dotted name and the file of the module that the expression is.
    fn module_of(&self, expr: &Expr) -> Option<(String, PathBuf)> {
        let name = match expr {
            Expr::Name(name) if name.ctx == ExprContext::Load => {
                let used = self.module.scopes.use_at(expr.start())?;
                let Reaching::One(binding) = self.module.scopes.reaching(used) else { return None };
                self.imported(&binding.kind)?
            }
            Expr::Attribute(attribute) => {
                let root = names(expr).next()?;
                let used = self.module.scopes.use_at(root.range.start())?;
                let Reaching::One(binding) = self.module.scopes.reaching(used) else { return None };
                let mut dotted = self.imported(&binding.kind)?;
                for part in attributes(attribute.value.as_ref(), &attribute.attr)? {
                    dotted = below(&dotted, part);
                }
                dotted
            }
            _ => return None,
        };
        let path = self.project.locate(&self.module.path, &name)?;
        Some((name, path))
    }

    /// The dotted name of the module or package that an import binds.
    fn imported(&self, kind: &BindingKind) -> Option<String> {
        let BindingKind::Import { module, level, name, object, .. } = kind else { return None };
        let imported = self.module.absolute(*level, module.as_deref());
        Some(match (object, name) {
            (Imported::Root, _) => imported.split('.').next().unwrap_or_default().to_owned(),
            (_, None) => imported,
            (_, Some(name)) => below(&imported, name),
        })
    }
}

/// The attributes of a chain that begins with a name, in order.
fn attributes<'m>(object: &'m Expr, last: &'m str) -> Option<Vec<&'m str>> {
    match object {
        Expr::Name(_) => Some(vec![last]),
        Expr::Attribute(inner) => {
            let mut parts = attributes(&inner.value, &inner.attr)?;
            parts.push(last);
            Some(parts)
        }
        _ => None,
    }
}
