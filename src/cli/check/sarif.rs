//! What was found, in the Static Analysis Results Interchange Format 2.1.0 of OASIS.

use serde_json::{Value, json};

use super::CheckedFiles;
use crate::cli::report::{Report, ReportEdit, ReportLevel, ReportPosition, ReportSpan};
use crate::diagnostic::Code;

/// The log of one run.
pub(crate) fn log(found: &CheckedFiles) -> String {
    let mut codes: Vec<&str> = found.reports.iter().map(|report| &*report.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<Value> = codes.iter().map(|code| rule(code)).collect();
    let results: Vec<Value> = found
        .reports
        .iter()
        // Sorted, each code is found.
        .map(|report| result(report, codes.binary_search(&&*report.code).unwrap_or_default()))
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "uneval",
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                },
            },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn rule(id: &str) -> Value {
    let Ok(code) = id.parse::<Code>() else { return json!({ "id": id }) };
    json!({
        "id": id,
        "shortDescription": { "text": code.title() },
        "help": { "text": code.page(), "markdown": code.page() },
        "defaultConfiguration": { "level": level(code.severity().into()) },
    })
}

fn level(level: ReportLevel) -> &'static str {
    match level {
        ReportLevel::Note => "note",
        ReportLevel::Warning => "warning",
        ReportLevel::Error => "error",
    }
}

fn result(report: &Report, index: usize) -> Value {
    let mut message = report.message.clone();
    for note in &report.notes {
        message += &format!("\nnote: {note}");
    }
    if let Some(help) = &report.help {
        message += &format!("\nhelp: {help}");
    }
    let mut result = json!({
        "ruleId": report.code,
        "ruleIndex": index,
        "level": level(report.severity),
        "message": { "text": message },
        "locations": [location(&report.primary)],
    });
    if !report.secondary.is_empty() {
        let related: Vec<Value> = report.secondary.iter().map(location).collect();
        set(&mut result, "relatedLocations", related.into());
    }
    if let Some(fix) = &report.fix {
        let replacements: Vec<Value> = fix.edits.iter().map(replacement).collect();
        let fixes = json!([{
            "description": { "text": fix.title },
            "artifactChanges": [{
                "artifactLocation": { "uri": uri(&report.primary.file) },
                "replacements": replacements,
            }],
        }]);
        set(&mut result, "fixes", fixes);
    }
    result
}

/// Gives an object a property.
fn set(object: &mut Value, property: &str, value: Value) {
    if let Some(properties) = object.as_object_mut() {
        properties.insert(property.to_owned(), value);
    }
}

fn location(span: &ReportSpan) -> Value {
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&span.file) },
            "region": region(span.start, span.end),
        },
    });
    if !span.message.is_empty() {
        set(&mut location, "message", json!({ "text": span.message }));
    }
    location
}

fn replacement(edit: &ReportEdit) -> Value {
    json!({
        "deletedRegion": region(edit.start, edit.end),
        "insertedContent": { "text": edit.text },
    })
}

fn region(start: ReportPosition, end: ReportPosition) -> Value {
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// A path as a reference: what may not stand in one is percent-encoded (RFC 3986).
fn uri(path: &str) -> String {
    let mut uri = String::new();
    if path.starts_with('/') {
        uri += "file://";
    }
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte.into());
            }
            _ => uri += &format!("%{byte:02X}"),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_references() {
        assert_eq!(uri("src/a b.py"), "src/a%20b.py");
        assert_eq!(uri("/tmp/é:1.py"), "file:///tmp/%C3%A9%3A1.py");
        assert_eq!(uri("a\\b.py"), "a/b.py");
    }
}
