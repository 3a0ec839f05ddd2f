//! Whether a name may come to mean something else: by a star import, by an assignment from outside.

use std::rc::Rc;

use rustpython_ast::{Expr, ExprContext};

use super::Resolver;
use crate::expand::program::entity::Entity;
use crate::expand::program::module::Module;
use crate::scope::{ScopeId, StarImport};
use crate::syntax::{Syntax, walk};

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
}
