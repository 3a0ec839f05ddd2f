//! Which files a command line names, and where the expansion of each goes.
//!
//! ```text
//! expand app.py               to standard output
//! expand app.py -o out.py     out.py
//! expand app.py -o out/       out/app.py        (also without the slash, if the folder is there)
//! expand src -o out           src/a/b.py → out/a/b.py
//! expand src app.py -o out    src/a/b.py → out/src/a/b.py, and app.py → out/app.py
//! ```

use std::collections::HashSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::cli::console::Stop;

/// What standard input is called in findings.
const STDIN: &str = "<stdin>";

/// Where the user wants the expansions.
#[derive(Clone, Copy, Debug)]
pub enum Destination<'a> {
    /// On standard output.
    Print,
    /// On standard output, as a diff.
    Diff,
    /// On standard output, its steps only.
    Trace,
    /// In this file or folder.
    Path(&'a Path),
}

/// A file to expand.
#[derive(Debug)]
pub struct Task {
    /// The file, as the user knows it.
    pub path: PathBuf,
    /// Its bytes, if they came by standard input.
    pub given: Option<Vec<u8>>,
    /// Where the expansion goes, if not to standard output.
    pub target: Option<PathBuf>,
}

impl Task {
    /// The file on disk, if it is one.
    pub fn source(&self) -> Option<&Path> {
        self.given.is_none().then_some(&self.path)
    }

    /// The bytes that were there before; none if the file has gone meanwhile.
    pub fn original(&self) -> Vec<u8> {
        self.given.clone().unwrap_or_else(|| fs::read(&self.path).unwrap_or_default())
    }
}

/// Where the tasks' targets are.
enum Place<'a> {
    Stdout,
    File(&'a Path),
    /// In the folder, each input below its own name if there are several.
    Folder(&'a Path),
}

/// The tasks in the order of the inputs; those of a folder sorted by name.
pub fn tasks(inputs: &[PathBuf], destination: Destination<'_>) -> Result<Vec<Task>, Stop> {
    let place = place(inputs, destination)?;
    let mut tasks = Vec::new();
    for input in inputs {
        if is_stdin(input) {
            let target = place.target(Path::new(STDIN));
            tasks.push(Task { path: STDIN.into(), given: Some(read_stdin()?), target });
            continue;
        }
        let mut found = Found { avoid: place.folder().map(identity), ..Found::default() };
        match (inputs, input.file_name()) {
            (_, name) if !input.is_dir() => found.file(input, name.map_or(input, Path::new)),
            ([_, _, ..], Some(name)) => found.folder(input, Path::new(name)),
            _ => found.folder(input, Path::new("")),
        }
        for (path, below) in found.files {
            tasks.push(Task { path, given: None, target: place.target(&below) });
        }
    }
    check_targets(&tasks)?;
    Ok(tasks)
}

fn place<'a>(inputs: &[PathBuf], destination: Destination<'a>) -> Result<Place<'a>, Stop> {
    if inputs.iter().filter(|input| is_stdin(input)).count() > 1 {
        return Err(Stop::Usage("standard input can be read only once".to_owned()));
    }
    let several = inputs.len() > 1 || inputs.iter().any(|input| input.is_dir());
    match destination {
        Destination::Diff | Destination::Trace => Ok(Place::Stdout),
        Destination::Print if several => {
            Err(Stop::Usage("several files, or a folder, need -o OUT to go to".to_owned()))
        }
        Destination::Print => Ok(Place::Stdout),
        Destination::Path(path) if several && path.is_file() => {
            Err(Stop::Usage(format!("{} is a file, and several need a folder", path.display())))
        }
        Destination::Path(path) if several || path.is_dir() || ends_with_slash(path) => {
            if inputs.iter().any(|input| is_stdin(input)) {
                return Err(Stop::Usage("standard input has no name to go by in a folder".into()));
            }
            Ok(Place::Folder(path))
        }
        Destination::Path(path) => Ok(Place::File(path)),
    }
}

impl Place<'_> {
    /// Where the file goes that lies at `below`, seen from the inputs.
    fn target(&self, below: &Path) -> Option<PathBuf> {
        match self {
            Place::Stdout => None,
            Place::File(path) => Some(path.to_path_buf()),
            Place::Folder(folder) => Some(folder.join(below)),
        }
    }

    fn folder(&self) -> Option<&Path> {
        match self {
            Place::Folder(folder) => Some(folder),
            _ => None,
        }
    }
}

fn is_stdin(input: &Path) -> bool {
    input.as_os_str() == "-"
}

fn ends_with_slash(path: &Path) -> bool {
    path.as_os_str().to_string_lossy().ends_with(std::path::is_separator)
}

fn read_stdin() -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    match io::stdin().read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(error) => Err(Stop::Failure(format!("can't read standard input: {error}"))),
    }
}

/// The files of an input, each with its path from the inputs.
#[derive(Default)]
struct Found {
    files: Vec<(PathBuf, PathBuf)>,
    /// The folder that is written to, which is no input even if it lies in one.
    avoid: Option<PathBuf>,
    /// The folders that are being looked through: a link to one of them is a loop.
    open: Vec<PathBuf>,
}

impl Found {
    fn file(&mut self, path: &Path, below: &Path) {
        self.files.push((path.to_owned(), below.to_owned()));
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
                if !hidden && !avoided && name != "__pycache__" {
                    self.folder(&path, &below);
                }
            } else if path.is_file() && path.extension().is_some_and(|e| e == "py") {
                self.file(&path, &below);
            }
        }
        self.open.pop();
    }
}

/// A path by which a file can be known again, whether it is there already or not.
fn identity(path: &Path) -> PathBuf {
    if let Ok(path) = fs::canonicalize(path) {
        return path;
    }
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) if folder.as_os_str().is_empty() => {
            identity(Path::new(".")).join(name)
        }
        (Some(folder), Some(name)) => identity(folder).join(name),
        _ => path.to_owned(),
    }
}

/// Refuses to write over an input, or twice to the same file.
fn check_targets(tasks: &[Task]) -> Result<(), Stop> {
    let sources: HashSet<_> = tasks.iter().filter_map(Task::source).map(identity).collect();
    let mut targets = HashSet::new();
    for target in tasks.iter().filter_map(|task| task.target.as_deref()) {
        let known = identity(target);
        let target = target.display();
        if sources.contains(&known) {
            return Err(Stop::Usage(format!("{target} would be written over, and is an input")));
        }
        if !targets.insert(known) {
            return Err(Stop::Usage(format!("two inputs would both be written to {target}")));
        }
    }
    Ok(())
}
