//! Python's syntax: text to tree, tokens or syntax errors, and what is asked of those by
//! themselves.
//!
//! A tree is walked by [`walk`], an iterator over its nodes in the order of the source, by
//! [`Syntax::children`] where what is around a node counts, and by [`walk_path`] where nodes of all
//! kinds do. Nobody above writes a visitor. Knows
//! nothing of macros, scopes and files.

mod line_ends;

mod parse;

pub(crate) mod tokens;

mod layout;

mod node;

mod walk;

mod path;

mod find;

mod statement;

mod exports;

mod constants;

mod completeness;

mod substitute;

pub(crate) mod build;

#[cfg(test)]
mod tests;

pub(crate) use completeness::{Completeness, completeness};
pub(crate) use constants::{
    Constant, LastComma, ListedElements, Remainder, constants, without_constants,
};
pub(crate) use exports::Exports;
pub(crate) use find::{
    attribute_root, expression_around, names, read_attributes, statement_around,
};
pub use layout::Layout;
pub(crate) use layout::{GapLine, LINE_IN_LITERAL, column_of};
pub(crate) use line_ends::unix_lines;
pub(crate) use node::{Roots, Syntax};
#[cfg(test)]
pub(crate) use parse::parse_module;
pub(crate) use parse::{
    LexicalErrorType, ParseError, ParseErrorType, ParsedText, parse, parse_expression,
};
pub(crate) use path::{Descent, walk_path};
pub(crate) use statement::{blocks, is_compound, is_text};
pub(crate) use substitute::substitute;
pub(crate) use walk::{Reach, statements, walk, walk_with};
