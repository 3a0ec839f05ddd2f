//! Findings as they leave the worker that found them: with places that need no source to be told.
//!
//! Their JSON is that of `check --format json`, which the book documents: fields may be added.

use std::path::Path;

use rustpython_text_size::{TextRange, TextSize};
use serde::{Deserialize, Serialize};

use crate::diagnostic::render::{self, Colouring};
use crate::diagnostic::{Code, Finding, Label, Severity};
use crate::source::{Source, Sources};

/// A finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Report {
    /// The stable code, such as `E0301`.
    pub code: String,
    pub severity: ReportLevel,
    /// One line.
    pub message: String,
    /// Where it is wrong.
    pub primary: ReportSpan,
    /// The path to it.
    pub secondary: Vec<ReportSpan>,
    /// Further facts.
    pub notes: Vec<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// The change that does that, where it is certain.
    pub fix: Option<ReportFix>,
    /// All of it as text for people.
    pub rendered: String,
}

/// The code, the file, the place and the words of a finding.
pub(crate) type Identity = (String, String, u32, String);

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ReportLevel {
    Note,
    Warning,
    Error,
}

/// A place, and what it has to do with the finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ReportSpan {
    pub file: String,
    pub start: ReportPosition,
    pub end: ReportPosition,
    /// May be empty.
    pub message: String,
}

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReportPosition {
    /// From 1.
    pub line: u32,
    /// In characters from 1.
    pub column: u32,
    /// In bytes of the text as UTF-8 from 0.
    pub offset: u32,
}

/// A change of the file of the primary place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ReportFix {
    pub title: String,
    pub edits: Vec<ReportEdit>,
}

/// What to put in the place of a piece of text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ReportEdit {
    pub start: ReportPosition,
    pub end: ReportPosition,
    pub text: String,
}

impl Report {
    /// The report of a finding whose labels point into `sources`.
    pub(crate) fn new(finding: &Finding, sources: &Sources, style: Colouring) -> Report {
        let fix = finding.fix.as_ref().map(|fix| {
            let edit = |(range, text): &(TextRange, String)| {
                let span = span(&Label::new(finding.primary.file, *range, ""), sources);
                ReportEdit { start: span.start, end: span.end, text: text.clone() }
            };
            ReportFix { title: fix.title.clone(), edits: fix.edits.iter().map(edit).collect() }
        });
        Report {
            code: finding.code.id().to_owned(),
            severity: finding.severity().into(),
            message: finding.message.clone(),
            primary: span(&finding.primary, sources),
            secondary: finding.secondary.iter().map(|label| span(label, sources)).collect(),
            notes: finding.notes.clone(),
            help: finding.help.clone(),
            fix,
            rendered: render::render(std::slice::from_ref(finding), sources, style),
        }
    }

    /// A report about the file at `path` as a whole.
    pub(crate) fn of_file(code: Code, message: String, path: &Path, style: Colouring) -> Report {
        let sources = Sources::new();
        let file = sources.add(Source::from_text(path.to_string_lossy(), ""));
        let label = Label::bare(file, TextRange::default());
        Report::new(&Finding::new(code, message, label), &sources, style)
    }

    /// What tells it from others: the same finding may be made for several files.
    pub(crate) fn identity(&self) -> Identity {
        let ReportSpan { file, start, .. } = &self.primary;
        (self.code.clone(), file.clone(), start.offset, self.message.clone())
    }

    /// What the code is about, in a few words.
    pub(crate) fn title(&self) -> &'static str {
        self.code.parse().map_or("", Code::title)
    }
}

impl From<Severity> for ReportLevel {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Note => ReportLevel::Note,
            Severity::Warning => ReportLevel::Warning,
            Severity::Error => ReportLevel::Error,
        }
    }
}

impl ReportLevel {
    /// The word for it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            ReportLevel::Note => "note",
            ReportLevel::Warning => "warning",
            ReportLevel::Error => "error",
        }
    }
}

fn span(label: &Label, sources: &Sources) -> ReportSpan {
    let message = label.message.clone();
    let Some(source) = sources.find(label.file) else {
        let nowhere = ReportPosition { line: 1, column: 1, offset: 0 };
        return ReportSpan { file: String::new(), start: nowhere, end: nowhere, message };
    };
    let position = |at: TextSize| {
        let at = source.line_column(at);
        ReportPosition { line: at.line, column: at.column, offset: 0 }
    };
    let (start, end) = (label.range.start(), label.range.end());
    ReportSpan {
        file: source.name().to_owned(),
        start: ReportPosition { offset: start.to_u32(), ..position(start) },
        end: ReportPosition { offset: end.to_u32(), ..position(end) },
        message,
    }
}
