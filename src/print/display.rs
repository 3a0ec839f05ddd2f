//! Displays, comprehensions and slices: what stands in brackets.

use super::document::Break;
use super::expression::is_bare_tuple;
use super::precedence::shown;
use super::printer::{Comma, Printer};
use crate::codenode::{Node, Op};

impl Printer<'_> {
    pub(super) fn tuple(&mut self, elements: &[Node]) {
        let comma = if elements.len() == 1 { Comma::Always } else { Comma::WhenBroken };
        self.listed("(", ")", elements, comma);
    }

    /// A list, set or dict, each with its brackets.
    pub(super) fn display(&mut self, open: &'static str, close: &'static str, items: &[Node]) {
        self.listed(open, close, items, Comma::WhenBroken);
    }

    fn listed(&mut self, open: &'static str, close: &'static str, items: &[Node], comma: Comma) {
        if items.is_empty() {
            self.token(open);
            return self.token(close);
        }
        self.bracketed(open, close, |p| p.items(items, comma, Self::element));
    }

    /// The elements of a tuple without parentheses.
    pub(super) fn elements(&mut self, items: &[Node]) {
        self.items(items, Comma::WhenBroken, Self::element);
    }

    /// An element of a display: a star's operand binds tighter there than in a call.
    pub(super) fn element(&mut self, node: &Node) {
        match node.op() {
            Op::STAR => self.after("*", node.arg(0), node.op().least(0)),
            Op::DOUBLESTAR => self.after("**", node.arg(0), node.op().least(0)),
            _ => self.argument(node),
        }
    }

    pub(super) fn comprehension(&mut self, open: &'static str, close: &'static str, args: &[Node]) {
        self.bracketed(open, close, |p| {
            p.group(|p| {
                let (element, clauses) = (args.first(), args.iter().skip(1));
                p.group(|p| element.iter().for_each(|element| p.argument(element)));
                for clause in clauses {
                    p.document.line(Break::Space);
                    p.form(clause);
                }
            });
        });
    }

    /// `name=value` in a call.
    pub(super) fn keyword(&mut self, node: &Node) {
        self.name_of(node);
        self.token("=");
        self.part(node, 0);
    }

    /// `key: value` in a dict.
    pub(super) fn pair(&mut self, node: &Node) {
        self.part(node, 0);
        self.token(": ");
        self.part(node, 1);
    }

    pub(super) fn for_clause(&mut self, node: &Node) {
        self.token(if node.op() == Op::ASYNCFORCLAUSE { "async for " } else { "for " });
        self.target(node.arg(0));
        self.token(" in ");
        self.part(node, 1);
        for condition in 2..node.args().len() {
            self.document.line(Break::Space);
            self.token("if ");
            self.part(node, condition);
        }
    }

    /// A tuple of targets stands without parentheses: `for a, b in pairs`.
    pub(super) fn target(&mut self, node: &Node) {
        match is_several_targets(node) {
            true => {
                for (index, item) in node.args().iter().enumerate() {
                    if index > 0 {
                        self.token(", ");
                    }
                    self.element(item);
                }
            }
            false => self.element(node),
        }
    }

    pub(super) fn slice(&mut self, node: &Node) {
        let [lower, upper, step] = node.args() else { return };
        let gap = if node.args().iter().all(is_simple_bound) { "" } else { " " };
        if lower.op() != Op::EMPTY {
            self.part(node, 0);
            self.token(gap);
        }
        self.token(":");
        if upper.op() != Op::EMPTY {
            self.token(gap);
            self.part(node, 1);
        }
        if step.op() != Op::EMPTY {
            if upper.op() != Op::EMPTY {
                self.token(gap);
            }
            self.token(":");
            self.token(gap);
            self.part(node, 2);
        }
    }
}

/// Whether targets can stand without parentheses: those with a star can as well.
pub(super) fn is_several_targets(node: &Node) -> bool {
    is_bare_tuple(node) || shown(node) == Op::TUPLE && node.args().len() > 1
}

fn is_simple_bound(node: &Node) -> bool {
    match shown(node) {
        Op::EMPTY | Op::VAR | Op::VALUE => true,
        Op::NEG | Op::POS | Op::INVERT | Op::NOT => is_simple_bound(node.arg(0)),
        _ => false,
    }
}
