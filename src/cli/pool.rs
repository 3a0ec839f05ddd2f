//! Expands many files at once, and hands out the answers in the order of the files.
//!
//! Each lane is a thread that takes the next file until there is none. What can't hold a macro is
//! done there; the rest goes to a [worker](process) of the lane, which may die of it. What ended
//! a worker is kept for all of them, and a new one goes on with the same file.

pub(crate) mod process;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};
use std::thread::{self, Builder, Scope};

use rustpython_text_size::TextRange;

use self::process::Death;
use super::crash::{self, Crash};
use super::inputs::Task;
use super::report::Report;
use super::stack;
use super::wire::{CodePlace, ExpandedFile, MetBarrier};
use crate::diagnostic::render::Colouring;
use crate::driver::{Driver, Files, Options, not_run};

/// How many workers may die of one file. What else is wrong in it is not found then.
const MOST_DEATHS: usize = 10;

/// What became of a file: the bytes it was made from, and what was made.
pub(crate) type FileAnswer = Result<(Vec<u8>, ExpandedFile), Crash>;

/// Whoever expands files that may hold macros.
pub(crate) trait Worker {
    /// Expands a file. `deaths` tells what ended workers before.
    ///
    /// # Errors
    /// When the worker has died. It isn't used again.
    fn expand(
        &mut self,
        path: &Path,
        bytes: &[u8],
        deaths: &[MetBarrier],
    ) -> Result<ExpandedFile, Death>;

    /// Whether it has taken so much that a new one does better.
    fn is_worn(&self) -> bool;
}

/// How to expand.
pub(crate) struct Pool<'a, W> {
    /// Where files are read.
    pub files: &'a (dyn Files + Sync),
    /// What is expanded with, as far as files without macros are concerned.
    pub options: Options,
    /// How findings are dressed.
    pub style: Colouring,
    /// Makes a new worker.
    pub hire: &'a (dyn Fn() -> io::Result<W> + Sync),
}

/// The work that the lanes share.
struct SharedWork<'a, W> {
    tasks: &'a [Task],
    pool: &'a Pool<'a, W>,
    /// The first task that nobody has taken.
    next: AtomicUsize,
    /// What ended workers.
    deaths: Mutex<Vec<MetBarrier>>,
}

impl<W: Worker> Pool<'_, W> {
    /// Gives `take` the answer to each task by its number, in order, until it breaks off.
    pub(crate) fn expand_all(
        &self,
        tasks: &[Task],
        mut take: impl FnMut(usize, FileAnswer) -> ControlFlow<()>,
    ) {
        let deaths = Mutex::default();
        let work = &SharedWork { tasks, pool: self, next: AtomicUsize::new(0), deaths };
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let (answers, arriving) = mpsc::channel();
        thread::scope(|scope| {
            let mut lanes = 0;
            for _ in 0..cores.min(tasks.len()) {
                lanes += usize::from(start(scope, work, &answers).is_ok());
            }
            let mut early = BTreeMap::new();
            for index in 0..tasks.len() {
                let answer = loop {
                    if let Some(answer) = early.remove(&index) {
                        break answer;
                    }
                    if lanes == 0 {
                        break Err(Crash::new("no thread can be started"));
                    }
                    // Never an error: this function holds a sender, too.
                    let Ok((index, answer)) = arriving.recv() else { continue };
                    early.insert(index, answer);
                };
                if take(index, answer).is_break() {
                    work.next.store(tasks.len(), Ordering::Relaxed);
                    break;
                }
            }
        });
    }
}

/// Starts a lane.
fn start<'scope, W: Worker>(
    scope: &'scope Scope<'scope, '_>,
    work: &'scope SharedWork<'_, W>,
    answers: &Sender<(usize, FileAnswer)>,
) -> io::Result<()> {
    let answers = answers.clone();
    let run = move || work.run(&answers);
    Builder::new().stack_size(stack::LARGE).spawn_scoped(scope, run).map(drop)
}

impl<W: Worker> SharedWork<'_, W> {
    fn run(&self, answers: &Sender<(usize, FileAnswer)>) {
        let mut lane = Lane { work: self, driver: None, worker: None };
        loop {
            let index = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(task) = self.tasks.get(index) else { break };
            let answer = crash::catch(|| lane.answer(task)).flatten();
            if answer.is_err() {
                // In disorder, it is better not touched again.
                std::mem::forget(lane.driver.take());
            }
            // Nobody takes it any more if the run was broken off.
            let _ = answers.send((index, answer));
        }
    }

    fn deaths(&self) -> Vec<MetBarrier> {
        self.deaths.lock().map(|deaths| deaths.clone()).unwrap_or_default()
    }

    /// Keeps what ended a worker.
    fn keep(&self, death: MetBarrier) {
        if let Ok(mut deaths) = self.deaths.lock() {
            deaths.push(death);
        }
    }
}

/// What a lane works with.
struct Lane<'a, W> {
    work: &'a SharedWork<'a, W>,
    driver: Option<Driver<'a>>,
    worker: Option<W>,
}

impl<W: Worker> Lane<'_, W> {
    fn answer(&mut self, task: &Task) -> FileAnswer {
        let Pool { files, options, style, .. } = self.work.pool;
        let driver = self.driver.get_or_insert_with(|| Driver::new(*files, options.clone()));
        let read = task.given.clone().map_or_else(|| files.read(task.file()), Ok);
        let bytes = match read {
            Ok(bytes) => bytes,
            Err(error) => {
                let finding = driver.unreadable(task.file(), &error);
                let findings = vec![Report::new(&finding, driver.sources(), *style)];
                return Ok((Vec::new(), ExpandedFile { findings, ..ExpandedFile::default() }));
            }
        };
        if !driver.may_use_macros(task.file(), &bytes) {
            let output = Some(bytes.clone());
            return Ok((
                bytes,
                ExpandedFile { output, has_output: true, ..ExpandedFile::default() },
            ));
        }
        let expanded = self.by_worker(task, &bytes)?;
        Ok((bytes, expanded))
    }

    fn by_worker(&mut self, task: &Task, bytes: &[u8]) -> Result<ExpandedFile, Crash> {
        let mut met = Vec::new();
        for _ in 0..MOST_DEATHS {
            let mut worker = match self.worker.take().filter(|worker| !worker.is_worn()) {
                Some(worker) => worker,
                None => (self.work.pool.hire)()
                    .map_err(|error| Crash::new(format!("no worker can be started: {error}")))?,
            };
            match worker.expand(task.file(), bytes, &self.work.deaths()) {
                Ok(expanded) => {
                    self.worker = Some(worker);
                    return Ok(expanded);
                }
                Err(Death::Bug(words)) => return Err(Crash::new(words)),
                Err(Death::Barrier(Some(place), barrier)) => {
                    let death = MetBarrier { place, barrier };
                    met.push(death.clone());
                    self.work.keep(death);
                }
                Err(Death::Barrier(None, barrier)) => {
                    let place = CodePlace { path: task.file().to_owned(), start: 0, end: 0 };
                    met.push(MetBarrier { place, barrier });
                    break;
                }
            }
        }
        Ok(self.ended(task, bytes, &met))
    }

    /// What is found where no worker lives to tell all: these barriers were met.
    fn ended(&self, task: &Task, bytes: &[u8], met: &[MetBarrier]) -> ExpandedFile {
        let name = self.work.pool.options.shown(task.file());
        let report = |MetBarrier { place, barrier }: &MetBarrier| {
            let (start, end) = (place.start, place.end.max(place.start));
            let (range, what) = match place.path == task.file() {
                false => (TextRange::default(), "a module that this file needs"),
                true if end == 0 => (TextRange::default(), "this file"),
                true => (TextRange::new(start.into(), end.into()), "this"),
            };
            let (finding, sources) = not_run(&name, bytes, range, barrier.clone(), what);
            Report::new(&finding, &sources, self.work.pool.style)
        };
        let findings = met.iter().map(report).collect();
        ExpandedFile { findings, ..ExpandedFile::default() }
    }
}
