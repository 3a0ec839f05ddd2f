//! Gives one macro a statement, and takes what it leaves.

use std::rc::Rc;

use rustpython_ast::{Expr, Stmt};
use rustpython_text_size::Ranged as _;

use crate::codenode::{Loc, Name, Node, Op, Origin, TemporaryId};
use crate::diagnostic::{Code, Finding, Label};
use crate::expand::Expander;
use crate::expand::callsite::{CallSite, scope_of_callee};
use crate::expand::naming::named;
use crate::expand::placing::Replacement;
use crate::expand::project::Module;
use crate::expand::report::Work;
use crate::host::{Argument, Expansion, Failure};
use crate::residual::{Binding, Form, Reason, Residual, Statement, fold};

/// A statement that a macro is given.
pub(super) struct Given {
    pub tree: Node,
    /// The name that a definition gives, and where it stands.
    pub name: Option<(Name, Loc)>,
}

/// What a macro left for a statement: statements, then a value.
#[derive(Default)]
pub(super) struct Left {
    pub statements: Vec<Statement>,
    pub value: Option<Node>,
}

/// The place of a macro's name that is written in a decorator or `with` item of `stmt`.
pub(super) fn call_site<'m>(
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
        statement: stmt.range(),
        binding: Binding::Walrus,
        round: 0,
        left: None,
    }
}

impl Expander<'_> {
    /// What the macro that is used by `expression` leaves; none if something was found.
    pub(super) fn give(
        &mut self,
        site: CallSite<'_>,
        expression: &Expr,
        (home, name): (&Rc<Module>, &Name),
        given: &Given,
    ) -> Option<Left> {
        let mut arguments = vec![Argument::new(given.tree.clone())];
        if let Expr::Call(call) = expression {
            arguments.extend(self.arguments(site, call)?);
        }
        let what = if given.name.is_some() { "this decorator" } else { "this block" };
        let label = site.module.label(expression.range(), what);
        let ns = self.ready(site.module, home, name)?;
        if self.is_wrong(home, name) {
            return None;
        }
        let expansion = self.with_files(&label, |host| host.give_statement(&ns, name, &arguments));
        self.hear(&label);
        if let Ok(expansion) = &expansion {
            self.check_loops(&label, &expansion.residual);
        }
        let failure = match expansion {
            Ok(expansion) => match self.left(site, expansion, given) {
                Ok(left) => {
                    let Left { statements, value: node } = left;
                    let replacement = Replacement { saved: Vec::new(), statements, node };
                    self.check_effects(site, (home, name), &arguments, &replacement);
                    return self.sealed_statements(site, replacement);
                }
                Err(failure) => failure,
            },
            Err(failure) => failure,
        };
        if !self.follows_from_incomplete(home, &failure) {
            let finding = self.finding_about(failure, label, Work::Macro(home, name, None), given);
            self.find(finding);
        }
        None
    }

    fn finding_about(
        &mut self,
        failure: Failure,
        at: Label,
        work: Work<'_>,
        given: &Given,
    ) -> Finding {
        let what = if given.name.is_some() { "definition" } else { "block" };
        let failure = match failure {
            Failure::BadArguments(message) if message.ends_with("given") => {
                Failure::BadArguments(format!("{message}, the {what} among them"))
            }
            other => other,
        };
        let is_about_arguments = matches!(failure, Failure::BadArguments(_));
        let finding = self.finding_of(failure, at, work);
        match is_about_arguments {
            true => finding
                .help(format!("the {what} is the first argument: what is written comes after it")),
            false => finding,
        }
    }

    /// The steps that the macro left as statements. A definition that is used as a value is there,
    /// before all else.
    fn left(
        &mut self,
        site: CallSite<'_>,
        expansion: Expansion,
        given: &Given,
    ) -> Result<Left, Failure> {
        let Expansion { mut residual, result } = expansion;
        let place = given.name.as_ref().map(|(_, place)| *place);
        if let Some(id) = definition_step(&residual) {
            let value = match &given.name {
                Some((name, place)) => Node::var(name.clone(), Origin::Site).with_loc(Some(*place)),
                None => Node::empty().with_loc(given.tree.loc()),
            };
            residual.set_code(id, value);
        }
        let stable = |node: &Node| self.is_stable(site, node);
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
        let (statements, value) =
            named(&residual, statements, value, &mut |wanted| self.fresh(site, wanted));
        Ok(Left { statements, value })
    }

    fn sealed_statements(&mut self, site: CallSite<'_>, replacement: Replacement) -> Option<Left> {
        let Replacement { statements, node, .. } = self.sealed(site, replacement)?;
        Some(Left { statements, value: node })
    }

    /// The finding about a macro that leaves nothing where something is wanted.
    pub(super) fn nothing_left(&mut self, by: (&str, Label), name: &str, wanted: Label) {
        let message = format!("`{}` leaves no definition of `{name}`", by.0);
        let finding = Finding::new(Code::NothingLeft, message, by.1).secondary(wanted);
        self.find(finding.help("decorators above a macro need something to decorate"));
    }
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
