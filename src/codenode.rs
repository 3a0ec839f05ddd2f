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

mod repr;

mod json;

mod literal;

mod lower;

pub use bindings::{
    Side, Variable, binders, bindings, bound_names, captured, free_variables, map_scope,
};
pub use check::{check, is_keyword};
pub use json::{Place, from_json, to_json};
pub use lower::{Leaves, Plain, lower, lower_body, lower_statement, naming_hole};
pub use node::{Loc, Malformed, Name, Node, Origin, TemporaryId};
// Ops are the tree's words: who uses trees has them from here.
pub(crate) use crate::python::op::{Evaluated, Precedence, field_range};
pub use crate::python::op::{Field, FieldKind, Naming, Op, Shape};
pub use query::has_effects;
pub(crate) use repr::escape;
pub use repr::{constant_repr, repr};
pub use value::Value;
