//! Folds the steps of a residual program back into one expression.
//!
//! From the last step to the first, each is put in place of its use if that leaves the order of
//! effects as it was. With `f` and `g` calls that may do anything:
//!
//! ```text
//! t0 = f()                 t0 = f()
//! t1 = g()          →      result: t0 + g()      →     result: f() + g()
//! result: t0 + t1
//! ```
//!
//! `t1 + t0` would stop at the first arrow: on the way to `t0`, `g()` would come before `f()`.
//! This is let-floating backwards; the side condition is that the step commutes with everything
//! the expression evaluates before the hole, and that the hole is evaluated exactly once.

use std::collections::HashMap;

use super::effect::{Effect, StableName, effect, own_effect};
use super::{Presence, Residual};
use crate::codenode::{Node, Op, TemporaryId};

/// One expression can't hold the program: this step has to be a statement of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NeedsStatements {
    pub step: TemporaryId,
    pub why: Why,
}

/// Why a step can't be folded into the expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Its value isn't used, but it has to be evaluated.
    Unused,
    /// Its value is used more than once, and evaluating it twice could be noticed.
    UsedTwice,
    /// Its use comes after other effects, or isn't reached on every path.
    Order,
}

/// The one expression that does what `residual` and then `result` do.
///
/// # Errors
/// The first step, from the end, that doesn't fold.
pub fn fold(
    residual: &Residual,
    result: &Node,
    stable: StableName<'_>,
) -> Result<Node, NeedsStatements> {
    let mut expression = result.clone();
    let mut uses = Uses::default();
    uses.add(&expression);
    for (id, step) in residual.steps().rev() {
        let fail = |why| Err(NeedsStatements { step: id, why });
        let count = uses.of(id);
        if count == 0 && step.presence == Presence::OnDemand {
            continue;
        }
        let own = effect(&step.code, stable);
        match count {
            0 if own < Effect::Reads => {}
            0 => return fail(Why::Unused),
            count => {
                let repeatable = own == Effect::Pure
                    || own == Effect::Reads && effect(&expression, stable) != Effect::Any;
                if !repeatable {
                    if count > 1 {
                        return fail(Why::UsedTwice);
                    }
                    let mut path = Path { hole: id, step: own, before: Effect::Pure, stable };
                    if path.walk(&expression) != Outcome::Fits {
                        return fail(Why::Order);
                    }
                }
                expression = substitute(&expression, id, &step.code);
                (0..count).for_each(|_| uses.add(&step.code));
            }
        }
    }
    Ok(expression)
}

/// How often the value of each step is used. Shared nodes count each time they are evaluated.
#[derive(Default)]
struct Uses {
    counts: HashMap<TemporaryId, usize>,
}

impl Uses {
    fn of(&self, id: TemporaryId) -> usize {
        self.counts.get(&id).copied().unwrap_or(0)
    }

    fn add(&mut self, node: &Node) {
        if let Some(id) = node.temporary_id() {
            *self.counts.entry(id).or_insert(0) += 1;
        }
        for arg in node.args().iter().filter(|arg| arg.holds_temporary()) {
            self.add(arg);
        }
    }
}

/// Whether the value of one step is used in `node`.
fn has_use(node: &Node, id: TemporaryId) -> bool {
    node.temporary_id() == Some(id)
        || node.holds_temporary() && node.args().iter().any(|arg| has_use(arg, id))
}

fn substitute(node: &Node, id: TemporaryId, code: &Node) -> Node {
    fn replace(node: &Node, id: TemporaryId, code: &Node, memo: &mut HashMap<usize, Node>) -> Node {
        if node.temporary_id() == Some(id) {
            return code.clone();
        }
        if !node.holds_temporary() {
            return node.clone();
        }
        if let Some(known) = memo.get(&node.address()) {
            return known.clone();
        }
        let new = node.map_args(|arg| replace(arg, id, code, memo));
        memo.insert(node.address(), new.clone());
        new
    }
    replace(node, id, code, &mut HashMap::new())
}

/// A walk in evaluation order up to the hole.
struct Path<'a> {
    hole: TemporaryId,
    step: Effect,
    /// The effects on the way so far.
    before: Effect,
    stable: StableName<'a>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// The hole isn't in this part.
    Absent,
    /// The hole was reached and the step may stand there.
    Fits,
    Blocked,
}

impl Path<'_> {
    fn walk(&mut self, node: &Node) -> Outcome {
        if node.temporary_id() == Some(self.hole) {
            return if self.step.commutes(self.before) { Outcome::Fits } else { Outcome::Blocked };
        }
        // In the order in which Python evaluates the arguments; `a if c else b` has `c` first
        // in the tree as well.
        for (index, arg) in node.args().iter().enumerate() {
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

/// Whether argument `index` is evaluated exactly once when a node with `op` is.
fn certain(op: Op, index: usize) -> bool {
    match op {
        Op::IF | Op::AND | Op::OR => index == 0,
        Op::CHAIN => index <= 1,
        Op::LAMBDA | Op::LISTCOMP | Op::SETCOMP | Op::DICTCOMP | Op::GENERATOR => false,
        // Evaluation order differs from the order of the text, or the argument is a target.
        Op::WALRUS => index == 1,
        _ => true,
    }
}
