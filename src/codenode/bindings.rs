//! Which variables code binds, by Python's scopes, and which are free in it.
//!
//! A variable is a name and whose it is: `x` of the call site and `x` of a macro are two, even in
//! one function.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::node::{Loc, Name, Node, Origin};
use crate::python::op::{Evaluated, Op};

/// A variable: its name and whose it is.
pub(crate) type Variable = (Name, Origin);

/// The variables that running the code binds or deletes in the scope it stands in, each once.
pub(crate) fn bindings(node: &Node) -> Vec<Variable> {
    binders(node).into_iter().map(|(variable, _)| variable).collect()
}

/// Likewise, each with where the first thing that binds it came from.
pub(crate) fn binders(node: &Node) -> Vec<(Variable, Option<Loc>)> {
    let mut found = Bindings::default();
    found.collect(node);
    found.finish()
}

/// The variables that a function, class, lambda or comprehension binds for what is in it.
pub(crate) fn bound_names(node: &Node) -> Vec<Variable> {
    let mut found = Bindings::default();
    let field = |name| node.field(name).unwrap_or_default();
    let listed = |name| field(name).iter().flat_map(Node::args);
    listed("parameters").for_each(|parameter| found.own_name(parameter));
    field("body").iter().for_each(|body| found.collect(body));
    field("clauses").iter().for_each(|clause| found.target(clause.arg(0)));
    listed("type_parameters").for_each(|parameter| found.own_name(parameter));
    found.finish().into_iter().map(|(variable, _)| variable).collect()
}

#[derive(Default)]
struct Bindings {
    variables: Vec<(Variable, Option<Loc>)>,
    /// Those that are declared `global` or `nonlocal`.
    elsewhere: Vec<Variable>,
}

impl Bindings {
    fn add(&mut self, name: &Name, node: &Node) {
        let variable = (name.clone(), node.origin());
        if !self.variables.iter().any(|(known, _)| *known == variable) {
            self.variables.push((variable, node.loc()));
        }
    }

    fn finish(self) -> Vec<(Variable, Option<Loc>)> {
        let Bindings { mut variables, elsewhere } = self;
        variables.retain(|(variable, _)| !elsewhere.contains(variable));
        variables
    }

    fn own_name(&mut self, node: &Node) {
        if let Some(name) = node.name() {
            self.add(name, node);
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
            op if op.defines() => self.own_name(node),
            Op::GLOBAL | Op::NONLOCAL => {
                let named = node.args().iter();
                let named = named.filter_map(|n| Some((n.name()?.clone(), n.origin())));
                self.elsewhere.extend(named);
            }
            Op::ALIAS if node.arg(0).op() == Op::EMPTY => {
                let module = node.name().map_or("", |name| name.as_ref());
                if module != "*" {
                    let first = module.split('.').next().unwrap_or_default();
                    self.add(&first.into(), node);
                }
            }
            _ => {}
        }
        // A comprehension binds what assignment expressions in it assign in the scope around it.
        let is_frame = node.op().defines() || node.op() == Op::LAMBDA;
        for part in node.parts() {
            let Some(arg) = node.args().get(part.index) else { continue };
            match part.scope {
                Evaluated::Within if is_frame => {}
                Evaluated::Around if part.is_bound => self.target(arg),
                _ => self.collect(arg),
            }
        }
    }
}

/// Where a part of what opens a scope is evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// In the scope around: a decorator, a default value, what a comprehension goes through first.
    Outer,
    /// In the new scope.
    Inner,
}

/// The same lambda, comprehension, function or class, each of its parts changed with regard to where
/// it is evaluated. A parameter is changed without what it holds.
#[must_use]
pub(crate) fn map_scope(node: &Node, change: &mut dyn FnMut(&Node, Side) -> Node) -> Node {
    let has_types = node
        .field("type_parameters")
        .is_some_and(|types| types.iter().any(|types| !types.args().is_empty()));
    // Annotations and bases see the type parameters, which are a scope between the two; decorators,
    // which come first, don't.
    let outer = if has_types { Side::Inner } else { Side::Outer };
    let (mut index, count) = (0, node.args().len());
    node.map_args(|arg| {
        let evaluated = node.op().scope_of(index, count);
        index += 1;
        match (evaluated, arg.op()) {
            (Evaluated::Partly, Op::PARAMS) => arg.map_args(|p| map_parameter(p, outer, change)),
            (Evaluated::Partly, _) => map_clause(arg, change),
            (Evaluated::Around, _) if index == 1 => change(arg, Side::Outer),
            (Evaluated::Around, _) => change(arg, outer),
            (Evaluated::Within, _) => change(arg, Side::Inner),
        }
    })
}

/// A parameter, whose name is in the new scope and whose parts aren't.
fn map_parameter(
    parameter: &Node,
    outer: Side,
    change: &mut dyn FnMut(&Node, Side) -> Node,
) -> Node {
    let inside = parameter.map_args(|part| change(part, outer));
    let own = change(&parameter.with_args(Vec::new()), Side::Inner);
    match own.name() == parameter.name() && own.origin() == parameter.origin() {
        true => inside,
        false => inside.with_name(own.name().cloned()).with_origin(own.origin()),
    }
}

/// The first clause of a comprehension.
fn map_clause(clause: &Node, change: &mut dyn FnMut(&Node, Side) -> Node) -> Node {
    let (mut index, count) = (0, clause.args().len());
    clause.map_args(|part| {
        let evaluated = clause.op().scope_of(index, count);
        index += 1;
        match evaluated {
            Evaluated::Around => change(part, Side::Outer),
            _ => change(part, Side::Inner),
        }
    })
}

/// The scopes around a place in a tree, outermost first.
#[derive(Default)]
struct ScopesAround {
    scopes: Vec<(Op, Rc<Vec<Variable>>)>,
}

impl ScopesAround {
    /// Does something in the scope of `op` that binds these.
    fn within<R>(
        &mut self,
        (op, bound): (Op, &Rc<Vec<Variable>>),
        side: Side,
        work: impl FnOnce(&mut ScopesAround) -> R,
    ) -> R {
        if side == Side::Outer {
            return work(self);
        }
        self.scopes.push((op, bound.clone()));
        let result = work(self);
        self.scopes.pop();
        result
    }

    /// The variables that can be seen, the innermost scope's first: what a class binds isn't seen
    /// from the functions in it.
    fn visible(&self) -> impl Iterator<Item = &Variable> {
        let mut in_function = false;
        self.scopes
            .iter()
            .rev()
            .filter_map(move |(op, bound)| {
                let is_seen = *op != Op::CLASS || !in_function;
                in_function |= matches!(op, Op::DEF | Op::ASYNCDEF | Op::LAMBDA);
                is_seen.then_some(bound)
            })
            .flat_map(|bound| bound.iter())
    }
}

/// The variables that are used in the tree and not bound in it, in alphabetical order.
pub(crate) fn free_variables(node: &Node) -> Vec<Variable> {
    let mut found = BTreeSet::new();
    collect_free(node, &mut ScopesAround::default(), &mut found);
    found.into_iter().map(|(name, origin)| (name, origin.0)).collect()
}

fn collect_free(node: &Node, around: &mut ScopesAround, found: &mut BTreeSet<(Name, Ordered)>) {
    if node.op() == Op::VAR || node.is_definition() {
        for copy in node.copies() {
            let Some(name) = copy.name() else { continue };
            let variable = (name.clone(), copy.origin());
            if !around.visible().any(|bound| *bound == variable) {
                found.insert((variable.0, Ordered(variable.1)));
            }
        }
    }
    if !node.op().opens_scope() {
        node.args().iter().for_each(|arg| collect_free(arg, around, found));
        return;
    }
    let bound = Rc::new(bound_names(node));
    let _ = map_scope(node, &mut |part, side| {
        around.within((node.op(), &bound), side, |around| collect_free(part, around, found));
        part.clone()
    });
}

/// The same code, each variable that means whatever binds its name around it ([`Origin::Here`])
/// made that variable: one of the tree's if there is one, the call site's otherwise.
#[must_use]
pub(crate) fn captured(node: &Node) -> Node {
    let top = (Op::BLOCK, Rc::new(bindings(node)));
    resolve(node, &mut ScopesAround { scopes: vec![top] })
}

fn resolve(node: &Node, around: &mut ScopesAround) -> Node {
    let new = match node.op().opens_scope() {
        true => {
            let bound = Rc::new(bound_names(node));
            map_scope(node, &mut |part, side| {
                around.within((node.op(), &bound), side, |around| resolve(part, around))
            })
        }
        false => node.map_args(|arg| resolve(arg, around)),
    };
    if new.origin() != Origin::Here {
        return new;
    }
    let is_it = |v: &&Variable| Some(&v.0) == new.name() && v.1 != Origin::Here;
    let found = around.visible().find(is_it).map(|(_, origin)| *origin);
    new.with_origin(found.unwrap_or(Origin::Site))
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
            Origin::Step(id) => (7, id.0),
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
