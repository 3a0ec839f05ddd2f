//! The modules of the program that expressions are, by the imports that bind their names.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use rustpython_ast::{Expr, ExprContext};
use rustpython_text_size::Ranged as _;

use crate::expand::program::module::{Hidden, Module, below};
use crate::expand::program::modules::Project;
use crate::python::builtins::FrameRead;
use crate::scope::{Binding, BindingKind, Imported, Place, Reaching, ScopeId, StarImport};

/// How often a name of a module is followed to what another module calls so.
const MOST_STEPS: usize = 8;

/// The modules of the program that expressions are, by their imports.
pub(crate) struct ImportedModules<'s, 'a> {
    project: &'s Project<'a>,
    module: &'s Rc<Module>,
    /// How often a name may still be followed.
    steps: usize,
}

/// A module by its file, or a package without one by its dotted name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ModuleKey {
    File(PathBuf),
    Namespace(String),
}

impl ModuleKey {
    /// The module that `name` is in a module at `from`, if there is one.
    pub(crate) fn of(project: &Project<'_>, from: &Path, name: &str) -> Option<ModuleKey> {
        match project.locate(from, name) {
            Some(path) => Some(ModuleKey::File(path)),
            None => project.is_namespace(from, name).then(|| ModuleKey::Namespace(name.to_owned())),
        }
    }
}

/// A module or a package without a file of its own, by its dotted name.
pub(crate) struct Found {
    pub name: String,
    pub(super) path: Option<PathBuf>,
}

impl Found {
    pub(super) fn key(&self) -> ModuleKey {
        match &self.path {
            Some(path) => ModuleKey::File(path.clone()),
            None => ModuleKey::Namespace(self.name.clone()),
        }
    }
}

impl<'s, 'a> ImportedModules<'s, 'a> {
    pub(crate) fn new(project: &'s Project<'a>, module: &'s Rc<Module>) -> ImportedModules<'s, 'a> {
        ImportedModules { project, module, steps: MOST_STEPS }
    }

    /// How a call of it gets at the variables of the module.
    pub(super) fn frame_read(&self, callee: &Expr) -> Option<FrameRead> {
        let scopes = &self.module.scopes;
        let used = callee.as_name_expr().and_then(|_| scopes.use_at(callee.start()))?;
        scopes.frame_read(used).filter(|read| match read {
            FrameRead::Module | FrameRead::Code => true,
            FrameRead::Names | FrameRead::Variables => used.scope == ScopeId::MODULE,
            FrameRead::Method => false,
        })
    }

    /// The modules that the expression may be.
    pub(crate) fn modules_of(&self, expr: &Expr) -> Vec<Found> {
        match expr {
            Expr::Name(name) if name.ctx == ExprContext::Load => {
                let scopes = &self.module.scopes;
                let Some(used) = scopes.use_at(expr.start()) else { return Vec::new() };
                let bindings = match scopes.reaching(used) {
                    Reaching::One(binding) => vec![binding],
                    Reaching::Many(bindings) => bindings,
                    Reaching::None => Vec::new(),
                };
                let stars = match scopes.resolve(used) {
                    Place::Bound(ScopeId::MODULE) | Place::Unbound => scopes.stars_reaching(used),
                    Place::Bound(_) => Vec::new(),
                };
                let bound = self.bound(&name.id, &bindings, &stars);
                if bound.is_empty() { self.module_below(expr).into_iter().collect() } else { bound }
            }
            Expr::Attribute(attribute) => {
                let objects = self.modules_of(&attribute.value).into_iter();
                objects.flat_map(|object| self.members(&object, &attribute.attr)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The module below a package that a name is in its code, which doesn't bind that.
    pub(super) fn module_below(&self, expr: &Expr) -> Option<Found> {
        let name = expr.as_name_expr().filter(|_| self.module.is_package)?;
        let scopes = &self.module.scopes;
        let is_unbound = scopes.resolve(scopes.use_at(expr.start())?) == Place::Unbound;
        let found = self.found(below(&self.module.name, &name.id));
        (is_unbound && self.is_there(&found)).then_some(found)
    }

    fn is_there(&self, found: &Found) -> bool {
        found.path.is_some() || self.project.is_namespace(&self.module.path, &found.name)
    }

    /// The modules that these bindings and star imports may bind the name to.
    fn bound(&self, name: &str, bindings: &[&Binding], stars: &[&StarImport]) -> Vec<Found> {
        let imported = bindings.iter().flat_map(|binding| self.imported(&binding.kind));
        let starred = stars.iter().flat_map(|star| {
            let from = self.found(self.module.absolute(star.level, star.module.as_deref()));
            self.members(&from, name)
        });
        imported.chain(starred).collect()
    }

    /// The modules or packages that an import binds.
    fn imported(&self, kind: &BindingKind) -> Vec<Found> {
        let BindingKind::Import { module, level, name, object, .. } = kind else {
            return Vec::new();
        };
        let imported = self.module.absolute(*level, module.as_deref());
        match (object, name) {
            (Imported::Root, _) => {
                let root = imported.split('.').next().unwrap_or_default();
                vec![self.found(root.to_owned())]
            }
            (_, None) => vec![self.found(imported)],
            (_, Some(name)) => self.members(&self.found(imported), name),
        }
    }

    /// What a module calls by the name: a module below it, or one that it imports under that name.
    fn members(&self, object: &Found, name: &str) -> Vec<Found> {
        let below = self.found(below(&object.name, name));
        let (mut members, mut is_hidden) = (Vec::new(), false);
        let home = object.path.as_ref().and_then(|path| self.project.module(path).ok());
        if let Some(home) = home
            && let Some(steps) = self.steps.checked_sub(1)
        {
            let code = ImportedModules { project: self.project, module: &home, steps };
            let scopes = &home.scopes;
            let bindings: Vec<&Binding> = scopes.bindings(ScopeId::MODULE, name).iter().collect();
            is_hidden = home.hides_below(name) == Some(Hidden::Surely);
            members = code.bound(name, &bindings, &scopes.stars_at_end(name));
        }
        let is_there = !is_hidden && self.is_there(&below);
        members.extend(is_there.then_some(below));
        members
    }

    fn found(&self, name: String) -> Found {
        Found { path: self.project.locate(&self.module.path, &name), name }
    }
}
