//! Loops: those whose rounds are known are repeated here, the others stay in the program.
//!
//! ```text
//! for i in (1, 2):            while True:
//!     if x > i: break             if x > 1: break
//!     f(i)               →        f(1)
//!                                 if x > 2: break
//!                                 f(2)
//!                                 break
//! ```
//!
//! A known loop that the program leaves on some condition is a loop of one round in the program; a
//! `continue` ends such a loop around its own round.

use rustpython_ast::{self as ast, Expr, Stmt};
use rustpython_text_size::Ranged as _;
use rustpython_vm::PyObjectRef;
use rustpython_vm::protocol::PyIterReturn;

use super::Unfinished;
use super::body::{Evaluation, Flow};
use super::known::{Next, Repeated};
use super::state::{Frozen, Loop, known_values};
use crate::codenode::{Name, Node, Op, TemporaryId};
use crate::host::nested::inline;
use crate::host::objects::PyDynamic;
use crate::host::session;
use crate::residual::Statement;
use crate::scope::assigned_names;

impl Evaluation<'_> {
    pub(super) fn while_loop(&mut self, s: &ast::StmtWhile) -> Result<Flow, Unfinished> {
        if matches!(&*s.test, Expr::BooleanLiteral(b) if b.value)
            || matches!(&*s.test, Expr::NumberLiteral(_))
        {
            // It ends by what happens in it.
            self.needs_function()?;
            return self.run_time_while(s);
        }
        let mut names = Vec::new();
        assigned_names(&s.body, &mut names);
        let (at, body, orelse) = (s.test.range(), &s.body[..], &s.orelse[..]);
        self.known_rounds(&Repeated { at, names: &names, body, orelse }, &mut |e| {
            let mark = session::with(|s| s.residual.mark());
            let before = Frozen::of(e.vm, known_values(&e.variables, e.vm));
            let test = e.value(&s.test)?;
            Ok(match e.truth(&test)? {
                Some(true) => Next::Round,
                Some(false) => Next::End,
                None => {
                    e.needs_function()?;
                    drop(session::with(|s| s.go_back(mark)));
                    if !before.is_unchanged(e.vm) {
                        return Err(Unfinished::Plain);
                    }
                    Next::Instead(e.run_time_while(s)?)
                }
            })
        })
    }

    pub(super) fn for_loop(&mut self, s: &ast::StmtFor) -> Result<Flow, Unfinished> {
        let iterable = self.value(&s.iter)?;
        if iterable.downcastable::<PyDynamic>() {
            self.needs_function()?;
            return self.run_time_for(s, &iterable);
        }
        let iterator = iterable.get_iter(self.vm)?;
        let mut names = Vec::new();
        assigned_names(&[Stmt::For(s.clone())], &mut names);
        let (at, body, orelse) = (s.iter.range(), &s.body[..], &s.orelse[..]);
        self.known_rounds(&Repeated { at, names: &names, body, orelse }, &mut |e| {
            Ok(match iterator.next(e.vm)? {
                PyIterReturn::Return(item) => {
                    e.assign_target(&s.target, item)?;
                    Next::Round
                }
                PyIterReturn::StopIteration(_) => Next::End,
            })
        })
    }

    /// The names that a loop assigns, each with a variable of the program. What they hold before
    /// the loop is what the variable holds then.
    fn heads(&mut self, names: &[Name]) -> Result<Vec<(Name, TemporaryId)>, Unfinished> {
        let mut heads = Vec::new();
        let mut pairs = Vec::new();
        for name in names {
            let head = self.new_variable(name);
            if let Some(value) = self.variable(name) {
                pairs.push((head, self.lifted(&value)?));
                self.set(name, self.run_time(head))?;
            }
            heads.push((name.clone(), head));
        }
        if !pairs.is_empty() {
            session::with(|s| s.residual.add(Statement::Assign(pairs)));
        }
        Ok(heads)
    }

    /// After a loop its variables hold what they hold at its head.
    pub(super) fn after_loop(&mut self, heads: &[(Name, TemporaryId)]) -> Result<(), Unfinished> {
        heads.iter().try_for_each(|(name, head)| self.set(name, self.run_time(*head)))
    }

    /// The body of a loop of the program, which ends with its variables assigned.
    fn round(
        &mut self,
        body: &[Stmt],
        heads: &[(Name, TemporaryId)],
    ) -> Result<Vec<Statement>, Unfinished> {
        let (block, _) = self.apart(|e| match e.block(body)? {
            Flow::Next => {
                e.assign_variables(heads)?;
                Ok(Flow::Next)
            }
            flow => Ok(flow),
        })?;
        Ok(block)
    }

    /// The `else` of a loop of the program.
    fn otherwise(
        &mut self,
        orelse: &[Stmt],
        heads: &[(Name, TemporaryId)],
    ) -> Result<Vec<Statement>, Unfinished> {
        if orelse.is_empty() {
            return Ok(Vec::new());
        }
        let (block, _) = self.apart(|e| match e.block(orelse)? {
            Flow::Next => {
                e.assign_variables(heads)?;
                Ok(Flow::Next)
            }
            flow => Ok(flow),
        })?;
        Ok(block)
    }

    fn run_time_while(&mut self, s: &ast::StmtWhile) -> Result<Flow, Unfinished> {
        let mut names = Vec::new();
        assigned_names(&s.body, &mut names);
        assigned_names(&s.orelse, &mut names);
        let mut in_test = Vec::new();
        crate::scope::names_assigned_in(&s.test, &mut in_test);
        if !in_test.is_empty() {
            return Err(Unfinished::Plain);
        }
        let heads = self.heads(&names)?;
        session::with(|s| s.residual.open());
        let value = self.value(&s.test);
        let block = session::with(|s| s.residual.close());
        let value = value?;
        let test = inline(self.vm, block, &value)?;
        self.enter(Loop::of_program(&heads));
        let body = self.round(&s.body, &heads);
        self.loops.pop();
        let body = body?;
        self.after_loop(&heads)?;
        let orelse = self.otherwise(&s.orelse, &heads)?;
        self.after_loop(&heads)?;
        session::with(|s| s.residual.add(Statement::While { test, body, orelse }));
        self.assigned(&names)?;
        Ok(Flow::Next)
    }

    fn assign_target(&mut self, target: &Expr, value: PyObjectRef) -> Result<(), Unfinished> {
        match target {
            Expr::Name(name) => {
                self.set(&name.id, value)?;
                self.assigned(&[name.id.as_str().into()])
            }
            Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
                if value.downcastable::<PyDynamic>() || elts.iter().any(Expr::is_starred_expr) {
                    return Err(Unfinished::Plain);
                }
                let values: Vec<PyObjectRef> = value.try_to_value(self.vm)?;
                if values.len() != elts.len() {
                    return Err(Unfinished::Plain);
                }
                elts.iter()
                    .zip(values)
                    .try_for_each(|(target, value)| self.assign_target(target, value))
            }
            _ => Err(Unfinished::Plain),
        }
    }

    fn run_time_for(
        &mut self,
        s: &ast::StmtFor,
        iterable: &PyObjectRef,
    ) -> Result<Flow, Unfinished> {
        let iterable = self.lifted(iterable)?;
        let mut targets = Vec::new();
        let target_names = simple_targets(&s.target, &mut targets).ok_or(Unfinished::Plain)?;
        let mut names = targets.clone();
        assigned_names(&s.body, &mut names);
        assigned_names(&s.orelse, &mut names);
        let mut seen = std::collections::HashSet::new();
        names.retain(|name| seen.insert(name.clone()));
        let heads = self.heads(&names)?;
        let head = |name: &Name| {
            let found = heads.iter().find(|(known, _)| known == name);
            // Each target has one.
            Node::temporary(found.map_or(TemporaryId(u32::MAX), |(_, id)| *id))
        };
        let target = match target_names {
            Shape::One => head(&targets[0]),
            Shape::Several => Node::new(Op::TUPLE, targets.iter().map(head).collect()),
        };
        for (name, id) in heads.iter().filter(|(name, _)| targets.contains(name)) {
            self.set(name, self.run_time(*id))?;
        }
        self.enter(Loop::of_program(&heads));
        let body = self.round(&s.body, &heads);
        self.loops.pop();
        let body = body?;
        self.after_loop(&heads)?;
        let orelse = self.otherwise(&s.orelse, &heads)?;
        self.after_loop(&heads)?;
        session::with(|s| s.residual.add(Statement::For { target, iterable, body, orelse }));
        self.assigned(&names)?;
        Ok(Flow::Next)
    }
}

enum Shape {
    One,
    Several,
}

/// The names of a target that is a name or a display of names.
fn simple_targets(target: &Expr, names: &mut Vec<Name>) -> Option<Shape> {
    match target {
        Expr::Name(name) => {
            names.push(name.id.as_str().into());
            Some(Shape::One)
        }
        Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
            for element in elts {
                match element {
                    Expr::Name(name) => names.push(name.id.as_str().into()),
                    _ => return None,
                }
            }
            Some(Shape::Several)
        }
        _ => None,
    }
}
