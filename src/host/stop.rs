//! Ending an expansion: from a native slot with a failure, and from an exception that came out.

use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::{AsObject, PyObjectRef, VirtualMachine};

use super::failure::{Failure, Limit};
use super::provenance::{run_time_only, traceback};
use super::session;
use super::suggestion::{help, notes};
use crate::codenode::Node;

/// Ends the expansion with `failure`. The exception can't be caught by `except Exception`, and
/// the failure stands even if the macro catches it all the same.
///
/// At the prompt there is no expansion to end: there it is an exception as any other.
pub(super) fn stop(vm: &VirtualMachine, failure: Failure) -> PyBaseExceptionRef {
    if session::with(|s| s.prompt.is_some()) {
        return plain_exception(vm, failure);
    }
    session::with(|s| {
        s.failure.get_or_insert(failure);
    });
    let class = vm.ctx.exceptions.system_exit.to_owned();
    vm.new_exception_empty(class)
}

/// What a failure is where no macro is running.
fn plain_exception(vm: &VirtualMachine, failure: Failure) -> PyBaseExceptionRef {
    match failure {
        Failure::Malformed { message, .. } | Failure::BadArguments(message) => {
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
        Failure::WantsFile { path, .. } => {
            vm.new_os_error(format!("{path}: only macros embed files"))
        }
        Failure::Limit(Limit::Steps { limit, .. }) => {
            vm.new_runtime_error(format!("over {limit} steps"))
        }
        Failure::Limit(Limit::Recursion { limit }) => {
            vm.new_recursion_error(format!("calls nested over {limit} deep"))
        }
        Failure::Limit(Limit::Size { message, .. }) => vm.new_value_error(message),
        Failure::Limit(Limit::Wall(wall)) => vm.new_runtime_error(format!("{wall:?}")),
    }
}

/// The failure that an exception which reached the top stands for.
pub(super) fn of_exception(vm: &VirtualMachine, exception: &PyBaseExceptionRef) -> Failure {
    let class = exception.class();
    if is_recursion(vm, exception) {
        return Failure::Limit(Limit::Recursion { limit: vm.recursion_limit.get() });
    }
    let place = traceback(exception).last().map(|frame| frame.loc);
    if is_about_dynamic(vm, exception) {
        return run_time_only(&Node::empty(), "be used by compile-time code", place);
    }
    let message = describe(vm, exception);
    if class.fast_issubclass(vm.ctx.exceptions.import_error) {
        return Failure::NoModule { message, place };
    }
    Failure::Raised { message, notes: notes(vm, exception), help: help(vm, exception) }
}

/// Whether the exception says that calls were nested too deeply.
pub(super) fn is_recursion(vm: &VirtualMachine, exception: &PyBaseExceptionRef) -> bool {
    exception.class().fast_issubclass(vm.ctx.exceptions.recursion_error)
}

/// Whether native code raised it because it was given a run-time value.
pub(super) fn is_about_dynamic(vm: &VirtualMachine, exception: &PyBaseExceptionRef) -> bool {
    describe(vm, exception).contains("runtime_value")
}

/// The text without the addresses of objects, which differ from run to run.
pub(super) fn without_addresses(text: &str) -> String {
    let mut parts = text.split(" at 0x");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(part.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
    }
    out
}

/// `ValueError: what it says`.
pub(super) fn describe(vm: &VirtualMachine, exception: &PyBaseExceptionRef) -> String {
    let name = exception.class().name().to_string();
    let object: PyObjectRef = exception.clone().into();
    match object.str(vm) {
        Ok(text) if !text.as_wtf8().is_empty() => {
            without_addresses(&format!("{name}: {}", text.as_wtf8().to_string_lossy()))
        }
        _ => name,
    }
}
