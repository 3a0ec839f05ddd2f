//! Leaving code for run time: every step of the residual program is made here.

use std::collections::HashMap;

use rustpython_vm::builtins::{PySlice, PyTuple};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use rustpython_text_size::TextRange;

use crate::codenode::{Loc, Node, Op, captured, keyword_argument};
use crate::host::failure::{Failure, Limit};
use crate::host::objects::abort::abort;
use crate::host::objects::abort::malformed;
use crate::host::objects::payload::{PyCodenode, PyDynamic};
use crate::host::objects::provenance::{self, here};
use crate::host::recording::at_prompt;
use crate::host::recording::lift::{Taking, freeze, lift};
use crate::host::recording::step::record_step;
use crate::host::state::{compiled, prompt, recording, run};
use crate::residual::{Reason, Uncertain, shared};
use crate::source::FileId;

/// Leaves `code` for run time, here and now, and gives its value.
pub(in crate::host) fn record(vm: &VirtualMachine, code: Node, reason: Reason) -> PyResult {
    Ok(PyDynamic::new_object(vm, record_step(vm, code, reason)?))
}

/// Stops the expansion: `need`ing this value now is the run-time-only error.
pub(in crate::host) fn run_time_only<T>(
    vm: &VirtualMachine,
    value: &PyDynamic,
    need: &'static str,
) -> PyResult<T> {
    let value = Node::temporary(value.id);
    Err(abort(vm, provenance::run_time_only(&value, need, here(vm))))
}

/// Leaves an operation on objects for run time.
pub(in crate::host) fn record_operation(
    vm: &VirtualMachine,
    op: Op,
    operands: &[&PyObject],
) -> PyResult {
    let operands = operands.iter().map(|operand| lift(vm, operand, Taking::Refer));
    let operands = operands.collect::<PyResult<Vec<_>>>()?;
    record(vm, Node::new(op, operands), Reason::Operation)
}

/// Leaves `target += value` for run time: a step whose value is what the target is then.
pub(in crate::host) fn record_in_place(
    vm: &VirtualMachine,
    op: Op,
    target: &PyObject,
    value: &PyObject,
) -> PyResult {
    let operands = vec![lift(vm, target, Taking::Refer)?, lift(vm, value, Taking::Refer)?];
    let code = Node::new(Op::AUGASSIGN, operands).with_name(Some(op.name().into()));
    record(vm, code, Reason::Operation)
}

/// Leaves `target = value`, or `del target` without one, for run time.
pub(in crate::host) fn record_change(
    vm: &VirtualMachine,
    target: Node,
    value: Option<PyObjectRef>,
) -> PyResult<()> {
    let code = match value {
        Some(value) => Node::new(Op::ASSIGN, vec![target, lift(vm, &value, Taking::Refer)?]),
        None => Node::new(Op::DELETE, vec![target]),
    };
    let code = code.with_loc(target_place(vm));
    record_step(vm, code, Reason::Operation).map(drop)
}

/// The place of the target of the assignment that is running now: the interpreter knows only that
/// of one of its parts.
fn target_place(vm: &VirtualMachine) -> Option<Loc> {
    let at = here(vm)?;
    compiled::with(|s| {
        let around = |(file, stmt, _): &&(FileId, TextRange, TextRange)| {
            *file == at.file && stmt.contains_range(at.range)
        };
        let innermost =
            s.tables.targets.iter().filter(around).min_by_key(|(_, stmt, _)| stmt.len());
        Some(innermost.map_or(at, |(file, _, range)| Loc { file: *file, range: *range }))
    })
}

/// `object[key]`, slices written as such.
pub(in crate::host) fn item_code(
    vm: &VirtualMachine,
    object: &PyObject,
    key: &PyObject,
) -> PyResult<Node> {
    let object = lift(vm, object, Taking::Refer)?;
    Ok(Node::new(Op::INDEX, vec![object, key_code(vm, key)?]))
}

/// The code of what stands in the brackets of `object[key]`.
pub(in crate::host) fn key_code(vm: &VirtualMachine, key: &PyObject) -> PyResult<Node> {
    if let Some(slice) = key.downcast_ref_if_exact::<PySlice>(vm) {
        return slice_code(vm, slice);
    }
    match key.downcast_ref_if_exact::<PyTuple>(vm) {
        Some(keys) if keys.as_slice().iter().any(|key| key.downcastable::<PySlice>()) => {
            let keys = keys.as_slice().iter().map(|key| key_code(vm, key));
            Ok(Node::new(Op::TUPLE, keys.collect::<PyResult<Vec<_>>>()?))
        }
        _ => lift(vm, key, Taking::Refer),
    }
}

fn slice_code(vm: &VirtualMachine, slice: &PySlice) -> PyResult<Node> {
    let part = |part: Option<&PyObjectRef>| match part {
        Some(part) if !vm.is_none(part) => lift(vm, part, Taking::Refer),
        _ => Ok(Node::empty()),
    };
    let (start, stop, step) = (slice.start.as_ref(), Some(&slice.stop), slice.step.as_ref());
    Ok(Node::new(Op::SLICE, vec![part(start)?, part(stop)?, part(step)?]))
}

/// Leaves a call of `callee` for run time.
pub(in crate::host) fn record_call(vm: &VirtualMachine, callee: Node, args: &FuncArgs) -> PyResult {
    let mut arguments = Vec::new();
    for argument in &args.args {
        arguments.push(lift(vm, argument, Taking::Refer)?);
    }
    for (name, argument) in &args.kwargs {
        let value = lift(vm, argument, Taking::Refer)?;
        arguments.push(keyword_argument(name.as_str().into(), value));
    }
    record(vm, Node::call(callee, arguments), Reason::Operation)
}

/// `op` on objects of which one at least is a tree: a tree, Python constants lifted.
pub(in crate::host) fn operator_tree(
    vm: &VirtualMachine,
    op: Op,
    operands: &[&PyObject],
) -> PyResult {
    let mut args = Vec::new();
    for operand in operands {
        args.push(lift(vm, operand, Taking::Move)?);
    }
    Ok(PyCodenode::new_object(vm, Node::new(op, args).with_loc(here(vm))))
}

/// Puts a tree into the program, with each node object that occurs several times computed once.
pub(in crate::host) fn eval_shared(vm: &VirtualMachine, tree: &PyCodenode) -> PyResult {
    run::with(|s| s.shared_nodes = Some(HashMap::new()));
    let frozen = freeze(vm, tree, Taking::Move);
    run::with(|s| s.shared_nodes = None);
    if prompt::is_running() {
        return at_prompt::evaluate_shared(vm, &frozen?);
    }
    let code = recording::with(|s| {
        let residual = &mut s.residual;
        let mut variable = |node: &Node| residual.variable(node.variable().cloned(), node.loc());
        frozen.map(|tree| shared(&without_root_name(tree.evaluated()), &mut variable))
    })?;
    match code {
        Ok(code) if code.is_expression() => record(vm, captured(&code), Reason::Eval),
        Ok(code) => Err(malformed(vm, format!("{} is no expression by itself", code.op()))),
        Err(Uncertain(node)) => {
            let why = "a shared node is first reached on some paths only".to_owned();
            Err(abort(vm, Failure::NeedsStatements { why, place: node.loc() }))
        }
    }
}

/// How many nodes of trees make a megabyte of text, at most: most have more than a few characters.
const NODES: u64 = 1 << 16;

/// Stops the expansion if a tree has too many nodes.
pub(in crate::host) fn check_size(vm: &VirtualMachine, nodes: u64) -> PyResult<()> {
    let limit = run::with(|s| s.limits.output);
    match nodes > limit as u64 * NODES {
        true => Err(abort(vm, Failure::Limit(Limit::Output { limit, nodes, place: here(vm) }))),
        false => Ok(()),
    }
}

/// Puts a tree into the program: as a step, whose value is the result.
pub(in crate::host) fn eval(vm: &VirtualMachine, tree: &PyCodenode) -> PyResult {
    let tree = freeze(vm, tree, Taking::Move)?;
    check_size(vm, tree.size())?;
    if prompt::is_running() {
        return at_prompt::evaluate(vm, &tree);
    }
    let tree = captured(&tree.evaluated());
    if tree.op() == Op::BLOCK {
        for statement in tree.args() {
            record(vm, statement.clone(), Reason::Eval)?;
        }
        return Ok(vm.ctx.none());
    }
    if tree.is_statement() {
        record(vm, tree, Reason::Eval)?;
        return Ok(vm.ctx.none());
    }
    if !tree.is_expression() {
        return Err(malformed(vm, format!("{} is no expression by itself", tree.op())));
    }
    record(vm, without_root_name(tree), Reason::Eval)
}

/// In a macro the root's own name is ignored: its definition is computed again.
fn without_root_name(tree: Node) -> Node {
    if tree.is_definition() { tree.with_name(None) } else { tree }
}
