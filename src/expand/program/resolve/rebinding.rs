//! Whether a name may come to mean something else: by a star import, by an assignment from outside.

use std::collections::HashSet;
use std::rc::Rc;

use rustpython_ast::{Expr, ExprContext};

use super::Resolver;
use crate::expand::program::entity::Entity;
use crate::expand::program::modules::Module;
use crate::python::meta::is_meta_module;
use crate::scope::{ScopeId, StarImport};
use crate::syntax::{Syntax, walk};

impl Resolver<'_> {
    /// Whether the global of `home` has the value of its one definition as long as it has one, as
    /// far as `home` and `from` tell.
    pub fn keeps_its_value(&self, from: &Rc<Module>, home: &Rc<Module>, name: &str) -> bool {
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
    pub fn may_be_starred(&self, module: &Rc<Module>, name: &str) -> bool {
        let mut seen = HashSet::from([module.path.clone()]);
        let mut waiting = vec![module.clone()];
        while let Some(next) = waiting.pop() {
            for star in next.scopes.star_imports(ScopeId::MODULE) {
                let imported = next.absolute(star.level, star.module.as_deref());
                if is_meta_module(imported.as_str()) {
                    continue;
                }
                let Some(path) = self.project.locate(&next.path, &imported) else {
                    match name.starts_with('_') {
                        true => continue,
                        false => return true,
                    }
                };
                let Ok(found) = self.project.module(&path) else { return true };
                let bound = |name| !found.scopes.bindings(ScopeId::MODULE, name).is_empty();
                if bound(name) && (!name.starts_with('_') || bound("__all__")) {
                    return true;
                }
                if seen.insert(path) {
                    waiting.push(found);
                }
            }
        }
        false
    }
}
