//! Which parentheses the syntax asks for.

use super::literal;
use crate::codenode::{Node, Op, Precedence};

/// How tightly `node` binds as it will be printed.
pub(super) fn precedence(node: &Node) -> Precedence {
    match literal::is_negative(node) {
        true => Precedence::Unary,
        false => node.op().precedence(),
    }
}

/// Whether `node` has to stand in parentheses where nothing looser than `least` may be bare. What
/// has a name is printed as that. An assignment expression is bare only where it's asked for.
pub(super) fn needs_parentheses(node: &Node, least: Precedence) -> bool {
    node.variable().is_none()
        && (precedence(node) < least || node.op() == Op::WALRUS && least != Precedence::Walrus)
}

/// The op that `node` looks like as a part of others.
pub(super) fn shown(node: &Node) -> Op {
    if node.variable().is_some() { Op::VAR } else { node.op() }
}

/// Whether it is written after what it is of: `.name`, `[index]` or `(arguments)`.
pub(super) fn is_primary(node: &Node) -> bool {
    matches!(shown(node), Op::ATTR | Op::CALL | Op::INDEX)
}

/// Operators of one rank get lines of their own together, the loosest first: `and` and `or` are of
/// one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank(std::cmp::Reverse<Precedence>);

pub(super) fn rank(level: Precedence) -> Rank {
    let level = if level == Precedence::Or { Precedence::And } else { level };
    Rank(std::cmp::Reverse(level))
}
