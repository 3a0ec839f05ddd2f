//! Code that the program runs under a condition: evaluated here once, its steps kept apart.
//!
//! What compile-time code changes meanwhile, it changes for good: whether the program gets there
//! isn't known here.

use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use super::failure::Failure;
use super::lift::{Taking, lift};
use super::provenance::here;
use super::session;
use super::stop::stop;
use crate::codenode::{Node, TemporaryId};
use crate::residual::{self, Statement};

/// The statements that calling `thunk` left, and its value.
pub(super) fn nested(
    vm: &VirtualMachine,
    thunk: &PyObject,
) -> PyResult<(Vec<Statement>, PyObjectRef)> {
    kept_apart(|| thunk.call((), vm))
}

/// The statements that `f` left, and what it gives.
pub(super) fn kept_apart<R>(f: impl FnOnce() -> PyResult<R>) -> PyResult<(Vec<Statement>, R)> {
    session::with(|s| s.residual.open());
    let value = f();
    let block = session::with(|s| s.residual.close());
    Ok((block, value?))
}

/// The statements and the value as one expression.
///
/// # Errors
/// Stops the expansion if one expression can't hold them.
pub(super) fn inline(
    vm: &VirtualMachine,
    block: Vec<Statement>,
    value: &PyObject,
) -> PyResult<Node> {
    let code = lift(vm, value, Taking::Refer)?;
    let mut ids = Vec::new();
    steps(&block, &mut ids);
    session::with(|s| s.conditional.extend(ids));
    session::with(|s| residual::nested(&s.residual, block, &code)).map_err(|_| {
        let why = "what is computed under a condition needs statements".to_owned();
        stop(vm, Failure::NeedsStatements { why, place: here(vm) })
    })
}

/// The steps of a block: their values aren't there outside of it.
fn steps(block: &[Statement], ids: &mut Vec<TemporaryId>) {
    for statement in block {
        if let Statement::Step(id) = statement {
            ids.push(*id);
        }
        statement.blocks().into_iter().for_each(|inner| steps(inner, ids));
    }
}
