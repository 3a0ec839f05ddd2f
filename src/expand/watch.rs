//! Compile-time code that doesn't end within its limits is ended from outside, with the process it
//! runs in. For that somebody is told what runs, and tells the next process what ended the last.

use std::path::PathBuf;
use std::rc::Rc;

use rustpython_text_size::TextRange;

use super::Expander;
use crate::diagnostic::{Code, Finding, Label};
use crate::host::{Failure, Limit, Wall};

/// A place that compile-time code runs for: a call, or a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    /// The file, as the user knows it.
    pub path: PathBuf,
    /// In offsets of the file's text.
    pub range: TextRange,
}

/// Who is told what runs.
pub trait Watch {
    /// Code starts to run for this place.
    fn starts(&self, running: &Running);

    /// The code that started last has ended.
    fn ends(&self);
}

/// What is known of the walls that were met before, and who is told what runs now.
#[derive(Clone, Default)]
pub struct Guard {
    /// Who is told, if anybody.
    pub watch: Option<Rc<dyn Watch>>,
    /// The places that met a wall in an earlier process: what runs for them isn't run again.
    pub walls: Vec<(Running, Wall)>,
}

impl Wall {
    /// The finding that `what` at `label` met the wall.
    pub fn finding(self, what: &str, label: Label) -> Finding {
        let (code, message, help) = match self {
            Wall::Time(1) => {
                (Code::TimeLimit, format!("{what} took more than 1 second"), "--max-seconds")
            }
            Wall::Time(seconds) => {
                let message = format!("{what} took more than {seconds} seconds");
                (Code::TimeLimit, message, "--max-seconds")
            }
            Wall::Memory(megabytes) => {
                let message = format!("{what} took more than {megabytes} MB of memory");
                (Code::MemoryLimit, message, "--max-memory")
            }
            Wall::Bug(words) => {
                let message = format!("{what} came upon a bug of the compile-time Python");
                return Finding::new(Code::MacroRaised, message, label)
                    .note(words)
                    .help("this is a bug in uneval, not in your program: please report it");
            }
            Wall::Stack => {
                let message = format!("{what} nests more deeply than there is room for");
                return Finding::new(Code::RecursionLimit, message, label)
                    .help("make the data, or the code, flatter");
            }
        };
        Finding::new(code, message, label)
            .help(format!("is there work without end? {help} raises the limit"))
    }
}

impl Expander<'_> {
    /// What was met before, and who is told what runs.
    pub fn guard(&mut self) -> &mut Guard {
        &mut self.guard
    }

    /// Runs compile-time code for the place at `label`, unless that met a wall before.
    pub(super) fn watched<T>(
        &mut self,
        label: &Label,
        run: impl FnOnce(&mut Self) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let Guard { watch, walls } = &self.guard;
        if watch.is_none() && walls.is_empty() {
            return run(self);
        }
        let (file, range) = self.written_at(label.file, label.range);
        let running = Running { path: self.sources().get(file).name().into(), range };
        if let Some((_, wall)) = walls.iter().find(|(known, _)| *known == running) {
            return Err(Failure::Limit(Limit::Wall(wall.clone())));
        }
        let watch = watch.clone();
        if let Some(watch) = &watch {
            watch.starts(&running);
        }
        let result = run(self);
        if let Some(watch) = &watch {
            watch.ends();
        }
        result
    }
}
