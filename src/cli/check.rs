//! `uneval check`: what is to be said about files, without writing any.

mod fix;

mod format;

mod sarif;

use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::console::{Console, Status, Stop};
use super::disk::Disk;
use super::inputs::{self, Task};
use super::pool::process::Process;
use super::pool::{FileAnswer, Pool};
use super::report::{Report, ReportLevel};
use super::settings::{Settings, WorkerLimits};
use super::wire::{Steps, WorkerSetup};
use crate::diagnostic::render::Colouring;

/// How often fixes may make room for further ones.
const MOST_ROUNDS: usize = 10;

/// Find what is wrong in Python files with macros
#[derive(Args)]
pub(crate) struct Check {
    /// Files to check, or folders of them; `-` is standard input [default: .]
    #[arg(value_name = "PATH")]
    inputs: Vec<PathBuf>,
    /// The file that standard input stands for: it says where imports look, and what findings call it
    #[arg(long, value_name = "FILE")]
    stdin_filename: Option<PathBuf>,
    /// What the findings are printed as
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Print how often each code was found instead of the findings
    #[arg(long, conflicts_with = "format")]
    statistics: bool,
    /// Change the files where it is certain how
    #[arg(long)]
    fix: bool,
    #[command(flatten)]
    settings: Settings,
    #[command(flatten)]
    workers: WorkerLimits,
}

/// What findings are printed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Text for people, and a line that sums it up
    Human,
    /// One JSON document
    Json,
    /// A log in the Static Analysis Results Interchange Format 2.1.0
    Sarif,
    /// Commands that GitHub's workflows show as annotations
    Github,
}

/// What was found.
#[derive(Default)]
pub(super) struct CheckedFiles {
    /// How many files were looked at.
    pub files: usize,
    /// In the order of the files, each once.
    pub reports: Vec<Report>,
    /// How many findings were fixed.
    pub fixed: usize,
}

impl CheckedFiles {
    /// How many findings are as bad as that.
    pub(crate) fn count(&self, level: ReportLevel) -> usize {
        self.reports.iter().filter(|report| report.severity == level).count()
    }
}

impl Check {
    /// Checks every file, and prints what was found.
    pub(crate) fn run(mut self, console: &Console) -> Result<Status, Stop> {
        if self.inputs.is_empty() {
            self.inputs.push(".".into());
        }
        let stdin_name = self.stdin_filename.as_deref();
        let places = inputs::places(&self.inputs, stdin_name);
        self.settings = self.settings.with_project(self.workers, &places)?;
        let files = inputs::python_files(&self.inputs, stdin_name, None)?;
        let tasks: Vec<Task> = files.into_iter().map(|input| input.task).collect();
        let mut answers = self.answers(&tasks, console)?;
        let fixed = if self.fix { self.fix(&tasks, &mut answers, console)? } else { 0 };
        let (mut seen, mut crashed) = (HashSet::new(), false);
        let mut found = CheckedFiles { files: tasks.len(), fixed, ..CheckedFiles::default() };
        for (task, answer) in tasks.iter().zip(answers) {
            match answer {
                Ok((_, expanded)) => {
                    let new = expanded.findings.into_iter().filter(|r| seen.insert(r.identity()));
                    found.reports.extend(new);
                }
                Err(crash) => {
                    console.complain(&crash.report(Some(&task.path)));
                    crashed = true;
                }
            }
        }
        console.print(self.shown(&found).as_bytes())?;
        Ok(match found.count(ReportLevel::Error) {
            _ if crashed => Status::Internal,
            0 => Status::Success,
            _ => Status::Errors,
        })
    }

    fn answers(&self, tasks: &[Task], console: &Console) -> Result<Vec<FileAnswer>, Stop> {
        let style = match self.format == Format::Human && console.colours_output() {
            true => Colouring::Coloured,
            false => Colouring::Plain,
        };
        let coloured = style == Colouring::Coloured;
        let (settings, steps) = (self.settings.clone(), Steps::Unwanted);
        let files = tasks.iter().map(|task| task.file().to_owned()).collect();
        let setup = WorkerSetup { settings, files, coloured, steps };
        let hire = || Process::start(&setup);
        let options = self.settings.options()?;
        let pool = Pool { files: &Disk, options, style, hire: &hire };
        let mut answers = Vec::new();
        pool.expand_all(tasks, |_, answer| {
            answers.push(answer);
            ControlFlow::Continue(())
        });
        Ok(answers)
    }

    /// Applies the fixes among the answers, and gives the files' answers after that; tells how
    /// many were applied.
    fn fix(
        &self,
        tasks: &[Task],
        answers: &mut [FileAnswer],
        console: &Console,
    ) -> Result<usize, Stop> {
        let (options, mut fixed) = (self.settings.options()?, 0);
        for _ in 0..MOST_ROUNDS {
            let mut changed = Vec::new();
            for (index, (answer, task)) in answers.iter().zip(tasks).enumerate() {
                let (Ok((before, expanded)), Some(path)) = (answer, task.source()) else {
                    continue;
                };
                let name = options.shown(task.file());
                match fix::apply((path, &name), before, &expanded.findings) {
                    Ok(0) => {}
                    Ok(count) => {
                        fixed += count;
                        changed.push(index);
                    }
                    Err(error) => {
                        let path = path.display();
                        console.complain(&format!("error: {path} can't be fixed: {error}\n"));
                    }
                }
            }
            if changed.is_empty() {
                break;
            }
            let again: Vec<Task> =
                changed.iter().filter_map(|index| tasks.get(*index)).cloned().collect();
            for (index, answer) in changed.into_iter().zip(self.answers(&again, console)?) {
                if let Some(old) = answers.get_mut(index) {
                    *old = answer;
                }
            }
        }
        Ok(fixed)
    }

    fn shown(&self, found: &CheckedFiles) -> String {
        match self.format {
            Format::Human if self.statistics => statistics(found) + &format::summary(found),
            Format::Human => {
                let texts = found.reports.iter().map(|report| &*report.rendered);
                texts.collect::<String>() + &format::summary(found)
            }
            Format::Json => format::json(found),
            Format::Sarif => sarif::log(found),
            Format::Github => found.reports.iter().map(format::github).collect(),
        }
    }
}

/// How often each code was found, the most frequent first.
fn statistics(found: &CheckedFiles) -> String {
    let mut counts: BTreeMap<&str, (usize, &Report)> = BTreeMap::new();
    for report in &found.reports {
        counts.entry(&report.code).or_insert((0, report)).0 += 1;
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|(code, (count, _))| (std::cmp::Reverse(*count), *code));
    let row = |(code, (count, report)): (&str, (usize, &Report))| {
        format!("{count:>6}  {code}  {}\n", report.title())
    };
    rows.into_iter().map(row).collect()
}
