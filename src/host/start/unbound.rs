//! Methods that are called as functions of builtin classes: `object.__repr__(x)`.
//!
//! The native code of such a method takes whatever stands for a run-time value for the value itself. So
//! the call is left for run time, as that of `x.__repr__` is.

use std::cell::Cell;

use rustpython_vm::function::FuncArgs;
use rustpython_vm::{PyObject, PyResult, VirtualMachine};

use crate::host::objects::binding_time::is_run_time;
use crate::host::recording::lift::{Taking, lift};
use crate::host::recording::record::record_call;

type Call = fn(&PyObject, FuncArgs, &VirtualMachine) -> PyResult;

thread_local! {
    /// How the VM calls such a method.
    static NATIVE: Cell<Option<Call>> = const { Cell::new(None) };
}

/// Leaves calls of them for run time where their objects are run-time values.
pub(super) fn watch_unbound_methods(vm: &VirtualMachine) {
    let slots = &vm.ctx.types.wrapper_descriptor_type.slots;
    // A shorter way to the same code.
    slots.vectorcall.store(None);
    let native = slots.call.swap(Some(call));
    // The classes belong to the thread, and an earlier interpreter may have changed them.
    if let Some(native) = native.filter(|native| *native as usize != call as Call as usize) {
        NATIVE.set(Some(native));
    }
}

fn call(method: &PyObject, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    if args.args.first().is_some_and(|object| is_run_time(object)) {
        let callee = lift(vm, method, Taking::Refer)?;
        return record_call(vm, callee, &args);
    }
    match NATIVE.get() {
        Some(native) => native(method, args, vm),
        // It was there before.
        None => Err(vm.new_type_error("a method without code")),
    }
}
