//! What a syntax tree doesn't keep of a source: comments, blank lines, and which line ends belong
//! to literals. From it statements get their spelling, and what stands around them.

use rustpython_ast::token::{TokenKind, Tokens};
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

/// Stands for a line end inside a literal, which no indentation may follow. Unicode will never
/// make it a character, and a literal that holds it all the same is printed with an escape.
pub(crate) const LINE_IN_LITERAL: char = '\u{fdd0}';

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
    pub(crate) fn colon_before(&self, offset: TextSize) -> Option<TextSize> {
        let index = self.colons.partition_point(|colon| *colon < offset);
        self.colons.get(..index)?.last().copied()
    }

    /// Whether the line end at `offset` belongs to a literal.
    fn is_in_literal(&self, offset: TextSize) -> bool {
        let index = self.literals.partition_point(|literal| literal.end() <= offset);
        self.literals.get(index).is_some_and(|literal| literal.start() <= offset)
    }

    /// All comments, in their order.
    pub(crate) fn comments(&self) -> &[TextRange] {
        &self.comments
    }

    /// The literals that have several lines.
    pub(crate) fn literals(&self) -> &[TextRange] {
        &self.literals
    }

    /// The comments between two places.
    pub(crate) fn comments_in(&self, range: TextRange) -> &[TextRange] {
        let start = self.comments.partition_point(|comment| comment.start() < range.start());
        let end = self.comments.partition_point(|comment| comment.start() < range.end());
        self.comments.get(start..end).unwrap_or_default()
    }

    /// What stands in the gap before a statement: the comment at the end of the line on which the
    /// gap begins, and the comments and blank lines after that.
    pub(crate) fn gap(&self, text: &str, gap: TextRange) -> Gap {
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
    pub(crate) fn spelling(&self, text: &str, range: TextRange) -> String {
        let slice = |range: TextRange| text.get(range.to_std_range()).unwrap_or_default();
        let before = slice(TextRange::up_to(range.start()));
        let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
        let indentation = line.strip_suffix(line.trim_start()).unwrap_or_default();
        let mut out = String::new();
        let mut at = range.start();
        for line in slice(range).split_inclusive('\n') {
            let line_end = at + TextSize::of(line);
            let is_first = at == range.start();
            let is_literal = !is_first && self.is_in_literal(at - TextSize::of('\n'));
            let content = line.strip_suffix('\n').unwrap_or(line);
            let ends_in_literal =
                line.ends_with('\n') && self.is_in_literal(line_end - TextSize::of('\n'));
            let content = match is_first || is_literal {
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
pub(crate) struct Gap {
    pub(crate) beside: Option<Box<str>>,
    pub(crate) lines: Vec<GapLine>,
    /// The end of the last comment.
    pub(crate) end: TextSize,
}

/// A comment with its column and end, or a blank line.
pub(crate) struct GapLine {
    pub(crate) text: Box<str>,
    pub(crate) column: Option<(usize, TextSize)>,
}

impl Gap {
    /// The lines without their places.
    pub(crate) fn texts(self) -> Vec<Box<str>> {
        self.lines.into_iter().map(|line| line.text).collect()
    }
}

/// The column of `offset`, in bytes.
pub(crate) fn column_of(text: &str, offset: TextSize) -> usize {
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
