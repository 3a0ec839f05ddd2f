//! Whether an input is finished, as Python's prompt decides it.
//!
//! An open bracket or string, a backslash at the end of a line and a block that is missing go on.
//! A statement with a block goes on until an empty line, since it could have more lines. What no
//! further line could mend is finished too: its error is to be shown.

use rustpython_ast::token::{TokenKind, Tokens};
use rustpython_ast::{ExceptHandler, Mod, Stmt, StmtTry};
use rustpython_parser::{LexicalErrorType, Mode, ParseError, ParseErrorType, ParseOptions, Parsed};

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
    let parsed = rustpython_parser::parse_unchecked(text, ParseOptions::from(Mode::Module));
    let first = parsed.errors().iter().min_by_key(|error| error.location.start());
    let goes_on = match (first, parsed.syntax()) {
        (Some(error), _) => goes_on(error, text, &parsed),
        (None, Mod::Module(module)) => {
            !ends_blank(text) && module.body.last().is_some_and(has_block)
        }
        (None, Mod::Expression(_)) => false,
    };
    if goes_on { Completeness::Incomplete } else { Completeness::Complete }
}

/// Whether the last of several lines is blank.
fn ends_blank(text: &str) -> bool {
    text.rsplit_once('\n').is_some_and(|(_, last)| last.trim().is_empty())
}

/// Whether further lines could mend the first error.
fn goes_on(error: &ParseError, text: &str, parsed: &Parsed<Mod>) -> bool {
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
            let is_at_end = error.location.start().to_usize() >= written.len();
            let lacks_block = ends_in_decorator(parsed.tokens()) || lacks_block(parsed.syntax());
            is_at_end && lacks_block && !ends_blank(text)
        }
        _ => is_in_long_string(parsed.tokens()),
    }
}

/// Whether the last statement, or the last in it, is without a block that it has to have.
fn lacks_block(syntax: &Mod) -> bool {
    let Mod::Module(module) = syntax else { return false };
    let mut last = module.body.last();
    while let Some(stmt) = last {
        let body = match stmt {
            Stmt::FunctionDef(s) => &s.body,
            Stmt::ClassDef(s) => &s.body,
            Stmt::With(s) => &s.body,
            Stmt::For(s) if s.orelse.is_empty() => &s.body,
            Stmt::For(s) => &s.orelse,
            Stmt::While(s) if s.orelse.is_empty() => &s.body,
            Stmt::While(s) => &s.orelse,
            Stmt::If(s) => s.elif_else_clauses.last().map_or(&s.body, |clause| &clause.body),
            Stmt::Match(s) => match s.cases.last() {
                Some(case) => &case.body,
                None => return true,
            },
            Stmt::Try(s) => match last_block(s) {
                Some(block) => block,
                None => return true,
            },
            _ => return false,
        };
        last = match body.as_slice() {
            [] => return true,
            [.., stmt] => Some(stmt),
        };
    }
    false
}

/// The last block of a `try`; none if neither `except` nor `finally` has come yet.
fn last_block(s: &StmtTry) -> Option<&Vec<Stmt>> {
    let handler = s.handlers.last().map(|ExceptHandler::ExceptHandler(handler)| &handler.body);
    let blocks = [Some(&s.finalbody), Some(&s.orelse), handler];
    blocks.into_iter().flatten().find(|block| !block.is_empty()).or(handler)
}

/// Whether the last line is a decorator.
fn ends_in_decorator(tokens: &Tokens) -> bool {
    let is_blank = |kind: TokenKind| {
        matches!(
            kind,
            TokenKind::Newline
                | TokenKind::NonLogicalNewline
                | TokenKind::Indent
                | TokenKind::Dedent
                | TokenKind::Comment
                | TokenKind::EndOfFile
        )
    };
    let mut first_of_line = None;
    let mut is_new_line = true;
    for token in tokens.iter() {
        match token.kind() {
            TokenKind::Newline => is_new_line = true,
            kind if !is_blank(kind) && is_new_line => {
                first_of_line = Some(kind);
                is_new_line = false;
            }
            _ => {}
        }
    }
    first_of_line == Some(TokenKind::At)
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

fn has_block(stmt: &Stmt) -> bool {
    matches!(
        stmt,
        Stmt::FunctionDef(_)
            | Stmt::ClassDef(_)
            | Stmt::If(_)
            | Stmt::For(_)
            | Stmt::While(_)
            | Stmt::With(_)
            | Stmt::Try(_)
            | Stmt::Match(_)
    )
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
