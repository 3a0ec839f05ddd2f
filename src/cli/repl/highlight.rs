//! Colours for code as it is typed: a lexer that takes anything, finished or not.

use std::sync::{Arc, Mutex};

use logos::{Lexer, Logos};
use reedline::{Color, Highlighter, StyledText};

use super::editing::Snapshot;
use crate::python::keywords::is_keyword;
use crate::python::meta::MetaName;

#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq)]
enum CodeToken {
    #[regex(r"[\p{XID_Start}_]\p{XID_Continue}*")]
    Name,
    #[regex(r"(?:\d|\.\d)[\w.]*")]
    Number,
    #[regex(r"#[^\n]*", allow_greedy = true)]
    Comment,
    #[regex(r#"[rRbBfFuUtT]{0,2}["']"#, string)]
    String,
    #[regex(r"[-+*/%@&|^~<>=!:]+")]
    Operator,
    #[regex(r"[\s]+")]
    Space,
}

/// Takes in a string up to its closing quotes, or as much as there is of it.
fn string(lexer: &mut Lexer<'_, CodeToken>) {
    let quote = if lexer.slice().ends_with('"') { '"' } else { '\'' };
    let rest = lexer.remainder();
    let two: String = [quote; 2].iter().collect();
    let (opening, closing) = match rest.starts_with(&two) {
        true => (2, [quote; 3].iter().collect::<String>()),
        false => (0, quote.to_string()),
    };
    let mut inside = rest.get(opening..).unwrap_or_default().chars();
    loop {
        if let Some(after) = inside.as_str().strip_prefix(&closing) {
            inside = after.chars();
            break;
        }
        if closing.len() == 1 && inside.as_str().starts_with('\n') {
            break;
        }
        match inside.next() {
            Some('\\') => drop(inside.next()),
            Some(_) => {}
            None => break,
        }
    }
    lexer.bump(rest.len() - inside.as_str().len());
}

/// The colour of a piece of code; none if it has that of all text.
fn colour(token: Result<CodeToken, ()>, slice: &str) -> Option<Color> {
    match token.ok()? {
        CodeToken::Name if is_keyword(slice) => Some(Color::Magenta),
        CodeToken::Name if MetaName::from_name(slice).is_some() => Some(Color::Cyan),
        CodeToken::Name | CodeToken::Space => None,
        CodeToken::Number => Some(Color::Blue),
        CodeToken::Comment => Some(Color::DarkGray),
        CodeToken::String => Some(Color::Green),
        CodeToken::Operator => Some(Color::Yellow),
    }
}

/// The pieces of a text with their colours.
fn pieces(line: &str) -> Vec<(Option<Color>, &str)> {
    let tokens = CodeToken::lexer(line).spanned();
    let piece = |(token, span)| {
        let piece = line.get(span).unwrap_or_default();
        (colour(token, piece), piece)
    };
    tokens.map(piece).collect()
}

/// Colours code, and notes what is being edited.
pub(crate) struct Colours {
    pub seen: Arc<Mutex<Snapshot>>,
}

impl Highlighter for Colours {
    fn highlight(&self, line: &str, cursor: usize) -> StyledText {
        if let Ok(mut seen) = self.seen.lock() {
            *seen = Snapshot::new(line, cursor);
        }
        let mut text = StyledText::new();
        for (colour, piece) in pieces(line) {
            text.push((colour.unwrap_or(Color::Default).normal(), piece.to_owned()));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_a_text_is_coloured_whatever_it_is() {
        for text in ["def f(x):\n    return 'a\\'b' # c", "x = '''a\nb", "'a\nb", "\\ é £ 'é\\", ""]
        {
            let whole: String = pieces(text).iter().map(|(_, piece)| *piece).collect();
            assert_eq!(whole, text);
        }
    }

    #[test]
    fn each_kind_has_its_colour() {
        let found = pieces("if uneval(b'x') + 1.5e3: # n");
        let of = |text: &str| found.iter().find(|(_, piece)| *piece == text).map(|(c, _)| *c);
        assert_eq!(of("if"), Some(Some(Color::Magenta)));
        assert_eq!(of("uneval"), Some(Some(Color::Cyan)));
        assert_eq!(of("b'x'"), Some(Some(Color::Green)));
        assert_eq!(of("1.5e3"), Some(Some(Color::Blue)));
        assert_eq!(of("# n"), Some(Some(Color::DarkGray)));
    }
}
