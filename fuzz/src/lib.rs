//! What the fuzz targets do. The test suite does a part of the same, see `tests/fuzz.rs`.
//!
//! A target's `run` takes what a fuzzer gives, its `again` what was kept of an earlier run. Both
//! panic if a law is broken, with the program that breaks it.

#![allow(dead_code, reason = "the test suite uses another part")]
#![allow(clippy::disallowed_methods, reason = "tests")]

#[path = "../../tests/trials/random.rs"]
pub mod random;

#[path = "../../tests/printer/law.rs"]
mod printing;

mod heavy;

pub mod law;

pub mod bytes;

pub mod mutation;

pub mod python;

pub mod macros;

pub mod trees;

/// Lets panics be caught: libFuzzer's hook would end the process at one of the compile-time
/// Python's compiler, which is an error like others. What isn't caught ends it all the same.
pub fn allow_caught_panics() {
    drop(std::panic::take_hook());
}
