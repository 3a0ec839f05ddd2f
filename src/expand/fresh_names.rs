//! Names for what expansions bring into a scope, which mean nothing else there.

use std::collections::HashSet;

use crate::codenode::Name;
use crate::expand::call_site::CallSite;
use crate::expand::output::Output;
use crate::residual::fresh_name;
use crate::scope::ScopeKind;

/// Whether the name may mean something where `site` is: in a function, what is written in it or
/// is of the module; in a module or class, whatever the file has.
pub(crate) fn is_taken_at(output: &Output, site: CallSite<'_>, name: &str) -> bool {
    let scopes = &site.module.scopes;
    let owner = site.owner();
    let is_known = match scopes.kind(owner) {
        ScopeKind::Module | ScopeKind::Class => scopes.all_names().contains(name),
        _ => scopes.all_names().contains(name) && scopes.may_mean(owner, name),
    };
    is_known
        || output.introduced.contains(&(owner, name.into()))
        || output.brought.contains(name)
        || crate::python::builtins::builtin(name).is_some()
}

/// A name like `wanted` that means nothing else there.
pub(crate) fn fresh_name_at(output: &mut Output, site: CallSite<'_>, wanted: &str) -> Name {
    fresh_beside(output, site, wanted, &HashSet::new())
}

/// Likewise; nor is it one of `others`.
pub(crate) fn fresh_beside(
    output: &mut Output,
    site: CallSite<'_>,
    wanted: &str,
    others: &HashSet<Name>,
) -> Name {
    let scopes = &site.module.scopes;
    let owner = site.owner();
    let taken = |name: &str| others.contains(name) || is_taken_at(output, site, name);
    let bare = match wanted.trim_start_matches('_') {
        "" => "value",
        bare => bare,
    };
    // What a module or class keeps has to look as private as it is.
    let is_function = !matches!(scopes.kind(owner), ScopeKind::Module | ScopeKind::Class);
    let private = format!("_{bare}");
    let name: Name = if is_function && !taken(bare) {
        bare.into()
    } else if !taken(&private) {
        private.as_str().into()
    } else {
        fresh_name(&private, &taken)
    };
    output.introduced.insert((owner, name.clone()));
    name
}
