//! Pieces of syntax that rewritten code is made of.

use rustpython_ast::{self as ast, Arguments, AtomicNodeIndex, Expr, ExprContext, Stmt};
use rustpython_text_size::TextRange;

use super::hook;
use crate::codenode::Op;

pub(super) fn name(name: &str, ctx: ExprContext, range: TextRange) -> Expr {
    Expr::Name(ast::ExprName { node_index: AtomicNodeIndex::NONE, range, id: name.into(), ctx })
}

pub(super) fn loaded(id: &str, range: TextRange) -> Expr {
    name(id, ExprContext::Load, range)
}

pub(super) fn none(range: TextRange) -> Expr {
    Expr::NoneLiteral(ast::ExprNoneLiteral { node_index: AtomicNodeIndex::NONE, range })
}

pub(super) fn integer(value: usize, range: TextRange) -> Expr {
    let value = ast::Number::Int(ast::Int::from(value as u64));
    Expr::NumberLiteral(ast::ExprNumberLiteral { node_index: AtomicNodeIndex::NONE, range, value })
}

/// The number by which a hook knows an op.
pub(super) fn op(op: Op, range: TextRange) -> Expr {
    integer(op as usize, range)
}

pub(super) fn text(value: &str, range: TextRange) -> Expr {
    let flags = ast::StringLiteralFlags::empty();
    Expr::from(ast::StringLiteral {
        node_index: AtomicNodeIndex::NONE,
        range,
        value: value.into(),
        flags,
    })
}

pub(super) fn call(hook: &str, args: Vec<Expr>, range: TextRange) -> Expr {
    Expr::Call(ast::ExprCall {
        node_index: AtomicNodeIndex::NONE,
        range,
        func: Box::new(loaded(hook, range)),
        arguments: Arguments {
            range,
            node_index: AtomicNodeIndex::NONE,
            args: args.into(),
            keywords: Box::default(),
        },
    })
}

/// `(a, b)`.
pub(super) fn tuple(elts: Vec<Expr>, range: TextRange) -> Expr {
    Expr::Tuple(ast::ExprTuple {
        node_index: AtomicNodeIndex::NONE,
        range,
        elts,
        ctx: ExprContext::Load,
        parenthesized: true,
    })
}

/// `[elt for target in iter]`.
pub(super) fn list_of(elt: Expr, target: Expr, iter: Expr, range: TextRange) -> Expr {
    Expr::ListComp(ast::ExprListComp {
        node_index: AtomicNodeIndex::NONE,
        range,
        elt: Box::new(elt),
        generators: vec![ast::Comprehension {
            range,
            node_index: AtomicNodeIndex::NONE,
            target,
            iter,
            ifs: Vec::new(),
            is_async: false,
        }],
    })
}

/// `body if test else orelse`.
pub(super) fn conditional(test: Expr, body: Expr, orelse: Expr, range: TextRange) -> Expr {
    Expr::If(ast::ExprIf {
        node_index: AtomicNodeIndex::NONE,
        range,
        test: Box::new(test),
        body: Box::new(body),
        orelse: Box::new(orelse),
    })
}

/// `lambda: body`.
pub(super) fn thunk(body: Expr, range: TextRange) -> Expr {
    Expr::Lambda(ast::ExprLambda {
        node_index: AtomicNodeIndex::NONE,
        range,
        parameters: None,
        body: Box::new(body),
    })
}

/// `target := value`.
pub(super) fn walrus(target: &str, value: Expr, range: TextRange) -> Expr {
    Expr::Named(ast::ExprNamed {
        node_index: AtomicNodeIndex::NONE,
        range,
        target: Box::new(name(target, ExprContext::Store, range)),
        value: Box::new(value),
    })
}

/// `target = value`.
pub(super) fn assign(target: Expr, value: Expr, range: TextRange) -> Stmt {
    Stmt::Assign(ast::StmtAssign {
        node_index: AtomicNodeIndex::NONE,
        range,
        targets: vec![target],
        value: Box::new(value),
    })
}

pub(super) fn tick(range: TextRange) -> Stmt {
    statement(hook::TICK, range)
}

pub(super) fn statement(hook: &str, range: TextRange) -> Stmt {
    Stmt::Expr(ast::StmtExpr {
        node_index: AtomicNodeIndex::NONE,
        range,
        value: Box::new(call(hook, Vec::new(), range)),
    })
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
