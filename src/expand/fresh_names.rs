//! Names for what expansions bring into a scope, which mean nothing else there.

use std::collections::HashSet;

use crate::codenode::Name;
use crate::expand::call_site::CallSite;
use crate::expand::output::Output;
use crate::expand::program::Module;
use crate::python::builtins::builtin;
use crate::residual::{UNNAMED, free_name, private_name};
use crate::scope::{ScopeId, ScopeKind};

/// Whether the name may mean something where `site` is: in a function, what is written in it or
/// is of the module; in a module or class, whatever the file has.
pub(crate) fn is_taken_at(output: &Output, site: CallSite<'_>, name: &str) -> bool {
    let scopes = &site.module.scopes;
    let owner = site.owner();
    let is_known = match scopes.kind(owner) {
        ScopeKind::Module | ScopeKind::Class => scopes.all_names().contains(name),
        _ => scopes.all_names().contains(name) && scopes.may_mean(owner, name),
    };
    is_known || output.is_introduced(owner, name) || is_brought(output, name)
}

/// Whether the name is that of a variable anywhere in the file.
pub(crate) fn is_taken_in_file(output: &Output, module: &Module, name: &str) -> bool {
    let scopes = &module.scopes;
    scopes.uses().any(|used| used.name == name)
        || scopes.scopes().any(|scope| !scopes.bindings(scope, name).is_empty())
        || output.introduced.contains_key(name)
        || is_brought(output, name)
}

/// Whether every scope of the file has the name, by an import or a function that was added or as a
/// builtin.
fn is_brought(output: &Output, name: &str) -> bool {
    let is_defined = output.definitions.names.iter().any(|(_, defined)| &**defined == name);
    output.brought.contains(name) || is_defined || builtin(name).is_some()
}

/// A name like `wanted` for a global to which every scope of the file may refer.
pub(crate) fn fresh_global(output: &mut Output, module: &Module, wanted: &str) -> Name {
    let taken = |name: &str| {
        module.scopes.all_names().contains(name)
            || output.introduced.contains_key(name)
            || is_brought(output, name)
    };
    let name = free_name(&private_name(wanted.trim_start_matches('_')), &taken);
    output.introduced.entry(name.clone()).or_default().insert(ScopeId::MODULE);
    name
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
        "" => UNNAMED,
        bare => bare,
    };
    // What a module or class keeps has to look as private as it is.
    let is_function = !matches!(scopes.kind(owner), ScopeKind::Module | ScopeKind::Class);
    let name: Name = match is_function && !taken(bare) {
        true => bare.into(),
        false => free_name(&private_name(bare), &taken),
    };
    output.introduced.entry(name.clone()).or_default().insert(owner);
    name
}
