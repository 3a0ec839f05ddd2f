//! The functions and generators of compile-time code whose source is known.

use std::collections::HashMap;

use rustpython_vm::builtins::PyGenerator;
use rustpython_vm::{AsObject as _, PyObject, PyObjectRef};

/// A function or generator.
#[derive(Clone)]
pub(in crate::host) struct ClosureObject {
    pub object: PyObjectRef,
    /// The number of its source.
    pub number: usize,
    /// The function that gives the variables that it captures.
    pub captured: PyObjectRef,
    /// What a generator goes through.
    pub iterable: Option<PyObjectRef>,
}

impl ClosureObject {
    /// Whether it is a generator that has begun: what it would still give has no source.
    pub(crate) fn has_begun(&self) -> bool {
        self.object.downcast_ref::<PyGenerator>().is_some_and(|generator| {
            let generator = generator.as_coro();
            generator.closed.load() || generator.running() || generator.frame().lasti() > BEFORE
        })
    }
}

/// The last instruction of a generator's code that runs when it is made: it makes it.
const BEFORE: u32 = 1;

/// They are known by identity, so they live on here. Those that nothing else holds go when they have
/// become many.
#[derive(Default)]
pub(in crate::host) struct Closures {
    known: HashMap<usize, ClosureObject>,
    most: usize,
}

impl Closures {
    /// Adds one, and hands out those that nobody needs.
    #[must_use]
    pub(crate) fn insert(&mut self, closure: ClosureObject) -> Vec<ClosureObject> {
        const FEW: usize = 1024;
        let mut over = Vec::new();
        if self.known.len() >= self.most.max(FEW) {
            let is_over = |_: &usize, known: &mut ClosureObject| known.object.strong_count() == 1;
            over.extend(self.known.extract_if(is_over).map(|(_, known)| known));
            self.most = 2 * self.known.len();
        }
        over.extend(self.known.insert(closure.object.get_id(), closure));
        over
    }

    pub(crate) fn get(&self, object: &PyObject) -> Option<&ClosureObject> {
        self.known.get(&object.get_id())
    }
}
