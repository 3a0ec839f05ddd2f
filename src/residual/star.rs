//! What a call or display evaluates after a star.
//!
//! `[*a, f()]` takes `a` apart before it calls `f`. The steps of what follows the star were recorded
//! before the display was, so they have to be in it, or the order would be another.

#[cfg(test)]
mod tests;

use super::fold::fold_block;
use super::{Form, Residual, Statement};
use crate::codenode::{Node, Op, Origin};

/// The call or display with `block`, which is what was recorded since its first star, in it; none if
/// it doesn't hold that.
pub(crate) fn after_star(residual: &Residual, block: Vec<Statement>, node: &Node) -> Option<Node> {
    // What stands for a star meanwhile does nothing: the star's own work is in its place.
    let hidden = node.map_args(|arg| match arg.op() {
        Op::STAR => Node::new(Op::SLICE, vec![arg.arg(0).clone(), Node::empty(), Node::empty()]),
        Op::DOUBLESTAR => Node::new(Op::PAIR, vec![arg.arg(0).clone(), Node::empty()]),
        _ => arg.clone(),
    });
    let stable = |node: &Node| matches!(node.origin(), Origin::Builtin | Origin::Library);
    let folded = fold_block(residual, block, &hidden, Form::Expressions, &stable);
    let shown = folded.result.map_args(|arg| match (arg.op(), arg.args()) {
        (Op::SLICE, [value, ..]) => Node::new(Op::STAR, vec![value.clone()]),
        (Op::PAIR, [value, rest]) if rest.op() == Op::EMPTY => {
            Node::new(Op::DOUBLESTAR, vec![value.clone()])
        }
        _ => arg.clone(),
    });
    folded.statements.is_empty().then(|| shown.with_loc(node.loc()))
}
