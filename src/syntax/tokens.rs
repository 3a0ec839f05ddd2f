//! What stands around a place, by the tokens: lines, comments, brackets.

use rustpython_ast::token::{Token, TokenKind, Tokens};
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

/// Those that start at `offset` or later.
pub(crate) fn tokens_after(tokens: &Tokens, offset: TextSize) -> &[Token] {
    tokens.get(tokens.partition_point(|token| token.start() < offset)..).unwrap_or_default()
}

/// Whether such a token is no code: it has a comment, or tells of lines and their indentation.
pub(crate) fn is_layout(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Comment
            | TokenKind::NonLogicalNewline
            | TokenKind::Newline
            | TokenKind::Indent
            | TokenKind::Dedent
            | TokenKind::EndOfFile
    )
}

/// The first token of the logical line that holds `offset`; none where there is only a gap.
pub(crate) fn logical_line(tokens: &Tokens, offset: TextSize) -> Option<TextSize> {
    let up_to = tokens.partition_point(|token| token.start() <= offset);
    let held = tokens.get(..up_to).unwrap_or_default();
    let line = held.iter().rposition(|token| token.kind() == TokenKind::Newline);
    let line = held.get(line.map_or(0, |newline| newline + 1)..).unwrap_or_default();
    line.iter().find(|token| !is_layout(token.kind())).map(|token| token.start())
}

/// The expression at `range` with the parentheses around it that stand `within`.
pub(crate) fn in_parentheses(tokens: &Tokens, range: TextRange, within: TextRange) -> TextRange {
    let mut range = range;
    loop {
        let is_ink = |token: &&Token| {
            !matches!(token.kind(), TokenKind::Comment | TokenKind::NonLogicalNewline)
        };
        let before = tokens.get(..tokens.partition_point(|token| token.end() <= range.start()));
        let before = before.unwrap_or_default().iter().rfind(is_ink);
        let after = tokens_after(tokens, range.end()).iter().find(is_ink);
        match (before, after) {
            (Some(open), Some(close))
                if open.kind() == TokenKind::Lpar
                    && close.kind() == TokenKind::Rpar
                    && within.contains_range(open.range().cover(close.range())) =>
            {
                range = open.range().cover(close.range());
            }
            _ => return range,
        }
    }
}
