//! Whether compile-time code changed known objects: evaluating both ways of a decision must leave
//! none changed by the way that the program doesn't take.

use std::collections::HashSet;

use rustpython_vm::builtins::{PyDict, PyDictRef, PyList, PySet, PyTuple};
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::host::objects::binding_time::is_mutable;
use crate::host::objects::payload::PyDynamic;

/// The most objects that are looked at.
const MOST: usize = 10_000;

/// The contents of the lists, sets, dicts and instances among some objects, at one moment.
pub(in crate::host) struct Contents {
    /// Each with what it held, in order.
    objects: Vec<(PyObjectRef, Vec<PyObjectRef>)>,
    /// Whether there were too many.
    is_partial: bool,
}

impl Contents {
    /// The contents of all that can be reached from variables.
    pub(crate) fn of(vm: &VirtualMachine, variables: &PyDictRef) -> Contents {
        let values = variables.clone().into_iter().map(|(_, value)| value);
        Contents::reached_from(vm, values.collect())
    }

    /// The contents of all that can be reached from these.
    pub(crate) fn reached_from(vm: &VirtualMachine, values: Vec<PyObjectRef>) -> Contents {
        let mut contents = Contents { objects: Vec::new(), is_partial: false };
        let mut seen = HashSet::new();
        let mut open = values;
        while let Some(object) = open.pop() {
            if object.downcastable::<PyDynamic>() || !seen.insert(object.get_id()) {
                continue;
            }
            let Some(parts) = parts(vm, &object) else { continue };
            open.extend(parts.iter().cloned());
            contents.objects.push((object, parts));
            if contents.objects.len() > MOST {
                contents.is_partial = true;
                break;
            }
        }
        contents
    }

    /// Whether all still hold what they held.
    pub(crate) fn is_unchanged(&self, vm: &VirtualMachine) -> bool {
        !self.is_partial && self.changed(vm).next().is_none()
    }

    /// Whether the object is one of them, or may be.
    pub(crate) fn may_hold(&self, object: &PyObject) -> bool {
        self.is_partial || self.objects.iter().any(|(known, _)| known.is(object))
    }

    /// Gives the lists, sets and dicts that were changed what they held, and hands them out; none if that
    /// can't be done for all that was changed.
    pub(crate) fn taken_back(&self, vm: &VirtualMachine) -> PyResult<Option<Vec<PyObjectRef>>> {
        let changed: Vec<_> = self.changed(vm).collect();
        if self.is_partial || !changed.iter().all(|(object, _)| is_mutable(vm, object)) {
            return Ok(None);
        }
        for (object, before) in &changed {
            restore(vm, object, before)?;
        }
        Ok(Some(changed.into_iter().map(|(object, _)| object.clone()).collect()))
    }

    fn changed<'a>(
        &'a self,
        vm: &'a VirtualMachine,
    ) -> impl Iterator<Item = &'a (PyObjectRef, Vec<PyObjectRef>)> {
        self.objects.iter().filter(|(object, before)| {
            let now = parts(vm, object).unwrap_or_default();
            now.len() != before.len() || now.iter().zip(before).any(|(a, b)| !a.is(b))
        })
    }
}

/// Gives a list, set or dict these parts.
fn restore(vm: &VirtualMachine, object: &PyObject, parts: &[PyObjectRef]) -> PyResult<()> {
    if let Some(list) = object.downcast_ref::<PyList>() {
        let over = std::mem::replace(&mut *list.borrow_vec_mut(), parts.to_vec());
        drop(over);
        return Ok(());
    }
    vm.call_method(object, "clear", ())?;
    if let Some(dict) = object.downcast_ref::<PyDict>() {
        for pair in parts.chunks_exact(2) {
            if let [key, value] = pair {
                dict.to_owned().set_item(&**key, value.clone(), vm)?;
            }
        }
        return Ok(());
    }
    parts.iter().try_for_each(|part| vm.call_method(object, "add", (part.clone(),)).map(drop))
}

/// What a container or an instance holds; none for other objects.
fn parts(vm: &VirtualMachine, object: &PyObjectRef) -> Option<Vec<PyObjectRef>> {
    if let Some(tuple) = object.downcast_ref::<PyTuple>() {
        return Some(tuple.as_slice().to_vec());
    }
    if let Some(list) = object.downcast_ref::<PyList>() {
        return Some(list.borrow_vec().to_vec());
    }
    if let Some(set) = object.downcast_ref::<PySet>() {
        return Some(set.elements());
    }
    let dict = match object.downcast_ref::<PyDict>() {
        Some(dict) => Some(dict.to_owned()),
        None => object.dict().filter(|_| !object.class().is(vm.ctx.types.module_type)),
    };
    // Functions and classes have one too, of what belongs to them.
    let is_plain = !object.class().is(vm.ctx.types.type_type);
    let dict = dict.filter(|_| is_plain)?;
    Some(dict.into_iter().flat_map(|(key, value)| [key, value]).collect())
}
