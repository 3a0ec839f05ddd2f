//! The macro libraries among the installed packages: their modules are found like those of the
//! program (language.md §13).
//!
//! ```text
//! site-packages/maclib/__init__.py       from .api import *
//! site-packages/maclib/m.py.uneval       from uneval.meta import macro      so maclib is one,
//! site-packages/maclib/helpers.py                                           and this belongs to it
//! site-packages/numpy/…                  speaks of no macro: it is of the world
//! ```
//!
//! A package is one as a whole, whichever of its modules was asked for first: what is known of a
//! module must not depend on who asks.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use memchr::memmem;

use super::files::{Files, compile_time_source};
use super::installed::Installed;
use crate::python::library::is_library_module;
use crate::python::meta::{MetaKind, MetaName, PACKAGES, is_meta_module};
use crate::screen::{Import, screen};

/// Which of the packages that were asked for are macro libraries.
#[derive(Default)]
pub(super) struct Libraries {
    known: RefCell<HashMap<PathBuf, bool>>,
}

impl Libraries {
    /// The file of the installed module `name`, if it belongs to a macro library.
    pub(super) fn locate(
        &self,
        files: &dyn Files,
        installed: &Installed,
        name: &str,
    ) -> Option<PathBuf> {
        // Python looks in its library first; a package with the compile-time names holds no macro.
        if is_library_module(name) || PACKAGES.contains(&name) || is_meta_module(name) {
            return None;
        }
        let path = installed.locate(files, name)?;
        self.is_library(files, installed.package_of(files, &path)).then_some(path)
    }

    fn is_library(&self, files: &dyn Files, package: PathBuf) -> bool {
        if let Some(known) = self.known.borrow().get(&package) {
            return *known;
        }
        let speaks_of_macros = |path: &PathBuf| {
            files.read(&compile_time_source(files, path)).is_ok_and(|bytes| holds_macros(&bytes))
        };
        let is_library = python_files(files, &package).iter().any(speaks_of_macros);
        self.known.borrow_mut().insert(package, is_library);
        is_library
    }
}

/// The files of modules below a folder, or the one that this is.
fn python_files(files: &dyn Files, package: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![package.to_path_buf()];
    // A link may lead back to a folder around it.
    let mut seen = HashSet::new();
    while let Some(path) = waiting.pop() {
        match path.extension() {
            Some(ending) if ending == "py" => found.push(path),
            // No module is below a folder with a dot in its name.
            Some(_) => {}
            None if files.is_dir(&path) => {
                let is_new = files.real_path(&path).is_ok_and(|real| seen.insert(real));
                waiting.extend(is_new.then(|| files.entries(&path)).into_iter().flatten());
            }
            None => {}
        }
    }
    found
}

/// Whether a file imports names of compile time. `import cython` alone doesn't tell: many do that for
/// other things, and then there is no word of macros in them.
fn holds_macros(bytes: &[u8]) -> bool {
    let has = |word: &str| memmem::find(bytes, word.as_bytes()).is_some();
    if !PACKAGES.iter().any(|package| has(package)) {
        return false;
    }
    let marks = || MetaName::NAMED.iter().filter(|name| name.kind() == MetaKind::Mark);
    let has_marks = marks().any(|mark| has(mark.name()));
    let brings = |import: &Import| {
        let is_of_package = import.level == 0 && PACKAGES.contains(&&*import.module);
        let is_whole = import.names.iter().all(|name| name == "*");
        let is_named =
            import.names.iter().any(|name| name == "meta" || MetaName::in_package(name).is_some());
        import.level == 0 && is_meta_module(&import.module)
            || is_of_package && (is_named || is_whole && has_marks)
    };
    screen(bytes).imports.iter().any(brings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_hold_macros() {
        let check = |text: &str, expected: bool| {
            assert_eq!(holds_macros(text.as_bytes()), expected, "{text}");
        };
        check("from uneval.meta import macro", true);
        check("import cython.meta as meta", true);
        check("from cython import macro", true);
        check("from cython import meta", true);
        check("import cython as c\n@c.macro\ndef m(x): return x", true);
        check("from cython import *\n@unroll\ndef m(x): return x", true);
        check("try:\n    import cython\nexcept ImportError:\n    compiled = False", false);
        check("from cython import cfunc, locals", false);
        check("from .uneval.meta import macro", false);
        check("# from uneval.meta import macro", false);
    }
}
