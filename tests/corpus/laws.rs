//! What holds for every file, whatever is in it.

use std::path::Path;

use uneval::source::Source;

use super::case::{Case, Kind};
use super::expansion::{Expanded, Overlay, expand_file, expand_here, on_big_stack, survive};
use super::{residue, untouched};

/// How many beginnings of a file are tried.
const PREFIXES: usize = 60;

/// What `file` breaks, in words.
pub fn of(case: &Case, file: &Expanded, all: &[Expanded]) -> Vec<String> {
    let mut broken = Vec::new();
    let path = file.path.display();
    if expand_file(&Overlay::default(), &file.path) != *file {
        broken.push(format!("{path}: another driver gives another result"));
    }
    broken.extend(prefixes(&file.path, &file.source));
    if let Some(output) = &file.output {
        let mut found = untouched::check(file);
        found.extend(stable(file, all));
        if case.kind != Kind::Python {
            // What holds no macro needn't be Python.
            found.extend(residue::of(output));
        }
        broken.extend(found.into_iter().map(|what| format!("{path}: {what}")));
    }
    broken
}

/// Expanding the output again, among the other files' outputs, changes nothing.
fn stable(file: &Expanded, all: &[Expanded]) -> Option<String> {
    let output = file.output.as_ref()?;
    let mut outputs = Overlay::default();
    for other in all {
        outputs = outputs.with(&other.path, other.output.as_ref().unwrap_or(&other.source));
    }
    let again = expand_file(&outputs, &file.path);
    match &again.output {
        Some(same) if same == output => None,
        Some(_) => Some("expanding the output changes it".to_owned()),
        None => Some(format!("the output can't be expanded:\n{}", again.rendered)),
    }
}

/// However a file is cut off, there are findings or there is output.
fn prefixes(path: &Path, bytes: &[u8]) -> Vec<String> {
    let Ok(source) = Source::decode("prefix", bytes) else { return Vec::new() };
    // In a file of several bytes a character, the cut is at a character of UTF-8 all the same:
    // half a character is an input, too.
    let text = source.text();
    let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let step = cuts.len().div_ceil(PREFIXES).max(1);
    // The last prefixes hold the most of the program.
    let chosen = cuts.iter().rev().step_by(step).copied();
    let broken = |cut: &usize| {
        let prefix = bytes.get(..*cut).unwrap_or(bytes);
        let overlay = Overlay::default().with(path, prefix);
        match on_big_stack(|| survive(|| expand_here(&overlay, path))) {
            None => Some("a panic".to_owned()),
            Some(expanded) if expanded.output.is_none() && expanded.findings.is_empty() => {
                Some("neither output nor findings".to_owned())
            }
            Some(_) => None,
        }
    };
    let complain = |cut| broken(&cut).map(|w| format!("{}: cut at {cut}: {w}", path.display()));
    chosen.filter_map(complain).collect()
}
