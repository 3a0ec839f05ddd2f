//! Whether a tree is well formed, by the table of ops.

use super::node::{Malformed, Node};
use super::ops::{Field, Kind, Naming, Op, Shape, field_range};
use super::value::Value;

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
    let first_is_there = |part: &Node| part.args().first().is_some_and(is_there);
    let why = match node.op() {
        Op::IF if args[1].is_expression() != args[2].is_expression() => {
            "the two bodies of an IF are expressions, or BLOCKs"
        }
        Op::LAMBDA if args[0].args().iter().any(first_is_there) => {
            "the parameters of a LAMBDA have no annotations"
        }
        Op::RAISE if is_there(&args[1]) && !is_there(&args[0]) => {
            "a RAISE with a cause needs an exception"
        }
        Op::TRYSTAR if !args[1].args().iter().all(first_is_there) => {
            "each EXCEPT of a TRYSTAR needs a type"
        }
        Op::EXCEPT if is_there(&args[1]) && !is_there(&args[0]) => {
            "an EXCEPT with a target needs a type"
        }
        Op::MATCHAS if is_there(&args[0]) && !is_there(&args[1]) => {
            "a MATCHAS with a pattern needs a target"
        }
        Op::ALIAS if is_there(&args[0]) && node.name().is_some_and(|name| &**name == "*") => {
            "an ALIAS called `*` has no other name"
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
    let (op, arg) = (node.op(), &node.args()[at]);
    let why = match (field.kind, arg.is_expression()) {
        (Kind::Target | Kind::SingleTarget | Kind::Many(_, Kind::Target), _) => {
            return format!("{op} has a target that can't be assigned");
        }
        (Kind::List(list, _), _) if arg.op() == list => {
            let wrong = arg
                .args()
                .iter()
                .find(|part| !allows(field.kind, &arg.with_args(vec![(*part).clone()])));
            let wrong = wrong.map_or(list, Node::op);
            return format!("{wrong} can't be in the `{}` of {op}", field.name);
        }
        (_, true) => "can't be",
        _ => "isn't an expression and can't be",
    };
    format!("{} {why} argument {at} of {op}", arg.op())
}

fn check_name(node: &Node) -> Result<(), Malformed> {
    let op = node.op();
    match (op, node.name()) {
        (Op::STARPARAM | Op::FIELD | Op::ANNASSIGN, None) => Ok(()),
        (_, None) if matches!(op.naming(), Naming::Own | Naming::Word) => {
            Err(malformed(format!("{op} needs a name")))
        }
        (_, Some(_)) if op.naming() == Naming::Nothing => {
            Err(malformed(format!("{op} has no name")))
        }
        (Op::KEYWORD | Op::MATCHKEYWORD, Some(name)) if !is_identifier(name) => Err(bad_name(name)),
        (_, Some(name))
            if matches!(op.naming(), Naming::Own | Naming::Variable) && !is_identifier(name) =>
        {
            Err(bad_name(name))
        }
        (Op::ALIAS, Some(name)) if &**name != "*" && !name.split('.').all(is_identifier) => {
            Err(bad_name(name))
        }
        (Op::IMPORTFROM, Some(name)) => {
            let module = name.trim_start_matches('.');
            let relative = module.len() < name.len();
            match relative && module.is_empty() || module.split('.').all(is_identifier) {
                true => Ok(()),
                false => Err(bad_name(name)),
            }
        }
        (Op::ANNASSIGN, Some(name)) if &**name != "()" => Err(bad_name(name)),
        (Op::LINK, name) => match name.and_then(|n| Op::from_name(n)).map(Op::shape) {
            Some(Shape::Comparison(_)) => Ok(()),
            _ => Err(malformed("LINK needs the name of a comparison, as \"LT\"".to_owned())),
        },
        (Op::AUGASSIGN, name) => match name.and_then(|n| Op::from_name(n)).map(Op::shape) {
            Some(Shape::Binary(..)) => Ok(()),
            _ => Err(malformed("AUGASSIGN needs the name of an operator, as \"PLUS\"".to_owned())),
        },
        (Op::FIELD, Some(name)) if !matches!(&**name, "r" | "s" | "a") => {
            Err(malformed(format!("`{name}` isn't a conversion: r, s or a")))
        }
        _ => Ok(()),
    }
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

/// Whether Python reads `name` as an identifier: letters by Unicode, and no keyword.
fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    let starts = chars.next().is_some_and(|c| c == '_' || c.is_alphabetic());
    starts && chars.all(|c| c == '_' || c.is_alphanumeric() || !c.is_ascii()) && !is_keyword(name)
}

/// Whether `name` is a keyword:
/// <https://docs.python.org/3/reference/lexical_analysis.html#keywords>
pub fn is_keyword(name: &str) -> bool {
    const KEYWORDS: [&str; 35] = [
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class",
        "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global",
        "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return",
        "try", "while", "with", "yield",
    ];
    KEYWORDS.contains(&name)
}

/// Whether `node` may be there.
fn allows(kind: Kind, node: &Node) -> bool {
    match kind {
        Kind::Expression => node.is_expression(),
        Kind::Constant | Kind::Any => true,
        Kind::Word => node.text().is_some(),
        Kind::Element => node.is_expression() || node.op() == Op::STAR,
        Kind::Index => node.is_expression() || matches!(node.op(), Op::SLICE | Op::STAR),
        Kind::Argument => {
            node.is_expression() || matches!(node.op(), Op::STAR | Op::KEYWORD | Op::DOUBLESTAR)
        }
        Kind::Target => is_target(node),
        Kind::SingleTarget => {
            node.is_definition() || is_target(node) && !matches!(node.op(), Op::TUPLE | Op::LIST)
        }
        Kind::Statement => node.is_statement(),
        Kind::Branch => node.op() == Op::BLOCK || node.is_expression(),
        Kind::Docstring => node.op() == Op::EMPTY || node.is_docstring(),
        Kind::Pattern => is_pattern(node.op()),
        // A definition stands for its variable.
        Kind::Only(ops) => {
            ops.contains(&node.op()) || ops.contains(&Op::VAR) && node.is_definition()
        }
        Kind::Either(one, other) => allows(*one, node) || allows(*other, node),
        Kind::Optional(kind) => node.op() == Op::EMPTY || allows(*kind, node),
        Kind::Many(_, kind) => allows(*kind, node),
        Kind::List(op, kind) => {
            node.op() == op && node.args().iter().all(|part| allows(*kind, part))
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
        _ if node.is_definition() => true,
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
