//! Constants between trees and Python: ops, and the values of VALUE nodes.

use rustpython_vm::builtins::{PyBytes, PyComplex, PyFloat, PyInt, PyStr, PyTuple};
use rustpython_vm::common::hash::PyHash;
use rustpython_vm::function::{FuncArgs, PyComparisonValue};
use rustpython_vm::types::{Comparable, Hashable, PyComparisonOp, Representable};
use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass,
};

use crate::codenode::{Op, Value};

/// An op as Python sees it: `PLUS`.
#[pyclass(module = "cython.meta", name = "Op")]
#[derive(Debug, PyPayload)]
pub(in crate::host) struct PyOp {
    pub op: Op,
}

#[pyclass(with(Comparable, Hashable, Representable))]
impl PyOp {}

impl Comparable for PyOp {
    fn cmp(
        zelf: &Py<Self>,
        other: &PyObject,
        op: PyComparisonOp,
        _vm: &VirtualMachine,
    ) -> PyResult<PyComparisonValue> {
        op.eq_only(|| match other.downcast_ref::<PyOp>() {
            Some(other) => Ok(PyComparisonValue::Implemented(zelf.op == other.op)),
            None => Ok(PyComparisonValue::NotImplemented),
        })
    }
}

impl Hashable for PyOp {
    fn hash(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<PyHash> {
        Ok(zelf.op as PyHash)
    }
}

impl Representable for PyOp {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        Ok(zelf.op.name().to_owned())
    }
}

/// A constant as a Python object.
pub(in crate::host) fn to_object(vm: &VirtualMachine, value: &Value) -> PyObjectRef {
    match value {
        Value::None => vm.ctx.none(),
        Value::Ellipsis => vm.ctx.ellipsis.clone().into(),
        Value::Bool(b) => vm.ctx.new_bool(*b).into(),
        Value::Int(i) => vm.ctx.new_bigint(i).into(),
        Value::Float(f) => vm.ctx.new_float(*f).into(),
        Value::Complex { real, imag } => {
            vm.ctx.new_complex(num_complex::Complex64::new(*real, *imag)).into()
        }
        Value::Str(text) => vm.ctx.new_str((**text).clone()).into(),
        Value::Bytes(bytes) => vm.ctx.new_bytes(bytes.to_vec()).into(),
    }
}

/// A Python object as a constant, if it is exactly one: no instance of a subclass.
pub(in crate::host) fn from_object(vm: &VirtualMachine, object: &PyObject) -> Option<Value> {
    if vm.is_none(object) {
        return Some(Value::None);
    }
    if object.is(&vm.ctx.ellipsis) {
        return Some(Value::Ellipsis);
    }
    if object.class().is(vm.ctx.types.bool_type) {
        return Some(Value::Bool(object.is(&vm.ctx.true_value)));
    }
    if let Some(int) = object.downcast_ref_if_exact::<PyInt>(vm) {
        return Some(Value::Int(int.as_bigint().clone()));
    }
    if let Some(float) = object.downcast_ref_if_exact::<PyFloat>(vm) {
        return Some(Value::Float(float.to_f64()));
    }
    if let Some(complex) = object.downcast_ref_if_exact::<PyComplex>(vm) {
        let complex = complex.to_complex();
        return Some(Value::Complex { real: complex.re, imag: complex.im });
    }
    if let Some(text) = object.downcast_ref_if_exact::<PyStr>(vm) {
        return Some(Value::Str(text.as_wtf8().to_owned().into()));
    }
    let bytes = object.downcast_ref_if_exact::<PyBytes>(vm)?;
    Some(Value::Bytes(bytes.as_bytes().into()))
}

/// Whether the object is a constant, or a tuple of such.
pub(in crate::host) fn is_fixed(vm: &VirtualMachine, object: &PyObject) -> bool {
    match object.downcast_ref_if_exact::<PyTuple>(vm) {
        Some(tuple) => tuple.as_slice().iter().all(|item| is_fixed(vm, item)),
        None => from_object(vm, object).is_some(),
    }
}

/// The number that staging gave to a hook as an argument.
pub(in crate::host) fn index(args: &FuncArgs, at: usize) -> usize {
    let number = args.args.get(at).and_then(|n| n.downcast_ref::<PyInt>());
    // Staging writes the numbers.
    number.and_then(|n| usize::try_from(n.as_bigint()).ok()).unwrap_or(usize::MAX)
}

/// The object of `op`, as `PLUS` in Python.
pub(in crate::host) fn op_object(vm: &VirtualMachine, op: Op) -> PyObjectRef {
    PyOp { op }.into_ref(&vm.ctx).into()
}
