//! What evaluating code may do.

use super::node::Node;
use super::ops::Op;

/// Whether evaluating the tree may do more than compute a value: a call, `await`, `yield` or an
/// assignment expression, outside lambda bodies, or a statement. Operators and attributes count as
/// computing.
pub fn has_effects(node: &Node) -> bool {
    match node.op() {
        Op::CALL | Op::AWAIT | Op::YIELD | Op::YIELDFROM | Op::WALRUS => true,
        Op::LAMBDA => has_effects(node.arg(0)),
        Op::EXPR | Op::PASS => node.args().iter().any(has_effects),
        _ => node.is_statement() || node.args().iter().any(has_effects),
    }
}
