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

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::OnceLock;

use rustpython_ast::{Expr, ExprContext, Stmt};
use rustpython_text_size::{Ranged as _, TextRange};

use crate::expand::program::module::{Module, below};
use crate::expand::program::modules::Project;
use crate::python::builtins::FrameRead;
use crate::scope::{BindingKind, Imported, Reaching, ScopeId};
use crate::syntax::{Syntax, names, walk_with};

/// The files of a run, and what they do to each other's modules, once somebody has asked. Every
/// driver of the run shares it.
#[derive(Debug, Default)]
pub struct RunFiles {
    paths: Vec<PathBuf>,
    index: OnceLock<ProgramIndex>,
}

impl RunFiles {
    /// The files that are expanded together.
    pub fn new(paths: Vec<PathBuf>) -> RunFiles {
        RunFiles { paths, index: OnceLock::new() }
    }

    /// What they do to each other's modules.
    pub(crate) fn index(&self, project: &Project<'_>) -> &ProgramIndex {
        self.index.get_or_init(|| ProgramIndex::of(project, &project.with_imported(&self.paths)))
    }
}

/// What is done to modules.
#[derive(Debug, Default)]
pub(crate) struct ProgramIndex {
    /// Attributes of modules that are assigned or deleted, and where.
    assigned: HashMap<(PathBuf, String), (PathBuf, TextRange)>,
    /// Names that are imported from modules, or read as their attributes.
    taken: HashSet<(PathBuf, String)>,
    /// Modules that are handed on as objects.
    handed_on: HashSet<PathBuf>,
    /// Texts that may be dotted names of modules and what is in them.
    texts: HashSet<String>,
    /// Modules that look at their own variables.
    looked_at: HashSet<PathBuf>,
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
        self.assigned_at(module, name).is_some()
            || self.handed_on.contains(&module.path)
            || self.texts.contains(&below(&module.name, name))
    }

    /// The file and the place where the attribute of a module is assigned.
    pub(crate) fn assigned_at(&self, module: &Module, name: &str) -> Option<&(PathBuf, TextRange)> {
        self.assigned.get(&(module.path.clone(), name.to_owned()))
    }

    /// Whether a file imports the name from the module, or reads it as its attribute.
    pub(crate) fn is_taken(&self, module: &Module, name: &str) -> bool {
        self.taken.contains(&(module.path.clone(), name.to_owned()))
    }

    /// Whether somebody may look at all variables of the module, by `vars` or as a dictionary.
    pub(crate) fn is_looked_at(&self, module: &Module) -> bool {
        self.handed_on.contains(&module.path)
            || self.texts.contains(&module.name)
            || self.is_taken(module, "__dict__")
            || self.looked_at.contains(&module.path)
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
        for star in module.scopes.star_imports(ScopeId::MODULE) {
            let imported = module.absolute(star.level, star.module.as_deref());
            self.starred.extend(project.locate(&module.path, &imported));
        }
        for scope in module.scopes.scopes() {
            let names = module.scopes.names(scope);
            for binding in names.flat_map(|name| module.scopes.bindings(scope, name)) {
                if let BindingKind::Import { module: from, level, name: Some(name), .. } =
                    &binding.kind
                {
                    let imported = module.absolute(*level, from.as_deref());
                    let path = project.locate(&module.path, &imported);
                    self.taken.extend(path.map(|path| (path, name.to_string())));
                }
            }
        }
        let parent = |_, above, _| Some(above);
        for (node, above) in walk_with(&module.syntax, None, parent) {
            match node {
                Syntax::Expr(Expr::StringLiteral(text)) if is_dotted(text.value.to_str()) => {
                    self.texts.insert(text.value.to_str().to_owned());
                }
                Syntax::Expr(Expr::Call(call)) if code.reads_globals(&call.func) => {
                    self.looked_at.insert(module.path.clone());
                }
                Syntax::Expr(expr @ (Expr::Name(_) | Expr::Attribute(_))) => {
                    let Some((_, path)) = code.module_of(expr) else { continue };
                    self.read.extend(expr.is_attribute_expr().then(|| path.clone()));
                    match above {
                        Some(Syntax::Expr(Expr::Attribute(member))) => {
                            let key = (path, member.attr.to_string());
                            if member.ctx == ExprContext::Load {
                                self.taken.insert(key);
                            } else {
                                let place = (module.path.clone(), member.attr.range);
                                self.assigned.insert(key, place);
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
pub(crate) struct ImportedModules<'s, 'a> {
    pub project: &'s Project<'a>,
    pub module: &'s Rc<Module>,
}

/// Whether the text may be the dotted name of something.
fn is_dotted(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b == b'.' || b == b'_' || b.is_ascii_alphanumeric())
}

impl ImportedModules<'_, '_> {
    /// Whether a call of it tells the variables of the module.
    fn reads_globals(&self, callee: &Expr) -> bool {
        let used = callee.as_name_expr().and_then(|_| self.module.scopes.use_at(callee.start()));
        let read = used.and_then(|used| Some((used, self.module.scopes.frame_read(used)?)));
        read.is_some_and(|(used, read)| match read {
            FrameRead::Module => true,
            FrameRead::Names | FrameRead::Variables => used.scope == ScopeId::MODULE,
            FrameRead::Code | FrameRead::Method => false,
        })
    }

    /// The dotted name and the file of the module that the expression is.
    pub(crate) fn module_of(&self, expr: &Expr) -> Option<(String, PathBuf)> {
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
