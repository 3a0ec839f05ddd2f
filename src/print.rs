//! From trees to Python source, laid out as a person would.
//!
//! All parentheses are decided in two places: those that Python needs in [`precedence`], from the
//! table's precedences, those that make room in [`room`]. A statement becomes a [`document`] whose
//! lines are broken by [`render`]; bodies are lines one below the other. Law: parsing what is
//! printed gives the tree back.

mod document;

mod render;

mod printer;

mod literal;

mod precedence;

mod operators;

mod room;

mod interpolated;

mod expression;

mod primary;

mod display;

mod parameters;

mod pattern;

mod statement;

mod body;

mod compound;

mod form;

#[cfg(test)]
mod tests;

use crate::codenode::{Name, Node, Op, Precedence};
use body::BodyPlace;
use printer::Printer;

pub(crate) use expression::named_definitions;

/// Where the printed expression will stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surrounding {
    /// Outside of all brackets: lines may be broken only inside brackets of its own.
    Open,
    /// Inside brackets: lines may be broken anywhere.
    Bracketed,
    /// On one line, however long: inside a one-line string, say.
    OneLine,
}

/// How to print.
#[derive(Clone, Copy)]
pub struct Style<'a> {
    /// The greatest width of a line, in characters.
    pub width: usize,
    /// The column at which the text starts, from 0.
    pub column: usize,
    /// What the lines after the first start with.
    pub indentation: &'a str,
    /// What a body has more of than what it belongs to.
    pub unit: &'a str,
    /// The line ending.
    pub newline: &'a str,
    /// How many characters follow on the last line.
    pub trailing: usize,
    /// What an expression stands in.
    pub surrounding: Surrounding,
    /// The loosest expression that may stand there without parentheses.
    pub precedence: Precedence,
    /// The only quote that texts may use, where the other one is taken by a string around them.
    pub quote: Option<char>,
    /// Which characters the file's encoding can hold; others are escaped.
    pub can_encode: &'a dyn Fn(char) -> bool,
}

impl Default for Style<'_> {
    fn default() -> Self {
        Style {
            width: 88,
            column: 0,
            indentation: "",
            unit: "    ",
            newline: "\n",
            trailing: 0,
            surrounding: Surrounding::Open,
            precedence: Precedence::Yield,
            quote: None,
            can_encode: &|_| true,
        }
    }
}

/// The source text of an expression. Named nodes below the root are printed as their names.
pub fn expression(node: &Node, style: Style<'_>) -> String {
    match node.is_statement() {
        true => statements(std::slice::from_ref(node), style),
        false => Printer::new(style).root(node, style),
    }
}

/// The source text of statements, one below the other, without indentation before the first line:
/// every further line has that of `style`. Without any they are the top level of a module.
pub(crate) fn statements(block: &[Node], style: Style<'_>) -> String {
    let place = if style.indentation.is_empty() { BodyPlace::Module } else { BodyPlace::Inner };
    let mut printer = Printer::new(style);
    printer.statements(block, place);
    printer.out
}

/// The source text of a file with these statements.
pub fn module(block: &Node, style: Style<'_>) -> String {
    let mut text = statements(block.args(), style);
    if !text.is_empty() {
        text.push_str(style.newline);
    }
    text
}

/// The tree as its reader would write it: the assignments of named nodes first, then the root.
pub fn program(node: &Node) -> String {
    let style = Style::default();
    let mut lines: Vec<String> = Vec::new();
    let line = |name: &Name, node: &Node| {
        let column = name.chars().count() + 3;
        format!("{name} = {}", expression(node, Style { column, ..style }))
    };
    for (name, definition) in named_definitions(node) {
        lines.push(line(&name, &definition));
    }
    match (node.variable(), node.op()) {
        (Some(name), _) => lines.push(line(name, node)),
        (None, Op::BLOCK) => lines.push(statements(node.args(), style)),
        (None, Op::EXCEPT | Op::CASE) => {
            lines.push(statements(std::slice::from_ref(node), style));
        }
        (None, _) => lines.push(expression(node, style)),
    }
    lines.join("\n")
}
