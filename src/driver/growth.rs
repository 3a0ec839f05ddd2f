//! Whether the output is so much larger than its source that somebody should know.

use std::rc::Rc;

use rustpython_text_size::TextRange;

use crate::diagnostic::{Code, Finding, Label};
use crate::expand::{ExpandedModule, Module};

/// How many times the size of its source an output may have.
const MOST_TIMES: usize = 20;

/// The size up to which no output is too large, in bytes of UTF-8.
const SMALL: usize = 100_000;

/// The warning about an output that is too large.
pub(super) fn growth(module: &Module, expanded: &ExpandedModule, output: &str) -> Option<Finding> {
    let (before, after) = (module.text().len(), output.len());
    let times = after / before.max(1);
    if after <= SMALL || times <= MOST_TIMES {
        return None;
    }
    let message =
        format!("the output has {} kB, {times} times as much as the source", after / 1_000);
    let label = match largest(module, expanded) {
        Some(range) => Label::new(module.file, range, "most of it comes from here"),
        None => Label::new(module.file, TextRange::default(), "in this file"),
    };
    let help = "a table that large loads faster from a file, and a loop needs no code a round";
    Some(Finding::new(Code::LargeOutput, message, label).help(help))
}

/// The place whose expansion is more than half of what was added.
fn largest(module: &Module, expanded: &ExpandedModule) -> Option<TextRange> {
    // Edits of another text than the user's own say nothing about places in that.
    if !Rc::ptr_eq(&expanded.source, &module.source) {
        return None;
    }
    let all: usize = expanded.edits.iter().map(|edit| edit.text.len()).sum();
    let largest = expanded.edits.iter().max_by_key(|edit| edit.text.len())?;
    (largest.text.len() > all / 2).then_some(largest.range)
}
