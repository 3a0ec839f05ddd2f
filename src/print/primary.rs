//! Calls, attributes and indices, one after the other.

use super::document::Break;
use super::expression::is_bare_tuple;
use super::literal;
use super::precedence::{needs_parentheses, shown};
use super::printer::{Breaking, Comma, Printer};
use super::room::{chain, is_fluent, may_begin_line};
use crate::codenode::{Node, Op, Precedence, Value};

/// Where the calls of a chain stand if it is broken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chain {
    /// After what they belong to.
    Joined,
    /// On lines of their own.
    Lines,
}

impl Printer<'_> {
    /// A call, attribute or index, with those that it is made of.
    pub(super) fn primary(&mut self, node: &Node) {
        match !matches!(self.level, Breaking::Bare) && is_fluent(node) {
            true => self.group(|p| p.link(node, Chain::Lines)),
            false => self.link(node, Chain::Joined),
        }
    }

    /// Chains may be long, so their links are walked in a loop.
    fn link(&mut self, node: &Node, form: Chain) {
        let (links, first) = chain(node);
        self.first_of_chain(first, links.last().copied());
        let mut before = first;
        for link in links.into_iter().rev() {
            let args = link.args();
            match link.op() {
                Op::ATTR => {
                    if form == Chain::Lines && may_begin_line(before) {
                        self.document.line(Break::Nothing);
                    }
                    self.token(".");
                    self.text(link.arg(1).text().unwrap_or_default());
                }
                Op::INDEX => self.index(link.arg(1)),
                _ => self.arguments(args.get(1..).unwrap_or_default()),
            }
            before = link;
        }
    }

    fn first_of_chain(&mut self, first: &Node, link: Option<&Node>) {
        // `1.real` would be read as a float and a name.
        let is_number = first.variable().is_none()
            && link.is_some_and(|link| link.op() == Op::ATTR)
            && matches!(
                first.constant(),
                Some(Value::Int(_) | Value::Float(_) | Value::Complex { .. })
            )
            && !needs_parentheses(first, Precedence::Primary);
        if is_number {
            self.token("(");
        }
        self.at(first, Precedence::Primary);
        if is_number {
            self.token(")");
        }
    }

    fn arguments(&mut self, arguments: &[Node]) {
        match arguments {
            // A generator alone needs no parentheses of its own.
            [only] if shown(only) == Op::GENERATOR => self.form(only),
            _ => self.argument_list(arguments),
        }
    }

    /// Arguments in parentheses: all of them on one line, or one on each.
    pub(super) fn argument_list(&mut self, arguments: &[Node]) {
        match arguments {
            [] => self.token("()"),
            // A text of several lines alone begins where the parentheses do.
            [only] if self.is_text_of_lines(only) => {
                self.brackets(|p| {
                    p.token("(");
                    p.argument(only);
                    p.token(")");
                });
            }
            _ => self.bracketed("(", ")", |p| {
                p.group(|p| p.items(arguments, Comma::WhenBroken, Self::argument));
            }),
        }
    }

    fn is_text_of_lines(&self, node: &Node) -> bool {
        let is_text = matches!(shown(node), Op::VALUE | Op::FSTRING | Op::TSTRING);
        is_text
            && node.spelling().is_some_and(|spelling| self.can_spell(spelling))
            && literal::written(node) == literal::WrittenAs::Lines
    }

    /// A call's argument, or an element of a display.
    pub(super) fn argument(&mut self, node: &Node) {
        self.at(node, Precedence::Lambda);
    }

    /// `[…]` after a primary. A tuple with slices in it has to stand bare, one with stars can't
    /// before Python 3.11.
    fn index(&mut self, index: &Node) {
        let items = index.args();
        let is_tuple = shown(index) == Op::TUPLE && !items.is_empty();
        let has_slice = is_tuple && items.iter().any(|item| item.op() == Op::SLICE);
        if is_bare_tuple(index) || is_tuple && (items.len() == 1 || has_slice) {
            let is_star = items.iter().any(|item| item.op() == Op::STAR);
            if has_slice || !is_star {
                let comma = if items.len() == 1 { Comma::Always } else { Comma::WhenBroken };
                return self.bracketed("[", "]", |p| p.items(items, comma, Self::element));
            }
        }
        if literal::is_number(index) {
            // Too short to be worth a line.
            self.token("[");
            self.argument(index);
            return self.token("]");
        }
        self.bracketed("[", "]", |p| p.argument(index));
    }
}
