//! The ops of operators.

use rustpython_ast::{CmpOp, Operator, UnaryOp};

use crate::python::op::Op;

/// The op of a binary operator.
pub(crate) fn binary_op(op: Operator) -> Op {
    match op {
        Operator::Add => Op::PLUS,
        Operator::Sub => Op::MINUS,
        Operator::Mult => Op::MULTIPLY,
        Operator::MatMult => Op::MATMUL,
        Operator::Div => Op::DIVIDE,
        Operator::Mod => Op::MOD,
        Operator::Pow => Op::EXP,
        Operator::LShift => Op::LSHIFT,
        Operator::RShift => Op::RSHIFT,
        Operator::BitOr => Op::BITOR,
        Operator::BitXor => Op::BITXOR,
        Operator::BitAnd => Op::BITAND,
        Operator::FloorDiv => Op::FLOORDIV,
    }
}

/// The op of a unary operator.
pub(crate) fn unary_op(op: UnaryOp) -> Op {
    match op {
        UnaryOp::Invert => Op::INVERT,
        UnaryOp::Not => Op::NOT,
        UnaryOp::UAdd => Op::POS,
        UnaryOp::USub => Op::NEG,
    }
}

/// The op of a comparison.
pub(crate) fn comparison_op(op: CmpOp) -> Op {
    match op {
        CmpOp::Eq => Op::EQ,
        CmpOp::NotEq => Op::NE,
        CmpOp::Lt => Op::LT,
        CmpOp::LtE => Op::LE,
        CmpOp::Gt => Op::GT,
        CmpOp::GtE => Op::GE,
        CmpOp::Is => Op::IS,
        CmpOp::IsNot => Op::ISNOT,
        CmpOp::In => Op::IN,
        CmpOp::NotIn => Op::NOTIN,
    }
}
