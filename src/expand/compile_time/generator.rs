//! Whether a function is a generator.

use rustpython_ast::{Expr, Stmt, StmtFunctionDef};

use crate::syntax::{Reach, Syntax, walk};

/// Whether the function yields; what it quotes, in `with` blocks of what `is_quote` tells, is other
/// code's.
pub(crate) fn is_generator(def: &StmtFunctionDef, is_quote: impl Fn(&Expr) -> bool) -> bool {
    let is_quotation = |node: Syntax<'_>| match node.stmt() {
        Some(Stmt::With(s)) => s.items.iter().any(|item| is_quote(&item.context_expr)),
        _ => false,
    };
    let mut own = walk(&def.body).within(Reach::Frame).entering(|node| !is_quotation(node));
    own.any(Syntax::is_yield)
}
