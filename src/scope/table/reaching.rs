//! Which bindings of its variable a use may see.
//!
//! Python is not compiled here, only its order is used. The walk has numbered uses and bindings in
//! evaluation order, so within one run of a scope's code "earlier" is a comparison of steps:
//!
//! ```python
//! x = 1          # binding at step 1 (the name as a use had step 0), straight
//! if c:          # use at step 2
//!     x = 2      # binding at step 4, nested
//! f(x)           # uses at steps 5 and 6
//! x = 3          # binding at step 8, straight
//! ```
//!
//! For the use at step 6: the *limit* is 6, since nothing later can have happened (were there a
//! loop around it, the limit would be the end of the outermost one). The *killer* is the last
//! straight binding before the use, `x = 1`: it has certainly happened, so nothing before it can
//! be seen. What is left between them may reach: `x = 1` and `x = 2`. A `del` kills, and brings
//! nothing.
//!
//! A straight binding that precedes the use in the same run of code has completed, wherever the
//! use stands: under an `if`, in a loop, in a `try` or its handlers. That is why straight bindings
//! need no look at the branches between, and why branches need no look at each other: a binding in
//! the other branch is counted, which errs on the safe side.
//!
//! Code that runs at another time (a function, a generator expression, an annotation) may see any
//! binding, and bindings made `Elsewhere` may come at any time.

use super::{Place, ScopeId, Scopes, Use};
use crate::scope::binding::{Binding, BindingKind, Position, StarImport};

/// The bindings that a use may see.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Reaching<'a> {
    /// Only this one. It need not have happened.
    One(&'a Binding),
    /// One of these, in source order.
    Many(Vec<&'a Binding>),
    /// None in this file: the name is unbound here, a builtin, or from a star import.
    None,
}

impl<'a> Reaching<'a> {
    fn of(mut found: Vec<&'a Binding>) -> Reaching<'a> {
        match found.len() {
            0 => Reaching::None,
            1 => Reaching::One(found.remove(0)),
            _ => Reaching::Many(found),
        }
    }
}

/// The last binding or `del` that happens whenever the module runs.
fn last_certain(bindings: &[Binding]) -> Option<&Binding> {
    bindings
        .iter()
        .filter(|binding| binding.position == Position::Straight)
        .filter(|binding| binding.kind != BindingKind::Declaration)
        .max_by_key(|binding| binding.step)
}

impl Scopes {
    /// The bindings that a use may see when it is evaluated: never too few. What a store or `del`
    /// replaces is what a load in its place would see.
    ///
    /// Star imports are asked for by themselves ([`Scopes::stars_reaching`]). Other modules and
    /// `exec` may bind names too, and are not looked at.
    pub(crate) fn reaching(&self, used: &Use) -> Reaching<'_> {
        Reaching::of(self.candidates(used))
    }

    /// The bindings of a variable of the module that importers may see, once all of it has run.
    pub(crate) fn at_end(&self, name: &str) -> Reaching<'_> {
        let bindings = self.bindings(ScopeId::MODULE, name);
        let first = last_certain(bindings).map_or(0, |binding| binding.step);
        let may_be_last =
            |binding: &&Binding| binding.position == Position::Elsewhere || binding.step >= first;
        let definitions = bindings.iter().filter(|binding| binding.is_definition());
        Reaching::of(definitions.filter(may_be_last).collect())
    }

    /// Whether a variable of the module surely has a value once all of it has run.
    pub(crate) fn is_bound_at_end(&self, name: &str) -> bool {
        let bindings = self.bindings(ScopeId::MODULE, name);
        let last = last_certain(bindings).filter(|last| last.is_definition());
        let deletes = |last: &Binding| {
            let later = bindings.iter().filter(|binding| binding.step >= last.step);
            later.into_iter().any(|binding| binding.kind == BindingKind::Delete)
        };
        last.is_some_and(|last| !deletes(last))
    }

    /// The star imports that may have bound a variable of the module since its bindings that reach
    /// the use, latest first.
    pub(crate) fn stars_reaching(&self, used: &Use) -> Vec<&StarImport> {
        let bindings = self.bindings(ScopeId::MODULE, &used.name);
        let is_deferred = !self.runs_within(used.scope, ScopeId::MODULE) || used.is_deferred();
        let (killer, limit) = match is_deferred {
            true => (last_certain(bindings), u32::MAX),
            false => {
                let killer = self.killer(used, ScopeId::MODULE, bindings);
                (killer, self.limit(used, ScopeId::MODULE))
            }
        };
        self.stars_between(killer, limit)
    }

    /// The star imports that may bind a variable of the module after its own bindings, latest first.
    pub(crate) fn stars_at_end(&self, name: &str) -> Vec<&StarImport> {
        self.stars_between(last_certain(self.bindings(ScopeId::MODULE, name)), u32::MAX)
    }

    fn stars_between(&self, killer: Option<&Binding>, limit: u32) -> Vec<&StarImport> {
        let first = killer.map_or(0, |killer| killer.step);
        let stars = self.star_imports(ScopeId::MODULE).iter().rev();
        stars.filter(|star| (first..limit).contains(&star.step)).collect()
    }

    /// Whether the variable surely has a value when the use comes, unless a `del` took it.
    pub(crate) fn is_surely_bound(&self, used: &Use) -> bool {
        let Some((owner, bindings)) = self.variable(used) else { return false };
        if self.kind(owner).is_comprehension() {
            // Not yet in the iterable of its own clause.
            return bindings.iter().all(|binding| binding.step < used.step);
        }
        let of_loop = |binding: &Binding| {
            binding.kind == BindingKind::For
                && binding.step < used.step
                && binding.statement.contains_range(used.range)
        };
        let killer = self.killer(used, owner, bindings);
        killer.is_some_and(Binding::is_definition) || bindings.iter().any(of_loop)
    }

    fn candidates(&self, used: &Use) -> Vec<&Binding> {
        let variable = self.variable(used);
        variable
            .map_or_else(Vec::new, |(owner, bindings)| self.candidates_of(used, owner, bindings))
    }

    /// The bindings of a variable of `owner` that may have happened when the use comes.
    pub(super) fn candidates_of<'a>(
        &self,
        used: &Use,
        owner: ScopeId,
        bindings: &'a [Binding],
    ) -> Vec<&'a Binding> {
        let definitions = bindings.iter().filter(|binding| binding.is_definition());
        if !self.runs_within(used.scope, owner) || used.is_deferred() {
            return definitions.collect();
        }
        let first = self.killer(used, owner, bindings).map_or(0, |killer| killer.step);
        let limit = self.limit(used, owner);
        definitions
            .filter(|binding| {
                binding.position == Position::Elsewhere || (first..limit).contains(&binding.step)
            })
            .collect()
    }

    /// The scope that holds the variable of a use, and all that binds it.
    fn variable(&self, used: &Use) -> Option<(ScopeId, &[Binding])> {
        let Place::Bound(owner) = self.resolve(used) else {
            return None;
        };
        let name = self.mangled(used.scope, &used.name);
        let symbol = self.symbol(owner, &name)?;
        Some((owner, &symbol.bindings))
    }

    /// The last binding (or `del`) that has certainly happened when the use comes.
    fn killer<'a>(
        &self,
        used: &Use,
        owner: ScopeId,
        bindings: &'a [Binding],
    ) -> Option<&'a Binding> {
        if !self.runs_within(used.scope, owner) || used.is_deferred() {
            return None;
        }
        bindings
            .iter()
            .filter(|binding| binding.position == Position::Straight && binding.step < used.step)
            .filter(|binding| binding.kind != BindingKind::Declaration)
            .max_by_key(|binding| binding.step)
    }

    /// The step from which on nothing can have happened yet when the use comes: its own, or the
    /// end of the outermost loop around it in the code that `owner` runs.
    fn limit(&self, used: &Use, owner: ScopeId) -> u32 {
        let mut limit = used.step;
        let mut around = used.looped;
        while let Some(found) = around.and_then(|id| self.loops.get(id.0 as usize)) {
            // Inner scopes have greater numbers, and all loops around the use are in scopes around
            // it: this one is outside of the owner.
            if found.scope < owner {
                break;
            }
            limit = found.end;
            around = found.parent;
        }
        limit
    }

    /// Whether the code of `inner` runs as a part of one run of `outer`, which is around it.
    pub(super) fn runs_within(&self, inner: ScopeId, outer: ScopeId) -> bool {
        self.chain(inner)
            .take_while(|&scope| scope != outer)
            .all(|scope| self.kind(scope).is_immediate())
    }
}
