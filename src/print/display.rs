//! Displays, comprehensions and slices: what stands in brackets.

use super::document::Break;
use super::expression::is_bare_tuple;
use super::interpolated;
use super::precedence::shown;
use super::printer::{Comma, Printer, symbol};
use crate::codenode::{Node, Op, Precedence};

impl Printer<'_> {
    /// A display or comprehension.
    pub(super) fn display(&mut self, node: &Node) {
        let args = node.args();
        match node.op() {
            Op::TUPLE => {
                let comma = if args.len() == 1 { Comma::Always } else { Comma::WhenBroken };
                self.listed("(", ")", args, comma);
            }
            Op::LIST => self.listed("[", "]", args, Comma::WhenBroken),
            Op::SET | Op::DICT => self.listed("{", "}", args, Comma::WhenBroken),
            Op::LISTCOMP => self.comprehension("[", "]", args),
            Op::SETCOMP | Op::DICTCOMP => self.comprehension("{", "}", args),
            Op::GENERATOR => self.comprehension("(", ")", args),
            // Steps are folded away or named before anything is printed.
            _ => self.token("..."),
        }
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
            Op::STAR | Op::DOUBLESTAR => {
                self.token(if node.op() == Op::STAR { "*" } else { "**" });
                self.at(node.arg(0), Precedence::BitOr);
            }
            _ => self.argument(node),
        }
    }

    fn comprehension(&mut self, open: &'static str, close: &'static str, args: &[Node]) {
        self.bracketed(open, close, |p| {
            p.group(|p| {
                let (element, clauses) = (args.first(), args.iter().skip(1));
                p.group(|p| element.iter().for_each(|element| p.argument(element)));
                for clause in clauses {
                    p.document.line(Break::Space);
                    p.part(clause);
                }
            });
        });
    }

    /// What isn't an expression by itself.
    pub(super) fn part(&mut self, node: &Node) {
        let args = node.args();
        match node.op() {
            Op::KEYWORD => {
                self.name_of(node);
                self.token("=");
                self.at(node.arg(0), Precedence::Lambda);
            }
            Op::STAR | Op::DOUBLESTAR => {
                self.token(if node.op() == Op::STAR { "*" } else { "**" });
                self.at(node.arg(0), Precedence::Lambda);
            }
            Op::PAIR => {
                self.at(node.arg(0), Precedence::Lambda);
                self.token(": ");
                self.at(node.arg(1), Precedence::Lambda);
            }
            Op::FORCLAUSE => self.for_clause("for ", node),
            Op::ASYNCFORCLAUSE => self.for_clause("async for ", node),
            Op::SLICE => self.slice(node),
            Op::LINK => {
                self.token(symbol(node));
                self.token(" ");
                self.at(node.arg(0), Precedence::Comparison.tighter());
            }
            Op::FIELD => {
                let text = interpolated::field(self, node);
                self.text(&text);
            }
            Op::PARAMS => self.lambda_parameters(args),
            Op::PARAM | Op::STARPARAM | Op::DOUBLESTARPARAM | Op::SLASH => self.parameter(node),
            Op::TYPEVAR | Op::TYPEVARTUPLE | Op::PARAMSPEC => self.type_parameter(node),
            Op::ALIAS => self.alias(node),
            Op::WITHITEM => self.with_item(node),
            Op::PARTS => self.items(args, Comma::Never, Self::element),
            Op::EMPTY => {}
            // Bodies, and what has one, are written by lines.
            _ => self.pattern(node),
        }
    }

    fn for_clause(&mut self, keyword: &'static str, node: &Node) {
        self.token(keyword);
        self.target(node.arg(0));
        self.token(" in ");
        self.at(node.arg(1), Precedence::Or);
        for condition in node.args().iter().skip(2) {
            self.document.line(Break::Space);
            self.token("if ");
            self.at(condition, Precedence::Or);
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

    fn slice(&mut self, node: &Node) {
        let [lower, upper, step] = node.args() else { return };
        let gap = if node.args().iter().all(is_simple_bound) { "" } else { " " };
        if lower.op() != Op::EMPTY {
            self.at(lower, Precedence::Lambda);
            self.token(gap);
        }
        self.token(":");
        if upper.op() != Op::EMPTY {
            self.token(gap);
            self.at(upper, Precedence::Lambda);
        }
        if step.op() != Op::EMPTY {
            if upper.op() != Op::EMPTY {
                self.token(gap);
            }
            self.token(":");
            self.token(gap);
            self.at(step, Precedence::Lambda);
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
