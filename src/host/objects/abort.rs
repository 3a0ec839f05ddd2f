//! Ending an expansion: from a native slot with a failure, and from an exception that came out.

use rustpython_vm::builtins::{PyBaseExceptionRef, PyStr};
use rustpython_vm::class::PyClassDef as _;
use rustpython_vm::{AsObject, PyObjectRef, VirtualMachine};

use crate::codenode::{Loc, Node};
use crate::host::failure::{ExceptionClass, Failure, Limit};
use crate::host::objects::payload::PyDynamic;
use crate::host::objects::provenance::{here, run_time_only, traceback};
use crate::host::objects::suggestion::{help, module_of, notes};
use crate::host::state::prompt;
use crate::host::state::run;

/// Ends the expansion with `failure`. The exception can't be caught by `except Exception`, and
/// the failure stands even if the macro catches it all the same.
///
/// At the prompt there is no expansion to end: there it is an exception as any other.
pub(in crate::host) fn abort(vm: &VirtualMachine, failure: Failure) -> PyBaseExceptionRef {
    if prompt::is_running() {
        return plain_exception(vm, failure);
    }
    run::with(|s| {
        s.failure.get_or_insert(failure);
    });
    let class = vm.ctx.exceptions.system_exit.to_owned();
    vm.new_exception_empty(class)
}

/// What a failure is where no macro is running.
fn plain_exception(vm: &VirtualMachine, failure: Failure) -> PyBaseExceptionRef {
    match failure {
        Failure::Malformed { message, .. } | Failure::BadArguments { message, .. } => {
            vm.new_type_error(message)
        }
        Failure::NoSource { value, .. } => vm.new_value_error(format!("{value} has no source")),
        Failure::NeedsStatements { why, .. } => vm.new_value_error(why),
        Failure::NoFile { message, .. } => vm.new_os_error(message),
        Failure::NoModule { message, .. } | Failure::Raised { message, .. } => {
            vm.new_runtime_error(message)
        }
        Failure::Said { message, .. } => vm.new_runtime_error(message),
        Failure::RunTimeOnly { need, .. } => {
            vm.new_type_error(format!("a run-time value can't {need}"))
        }
        Failure::Limit(limit) => {
            let words = format!("this {}", limit.words());
            match limit {
                Limit::Recursion { .. } => vm.new_recursion_error(words),
                Limit::Rounds { .. } | Limit::Output { .. } => vm.new_value_error(words),
                Limit::Steps { .. } | Limit::Barrier(_) => vm.new_runtime_error(words),
            }
        }
    }
}

/// The failure that an exception which reached the top stands for.
pub(in crate::host) fn of_exception(
    vm: &VirtualMachine,
    exception: &PyBaseExceptionRef,
) -> Failure {
    let class = exception.class();
    if is_recursion(vm, exception) {
        return Failure::Limit(Limit::Recursion { limit: vm.recursion_limit.get() });
    }
    let place = traceback(exception).last().map(|frame| frame.loc);
    if is_about_dynamic(exception) {
        return run_time_only(&Node::empty(), "be used by compile-time code", place);
    }
    let text = text(vm, exception);
    if class.fast_issubclass(vm.ctx.exceptions.import_error) {
        let is_missing = class.fast_issubclass(vm.ctx.exceptions.module_not_found_error);
        let name = is_missing.then(|| module_of(vm, exception)).flatten();
        let (message, help) = (text.unwrap_or_default(), help(vm, exception));
        return Failure::NoModule { message, place, name, help };
    }
    let name_error = class.is(vm.ctx.exceptions.name_error);
    Failure::Raised {
        exception: if name_error { ExceptionClass::NameError } else { ExceptionClass::Other },
        message: described(exception, text),
        notes: notes(vm, exception),
        help: help(vm, exception),
    }
}

/// Whether the exception says that calls were nested too deeply.
pub(in crate::host) fn is_recursion(vm: &VirtualMachine, exception: &PyBaseExceptionRef) -> bool {
    exception.class().fast_issubclass(vm.ctx.exceptions.recursion_error)
}

/// Whether native code raised it because it was given a run-time value: it names the class, which
/// no other code can.
pub(in crate::host) fn is_about_dynamic(exception: &PyBaseExceptionRef) -> bool {
    let args = exception.args();
    let mut texts = args.iter().filter_map(|argument| argument.downcast_ref::<PyStr>());
    texts.any(|text| text.as_wtf8().to_string_lossy().contains(PyDynamic::NAME))
}

/// The text without the addresses of objects, which differ from run to run.
pub(in crate::host) fn without_addresses(text: &str) -> String {
    let mut parts = text.split(" at 0x");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(part.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
    }
    out
}

/// `ValueError: what it says`.
pub(in crate::host) fn describe(vm: &VirtualMachine, exception: &PyBaseExceptionRef) -> String {
    described(exception, text(vm, exception))
}

fn described(exception: &PyBaseExceptionRef, text: Option<String>) -> String {
    let name = exception.class().name().to_string();
    match text {
        Some(text) => format!("{name}: {text}"),
        None => name,
    }
}

/// What the exception says besides its class, if anything.
pub(in crate::host) fn text(vm: &VirtualMachine, exception: &PyBaseExceptionRef) -> Option<String> {
    let object: PyObjectRef = exception.clone().into();
    let text = object.str(vm).ok()?;
    let text = without_addresses(&text.as_wtf8().to_string_lossy());
    (!text.is_empty()).then_some(text)
}

/// Ends the expansion because of a tree that was made at `place`.
pub(in crate::host) fn malformed_at(
    vm: &VirtualMachine,
    message: String,
    place: Option<Loc>,
) -> PyBaseExceptionRef {
    let place = place.or_else(|| here(vm));
    abort(vm, Failure::Malformed { message, place, help: None })
}

/// Ends the expansion because of a tree that was made here.
pub(in crate::host) fn malformed(vm: &VirtualMachine, message: String) -> PyBaseExceptionRef {
    malformed_at(vm, message, None)
}

/// Ends the expansion because statements would be needed, or what can't be done with them either.
pub(in crate::host) fn needs_statements(vm: &VirtualMachine, why: &str) -> PyBaseExceptionRef {
    abort(vm, Failure::NeedsStatements { why: why.to_owned(), place: here(vm) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_left_out() {
        let check = |text: &str, expected: &str| assert_eq!(without_addresses(text), expected);
        check("<function f at 0x7f00aa10>", "<function f>");
        check("<a at 0x1f> and <b at 0x2>", "<a> and <b>");
        check("met at 0 and at x", "met at 0 and at x");
    }
}
