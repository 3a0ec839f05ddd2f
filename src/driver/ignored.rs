//! Which findings a comment beside the code says to ignore.

use rustpython_text_size::{Ranged as _, TextRange};

use crate::diagnostic::{Finding, Severity};
use crate::expand::Module;
use crate::syntax::statement_around;

/// Whether an ignore comment stands on one of the lines that the finding points at, or on the
/// first line of the statement that holds them. Errors can't be ignored.
pub(super) fn is_ignored(finding: &Finding, module: &Module) -> bool {
    let (code, range) = (finding.code, finding.primary.range);
    let ignores = module.ignores();
    if ignores.is_empty() || code.severity() == Severity::Error {
        return false;
    }
    let covers = |range| ignores.covers(&module.source, range, code);
    covers(range)
        || statement_around(&module.syntax, range)
            .is_some_and(|statement| covers(TextRange::empty(statement.start())))
}
