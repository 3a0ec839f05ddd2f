//! Calls of local variables that have the name of a macro.
//!
//! ```text
//! from calculus import deriv
//!
//! def slope(x, deriv):
//!     return deriv(x * x, "x")    the parameter is called, not the macro
//! ```
//!
//! A variable that is evidently a function (a `def`, a lambda, an import) is meant, and so are those
//! of lambdas and comprehensions, which are too near to be overlooked.

use std::collections::HashSet;
use std::rc::Rc;

use rustpython_ast::{ExprName, Stmt};
use rustpython_text_size::TextRange;

use crate::diagnostic::{Code, Finding};
use crate::expand::program::{Entity, Module, Resolver};
use crate::scope::{Binding, BindingKind, Place, ScopeId, ScopeKind};
use crate::syntax::{statements, walk};

/// A warning for each local variable that hides a macro and is called, after the file has been
/// expanded.
pub(crate) fn shadowed_macros(resolver: &Resolver<'_>, module: &Rc<Module>) -> Vec<Finding> {
    let lambdas: HashSet<TextRange> = statements(&module.syntax)
        .filter_map(Stmt::as_assign_stmt)
        .filter(|assign| assign.value.is_lambda_expr())
        .map(|assign| assign.range)
        .collect();
    let calls = walk(&module.syntax).filter_map(|node| node.expr()?.as_call_expr());
    let mut seen = HashSet::new();
    let mut warnings = Vec::new();
    for callee in calls.filter_map(|call| call.func.as_name_expr()) {
        let Some(used) = module.scopes.use_at(callee.range.start()) else { continue };
        let Place::Bound(scope) = module.scopes.resolve(used) else { continue };
        let bindings = module.scopes.bindings(scope, &callee.id);
        let is_function =
            |b: &Binding| lambdas.contains(&b.statement) || is_definition_of_function(&b.kind);
        let kind = module.scopes.kind(scope);
        if !matches!(kind, ScopeKind::Function | ScopeKind::Class)
            || bindings.iter().any(is_function)
        {
            continue;
        }
        let hidden = hidden_macro(resolver, module, scope, &callee.id);
        if hidden.is_some() && seen.insert((scope, &callee.id)) {
            warnings.push(warning(module, scope, callee, hidden.flatten()));
        }
    }
    warnings
}

/// The place where the macro comes from that would be called if `scope` didn't have a variable
/// of this name; none within if a star import brings it.
fn hidden_macro(
    resolver: &Resolver<'_>,
    module: &Rc<Module>,
    scope: ScopeId,
    name: &str,
) -> Option<Option<TextRange>> {
    let mut around = module.scopes.parent(scope)?;
    // What is in a class sees nothing of its variables.
    while module.scopes.kind(around) == ScopeKind::Class {
        around = module.scopes.parent(around)?;
    }
    let is_macro = |entity: Option<Entity>| matches!(entity, Some(Entity::Macro(..)));
    match module.scopes.lookup(around, name) {
        Place::Bound(outer) => match module.scopes.bindings(outer, name) {
            [binding] => {
                let entity = resolver.entity_of_binding(module, binding);
                is_macro(entity).then_some(Some(binding.range))
            }
            _ => None,
        },
        Place::Unbound => is_macro(resolver.export(module, name)).then_some(None),
    }
}

fn is_definition_of_function(kind: &BindingKind) -> bool {
    use BindingKind::{Class, Function, Import};
    matches!(kind, Class | Function | Import { .. })
}

fn warning(
    module: &Module,
    scope: ScopeId,
    callee: &ExprName,
    hidden: Option<TextRange>,
) -> Finding {
    let name = &callee.id;
    let bindings = module.scopes.bindings(scope, name);
    let is_parameter = bindings.iter().any(|b| b.kind == BindingKind::Parameter);
    let what = match module.scopes.kind(scope) {
        _ if is_parameter => "a parameter",
        ScopeKind::Class => "a variable of the class",
        _ => "a local variable",
    };
    let message = format!("`{name}` is {what} here, not the macro");
    let label = module.label(callee.range, "calls the variable");
    let mut finding = Finding::new(Code::ShadowedMacro, message, label);
    if let Some(binding) = bindings.first() {
        finding = finding.secondary(module.label(binding.range, "bound here"));
    }
    if let Some(hidden) = hidden {
        finding = finding.secondary(module.label(hidden, "the macro"));
    }
    finding.help("give one of them another name")
}
