//! `raise`, `try` and `with`, which stay in the program.
//!
//! An exception may leave a block after any of its steps, so each variable that the block assigns
//! is kept, as soon as it is assigned, in a variable of the program for the code after the block.

use rustpython_ast::{self as ast, Expr, Stmt};

use super::branches::apart;
use super::evaluation::{Attempt, Completion, Evaluation, Phis, Unfinished};
use crate::codenode::{Name, Node};
use crate::host::objects::payload::PyDynamic;
use crate::host::recording::conditional::conditional;
use crate::host::state::recording;
use crate::residual::{Handler, Statement};
use crate::scope::assigned_names;

pub(super) fn raise(e: &mut Evaluation<'_>, s: &ast::StmtRaise) -> Attempt {
    e.needs_function()?;
    let code = |part: &Option<Box<Expr>>| match part {
        Some(expr) => e.lifted(&*e.value(expr)?),
        None => Ok(Node::empty()),
    };
    let (exception, cause) = (code(&s.exc)?, code(&s.cause)?);
    recording::add(Statement::Raise(exception, cause));
    Ok(Completion::Residual)
}

/// Variables that keep, in a block that an exception may leave, what the names hold.
fn kept(e: &Evaluation<'_>, names: &[Name]) -> Attempt<Phis> {
    let mut kept = Phis::new();
    for name in names {
        let variable = e.new_variable(name);
        match e.variable(name) {
            None => e.keep_unsurely(variable),
            Some(value) => match e.code_for(variable, (name, &value))? {
                Some(code) if e.is_bound(name) => {
                    recording::add(Statement::Assign(vec![(variable, code)]));
                }
                Some(_) => return Err(Unfinished::Plain),
                None => e.keep_unsurely(variable),
            },
        }
        kept.push((name.clone(), variable));
    }
    Ok(kept)
}

/// A variable that the program binds before a block runs, as the target of that.
fn bound(e: &Evaluation<'_>, name: &str) -> Attempt<Node> {
    let name: Name = name.into();
    let id = e.new_variable(&name);
    e.set(&name, e.run_time(id))?;
    Ok(Node::temporary(id))
}

pub(super) fn try_statement(e: &mut Evaluation<'_>, s: &ast::StmtTry) -> Attempt {
    e.needs_function()?;
    let mut names = Vec::new();
    assigned_names(&[Stmt::Try(s.clone())], &mut names);
    let kept = kept(e, &names)?;
    e.guards.push(kept.clone());
    let blocks = guarded_blocks(e, s, &kept);
    e.guards.pop();
    let Guarded { body, handlers, orelse, completion, bound } = blocks?;
    e.set_to(&kept)?;
    let mut finalbody = Vec::new();
    if !s.finalbody.is_empty() {
        // What it assigns is kept for nobody: an exception goes on when it is over.
        let (block, completion) = apart(e, |e| e.block(&s.finalbody))?;
        if !completion.is_normal() {
            return Err(Unfinished::Plain);
        }
        finalbody = block;
    }
    for (_, id) in kept.iter().filter(|(name, _)| bound.contains(name)) {
        // Control comes here only if no exception went on.
        e.keep_surely(*id);
    }
    recording::add(Statement::Try { body, handlers, orelse, finalbody });
    e.assigned(&names)?;
    Ok(completion)
}

/// The blocks of a `try` statement after which `finally` runs.
struct Guarded {
    body: Vec<Statement>,
    handlers: Vec<Handler>,
    orelse: Vec<Statement>,
    completion: Completion,
    /// The names that hold a value at the end of each way that goes on.
    bound: Vec<Name>,
}

fn guarded_blocks(e: &mut Evaluation<'_>, s: &ast::StmtTry, kept: &Phis) -> Attempt<Guarded> {
    let mut bound: Vec<Name> = kept.iter().map(|(name, _)| name.clone()).collect();
    let (body, completion) = apart(e, |e| e.block(&s.body))?;
    let mut goes_on = false;
    let mut orelse = Vec::new();
    if completion.is_normal() {
        let (block, completion) = apart(e, |e| e.block(&s.orelse))?;
        if completion.is_normal() {
            goes_on = true;
            bound.retain(|name| e.is_bound(name));
        }
        orelse = block;
    }
    let mut handlers = Vec::new();
    for ast::ExceptHandler::ExceptHandler(handler) in &s.handlers {
        e.set_to(kept)?;
        let class = match &handler.type_ {
            Some(class) => conditional(e.vm, || e.value(class))?,
            None => Node::empty(),
        };
        let name = match &handler.name {
            Some(name) => self::bound(e, name)?,
            None => Node::empty(),
        };
        let (body, completion) = apart(e, |e| e.block(&handler.body))?;
        if completion.is_normal() {
            goes_on = true;
            bound.retain(|name| e.is_bound(name));
        }
        if let Some(name) = &handler.name {
            // Python deletes it now.
            let kept = kept.iter().filter(|(own, _)| **own == *name.id);
            kept.for_each(|(_, id)| e.doubt(*id));
            bound.retain(|own| **own != *name.id);
        }
        handlers.push(Handler { class, name, body });
    }
    let completion = if goes_on { Completion::Normal } else { Completion::Residual };
    Ok(Guarded { body, handlers, orelse, completion, bound })
}

pub(super) fn with_statement(e: &mut Evaluation<'_>, s: &ast::StmtWith) -> Attempt {
    e.needs_function()?;
    let [item] = s.items.as_slice() else {
        return Err(Unfinished::Plain);
    };
    let context = e.value(&item.context_expr)?;
    if !context.downcastable::<PyDynamic>() {
        return Err(Unfinished::Plain);
    }
    let context = e.lifted(&context)?;
    let mut names = Vec::new();
    assigned_names(&[Stmt::With(s.clone())], &mut names);
    let kept = kept(e, &names)?;
    let (target, own) = match item.optional_vars.as_deref() {
        Some(Expr::Name(name)) => (bound(e, &name.id)?, vec![name.id.as_str().into()]),
        Some(_) => return Err(Unfinished::Plain),
        None => (Node::empty(), Vec::new()),
    };
    e.guards.push(kept.clone());
    let body = apart(e, |e| {
        e.assigned(&own)?;
        e.block(&s.body)
    });
    e.guards.pop();
    let (body, _) = body?;
    recording::add(Statement::With { context, target, body });
    e.set_to(&kept)?;
    e.assigned(&names)?;
    // The manager may swallow an exception, so control may come to what follows.
    Ok(Completion::Normal)
}
