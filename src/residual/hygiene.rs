//! Names that a macro's lambdas and comprehensions bind must not capture the call site's.
//!
//! `uneval(lambda t: t + x)` with the call site's own `t` for `x` becomes `lambda t2: t2 + t`.

use std::collections::HashSet;

use crate::codenode::{Name, Node, Op, Origin, Variable, bound_names, free_variables};

/// The same code, with each bound name changed under which a free variable of the body would be
/// captured. `taken` tells which names are in use around it.
pub fn rename_captured(node: &Node, taken: &dyn Fn(&str) -> bool) -> Node {
    let mut node = rename_bound(node, taken);
    let assigned = assigned_variables(&node);
    let mut used: HashSet<Name> = HashSet::new();
    names_in(&node, &mut used);
    for (index, variable) in assigned.iter().enumerate() {
        let (name, origin) = variable;
        let is_same = |other: &Variable| other.0 == *name && other.1 != *origin;
        let clashes = taken(name) || assigned[..index].iter().any(is_same);
        if *origin != Origin::Site && clashes {
            let fresh = fresh_name(name, &|name| taken(name) || used.contains(name));
            used.insert(fresh.clone());
            node = rename_variable(&node, variable, &(fresh, *origin));
        }
    }
    node
}

/// The names that evaluating the code assigns or deletes.
pub fn assigned_names(node: &Node, out: &mut HashSet<Name>) {
    if !node.holds_assignment() {
        return;
    }
    if node.op() == Op::WALRUS || node.is_statement() {
        names_of_target(&node.args()[0], out);
    }
    for arg in node.args() {
        assigned_names(arg, out);
    }
}

fn names_of_target(target: &Node, out: &mut HashSet<Name>) {
    match target.op() {
        Op::VAR => out.extend(target.name().cloned()),
        Op::TUPLE | Op::LIST | Op::STAR => {
            target.args().iter().for_each(|part| names_of_target(part, out));
        }
        _ => {}
    }
}

/// The targets of assignment expressions: they become variables of the call site.
pub fn assigned_variables(node: &Node) -> Vec<Variable> {
    let mut found = Vec::new();
    collect_assigned(node, &mut found);
    found
}

fn collect_assigned(node: &Node, out: &mut Vec<Variable>) {
    if !node.holds_assignment() {
        return;
    }
    if node.op() == Op::WALRUS
        && let Some(name) = node.args()[0].name()
    {
        let variable = (name.clone(), node.args()[0].origin());
        if !out.contains(&variable) {
            out.push(variable);
        }
    }
    for arg in node.args() {
        collect_assigned(arg, out);
    }
}

fn rename_bound(node: &Node, taken: &dyn Fn(&str) -> bool) -> Node {
    if !node.holds_scope() {
        return node.clone();
    }
    let mut node = node.map_args(|arg| rename_bound(arg, taken));
    if !node.op().opens_scope() {
        return node;
    }
    let bound = bound_names(&node);
    let free = free_variables(&node);
    let captures = |(name, origin): &Variable| {
        free.iter().any(|(other, theirs)| other == name && theirs != origin)
            || bound.iter().any(|(other, theirs)| other == name && theirs != origin)
    };
    let mut used: HashSet<Name> = HashSet::new();
    names_in(&node, &mut used);
    for variable in bound.iter().filter(|v| v.1 != Origin::Site && captures(v)) {
        let fresh = fresh_name(&variable.0, &|name| taken(name) || used.contains(name));
        used.insert(fresh.clone());
        node = rename_variable(&node, variable, &(fresh, variable.1));
    }
    node
}

/// `wanted` with the first number, from 2, for which it isn't taken.
pub fn fresh_name(wanted: &str, taken: &dyn Fn(&str) -> bool) -> Name {
    let mut candidates = (2u32..).map(|n| format!("{wanted}{n}"));
    // The numbers don't end before the taken names do.
    candidates.find(|name| !taken(name)).unwrap_or_default().into()
}

fn names_in(node: &Node, out: &mut HashSet<Name>) {
    if matches!(node.op(), Op::VAR | Op::PARAM | Op::STARPARAM | Op::DOUBLESTARPARAM) {
        out.extend(node.name().cloned());
    }
    for arg in node.args() {
        names_in(arg, out);
    }
}

/// The same code with one variable in place of another.
pub fn rename_variable(node: &Node, from: &Variable, to: &Variable) -> Node {
    let node = node.map_args(|arg| rename_variable(arg, from, to));
    let is_it = matches!(node.op(), Op::VAR | Op::PARAM | Op::STARPARAM | Op::DOUBLESTARPARAM)
        && node.name() == Some(&from.0)
        && node.origin() == from.1;
    match is_it {
        true if from.0 == to.0 => node.with_origin(to.1),
        true => node.with_name(Some(to.0.clone())).with_origin(to.1),
        false => node,
    }
}
