//! Questions about a tree: is it well formed, what does it bind, which variables are free in it.

use std::collections::BTreeSet;

use super::node::{Malformed, Name, Node, Origin};
use super::ops::{Op, Shape};

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
    if op == Op::ASSIGN && !is_target(&node.args()[0]) {
        return Err(malformed("ASSIGN has a target that can't be assigned".to_owned()));
    }
    for (index, arg) in node.args().iter().enumerate() {
        if !may_hold(op, index, arg.op()) {
            let why = if arg.op().is_expression() {
                "can't be"
            } else {
                "isn't an expression and can't be"
            };
            return Err(malformed(format!("{} {why} argument {index} of {op}", arg.op())));
        }
    }
    Ok(())
}

/// Whether the code can stand on the left of an assignment.
fn is_target(node: &Node) -> bool {
    match node.op() {
        Op::VAR => node.name().is_some_and(|name| &**name != "__debug__"),
        Op::ATTR | Op::INDEX | Op::TEMPORARY => true,
        Op::TUPLE | Op::LIST => {
            let stars = node.args().iter().filter(|part| part.op() == Op::STAR).count();
            stars < 2 && node.args().iter().all(is_target)
        }
        Op::STAR => node.args().iter().all(is_target),
        _ => false,
    }
}

fn check_name(node: &Node) -> Result<(), Malformed> {
    let op = node.op();
    match (op, node.name()) {
        (Op::VAR | Op::KEYWORD | Op::PARAM | Op::DOUBLESTARPARAM, None) => {
            Err(malformed(format!("{op} needs a name")))
        }
        (Op::VAR | Op::KEYWORD | Op::PARAM | Op::STARPARAM | Op::DOUBLESTARPARAM, Some(name))
            if !is_identifier(name) =>
        {
            Err(malformed(format!("`{name}` isn't a name that Python allows")))
        }
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

/// Whether an `arg` node may be argument `index` of an `op` node.
fn may_hold(op: Op, index: usize, arg: Op) -> bool {
    use Op::*;
    match (op, index) {
        (CALL, 1..) => arg.is_expression() || matches!(arg, STAR | KEYWORD | DOUBLESTAR),
        (TUPLE, _) => arg.is_expression() || matches!(arg, STAR | SLICE),
        (LIST | SET, _) => arg.is_expression() || arg == STAR,
        (DICT, _) => matches!(arg, PAIR | DOUBLESTAR),
        (DICTCOMP, 0) => arg == PAIR,
        (LISTCOMP | SETCOMP | DICTCOMP | GENERATOR, 1..) => {
            matches!(arg, FORCLAUSE | ASYNCFORCLAUSE)
        }
        (FORCLAUSE | ASYNCFORCLAUSE, 0) => {
            matches!(arg, VAR | TUPLE | LIST | ATTR | INDEX | STAR)
        }
        (CHAIN, 1..) => arg == LINK,
        (ATTR, 1) => arg == VALUE,
        (INDEX, 1) => arg.is_expression() || matches!(arg, SLICE | STAR),
        (SLICE, _) | (YIELD, _) => arg.is_expression() || arg == EMPTY,
        (LAMBDA, 0) => arg == PARAMS,
        (PARAMS, _) => matches!(arg, PARAM | STARPARAM | DOUBLESTARPARAM | SLASH),
        (PARAM | STARPARAM | DOUBLESTARPARAM, _) => {
            arg.is_expression() || matches!(arg, EMPTY | STAR)
        }
        (FSTRING | TSTRING, _) => matches!(arg, VALUE | FIELD),
        (FIELD, 1) => matches!(arg, FSTRING | EMPTY),
        (WALRUS, 0) => arg == VAR,
        (ASSIGN, 0) => matches!(arg, VAR | TUPLE | LIST | ATTR | INDEX),
        (AUGASSIGN | DELETE, 0) => matches!(arg, VAR | ATTR | INDEX | TEMPORARY),
        _ => arg.is_expression(),
    }
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
