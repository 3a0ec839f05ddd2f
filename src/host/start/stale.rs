//! Reads of lists, sets and dicts that the program has: what they hold may not be what it was, so that no
//! native code sees it. What the language has an operator for is left for run time.
//!
//! ```text
//! xs = [1]; log(xs); return xs + [2]       t = [1]; log(t); return t + [2]
//! xs = [1]; log(xs); if xs: …              reported: the program may have changed it
//! ```

use std::cell::RefCell;

use rustpython_vm::builtins::PyType;
use rustpython_vm::protocol::{PyMapping, PyNumberBinaryFunc, PySequence};
use rustpython_vm::{AsObject as _, Py, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::codenode::{Node, Op};
use crate::host::objects::binding_time::{is_materialised, stale_read};
use crate::host::recording::lift::{Taking, lift};
use crate::host::recording::record::record;
use crate::residual::Reason;

/// What a class does with objects that the program hasn't got.
#[derive(Clone, Copy, Default)]
struct Original {
    iterate: Option<fn(PyObjectRef, &VirtualMachine) -> PyResult>,
    length: Option<fn(PySequence<'_>, &VirtualMachine) -> PyResult<usize>>,
    entries: Option<fn(PyMapping<'_>, &VirtualMachine) -> PyResult<usize>>,
    item: Option<fn(PyMapping<'_>, &PyObject, &VirtualMachine) -> PyResult>,
    or: Option<PyNumberBinaryFunc>,
    and: Option<PyNumberBinaryFunc>,
    xor: Option<PyNumberBinaryFunc>,
    subtract: Option<PyNumberBinaryFunc>,
}

/// The classes, by their numbers.
const LIST: usize = 0;
const DICT: usize = 1;
const SET: usize = 2;
const FROZENSET: usize = 3;

thread_local! {
    /// The classes belong to the thread, so that an earlier interpreter may have changed them.
    static ORIGINALS: RefCell<[Option<Original>; 4]> = const { RefCell::new([None; 4]) };
}

/// Keeps native code from what the program may have changed.
pub(super) fn guard_reads(vm: &VirtualMachine) {
    let types = &vm.ctx.types;
    guard::<LIST>(types.list_type);
    guard::<DICT>(types.dict_type);
    guard::<SET>(types.set_type);
    guard::<FROZENSET>(types.frozenset_type);
    // Lists have these operators as sequences.
    let number = &types.list_type.slots.as_number;
    number.add.store(Some(|a, b, vm| if_materialised(Op::PLUS, a, b, vm)));
    number.right_add.store(number.add.load());
    number.multiply.store(Some(|a, b, vm| if_materialised(Op::MULTIPLY, a, b, vm)));
    number.right_multiply.store(number.multiply.load());
}

fn guard<const CLASS: usize>(class: &Py<PyType>) {
    let slots = &class.slots;
    let (sequence, mapping, number) = (&slots.as_sequence, &slots.as_mapping, &slots.as_number);
    ORIGINALS.with_borrow_mut(|originals| {
        let Some(original @ None) = originals.get_mut(CLASS) else { return };
        *original = Some(Original {
            iterate: slots.iter.load(),
            length: sequence.length.load(),
            entries: mapping.length.load(),
            item: mapping.subscript.load(),
            or: number.or.load(),
            and: number.and.load(),
            xor: number.xor.load(),
            subtract: number.subtract.load(),
        });
    });
    let original = original::<CLASS>();
    slots.iter.store(Some(iterate::<CLASS>));
    sequence.length.store(original.length.map(|_| length::<CLASS> as _));
    mapping.length.store(original.entries.map(|_| entries::<CLASS> as _));
    mapping.subscript.store(original.item.map(|_| item::<CLASS> as _));
    number.or.store(original.or.map(|_| or::<CLASS> as _));
    number.and.store(original.and.map(|_| and::<CLASS> as _));
    number.xor.store(original.xor.map(|_| xor::<CLASS> as _));
    number.subtract.store(original.subtract.map(|_| subtract::<CLASS> as _));
}

fn original<const CLASS: usize>() -> Original {
    ORIGINALS.with_borrow(|originals| originals.get(CLASS).copied().flatten()).unwrap_or_default()
}

fn iterate<const CLASS: usize>(object: PyObjectRef, vm: &VirtualMachine) -> PyResult {
    match original::<CLASS>().iterate {
        Some(iterate) if !is_materialised(&object) => iterate(object, vm),
        _ => Err(stale_read(vm)),
    }
}

fn length<const CLASS: usize>(sequence: PySequence<'_>, vm: &VirtualMachine) -> PyResult<usize> {
    match original::<CLASS>().length {
        Some(length) if !is_materialised(sequence.obj) => length(sequence, vm),
        _ => Err(stale_read(vm)),
    }
}

fn entries<const CLASS: usize>(mapping: PyMapping<'_>, vm: &VirtualMachine) -> PyResult<usize> {
    match original::<CLASS>().entries {
        Some(entries) if !is_materialised(mapping.obj) => entries(mapping, vm),
        _ => Err(stale_read(vm)),
    }
}

fn item<const CLASS: usize>(
    mapping: PyMapping<'_>,
    key: &PyObject,
    vm: &VirtualMachine,
) -> PyResult {
    match original::<CLASS>().item {
        Some(item) if !is_materialised(mapping.obj) => item(mapping, key, vm),
        _ => Err(stale_read(vm)),
    }
}

fn or<const CLASS: usize>(a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult {
    operate(Op::BITOR, original::<CLASS>().or, (a, b), vm)
}

fn and<const CLASS: usize>(a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult {
    operate(Op::BITAND, original::<CLASS>().and, (a, b), vm)
}

fn xor<const CLASS: usize>(a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult {
    operate(Op::BITXOR, original::<CLASS>().xor, (a, b), vm)
}

fn subtract<const CLASS: usize>(a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult {
    operate(Op::MINUS, original::<CLASS>().subtract, (a, b), vm)
}

fn operate(
    op: Op,
    original: Option<PyNumberBinaryFunc>,
    (a, b): (&PyObject, &PyObject),
    vm: &VirtualMachine,
) -> PyResult {
    let result = if_materialised(op, a, b, vm)?;
    match original {
        Some(original) if result.is(&vm.ctx.not_implemented) => original(a, b, vm),
        _ => Ok(result),
    }
}

/// Leaves an operation for run time if the program has one of the operands; else says that it isn't
/// implemented.
fn if_materialised(op: Op, a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult {
    if !is_materialised(a) && !is_materialised(b) {
        return Ok(vm.ctx.not_implemented());
    }
    let operands = vec![lift(vm, a, Taking::Read)?, lift(vm, b, Taking::Read)?];
    record(vm, Node::new(op, operands), Reason::Operation)
}
