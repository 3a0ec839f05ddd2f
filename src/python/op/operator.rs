//! The operators among the ops: what the parser calls them, how they are written and how they nest.

use rustpython_ast::{CmpOp, Operator};

use super::{Op, Precedence, Shape};

impl Op {
    /// What the parser calls it, if it is a binary operator.
    pub fn operator(self) -> Option<Operator> {
        match self.shape() {
            Shape::Binary(operator, _) => Some(operator),
            _ => None,
        }
    }

    /// What the parser calls it, if it is a comparison.
    pub fn comparison(self) -> Option<CmpOp> {
        match self.shape() {
            Shape::Comparison(comparison) => Some(comparison),
            _ => None,
        }
    }

    /// The sign or word of an operator.
    pub fn symbol(self) -> Option<&'static str> {
        match self.shape() {
            Shape::Binary(operator, _) => Some(operator.as_str()),
            Shape::Unary(operator, _) => Some(operator.as_str()),
            Shape::Comparison(comparison) => Some(comparison.as_str()),
            Shape::Bool(operator, _) => Some(operator.as_str()),
            Shape::Form(_) | Shape::Statement | Shape::Pattern | Shape::Part => None,
        }
    }

    /// The loosest expressions that may stand bare as the first and as each other operand of an
    /// operator.
    pub fn operand_levels(self) -> Option<(Precedence, Precedence)> {
        match self.shape() {
            // It binds less tightly than a sign on its right.
            Shape::Binary(_, Precedence::Power) => Some((Precedence::Await, Precedence::Unary)),
            Shape::Binary(_, level) => Some((level, level.tighter())),
            Shape::Unary(_, level) => Some((level, level)),
            Shape::Comparison(_) => {
                let level = Precedence::Comparison.tighter();
                Some((level, level))
            }
            Shape::Bool(_, level) => Some((level.tighter(), level.tighter())),
            Shape::Form(_) if matches!(self, Op::CHAIN) => Op::LT.operand_levels(),
            Shape::Form(_) | Shape::Statement | Shape::Pattern | Shape::Part => None,
        }
    }
}
