//! `match` of a value that is known: the interpreter tries each pattern.

use rustpython_ast::{self as ast, AtomicNodeIndex, Expr, ExprContext, ModModule, Stmt};
use rustpython_text_size::{Ranged as _, TextRange};
use rustpython_vm::AsObject as _;

use super::evaluation::{Attempt, Completion, Evaluation, Unfinished};
use crate::host::objects::binding_time::holds_run_time;
use crate::scope::assigned_names;

const SUBJECT: &str = "__uneval_subject__";
const MATCHES: &str = "__uneval_matches__";

pub(super) fn match_statement(e: &mut Evaluation<'_>, s: &ast::StmtMatch) -> Attempt {
    let subject = e.value(&s.subject)?;
    if holds_run_time(e.vm, &subject) {
        return Err(Unfinished::Plain);
    }
    for case in &s.cases {
        e.set(SUBJECT, subject.clone())?;
        e.set(MATCHES, e.vm.ctx.new_bool(false).into())?;
        let with_case = |body| of_case(s, case, body);
        e.run_module(case.pattern.range(), || attempt(case, with_case))?;
        let matches = e.variable(MATCHES);
        let mut names = Vec::new();
        assigned_names(&[Stmt::Match(with_case(Vec::new()))], &mut names);
        e.assigned(&names)?;
        if !matches.is_some_and(|m| e.vm.ctx.true_value.is(&m)) {
            continue;
        }
        if let Some(guard) = &case.guard {
            match e.truth(&*e.value(guard)?)? {
                Some(true) => {}
                Some(false) => continue,
                None => return Err(Unfinished::Plain),
            }
        }
        return e.block(&case.body);
    }
    Ok(Completion::Normal)
}

/// The match with one case only.
fn of_case(s: &ast::StmtMatch, case: &ast::MatchCase, body: Vec<Stmt>) -> ast::StmtMatch {
    let case = ast::MatchCase { guard: None, body, ..case.clone() };
    ast::StmtMatch { cases: vec![case], ..s.clone() }
}

/// A module that binds what the pattern of `case` captures, and tells whether it matches.
fn attempt(
    case: &ast::MatchCase,
    with_case: impl FnOnce(Vec<Stmt>) -> ast::StmtMatch,
) -> ModModule {
    let range = case.pattern.range();
    let value = ast::ExprBooleanLiteral { node_index: AtomicNodeIndex::NONE, range, value: true };
    let tell = Stmt::Assign(ast::StmtAssign {
        node_index: AtomicNodeIndex::NONE,
        range,
        targets: vec![name(MATCHES, range, ExprContext::Store)],
        value: Box::new(Expr::BooleanLiteral(value)),
    });
    let mut attempt = with_case(vec![tell]);
    *attempt.subject = name(SUBJECT, range, ExprContext::Load);
    ModModule { node_index: Default::default(), range, body: vec![Stmt::Match(attempt)] }
}

fn name(id: &str, range: TextRange, ctx: ExprContext) -> Expr {
    Expr::Name(ast::ExprName { node_index: AtomicNodeIndex::NONE, range, id: id.into(), ctx })
}
