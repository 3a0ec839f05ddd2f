//! What tells one specialisation of an `@unroll` function from another: its known arguments.
//!
//! The evaluation of a body may ask anything about what is known. So two calls have the same key only
//! if no question has two answers: what containers hold, in order, which of them are one object, and
//! which object it is that has no source.
//!
//! ```text
//! f(x, 2, ["a", 1])        0#f|?|int 2|list(str "a",int 1,)
//! f(x, names, names)       0#f|?|list(str "a",)|^0
//! ```

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use rustpython_vm::builtins::{PyDict, PyDictRef, PyFrozenSet, PyList, PySet, PyTuple};
use rustpython_vm::{AsObject as _, PyObject, PyObjectRef, VirtualMachine};

use crate::codenode::{Node, Op, Origin};
use crate::host::objects::binding_time::holds_run_time;
use crate::host::objects::payload::{PyCodenode, PyDynamic, PyUnroll};
use crate::host::recording::lift::{Taking, lift};
use crate::host::state::{file, run};
use crate::print;

/// The key of a call; none if a known argument holds something that only the program knows.
pub(super) fn key(vm: &VirtualMachine, unroll: &PyUnroll, bound: &PyDictRef) -> Option<String> {
    let text = format!("{}#{}", unroll.info.home.0, unroll.info.name);
    let mut key = KeyText { vm, text, containers: HashMap::new() };
    for name in unroll.info.parameter_names() {
        let value = bound.get_item(&**name, vm).ok()?;
        key.text.push('|');
        if value.downcastable::<PyDynamic>() {
            key.text.push('?');
            continue;
        }
        if holds_run_time(vm, &value) {
            return None;
        }
        key.push(value);
    }
    Some(key.text)
}

/// A key that is being written.
struct KeyText<'a> {
    vm: &'a VirtualMachine,
    text: String,
    /// The numbers of the containers that are in it, by identity.
    containers: HashMap<usize, usize>,
}

/// What is still to be written.
enum Unwritten {
    Text(&'static str),
    Object(PyObjectRef),
}

impl KeyText<'_> {
    /// Adds a known value.
    fn push(&mut self, value: PyObjectRef) {
        let mut open = vec![Unwritten::Object(value)];
        while let Some(part) = open.pop() {
            match part {
                Unwritten::Text(text) => self.text.push_str(text),
                Unwritten::Object(object) => match items(self.vm, &object) {
                    Some(items) => self.push_container(&object, items, &mut open),
                    None => self.push_single(object),
                },
            }
        }
    }

    fn push_container(
        &mut self,
        container: &PyObject,
        items: Vec<PyObjectRef>,
        open: &mut Vec<Unwritten>,
    ) {
        let number = self.containers.len();
        match self.containers.entry(container.get_id()) {
            Entry::Vacant(entry) => entry.insert(number),
            Entry::Occupied(known) => return self.text.push_str(&format!("^{}", known.get())),
        };
        self.text.push_str(&format!("{}(", container.class().name()));
        open.push(Unwritten::Text(")"));
        for item in items.into_iter().rev() {
            open.extend([Unwritten::Text(","), Unwritten::Object(item)]);
        }
    }

    fn push_single(&mut self, object: PyObjectRef) {
        let text = match code(self.vm, &object) {
            Some(code) => print::expression(&code, print::Style::default()),
            None => {
                let address = object.get_id();
                // No other object gets the address while this one lives.
                file::with(|s| s.identified.push(object.clone()));
                format!("@{address}")
            }
        };
        self.text.push_str(&format!("{} {text}", object.class().name()));
    }
}

/// What a container holds, in order; none for other objects.
fn items(vm: &VirtualMachine, object: &PyObject) -> Option<Vec<PyObjectRef>> {
    if let Some(tuple) = object.downcast_ref_if_exact::<PyTuple>(vm) {
        return Some(tuple.as_slice().to_vec());
    }
    if let Some(list) = object.downcast_ref_if_exact::<PyList>(vm) {
        return Some(list.borrow_vec().to_vec());
    }
    if let Some(set) = object.downcast_ref_if_exact::<PySet>(vm) {
        return Some(set.elements());
    }
    if let Some(set) = object.downcast_ref_if_exact::<PyFrozenSet>(vm) {
        return Some(set.elements());
    }
    let dict = object.downcast_ref_if_exact::<PyDict>(vm)?.to_owned();
    Some((&dict).into_iter().flat_map(|(key, value)| [key, value]).collect())
}

/// The code of an object that code tells all about.
fn code(vm: &VirtualMachine, object: &PyObject) -> Option<Node> {
    if object.downcastable::<PyCodenode>() {
        return None;
    }
    let failure = run::with(|s| s.failure.take());
    let code = lift(vm, object, Taking::Look).ok().filter(is_of_the_world);
    run::with(|s| s.failure = failure);
    code
}

/// Whether the code names nothing but builtins and the library. Functions of the program may share a
/// name.
fn is_of_the_world(code: &Node) -> bool {
    let is_own =
        code.op() == Op::VAR && !matches!(code.origin(), Origin::Builtin | Origin::Library);
    !is_own && code.args().iter().all(is_of_the_world)
}
