//! Threads with a large stack: deep code takes deep recursion.

use std::thread::Builder;

use super::crash::{self, Crash};

/// The stack of a thread that works on code: only reserved, and more than deep code needs.
pub(crate) const LARGE: usize = 1 << 30;

/// Does `work` on a thread with a large stack; if it panics, says why.
pub(crate) fn with_large<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, Crash> {
    std::thread::scope(|scope| {
        let run = || crash::catch(work);
        let thread = Builder::new().stack_size(LARGE).spawn_scoped(scope, run);
        let thread = thread.map_err(|_| Crash::new("no thread can be started"))?;
        thread.join().unwrap_or_else(|_| Err(Crash::new("a thread has ended")))
    })
}
