//! A macro as compile-time code sees it: calling it runs it right there.

use std::rc::Rc;

use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::{Callable, Representable};
use rustpython_vm::{Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

use crate::host::objects::definition::MacroInfo;
use crate::host::objects::payload::PyCodenode;
use crate::host::state::file;
use crate::host::state::run::{self, Activation};

/// The macro object.
#[pyclass(module = "cython.meta", name = "macro")]
#[derive(Debug, PyPayload)]
pub(in crate::host) struct PyMacro {
    pub info: Rc<MacroInfo>,
    pub function: PyObjectRef,
}

#[pyclass(with(Callable, Representable))]
impl PyMacro {}

/// Runs the body with an activation of its own.
pub(in crate::host) fn run_activated(
    vm: &VirtualMachine,
    called: &PyMacro,
    activation: Activation,
    args: FuncArgs,
) -> PyResult {
    let number = file::quotation_number();
    run::with(|s| s.activations.push(Activation { number, ..activation }));
    let result = called.function.call(args, vm);
    run::with(|s| s.activations.pop());
    result
}

impl Callable for PyMacro {
    type Args = FuncArgs;

    fn call(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let result = run_activated(vm, zelf, Activation::default(), args)?;
        match result.downcast_ref::<PyCodenode>() {
            // A tree that a macro returns is put into the program.
            Some(tree) => crate::host::recording::record::eval(vm, tree),
            None => Ok(result),
        }
    }
}

impl Representable for PyMacro {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        Ok(format!("<macro {}>", zelf.info.name))
    }
}
