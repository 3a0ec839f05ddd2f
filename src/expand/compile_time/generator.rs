//! Whether a function is a generator.

use rustpython_ast::visitor::{Visitor, walk_expr, walk_stmt};
use rustpython_ast::{Expr, Stmt, StmtFunctionDef};

/// Whether the function yields; what it quotes, in `with` blocks of what `is_quote` tells, is other
/// code's.
pub(crate) fn is_generator(def: &StmtFunctionDef, is_quote: &mut dyn FnMut(&Expr) -> bool) -> bool {
    let mut yields = Yields { found: false, is_quote };
    def.body.iter().for_each(|stmt| yields.visit_stmt(stmt));
    yields.found
}

struct Yields<'q> {
    found: bool,
    is_quote: &'q mut dyn FnMut(&Expr) -> bool,
}

impl<'a> Visitor<'a> for Yields<'_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            Stmt::With(s) if s.items.iter().any(|item| (self.is_quote)(&item.context_expr)) => {}
            _ => walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Yield(_) | Expr::YieldFrom(_) => self.found = true,
            Expr::Lambda(_) => {}
            _ => walk_expr(self, expr),
        }
    }
}
