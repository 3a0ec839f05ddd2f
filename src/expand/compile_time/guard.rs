//! The guard of compile-time code: a process whose code meets a barrier is ended from outside. A
//! watch hears which place code runs for; the next process gets the places that met a barrier, and
//! runs nothing for them.

use std::path::PathBuf;
use std::rc::Rc;

use rustpython_text_size::TextRange;

use super::Stage;
use crate::diagnostic::Label;
use crate::host::{Barrier, Failure, Limit};

/// A place that compile-time code runs for: a call, or a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    /// The file, as the user knows it.
    pub path: PathBuf,
    /// In offsets of the file's text.
    pub range: TextRange,
}

/// Who hears which place compile-time code runs for.
pub trait Watch {
    /// Code starts to run for this place.
    fn starts(&self, running: &Running);

    /// The code that started last has ended.
    fn ends(&self);
}

/// The barriers that earlier processes met, and the watch of this one.
#[derive(Clone, Default)]
pub struct Guard {
    /// The watch, if there is one.
    pub watch: Option<Rc<dyn Watch>>,
    /// The places that met a barrier in an earlier process: what runs for them isn't run again.
    pub barriers: Vec<(Running, Barrier)>,
    /// What runs: code that it imports runs in its turn.
    pub running: Option<Running>,
}

/// Runs compile-time code for the place at `label`, unless that met a barrier before.
pub(crate) fn run_guarded<T>(
    cx: &mut Stage<'_, '_>,
    label: &Label,
    run: impl FnOnce(&mut Stage<'_, '_>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let Guard { watch, barriers, .. } = &cx.compile_time.guard;
    if watch.is_none() && barriers.is_empty() {
        return run(cx);
    }
    let (file, range) = cx.lineage.written_at(label.file, label.range);
    let running = Running { path: cx.resolver.project.sources().get(file).name().into(), range };
    if let Some((_, barrier)) = barriers.iter().find(|(known, _)| *known == running) {
        return Err(Failure::Limit(Limit::Barrier(barrier.clone())));
    }
    let watch = watch.clone();
    if let Some(watch) = &watch {
        watch.starts(&running);
    }
    let around = cx.compile_time.guard.running.replace(running);
    let result = run(cx);
    cx.compile_time.guard.running = around;
    if let Some(watch) = &watch {
        match &cx.compile_time.guard.running {
            Some(running) => watch.starts(running),
            None => watch.ends(),
        }
    }
    result
}
