//! What stands around a place, by the tokens: lines, comments, brackets.

use rustpython_ast::token::{Token, TokenKind, Tokens};
use rustpython_text_size::{Ranged as _, TextSize};

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
