//! Trees of statements, as macros hand them over: by themselves, or in lists.

use rustpython_vm::builtins::{PyList, PyTuple};
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use super::lift::{Taking, lift};
use crate::codenode::Node;

/// The items of a list or tuple.
pub(in crate::host) fn sequence(value: &PyObject) -> Option<Vec<PyObjectRef>> {
    match (value.downcast_ref::<PyList>(), value.downcast_ref::<PyTuple>()) {
        (Some(list), _) => Some(list.borrow_vec().to_vec()),
        (_, Some(tuple)) => Some(tuple.as_slice().to_vec()),
        _ => None,
    }
}

/// A tree, or trees in lists, as a BLOCK; None is no statement.
pub(in crate::host) fn statements(vm: &VirtualMachine, value: &PyObject) -> PyResult<Node> {
    if vm.is_none(value) {
        return Ok(Node::block(Vec::new()));
    }
    let nodes = match sequence(value) {
        Some(items) => {
            let items = items.iter().map(|item| statements(vm, item));
            items.collect::<PyResult<Vec<_>>>()?
        }
        None => vec![lift(vm, value, Taking::Move)?],
    };
    Ok(Node::block(nodes))
}
