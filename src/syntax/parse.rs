//! The front to the parser.

use rustpython_ast::token::Tokens;
use rustpython_ast::{ModExpression, ModModule, PySourceType};
pub(crate) use rustpython_parser::{LexicalErrorType, ParseError, ParseErrorType};

use super::line_ends::read_as_unix;

/// What the parser made of a text. With errors, the tree is what could be made out.
pub(crate) struct ParsedText {
    pub(crate) module: ModModule,
    pub(crate) tokens: Tokens,
    /// In the order of the text.
    pub(crate) errors: Vec<ParseError>,
}

/// Reads a module, whatever is wrong with it.
pub(crate) fn parse(text: &str) -> ParsedText {
    let parsed = rustpython_parser::parse_unchecked_source(text, PySourceType::Python);
    let mut errors = parsed.errors().to_vec();
    errors.sort_by_key(|error| error.location.start());
    let tokens = parsed.tokens().clone();
    let mut module = parsed.into_syntax();
    read_as_unix(&mut module, text);
    ParsedText { module, tokens, errors }
}

/// The tree of a module without syntax errors.
#[cfg(test)]
pub(crate) fn parse_module(text: &str) -> Option<ModModule> {
    let mut module = rustpython_parser::parse_module(text).ok()?.into_syntax();
    read_as_unix(&mut module, text);
    Some(module)
}

/// The tree of an expression without syntax errors.
pub(crate) fn parse_expression(text: &str) -> Option<ModExpression> {
    Some(rustpython_parser::parse_expression(text).ok()?.into_syntax())
}
