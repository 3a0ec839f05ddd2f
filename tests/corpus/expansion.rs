//! Expands the files of a case in this process, on a thread with the command's stack.

use std::collections::HashMap;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use uneval::Finding;
use uneval::Limits;
use uneval::{Colouring, render};
use uneval::{Driver, Files, Installed, Options, RunFiles};

use super::case::{Case, INSTALLED};

/// As the command has it.
const STACK: usize = 1 << 30;

/// A file and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expanded {
    pub path: PathBuf,
    /// The folder that its modules are imported from.
    pub root: PathBuf,
    /// The files that are expanded with it.
    pub run: Vec<PathBuf>,
    pub source: Vec<u8>,
    pub output: Option<Vec<u8>>,
    pub findings: Vec<Finding>,
    /// The files that it embeds.
    pub inputs: Vec<PathBuf>,
    /// The findings as the command prints them.
    pub rendered: String,
}

/// Every file of the case, each by a driver of its own.
pub fn expand(case: &Case) -> Vec<Expanded> {
    let disk = Overlay::default();
    case.files.iter().map(|path| expand_file(&disk, (&case.folder, &case.files), path)).collect()
}

/// One file, by a fresh driver.
pub fn expand_file(disk: &Overlay, program: (&Path, &[PathBuf]), path: &Path) -> Expanded {
    on_big_stack(|| expand_here(disk, program, path))
}

fn expand_here(disk: &Overlay, (root, run): (&Path, &[PathBuf]), path: &Path) -> Expanded {
    let (roots, files) = (vec![root.to_owned()], Arc::new(RunFiles::new(run.to_owned())));
    let folders = vec![root.join(INSTALLED)];
    let installed = Installed { folders, packages: ["*".to_owned()].into() };
    let mut driver = Driver::new(disk, Options { roots, files, installed, ..options() });
    let outcome = driver.expand(path);
    Expanded {
        path: path.to_owned(),
        root: root.to_owned(),
        run: run.to_owned(),
        source: disk.read(path).unwrap_or_default(),
        rendered: render(&outcome.findings, driver.sources(), Colouring::Plain),
        output: outcome.output,
        inputs: outcome.inputs,
        findings: outcome.findings,
    }
}

/// The usual options, but limits that are reached sooner.
pub fn options() -> Options {
    let limits = Limits { steps: 200_000, recursion: 2_000, ..Limits::default() };
    Options { limits, ..Options::default() }
}

/// Runs `work` where deep code fits; none if it panics.
pub fn survive<T>(work: impl FnOnce() -> T) -> Option<T> {
    panic::catch_unwind(AssertUnwindSafe(work)).ok()
}

/// Runs `work` on a thread with a large stack.
pub fn on_big_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        let worker = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        match worker.map(thread::ScopedJoinHandle::join) {
            Ok(Ok(result)) => result,
            Ok(Err(panicked)) => panic::resume_unwind(panicked),
            Err(error) => panic!("no thread can be started: {error}"),
        }
    })
}

/// The files on the disk, some of them with other bytes.
#[derive(Clone, Default)]
pub struct Overlay {
    pub files: HashMap<PathBuf, Vec<u8>>,
}

impl Overlay {
    /// With `bytes` at `path`.
    pub fn with(mut self, path: &Path, bytes: &[u8]) -> Overlay {
        self.files.insert(path.to_owned(), bytes.to_vec());
        self
    }
}

impl Files for Overlay {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.files.get(path) {
            Some(bytes) => Ok(bytes.clone()),
            None => std::fs::read(path),
        }
    }

    fn is_file(&self, path: &Path) -> bool {
        self.files.contains_key(path) || path.is_file()
    }

    fn is_dir(&self, path: &Path) -> bool {
        path.is_dir()
    }
}
