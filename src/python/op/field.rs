//! The fields of a node: its arguments by name, and what each may hold.

use std::cmp::Ordering;

use super::Op;

/// A named argument, or several, of a node.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its Python name.
    pub name: &'static str,
    /// What it may hold.
    pub kind: FieldKind,
}

/// What a field may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// An expression.
    Expression,
    /// The constant of a VALUE, which isn't a node.
    Constant,
    /// A VALUE whose text is a name.
    Name,
    /// A variable that is bound there.
    Bound,
    /// A variable that a pattern binds, where `_` binds none.
    Capture,
    /// A name, or an attribute of one: `a.b.c`.
    DottedName,
    /// What a pattern compares with: a literal, or an attribute of a dotted name.
    PatternValue,
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
    /// The EXPR of a text, or EMPTY.
    Docstring,
    /// A pattern of `match`.
    Pattern,
    /// Any node.
    Any,
    /// One of these ops.
    Only(&'static [Op]),
    /// As one kind or the other.
    Either(&'static FieldKind, &'static FieldKind),
    /// As the other kind, or EMPTY.
    Optional(&'static FieldKind),
    /// Any number of arguments, but at least so many: all that the other fields leave.
    Many(usize, &'static FieldKind),
    /// A BLOCK or PARAMS, or PARTS of that kind: for Python code it is the list of what is in it.
    List(Op, &'static FieldKind),
}

impl FieldKind {
    /// Whether it holds what can be assigned, for which it is there.
    pub const fn is_target(self) -> bool {
        match self {
            FieldKind::Target | FieldKind::SingleTarget => true,
            FieldKind::Optional(kind) | FieldKind::Many(_, kind) => kind.is_target(),
            _ => false,
        }
    }

    /// The fewest and the most arguments that it stands for.
    pub fn count(self) -> (usize, usize) {
        match self {
            FieldKind::Many(least, _) => (least, usize::MAX),
            _ => (1, 1),
        }
    }
}

/// Where the arguments of field `index` begin and end, of `count` arguments: those of fields that
/// stand for one are one each, what is left belongs to the one that stands for many.
pub(crate) fn field_range(fields: &[Field], index: usize, count: usize) -> (usize, usize) {
    let is_many = |field: &Field| field.kind.count().1 > 1;
    let many = fields.iter().position(is_many).unwrap_or(fields.len());
    let rest = (count + 1).saturating_sub(fields.len());
    match index.cmp(&many) {
        Ordering::Less => (index, index + 1),
        Ordering::Equal => (index, index + rest),
        Ordering::Greater => (index + rest - 1, index + rest),
    }
}
