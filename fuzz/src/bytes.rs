//! Any bytes as a file, and as a tree's JSON.

use uneval::codenode::from_json;
use uneval::source::Source;

use super::law;

/// What makes a file one that can hold macros; at its end, so that the bytes are what they are.
const MACRO: &[u8] = b"\nfrom cython.meta import macro\n@macro\ndef same(x): return x\nsame(y)\n";

/// Holds the laws against a file of these bytes.
pub fn run(data: &[u8]) {
    if let Ok(source) = Source::decode("file", data) {
        let again = source.encode(source.text());
        assert_eq!(again.ok().as_deref(), Some(data), "decoded and encoded: {data:?}");
    }
    if let Ok(text) = str::from_utf8(data) {
        let _ = from_json(text);
    }
    for bytes in [data.to_vec(), [data, MACRO].concat()] {
        law::expand(&vec![("app.py".to_owned(), bytes)]);
    }
}

/// Runs what was kept.
pub fn again(kept: &[u8]) {
    run(kept);
}
