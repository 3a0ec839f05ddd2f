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
    let of_operand = |operand: &Node, least: Precedence| match needs_parentheses(operand, least) {
        true => Room::Own,
        false => room(operand),
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
        Op::ATTR | Op::CALL | Op::INDEX => match of_operand(node.arg(0), Precedence::Primary) {
            // Empty parentheses can't be broken.
            Room::Line if node.op() != Op::ATTR && node.args().len() > 1 => Room::Own,
            room => room,
        },
        // Its body is fitted on its own.
        Op::LAMBDA => Room::Own,
        Op::AWAIT => of_operand(node.arg(0), Precedence::Primary),
        Op::YIELD if node.arg(0).op() == Op::EMPTY => Room::Own,
        Op::YIELD | Op::YIELDFROM => match of_operand(node.arg(0), Precedence::Lambda) {
            Room::Line => Room::Own,
            room => room,
        },
        op => match op.shape() {
            Shape::Unary(_, level) => of_operand(node.arg(0), level),
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
    let mut links = 0;
    let mut node = node;
    while is_primary(node) {
        let object = node.arg(0);
        if shown(node) == Op::ATTR && may_begin_line(object) {
            links += 1;
        }
        if needs_parentheses(object, Precedence::Primary) {
            break;
        }
        node = object;
    }
    links > 1
}

/// Whether a broken expression is broken in the brackets that it begins or ends with, if that is
/// enough, and gets parentheses otherwise.
pub(super) fn breaks_in_brackets(node: &Node) -> bool {
    let mut survey = Survey::default();
    survey.visit(node, Precedence::Yield);
    if !survey.has_brackets || survey.count > 1 {
        return false;
    }
    match survey.loosest {
        None | Some(Rank::Attribute) => true,
        Some(_) => survey.last || survey.first == Some(true),
    }
}

/// What is found outside of the brackets of an expression.
#[derive(Default)]
struct Survey {
    loosest: Option<Rank>,
    /// How many operators are as loose.
    count: usize,
    has_brackets: bool,
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
        match (shown(node), node.op().shape()) {
            (Op::CALL | Op::INDEX, _) => {
                self.visit(node.arg(0), Precedence::Primary);
                self.has_brackets |= node.op() == Op::INDEX || args.len() > 1;
                self.last = node.op() == Op::CALL && args.len() > 1;
            }
            (Op::ATTR, _) => {
                self.visit(node.arg(0), Precedence::Primary);
                if may_begin_line(node.arg(0)) || is_display(node.arg(0)) {
                    self.operator(Rank::Attribute, 1);
                }
                self.last = false;
            }
            (Op::VAR, _) => self.leaf(Leaf::Word),
            (Op::AWAIT | Op::YIELD | Op::YIELDFROM, _) => {
                self.first.get_or_insert(false);
                self.visit(node.arg(0), Precedence::Lambda);
            }
            (Op::LAMBDA, _) => {
                self.first.get_or_insert(false);
                self.visit(node.arg(1), Precedence::Lambda);
            }
            (Op::IF, _) => {
                // One for the `if` and one for the `else`.
                self.operator(rank(Precedence::Conditional), 2);
                self.visit(node.arg(1), Precedence::Or);
                self.visit(node.arg(0), Precedence::Or);
                self.visit(node.arg(2), Precedence::Lambda);
            }
            (_, Shape::Unary(operator, level)) => {
                self.first.get_or_insert(false);
                if matches!(operator, UnaryOp::Invert | UnaryOp::Not) {
                    self.operator(rank(level), 1);
                }
                self.visit(node.arg(0), level);
            }
            (Op::CHAIN, _) => {
                self.operator(rank(Precedence::Comparison), args.len() - 1);
                self.visit(node.arg(0), Precedence::Comparison.tighter());
                for link in args.iter().skip(1) {
                    self.visit(link.arg(0), Precedence::Comparison.tighter());
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
