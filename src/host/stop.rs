//! Ending an expansion: from a native slot with a failure, and from an exception that came out.

use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::{AsObject, PyObjectRef, VirtualMachine};

use super::failure::{Failure, Frame};
use super::session;
use crate::codenode::{Loc, Node};

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
        Failure::StepLimit { limit, .. } => vm.new_runtime_error(format!("over {limit} steps")),
        Failure::RecursionLimit { limit, .. } => {
            vm.new_recursion_error(format!("calls nested over {limit} deep"))
        }
        Failure::SizeLimit { message, .. } => vm.new_value_error(message),
        Failure::Wall(wall) => vm.new_runtime_error(format!("{wall:?}")),
    }
}

/// The place in compile-time code that is running now: the innermost frame of a user's file.
pub(super) fn here(vm: &VirtualMachine) -> Option<Loc> {
    let mut frame = vm.current_frame();
    while let Some(f) = frame {
        let file = session::with(|s| s.file(f.code.source_path().as_str()));
        if let Some(file) = file {
            let index = (f.lasti() as usize).checked_sub(1)?;
            let (start, end) = f.code.locations.get(index)?;
            return session::with(|s| s.loc(file, *start, *end));
        }
        frame = f.f_back(vm);
    }
    None
}

/// The failure that an exception which reached the top stands for.
pub(super) fn of_exception(vm: &VirtualMachine, exception: &PyBaseExceptionRef) -> Failure {
    let traceback = traceback(exception);
    let class = exception.class();
    if is_recursion(vm, exception) {
        return Failure::RecursionLimit { limit: vm.recursion_limit.get(), traceback };
    }
    if is_about_dynamic(vm, exception) {
        let place = traceback.last().map(|frame| frame.loc);
        let need = "be used by compile-time code";
        return Failure::RunTimeOnly { need, value: Node::empty(), arguments: Vec::new(), place };
    }
    let message = describe(vm, exception);
    if class.fast_issubclass(vm.ctx.exceptions.import_error) {
        let place = traceback.last().map(|frame| frame.loc);
        return Failure::NoModule { message, place };
    }
    Failure::Raised { message, traceback }
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

/// The frames of users' files that the exception passed, outermost first.
fn traceback(exception: &PyBaseExceptionRef) -> Vec<Frame> {
    let mut frames = Vec::new();
    let mut next = exception.__traceback__();
    while let Some(entry) = next {
        let code = &entry.frame.code;
        let file = session::with(|s| s.file(code.source_path().as_str()));
        if let Some(file) = file
            && let Some((start, end)) = code.locations.get(entry.lasti as usize / 2)
            && let Some(loc) = session::with(|s| s.loc(file, *start, *end))
        {
            frames.push(Frame { function: code.obj_name.as_str().to_owned(), loc });
        }
        next = entry.next.lock().clone();
    }
    frames
}
