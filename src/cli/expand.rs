//! `uneval expand`: the macros of files replaced by what they expand to.

mod diff;

mod plan;

use std::collections::HashSet;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::Args;

use self::plan::Destination;
use super::console::{Console, Status, Stop};
use super::disk::{self, Disk};
use super::inputs::{self, Task};
use super::pool::process::Process;
use super::pool::{FileAnswer, Pool};
use super::report::{Identity, Report};
use super::settings::{Settings, WorkerLimits};
use super::wire::{Steps, WorkerSetup};
use crate::diagnostic::Code;
use crate::diagnostic::render::Colouring;
use crate::driver::COMPANION;

/// Expand the macros of Python files
#[derive(Args)]
pub(crate) struct Expand {
    /// Files to expand, or folders of them; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    inputs: Vec<PathBuf>,
    /// Where to write: a file, or a folder for several files [default: standard output]
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// The file that standard input stands for: it says where imports look, and what findings call it
    #[arg(long, value_name = "FILE")]
    stdin_filename: Option<PathBuf>,
    /// Print what changes, as a unified diff
    #[arg(long, conflicts_with = "output")]
    diff: bool,
    /// Print what each use of a macro becomes, one after the other
    #[arg(long, visible_alias = "step", conflicts_with_all = ["output", "diff"])]
    trace: bool,
    #[command(flatten)]
    settings: Settings,
    #[command(flatten)]
    workers: WorkerLimits,
}

impl Expand {
    /// Expands every file, and writes or prints what comes out.
    pub(crate) fn run(mut self, console: &Console) -> Result<Status, Stop> {
        let stdin_name = self.stdin_filename.as_deref();
        let places = inputs::places(&self.inputs, stdin_name);
        self.settings = self.settings.with_project(self.workers, &places)?;
        let options = self.settings.options()?;
        let destination = match &self.output {
            Some(path) => Destination::Path(path),
            None if self.diff => Destination::Diff,
            None if self.trace => Destination::Trace,
            None => Destination::Print,
        };
        let plan = plan::plan(&self.inputs, stdin_name, destination)?;
        let (folder, tally, seen) = (plan.folder.as_deref(), Tally::default(), HashSet::new());
        let mut run = ExpandRun { console, destination, folder, tally, seen };
        let mut ended = Ok(());
        let setup = self.setup(&plan.tasks, console);
        let hire = || Process::start(&setup);
        let pool = Pool { files: &Disk, options, style: console.style(), hire: &hire };
        pool.expand_all(&plan.tasks, |index, answer| {
            if let (Some(task), Some(target)) = (plan.tasks.get(index), plan.targets.get(index)) {
                ended = run.take(task, target.as_deref(), answer);
            }
            if ended.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        ended?;
        run.summarise(plan.tasks.len());
        Ok(run.tally.status())
    }

    fn setup(&self, tasks: &[Task], console: &Console) -> WorkerSetup {
        let files = tasks.iter().map(|task| task.file().to_owned()).collect();
        let steps = match (self.trace, console.colours_output()) {
            (false, _) => Steps::Unwanted,
            (true, false) => Steps::Plain,
            (true, true) => Steps::Coloured,
        };
        let coloured = console.style() == Colouring::Coloured;
        WorkerSetup { settings: self.settings.clone(), files, coloured, steps }
    }
}

/// What happened so far.
#[derive(Default)]
struct Tally {
    /// Files without output.
    failed: usize,
    /// Files that met a bug of this tool.
    crashed: usize,
}

impl Tally {
    fn status(&self) -> Status {
        match self {
            Self { crashed: 1.., .. } => Status::Internal,
            Self { failed: 1.., .. } => Status::Errors,
            _ => Status::Success,
        }
    }
}

/// Whether an output goes with its source.
enum Companion<'a> {
    Wanted(&'a [u8]),
    Unwanted,
}

/// A run of the verb.
struct ExpandRun<'a> {
    console: &'a Console,
    destination: Destination<'a>,
    /// The folder that outputs may not leave.
    folder: Option<&'a Path>,
    tally: Tally,
    /// What was said already: what is wrong in a module is found for each file that uses it.
    seen: HashSet<Identity>,
}

impl ExpandRun<'_> {
    /// Takes the next answer, in the order of the tasks.
    fn take(&mut self, task: &Task, target: Option<&Path>, answer: FileAnswer) -> Result<(), Stop> {
        match answer {
            Ok((before, expanded)) => {
                for report in &expanded.findings {
                    if self.seen.insert(report.identity()) {
                        self.console.complain(&report.rendered);
                    }
                }
                self.console.print(expanded.steps.as_bytes())?;
                match expanded.output {
                    Some(bytes) => {
                        let failed = self.tally.failed;
                        self.deliver(task, target, &before, &bytes)?;
                        let source = match expanded.accompanied {
                            true => Companion::Wanted(&before),
                            false => Companion::Unwanted,
                        };
                        // An older output keeps what it goes with.
                        if let Some(target) = target.filter(|_| self.tally.failed == failed) {
                            self.accompany(task, target, source)?;
                        }
                    }
                    None => self.tally.failed += 1,
                }
            }
            Err(crash) => {
                self.console.complain(&crash.report(Some(&task.path)));
                self.tally.crashed += 1;
            }
        }
        Ok(())
    }

    fn deliver(
        &mut self,
        task: &Task,
        target: Option<&Path>,
        before: &[u8],
        bytes: &[u8],
    ) -> Result<(), Stop> {
        match target {
            None if matches!(self.destination, Destination::Diff) => {
                self.console.print(diff::unified(&task.path, before, bytes).as_bytes())
            }
            None if matches!(self.destination, Destination::Trace) => Ok(()),
            None => self.console.print(bytes),
            Some(target) => {
                if let Err(error) = self.write(task, target, before, bytes) {
                    self.unwritable(task, target, &error);
                }
                Ok(())
            }
        }
    }

    /// Puts the compile-time source of a module beside its output in a folder, for those who have only
    /// that; takes away one that is no more.
    fn accompany(&mut self, task: &Task, target: &Path, source: Companion<'_>) -> Result<(), Stop> {
        let Some(folder) = self.folder else { return Ok(()) };
        let mut path = target.as_os_str().to_owned();
        path.push(COMPANION);
        let path = Path::new(&path);
        match source {
            Companion::Wanted(bytes) => self.deliver(task, Some(path), bytes, bytes),
            Companion::Unwanted => {
                let removed = disk::stays_within(folder, path).and_then(|()| disk::remove(path));
                removed.unwrap_or_else(|error| self.unwritable(task, path, &error));
                Ok(())
            }
        }
    }

    /// Says that the file can't be written, and counts it.
    fn unwritable(&mut self, task: &Task, target: &Path, error: &io::Error) {
        let message = format!("{} can't be written: {error}", target.display());
        let (path, style) = (&task.path, self.console.style());
        let report = Report::of_file(Code::UnwritableFile, message, path, style);
        self.console.complain(&report.rendered);
        self.tally.failed += 1;
    }

    fn write(&self, task: &Task, target: &Path, before: &[u8], bytes: &[u8]) -> io::Result<()> {
        if let Some(folder) = self.folder {
            disk::stays_within(folder, target)?;
        }
        if let Some(source) = task.source() {
            // What is newer than its source would be taken for made from it.
            disk::is_unchanged(source, before)?;
        }
        disk::save(target, bytes, task.source())
    }

    /// A line that says how much went wrong, where more than one file did.
    fn summarise(&self, files: usize) {
        let failed = self.tally.failed + self.tally.crashed;
        if failed > 1 {
            self.console.complain(&format!("{failed} of {files} files have errors\n"));
        }
    }
}
