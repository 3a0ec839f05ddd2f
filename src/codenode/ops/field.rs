//! The fields of a node: its arguments by name, and what each may hold.

use super::Op;
use crate::codenode::node::Node;

/// A named argument, or several, of a node.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub name: &'static str,
    pub kind: Kind,
}

/// What a field may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An expression.
    Expression,
    /// The constant of a VALUE, which isn't a node.
    Constant,
    /// A VALUE with a text.
    Word,
    /// An expression or `*value`.
    Element,
    /// What stands in the brackets of an index: an expression, a slice or a tuple of them.
    Index,
    /// An expression, `*value`, `name=value` or `**value`.
    Argument,
    /// What can be assigned.
    Target,
    /// What can be assigned and isn't a display.
    SingleTarget,
    /// A statement.
    Statement,
    /// The body of an `if`: a BLOCK in the statement, an expression in `a if c else b`.
    Branch,
    /// A pattern of `match`.
    Pattern,
    /// Any node.
    Any,
    /// One of these ops.
    Only(&'static [Op]),
    /// As one kind or the other.
    Either(&'static Kind, &'static Kind),
    /// As the other kind, or EMPTY.
    Optional(&'static Kind),
    /// Any number of arguments, but at least so many: all that the other fields leave.
    Many(usize, &'static Kind),
    /// A BLOCK or PARAMS, or PARTS of that kind: for Python code it is the list of what is in it.
    List(Op, &'static Kind),
}

impl Kind {
    /// Whether `node` may be there.
    pub fn allows(self, node: &Node) -> bool {
        match self {
            Kind::Expression => node.is_expression(),
            Kind::Constant | Kind::Any => true,
            Kind::Word => node.text().is_some(),
            Kind::Element => node.is_expression() || node.op() == Op::STAR,
            Kind::Index => node.is_expression() || matches!(node.op(), Op::SLICE | Op::STAR),
            Kind::Argument => {
                node.is_expression() || matches!(node.op(), Op::STAR | Op::KEYWORD | Op::DOUBLESTAR)
            }
            Kind::Target => is_target(node),
            Kind::SingleTarget => is_target(node) && !matches!(node.op(), Op::TUPLE | Op::LIST),
            Kind::Statement => node.is_statement(),
            Kind::Branch => node.op() == Op::BLOCK || node.is_expression(),
            Kind::Pattern => is_pattern(node.op()),
            Kind::Only(ops) => ops.contains(&node.op()),
            Kind::Either(one, other) => one.allows(node) || other.allows(node),
            Kind::Optional(kind) => node.op() == Op::EMPTY || kind.allows(node),
            Kind::Many(_, kind) => kind.allows(node),
            Kind::List(op, kind) => {
                node.op() == op && node.args().iter().all(|part| kind.allows(part))
            }
        }
    }

    /// The fewest and the most arguments that it stands for.
    pub fn count(self) -> (usize, usize) {
        match self {
            Kind::Many(least, _) => (least, usize::MAX),
            _ => (1, 1),
        }
    }
}

fn is_pattern(op: Op) -> bool {
    matches!(
        op,
        Op::MATCHVALUE
            | Op::MATCHSEQUENCE
            | Op::MATCHMAPPING
            | Op::MATCHCLASS
            | Op::MATCHAS
            | Op::MATCHOR
    )
}

/// Whether the code can stand on the left of an assignment.
fn is_target(node: &Node) -> bool {
    match node.op() {
        Op::VAR => node.name().is_some_and(|name| &**name != "__debug__"),
        Op::ATTR | Op::INDEX | Op::TEMPORARY => true,
        Op::TUPLE | Op::LIST => {
            let stars = node.args().iter().filter(|part| part.op() == Op::STAR).count();
            let is_part = |part: &Node| match part.op() {
                Op::STAR => part.args().iter().all(is_target),
                _ => is_target(part),
            };
            stars < 2 && node.args().iter().all(is_part)
        }
        _ => false,
    }
}
