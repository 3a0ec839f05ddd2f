//! Operations of the macro on objects of which some are run-time values: subscripts, methods,
//! `%`, augmented assignments.

use rustpython_ast::Operator;
use rustpython_vm::builtins::{
    PyByteArray, PyBytes, PyDict, PyFrozenSet, PyList, PyRange, PySet, PySlice, PyStr, PyStrRef,
    PyTuple,
};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::Callable;
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine};

use crate::codenode::{Name, Node, Op};
use crate::host::objects::binding_time::{
    holds_run_time, is_materialised, is_run_time, stale_read,
};
use crate::host::objects::constants;
use crate::host::objects::payload::{PyCodenode, PyDynamic, PyStagedMethod};
use crate::host::recording::lift::{Taking, lift};
use crate::host::recording::record::{
    item_code, key_code, operator_tree, record, record_call, record_in_place, record_operation,
    run_time_only,
};
use crate::host::state::recording;
use crate::residual::Reason;

/// The op that staging gave as an argument.
pub(in crate::host) fn op_at(args: &FuncArgs, index: usize) -> Op {
    Op::ALL.get(constants::index(args, index)).copied().unwrap_or(Op::EMPTY)
}

/// Stops the expansion: `object`, a run-time value, is needed now.
pub(in crate::host) fn needs_static<T>(
    vm: &VirtualMachine,
    object: &PyObject,
    need: &'static str,
) -> PyResult<T> {
    match object.downcast_ref::<PyDynamic>() {
        Some(dynamic) => run_time_only(vm, dynamic, need),
        None => Err(stale_read(vm)),
    }
}

/// `object[key]`.
pub(in crate::host) fn item(
    object: PyObjectRef,
    key: PyObjectRef,
    vm: &VirtualMachine,
) -> PyResult {
    if is_materialised(&object) {
        return record(vm, item_code(vm, &object, &key)?, Reason::Operation);
    }
    if is_indexed(vm, &object) && holds_run_time(vm, &key) {
        let operands = vec![lift(vm, &object, Taking::Read)?, key_code(vm, &key)?];
        return record(vm, Node::new(Op::INDEX, operands), Reason::Operation);
    }
    object.get_item(&*key, vm)
}

fn is_indexed(vm: &VirtualMachine, object: &PyObject) -> bool {
    object.downcast_ref_if_exact::<PyList>(vm).is_some()
        || object.downcast_ref_if_exact::<PyTuple>(vm).is_some()
        || object.downcast_ref_if_exact::<PyDict>(vm).is_some()
        || object.downcast_ref_if_exact::<PyStr>(vm).is_some()
        || object.downcast_ref_if_exact::<PyBytes>(vm).is_some()
        || object.downcast_ref_if_exact::<PyRange>(vm).is_some()
}

/// `start:stop:step` in a subscript.
pub(in crate::host) fn slice(
    start: PyObjectRef,
    stop: PyObjectRef,
    step: PyObjectRef,
    vm: &VirtualMachine,
) -> PyObjectRef {
    PySlice { start: Some(start), stop, step: Some(step) }.into_ref(&vm.ctx).into()
}

/// What is iterated: an object that the program has may not be what it was.
pub(in crate::host) fn iterated(object: PyObjectRef, vm: &VirtualMachine) -> PyResult {
    match is_materialised(&object) {
        true => Err(stale_read(vm)),
        false => Ok(object),
    }
}

/// `left % right`.
pub(in crate::host) fn modulo(
    left: PyObjectRef,
    right: PyObjectRef,
    vm: &VirtualMachine,
) -> PyResult {
    match formats(vm, &left, &right) {
        true => record_operation(vm, Op::MOD, &[&left, &right]),
        false => vm._mod(&left, &right),
    }
}

fn formats(vm: &VirtualMachine, left: &PyObject, right: &PyObject) -> bool {
    let is_text = left.downcast_ref_if_exact::<PyStr>(vm).is_some()
        || left.downcast_ref_if_exact::<PyBytes>(vm).is_some();
    is_text && holds_run_time(vm, right)
}

/// What `target` is after `target op= value`.
pub(in crate::host) fn augmented(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let (op, Some([target, value])) = (op_at(&args, 0), args.args.get(1..)) else {
        return Err(vm.new_type_error("an augmented assignment has two operands"));
    };
    if is_materialised(target) && !value.downcastable::<PyCodenode>() {
        return record_in_place(vm, op, target, value);
    }
    let is_static = !target.downcastable::<PyDynamic>();
    if is_static && is_run_time(value) {
        let is_mutable = target.downcast_ref_if_exact::<PyList>(vm).is_some()
            || target.downcast_ref_if_exact::<PySet>(vm).is_some()
            || target.downcast_ref_if_exact::<PyDict>(vm).is_some()
            || target.downcast_ref_if_exact::<PyByteArray>(vm).is_some();
        if is_mutable {
            return needs_static(vm, value, "be iterated");
        }
        if is_materialised(value) && constants::from_object(vm, target).is_some() {
            return record_operation(vm, op, &[target, value]);
        }
    }
    if op == Op::MOD && formats(vm, target, value) {
        return record_operation(vm, op, &[target, value]);
    }
    if value.downcastable::<PyCodenode>() && target.downcastable::<PyDynamic>() {
        return operator_tree(vm, op, &[target, value]);
    }
    in_place(vm, op, target, value)
}

fn in_place(vm: &VirtualMachine, op: Op, target: &PyObject, value: &PyObject) -> PyResult {
    match op.operator() {
        Some(Operator::Add) => vm._iadd(target, value),
        Some(Operator::Sub) => vm._isub(target, value),
        Some(Operator::Mult) => vm._imul(target, value),
        Some(Operator::Div) => vm._itruediv(target, value),
        Some(Operator::FloorDiv) => vm._ifloordiv(target, value),
        Some(Operator::Mod) => vm._imod(target, value),
        Some(Operator::MatMult) => vm._imatmul(target, value),
        Some(Operator::Pow) => vm._ipow(target, value, &vm.ctx.none()),
        Some(Operator::LShift) => vm._ilshift(target, value),
        Some(Operator::RShift) => vm._irshift(target, value),
        Some(Operator::BitAnd) => vm._iand(target, value),
        Some(Operator::BitXor) => vm._ixor(target, value),
        Some(Operator::BitOr) => vm._ior(target, value),
        None => Err(vm.new_type_error("an augmented assignment has an operator")),
    }
}

/// A value that was given a name.
pub(in crate::host) fn named(
    name: PyStrRef,
    value: PyObjectRef,
    _vm: &VirtualMachine,
) -> PyObjectRef {
    if let Some(dynamic) = value.downcast_ref::<PyDynamic>() {
        let name: Name = name.as_wtf8().to_string_lossy().into();
        recording::with(|s| s.residual.set_hint(dynamic.id, &name));
    }
    value
}

/// `object.name`, to be called.
pub(in crate::host) fn method(
    object: PyObjectRef,
    name: PyStrRef,
    vm: &VirtualMachine,
) -> PyResult {
    if is_materialised(&object) {
        let code = lift(vm, &object, Taking::Refer)?;
        let code = Node::attribute(code, &name.as_wtf8().to_string_lossy());
        return record(vm, code, Reason::Operation);
    }
    let function = object.get_attr(&name, vm)?;
    if receiver(vm, &object).is_none() {
        return Ok(function);
    }
    let name = name.as_wtf8().to_string_lossy().into();
    Ok(PyStagedMethod { object, name, function }.into_ref(&vm.ctx).into())
}

/// An attribute that a run-time value doesn't have for the standard library.
pub(in crate::host) fn attribute(
    object: PyObjectRef,
    name: PyStrRef,
    vm: &VirtualMachine,
) -> PyResult {
    if !is_run_time(&object) {
        return object.get_attr(&name, vm);
    }
    let code = lift(vm, &object, Taking::Refer)?;
    record(vm, Node::attribute(code, &name.as_wtf8().to_string_lossy()), Reason::Operation)
}

/// What a method may do with an object of a builtin class.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Receiver {
    /// An object that can't be changed.
    Immutable,
    Tuple,
    List,
    Dict,
    Set,
}

fn receiver(vm: &VirtualMachine, object: &PyObject) -> Option<Receiver> {
    let class = object.class();
    let types = &vm.ctx.types;
    if object.downcast_ref_if_exact::<PyTuple>(vm).is_some() {
        return Some(Receiver::Tuple);
    }
    if object.downcast_ref_if_exact::<PyFrozenSet>(vm).is_some()
        || object.downcast_ref_if_exact::<PyRange>(vm).is_some()
        || constants::from_object(vm, object).is_some()
    {
        return Some(Receiver::Immutable);
    }
    let mutable = [
        (types.list_type, Receiver::List),
        (types.dict_type, Receiver::Dict),
        (types.set_type, Receiver::Set),
    ];
    mutable.into_iter().find(|(t, _)| class.is(*t)).map(|(_, receiver)| receiver)
}

/// The method as an attribute of its object, for the program.
pub(super) fn method_code(vm: &VirtualMachine, method: &PyStagedMethod) -> PyResult<Node> {
    let taking = match &*method.name {
        "index" | "count" | "get" => Taking::Read,
        _ => Taking::Refer,
    };
    Ok(Node::attribute(lift(vm, &method.object, taking)?, &method.name))
}

/// Whether a call is left for run time.
fn is_left(vm: &VirtualMachine, method: &PyStagedMethod, args: &FuncArgs) -> bool {
    let mut all = args.args.iter().chain(args.kwargs.values());
    let mut any = || all.any(|argument| holds_run_time(vm, argument));
    match receiver(vm, &method.object) {
        Some(Receiver::Immutable) => any(),
        Some(Receiver::Tuple) => any() || holds_run_time(vm, &method.object),
        Some(Receiver::List) => {
            matches!(&*method.name, "index" | "count")
                && (any() || holds_run_time(vm, &method.object))
        }
        Some(Receiver::Dict) => {
            let key = args.args.first();
            &*method.name == "get" && key.is_some_and(|key| holds_run_time(vm, key))
        }
        _ => false,
    }
}

/// Whether the method would look into an object that the program has.
fn reads_materialised(method: &PyStagedMethod, args: &FuncArgs) -> bool {
    const KEEPS: [&str; 6] = ["append", "insert", "setdefault", "get", "pop", "__setitem__"];
    let looks = !KEEPS.contains(&&*method.name);
    looks && args.args.iter().any(|argument| is_materialised(argument))
}

impl Callable for PyStagedMethod {
    type Args = FuncArgs;

    fn call(zelf: &Py<Self>, mut args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        if let ("join", [parts]) = (&*zelf.name, args.args.as_mut_slice())
            && !is_run_time(parts)
            && (parts.downcastable::<PyList>() || is_iterator(parts))
        {
            // Its elements are seen only now.
            let elements = vm.extract_elements_with(parts, Ok)?;
            *parts = vm.ctx.new_list(elements).into();
        }
        if is_left(vm, zelf, &args) {
            let callee = method_code(vm, zelf)?;
            return record_call(vm, callee, &args);
        }
        match reads_materialised(zelf, &args) {
            true => Err(stale_read(vm)),
            false => zelf.function.call(args, vm),
        }
    }
}

fn is_iterator(object: &PyObject) -> bool {
    object.class().slots.iternext.load().is_some()
}
