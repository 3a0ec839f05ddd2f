//! The value that only the running program knows: its operators record code.

use rustpython_vm::builtins::PyStr;
use rustpython_vm::common::hash::PyHash;
use rustpython_vm::function::{Either, FuncArgs, PyComparisonValue, PySetterValue};
use rustpython_vm::protocol::{PyMappingMethods, PyNumber, PyNumberMethods, PySequenceMethods};
use rustpython_vm::types::{
    AsMapping, AsNumber, AsSequence, Callable, Comparable, GetAttr, Hashable, Iterable,
    PyComparisonOp, Representable, SetAttr,
};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyRef, PyResult, VirtualMachine};

use crate::codenode::{Node, Op, Origin};
use crate::host::classes::operators::number_slots;
use crate::host::objects::abort::needs_statements;
use crate::host::objects::payload::{PyCodenode, PyDynamic};
use crate::host::recording::lift::{Taking, lift};
use crate::host::recording::record::{
    item_code, operator_tree, record, record_call, record_change, record_in_place,
    record_operation, run_time_only,
};
use crate::residual::Reason;
use crate::staging::GUARDED_ATTRIBUTES;

fn binary(vm: &VirtualMachine, op: Op, left: &PyObject, right: &PyObject) -> PyResult {
    // With a tree on the other side the result is a tree.
    if left.downcastable::<PyCodenode>() || right.downcastable::<PyCodenode>() {
        return operator_tree(vm, op, &[left, right]);
    }
    record_operation(vm, op, &[left, right])
}

fn unary(vm: &VirtualMachine, op: Op, operand: &PyObject) -> PyResult {
    record_operation(vm, op, &[operand])
}

/// `base ** exponent`; with a modulus it is a call of `pow`.
fn power(
    vm: &VirtualMachine,
    base: &PyObject,
    exponent: &PyObject,
    modulus: &PyObject,
) -> PyResult {
    if vm.is_none(modulus) {
        return binary(vm, Op::EXP, base, exponent);
    }
    let operands = [base, exponent, modulus];
    let operands = operands.map(|operand| lift(vm, operand, Taking::Refer));
    let operands = operands.into_iter().collect::<PyResult<Vec<_>>>()?;
    let code = Node::call(Node::var("pow", Origin::Builtin), operands);
    record(vm, code, Reason::Operation)
}

/// `target += value`, a step whose value is what the target is then.
fn in_place(vm: &VirtualMachine, op: Op, target: &PyObject, value: &PyObject) -> PyResult {
    if value.downcastable::<PyCodenode>() {
        return operator_tree(vm, op, &[target, value]);
    }
    record_in_place(vm, op, target, value)
}

fn need<T>(number: PyNumber<'_>, vm: &VirtualMachine, what: &'static str) -> PyResult<T> {
    match number.obj.downcast_ref::<PyDynamic>() {
        Some(zelf) => run_time_only(vm, zelf, what),
        None => Err(vm.new_type_error("unexpected payload for a number")),
    }
}

impl AsNumber for PyDynamic {
    fn as_number() -> &'static PyNumberMethods {
        static METHODS: PyNumberMethods = number_slots!(
            binary: binary, in_place: in_place, unary: unary, power: power;
            boolean: Some(|n, vm| need(n, vm, "be true or false")),
            int: Some(|n, vm| need(n, vm, "be an int")),
            float: Some(|n, vm| need(n, vm, "be a float")),
            index: Some(|n, vm| need(n, vm, "be an index")),
        );
        &METHODS
    }
}

impl AsMapping for PyDynamic {
    fn as_mapping() -> &'static PyMappingMethods {
        static METHODS: PyMappingMethods = PyMappingMethods {
            length: Some(|mapping, vm| {
                run_time_only(vm, PyDynamic::mapping_downcast(mapping), "have a length")
            }),
            subscript: Some(|mapping, key, vm| {
                let object = PyDynamic::mapping_downcast(mapping).as_object();
                record(vm, item_code(vm, object, key)?, Reason::Operation)
            }),
            ass_subscript: Some(|mapping, key, value, vm| {
                let object = PyDynamic::mapping_downcast(mapping).as_object();
                let target = item_code(vm, object, key)?;
                record_change(vm, target, value)
            }),
        };
        &METHODS
    }
}

impl AsSequence for PyDynamic {
    fn as_sequence() -> &'static PySequenceMethods {
        static METHODS: PySequenceMethods = PySequenceMethods {
            contains: Some(|sequence, _, vm| {
                run_time_only(vm, PyDynamic::sequence_downcast(sequence), "be searched")
            }),
            ..PySequenceMethods::NOT_IMPLEMENTED
        };
        &METHODS
    }
}

impl Callable for PyDynamic {
    type Args = FuncArgs;

    fn call(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let callee = lift(vm, zelf.as_object(), Taking::Refer)?;
        record_call(vm, callee, &args)
    }
}

impl Comparable for PyDynamic {
    fn slot_richcompare(
        zelf: &PyObject,
        other: &PyObject,
        op: PyComparisonOp,
        vm: &VirtualMachine,
    ) -> PyResult<Either<PyObjectRef, PyComparisonValue>> {
        let op = match op {
            PyComparisonOp::Lt => Op::LT,
            PyComparisonOp::Le => Op::LE,
            PyComparisonOp::Gt => Op::GT,
            PyComparisonOp::Ge => Op::GE,
            PyComparisonOp::Ne => Op::NE,
            _ => Op::EQ,
        };
        if matches!(op, Op::EQ | Op::NE)
            && other.downcastable::<PyCodenode>()
            && let Some(zelf) = zelf.downcast_ref::<PyDynamic>()
        {
            // A tree of the comparison would count as true.
            return run_time_only(vm, zelf, "be compared with a tree");
        }
        binary(vm, op, zelf, other).map(Either::A)
    }

    fn cmp(
        _zelf: &Py<Self>,
        _other: &PyObject,
        _op: PyComparisonOp,
        _vm: &VirtualMachine,
    ) -> PyResult<PyComparisonValue> {
        Ok(PyComparisonValue::NotImplemented)
    }
}

impl GetAttr for PyDynamic {
    fn getattro(zelf: &Py<Self>, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
        let name = name.as_wtf8().to_string_lossy();
        // What Python code of the standard library asks, too: it would work on the stand-in.
        if GUARDED_ATTRIBUTES.contains(&&*name) {
            let need = if name == "__class__" { "tell its class" } else { "be copied" };
            return run_time_only(vm, zelf, need);
        }
        // What a class statement asks its bases.
        if name == "__mro_entries__" {
            let why = "a class of the macro has a base that is known only when the program runs";
            return Err(needs_statements(vm, why));
        }
        let object = lift(vm, zelf.as_object(), Taking::Refer)?;
        record(vm, Node::attribute(object, &name), Reason::Operation)
    }
}

impl SetAttr for PyDynamic {
    fn setattro(
        zelf: &Py<Self>,
        name: &Py<PyStr>,
        value: PySetterValue,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let object = lift(vm, zelf.as_object(), Taking::Refer)?;
        let target = Node::attribute(object, &name.as_wtf8().to_string_lossy());
        let value = match value {
            PySetterValue::Assign(value) => Some(value),
            PySetterValue::Delete => None,
        };
        record_change(vm, target, value)
    }
}

impl Hashable for PyDynamic {
    fn hash(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyHash> {
        run_time_only(vm, zelf, "be hashed")
    }
}

impl Iterable for PyDynamic {
    fn iter(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult {
        run_time_only(vm, &zelf, "be iterated")
    }
}

impl Representable for PyDynamic {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        run_time_only(vm, zelf, "be turned into text")
    }
}
