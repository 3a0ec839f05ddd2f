//! Control flow that depends on run-time values: left in the program, all its ways worked out.
//!
//! Where ways come together, each variable in which they differ becomes a variable of the program,
//! which every way assigns at its end. A loop's variables are such from its head on.

use rustpython_ast::{self as ast, Expr, Stmt};
use rustpython_vm::protocol::PyIterReturn;
use rustpython_vm::{AsObject, PyObjectRef};

use super::Unfinished;
use super::body::{Evaluation, Flow, Loop};
use super::state::{Frozen, known_values};
use crate::codenode::{Name, Node, Op, TemporaryId};
use crate::host::nested::inline;
use crate::host::objects::PyDynamic;
use crate::host::session;
use crate::residual::{Handler, Statement};
use crate::scope::assigned_names;

/// The variables of the function at one place.
type Variables = Vec<(Name, Option<PyObjectRef>)>;

impl Evaluation<'_> {
    fn needs_function(&self) -> Result<(), Unfinished> {
        if self.is_function { Ok(()) } else { Err(Unfinished::NeedsStatements) }
    }

    fn snapshot(&self) -> Variables {
        let locals = &self.unroll.info.locals;
        locals.iter().map(|name| (name.clone(), self.variable(name))).collect()
    }

    fn restore(&self, variables: &Variables) -> Result<(), Unfinished> {
        variables.iter().try_for_each(|(name, value)| match value {
            Some(value) => self.set(name, value.clone()),
            None => self.forget(name),
        })
    }

    fn new_variable(&self, name: &Name) -> TemporaryId {
        session::with(|s| s.residual.variable(Some(name.clone()), None))
    }

    fn run_time(&self, id: TemporaryId) -> PyObjectRef {
        PyDynamic::new_object(self.vm, id)
    }

    /// Works out a block of the program: what `work` leaves, and how control leaves it.
    fn apart(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<Flow, Unfinished>,
    ) -> Result<(Vec<Statement>, Flow), Unfinished> {
        let known = Frozen::of(self.vm, known_values(&self.variables, self.vm));
        session::with(|s| s.residual.open());
        self.depth += 1;
        let flow = work(self).and_then(|flow| self.leave(flow));
        self.depth -= 1;
        let block = session::with(|s| s.residual.close());
        let flow = flow?;
        if !known.is_unchanged(self.vm) {
            return Err(Unfinished::Plain("a known object is changed under a condition"));
        }
        Ok((block, flow))
    }

    /// Writes how control leaves a block into the program.
    fn leave(&mut self, flow: Flow) -> Result<Flow, Unfinished> {
        match flow {
            Flow::Next | Flow::Left => return Ok(flow),
            Flow::Return(value) => {
                let code = self.lifted(&value)?;
                session::with(|s| s.residual.add(Statement::Return(code)));
            }
            Flow::Break | Flow::Continue => {
                self.assign_heads()?;
                let Some(innermost) = self.loops.last_mut() else { return Ok(Flow::Left) };
                let is_break = matches!(flow, Flow::Break);
                let statement = match (innermost.is_known, is_break) {
                    (true, true) => {
                        innermost.is_broken = true;
                        Statement::Break
                    }
                    (true, false) => {
                        innermost.is_continued = true;
                        // The round is a loop of one round of its own.
                        Statement::Break
                    }
                    (false, true) => Statement::Break,
                    (false, false) => Statement::Continue,
                };
                session::with(|s| s.residual.add(statement));
            }
        }
        Ok(Flow::Left)
    }

    /// Gives the variables of the innermost loop the values they have now.
    fn assign_heads(&mut self) -> Result<(), Unfinished> {
        let Some(innermost) = self.loops.last() else { return Ok(()) };
        let mut pairs = Vec::new();
        for (name, head) in &innermost.heads {
            let Some(value) = self.variable(name) else { continue };
            let code = self.lifted(&value)?;
            if code.temporary_id() != Some(*head) {
                pairs.push((*head, code));
            }
        }
        if !pairs.is_empty() {
            session::with(|s| s.residual.add(Statement::Assign(pairs)));
        }
        Ok(())
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
            for (value, pairs) in [(value, &mut ours), (&other, &mut theirs)] {
                if let Some(value) = value {
                    pairs.push((variable, self.lifted(value)?));
                }
            }
            self.set(name, self.run_time(variable))?;
            names.push(name.clone());
        }
        for (pairs, block) in [(ours, body), (theirs, orelse)] {
            if !pairs.is_empty() {
                block.push(Statement::Assign(pairs));
            }
        }
        Ok(names)
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
    fn after_loop(&mut self, heads: &[(Name, TemporaryId)]) -> Result<(), Unfinished> {
        heads.iter().try_for_each(|(name, head)| self.set(name, self.run_time(*head)))
    }

    fn enter(&mut self, heads: &[(Name, TemporaryId)], is_known: bool) {
        let (is_broken, is_continued, depth) = (false, false, self.depth);
        let heads = heads.to_vec();
        self.loops.push(Loop { heads, is_known, depth, is_broken, is_continued });
    }

    /// The body of a loop of the program, which ends with its variables assigned.
    fn round(&mut self, body: &[Stmt]) -> Result<Vec<Statement>, Unfinished> {
        let (block, _) = self.apart(|e| match e.block(body)? {
            Flow::Next => {
                e.assign_heads()?;
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
        let (mut block, flow) = self.apart(|e| e.block(orelse))?;
        if matches!(flow, Flow::Next) {
            let mut pairs = Vec::new();
            for (name, head) in heads {
                if let Some(value) = self.variable(name) {
                    pairs.push((*head, self.lifted(&value)?));
                }
            }
            block.push(Statement::Assign(pairs));
        }
        Ok(block)
    }

    pub(super) fn while_loop(&mut self, s: &ast::StmtWhile) -> Result<Flow, Unfinished> {
        let is_endless = matches!(&*s.test, Expr::BooleanLiteral(b) if b.value)
            || matches!(&*s.test, Expr::NumberLiteral(_));
        if is_endless {
            self.needs_function()?;
            return self.run_time_while(s);
        }
        let mut rounds = 0;
        loop {
            let mark = session::with(|s| s.residual.mark());
            let before = Frozen::of(self.vm, known_values(&self.variables, self.vm));
            let test = self.value(&s.test)?;
            match self.truth(&test)? {
                Some(true) => {
                    rounds += 1;
                    match self.known_round(&s.body, &s.orelse)? {
                        Flow::Next | Flow::Continue => {}
                        Flow::Break => return Ok(Flow::Next),
                        flow => return Ok(flow),
                    }
                }
                Some(false) => return self.block(&s.orelse),
                None => {
                    self.needs_function()?;
                    let _ = rounds;
                    session::with(|s| s.go_back(mark));
                    if !before.is_unchanged(self.vm) {
                        return Err(Unfinished::Plain("a test changes a known object"));
                    }
                    return self.run_time_while(s);
                }
            }
        }
    }

    fn run_time_while(&mut self, s: &ast::StmtWhile) -> Result<Flow, Unfinished> {
        let mut names = Vec::new();
        assigned_names(&s.body, &mut names);
        assigned_names(&s.orelse, &mut names);
        let mut in_test = Vec::new();
        crate::scope::names_assigned_in(&s.test, &mut in_test);
        if !in_test.is_empty() {
            return Err(Unfinished::Plain("the test of a loop assigns a variable"));
        }
        let heads = self.heads(&names)?;
        session::with(|s| s.residual.open());
        let value = self.value(&s.test);
        let block = session::with(|s| s.residual.close());
        let value = value?;
        let test = inline(self.vm, block, &value)?;
        self.enter(&heads, false);
        let body = self.round(&s.body);
        self.loops.pop();
        let body = body?;
        self.after_loop(&heads)?;
        let orelse = self.otherwise(&s.orelse, &heads)?;
        self.after_loop(&heads)?;
        session::with(|s| s.residual.add(Statement::While { test, body, orelse }));
        self.assigned(&names)?;
        Ok(Flow::Next)
    }

    pub(super) fn for_loop(&mut self, s: &ast::StmtFor) -> Result<Flow, Unfinished> {
        let iterable = self.value(&s.iter)?;
        if iterable.downcastable::<PyDynamic>() {
            self.needs_function()?;
            return self.run_time_for(s, &iterable);
        }
        let iterator = iterable.get_iter(self.vm)?;
        loop {
            let item = match iterator.next(self.vm)? {
                PyIterReturn::Return(item) => item,
                PyIterReturn::StopIteration(_) => return self.block(&s.orelse),
            };
            self.assign_target(&s.target, item)?;
            match self.known_round(&s.body, &s.orelse)? {
                Flow::Next | Flow::Continue => {}
                Flow::Break => return Ok(Flow::Next),
                flow => return Ok(flow),
            }
        }
    }

    /// One round of a loop whose rounds are known.
    fn known_round(&mut self, body: &[Stmt], _orelse: &[Stmt]) -> Result<Flow, Unfinished> {
        self.enter(&[], true);
        let depth = self.depth;
        let flow = self.block(body);
        debug_assert_eq!(depth, self.depth);
        let left = self.loops.pop();
        if left.is_some_and(|l| l.is_broken || l.is_continued) {
            return Err(Unfinished::Plain("a known loop is left on a condition"));
        }
        flow
    }

    fn assign_target(&mut self, target: &Expr, value: PyObjectRef) -> Result<(), Unfinished> {
        match target {
            Expr::Name(name) => {
                self.set(&name.id, value)?;
                self.assigned(&[name.id.as_str().into()])
            }
            Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
                if value.downcastable::<PyDynamic>() || elts.iter().any(Expr::is_starred_expr) {
                    return Err(Unfinished::Plain("it takes a run-time value apart"));
                }
                let values: Vec<PyObjectRef> = value.try_to_value(self.vm)?;
                if values.len() != elts.len() {
                    return Err(Unfinished::Plain("it unpacks a wrong number of values"));
                }
                elts.iter()
                    .zip(values)
                    .try_for_each(|(target, value)| self.assign_target(target, value))
            }
            _ => Err(Unfinished::Plain("a loop assigns something else than a variable")),
        }
    }

    fn run_time_for(
        &mut self,
        s: &ast::StmtFor,
        iterable: &PyObjectRef,
    ) -> Result<Flow, Unfinished> {
        let iterable = self.lifted(iterable)?;
        let mut targets = Vec::new();
        let target_names = simple_targets(&s.target, &mut targets)
            .ok_or(Unfinished::Plain("a loop assigns something else than variables"))?;
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
        self.enter(&heads, false);
        let body = self.round(&s.body);
        self.loops.pop();
        let body = body?;
        self.after_loop(&heads)?;
        let orelse = self.otherwise(&s.orelse, &heads)?;
        self.after_loop(&heads)?;
        session::with(|s| s.residual.add(Statement::For { target, iterable, body, orelse }));
        self.assigned(&names)?;
        Ok(Flow::Next)
    }

    pub(super) fn raise(&mut self, s: &ast::StmtRaise) -> Result<Flow, Unfinished> {
        self.needs_function()?;
        let mut code = |part: &Option<Box<Expr>>| -> Result<Node, Unfinished> {
            match part {
                Some(expr) => {
                    let value = self.value(expr)?;
                    self.lifted(&value)
                }
                None => Ok(Node::empty()),
            }
        };
        let (exception, cause) = (code(&s.exc)?, code(&s.cause)?);
        session::with(|s| s.residual.add(Statement::Raise(exception, cause)));
        Ok(Flow::Left)
    }

    /// Variables that keep, in a block that an exception may leave, what the names hold.
    fn guard(&mut self, names: &[Name]) -> Result<Vec<(Name, TemporaryId)>, Unfinished> {
        let mut keepers = Vec::new();
        for name in names {
            let keeper = self.new_variable(name);
            if let Some(value) = self.variable(name) {
                let pair = (keeper, self.lifted(&value)?);
                session::with(|s| s.residual.add(Statement::Assign(vec![pair])));
            }
            keepers.push((name.clone(), keeper));
        }
        Ok(keepers)
    }

    pub(super) fn try_statement(&mut self, s: &ast::StmtTry) -> Result<Flow, Unfinished> {
        self.needs_function()?;
        let mut names = Vec::new();
        assigned_names(&[Stmt::Try(s.clone())], &mut names);
        let keepers = self.guard(&names)?;
        self.guards.push(keepers.clone());
        let result = self.guarded_try(s, &keepers);
        self.guards.pop();
        let (statement, flow) = result?;
        session::with(|s| s.residual.add(statement));
        self.after_loop(&keepers)?;
        self.assigned(&names)?;
        Ok(flow)
    }

    fn guarded_try(
        &mut self,
        s: &ast::StmtTry,
        keepers: &[(Name, TemporaryId)],
    ) -> Result<(Statement, Flow), Unfinished> {
        let (body, flow) = self.apart(|e| e.block(&s.body))?;
        let mut goes_on = false;
        let mut orelse = Vec::new();
        if matches!(flow, Flow::Next) {
            let (block, flow) = self.apart(|e| e.block(&s.orelse))?;
            goes_on |= matches!(flow, Flow::Next);
            orelse = block;
        }
        let mut handlers = Vec::new();
        for handler in &s.handlers {
            let ast::ExceptHandler::ExceptHandler(handler) = handler;
            self.after_loop(keepers)?;
            let class = match &handler.type_ {
                Some(class) => {
                    session::with(|s| s.residual.open());
                    let value = self.value(class);
                    let block = session::with(|s| s.residual.close());
                    let value = value?;
                    inline(self.vm, block, &value)?
                }
                None => Node::empty(),
            };
            let name = match &handler.name {
                Some(name) => {
                    let name: Name = name.as_str().into();
                    let id = self.new_variable(&name);
                    self.set(&name, self.run_time(id))?;
                    Node::temporary(id)
                }
                None => Node::empty(),
            };
            let (block, flow) = self.apart(|e| e.block(&handler.body))?;
            goes_on |= matches!(flow, Flow::Next);
            handlers.push(Handler { class, name, body: block });
        }
        self.after_loop(keepers)?;
        let mut finalbody = Vec::new();
        if !s.finalbody.is_empty() {
            let (block, flow) = self.apart(|e| e.block(&s.finalbody))?;
            if !matches!(flow, Flow::Next) {
                return Err(Unfinished::Plain("a `finally` leaves the function or a loop"));
            }
            finalbody = block;
        }
        let flow = if goes_on { Flow::Next } else { Flow::Left };
        Ok((Statement::Try { body, handlers, orelse, finalbody }, flow))
    }

    pub(super) fn with_statement(&mut self, s: &ast::StmtWith) -> Result<Flow, Unfinished> {
        self.needs_function()?;
        let [item] = &s.items[..] else {
            return Err(Unfinished::Plain("a `with` has several items"));
        };
        let context = self.value(&item.context_expr)?;
        if !context.downcastable::<PyDynamic>() {
            return Err(Unfinished::Plain("a `with` of a known object"));
        }
        let context = self.lifted(&context)?;
        let mut names = Vec::new();
        assigned_names(&[Stmt::With(s.clone())], &mut names);
        let keepers = self.guard(&names)?;
        let target = match item.optional_vars.as_deref() {
            Some(Expr::Name(name)) => {
                let name: Name = name.id.as_str().into();
                let id = self.new_variable(&name);
                self.set(&name, self.run_time(id))?;
                Node::temporary(id)
            }
            Some(_) => return Err(Unfinished::Plain("a `with` assigns more than a variable")),
            None => Node::empty(),
        };
        self.guards.push(keepers.clone());
        let body = self.apart(|e| {
            let mut own = Vec::new();
            item.optional_vars.iter().for_each(|target| {
                if let Expr::Name(name) = &**target {
                    own.push(name.id.as_str().into());
                }
            });
            e.assigned(&own)?;
            e.block(&s.body)
        });
        self.guards.pop();
        let (body, _) = body?;
        session::with(|s| s.residual.add(Statement::With { context, target, body }));
        self.after_loop(&keepers)?;
        self.assigned(&names)?;
        // The manager may swallow an exception, so control may come to what follows.
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
