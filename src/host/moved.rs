//! Lists, sets and dicts that went into the program.
//!
//! ```text
//! names = ["a"]        log(names); log(names)      t0 = ["a"]; log(t0); log(t0)
//! ```
//!
//! One object of the macro is one object of the program: the first use that the program could
//! keep makes it there, by a step, and from then on it *is* that step's value. What is known of
//! it here may no longer be true there, so operations on it are left for run time; a change that
//! passes them by is found by comparing the object with what was written of it. A read that no
//! hook sees (`if names:`, `names + more`, unpacking, native code that is given the object) still sees what was
//! written.

use std::collections::HashMap;

use rustpython_vm::{AsObject, PyObject, PyObjectRef};

use crate::codenode::{Node, TemporaryId};

/// The objects of this expansion that went into the program, by identity.
#[derive(Default)]
pub(super) struct Moved {
    pub now: HashMap<usize, Entry>,
    /// Those of earlier expansions that something still holds.
    pub before: HashMap<usize, PyObjectRef>,
}

/// An object that went into the program.
#[derive(Clone)]
pub(super) struct Entry {
    pub object: PyObjectRef,
    pub step: TemporaryId,
    /// What was written of it.
    pub written: Node,
}

impl Moved {
    /// Ends an expansion. What is returned is to be dropped where Python code may run.
    pub fn finish(&mut self) -> Vec<PyObjectRef> {
        let mut over: Vec<PyObjectRef> = Vec::new();
        for (id, entry) in self.now.drain() {
            match entry.object.strong_count() {
                1 => over.push(entry.object),
                _ => over.extend(self.before.insert(id, entry.object)),
            }
        }
        over
    }

    /// The objects that went in by steps from `first` on, and these steps.
    pub fn since(&self, first: TemporaryId) -> Vec<(PyObjectRef, TemporaryId)> {
        let late = self.now.values().filter(|entry| entry.step >= first);
        late.map(|entry| (entry.object.clone(), entry.step)).collect()
    }

    /// Forgets the objects that went in by steps from `first` on, which are forgotten too.
    /// What is returned is to be dropped where Python code may run.
    pub fn forget_from(&mut self, first: TemporaryId) -> Vec<PyObjectRef> {
        let late = |_: &usize, entry: &mut Entry| entry.step >= first;
        self.now.extract_if(late).map(|(_, entry)| entry.object).collect()
    }

    pub fn step_of(&self, object: &PyObject) -> Option<TemporaryId> {
        self.now.get(&object.get_id()).map(|entry| entry.step)
    }
}
