//! What an expression's value is like, and what its evaluation may do.

use rustpython_ast::{Expr, ExprCall, Operator};

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

/// What is known of what is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Callee {
    /// Gives a number, a text or the like, and changes nothing.
    Reckons,
    /// Likewise, if its arguments can't be changed; otherwise it may use up an iterator.
    Computes,
    /// Changes no object, but the world.
    Speaks,
    /// Anything may happen.
    Unknown,
}

const RECKON: [&str; 20] = [
    "ascii",
    "bin",
    "bool",
    "callable",
    "chr",
    "complex",
    "float",
    "format",
    "hasattr",
    "hash",
    "hex",
    "int",
    "isinstance",
    "issubclass",
    "len",
    "oct",
    "ord",
    "repr",
    "str",
    "id",
];

const COMPUTE: [&str; 12] = [
    "abs",
    "bytes",
    "divmod",
    "frozenset",
    "max",
    "min",
    "pow",
    "range",
    "round",
    "slice",
    "sum",
    "tuple",
];

/// They make new objects, and may use up an iterator.
const COLLECT: [&str; 11] = [
    "all",
    "any",
    "bytearray",
    "dict",
    "enumerate",
    "list",
    "reversed",
    "set",
    "sorted",
    "type",
    "zip",
];

const SPEAK: [&str; 2] = ["print", "input"];

const MODULES: [&str; 2] = ["math", "cmath"];

/// Whether calling the function of that name, as `scope` sees it, changes no object.
pub(crate) fn changes_nothing(scopes: &Scopes, scope: ScopeId, name: &str) -> bool {
    match scopes.lookup(scope, name) {
        Place::Unbound => [&RECKON[..], &COMPUTE, &SPEAK].iter().any(|all| all.contains(&name)),
        Place::Bound(scope) => is_mathematical(scopes, scope, name, ImportForm::Member),
    }
}

/// Whether calling the function of that name, as `scope` sees it, does nothing but make a value of
/// what it is given.
pub(crate) fn only_computes(scopes: &Scopes, scope: ScopeId, name: &str) -> bool {
    match scopes.lookup(scope, name) {
        Place::Unbound => [&RECKON[..], &COMPUTE, &COLLECT].iter().any(|all| all.contains(&name)),
        Place::Bound(scope) => is_mathematical(scopes, scope, name, ImportForm::Member),
    }
}

/// Whether the name, as `scope` sees it, is a module whose functions only compute.
pub(crate) fn is_mathematics(scopes: &Scopes, scope: ScopeId, name: &str) -> bool {
    match scopes.lookup(scope, name) {
        Place::Unbound => false,
        Place::Bound(scope) => is_mathematical(scopes, scope, name, ImportForm::Module),
    }
}

/// What is known of the function that is called.
pub(super) fn callee(scopes: &Scopes, call: &ExprCall) -> Callee {
    match &*call.func {
        Expr::Name(name) => {
            let Some(used) = scopes.use_at(name.range.start()) else { return Callee::Unknown };
            match scopes.resolve(used) {
                Place::Unbound if SPEAK.contains(&&*name.id) => Callee::Speaks,
                // `key=` is a function to call.
                Place::Unbound if !call.arguments.keywords.is_empty() => Callee::Unknown,
                Place::Unbound if RECKON.contains(&&*name.id) => Callee::Reckons,
                Place::Unbound if COMPUTE.contains(&&*name.id) => Callee::Computes,
                Place::Bound(scope)
                    if is_mathematical(scopes, scope, &name.id, ImportForm::Member) =>
                {
                    Callee::Reckons
                }
                _ => Callee::Unknown,
            }
        }
        Expr::Attribute(attribute) => match is_of_mathematics(scopes, &attribute.value) {
            true => Callee::Reckons,
            false => Callee::Unknown,
        },
        _ => Callee::Unknown,
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

/// The types whose values can't be changed, as an annotation names them.
const IMMUTABLE: [&str; 7] = ["int", "float", "complex", "bool", "str", "bytes", "None"];

/// Whether an annotation says that the value can't be changed: it is taken at its word.
pub(super) fn is_immutable_type(scopes: &Scopes, annotation: &Expr) -> bool {
    match annotation {
        Expr::NoneLiteral(_) => true,
        Expr::Name(name) => {
            let used = scopes.use_at(name.range.start());
            IMMUTABLE.contains(&&*name.id)
                && used.is_some_and(|used| scopes.resolve(used) == Place::Unbound)
        }
        Expr::BinOp(either) if either.op == Operator::BitOr => {
            is_immutable_type(scopes, &either.left) && is_immutable_type(scopes, &either.right)
        }
        _ => false,
    }
}
