//! The code of a value, taken for a tree: what the values in it were made from stands in their places.
//!
//! ```text
//! t0 = z              uneval(t2)      →   3 * z + t1, where t1 has a name, and next(z) behind it
//! t1 = next(t0)
//! t2 = 3 * t0 + t1
//! ```
//!
//! Code that only computes stands in the place of its value. Where it would do something twice, or make
//! another object, or where something has happened since that may change what it gives, the node is a
//! variable: it has a name, its code behind it, and is the value of the step wherever it is put.

use std::collections::{BTreeSet, HashMap};

use super::{Presence, Reason, Residual, Statement, Step};
use crate::codenode::{Name, Node, Op, Origin, TemporaryId, has_effects};
use crate::python::op::OpEffect;

impl Residual {
    /// Takes a step's code for a tree: it moves there, and stays here only for other uses.
    pub(crate) fn take_code(&mut self, id: TemporaryId) -> Node {
        let (code, moved) = self.code_of(id);
        for id in moved {
            if let Some(step) = self.steps.get_mut(id.0 as usize) {
                step.presence = Presence::OnDemand;
            }
        }
        code
    }

    /// What [`Residual::take_code`] gives.
    pub(crate) fn look_at_code(&self, id: TemporaryId) -> Node {
        self.code_of(id).0
    }

    /// The code of a value as a tree, and the steps whose code stands in it.
    fn code_of(&self, id: TemporaryId) -> (Node, Vec<TemporaryId>) {
        let last_effect = self.steps.iter().rposition(|step| has_effects(&step.code));
        let (known, moved) = (HashMap::new(), Vec::new());
        let mut behind = CodeBehind { residual: self, last_effect, known, moved };
        // From the first on, so that the code of each holds only what is known.
        for id in self.needed(id) {
            behind.value(id);
        }
        let code = behind.root(id);
        (code, behind.moved)
    }

    /// The values that a step's code needs, in the order in which they are computed.
    fn needed(&self, id: TemporaryId) -> BTreeSet<TemporaryId> {
        let (mut needed, mut open) = (BTreeSet::new(), vec![id]);
        while let Some(step) = open.pop().and_then(|id| self.step(id)) {
            let mut used = Vec::new();
            super::statement::collect(&step.code, &mut used);
            open.extend(used.into_iter().filter(|id| needed.insert(*id)));
        }
        needed
    }
}

/// The largest code of a value, in nodes.
const LARGEST: u64 = 5_000;

struct CodeBehind<'r> {
    residual: &'r Residual,
    /// The last step that may change what others give.
    last_effect: Option<usize>,
    known: HashMap<TemporaryId, Node>,
    /// The steps whose code stands in the tree.
    moved: Vec<TemporaryId>,
}

impl CodeBehind<'_> {
    /// What the macro asks for: code that it wants where it puts it, unless that has been evaluated.
    fn root(&mut self, id: TemporaryId) -> Node {
        let Some(step) = self.residual.step(id) else { return Node::empty() };
        if step.code.op() == Op::EMPTY {
            return self.variable(id, step);
        }
        if let Some(sum) = augmented(step) {
            return named(id, step, self.below(&sum));
        }
        let code = self.below(&step.code);
        let stays = step.presence == Presence::Pinned
            && step.reason != Reason::Eval
            && !is_plain(&code)
            && match has_effects(&step.code) {
                true => self.is_used(id),
                // An argument is evaluated where the macro puts it.
                false => step.reason == Reason::Operation && self.is_overtaken(id),
            };
        if stays {
            return named(id, step, code);
        }
        self.moved.push(id);
        code
    }

    /// Code with what its values were made from.
    fn below(&mut self, code: &Node) -> Node {
        match code.temporary_id() {
            Some(id) => self.value(id),
            None if code.holds_temporary() => code.map_args(|arg| self.below(arg)),
            None => code.clone(),
        }
    }

    fn value(&mut self, id: TemporaryId) -> Node {
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        let Some(step) = self.residual.step(id) else { return Node::temporary(id) };
        let code = match augmented(step) {
            Some(sum) => named(id, step, self.below(&sum)),
            None if step.code.is_expression() => self.computed(id, step),
            // A variable that control flow assigns, or a statement.
            None => self.variable(id, step),
        };
        let code = if code.size() > LARGEST { self.variable(id, step) } else { code };
        self.known.insert(id, code.clone());
        code
    }

    fn computed(&mut self, id: TemporaryId, step: &Step) -> Node {
        let code = self.below(&step.code);
        let is_constant = code.op() == Op::VALUE;
        if code.size() > LARGEST {
            return code;
        }
        // Its parts are computed likewise, or variables.
        if !is_constant && (!is_computed(&step.code) || self.is_overtaken(id)) {
            return named(id, step, code);
        }
        self.moved.push(id);
        code
    }

    /// A variable of the program, of which no code is known.
    fn variable(&self, id: TemporaryId, step: &Step) -> Node {
        Node::var(name(id, step), Origin::Step(id)).with_loc(step.loc)
    }

    /// Whether a step that is evaluated uses the value.
    fn is_used(&self, id: TemporaryId) -> bool {
        let uses = |step: &Step| super::order::has_use(&step.code, id);
        self.residual.steps.iter().any(uses)
    }

    /// Whether something may have happened since that changes what computing it would give.
    fn is_overtaken(&self, id: TemporaryId) -> bool {
        let in_loop = !self.residual.outer.is_empty()
            && !self.residual.block.iter().any(|own| matches!(own, Statement::Step(s) if *s == id));
        // What stands before a loop may come after it, too.
        in_loop || self.last_effect.is_some_and(|last| last > id.0 as usize)
    }
}

/// What `target += value` makes of them, if that is the step.
fn augmented(step: &Step) -> Option<Node> {
    let is_step = step.code.op() == Op::AUGASSIGN && step.reason != Reason::Eval;
    let op = step.code.name().filter(|_| is_step).and_then(|name| Op::from_name(name))?;
    Some(Node::new(op, step.code.args().to_vec()))
}

/// A variable or constant.
fn is_plain(code: &Node) -> bool {
    matches!(code.op(), Op::VAR | Op::VALUE)
}

/// Whether the code may be computed again: it does nothing, and makes no object of its own.
fn is_computed(code: &Node) -> bool {
    fn makes(node: &Node) -> bool {
        node.op().effect() == OpEffect::Allocates || node.evaluated_now().any(makes)
    }
    !has_effects(code) && !makes(code)
}

/// The code under the name of its value. A variable has a name already.
fn named(id: TemporaryId, step: &Step, code: Node) -> Node {
    let name = match code.op() {
        Op::VAR => code.name().cloned().unwrap_or_else(|| name(id, step)),
        _ => name(id, step),
    };
    code.with_name(Some(name)).with_origin(Origin::Step(id)).with_loc(step.loc).with_once()
}

/// A name that no variable of a program has.
fn name(id: TemporaryId, step: &Step) -> Name {
    format!("{}\u{b7}{}", step.hint.as_deref().unwrap_or("t"), id.0).into()
}
