//! Calls of pure builtins: evaluated on static values, residual on others.

use num_traits::ToPrimitive as _;
use rustpython_vm::builtins::{PyDict, PyFloat, PyInt, PyList, PyTuple};
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

/// The sum of numbers of which some are floats, as CPython has it since 3.12: what is rounded off is
/// summed as well (Neumaier, 1974).
fn sum_of_floats(vm: &VirtualMachine, name: &str, args: &FuncArgs) -> Option<f64> {
    let (items, start) = args.args.split_first().filter(|_| name == "sum")?;
    let items = match (items.downcast_ref::<PyList>(), items.downcast_ref::<PyTuple>()) {
        (Some(list), _) => list.borrow_vec().to_vec(),
        (None, Some(tuple)) => tuple.as_slice().to_vec(),
        (None, None) => return None,
    };
    let is_float = |item: &PyObjectRef| item.downcast_ref_if_exact::<PyFloat>(vm).is_some();
    if !args.kwargs.is_empty() || !items.iter().any(is_float) {
        return None;
    }
    let float = |item: &PyObjectRef| match item.downcast_ref_if_exact::<PyFloat>(vm) {
        Some(float) => Some(float.to_f64()),
        None => item.downcast_ref_if_exact::<PyInt>(vm)?.as_bigint().to_f64(),
    };
    let numbers = start.iter().chain(&items).map(float).collect::<Option<Vec<f64>>>()?;
    Some(sum_compensated(&numbers))
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
        if is_left(vm, zelf, &args) {
            let callee = Node::var(zelf.name.as_str(), Origin::Builtin);
            return record_call(vm, callee, &args);
        }
        match sum_of_floats(vm, &zelf.name, &args) {
            Some(sum) => Ok(vm.ctx.new_float(sum).into()),
            None => zelf.function.call(args, vm),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums() {
        assert_eq!(sum_compensated(&[0.1; 10]), 1.0);
        assert_eq!(sum_compensated(&[1e16, 1.0, -1e16]), 1.0);
        assert_eq!(sum_compensated(&[f64::INFINITY, 1.0]), f64::INFINITY);
    }
}
