//! Whether an input is finished, as Python's prompt decides it.
//!
//! An open bracket or string, a backslash at the end of a line and a block that is missing go on.
//! A statement with a block goes on until an empty line, since it could have more lines. What no
//! further line could mend is finished too: its error is to be shown.

use super::parse::{LexicalErrorType, ParseErrorType};
use rustpython_ast::Stmt;
use rustpython_ast::token::{TokenKind, Tokens};
use rustpython_text_size::Ranged as _;

use super::parse::{ParsedText, parse};
use super::statement::{blocks, is_compound};
use super::tokens::{is_layout, logical_line, tokens_after};

/// What is to be done with the lines that were typed so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Completeness {
    /// They can be run, or their error be shown.
    Complete,
    /// More lines belong to them.
    Incomplete,
}

/// Whether the input `text` is finished, which has no line end after its last line.
pub(crate) fn completeness(text: &str) -> Completeness {
    let parsed = parse(text);
    let goes_on = match parsed.errors.is_empty() {
        true => !ends_blank(text) && parsed.module.body.last().is_some_and(is_compound),
        false => goes_on(&parsed, text),
    };
    if goes_on { Completeness::Incomplete } else { Completeness::Complete }
}

/// Whether the last of several lines is blank.
fn ends_blank(text: &str) -> bool {
    text.rsplit_once('\n').is_some_and(|(_, last)| last.trim().is_empty())
}

/// Whether further lines could mend the first error.
fn goes_on(parsed: &ParsedText, text: &str) -> bool {
    let Some(error) = parsed.errors.first() else { return false };
    let written = text.trim_end();
    let at_end = error.location.end().to_usize() >= written.len();
    match &error.error {
        ParseErrorType::Lexical(LexicalErrorType::Eof) => true,
        ParseErrorType::Lexical(LexicalErrorType::LineContinuationError) => text.ends_with('\\'),
        ParseErrorType::Lexical(LexicalErrorType::UnclosedStringError) => {
            let literal = text.get(error.location.start().to_usize()..).unwrap_or_default();
            let quotes = literal.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            let is_long = quotes.starts_with("'''") || quotes.starts_with("\"\"\"");
            is_long || at_end && text.ends_with('\\')
        }
        ParseErrorType::OtherError(_) => {
            let starts_at_end = error.location.start().to_usize() >= written.len();
            starts_at_end && !ends_blank(text) && lacks_block(parsed)
        }
        _ => is_in_long_string(&parsed.tokens),
    }
}

/// Whether the text ends in a head without its block, a decorator without its definition, or a
/// `try` without its handlers.
fn lacks_block(parsed: &ParsedText) -> bool {
    let Some(last) = parsed.tokens.iter().rfind(|token| !is_layout(token.kind())) else {
        return false;
    };
    let line = logical_line(&parsed.tokens, last.start());
    let first = line.and_then(|line| tokens_after(&parsed.tokens, line).first());
    last.kind() == TokenKind::Colon
        || first.is_some_and(|token| token.kind() == TokenKind::At)
        || ends_in_bare_try(&parsed.module.body)
}

fn ends_in_bare_try(body: &[Stmt]) -> bool {
    body.last().is_some_and(|last| match last {
        Stmt::Try(s) if s.handlers.is_empty() && s.finalbody.is_empty() => true,
        _ => blocks(last).last().is_some_and(|block| ends_in_bare_try(block)),
    })
}

/// Whether the text ends in an f-string or t-string of several lines.
fn is_in_long_string(tokens: &Tokens) -> bool {
    let mut open = Vec::new();
    for token in tokens.iter() {
        match token.kind() {
            TokenKind::FStringStart | TokenKind::TStringStart => {
                open.push(token.is_triple_quoted_string());
            }
            TokenKind::FStringEnd | TokenKind::TStringEnd => {
                open.pop();
            }
            _ => {}
        }
    }
    open.contains(&true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lacks_lines_goes_on() {
        let unfinished = [
            "f(1,",
            "x = [1,\n  2",
            "x = '''a",
            "f'''a {x",
            "f\"\"\"a",
            "x = 1 + \\",
            "x = 'a\\",
            "def f():",
            "def f():\n    return 1",
            "for i in x: print(i)",
            "if x:\n    a\nelse:",
            "try:\n    x",
            "@deco",
            "match x:\n    case 1:",
            "class A:\n    x = (1,",
        ];
        for text in unfinished {
            assert_eq!(completeness(text), Completeness::Incomplete, "{text:?}");
        }
    }

    #[test]
    fn what_is_finished_or_wrong_does_not() {
        let finished = [
            "",
            "x = 1",
            "x = ",
            "x = 'a",
            "f'{a'",
            "x = = 1",
            ")",
            "(1 2",
            "a b",
            "def f():\n    x = = 1",
            "def f():\n",
            "def f():\n    return 1\n",
            "for i in x: print(i)\n    ",
            "def f():\n    pass\nx = 1",
            "try:\n    x\n",
            "# nothing",
        ];
        for text in finished {
            assert_eq!(completeness(text), Completeness::Complete, "{text:?}");
        }
    }
}
