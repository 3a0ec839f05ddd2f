//! What stands around a place, by the tokens: lines, comments, brackets, quotes.

use rustpython_ast::token::{Token, TokenKind, Tokens};
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

/// Those that start at `offset` or later.
pub(crate) fn tokens_after(tokens: &Tokens, offset: TextSize) -> &[Token] {
    tokens.get(tokens.partition_point(|token| token.start() < offset)..).unwrap_or_default()
}

/// The next token of such a kind.
pub(crate) fn next_token(
    tokens: &Tokens,
    offset: TextSize,
    is: impl Fn(TokenKind) -> bool,
) -> Option<&Token> {
    tokens_after(tokens, offset).iter().find(|token| is(token.kind()))
}

/// Where the definition begins whose decorators end before `offset`.
pub(crate) fn definition_start(tokens: &Tokens, offset: TextSize) -> Option<TextSize> {
    let is_word = |kind| matches!(kind, TokenKind::Def | TokenKind::Class | TokenKind::Async);
    next_token(tokens, offset, is_word).map(|token| token.start())
}

/// The tokens from one place to another that stand there whole.
fn tokens_in(tokens: &Tokens, range: TextRange) -> impl Iterator<Item = &Token> {
    tokens_after(tokens, range.start()).iter().take_while(move |token| token.end() <= range.end())
}

/// How many brackets are open after the tokens in a range.
pub(crate) fn bracket_depth(tokens: &Tokens, range: TextRange) -> usize {
    tokens_in(tokens, range).fold(0, |depth, token| depth_after(depth, token.kind()))
}

/// Whether the expression at `range` has to be put in parentheses to be the value of an assignment:
/// it assigns a name, or goes on to another line outside of brackets of its own.
pub(crate) fn is_open(tokens: &Tokens, range: TextRange) -> bool {
    let mut depth = 0;
    tokens_in(tokens, range).any(|token| {
        depth = depth_after(depth, token.kind());
        depth == 0 && matches!(token.kind(), TokenKind::NonLogicalNewline | TokenKind::ColonEqual)
    })
}

/// How deep in brackets what follows a token is.
fn depth_after(depth: usize, token: TokenKind) -> usize {
    match token {
        TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => depth + 1,
        TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => depth.saturating_sub(1),
        _ => depth,
    }
}

/// The parentheses right around a range, with it.
pub(crate) fn parentheses(tokens: &Tokens, range: TextRange) -> Option<TextRange> {
    let open = token_before(tokens, range.start())?;
    let close = next_token(tokens, range.end(), goes_on)?;
    (open.kind() == TokenKind::Lpar && close.kind() == TokenKind::Rpar)
        .then(|| open.range().cover(close.range()))
}

/// The expression at `range` with the parentheses around it that stand `within`.
pub(crate) fn in_parentheses(tokens: &Tokens, range: TextRange, within: TextRange) -> TextRange {
    let wider = |range: &TextRange| {
        parentheses(tokens, *range).filter(|wider| within.contains_range(*wider))
    };
    std::iter::successors(Some(range), wider).last().unwrap_or(range)
}

/// Whether an operand stands before `offset`: a parenthesis there is a call's or a definition's.
pub(crate) fn follows_operand(tokens: &Tokens, offset: TextSize) -> bool {
    token_before(tokens, offset).is_some_and(|token| {
        matches!(
            token.kind(),
            TokenKind::Name
                | TokenKind::Rpar
                | TokenKind::Rsqb
                | TokenKind::Rbrace
                | TokenKind::String
                | TokenKind::FStringEnd
                | TokenKind::TStringEnd
        )
    })
}

/// The last token before `offset` on its logical line, or what ends the one before.
fn token_before(tokens: &Tokens, offset: TextSize) -> Option<&Token> {
    let before = tokens.get(..tokens.partition_point(|token| token.end() <= offset));
    before.unwrap_or_default().iter().rev().find(|token| goes_on(token.kind()))
}

/// Whether it is more than a comment or a line end within a logical line.
fn goes_on(kind: TokenKind) -> bool {
    !matches!(kind, TokenKind::Comment | TokenKind::NonLogicalNewline)
}

/// The quote of a literal; none if it has three of them, within which one does no harm.
pub(crate) fn quote(literal: &str) -> Option<char> {
    let quote = literal.chars().find(|c| matches!(c, '"' | '\''))?;
    (!literal.contains(&String::from(quote).repeat(3))).then_some(quote)
}

/// Whether an f-string has its own quote inside, as Python 3.12 allows.
pub(crate) fn nests_quotes(text: &str, tokens: &Tokens) -> bool {
    let mut around = Vec::new();
    tokens.iter().any(|token| {
        let own = || text.get(token.range().to_std_range()).and_then(quote);
        let is_nested = |around: &[_], own: Option<char>| own.is_some() && around.contains(&own);
        match token.kind() {
            TokenKind::FStringStart | TokenKind::TStringStart => {
                let is_nested = is_nested(&around, own());
                around.push(own());
                is_nested
            }
            TokenKind::String => is_nested(&around, own()),
            TokenKind::FStringEnd | TokenKind::TStringEnd => {
                around.pop();
                false
            }
            _ => false,
        }
    })
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
