//! Where blocks begin and end in the text, and how their lines are indented.

use rustpython_ast::Stmt;
use rustpython_ast::token::TokenKind;
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use crate::expand::program::Module;
use crate::syntax::tokens::next_token;

/// The text of a block: from its first comment or statement to the end of its last line.
#[derive(Clone, Debug)]
pub(crate) struct Region {
    pub range: TextRange,
    /// What its lines begin with.
    pub indentation: String,
    /// Whether it begins on a line of its own.
    pub own_lines: bool,
}

impl Region {
    /// The block `body`, below a header with this colon and indentation.
    pub(crate) fn of(module: &Module, colon: TextSize, header: &str, body: &[Stmt]) -> Region {
        let first = body.first().map_or(colon, |stmt| stmt.start());
        let last = body.last().map_or(colon, |stmt| stmt.end());
        let end = module.end_of_lines(last, header);
        let line = module.source.full_line_range(colon);
        if first < line.end() {
            let indentation = header.to_owned();
            return Region { range: TextRange::new(first, end), indentation, own_lines: false };
        }
        let comments = module.layout().comments_in(TextRange::new(line.end(), first));
        let start = comments.first().map_or(first, |comment| comment.start());
        let indentation = module.source.indentation(first).to_owned();
        Region { range: TextRange::new(start, end), indentation, own_lines: true }
    }
}

/// The colon that ends the header whose last part ends at `after`.
pub(crate) fn colon(module: &Module, after: TextSize) -> TextSize {
    let colon = next_token(&module.tokens, after, |kind| kind == TokenKind::Colon);
    colon.map_or(after, |token| token.start())
}

/// How the indentation of lines changes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shift {
    pub from: String,
    pub to: String,
}

impl Shift {
    /// The new indentation of a line that had this one.
    pub(crate) fn of(&self, indentation: &str) -> String {
        match indentation.strip_prefix(&*self.from) {
            Some(rest) => format!("{}{rest}", self.to),
            None => indentation.to_owned(),
        }
    }

    pub(crate) fn is_idle(&self) -> bool {
        self.from == self.to
    }
}

/// How far the block is indented below its header.
pub(crate) fn unit<'r>(region: &'r Region, header: &str) -> &'r str {
    match region.indentation.strip_prefix(header) {
        Some(unit) if region.own_lines && !unit.is_empty() => unit,
        _ => "    ",
    }
}
