//! Functions, comprehensions and generators, as they are made.

use rustpython_vm::builtins::PyGenerator;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::codenode::{Node, Op};
use crate::host::failure::Failure;
use crate::host::objects::binding_time::is_run_time;
use crate::host::objects::constants::index;
use crate::host::objects::contents::Contents;
use crate::host::objects::payload::PyDynamic;
use crate::host::recording::closure::{closure_code, held_values};
use crate::host::recording::lift::{Taking, lift};
use crate::host::recording::record::record;
use crate::host::state::closures::ClosureObject;
use crate::host::state::{file, recording, run};
use crate::residual::Reason;

/// A function: the number of its source, what gives the variables that it captures, and the function.
pub(in crate::host) fn closure(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let [_, captured, function] = &args.args[..] else { return Err(malformed(vm)) };
    let (number, captured) = (index(&args, 0), captured.clone());
    remember(ClosureObject { object: function.clone(), number, captured, iterable: None });
    Ok(function.clone())
}

/// A comprehension or generator: likewise, what it goes through, and what makes it of that. What only the
/// program knows it goes through there.
pub(in crate::host) fn comprehension(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let [_, captured, iterable, maker] = &args.args[..] else { return Err(malformed(vm)) };
    let closure = ClosureObject {
        object: vm.ctx.none(),
        number: index(&args, 0),
        captured: captured.clone(),
        iterable: Some(iterable.clone()),
    };
    if is_display(iterable) {
        return maker.call((iterable.clone(),), vm);
    }
    // Where a variable isn't bound, Python says so at the first element.
    let values = held_values(vm, &closure);
    if is_run_time(iterable)
        && let Some(values) = values
    {
        return in_program(vm, &closure, &values);
    }
    let before = Contents::reached_from(vm, values.clone().unwrap_or_default());
    let mark = recording::with(|s| s.residual.mark());
    let spoken = file::with(|s| s.messages.len());
    let made = match maker.call((iterable.clone(),), vm) {
        Ok(made) => made,
        Err(error) => {
            let needed =
                run::with(|s| s.failure.take_if(|f| matches!(f, Failure::RunTimeOnly { .. })));
            let is_needed = needed.is_some() && before.is_unchanged(vm);
            let Some(values) = values.filter(|_| is_needed) else {
                run::with(|s| s.failure = s.failure.take().or(needed));
                return Err(error);
            };
            // A condition is the program's: so is the whole.
            drop(recording::with(|s| s.go_back(mark)));
            let messages = file::with(|s| s.messages.split_off(spoken));
            let left = in_program(vm, &closure, &values);
            if left.is_err() {
                run::with(|s| s.failure = needed);
                file::with(|s| s.messages.extend(messages));
            }
            return left;
        }
    };
    if made.downcastable::<PyGenerator>() {
        remember(ClosureObject { object: made.clone(), ..closure });
    }
    Ok(made)
}

/// The comprehension as code, with these values at its holes.
fn in_program(vm: &VirtualMachine, closure: &ClosureObject, values: &[PyObjectRef]) -> PyResult {
    let values = values.iter().map(|value| lift(vm, value, Taking::Refer));
    let values = values.collect::<PyResult<Vec<_>>>()?;
    let code = closure_code(vm, closure, values, file::quotation_number())?;
    record(vm, code, Reason::Operation)
}

/// Whether it is a display at the call: the macro may still be handed its elements.
fn is_display(iterable: &PyObject) -> bool {
    let Some(dynamic) = iterable.downcast_ref::<PyDynamic>() else { return false };
    recording::with(|s| {
        s.residual.step(dynamic.id).is_some_and(|step| {
            let is_open = |part: &Node| matches!(part.op(), Op::STAR | Op::DOUBLESTAR);
            matches!(step.code.op(), Op::LIST | Op::TUPLE | Op::SET | Op::DICT)
                && !step.code.args().iter().any(is_open)
        })
    })
}

fn remember(closure: ClosureObject) {
    // Objects may run code of theirs when they end.
    let over = file::with(|s| s.closures.insert(closure));
    drop(over);
}

fn malformed(vm: &VirtualMachine) -> rustpython_vm::builtins::PyBaseExceptionRef {
    vm.new_value_error("no such closure")
}
