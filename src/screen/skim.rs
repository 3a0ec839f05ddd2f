//! Skimming: which offsets of a file are code, and which are inside a string or a comment.
//!
//! A lexer with three tokens: a stretch of code without quotes and `#`, a comment, and a string.
//! What makes strings more than a regular language are the replacement fields of f-strings and
//! t-strings, which hold code and so strings of the same quotes again (PEP 701):
//!
//! ```text
//! f"{x["a"]:>{f"{width}"}} is"     one string
//!   ⌞field ⌟⌞spec        ⌟         on a stack: text, field or spec, text, …
//! ```

mod formatted;

use logos::{Lexer, Logos};

use super::candidate::last_word;

/// Those of the ascending offsets `starts` that are code.
pub(super) fn in_code(
    bytes: &[u8],
    starts: impl Iterator<Item = usize>,
) -> impl Iterator<Item = usize> {
    let mut lexer = Stretch::lexer(bytes);
    // Where the last string or comment starts and ends that the lexer has seen.
    let (mut quiet_start, mut quiet_end) = (0, 0);
    starts.filter(move |&start| {
        while quiet_end <= start {
            match lexer.next() {
                Some(Ok(Stretch::Code)) => {}
                Some(_) => (quiet_start, quiet_end) = (lexer.span().start, lexer.span().end),
                None => (quiet_start, quiet_end) = (usize::MAX, usize::MAX),
            }
        }
        start < quiet_start
    })
}

#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq)]
#[logos(utf8 = false, extras = Nesting)]
enum Stretch {
    #[regex(r##"(?s-u:[^'"#])+"##)]
    Code,
    #[regex(r#"(?s-u:#[^\n\r]*)"#, allow_greedy = true)]
    Comment,
    #[regex(r#"'|'''|"|""""#, string)]
    String,
}

/// What is known of the f-strings of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Nesting {
    /// So far each f-string has ended.
    #[default]
    Regular,
    /// One never ended: the file isn't Python. From here on f-strings are lexed as plain ones, so
    /// that one bad field doesn't hide the rest of the file.
    Broken,
}

/// The lexer has seen the quotes that open a string: moves it past the string.
fn string(lexer: &mut Lexer<'_, Stretch>) {
    let opening = Opening::of(lexer.source(), lexer.span().start);
    let rest = lexer.remainder();
    if opening.is_formatted && lexer.extras == Nesting::Regular {
        match formatted::length(rest, opening.quote) {
            Some(length) => return lexer.bump(length),
            None => lexer.extras = Nesting::Broken,
        }
    }
    lexer.bump(opening.quote.plain_length(rest));
}

/// The quotes of a string.
#[derive(Clone, Copy)]
enum Quote {
    /// `'` or `"`.
    One(u8),
    /// Three of them.
    Three(u8),
}

/// The prefix and quotes that open a string.
struct Opening {
    quote: Quote,
    is_formatted: bool,
}

impl Opening {
    /// What opens the string whose quotes start at `at`, which holds a quote.
    fn of(bytes: &[u8], at: usize) -> Self {
        let byte = bytes[at];
        let quote = match &bytes[at + 1..] {
            [second, third, ..] if *second == byte && *third == byte => Quote::Three(byte),
            _ => Quote::One(byte),
        };
        let is_formatted = match last_word(&bytes[at.saturating_sub(3)..at]) {
            [a] => b"fFtT".contains(a),
            [a, b] => match (a.to_ascii_lowercase(), b.to_ascii_lowercase()) {
                (b'f' | b't', b'r') | (b'r', b'f' | b't') => true,
                _ => false,
            },
            _ => false,
        };
        Self {
            quote,
            is_formatted,
        }
    }
}

impl Quote {
    /// The number of bytes of the quotes.
    fn width(self) -> usize {
        match self {
            Self::One(_) => 1,
            Self::Three(_) => 3,
        }
    }

    /// Whether these quotes start `bytes`.
    fn closes(self, bytes: &[u8]) -> bool {
        match self {
            Self::One(quote) => bytes.first() == Some(&quote),
            Self::Three(quote) => bytes.starts_with(&[quote; 3]),
        }
    }

    /// The length, with the closing quotes, of the plain string whose inside starts `bytes`. A
    /// backslash before a quote saves it from being the end even in raw strings. A string that
    /// isn't closed ends with its line, or with the file if it has three quotes.
    fn plain_length(self, bytes: &[u8]) -> usize {
        let mut at = 0;
        loop {
            let rest = &bytes[at..];
            let step = match self {
                Self::One(quote) => rest
                    .iter()
                    .position(|&b| b == quote || matches!(b, b'\\' | b'\n' | b'\r')),
                Self::Three(quote) => memchr::memchr2(quote, b'\\', rest),
            };
            let Some(step) = step else {
                return bytes.len();
            };
            at += step;
            match (self, &bytes[at..]) {
                (_, [b'\\', ..]) => at = (at + escape_length(&bytes[at..])).min(bytes.len()),
                (_, rest) if self.closes(rest) => return at + self.width(),
                (Self::One(_), _) => return at,
                (Self::Three(_), _) => at += 1,
            }
        }
    }
}

/// The length of the backslash at the start of `bytes` and what it protects.
fn escape_length(bytes: &[u8]) -> usize {
    match bytes {
        [_, b'\r', b'\n', ..] => 3,
        _ => 2,
    }
}
