//! The binding time of an object, told without running any code of it.

use std::collections::{HashMap, HashSet};

use rustpython_vm::builtins::{PyBaseExceptionRef, PyDict, PyList, PySlice, PyTuple};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, VirtualMachine};

use crate::host::objects::abort::needs_statements;
use crate::host::objects::payload::PyDynamic;
use crate::host::state::recording;

/// Whether `object` is of a class whose objects the program can change and has a display for.
pub(in crate::host) fn is_mutable(vm: &VirtualMachine, object: &PyObject) -> bool {
    let types = &vm.ctx.types;
    [types.list_type, types.dict_type, types.set_type].iter().any(|t| object.class().is(*t))
}

/// Whether an operation on `object` is residual.
pub(in crate::host) fn is_run_time(object: &PyObject) -> bool {
    object.downcastable::<PyDynamic>() || is_materialised(object)
}

/// Whether `object` went into the program.
pub(in crate::host) fn is_materialised(object: &PyObject) -> bool {
    recording::with(|s| s.materialised.get(object).is_some())
}

/// Stops the expansion: what `object`, which went into the program, holds is needed here.
pub(in crate::host) fn stale_read(vm: &VirtualMachine) -> PyBaseExceptionRef {
    needs_statements(
        vm,
        "the program may have changed this list, set or dict since it went there; read it before, \
         or pass on a copy",
    )
}

/// Whether `object` is a run-time value, or a container that holds one.
pub(in crate::host) fn holds_run_time(vm: &VirtualMachine, object: &PyObject) -> bool {
    let mut seen = HashSet::new();
    holds(vm, object, &mut seen)
}

/// Likewise, as far as it isn't known of what was `seen`.
fn holds(vm: &VirtualMachine, object: &PyObject, seen: &mut HashSet<usize>) -> bool {
    if is_run_time(object) {
        return true;
    }
    let mut any = |items: &[PyObjectRef]| {
        seen.insert(object.get_id()) && items.iter().any(|item| holds(vm, item, seen))
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
        return any(&values(dict));
    }
    if let Some(slice) = object.downcast_ref_if_exact::<PySlice>(vm) {
        let parts = [slice.start.clone(), Some(slice.stop.clone()), slice.step.clone()];
        return any(&parts.into_iter().flatten().collect::<Vec<_>>());
    }
    // What a set holds is hashed as well.
    false
}

fn values(dict: &Py<PyDict>) -> Vec<PyObjectRef> {
    let dict = dict.to_owned();
    (&dict).into_iter().map(|(_, value)| value).collect()
}

/// How often each list, set, dict and tuple stands in `object`, by identity; of more than twice nothing is
/// told.
pub(in crate::host) fn occurrences(
    vm: &VirtualMachine,
    object: &PyObject,
) -> HashMap<usize, usize> {
    let mut counts = HashMap::new();
    count(vm, object, &mut counts);
    counts
}

fn count(vm: &VirtualMachine, object: &PyObject, counts: &mut HashMap<usize, usize>) {
    let is_mutable = is_mutable(vm, object);
    if is_mutable || object.downcast_ref_if_exact::<PyTuple>(vm).is_some() {
        let times = counts.entry(object.get_id()).or_insert(0);
        *times += 1;
        // What stands in a tuple twice stands there twice, and no more needs to be known.
        if *times > if is_mutable { 1 } else { 2 } {
            return;
        }
    }
    let items: Vec<PyObjectRef> = if let Some(tuple) = object.downcast_ref_if_exact::<PyTuple>(vm) {
        tuple.as_slice().to_vec()
    } else if let Some(list) = object.downcast_ref_if_exact::<PyList>(vm) {
        list.borrow_vec().to_vec()
    } else if let Some(dict) = object.downcast_ref_if_exact::<PyDict>(vm) {
        let dict = dict.to_owned();
        (&dict).into_iter().flat_map(|(key, value)| [key, value]).collect()
    } else {
        Vec::new()
    };
    items.iter().for_each(|item| count(vm, item, counts));
}
