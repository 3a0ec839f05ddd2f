//! Calls of pure builtins: evaluated on static values, residual on others.

use rustpython_vm::builtins::PyDict;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::Callable;
use rustpython_vm::{Py, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::codenode::{Node, Origin};
use crate::host::objects::binding_time::{holds_run_time, is_run_time};
use crate::host::objects::payload::{PyDynamic, PyStagedBuiltin};
use crate::host::recording::record::record_call;
use crate::python::builtins::{BindingTime, Need, builtin};

/// What the builtin `name` has to know of its arguments.
fn need(name: &str) -> Need {
    match builtin(name).map(|builtin| builtin.time) {
        Some(BindingTime::Known(need)) => need,
        // The others aren't staged.
        Some(BindingTime::RunTime | BindingTime::Code | BindingTime::Now) | None => Need::Each,
    }
}

fn is_left(vm: &VirtualMachine, builtin: &PyStagedBuiltin, args: &FuncArgs) -> bool {
    let is_run_time = |object: &PyObjectRef| is_run_time(object);
    let (given, named) = (&args.args, || args.kwargs.values());
    match need(&builtin.name) {
        Need::Each => given.iter().chain(named()).any(is_run_time),
        Need::All => given.iter().chain(named()).any(|object| holds_run_time(vm, object)),
        Need::Elements => {
            let is_dict = |object: &PyObject| object.downcast_ref_if_exact::<PyDict>(vm).is_some();
            given.iter().chain(named()).any(|object| match is_dict(object) {
                true => is_run_time(object),
                false => holds_run_time(vm, object),
            })
        }
        Need::First => given.iter().take(1).any(is_run_time),
        Need::FirstTwo => given.iter().take(2).any(is_run_time),
        Need::Positional => given.iter().any(is_run_time),
        Need::Class => {
            given.first().is_some_and(|first| first.downcastable::<PyDynamic>())
                || given.iter().skip(1).chain(named()).any(|object| holds_run_time(vm, object))
        }
    }
}

impl Callable for PyStagedBuiltin {
    type Args = FuncArgs;

    fn call(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        if is_left(vm, zelf, &args) {
            let callee = Node::var(zelf.name.as_str(), Origin::Builtin);
            return record_call(vm, callee, &args);
        }
        zelf.function.call(args, vm)
    }
}
