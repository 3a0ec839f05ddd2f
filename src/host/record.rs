//! Leaving code for run time: every step of the residual program is made here.

use rustpython_vm::function::FuncArgs;
use rustpython_vm::{PyObject, PyResult, VirtualMachine};

use super::failure::Failure;
use super::lift::{Taking, lift, malformed};
use super::objects::{PyCodenode, PyDynamic};
use super::session;
use super::stop::{here, stop};
use crate::codenode::{Loc, Node, Op};
use crate::residual::{Presence, Reason, Step};

/// Leaves `code` for run time, here and now, and gives its value.
pub(super) fn record(vm: &VirtualMachine, code: Node, reason: Reason) -> PyResult {
    let loc = here(vm);
    check_unguarded(vm, loc)?;
    let code = match code.loc() {
        None => code.with_loc(loc),
        Some(_) => code,
    };
    let step = Step { code, reason, presence: Presence::Pinned, loc, hint: None };
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
pub(super) fn run_time_only<T>(
    vm: &VirtualMachine,
    value: &PyDynamic,
    need: &'static str,
) -> PyResult<T> {
    let value = Node::temporary(value.id);
    let arguments = session::with(|s| {
        let ids = s.residual.arguments_behind(&value);
        ids.iter().filter_map(|id| s.residual.step(*id).and_then(|step| step.loc)).collect()
    });
    Err(stop(vm, Failure::RunTimeOnly { need, value, arguments, place: here(vm) }))
}

pub(super) fn needs_statement<T>(vm: &VirtualMachine, why: &str) -> PyResult<T> {
    Err(stop(vm, Failure::NeedsStatements { why: why.to_owned(), place: here(vm) }))
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

/// `op` on objects of which one at least is a tree: a tree, Python constants lifted.
pub(super) fn operator_tree(vm: &VirtualMachine, op: Op, operands: &[&PyObject]) -> PyResult {
    let mut args = Vec::new();
    for operand in operands {
        args.push(lift(vm, operand, Taking::Move)?);
    }
    Ok(PyCodenode::new_object(vm, Node::new(op, args).with_loc(here(vm))))
}

/// Puts a tree into the program: as a step, whose value is the result.
pub(super) fn eval(vm: &VirtualMachine, tree: &PyCodenode) -> PyResult {
    let tree = tree.freeze(vm, Taking::Move)?;
    if tree.op().is_statement() {
        record(vm, tree, Reason::Eval)?;
        return Ok(vm.ctx.none());
    }
    if !tree.op().is_expression() {
        return Err(malformed(vm, format!("{} is no expression by itself", tree.op())));
    }
    // In a macro the root's own name is ignored: its definition is computed again.
    let tree = match tree.variable() {
        Some(_) => tree.with_name(None),
        None => tree,
    };
    record(vm, tree, Reason::Eval)
}
