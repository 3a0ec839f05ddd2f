//! The run of one macro on a statement, and its residual statements.

use std::rc::Rc;

use rustpython_ast::{Expr, Stmt};
use rustpython_text_size::Ranged as _;

use crate::codenode::{Loc, Name, Node, Op, Origin, TemporaryId};
use crate::diagnostic::{Code, Finding, Label};
use crate::expand::Expander;
use crate::expand::call_site::{CallSite, scope_of_callee};
use crate::expand::calls::{MacroUse, call_arguments, close_expansion, run_macro};
use crate::expand::compile_time::follows_from_incomplete;
use crate::expand::findings::Reported;
use crate::expand::fresh_names::fresh_name_at;
use crate::expand::placement::{Replacement, is_stable, named};
use crate::expand::program::Module;
use crate::expand::report::{Work, failure_finding};
use crate::host::{Argument, Expansion, Failure, Host, Mismatch, Namespace};
use crate::residual::{Binding, Form, Reason, Residual, Statement, fold};

/// A statement that a macro is given.
pub(crate) struct Given {
    pub tree: Node,
    /// The name that a definition gives, and where it stands.
    pub name: Option<(Name, Loc)>,
}

/// What a macro left for a statement: statements, then a value.
#[derive(Default)]
pub(crate) struct LeftStatements {
    pub statements: Vec<Statement>,
    pub value: Option<Node>,
}

/// The place of a macro's name that is written in a decorator or `with` item of `stmt`.
pub(crate) fn call_site<'m>(
    module: &'m Rc<Module>,
    stmt: &Stmt,
    expression: &Expr,
) -> CallSite<'m> {
    let callee = match expression {
        Expr::Call(call) => &*call.func,
        other => other,
    };
    CallSite {
        module,
        scope: scope_of_callee(module, callee),
        range: stmt.range(),
        callee: callee.range(),
        statement: stmt.range(),
        binding: Binding::Walrus,
        round: 0,
        left: None,
    }
}

/// What the macro that is used by `expression` leaves.
pub(crate) fn run_statement_macro(
    cx: &mut Expander<'_>,
    site: CallSite<'_>,
    expression: &Expr,
    (home, name): (&Rc<Module>, &Name),
    given: &Given,
) -> Result<LeftStatements, Reported> {
    let mut arguments = vec![Argument::new(given.tree.clone())];
    if let Expr::Call(call) = expression {
        arguments.extend(call_arguments(cx, site, call)?);
    }
    let what = if given.name.is_some() { "this decorator" } else { "this block" };
    let label = site.module.label(expression.range(), what);
    let used = MacroUse { site, home, name, arguments: &arguments };
    let run = |host: &Host, ns: &Namespace| host.give_statement(ns, name, &arguments);
    let left = run_macro(cx, used, &label, run)?.and_then(|expansion| {
        let residual = expansion.residual.clone();
        Ok((statements_of(cx, site, expansion, given)?, residual))
    });
    match left {
        Ok((LeftStatements { statements, value: node }, residual)) => {
            let replacement = Replacement { saved: Vec::new(), statements, node };
            let closed = close_expansion(cx, used, &label, &residual, replacement)?;
            Ok(LeftStatements { statements: closed.statements, value: closed.node })
        }
        Err(failure) => {
            if follows_from_incomplete(&cx.stage(), home, &failure) {
                return Err(cx.findings.reported_before());
            }
            let work = Work::Macro(home, name, None);
            let finding = statement_failure_finding(cx, failure, label, work, given);
            Err(cx.findings.report(finding))
        }
    }
}

fn statement_failure_finding(
    cx: &mut Expander<'_>,
    failure: Failure,
    at: Label,
    work: Work<'_>,
    given: &Given,
) -> Finding {
    let what = if given.name.is_some() { "definition" } else { "block" };
    let failure = match failure {
        Failure::BadArguments { message, mismatch: mismatch @ Mismatch::TooManyPositional } => {
            let message = format!("{message}, the {what} among them");
            Failure::BadArguments { message, mismatch }
        }
        other => other,
    };
    let is_about_arguments = matches!(failure, Failure::BadArguments { .. });
    let finding = failure_finding(&cx.reporter(), failure, at, work);
    match is_about_arguments {
        true => finding
            .help(format!("the {what} is the first argument: what is written comes after it")),
        false => finding,
    }
}

/// The steps that the macro left as statements. A definition that is used as a value is there,
/// before all else.
fn statements_of(
    cx: &mut Expander<'_>,
    site: CallSite<'_>,
    expansion: Expansion,
    given: &Given,
) -> Result<LeftStatements, Failure> {
    let Expansion { mut residual, result } = expansion;
    let place = given.name.as_ref().map(|(_, place)| *place);
    if let Some(id) = definition_step(&residual) {
        let value = match &given.name {
            Some((name, place)) => Node::var(name.clone(), Origin::Site).with_loc(Some(*place)),
            None => Node::empty().with_loc(given.tree.loc()),
        };
        residual.set_code(id, value);
    }
    let stable = |node: &Node| is_stable(&cx.resolver, site, node);
    let folded = fold(&residual, &result, Form::Statements, &stable);
    let is_value = |node: &Node| match place {
        Some(place) => node.op() == Op::VAR && node.loc() == Some(place),
        None => node.op() == Op::EMPTY && node.loc().is_some(),
    };
    let has_value = |node: &Node| holds(node, &is_value);
    let is_used = folded.statements.iter().any(|statement| uses(statement, &has_value))
        || has_value(&folded.result);
    if is_used && place.is_none() {
        let message = "the block is used as a value, and has none".to_owned();
        return Err(Failure::Malformed { message, place: given.tree.loc(), help: None });
    }
    let value = match folded.result.op() {
        Op::EMPTY => None,
        _ if is_value(&folded.result) => None,
        _ => Some(folded.result),
    };
    let mut statements = folded.statements;
    if is_used {
        statements.insert(0, Statement::Do(given.tree.clone()));
    }
    let (statements, value) = named(&residual, statements, value, &mut |wanted| {
        fresh_name_at(&mut cx.output, site, wanted)
    });
    Ok(LeftStatements { statements, value })
}

/// The finding about a macro that leaves nothing where something is wanted.
pub(crate) fn report_nothing_left(
    cx: &mut Expander<'_>,
    by: (&str, Label),
    name: &str,
    wanted: Label,
) -> Reported {
    let message = format!("`{}` leaves no definition of `{name}`", by.0);
    let finding = Finding::new(Code::NothingLeft, message, by.1).secondary(wanted);
    cx.findings.report(finding.help("decorators above a macro need something to decorate"))
}

/// The step whose value is the definition.
fn definition_step(residual: &Residual) -> Option<TemporaryId> {
    residual.steps().find(|(_, step)| step.reason == Reason::Argument(0)).map(|(id, _)| id)
}

fn uses(statement: &Statement, has: &dyn Fn(&Node) -> bool) -> bool {
    let codes = statement.codes().into_iter().chain(statement.repeated_codes());
    codes.into_iter().any(has)
        || statement.blocks().into_iter().flatten().any(|inner| uses(inner, has))
}

fn holds(node: &Node, is_it: &dyn Fn(&Node) -> bool) -> bool {
    is_it(node) || node.args().iter().any(|arg| holds(arg, is_it))
}
