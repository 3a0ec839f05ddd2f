//! Sources as the interpreter's compiler takes them.

use rustpython_source_file::SourceFileBuilder;

use super::session;
use crate::source::FileId;

/// The source of a file that was made known.
pub(super) fn compilable(file: FileId) -> Option<rustpython_source_file::SourceFile> {
    session::with(|s| {
        let source = s.source(file)?;
        let path = session::code_path(file, source);
        Some(SourceFileBuilder::new(path, source.text()).finish())
    })
}
