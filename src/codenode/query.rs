//! What evaluating code may do.

use super::node::Node;

/// Whether evaluating the tree may do more than compute a value: a call, `await`, `yield`, an
/// assignment, or another statement that does something. Operators and attributes count as
/// computing.
pub(crate) fn has_effects(node: &Node) -> bool {
    !node.op().effect().only_computes() || node.evaluated_now().any(has_effects)
}
