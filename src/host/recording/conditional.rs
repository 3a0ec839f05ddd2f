//! Code that the program runs under a condition: evaluated here once, its steps kept apart.
//!
//! What compile-time code changes meanwhile, it changes for good: whether the program gets there
//! isn't known here.

use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::{PyObjectRef, VirtualMachine};

use super::lift::{Taking, lift};
use crate::codenode::{Node, TemporaryId};
use crate::host::objects::abort::needs_statements;
use crate::host::state::recording;
use crate::residual::{self, Statement};

/// What `work` records, and its value, as one expression.
///
/// # Errors
/// Those of `work`; ends the expansion if one expression can't hold what was recorded.
pub(in crate::host) fn conditional<E: From<PyBaseExceptionRef>>(
    vm: &VirtualMachine,
    work: impl FnOnce() -> Result<PyObjectRef, E>,
) -> Result<Node, E> {
    let (block, value) = recording::block(work);
    let value = value?;
    let code = lift(vm, &value, Taking::Refer)?;
    let mut steps = Vec::new();
    collect_steps(&block, &mut steps);
    recording::with(|s| s.conditional.extend(steps));
    let whole = recording::with(|s| residual::nested(&s.residual, block, &code));
    Ok(whole
        .map_err(|_| needs_statements(vm, "what is computed under a condition needs statements"))?)
}

/// The steps of a block: their values aren't there outside of it.
fn collect_steps(block: &[Statement], steps: &mut Vec<TemporaryId>) {
    for statement in block {
        if let Statement::Step(id) = statement {
            steps.push(*id);
        }
        statement.blocks().into_iter().for_each(|inner| collect_steps(inner, steps));
    }
}
