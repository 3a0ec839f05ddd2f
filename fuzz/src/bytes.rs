//! Any bytes as a file, and as a tree's JSON.

use uneval::Source;
use uneval::tree::from_json;

use super::law::{self, Fate};

/// What makes a file one that can hold macros; at its end, so that the bytes are what they are.
const MACRO: &[u8] = b"\nfrom cython.meta import macro\n@macro\ndef same(x): return x\nsame(y)\n";

/// Holds the laws against a file of these bytes.
pub fn run(data: &[u8]) -> Fate {
    if let Ok(source) = Source::decode("file", data) {
        let again = source.encode(source.text());
        assert_eq!(again.ok().as_deref(), Some(data), "decoded and encoded: {data:?}");
    }
    if let Ok(text) = str::from_utf8(data) {
        let _ = from_json(text);
    }
    let fates = [data.to_vec(), [data, MACRO].concat()].map(|bytes| {
        let program = vec![("app.py".to_owned(), bytes)];
        law::fate(&program, &law::expand(&program))
    });
    fates[1]
}

/// Runs what was kept.
pub fn again(kept: &[u8]) -> Fate {
    run(kept)
}
