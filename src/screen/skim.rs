//! Skimming: which offsets of a file are code, and which are inside a string or a comment.
//!
//! A lexer with three tokens: a stretch of code without quotes and `#`, a comment, and a string.
//! Of a string it matches the opening quotes only; where it ends is asked of `quote` and
//! `formatted`.

use logos::{Lexer, Logos};

use crate::screen::formatted;
use crate::screen::quote::Opening;

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
#[logos(utf8 = false, extras = FStrings)]
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
enum FStrings {
    /// So far each f-string has ended.
    #[default]
    Regular,
    /// One never ended: the file isn't Python. From here on f-strings are lexed as plain ones, so
    /// that one bad field doesn't hide the rest of the file.
    Broken,
}

/// The lexer has seen the quotes that open a string: moves it past the string.
fn string(lexer: &mut Lexer<'_, Stretch>) {
    let Some(opening) = Opening::of(lexer.source(), lexer.span().start) else { return };
    let rest = lexer.remainder();
    if opening.is_formatted && lexer.extras == FStrings::Regular {
        match formatted::length(rest, opening.quote) {
            Some(length) => return lexer.bump(length),
            None => lexer.extras = FStrings::Broken,
        }
    }
    lexer.bump(opening.quote.plain_length(rest));
}
