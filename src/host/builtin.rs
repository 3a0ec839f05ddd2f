//! A pure builtin in call position: it runs now on known values, and is left for run time on
//! others.

use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::Callable;
use rustpython_vm::{Py, PyObjectRef, PyResult, VirtualMachine, pyclass};

use super::look::{holds_run_time, is_run_time};
use super::objects::{PyDynamic, PyStagedBuiltin};
use super::record::record_call;
use crate::codenode::{Node, Origin};

/// What a builtin has to know of its arguments.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    /// What each is, but not what a container holds: that is handed on, or meets the operators.
    Each,
    /// What they hold, too.
    All,
    /// What the first is: others are handed on.
    First,
    /// What the first two are.
    FirstTwo,
    /// What the positional ones are.
    Positional,
    /// The class of the first only, and what the others are.
    Class,
}

fn need(builtin: &str) -> Need {
    match builtin {
        "str" | "repr" | "ascii" | "format" | "sorted" | "min" | "max" | "any" | "all" | "hash"
        | "set" | "frozenset" | "bytes" | "bytearray" => Need::All,
        "next" => Need::First,
        "getattr" | "setattr" => Need::FirstTwo,
        "dict" => Need::Positional,
        "isinstance" | "issubclass" | "callable" | "type" | "id" => Need::Class,
        _ => Need::Each,
    }
}

impl PyStagedBuiltin {
    fn is_left(&self, args: &FuncArgs, vm: &VirtualMachine) -> bool {
        let is_run_time = |object: &PyObjectRef| is_run_time(object);
        let (given, named) = (&args.args[..], || args.kwargs.values());
        match need(&self.name) {
            Need::Each => given.iter().chain(named()).any(is_run_time),
            Need::All => given.iter().chain(named()).any(|object| holds_run_time(vm, object)),
            Need::First => given.iter().take(1).any(is_run_time),
            Need::FirstTwo => given.iter().take(2).any(is_run_time),
            Need::Positional => given.iter().any(is_run_time),
            Need::Class => {
                given.first().is_some_and(|first| first.downcastable::<PyDynamic>())
                    || given.iter().skip(1).chain(named()).any(is_run_time)
            }
        }
    }
}

#[pyclass(with(Callable))]
impl PyStagedBuiltin {}

impl Callable for PyStagedBuiltin {
    type Args = FuncArgs;

    fn call(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        if zelf.is_left(&args, vm) {
            let callee = Node::var(zelf.name.as_str(), Origin::Builtin);
            return record_call(vm, callee, &args);
        }
        zelf.function.call(args, vm)
    }
}
