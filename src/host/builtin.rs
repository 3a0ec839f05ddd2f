//! A pure builtin in call position: it runs now on known values, and is left for run time on
//! others.

use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::Callable;
use rustpython_vm::{AsObject, Py, PyObjectRef, PyResult, VirtualMachine, pyclass};

use super::objects::{PyDynamic, PyStagedBuiltin};
use super::record::record_call;
use crate::codenode::{Node, Origin};

#[pyclass(with(Callable))]
impl PyStagedBuiltin {}

impl Callable for PyStagedBuiltin {
    type Args = FuncArgs;

    fn call(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let is_dynamic = |object: &PyObjectRef| object.as_object().downcastable::<PyDynamic>();
        if args.args.iter().any(is_dynamic) || args.kwargs.values().any(is_dynamic) {
            let callee = Node::var(zelf.name.as_str(), Origin::Builtin);
            return record_call(vm, callee, &args);
        }
        zelf.function.call(args, vm)
    }
}
