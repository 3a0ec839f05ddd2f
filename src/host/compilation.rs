//! Sources as the interpreter's compiler takes them.

use rustpython_ast::ModModule;
use rustpython_codegen::compile::{self, CompileOpts};
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

/// Whether the module follows the rules that the grammar doesn't know: those of scopes, and of what
/// may stand where.
pub fn compiles(module: &ModModule, text: &str) -> bool {
    let source = SourceFileBuilder::new("<output>", text).finish();
    compile::compile_program(module, source, CompileOpts::default()).is_ok()
}
