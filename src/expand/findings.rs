//! The findings of the expansion of one file.

use rustpython_text_size::TextRange;

use crate::diagnostic::{Code, Finding, Label, Severity};
use crate::source::FileId;

/// A finding about this has been reported: it has no result, and nothing else needs to be said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reported(());

/// What was reported so far, in the order in which it was.
#[derive(Default)]
pub(crate) struct Findings(Vec<Finding>);

impl Findings {
    /// Adds a finding.
    pub(crate) fn report(&mut self, finding: Finding) -> Reported {
        self.0.push(finding);
        Reported(())
    }

    /// For what a finding was reported about before: what is wrong with the compile-time part of a
    /// module, when that was loaded.
    pub(crate) fn reported_before(&self) -> Reported {
        Reported(())
    }

    /// Reports code in a place that no pass before should have let through.
    pub(crate) fn report_unforeseen(&mut self, place: Label) -> Reported {
        let message = "this expansion isn't possible here yet";
        self.report(Finding::new(Code::NeedsStatements, message, place))
    }

    /// Whether an error was reported that is about code in the range.
    pub(crate) fn reported_in(&self, file: FileId, range: TextRange) -> Result<(), Reported> {
        let is_about = |finding: &Finding| {
            let Label { file: own, range: place, .. } = &finding.primary;
            finding.severity() == Severity::Error && *own == file && range.contains_range(*place)
        };
        if self.0.iter().any(is_about) { Err(Reported(())) } else { Ok(()) }
    }

    /// Adds several findings.
    pub(crate) fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.0.extend(findings);
    }

    /// The findings so far.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.0.iter()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Takes all findings out.
    pub(crate) fn take(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.0)
    }
}
