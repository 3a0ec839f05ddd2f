//! The order in which Python evaluates the parts of code, and what a part may do before another.

use super::effect::{Effect, StableName, effect, own_effect};
use crate::codenode::{Node, Op, TemporaryId};

/// What a walk in evaluation order up to the use of a step's value found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The use isn't in this part.
    Absent,
    /// The use was reached, and the step may be evaluated there.
    Fits,
    /// The use isn't reached on every path, or too much happens before it.
    Blocked,
}

/// A walk in evaluation order up to the first use of a step's value.
pub(super) struct Path<'a> {
    pub hole: TemporaryId,
    /// What the step does.
    pub step: Effect,
    /// The effects on the way so far.
    pub before: Effect,
    pub stable: StableName<'a>,
}

impl<'a> Path<'a> {
    pub fn new(hole: TemporaryId, step: Effect, stable: StableName<'a>) -> Path<'a> {
        Path { hole, step, before: Effect::Pure, stable }
    }

    pub fn walk(&mut self, node: &Node) -> Outcome {
        if node.temporary_id() == Some(self.hole) {
            return if self.step.commutes(self.before) { Outcome::Fits } else { Outcome::Blocked };
        }
        if !self.step.commutes(self.before) {
            // Nothing further on can change that: the use, wherever it is, is too late.
            return if has_use(node, self.hole) { Outcome::Blocked } else { Outcome::Absent };
        }
        for index in evaluation_order(node) {
            let arg = &node.args()[index];
            if certain(node.op(), index) {
                match self.walk(arg) {
                    Outcome::Absent => {}
                    outcome => return outcome,
                }
            } else if has_use(arg, self.hole) {
                return Outcome::Blocked;
            } else {
                self.before = self.before.max(effect(arg, self.stable));
            }
        }
        self.before = self.before.max(own_effect(node, self.stable));
        Outcome::Absent
    }
}

/// The arguments in the order in which they are evaluated: that of the tree (where the condition
/// of `a if c else b` comes first), but for assignments, which have the value first.
pub(super) fn evaluation_order(node: &Node) -> Box<dyn Iterator<Item = usize>> {
    let count = node.args().len();
    match node.op() {
        Op::ASSIGN | Op::WALRUS => Box::new((0..count).rev()),
        _ => Box::new(0..count),
    }
}

/// Whether argument `index` is evaluated exactly once when a node with `op` is.
fn certain(op: Op, index: usize) -> bool {
    match op {
        Op::IF | Op::AND | Op::OR => index == 0,
        Op::CHAIN => index <= 1,
        Op::LAMBDA | Op::LISTCOMP | Op::SETCOMP | Op::DICTCOMP | Op::GENERATOR => false,
        Op::WALRUS => index == 1,
        _ => true,
    }
}

/// Whether the value of the step is used in `node`.
pub(super) fn has_use(node: &Node, id: TemporaryId) -> bool {
    node.temporary_id() == Some(id)
        || node.holds_temporary() && node.args().iter().any(|arg| has_use(arg, id))
}
