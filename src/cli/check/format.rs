//! What was found, for people and for other programs.

use std::collections::BTreeSet;

use serde::Serialize;

use super::CheckedFiles;
use crate::cli::report::{Report, ReportLevel};

/// The version of the JSON document. Fields may be added without a new one.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct FindingsDocument<'a> {
    version: u32,
    files: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    fixed: usize,
    findings: &'a [Report],
}

/// All of it as one JSON document.
pub(crate) fn json(found: &CheckedFiles) -> String {
    let document = FindingsDocument {
        version: VERSION,
        files: found.files,
        errors: found.count(ReportLevel::Error),
        warnings: found.count(ReportLevel::Warning),
        notes: found.count(ReportLevel::Note),
        fixed: found.fixed,
        findings: &found.reports,
    };
    // Texts and numbers in structs always have a form.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

/// A line that sums it up.
pub(crate) fn summary(found: &CheckedFiles) -> String {
    let mut counts = Vec::new();
    for level in [ReportLevel::Error, ReportLevel::Warning, ReportLevel::Note] {
        let count = found.count(level);
        if count > 0 {
            counts.push(counted(count, level.word()));
        }
    }
    let files: BTreeSet<&str> = found.reports.iter().map(|r| &*r.primary.file).collect();
    let place = match files.len() {
        0 => String::new(),
        files => format!(" in {}", counted(files, "file")),
    };
    let counts = if counts.is_empty() { "no findings".to_owned() } else { counts.join(", ") };
    let fixed = match found.fixed {
        0 => String::new(),
        fixed => format!("; {fixed} fixed"),
    };
    format!("{} checked: {counts}{place}{fixed}\n", counted(found.files, "file"))
}

fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// A finding as a command of GitHub's workflows.
pub(crate) fn github(report: &Report) -> String {
    let level = match report.severity {
        ReportLevel::Note => "notice",
        level => level.word(),
    };
    let span = &report.primary;
    let mut message = report.message.clone();
    for note in &report.notes {
        message += &format!("\nnote: {note}");
    }
    if let Some(help) = &report.help {
        message += &format!("\nhelp: {help}");
    }
    format!(
        "::{level} file={},line={},col={},endLine={},endColumn={},title={}::{}\n",
        property(&span.file),
        span.start.line,
        span.start.column,
        span.end.line,
        span.end.column,
        property(&format!("{}: {}", report.code, report.title())),
        data(&message),
    )
}

/// Text as it may stand behind the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text as it may stand before it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
