//! What an expression's value is like, and what its evaluation may do.

use rustpython_ast::{Expr, ExprCall, Operator};

use crate::python::builtins::{BuiltinKind, CallEffect};
use crate::scope::{BindingKind, Place, ScopeId, Scopes};

/// What is known of the value of an expression.
#[derive(Clone, Copy, Debug)]
pub(super) struct AbstractValue {
    /// It is a number, a text, a truth value, None, or a tuple of such: it can't be changed.
    pub immutable: bool,
    /// It would be another if some object had been changed.
    pub shaky: bool,
    /// Computing it again might do something, or give another object.
    pub once: bool,
    /// The expression can't be written somewhere else.
    pub refused: bool,
    /// It is known to be a list or another object that can be changed, which operators make anew.
    pub container: bool,
}

impl AbstractValue {
    pub(super) const CONSTANT: AbstractValue = AbstractValue {
        immutable: true,
        shaky: false,
        once: false,
        refused: false,
        container: false,
    };

    /// An object made for the occasion.
    pub(super) const NEW: AbstractValue = AbstractValue {
        immutable: false,
        shaky: true,
        once: true,
        refused: false,
        container: false,
    };

    /// What comes of values that are only held together.
    pub(super) fn and(self, other: AbstractValue) -> AbstractValue {
        AbstractValue {
            immutable: self.immutable && other.immutable,
            shaky: self.shaky || other.shaky,
            once: self.once || other.once,
            refused: self.refused || other.refused,
            container: self.container || other.container,
        }
    }

    /// What an operator makes of operands like this: it looks into them.
    pub(super) fn operated(self) -> AbstractValue {
        AbstractValue {
            shaky: self.shaky || !self.immutable,
            once: self.once || self.container,
            ..self
        }
    }

    /// A number or the like that is made of operands like this.
    pub(super) fn to_immutable(self) -> AbstractValue {
        let AbstractValue { shaky, .. } = self.operated();
        AbstractValue { immutable: true, container: false, shaky, ..self }
    }
}

const MODULES: [&str; 2] = ["math", "cmath"];

/// What calling the function of that name, as `scope` sees it, may do.
pub(crate) fn effect_of_call(scopes: &Scopes, scope: ScopeId, name: &str) -> CallEffect {
    match scopes.lookup(scope, name) {
        Place::Unbound => {
            scopes.builtin_named(name).map_or(CallEffect::Anything, |builtin| builtin.effect)
        }
        Place::Bound(scope) => effect_of_import(scopes, scope, name),
    }
}

fn effect_of_import(scopes: &Scopes, scope: ScopeId, name: &str) -> CallEffect {
    match is_mathematical(scopes, scope, name, ImportForm::Member) {
        true => CallEffect::Measures,
        false => CallEffect::Anything,
    }
}

/// Whether the name, as `scope` sees it, is a module whose functions only compute.
pub(crate) fn is_mathematics(scopes: &Scopes, scope: ScopeId, name: &str) -> bool {
    match scopes.lookup(scope, name) {
        Place::Unbound => false,
        Place::Bound(scope) => is_mathematical(scopes, scope, name, ImportForm::Module),
    }
}

/// What a call may do besides evaluating its arguments.
pub(super) fn effect(scopes: &Scopes, call: &ExprCall) -> CallEffect {
    match &*call.func {
        Expr::Name(name) => {
            let Some(used) = scopes.use_at(name.range.start()) else { return CallEffect::Anything };
            match effect_of_call(scopes, used.scope, &used.name) {
                CallEffect::Speaks => CallEffect::Speaks,
                // `key=` is a function to call.
                _ if scopes.builtin(used).is_some() && !call.arguments.keywords.is_empty() => {
                    CallEffect::Anything
                }
                effect => effect,
            }
        }
        Expr::Attribute(attribute) => match is_of_mathematics(scopes, &attribute.value) {
            true => CallEffect::Measures,
            false => CallEffect::Anything,
        },
        _ => CallEffect::Anything,
    }
}

/// Whether it is a module of mathematics.
pub(super) fn is_of_mathematics(scopes: &Scopes, expr: &Expr) -> bool {
    let Expr::Name(name) = expr else { return false };
    let used = scopes.use_at(name.range.start());
    match used.map(|used| scopes.resolve(used)) {
        Some(Place::Bound(scope)) => is_mathematical(scopes, scope, &name.id, ImportForm::Module),
        _ => false,
    }
}

/// What an import names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ImportForm {
    Module,
    Member,
}

/// Whether the variable is only ever bound to such a module, or to a member of one.
fn is_mathematical(scopes: &Scopes, scope: ScopeId, name: &str, what: ImportForm) -> bool {
    let [binding] = scopes.bindings(scope, name) else { return false };
    match &binding.kind {
        BindingKind::Import { module: Some(module), level: 0, name, .. } => {
            name.is_none() == (what == ImportForm::Module) && MODULES.contains(&&**module)
        }
        _ => false,
    }
}

/// Whether an annotation says that the value can't be changed: it is taken at its word.
pub(super) fn is_immutable_type(scopes: &Scopes, annotation: &Expr) -> bool {
    match annotation {
        Expr::NoneLiteral(_) => true,
        Expr::Name(name) => {
            let used = scopes.use_at(name.range.start());
            let builtin = used.and_then(|used| scopes.builtin(used));
            builtin.is_some_and(|builtin| builtin.kind == BuiltinKind::Scalar)
        }
        Expr::BinOp(either) if either.op == Operator::BitOr => {
            is_immutable_type(scopes, &either.left) && is_immutable_type(scopes, &either.right)
        }
        _ => false,
    }
}
