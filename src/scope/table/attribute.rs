//! Attributes that an expression uses, written with a dot or named by a text.
//!
//! ```text
//! lib.rate              getattr(lib, "rate")
//! lib.rate = 2          setattr(lib, "rate", 2)      lib.__setattr__("rate", 2)
//! ```

use rustpython_ast::{Expr, ExprContext};
use rustpython_text_size::{Ranged as _, TextRange};

use super::{Place, ScopeKind, Scopes};
use crate::python::builtins::AttributeUse;
use crate::scope::BindingKind;

/// The use of one attribute.
pub(crate) struct AttributeAccess<'a> {
    pub object: &'a Expr,
    pub name: &'a str,
    /// Where the name is written.
    pub range: TextRange,
    pub kind: AttributeUse,
}

impl Scopes {
    /// The attribute that the expression itself uses, if its name is known.
    pub(crate) fn attribute_access<'a>(&self, expr: &'a Expr) -> Option<AttributeAccess<'a>> {
        match expr {
            Expr::Attribute(e) => {
                let kind = match e.ctx {
                    ExprContext::Store => AttributeUse::Assign,
                    ExprContext::Del => AttributeUse::Delete,
                    ExprContext::Load | ExprContext::Invalid => AttributeUse::Read,
                };
                let (name, range) = (e.attr.as_str(), e.attr.range);
                Some(AttributeAccess { object: &e.value, name, range, kind })
            }
            Expr::Call(call) => {
                let arguments = &*call.arguments.args;
                let (kind, object, text) = match (&*call.func, arguments) {
                    (Expr::Attribute(method), [Expr::StringLiteral(text), ..]) => {
                        (method_use(&method.attr)?, &*method.value, text)
                    }
                    (_, [object, Expr::StringLiteral(text), ..]) => {
                        (self.called_builtin(expr)?.attribute?, object, text)
                    }
                    _ => return None,
                };
                let (name, range) = (text.value.to_str(), text.range());
                Some(AttributeAccess { object, name, range, kind })
            }
            _ => None,
        }
    }

    /// Whether the expression is the first parameter of a method, which is called with an instance or with the
    /// class.
    pub(crate) fn is_instance(&self, expr: &Expr) -> bool {
        let used = expr.as_name_expr().and_then(|name| self.use_at(name.range.start()));
        let Some((used, Place::Bound(scope))) = used.map(|used| (used, self.resolve(used))) else {
            return false;
        };
        let is_method = self.kind(scope) == ScopeKind::Function
            && self.parent(scope).is_some_and(|around| self.kind(around) == ScopeKind::Class);
        let parameters = self.names(scope).flat_map(|name| self.bindings(scope, name));
        let first = parameters
            .filter(|binding| binding.kind == BindingKind::Parameter)
            .min_by_key(|binding| binding.range.start());
        let is_first = first.is_some_and(|first| first.name == used.name);
        is_method && is_first && self.bindings(scope, &used.name).len() == 1
    }
}

/// What a method that every object has does with the attribute that its argument names.
fn method_use(method: &str) -> Option<AttributeUse> {
    match method {
        "__setattr__" => Some(AttributeUse::Assign),
        "__delattr__" => Some(AttributeUse::Delete),
        "__getattribute__" => Some(AttributeUse::Read),
        _ => None,
    }
}
