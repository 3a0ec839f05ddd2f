//! Running a macro for a place in a file: its arguments are bound, and what it leaves is taken.

use rustpython_vm::builtins::{PyBaseExceptionRef, PyList, PyTuple};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine};

use super::failure::Failure;
use super::interpreter::{Expansion, Host, Namespace};
use super::lift::{Taking, lift_result, malformed};
use super::literal::{constant_value, followed_value};
use super::macro_class::{MacroInfo, PyMacro};
use super::objects::{PyCodenode, PyDynamic};
use super::record::{check_size, eval, record};
use super::session::{self, Activation, Bound, Followed, Session};
use super::stop::{describe, stop};
use super::unroll::PyUnroll;
use crate::codenode::{Name, Node, captured};
use crate::residual::{Presence, Reason, Step};

/// An argument of a call: its code, and its name if it is a keyword's.
#[derive(Clone, Debug)]
pub struct Argument {
    pub code: Node,
    pub keyword: Option<Name>,
    pub followed: Option<Followed>,
}

impl Argument {
    /// A positional argument.
    pub fn new(code: Node) -> Argument {
        Argument { code, keyword: None, followed: None }
    }
}

impl Host {
    /// Expands one call; none if it stays as it is.
    ///
    /// # Errors
    /// Whatever goes wrong in it.
    pub fn call_macro(
        &self,
        ns: &Namespace,
        name: &str,
        arguments: &[Argument],
    ) -> Result<Option<Expansion>, Failure> {
        session::with(|s| {
            s.begin();
            s.steps_left = s.limits.steps;
        });
        self.run(|vm| {
            let object = ns.globals.get_item(name, vm)?;
            if let Some(called) = object.downcast_ref::<PyUnroll>() {
                let (args, _) = bind(vm, &called.signature, arguments)?;
                return match called.worked_out(&args, vm)? {
                    Some(result) => match lift_result(vm, &result, Taking::Return) {
                        Err(_) if session::with(Session::has_no_source) => called.stays(vm),
                        lifted => lifted.map(Some),
                    },
                    None => called.stays(vm),
                };
            }
            let Some(called) = object.downcast_ref::<PyMacro>() else {
                return Err(vm.new_type_error(format!("'{name}' is no macro")));
            };
            let (args, activation) = bind(vm, &called.info, arguments)?;
            let result = called
                .run(activation, args, vm)
                .map_err(|exception| binding_error(vm, exception))?;
            let result = match result.downcast_ref::<PyCodenode>() {
                Some(tree) => eval(vm, tree)?,
                None if holds_statements(vm, &result)? => {
                    left(vm, &result)?;
                    vm.ctx.none()
                }
                None => result,
            };
            lift_result(vm, &result, Taking::Return).map(Some)
        })
        .map(|result| {
            let residual = session::with(|s| std::mem::take(&mut s.residual));
            result.map(|result| Expansion { residual, result })
        })
    }

    /// The parameters of a macro; none if the module has no such macro.
    pub fn parameters(&self, ns: &Namespace, name: &str) -> Option<MacroInfo> {
        self.enter(|vm| {
            let object = ns.globals.get_item(name, vm).ok()?;
            object.downcast_ref::<PyMacro>().map(|found| MacroInfo::clone(&found.info))
        })
    }

    /// Gives a macro a statement as its first argument. The statements that it leaves are steps,
    /// and if it leaves no value the result is EMPTY.
    ///
    /// # Errors
    /// Whatever goes wrong in it.
    pub fn give_statement(
        &self,
        ns: &Namespace,
        name: &str,
        arguments: &[Argument],
    ) -> Result<Expansion, Failure> {
        session::with(|s| {
            s.begin();
            s.steps_left = s.limits.steps;
        });
        self.run(|vm| {
            let object = ns.globals.get_item(name, vm)?;
            let Some(called) = object.downcast_ref::<PyMacro>() else {
                return Err(vm.new_type_error(format!("'{name}' is no macro")));
            };
            let (args, activation) = bind(vm, &called.info, arguments)?;
            let result = called
                .run(activation, args, vm)
                .map_err(|exception| binding_error(vm, exception))?;
            left(vm, &result)
        })
        .map(|result| Expansion {
            residual: session::with(|s| std::mem::take(&mut s.residual)),
            result,
        })
    }
}

/// Puts what a macro gave for a statement into the program; the value that is left.
fn left(vm: &VirtualMachine, result: &PyObject) -> PyResult<Node> {
    if vm.is_none(result) {
        return Ok(Node::empty());
    }
    if let Some(tree) = result.downcast_ref::<PyCodenode>() {
        let frozen = tree.freeze(vm, Taking::Move)?;
        if frozen.is_expression() {
            return lift_result(vm, &*eval(vm, tree)?, Taking::Return);
        }
        put(vm, vec![frozen])?;
        return Ok(Node::empty());
    }
    match trees(vm, result) {
        Some(items) => {
            let frozen = items.iter().map(|item| match item.downcast_ref::<PyCodenode>() {
                Some(tree) => tree.freeze(vm, Taking::Move),
                None => {
                    let shown = item.repr(vm)?;
                    let shown = shown.as_wtf8().to_string_lossy().into_owned();
                    Err(malformed(vm, format!("{shown} is no tree, but stands among trees")))
                }
            });
            put(vm, frozen.collect::<PyResult<Vec<_>>>()?)?;
            Ok(Node::empty())
        }
        None => lift_result(vm, result, Taking::Return),
    }
}

/// Whether it is a list or tuple with trees of statements in it.
fn holds_statements(vm: &VirtualMachine, object: &PyObject) -> PyResult<bool> {
    for item in trees(vm, object).unwrap_or_default() {
        if let Some(tree) = item.downcast_ref::<PyCodenode>()
            && !tree.freeze(vm, Taking::Look)?.is_expression()
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What is in a list or tuple with trees in it, or in lists in it; none if it has none. Of an empty
/// one nothing is left.
fn trees(vm: &VirtualMachine, object: &PyObject) -> Option<Vec<PyObjectRef>> {
    let mut items = Vec::new();
    let is_list = flatten(vm, object, &mut items, 0);
    let is_tree = |item: &PyObjectRef| item.downcastable::<PyCodenode>();
    (is_list && (items.is_empty() || items.iter().any(is_tree))).then_some(items)
}

/// How deep lists of trees may stand in each other.
const DEEPEST: usize = 100;

/// Adds what is in a list or tuple; tells whether it is one.
fn flatten(
    vm: &VirtualMachine,
    object: &PyObject,
    items: &mut Vec<PyObjectRef>,
    depth: usize,
) -> bool {
    let inner = match (
        object.downcast_ref_if_exact::<PyTuple>(vm),
        object.downcast_ref_if_exact::<PyList>(vm),
    ) {
        (Some(tuple), _) => tuple.as_slice().to_vec(),
        (_, Some(list)) => list.borrow_vec().to_vec(),
        _ => return false,
    };
    for item in inner {
        if depth > DEEPEST || !flatten(vm, &item, items, depth + 1) {
            items.push(item);
        }
    }
    true
}

/// Puts statements into the program one by one, those of a BLOCK among them. An expression is a
/// statement, too.
fn put(vm: &VirtualMachine, statements: Vec<Node>) -> PyResult<()> {
    check_size(vm, statements.iter().map(Node::size).sum())?;
    // A variable of one may be captured by another.
    for statement in captured(&Node::block(statements).with_variables()).args() {
        if !statement.is_statement() {
            return Err(malformed(vm, format!("{} is no statement", statement.op())));
        }
        record(vm, statement.clone(), Reason::Eval)?;
    }
    Ok(())
}

/// Binds the arguments of a call site to what the macro's body will see: constants to their
/// values, all else to steps of the residual program.
fn bind(
    vm: &VirtualMachine,
    info: &MacroInfo,
    arguments: &[Argument],
) -> PyResult<(FuncArgs, Activation)> {
    let mut args = FuncArgs::default();
    let mut bound = Vec::new();
    for (index, argument) in arguments.iter().enumerate() {
        let parameter = info.parameter(args.args.len(), argument.keyword.as_ref());
        let known = constant_value(vm, &argument.code)
            .or_else(|| followed_value(vm, &argument.followed.as_ref()?.tree));
        let value = match known {
            Some(value) => value,
            None => {
                let taken = parameter.is_some_and(|p| info.unevaled.contains(p));
                let presence = if taken { Presence::OnDemand } else { Presence::Pinned };
                let reason = Reason::Argument(index);
                let (code, loc) = (argument.code.clone(), argument.code.loc());
                let hint = parameter.cloned();
                let step = Step { code, reason, presence, loc, hint };
                PyDynamic::new_object(vm, session::with(|s| s.residual.push(step)))
            }
        };
        if let Some(parameter) = parameter {
            bound.push(Bound {
                parameter: parameter.clone(),
                value: value.clone(),
                code: argument.code.clone(),
                followed: argument.followed.clone(),
            });
        }
        match &argument.keyword {
            Some(keyword) if args.kwargs.contains_key(&**keyword) => {
                let message = format!("keyword argument repeated: {keyword}");
                return Err(stop(vm, Failure::BadArguments(message)));
            }
            Some(keyword) => {
                args.kwargs.insert(keyword.to_string(), value);
            }
            None => args.args.push(value),
        }
    }
    Ok((args, Activation { arguments: bound, ..Activation::default() }))
}

/// A `TypeError` that comes before the body began is about the arguments.
fn binding_error(vm: &VirtualMachine, exception: PyBaseExceptionRef) -> PyBaseExceptionRef {
    let before_body = exception.__traceback__().is_none();
    if before_body && exception.class().is(vm.ctx.exceptions.type_error) {
        let message = describe(vm, &exception);
        let message = message.strip_prefix("TypeError: ").unwrap_or(&message).to_owned();
        stop(vm, Failure::BadArguments(message));
    }
    exception
}
