//! Places a residual program where the call stands: as one expression, or as statements before the
//! one that holds the call (language.md §7).

use std::collections::HashSet;

use rustpython_ast::Expr;
use rustpython_text_size::{Ranged as _, TextRange};

use super::hoisting::{Before, Hoisting};
use super::stable::{is_lasting, is_stable};
use super::temporaries::named;
use crate::codenode::{Leaves, Name, Node, Op, Origin, Value, bindings, lower};
use crate::expand::call_site::CallSite;
use crate::expand::fresh_names::fresh_name_at;
use crate::expand::output::Output;
use crate::expand::program::Resolver;
use crate::host::{Expansion, Failure};
use crate::python::keywords::is_keyword;
use crate::residual::{
    Binding, Effect, Folded, Form, Joined, Reason, Residual, Statement, Step, UNNAMED, Unplaceable,
    Variables, assigned_names, effect, fold, in_one_expression, named_before,
};
use crate::scope::{Place, ScopeKind};

/// What takes the place of a call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Replacement {
    /// The expressions of the call's statement whose values are saved first, and under what name.
    pub saved: Vec<(TextRange, Name)>,
    /// The statements that go before the call's.
    pub statements: Vec<Statement>,
    /// What stands where the call stood; none if nothing has to.
    pub node: Option<Node>,
}

/// What becomes of a call.
pub(crate) enum CallOutcome {
    Placed(Replacement),
    /// It stays as it is: a call of a plain function.
    Left,
}

impl Replacement {
    pub(crate) fn expression(node: Node) -> Replacement {
        Replacement { node: Some(node), ..Replacement::default() }
    }

    /// What stands where the call stood.
    pub(crate) fn value(&self) -> Node {
        self.node.clone().unwrap_or_else(|| Node::value(Value::None))
    }

    /// Whether no code is left, or only `None`.
    pub(crate) fn is_nothing(&self) -> bool {
        let is_none = |node: &Node| matches!(node.constant(), Some(Value::None));
        self.statements.is_empty() && self.node.as_ref().is_none_or(is_none)
    }

    /// The same with each piece of code changed, up to the first that can't be.
    pub(crate) fn try_map<E>(
        self,
        mut change: impl FnMut(&Node) -> Result<Node, E>,
    ) -> Result<Replacement, E> {
        let mut outcome = Ok(());
        let changed = self.map(|code| match outcome.is_ok() {
            true => change(code).unwrap_or_else(|error| {
                outcome = Err(error);
                code.clone()
            }),
            false => code.clone(),
        });
        outcome.map(|()| changed)
    }

    /// The same with each piece of code changed.
    pub(crate) fn map(self, mut change: impl FnMut(&Node) -> Node) -> Replacement {
        Replacement {
            saved: self.saved,
            statements: self.statements.into_iter().map(|s| s.map(&mut change)).collect(),
            node: self.node.as_ref().map(change),
        }
    }
}

/// Places an expansion.
///
/// # Errors
/// When it needs statements and the place can't hold them.
pub(crate) fn place_expansion(
    (resolver, output): (&Resolver<'_>, &mut Output),
    site: CallSite<'_>,
    expansion: &Expansion,
    hoisting: Option<&Hoisting<'_>>,
) -> Result<Replacement, Failure> {
    let site = match hoisting {
        Some(hoisting) => CallSite { statement: hoisting.statement, ..site },
        None => site,
    };
    let plan = plan_expansion((resolver, output), site, expansion, hoisting)?;
    Ok(name_temporaries(output, site, &expansion.residual, plan))
}

/// How the expansion is placed, its temporaries without names.
fn plan_expansion(
    (resolver, output): (&Resolver<'_>, &Output),
    site: CallSite<'_>,
    expansion: &Expansion,
    hoisting: Option<&Hoisting<'_>>,
) -> Result<Placement, Failure> {
    let Expansion { residual, result } = expansion;
    let mut assigned = HashSet::new();
    assigned_names(result, &mut assigned);
    let own = |step: &&Step| step.reason != Reason::Definition;
    let steps = || residual.steps().map(|(_, step)| step);
    steps().filter(own).for_each(|step| assigned_names(&step.code, &mut assigned));
    for (_, step) in residual.steps().filter(|(_, step)| step.code.is_statement()) {
        check_assigned(site, &step.code)?;
    }
    let stable = |node: &Node| {
        node.name().is_some_and(|name| !assigned.contains(name)) && is_stable(resolver, site, node)
    };
    let lasting = |node: &Node| {
        node.name().is_some_and(|name| !assigned.contains(name)) && is_lasting(site, node)
    };
    let variables = Variables { stable: &stable, lasting: &lasting };
    let folded = fold_at(site, expansion, Form::Statements, variables)?;
    let names = bound_names(resolver, site, residual, &folded);
    let is_bare = hoisting.is_some_and(|h| h.is_bare);
    if is_bare && names == BoundNames::Unseen {
        return Ok(Placement::bare(folded, &stable));
    }
    if folded.statements.is_empty() {
        return Ok(Placement::expression(folded.result));
    }
    let saves = hoisting.and_then(|h| saved_before(output, site, h, &folded, &stable));
    if let Some(saves) = &saves
        && saves.is_empty()
        && names == BoundNames::Unseen
    {
        return Ok(Placement::statements(Vec::new(), folded));
    }
    let as_expressions = fold_at(site, expansion, Form::Expressions, variables)?;
    let joined = in_one_expression(&as_expressions, site.binding, &stable);
    match (joined, saves) {
        (Ok(Joined { is_sequence: true, .. }) | Err(_), Some(saves))
            if names == BoundNames::Unseen && site.binding == Binding::Walrus =>
        {
            Ok(Placement::statements(saves, folded))
        }
        (Ok(joined), _) => Ok(Placement::expression(joined.code)),
        (Err(_), _) if is_bare && names == BoundNames::Seen => Ok(Placement::bare(folded, &stable)),
        (Err(_), Some(saves)) if names == BoundNames::Seen => {
            Ok(Placement::statements(saves, folded))
        }
        (Err(_), _) if names == BoundNames::Attributes && residual.defines() => {
            Err(defined_in_class())
        }
        (Err(why), _) => Err(unplaceable(why)),
    }
}

/// The folded expansion; where an assignment expression can't stand, without any.
fn fold_at(
    site: CallSite<'_>,
    Expansion { residual, result }: &Expansion,
    form: Form,
    variables: Variables<'_>,
) -> Result<Folded, Failure> {
    let folded = variables.applied(fold(residual, result, form, variables.stable));
    match site.binding {
        Binding::Walrus => Ok(folded),
        Binding::Lambda => named_before(folded, variables.stable).map_err(unplaceable),
    }
}

/// A statement of a tree may assign a variable of the function that holds the call, and no
/// other's: that would become another variable.
fn check_assigned(site: CallSite<'_>, statement: &Node) -> Result<(), Failure> {
    let of_site = bindings(statement).into_iter().filter(|(_, origin)| *origin == Origin::Site);
    let scopes = &site.module.scopes;
    for (name, _) in of_site {
        match scopes.lookup(site.scope, &name) {
            Place::Bound(scope)
                if scope != site.owner()
                    && !(site.scope == site.owner() && scopes.is_declared(site.scope, &name)) =>
            {
                return Err(Failure::NeedsStatements {
                    why: format!("`{name}` is a variable of another scope than the call's"),
                    place: statement.loc(),
                });
            }
            _ => {}
        }
    }
    Ok(())
}

/// What has to be saved so that the statements can go first; none if that isn't possible.
fn saved_before(
    output: &Output,
    site: CallSite<'_>,
    hoisting: &Hoisting<'_>,
    folded: &Folded,
    stable: &dyn Fn(&Node) -> bool,
) -> Option<Vec<TextRange>> {
    let moved = folded.statements.iter().map(|statement| statement.effect(stable)).max();
    saved_before_effect(output, site, hoisting, moved.unwrap_or(Effect::Pure), stable)
}

/// Likewise for statements that have this effect.
fn saved_before_effect(
    output: &Output,
    site: CallSite<'_>,
    hoisting: &Hoisting<'_>,
    mut moved: Effect,
    stable: &dyn Fn(&Node) -> bool,
) -> Option<Vec<TextRange>> {
    let mut saves = Vec::new();
    for before in hoisting.before.iter().rev() {
        let (expr, can_save) = match before {
            Before::Value(expr) => (expr, true),
            Before::Target(expr) => (expr, false),
            Before::Fixed if moved < Effect::Reads => continue,
            Before::Fixed => return None,
        };
        if !output.is_expanded(expr.range()) {
            return None;
        }
        let code = lower(expr, site.module.file, site.module.text(), &mut ExpandedCalls { output });
        let is_own = |name: &Name| output.is_introduced(site.owner(), name);
        let own = effect(&code, &|node| node.name().is_some_and(is_own) || stable(node));
        if moved.commutes(own) {
            continue;
        }
        if !can_save {
            return None;
        }
        moved = moved.max(own);
        saves.push(expr.range());
    }
    saves.reverse();
    Some(saves)
}

/// The lowering of code whose calls of macros have been expanded.
struct ExpandedCalls<'a> {
    output: &'a Output,
}

impl Leaves for ExpandedCalls<'_> {
    fn replace(&mut self, expr: &Expr) -> Option<Node> {
        self.output.placed.get(&expr.range()).cloned().flatten()
    }
}

/// The replacement with a name for its value, which a statement gives it; none if that isn't
/// possible.
pub(crate) fn with_named_value(
    (resolver, output): (&Resolver<'_>, &mut Output),
    site: CallSite<'_>,
    hoisting: &Hoisting<'_>,
    replacement: &Replacement,
) -> Option<Replacement> {
    let site = CallSite { statement: hoisting.statement, ..site };
    let node = replacement.node.as_ref()?;
    if site.module.scopes.kind(site.owner()) == ScopeKind::Class {
        return None;
    }
    let mut assigned = HashSet::new();
    assigned_names(node, &mut assigned);
    replacement.statements.iter().flat_map(Statement::codes).for_each(|code| {
        assigned_names(code, &mut assigned);
    });
    let stable = |node: &Node| {
        node.name().is_some_and(|name| !assigned.contains(name)) && is_stable(resolver, site, node)
    };
    let statements = replacement.statements.iter().map(|statement| statement.effect(&stable));
    let moved = statements.fold(effect(node, &stable), Effect::max);
    let saves = saved_before_effect(output, site, hoisting, moved, &stable)?;
    let mut saved = Vec::new();
    for range in saves {
        let known = replacement.saved.iter().find(|(known, _)| *known == range);
        let name = known.map(|(_, name)| name.clone());
        let wanted = name_of(site.module.slice(range));
        saved.push((range, name.unwrap_or_else(|| fresh_name_at(output, site, wanted))));
    }
    let value = Node::var(fresh_name_at(output, site, UNNAMED), Origin::Site);
    let assignment = Node::new(Op::ASSIGN, vec![value.clone(), node.clone()]);
    let mut statements = replacement.statements.clone();
    statements.push(Statement::Do(assignment));
    Some(Replacement { saved, statements, node: Some(value) })
}

/// The plan with a name for each temporary.
fn name_temporaries(
    output: &mut Output,
    site: CallSite<'_>,
    residual: &Residual,
    plan: Placement,
) -> Replacement {
    let saved = plan
        .saves
        .iter()
        .map(|range| (*range, fresh_name_at(output, site, name_of(site.module.slice(*range)))))
        .collect();
    let (statements, node) = named(residual, plan.statements, plan.result, &mut |wanted| {
        fresh_name_at(output, site, wanted)
    });
    Replacement { saved, statements, node }
}

/// How an expansion is placed.
struct Placement {
    saves: Vec<TextRange>,
    statements: Vec<Statement>,
    result: Option<Node>,
}

impl Placement {
    fn expression(result: Node) -> Placement {
        Placement { saves: Vec::new(), statements: Vec::new(), result: Some(result) }
    }

    fn statements(saves: Vec<TextRange>, folded: Folded) -> Placement {
        Placement { saves, statements: folded.statements, result: Some(folded.result) }
    }

    /// The call is a statement by itself, of whose value nobody hears.
    fn bare(folded: Folded, stable: &dyn Fn(&Node) -> bool) -> Placement {
        let Folded { statements, result } = folded;
        let is_none = matches!(result.constant(), Some(Value::None));
        let is_idle = is_none || !statements.is_empty() && effect(&result, stable) < Effect::Reads;
        let result = (!is_idle).then_some(result);
        Placement { saves: Vec::new(), statements, result }
    }
}

/// What becomes of names that are given by statements.
#[derive(Clone, Copy, PartialEq, Eq)]
enum BoundNames {
    /// Nobody notices them.
    Unseen,
    /// The program looks at the module's variables: they are avoided where that is possible.
    Seen,
    /// They would be attributes of a class.
    Attributes,
}

fn bound_names(
    resolver: &Resolver<'_>,
    site: CallSite<'_>,
    residual: &Residual,
    folded: &Folded,
) -> BoundNames {
    let scope = site.owner();
    let binds = residual.defines() || folded.binds();
    match site.module.scopes.kind(scope) {
        _ if !binds => BoundNames::Unseen,
        ScopeKind::Class => BoundNames::Attributes,
        ScopeKind::Module if resolver.index().is_looked_at(site.module) => BoundNames::Seen,
        _ => BoundNames::Unseen,
    }
}

fn defined_in_class() -> Failure {
    let why = "a function of the macro would be an attribute of the class around the call";
    Failure::NeedsStatements { why: why.to_owned(), place: None }
}

fn unplaceable(why: Unplaceable) -> Failure {
    match why {
        Unplaceable::Statement(node) => Failure::NeedsStatements {
            why: "it leaves a statement, and the call stands where no statement can go before it"
                .to_owned(),
            place: node.loc(),
        },
        Unplaceable::Suspends => Failure::NeedsStatements {
            why: "`await` or `yield` would have to move into a function of its own".to_owned(),
            place: None,
        },
        Unplaceable::Named(node) => Failure::NeedsStatements {
            why: "a value that is used twice would need a name, and no assignment expression can \
                  stand there"
                .to_owned(),
            place: node.loc(),
        },
    }
}

/// A word for the value of the expression: the last name in it.
fn name_of(text: &str) -> &str {
    let head = text.split(['(', '[', ' ', '\n']).next().unwrap_or_default();
    let word = head.rsplit('.').next().unwrap_or_default();
    let is_name = word.chars().next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !word.starts_with("__")
        && !is_keyword(word);
    if is_name { word } else { UNNAMED }
}
