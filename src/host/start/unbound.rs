//! Methods that are called as functions of builtin classes: `object.__repr__(x)`, `list.copy(xs)`.
//!
//! The native code of such a method takes whatever stands for a run-time value for the value itself, and
//! the contents of a list as they were. So the call is left for run time, as those of `x.__repr__` and
//! `xs.copy` are.

use std::cell::Cell;

use rustpython_vm::builtins::PyType;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject as _, Py, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::host::objects::binding_time::{is_materialised, is_run_time};
use crate::host::recording::lift::{Taking, lift};
use crate::host::recording::record::record_call;

type Call = fn(&PyObject, FuncArgs, &VirtualMachine) -> PyResult;

/// The classes of such methods: those of slots and those that have names only.
const SLOT: usize = 0;
const NAMED: usize = 1;

thread_local! {
    /// How the VM calls a method of each class.
    static NATIVE: [Cell<Option<Call>>; 2] = const { [Cell::new(None), Cell::new(None)] };
}

/// Leaves calls of them for run time where their objects are run-time values.
pub(super) fn watch_unbound_methods(vm: &VirtualMachine) {
    watch::<SLOT>(vm.ctx.types.wrapper_descriptor_type);
    watch::<NAMED>(vm.ctx.types.method_descriptor_type);
}

fn watch<const CLASS: usize>(class: &Py<PyType>) {
    // A shorter way to the same code.
    class.slots.vectorcall.store(None);
    let native = class.slots.call.swap(Some(call::<CLASS>));
    // The classes belong to the thread, and an earlier interpreter may have changed them.
    if let Some(native) = native.filter(|native| *native as usize != call::<CLASS> as Call as usize)
    {
        NATIVE.with(|all| all.get(CLASS).map(|cell| cell.set(Some(native))));
    }
}

fn call<const CLASS: usize>(method: &PyObject, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let is_left = |object: &PyObjectRef| {
        is_run_time(object)
            && (CLASS == SLOT || !is_materialised(object) || reads_contents(method, vm))
    };
    if args.args.first().is_some_and(is_left) {
        let callee = lift(vm, method, Taking::Refer)?;
        return record_call(vm, callee, &args);
    }
    match NATIVE.with(|all| all.get(CLASS).and_then(Cell::get)) {
        Some(native) => native(method, args, vm),
        // It was there before.
        None => Err(vm.new_type_error("a method without code")),
    }
}

/// Whether a method with a name is one of containers: those of all objects, by which it is seen how an object
/// was made, say nothing of what it holds.
fn reads_contents(method: &PyObject, vm: &VirtualMachine) -> bool {
    let types = &vm.ctx.types;
    let containers = [types.list_type, types.dict_type, types.set_type, types.frozenset_type];
    let class = method.get_attr("__objclass__", vm);
    class.is_ok_and(|class| containers.iter().any(|container| class.is(*container)))
}
