//! The keywords of Python: what can't be a name, what a statement begins with, what a prompt completes.
//!
//! <https://docs.python.org/3/reference/lexical_analysis.html#keywords>

use Reserve::{Reserved, Soft};
use Standing::{First, Inside};

/// Where a keyword stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// It begins a statement, or a clause of one.
    First,
    /// It stands in an expression or after another keyword.
    Inside,
}

/// Whether a keyword may be a name as well.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reserve {
    Reserved,
    /// Where it means nothing else, it is a name.
    Soft,
}

const KEYWORDS: [(&str, Reserve, Standing); 38] = [
    ("False", Reserved, Inside),
    ("None", Reserved, Inside),
    ("True", Reserved, Inside),
    ("and", Reserved, Inside),
    ("as", Reserved, Inside),
    ("assert", Reserved, First),
    ("async", Reserved, First),
    ("await", Reserved, Inside),
    ("break", Reserved, First),
    ("case", Soft, First),
    ("class", Reserved, First),
    ("continue", Reserved, First),
    ("def", Reserved, First),
    ("del", Reserved, First),
    ("elif", Reserved, First),
    ("else", Reserved, First),
    ("except", Reserved, First),
    ("finally", Reserved, First),
    ("for", Reserved, First),
    ("from", Reserved, First),
    ("global", Reserved, First),
    ("if", Reserved, First),
    ("import", Reserved, First),
    ("in", Reserved, Inside),
    ("is", Reserved, Inside),
    ("lambda", Reserved, Inside),
    ("match", Soft, First),
    ("nonlocal", Reserved, First),
    ("not", Reserved, Inside),
    ("or", Reserved, Inside),
    ("pass", Reserved, First),
    ("raise", Reserved, First),
    ("return", Reserved, First),
    ("try", Reserved, First),
    ("type", Soft, First),
    ("while", Reserved, First),
    ("with", Reserved, First),
    ("yield", Reserved, Inside),
];

/// Whether `word` is a keyword that can't be a name.
pub(crate) fn is_keyword(word: &str) -> bool {
    KEYWORDS.iter().any(|(keyword, reserve, _)| *keyword == word && *reserve == Reserved)
}

/// The keywords, soft ones too.
pub(crate) fn keywords() -> impl Iterator<Item = &'static str> {
    KEYWORDS.iter().map(|(keyword, ..)| *keyword)
}

/// The keywords with which a statement, or a clause of one, begins; no soft ones, which may be names.
pub(crate) fn first_words() -> impl Iterator<Item = &'static str> {
    let first =
        KEYWORDS.iter().filter(|(_, reserve, standing)| (*reserve, *standing) == (Reserved, First));
    first.map(|(keyword, ..)| *keyword)
}
