//! The outcome of compile-time code, reported at the place that it ran for: messages and failures.

use std::rc::Rc;

use rustpython_text_size::TextRange;

use super::Stage;
use crate::diagnostic::{Label, Severity};
use crate::expand::program::Module;
use crate::expand::report::{Work, failure_finding, message_finding};
use crate::host::{ExceptionClass, Failure};

/// Reports the messages of macros at the place that they ran for.
pub(crate) fn report_messages(cx: &mut Stage<'_, '_>, place: &Label) {
    for message in cx.compile_time.host().take_messages() {
        let finding = message_finding(message, place.clone());
        cx.findings.report(finding);
    }
}

/// Whether a failure only says that a name is missing which couldn't be defined.
pub(crate) fn follows_from_incomplete(
    cx: &Stage<'_, '_>,
    home: &Module,
    failure: &Failure,
) -> bool {
    let is_name_error =
        matches!(failure, Failure::Raised { exception: ExceptionClass::NameError, .. });
    let mut reported = cx.findings.iter();
    is_name_error
        && cx.compile_time.incomplete.contains(&home.file)
        && reported.any(|finding| finding.severity() == Severity::Error)
}

pub(crate) fn report_definition(
    cx: &mut Stage<'_, '_>,
    module: &Rc<Module>,
    at: TextRange,
    run: Result<(), crate::host::Failure>,
) -> bool {
    match run {
        Ok(()) => true,
        Err(failure) => {
            let label = module.label(at, "while this was defined");
            let finding =
                failure_finding(&cx.reporter(), failure, label, Work::Other("the definition"));
            cx.findings.report(finding);
            false
        }
    }
}
