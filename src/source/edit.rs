//! Edits: what a pass wants changed in a text, and the splice that changes it.
//!
//! ```text
//! text     a = f(1) + g(2)
//! edits        4..8 → "1"    11..15 → ""    15 ← "3"
//! spliced  a = 1 + 3
//! ```
//!
//! Edits come in any order. An insertion (an empty range) at the start of a replaced range goes
//! before the replacement, one at its end goes after it, and insertions at one place keep the
//! order in which they came. Whatever no edit covers is copied, never printed anew.

use std::fmt;

use rustpython_text_size::{TextRange, TextSize};

/// One replacement: the text in `range` gives way to `text`. An empty range inserts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced, in offsets of the old text.
    pub range: TextRange,
    /// What takes its place.
    pub text: String,
}

/// A set of edits of one text, all in offsets of the old text.
#[derive(Clone, Debug, Default)]
pub struct Edits {
    /// Sorted by start and then end; equal ranges stay in the order in which they came.
    sorted: Vec<Edit>,
}

impl Edits {
    /// No edits yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an edit.
    pub fn push(&mut self, edit: Edit) {
        let key = |edit: &Edit| (edit.range.start(), edit.range.end());
        let place = self.sorted.partition_point(|other| key(other) <= key(&edit));
        self.sorted.insert(place, edit);
    }

    /// Adds the edit that replaces `range` by `text`.
    pub fn replace(&mut self, range: TextRange, text: impl Into<String>) {
        let text = text.into();
        self.push(Edit { range, text });
    }

    /// Adds the edit that inserts `text` at `offset`.
    pub fn insert(&mut self, offset: TextSize, text: impl Into<String>) {
        self.replace(TextRange::empty(offset), text);
    }

    /// Whether there are no edits.
    pub fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// The edits in the order of the text.
    pub fn iter(&self) -> impl Iterator<Item = &Edit> {
        self.sorted.iter()
    }

    /// The text with every edit made.
    ///
    /// # Errors
    ///
    /// If two edits overlap, or one does not lie on characters of the text. Both are mistakes of
    /// the pass that made the edits, not of the user.
    pub fn splice(&self, text: &str) -> Result<String, EditError> {
        let added: usize = self.sorted.iter().map(|edit| edit.text.len()).sum();
        let mut spliced = String::with_capacity(text.len() + added);
        let mut done = TextSize::new(0);
        for edit in &self.sorted {
            let range = edit.range;
            if range.start() < done {
                return Err(EditError::Overlap(range));
            }
            let kept = text.get(done.to_usize()..range.start().to_usize());
            if !text.is_char_boundary(range.end().to_usize()) {
                return Err(EditError::OutsideText(range));
            }
            spliced.push_str(kept.ok_or(EditError::OutsideText(range))?);
            spliced.push_str(&edit.text);
            done = range.end();
        }
        // `done` is 0 or the end of an edit, which was checked to be a character boundary.
        spliced.push_str(text.get(done.to_usize()..).unwrap_or_default());
        Ok(spliced)
    }

    /// Takes the edits within `range` out.
    pub fn take_within(&mut self, range: TextRange) -> Edits {
        let is_within = |edit: &mut Edit| range.contains_range(edit.range);
        Edits { sorted: self.sorted.extract_if(.., is_within).collect() }
    }

    /// What stands at `range` of the text with every edit made, all of which are within it.
    ///
    /// # Errors
    ///
    /// As [`Self::splice`].
    pub fn splice_part(&self, text: &str, range: TextRange) -> Result<String, EditError> {
        let (mut before, mut after) = (Edits::new(), self.clone());
        before.replace(TextRange::up_to(range.start()), "");
        after.replace(TextRange::new(range.end(), TextSize::of(text)), "");
        before.sorted.append(&mut after.sorted);
        before.splice(text)
    }

    /// Where the character at `offset` of the old text is in the new one. An offset inside a
    /// replaced range is mapped to the start of its replacement.
    pub fn map(&self, offset: TextSize) -> TextSize {
        let mut mapped = offset;
        for edit in &self.sorted {
            let range = edit.range;
            if range.end() <= offset {
                mapped = mapped + TextSize::of(&edit.text) - range.len();
            } else {
                mapped -= offset.saturating_sub(range.start());
                break;
            }
        }
        mapped
    }
}

/// Edits that can't be made. A mistake of the program, never of its input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditError {
    /// The edit at this range reaches into another one.
    Overlap(TextRange),
    /// The edit's range is not a range of whole characters of the text.
    OutsideText(TextRange),
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Overlap(range) => write!(f, "the edit at {range:?} overlaps another edit"),
            Self::OutsideText(range) => write!(f, "the edit at {range:?} is outside the text"),
        }
    }
}

impl std::error::Error for EditError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(start: u32, end: u32) -> TextRange {
        TextRange::new(start.into(), end.into())
    }

    #[test]
    fn edits_come_in_any_order() {
        let mut edits = Edits::new();
        edits.replace(range(11, 15), "");
        edits.insert(15.into(), "3");
        edits.replace(range(4, 8), "1");
        assert_eq!(edits.splice("a = f(1) + g(2)").as_deref(), Ok("a = 1 + 3"));
        let mapped = [0, 4, 6, 8, 11, 13, 15].map(|old| edits.map(TextSize::new(old)).to_u32());
        assert_eq!(mapped, [0, 4, 4, 5, 8, 8, 9]);
    }

    #[test]
    fn insertions_at_one_place_keep_their_order() {
        let mut edits = Edits::new();
        edits.replace(range(1, 2), "B");
        edits.insert(1.into(), "x");
        edits.insert(2.into(), "z");
        edits.insert(1.into(), "y");
        assert_eq!(edits.splice("abc").as_deref(), Ok("axyBzc"));
        assert_eq!(edits.map(1.into()), 3.into());
        assert_eq!(edits.map(2.into()), 5.into());
    }

    #[test]
    fn impossible_edits_are_errors() {
        let mut overlap = Edits::new();
        overlap.replace(range(0, 2), "");
        overlap.insert(1.into(), "x");
        assert_eq!(overlap.splice("abc"), Err(EditError::Overlap(range(1, 1))));
        for bad in [range(1, 2), range(2, 9), range(9, 9)] {
            let mut edits = Edits::new();
            edits.replace(bad, "");
            assert_eq!(edits.splice("aé"), Err(EditError::OutsideText(bad)));
        }
    }
}
