//! Expands many files at once, and hands out the answers in the order of the files.
//!
//! Each worker is a thread with a driver of its own that takes the next file until there is none.
//! A worker that meets a bug of this tool answers so and ends, since its driver may be in
//! disorder; a new one goes on in its place.

use std::collections::BTreeMap;
use std::io;
use std::mem;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};
use std::thread::{self, Builder, Scope};

use super::plan::Task;
use crate::cli::crash::{self, Crash};
use crate::cli::stack;
use crate::cli::trace;
use crate::diagnostic::render::{self, Style};
use crate::driver::{Driver, Files, Options};

/// A file that has been expanded.
pub struct Expanded {
    /// None if there is an error among the findings.
    pub output: Option<Vec<u8>>,
    /// The findings, rendered.
    pub findings: String,
    /// The steps of the expansion, rendered.
    pub steps: String,
}

/// What became of a file.
pub type Answer = Result<Expanded, Crash>;

/// How to expand.
pub struct Setup<'a> {
    /// Where files are read.
    pub files: &'a (dyn Files + Sync),
    /// What to expand with.
    pub options: Options,
    /// How findings are dressed.
    pub style: Style,
    /// How standard output is dressed.
    pub output_style: Style,
}

/// The work that the workers share.
struct Work<'a> {
    tasks: &'a [Task],
    setup: &'a Setup<'a>,
    /// The first task that nobody has taken.
    next: AtomicUsize,
}

/// Gives `take` every task with its answer, in order, until it breaks off.
pub fn expand_all(
    tasks: &[Task],
    setup: &Setup<'_>,
    mut take: impl FnMut(&Task, Answer) -> ControlFlow<()>,
) {
    let work = &Work { tasks, setup, next: AtomicUsize::new(0) };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let (answers, arriving) = mpsc::channel();
    thread::scope(|scope| {
        let mut workers = 0;
        for _ in 0..cores.min(tasks.len()) {
            workers += usize::from(start(scope, work, &answers).is_ok());
        }
        let mut early = BTreeMap::new();
        for (index, task) in tasks.iter().enumerate() {
            let answer = loop {
                if let Some(answer) = early.remove(&index) {
                    break answer;
                }
                if workers == 0 {
                    break Err(Crash::new("no thread can be started"));
                }
                // Never an error: this function holds a sender, too.
                let Ok((index, answer)) = arriving.recv() else { continue };
                if answer.is_err() && start(scope, work, &answers).is_err() {
                    workers -= 1;
                }
                early.insert(index, answer);
            };
            if take(task, answer).is_break() {
                work.next.store(tasks.len(), Ordering::Relaxed);
                break;
            }
        }
    });
}

/// Starts a worker.
fn start<'scope>(
    scope: &'scope Scope<'scope, '_>,
    work: &'scope Work<'_>,
    answers: &Sender<(usize, Answer)>,
) -> io::Result<()> {
    let answers = answers.clone();
    let run = move || work.run(&answers);
    Builder::new().stack_size(stack::LARGE).spawn_scoped(scope, run).map(drop)
}

impl Work<'_> {
    fn run(&self, answers: &Sender<(usize, Answer)>) {
        let mut driver = None;
        loop {
            let index = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(task) = self.tasks.get(index) else { break };
            let answer = crash::catch(|| {
                let new = || Driver::new(self.setup.files, self.setup.options.clone());
                self.expand(driver.get_or_insert_with(new), task)
            });
            let crashed = answer.is_err();
            // Nobody takes it any more if the run was broken off.
            let _ = answers.send((index, answer));
            if crashed {
                // In disorder, it is better not touched again, not even to take it down.
                return mem::forget(driver);
            }
        }
    }

    fn expand(&self, driver: &mut Driver<'_>, task: &Task) -> Expanded {
        let outcome = match &task.given {
            Some(bytes) => driver.expand_bytes(&task.path, bytes),
            None => driver.expand(&task.path),
        };
        let findings = render::render(&outcome.findings, driver.sources(), self.setup.style);
        let steps = trace::render(&outcome.steps, Some(driver.sources()), self.setup.output_style);
        Expanded { output: outcome.output, findings, steps }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// Files that hold their own names, and a bug.
    struct Buggy;

    impl Files for Buggy {
        fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
            assert!(!path.ends_with("bug.py"), "a bug");
            Ok(format!("# {}\n", path.display()).into_bytes())
        }

        fn is_file(&self, _: &Path) -> bool {
            false
        }

        fn is_dir(&self, _: &Path) -> bool {
            false
        }
    }

    #[test]
    fn files_around_a_bug_are_expanded_in_order() {
        let names = ["a.py", "bug.py", "b.py", "bug.py", "bug.py", "bug.py", "c.py", "d.py"];
        let tasks = names.map(|name| Task { path: name.into(), given: None, target: None });
        let (style, output_style) = (Style::Plain, Style::Plain);
        let setup = Setup { files: &Buggy, options: Options::default(), style, output_style };
        let mut seen = Vec::new();
        expand_all(&tasks, &setup, |task, answer| {
            seen.push(match answer {
                Ok(expanded) => String::from_utf8(expanded.output.unwrap()).unwrap(),
                Err(_) => task.path.display().to_string(),
            });
            if seen.len() < 7 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        let bug = "bug.py";
        assert_eq!(seen, ["# a.py\n", bug, "# b.py\n", bug, bug, bug, "# c.py\n"]);
    }
}
