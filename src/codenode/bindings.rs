//! Which variables code binds, by Python's scopes, and which are free in it.
//!
//! A variable is a name and whose it is: `x` of the call site and `x` of a macro are two, even in
//! one function. Scopes are taken a little wider than they are (a function's defaults count as
//! inside of it), which only matters to code that reuses one name for both.

use std::collections::BTreeSet;

use super::node::{Name, Node, Origin};
use super::ops::Op;

/// A variable: its name and whose it is.
pub type Variable = (Name, Origin);

/// The variables that running the code binds or deletes in the scope it stands in, each once.
pub fn bindings(node: &Node) -> Vec<Variable> {
    let mut found = Bindings::default();
    found.collect(node);
    found.variables.retain(|variable| !found.elsewhere.contains(variable));
    found.variables
}

/// The variables that a function, class, lambda or comprehension binds for what is in it.
pub fn bound_names(node: &Node) -> Vec<Variable> {
    let mut found = Bindings::default();
    match node.op() {
        Op::LAMBDA | Op::DEF | Op::ASYNCDEF => {
            let parameters = node.field("parameters").and_then(|field| field.first());
            for parameter in parameters.map_or(&[][..], Node::args) {
                found.own_name(parameter);
            }
            node.field("body").into_iter().flatten().for_each(|body| found.collect(body));
            type_parameters(node, &mut found);
        }
        Op::CLASS => {
            node.field("body").into_iter().flatten().for_each(|body| found.collect(body));
            type_parameters(node, &mut found);
        }
        _ => {
            for clause in node.args().iter().skip(1) {
                clause.args().first().into_iter().for_each(|target| found.target(target));
            }
        }
    }
    found.variables.retain(|variable| !found.elsewhere.contains(variable));
    found.variables
}

fn type_parameters(node: &Node, found: &mut Bindings) {
    let parameters = node.field("type_parameters").and_then(|field| field.first());
    parameters.map_or(&[][..], Node::args).iter().for_each(|p| found.own_name(p));
}

#[derive(Default)]
struct Bindings {
    variables: Vec<Variable>,
    /// Those that are declared `global` or `nonlocal`.
    elsewhere: Vec<Variable>,
}

impl Bindings {
    fn add(&mut self, name: &Name, origin: Origin) {
        let variable = (name.clone(), origin);
        if !self.variables.contains(&variable) {
            self.variables.push(variable);
        }
    }

    fn own_name(&mut self, node: &Node) {
        if let Some(name) = node.name() {
            self.add(name, node.origin());
        }
    }

    fn target(&mut self, target: &Node) {
        match target.op() {
            Op::VAR => self.own_name(target),
            Op::TUPLE | Op::LIST | Op::STAR => {
                target.args().iter().for_each(|part| self.target(part));
            }
            _ => self.collect(target),
        }
    }

    fn collect(&mut self, node: &Node) {
        if !node.holds_assignment() {
            return;
        }
        match node.op() {
            Op::DEF | Op::ASYNCDEF | Op::CLASS => {
                self.own_name(node);
                // Decorators, defaults and the like are evaluated here; the body isn't.
                let count = node.args().len();
                node.args().iter().take(count.saturating_sub(1)).for_each(|arg| self.collect(arg));
                return;
            }
            Op::LAMBDA => {
                node.args().iter().take(1).for_each(|arg| self.collect(arg));
                return;
            }
            Op::GLOBAL | Op::NONLOCAL => {
                let named = node.args().iter();
                let named = named.filter_map(|n| Some((n.name()?.clone(), n.origin())));
                self.elsewhere.extend(named);
            }
            Op::ALIAS if node.args()[0].op() == Op::EMPTY => {
                let module = node.name().map_or("", |name| name.as_ref());
                if module != "*" {
                    let first = module.split('.').next().unwrap_or_default();
                    self.add(&first.into(), node.origin());
                }
            }
            _ => {}
        }
        for (index, arg) in node.args().iter().enumerate() {
            match binds(node.op(), index, node.args().len()) {
                true => self.target(arg),
                false => self.collect(arg),
            }
        }
    }
}

/// Whether argument `index` of `count` is bound by a node with `op`.
fn binds(op: Op, index: usize, count: usize) -> bool {
    match op {
        Op::ASSIGN => index + 1 < count,
        Op::DELETE => true,
        Op::WALRUS
        | Op::AUGASSIGN
        | Op::ANNASSIGN
        | Op::FOR
        | Op::ASYNCFOR
        | Op::TYPEALIAS
        | Op::ALIAS
        | Op::MATCHSTAR
        | Op::MATCHREST => index == 0,
        Op::WITHITEM | Op::EXCEPT | Op::MATCHAS => index == 1,
        _ => false,
    }
}

/// The variables that are used in the tree and not bound in it, in alphabetical order.
pub fn free_variables(node: &Node) -> Vec<Variable> {
    let mut found = BTreeSet::new();
    collect_free(node, &mut Vec::new(), &mut found);
    found.into_iter().map(|(name, origin)| (name, origin.0)).collect()
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

/// The same code, each variable that means whatever binds its name around it ([`Origin::Here`])
/// made that variable: one of the tree's if there is one, the call site's otherwise.
#[must_use]
pub fn captured(node: &Node) -> Node {
    let mut around = bindings(node);
    resolve(node, &mut around)
}

fn resolve(node: &Node, around: &mut Vec<Variable>) -> Node {
    let outer = around.len();
    if node.op().opens_scope() {
        around.extend(bound_names(node));
    }
    let mut new = node.map_args(|arg| resolve(arg, around));
    if new.origin() == Origin::Here {
        // A definition's name is of the scope around it.
        let visible = if new.op().opens_scope() { outer } else { around.len() };
        let is_it = |v: &&Variable| Some(&v.0) == new.name() && v.1 != Origin::Here;
        let found = around[..visible].iter().rev().find(is_it).map(|(_, origin)| *origin);
        new = new.with_origin(found.unwrap_or(Origin::Site));
    }
    around.truncate(outer);
    new
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
            Origin::Here => (6, 0),
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
