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
//! hook sees (`if names:`, unpacking, native code that is given the object) still sees what was
//! written.

use std::collections::HashMap;

use rustpython_vm::builtins::{PyDict, PyList, PySlice, PyTuple};
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine};

use super::failure::Failure;
use super::lift::{Taking, display};
use super::objects::PyDynamic;
use super::record::record_step;
use super::session;
use super::stop::{here, stop};
use crate::codenode::{Node, TemporaryId};
use crate::residual::Reason;

/// The objects of this expansion that went into the program, by identity.
#[derive(Default)]
pub(super) struct Moved {
    now: HashMap<usize, Entry>,
    /// Those of earlier expansions that something still holds.
    before: HashMap<usize, PyObjectRef>,
}

struct Entry {
    object: PyObjectRef,
    step: TemporaryId,
    /// What was written of it.
    written: Node,
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

    pub fn step_of(&self, object: &PyObject) -> Option<TemporaryId> {
        self.now.get(&object.get_id()).map(|entry| entry.step)
    }
}

/// Whether `object` is of a class whose objects the program can change and has a display for.
pub(super) fn is_mutable(vm: &VirtualMachine, object: &PyObject) -> bool {
    let types = &vm.ctx.types;
    [types.list_type, types.dict_type, types.set_type].iter().any(|t| object.class().is(*t))
}

/// Whether what is to be done with `object` has to be left for run time.
pub(super) fn is_run_time(object: &PyObject) -> bool {
    object.downcastable::<PyDynamic>() || is_moved(object)
}

/// Whether `object` went into the program.
pub(super) fn is_moved(object: &PyObject) -> bool {
    session::with(|s| s.moved.step_of(object).is_some())
}

/// The step that `object` is in the program, if it went there.
///
/// # Errors
/// Stops the expansion if it was changed since.
pub(super) fn moved_step(vm: &VirtualMachine, object: &PyObject) -> PyResult<Option<TemporaryId>> {
    let found = session::with(|s| {
        s.moved.now.get(&object.get_id()).map(|entry| (entry.step, entry.written.clone()))
    });
    let Some((step, written)) = found else { return Ok(None) };
    check_unchanged(vm, object, &written)?;
    Ok(Some(step))
}

/// Makes `object` in the program, and gives the step that it is from now on.
pub(super) fn move_in(
    vm: &VirtualMachine,
    object: &PyObject,
    written: Node,
) -> PyResult<TemporaryId> {
    if session::with(|s| s.moved.before.contains_key(&object.get_id())) {
        return Err(refuse(
            vm,
            "a list, set or dict that outlives the call would be another object in each \
             expansion; pass on a copy",
        ));
    }
    let step = record_step(vm, written.clone(), Reason::Operation)?;
    let entry = Entry { object: object.to_owned(), step, written };
    session::with(|s| s.moved.now.insert(object.get_id(), entry));
    Ok(step)
}

/// Looks whether anything that went into the program was changed here afterwards.
///
/// # Errors
/// Stops the expansion if so.
pub(super) fn check_all(vm: &VirtualMachine) -> PyResult<()> {
    let entries: Vec<_> = session::with(|s| {
        s.moved.now.values().map(|entry| (entry.object.clone(), entry.written.clone())).collect()
    });
    entries.iter().try_for_each(|(object, written)| check_unchanged(vm, object, written))
}

fn check_unchanged(vm: &VirtualMachine, object: &PyObject, written: &Node) -> PyResult<()> {
    match display(vm, object, Taking::Compare)? == *written {
        true => Ok(()),
        false => Err(refuse(
            vm,
            "the macro changed a list, set or dict after it went into the program; change it \
             before, or pass on a copy",
        )),
    }
}

fn refuse(vm: &VirtualMachine, why: &str) -> rustpython_vm::builtins::PyBaseExceptionRef {
    stop(vm, Failure::NeedsStatements { why: why.to_owned(), place: here(vm) })
}

/// Whether `object` is a run-time value, or a container that holds one.
pub(super) fn holds_run_time(vm: &VirtualMachine, object: &PyObject) -> bool {
    let mut seen = Vec::new();
    holds(vm, object, &mut seen)
}

fn holds(vm: &VirtualMachine, object: &PyObject, seen: &mut Vec<usize>) -> bool {
    if is_run_time(object) {
        return true;
    }
    if seen.contains(&object.get_id()) {
        return false;
    }
    let mut any = |items: &[PyObjectRef]| {
        seen.push(object.get_id());
        let found = items.iter().any(|item| holds(vm, item, seen));
        seen.pop();
        found
    };
    if let Some(tuple) = object.downcast_ref_if_exact::<PyTuple>(vm) {
        return any(tuple.as_slice());
    }
    if let Some(list) = object.downcast_ref_if_exact::<PyList>(vm) {
        let items = list.borrow_vec().to_vec();
        return any(&items);
    }
    if let Some(dict) = object.downcast_ref_if_exact::<PyDict>(vm) {
        // Keys are hashed, so they are known.
        let values: Vec<PyObjectRef> = dict.to_owned().into_iter().map(|(_, v)| v).collect();
        return any(&values);
    }
    if let Some(slice) = object.downcast_ref_if_exact::<PySlice>(vm) {
        let parts = [slice.start.clone(), Some(slice.stop.clone()), slice.step.clone()];
        return any(&parts.into_iter().flatten().collect::<Vec<_>>());
    }
    // What a set holds is hashed as well.
    false
}

/// How often each list, set and dict stands in `object`, by identity.
pub(super) fn occurrences(vm: &VirtualMachine, object: &PyObject) -> HashMap<usize, usize> {
    let mut counts = HashMap::new();
    count(vm, object, &mut counts);
    counts
}

fn count(vm: &VirtualMachine, object: &PyObject, counts: &mut HashMap<usize, usize>) {
    if is_mutable(vm, object) {
        let times = counts.entry(object.get_id()).or_insert(0);
        *times += 1;
        if *times > 1 {
            return;
        }
    }
    let items: Vec<PyObjectRef> = if let Some(tuple) = object.downcast_ref_if_exact::<PyTuple>(vm) {
        tuple.as_slice().to_vec()
    } else if let Some(list) = object.downcast_ref_if_exact::<PyList>(vm) {
        list.borrow_vec().to_vec()
    } else if let Some(dict) = object.downcast_ref_if_exact::<PyDict>(vm) {
        dict.to_owned().into_iter().map(|(_, value)| value).collect()
    } else {
        Vec::new()
    };
    items.iter().for_each(|item| count(vm, item, counts));
}
