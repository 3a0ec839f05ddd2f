//! Compile-time code that runs, and what it asks for meanwhile: the files that it embeds, the modules
//! that it imports. Each file that is read is an input of the build.

use std::cell::RefCell;

use super::Stage;
use super::embedding::read_embedded;
use super::guard::run_guarded;
use super::imports::{find_module, load_module, read_package_file};
use crate::diagnostic::Label;
use crate::host::{Failure, FoundModule, Host, ModuleContent, Outside, Realm};
use crate::source::FileId;

/// Runs compile-time code for the place at `label`.
pub(crate) fn run_with_files<T>(
    cx: &mut Stage<'_, '_>,
    label: &Label,
    run: impl FnOnce(&Host) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let host = cx.compile_time.host();
    run_guarded(cx, label, |cx| host.standing_by(&Answers(RefCell::new(cx)), run))
}

/// The answers to what running code asks.
struct Answers<'r, 's, 'a>(RefCell<&'r mut Stage<'s, 'a>>);

impl Outside for Answers<'_, '_, '_> {
    fn find(&self, from: &[FileId], name: &str, realm: Realm) -> Option<FoundModule> {
        find_module(&self.0.borrow(), from, name, realm)
    }

    fn load(&self, from: &[FileId], name: &str, realm: Realm) -> Result<ModuleContent, Failure> {
        load_module(&mut self.0.borrow_mut(), from, name, realm)
    }

    fn file(&self, from: FileId, path: &str) -> Result<Vec<u8>, String> {
        read_embedded(&mut self.0.borrow_mut(), from, path)
    }

    fn package_file(&self, path: &str) -> Option<Vec<u8>> {
        read_package_file(&mut self.0.borrow_mut(), path)
    }
}
