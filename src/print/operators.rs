//! Operators: `a + b * c < d and not e` is one list of operands, whose loosest operators are the
//! first to get lines of their own.

use super::document::Break;
use super::precedence::{needs_parentheses, precedence, rank, shown};
use super::printer::{Printer, symbol};
use crate::codenode::{Node, Op, Precedence, Shape};

/// Operands with the operators between them, however the tree nests them.
#[derive(Default)]
pub(super) struct Flat<'n> {
    /// Each with the loosest expression that may stand there bare.
    pub(super) operands: Vec<(&'n Node, Precedence)>,
    pub(super) operators: Vec<Operator>,
}

#[derive(Clone, Copy)]
pub(super) struct Operator {
    symbol: &'static str,
    pub(super) level: Precedence,
}

enum Piece<'n> {
    Operand(&'n Node, Precedence),
    Operator(Operator),
}

/// The operands and operators of `root` in their order, without those in parentheses. The tree of
/// a sum is as deep as the sum is long, so this is a loop.
pub(super) fn flatten(root: &Node) -> Flat<'_> {
    let mut flat = Flat::default();
    let mut pending = Vec::new();
    push_parts(root, &mut pending);
    while let Some(piece) = pending.pop() {
        match piece {
            Piece::Operator(operator) => flat.operators.push(operator),
            Piece::Operand(node, least) => {
                let is_part = node.variable().is_some()
                    || needs_parentheses(node, least)
                    || !push_parts(node, &mut pending);
                if is_part {
                    flat.operands.push((node, least));
                }
            }
        }
    }
    flat
}

/// Puts the parts of an operation on the stack, the first one topmost; false if it is none.
fn push_parts<'n>(node: &'n Node, pending: &mut Vec<Piece<'n>>) -> bool {
    let Some((first, others)) = node.op().operand_levels() else { return false };
    if matches!(node.op().shape(), Shape::Unary(..)) {
        return false;
    }
    for (index, arg) in node.args().iter().enumerate().rev() {
        // A nested `and` in an `and` was written with parentheses: it isn't one chain.
        let operand = arg.args().first().filter(|_| arg.op() == Op::LINK).unwrap_or(arg);
        pending.push(Piece::Operand(operand, if index == 0 { first } else { others }));
        if index > 0 {
            pending.push(Piece::Operator(operator_before(node, arg)));
        }
    }
    true
}

/// The operator in an operation that stands before its operand `arg`.
fn operator_before(node: &Node, arg: &Node) -> Operator {
    match node.op().shape() {
        Shape::Binary(operator, level) => Operator { symbol: operator.as_str(), level },
        Shape::Bool(operator, level) => Operator { symbol: operator.as_str(), level },
        Shape::Comparison(comparison) => {
            Operator { symbol: comparison.as_str(), level: Precedence::Comparison }
        }
        // In a chain each operand has its own.
        _ => Operator { symbol: symbol(arg), level: Precedence::Comparison },
    }
}

impl Printer<'_> {
    /// A binary operation, comparison or `and`.
    pub(super) fn operation(&mut self, node: &Node) {
        let flat = flatten(node);
        self.open_group(|p| p.operands(&flat.operands, &flat.operators));
    }

    fn operands(&mut self, operands: &[(&Node, Precedence)], operators: &[Operator]) {
        let loosest = operators.iter().map(|operator| rank(operator.level)).max();
        let is_loosest = |operator: &Operator| Some(rank(operator.level)) == loosest;
        let mut between = operators.iter().filter(|operator| is_loosest(operator));
        let mut rest = operands;
        for tighter in operators.split(is_loosest) {
            let (own, others) = rest.split_at_checked(tighter.len() + 1).unwrap_or((rest, &[]));
            rest = others;
            self.operand(own, tighter);
            if let Some(operator) = between.next() {
                self.open_line(Break::Space);
                self.token(operator.symbol);
                self.token(" ");
            }
        }
    }

    /// An operand of the loosest operators: one node, or an operation that binds tighter.
    fn operand(&mut self, operands: &[(&Node, Precedence)], operators: &[Operator]) {
        match operands {
            [(node, least)] => self.at(node, *least),
            _ => self.open_group(|p| p.operands(operands, operators)),
        }
    }

    pub(super) fn unary(&mut self, node: &Node) {
        self.token(node.op().symbol().unwrap_or_default());
        if node.op() == Op::NOT {
            self.token(" ");
        }
        let level = precedence(node);
        // `-2**63` is easily misread.
        let least = match shown(node.arg(0)) {
            Op::EXP if level == Precedence::Unary => Precedence::Await,
            _ => level,
        };
        self.at(node.arg(0), least);
    }

    /// A comparison and its right operand in a chain.
    pub(super) fn chain_link(&mut self, node: &Node) {
        self.token(symbol(node));
        self.token(" ");
        self.part(node, 0);
    }

    /// `a if c else b`. Those in its last part are one with it: `a if c else b if d else e`.
    pub(super) fn conditional(&mut self, node: &Node) {
        self.open_group(|p| {
            let mut node = node;
            loop {
                p.part(node, 1);
                p.open_line(Break::Space);
                p.token("if ");
                p.part(node, 0);
                p.open_line(Break::Space);
                p.token("else ");
                let orelse = node.arg(2);
                if orelse.op() != Op::IF || orelse.variable().is_some() {
                    return p.part(node, 2);
                }
                node = orelse;
            }
        });
    }
}
