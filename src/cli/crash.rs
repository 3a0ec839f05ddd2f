//! Bugs of this tool: a panic becomes a short request to report it.

use std::cell::RefCell;
use std::fmt::Write;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::path::Path;

thread_local! {
    /// The last panic of this thread, in words.
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// A panic that was caught.
#[derive(Debug)]
pub(crate) struct Crash(String);

/// From here on a panic prints nothing by itself.
pub(crate) fn keep_quiet() {
    panic::set_hook(Box::new(|info| {
        let words = words(info);
        LAST.with(|last| {
            // A panic while the last one is being noted can't be noted as well.
            if let Ok(mut last) = last.try_borrow_mut() {
                *last = Some(words);
            }
        });
    }));
}

fn words(info: &PanicHookInfo<'_>) -> String {
    let mut words = info.payload_as_str().unwrap_or("a panic without words").to_owned();
    if let Some(place) = info.location() {
        // Where a dependency's source lay when the tool was built is nobody's business.
        let file = place.file().rsplit_once("/registry/src/").map_or(place.file(), |(_, f)| f);
        // Writing to a string can't fail.
        let _ = write!(words, " ({file}:{}:{})", place.line(), place.column());
    }
    words
}

/// Runs `work`; if it panics, says why.
///
/// What `work` could reach may be in disorder afterwards and should be dropped.
pub(crate) fn catch<T>(work: impl FnOnce() -> T) -> Result<T, Crash> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let words = LAST.with(|last| last.try_borrow_mut().ok()?.take());
        Crash(words.unwrap_or_else(|| "a panic".to_owned()))
    })
}

impl Crash {
    /// A crash for a reason of which there is no panic.
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }

    /// What went wrong.
    pub(crate) fn words(&self) -> &str {
        &self.0
    }

    /// The text for the user, with the file that was being expanded.
    pub(crate) fn report(&self, file: Option<&Path>) -> String {
        let file = file.map_or(String::new(), |f| format!(" while expanding {}", f.display()));
        let Self(words) = self;
        format!(
            "internal error{file}: {words}\n\
             This is a bug in uneval, not in your program. Please report it, with the file if \
             you can.\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crash_names_the_file_and_asks_for_a_report() {
        let report = Crash::new("index out of bounds").report(Some(Path::new("app.py")));
        assert!(report.starts_with("internal error while expanding app.py: index out of bounds\n"));
        assert!(report.contains("Please report it"));
    }
}
