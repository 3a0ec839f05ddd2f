//! Applying the certain fixes of a file's findings to the file itself.

use std::io;
use std::path::Path;

use rustpython_text_size::TextRange;

use crate::cli::disk;
use crate::cli::report::{Report, ReportEdit};
use crate::source::Source;
use crate::source::edit::Edits;

/// Applies the fixes for the file at `path`, which findings call `name` and which was checked as
/// `before`; tells how many. One that meets another waits for the next time.
///
/// # Errors
/// When the file has changed meanwhile, or can't be written.
pub(crate) fn apply(
    (path, name): (&Path, &str),
    before: &[u8],
    findings: &[Report],
) -> io::Result<usize> {
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
    disk::is_unchanged(path, before)?;
    disk::save(path, &bytes, Some(path))?;
    Ok(count)
}

fn range(edit: &ReportEdit) -> TextRange {
    let (start, end) = (edit.start.offset, edit.end.offset.max(edit.start.offset));
    TextRange::new(start.into(), end.into())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::cli::report::{ReportFix, ReportPosition};
    use crate::diagnostic::Code;
    use crate::diagnostic::render::Colouring;

    fn report(path: &Path, start: u32, end: u32, text: &str) -> Report {
        let at = |offset| ReportPosition { line: 1, column: offset + 1, offset };
        let (start, end) = (at(start), at(end));
        let edit = ReportEdit { start, end, text: text.to_owned() };
        let plain = Report::of_file(Code::UnusedMacro, String::new(), path, Colouring::Plain);
        Report {
            fix: Some(ReportFix { title: "change it".to_owned(), edits: vec![edit] }),
            ..plain
        }
    }

    #[test]
    fn fixes_that_meet_wait_and_changed_files_stay() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.py");
        let file = (&*path, &*path.to_string_lossy());
        fs::write(&path, "one two three").unwrap();
        let fixes = [report(&path, 0, 3, "1"), report(&path, 2, 7, "x"), report(&path, 8, 13, "3")];
        assert_eq!(apply(file, b"one two three", &fixes).unwrap(), 2);
        assert_eq!(fs::read(&path).unwrap(), b"1 two 3");
        // What was checked isn't what is there now.
        assert!(apply(file, b"one two three", &fixes).is_err());
        assert_eq!(fs::read(&path).unwrap(), b"1 two 3");
        assert_eq!(apply(file, b"1 two 3", &[]).unwrap(), 0);
    }
}
