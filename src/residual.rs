//! The code an expansion leaves behind: steps in evaluation order, and how they fold back into
//! an expression or a few statements.
//!
//! Each operation on a value that only the running program knows is a [`Step`]; later code refers
//! to its value by a TEMPORARY. Knows trees and effects, nothing of macros or the interpreter.

mod applied;

mod effect;

mod statement;

mod order;

mod depth;

mod form;

mod polish;

mod fields;

mod fold;

mod reduction;

mod sequence;

mod share;

mod taken;

mod star;

mod nest;

mod naming;

mod fresh;

mod hygiene;

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use crate::codenode::{Loc, Name, Node, Op, TemporaryId};

pub(crate) use depth::depth;
pub(crate) use effect::{Effect, effect};
pub(crate) use fold::{Folded, fold};
pub(crate) use form::Form;
pub(crate) use fresh::{UNNAMED, free_name, private_name};
pub(crate) use hygiene::{assigned_names, rename_captured, rename_variable};
pub(crate) use naming::shared_names;
pub(crate) use nest::nested;
pub(crate) use reduction::Variables;
pub(crate) use sequence::{Binding, Joined, Unplaceable, in_one_expression, named_before};
pub(crate) use share::{Uncertain, shared};
pub(crate) use star::after_star;
pub(crate) use statement::{Handler, Statement};

/// Why a step is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// The argument of a call, at this place in it (from 0).
    Argument(usize),
    /// An operation that the macro left for run time.
    Operation,
    /// A tree that the macro put into the program.
    Eval,
    /// A function of the macro that the program needs: its name is given once.
    Definition,
}

/// Whether a step is evaluated where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// Exactly once, here, even if nobody needs its value.
    Pinned,
    /// Here if its value is used; its code was or may be taken for a tree.
    OnDemand,
}

/// A computation of the residual program.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub code: Node,
    pub reason: Reason,
    pub presence: Presence,
    /// The place in the macro, or the argument at the call site, that it came from.
    pub loc: Option<Loc>,
    /// What the macro called the value, if it gave it a name.
    pub hint: Option<Name>,
}

/// The steps of one expansion, in evaluation order, in blocks as control flow has them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Residual {
    steps: Vec<Step>,
    block: Vec<Statement>,
    /// The blocks around the one that is being written.
    outer: Vec<Vec<Statement>>,
    /// The loops whose rounds stand one after the other in it.
    unrolled: Vec<Unrolled>,
}

/// A loop that was repeated while the program was made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unrolled {
    /// What it goes through, or its condition.
    pub loc: Loc,
    /// How many rounds left code.
    pub rounds: usize,
}

/// What a value was made from.
#[derive(Debug, Default)]
pub(crate) struct Behind<'r> {
    /// The arguments, in their order.
    pub arguments: Vec<TemporaryId>,
    /// The code of the other steps.
    pub codes: Vec<&'r Node>,
}

/// A state of the program to go back to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    steps: u32,
    statements: usize,
    depth: usize,
    unrolled: usize,
}

impl Mark {
    /// The number of the first step after it.
    pub(crate) fn steps(self) -> u32 {
        self.steps
    }
}

impl Residual {
    /// Adds a step at the end, and gives the handle of its value.
    pub(crate) fn push(&mut self, step: Step) -> TemporaryId {
        let id = self.variable_of(step);
        self.block.push(Statement::Step(id));
        id
    }

    /// A variable, which statements assign.
    pub(crate) fn variable(&mut self, hint: Option<Name>, loc: Option<Loc>) -> TemporaryId {
        let (reason, presence) = (Reason::Operation, Presence::OnDemand);
        self.variable_of(Step { code: Node::empty(), reason, presence, loc, hint })
    }

    fn variable_of(&mut self, step: Step) -> TemporaryId {
        let id = TemporaryId(u32::try_from(self.steps.len()).unwrap_or(u32::MAX));
        self.steps.push(step);
        id
    }

    /// Adds a statement at the end.
    pub(crate) fn add(&mut self, statement: Statement) {
        self.block.push(statement);
    }

    /// What comes next belongs to a block of its own, until [`Residual::close`].
    pub(crate) fn open(&mut self) {
        self.outer.push(std::mem::take(&mut self.block));
    }

    /// Goes on with a block that was closed.
    pub(crate) fn resume(&mut self, block: Vec<Statement>) {
        self.open();
        self.block = block;
    }

    /// The block that was opened last.
    pub(crate) fn close(&mut self) -> Vec<Statement> {
        let outer = self.outer.pop().unwrap_or_default();
        std::mem::replace(&mut self.block, outer)
    }

    /// Whether it defines functions of the macro.
    pub(crate) fn defines(&self) -> bool {
        self.steps.iter().any(|step| step.reason == Reason::Definition)
    }

    /// The present state.
    pub(crate) fn mark(&self) -> Mark {
        let steps = u32::try_from(self.steps.len()).unwrap_or(u32::MAX);
        Mark {
            steps,
            statements: self.block.len(),
            depth: self.outer.len(),
            unrolled: self.unrolled.len(),
        }
    }

    /// Whether the block has more code now than it had then.
    pub(crate) fn has_grown_since(&self, mark: Mark) -> bool {
        self.block.len() > mark.statements
    }

    /// Remembers a loop that was repeated.
    pub(crate) fn add_unrolled(&mut self, unrolled: Unrolled) {
        self.unrolled.push(unrolled);
    }

    /// The loops that were repeated, once for each time that control came to them.
    pub(crate) fn unrolled(&self) -> &[Unrolled] {
        &self.unrolled
    }

    /// Takes out what was added to the block since.
    pub(crate) fn take_since(&mut self, mark: Mark) -> Vec<Statement> {
        match self.outer.len() == mark.depth && mark.statements <= self.block.len() {
            true => self.block.split_off(mark.statements),
            false => Vec::new(),
        }
    }

    /// Forgets what was added since.
    pub(crate) fn go_back(&mut self, mark: Mark) {
        while self.outer.len() > mark.depth {
            self.close();
        }
        self.block.truncate(mark.statements);
        self.unrolled.truncate(mark.unrolled);
    }

    /// Gives a step or variable a name, if it has none.
    pub(crate) fn suggest_name(&mut self, id: TemporaryId, name: &Name) {
        if let Some(step) = self.steps.get_mut(id.0 as usize) {
            step.hint.get_or_insert_with(|| name.clone());
        }
    }

    /// The program.
    pub(crate) fn block(&self) -> &[Statement] {
        &self.block
    }

    /// How many steps and variables there are.
    pub(crate) fn size(&self) -> usize {
        self.steps.len()
    }

    pub(crate) fn step(&self, id: TemporaryId) -> Option<&Step> {
        self.steps.get(id.0 as usize)
    }

    /// Remembers what the macro calls a value, if it hasn't called it anything before.
    pub(crate) fn set_hint(&mut self, id: TemporaryId, name: &Name) {
        if let Some(step) = self.steps.get_mut(id.0 as usize) {
            step.hint.get_or_insert_with(|| name.clone());
        }
    }

    /// All steps with their handles.
    pub(crate) fn steps(&self) -> impl DoubleEndedIterator<Item = (TemporaryId, &Step)> {
        (0..).map(TemporaryId).zip(&self.steps).collect::<Vec<_>>().into_iter()
    }

    /// Gives a step other code.
    pub(crate) fn set_code(&mut self, id: TemporaryId, code: Node) {
        if let Some(step) = self.steps.get_mut(id.0 as usize) {
            step.code = code;
        }
    }

    /// What the value of `node` was made from.
    pub(crate) fn behind(&self, node: &Node) -> Behind<'_> {
        let mut found = Behind::default();
        self.look_behind(node, &mut HashSet::new(), &mut found);
        found.arguments.sort_unstable();
        found
    }

    fn look_behind<'r>(
        &'r self,
        node: &Node,
        seen: &mut HashSet<TemporaryId>,
        found: &mut Behind<'r>,
    ) {
        if node.op() != Op::TEMPORARY {
            for arg in node.args() {
                self.look_behind(arg, seen, found);
            }
            return;
        }
        let Some(id) = node.temporary_id().filter(|id| seen.insert(*id)) else { return };
        match self.step(id) {
            Some(step) if matches!(step.reason, Reason::Argument(_)) => found.arguments.push(id),
            Some(step) => {
                found.codes.push(&step.code);
                self.look_behind(&step.code, seen, found);
            }
            None => {}
        }
    }
}
