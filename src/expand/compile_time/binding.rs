//! Binding of other modules' compile-time names in the namespace of a module.

use std::rc::Rc;

use rustpython_text_size::TextRange;

use super::{Loaded, Stage};
use crate::codenode::Name;
use crate::diagnostic::{Code, Finding, Label};
use crate::expand::program::{Module, Resolver};
use crate::host::Namespace;
use crate::scope::{Binding, BindingKind, ScopeId, Use};
use crate::source::FileId;

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
        Some(Loaded::Loading(_))
            if is_there_later(cx.resolver, (module, name), (other, theirs)) =>
        {
            let (ns, name, theirs) = (ns.clone(), name.to_owned(), theirs.clone());
            let awaited = AwaitedName { module: module.file, ns, name, home: other.file, theirs };
            cx.compile_time.awaited.push(awaited);
            return true;
        }
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

/// A compile-time name of a module that was being loaded when another bound it.
pub(crate) struct AwaitedName {
    pub module: FileId,
    pub ns: Namespace,
    pub name: String,
    pub home: FileId,
    pub theirs: Name,
}

/// Binds the names that other modules wait for, of one that has been loaded now.
pub(crate) fn bind_awaited(cx: &mut Stage<'_, '_>, home: FileId, from: &Namespace) {
    let (bound, others): (Vec<_>, Vec<_>) =
        std::mem::take(&mut cx.compile_time.awaited).into_iter().partition(|a| a.home == home);
    cx.compile_time.awaited = others;
    for awaited in bound {
        let is_bound =
            cx.compile_time.host().bind(&awaited.ns, &awaited.name, from, &awaited.theirs).is_ok();
        if !is_bound || cx.compile_time.incomplete.contains(&home) {
            cx.compile_time.incomplete.insert(awaited.module);
        }
    }
}

/// Whether `other`, which imports `module` while it runs, has defined the name by then, and `module` needs it
/// only when its macros are called.
fn is_there_later(
    resolver: &Resolver<'_>,
    (module, name): (&Rc<Module>, &str),
    (other, theirs): (&Rc<Module>, &Name),
) -> bool {
    let defined = other.scopes.bindings(ScopeId::MODULE, theirs).last();
    let imported = import_from(resolver, other, module);
    let is_before = |import: Label| defined.is_some_and(|d| d.range.end() <= import.range.start());
    let is_at_once = |used: &Use| {
        let stmt = module.top_level(used.range).filter(|_| used.name == *name);
        stmt.is_some_and(|stmt| !resolver.constants(module, stmt).is_empty())
    };
    imported.is_some_and(is_before) && !module.scopes.uses().any(is_at_once)
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
