//! Puts one expression in place of another.

use std::cell::Cell;

use rustpython_ast::relocate::relocate_expr;
use rustpython_ast::visitor::transformer::{Transformer, walk_expr};
use rustpython_ast::{Expr, ExprName};
use rustpython_text_size::TextRange;

/// Puts `value` in place of the name at `range`, at whose place it stands then.
pub(crate) fn substitute(code: &mut Expr, range: TextRange, mut value: Expr) {
    relocate_expr(&mut value, range);
    Substitution { range, value: Cell::new(Some(value)) }.visit_expr(code);
}

struct Substitution {
    range: TextRange,
    value: Cell<Option<Expr>>,
}

impl Transformer for Substitution {
    fn visit_expr(&self, expr: &mut Expr) {
        match expr {
            Expr::Name(ExprName { range, .. }) if *range == self.range => {
                if let Some(value) = self.value.take() {
                    *expr = value;
                }
            }
            _ => walk_expr(self, expr),
        }
    }
}
