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
            Tightness::Closed if node.op() != Op::MATCHVALUE => self.pattern(node),
            Tightness::Closed => self.rescued(|p| p.pattern(node)),
            _ => self.parenthesised_if_broken(|p| p.pattern(node)),
        }
    }

    fn pattern_at(&mut self, node: &Node, least: Tightness) {
        match tightness(node) < least {
            true => self.bracketed("(", ")", |p| p.pattern(node)),
            false => self.pattern(node),
        }
    }

    pub(super) fn pattern(&mut self, node: &Node) {
        let args = node.args();
        match node.op() {
            Op::MATCHVALUE => self.at(node.arg(0), Precedence::Sum),
            Op::MATCHSEQUENCE => self.patterns("[", "]", args),
            Op::MATCHMAPPING => self.patterns("{", "}", args),
            Op::MATCHCLASS => {
                self.at(node.arg(0), Precedence::Primary);
                match args.get(1..).unwrap_or_default() {
                    [] => self.token("()"),
                    patterns => self.bracketed("(", ")", |p| {
                        p.group(|p| p.items(patterns, Comma::WhenBroken, Self::any_pattern));
                    }),
                }
            }
            Op::MATCHOR => self.open_group(|p| {
                for (index, pattern) in args.iter().enumerate() {
                    if index > 0 {
                        p.open_line(Break::Space);
                        p.token("| ");
                    }
                    p.pattern_at(pattern, Tightness::Closed);
                }
            }),
            Op::MATCHAS => match (node.arg(0).op(), node.arg(1).op()) {
                (Op::EMPTY, Op::EMPTY) => self.token("_"),
                (Op::EMPTY, _) => self.at(node.arg(1), Precedence::Atom),
                _ => {
                    self.pattern_at(node.arg(0), Tightness::Or);
                    self.token(" as ");
                    self.at(node.arg(1), Precedence::Atom);
                }
            },
            Op::MATCHSTAR => {
                self.token("*");
                match node.arg(0).op() {
                    Op::EMPTY => self.token("_"),
                    _ => self.at(node.arg(0), Precedence::Atom),
                }
            }
            Op::MATCHREST => {
                self.token("**");
                self.at(node.arg(0), Precedence::Atom);
            }
            Op::MATCHPAIR => {
                self.at(node.arg(0), Precedence::Sum);
                self.token(": ");
                self.pattern(node.arg(1));
            }
            Op::MATCHKEYWORD => {
                self.name_of(node);
                self.token("=");
                self.pattern(node.arg(0));
            }
            _ => {}
        }
    }

    fn any_pattern(&mut self, node: &Node) {
        self.pattern(node);
    }

    fn patterns(&mut self, open: &'static str, close: &'static str, patterns: &[Node]) {
        if patterns.is_empty() {
            self.token(open);
            return self.token(close);
        }
        self.bracketed(open, close, |p| {
            p.items(patterns, Comma::WhenBroken, Self::any_pattern);
        });
    }
}
