//! The compile-time Python: RustPython inside the tool, and the objects that macros meet there.
//!
//! A macro's module runs here after [`crate::staging`]. `codenode` and the value that only the
//! running program knows are native classes; both hold [`crate::codenode::Node`]s. The state of
//! the expansion under way belongs to the thread ([`state`]), where native slots reach it. Knows
//! nothing of files: sources are handed in.

mod failure;

mod outside;

mod state;

mod compilation;

mod objects;

mod recording;

mod classes;

mod hooks;

mod unroll;

mod start;

mod interpreter;

pub(crate) use compilation::compiles;
pub(crate) use failure::{
    Barrier, Behind, ExceptionClass, Failure, Frame, Limit, Message, Mismatch, Severity,
};
pub(crate) use interpreter::arguments::Argument;
pub(crate) use interpreter::prompt::{
    Display, Ended, Interrupt, Interrupter, ProgramModule, Stream, TREE_HOOK,
};
pub(crate) use interpreter::static_value::StaticValue;
pub(crate) use interpreter::{Expansion, Host, ModuleExtent};
pub(crate) use objects::definition::{MacroInfo, UnrollInfo};
pub(crate) use outside::{FoundModule, ModuleContent, Namespace, Outside, Realm};
pub(crate) use start::meta::Meta;
pub use start::version::PythonVersion;
pub(crate) use state::file::SpecialisedCode;
pub(crate) use state::run::Followed;
pub use state::run::Limits;
