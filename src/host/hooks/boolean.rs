//! `and`, `or` and `a if c else b` in `@unroll` functions: residual where a run-time value decides.

use rustpython_vm::function::FuncArgs;
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::codenode::{Node, Op};
use crate::host::objects::binding_time::is_run_time;
use crate::host::recording::conditional::conditional;
use crate::host::recording::lift::{Taking, lift};
use crate::host::recording::record::record;
use crate::residual::Reason;

/// The value of `a and b and …`: `a`, then functions that give the others.
pub(in crate::host) fn and(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    bool_op(Op::AND, &args.args, vm)
}

/// The value of `a or b or …`.
pub(in crate::host) fn or(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    bool_op(Op::OR, &args.args, vm)
}

fn bool_op(op: Op, operands: &[PyObjectRef], vm: &VirtualMachine) -> PyResult {
    let Some((first, rest)) = operands.split_first() else {
        return Err(vm.new_type_error("a decision has operands"));
    };
    let mut value = first.clone();
    let mut rest = rest.iter();
    while let Some(thunk) = rest.next() {
        if is_run_time(&value) {
            let mut args = vec![lift(vm, &value, Taking::Refer)?];
            for thunk in std::iter::once(thunk).chain(rest) {
                args.push(thunk_code(vm, thunk)?);
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
pub(in crate::host) fn if_else(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let [test, body, orelse] = args.args.as_slice() else {
        return Err(vm.new_type_error("a decision has three operands"));
    };
    if is_run_time(test) {
        let test = lift(vm, test, Taking::Refer)?;
        let args = vec![test, thunk_code(vm, body)?, thunk_code(vm, orelse)?];
        return record(vm, Node::new(Op::IF, args), Reason::Operation);
    }
    match test.clone().try_to_bool(vm)? {
        true => body.call((), vm),
        false => orelse.call((), vm),
    }
}

/// What calling the function does, as an expression.
fn thunk_code(vm: &VirtualMachine, thunk: &PyObject) -> PyResult<Node> {
    conditional(vm, || thunk.call((), vm))
}
