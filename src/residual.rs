//! The code an expansion leaves behind: steps in evaluation order, and how they fold back into
//! one expression.
//!
//! Each operation on a value that only the running program knows is a [`Step`]; later code refers
//! to its value by a TEMPORARY. Knows trees and effects, nothing of macros or the interpreter.

mod effect;

mod fold;

mod hygiene;

use std::collections::HashMap;

use crate::codenode::{Loc, Node, Op, TemporaryId};

pub use effect::{Effect, StableName};
pub use fold::{NeedsStatements, Why, fold};
pub use hygiene::{assigned_variables, fresh_name, rename_captured, rename_variable};

/// Why a step is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The argument of a call, at this place in it (from 0).
    Argument(usize),
    /// An operation that the macro left for run time.
    Operation,
    /// A tree that the macro put into the program.
    Eval,
}

/// Whether a step is evaluated where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Exactly once, here, even if nobody needs its value.
    Pinned,
    /// Here if its value is used; its code was or may be taken for a tree.
    OnDemand,
}

/// A computation of the residual program.
#[derive(Clone, Debug)]
pub struct Step {
    pub code: Node,
    pub reason: Reason,
    pub presence: Presence,
    /// The place in the macro, or the argument at the call site, that it came from.
    pub loc: Option<Loc>,
}

/// The steps of one expansion, in evaluation order.
#[derive(Clone, Debug, Default)]
pub struct Residual {
    steps: Vec<Step>,
}

impl Residual {
    /// Adds a step at the end, and gives the handle of its value.
    pub fn push(&mut self, step: Step) -> TemporaryId {
        let id = TemporaryId(u32::try_from(self.steps.len()).unwrap_or(u32::MAX));
        self.steps.push(step);
        id
    }

    pub fn step(&self, id: TemporaryId) -> Option<&Step> {
        self.steps.get(id.0 as usize)
    }

    /// All steps with their handles.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = (TemporaryId, &Step)> {
        (0..).map(TemporaryId).zip(&self.steps).collect::<Vec<_>>().into_iter()
    }

    /// Takes a step's code for a tree: it moves there, and stays here only for other uses.
    pub fn take_code(&mut self, id: TemporaryId) -> Node {
        match self.steps.get_mut(id.0 as usize) {
            Some(step) => {
                step.presence = Presence::OnDemand;
                step.code.clone()
            }
            None => Node::empty(),
        }
    }

    /// The arguments from which the value of `node` was made, in their order, each once.
    pub fn arguments_behind(&self, node: &Node) -> Vec<TemporaryId> {
        let mut found = Vec::new();
        self.collect_arguments(node, &mut HashMap::new(), &mut found);
        found.sort_unstable();
        found.dedup();
        found
    }

    fn collect_arguments(
        &self,
        node: &Node,
        seen: &mut HashMap<TemporaryId, ()>,
        found: &mut Vec<TemporaryId>,
    ) {
        if node.op() != Op::TEMPORARY {
            for arg in node.args() {
                self.collect_arguments(arg, seen, found);
            }
            return;
        }
        let Some(id) = node.temporary_id() else { return };
        if seen.insert(id, ()).is_some() {
            return;
        }
        match self.step(id) {
            Some(step) if matches!(step.reason, Reason::Argument(_)) => found.push(id),
            Some(step) => self.collect_arguments(&step.code.clone(), seen, found),
            None => {}
        }
    }
}
