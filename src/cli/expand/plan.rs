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
use std::path::{Path, PathBuf};

use crate::cli::console::Stop;
use crate::cli::disk::identity;
use crate::cli::inputs::{self, InputFile, Task, is_stdin};

/// Where the user wants the expansions.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Destination<'a> {
    /// On standard output.
    Print,
    /// On standard output, as a diff.
    Diff,
    /// On standard output, its steps only.
    Trace,
    /// In this file or folder.
    Path(&'a Path),
}

/// What is to be done.
#[derive(Debug, Default)]
pub(crate) struct ExpandPlan {
    /// The files to expand.
    pub tasks: Vec<Task>,
    /// Where the expansion of each goes, if not to standard output.
    pub targets: Vec<Option<PathBuf>>,
    /// The folder that these are in, if they were given as one.
    pub folder: Option<PathBuf>,
}

/// Where the tasks' targets are.
enum TargetPlace<'a> {
    Stdout,
    File(&'a Path),
    /// In the folder, each input below its own name if there are several.
    Folder(&'a Path),
}

/// The files in the order of the inputs; those of a folder sorted by name.
pub(crate) fn plan(
    inputs: &[PathBuf],
    stdin_name: Option<&Path>,
    destination: Destination<'_>,
) -> Result<ExpandPlan, Stop> {
    let place = place(inputs, destination)?;
    let avoid = place.folder().map(identity);
    let folder = place.folder().map(Path::to_owned);
    let mut plan = ExpandPlan { folder, ..ExpandPlan::default() };
    for InputFile { task, below } in inputs::python_files(inputs, stdin_name, avoid)? {
        plan.tasks.push(task);
        plan.targets.push(place.target(&below));
    }
    check_targets(&plan)?;
    Ok(plan)
}

fn place<'a>(inputs: &[PathBuf], destination: Destination<'a>) -> Result<TargetPlace<'a>, Stop> {
    let several = inputs.len() > 1 || inputs.iter().any(|input| input.is_dir());
    match destination {
        Destination::Diff | Destination::Trace => Ok(TargetPlace::Stdout),
        Destination::Print if several => {
            Err(Stop::Usage("several files, or a folder, need -o OUT to go to".to_owned()))
        }
        Destination::Print => Ok(TargetPlace::Stdout),
        Destination::Path(path) if several && path.is_file() => {
            Err(Stop::Usage(format!("{} is a file, and several need a folder", path.display())))
        }
        Destination::Path(path) if several || path.is_dir() || ends_with_slash(path) => {
            if inputs.iter().any(|input| is_stdin(input)) {
                return Err(Stop::Usage("standard input has no name to go by in a folder".into()));
            }
            Ok(TargetPlace::Folder(path))
        }
        Destination::Path(path) => Ok(TargetPlace::File(path)),
    }
}

impl TargetPlace<'_> {
    /// Where the file goes that lies at `below`, seen from the inputs.
    fn target(&self, below: &Path) -> Option<PathBuf> {
        match self {
            TargetPlace::Stdout => None,
            TargetPlace::File(path) => Some(path.to_path_buf()),
            TargetPlace::Folder(folder) => Some(folder.join(below)),
        }
    }

    fn folder(&self) -> Option<&Path> {
        match self {
            TargetPlace::Folder(folder) => Some(folder),
            _ => None,
        }
    }
}

fn ends_with_slash(path: &Path) -> bool {
    path.as_os_str().to_string_lossy().ends_with(std::path::is_separator)
}

/// Refuses to write over an input, or twice to the same file.
fn check_targets(plan: &ExpandPlan) -> Result<(), Stop> {
    let sources: HashSet<_> = plan.tasks.iter().filter_map(Task::source).map(identity).collect();
    let mut targets = HashSet::new();
    for target in plan.targets.iter().flatten() {
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
