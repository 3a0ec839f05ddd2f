//! The target `trees`, for `cargo fuzz`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    uneval_fuzz::trees::run(data);
});
