//! Code as data: the tree that a macro holds.
//!
//! A [`Node`] is immutable and shared, so a copy costs nothing and no macro can reach into
//! another's tree. Every Python expression has an [`Op`], and [`crate::python::op`] is the one table of them.
//! Knows Python's syntax and nothing of scopes, macros or the interpreter.

mod value;

mod node;

mod query;

mod bindings;

mod check;

mod keyword;

mod repr;

mod json;

mod literal;

mod lower;

pub(crate) use bindings::{
    Side, Variable, binders, bindings, bound_names, captured, free_variables, map_scope,
};
pub use check::check;
pub use json::{Place, from_json, to_json};
pub(crate) use keyword::{keyword_argument, keyword_in_display};
pub(crate) use lower::{Leaves, lower, lower_statement, naming_hole};
pub use lower::{Plain, lower_body};
pub(crate) use node::{Loc, Name, TemporaryId};
pub use node::{Malformed, Node, Origin};
// Ops are the tree's words: who uses trees has them from here.
pub(crate) use crate::python::op::{Evaluated, Precedence, field_range};
pub use crate::python::op::{Field, FieldKind, Naming, Op, Shape};
pub(crate) use query::has_effects;
pub(crate) use repr::escape;
pub use repr::{constant_repr, repr};
pub use value::Value;
