//! The attributes that some code reads.

use rustpython_ast::visitor::{Visitor, walk_expr};
use rustpython_ast::{Expr, ExprAttribute, ExprContext};

/// The attributes that are read in what `visit` is to look at.
pub(crate) fn attributes_in<'m>(visit: impl FnOnce(&mut Attributes<'m>)) -> Vec<&'m ExprAttribute> {
    let mut attributes = Attributes(Vec::new());
    visit(&mut attributes);
    attributes.0
}

/// A walk that takes note of them.
pub(crate) struct Attributes<'m>(Vec<&'m ExprAttribute>);

impl<'m> Visitor<'m> for Attributes<'m> {
    fn visit_expr(&mut self, expr: &'m Expr) {
        if let Expr::Attribute(attribute) = expr
            && attribute.ctx == ExprContext::Load
        {
            self.0.push(attribute);
        }
        walk_expr(self, expr);
    }
}
