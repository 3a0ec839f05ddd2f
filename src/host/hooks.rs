//! The hooks that staged code calls: see [`crate::staging`].

mod simplify;

mod operate;

mod compare;

mod boolean;

pub(in crate::host) mod unpacking;

mod fstring;

mod builtin;

mod quote;

mod closure;

use rustpython_vm::builtins::{PyBaseException, PyList, PyTuple};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine};

use crate::codenode::Op;
use crate::host::failure::{Failure, Limit};
use crate::host::objects::abort::{abort, is_about_dynamic, of_exception};
use crate::host::objects::binding_time::is_run_time;
use crate::host::objects::constants::index;
use crate::host::objects::payload::{PyDynamic, PyStagedBuiltin};
use crate::host::objects::provenance::here;
use crate::host::recording::record::{record, record_operation, run_time_only};
use crate::host::state::compiled;
use crate::host::state::run;
use crate::residual::Reason;
use crate::staging::hook;

/// Every hook by its name.
pub(in crate::host) fn all(vm: &VirtualMachine) -> Vec<(&'static str, PyObjectRef)> {
    vec![
        (hook::QUOTE, vm.new_function("uneval", quote::quote).into()),
        (hook::RUN, vm.new_function("run", quote::run).into()),
        (hook::REFERENCE, vm.new_function("reference", reference).into()),
        (hook::BUILTIN, vm.new_function("builtin", builtin).into()),
        (hook::NOT, vm.new_function("not_", not).into()),
        (hook::TICK, vm.new_function("tick", tick).into()),
        (hook::STATIC, vm.new_function("static", must_be_static).into()),
        (hook::MATCHED, vm.new_function("matched", matched).into()),
        (hook::CAUGHT, vm.new_function("caught", caught).into()),
        (hook::COMPARE, vm.new_function("compare", compare::compare).into()),
        (hook::CHAIN, vm.new_function("chain", compare::chain).into()),
        (hook::ITEM, vm.new_function("item", operate::item).into()),
        (hook::SLICE, vm.new_function("slice_", operate::slice).into()),
        (hook::ITERATED, vm.new_function("iterated", operate::iterated).into()),
        (hook::MODULO, vm.new_function("modulo", operate::modulo).into()),
        (hook::AUGMENTED, vm.new_function("augmented", operate::augmented).into()),
        (hook::NAMED, vm.new_function("named", operate::named).into()),
        (hook::METHOD, vm.new_function("method", operate::method).into()),
        (hook::ATTRIBUTE, vm.new_function("attribute", operate::attribute).into()),
        (hook::FIELD, vm.new_function("field", fstring::field).into()),
        (hook::FSTRING, vm.new_function("fstring", fstring::fstring).into()),
        (hook::STAR, vm.new_function("star", unpacking::star).into()),
        (hook::DOUBLESTAR, vm.new_function("double_star", unpacking::double_star).into()),
        (hook::KEYWORD, vm.new_function("keyword", unpacking::keyword).into()),
        (hook::PAIR, vm.new_function("pair", unpacking::pair).into()),
        (hook::CALL, vm.new_function("call", unpacking::call).into()),
        (hook::UNPACK, vm.new_function("unpack", unpacking::unpack).into()),
        (hook::CODE, vm.new_function("code", quote::code).into()),
        (hook::AND, vm.new_function("and_", boolean::and).into()),
        (hook::OR, vm.new_function("or_", boolean::or).into()),
        (hook::IF, vm.new_function("if_", boolean::if_else).into()),
        (hook::CLOSURE, vm.new_function("closure", closure::closure).into()),
        (hook::COMPREHENSION, vm.new_function("comprehension", closure::comprehension).into()),
        (hook::DISPLAY, vm.new_function("display", unpacking::display).into()),
    ]
}

fn reference(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let node = compiled::with(|s| s.tables.references.get(index(&args, 0)).cloned());
    match node {
        Some(node) => record(vm, node, Reason::Operation),
        None => Err(vm.new_value_error("no such reference")),
    }
}

fn builtin(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let name = compiled::with(|s| s.tables.builtins.get(index(&args, 0)).cloned());
    let Some((name, results)) = name else { return Err(vm.new_value_error("no such builtin")) };
    let function = vm.builtins.get_attr(vm.ctx.intern_str(name.as_str()), vm)?;
    Ok(PyStagedBuiltin { name, function, results }.into_ref(&vm.ctx).into())
}

fn is_dynamic(object: &PyObject) -> bool {
    object.downcastable::<PyDynamic>()
}

fn not(operand: PyObjectRef, vm: &VirtualMachine) -> PyResult {
    if is_run_time(&operand) {
        return record_operation(vm, Op::NOT, &[&operand]);
    }
    let truth = operand.try_to_bool(vm)?;
    Ok(vm.ctx.new_bool(!truth).into())
}

pub(in crate::host) fn is(left: PyObjectRef, right: PyObjectRef, vm: &VirtualMachine) -> PyResult {
    if is_dynamic(&left) || is_dynamic(&right) {
        return record_operation(vm, Op::IS, &[&left, &right]);
    }
    Ok(vm.ctx.new_bool(left.is(&right)).into())
}

pub(in crate::host) fn is_not(
    left: PyObjectRef,
    right: PyObjectRef,
    vm: &VirtualMachine,
) -> PyResult {
    if is_dynamic(&left) || is_dynamic(&right) {
        return record_operation(vm, Op::ISNOT, &[&left, &right]);
    }
    Ok(vm.ctx.new_bool(!left.is(&right)).into())
}

/// The subject of a `match`: patterns look into it where no operator can see them.
fn matched(subject: PyObjectRef, vm: &VirtualMachine) -> PyResult {
    let parts = match (subject.downcast_ref::<PyTuple>(), subject.downcast_ref::<PyList>()) {
        (Some(tuple), _) => tuple.as_slice().to_vec(),
        (_, Some(list)) => list.borrow_vec().to_vec(),
        _ => Vec::new(),
    };
    let mut looked_at = std::iter::once(&subject).chain(&parts);
    match looked_at.find_map(|object| object.downcast_ref::<PyDynamic>()) {
        Some(dynamic) => run_time_only(vm, dynamic, "be matched"),
        None => Ok(subject),
    }
}

/// The start of an `except` block: what native code says of a run-time value is no exception of
/// the program.
fn caught(vm: &VirtualMachine) -> PyResult<()> {
    let current = vm.sys_module.get_attr("exception", vm)?.call((), vm)?;
    match current.downcast::<PyBaseException>() {
        Ok(exception) if is_about_dynamic(&exception) => {
            Err(abort(vm, of_exception(vm, &exception)))
        }
        _ => Ok(()),
    }
}

/// The operand of a `with` or `raise`.
fn must_be_static(operand: PyObjectRef, vm: &VirtualMachine) -> PyResult {
    if is_dynamic(&operand) {
        let why =
            "a `with` or `raise` of what is known only at run time can't be left to the program"
                .to_owned();
        return Err(abort(vm, Failure::NeedsStatements { why, place: here(vm) }));
    }
    Ok(operand)
}

/// One round of a loop or one call of a compile-time function.
pub(in crate::host) fn tick(vm: &VirtualMachine) -> PyResult<()> {
    let exhausted = run::with(|s| {
        s.steps_left = s.steps_left.saturating_sub(1);
        s.steps_left == 0
    });
    if exhausted {
        let limit = run::with(|s| s.limits.steps);
        return Err(abort(vm, Failure::Limit(Limit::Steps { limit, place: here(vm) })));
    }
    Ok(())
}
