//! Binding of other modules' compile-time names in the namespace of a module.

use std::rc::Rc;

use rustpython_text_size::TextRange;

use super::{Loaded, Stage};
use crate::codenode::Name;
use crate::diagnostic::{Code, Finding, Label};
use crate::expand::program::{Module, Resolver};
use crate::host::Namespace;
use crate::scope::{Binding, BindingKind, ScopeId};

/// Binds `name` in the namespace of `module` to a compile-time name of another module, which is loaded
/// or being loaded; tells whether that is possible.
pub(crate) fn bind_member(
    cx: &mut Stage<'_, '_>,
    (module, ns): (&Rc<Module>, &Namespace),
    name: &str,
    (other, theirs): (&Rc<Module>, &Name),
    range: TextRange,
) -> bool {
    let from = match cx.compile_time.namespaces.get(&other.file) {
        Some(Loaded::Done(from)) => from.clone(),
        Some(Loaded::Loading(_)) => {
            let finding = import_cycle_finding(cx.resolver, module, other, range);
            cx.findings.report(finding);
            return false;
        }
        None => return false,
    };
    if cx.compile_time.incomplete.contains(&other.file) {
        cx.compile_time.incomplete.insert(module.file);
    }
    cx.compile_time.host().bind(ns, name, &from, theirs).is_ok()
}

/// The finding about two modules that need each other's macros to be defined.
fn import_cycle_finding(
    resolver: &Resolver<'_>,
    module: &Rc<Module>,
    other: &Rc<Module>,
    range: TextRange,
) -> Finding {
    let (own, theirs) = (&module.name, &other.name);
    let message = format!("the macros of `{own}` and `{theirs}` import each other");
    let label = module.label(range, "this import closes the circle");
    let help = "move the macros that need each other into one module";
    let finding = Finding::new(Code::ImportCycle, message, label).help(help);
    import_from(resolver, other, module).into_iter().fold(finding, Finding::secondary)
}

/// Where `module` imports a name of compile time from `from`.
fn import_from(resolver: &Resolver<'_>, module: &Rc<Module>, from: &Module) -> Option<Label> {
    let scopes = &module.scopes;
    let names: Vec<&str> = scopes.names(ScopeId::MODULE).collect();
    let bindings = names.into_iter().flat_map(|name| scopes.bindings(ScopeId::MODULE, name));
    let is_from = |binding: &&Binding| {
        let is_import = matches!(binding.kind, BindingKind::Import { .. });
        let entity = resolver.entity_of_binding(module, binding).filter(|_| is_import);
        entity.is_some_and(|e| e.macro_name().is_some_and(|(home, _)| home.file == from.file))
    };
    let binding = bindings.into_iter().find(is_from)?;
    Some(module.label(binding.range, "it is imported for this"))
}
