//! What belongs to one attempt to expand a file: what its expansions have in common.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};

use rustpython_vm::PyObjectRef;
use rustpython_vm::builtins::PyDictRef;

use super::closures::Closures;
use crate::codenode::{Name, TemporaryId};
use crate::host::failure::Message;
use crate::residual::Residual;
use crate::source::FileId;

/// A function that the program defines for calls of a function of compile time.
#[derive(Clone, Debug)]
pub(crate) struct Specialised {
    /// The function it is made from.
    pub name: Name,
    pub code: SpecialisedCode,
    /// What tells it from others.
    pub key: String,
}

/// What a function does that the program defines.
#[derive(Clone, Debug)]
pub(crate) enum SpecialisedCode {
    /// What is left of the function for calls with some of their arguments known.
    Residual {
        /// The arguments that aren't known, by the parameter's name.
        parameters: Vec<TemporaryId>,
        residual: Residual,
    },
    /// All that the macro of this module does.
    Macro(FileId),
}

/// The state of one attempt.
#[derive(Default)]
pub(in crate::host) struct FileState {
    /// The functions to which `@unroll` specialised calls.
    pub functions: Vec<Specialised>,
    pub messages: Vec<Message>,
    /// The modules of the program that were imported.
    pub modules: Vec<String>,
    /// Their variables, and the compile-time names of the modules, which may become more.
    pub views: Vec<(PyDictRef, PyDictRef)>,
    /// The names of theirs that only the running program has, each after its module's.
    pub left_out: HashSet<(String, String)>,
    /// The names in use at the call site, and those that `gensym` gave.
    pub taken: BTreeSet<String>,
    /// Lists, sets and dicts of earlier recordings that something still holds, by identity.
    pub outliving: HashMap<usize, PyObjectRef>,
    /// The functions and generators of compile-time code that have a source.
    pub closures: Closures,
    /// The objects that keys of specialised functions name by identity.
    pub identified: Vec<PyObjectRef>,
    /// The last number of a quotation.
    quotations: u32,
}

thread_local! {
    static FILE: RefCell<FileState> = RefCell::default();
}

/// Gives access to the state of this thread. `f` must not run Python code.
pub(in crate::host) fn with<R>(f: impl FnOnce(&mut FileState) -> R) -> R {
    FILE.with_borrow_mut(f)
}

/// Starts afresh.
pub(in crate::host) fn renew() -> FileState {
    FILE.take()
}

/// A number by which the variables of one quotation are told from those of all others.
pub(in crate::host) fn quotation_number() -> u32 {
    with(|file| {
        file.quotations += 1;
        file.quotations
    })
}
