//! The findings of the expansion of one file.

use crate::diagnostic::Finding;

/// What was reported so far, in the order in which it was.
#[derive(Default)]
pub(crate) struct Findings(Vec<Finding>);

impl Findings {
    /// Adds a finding.
    pub fn report(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Adds several findings.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.0.extend(findings);
    }

    /// The findings so far.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Takes all findings out.
    pub fn take(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.0)
    }
}
