//! A macro as compile-time code sees it: calling it runs it right there.

use std::rc::Rc;

use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::{Callable, Representable};
use rustpython_vm::{Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

use super::objects::PyCodenode;
use super::session::{self, Activation};
use crate::codenode::Name;

/// What is known of a macro from its text.
#[derive(Clone, Debug)]
pub struct MacroInfo {
    pub name: Name,
    /// Parameters that positional arguments bind to, in order.
    pub positional: Vec<Name>,
    /// Parameters that only keywords bind to.
    pub keyword_only: Vec<Name>,
    /// What takes further positional arguments.
    pub vararg: Option<Name>,
    /// What takes further keyword arguments.
    pub kwarg: Option<Name>,
    /// The parameters whose code it takes somewhere: they aren't evaluated at the call.
    pub unevaled: Vec<Name>,
}

impl MacroInfo {
    /// The parameter that an argument goes to: the `index`th positional one, or a keyword's.
    pub fn parameter(&self, index: usize, keyword: Option<&Name>) -> Option<&Name> {
        match keyword {
            None => self.positional.get(index).or(self.vararg.as_ref()),
            Some(keyword) => {
                let mut named = self.positional.iter().chain(&self.keyword_only);
                named.find(|name| *name == keyword).or(self.kwarg.as_ref())
            }
        }
    }
}

/// The macro object.
#[pyclass(module = "cython.meta", name = "macro")]
#[derive(Debug, PyPayload)]
pub(super) struct PyMacro {
    pub info: Rc<MacroInfo>,
    pub function: PyObjectRef,
}

#[pyclass(with(Callable, Representable))]
impl PyMacro {}

impl PyMacro {
    /// Runs the body with an activation of its own.
    pub fn run(&self, activation: Activation, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        session::with(|s| {
            let number = s.quotation_number();
            s.activations.push(Activation { number, ..activation });
        });
        let result = self.function.call(args, vm);
        session::with(|s| s.activations.pop());
        result
    }
}

impl Callable for PyMacro {
    type Args = FuncArgs;

    fn call(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let result = zelf.run(Activation::default(), args, vm)?;
        match result.downcast_ref::<PyCodenode>() {
            // A tree that a macro returns is put into the program.
            Some(tree) => super::record::eval(vm, tree),
            None => Ok(result),
        }
    }
}

impl Representable for PyMacro {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        Ok(format!("<macro {}>", zelf.info.name))
    }
}
