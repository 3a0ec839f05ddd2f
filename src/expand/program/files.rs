//! Where files are read from, and which of them a dotted name means below a folder.

use std::io;
use std::path::{Path, PathBuf};

/// What is added to the name of a module's file for its companion, which has its compile-time source.
pub(crate) const COMPANION: &str = ".uneval";

/// Where files are read from.
pub trait Files {
    /// The bytes of a file.
    ///
    /// # Errors
    /// When it can't be read.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// Whether there is a file at `path`.
    fn is_file(&self, path: &Path) -> bool;

    /// Whether there is a folder at `path`.
    fn is_dir(&self, path: &Path) -> bool;

    /// What is in a folder, sorted; nothing where that can't be told.
    fn entries(&self, folder: &Path) -> Vec<PathBuf> {
        let _ = folder;
        Vec::new()
    }

    /// The path with all links followed; the path itself where there are none.
    ///
    /// # Errors
    /// When there is nothing at `path`.
    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        match self.is_file(path) || self.is_dir(path) {
            true => Ok(path.to_path_buf()),
            false => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

/// The file of the module `name` below a folder.
pub(super) fn module_file(files: &dyn Files, folder: &Path, name: &str) -> Option<PathBuf> {
    let base: PathBuf = folder.join(name.split('.').collect::<PathBuf>());
    let module = base.with_extension("py");
    let found = [base.join("__init__.py"), module];
    found.into_iter().take(if name.is_empty() { 1 } else { 2 }).find(|path| files.is_file(path))
}

/// The file that has the compile-time source of the module at `path`: of one that was expanded, its
/// companion (language.md §13).
pub(super) fn compile_time_source(files: &dyn Files, path: &Path) -> PathBuf {
    let mut companion = path.as_os_str().to_owned();
    companion.push(COMPANION);
    let companion = PathBuf::from(companion);
    if files.is_file(&companion) { companion } else { path.to_path_buf() }
}
