//! The invocation of a macro for a call site: its arguments are bound, and its residual program is
//! taken.

use rustpython_vm::builtins::{PyList, PyTuple};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use super::arguments::{Argument, Displays, bind, binding_error, mismatch};
use super::{Expansion, Host, Namespace, recorded};
use crate::codenode::{Node, captured};
use crate::host::classes::macros::{PyMacro, run_activated};
use crate::host::failure::Failure;
use crate::host::objects::abort::malformed;
use crate::host::objects::definition::MacroInfo;
use crate::host::objects::payload::{PyCodenode, PyUnroll};
use crate::host::recording::lift::{Taking, freeze, lift_result};
use crate::host::recording::record::{check_size, eval, record};
use crate::host::state::{file, run};
use crate::host::unroll::call::{check_stays, evaluate};
use crate::residual::Reason;

impl Host {
    /// Expands one call; none if it stays as it is.
    ///
    /// # Errors
    /// Whatever goes wrong in it.
    pub(crate) fn call_macro(
        &self,
        ns: &Namespace,
        name: &str,
        arguments: &[Argument],
    ) -> Result<Option<Expansion>, Failure> {
        let result = self.bound_either_way(arguments, |vm, displays| {
            let object = ns.globals.get_item(name, vm)?;
            if let Some(called) = object.downcast_ref::<PyUnroll>() {
                let (args, _) = bind(vm, &called.signature, arguments, Displays::Whole)?;
                return unrolled(vm, called, &args);
            }
            let result = run_bound(vm, &object, name, (arguments, displays))?;
            let result = match result.downcast_ref::<PyCodenode>() {
                Some(tree) => eval(vm, tree)?,
                None if holds_statements(vm, &result)? => {
                    place_result(vm, &result)?;
                    vm.ctx.none()
                }
                None => result,
            };
            lift_result(vm, &result, Taking::Return).map(Some)
        })?;
        Ok(result.map(|result| Expansion { residual: recorded(), result }))
    }

    /// Gives a macro a statement as its first argument. The statements that it leaves are steps,
    /// and if it leaves no value the result is EMPTY.
    ///
    /// # Errors
    /// Whatever goes wrong in it.
    pub(crate) fn give_statement(
        &self,
        ns: &Namespace,
        name: &str,
        arguments: &[Argument],
    ) -> Result<Expansion, Failure> {
        let result = self.bound_either_way(arguments, |vm, displays| {
            let object = ns.globals.get_item(name, vm)?;
            let result = run_bound(vm, &object, name, (arguments, displays))?;
            place_result(vm, &result)
        })?;
        Ok(Expansion { residual: recorded(), result })
    }

    /// Runs a call with displays as run-time values. Where a decision needs what such a display
    /// holds, runs it again with the containers that they are.
    fn bound_either_way<R>(
        &self,
        arguments: &[Argument],
        call: impl Fn(&VirtualMachine, Displays) -> PyResult<R>,
    ) -> Result<R, Failure> {
        let spoken = file::with(|s| s.messages.len());
        let first = self.record(|vm| call(vm, Displays::Whole));
        let needs_shape = matches!(first, Err(Failure::RunTimeOnly { .. }));
        if !needs_shape || !arguments.iter().any(Argument::is_open_display) {
            return first;
        }
        let messages = file::with(|s| s.messages.split_off(spoken));
        let traceback = run::with(|s| std::mem::take(&mut s.traceback));
        let second = self.record(|vm| call(vm, Displays::ByElement));
        if second.is_ok() {
            return second;
        }
        // What failed first is what the user can see.
        run::with(|s| s.traceback = traceback);
        file::with(|s| s.messages.splice(spoken.., messages).for_each(drop));
        first
    }

    /// The parameters of a macro; none if the module has no such macro.
    pub(crate) fn parameters(&self, ns: &Namespace, name: &str) -> Option<MacroInfo> {
        self.enter(|vm| {
            let object = ns.globals.get_item(name, vm).ok()?;
            object.downcast_ref::<PyMacro>().map(|found| MacroInfo::clone(&found.info))
        })
    }
}

/// Binds the arguments of a macro and runs it.
fn run_bound(
    vm: &VirtualMachine,
    object: &PyObject,
    name: &str,
    (arguments, displays): (&[Argument], Displays),
) -> PyResult {
    let Some(called) = object.downcast_ref::<PyMacro>() else {
        return Err(vm.new_type_error(format!("'{name}' is no macro")));
    };
    let (args, activation) = bind(vm, &called.info, arguments, displays)?;
    let mismatch = mismatch(&called.info, &args);
    run_activated(vm, called, activation, args)
        .map_err(|exception| binding_error(vm, exception, mismatch))
}

/// The code of an `@unroll` call; none if it stays as it is.
fn unrolled(vm: &VirtualMachine, called: &PyUnroll, args: &FuncArgs) -> PyResult<Option<Node>> {
    if let Some(result) = evaluate(vm, called, args)? {
        let lifted = lift_result(vm, &result, Taking::Return);
        let lacks_source = run::with(|s| matches!(s.failure, Some(Failure::NoSource { .. })));
        if lifted.is_ok() || !lacks_source {
            return lifted.map(Some);
        }
        // The plain function makes the value.
        run::with(|s| s.failure = None);
    }
    check_stays(vm, called)?;
    Ok(None)
}

/// Puts what a macro gave for a statement into the program; the value that is left.
fn place_result(vm: &VirtualMachine, result: &PyObject) -> PyResult<Node> {
    if vm.is_none(result) {
        return Ok(Node::empty());
    }
    if let Some(tree) = result.downcast_ref::<PyCodenode>() {
        let frozen = freeze(vm, tree, Taking::Move)?;
        if frozen.is_expression() {
            return lift_result(vm, &*eval(vm, tree)?, Taking::Return);
        }
        record_statements(vm, vec![frozen])?;
        return Ok(Node::empty());
    }
    match trees(vm, result) {
        Some(items) => {
            let frozen = items.iter().map(|item| match item.downcast_ref::<PyCodenode>() {
                Some(tree) => freeze(vm, tree, Taking::Move),
                None => {
                    let shown = item.repr(vm)?;
                    let shown = shown.as_wtf8().to_string_lossy().into_owned();
                    Err(malformed(vm, format!("{shown} is no tree, but stands among trees")))
                }
            });
            record_statements(vm, frozen.collect::<PyResult<Vec<_>>>()?)?;
            Ok(Node::empty())
        }
        None => lift_result(vm, result, Taking::Return),
    }
}

/// Whether it is a list or tuple with trees of statements in it.
fn holds_statements(vm: &VirtualMachine, object: &PyObject) -> PyResult<bool> {
    for item in trees(vm, object).unwrap_or_default() {
        if let Some(tree) = item.downcast_ref::<PyCodenode>()
            && !freeze(vm, tree, Taking::Look)?.is_expression()
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
fn record_statements(vm: &VirtualMachine, statements: Vec<Node>) -> PyResult<()> {
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
