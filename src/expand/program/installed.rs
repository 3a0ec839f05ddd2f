//! What is installed, and what of it is open to compile-time code.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use super::files::{Files, module_file};

/// Where compile-time code sees installed packages.
const FOLDER: &str = "/site-packages/";

/// What is installed, and what of it is open to compile-time code.
#[derive(Clone, Debug, Default)]
pub struct Installed {
    /// The folders of an environment in which packages are, as Python looks through them.
    pub folders: Vec<PathBuf>,
    /// The top-level names that may be imported; `*` stands for all.
    pub packages: BTreeSet<String>,
}

impl Installed {
    /// Whether compile-time code may import the top-level name.
    pub(crate) fn allows(&self, package: &str) -> bool {
        self.packages.contains(package) || self.packages.contains("*")
    }

    /// Whether there is such a top-level name.
    pub(crate) fn is_there(&self, files: &dyn Files, package: &str) -> bool {
        self.locate(files, package).is_some() || self.is_folder(files, package)
    }

    /// The file of the module `name`, open or not.
    pub(crate) fn locate(&self, files: &dyn Files, name: &str) -> Option<PathBuf> {
        self.folders.iter().find_map(|folder| module_file(files, folder, name))
    }

    /// The folder of the environment that the file is in; of several, the innermost.
    pub(crate) fn folder_of(&self, path: &Path) -> Option<&Path> {
        let around = self.folders.iter().filter(|folder| path.starts_with(folder));
        around.max_by_key(|folder| folder.components().count()).map(PathBuf::as_path)
    }

    /// The outermost package with an `__init__.py` that the file is in; the file, if it is in none.
    pub(crate) fn package_of(&self, files: &dyn Files, path: &Path) -> PathBuf {
        let below = self.folder_of(path).map_or(0, |folder| folder.components().count());
        let around: Vec<&Path> = path.ancestors().skip(1).collect();
        let inside = around.iter().rev().filter(|folder| folder.components().count() > below);
        let package = inside.copied().find(|folder| files.is_file(&folder.join("__init__.py")));
        package.unwrap_or(path).to_path_buf()
    }

    /// Whether `name` is a package of which the environment has folders and no file (PEP 420).
    pub(crate) fn is_namespace(&self, files: &dyn Files, name: &str) -> bool {
        self.is_folder(files, name) && self.locate(files, name).is_none()
    }

    /// Whether `name` is a folder that Python would take for a package.
    pub(crate) fn is_folder(&self, files: &dyn Files, name: &str) -> bool {
        let below: PathBuf = name.split('.').collect();
        !name.is_empty() && self.folders.iter().any(|folder| files.is_dir(&folder.join(&below)))
    }

    /// The file of an open package that compile-time code knows by this path.
    pub(crate) fn file(&self, files: &dyn Files, path: &str) -> Option<PathBuf> {
        let below = Path::new(path.strip_prefix(FOLDER)?);
        let is_below = below.components().all(|part| matches!(part, Component::Normal(_)));
        let package = below.components().next()?.as_os_str().to_str()?;
        let mut found = self.folders.iter().map(|folder| folder.join(below));
        (is_below && self.allows(package)).then(|| found.find(|path| files.is_file(path)))?
    }

    /// The file as compile-time code sees it, which is the same on every machine.
    pub(crate) fn shown(&self, path: &Path) -> Option<String> {
        let below = self.folders.iter().find_map(|folder| path.strip_prefix(folder).ok())?;
        Some(format!("{FOLDER}{}", below.to_string_lossy()))
    }
}
