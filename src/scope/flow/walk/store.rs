//! What is stored where, in which order.

use rustpython_ast::Expr;
use rustpython_ast::name::Name;
use rustpython_text_size::TextRange;

use super::{Notes, Target, Walk};
use crate::scope::flow::state::Bound;
use crate::scope::flow::value::Value;
use crate::scope::flow::{Cut, Known, Reason};
use crate::scope::{Place, ScopeId};

impl Walk<'_> {
    /// Assigns the value of an expression to each of the targets.
    pub(super) fn assign(
        &mut self,
        targets: &[&Expr],
        code: &Expr,
        value: Value,
        place: TextRange,
    ) {
        let mut all = Vec::new();
        targets.iter().for_each(|t| self.target(t, Some((code, value)), place, &mut all));
        self.store(all, place);
    }

    /// Assigns something nobody knows.
    pub(super) fn assign_unknown(&mut self, target: &Expr, place: TextRange) {
        let mut all = Vec::new();
        self.target(target, None, place, &mut all);
        self.store(all, place);
    }

    /// Stores to targets one after the other: what is stored to a variable may be read in the
    /// next.
    pub(super) fn store(&mut self, mut all: Vec<Target<'_>>, place: TextRange) {
        let mut rest = &mut all[..];
        while let Some((target, others)) = rest.split_first_mut() {
            match target {
                Target::Variable(bound) => {
                    let known = std::mem::take(&mut bound.known);
                    self.bind(Bound { name: bound.name.clone(), known }, others, place);
                }
                Target::Part(Expr::Attribute(e)) => {
                    self.evaluate(&e.value);
                    self.disturb(place);
                }
                Target::Part(Expr::Subscript(e)) => {
                    self.evaluate(&e.value);
                    self.evaluate(&e.slice);
                    self.disturb(place);
                }
                Target::Part(_) => {}
            }
            rest = others;
        }
    }

    /// What an assignment stores to, in order, with what is known of it.
    fn target<'e>(
        &mut self,
        target: &'e Expr,
        source: Option<(&'e Expr, Value)>,
        place: TextRange,
        all: &mut Vec<Target<'e>>,
    ) {
        match target {
            Expr::Name(name) => {
                let known = source.map(|(code, value)| self.known(&name.id, code, value, place));
                let cut = Cut { reason: Reason::Form, place };
                let unknown = Known { cut: Some(cut), ..Known::default() };
                let bound = self.bound(&name.id, name.range, known.unwrap_or(unknown));
                all.extend(bound.map(Target::Variable));
            }
            Expr::Tuple(_) | Expr::List(_) => {
                for (target, source) in parts(target, source.map(|(code, _)| code)) {
                    // Its parts were evaluated: a second look at them changes nothing.
                    let source = source.map(|code| (code, self.looked_at(code)));
                    self.target(target, source, place, all);
                }
            }
            Expr::Starred(starred) => self.target(&starred.value, None, place, all),
            other => all.push(Target::Part(other)),
        }
    }

    /// What the value of code that has been evaluated is like.
    fn looked_at(&mut self, code: &Expr) -> Value {
        let state = self.state.clone();
        let notes = std::mem::replace(&mut self.notes, Notes::Ignored);
        let value = self.evaluate(code);
        self.notes = notes;
        self.state = state;
        value
    }

    /// The variable with what is known of it, if it is one that the walk looks after.
    pub(super) fn bound(&self, name: &Name, place: TextRange, known: Known) -> Option<Bound> {
        let scopes = self.around.scopes;
        let scope = scopes.use_at(place.start()).map_or(self.scope, |used| used.scope);
        if scopes.lookup(scope, name) != scopes.lookup(self.frame, name) {
            // A variable of a class, or of a comprehension.
            return None;
        }
        let is_own = scopes.lookup(self.frame, name) == Place::Bound(self.frame);
        let known = match is_own && !self.is_elsewhere(self.frame, name) {
            true => known,
            false => Known::default(),
        };
        Some(Bound { name: name.clone(), known })
    }

    fn known(&self, name: &Name, code: &Expr, value: Value, place: TextRange) -> Known {
        let fact = (!value.refused).then(|| self.definition(code, value));
        let cut = fact.is_none().then_some(Cut { reason: Reason::Form, place });
        let named = self.frame == ScopeId::MODULE && self.around.program.is_immutable(name);
        let container = value.container;
        Known { fact, immutable: value.immutable || named, container, cut }
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
