//! Stars in calls and displays: what follows one is spread now, or left for run time.

use rustpython_vm::builtins::{PyDict, PySet, PyStr, PyStrRef};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine};

use super::failure::Failure;
use super::lift::{Taking, lift};
use super::look::{holds_run_time, is_run_time};
use super::objects::{PyDynamic, PySpread, PyStagedBuiltin, PyStagedMethod};
use super::operate::{op_at, refuse};
use super::provenance::here;
use super::record::record;
use super::session;
use super::stop::stop;
use crate::codenode::{Node, Op, Origin};
use crate::residual::{Reason, Statement, after_star};

fn marker(
    vm: &VirtualMachine,
    op: Op,
    name: Option<PyStrRef>,
    parts: Vec<PyObjectRef>,
) -> PyObjectRef {
    let name = name.map(|name| name.as_wtf8().to_string_lossy().into());
    let mark = session::with(|s| s.residual.mark());
    PySpread { op, name, parts, mark }.into_ref(&vm.ctx).into()
}

/// `*value`: its elements are taken here, as Python does.
pub(super) fn star(value: PyObjectRef, vm: &VirtualMachine) -> PyResult {
    match is_run_time(&value) {
        true => Ok(marker(vm, Op::STAR, None, vec![value])),
        false => {
            let elements = vm.extract_elements_with(&value, Ok)?;
            Ok(marker(vm, Op::TUPLE, None, elements))
        }
    }
}

/// `**value`.
pub(super) fn double_star(value: PyObjectRef, vm: &VirtualMachine) -> PyResult {
    if is_run_time(&value) {
        return Ok(marker(vm, Op::DOUBLESTAR, None, vec![value]));
    }
    let dict = vm.ctx.new_dict();
    let pairs: PyObjectRef = match value.downcast_ref_if_exact::<PyDict>(vm) {
        Some(known) => known.to_owned().into(),
        None => {
            if !value.class().has_attr(vm.ctx.intern_str("keys")) {
                let class = value.class().name().to_string();
                return Err(vm.new_type_error(format!("'{class}' object is not a mapping")));
            }
            vm.call_method(dict.as_object(), "update", (value,))?;
            dict.into()
        }
    };
    let mut parts = Vec::new();
    if let Some(pairs) = pairs.downcast_ref::<PyDict>() {
        for (key, value) in &pairs.to_owned() {
            parts.extend([key, value]);
        }
    }
    Ok(marker(vm, Op::DICT, None, parts))
}

/// `name=value` in a call with stars.
pub(super) fn keyword(name: PyStrRef, value: PyObjectRef, vm: &VirtualMachine) -> PyObjectRef {
    marker(vm, Op::KEYWORD, Some(name), vec![value])
}

/// `key: value` in a dict display.
pub(super) fn pair(key: PyObjectRef, value: PyObjectRef, vm: &VirtualMachine) -> PyObjectRef {
    marker(vm, Op::PAIR, None, vec![key, value])
}

fn spread(object: &PyObject) -> Option<&PySpread> {
    object.downcast_ref::<PySpread>().map(|spread| &**spread)
}

/// A call with stars: the function, then arguments and markers.
pub(super) fn call(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let Some((function, given)) = args.args.split_first() else {
        return Err(vm.new_type_error("nothing to call"));
    };
    let open = given.iter().find(|argument| is_open(argument));
    match open.and_then(|argument| spread(argument)?.parts.first()) {
        Some(unknown) => {
            let callee = match callee(vm, function)? {
                Some(callee) => callee,
                None => return refuse(vm, unknown, "be iterated"),
            };
            let mut arguments = Vec::new();
            for argument in given {
                arguments.extend(argument_code(vm, argument)?);
            }
            record_from_star(vm, given, Node::call(callee, arguments))
        }
        None => function.call(bound(vm, given)?, vm),
    }
}

/// Leaves a call or display for run time, in which what was recorded since its first star stands
/// after that.
fn record_from_star(vm: &VirtualMachine, given: &[PyObjectRef], node: Node) -> PyResult {
    let first = given.iter().find(|object| is_open(object)).and_then(|object| spread(object));
    let Some(mark) = first.map(|spread| spread.mark) else {
        return record(vm, node, Reason::Operation);
    };
    let block = session::with(|s| s.residual.take_since(mark));
    if block.is_empty() {
        return record(vm, node, Reason::Operation);
    }
    let ids: Vec<_> = block
        .iter()
        .filter_map(|statement| match statement {
            Statement::Step(id) => Some(*id),
            _ => None,
        })
        .collect();
    match session::with(|s| after_star(&s.residual, block, &node)) {
        Some(node) => {
            session::with(|s| s.conditional.extend(ids));
            record(vm, node, Reason::Operation)
        }
        None => {
            let why = "what follows the star needs statements".to_owned();
            Err(stop(vm, Failure::NeedsStatements { why, place: here(vm) }))
        }
    }
}

fn is_open(object: &PyObject) -> bool {
    spread(object).is_some_and(|s| matches!(s.op, Op::STAR | Op::DOUBLESTAR))
}

/// The code of a function that is called at run time, if it can be.
fn callee(vm: &VirtualMachine, function: &PyObject) -> PyResult<Option<Node>> {
    if let Some(builtin) = function.downcast_ref::<PyStagedBuiltin>() {
        return Ok(Some(Node::var(builtin.name.as_str(), Origin::Builtin)));
    }
    if let Some(method) = function.downcast_ref::<PyStagedMethod>() {
        return method.code(vm).map(Some);
    }
    match function.downcastable::<PyDynamic>() {
        true => lift(vm, function, Taking::Refer).map(Some),
        false => Ok(None),
    }
}

fn argument_code(vm: &VirtualMachine, argument: &PyObject) -> PyResult<Vec<Node>> {
    let code = |object: &PyObjectRef| lift(vm, object, Taking::Refer);
    let Some(spread) = spread(argument) else {
        return Ok(vec![lift(vm, argument, Taking::Refer)?]);
    };
    match spread.op {
        Op::TUPLE => spread.parts.iter().map(code).collect(),
        Op::DICT if spread.parts.is_empty() => Ok(Vec::new()),
        Op::DICT => {
            let dict = Node::new(Op::DICT, pairs_code(vm, spread)?);
            Ok(vec![Node::new(Op::DOUBLESTAR, vec![dict])])
        }
        op => {
            let parts = spread.parts.iter().map(code).collect::<PyResult<Vec<_>>>()?;
            Ok(vec![Node::new(op, parts).with_name(spread.name.clone())])
        }
    }
}

fn pairs_code(vm: &VirtualMachine, spread: &PySpread) -> PyResult<Vec<Node>> {
    let pairs = spread.parts.chunks(2).map(|pair| {
        let pair = pair.iter().map(|part| lift(vm, part, Taking::Refer));
        Ok(Node::new(Op::PAIR, pair.collect::<PyResult<Vec<_>>>()?))
    });
    pairs.collect()
}

/// The arguments of a call whose stars are all known.
fn bound(vm: &VirtualMachine, given: &[PyObjectRef]) -> PyResult<FuncArgs> {
    let mut args = FuncArgs::default();
    for argument in given {
        let Some(spread) = spread(argument) else {
            args.args.push(argument.clone());
            continue;
        };
        let mut pairs: Vec<(String, PyObjectRef)> = Vec::new();
        match spread.op {
            Op::TUPLE => args.args.extend(spread.parts.iter().cloned()),
            Op::KEYWORD => pairs.extend(
                spread.name.iter().map(|n| n.to_string()).zip(spread.parts.iter().cloned()),
            ),
            _ => {
                for pair in spread.parts.chunks(2) {
                    let name = pair[0].downcast_ref::<rustpython_vm::builtins::PyStr>();
                    let Some(name) = name else {
                        return Err(vm.new_type_error("keywords must be strings"));
                    };
                    pairs.push((name.as_wtf8().to_string_lossy().into_owned(), pair[1].clone()));
                }
            }
        }
        for (name, value) in pairs {
            if args.kwargs.contains_key(&name) {
                let message = format!("got multiple values for keyword argument '{name}'");
                return Err(vm.new_type_error(message));
            }
            args.kwargs.insert(name, value);
        }
    }
    Ok(args)
}

/// A display: its op, then elements and markers.
pub(super) fn display(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let op = op_at(&args, 0);
    let given = &args.args[1..];
    let hashed = |object: &PyObjectRef| match spread(object) {
        Some(spread) if spread.op == Op::PAIR => holds_run_time(vm, &spread.parts[0]),
        Some(spread) => {
            matches!(op, Op::SET) && spread.parts.iter().any(|part| holds_run_time(vm, part))
        }
        None => op == Op::SET && holds_run_time(vm, object),
    };
    if given.iter().any(|object| is_open(object) || hashed(object)) {
        let mut parts = Vec::new();
        for object in given {
            match (spread(object), op) {
                (Some(spread), Op::DICT) if spread.op == Op::DICT => {
                    parts.extend(pairs_code(vm, spread)?);
                }
                _ => parts.extend(argument_code(vm, object)?),
            }
        }
        return record_from_star(vm, given, Node::new(op, parts));
    }
    let mut elements = Vec::new();
    for object in given {
        match spread(object) {
            Some(spread) => elements.extend(spread.parts.iter().cloned()),
            None => elements.push(object.clone()),
        }
    }
    Ok(match op {
        Op::TUPLE => vm.ctx.new_tuple(elements).into(),
        Op::LIST => vm.ctx.new_list(elements).into(),
        Op::SET => {
            let set = PySet::default().into_ref(&vm.ctx);
            elements.into_iter().try_for_each(|element| set.add(element, vm))?;
            set.into()
        }
        _ => {
            let dict = vm.ctx.new_dict();
            for pair in elements.chunks(2) {
                dict.set_item(&*pair[0], pair[1].clone(), vm)?;
            }
            dict.into()
        }
    })
}

/// The value on the right of a display of targets: the value, then the name of each target or None.
/// A run-time value is taken apart when the program runs.
pub(super) fn unpack(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let Some((value, names)) = args.args.split_first() else {
        return Err(vm.new_type_error("there is nothing to take apart"));
    };
    if !is_run_time(value) {
        return Ok(value.clone());
    }
    let code = lift(vm, value, Taking::Refer)?;
    let place = here(vm);
    let mut targets = Vec::new();
    for name in names {
        let hint = name.downcast_ref::<PyStr>().map(|n| n.as_wtf8().to_string_lossy().into());
        targets.push(session::with(|s| s.residual.variable(hint, place)));
    }
    let nodes = targets.iter().map(|id| Node::temporary(*id)).collect();
    let assign = Node::new(Op::ASSIGN, vec![Node::new(Op::TUPLE, nodes), code]);
    record(vm, assign, Reason::Operation)?;
    let values = targets.into_iter().map(|id| PyDynamic::new_object(vm, id)).collect();
    Ok(vm.ctx.new_tuple(values).into())
}
