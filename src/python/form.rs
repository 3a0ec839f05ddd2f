//! The parser's syntax tree as the table of ops has it: which op a form is, and the code that it
//! evaluates, in order.
//!
//! `f(x, key=g)[0]` is INDEX, which evaluates `f(x, key=g)` and `0`; that is CALL, which evaluates
//! `f`, `x` and, as a part of a KEYWORD, `g`.

mod operators;

mod expression;

mod statement;

use rustpython_ast::{AnyNodeRef, Expr, ExprRef, StmtRef};

use super::op::{Evaluated, Op, When};

pub(crate) use expression::expression_op;
pub(crate) use operators::{binary_op, comparison_op, unary_op};
pub(crate) use statement::statement_op;

/// What a form holds.
enum Arg<'a> {
    /// An expression.
    Code(&'a Expr),
    /// What the syntax tree has no expression for, with what that holds.
    Part(Op, Vec<Arg<'a>>),
}

/// An expression that a form evaluates.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operand<'a> {
    pub expr: &'a Expr,
    /// The op that it is an argument of: the form's, or that of a part of the form.
    pub of: Op,
    /// Its place among the arguments of that.
    pub index: usize,
    pub when: When,
    pub scope: Evaluated,
    /// Whether it is a target, which is assigned or deleted then.
    pub is_bound: bool,
}

impl Operand<'_> {
    /// Whether it is evaluated exactly once whenever the form is, in the scope around the form.
    pub(crate) fn is_certain(self) -> bool {
        self.when == When::Once && self.scope == Evaluated::Around
    }
}

/// The expressions that an expression evaluates, in the order in which it does.
pub(crate) fn operands<'a>(expr: impl Into<ExprRef<'a>>) -> Vec<Operand<'a>> {
    let expr = expr.into();
    all(expression_op(expr), &expression::args(expr))
}

/// The expressions that a statement evaluates, those in the statements of its blocks aside.
pub(crate) fn statement_operands<'a>(stmt: impl Into<StmtRef<'a>>) -> Vec<Operand<'a>> {
    let stmt = stmt.into();
    all(statement_op(stmt), &statement::args(stmt))
}

/// The op of an expression or statement, and what it evaluates; none for a piece of one.
pub(crate) fn form(node: AnyNodeRef<'_>) -> Option<(Op, Vec<Operand<'_>>)> {
    match (node.as_expr_ref(), node.as_stmt_ref()) {
        (Some(expr), _) => Some((expression_op(expr), operands(expr))),
        (None, Some(stmt)) => Some((statement_op(stmt), statement_operands(stmt))),
        (None, None) => None,
    }
}

fn all<'a>(op: Op, args: &[Arg<'a>]) -> Vec<Operand<'a>> {
    let mut found = Vec::new();
    collect(op, args, (When::Once, Evaluated::Partly), &mut found);
    // Annotations come after all that is evaluated in any case.
    found.sort_by_key(|operand| operand.when == When::Asked);
    found
}

/// Collects what `args` of an op evaluate that is evaluated `around`.
fn collect<'a>(op: Op, args: &[Arg<'a>], around: (When, Evaluated), found: &mut Vec<Operand<'a>>) {
    let op_of = |arg: &Arg<'_>| match arg {
        Arg::Code(expr) => expression_op(ExprRef::from(*expr)),
        Arg::Part(op, _) => *op,
    };
    for part in op.parts(args.iter().map(op_of)) {
        let scope = match around.1 {
            Evaluated::Partly => part.scope,
            Evaluated::Around | Evaluated::Within => around.1,
        };
        // Of `a if b else (c if d else e)`, `d` comes at most once.
        let when = part.when.max(around.0);
        match args.get(part.index) {
            Some(Arg::Code(expr)) => {
                let (index, is_bound) = (part.index, part.is_bound);
                found.push(Operand { expr, of: op, index, when, scope, is_bound });
            }
            Some(Arg::Part(op, args)) => collect(*op, args, (when, scope), found),
            None => {}
        }
    }
}

/// Expressions one after the other.
fn codes<'a>(exprs: impl IntoIterator<Item = &'a Expr>) -> Vec<Arg<'a>> {
    exprs.into_iter().map(Arg::Code).collect()
}

fn empty<'a>() -> Arg<'a> {
    Arg::Part(Op::EMPTY, Vec::new())
}

fn optional(expr: Option<&Expr>) -> Arg<'_> {
    expr.map_or_else(empty, Arg::Code)
}
