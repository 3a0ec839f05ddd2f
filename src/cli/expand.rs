//! `uneval expand`: the macros of files replaced by what they expand to.

mod diff;

mod plan;

mod workers;

use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;
use clap::builder::RangedU64ValueParser;

use self::plan::{Destination, Task};
use self::workers::{Answer, Expanded, Setup};
use super::console::{Console, Status, Stop};
use super::disk::{self, Disk};
use crate::diagnostic::render::Style;
use crate::driver::{Options, Trace};
use crate::host::Limits;

/// Expand the macros of Python files
#[derive(Args)]
pub struct Expand {
    /// Files to expand, or folders of them; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    inputs: Vec<PathBuf>,
    /// Where to write: a file, or a folder for several files [default: standard output]
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Print what changes, as a unified diff
    #[arg(long, conflicts_with = "output")]
    diff: bool,
    /// Print what each use of a macro becomes, one after the other
    #[arg(long, visible_alias = "step", conflicts_with_all = ["output", "diff"])]
    trace: bool,
    /// Find modules below this folder too (may be given several times)
    #[arg(long = "root", value_name = "DIR")]
    roots: Vec<PathBuf>,
    /// The greatest width of a printed line
    #[arg(long, value_name = "N", default_value_t = Options::default().width)]
    #[arg(value_parser = RangedU64ValueParser::<usize>::new().range(1..=10_000))]
    width: usize,
    /// How many steps compile-time code may take
    #[arg(long, value_name = "N", default_value_t = Limits::default().steps)]
    max_steps: u64,
    /// How deep compile-time code may recurse
    #[arg(long, value_name = "N", default_value_t = Limits::default().recursion)]
    #[arg(value_parser = RangedU64ValueParser::<usize>::new().range(100..=1_000_000))]
    max_recursion: usize,
}

impl Expand {
    /// Expands every file, and writes or prints what comes out.
    pub fn run(self, console: &Console) -> Result<Status, Stop> {
        if let Some(root) = self.roots.iter().find(|root| !root.is_dir()) {
            return Err(Stop::Usage(format!("--root {}: there is no such folder", root.display())));
        }
        let destination = match &self.output {
            Some(path) => Destination::Path(path),
            None if self.diff => Destination::Diff,
            None if self.trace => Destination::Trace,
            None => Destination::Print,
        };
        let tasks = plan::tasks(&self.inputs, destination)?;
        let mut run = Run { console, destination, tally: Tally::default() };
        let mut ended = Ok(());
        let (options, style) = (self.options(), console.style());
        let output_style = match console.colours_output() {
            true => Style::Coloured,
            false => Style::Plain,
        };
        let setup = Setup { files: &Disk, options, style, output_style };
        workers::expand_all(&tasks, &setup, |task, answer| {
            ended = run.take(task, answer);
            if ended.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        ended?;
        run.summarise(tasks.len());
        Ok(run.tally.status())
    }

    fn options(&self) -> Options {
        let limits = Limits { steps: self.max_steps, recursion: self.max_recursion };
        let trace = if self.trace { Trace::On } else { Trace::Off };
        Options {
            roots: self.roots.clone(),
            width: self.width,
            limits,
            trace,
            ..Options::default()
        }
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

/// A run of the verb.
struct Run<'a> {
    console: &'a Console,
    destination: Destination<'a>,
    tally: Tally,
}

impl Run<'_> {
    /// Takes the next answer, in the order of the tasks.
    fn take(&mut self, task: &Task, answer: Answer) -> Result<(), Stop> {
        match answer {
            Ok(Expanded { output, findings, steps }) => {
                self.console.complain(&findings);
                self.console.print(steps.as_bytes())?;
                match output {
                    Some(bytes) => self.deliver(task, &bytes)?,
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

    fn deliver(&mut self, task: &Task, bytes: &[u8]) -> Result<(), Stop> {
        match &task.target {
            None if matches!(self.destination, Destination::Diff) => {
                let diff = diff::unified(&task.path, &task.original(), bytes);
                self.console.print(diff.as_bytes())
            }
            None if matches!(self.destination, Destination::Trace) => Ok(()),
            None => self.console.print(bytes),
            Some(target) => {
                if let Err(error) = disk::save(target, bytes, task.source()) {
                    let target = target.display();
                    self.console.complain(&format!("error: can't write {target}: {error}\n"));
                    self.tally.failed += 1;
                }
                Ok(())
            }
        }
    }

    /// A line that says how much went wrong, where more than one file did.
    fn summarise(&self, files: usize) {
        let failed = self.tally.failed + self.tally.crashed;
        if failed > 1 {
            self.console.complain(&format!("{failed} of {files} files have errors\n"));
        }
    }
}
