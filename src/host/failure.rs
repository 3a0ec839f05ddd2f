//! Failures of compile-time code, and messages of macros.

use crate::codenode::{Loc, Name, Origin};

/// Why an expansion has no result.
#[derive(Clone, Debug)]
pub(crate) enum Failure {
    /// A decision needs a value that only the running program knows.
    RunTimeOnly {
        /// What was to be done with it: "be true or false", say.
        need: &'static str,
        behind: Behind,
        place: Option<Loc>,
    },
    /// The arguments don't bind.
    BadArguments {
        /// Python's own words.
        message: String,
        mismatch: Mismatch,
    },
    /// A static value that has no source: its `repr`.
    NoSource {
        value: String,
        place: Option<Loc>,
    },
    Malformed {
        message: String,
        place: Option<Loc>,
        help: Option<String>,
    },
    /// The expansion would need statements.
    NeedsStatements {
        why: String,
        place: Option<Loc>,
    },
    /// An exception left the macro.
    Raised {
        exception: ExceptionClass,
        /// The class and the text.
        message: String,
        notes: Vec<String>,
        help: Option<String>,
    },
    /// A compile-time import of a module that isn't there.
    NoModule {
        /// The text of the exception.
        message: String,
        place: Option<Loc>,
        /// The module, if there is none of this name.
        name: Option<String>,
        help: Option<String>,
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
    /// A limit was reached.
    Limit(Limit),
}

/// How the arguments of a call differ from the parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mismatch {
    /// There are more positional arguments than parameters for them.
    TooManyPositional,
    Other,
}

/// The classes of exceptions that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExceptionClass {
    /// A name without a value.
    NameError,
    Other,
}

/// A limit of compile-time code.
#[derive(Clone, Debug)]
pub(crate) enum Limit {
    Steps {
        limit: u64,
        place: Option<Loc>,
    },
    /// Calls in calls.
    Recursion {
        limit: usize,
    },
    /// Rounds of a loop that is unrolled.
    Rounds {
        limit: usize,
        place: Option<Loc>,
    },
    /// Megabytes of the file, which a tree of so many nodes could have more of.
    Output {
        limit: usize,
        nodes: u64,
        place: Option<Loc>,
    },
    /// The code ended an earlier process, and wasn't run again.
    Barrier(Barrier),
}

impl Limit {
    /// What the code did that is over the limit.
    pub(crate) fn words(&self) -> String {
        match self {
            Limit::Steps { limit, .. } => format!("took more than {limit} steps"),
            Limit::Recursion { limit } => format!("recursed more than {limit} calls deep"),
            Limit::Rounds { limit, .. } => format!("unrolls a loop to more than {limit} rounds"),
            Limit::Output { limit, nodes, .. } => format!(
                "leaves a tree of {nodes} nodes: written out, it could have more than {limit} MB"
            ),
            Limit::Barrier(barrier) => barrier.words(),
        }
    }
}

/// What can't be survived inside of a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Barrier {
    /// The code took longer than this many seconds.
    Time(u64),
    /// It wanted more memory than this many megabytes.
    Memory(u64),
    /// Native code nested too deeply.
    Stack,
    /// The interpreter has a bug, which says this.
    Bug(String),
}

impl Barrier {
    /// What the code did that met it.
    pub(crate) fn words(&self) -> String {
        match self {
            Barrier::Time(1) => "took more than 1 second".to_owned(),
            Barrier::Time(seconds) => format!("took more than {seconds} seconds"),
            Barrier::Memory(megabytes) => format!("took more than {megabytes} MB of memory"),
            Barrier::Stack => "nests more deeply than there is room for".to_owned(),
            Barrier::Bug(_) => "came upon a bug of the compile-time Python".to_owned(),
        }
    }
}

/// What a run-time value was made from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Behind {
    /// What the macro calls it.
    pub name: Option<Name>,
    /// Where in the macro it was made.
    pub made: Option<Loc>,
    pub arguments: Vec<Brought>,
    /// Names of the running program that the macro used.
    pub references: Vec<(Origin, Name)>,
}

/// An argument of the call site, and the parameter that it went to.
#[derive(Clone, Debug)]
pub(crate) struct Brought {
    pub loc: Loc,
    pub parameter: Option<Name>,
}

/// A call on the way to a failure: the function, and the place in it that was running.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub function: String,
    pub loc: Loc,
}

/// How loud a message of a macro is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Severity {
    Warning,
    Note,
}

/// What a macro said by `warn` or `note`.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub severity: Severity,
    pub text: String,
    /// The code it is about.
    pub about: Option<Loc>,
    /// The place in the macro.
    pub place: Option<Loc>,
}
