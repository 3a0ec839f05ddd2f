//! The installed packages that compile-time code may import.

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
