//! The modules of the program, and what their names denote. Knows nothing of what compile-time code
//! does: every question is answered from the texts.

mod syntax_errors;

mod modules;

mod entity;

mod resolve;

pub(crate) use self::entity::{Decoration, Entity};
pub use self::modules::Files;
pub(crate) use self::modules::{Module, Project};
pub(crate) use self::resolve::{Denotation, Resolver, Unresolved};
