//! The patterns of `match`.

use super::document::Break;
use super::printer::{Comma, Printer};
use crate::codenode::{Node, Op, Precedence};

/// How tightly a pattern binds, loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tightness {
    /// `a as b`.
    As,
    /// `a | b`.
    Or,
    Closed,
}

fn tightness(node: &Node) -> Tightness {
    match (node.op(), node.args()) {
        (Op::MATCHAS, [inner, _]) if inner.op() != Op::EMPTY => Tightness::As,
        (Op::MATCHOR, _) => Tightness::Or,
        _ => Tightness::Closed,
    }
}

impl Printer<'_> {
    /// The pattern of a `case`, in parentheses if it is too long without.
    pub(super) fn fitted_pattern(&mut self, node: &Node) {
        match tightness(node) {
            Tightness::Closed if node.op() != Op::MATCHVALUE => self.form(node),
            Tightness::Closed => self.rescued(|p| p.form(node)),
            _ => self.parenthesised_if_broken(|p| p.form(node)),
        }
    }

    fn pattern_at(&mut self, node: &Node, least: Tightness) {
        match tightness(node) < least {
            true => self.bracketed("(", ")", |p| p.form(node)),
            false => self.form(node),
        }
    }

    pub(super) fn class_pattern(&mut self, node: &Node) {
        self.part(node, 0);
        match node.args().get(1..).unwrap_or_default() {
            [] => self.token("()"),
            patterns => self.bracketed("(", ")", |p| {
                p.group(|p| p.items(patterns, Comma::WhenBroken, Self::form));
            }),
        }
    }

    pub(super) fn alternatives(&mut self, patterns: &[Node]) {
        self.open_group(|p| {
            for (index, pattern) in patterns.iter().enumerate() {
                if index > 0 {
                    p.open_line(Break::Space);
                    p.token("| ");
                }
                p.pattern_at(pattern, Tightness::Closed);
            }
        });
    }

    pub(super) fn capture(&mut self, node: &Node) {
        match (node.arg(0).op(), node.arg(1).op()) {
            (Op::EMPTY, _) => self.captured("", node.arg(1)),
            _ => {
                self.pattern_at(node.arg(0), Tightness::Or);
                self.captured(" as ", node.arg(1));
            }
        }
    }

    /// A name that a pattern binds after `mark`.
    pub(super) fn captured(&mut self, mark: &'static str, name: &Node) {
        self.token(mark);
        match name.op() {
            Op::EMPTY => self.token("_"),
            _ => self.at(name, Precedence::Atom),
        }
    }

    pub(super) fn pair_pattern(&mut self, node: &Node) {
        self.at(node.arg(0), Precedence::Sum);
        self.token(": ");
        self.form(node.arg(1));
    }

    pub(super) fn keyword_pattern(&mut self, node: &Node) {
        self.name_of(node);
        self.token("=");
        self.form(node.arg(0));
    }

    /// Patterns in brackets.
    pub(super) fn patterns(&mut self, open: &'static str, close: &'static str, patterns: &[Node]) {
        if patterns.is_empty() {
            self.token(open);
            return self.token(close);
        }
        self.bracketed(open, close, |p| {
            p.items(patterns, Comma::WhenBroken, Self::form);
        });
    }
}
