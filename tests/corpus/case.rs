//! What is in the corpus: a case is a file, or a folder whose entry is `app.py` or `main.py`.

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of a case with modules that do at run time what its macros do.
const RUN_TIME: &str = "runtime";

/// The folder of a case with installed packages, all of them open to compile-time code.
pub const INSTALLED: &str = "site-packages";

/// Where the corpus is, from the project's folder, in which tests run.
const CORPUS: &str = "corpus";

/// What a case is there to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What a feature does.
    Macro,
    /// A finding with this code.
    Error(String),
    /// That a file without macros is left alone.
    Python,
    /// A long program.
    Program,
}

/// A trial.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its path in the corpus, without the file's ending.
    pub name: String,
    pub kind: Kind,
    /// The file that would be run.
    pub entry: PathBuf,
    /// The folder that modules are imported from, and is copied to run them.
    pub folder: PathBuf,
    /// Its Python files, the entry first.
    pub files: Vec<PathBuf>,
    /// The file that holds what the program prints, if it is there to be run.
    pub expected: Option<PathBuf>,
    /// Files that take the place of those with the same name, and need no macros.
    pub runtime: Vec<PathBuf>,
}

impl Case {
    /// Where a file of the case is, seen from its folder.
    pub fn place<'p>(&self, path: &'p Path) -> &'p Path {
        let place = path.strip_prefix(&self.folder).unwrap_or(path);
        place.strip_prefix(RUN_TIME).unwrap_or(place)
    }
}

/// Every case, sorted.
pub fn all() -> Vec<Case> {
    let mut cases = Vec::new();
    // What is left is drawn: tests/pictures.rs.
    for area in ["errors", "macros", "programs", "python"] {
        collect(&Path::new(CORPUS).join(area), &mut cases);
    }
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

fn collect(folder: &Path, cases: &mut Vec<Case>) {
    for path in entries(folder) {
        if is_python(&path) {
            cases.push(single(&path));
        } else if let Some(entry) = entry_of(&path) {
            cases.push(several(&path, entry));
        } else if path.is_dir() {
            collect(&path, cases);
        }
    }
}

fn single(path: &Path) -> Case {
    let expected = path.with_extension("txt");
    Case {
        name: name_of(&path.with_extension("")),
        kind: kind_of(path),
        entry: path.to_owned(),
        folder: path.parent().unwrap_or(path).to_owned(),
        files: vec![path.to_owned()],
        expected: expected.is_file().then_some(expected),
        runtime: Vec::new(),
    }
}

fn several(folder: &Path, entry: PathBuf) -> Case {
    let expected = folder.join("expected.txt");
    let mut files = vec![entry.clone()];
    python_files(folder, &mut files);
    let (runtime, files) =
        files.into_iter().partition(|path| path.starts_with(folder.join(RUN_TIME)));
    Case {
        name: name_of(folder),
        kind: kind_of(folder),
        entry,
        folder: folder.to_owned(),
        files,
        expected: expected.is_file().then_some(expected),
        runtime,
    }
}

fn entry_of(folder: &Path) -> Option<PathBuf> {
    ["app.py", "main.py"].map(|name| folder.join(name)).into_iter().find(|path| path.is_file())
}

fn python_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for path in entries(folder) {
        if is_python(&path) && !files.contains(&path) {
            files.push(path);
        } else if path.is_dir() && !path.ends_with(INSTALLED) {
            python_files(&path, files);
        }
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(read) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = read.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// By its name: a link that leads nowhere is one, too.
fn is_python(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "py") && !path.is_dir()
}

/// The path below the corpus, with `/`.
fn name_of(path: &Path) -> String {
    let path = path.strip_prefix(CORPUS).unwrap_or(path);
    path.to_string_lossy().replace('\\', "/")
}

fn kind_of(path: &Path) -> Kind {
    let name = name_of(path);
    let mut parts = name.split('/');
    match (parts.next(), parts.next()) {
        (Some("errors"), Some(code)) => Kind::Error(code.to_owned()),
        (Some("python"), _) => Kind::Python,
        (Some("programs"), _) => Kind::Program,
        _ => Kind::Macro,
    }
}
