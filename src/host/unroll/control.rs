//! Control flow that depends on run-time values: left in the program, all its ways worked out.
//!
//! Where ways come together, each variable in which they differ becomes a variable of the program,
//! which every way assigns at its end. A loop's variables are such from its head on.

use rustpython_ast::{self as ast, Expr, Stmt};
use rustpython_vm::{AsObject, PyObjectRef};

use super::Unfinished;
use super::body::{Evaluation, Flow};
use super::state::{Frozen, known_values};
use crate::codenode::{Name, Node, TemporaryId};
use crate::host::objects::PyDynamic;
use crate::host::session;
use crate::residual::Statement;

/// The variables of the function at one place.
pub(super) type Variables = Vec<(Name, Option<PyObjectRef>)>;

impl Evaluation<'_> {
    pub(super) fn needs_function(&self) -> Result<(), Unfinished> {
        if self.is_function { Ok(()) } else { Err(Unfinished::NeedsStatements) }
    }

    pub(super) fn snapshot(&self) -> Variables {
        let locals = &self.unroll.info.locals;
        locals.iter().map(|name| (name.clone(), self.variable(name))).collect()
    }

    pub(super) fn restore(&self, variables: &Variables) -> Result<(), Unfinished> {
        variables.iter().try_for_each(|(name, value)| match value {
            Some(value) => self.set(name, value.clone()),
            None => self.forget(name),
        })
    }

    pub(super) fn new_variable(&self, name: &Name) -> TemporaryId {
        session::with(|s| s.residual.variable(Some(name.clone()), None))
    }

    pub(super) fn run_time(&self, id: TemporaryId) -> PyObjectRef {
        PyDynamic::new_object(self.vm, id)
    }

    /// Works out a block of the program: what `work` leaves, and how control leaves it.
    pub(super) fn apart(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<Flow, Unfinished>,
    ) -> Result<(Vec<Statement>, Flow), Unfinished> {
        let known = Frozen::of(self.vm, known_values(&self.variables, self.vm));
        session::with(|s| s.residual.open());
        let first = session::with(|s| s.residual.mark().steps());
        let flow = work(self).and_then(|flow| self.leave(flow));
        let block = session::with(|s| s.residual.close());
        let flow = flow?;
        self.keep_inside(TemporaryId(first))?;
        if !known.is_unchanged(self.vm) {
            return Err(Unfinished::Plain);
        }
        Ok((block, flow))
    }

    /// An object that went into the program in a block is there only if the program came by: what
    /// holds it from now on holds the program's.
    fn keep_inside(&self, first: TemporaryId) -> Result<(), Unfinished> {
        let moved = session::with(|s| s.moved.since(first));
        for (object, step) in moved {
            for (name, value) in self.snapshot() {
                if value.is_some_and(|value| value.is(&object)) {
                    self.set(&name, self.run_time(step))?;
                }
            }
            // Here and in the table of these objects.
            if object.strong_count() > 2 {
                return Err(Unfinished::Plain);
            }
        }
        drop(session::with(|s| s.moved.forget_from(first)));
        Ok(())
    }

    /// Writes how control leaves a block into the program.
    pub(super) fn leave(&mut self, flow: Flow) -> Result<Flow, Unfinished> {
        match flow {
            Flow::Next | Flow::Left => return Ok(flow),
            Flow::Return(value) => {
                let code = self.lifted(&value)?;
                session::with(|s| s.residual.add(Statement::Return(code)));
            }
            Flow::Break | Flow::Continue => self.leave_round(&flow)?,
        }
        Ok(Flow::Left)
    }

    pub(super) fn if_statement(&mut self, s: &ast::StmtIf) -> Result<Flow, Unfinished> {
        let mut clauses = vec![(Some(&*s.test), &s.body)];
        clauses.extend(s.elif_else_clauses.iter().map(|c| (c.test.as_ref(), &c.body)));
        self.clauses(&clauses)
    }

    fn clauses(&mut self, clauses: &[(Option<&Expr>, &Vec<Stmt>)]) -> Result<Flow, Unfinished> {
        let Some(((test, body), rest)) = clauses.split_first() else { return Ok(Flow::Next) };
        let Some(test) = test else { return self.block(body) };
        let value = self.value(test)?;
        match self.truth(&value)? {
            Some(true) => self.block(body),
            Some(false) => self.clauses(rest),
            None => {
                self.needs_function()?;
                let test = self.lifted(&value)?;
                self.branch(test, |e| e.block(body), |e| e.clauses(rest))
            }
        }
    }

    fn branch(
        &mut self,
        test: Node,
        then: impl FnOnce(&mut Self) -> Result<Flow, Unfinished>,
        otherwise: impl FnOnce(&mut Self) -> Result<Flow, Unfinished>,
    ) -> Result<Flow, Unfinished> {
        let before = self.snapshot();
        let (mut body, flow) = self.apart(then)?;
        let after_body = self.snapshot();
        self.restore(&before)?;
        let (mut orelse, other) = self.apart(otherwise)?;
        let both = matches!((&flow, &other), (Flow::Next, Flow::Next));
        let mut joined = Vec::new();
        if both {
            joined = self.join(&after_body, &mut body, &mut orelse)?;
        } else if matches!(flow, Flow::Next) {
            self.restore(&after_body)?;
        }
        session::with(|s| s.residual.add(Statement::If { test, body, orelse }));
        self.assigned(&joined)?;
        match (flow, other) {
            (Flow::Next, _) | (_, Flow::Next) => Ok(Flow::Next),
            _ => Ok(Flow::Left),
        }
    }

    /// Makes each variable in which two ways differ a variable of the program.
    fn join(
        &mut self,
        first: &Variables,
        body: &mut Vec<Statement>,
        orelse: &mut Vec<Statement>,
    ) -> Result<Vec<Name>, Unfinished> {
        let mut names = Vec::new();
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for (name, value) in first {
            let other = self.variable(name);
            let same = match (value, &other) {
                (Some(a), Some(b)) => a.is(b) || self.is_same_value(a, b)?,
                (None, None) => true,
                _ => false,
            };
            if same {
                continue;
            }
            let variable = self.new_variable(name);
            ours.extend(value.clone().map(|value| (variable, value)));
            theirs.extend(other.map(|value| (variable, value)));
            self.set(name, self.run_time(variable))?;
            names.push(name.clone());
        }
        self.end_with(ours, body)?;
        self.end_with(theirs, orelse)?;
        Ok(names)
    }

    /// Assigns variables of the program at the end of a block.
    fn end_with(
        &mut self,
        values: Vec<(TemporaryId, PyObjectRef)>,
        block: &mut Vec<Statement>,
    ) -> Result<(), Unfinished> {
        if values.is_empty() {
            return Ok(());
        }
        let first = session::with(|s| s.residual.mark().steps());
        session::with(|s| s.residual.resume(std::mem::take(block)));
        let lifted: Result<Vec<_>, Unfinished> =
            values.iter().map(|(id, value)| Ok((*id, self.lifted(value)?))).collect();
        let pairs = lifted.inspect_err(|_| {
            session::with(|s| s.residual.close());
        })?;
        drop(values);
        session::with(|s| s.residual.add(Statement::Assign(pairs)));
        *block = session::with(|s| s.residual.close());
        self.keep_inside(TemporaryId(first))
    }

    /// Whether two known values are one constant.
    fn is_same_value(&self, a: &PyObjectRef, b: &PyObjectRef) -> Result<bool, Unfinished> {
        let constant = |object: &PyObjectRef| crate::host::constants::from_object(self.vm, object);
        Ok(match (constant(a), constant(b)) {
            (Some(a), Some(b)) => a == b,
            _ => match (a.downcast_ref::<PyDynamic>(), b.downcast_ref::<PyDynamic>()) {
                (Some(a), Some(b)) => a.id == b.id,
                _ => false,
            },
        })
    }
}
