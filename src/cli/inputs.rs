//! The Python files that a command line names: files, folders of them, standard input.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::console::Stop;
use super::disk::{self, identity};

/// What standard input is called in findings.
const STDIN: &str = "<stdin>";

/// A file to expand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Task {
    /// The file, as the user knows it.
    pub path: PathBuf,
    /// The same from the root of the file system, so that it is known what is around it.
    absolute: PathBuf,
    /// Its bytes, if they came by standard input.
    pub given: Option<Vec<u8>>,
}

impl Task {
    /// The file at `path`.
    pub(crate) fn new(path: &Path) -> Task {
        Task { path: path.to_owned(), absolute: disk::absolute(path), given: None }
    }

    /// The file, as the driver knows it.
    pub(crate) fn file(&self) -> &Path {
        &self.absolute
    }

    /// The file on disk, if it is one.
    pub(crate) fn source(&self) -> Option<&Path> {
        self.given.is_none().then_some(&self.path)
    }
}

/// A file to expand, and its path seen from the inputs.
pub(crate) struct InputFile {
    pub task: Task,
    pub below: PathBuf,
}

/// The files in the order of the inputs; those of a folder sorted by name. The folder to `avoid`
/// is none of them, even if it lies in one. `stdin_name` says which file standard input stands for.
///
/// # Errors
/// When standard input can't be read.
pub(crate) fn python_files(
    inputs: &[PathBuf],
    stdin_name: Option<&Path>,
    avoid: Option<PathBuf>,
) -> Result<Vec<InputFile>, Stop> {
    if inputs.iter().filter(|input| is_stdin(input)).count() > 1 {
        return Err(Stop::Usage("standard input can be read only once".to_owned()));
    }
    let mut found = FoundFiles { avoid, ..FoundFiles::default() };
    for input in inputs {
        if is_stdin(input) {
            let name = stdin_name.unwrap_or(Path::new(STDIN));
            let task = Task { given: Some(read_stdin()?), ..Task::new(name) };
            found
                .files
                .push(InputFile { task, below: name.file_name().unwrap_or_default().into() });
            continue;
        }
        match (inputs, input.file_name()) {
            (_, name) if !input.is_dir() => found.file(input, name.map_or(input, Path::new)),
            ([_, _, ..], Some(name)) => found.folder(input, Path::new(name)),
            _ => found.folder(input, Path::new("")),
        }
    }
    Ok(found.files)
}

/// Where the inputs are: standard input is where the file is that it stands for, else in the current
/// folder.
pub(crate) fn places(inputs: &[PathBuf], stdin_name: Option<&Path>) -> Vec<PathBuf> {
    let place = |input: &PathBuf| match is_stdin(input) {
        true => stdin_name.unwrap_or(Path::new(".")).to_owned(),
        false => input.clone(),
    };
    inputs.iter().map(place).collect()
}

/// Whether the input is standard input.
pub(crate) fn is_stdin(input: &Path) -> bool {
    input.as_os_str() == "-"
}

fn read_stdin() -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    match io::stdin().read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(error) => Err(Stop::Failure(format!("can't read standard input: {error}"))),
    }
}

/// The files of the inputs.
#[derive(Default)]
struct FoundFiles {
    files: Vec<InputFile>,
    /// The folder that is written to, which is no input even if it lies in one.
    avoid: Option<PathBuf>,
    /// The folders that are being looked through: a link to one of them is a loop.
    open: Vec<PathBuf>,
}

impl FoundFiles {
    fn file(&mut self, path: &Path, below: &Path) {
        let task = Task::new(path);
        self.files.push(InputFile { task, below: below.to_owned() });
    }

    fn folder(&mut self, path: &Path, below: &Path) {
        let here = identity(path);
        if self.open.contains(&here) {
            return;
        }
        let Ok(entries) = fs::read_dir(path) else {
            // The driver will meet the same trouble, and say so.
            return self.file(path, below);
        };
        let mut names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
        names.sort();
        self.open.push(here);
        for name in names {
            let (path, below) = (path.join(&name), below.join(&name));
            if path.is_dir() {
                let hidden = name.to_string_lossy().starts_with('.');
                let avoided = self.avoid.as_ref().is_some_and(|avoid| identity(&path) == *avoid);
                // What is installed in an environment is no file of the project.
                let environment = path.join("pyvenv.cfg").is_file();
                if !hidden && !avoided && !environment && name != "__pycache__" {
                    self.folder(&path, &below);
                }
            } else if path.is_file() && path.extension().is_some_and(|e| e == "py") {
                self.file(&path, &below);
            }
        }
        self.open.pop();
    }
}
