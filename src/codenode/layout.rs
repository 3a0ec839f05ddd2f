//! What a syntax tree doesn't keep of a source: comments, blank lines, and which line ends belong
//! to literals. From it statements get their spelling and [`Trivia`].

use std::rc::Rc;

use rustpython_ast::token::{TokenKind, Tokens};
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use super::node::Trivia;

/// Stands for a line end inside a literal, which no indentation may follow. Unicode will never
/// make it a character, and a literal that holds it all the same is printed with an escape.
pub const LINE_IN_LITERAL: char = '\u{fdd0}';

/// The comments and literals of a source, in their order.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    comments: Vec<TextRange>,
    /// The literals that have several lines.
    literals: Vec<TextRange>,
    colons: Vec<TextSize>,
}

impl Layout {
    /// The layout of `text`, whose tokens these are.
    pub fn new(text: &str, tokens: &Tokens) -> Layout {
        let mut layout = Layout::default();
        let mut open: Vec<TextSize> = Vec::new();
        for token in tokens.iter() {
            match token.kind() {
                TokenKind::Comment => layout.comments.push(token.range()),
                TokenKind::Colon => layout.colons.push(token.start()),
                TokenKind::String => layout.add_literal(text, token.range()),
                TokenKind::FStringStart | TokenKind::TStringStart => open.push(token.start()),
                TokenKind::FStringEnd | TokenKind::TStringEnd => {
                    if let Some(start) = open.pop().filter(|_| open.is_empty()) {
                        layout.add_literal(text, TextRange::new(start, token.end()));
                    }
                }
                _ => {}
            }
        }
        layout
    }

    fn add_literal(&mut self, text: &str, range: TextRange) {
        if text.get(range.to_std_range()).is_some_and(|literal| literal.contains(['\n', '\r'])) {
            self.literals.push(range);
        }
    }

    /// The last colon before `offset`: that of a head, for the start of its body.
    pub(super) fn colon_before(&self, offset: TextSize) -> Option<TextSize> {
        let index = self.colons.partition_point(|colon| *colon < offset);
        self.colons.get(..index)?.last().copied()
    }

    /// Whether the line end at `offset` belongs to a literal.
    fn is_in_literal(&self, offset: TextSize) -> bool {
        let index = self.literals.partition_point(|literal| literal.end() <= offset);
        self.literals.get(index).is_some_and(|literal| literal.start() <= offset)
    }

    /// All comments, in their order.
    pub fn comments(&self) -> &[TextRange] {
        &self.comments
    }

    /// The comments between two places.
    fn comments_in(&self, range: TextRange) -> &[TextRange] {
        let start = self.comments.partition_point(|comment| comment.start() < range.start());
        let end = self.comments.partition_point(|comment| comment.start() < range.end());
        self.comments.get(start..end).unwrap_or_default()
    }

    /// What stands in the gap before a statement: the comment at the end of the line on which the
    /// gap begins, and the comments and blank lines after that.
    pub(super) fn gap(&self, text: &str, gap: TextRange) -> Gap {
        let mut found = Gap { beside: None, lines: Vec::new(), end: gap.start() };
        let slice = |range: TextRange| text.get(range.to_std_range()).unwrap_or_default();
        let mut at = gap.start();
        for comment in self.comments_in(gap) {
            let between = slice(TextRange::new(at, comment.start()));
            let breaks = line_breaks(between);
            let line: Box<str> = slice(*comment).trim_end().into();
            if !is_alone(text, comment.start()) {
                found.beside = Some(line);
            } else {
                found.lines.extend((1..breaks).map(|_| GapLine { text: "".into(), column: None }));
                let column = column_of(text, comment.start());
                found.lines.push(GapLine { text: line, column: Some((column, comment.end())) });
            }
            at = comment.end();
        }
        let blank = line_breaks(slice(TextRange::new(at, gap.end()))).saturating_sub(1);
        found.lines.extend((0..blank).map(|_| GapLine { text: "".into(), column: None }));
        found.end = at;
        found
    }

    /// The text at `range`, a statement, as a spelling: without the indentation of its first line.
    pub(super) fn spelling(&self, text: &str, range: TextRange) -> String {
        let start = range.start().to_usize();
        let line_start = text[..start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let line = &text[line_start..start];
        let indentation = &line[..line.len() - line.trim_start().len()];
        let mut out = String::new();
        let mut at = start;
        for line in text[range.to_std_range()].split_inclusive('\n') {
            let is_literal = at > start && self.is_in_literal(TextSize::of(&text[..at - 1]));
            let line_end = at + line.len();
            let content = line.strip_suffix('\n').unwrap_or(line);
            let ends_in_literal =
                line.ends_with('\n') && self.is_in_literal(TextSize::of(&text[..line_end - 1]));
            let content = match at == start || is_literal {
                true => content,
                false => dedented(content, indentation),
            };
            match (line.ends_with('\n'), ends_in_literal) {
                (true, true) => {
                    out.push_str(content);
                    out.push(LINE_IN_LITERAL);
                }
                (true, false) => {
                    out.push_str(content.strip_suffix('\r').unwrap_or(content));
                    out.push('\n');
                }
                (false, _) => out.push_str(content),
            }
            at = line_end;
        }
        out
    }
}

/// What stands between two statements.
pub(super) struct Gap {
    pub beside: Option<Box<str>>,
    pub lines: Vec<GapLine>,
    /// The end of the last comment.
    pub end: TextSize,
}

/// A comment with its column and end, or a blank line.
pub(super) struct GapLine {
    pub text: Box<str>,
    pub column: Option<(usize, TextSize)>,
}

impl Gap {
    /// The lines as they go into a [`Trivia`].
    pub fn texts(self) -> Vec<Box<str>> {
        self.lines.into_iter().map(|line| line.text).collect()
    }
}

/// The trivia, if there is any.
pub(super) fn trivia(
    above: Vec<Box<str>>,
    beside: Option<Box<str>>,
    below: Vec<Box<str>>,
) -> Option<Rc<Trivia>> {
    let is_empty = above.is_empty() && beside.is_none() && below.is_empty();
    (!is_empty).then(|| Rc::new(Trivia { above, beside, below }))
}

/// The column of `offset`, in bytes.
pub(super) fn column_of(text: &str, offset: TextSize) -> usize {
    let before = text.get(..offset.to_usize()).unwrap_or_default();
    before.len() - before.rfind(['\n', '\r']).map_or(0, |at| at + 1)
}

/// Whether nothing but blanks stands before `offset` on its line.
fn is_alone(text: &str, offset: TextSize) -> bool {
    let start = offset.to_usize() - column_of(text, offset);
    text.get(start..offset.to_usize()).is_none_or(|before| before.trim().is_empty())
}

/// How many lines end in `text`.
fn line_breaks(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_break = |(at, byte): (usize, &u8)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    bytes.iter().enumerate().filter(|entry| is_break(*entry)).count()
}

/// The line without as much of `indentation` as it has.
fn dedented<'t>(line: &'t str, indentation: &str) -> &'t str {
    let common = line.bytes().zip(indentation.bytes()).take_while(|(a, b)| a == b).count();
    // What is common is blanks, which are a byte each.
    line.get(common..).unwrap_or(line)
}
