//! Which parentheses make room for line breaks.

use std::cmp::Ordering;

use rustpython_ast::UnaryOp;

use super::literal;
use super::operators::flatten;
use super::precedence::{Rank, is_primary, needs_parentheses, rank, shown};
use crate::codenode::{Node, Op, Precedence, Shape};

/// What parentheses do for an expression that is too long for its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    /// It has brackets of its own.
    Own,
    /// It can be broken in them.
    Breakable,
    /// It can't be broken, but may fit on a line of its own.
    Line,
}

/// What parentheses around `node` are good for.
pub(super) fn room(node: &Node) -> Room {
    if node.variable().is_some() {
        return Room::Line;
    }
    let of_operand = || match needs_parentheses(node.arg(0), node.op().least(0)) {
        true => Room::Own,
        false => room(node.arg(0)),
    };
    match node.op() {
        Op::VAR | Op::TEMPORARY => Room::Line,
        Op::VALUE | Op::FSTRING | Op::TSTRING => match literal::written(node) {
            literal::WrittenAs::Line => Room::Line,
            literal::WrittenAs::Lines => Room::Own,
            literal::WrittenAs::Parts => Room::Breakable,
        },
        Op::ATTR | Op::CALL | Op::INDEX if is_fluent(node) => Room::Breakable,
        Op::ATTR if shown(node.arg(0)) == Op::VAR => Room::Line,
        Op::ATTR | Op::CALL | Op::INDEX => match of_operand() {
            // Empty parentheses can't be broken.
            Room::Line if node.op() != Op::ATTR && node.args().len() > 1 => Room::Own,
            room => room,
        },
        // Its body is fitted on its own.
        Op::LAMBDA => Room::Own,
        Op::AWAIT => of_operand(),
        Op::YIELD if node.arg(0).op() == Op::EMPTY => Room::Own,
        Op::YIELD | Op::YIELDFROM => match of_operand() {
            Room::Line => Room::Own,
            room => room,
        },
        op => match op.shape() {
            Shape::Unary(..) => of_operand(),
            Shape::Form(Precedence::Atom) => Room::Own,
            _ => Room::Breakable,
        },
    }
}

/// Whether the dot after `object` may begin a line: in a broken chain of calls it does.
pub(super) fn may_begin_line(object: &Node) -> bool {
    matches!(shown(object), Op::CALL | Op::INDEX) || needs_parentheses(object, Precedence::Primary)
}

/// Whether the calls of a chain, `a.b().c().d()`, stand on lines of their own if it is broken.
pub(super) fn is_fluent(node: &Node) -> bool {
    let (links, _) = chain(node);
    let of_call = |link: &&Node| link.op() == Op::ATTR && may_begin_line(link.arg(0));
    links.into_iter().filter(of_call).count() > 1
}

/// The calls, attributes and indices of a chain, the last one first, and what they are of.
pub(super) fn chain(last: &Node) -> (Vec<&Node>, &Node) {
    let (mut links, mut first) = (vec![last], last.arg(0));
    while is_primary(first) && !needs_parentheses(first, last.op().least(0)) {
        links.push(first);
        first = first.arg(0);
    }
    (links, first)
}

/// Whether a link of a chain has something in brackets.
fn has_brackets(link: &Node) -> bool {
    link.op() == Op::INDEX || link.op() == Op::CALL && link.args().len() > 1
}

/// Whether a broken expression is broken in the brackets that it begins or ends with, if that is
/// enough, and gets parentheses otherwise: as several operators of one rank or the calls of a chain
/// do, which get lines of their own.
pub(super) fn breaks_in_brackets(node: &Node) -> bool {
    let mut survey = Survey::default();
    survey.visit(node, Precedence::Yield);
    survey.has_brackets
        && match survey.loosest {
            None => !survey.has_fluent,
            Some(_) => survey.count == 1 && (survey.last || survey.first == Some(true)),
        }
}

/// What is found outside of the brackets of an expression.
#[derive(Default)]
struct Survey {
    loosest: Option<Rank>,
    /// How many operators are as loose.
    count: usize,
    has_brackets: bool,
    /// Whether a chain in it stands on several lines if it is broken.
    has_fluent: bool,
    /// Whether the first and the last thing in it are in brackets, or end with some.
    first: Option<bool>,
    last: bool,
}

/// What a survey doesn't look into.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Leaf {
    /// Brackets with something in them.
    Brackets,
    Word,
}

impl Survey {
    fn operator(&mut self, rank: Rank, count: usize) {
        match self.loosest.map(|loosest| loosest.cmp(&rank)) {
            Some(Ordering::Greater) => {}
            Some(Ordering::Equal) => self.count += count,
            _ => (self.loosest, self.count) = (Some(rank), count),
        }
    }

    fn leaf(&mut self, leaf: Leaf) {
        let in_brackets = leaf == Leaf::Brackets;
        self.has_brackets |= in_brackets;
        self.first.get_or_insert(in_brackets);
        self.last = in_brackets;
    }

    fn visit(&mut self, node: &Node, least: Precedence) {
        if needs_parentheses(node, least) {
            return self.leaf(Leaf::Brackets);
        }
        let args = node.args();
        let part = |survey: &mut Survey, index: usize| {
            survey.visit(node.arg(index), node.op().least(index));
        };
        match (shown(node), node.op().shape()) {
            (Op::CALL | Op::INDEX | Op::ATTR, _) => {
                self.has_fluent |= is_fluent(node);
                let (links, first) = chain(node);
                self.visit(first, node.op().least(0));
                self.has_brackets |= links.iter().any(|link| has_brackets(link));
                self.last = node.op() == Op::CALL && has_brackets(node);
            }
            (Op::VAR, _) => self.leaf(Leaf::Word),
            (Op::AWAIT | Op::YIELD | Op::YIELDFROM, _) => {
                self.first.get_or_insert(false);
                part(self, 0);
            }
            (Op::LAMBDA, _) => {
                self.first.get_or_insert(false);
                part(self, 1);
            }
            (Op::IF, _) => {
                // One for the `if` and one for the `else`.
                self.operator(rank(Precedence::Conditional), 2);
                [1, 0, 2].into_iter().for_each(|index| part(self, index));
            }
            (_, Shape::Unary(operator, level)) => {
                self.first.get_or_insert(false);
                if matches!(operator, UnaryOp::Invert | UnaryOp::Not) {
                    self.operator(rank(level), 1);
                }
                part(self, 0);
            }
            (Op::CHAIN, _) => {
                self.operator(rank(Precedence::Comparison), args.len() - 1);
                part(self, 0);
                for link in args.iter().skip(1) {
                    self.visit(link.arg(0), link.op().least(0));
                }
            }
            (_, Shape::Binary(..) | Shape::Comparison(_) | Shape::Bool(..)) => {
                self.operators(node);
            }
            _ if is_display(node) && !node.args().is_empty() => self.leaf(Leaf::Brackets),
            _ => self.leaf(Leaf::Word),
        }
    }

    fn operators(&mut self, node: &Node) {
        let flat = flatten(node);
        for operator in &flat.operators {
            self.operator(rank(operator.level), 1);
        }
        for (operand, least) in &flat.operands {
            self.visit(operand, *least);
        }
    }
}

fn is_display(node: &Node) -> bool {
    let op = shown(node);
    let is_text = matches!(op, Op::VALUE | Op::FSTRING | Op::TSTRING | Op::VAR | Op::TEMPORARY);
    !is_text && op.shape() == Shape::Form(Precedence::Atom)
}
