//! The screen: which modules a file imports, read off its bytes without parsing it.
//!
//! Most files of a program hold no macro and import no module that does. The screen clears them
//! at memory speed, so that only the others are parsed. Three steps, on an example:
//!
//! ```text
//! 1  """How to import this."""       `import` twice, but here no statement could start
//! 2  from cython.meta import macro   a candidate
//! 3  text = '''
//! 4  import this
//! 5  '''                             line 4: a candidate
//! 6  # that was all
//! ```
//!
//! 1. `candidate` finds the word `import` wherever the bytes before it could make an import
//!    statement (lines 2 and 4). `import` is a hard keyword: outside strings and comments it
//!    occurs in import statements only, so brackets and blocks need no attention at all.
//! 2. `skim` runs a lexer over strings and comments, up to the last candidate and no further,
//!    and drops the candidates inside them (line 4).
//! 3. `statement` reads what the remaining statements import.
//!
//! The answer is exact for files that Python can parse. For others it never panics, and it may
//! name too much or too little. Absent here: whether a module exists, and what a name is bound
//! to.

mod statement;

mod candidate;

mod quote;

mod formatted;

mod skim;

#[cfg(test)]
mod tests;

use memchr::memmem;

use crate::source::{self, Source};

pub(crate) use statement::Import;

/// What the screen has to say about one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Screening {
    /// Every import in the file, in order, wherever in the file it is.
    pub imports: Vec<Import>,
    /// Whether the file imports `cython` or `uneval` or anything below them, so that a
    /// compile-time name may be bound in it.
    pub compile_time: bool,
}

/// Screens the bytes of a file: all of it, with its byte order mark if it has one.
pub(crate) fn screen(bytes: &[u8]) -> Screening {
    // In a few encodings the byte of a quote or backslash may be part of a character.
    if source::names_other_encoding(bytes)
        && let Ok(source) = Source::decode("", bytes)
    {
        return screen_ascii_superset(source.text().as_bytes());
    }
    screen_ascii_superset(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
}

/// Whether the code may get at modules by texts that name them, without importing them.
pub(crate) fn reaches_by_name(bytes: &[u8]) -> bool {
    BY_NAME.iter().any(|word| memmem::find(bytes, word.as_bytes()).is_some())
}

const BY_NAME: [&str; 7] = [
    "import_module",
    "__import__",
    "sys.modules",
    "patch(\"",
    "patch('",
    "setattr(\"",
    "setattr('",
];

fn screen_ascii_superset(bytes: &[u8]) -> Screening {
    let mut imports = Vec::new();
    for start in skim::in_code(bytes, candidate::starts(bytes)) {
        statement::read(bytes.get(start..).unwrap_or_default(), &mut imports);
    }
    let compile_time = imports.iter().any(may_bind_compile_time);
    Screening { imports, compile_time }
}

/// Python normalises names by NFKC, so a name that isn't ASCII may still come to mean `cython`.
fn may_bind_compile_time(import: &Import) -> bool {
    let root = import.module.split('.').next().unwrap_or_default();
    import.level == 0 && (matches!(root, "cython" | "uneval") || !root.is_ascii())
}
