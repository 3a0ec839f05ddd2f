//! Sources as the interpreter's compiler takes them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rustpython_ast::ModModule;
use rustpython_codegen::compile::{CompileOpts, compile_program};
use rustpython_codegen::error::{CodegenError, CodegenErrorType};
use rustpython_source_file::SourceFileBuilder;

use super::session;
use crate::source::FileId;

/// The source of a file that was made known.
pub(super) fn compilable(file: FileId) -> Option<rustpython_source_file::SourceFile> {
    session::with(|s| {
        let source = s.source(file)?;
        Some(SourceFileBuilder::new(s.code_path(file)?, source.text()).finish())
    })
}

/// What the compiler makes of code. It panics on some correct programs, which is an error like
/// others; it changes nothing that could be left in disorder.
pub(super) fn guarded<T>(
    compile: impl FnOnce() -> Result<T, CodegenError>,
) -> Result<T, CodegenError> {
    catch_unwind(AssertUnwindSafe(compile)).unwrap_or_else(|_| {
        let message = "the compile-time Python can't compile this yet".to_owned();
        let error = CodegenErrorType::SyntaxError(message);
        Err(CodegenError { location: None, error, source_path: String::new() })
    })
}

/// Whether the compiler takes a module, whose `text` it is: it knows the rules that the grammar
/// doesn't, as that `return` stands in a function.
///
/// # Errors
/// What is wrong, and in which line, from 1.
pub fn compiles(module: &ModModule, text: &str) -> Result<(), (String, usize)> {
    let source = SourceFileBuilder::new("output", text).finish();
    let compile = || compile_program(module, source, CompileOpts::default());
    // It says nothing about what it panics on.
    match catch_unwind(AssertUnwindSafe(compile)) {
        Ok(Ok(_)) | Err(_) => Ok(()),
        Ok(Err(error)) => {
            let line = error.location.map_or(1, |at| at.line.get());
            match is_about_program(&error.error) {
                true => Err((error.error.to_string(), line)),
                false => Ok(()),
            }
        }
    }
}

/// Whether an error of the compiler is the program's: it also has some of its own.
fn is_about_program(error: &CodegenErrorType) -> bool {
    match error {
        CodegenErrorType::NotImplementedYet => false,
        CodegenErrorType::SyntaxError(text) => !text.contains("symbol table"),
        _ => true,
    }
}
