//! The target `bytes`, for `cargo fuzz`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    uneval_fuzz::bytes::run(data);
});
