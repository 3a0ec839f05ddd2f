//! Findings: what the tool has to say about a program, with the places it is about.
//!
//! A finding carries finished text and spans, so that whoever meets a problem words it, and
//! nobody later has to know why. How it looks on a screen is [`render`]'s business alone.

pub(crate) mod spelling;

pub(crate) mod codes;

pub(crate) mod ignore;

pub(crate) mod levels;

pub(crate) mod render;

use rustpython_text_size::TextRange;

use crate::source::FileId;

pub use codes::{Code, Severity};
pub(crate) use levels::Selector;
pub use levels::{Level, Levels};

/// A place in a file, and what it has to do with the finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The file.
    pub file: FileId,
    /// The place, in offsets of the file's text.
    pub range: TextRange,
    /// A few words, shown next to the place; may be empty.
    pub message: String,
}

impl Label {
    /// A label with words.
    pub fn new(file: FileId, range: TextRange, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { file, range, message }
    }

    /// A label that only points.
    pub fn bare(file: FileId, range: TextRange) -> Self {
        Self::new(file, range, "")
    }
}

/// A change of the program that does away with a finding.
///
/// It is certain: whoever accepts it unseen gets what was meant. What is only likely is said in
/// words, as the finding's help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an order: "remove the import".
    pub title: String,
    /// The places in the finding's own file, and what to put there. No two of them overlap.
    pub edits: Vec<(TextRange, String)>,
}

/// One error, warning or note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of finding this is; its page says more.
    pub code: Code,
    /// How bad it is: what its code says, or what the user wants.
    pub severity: Severity,
    /// One line: what is wrong here, in terms of the user's program.
    pub message: String,
    /// Where it is wrong: the place in the user's file that one would change.
    pub primary: Label,
    /// The path to it: the line in the macro, the inner call, the other definition.
    pub secondary: Vec<Label>,
    /// Further facts, such as the traceback of a macro's exception.
    pub notes: Vec<String>,
    /// What to do about it, where that is known.
    pub help: Option<String>,
    /// The change that does that, where it is certain.
    pub fix: Option<Fix>,
}

impl Finding {
    /// A finding at one place.
    pub fn new(code: Code, message: impl Into<String>, primary: Label) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            primary,
            secondary: Vec::new(),
            notes: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// The same facts, of another kind.
    #[must_use]
    pub fn of_kind(self, code: Code) -> Self {
        Finding { code, severity: code.severity(), ..self }
    }

    /// Adds a place that the path to the problem leads through.
    #[must_use]
    pub fn secondary(mut self, label: Label) -> Self {
        self.secondary.push(label);
        self
    }

    /// Adds a fact; it may have several lines.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Gives the change that does away with it, in the file of the primary label.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, edits: Vec<(TextRange, String)>) -> Self {
        self.fix = Some(Fix { title: title.into(), edits });
        self
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.severity
    }
}
