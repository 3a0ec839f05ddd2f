//! What can go wrong while compile-time code runs, and what macros say.

use crate::codenode::{Loc, Node};
use crate::source::FileId;

/// Why an expansion has no result.
#[derive(Clone, Debug)]
pub enum Failure {
    /// A decision needs a value that only the running program knows.
    RunTimeOnly {
        /// What was to be done with it: "decide", say.
        need: &'static str,
        /// The value's code, in terms of the residual program.
        value: Node,
        /// The arguments at the call site it was made from.
        arguments: Vec<Loc>,
        place: Option<Loc>,
    },
    /// The arguments don't bind: Python's own words.
    BadArguments(String),
    /// A static value that has no source: its `repr`.
    NoSource {
        value: String,
        place: Option<Loc>,
    },
    Malformed {
        message: String,
        place: Option<Loc>,
    },
    /// The expansion would need statements.
    NeedsStatements {
        why: String,
        place: Option<Loc>,
    },
    /// An exception left the macro.
    Raised {
        message: String,
        traceback: Vec<Frame>,
    },
    /// A compile-time import of a module that isn't there.
    NoModule {
        message: String,
        place: Option<Loc>,
    },
    /// A file that `embed` needs, named in the source with this id. What ran is to run again when
    /// it is there.
    WantsFile {
        from: FileId,
        path: String,
    },
    /// A file that `embed` can't have.
    NoFile {
        message: String,
        place: Option<Loc>,
    },
    /// The macro called `error`.
    Said {
        message: String,
        about: Option<Loc>,
        place: Option<Loc>,
    },
    StepLimit {
        limit: u64,
        place: Option<Loc>,
    },
    RecursionLimit {
        limit: usize,
        traceback: Vec<Frame>,
    },
    /// The expansion would be too big.
    SizeLimit {
        message: String,
        /// What raises the limit.
        flag: &'static str,
        place: Option<Loc>,
    },
    /// It ended an earlier process, and wasn't run again.
    Wall(Wall),
}

/// What can't be survived inside of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wall {
    /// The code took longer than this many seconds.
    Time(u64),
    /// It wanted more memory than this many megabytes.
    Memory(u64),
    /// Native code nested too deeply.
    Stack,
}

/// A line of a traceback.
#[derive(Clone, Debug)]
pub struct Frame {
    pub function: String,
    pub loc: Loc,
}

/// How loud a message of a macro is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    Warning,
    Note,
}

/// What a macro said by `warn` or `note`.
#[derive(Clone, Debug)]
pub struct Message {
    pub severity: Severity,
    pub text: String,
    /// The code it is about.
    pub about: Option<Loc>,
    /// The place in the macro.
    pub place: Option<Loc>,
}
