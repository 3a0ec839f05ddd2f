//! `and`, `or` and `a if c else b` in `@unroll` functions: what depends on a run-time value stays.

use rustpython_vm::function::FuncArgs;
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use super::lift::{Taking, lift};
use super::look::is_run_time;
use super::nested::{inline, nested};
use super::record::record;
use crate::codenode::{Node, Op};
use crate::residual::Reason;

/// The value of `a and b and …`: `a`, then functions that give the others.
pub(super) fn and(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    bool_op(Op::AND, &args.args, vm)
}

/// The value of `a or b or …`.
pub(super) fn or(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    bool_op(Op::OR, &args.args, vm)
}

fn bool_op(op: Op, operands: &[PyObjectRef], vm: &VirtualMachine) -> PyResult {
    let Some((first, rest)) = operands.split_first() else {
        return Err(vm.new_type_error("a decision has operands"));
    };
    let mut value = first.clone();
    for (index, thunk) in rest.iter().enumerate() {
        if is_run_time(&value) {
            let mut args = vec![lift(vm, &value, Taking::Refer)?];
            for thunk in &rest[index..] {
                args.push(later(vm, thunk)?);
            }
            return record(vm, Node::new(op, args), Reason::Operation);
        }
        if value.clone().try_to_bool(vm)? != (op == Op::AND) {
            return Ok(value);
        }
        value = thunk.call((), vm)?;
    }
    Ok(value)
}

/// The value of `body if test else orelse`: the test, then functions that give the others.
pub(super) fn if_else(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let [test, body, orelse] = &args.args[..] else {
        return Err(vm.new_type_error("a decision has three operands"));
    };
    if is_run_time(test) {
        let test = lift(vm, test, Taking::Refer)?;
        let args = vec![test, later(vm, body)?, later(vm, orelse)?];
        return record(vm, Node::new(Op::IF, args), Reason::Operation);
    }
    match test.clone().try_to_bool(vm)? {
        true => body.call((), vm),
        false => orelse.call((), vm),
    }
}

/// What calling the function does, as an expression.
fn later(vm: &VirtualMachine, thunk: &PyObject) -> PyResult<Node> {
    let (block, value) = nested(vm, thunk)?;
    inline(vm, block, &value)
}
