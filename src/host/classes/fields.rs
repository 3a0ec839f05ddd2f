//! The fields of a tree by name: `node.body`, `node.returns`, `node.docstring`.
//!
//! A list that the op's table has (a body, parameters, decorators) is the list itself, so that
//! `node.body.append(…)` changes the tree. What may be missing is None where it is.

use rustpython_vm::builtins::{PyBaseExceptionRef, PyListRef, PyStr};
use rustpython_vm::function::{KwArgs, PySetterValue};
use rustpython_vm::types::{GetAttr, SetAttr};
use rustpython_vm::{AsObject as _, Py, PyObjectRef, PyRef, PyResult, VirtualMachine};

use crate::codenode::{Field, FieldKind, Naming, Node, Op, Origin, Value, field_range};
use crate::diagnostic::spelling::question;
use crate::host::objects::constants;
use crate::host::objects::payload::PyCodenode;
use crate::host::objects::suggestion::with_help;
use crate::host::recording::lift::{Taking, lift};

/// A field as Python code names it: one of the op's, or one that follows from them.
enum FieldAccess {
    Field(usize, Field),
    /// What other parameters may have, and this has never.
    Absent,
    /// The arguments of a call that passes on what the function was called with.
    Forwarded,
    /// The variable that a definition or parameter binds, as code.
    Variable,
    /// The first target of an assignment.
    FirstTarget,
    /// The target of the first item of a `with`.
    ItemTarget,
}

fn find(op: Op, name: &str) -> Option<FieldAccess> {
    let index = op.fields().iter().position(|field| field.name == name);
    match (index, op, name) {
        (Some(index), ..) => op.fields().get(index).map(|field| FieldAccess::Field(index, *field)),
        (_, Op::STARPARAM | Op::DOUBLESTARPARAM, "default") => Some(FieldAccess::Absent),
        (_, Op::SLASH, "default" | "annotation") => Some(FieldAccess::Absent),
        (_, Op::DEF | Op::ASYNCDEF | Op::LAMBDA, "arguments") => Some(FieldAccess::Forwarded),
        (_, op, "variable") if op.naming() == Naming::Own => Some(FieldAccess::Variable),
        (_, Op::ASSIGN | Op::DELETE, "target") => Some(FieldAccess::FirstTarget),
        (_, Op::WITH | Op::ASYNCWITH, "target") => Some(FieldAccess::ItemTarget),
        _ => None,
    }
}

impl GetAttr for PyCodenode {
    fn getattro(zelf: &Py<Self>, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
        let op = zelf.state.borrow().op;
        match name.as_wtf8().as_str().ok().and_then(|name| find(op, name)) {
            Some(named) => field_value(zelf, &named, name, vm),
            None => zelf.as_object().generic_getattr(name, vm).map_err(|missing| {
                match missing.fast_isinstance(vm.ctx.exceptions.attribute_error) {
                    true => no_field(vm, op, &name.as_wtf8().to_string_lossy()),
                    false => missing,
                }
            }),
        }
    }
}

/// The AttributeError of a field that the op hasn't.
fn no_field(vm: &VirtualMachine, op: Op, name: &str) -> PyBaseExceptionRef {
    let has = fields_of(op);
    let code = format!("in quoted code an attribute of a tree is getattr(tree, \"{name}\")");
    vm.new_attribute_error(format!("a {op} has no `{name}`{has} ({code})"))
}

fn fields_of(op: Op) -> String {
    let fields: Vec<&str> = op.fields().iter().map(|field| field.name).collect();
    match fields.as_slice() {
        [] => String::new(),
        fields => format!("; its fields are {}", fields.join(", ")),
    }
}

impl SetAttr for PyCodenode {
    fn setattro(
        zelf: &Py<Self>,
        name: &Py<PyStr>,
        value: PySetterValue,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let op = zelf.state.borrow().op;
        let named = name.as_wtf8().as_str().ok().and_then(|name| find(op, name));
        match (named, value) {
            (Some(named), PySetterValue::Assign(value)) => {
                set_field_value(zelf, &named, name, value, vm)
            }
            (_, value) => zelf.as_object().generic_setattr(name, value, vm),
        }
    }
}

fn field_value(
    node: &PyCodenode,
    named: &FieldAccess,
    name: &Py<PyStr>,
    vm: &VirtualMachine,
) -> PyResult {
    match named {
        FieldAccess::Field(index, field) => get_field(node, *index, *field, name, vm),
        FieldAccess::Absent => Ok(vm.ctx.none()),
        FieldAccess::Forwarded => forwarded_arguments(node, vm),
        FieldAccess::Variable => bound_variable(node, vm),
        FieldAccess::FirstTarget => first_of(node, "targets", vm),
        FieldAccess::ItemTarget => match first_of(node, "items", vm)? {
            item if vm.is_none(&item) => Ok(item),
            item => item.get_attr("target", vm),
        },
    }
}

fn set_field_value(
    node: &PyCodenode,
    named: &FieldAccess,
    name: &Py<PyStr>,
    value: PyObjectRef,
    vm: &VirtualMachine,
) -> PyResult<()> {
    match named {
        FieldAccess::Field(index, field) => set_field(node, *index, *field, name, value, vm),
        FieldAccess::Forwarded | FieldAccess::Variable | FieldAccess::Absent => {
            let message = format!("`{}` follows from the tree: it can't be set", name.as_wtf8());
            Err(vm.new_attribute_error(message))
        }
        FieldAccess::FirstTarget => {
            if let Some(target) = node.args_list(vm).borrow_vec_mut().first_mut() {
                *target = value;
            }
            Ok(())
        }
        FieldAccess::ItemTarget => first_of(node, "items", vm)?.set_attr("target", value, vm),
    }
}

/// The first of what a field has, or None.
fn first_of(node: &PyCodenode, field: &str, vm: &VirtualMachine) -> PyResult {
    let op = node.state.borrow().op;
    let Some(FieldAccess::Field(index, found)) = find(op, field) else {
        return Ok(vm.ctx.none());
    };
    let all = get_field(node, index, found, &vm.ctx.new_str(field), vm)?;
    let all = vm.extract_elements_with(&all, Ok)?;
    Ok(all.into_iter().next().unwrap_or_else(|| vm.ctx.none()))
}

/// The arguments of a field.
///
/// # Errors
/// An AttributeError if the node has fewer arguments than its op takes.
fn field_args(
    node: &PyCodenode,
    index: usize,
    name: &Py<PyStr>,
    vm: &VirtualMachine,
) -> PyResult<(PyListRef, usize, usize)> {
    let op = node.state.borrow().op;
    let list = node.args_list(vm);
    let (start, end) = field_range(op.fields(), index, list.borrow_vec().len());
    if end > list.borrow_vec().len() {
        let message = format!("the {op} has no `{}` among its args", name.as_wtf8());
        return Err(vm.new_attribute_error(message));
    }
    Ok((list, start, end))
}

fn get_field(
    node: &PyCodenode,
    index: usize,
    field: Field,
    name: &Py<PyStr>,
    vm: &VirtualMachine,
) -> PyResult {
    let (list, start, end) = field_args(node, index, name, vm)?;
    let items = list.borrow_vec().get(start..end).unwrap_or_default().to_vec();
    if matches!(field.kind, FieldKind::Many(..)) {
        return Ok(vm.ctx.new_tuple(items).into());
    }
    let Some(item) = items.into_iter().next() else { return Ok(vm.ctx.none()) };
    let Some(inner) = item.downcast_ref::<PyCodenode>() else { return Ok(item) };
    match (field.kind, inner.state.borrow().op) {
        (FieldKind::Optional(_) | FieldKind::Docstring, Op::EMPTY) => return Ok(vm.ctx.none()),
        (FieldKind::List(op, _), own) if op == own => {}
        (FieldKind::Branch, Op::BLOCK)
        | (FieldKind::Name, Op::VALUE)
        | (FieldKind::Docstring, Op::EXPR) => {}
        _ => return Ok(item.clone()),
    }
    let inner = inner.args_list(vm);
    match field.kind {
        FieldKind::Name | FieldKind::Docstring => {
            let text = inner.borrow_vec().first().cloned();
            Ok(text.unwrap_or_else(|| vm.ctx.none()))
        }
        _ => Ok(inner.into()),
    }
}

fn set_field(
    node: &PyCodenode,
    index: usize,
    field: Field,
    name: &Py<PyStr>,
    value: PyObjectRef,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let (list, start, end) = field_args(node, index, name, vm)?;
    let own = list.borrow_vec().get(start).cloned();
    if let FieldKind::List(op, _) = field.kind
        && let Some(own) = own.as_ref().and_then(|own| own.downcast_ref::<PyCodenode>())
        && own.state.borrow().op == op
        && !value.downcastable::<PyCodenode>()
    {
        // The list stays the node's own, with the comments and blank lines around it.
        let items = vm.extract_elements_with(&value, Ok)?;
        *own.args_list(vm).borrow_vec_mut() = items;
        return Ok(());
    }
    let new = of_kind(vm, field.kind, value)?;
    list.borrow_vec_mut().splice(start..end, new);
    Ok(())
}

/// What a call of the definition from inside of it passes to pass everything on.
fn forwarded_arguments(node: &PyCodenode, vm: &VirtualMachine) -> PyResult {
    let parameters = first_node(node, "parameters", vm)?;
    let passed = parameters.map_or_else(Vec::new, |tree| forwarded(tree.args()));
    let passed = passed.into_iter().map(|tree| PyCodenode::new_object(vm, tree)).collect();
    Ok(vm.ctx.new_list(passed).into())
}

/// The tree of the node that a field is.
fn first_node(node: &PyCodenode, field: &str, vm: &VirtualMachine) -> PyResult<Option<Node>> {
    let op = node.state.borrow().op;
    let Some(FieldAccess::Field(index, _)) = find(op, field) else { return Ok(None) };
    let (list, start, _) = field_args(node, index, &vm.ctx.new_str(field), vm)?;
    let item = list.borrow_vec().get(start).cloned();
    item.map(|item| lift(vm, &item, Taking::Look)).transpose()
}

/// The variable that the node binds, as code.
fn bound_variable(node: &PyCodenode, vm: &VirtualMachine) -> PyResult {
    let state = node.state.borrow();
    let is_same = state.name.as_ref() == state.tree.name();
    let origin = if is_same { state.tree.origin() } else { Origin::Here };
    Ok(match &state.name {
        Some(name) => PyCodenode::new_object(vm, Node::var(name.clone(), origin)),
        None => vm.ctx.none(),
    })
}

/// The arguments of a call by which a function with these parameters passes all it was given on.
fn forwarded(parameters: &[Node]) -> Vec<Node> {
    let mut passed = Vec::new();
    let mut by_keyword = false;
    for parameter in parameters {
        let Some(name) = parameter.name() else {
            by_keyword |= parameter.op() == Op::STARPARAM;
            continue;
        };
        let variable = Node::var(name.clone(), parameter.origin());
        passed.push(match parameter.op() {
            Op::STARPARAM => Node::new(Op::STAR, vec![variable]),
            Op::DOUBLESTARPARAM => Node::new(Op::DOUBLESTAR, vec![variable]),
            _ if by_keyword => Node::new(Op::KEYWORD, vec![variable]).with_name(Some(name.clone())),
            _ => variable,
        });
        by_keyword |= parameter.op() == Op::STARPARAM;
    }
    passed
}

/// The arguments of a field that is given `value`.
fn of_kind(vm: &VirtualMachine, kind: FieldKind, value: PyObjectRef) -> PyResult<Vec<PyObjectRef>> {
    let is_tree = value.downcastable::<PyCodenode>();
    let empty = || PyCodenode::new_object(vm, Node::empty());
    Ok(match kind {
        FieldKind::Many(..) => vm.extract_elements_with(&value, Ok)?,
        FieldKind::List(op, _) => vec![list_node(vm, op, value)?],
        FieldKind::Branch if !is_tree => vec![list_node(vm, Op::BLOCK, value)?],
        FieldKind::Optional(_) | FieldKind::Docstring if vm.is_none(&value) => vec![empty()],
        FieldKind::Docstring => {
            let text = if is_tree { value } else { constant_node(vm, &value) };
            vec![as_statement(vm, text)?]
        }
        FieldKind::Name if !is_tree => vec![constant_node(vm, &value)],
        _ => vec![value],
    })
}

/// The arguments of a new node whose fields these are: what may be missing and isn't given is
/// missing. Without any, a node that needs some has no arguments yet.
pub(in crate::host) fn args_of_fields(
    vm: &VirtualMachine,
    op: Op,
    given: KwArgs,
) -> PyResult<Vec<PyObjectRef>> {
    let mut given: Vec<(String, PyObjectRef)> = given.into_iter().collect();
    let is_bare = given.is_empty();
    let is_unknown = |name: &&String| op.fields().iter().all(|field| field.name != **name);
    if let Some(name) = given.iter().map(|(name, _)| name).find(is_unknown) {
        return Err(unknown_field(vm, op, name));
    }
    let mut args = Vec::new();
    for field in op.fields() {
        let at = given.iter().position(|(name, _)| name == field.name);
        let value = match (at.map(|at| given.swap_remove(at).1), field.kind) {
            (Some(value), _) => value,
            (None, FieldKind::Optional(_) | FieldKind::Docstring) => vm.ctx.none(),
            (None, FieldKind::List(..) | FieldKind::Many(..)) => vm.ctx.new_list(Vec::new()).into(),
            (None, FieldKind::Branch) if field.name == "orelse" => {
                vm.ctx.new_list(Vec::new()).into()
            }
            (None, _) if is_bare => return Ok(Vec::new()),
            (None, _) => {
                let message = format!("{op} needs `{}`", field.name);
                return Err(vm.new_type_error(message));
            }
        };
        args.extend(of_kind(vm, field.kind, value)?);
    }
    Ok(args)
}

fn unknown_field(vm: &VirtualMachine, op: Op, name: &str) -> PyBaseExceptionRef {
    let exception = vm.new_type_error(format!("{op} has no `{name}`{}", fields_of(op)));
    let fields = op.fields().iter().map(|field| field.name);
    with_help(vm, &exception, question(name, fields));
    exception
}

fn as_statement(vm: &VirtualMachine, object: PyObjectRef) -> PyResult<PyObjectRef> {
    let is_statement =
        object.downcast_ref::<PyCodenode>().is_some_and(|n| n.state.borrow().op == Op::EXPR);
    if is_statement {
        return Ok(object);
    }
    let statement = PyCodenode::new_object(vm, Node::new(Op::EXPR, Vec::new()));
    let node: PyRef<PyCodenode> = statement.clone().try_into_value(vm)?;
    *node.args_list(vm).borrow_vec_mut() = vec![object];
    Ok(statement)
}

/// The node that holds a list: the one that is given, or a new one with what `value` has.
fn list_node(vm: &VirtualMachine, op: Op, value: PyObjectRef) -> PyResult<PyObjectRef> {
    let is_it = value.downcast_ref::<PyCodenode>().is_some_and(|n| n.state.borrow().op == op);
    if is_it {
        return Ok(value);
    }
    let items = vm.extract_elements_with(&value, Ok)?;
    let object = PyCodenode::new_object(vm, Node::new(op, Vec::new()));
    let node: PyRef<PyCodenode> = object.clone().try_into_value(vm)?;
    *node.args_list(vm).borrow_vec_mut() = items;
    Ok(object)
}

/// A constant as a tree; what is none stays itself, for the check of the tree to refuse.
fn constant_node(vm: &VirtualMachine, object: &PyObjectRef) -> PyObjectRef {
    let value: Option<Value> = constants::from_object(vm, object);
    value.map_or_else(|| object.clone(), |v| PyCodenode::new_object(vm, Node::value(v)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codenode::{Plain, lower};
    use crate::print::{self, Style};
    use crate::source::FileId;

    #[track_caller]
    fn check(parameters: &str, expected: &str) {
        let code = format!("lambda {parameters}: 0");
        let parsed = rustpython_parser::parse_expression(&code).map(|parsed| parsed.into_syntax());
        let lambda = parsed.map(|parsed| lower(&parsed.body, FileId(0), &code, &mut Plain));
        let all = lambda.ok().and_then(|lambda| lambda.args().first().cloned());
        let passed = forwarded(all.as_ref().map_or(&[], Node::args));
        let call = Node::call(Node::var("f", Origin::Site), passed);
        assert_eq!(print::expression(&call, Style::default()), expected);
    }

    #[test]
    fn all_that_a_function_was_called_with_is_passed_on() {
        check("", "f()");
        check("a, b=1", "f(a, b)");
        check("a, /, b", "f(a, b)");
        check("a, *, b", "f(a, b=b)");
        check("*a, b", "f(*a, b=b)");
        check("a, **b", "f(a, **b)");
    }
}
