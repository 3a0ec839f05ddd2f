//! The value that only the running program knows: its operators record code.

use rustpython_vm::builtins::PyStr;
use rustpython_vm::common::hash::PyHash;
use rustpython_vm::function::{Either, FuncArgs, PyComparisonValue, PySetterValue};
use rustpython_vm::protocol::{PyMappingMethods, PyNumber, PyNumberMethods, PySequenceMethods};
use rustpython_vm::types::{
    AsMapping, AsNumber, AsSequence, Callable, Comparable, GetAttr, Hashable, Iterable,
    PyComparisonOp, Representable, SetAttr,
};
use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyRef, PyResult, VirtualMachine, pyclass,
};

use super::lift::{Taking, lift};
use super::objects::{PyCodenode, PyDynamic};
use super::record::{needs_statement, operator_tree, record, record_call, run_time_only};
use crate::codenode::{Node, Op};
use crate::residual::Reason;

fn binary(op: Op, left: &PyObject, right: &PyObject, vm: &VirtualMachine) -> PyResult {
    // With a tree on the other side the result is a tree.
    if left.downcastable::<PyCodenode>() || right.downcastable::<PyCodenode>() {
        return operator_tree(vm, op, &[left, right]);
    }
    let operands = vec![lift(vm, left, Taking::Refer)?, lift(vm, right, Taking::Refer)?];
    record(vm, Node::new(op, operands), Reason::Operation)
}

fn unary(op: Op, operand: PyNumber<'_>, vm: &VirtualMachine) -> PyResult {
    let operand = lift(vm, operand.obj, Taking::Refer)?;
    record(vm, Node::new(op, vec![operand]), Reason::Operation)
}

#[pyclass(with(
    AsNumber,
    AsMapping,
    AsSequence,
    Callable,
    Comparable,
    GetAttr,
    SetAttr,
    Hashable,
    Iterable,
    Representable
))]
impl PyDynamic {
    #[pyslot]
    fn slot_str(zelf: &PyObject, vm: &VirtualMachine) -> PyResult<PyRef<PyStr>> {
        match zelf.downcast_ref::<PyDynamic>() {
            Some(zelf) => run_time_only(vm, zelf, "be turned into text"),
            None => Err(vm.new_type_error("unexpected payload for __str__")),
        }
    }
}

macro_rules! operators {
    ($($slot:ident: $op:ident,)+) => {
        PyNumberMethods {
            $($slot: Some(|a, b, vm| binary(Op::$op, a, b, vm)),)+
            power: Some(|a, b, c, vm| {
                if vm.is_none(c) {
                    binary(Op::EXP, a, b, vm)
                } else {
                    needs_statement(vm, "`pow` with three arguments is a call")
                }
            }),
            negative: Some(|n, vm| unary(Op::NEG, n, vm)),
            positive: Some(|n, vm| unary(Op::POS, n, vm)),
            invert: Some(|n, vm| unary(Op::INVERT, n, vm)),
            boolean: Some(|n, vm| need(n, vm, "decide")),
            int: Some(|n, vm| need(n, vm, "be an int")),
            float: Some(|n, vm| need(n, vm, "be a float")),
            index: Some(|n, vm| need(n, vm, "be an index")),
            inplace_add: Some(in_place),
            inplace_subtract: Some(in_place),
            inplace_multiply: Some(in_place),
            inplace_remainder: Some(in_place),
            inplace_lshift: Some(in_place),
            inplace_rshift: Some(in_place),
            inplace_and: Some(in_place),
            inplace_xor: Some(in_place),
            inplace_or: Some(in_place),
            inplace_floor_divide: Some(in_place),
            inplace_true_divide: Some(in_place),
            inplace_matrix_multiply: Some(in_place),
            inplace_power: Some(|a, b, _, vm| in_place(a, b, vm)),
            ..PyNumberMethods::NOT_IMPLEMENTED
        }
    };
}

fn need<T>(number: PyNumber<'_>, vm: &VirtualMachine, what: &'static str) -> PyResult<T> {
    match number.obj.downcast_ref::<PyDynamic>() {
        Some(zelf) => run_time_only(vm, zelf, what),
        None => Err(vm.new_type_error("unexpected payload for a number")),
    }
}

fn in_place(_: &PyObject, _: &PyObject, vm: &VirtualMachine) -> PyResult {
    needs_statement(vm, "an augmented assignment of a run-time value is a statement")
}

impl AsNumber for PyDynamic {
    fn as_number() -> &'static PyNumberMethods {
        static METHODS: PyNumberMethods = operators! {
            add: PLUS,
            subtract: MINUS,
            multiply: MULTIPLY,
            remainder: MOD,
            lshift: LSHIFT,
            rshift: RSHIFT,
            and: BITAND,
            xor: BITXOR,
            or: BITOR,
            floor_divide: FLOORDIV,
            true_divide: DIVIDE,
            matrix_multiply: MATMUL,
        };
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
                let operands =
                    vec![lift(vm, object, Taking::Refer)?, lift(vm, key, Taking::Refer)?];
                record(vm, Node::new(Op::INDEX, operands), Reason::Operation)
            }),
            ass_subscript: Some(|_, _, _, vm| {
                needs_statement(vm, "assigning or deleting an item is a statement")
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
        binary(op, zelf, other, vm).map(Either::A)
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
        if name == "__class__" {
            return run_time_only(vm, zelf, "tell its class");
        }
        let object = lift(vm, zelf.as_object(), Taking::Refer)?;
        record(vm, Node::attribute(object, &name), Reason::Operation)
    }
}

impl SetAttr for PyDynamic {
    fn setattro(
        _zelf: &Py<Self>,
        _name: &Py<PyStr>,
        _value: PySetterValue,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        needs_statement(vm, "assigning or deleting an attribute is a statement")
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
