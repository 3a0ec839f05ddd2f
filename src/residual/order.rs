//! The order in which Python evaluates the parts of code, and whether a step may move into one.
//!
//! A step `t0 = f()` moves into `h(x, t0 + g())` if a walk in evaluation order meets nothing on the
//! way to `t0` that doesn't commute with `f()`:
//!
//! ```text
//! h          a variable: commutes, it is stable
//! x          likewise
//! t0         the hole: f() fits
//!            in h(g(), t0) the walk comes to g() first, and f() is blocked
//!            in h(x and t0) the hole may not be evaluated at all, and f() is blocked
//! ```

#[cfg(test)]
mod tests;

use super::Statement;
use super::effect::{Effect, StableName, effect, own_effect};
use super::statement::collect;
use crate::codenode::{Node, Op, TemporaryId};

/// What a walk in evaluation order up to the use of a step's value found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reached {
    /// The use isn't in this part.
    Absent,
    /// The use was reached, and the step may be evaluated there.
    Fits,
    /// The use isn't reached on every path, or too much happens before it.
    Blocked,
}

/// A walk in evaluation order up to the first use of a step's value.
pub(super) struct Path<'a> {
    hole: TemporaryId,
    /// What the step does.
    step: Effect,
    /// The values that the step uses.
    reads: Vec<TemporaryId>,
    /// The effects on the way so far.
    before: Effect,
    /// Whether one of the values that the step uses has changed on the way.
    stale: bool,
    /// Whether there will be an assignment expression, which may not stand in what a comprehension goes
    /// through.
    names: bool,
    stable: StableName<'a>,
}

impl<'a> Path<'a> {
    /// The walk that looks for the place of the step `hole` that evaluates `code`.
    pub(crate) fn new(hole: TemporaryId, code: &Node, stable: StableName<'a>) -> Path<'a> {
        let mut reads = Vec::new();
        collect(code, &mut reads);
        let step = effect(code, stable);
        let (before, stale, names) = (Effect::Pure, false, code.holds_assignment());
        Path { hole, step, reads, before, stale, names, stable }
    }

    /// Likewise, for a step that is to be named where it stands.
    pub(crate) fn naming(hole: TemporaryId, code: &Node, stable: StableName<'a>) -> Path<'a> {
        Path { names: true, ..Path::new(hole, code, stable) }
    }

    /// Goes through a statement.
    pub(crate) fn walk_statement(&mut self, statement: &Statement) -> Reached {
        for code in statement.codes() {
            match self.walk(code) {
                Reached::Absent => {}
                outcome => return outcome,
            }
        }
        let hole = self.hole;
        let blocks = statement.blocks();
        let is_compound = !blocks.is_empty();
        let elsewhere = statement.repeated_codes().into_iter().any(|code| has_use(code, hole))
            || blocks.into_iter().flatten().any(|inner| uses(inner, hole));
        if elsewhere {
            return Reached::Blocked;
        }
        if is_compound || statement.leaves() {
            self.before = Effect::Any;
        }
        self.stale |= writes(statement, &self.reads);
        Reached::Absent
    }

    pub(crate) fn walk(&mut self, node: &Node) -> Reached {
        if node.temporary_id() == Some(self.hole) {
            return if self.may_stand() { Reached::Fits } else { Reached::Blocked };
        }
        if !self.may_stand() {
            // Nothing further on can change that: the use, wherever it is, is too late.
            return if has_use(node, self.hole) { Reached::Blocked } else { Reached::Absent };
        }
        for part in node.parts() {
            let arg = match node.arg(part.index) {
                part if is_text(node, part) => part.arg(0),
                arg => arg,
            };
            if part.is_certain() && !(self.names && node.op().opens_scope()) {
                match self.walk(arg) {
                    Reached::Absent => {}
                    outcome => return outcome,
                }
            } else if has_use(arg, self.hole) {
                return Reached::Blocked;
            } else if part.is_evaluated_now() {
                self.before = self.before.max(effect(arg, self.stable));
            }
        }
        self.before = self.before.max(own_effect(node, self.stable));
        Reached::Absent
    }

    fn may_stand(&self) -> bool {
        !self.stale && self.step.commutes(self.before)
    }
}

/// Whether the statement uses the value.
pub(super) fn uses(statement: &Statement, id: TemporaryId) -> bool {
    let codes = statement.codes().into_iter().chain(statement.repeated_codes());
    codes.into_iter().any(|code| has_use(code, id))
        || statement.blocks().into_iter().flatten().any(|inner| uses(inner, id))
}

/// Whether the statement gives one of these a new value.
fn writes(statement: &Statement, ids: &[TemporaryId]) -> bool {
    !ids.is_empty()
        && (statement.targets().iter().any(|id| ids.contains(id))
            || statement.blocks().into_iter().flatten().any(|inner| writes(inner, ids)))
}

/// Whether a part of an f-string of several is a text already: each field is a step of its own, so
/// that it is formatted before the next is evaluated.
fn is_text(node: &Node, part: &Node) -> bool {
    node.op() == Op::FSTRING
        && node.args().len() > 1
        && part.op() == Op::FIELD
        && part.name().is_none()
        && part.arg(1).op() == Op::EMPTY
        && part.arg(0).op() == Op::TEMPORARY
}

/// Whether the value of the step is used in `node`.
pub(super) fn has_use(node: &Node, id: TemporaryId) -> bool {
    node.temporary_id() == Some(id)
        || node.holds_temporary() && node.args().iter().any(|arg| has_use(arg, id))
}
