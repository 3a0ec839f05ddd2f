//! Applying the certain fixes of a file's findings to the file itself.

use std::fs;
use std::io;
use std::path::Path;

use rustpython_text_size::TextRange;

use crate::cli::disk;
use crate::cli::report::{Edit, Report};
use crate::source::Source;
use crate::source::edit::Edits;

/// Applies the fixes for the file at `path`, which was checked as `before`; tells how many. One
/// that meets another waits for the next time.
///
/// # Errors
/// When the file has changed meanwhile, or can't be written.
pub fn apply(path: &Path, before: &[u8], findings: &[Report]) -> io::Result<usize> {
    let name = path.to_string_lossy();
    let of_file = |report: &&Report| report.primary.file == name;
    let fixes = findings.iter().filter(of_file).filter_map(|report| report.fix.as_ref());
    let (mut edits, mut taken, mut count) = (Edits::new(), Vec::new(), 0);
    for fix in fixes {
        let ranges: Vec<TextRange> = fix.edits.iter().map(range).collect();
        let meets = |range: &TextRange| {
            taken.iter().any(|other: &TextRange| other.intersect(*range).is_some())
        };
        if ranges.iter().any(meets) {
            continue;
        }
        for (edit, range) in fix.edits.iter().zip(&ranges) {
            edits.replace(*range, &*edit.text);
        }
        taken.extend(ranges);
        count += 1;
    }
    if count == 0 {
        return Ok(0);
    }
    let odd = |what: &str| io::Error::other(what.to_owned());
    let source = Source::decode(name, before).map_err(|error| odd(&error.message))?;
    let text = edits.splice(source.text()).map_err(|_| odd("its fixes contradict each other"))?;
    let bytes = source.encode(&text).map_err(|error| odd(&error.to_string()))?;
    if fs::read(path)? != before {
        return Err(odd("it has been changed meanwhile"));
    }
    disk::save(path, &bytes, Some(path))?;
    Ok(count)
}

fn range(edit: &Edit) -> TextRange {
    let (start, end) = (edit.start.offset, edit.end.offset.max(edit.start.offset));
    TextRange::new(start.into(), end.into())
}
