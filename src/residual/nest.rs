//! Code that runs under a condition, as one expression inside another.

use super::fold::fold_block;
use super::sequence::{Binding, Unplaceable, in_one_expression};
use super::{Form, Residual, Statement};
use crate::codenode::Node;

/// The expression that does what the block, which was recorded in `residual`, and then `value` do.
///
/// # Errors
/// When there is no such expression.
pub(crate) fn nested(
    residual: &Residual,
    block: Vec<Statement>,
    value: &Node,
) -> Result<Node, Unplaceable> {
    // What may change meanwhile isn't known here.
    let unstable = |_: &Node| false;
    let folded = fold_block(residual, block, value, Form::Expressions, &unstable);
    in_one_expression(&folded, Binding::Walrus, &unstable).map(|joined| joined.code)
}
