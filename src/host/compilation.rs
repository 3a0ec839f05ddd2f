//! Compilation of sources for the interpreter.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rustpython_ast::ModModule;
use rustpython_codegen::compile::{CompileOpts, compile_program};
use rustpython_codegen::error::{CodegenError, CodegenErrorType};
use rustpython_codegen::symboltable::SymbolTable;
use rustpython_source_file::SourceFileBuilder;

use crate::host::state::compiled;
use crate::source::FileId;

/// The source of a file that was made known.
pub(in crate::host) fn compilable(file: FileId) -> Option<rustpython_source_file::SourceFile> {
    compiled::with(|s| {
        let source = s.source(file)?;
        Some(SourceFileBuilder::new(s.path(file)?, source.text()).finish())
    })
}

/// What the compiler makes of code. It panics on some correct programs, which is an error like
/// others; it changes nothing that could be left in disorder.
pub(in crate::host) fn guarded<T>(
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
pub(crate) fn compiles(module: &ModModule, text: &str) -> Result<(), (String, usize)> {
    let source = SourceFileBuilder::new("output", text).finish();
    let path = || source.name().to_owned();
    let scan = || {
        SymbolTable::scan_program(module, source.clone())
            .map(drop)
            .map_err(|error| error.into_codegen_error(path()))
    };
    let generate = || compile_program(module, source.clone(), CompileOpts::default()).map(drop);
    // A panic says nothing about the program.
    let error = match (catch_unwind(AssertUnwindSafe(scan)), generate) {
        (Err(_), _) => return Ok(()),
        (Ok(Err(error)), _) => error,
        (Ok(Ok(())), generate) => match catch_unwind(AssertUnwindSafe(generate)) {
            Ok(Err(error)) if is_about_program(&error.error) => error,
            _ => return Ok(()),
        },
    };
    Err((error.error.to_string(), error.location.map_or(1, |at| at.line.get())))
}

/// Whether an error of code generation is the program's. Those that have no type of their own are
/// about what the generator lacks, or about rules that its caller knows.
fn is_about_program(error: &CodegenErrorType) -> bool {
    !matches!(error, CodegenErrorType::NotImplementedYet | CodegenErrorType::SyntaxError(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<(), (&str, usize)>) {
        let module = rustpython_parser::parse_module(text).map(|parsed| parsed.into_syntax());
        let found = module.map(|module| compiles(&module, text));
        let expected = expected.map_err(|(why, line)| (why.to_owned(), line));
        assert_eq!(found.ok(), Some(expected), "{text}");
    }

    #[test]
    fn rules_that_the_grammar_lacks_are_known() {
        check("def f():\n    return 1\n", Ok(()));
        check("x = 1\nreturn x\n", Err(("'return' outside function", 2)));
        check("yield 1\n", Err(("'yield' outside function", 1)));
        check("def f(x):\n    global x\n", Err(("name 'x' is parameter and global", 2)));
        check("def f():\n    nonlocal x\n", Err(("no binding for nonlocal 'x' found", 1)));
    }
}
