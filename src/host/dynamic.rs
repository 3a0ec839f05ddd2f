//! The value that only the running program knows: its operators record code.

use rustpython_vm::builtins::PyStr;
use rustpython_vm::common::hash::PyHash;
use rustpython_vm::function::{Either, FuncArgs, PyComparisonValue, PySetterValue};
use rustpython_vm::protocol::{
    PyMappingMethods, PyNumber, PyNumberMethods, PySequenceMethods,
};
use rustpython_vm::types::{
    AsMapping, AsNumber, AsSequence, Callable, Comparable, GetAttr, Hashable, Iterable,
    PyComparisonOp, Representable, SetAttr,
};
use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass,
};

use super::codenode_class::{PyCodenode, operator_tree};
use super::failure::{Failure, here, stop};
use super::lift::{Taking, lift};
use super::session;
use crate::codenode::{Loc, Node, Op, TemporaryId};
use crate::residual::{Presence, Reason, Step};

/// A value of the residual program.
#[pyclass(module = "cython.meta", name = "runtime_value")]
#[derive(Debug, PyPayload)]
pub(super) struct PyDynamic {
    pub id: TemporaryId,
}

impl PyDynamic {
    pub fn new_object(vm: &VirtualMachine, id: TemporaryId) -> PyObjectRef {
        PyDynamic { id }.into_ref(&vm.ctx).into()
    }
}

/// Leaves `code` for run time, here and now, and gives its value.
pub(super) fn record(vm: &VirtualMachine, code: Node, reason: Reason) -> PyResult {
    let loc = here(vm);
    check_unguarded(vm, loc)?;
    let code = match code.loc() {
        None => code.with_loc(loc),
        Some(_) => code,
    };
    let step = Step { code, reason, presence: Presence::Pinned, loc };
    let id = session::with(|s| s.residual.push(step));
    Ok(PyDynamic::new_object(vm, id))
}

/// Nothing may be left for run time from inside a `try` or `with` of the macro: the exception it
/// could raise there would pass the handler by.
fn check_unguarded(vm: &VirtualMachine, innermost: Option<Loc>) -> PyResult<()> {
    if session::with(|s| s.tables.guarded.is_empty()) {
        return Ok(());
    }
    let mut frame = vm.current_frame();
    while let Some(f) = frame {
        let path = f.code.source_path().as_str();
        let index = (f.lasti() as usize).saturating_sub(1);
        let guarded = f.code.locations.get(index).is_some_and(|(start, end)| {
            session::with(|s| {
                let loc = s.file(path).and_then(|file| s.loc(file, *start, *end));
                loc.is_some_and(|loc| s.is_guarded(loc))
            })
        });
        if guarded {
            let why = "a `try` or `with` of the macro surrounds code that runs later".to_owned();
            return Err(stop(vm, Failure::NeedsStatements { why, place: innermost }));
        }
        frame = f.f_back(vm);
    }
    Ok(())
}

/// Stops the expansion: `need`ing this value now is the run-time-only error.
fn run_time_only<T>(vm: &VirtualMachine, value: &PyDynamic, need: &'static str) -> PyResult<T> {
    let value = Node::temporary(value.id);
    let arguments = session::with(|s| {
        let ids = s.residual.arguments_behind(&value);
        ids.iter().filter_map(|id| s.residual.step(*id).and_then(|step| step.loc)).collect()
    });
    Err(stop(vm, Failure::RunTimeOnly { need, value, arguments, place: here(vm) }))
}

fn needs_statement<T>(vm: &VirtualMachine, why: &str) -> PyResult<T> {
    Err(stop(vm, Failure::NeedsStatements { why: why.to_owned(), place: here(vm) }))
}

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
    fn slot_str(
        zelf: &PyObject,
        vm: &VirtualMachine,
    ) -> PyResult<PyRef<PyStr>> {
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

/// Leaves a call of `callee` for run time.
pub(super) fn record_call(vm: &VirtualMachine, callee: Node, args: &FuncArgs) -> PyResult {
    let mut arguments = Vec::new();
    for argument in &args.args {
        arguments.push(lift(vm, argument, Taking::Refer)?);
    }
    for (name, argument) in &args.kwargs {
        let value = lift(vm, argument, Taking::Refer)?;
        let keyword = Node::new(Op::KEYWORD, vec![value]);
        arguments.push(keyword.with_name(Some(name.as_str().into())));
    }
    record(vm, Node::call(callee, arguments), Reason::Operation)
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
