//! What holds for every file, whatever is in it.

use super::case::{Case, Kind};
use super::expansion::{Expanded, Overlay, expand_file};
use super::{broken, residue, untouched};

/// What `file` breaks, in words.
pub fn of(case: &Case, file: &Expanded, all: &[Expanded]) -> Vec<String> {
    let mut complaints = Vec::new();
    let path = file.path.display();
    if expand_file(&Overlay::default(), (&file.root, &file.run), &file.path) != *file {
        complaints.push(format!("{path}: another driver gives another result"));
    }
    complaints.extend(broken::check(&file.path, &file.source));
    if let Some(output) = &file.output {
        let mut found = untouched::check(file);
        found.extend(stable(file, all));
        if case.kind != Kind::Python {
            // What holds no macro needn't be Python.
            found.extend(residue::of(output));
        }
        complaints.extend(found.into_iter().map(|what| format!("{path}: {what}")));
    }
    complaints
}

/// Expanding the output again, among the other files' outputs, changes nothing.
fn stable(file: &Expanded, all: &[Expanded]) -> Option<String> {
    let output = file.output.as_ref()?;
    let mut outputs = Overlay::default();
    for other in all {
        outputs = outputs.with(&other.path, other.output.as_ref().unwrap_or(&other.source));
    }
    let again = expand_file(&outputs, (&file.root, &file.run), &file.path);
    match &again.output {
        Some(same) if same == output => None,
        Some(_) => Some("expanding the output changes it".to_owned()),
        None => Some(format!("the output can't be expanded:\n{}", again.rendered)),
    }
}
