//! Python's own concepts, each in the one table there is of it.
//!
//! Every pass asks these tables instead of keeping a list of its own. They know no scopes: whether a
//! name is a builtin's, or a compile-time name's, is for others to say.

// The forms of Python, and what is built in.
pub(crate) mod op;

pub(crate) mod form;

pub(crate) mod builtins;

pub(crate) mod keywords;

// What comes with it.
pub(crate) mod library;

// What the language adds.
pub(crate) mod meta;
