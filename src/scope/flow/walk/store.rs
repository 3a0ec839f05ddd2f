//! What is stored where, in which order.

use rustpython_ast::Expr;
use rustpython_ast::name::Name;
use rustpython_text_size::TextRange;

use super::{FlowWalk, Notes, StoreTarget};
use crate::scope::flow::KnownVariable;
use crate::scope::flow::state::BoundVariable;
use crate::scope::flow::value::AbstractValue;
use crate::scope::{Place, ScopeId};

impl FlowWalk<'_> {
    /// Assigns the value of an expression to each of the targets.
    pub(super) fn assign(&mut self, targets: &[&Expr], code: &Expr, value: AbstractValue) {
        let mut all = Vec::new();
        targets.iter().for_each(|t| self.target(t, Some((code, value)), &mut all));
        self.store(all);
    }

    /// Assigns something nobody knows.
    pub(super) fn assign_unknown(&mut self, target: &Expr) {
        let mut all = Vec::new();
        self.target(target, None, &mut all);
        self.store(all);
    }

    /// Stores to targets one after the other: what is stored to a variable may be read in the
    /// next.
    pub(super) fn store(&mut self, mut all: Vec<StoreTarget<'_>>) {
        let mut rest = &mut all[..];
        while let Some((target, others)) = rest.split_first_mut() {
            match target {
                StoreTarget::Variable(bound) => {
                    let known = std::mem::take(&mut bound.known);
                    self.bind(BoundVariable { name: bound.name.clone(), known }, others);
                }
                StoreTarget::Part(Expr::Attribute(e)) => {
                    self.evaluate(&e.value);
                    self.disturb();
                }
                StoreTarget::Part(Expr::Subscript(e)) => {
                    self.evaluate(&e.value);
                    self.evaluate(&e.slice);
                    self.disturb();
                }
                StoreTarget::Part(_) => {}
            }
            rest = others;
        }
    }

    /// What an assignment stores to, in order, with what is known of it.
    fn target<'e>(
        &mut self,
        target: &'e Expr,
        source: Option<(&'e Expr, AbstractValue)>,
        all: &mut Vec<StoreTarget<'e>>,
    ) {
        match target {
            Expr::Name(name) => {
                let known = source.map(|(code, value)| self.known(&name.id, code, value));
                let bound = self.bound(&name.id, name.range, known.unwrap_or_default());
                all.extend(bound.map(StoreTarget::Variable));
            }
            Expr::Tuple(_) | Expr::List(_) => {
                for (target, source) in parts(target, source.map(|(code, _)| code)) {
                    // Its parts were evaluated: a second look at them changes nothing.
                    let source = source.map(|code| (code, self.looked_at(code)));
                    self.target(target, source, all);
                }
            }
            Expr::Starred(starred) => self.target(&starred.value, None, all),
            other => all.push(StoreTarget::Part(other)),
        }
    }

    /// What the value of code that has been evaluated is like.
    fn looked_at(&mut self, code: &Expr) -> AbstractValue {
        let state = self.state.clone();
        let notes = std::mem::replace(&mut self.notes, Notes::Ignored);
        let value = self.evaluate(code);
        self.notes = notes;
        self.state = state;
        value
    }

    /// The variable with what is known of it, if it is one that the walk looks after.
    pub(super) fn bound(
        &self,
        name: &Name,
        place: TextRange,
        known: KnownVariable,
    ) -> Option<BoundVariable> {
        let scopes = self.around.scopes;
        let scope = scopes.use_at(place.start()).map_or(self.scope, |used| used.scope);
        if scopes.lookup(scope, name) != scopes.lookup(self.frame, name) {
            // A variable of a class, or of a comprehension.
            return None;
        }
        let is_own = scopes.lookup(self.frame, name) == Place::Bound(self.frame);
        let known = match is_own && !self.is_elsewhere(self.frame, name) {
            true => known,
            false => KnownVariable::default(),
        };
        Some(BoundVariable { name: name.clone(), known })
    }

    fn known(&self, name: &Name, code: &Expr, value: AbstractValue) -> KnownVariable {
        let fact = (!value.refused).then(|| self.definition(code, value));
        let named = self.frame == ScopeId::MODULE && self.around.program.is_immutable(name);
        let container = value.container;
        KnownVariable { fact, immutable: value.immutable || named, container }
    }
}

/// The targets in a tuple or list with what each is assigned, where that is written out.
fn parts<'e>(target: &'e Expr, code: Option<&'e Expr>) -> Vec<(&'e Expr, Option<&'e Expr>)> {
    let (Some(targets), values) = (elements(target), code.and_then(elements)) else {
        return Vec::new();
    };
    let has_star = |exprs: &[Expr]| exprs.iter().any(Expr::is_starred_expr);
    match values {
        Some(values)
            if values.len() == targets.len() && !has_star(targets) && !has_star(values) =>
        {
            targets.iter().zip(values.iter().map(Some)).collect()
        }
        _ => targets.iter().map(|target| (target, None)).collect(),
    }
}

fn elements(expr: &Expr) -> Option<&[Expr]> {
    match expr {
        Expr::Tuple(tuple) => Some(&tuple.elts),
        Expr::List(list) => Some(&list.elts),
        _ => None,
    }
}
