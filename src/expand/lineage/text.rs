//! The text that is written, and where each piece of it comes from.
//!
//! ```text
//! old   for i in unroll((1, 2)): f(i)
//! new   f(1)⏎f(2)                      f( and ) come from the body, 1 and 2 stand for its i
//! ```

use rustpython_text_size::{TextRange, TextSize};

/// A text under construction.
#[derive(Clone, Debug, Default)]
pub(crate) struct DerivedText {
    text: String,
    spans: Vec<TextPiece>,
}

/// From `new` on, the text comes from `old`.
#[derive(Clone, Copy, Debug)]
struct TextPiece {
    new: TextSize,
    old: TextRange,
    kind: PieceKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PieceKind {
    /// Character by character.
    Copied,
    /// As a whole.
    StandsFor,
}

impl DerivedText {
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    fn len(&self) -> TextSize {
        TextSize::of(self.text.as_str())
    }

    /// Whether there is nothing to be seen in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Adds what the old text has at `old`.
    pub(crate) fn copy(&mut self, text: &str, old: TextRange) {
        self.add(text, old, PieceKind::Copied);
    }

    /// Adds a text that stands for what the old one has at `old`.
    pub(crate) fn write(&mut self, text: &str, old: TextRange) {
        self.add(text, old, PieceKind::StandsFor);
    }

    fn add(&mut self, text: &str, old: TextRange, kind: PieceKind) {
        if !text.is_empty() {
            self.spans.push(TextPiece { new: self.len(), old, kind });
            self.text.push_str(text);
        }
    }

    /// Adds another text.
    pub(crate) fn append(&mut self, other: &DerivedText) {
        let start = self.len();
        self.spans.extend(other.spans.iter().map(|s| TextPiece { new: s.new + start, ..*s }));
        self.text.push_str(&other.text);
    }

    /// Takes off the end what `is_over` says.
    pub(crate) fn trim_end(&mut self, is_over: impl Fn(char) -> bool) {
        let end = self.text.trim_end_matches(is_over).len();
        self.text.truncate(end);
        let end = self.len();
        self.spans.retain(|span| span.new < end);
    }

    /// Takes off the last character.
    pub(crate) fn drop_last(&mut self) {
        self.text.pop();
        let end = self.len();
        self.spans.retain(|span| span.new < end);
    }

    /// The text, and where it comes from.
    pub(crate) fn into_parts(self) -> (String, Origins) {
        (self.text, Origins { spans: self.spans })
    }
}

/// Where each piece of a text comes from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origins {
    spans: Vec<TextPiece>,
}

impl Origins {
    fn at(&self, offset: TextSize) -> Option<&TextPiece> {
        self.spans[..self.spans.partition_point(|span| span.new <= offset)].last()
    }

    /// The place in the old text of what stands at `range` in the new one.
    pub(crate) fn of(&self, range: TextRange) -> TextRange {
        let Some(first) = self.at(range.start()) else { return range };
        let start = match first.kind {
            PieceKind::Copied => first.old.start() + (range.start() - first.new),
            PieceKind::StandsFor => first.old.start(),
        };
        if range.is_empty() {
            return TextRange::empty(start);
        }
        let end = match self.at(range.end() - TextSize::from(1)) {
            Some(last) if last.kind == PieceKind::Copied => {
                last.old.start() + (range.end() - last.new)
            }
            Some(last) => last.old.end(),
            None => start,
        };
        TextRange::new(start, end.max(start))
    }
}
