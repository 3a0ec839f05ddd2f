//! Steps of the residual program, as compile-time code makes them.

use rustpython_vm::{PyResult, VirtualMachine};

use crate::codenode::{Loc, Node, TemporaryId};
use crate::host::failure::Failure;
use crate::host::objects::abort::abort;
use crate::host::objects::provenance::here;
use crate::host::state::compiled;
use crate::host::state::recording;
use crate::residual::{Presence, Reason, Step};

/// Leaves `code` for run time, here and now, and gives the step's handle.
pub(in crate::host) fn record_step(
    vm: &VirtualMachine,
    code: Node,
    reason: Reason,
) -> PyResult<TemporaryId> {
    let loc = code.loc().filter(|_| code.is_statement()).or_else(|| here(vm));
    check_unguarded(vm, loc)?;
    let code = match code.loc() {
        None => code.with_variables().with_loc(loc),
        Some(_) => code.with_variables(),
    };
    let step = Step { code, reason, presence: Presence::Pinned, loc, hint: None };
    Ok(recording::with(|s| s.residual.push(step)))
}

/// Nothing may be left for run time from inside a `try` or `with` of the macro: the exception it
/// could raise there would pass the handler by.
fn check_unguarded(vm: &VirtualMachine, innermost: Option<Loc>) -> PyResult<()> {
    if compiled::with(|s| s.tables.guarded.is_empty()) {
        return Ok(());
    }
    let mut frame = vm.current_frame();
    while let Some(f) = frame {
        let path = f.code.source_path().as_str();
        let index = (f.lasti() as usize).saturating_sub(1);
        let guarded = f.code.locations.get(index).is_some_and(|(start, end)| {
            compiled::with(|s| {
                let loc = s.file(path).and_then(|file| s.loc(file, *start, *end));
                loc.is_some_and(|loc| s.is_guarded(loc))
            })
        });
        if guarded {
            let why = "a `try` or `with` of the macro surrounds code that runs later".to_owned();
            return Err(abort(vm, Failure::NeedsStatements { why, place: innermost }));
        }
        frame = f.f_back(vm);
    }
    Ok(())
}
