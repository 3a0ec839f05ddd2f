//! The target `python`, for `cargo fuzz`: it changes Python by its tokens, lines and parts.

#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use uneval_fuzz::mutation::mutate;
use uneval_fuzz::random::Random;

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let text = String::from_utf8_lossy(&data[..size]).into_owned();
    let new = mutate(&text, &mut Random::new(u64::from(seed), 0)).into_bytes();
    let length = new.len().min(max_size).min(data.len());
    data[..length].copy_from_slice(&new[..length]);
    length
});

fuzz_target!(init: uneval_fuzz::allow_caught_panics(), |data: &[u8]| {
    uneval_fuzz::python::run(data);
});
