//! A call of an `@unroll` function: the three ways, and the choice between them.

use rustpython_vm::builtins::{PyDict, PyDictRef};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::{Callable, Representable};
use rustpython_vm::{Py, PyObjectRef, PyPayload as _, PyResult, VirtualMachine};

use super::evaluation::{Attempt, Completion, Evaluation, ResidualForm, Unfinished};
use super::key::key;
use super::statements::statements;
use crate::codenode::{Name, Node, Origin, TemporaryId, Value};
use crate::host::failure::{Failure, Limit};
use crate::host::objects::abort::{abort, needs_statements};
use crate::host::objects::contents::Contents;
use crate::host::objects::payload::{PyDynamic, PyUnroll};
use crate::host::objects::provenance::here;
use crate::host::recording::lift::{Taking, lift};
use crate::host::recording::record::{record, record_call};
use crate::host::state::file::{self, Specialised, SpecialisedCode};
use crate::host::state::recording::{self, Recording};
use crate::host::state::run;
use crate::residual::{Reason, Statement};

/// The most steps that are put in place of a call.
const SMALL: usize = 40;

/// The most calls inside each other that are evaluated.
const DEEPEST: usize = 200;

/// The most statements that a call leaves.
const LARGE: usize = 20_000;

/// The value of a call, as far as it can be evaluated; none if the call has to stay.
///
/// # Errors
/// What ends the expansion.
pub(in crate::host) fn evaluate(
    vm: &VirtualMachine,
    unroll: &PyUnroll,
    args: &FuncArgs,
) -> PyResult<Option<PyObjectRef>> {
    let Some(bound) = bound(vm, unroll, args) else { return Ok(None) };
    let Some(key) = key(vm, unroll, &bound) else { return attempt(vm, unroll, &bound, None) };
    if run::with(|s| s.unrolling.contains(&key)) {
        run::with(|s| s.recursive.insert(key));
        return Ok(None);
    }
    if run::with(|s| s.unrolling.len()) > DEEPEST {
        let failure = Failure::Limit(Limit::Recursion { limit: DEEPEST });
        return Err(abort(vm, failure));
    }
    run::with(|s| s.unrolling.push(key.clone()));
    let result = attempt(vm, unroll, &bound, Some(key));
    run::with(|s| s.unrolling.pop());
    result
}

/// Checks that a call can stay as it is.
///
/// # Errors
/// When there is no plain function.
pub(in crate::host) fn check_stays(vm: &VirtualMachine, unroll: &PyUnroll) -> PyResult<()> {
    if unroll.info.has_plain_form {
        return Ok(());
    }
    let failure = run::with(|s| s.unfinished.take()).unwrap_or_else(|| Failure::NeedsStatements {
        why: format!(
            "`{}` can't be finished at compile time, and uses names that exist only then",
            unroll.info.name
        ),
        place: here(vm),
    });
    Err(abort(vm, failure))
}

/// The arguments by name, if they bind and may be told apart here.
fn bound(vm: &VirtualMachine, unroll: &PyUnroll, args: &FuncArgs) -> Option<PyDictRef> {
    if unroll.info.plain.is_some() {
        return None;
    }
    let bound = unroll.binder.call(args.clone(), vm).ok()?;
    bound.downcast::<PyDict>().ok()
}

fn attempt(
    vm: &VirtualMachine,
    unroll: &PyUnroll,
    bound: &PyDictRef,
    key: Option<String>,
) -> PyResult<Option<PyObjectRef>> {
    let mark = recording::with(|s| s.residual.mark());
    let arguments = Contents::of(vm, bound);
    let is_recursive = |key: &String| run::with(|s| s.recursive.contains(key));
    let mut result = in_place(vm, unroll, bound);
    if matches!(result, Err(Unfinished::NeedsStatements))
        && arguments.is_unchanged(vm)
        && let Some(key) = &key
    {
        drop(recording::with(|s| s.go_back(mark)));
        result = specialised(vm, unroll, bound, key.clone());
    }
    if !matches!(result, Err(Unfinished::Raised(_)))
        && key.as_ref().is_some_and(is_recursive)
        && unroll.info.has_plain_form
    {
        // It goes on in the program as long as it takes there: it can begin there, too.
        result = Err(Unfinished::Plain);
    }
    let unfinished = match result {
        Ok(value) => return Ok(Some(value)),
        Err(unfinished) => unfinished,
    };
    drop(recording::with(|s| s.go_back(mark)));
    let is_outermost = run::with(|s| s.activations.is_empty() && s.unrolling.len() < 2);
    if let Unfinished::Raised(exception) = unfinished {
        let leaves_way = run::with(|s| {
            s.failure.as_ref().is_none_or(|failure| {
                // The call that began a recursion is the one to leave.
                leaves_way(failure)
                    || is_outermost && unroll.info.has_plain_form && is_endless(failure)
            })
        });
        if !leaves_way {
            return Err(exception);
        }
        run::with(|s| s.unfinished = s.failure.take());
    }
    // The arguments of a call in the program are objects of this call alone.
    if !is_outermost && !arguments.is_unchanged(vm) {
        let why = "the function changes a known argument, and can't be finished at compile time";
        return Err(needs_statements(vm, why));
    }
    Ok(None)
}

/// Whether a call that ended so can stay in the program.
fn leaves_way(failure: &Failure) -> bool {
    match failure {
        Failure::RunTimeOnly { .. }
        | Failure::NeedsStatements { .. }
        | Failure::NoSource { .. } => true,
        Failure::BadArguments { .. }
        | Failure::Malformed { .. }
        | Failure::Raised { .. }
        | Failure::NoModule { .. }
        | Failure::NoFile { .. }
        | Failure::Said { .. }
        | Failure::Limit(_) => false,
    }
}

/// Whether calls led to each other without an end that compile time comes to.
fn is_endless(failure: &Failure) -> bool {
    matches!(failure, Failure::Limit(Limit::Recursion { .. }))
}

/// Evaluates the call in place.
fn in_place(vm: &VirtualMachine, unroll: &PyUnroll, bound: &PyDictRef) -> Attempt<PyObjectRef> {
    let before = recording::with(|s| s.residual.block().len());
    let mut evaluation = Evaluation::new(unroll, bound, (ResidualForm::Inline, statements), vm)?;
    let value = match evaluation.block(&unroll.info.body)? {
        Completion::Return(value) => value,
        _ => vm.ctx.none(),
    };
    let left = recording::with(|s| s.residual.block().len()) - before;
    if left > SMALL { Err(Unfinished::NeedsStatements) } else { Ok(value) }
}

/// Evaluates the body as a function of its own, and leaves a call of that.
fn specialised(
    vm: &VirtualMachine,
    unroll: &PyUnroll,
    bound: &PyDictRef,
    key: String,
) -> Attempt<PyObjectRef> {
    let mut arguments = Vec::new();
    let mut has_static = false;
    for name in unroll.info.parameter_names() {
        let value = bound.get_item(&**name, vm)?;
        match value.downcastable::<PyDynamic>() {
            true => arguments.push((name.clone(), lift(vm, &value, Taking::Refer)?)),
            false => has_static = true,
        }
    }
    if !has_static && unroll.info.has_plain_form {
        return Err(Unfinished::Plain);
    }
    let known = file::with(|s| s.functions.iter().position(|f| f.key == key));
    let number = match known {
        Some(number) => number,
        None => specialise(vm, unroll, bound, &arguments, key)?,
    };
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    let callee = Node::var(unroll.info.name.clone(), Origin::Specialised(number));
    let codes = arguments.into_iter().map(|(_, code)| code).collect();
    Ok(record(vm, Node::call(callee, codes), Reason::Operation)?)
}

/// Makes the function; its number.
fn specialise(
    vm: &VirtualMachine,
    unroll: &PyUnroll,
    bound: &PyDictRef,
    arguments: &[(Name, Node)],
    key: String,
) -> Attempt<usize> {
    let outside = recording::renew();
    let written = write_function(vm, unroll, bound, arguments);
    let Recording { residual, materialised, .. } = recording::resume(outside);
    drop(materialised);
    let parameters = written?;
    let name = unroll.info.name.clone();
    let code = SpecialisedCode::Residual { parameters, residual };
    let function = Specialised { name, code, key };
    Ok(file::with(|s| {
        s.functions.push(function);
        s.functions.len() - 1
    }))
}

fn write_function(
    vm: &VirtualMachine,
    unroll: &PyUnroll,
    bound: &PyDictRef,
    arguments: &[(Name, Node)],
) -> Attempt<Vec<TemporaryId>> {
    let inside = bound.copy().into_ref(&vm.ctx);
    let mut parameters = Vec::new();
    for (name, code) in arguments {
        let loc = code.loc();
        let id = recording::with(|s| s.residual.variable(Some(name.clone()), loc));
        inside.set_item(&**name, PyDynamic::new_object(vm, id), vm)?;
        parameters.push(id);
    }
    let mut evaluation =
        Evaluation::new(unroll, &inside, (ResidualForm::Function, statements), vm)?;
    if let Completion::Return(value) = evaluation.block(&unroll.info.body)? {
        let code = evaluation.lifted(&value)?;
        if !matches!(code.constant(), Some(Value::None)) {
            recording::add(Statement::Return(code));
        }
    }
    let size = recording::with(|s| size(s.residual.block()));
    if size > LARGE { Err(Unfinished::Plain) } else { Ok(parameters) }
}

fn size(block: &[Statement]) -> usize {
    block.iter().map(|s| 1 + s.blocks().into_iter().map(|b| size(b)).sum::<usize>()).sum()
}

impl Callable for PyUnroll {
    type Args = FuncArgs;

    fn call(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        vm.with_recursion("while unrolling", || match evaluate(vm, zelf, &args)? {
            Some(value) => Ok(value),
            None => {
                check_stays(vm, zelf)?;
                record_call(vm, zelf.info.reference(), &args)
            }
        })
    }
}

impl Representable for PyUnroll {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        Ok(format!("<unroll {}>", zelf.info.name))
    }
}
