//! What running code asks of the outside: modules to import, files to embed.
//!
//! Whoever runs code stands by with the answers ([`standing_by`]), so that the code goes on where it
//! asked. An answer may run code in turn.

use std::rc::Rc;

use rustpython_ast::ModModule;
use rustpython_vm::builtins::PyDictRef;
use scoped_tls_hkt::scoped_thread_local;

use crate::host::failure::Failure;
use crate::source::{FileId, Source};

/// Who answers.
pub(crate) trait Outside {
    /// What an import of the module `name` finds in `realm`. The code that imports it stands in these
    /// files, the innermost first.
    fn find(&self, from: &[FileId], name: &str, realm: Realm) -> Option<FoundModule>;

    /// What a module that was found is filled with.
    ///
    /// # Errors
    /// Why it can't be.
    fn load(&self, from: &[FileId], name: &str, realm: Realm) -> Result<ModuleContent, Failure>;

    /// The content of the file at `path`, as the code in `from` sees it.
    ///
    /// # Errors
    /// Why there is none.
    fn file(&self, from: FileId, path: &str) -> Result<Vec<u8>, String>;

    /// The content of a file that belongs to an installed package which is open.
    fn package_file(&self, path: &str) -> Option<Vec<u8>>;
}

/// Where Python looks for a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Realm {
    /// The program's files, which go before the library.
    Program,
    /// What comes after it: installed packages, and folders without a module.
    Installed,
}

/// A module that an import means.
#[derive(Clone, Debug)]
pub(crate) struct FoundModule {
    /// Its file, as code sees it; none of a folder without a module.
    pub origin: Option<String>,
    pub is_package: bool,
}

/// What a module is filled with.
pub(crate) enum ModuleContent {
    /// The names of compile time that it has, and the plain statements that run after them.
    Program {
        names: Namespace,
        file: FileId,
        body: ModModule,
        /// The names that only the running program has.
        left_out: Vec<String>,
    },
    /// The text of an installed module.
    Installed(Rc<Source>),
    Nothing,
}

/// The compile-time names of a module.
#[derive(Clone)]
pub(crate) struct Namespace {
    pub(in crate::host) globals: PyDictRef,
}

scoped_thread_local!(static OUTSIDE: for<'a> &'a (dyn Outside + 'a));

/// Runs `f`, whose code gets its answers from `outside`.
pub(in crate::host) fn standing_by<R>(outside: &dyn Outside, f: impl FnOnce() -> R) -> R {
    OUTSIDE.set(outside, f)
}

/// The answer to a question; none if nobody stands by.
pub(in crate::host) fn ask<R>(question: impl FnOnce(&dyn Outside) -> R) -> Option<R> {
    OUTSIDE.is_set().then(|| OUTSIDE.with(|outside| question(outside)))
}
