//! The roots below which the modules of a folder find what they import.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The roots below which imports are looked up, innermost first, and a number that only they have.
#[derive(Clone)]
pub(super) struct SearchPath {
    pub number: usize,
    pub roots: Rc<Vec<PathBuf>>,
}

/// The search paths of the folders that were asked for.
#[derive(Default)]
pub(super) struct SearchPaths {
    of_folders: RefCell<HashMap<PathBuf, SearchPath>>,
    numbers: RefCell<HashMap<Rc<Vec<PathBuf>>, usize>>,
}

impl SearchPaths {
    /// The search path of a folder, whose roots are worked out once.
    pub(super) fn of(&self, folder: &Path, roots: impl FnOnce() -> Vec<PathBuf>) -> SearchPath {
        if let Some(known) = self.of_folders.borrow().get(folder) {
            return known.clone();
        }
        let roots = Rc::new(roots());
        let mut numbers = self.numbers.borrow_mut();
        let next = numbers.len();
        let number = *numbers.entry(roots.clone()).or_insert(next);
        let path = SearchPath { number, roots };
        self.of_folders.borrow_mut().insert(folder.to_path_buf(), path.clone());
        path
    }
}
