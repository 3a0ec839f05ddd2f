//! Calls of pure builtins: evaluated on static values, residual on others.

use rustpython_vm::builtins::{PyBytes, PyDict, PyFloat, PyFrozenSet, PyList, PyStr, PyTuple};
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

/// Whether CPythons give different results: hashes of texts differ from process to process, sums of floats
/// since 3.12, where what is rounded off is summed as well (Neumaier, 1974).
fn differs(vm: &VirtualMachine, name: &str, args: &FuncArgs) -> bool {
    match (name, args.args.as_slice()) {
        ("hash", [object]) => {
            vm.is_none(object)
                || object.downcastable::<PyStr>()
                || object.downcastable::<PyBytes>()
                || object.downcastable::<PyTuple>()
                || object.downcastable::<PyFrozenSet>()
        }
        ("sum", [items, start @ ..]) => {
            let items = match (items.downcast_ref::<PyList>(), items.downcast_ref::<PyTuple>()) {
                (Some(list), _) => list.borrow_vec().to_vec(),
                (None, Some(tuple)) => tuple.as_slice().to_vec(),
                (None, None) => return false,
            };
            let all = start.iter().chain(&items);
            let floats: Vec<f64> = all
                .filter_map(|item| item.downcast_ref_if_exact::<PyFloat>(vm).map(|f| f.to_f64()))
                .collect();
            // Integers among them are added to the float, which may be rounded as well.
            let is_mixed = floats.len() < items.len() + start.len() && !floats.is_empty();
            is_mixed && floats.iter().any(|float| float.fract() != 0.0)
                || sum_naive(&floats).to_bits() != sum_compensated(&floats).to_bits()
        }
        _ => false,
    }
}

fn sum_naive(numbers: &[f64]) -> f64 {
    numbers.iter().fold(0.0, |sum, number| sum + number)
}

fn sum_compensated(numbers: &[f64]) -> f64 {
    let (mut sum, mut lost) = (0.0_f64, 0.0_f64);
    for number in numbers {
        let next = sum + number;
        let (large, small) =
            if sum.abs() >= number.abs() { (sum, *number) } else { (*number, sum) };
        lost += (large - next) + small;
        sum = next;
    }
    if lost != 0.0 && lost.is_finite() { sum + lost } else { sum }
}

impl Callable for PyStagedBuiltin {
    type Args = FuncArgs;

    fn call(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        if is_left(vm, zelf, &args) || differs(vm, &zelf.name, &args) {
            let callee = Node::var(zelf.name.as_str(), Origin::Builtin);
            return record_call(vm, callee, &args);
        }
        zelf.function.call(args, vm)
    }
}
