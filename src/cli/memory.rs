//! The memory of the process, counted and, in a worker, limited.

use std::alloc::System;

use cap::Cap;

/// The allocator of the command. One that is asked for more than its limit ends the process.
pub type Memory = Cap<System>;

/// An allocator without a limit.
pub const fn unlimited() -> Memory {
    Cap::new(System, usize::MAX)
}

/// How many bytes make a megabyte.
const MEGABYTE: usize = 1 << 20;

/// From here on the process may take this many megabytes more than it has.
pub(crate) fn allow(memory: &Memory, megabytes: u64) {
    let more = usize::try_from(megabytes).unwrap_or(usize::MAX).saturating_mul(MEGABYTE);
    // Refused only if the limit is below what is taken, which it isn't.
    let _ = memory.set_limit(memory.allocated().saturating_add(more));
}

/// How many megabytes the process has taken.
pub(crate) fn taken(memory: &Memory) -> u64 {
    (memory.allocated() / MEGABYTE) as u64
}
