//! Candidates: the places where the bytes look like an import statement.
//!
//! Found backwards from each word `import`: before it there is either the start of a statement,
//! or `from`, dots and a dotted name, and the start of a statement before those. Whether the
//! place is inside a string or a comment isn't asked here.

use memchr::memmem;

/// The offsets at which `import …` or `from … import …` seem to start, in ascending order.
pub(super) fn starts(bytes: &[u8]) -> impl Iterator<Item = usize> {
    memmem::find_iter(bytes, IMPORT)
        .filter(|&at| !bytes.get(at + IMPORT.len()).is_some_and(is_name_byte))
        .filter_map(|at| statement_start(bytes, at))
}

const IMPORT: &[u8] = b"import";

/// The start of the statement that holds the `import` at this offset.
fn statement_start(bytes: &[u8], import: usize) -> Option<usize> {
    if starts_statement(bytes, import) {
        return Some(import);
    }
    let mut at = import;
    let mut expects_name = true;
    loop {
        let head = ink_before(bytes, at);
        let (end, word) = (head.len(), last_word(head));
        // A word that touches `import` is no word before it.
        if end == import && !word.is_empty() {
            return None;
        }
        at = end - word.len();
        match word {
            b"" if head.ends_with(b".") => {
                at = end - 1;
                expects_name = true;
            }
            b"from" => return starts_statement(bytes, at).then_some(at),
            b"lazy" if starts_statement(bytes, at) => return Some(import),
            // No keyword is part of a dotted name. Stopping here also keeps the sum of all these
            // walks linear in the length of the file.
            b"" | IMPORT => return None,
            _ if !expects_name => return None,
            _ => expects_name = false,
        }
    }
}

/// Whether a simple statement could start at this offset.
fn starts_statement(bytes: &[u8], at: usize) -> bool {
    let head = ink_before(bytes, at);
    match head {
        [] | [.., b'\n' | b'\r' | b';' | b':'] => true,
        // `lazy` before an import is a keyword.
        [before @ .., b'l', b'a', b'z', b'y'] if head.len() < at && last_word(head) == b"lazy" => {
            let before = ink_before(before, before.len());
            matches!(before.last(), None | Some(b'\n' | b'\r' | b';' | b':'))
        }
        _ => false,
    }
}

/// What stands before `at`, without blanks and ends of continued lines at its end.
fn ink_before(bytes: &[u8], at: usize) -> &[u8] {
    let mut before = bytes.get(..at).unwrap_or(bytes);
    while let [ink @ .., b'\\', b'\r', b'\n']
    | [ink @ .., b'\\', b'\r' | b'\n']
    | [ink @ .., b' ' | b'\t' | b'\x0c'] = before
    {
        before = ink;
    }
    before
}

/// The longest run of name bytes at the end of `bytes`.
pub(super) fn last_word(bytes: &[u8]) -> &[u8] {
    bytes.rsplit(|byte| !is_name_byte(byte)).next().unwrap_or_default()
}

fn is_name_byte(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80
}
