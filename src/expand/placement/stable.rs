//! Which variables keep their value while one statement runs.

use crate::codenode::{Loc, Node, Origin};
use crate::expand::call_site::CallSite;
use crate::expand::program::Resolver;
use crate::scope::{Binding, BindingKind, Place, Position, ScopeId, Scopes};

/// Whether the variable surely has a value, and no function but the one that is running can
/// give it another.
pub(crate) fn is_stable(resolver: &Resolver<'_>, site: CallSite<'_>, node: &Node) -> bool {
    let Some(name) = node.name() else { return true };
    let scopes = &site.module.scopes;
    let is_builtin = |scopes: &Scopes| scopes.builtin_named(name).is_some();
    match node.origin() {
        Origin::Quote(_) | Origin::Builtin | Origin::Library | Origin::Specialised(_) => true,
        Origin::Step(_) => true,
        Origin::Module(file) => match resolver.project.module_of(file) {
            Some(home) => match home.scopes.bindings(ScopeId::MODULE, name) {
                [] => is_builtin(&home.scopes),
                bindings => !may_change(bindings),
            },
            None => false,
        },
        Origin::Site | Origin::Here => {
            let written = own_loc(site, node);
            let used = written.and_then(|loc| scopes.use_at(loc.range.start()));
            let place = match used {
                Some(used) => scopes.resolve(used),
                None => scopes.lookup(site.scope, name),
            };
            let Place::Bound(scope) = place else { return is_builtin(scopes) };
            let bindings = scopes.bindings(scope, name);
            let is_parameter = bindings.iter().any(|b| b.kind == BindingKind::Parameter);
            let mut user = used.map_or(site.scope, |used| used.scope);
            while user != scope && scopes.kind(user).is_comprehension() {
                let Some(parent) = scopes.parent(user) else { break };
                user = parent;
            }
            let elsewhere = user != scope;
            let has_value =
                is_parameter || elsewhere || used.is_some_and(|used| scopes.is_surely_bound(used));
            has_value && !may_change(bindings)
        }
    }
}

/// Whether the variable never gets another value: a parameter that nothing assigns.
pub(crate) fn is_lasting(site: CallSite<'_>, node: &Node) -> bool {
    let Some(name) = node.name() else { return false };
    match node.origin() {
        Origin::Builtin | Origin::Library => true,
        Origin::Site => {
            let scopes = &site.module.scopes;
            let used = own_loc(site, node).and_then(|loc| scopes.use_at(loc.range.start()));
            let place = used.map_or_else(|| scopes.lookup(site.scope, name), |u| scopes.resolve(u));
            let Place::Bound(scope) = place else { return false };
            let bindings = scopes.bindings(scope, name);
            matches!(bindings, [binding] if binding.kind == BindingKind::Parameter)
        }
        _ => false,
    }
}

/// Whether another function may assign the variable, or it may have been deleted.
fn may_change(bindings: &[Binding]) -> bool {
    bindings.iter().any(|b| b.position == Position::Elsewhere || b.kind == BindingKind::Delete)
}

/// The place of a node that was written in the call's statement itself.
pub(crate) fn own_loc(site: CallSite<'_>, node: &Node) -> Option<Loc> {
    let written_here =
        |loc: &Loc| loc.file == site.module.file && site.statement.contains_range(loc.range);
    node.loc().filter(|loc| node.origin() == Origin::Site && written_here(loc))
}
