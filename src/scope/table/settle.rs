//! The last step of the analysis: each binding goes to the scope that holds its variable.
//!
//! ```python
//! count = 0
//! def tick():
//!     global count
//!     count += 1      # written in tick, and now listed in the module as `Elsewhere`
//! ```

use rustpython_ast::name::Name;

use super::{Declared, Place, ScopeId, Scopes};
use crate::scope::binding::{Binding, Position};

impl Scopes {
    /// Settles what can only be known when the whole file has been walked.
    pub(in crate::scope) fn settle(&mut self) {
        self.uses.sort_by_key(|found| found.range.start());
        // `global` names first: they may give the module a name that nothing else binds there.
        self.move_bindings(Declared::Global);
        self.move_bindings(Declared::Nonlocal);
        for scope in &mut self.scopes {
            for symbol in scope.symbols.values_mut() {
                symbol.bindings.sort_by_key(|binding| binding.range.start());
            }
            self.identifiers.extend(scope.symbols.keys().cloned());
        }
    }

    /// Moves the bindings of names so declared to the scopes that hold the variables.
    fn move_bindings(&mut self, declared: Declared) {
        for (scope, name, bindings) in self.take_bindings(declared) {
            let target = match declared {
                Declared::Global => ScopeId::MODULE,
                _ => match self.lookup_mangled(scope, &name) {
                    Place::Bound(owner) => owner,
                    // A `nonlocal` that names nothing, which Python rejects.
                    Place::Unbound => continue,
                },
            };
            let symbol = self.scope_mut(target).symbols.entry(name).or_default();
            symbol.bindings.extend(bindings);
        }
    }

    /// Takes the bindings of names so declared out of the scopes where they are written.
    fn take_bindings(&mut self, declared: Declared) -> Vec<(ScopeId, Name, Vec<Binding>)> {
        let mut taken = Vec::new();
        for (id, scope) in (0..).map(ScopeId).zip(&mut self.scopes) {
            if id == ScopeId::MODULE {
                continue;
            }
            for (name, symbol) in &mut scope.symbols {
                if symbol.declared == declared && !symbol.bindings.is_empty() {
                    let mut bindings = std::mem::take(&mut symbol.bindings);
                    for binding in &mut bindings {
                        binding.position = Position::Elsewhere;
                    }
                    taken.push((id, name.clone(), bindings));
                }
            }
        }
        taken
    }
}
