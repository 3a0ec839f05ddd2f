//! Whether a tree is well formed, by the table of ops.

use unicode_ident::{is_xid_continue, is_xid_start};

use super::node::{Malformed, Node};
use super::value::Value;
use crate::python::keywords::is_keyword;
use crate::python::op::{Field, FieldKind, Naming, Op, Shape, field_range};

/// Checks a node's own form; its arguments have been checked already.
///
/// # Errors
/// A wrong number of arguments, a part where an expression is needed, a missing or bad name.
pub fn check(node: &Node) -> Result<(), Malformed> {
    let op = node.op();
    let (min, max) = op.arity();
    let count = if node.constant().is_some() { 1 } else { node.args().len() };
    if count < min || count > max {
        let takes = arity_words(min, max);
        let names: Vec<&str> = op.fields().iter().map(|field| field.name).collect();
        let names = match names.is_empty() {
            true => String::new(),
            false => format!(" ({})", names.join(", ")),
        };
        return Err(malformed(format!("{op} takes {takes}{names}, not {count}")));
    }
    check_name(node)?;
    for (index, field) in op.fields().iter().enumerate() {
        let (start, end) = field_range(op.fields(), index, node.args().len());
        let bad =
            (start..end).find(|at| node.args().get(*at).is_some_and(|a| !allows(field.kind, a)));
        if let Some(at) = bad {
            return Err(malformed(misplaced(node, at, field)));
        }
    }
    check_parts(node)
}

/// What the parts of a node may be only if others are there.
fn check_parts(node: &Node) -> Result<(), Malformed> {
    let args = node.args();
    let is_there = |part: &Node| part.op() != Op::EMPTY;
    let is_text = |part: &Node| part.constant().is_none_or(|c| matches!(c, Value::Str(_)));
    let is_star = |part: &Node| part.name().is_some_and(|name| &**name == "*");
    let is_path = |part: &Node| part.name().is_some_and(|name| name.contains('.'));
    let first_is_there = |part: &Node| part.args().first().is_some_and(is_there);
    let why = match node.op() {
        Op::IF if node.arg(1).is_expression() != node.arg(2).is_expression() => {
            "the two bodies of an IF are expressions, or BLOCKs"
        }
        Op::LAMBDA if node.arg(0).args().iter().any(first_is_there) => {
            "the parameters of a LAMBDA have no annotations"
        }
        Op::RAISE if is_there(node.arg(1)) && !is_there(node.arg(0)) => {
            "a RAISE with a cause needs an exception"
        }
        Op::TRYSTAR if !node.arg(1).args().iter().all(first_is_there) => {
            "each EXCEPT of a TRYSTAR needs a type"
        }
        Op::EXCEPT if is_there(node.arg(1)) && !is_there(node.arg(0)) => {
            "an EXCEPT with a target needs a type"
        }
        Op::MATCHAS if is_there(node.arg(0)) && !is_there(node.arg(1)) => {
            "a MATCHAS with a pattern needs a target"
        }
        Op::ALIAS if is_there(node.arg(0)) && node.name().is_some_and(|name| &**name == "*") => {
            "an ALIAS called `*` has no other name"
        }
        Op::IMPORT if args.iter().any(is_star) => "an IMPORT takes whole modules, and no `*`",
        Op::IMPORTFROM if args.len() > 1 && args.iter().any(is_star) => {
            "an IMPORTFROM of `*` imports nothing else"
        }
        Op::IMPORTFROM if args.iter().any(is_path) => {
            "the names of an IMPORTFROM have no dots; those of the module are its `name`"
        }
        Op::ALIAS if !first_is_there(node) && node.name().is_some_and(|n| &**n == "__debug__") => {
            "nothing can be imported as `__debug__`"
        }
        Op::FSTRING | Op::TSTRING if args.iter().any(|part| !is_text(part)) => {
            "a VALUE among the parts of an FSTRING or TSTRING is a text"
        }
        op => {
            let holds_slice = |arg: &Node| arg.args().iter().any(|part| part.op() == Op::SLICE);
            let is_index = |at: usize| op == Op::INDEX && at == 1;
            let mut args = args.iter().enumerate();
            match args.any(|(at, a)| a.op() == Op::TUPLE && holds_slice(a) && !is_index(at)) {
                true => "a TUPLE with a SLICE can only be an index",
                false => return Ok(()),
            }
        }
    };
    Err(malformed(why.to_owned()))
}

/// Why argument `at` can't be what it is.
fn misplaced(node: &Node, at: usize, field: &Field) -> String {
    let (op, arg) = (node.op(), node.arg(at));
    let why = match (field.kind, arg.is_expression()) {
        (
            FieldKind::Target | FieldKind::SingleTarget | FieldKind::Many(_, FieldKind::Target),
            _,
        ) => {
            return format!("{op} has a target that can't be assigned");
        }
        (FieldKind::List(list, _), _) if arg.op() == list => {
            let wrong = arg
                .args()
                .iter()
                .find(|part| !allows(field.kind, &arg.with_args(vec![(*part).clone()])));
            let wrong = wrong.map_or(list, Node::op);
            return format!("{wrong} can't be in the `{}` of {op}", field.name);
        }
        (kind, _) if let Some(name) = name_at(kind, arg) => return bad_name(name).message,
        (_, true) => "can't be",
        _ => "isn't an expression and can't be",
    };
    format!("{} {why} argument {at} of {op}", arg.op())
}

/// The name that a field of this kind takes from the node.
fn name_at(kind: FieldKind, node: &Node) -> Option<&str> {
    match kind {
        FieldKind::Name => node.text(),
        FieldKind::Bound | FieldKind::Capture => variable(node),
        FieldKind::Optional(kind) | FieldKind::Many(_, kind) | FieldKind::Either(kind, _) => {
            name_at(*kind, node)
        }
        _ => None,
    }
}

fn check_name(node: &Node) -> Result<(), Malformed> {
    let op = node.op();
    let Some(name) = node.name() else {
        return match op.naming() {
            Naming::Variable | Naming::Nothing => Ok(()),
            Naming::Conversion | Naming::Parentheses => Ok(()),
            // A bare star.
            Naming::Own if op == Op::STARPARAM => Ok(()),
            _ => Err(malformed(format!("{op} needs a name"))),
        };
    };
    let is_op = |is: fn(Shape) -> bool| Op::from_name(name).is_some_and(|op| is(op.shape()));
    let is_fit = match op.naming() {
        Naming::Variable => is_identifier(name),
        Naming::Own if op == Op::VAR => is_identifier(name),
        Naming::Own | Naming::Keyword => is_assignable(name),
        Naming::Module => is_module(name),
        Naming::Imported => &**name == "*" || is_dotted(name),
        Naming::Parentheses => &**name == "()",
        Naming::Comparison if is_op(|shape| matches!(shape, Shape::Comparison(_))) => true,
        Naming::Operator if is_op(|shape| matches!(shape, Shape::Binary(..))) => true,
        Naming::Conversion if matches!(&**name, "r" | "s" | "a") => true,
        Naming::Comparison => {
            let why = format!("{op} needs the name of a comparison, as \"LT\"");
            return Err(malformed(why));
        }
        Naming::Operator => {
            let why = format!("{op} needs the name of an operator, as \"PLUS\"");
            return Err(malformed(why));
        }
        Naming::Conversion => {
            return Err(malformed(format!("`{name}` isn't a conversion: r, s or a")));
        }
        Naming::Nothing => return Err(malformed(format!("{op} has no name"))),
    };
    if is_fit { Ok(()) } else { Err(bad_name(name)) }
}

/// Whether `name` is a module's, with dots before it if it is relative.
fn is_module(name: &str) -> bool {
    let module = name.trim_start_matches('.');
    module.is_empty() && !name.is_empty() || is_dotted(module)
}

fn is_dotted(name: &str) -> bool {
    name.split('.').all(is_identifier)
}

fn bad_name(name: &str) -> Malformed {
    malformed(format!("`{name}` isn't a name that Python allows"))
}

fn malformed(message: String) -> Malformed {
    Malformed { message }
}

fn arity_words(min: usize, max: usize) -> String {
    match (min, max) {
        (1, 1) => "one argument".to_owned(),
        _ if min == max => format!("{min} arguments"),
        (_, usize::MAX) => format!("at least {min} arguments"),
        _ => format!("{min} to {max} arguments"),
    }
}

/// Whether Python reads `name` as an identifier that is no keyword:
/// <https://docs.python.org/3/reference/lexical_analysis.html#identifiers>
pub(super) fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    let starts = chars.next().is_some_and(|c| c == '_' || is_xid_start(c));
    starts && chars.all(is_xid_continue) && !is_keyword(name)
}

/// Whether something may be bound to the identifier, or passed under it.
fn is_assignable(name: &str) -> bool {
    is_identifier(name) && name != "__debug__"
}

/// Whether `node` may be there.
fn allows(kind: FieldKind, node: &Node) -> bool {
    match kind {
        FieldKind::Expression => node.is_expression(),
        FieldKind::Constant | FieldKind::Any => true,
        FieldKind::Name => node.text().is_some_and(is_identifier),
        FieldKind::Element => node.is_expression() || node.op() == Op::STAR,
        FieldKind::Index => node.is_expression() || matches!(node.op(), Op::SLICE | Op::STAR),
        FieldKind::Argument => {
            node.is_expression() || matches!(node.op(), Op::STAR | Op::KEYWORD | Op::DOUBLESTAR)
        }
        FieldKind::Target => is_target(node),
        FieldKind::SingleTarget => {
            node.is_definition() || is_target(node) && !matches!(node.op(), Op::TUPLE | Op::LIST)
        }
        FieldKind::Statement => node.is_statement(),
        FieldKind::Branch => node.op() == Op::BLOCK || node.is_expression(),
        FieldKind::Docstring => node.op() == Op::EMPTY || node.is_docstring(),
        FieldKind::Pattern => node.op().shape() == Shape::Pattern,
        FieldKind::Bound => variable(node).is_some_and(is_assignable),
        FieldKind::Capture => variable(node).is_some_and(|name| is_assignable(name) && name != "_"),
        FieldKind::DottedName => is_dotted_name(node),
        FieldKind::PatternValue => is_pattern_value(node),
        FieldKind::Only(ops) => ops.contains(&node.op()),
        FieldKind::Either(one, other) => allows(*one, node) || allows(*other, node),
        FieldKind::Optional(kind) => node.op() == Op::EMPTY || allows(*kind, node),
        FieldKind::Many(_, kind) => allows(*kind, node),
        FieldKind::List(op, kind) => {
            node.op() == op && node.args().iter().all(|part| allows(*kind, part))
        }
    }
}

/// The variable that the node is, or that it stands for as its definition.
fn variable(node: &Node) -> Option<&str> {
    match node.op() {
        Op::VAR => node.name().map(|name| &**name),
        _ => node.variable().map(|name| &**name),
    }
}

fn is_dotted_name(node: &Node) -> bool {
    match node.args() {
        [object, _] if node.op() == Op::ATTR && node.variable().is_none() => is_dotted_name(object),
        _ => variable(node).is_some(),
    }
}

/// A name alone would be bound, and not compared with.
fn is_pattern_value(node: &Node) -> bool {
    let is_number = |node: &Node| {
        let value = node.constant().filter(|_| node.variable().is_none());
        matches!(value, Some(Value::Int(_) | Value::Float(_) | Value::Complex { .. }))
    };
    let is_signed = |node: &Node| match node.args() {
        [operand] if node.op() == Op::NEG => is_number(operand),
        _ => is_number(node),
    };
    match (node.op(), node.args()) {
        _ if node.variable().is_some() => false,
        (Op::VALUE, _) => !matches!(node.constant(), Some(Value::Ellipsis)),
        (Op::ATTR, _) => is_dotted_name(node),
        (Op::NEG, _) => is_signed(node),
        (Op::PLUS | Op::MINUS, [real, imaginary]) => is_signed(real) && is_number(imaginary),
        _ => false,
    }
}

/// Whether the code can stand on the left of an assignment.
fn is_target(node: &Node) -> bool {
    match node.op() {
        _ if node.is_definition() => true,
        Op::VAR => variable(node).is_some_and(is_assignable),
        Op::ATTR => node.args().get(1).and_then(Node::text).is_some_and(is_assignable),
        Op::INDEX | Op::TEMPORARY => true,
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
