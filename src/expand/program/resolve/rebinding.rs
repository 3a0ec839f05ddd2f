//! Whether a name may come to mean something else: by a star import, by an assignment from outside.

use std::collections::HashSet;
use std::path::PathBuf;
use std::rc::Rc;

use rustpython_ast::{Expr, ExprContext};

use super::Resolver;
use crate::expand::program::entity::Entity;
use crate::expand::program::modules::Module;
use crate::python::meta::is_meta_module;
use crate::scope::{Position, ScopeId, StarImport};
use crate::syntax::{Exports, Syntax, walk};

impl Resolver<'_> {
    /// Whether the global of `home` has the value of its one definition as long as it has one, as
    /// far as `home` and `from` tell.
    pub(crate) fn keeps_its_value(&self, from: &Rc<Module>, home: &Rc<Module>, name: &str) -> bool {
        let [binding] = home.scopes.bindings(ScopeId::MODULE, name) else { return false };
        let stars = home.scopes.star_imports(ScopeId::MODULE);
        let is_later = |star: &StarImport| star.statement.start() >= binding.statement.end();
        let is_starred = stars.iter().any(is_later) && self.may_be_starred(home, name);
        let changes = |node: Syntax<'_>| match node.expr() {
            Some(Expr::Attribute(e)) if e.ctx != ExprContext::Load && e.attr.as_str() == name => {
                matches!(self.entity_of(from, &e.value), Some(Entity::Module(m)) if m.file == home.file)
            }
            _ => false,
        };
        !is_starred && !walk(&from.syntax).any(changes)
    }

    /// Whether a star import of the module may bind the name.
    pub(crate) fn may_be_starred(&self, module: &Rc<Module>, name: &str) -> bool {
        let stars = module.scopes.star_imports(ScopeId::MODULE);
        stars.iter().any(|star| self.star_brings(module, star, name) != Some(false))
    }

    /// Whether the star import binds the name; none if that can't be told.
    pub(super) fn star_brings(
        &self,
        module: &Rc<Module>,
        star: &StarImport,
        name: &str,
    ) -> Option<bool> {
        self.brings(module, star, name, &mut HashSet::from([module.path.clone()]))
    }

    fn brings(
        &self,
        module: &Rc<Module>,
        star: &StarImport,
        name: &str,
        seen: &mut HashSet<PathBuf>,
    ) -> Option<bool> {
        let imported = module.absolute(star.level, star.module.as_deref());
        if is_meta_module(imported.as_str()) {
            return Some(false);
        }
        let is_private = name.starts_with('_');
        let Some(path) = self.project.locate(&module.path, &imported) else {
            return is_private.then_some(false);
        };
        let found = self.project.module(&path).ok()?;
        if !seen.insert(path) {
            return Some(false);
        }
        let is_bound = |name| !found.scopes.bindings(ScopeId::MODULE, name).is_empty();
        if is_bound("__all__") {
            return match exports(&found) {
                Some(names) => Some(names.contains(&name)),
                None if is_bound(name) => None,
                None => self.stars_bring(&found, name, seen).filter(|brings| !brings),
            };
        }
        if is_private || is_bound(name) {
            return Some(!is_private);
        }
        self.stars_bring(&found, name, seen)
    }

    fn stars_bring(
        &self,
        module: &Rc<Module>,
        name: &str,
        seen: &mut HashSet<PathBuf>,
    ) -> Option<bool> {
        let stars = module.scopes.star_imports(ScopeId::MODULE).iter();
        let all: Vec<Option<bool>> =
            stars.map(|star| self.brings(module, star, name, seen)).collect();
        match all.contains(&Some(true)) {
            true => Some(true),
            false => all.iter().all(Option::is_some).then_some(false),
        }
    }
}

/// The names that a star import of the module brings, if one list says it.
fn exports(module: &Module) -> Option<Vec<&str>> {
    let [binding] = module.scopes.bindings(ScopeId::MODULE, "__all__") else { return None };
    let parts = Exports::of(&module.syntax.body);
    let [list @ Exports::Display(..)] = &parts[..] else { return None };
    let is_known = binding.position == Position::Straight && list.computed().is_none();
    is_known.then(|| list.names().collect())
}
