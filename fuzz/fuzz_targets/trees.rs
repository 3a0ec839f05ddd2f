//! The target `trees`, for `cargo fuzz`.

#![no_main]

libfuzzer_sys::fuzz_target!(init: uneval_fuzz::allow_caught_panics(), |data: &[u8]| {
    uneval_fuzz::trees::run(data);
});
