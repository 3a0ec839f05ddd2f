//! Questions about a tree: what does it bind, which variables are free in it, what may it do.

use std::collections::BTreeSet;

use super::node::{Name, Node, Origin};
use super::ops::Op;

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
