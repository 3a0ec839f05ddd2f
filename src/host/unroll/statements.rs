//! Statements, each by its kind: control flow on known values is followed here, what depends on a
//! run-time value is left in the program.

use rustpython_ast::{self as ast, Expr, Stmt};
use rustpython_text_size::Ranged as _;
use rustpython_vm::protocol::PyIterReturn;
use rustpython_vm::{AsObject as _, PyObjectRef};

use super::branches::{branch, changing};
use super::dynamic_loop::{dynamic_for, dynamic_while};
use super::evaluation::{Attempt, Completion, Evaluation, Unfinished};
use super::exceptions::{raise, try_statement, with_statement};
use super::pattern::match_statement;
use super::static_loop::{Next, StaticLoop, static_loop};
use crate::host::failure::{Failure, Limit};
use crate::host::hooks;
use crate::host::hooks::unpacking::Targets;
use crate::host::objects::abort::abort;
use crate::host::objects::contents::Contents;
use crate::host::objects::payload::PyDynamic;
use crate::host::objects::provenance::here;
use crate::host::state::recording;
use crate::scope::assigned_names;

/// The most steps that one expansion leaves.
const MOST_STEPS: usize = 100_000;

/// Evaluates statements one after the other, until control leaves them.
pub(super) fn statements(e: &mut Evaluation<'_>, block: &[Stmt]) -> Attempt {
    for stmt in block {
        match statement(e, stmt)? {
            Completion::Normal => {}
            completion => return Ok(completion),
        }
    }
    Ok(Completion::Normal)
}

fn statement(e: &mut Evaluation<'_>, stmt: &Stmt) -> Attempt {
    hooks::tick(e.vm)?;
    if recording::with(|s| s.residual.size()) > MOST_STEPS {
        let limit = Limit::Steps { limit: MOST_STEPS as u64, place: here(e.vm) };
        return Err(Unfinished::Raised(abort(e.vm, Failure::Limit(limit))));
    }
    match stmt {
        Stmt::Return(s) => Ok(Completion::Return(match &s.value {
            Some(value) => e.value(value)?,
            None => e.vm.ctx.none(),
        })),
        Stmt::Break(_) => Ok(Completion::Break),
        Stmt::Continue(_) => Ok(Completion::Continue),
        Stmt::Pass(_) => Ok(Completion::Normal),
        Stmt::If(s) => if_statement(e, s),
        Stmt::While(s) => while_loop(e, s),
        Stmt::For(s) if !s.is_async => for_loop(e, s),
        Stmt::Try(s) if !s.is_star => try_statement(e, s),
        Stmt::With(s) if !s.is_async => with_statement(e, s),
        Stmt::Raise(s) => raise(e, s),
        Stmt::Assert(s) => match e.truth(&*e.value(&s.test)?)? {
            Some(true) => Ok(Completion::Normal),
            _ => Err(Unfinished::Plain),
        },
        Stmt::Match(s) => match_statement(e, s),
        Stmt::AnnAssign(s) => annotated(e, s),
        Stmt::Expr(s) => e.value(&s.value).map(|_| Completion::Normal),
        Stmt::Assign(_)
        | Stmt::AugAssign(_)
        | Stmt::Delete(_)
        | Stmt::Import(_)
        | Stmt::ImportFrom(_)
        | Stmt::FunctionDef(_)
        | Stmt::ClassDef(_) => e.simple(stmt),
        _ => Err(Unfinished::Plain),
    }
}

fn annotated(e: &mut Evaluation<'_>, s: &ast::StmtAnnAssign) -> Attempt {
    let Some(value) = &s.value else { return Ok(Completion::Normal) };
    e.simple(&Stmt::Assign(ast::StmtAssign {
        node_index: ast::AtomicNodeIndex::NONE,
        range: s.range,
        targets: vec![(*s.target).clone()],
        value: value.clone(),
    }))
}

fn if_statement(e: &mut Evaluation<'_>, s: &ast::StmtIf) -> Attempt {
    let mut all = vec![(Some(&*s.test), &*s.body)];
    all.extend(s.elif_else_clauses.iter().map(|c| (c.test.as_ref(), &*c.body)));
    clauses(e, &all)
}

fn clauses(e: &mut Evaluation<'_>, all: &[(Option<&Expr>, &[Stmt])]) -> Attempt {
    let Some(((test, body), rest)) = all.split_first() else { return Ok(Completion::Normal) };
    let Some(test) = test else { return statements(e, body) };
    let value = e.value(test)?;
    match e.truth(&value)? {
        Some(true) => statements(e, body),
        Some(false) => clauses(e, rest),
        None => {
            e.needs_function()?;
            let test = e.lifted(&value)?;
            drop(value);
            changing(e, |e| branch(e, test.clone(), |e| statements(e, body), |e| clauses(e, rest)))
        }
    }
}

fn while_loop(e: &mut Evaluation<'_>, s: &ast::StmtWhile) -> Attempt {
    if matches!(&*s.test, Expr::BooleanLiteral(b) if b.value)
        || matches!(&*s.test, Expr::NumberLiteral(_))
    {
        // It ends by what happens in it.
        e.needs_function()?;
        return dynamic_while(e, s);
    }
    let mut names = Vec::new();
    assigned_names(&s.body, &mut names);
    let next = &mut |e: &mut Evaluation<'_>| {
        let mark = recording::with(|s| s.residual.mark());
        let before = Contents::of(e.vm, &e.variables);
        let test = e.value(&s.test)?;
        Ok(match e.truth(&test)? {
            Some(true) => Next::Round,
            Some(false) => Next::End,
            None => {
                e.needs_function()?;
                drop(recording::with(|s| s.go_back(mark)));
                if !before.is_unchanged(e.vm) {
                    return Err(Unfinished::Plain);
                }
                Next::Instead(dynamic_while(e, s)?)
            }
        })
    };
    let (at, names, body, orelse) = (s.test.range(), &*names, &*s.body, &*s.orelse);
    static_loop(e, StaticLoop { at, names, next, body, orelse })
}

fn for_loop(e: &mut Evaluation<'_>, s: &ast::StmtFor) -> Attempt {
    let iterable = e.value(&s.iter)?;
    if iterable.downcastable::<PyDynamic>() {
        e.needs_function()?;
        return dynamic_for(e, s, &iterable);
    }
    let iterator = iterable.get_iter(e.vm)?;
    let mut names = Vec::new();
    assigned_names(&[Stmt::For(s.clone())], &mut names);
    let next = &mut |e: &mut Evaluation<'_>| {
        Ok(match iterator.next(e.vm)? {
            PyIterReturn::Return(item) => {
                assign_target(e, &s.target, item)?;
                Next::Round
            }
            PyIterReturn::StopIteration(_) => Next::End,
        })
    };
    let (at, names, body, orelse) = (s.iter.range(), &*names, &*s.body, &*s.orelse);
    static_loop(e, StaticLoop { at, names, next, body, orelse })
}

fn assign_target(e: &mut Evaluation<'_>, target: &Expr, value: PyObjectRef) -> Attempt<()> {
    match target {
        Expr::Name(name) => {
            e.set(&name.id, value)?;
            e.assigned(&[name.id.as_str().into()])
        }
        Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
            let star = elts.iter().position(Expr::is_starred_expr);
            let name = |target: &Expr| Some(target.as_name_expr()?.id.as_str().into());
            let targets = Targets { star, names: elts.iter().map(name).collect() };
            let values = match targets.take_apart(&value, e.vm) {
                // What can't be taken apart raises in the program.
                Err(why) if why.fast_isinstance(e.vm.ctx.exceptions.value_error) => {
                    return Err(Unfinished::Plain);
                }
                values => values?,
            };
            let mut pairs = elts.iter().zip(values);
            pairs.try_for_each(|(target, value)| assign_target(e, target, value))
        }
        Expr::Starred(star) => assign_target(e, &star.value, value),
        _ => Err(Unfinished::Plain),
    }
}
