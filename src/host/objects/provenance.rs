//! Where a run-time value came from, and what was running: what findings tell of a failure.

use rustpython_vm::VirtualMachine;
use rustpython_vm::builtins::PyBaseExceptionRef;

use crate::codenode::{Loc, Name, Node, Op, Origin};
use crate::host::failure::{Behind, Brought, Failure, Frame};
use crate::host::state::{compiled, recording};
use crate::source::FileId;

/// The failure of needing the value of `value` now, for what `need` says.
pub(in crate::host) fn run_time_only(
    value: &Node,
    need: &'static str,
    place: Option<Loc>,
) -> Failure {
    Failure::RunTimeOnly { need, behind: behind(value), place }
}

/// What the value of some residual code was made from.
fn behind(value: &Node) -> Behind {
    recording::with(|s| {
        let residual = &s.residual;
        let found = residual.behind(value);
        let step = |id| residual.step(id);
        let own = value.temporary_id().and_then(step);
        let (name, made) = (own.and_then(|s| s.hint.clone()), own.and_then(|s| s.loc));
        let brought = |id: &_| {
            let step = step(*id)?;
            Some(Brought { loc: step.loc?, parameter: step.hint.clone() })
        };
        let arguments = found.arguments.iter().filter_map(brought).collect();
        let mut references = Vec::new();
        found.codes.iter().for_each(|code| collect_references(code, &mut references));
        Behind { name, made, arguments, references }
    })
}

/// The names of the running program in a macro's own code.
fn collect_references(code: &Node, found: &mut Vec<(Origin, Name)>) {
    if let (Op::VAR, Some(name)) = (code.op(), code.name())
        && matches!(code.origin(), Origin::Module(_) | Origin::Builtin)
    {
        found.push((code.origin(), name.clone()));
    }
    code.args().iter().for_each(|arg| collect_references(arg, found));
}

/// The place in compile-time code that is running now: the innermost frame of a user's file.
pub(in crate::host) fn here(vm: &VirtualMachine) -> Option<Loc> {
    let mut frame = vm.current_frame();
    while let Some(f) = frame {
        let file = compiled::with(|s| s.file(f.code.source_path().as_str()));
        if let Some(file) = file {
            let index = (f.lasti() as usize).checked_sub(1)?;
            let (start, end) = f.code.locations.get(index)?;
            return compiled::with(|s| s.loc(file, *start, *end));
        }
        frame = f.f_back(vm);
    }
    None
}

/// The files whose code is running, the innermost first.
pub(in crate::host) fn files_on_the_way(vm: &VirtualMachine) -> Vec<FileId> {
    let mut files = Vec::new();
    let mut frame = vm.current_frame();
    while let Some(f) = frame {
        files.extend(compiled::with(|s| s.file(f.code.source_path().as_str())));
        frame = f.f_back(vm);
    }
    files
}

/// The frames of users' files that the exception passed, outermost first.
pub(in crate::host) fn traceback(exception: &PyBaseExceptionRef) -> Vec<Frame> {
    let mut frames = Vec::new();
    let mut next = exception.__traceback__();
    while let Some(entry) = next {
        let code = &entry.frame.code;
        let file = compiled::with(|s| s.file(code.source_path().as_str()));
        if let Some(file) = file
            && let Some((start, end)) = code.locations.get(entry.lasti as usize / 2)
            && let Some(loc) = compiled::with(|s| s.loc(file, *start, *end))
        {
            frames.push(Frame { function: code.obj_name.as_str().to_owned(), loc });
        }
        next = entry.next.lock().clone();
    }
    frames
}
