//! Compile-time code that doesn't end within its limits is ended from outside, with the process it
//! runs in. For that somebody is told what runs, and tells the next process what ended the last.

use std::path::PathBuf;
use std::rc::Rc;

use rustpython_text_size::TextRange;

use super::Stage;
use crate::diagnostic::Label;
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

/// Runs compile-time code for the place at `label`, unless that met a wall before.
pub(crate) fn run_guarded<T>(
    cx: &mut Stage<'_, '_>,
    label: &Label,
    run: impl FnOnce() -> Result<T, Failure>,
) -> Result<T, Failure> {
    let Guard { watch, walls } = &cx.compile_time.guard;
    if watch.is_none() && walls.is_empty() {
        return run();
    }
    let (file, range) = cx.lineage.written_at(label.file, label.range);
    let running = Running { path: cx.resolver.project.sources().get(file).name().into(), range };
    if let Some((_, wall)) = walls.iter().find(|(known, _)| *known == running) {
        return Err(Failure::Limit(Limit::Wall(wall.clone())));
    }
    let watch = watch.clone();
    if let Some(watch) = &watch {
        watch.starts(&running);
    }
    let result = run();
    if let Some(watch) = &watch {
        watch.ends();
    }
    result
}
