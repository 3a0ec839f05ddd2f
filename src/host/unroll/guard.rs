//! `try`, `with` and `raise`, which stay in the program.
//!
//! An exception may leave a block after any of its steps, so each variable that the block assigns
//! is kept, as soon as it is assigned, in a variable of the program for whoever comes after.

use rustpython_ast::{self as ast, Expr, Stmt};

use super::Unfinished;
use super::body::{Evaluation, Flow};
use crate::codenode::{Name, Node, TemporaryId};
use crate::host::nested::inline;
use crate::host::objects::PyDynamic;
use crate::host::session;
use crate::residual::{Handler, Statement};
use crate::scope::assigned_names;

impl Evaluation<'_> {
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
                return Err(Unfinished::Plain);
            }
            finalbody = block;
        }
        let flow = if goes_on { Flow::Next } else { Flow::Left };
        Ok((Statement::Try { body, handlers, orelse, finalbody }, flow))
    }

    pub(super) fn with_statement(&mut self, s: &ast::StmtWith) -> Result<Flow, Unfinished> {
        self.needs_function()?;
        let [item] = &s.items[..] else {
            return Err(Unfinished::Plain);
        };
        let context = self.value(&item.context_expr)?;
        if !context.downcastable::<PyDynamic>() {
            return Err(Unfinished::Plain);
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
            Some(_) => return Err(Unfinished::Plain),
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
