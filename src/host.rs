//! The compile-time Python: RustPython inside the tool, and the objects that macros meet there.
//!
//! A macro's module runs here after [`crate::staging`]. `codenode` and the value that only the
//! running program knows are native classes; both hold [`crate::codenode::Node`]s. The state of
//! the expansion under way is the [`session`] of this thread, which native slots reach. Knows
//! nothing of files: sources are handed in.

mod failure;

mod specialised;

mod moved;

mod session;

mod provenance;

mod compilation;

mod constants;

mod objects;

mod suggestion;

mod stop;

mod literal;

mod look;

mod step;

mod lift;

mod immediate;

mod record;

mod operators;

mod nested;

mod operate;

mod compare;

mod decide;

mod spread;

mod formatted;

mod dynamic;

mod builtin;

mod plain;

mod quote;

mod fields;

mod walking;

mod codenode_class;

mod macro_class;

mod hooks;

mod unroll;

mod embed;

mod identity;

mod walls;

mod meta;

mod pristine;

mod interpreter;

mod invocation;

mod known;

mod prompt;

mod completion;

pub use compilation::compiles;
pub use failure::{Behind, Failure, Frame, Limit, Message, Severity, Wall};
pub use interpreter::{Expansion, Host, Namespace};
pub use invocation::Argument;
pub use known::Known;
pub use macro_class::MacroInfo;
pub use meta::Meta;
pub use prompt::{Display, Ended, Interrupt, Interrupter, ProgramModule, Stream, TREE_HOOK};
pub use session::{Followed, Limits};
pub use unroll::UnrollInfo;
