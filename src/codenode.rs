//! Code as data: the tree that a macro holds.
//!
//! A [`Node`] is immutable and shared, so a copy costs nothing and no macro can reach into
//! another's tree. Every Python expression has an [`Op`], and [`ops`] is the one table of them.
//! Knows Python's syntax and nothing of scopes, macros or the interpreter.

pub mod ops;

mod value;

mod node;

mod query;

mod bindings;

mod check;

mod repr;

mod json;

mod literal;

mod layout;

mod lower;

pub use bindings::{
    Side, Variable, binders, bindings, bound_names, captured, free_variables, map_scope,
};
pub use check::{check, is_keyword};
pub use json::{Place, from_json, to_json};
pub use layout::{LINE_IN_LITERAL, Layout};
pub use lower::{
    Leaves, Plain, binary_op, comparison_op, lower, lower_body, lower_statement, naming_hole,
};
pub use node::{Loc, Malformed, Name, Node, Origin, TemporaryId};
pub use ops::{Evaluated, Field, Kind, Naming, Op, Precedence, Shape, field_range};
pub use query::has_effects;
pub(crate) use repr::escape;
pub use repr::{constant_repr, repr};
pub use value::Value;
