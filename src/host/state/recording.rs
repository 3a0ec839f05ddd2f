//! What belongs to one residual program while code is recorded for it.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};

use rustpython_vm::{AsObject, PyObject, PyObjectRef};

use super::file;
use crate::codenode::{Node, TemporaryId};
use crate::residual::{Mark, Residual, Statement};

/// A residual program under way.
pub(in crate::host) struct Recording {
    /// No other recording of this thread has it: by it a value is known as another's.
    pub number: u64,
    pub residual: Residual,
    pub materialised: Materialised,
    /// Steps that were put under a condition of the program.
    pub conditional: HashSet<TemporaryId>,
}

thread_local! {
    static RECORDING: RefCell<Recording> = RefCell::default();
    static LAST_NUMBER: Cell<u64> = const { Cell::new(0) };
}

/// Gives access to the state of this thread. `f` must not run Python code.
pub(in crate::host) fn with<R>(f: impl FnOnce(&mut Recording) -> R) -> R {
    RECORDING.with_borrow_mut(f)
}

/// Starts afresh.
pub(in crate::host) fn renew() -> Recording {
    resume(Recording::default())
}

/// Goes on with a recording that was set aside, in place of the one under way.
pub(in crate::host) fn resume(recording: Recording) -> Recording {
    RECORDING.replace(recording)
}

/// Adds a statement to the program.
pub(in crate::host) fn add(statement: Statement) {
    with(|recording| recording.residual.add(statement));
}

/// Adds statements to the program.
pub(in crate::host) fn add_all(statements: Vec<Statement>) {
    statements.into_iter().for_each(add);
}

/// What `work` records, as a block of its own, and what it gives.
pub(in crate::host) fn block<R>(work: impl FnOnce() -> R) -> (Vec<Statement>, R) {
    with(|recording| recording.residual.open());
    let result = work();
    (with(|recording| recording.residual.close()), result)
}

/// Ends the recording of objects: those that something still holds outlive it. The others are handed
/// out.
pub(in crate::host) fn release() -> Vec<PyObjectRef> {
    let entries = with(|recording| std::mem::take(&mut recording.materialised.0));
    let mut over = Vec::new();
    for (id, entry) in entries {
        match entry.object.strong_count() {
            1 => over.push(entry.object),
            _ => over.extend(file::with(|file| file.outliving.insert(id, entry.object))),
        }
    }
    over
}

impl Default for Recording {
    fn default() -> Self {
        let number = LAST_NUMBER.get() + 1;
        LAST_NUMBER.set(number);
        Recording {
            number,
            residual: Residual::default(),
            materialised: Materialised::default(),
            conditional: HashSet::new(),
        }
    }
}

impl Recording {
    /// Forgets what was recorded since.
    #[must_use]
    pub(crate) fn go_back(&mut self, mark: Mark) -> Vec<PyObjectRef> {
        let steps = mark.steps();
        self.residual.go_back(mark);
        self.materialised.forget_from(TemporaryId(steps))
    }
}

/// The lists, sets and dicts that became objects of the program, by identity.
///
/// ```text
/// names = ["a"]        log(names); log(names)      t0 = ["a"]; log(t0); log(t0)
/// ```
///
/// One object of the macro is one object of the program: the first use that the program could
/// keep makes it there, by a step, and from then on it *is* that step's value. What is known of
/// it here may no longer be true there, so operations on it are left for run time; a change that
/// passes them by is detected by a comparison of the object with what was written of it. What reads it
/// without an operation, native code too, is refused (`host::start::stale`).
#[derive(Default)]
pub(in crate::host) struct Materialised(HashMap<usize, MaterialisedObject>);

/// An object of the program.
#[derive(Clone)]
pub(in crate::host) struct MaterialisedObject {
    pub object: PyObjectRef,
    pub step: TemporaryId,
    /// What was written of it.
    pub written: Node,
}

impl Materialised {
    pub(crate) fn insert(&mut self, entry: MaterialisedObject) {
        self.0.insert(entry.object.get_id(), entry);
    }

    pub(crate) fn get(&self, object: &PyObject) -> Option<&MaterialisedObject> {
        self.0.get(&object.get_id())
    }

    /// In the order of their steps.
    pub(crate) fn entries(&self) -> Vec<MaterialisedObject> {
        let mut entries: Vec<_> = self.0.values().cloned().collect();
        entries.sort_by_key(|entry| entry.step);
        entries
    }

    /// Forgets the objects that were made by steps from `first` on, which are forgotten too.
    #[must_use]
    pub(crate) fn forget_from(&mut self, first: TemporaryId) -> Vec<PyObjectRef> {
        let late = |_: &usize, entry: &mut MaterialisedObject| entry.step >= first;
        self.0.extract_if(late).map(|(_, entry)| entry.object).collect()
    }
}
