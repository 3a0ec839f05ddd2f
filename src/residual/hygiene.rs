//! Names that a macro's lambdas and comprehensions bind must not capture the call site's.
//!
//! `uneval(lambda t: t + x)` with the call site's own `t` for `x` becomes `lambda t2: t2 + t`.

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use super::fresh::fresh_name;
use crate::codenode::{
    Name, Naming, Node, Op, Origin, Side, Variable, bindings, bound_names, free_variables,
    map_scope,
};

/// The same code, with each bound name changed under which a free variable of the body would be
/// captured. `taken` tells which names are in use around it.
pub(crate) fn rename_captured(node: &Node, taken: &dyn Fn(&str) -> bool) -> Node {
    let mut node = rename_bound(node, taken);
    let assigned = bindings(&node);
    let mut used: HashSet<Name> = HashSet::new();
    names_in(&node, &mut used);
    for (index, variable) in assigned.iter().enumerate() {
        let (name, origin) = variable;
        let is_same = |other: &Variable| other.0 == *name && other.1 != *origin;
        let before = assigned.get(..index).unwrap_or_default();
        let clashes =
            taken(name) || before.iter().any(is_same) || is_captured_within(&node, variable);
        if *origin != Origin::Site && clashes {
            let fresh = fresh_name(name, &|name| taken(name) || used.contains(name));
            used.insert(fresh.clone());
            node = rename_variable(&node, variable, &(fresh, *origin));
        }
    }
    node
}

/// The names that evaluating the code, or a function in it, may bind or delete.
pub(crate) fn assigned_names(node: &Node, out: &mut HashSet<Name>) {
    if !node.holds_assignment() {
        return;
    }
    out.extend(bindings(node).into_iter().map(|(name, _)| name));
    inner_bindings(node, out);
}

/// What functions in the code declare as theirs, and anything else they bind: being too careful
/// only costs a name.
fn inner_bindings(node: &Node, out: &mut HashSet<Name>) {
    if !node.holds_assignment() {
        return;
    }
    if node.op().opens_scope() {
        out.extend(bound_names(node).into_iter().map(|(name, _)| name));
    }
    if matches!(node.op(), Op::GLOBAL | Op::NONLOCAL) {
        out.extend(node.args().iter().filter_map(|name| name.name().cloned()));
    }
    node.args().iter().for_each(|arg| inner_bindings(arg, out));
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
    let captures = |node: &Node, variable: &Variable| {
        is_among(&free, variable)
            || is_among(&bound, variable)
            || is_captured_within(node, variable)
    };
    let mut used: HashSet<Name> = HashSet::new();
    names_in(&node, &mut used);
    // The names in a class are attributes, and stay.
    let may_rename = node.op() != Op::CLASS;
    for variable in bound.iter().filter(|variable| may_rename && variable.1 != Origin::Site) {
        if !captures(&node, variable) {
            continue;
        }
        let fresh = fresh_name(&variable.0, &|name| taken(name) || used.contains(name));
        used.insert(fresh.clone());
        let to = (fresh, variable.1);
        node = map_scope(&node, &mut |part, side| match side {
            Side::Inner => rename_variable(part, variable, &to),
            Side::Outer => part.clone(),
        });
    }
    node
}

/// Whether one of the variables is another of the same name.
fn is_among(variables: &[Variable], (name, origin): &Variable) -> bool {
    variables.iter().any(|(other, theirs)| other == name && theirs != origin)
}

/// Whether a scope in the code uses the variable and binds another of its name.
fn is_captured_within(node: &Node, variable: &Variable) -> bool {
    let captures = |scope: &Node| {
        scope.op().opens_scope()
            && is_among(&bound_names(scope), variable)
            && free_variables(scope).contains(variable)
    };
    let mut scopes = node.args().iter().filter(|arg| arg.holds_scope());
    scopes.any(|arg| captures(arg) || is_captured_within(arg, variable))
}

fn names_in(node: &Node, out: &mut HashSet<Name>) {
    if node.op().naming() == Naming::Own || node.op() == Op::ALIAS {
        out.extend(node.name().cloned());
    }
    for arg in node.args() {
        names_in(arg, out);
    }
}

/// The same code with one variable in place of another.
pub(crate) fn rename_variable(node: &Node, from: &Variable, to: &Variable) -> Node {
    let node = node.map_args(|arg| rename_variable(arg, from, to));
    let is_it = matches!(node.op().naming(), Naming::Own)
        && node.name() == Some(&from.0)
        && node.origin() == from.1;
    let is_import = node.op() == Op::ALIAS
        && node.arg(0).op() == Op::EMPTY
        && node.name() == Some(&from.0)
        && node.origin() == from.1;
    match is_it {
        _ if is_import && from.0 != to.0 => node.with_args(vec![Node::var(to.0.clone(), to.1)]),
        true if from.0 == to.0 => node.with_origin(to.1),
        true => node.with_name(Some(to.0.clone())).with_origin(to.1),
        false if is_import => node.with_origin(to.1),
        false => node,
    }
}
