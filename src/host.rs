//! The compile-time Python: RustPython inside the tool, and the objects that macros meet there.
//!
//! A macro's module runs here after [`crate::staging`]. `codenode` and the value that only the
//! running program knows are native classes; both hold [`crate::codenode::Node`]s. The state of
//! the expansion under way belongs to the thread ([`state`]), where native slots reach it. Knows
//! nothing of files: sources are handed in.

mod failure;

mod state;

mod compilation;

mod objects;

mod recording;

mod classes;

mod hooks;

mod unroll;

mod start;

mod interpreter;

pub use compilation::compiles;
pub use failure::{
    Behind, ExceptionClass, Failure, Frame, Limit, Message, Mismatch, Severity, Wall,
};
pub use interpreter::arguments::Argument;
pub use interpreter::prompt::{
    Display, Ended, Interrupt, Interrupter, ProgramModule, Stream, TREE_HOOK,
};
pub use interpreter::static_value::StaticValue;
pub use interpreter::{Expansion, Host, Namespace};
pub use objects::definition::{MacroInfo, UnrollInfo};
pub use start::meta::Meta;
pub use state::run::{Followed, Limits};
