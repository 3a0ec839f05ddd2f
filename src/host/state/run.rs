//! What belongs to one entry into the interpreter: what runs, how long it may, how it fails.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use rustpython_vm::{AsObject as _, PyObject, PyObjectRef};

use crate::codenode::{Name, Node, TemporaryId};
use crate::host::failure::{Failure, Frame};

/// How much compile-time code may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Loop rounds and calls of compile-time functions in one run.
    pub steps: u64,
    /// Nested Python calls.
    pub recursion: usize,
    /// Rounds of one loop that is unrolled.
    pub rounds: usize,
    /// Megabytes of an expanded file.
    pub output: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { steps: 10_000_000, recursion: 20_000, rounds: 10_000, output: 32 }
    }
}

/// The code of an argument with the definitions of its variables in their places.
#[derive(Clone, Debug)]
pub(crate) struct Followed {
    /// Where there is one definition only.
    pub tree: Node,
    /// Also where there are two, of which a condition chooses one.
    pub branches: Node,
}

/// A parameter of a macro, and what it was bound to.
#[derive(Clone)]
pub(in crate::host) struct BoundParameter {
    pub parameter: Name,
    pub value: PyObjectRef,
    /// The argument as it was written.
    pub code: Node,
    pub followed: Option<Followed>,
}

/// A macro that is running.
#[derive(Default)]
pub(in crate::host) struct Activation {
    pub arguments: Vec<BoundParameter>,
    /// The number of its quotations' own variables.
    pub number: u32,
}

/// The state of one run.
#[derive(Default)]
pub(in crate::host) struct RunState {
    pub limits: Limits,
    pub steps_left: u64,
    /// The macros that are running, the innermost last.
    pub activations: Vec<Activation>,
    /// What ended the run.
    pub failure: Option<Failure>,
    /// The calls that led there, outermost first.
    pub traceback: Vec<Frame>,
    /// The `@unroll` calls that are being evaluated, by their keys.
    pub unrolling: Vec<String>,
    /// Those among them that came to themselves again.
    pub recursive: HashSet<String>,
    /// Why the last `@unroll` call that stays was not finished.
    pub unfinished: Option<Failure>,
    /// The functions whose code is being written, by identity, with their names within.
    pub defining: Vec<(usize, Option<Node>)>,
    /// How often each mutable object and tuple stands in the result, by identity.
    pub occurrences: HashMap<usize, usize>,
    /// The steps of tuples that stand in it more than once, by identity.
    pub shared: HashMap<usize, TemporaryId>,
    /// The trees of the nodes of a tree, by identity, while a node that occurs several times is to
    /// stay one.
    pub shared_nodes: Option<HashMap<usize, Node>>,
}

thread_local! {
    static RUN: RefCell<RunState> = RefCell::default();
}

/// Gives access to the state of this thread. `f` must not run Python code.
pub(in crate::host) fn with<R>(f: impl FnOnce(&mut RunState) -> R) -> R {
    RUN.with_borrow_mut(f)
}

/// Goes on with a run that was set aside, in place of the one under way.
pub(in crate::host) fn resume(run: RunState) -> RunState {
    RUN.replace(run)
}

/// Starts afresh, with as much of everything as there may be.
pub(in crate::host) fn renew(limits: Limits) -> RunState {
    resume(RunState { limits, steps_left: limits.steps, ..RunState::default() })
}

/// Whether the object stands in the result of the expansion more than once.
pub(in crate::host) fn stands_twice(object: &PyObject) -> bool {
    with(|run| run.occurrences.get(&object.get_id()).is_some_and(|times| *times > 1))
}
