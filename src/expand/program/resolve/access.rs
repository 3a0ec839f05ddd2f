//! What code takes of a list, set or dict: whether it reads it, changes it, or hands it on.

use rustpython_ast::{Expr, ExprContext, Stmt};
use rustpython_text_size::Ranged as _;

use crate::python::builtins::CallEffect;
use crate::scope::Scopes;
use crate::syntax::Syntax;

/// The methods of lists, sets and dicts that change nothing and give nobody the object.
const READING: [&str; 14] = [
    "copy",
    "count",
    "difference",
    "get",
    "index",
    "intersection",
    "isdisjoint",
    "issubset",
    "issuperset",
    "items",
    "keys",
    "symmetric_difference",
    "union",
    "values",
];

/// Whether a method of that name changes nothing and gives nobody the object.
pub(super) fn is_reading(method: &str) -> bool {
    READING.contains(&method)
}

/// What an expression or statement takes of a value in it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// A truth value, a number or a text.
    Looks,
    TakesElements,
    /// One element, with which what is around does something.
    TakesElement,
    /// The value itself, which is its own value.
    Passes,
    Changes,
    /// The value itself.
    Takes,
}

/// What `parent` takes of the value of `child`, an expression in it.
pub(super) fn access(scopes: &Scopes, parent: Syntax<'_>, child: &Expr) -> Access {
    let is = |expr: &Expr| expr.range() == child.range();
    match parent {
        Syntax::Stmt(Stmt::For(stmt)) if is(&stmt.iter) => Access::TakesElements,
        Syntax::Stmt(Stmt::Assign(stmt)) if is(&stmt.value) => {
            let is_display = |target: &Expr| target.is_tuple_expr() || target.is_list_expr();
            let takes_apart = stmt.targets.iter().all(is_display);
            if takes_apart { Access::TakesElements } else { Access::Takes }
        }
        Syntax::Stmt(Stmt::Expr(_) | Stmt::If(_) | Stmt::While(_) | Stmt::Assert(_))
        | Syntax::Expr(Expr::Compare(_) | Expr::UnaryOp(_) | Expr::FString(_)) => Access::Looks,
        Syntax::Stmt(Stmt::AugAssign(stmt)) if is(&stmt.target) => Access::Changes,
        Syntax::Stmt(Stmt::AugAssign(_) | Stmt::Match(_))
        | Syntax::Comprehension(_)
        | Syntax::Expr(Expr::BinOp(_) | Expr::Starred(_)) => Access::TakesElements,
        Syntax::Expr(Expr::BoolOp(_)) => Access::Passes,
        Syntax::Expr(Expr::If(choice)) if is(&choice.test) => Access::Looks,
        Syntax::Expr(Expr::If(_)) => Access::Passes,
        Syntax::Expr(Expr::Subscript(item)) if !is(&item.value) => Access::Looks,
        Syntax::Expr(Expr::Subscript(item)) if item.ctx == ExprContext::Load => {
            Access::TakesElement
        }
        Syntax::Expr(Expr::Subscript(_)) => Access::Changes,
        Syntax::Expr(Expr::Attribute(attribute)) => {
            if is_reading(&attribute.attr) {
                Access::TakesElements
            } else {
                Access::Changes
            }
        }
        Syntax::Expr(expr @ Expr::Call(call)) => {
            let mut stars = call.arguments.keywords.iter().filter(|k| k.arg.is_none());
            match scopes.called_builtin(expr).map(|builtin| builtin.effect) {
                Some(CallEffect::Measures | CallEffect::Speaks) => Access::Looks,
                Some(CallEffect::Reduces | CallEffect::Collects) => Access::TakesElements,
                _ if stars.any(|k| is(&k.value)) => Access::TakesElements,
                _ => Access::Takes,
            }
        }
        _ => Access::Takes,
    }
}
