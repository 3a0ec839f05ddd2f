//! Displays, comprehensions, indices and parameter lists: what stands in brackets.

use pretty::RcDoc;

use super::Doc;
use super::literal;
use super::printer::{INDENT, Printer, TrailingComma, bracketed, filled, link_symbol, text};
use crate::codenode::{Node, Op, Precedence, Value};

/// A longer row of numbers is a table, whose lines are filled.
const MOST_ON_LINES_OF_THEIR_OWN: usize = 16;

fn is_number(node: &Node) -> bool {
    let is_literal = |node: &Node| matches!(node.constant(), Some(Value::Int(_) | Value::Float(_)));
    let negated = node.op() == Op::NEG && node.args().iter().all(is_literal);
    node.variable().is_none() && (negated || is_literal(node))
}

impl Printer<'_> {
    /// A display or comprehension.
    pub(super) fn display(&self, node: &Node) -> Doc {
        let args = node.args();
        let is_table = args.len() > MOST_ON_LINES_OF_THEIR_OWN && args.iter().all(is_number);
        match node.op() {
            Op::TUPLE if is_table => filled("(", self.items(args), ")"),
            Op::LIST if is_table => filled("[", self.items(args), "]"),
            Op::SET if is_table => filled("{", self.items(args), "}"),
            Op::TUPLE => {
                let comma = match args.len() {
                    1 => TrailingComma::Always,
                    _ => TrailingComma::WhenBroken,
                };
                bracketed("(", self.items(args), ")", comma)
            }
            Op::LIST => bracketed("[", self.items(args), "]", TrailingComma::WhenBroken),
            Op::SET | Op::DICT => bracketed("{", self.items(args), "}", TrailingComma::WhenBroken),
            Op::LISTCOMP => self.comprehension("[", args, "]"),
            Op::SETCOMP | Op::DICTCOMP => self.comprehension("{", args, "}"),
            Op::GENERATOR => self.comprehension("(", args, ")"),
            // Steps are folded away or named before anything is printed.
            _ => text("..."),
        }
    }

    fn items(&self, args: &[Node]) -> Vec<Doc> {
        args.iter().map(|arg| self.item(arg)).collect()
    }

    /// An element of a display: a star's operand binds tighter there than in a call.
    fn item(&self, node: &Node) -> Doc {
        match node.op() {
            Op::STAR => text("*").append(self.at(&node.args()[0], Precedence::BitOr)),
            Op::DOUBLESTAR => text("**").append(self.at(&node.args()[0], Precedence::BitOr)),
            _ => self.argument(node),
        }
    }

    fn comprehension(&self, open: &'static str, args: &[Node], close: &'static str) -> Doc {
        let clauses = args[1..].iter().map(|clause| RcDoc::line().append(self.part(clause)));
        let body = self.argument(&args[0]).append(RcDoc::concat(clauses));
        text(open)
            .append(RcDoc::line_().append(body).nest(INDENT))
            .append(RcDoc::line_())
            .append(close)
            .group()
    }

    /// What isn't an expression by itself.
    pub(super) fn part(&self, node: &Node) -> Doc {
        let args = node.args();
        let word = || node.name().map(ToString::to_string).unwrap_or_default();
        match node.op() {
            Op::KEYWORD => text(word()).append("=").append(self.at(&args[0], Precedence::Lambda)),
            Op::STAR => text("*").append(self.at(&args[0], Precedence::Lambda)),
            Op::DOUBLESTAR => text("**").append(self.at(&args[0], Precedence::Lambda)),
            Op::PAIR => self
                .at(&args[0], Precedence::Lambda)
                .append(": ")
                .append(self.at(&args[1], Precedence::Lambda)),
            Op::FORCLAUSE => self.for_clause("for ", args),
            Op::ASYNCFORCLAUSE => self.for_clause("async for ", args),
            Op::SLICE => self.slice(args),
            Op::LINK => text(link_symbol(node))
                .append(" ")
                .append(self.at(&args[0], Precedence::Comparison.tighter())),
            Op::PARAMS => self.parameters(node),
            Op::PARAM | Op::STARPARAM | Op::DOUBLESTARPARAM | Op::SLASH => self.parameter(node),
            Op::FIELD => text(self.field(node)),
            _ => RcDoc::nil(),
        }
    }

    fn for_clause(&self, keyword: &'static str, args: &[Node]) -> Doc {
        let conditions = args[2..].iter().map(|condition| {
            RcDoc::line().append("if ").append(self.at(condition, Precedence::Or))
        });
        text(keyword)
            .append(self.target(&args[0]))
            .append(" in ")
            .append(self.at(&args[1], Precedence::Or))
            .append(RcDoc::concat(conditions))
    }

    /// A tuple of targets stands without parentheses: `for a, b in pairs`.
    fn target(&self, node: &Node) -> Doc {
        match (node.op(), node.args()) {
            (Op::TUPLE, [only]) => self.item(only).append(","),
            (Op::TUPLE, items @ [_, ..]) => RcDoc::intersperse(self.items(items), text(", ")),
            _ => self.item(node),
        }
    }

    /// `[…]` after a primary. A tuple with slices in it has to stand bare, one with stars can't
    /// before Python 3.11.
    pub(super) fn index(&self, index: &Node) -> Doc {
        let items = index.args();
        let bare_tuple = index.op() == Op::TUPLE
            && index.variable().is_none()
            && !items.is_empty()
            && (items.iter().all(|item| item.op() != Op::STAR)
                || items.iter().any(|item| item.op() == Op::SLICE));
        if bare_tuple {
            let comma = match items.len() {
                1 => TrailingComma::Always,
                _ => TrailingComma::WhenBroken,
            };
            return bracketed("[", self.items(items), "]", comma);
        }
        if literal::is_number(index) {
            // Too short to be worth a line.
            return RcDoc::text("[").append(self.argument(index)).append("]");
        }
        bracketed("[", vec![self.argument(index)], "]", TrailingComma::Never)
    }

    fn slice(&self, args: &[Node]) -> Doc {
        let simple = args.iter().all(|arg| {
            arg.variable().is_some()
                || matches!(arg.op(), Op::EMPTY | Op::VAR | Op::VALUE | Op::NEG)
        });
        let gap = if simple { "" } else { " " };
        let bound = |node: &Node, before: &'static str, after: &'static str| match node.op() {
            Op::EMPTY => RcDoc::nil(),
            _ => text(before).append(self.at(node, Precedence::Lambda)).append(after),
        };
        let doc = bound(&args[0], "", gap).append(":").append(bound(&args[1], gap, ""));
        match args[2].op() {
            Op::EMPTY => doc,
            _ => doc.append(gap).append(":").append(bound(&args[2], gap, "")),
        }
    }

    pub(super) fn parameters(&self, params: &Node) -> Doc {
        let items = params.args().iter().map(|p| self.parameter(p));
        RcDoc::intersperse(items, text(", "))
    }

    fn parameter(&self, node: &Node) -> Doc {
        let args = node.args();
        let name = node.name().map(ToString::to_string).unwrap_or_default();
        let annotated = |doc: Doc| match args.first() {
            Some(annotation) if annotation.op() != Op::EMPTY => {
                doc.append(": ").append(self.at(annotation, Precedence::Lambda))
            }
            _ => doc,
        };
        match node.op() {
            Op::SLASH => text("/"),
            Op::STARPARAM => annotated(text(format!("*{name}"))),
            Op::DOUBLESTARPARAM => annotated(text(format!("**{name}"))),
            _ => {
                let doc = annotated(text(name));
                match &args[1] {
                    default if default.op() == Op::EMPTY => doc,
                    default => {
                        let gap = if args[0].op() == Op::EMPTY { "=" } else { " = " };
                        doc.append(gap).append(self.at(default, Precedence::Lambda))
                    }
                }
            }
        }
    }
}
