//! Calls of pure builtins: evaluated on static values, residual on others.

use num_traits::ToPrimitive as _;
use rustpython_vm::builtins::{PyDict, PyFloat, PyInt, PyList, PyTuple};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::Callable;
use rustpython_vm::{AsObject as _, Py, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::codenode::{Node, Origin};
use crate::host::objects::binding_time::{holds_run_time, is_run_time};
use crate::host::objects::payload::{PyDynamic, PyStagedBuiltin};
use crate::host::recording::record::record_call;
use crate::python::builtins::{BindingTime, Need, builtin};
use crate::staging::Results;

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
    let is_exact = builtin.results == Results::Exact;
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
        Need::Hashed => {
            let varies = |object| is_exact && !is_hashed_alike(vm, object);
            given.iter().any(|object| holds_run_time(vm, object) || varies(object))
        }
        Need::Summands => {
            given.iter().chain(named()).any(is_run_time) || is_exact && !is_summed_alike(vm, args)
        }
        Need::Class => {
            given.first().is_some_and(|first| first.downcastable::<PyDynamic>())
                || given.iter().skip(1).chain(named()).any(|object| holds_run_time(vm, object))
        }
    }
}

/// Whether every process and every CPython has the same hash of the object: a text has another in each
/// process, a tuple on each CPython. What a class of the macro's says is its own.
fn is_hashed_alike(vm: &VirtualMachine, object: &PyObject) -> bool {
    let types = &vm.ctx.types;
    let varying = [
        types.str_type,
        types.bytes_type,
        types.tuple_type,
        types.frozenset_type,
        types.range_type,
        types.none_type,
    ];
    !varying.iter().any(|class| object.class().is(*class))
}

/// Whether every CPython computes the same sum: since 3.12 what is rounded off the sum of floats is summed
/// as well (Neumaier, 1974).
fn is_summed_alike(vm: &VirtualMachine, args: &FuncArgs) -> bool {
    let Some(items) = args.args.first() else { return true };
    let items = match (items.downcast_ref::<PyList>(), items.downcast_ref::<PyTuple>()) {
        (Some(list), _) => list.borrow_vec().to_vec(),
        (None, Some(tuple)) => tuple.as_slice().to_vec(),
        // It can be iterated once.
        (None, None) => return true,
    };
    let float = |item: &PyObjectRef| item.downcast_ref_if_exact::<PyFloat>(vm).map(|f| f.to_f64());
    if items.iter().all(|item| float(item).is_none()) {
        return true;
    }
    let number = |item: &PyObjectRef| {
        float(item).or_else(|| item.downcast_ref_if_exact::<PyInt>(vm)?.as_bigint().to_f64())
    };
    let start = args.args.get(1).into_iter().chain(args.kwargs.values());
    let numbers: Option<Vec<f64>> = start.chain(&items).map(number).collect();
    numbers.is_none_or(|numbers| rounded_off(&numbers) == 0.0)
}

/// What adding the numbers one by one rounds off.
fn rounded_off(numbers: &[f64]) -> f64 {
    let (mut sum, mut lost) = (0.0_f64, 0.0_f64);
    for number in numbers {
        let next = sum + number;
        let (large, small) =
            if sum.abs() >= number.abs() { (sum, *number) } else { (*number, sum) };
        lost += (large - next) + small;
        sum = next;
    }
    if lost.is_finite() { lost } else { 0.0 }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums() {
        assert_ne!(rounded_off(&[0.1; 10]), 0.0);
        assert_eq!(rounded_off(&[1e16, 1.0, -1e16]), 1.0);
        assert_eq!(rounded_off(&[0.5, 0.25, 3.0]), 0.0);
        assert_eq!(rounded_off(&[f64::INFINITY, 1.0]), 0.0);
    }
}
