//! Questions about a tree: is it well formed, what does it bind, which variables are free in it.

use std::collections::BTreeSet;

use super::node::{Malformed, Name, Node, Origin, field_range};
use super::ops::{Field, Kind, Naming, Op, Shape};

/// Whether evaluating the tree may do more than compute a value: a call, `await`, `yield` or an
/// assignment expression, outside lambda bodies. Operators and attributes count as computing.
pub fn has_effects(node: &Node) -> bool {
    match node.op() {
        Op::CALL | Op::AWAIT | Op::YIELD | Op::YIELDFROM | Op::WALRUS => true,
        Op::LAMBDA => has_effects(&node.args()[0]),
        _ => node.args().iter().any(has_effects),
    }
}

/// A variable: its name and whose it is.
pub type Variable = (Name, Origin);

/// The variables that are used in the tree and not bound in it, in alphabetical order.
pub fn free_variables(node: &Node) -> Vec<Variable> {
    let mut found = BTreeSet::new();
    collect_free(node, &mut Vec::new(), &mut found);
    found.into_iter().map(|(name, origin)| (name, origin.0)).collect()
}

/// [`Origin`] with the order in which it is declared, so that a set of variables has one.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Ordered(Origin);

impl Ordered {
    fn key(self) -> (u8, u32) {
        match self.0 {
            Origin::Site => (0, 0),
            Origin::Module(file) => (1, file.0),
            Origin::Builtin => (2, 0),
            Origin::Quote(number) => (3, number),
            Origin::Library => (4, 0),
            Origin::Specialised(number) => (5, number),
        }
    }
}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

fn collect_free(node: &Node, bound: &mut Vec<Variable>, found: &mut BTreeSet<(Name, Ordered)>) {
    if node.op() == Op::VAR
        && let Some(name) = node.name()
    {
        let variable = (name.clone(), node.origin());
        if !bound.contains(&variable) {
            found.insert((variable.0, Ordered(variable.1)));
        }
        return;
    }
    let outer = bound.len();
    if node.op().opens_scope() {
        bound.extend(bound_names(node));
    }
    for arg in node.args() {
        collect_free(arg, bound, found);
    }
    bound.truncate(outer);
}

/// The variables that a LAMBDA or comprehension binds for what is in it. (Defaults and the first
/// iterable see them too here, which only matters to code that reuses one name for both.)
pub fn bound_names(node: &Node) -> Vec<Variable> {
    let mut names = Vec::new();
    match node.op() {
        Op::LAMBDA => {
            let parameters = node.args().first().map_or(&[][..], Node::args);
            for parameter in parameters {
                names.extend(parameter.name().map(|name| (name.clone(), parameter.origin())));
            }
        }
        _ => {
            for clause in node.args().iter().skip(1) {
                if let Some(target) = clause.args().first() {
                    target_names(target, &mut names);
                }
            }
        }
    }
    names
}

fn target_names(target: &Node, names: &mut Vec<Variable>) {
    match (target.op(), target.name()) {
        (Op::VAR, Some(name)) => names.push((name.clone(), target.origin())),
        (Op::TUPLE | Op::LIST | Op::STAR, _) => {
            for arg in target.args() {
                target_names(arg, names);
            }
        }
        _ => {}
    }
}

/// Checks a node's own form; its arguments have been checked already.
///
/// # Errors
/// A wrong number of arguments, a part where an expression is needed, a missing or bad name.
pub fn check(node: &Node) -> Result<(), Malformed> {
    let op = node.op();
    let (min, max) = op.arity();
    let count = if node.constant().is_some() { 1 } else { node.args().len() };
    if count < min || count > max {
        return Err(malformed(format!("{op} takes {}, not {count}", arity_words(min, max))));
    }
    check_name(node)?;
    for (index, field) in op.fields().iter().enumerate() {
        let (start, end) = field_range(op.fields(), index, node.args().len());
        let bad =
            (start..end).find(|at| node.args().get(*at).is_some_and(|a| !field.kind.allows(a)));
        if let Some(at) = bad {
            return Err(malformed(misplaced(node, at, field)));
        }
    }
    if op == Op::IF && node.args()[1].is_expression() != node.args()[2].is_expression() {
        return Err(malformed("the two bodies of an IF are expressions, or BLOCKs".to_owned()));
    }
    Ok(())
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
                .find(|part| !field.kind.allows(&arg.with_args(vec![(*part).clone()])));
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
        (_, Some(name)) if op.naming() == Naming::Own && !is_identifier(name) => {
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
