//! Which values can share a name: copy coalescing, on the way out of a form in which each value has
//! one name (static single assignment).
//!
//! The values that a macro's variable `r` takes one after the other can all be called `r` in the
//! output, as long as none of them is used after the next was assigned:
//!
//! ```text
//! r0 = f()              r = f()             r0 = f()              r0 = f()
//! r1 = r0 + 1     →     r = r + 1           r1 = r0 + 1     →     r = r0 + 1
//! return r1             return r            return r0 * r1        return r0 * r
//! ```
//!
//! The walk goes through the program in order with the value that each name holds at each place, as
//! an abstract interpreter does. Where paths join (a φ of single assignment), a name holds what all
//! of them gave it, or nothing that is known; a loop is walked until its head doesn't change. A value
//! that is used where its name holds another one is in conflict and gets a name of its own; then the
//! walk is repeated, until no value is in conflict. There are as many rounds as values at most.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use super::Statement;
use super::statement::collect;
use crate::codenode::{Name, Node, Op, TemporaryId, Value};

/// What each name holds; none where that depends on the way that was taken.
type HeldValues = HashMap<Name, Option<TemporaryId>>;

/// The values that get a name of their own; all others share the one that `hint` gives.
pub(crate) fn shared_names(
    program: &[Statement],
    result: Option<&Node>,
    hint: &dyn Fn(TemporaryId) -> Option<Name>,
) -> HashSet<TemporaryId> {
    let mut own = HashSet::new();
    loop {
        let mut run = NamingRun { hint, own: &own, conflicts: HashSet::new(), loops: Vec::new() };
        let mut holds = HeldValues::new();
        run.block(program, &mut holds);
        if let Some(result) = result {
            run.code(result, &mut holds);
        }
        let before = own.len();
        let conflicts = run.conflicts;
        own.extend(conflicts);
        if own.len() == before {
            return own;
        }
    }
}

struct NamingRun<'a> {
    hint: &'a dyn Fn(TemporaryId) -> Option<Name>,
    own: &'a HashSet<TemporaryId>,
    conflicts: HashSet<TemporaryId>,
    /// What the names hold where the loops around are left, and where they are begun again.
    loops: Vec<(Vec<HeldValues>, Vec<HeldValues>)>,
}

impl NamingRun<'_> {
    fn name(&self, id: TemporaryId) -> Option<Name> {
        (self.hint)(id).filter(|_| !self.own.contains(&id))
    }

    fn code(&mut self, node: &Node, holds: &mut HeldValues) {
        if node.op() == Op::WALRUS && node.arg(0).temporary_id().is_some() {
            self.code(node.arg(1), holds);
            self.assign(node.arg(0).temporary_id(), holds);
            return;
        }
        if node.op() == Op::ASSIGN && node.arg(0).op() == Op::TUPLE {
            self.code(node.arg(1), holds);
            let mut targets = Vec::new();
            collect(node.arg(0), &mut targets);
            self.assign_all(&targets, holds);
            return;
        }
        if node.op() == Op::PARAMS {
            node.args().iter().for_each(|parameter| self.assign(parameter.temporary_id(), holds));
            return;
        }
        if let Some(id) = node.temporary_id() {
            let name = self.name(id);
            if name.is_some_and(|name| holds.get(&name) != Some(&Some(id))) {
                self.conflicts.insert(id);
            }
        }
        for arg in node.args().iter().filter(|arg| arg.holds_temporary()) {
            self.code(arg, holds);
        }
    }

    fn assign(&mut self, id: Option<TemporaryId>, holds: &mut HeldValues) {
        if let Some((id, name)) = id.and_then(|id| Some((id, self.name(id)?))) {
            holds.insert(name, Some(id));
        }
    }

    fn assign_all(&mut self, targets: &[TemporaryId], holds: &mut HeldValues) {
        let mut names = HashSet::new();
        for id in targets {
            match self.name(*id).is_none_or(|name| names.insert(name)) {
                true => self.assign(Some(*id), holds),
                false => _ = self.conflicts.insert(*id),
            }
        }
    }

    /// Runs a block; tells whether control comes to its end.
    fn block(&mut self, block: &[Statement], holds: &mut HeldValues) -> bool {
        block.iter().all(|statement| self.statement(statement, holds))
    }

    fn statement(&mut self, statement: &Statement, holds: &mut HeldValues) -> bool {
        for code in statement.codes() {
            self.code(code, holds);
        }
        match statement {
            Statement::If { body, orelse, .. } => {
                let mut other = holds.clone();
                let ends = self.block(body, holds);
                let other_ends = self.block(orelse, &mut other);
                match (ends, other_ends) {
                    (true, true) => merge(holds, &other),
                    (false, true) => *holds = other,
                    _ => {}
                }
                ends || other_ends
            }
            Statement::While { test, body, orelse } => {
                let left = self.repeat(&[], Some(test), body, holds);
                let is_endless = matches!(test.constant(), Some(Value::Bool(true)));
                self.after((!is_endless).then_some(orelse), left, holds)
            }
            Statement::For { target, body, orelse, .. } => {
                let mut targets = Vec::new();
                collect(target, &mut targets);
                let left = self.repeat(&targets, None, body, holds);
                self.after(Some(orelse), left, holds)
            }
            Statement::With { target, body, .. } => {
                let mut targets = Vec::new();
                collect(target, &mut targets);
                self.assign_all(&targets, holds);
                let before = holds.clone();
                self.block(body, holds);
                // An exception that the manager swallows may come from anywhere.
                self.forget(body, holds);
                merge(holds, &before);
                true
            }
            Statement::Try { body, handlers, orelse, finalbody } => {
                let mut caught = holds.clone();
                self.forget(body, &mut caught);
                if self.block(body, holds) {
                    self.block(orelse, holds);
                }
                for handler in handlers {
                    let mut handled = caught.clone();
                    self.code(&handler.class, &mut handled);
                    self.assign(handler.name.temporary_id(), &mut handled);
                    if self.block(&handler.body, &mut handled) {
                        merge(holds, &handled);
                    }
                }
                merge(holds, &caught);
                self.block(finalbody, holds);
                true
            }
            Statement::Return(_) | Statement::Raise(..) => false,
            Statement::Break => {
                self.loops.iter_mut().next_back().into_iter().for_each(|l| l.0.push(holds.clone()));
                false
            }
            Statement::Continue => {
                self.loops.iter_mut().next_back().into_iter().for_each(|l| l.1.push(holds.clone()));
                false
            }
            other => {
                self.assign_all(&other.targets(), holds);
                true
            }
        }
    }

    /// Runs a loop until what the names hold at its head doesn't change any more; gives what they
    /// hold where it is left by `break`.
    fn repeat(
        &mut self,
        targets: &[TemporaryId],
        test: Option<&Node>,
        body: &[Statement],
        holds: &mut HeldValues,
    ) -> Vec<HeldValues> {
        loop {
            let head = holds.clone();
            let conflicts = self.conflicts.clone();
            self.loops.push((Vec::new(), Vec::new()));
            if let Some(test) = test {
                self.code(test, holds);
            }
            let mut round = holds.clone();
            self.assign_all(targets, &mut round);
            if self.block(body, &mut round) {
                merge(holds, &round);
            }
            let (left, continued) = self.loops.pop().unwrap_or_default();
            for state in continued {
                merge(holds, &state);
            }
            if *holds == head {
                return left;
            }
            // What was in conflict is found again, with what holds in every round.
            self.conflicts = conflicts;
        }
    }

    /// After a loop: from its head by way of the `else`, which an endless one has not, and from where
    /// it is left.
    fn after(
        &mut self,
        orelse: Option<&Vec<Statement>>,
        left: Vec<HeldValues>,
        holds: &mut HeldValues,
    ) -> bool {
        let mut ways = left;
        if orelse.is_some_and(|orelse| self.block(orelse, holds)) {
            ways.push(holds.clone());
        }
        let Some(first) = ways.pop() else { return false };
        *holds = first;
        ways.iter().for_each(|way| merge(holds, way));
        true
    }

    /// After part of the block, each name may hold what it held or what the block assigns: it is
    /// known only if that is one value.
    fn forget(&mut self, block: &[Statement], holds: &mut HeldValues) {
        for statement in block {
            for id in statement.targets() {
                if let Some(name) = self.name(id)
                    && holds.get(&name) != Some(&Some(id))
                {
                    holds.insert(name, None);
                }
            }
            for inner in statement.blocks() {
                self.forget(inner, holds);
            }
        }
    }
}

/// What the names hold if it may be either. A name that was never assigned is as good as any:
/// whoever reads it then is told that it has no value, as the program as written would be.
fn merge(holds: &mut HeldValues, other: &HeldValues) {
    for (name, theirs) in other {
        match holds.get_mut(name) {
            Some(held) if held != theirs => *held = None,
            Some(_) => {}
            None => {
                holds.insert(name.clone(), *theirs);
            }
        }
    }
}
