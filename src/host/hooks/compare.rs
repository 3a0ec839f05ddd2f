//! Comparisons, and chains of them: evaluated on static values, residual as written on others.

use rustpython_ast::CmpOp;
use rustpython_vm::builtins::{PyList, PyTuple};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::{PyComparisonOp, PyTypeFlags};
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::codenode::{Node, Op};
use crate::host::hooks::operate::op_at;
use crate::host::objects::binding_time::{holds_run_time, is_run_time};
use crate::host::objects::payload::{PyCodenode, PyDynamic};
use crate::host::recording::conditional::conditional;
use crate::host::recording::lift::{Taking, lift};
use crate::host::recording::record::{record, run_time_only};
use crate::python::form::comparison_op;
use crate::residual::Reason;

/// The comparison that staging gave as an argument.
fn comparison_at(vm: &VirtualMachine, args: &FuncArgs, index: usize) -> PyResult<CmpOp> {
    let comparison = op_at(args, index).comparison();
    comparison.ok_or_else(|| vm.new_type_error("a comparison has an operator"))
}

/// `left op right`.
pub(in crate::host) fn compare(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let (op, Some([left, right])) = (comparison_at(vm, &args, 0)?, args.args.get(1..)) else {
        return Err(vm.new_type_error("a comparison has two operands"));
    };
    match compare_now(vm, op, left, right)? {
        Some(result) => Ok(result),
        None => {
            let operands = vec![lift(vm, left, Taking::Refer)?, right_code(vm, op, right)?];
            record(vm, Node::new(comparison_op(op), operands), Reason::Operation)
        }
    }
}

/// What is searched isn't kept by the search.
fn right_code(vm: &VirtualMachine, op: CmpOp, right: &PyObject) -> PyResult<Node> {
    let taking = match op {
        CmpOp::In | CmpOp::NotIn => Taking::Read,
        _ => Taking::Refer,
    };
    lift(vm, right, taking)
}

/// The value of a comparison, if it can be made now.
fn compare_now(
    vm: &VirtualMachine,
    op: CmpOp,
    left: &PyObjectRef,
    right: &PyObjectRef,
) -> PyResult<Option<PyObjectRef>> {
    let boolean = |b: bool| Ok(Some(vm.ctx.new_bool(b).into()));
    match op {
        CmpOp::Is | CmpOp::IsNot
            if left.downcastable::<PyDynamic>() || right.downcastable::<PyDynamic>() =>
        {
            Ok(None)
        }
        CmpOp::Is => boolean(left.is(right)),
        CmpOp::IsNot => boolean(!left.is(right)),
        CmpOp::In | CmpOp::NotIn if is_run_time(left) || is_run_time(right) => Ok(None),
        CmpOp::In | CmpOp::NotIn => match contains(vm, right, left)? {
            Some(found) => boolean(found == (op == CmpOp::In)),
            None => Ok(None),
        },
        CmpOp::Eq => order_now(vm, PyComparisonOp::Eq, left, right),
        CmpOp::NotEq => order_now(vm, PyComparisonOp::Ne, left, right),
        CmpOp::Lt => order_now(vm, PyComparisonOp::Lt, left, right),
        CmpOp::LtE => order_now(vm, PyComparisonOp::Le, left, right),
        CmpOp::Gt => order_now(vm, PyComparisonOp::Gt, left, right),
        CmpOp::GtE => order_now(vm, PyComparisonOp::Ge, left, right),
    }
}

/// The value of a comparison that the operands' classes define, if it can be made now.
fn order_now(
    vm: &VirtualMachine,
    op: PyComparisonOp,
    left: &PyObjectRef,
    right: &PyObjectRef,
) -> PyResult<Option<PyObjectRef>> {
    if is_builtin(left) && is_builtin(right) {
        if is_run_time(left) || is_run_time(right) {
            return Ok(None);
        }
        let is_equality = matches!(op, PyComparisonOp::Eq | PyComparisonOp::Ne);
        if is_equality && holds_run_time(vm, left) | holds_run_time(vm, right) {
            let same = equal(vm, left, right)?;
            let value = same.map(|same| same == (op == PyComparisonOp::Eq));
            return Ok(value.map(|value| vm.ctx.new_bool(value).into()));
        }
        if holds_run_time(vm, left) || holds_run_time(vm, right) {
            return Ok(None);
        }
    }
    left.clone().rich_compare(right.clone(), op, vm).map(Some)
}

/// Whether no code of the macro takes part in what the object does.
fn is_builtin(object: &PyObject) -> bool {
    let made_here = object.class().slots.flags.has_feature(PyTypeFlags::HEAPTYPE);
    !made_here && !object.downcastable::<PyCodenode>()
}

fn items(vm: &VirtualMachine, object: &PyObject) -> Option<Vec<PyObjectRef>> {
    if let Some(tuple) = object.downcast_ref_if_exact::<PyTuple>(vm) {
        return Some(tuple.as_slice().to_vec());
    }
    object.downcast_ref_if_exact::<PyList>(vm).map(|list| list.borrow_vec().to_vec())
}

/// Whether both are equal, as far as that is known: what Python would look at first decides.
fn equal(vm: &VirtualMachine, left: &PyObjectRef, right: &PyObjectRef) -> PyResult<Option<bool>> {
    if is_run_time(left) || is_run_time(right) {
        return Ok(None);
    }
    if !holds_run_time(vm, left) && !holds_run_time(vm, right) {
        return left.rich_compare_bool(right, PyComparisonOp::Eq, vm).map(Some);
    }
    let (Some(ours), Some(theirs)) = (items(vm, left), items(vm, right)) else {
        // A dict that holds run-time values equals no other class.
        return Ok((!left.class().is(right.class())).then_some(false));
    };
    if !left.class().is(right.class()) || ours.len() != theirs.len() {
        return Ok(Some(false));
    }
    for (left, right) in ours.iter().zip(&theirs) {
        match left.is(right) {
            true => {}
            false => match equal(vm, left, right)? {
                Some(true) => {}
                other => return Ok(other),
            },
        }
    }
    Ok(Some(true))
}

/// Whether `needle` is in `haystack`, as far as that is known.
fn contains(
    vm: &VirtualMachine,
    haystack: &PyObjectRef,
    needle: &PyObjectRef,
) -> PyResult<Option<bool>> {
    let Some(items) = items(vm, haystack) else {
        return match is_builtin(haystack) && holds_run_time(vm, needle) {
            true => Ok(None),
            false => vm._contains(haystack, needle).map(Some),
        };
    };
    if !holds_run_time(vm, needle) && !holds_run_time(vm, haystack) {
        return vm._contains(haystack, needle).map(Some);
    }
    for item in &items {
        match item.is(needle) {
            true => return Ok(Some(true)),
            false => match equal(vm, item, needle)? {
                Some(false) => {}
                other => return Ok(other),
            },
        }
    }
    Ok(Some(false))
}

/// `a < b <= c`: the first comparison's op and operands, then for each further one its op and a
/// function that gives the operand.
pub(in crate::host) fn chain(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let Some([left, right]) = args.args.get(1..3) else {
        return Err(vm.new_type_error("a chain has operands"));
    };
    let (mut left, mut right) = (left.clone(), right.clone());
    let mut op = comparison_at(vm, &args, 0)?;
    let mut next = 3;
    loop {
        let Some(result) = compare_now(vm, op, &left, &right)? else {
            return chain_later(vm, &args, next, op, &left, &right);
        };
        let Some(thunk) = args.args.get(next + 1) else { return Ok(result) };
        if let Some(dynamic) = result.downcast_ref::<PyDynamic>() {
            return run_time_only(vm, dynamic, "be true or false");
        }
        if !result.clone().try_to_bool(vm)? {
            return Ok(result);
        }
        op = comparison_at(vm, &args, next)?;
        left = right;
        right = thunk.call((), vm)?;
        next += 2;
    }
}

/// Leaves a chain from `left op right` on for run time, with the operands from `next` on computed
/// only if they are needed.
fn chain_later(
    vm: &VirtualMachine,
    args: &FuncArgs,
    mut next: usize,
    op: CmpOp,
    left: &PyObject,
    right: &PyObject,
) -> PyResult {
    let first = lift(vm, left, Taking::Refer)?;
    if args.args.len() <= next {
        let code = Node::new(comparison_op(op), vec![first, right_code(vm, op, right)?]);
        return record(vm, code, Reason::Operation);
    }
    let link = |op: CmpOp, operand| {
        Node::new(Op::LINK, vec![operand]).with_name(Some(comparison_op(op).name().into()))
    };
    let mut operands = vec![first, link(op, lift(vm, right, Taking::Refer)?)];
    while let Some(thunk) = args.args.get(next + 1) {
        let operand = conditional(vm, || thunk.call((), vm))?;
        operands.push(link(comparison_at(vm, args, next)?, operand));
        next += 2;
    }
    record(vm, Node::new(Op::CHAIN, operands), Reason::Operation)
}
