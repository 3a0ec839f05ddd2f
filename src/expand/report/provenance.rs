//! The provenance of a run-time value: the bindings that reach it, as far as its file tells.
//!
//! ```text
//! n = int(input())
//!     ------------ `n` comes from here
//! power(2, n)
//! ```

use std::rc::Rc;

use rustpython_ast::{Expr, Stmt};
use rustpython_text_size::{Ranged as _, TextRange};

use super::FailureReport;
use crate::diagnostic::Label;
use crate::expand::program::{Entity, Module};
use crate::python::builtins::BindingTime;
use crate::scope::{Binding, BindingKind, Place, Position, Reaching, ScopeId, ScopeKind, Use};
use crate::syntax::{expression_around, statement_around};

/// The most variables of one expression that are told of.
const MOST_NAMES: usize = 2;

/// The most places that may give a variable its value, for all of them to be shown.
const MOST_BINDINGS: usize = 3;

/// Where the values in an expression come from.
#[derive(Default)]
pub(crate) struct Provenance {
    pub labels: Vec<Label>,
    /// How one of them could be known at compile time.
    pub constant: Option<String>,
    /// How a function or class among them could be used at compile time.
    pub definition: Option<String>,
}

/// Where the variables in `range` get their values, if there are few.
pub(crate) fn provenance(
    cx: &FailureReport<'_, '_>,
    module: &Rc<Module>,
    range: TextRange,
) -> Provenance {
    let mut found = Provenance::default();
    let uses = run_time_uses(cx, module, range, &[]);
    let mut variables: Vec<Use> = Vec::new();
    for used in uses {
        let is_known = variables.iter().any(|known| known.name == used.name);
        if !is_known && module.scopes.resolve(&used) != Place::Unbound {
            variables.push(used);
        }
    }
    if variables.len() <= MOST_NAMES {
        variables.iter().for_each(|used| found.add(module, used));
    }
    found
}

/// Why the constant at `range`, if one stands there, isn't static: where it is made, and what helps.
pub(crate) fn changing_constant(
    cx: &FailureReport<'_, '_>,
    module: &Rc<Module>,
    range: TextRange,
) -> Option<(Label, String)> {
    let expr = expression_around(&module.syntax, range).filter(|expr| expr.range() == range)?;
    let Entity::Constant(home, name) = cx.resolver.entity_of(module, expr)? else { return None };
    let binding = home.scopes.bindings(ScopeId::MODULE, &name).first()?;
    let text = module.slice(range);
    let label = home.label(binding.range, format!("the program may change `{name}` after this"));
    let help =
        format!("bind `{name}` once, to a tuple instead of a list, or write comptime({text})");
    Some((label, help))
}

/// The names in `range` that only the running program knows, but those of `rounds`.
pub(crate) fn run_time_uses(
    cx: &FailureReport<'_, '_>,
    module: &Rc<Module>,
    range: TextRange,
    rounds: &[(ScopeId, String)],
) -> Vec<Use> {
    let uses = module.scopes.uses_in(range).to_vec();
    let is_run_time = |used: &Use| match module.scopes.resolve(used) {
        Place::Bound(scope) => {
            let is_round = |(own, name): &(ScopeId, String)| *own == scope && *name == *used.name;
            let is_own =
                scope != ScopeId::MODULE && range.contains_range(module.scopes.range(scope));
            !is_own
                && !rounds.iter().any(is_round)
                && cx.resolver.entity_of_use(module, used).is_none()
        }
        Place::Unbound => {
            module
                .scopes
                .builtin_named(&used.name)
                .is_none_or(|builtin| builtin.time == BindingTime::RunTime)
                && cx.resolver.entity_of_use(module, used).is_none()
        }
    };
    uses.into_iter().filter(is_run_time).collect()
}

impl Provenance {
    fn add(&mut self, module: &Module, used: &Use) {
        let name = &used.name;
        match module.scopes.reaching(used) {
            Reaching::One(binding) => {
                let stmt = statement_at(module, binding.statement);
                self.labels.push(label(module, binding, stmt));
                let constant = as_constant(module, binding, stmt);
                self.constant = self.constant.take().or(constant);
                self.definition = self.definition.take().or_else(|| as_comptime(binding));
            }
            Reaching::Many(bindings) if bindings.len() <= MOST_BINDINGS => {
                let words = format!("`{name}` may get its value here");
                self.labels.extend(bindings.iter().map(|b| module.label(b.range, words.clone())));
            }
            Reaching::Many(_) | Reaching::None => {}
        }
    }
}

/// What gives the variable its value.
fn label(module: &Module, binding: &Binding, stmt: Option<&Stmt>) -> Label {
    let name = &binding.name;
    let at = |words: String| module.label(binding.range, words);
    match (&binding.kind, stmt) {
        (BindingKind::Parameter, _) => at(match function_of(module, binding, stmt) {
            Some(function) => format!("`{name}` is a parameter of `{function}`"),
            None => format!("`{name}` is a parameter of this lambda"),
        }),
        (BindingKind::For, _) => at(format!("`{name}` is the variable of this loop")),
        (BindingKind::Import { .. }, _) => {
            at(format!("`{name}` is imported when the program runs"))
        }
        (BindingKind::Function, _) => at(format!("`{name}` is a function of the running program")),
        (BindingKind::Class, _) => at(format!("`{name}` is a class of the running program")),
        (_, Some(Stmt::Assign(assign))) if matches!(&assign.targets[..], [Expr::Name(_)]) => {
            module.label(assign.value.range(), format!("`{name}` comes from here"))
        }
        _ => at(format!("`{name}` gets its value here")),
    }
}

/// The name of the function that has the parameter; none if it is a lambda.
fn function_of<'m>(module: &Module, binding: &Binding, stmt: Option<&'m Stmt>) -> Option<&'m str> {
    let Some(Stmt::FunctionDef(def)) = stmt else { return None };
    let in_lambda = module.scopes.scopes().any(|scope| {
        module.scopes.kind(scope) == ScopeKind::Lambda
            && module.scopes.range(scope).contains_range(binding.range)
    });
    (!in_lambda && def.range.contains_range(binding.range)).then_some(def.name.as_str())
}

/// How a constant of the module could be known at compile time, too.
fn as_constant(module: &Module, binding: &Binding, stmt: Option<&Stmt>) -> Option<String> {
    let Some(Stmt::Assign(assign)) = stmt else { return None };
    let is_only = module.scopes.bindings(ScopeId::MODULE, &binding.name) == [binding.clone()];
    let is_plain = matches!(&assign.targets[..], [Expr::Name(_)]) && is_constant(&assign.value);
    (is_only && is_plain).then(|| {
        let value = module.slice(assign.value.range());
        format!("`{} = comptime({value})` makes it known at compile time", binding.name)
    })
}

/// How a function or class could be used at compile time.
fn as_comptime(binding: &Binding) -> Option<String> {
    let is_definition = matches!(binding.kind, BindingKind::Function | BindingKind::Class);
    let is_top = binding.position == Position::Straight;
    (is_definition && is_top).then(|| format!("mark `{}` with @comptime", binding.name))
}

/// What does at compile time what a builtin does at run time.
pub(crate) fn at_compile_time(builtin: &str) -> Option<&'static str> {
    match builtin {
        "open" => Some("embed(path) reads a file at compile time"),
        "print" => Some("note(message) speaks at compile time"),
        _ => None,
    }
}

fn is_constant(expr: &Expr) -> bool {
    match expr {
        Expr::UnaryOp(e) => is_constant(&e.operand),
        Expr::BinOp(e) => is_constant(&e.left) && is_constant(&e.right),
        Expr::Tuple(e) => e.elts.iter().all(is_constant),
        Expr::List(e) => e.elts.iter().all(is_constant),
        _ => expr.is_literal_expr(),
    }
}

/// The statement with exactly this range.
fn statement_at(module: &Module, range: TextRange) -> Option<&Stmt> {
    statement_around(&module.syntax, range).filter(|stmt| stmt.range() == range)
}
