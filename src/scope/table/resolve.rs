//! Which scope holds the variable that a name means.
//!
//! Looking for `name` from a scope, as CPython's symbol table does:
//!
//! 1. The scope's own word counts first: `global` means the module, a binding means the scope
//!    itself, `nonlocal` means some scope further out.
//! 2. An annotation scope (type parameters, their bounds, type aliases) directly in a class sees
//!    the class's variables next.
//! 3. Then outwards: functions and their like are asked, classes are passed over, except that
//!    they hold `__class__`. A function that declares the name `global` ends the search.
//! 4. At last the module.
//!
//! In the example of this floor, `sin` in `slope` is not in `slope`'s own table with a binding, so
//! 3 goes outwards and 4 finds it in the module.

use super::{Declared, Place, ScopeId, ScopeKind, Scopes, Symbol, Use};
use crate::scope::Binding;

impl Scopes {
    /// The scope that holds the variable `name`, as code in `scope` sees it.
    ///
    /// A class or module looks at its own variables first when the program runs, and then goes on
    /// to the module and the builtins; here its own variable is the answer.
    pub(crate) fn lookup(&self, scope: ScopeId, name: &str) -> Place {
        self.lookup_mangled(scope, &self.mangled(scope, name))
    }

    /// The scope that holds the variable of a use: the module, where a class can't have bound its own yet, as
    /// in `size = size(3)`.
    pub(crate) fn resolve(&self, used: &Use) -> Place {
        let place = self.lookup(used.scope, &used.name);
        let name = self.mangled(used.scope, &used.name);
        match place {
            Place::Bound(owner) if self.kind(owner) == ScopeKind::Class => {
                let symbol = self.symbol(owner, &name).filter(|_| *name != *"__class__");
                let bindings = symbol.map(|symbol| &symbol.bindings[..]);
                // What binds is the class's own.
                let is_early = |own: &[Binding]| {
                    self.candidates_of(used, owner, own).is_empty()
                        && !own.iter().any(|binding| binding.range == used.range)
                };
                if bindings.is_some_and(is_early) { self.in_module(&name) } else { place }
            }
            _ => place,
        }
    }

    /// [`Scopes::lookup`] for a name that has been mangled already.
    pub(super) fn lookup_mangled(&self, scope: ScopeId, name: &str) -> Place {
        match self.symbol(scope, name) {
            Some(symbol) if symbol.declared == Declared::Global => return self.in_module(name),
            Some(symbol) if holds(symbol) => return Place::Bound(scope),
            _ => {}
        }
        if let Some(class) = self.visible_class(scope)
            && let Some(symbol) = self.symbol(class, name)
        {
            if symbol.declared == Declared::Global {
                return self.in_module(name);
            }
            if holds(symbol) {
                return Place::Bound(class);
            }
        }
        self.outside(scope, name)
    }

    /// Steps 3 and 4: the search outside of `scope`.
    fn outside(&self, scope: ScopeId, name: &str) -> Place {
        for outer in self.chain(scope).skip(1) {
            match self.kind(outer) {
                ScopeKind::Module => break,
                ScopeKind::Class if name == "__class__" => return Place::Bound(outer),
                ScopeKind::Class => {}
                _ => match self.symbol(outer, name) {
                    Some(symbol) if symbol.declared == Declared::Global => break,
                    Some(symbol) if holds(symbol) => return Place::Bound(outer),
                    _ => {}
                },
            }
        }
        self.in_module(name)
    }

    fn in_module(&self, name: &str) -> Place {
        match self.symbol(ScopeId::MODULE, name) {
            Some(symbol) if !symbol.bindings.is_empty() => Place::Bound(ScopeId::MODULE),
            _ => Place::Unbound,
        }
    }

    /// The class whose variables an annotation scope sees: the one it stands in, with nothing but
    /// other annotation scopes between.
    fn visible_class(&self, scope: ScopeId) -> Option<ScopeId> {
        let kind = |id: &ScopeId| self.kind(*id);
        if !is_annotation_scope(self.kind(scope)) {
            return None;
        }
        let outer = self.chain(scope).find(|id| !is_annotation_scope(kind(id)))?;
        (kind(&outer) == ScopeKind::Class).then_some(outer)
    }
}

fn is_annotation_scope(kind: ScopeKind) -> bool {
    use ScopeKind::*;
    matches!(kind, TypeParameters | TypeVariable | TypeAlias)
}

/// Whether the scope of this entry holds the variable itself.
fn holds(symbol: &Symbol) -> bool {
    symbol.declared == Declared::Nothing && !symbol.bindings.is_empty()
}
