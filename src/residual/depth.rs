//! How deep brackets stand in each other in code: Python's tokenizer and older parsers know a limit.
//!
//! ```text
//! f(g(x))         2
//! a.b().c()       1
//! a + b + c       0
//! a + (b + c)     1
//! ```

use super::statement::Statement;
use crate::codenode::{Node, Op, TemporaryId};
use crate::python::op::Shape;

/// How deep code is folded into other code.
const DEEPEST: usize = 60;

/// Whether the part is written without a bracket around it.
fn is_flat(node: &Node, index: usize) -> bool {
    let level = node.arg(index).op().precedence();
    match (node.op(), node.op().operand_levels()) {
        (_, Some((first, others))) => level >= if index == 0 { first } else { others },
        (Op::ATTR | Op::CALL | Op::INDEX, _) => index == 0 && level >= node.op().least(0),
        (op, _) => matches!(op.shape(), Shape::Statement),
    }
}

/// The deepest place in the code.
pub(crate) fn depth(node: &Node) -> usize {
    let parts = node.args().iter().enumerate();
    let deep = parts.map(|(index, part)| depth(part) + usize::from(!is_flat(node, index)));
    deep.max().unwrap_or(0)
}

/// The deepest place at which the value is used.
pub(super) fn depth_of_use(node: &Node, id: TemporaryId) -> Option<usize> {
    if node.temporary_id() == Some(id) {
        return Some(0);
    }
    let parts = node.args().iter().enumerate().filter(|(_, part)| part.holds_temporary());
    let deep = parts.filter_map(|(index, part)| {
        Some(depth_of_use(part, id)? + usize::from(!is_flat(node, index)))
    });
    deep.max()
}

/// Likewise in a statement and its blocks.
pub(super) fn depth_of_use_in(statement: &Statement, id: TemporaryId) -> Option<usize> {
    let codes = statement.codes().into_iter().chain(statement.repeated_codes());
    let own = codes.into_iter().filter_map(|code| depth_of_use(code, id));
    let inner = statement.blocks().into_iter().flatten();
    own.chain(inner.filter_map(|statement| depth_of_use_in(statement, id))).max()
}

/// Whether brackets would stand too deep in each other with `code` in place of values that are used
/// so deep.
pub(super) fn would_nest(code: &Node, uses: impl IntoIterator<Item = usize>) -> bool {
    let own = depth(code);
    own > 0 && uses.into_iter().any(|around| around + own > DEEPEST)
}
