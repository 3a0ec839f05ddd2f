//! Findings about the parser's errors.

use rustpython_text_size::{TextRange, TextSize};

use crate::diagnostic::spelling::question;
use crate::diagnostic::{Code, Finding, Label};
use crate::python::keywords::first_words;
use crate::source::{FileId, Source};
use crate::syntax::{LexicalErrorType, ParseError, ParseErrorType};

/// The finding about a place that isn't Python.
pub(crate) fn syntax_error(source: &Source, file: FileId, error: &ParseError) -> Finding {
    let at = first_line(source.text(), error.location);
    let message = match &error.error {
        // The parser passes on what Rust says of a number without digits.
        ParseErrorType::Lexical(LexicalErrorType::OtherError(_))
            if is_bare_prefix(source, error.location) =>
        {
            "invalid number".to_owned()
        }
        error => uncapitalised(&error.to_string()),
    };
    let finding = Finding::new(Code::SyntaxError, message, Label::new(file, at, "here"));
    match misspelt_keyword(source, at.start()) {
        Some(question) => finding.help(question),
        None => finding,
    }
}

/// Whether nothing follows the `0x` of a number.
fn is_bare_prefix(source: &Source, range: TextRange) -> bool {
    let number = source.text().get(range.to_std_range()).unwrap_or_default();
    number.starts_with('0') && number.chars().skip(2).all(|c| c == '_')
}

/// What of the range is on its first line: the end of a line is no place to show.
fn first_line(text: &str, range: TextRange) -> TextRange {
    let shown = text.get(range.to_std_range()).unwrap_or_default();
    match shown.find(['\n', '\r']) {
        Some(end) => TextRange::at(range.start(), TextSize::of(&shown[..end])),
        None => range,
    }
}

/// The message as our own begin; a word in capitals stays.
fn uncapitalised(text: &str) -> String {
    let mut rest = text.chars();
    match (rest.next(), rest.clone().next()) {
        (Some(first), Some(next)) if !next.is_uppercase() => {
            first.to_lowercase().chain(rest).collect()
        }
        _ => text.to_owned(),
    }
}

/// A question for the keyword that the first word of the line may have been meant as.
fn misspelt_keyword(source: &Source, at: TextSize) -> Option<String> {
    let line = source.text().get(source.line_range(at).to_std_range())?.trim_start();
    let end = line.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(line.len());
    let word = &line[..end];
    if word.len() < 3 || first_words().any(|first| first == word) {
        return None;
    }
    question(word, first_words())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_may_be_meant_as_a_keyword() {
        let source = Source::from_text("a.py", "def f(x):\n    retrun x\nx y\n");
        let asked = |at: u32| misspelt_keyword(&source, at.into());
        assert_eq!(asked(21).as_deref(), Some("did you mean `return`?"));
        assert_eq!((asked(3), asked(25)), (None, None));
    }

    #[test]
    fn messages_begin_small() {
        assert_eq!(uncapitalised("Expected `:`"), "expected `:`");
        assert_eq!(uncapitalised("EOF in string"), "EOF in string");
    }
}
