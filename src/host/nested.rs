//! Code that the program runs under a condition: evaluated here once, its steps kept apart.
//!
//! What compile-time code changes meanwhile, it changes for good: whether the program gets there
//! isn't known here.

use std::collections::HashSet;

use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use super::failure::Failure;
use super::lift::{Taking, lift};
use super::session;
use super::stop::{here, stop};
use crate::codenode::{Node, Op, TemporaryId};
use crate::residual::Step;

/// The steps that calling `thunk` left, and its value.
pub(super) fn nested(
    vm: &VirtualMachine,
    thunk: &PyObject,
) -> PyResult<(Vec<(TemporaryId, Step)>, PyObjectRef)> {
    let before = session::with(|s| s.residual.steps().count());
    let value = thunk.call((), vm)?;
    let steps = session::with(|s| {
        s.residual.steps().skip(before).map(|(id, step)| (id, step.clone())).collect()
    });
    Ok((steps, value))
}

/// The steps and the value as one expression, which has to do them in their order. They stand
/// there from now on, and nowhere else.
///
/// # Errors
/// Stops the expansion if one expression can't hold them.
pub(super) fn inline(
    vm: &VirtualMachine,
    steps: &[(TemporaryId, Step)],
    value: &PyObject,
) -> PyResult<Node> {
    let code = lift(vm, value, Taking::Refer)?;
    let mut evaluated = Vec::new();
    let inlined = substitute(&code, steps, &mut evaluated);
    if !steps.iter().map(|(id, _)| *id).eq(evaluated.iter().copied()) {
        let why = "what is computed under a condition needs statements".to_owned();
        return Err(stop(vm, Failure::NeedsStatements { why, place: here(vm) }));
    }
    session::with(|s| {
        for (id, _) in steps {
            s.residual.take_code(*id);
        }
        s.conditional.extend(evaluated.into_iter().collect::<HashSet<_>>());
    });
    Ok(inlined)
}

/// `node` with the steps in it, and in `evaluated` the order in which it evaluates them. What is
/// evaluated on some paths only is left as it is, and so missing there.
fn substitute(
    node: &Node,
    steps: &[(TemporaryId, Step)],
    evaluated: &mut Vec<TemporaryId>,
) -> Node {
    if let Some(id) = node.temporary_id() {
        return match steps.iter().find(|(step, _)| *step == id) {
            Some((_, step)) if step.code.op().is_expression() => {
                let code = substitute(&step.code, steps, evaluated);
                evaluated.push(id);
                code
            }
            _ => node.clone(),
        };
    }
    let first_only = matches!(node.op(), Op::IF | Op::AND | Op::OR);
    let untouched = node.op().opens_scope() || node.op() == Op::CHAIN;
    if untouched || !node.holds_temporary() {
        return node.clone();
    }
    let mut index = 0;
    node.map_args(|arg| {
        index += 1;
        match first_only && index > 1 {
            true => arg.clone(),
            false => substitute(arg, steps, evaluated),
        }
    })
}
