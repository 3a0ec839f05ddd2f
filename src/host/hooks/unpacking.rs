//! Stars in calls and displays: unpacked on static values, residual on others.

use rustpython_vm::builtins::{PyDict, PyList, PySet, PyStr, PyStrRef, PyTuple};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine};

use crate::codenode::{Name, Node, Op, Origin, TemporaryId, keyword_argument};
use crate::host::hooks::operate::{method_code, needs_static, op_at};
use crate::host::objects::abort::needs_statements;
use crate::host::objects::binding_time::{holds_run_time, is_run_time};
use crate::host::objects::constants;
use crate::host::objects::payload::{
    DisplayPart, KeyValue, PyDynamic, PyPart, PyStagedBuiltin, PyStagedMethod,
};
use crate::host::objects::provenance::here;
use crate::host::recording::lift::{Taking, lift};
use crate::host::recording::record::record;
use crate::host::state::recording;
use crate::residual::{Mark, Reason, Statement, after_star};

fn marker(vm: &VirtualMachine, part: DisplayPart) -> PyObjectRef {
    let mark = recording::with(|s| s.residual.mark());
    PyPart { part, mark }.into_ref(&vm.ctx).into()
}

/// `*value`: its elements are taken here, as Python does.
pub(super) fn star(value: PyObjectRef, vm: &VirtualMachine) -> PyResult {
    Ok(match is_run_time(&value) {
        true => marker(vm, DisplayPart::Star(value)),
        false => marker(vm, DisplayPart::Elements(vm.extract_elements_with(&value, Ok)?)),
    })
}

/// `**value`.
pub(super) fn double_star(value: PyObjectRef, vm: &VirtualMachine) -> PyResult {
    if is_run_time(&value) {
        return Ok(marker(vm, DisplayPart::DoubleStar(value)));
    }
    let pairs = match value.downcast_ref_if_exact::<PyDict>(vm) {
        Some(known) => known.to_owned(),
        None => {
            if !value.class().has_attr(vm.ctx.intern_str("keys")) {
                let class = value.class().name().to_string();
                return Err(vm.new_type_error(format!("'{class}' object is not a mapping")));
            }
            let dict = vm.ctx.new_dict();
            vm.call_method(dict.as_object(), "update", (value,))?;
            dict
        }
    };
    Ok(marker(vm, DisplayPart::Pairs(pairs.into_iter().collect())))
}

/// `name=value` in a call with stars.
pub(super) fn keyword(name: PyStrRef, value: PyObjectRef, vm: &VirtualMachine) -> PyObjectRef {
    marker(vm, DisplayPart::Keyword(name.as_wtf8().to_string_lossy().into(), value))
}

/// `key: value` in a dict display.
pub(super) fn pair(key: PyObjectRef, value: PyObjectRef, vm: &VirtualMachine) -> PyObjectRef {
    marker(vm, DisplayPart::Pair(key, value))
}

fn marked(object: &PyObject) -> Option<&PyPart> {
    object.downcast_ref::<PyPart>().map(|marker| &**marker)
}

/// What follows a star and only the program knows.
fn open(object: &PyObject) -> Option<(&PyObjectRef, Mark)> {
    let marker = marked(object)?;
    match &marker.part {
        DisplayPart::Star(value) | DisplayPart::DoubleStar(value) => Some((value, marker.mark)),
        _ => None,
    }
}

/// A call with stars: the function, then arguments and markers.
pub(super) fn call(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let Some((function, given)) = args.args.split_first() else {
        return Err(vm.new_type_error("nothing to call"));
    };
    let Some((unknown, mark)) = given.iter().find_map(|argument| open(argument)) else {
        return function.call(bound(vm, given)?, vm);
    };
    let Some(callee) = callee(vm, function)? else {
        return needs_static(vm, unknown, "be iterated");
    };
    let mut arguments = Vec::new();
    for argument in given {
        arguments.extend(argument_code(vm, argument)?);
    }
    record_from_star(vm, mark, Node::call(callee, arguments))
}

/// Leaves a call or display for run time, in which what was recorded since its first star stands
/// after that.
fn record_from_star(vm: &VirtualMachine, star: Mark, node: Node) -> PyResult {
    let block = recording::with(|s| s.residual.take_since(star));
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
    match recording::with(|s| after_star(&s.residual, block, &node)) {
        Some(node) => {
            recording::with(|s| s.conditional.extend(ids));
            record(vm, node, Reason::Operation)
        }
        None => Err(needs_statements(vm, "what follows the star needs statements")),
    }
}

/// The code of a function that is called at run time, if it can be.
fn callee(vm: &VirtualMachine, function: &PyObject) -> PyResult<Option<Node>> {
    if let Some(builtin) = function.downcast_ref::<PyStagedBuiltin>() {
        return Ok(Some(Node::var(builtin.name.as_str(), Origin::Builtin)));
    }
    if let Some(method) = function.downcast_ref::<PyStagedMethod>() {
        return method_code(vm, method).map(Some);
    }
    match function.downcastable::<PyDynamic>() {
        true => lift(vm, function, Taking::Refer).map(Some),
        false => Ok(None),
    }
}

fn argument_code(vm: &VirtualMachine, argument: &PyObject) -> PyResult<Vec<Node>> {
    let code = |object: &PyObjectRef| lift(vm, object, Taking::Refer);
    let Some(marker) = marked(argument) else {
        return Ok(vec![lift(vm, argument, Taking::Refer)?]);
    };
    Ok(match &marker.part {
        DisplayPart::Elements(elements) => return elements.iter().map(code).collect(),
        DisplayPart::Pairs(pairs) if pairs.is_empty() => Vec::new(),
        DisplayPart::Pairs(pairs) => {
            let dict = Node::new(Op::DICT, pairs_code(vm, pairs)?);
            vec![Node::new(Op::DOUBLESTAR, vec![dict])]
        }
        DisplayPart::Star(value) => vec![Node::new(Op::STAR, vec![code(value)?])],
        DisplayPart::DoubleStar(value) => vec![Node::new(Op::DOUBLESTAR, vec![code(value)?])],
        DisplayPart::Keyword(name, value) => {
            vec![keyword_argument(name.clone(), code(value)?)]
        }
        DisplayPart::Pair(key, value) => vec![Node::new(Op::PAIR, vec![code(key)?, code(value)?])],
    })
}

fn pairs_code(vm: &VirtualMachine, pairs: &[KeyValue]) -> PyResult<Vec<Node>> {
    let code = |object: &PyObjectRef| lift(vm, object, Taking::Refer);
    let pairs =
        pairs.iter().map(|(key, value)| Ok(Node::new(Op::PAIR, vec![code(key)?, code(value)?])));
    pairs.collect()
}

/// The arguments of a call whose stars are all known.
fn bound(vm: &VirtualMachine, given: &[PyObjectRef]) -> PyResult<FuncArgs> {
    let mut args = FuncArgs::default();
    for argument in given {
        let Some(marker) = marked(argument) else {
            args.args.push(argument.clone());
            continue;
        };
        match &marker.part {
            DisplayPart::Elements(elements) => args.args.extend(elements.iter().cloned()),
            DisplayPart::Keyword(name, value) => {
                bind_keyword(vm, &mut args, name.to_string(), value.clone())?;
            }
            DisplayPart::Pairs(pairs) => {
                for (name, value) in pairs {
                    let Some(name) = name.downcast_ref::<PyStr>() else {
                        return Err(vm.new_type_error("keywords must be strings"));
                    };
                    let name = name.as_wtf8().to_string_lossy().into_owned();
                    bind_keyword(vm, &mut args, name, value.clone())?;
                }
            }
            // The others aren't in calls, or not known.
            DisplayPart::Star(_) | DisplayPart::DoubleStar(_) | DisplayPart::Pair(..) => {}
        }
    }
    Ok(args)
}

fn bind_keyword(
    vm: &VirtualMachine,
    args: &mut FuncArgs,
    name: String,
    value: PyObjectRef,
) -> PyResult<()> {
    if args.kwargs.contains_key(&name) {
        let message = format!("got multiple values for keyword argument '{name}'");
        return Err(vm.new_type_error(message));
    }
    args.kwargs.insert(name, value);
    Ok(())
}

/// A display: its op, then elements and markers.
pub(super) fn display(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let op = op_at(&args, 0);
    let given = args.args.get(1..).unwrap_or_default();
    let star = given.iter().find_map(|object| open(object)).map(|(_, mark)| mark);
    if star.is_some() || given.iter().any(|object| is_hashed_later(vm, op, object)) {
        let mut parts = Vec::new();
        for object in given {
            match (marked(object).map(|marker| &marker.part), op) {
                (Some(DisplayPart::Pairs(pairs)), Op::DICT) => parts.extend(pairs_code(vm, pairs)?),
                _ => parts.extend(argument_code(vm, object)?),
            }
        }
        let node = Node::new(op, parts);
        return match star {
            Some(star) => record_from_star(vm, star, node),
            None => record(vm, node, Reason::Operation),
        };
    }
    if op == Op::DICT {
        return displayed_dict(vm, given);
    }
    let mut elements = Vec::new();
    for object in given {
        match marked(object).map(|marker| &marker.part) {
            Some(DisplayPart::Elements(known)) => elements.extend(known.iter().cloned()),
            _ => elements.push(object.clone()),
        }
    }
    match op {
        Op::TUPLE => Ok(vm.ctx.new_tuple(elements).into()),
        Op::LIST => Ok(vm.ctx.new_list(elements).into()),
        Op::SET => {
            let set = PySet::default().into_ref(&vm.ctx);
            elements.into_iter().try_for_each(|element| set.add(element, vm))?;
            Ok(set.into())
        }
        _ => Err(vm.new_type_error("a display is a tuple, list, set or dict")),
    }
}

fn displayed_dict(vm: &VirtualMachine, given: &[PyObjectRef]) -> PyResult {
    let dict = vm.ctx.new_dict();
    for object in given {
        match marked(object).map(|marker| &marker.part) {
            Some(DisplayPart::Pair(key, value)) => dict.set_item(&**key, value.clone(), vm)?,
            Some(DisplayPart::Pairs(pairs)) => {
                for (key, value) in pairs {
                    dict.set_item(&**key, value.clone(), vm)?;
                }
            }
            // Nothing else stands in a dict display.
            _ => {}
        }
    }
    Ok(dict.into())
}

/// Whether a part of a display is hashed, and only the program can do that.
fn is_hashed_later(vm: &VirtualMachine, op: Op, object: &PyObject) -> bool {
    match (marked(object).map(|marker| &marker.part), op) {
        (Some(DisplayPart::Pair(key, _)), _) => holds_run_time(vm, key),
        (Some(DisplayPart::Elements(elements)), Op::SET) => {
            elements.iter().any(|element| holds_run_time(vm, element))
        }
        (None, Op::SET) => holds_run_time(vm, object),
        _ => false,
    }
}

/// The value on the right of a display of targets: the value, the number of the target with a star or
/// None, then the name of each target or None. A run-time value is taken apart when the program runs.
pub(in crate::host) fn unpack(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let Some(([value, star], names)) = args.args.split_first_chunk() else {
        return Err(vm.new_type_error("there is nothing to take apart"));
    };
    let star = (!vm.is_none(star)).then(|| constants::index(&args, 1));
    let is_display = value.downcastable::<PyList>() || value.downcastable::<PyTuple>();
    if star.is_none() && !is_run_time(value) && !is_display {
        return Ok(value.clone());
    }
    let hint = |name: &PyObjectRef| {
        name.downcast_ref::<PyStr>().map(|name| name.as_wtf8().to_string_lossy().into())
    };
    let targets = Targets { star, names: names.iter().map(hint).collect() };
    Ok(vm.ctx.new_tuple(targets.take_apart(value, vm)?).into())
}

/// A display of targets.
pub(in crate::host) struct Targets {
    /// The number of the one with a star.
    pub star: Option<usize>,
    /// Their names, of those that are variables.
    pub names: Vec<Option<Name>>,
}

impl Targets {
    /// What each target is given of the value.
    ///
    /// # Errors
    /// Raises what Python does if there are too many or too few elements.
    pub(in crate::host) fn take_apart(
        self,
        value: &PyObject,
        vm: &VirtualMachine,
    ) -> PyResult<Vec<PyObjectRef>> {
        match is_run_time(value) {
            true => self.take_apart_later(value, vm),
            false => self.take_apart_now(vm.extract_elements_with(value, Ok)?, vm),
        }
    }

    fn take_apart_now(
        self,
        mut elements: Vec<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult<Vec<PyObjectRef>> {
        let (given, wanted) = (elements.len(), self.names.len());
        let Some(star) = self.star else {
            return match given == wanted {
                true => Ok(elements),
                false if given > wanted => {
                    Err(vm
                        .new_value_error(format!("too many values to unpack (expected {wanted})")))
                }
                false => Err(vm.new_value_error(format!(
                    "not enough values to unpack (expected {wanted}, got {given})"
                ))),
            };
        };
        let Some(more) = (given + 1).checked_sub(wanted) else {
            let least = wanted - 1;
            return Err(vm.new_value_error(format!(
                "not enough values to unpack (expected at least {least}, got {given})"
            )));
        };
        // `star + more` is at most `given`: `star` is less than `wanted`.
        let rest = elements.drain(star..star + more).collect();
        elements.insert(star, vm.ctx.new_list(rest).into());
        Ok(elements)
    }

    fn take_apart_later(self, value: &PyObject, vm: &VirtualMachine) -> PyResult<Vec<PyObjectRef>> {
        let code = lift(vm, value, Taking::Refer)?;
        let place = here(vm);
        let variable = |hint| recording::with(|s| s.residual.variable(hint, place));
        let targets: Vec<_> = self.names.into_iter().map(variable).collect();
        let node = |(at, id): (usize, &TemporaryId)| match Some(at) == self.star {
            true => Node::new(Op::STAR, vec![Node::temporary(*id)]),
            false => Node::temporary(*id),
        };
        let nodes = targets.iter().enumerate().map(node).collect();
        let assign = Node::new(Op::ASSIGN, vec![Node::new(Op::TUPLE, nodes), code]);
        record(vm, assign, Reason::Operation)?;
        Ok(targets.into_iter().map(|id| PyDynamic::new_object(vm, id)).collect())
    }
}
