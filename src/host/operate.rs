//! Operations of the macro on objects of which some are run-time values: subscripts, methods,
//! `%`, augmented assignments.

use rustpython_vm::builtins::{
    PyByteArray, PyBytes, PyDict, PyFrozenSet, PyList, PyRange, PySet, PySlice, PyStr, PyStrRef,
    PyTuple,
};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::Callable;
use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass,
};

use super::constants;
use super::lift::{Taking, lift};
use super::look::{holds_run_time, is_moved, is_run_time, out_of_reach};
use super::objects::{PyCodenode, PyDynamic, PyStagedMethod};
use super::record::{
    item_code, key_code, operator_tree, record, record_call, record_in_place, record_operation,
    run_time_only,
};
use crate::codenode::{Name, Node, Op};
use crate::residual::Reason;

/// The op that staging gave as an argument.
pub(super) fn op_at(args: &FuncArgs, index: usize) -> Op {
    Op::ALL.get(constants::index(args, index)).copied().unwrap_or(Op::EMPTY)
}

/// Stops the expansion: `object`, a run-time value, is needed now.
pub(super) fn refuse<T>(vm: &VirtualMachine, object: &PyObject, need: &'static str) -> PyResult<T> {
    match object.downcast_ref::<PyDynamic>() {
        Some(dynamic) => run_time_only(vm, dynamic, need),
        None => Err(out_of_reach(vm)),
    }
}

/// `object[key]`.
pub(super) fn item(object: PyObjectRef, key: PyObjectRef, vm: &VirtualMachine) -> PyResult {
    if is_moved(&object) {
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
pub(super) fn slice(
    start: PyObjectRef,
    stop: PyObjectRef,
    step: PyObjectRef,
    vm: &VirtualMachine,
) -> PyObjectRef {
    PySlice { start: Some(start), stop, step: Some(step) }.into_ref(&vm.ctx).into()
}

/// What is iterated: an object that the program has may not be what it was.
pub(super) fn iterated(object: PyObjectRef, vm: &VirtualMachine) -> PyResult {
    match is_moved(&object) {
        true => Err(out_of_reach(vm)),
        false => Ok(object),
    }
}

/// `left % right`.
pub(super) fn modulo(left: PyObjectRef, right: PyObjectRef, vm: &VirtualMachine) -> PyResult {
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
pub(super) fn augmented(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let (op, [target, value]) = (op_at(&args, 0), &args.args[1..]) else {
        return Err(vm.new_type_error("an augmented assignment has two operands"));
    };
    if is_moved(target) && !value.downcastable::<PyCodenode>() {
        return record_in_place(vm, op, target, value);
    }
    let is_static = !target.downcastable::<PyDynamic>();
    if is_static && is_run_time(value) {
        let is_mutable = target.downcast_ref_if_exact::<PyList>(vm).is_some()
            || target.downcast_ref_if_exact::<PySet>(vm).is_some()
            || target.downcast_ref_if_exact::<PyDict>(vm).is_some()
            || target.downcast_ref_if_exact::<PyByteArray>(vm).is_some();
        if is_mutable {
            return refuse(vm, value, "be iterated");
        }
        if is_moved(value) && constants::from_object(vm, target).is_some() {
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
    match op {
        Op::PLUS => vm._iadd(target, value),
        Op::MINUS => vm._isub(target, value),
        Op::MULTIPLY => vm._imul(target, value),
        Op::DIVIDE => vm._itruediv(target, value),
        Op::FLOORDIV => vm._ifloordiv(target, value),
        Op::MOD => vm._imod(target, value),
        Op::MATMUL => vm._imatmul(target, value),
        Op::LSHIFT => vm._ilshift(target, value),
        Op::RSHIFT => vm._irshift(target, value),
        Op::BITAND => vm._iand(target, value),
        Op::BITXOR => vm._ixor(target, value),
        Op::BITOR => vm._ior(target, value),
        _ => vm._ipow(target, value, &vm.ctx.none()),
    }
}

/// A value that was given a name.
pub(super) fn named(name: PyStrRef, value: PyObjectRef, _vm: &VirtualMachine) -> PyObjectRef {
    if let Some(dynamic) = value.downcast_ref::<PyDynamic>() {
        let name: Name = name.as_wtf8().to_string_lossy().into();
        super::session::with(|s| s.residual.set_hint(dynamic.id, &name));
    }
    value
}

/// `object.name`, to be called.
pub(super) fn method(object: PyObjectRef, name: PyStrRef, vm: &VirtualMachine) -> PyResult {
    if is_moved(&object) {
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

/// What a method may do with an object of a builtin class.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Receiver {
    /// Nobody can change it.
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

#[pyclass(with(Callable))]
impl PyStagedMethod {}

impl PyStagedMethod {
    /// The method as an attribute of its object, for the program.
    pub fn code(&self, vm: &VirtualMachine) -> PyResult<Node> {
        let taking = match &*self.name {
            "index" | "count" | "get" => Taking::Read,
            _ => Taking::Refer,
        };
        Ok(Node::attribute(lift(vm, &self.object, taking)?, &self.name))
    }

    /// Whether a call is left for run time.
    fn is_left(&self, args: &FuncArgs, vm: &VirtualMachine) -> bool {
        let mut all = args.args.iter().chain(args.kwargs.values());
        let mut any = || all.any(|argument| holds_run_time(vm, argument));
        match receiver(vm, &self.object) {
            Some(Receiver::Immutable) => any(),
            Some(Receiver::Tuple) => any() || holds_run_time(vm, &self.object),
            Some(Receiver::List) => {
                matches!(&*self.name, "index" | "count")
                    && (any() || holds_run_time(vm, &self.object))
            }
            Some(Receiver::Dict) => {
                let key = args.args.first();
                &*self.name == "get" && key.is_some_and(|key| holds_run_time(vm, key))
            }
            _ => false,
        }
    }

    /// Whether the method would look into an object that the program has.
    fn has_moved_argument(&self, args: &FuncArgs) -> bool {
        const KEEPS: [&str; 6] = ["append", "insert", "setdefault", "get", "pop", "__setitem__"];
        let looks = !KEEPS.contains(&&*self.name);
        looks && args.args.iter().any(|argument| is_moved(argument))
    }
}

impl Callable for PyStagedMethod {
    type Args = FuncArgs;

    fn call(zelf: &Py<Self>, mut args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        if let ("join", [parts]) = (&*zelf.name, &mut args.args[..])
            && !is_run_time(parts)
            && (parts.downcastable::<PyList>() || is_iterator(parts))
        {
            // Its elements are seen only now.
            let elements = vm.extract_elements_with(parts, Ok)?;
            *parts = vm.ctx.new_list(elements).into();
        }
        if zelf.is_left(&args, vm) {
            let callee = zelf.code(vm)?;
            return record_call(vm, callee, &args);
        }
        match zelf.has_moved_argument(&args) {
            true => Err(out_of_reach(vm)),
            false => zelf.function.call(args, vm),
        }
    }
}

fn is_iterator(object: &PyObject) -> bool {
    object.class().slots.iternext.load().is_some()
}
