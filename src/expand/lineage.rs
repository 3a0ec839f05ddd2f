//! The lineage of derived texts: the text of the user's that each was made from.

mod text;

use std::collections::HashMap;

use rustpython_text_size::TextRange;

use self::text::Origins;
use crate::diagnostic::{Finding, Fix};
use crate::source::{FileId, Sources};

pub(crate) use self::text::DerivedText;

/// The texts that were made from others, by their files: the text each was made from, and which
/// part of it each of its own parts came from.
#[derive(Default)]
pub(crate) struct Lineage(HashMap<FileId, (FileId, Origins)>);

impl Lineage {
    /// Notes that `derived` was made from `original`.
    pub(crate) fn add(&mut self, derived: FileId, original: FileId, origins: Origins) {
        self.0.insert(derived, (original, origins));
    }

    /// Which parts of the text before it a derived text was made from.
    pub(crate) fn origins(&self, derived: FileId) -> Option<&Origins> {
        self.0.get(&derived).map(|(_, origins)| origins)
    }

    /// The place of the user's text that a place was made from.
    pub(crate) fn written_at(&self, mut file: FileId, mut range: TextRange) -> (FileId, TextRange) {
        // A text was made before those that are made from it.
        while let Some((original, origins)) = self.0.get(&file) {
            (file, range) = (*original, origins.of(range));
        }
        (file, range)
    }

    /// The text `derived`, and those that it was made from.
    pub(crate) fn texts_of(&self, derived: FileId) -> impl Iterator<Item = FileId> {
        let original = |own: &FileId| self.0.get(own).map(|(original, _)| *original);
        std::iter::successors(Some(derived), original)
    }

    /// Whether `file` is the text `derived`, or one that it was made from.
    pub(crate) fn is_text_of(&self, file: FileId, derived: FileId) -> bool {
        self.texts_of(derived).any(|own| own == file)
    }

    /// The finding, about the text that the user wrote.
    pub(crate) fn finding_as_written(&self, mut finding: Finding, sources: &Sources) -> Finding {
        let file = finding.primary.file;
        finding.fix = finding.fix.and_then(|fix| self.fix_as_written(file, fix, sources));
        for label in std::iter::once(&mut finding.primary).chain(&mut finding.secondary) {
            (label.file, label.range) = self.written_at(label.file, label.range);
        }
        finding
    }

    /// The fix of a finding in `file`, for the text that the user wrote; none if what it changes
    /// isn't written there.
    fn fix_as_written(&self, file: FileId, mut fix: Fix, sources: &Sources) -> Option<Fix> {
        let text = |file: FileId, range: TextRange| {
            sources.find(file)?.text().get(range.to_std_range()).map(str::to_owned)
        };
        for (range, _) in &mut fix.edits {
            let (own, at) = self.written_at(file, *range);
            let is_written = !range.is_empty() && text(own, at) == text(file, *range);
            if own != file && !is_written {
                return None;
            }
            *range = at;
        }
        Some(fix)
    }
}
