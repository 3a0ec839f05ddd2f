//! Attributes that an expression uses, written with a dot or named by a text.
//!
//! ```text
//! lib.rate              getattr(lib, "rate")
//! lib.rate = 2          setattr(lib, "rate", 2)
//! ```

use rustpython_ast::{Expr, ExprContext};
use rustpython_text_size::{Ranged as _, TextRange};

use super::Scopes;
use crate::python::builtins::AttributeUse;

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
                let kind = self.called_builtin(expr)?.attribute?;
                let [object, Expr::StringLiteral(text), ..] = &*call.arguments.args else {
                    return None;
                };
                let (name, range) = (text.value.to_str(), text.range());
                Some(AttributeAccess { object, name, range, kind })
            }
            _ => None,
        }
    }
}
