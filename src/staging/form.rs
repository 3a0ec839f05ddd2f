//! Forms that rewritten code has for hooks, and what counts of those it had.

use rustpython_ast::{Expr, ExprContext, Stmt};
use rustpython_text_size::TextRange;

use super::hook;
use crate::codenode::Op;
use crate::syntax::build;

/// The number by which a hook knows an op.
pub(super) fn op(op: Op, range: TextRange) -> Expr {
    build::integer(op as usize, range)
}

/// A call of a hook by itself.
pub(super) fn statement(hook: &str, range: TextRange) -> Stmt {
    build::statement(build::call(hook, Vec::new(), range), range)
}

pub(super) fn tick(range: TextRange) -> Stmt {
    statement(hook::TICK, range)
}

/// Whether a name says more about the value of `expr` than its code does.
pub(super) fn is_worth_a_name(expr: &Expr) -> bool {
    !matches!(
        expr,
        Expr::StringLiteral(_)
            | Expr::BytesLiteral(_)
            | Expr::NumberLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::NoneLiteral(_)
            | Expr::EllipsisLiteral(_)
            | Expr::Lambda(_)
            | Expr::List(_)
            | Expr::Tuple(_)
            | Expr::Set(_)
            | Expr::Dict(_)
            | Expr::ListComp(_)
            | Expr::SetComp(_)
            | Expr::DictComp(_)
            | Expr::Generator(_)
    )
}

/// The op of a display.
pub(super) fn display_op(expr: &Expr) -> Option<Op> {
    match expr {
        Expr::List(e) if e.ctx == ExprContext::Load => Some(Op::LIST),
        Expr::Tuple(e) if e.ctx == ExprContext::Load => Some(Op::TUPLE),
        Expr::Set(_) => Some(Op::SET),
        Expr::Dict(_) => Some(Op::DICT),
        _ => None,
    }
}
