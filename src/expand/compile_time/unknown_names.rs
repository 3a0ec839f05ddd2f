//! Unknown names where a compile-time name must have been meant: a name that `cython.meta` doesn't
//! have, a macro's name that is misspelt, a name of `cython.meta` that wasn't imported.
//!
//! What else isn't there may come to be when the program runs, and is left to it.

use std::collections::BTreeSet;
use std::rc::Rc;

use rustpython_ast::{ExprAttribute, Stmt};
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use super::Stage;
use crate::diagnostic::spelling::{differ_in_digits, near};
use crate::diagnostic::{Code, Finding};
use crate::expand::program::{Entity, Module, Resolver};
use crate::python::builtins::{Builtin, builtin};
use crate::python::meta::{MetaKind, MetaName, is_meta_module};
use crate::scope::{Binding, BindingKind, Place, Position, ScopeId, Use};
use crate::syntax::{read_attributes, statements};

/// What of a module is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// What it imports at its top level, and its definitions of compile time.
    CompileTime,
    /// All, when it is decided which branches there are.
    Whole,
}

/// A name that isn't there.
struct MissingName<'n> {
    name: &'n str,
    range: TextRange,
    /// Other places that would have to be written like it.
    uses: Vec<TextRange>,
}

/// Finds the names in a part of a module that aren't there; tells whether there is none.
pub(crate) fn check_names(cx: &mut Stage<'_, '_>, module: &Rc<Module>, part: Part) -> bool {
    let before = cx.findings.len();
    for scope in module.scopes.scopes() {
        let names: Vec<String> = module.scopes.names(scope).map(str::to_owned).collect();
        for binding in names.iter().flat_map(|name| module.scopes.bindings(scope, name)) {
            let is_top = scope == ScopeId::MODULE && binding.position == Position::Straight;
            if is_top || part == Part::Whole {
                check_import(cx, module, scope, binding);
            }
        }
    }
    for stmt in &module.syntax.body {
        if part == Part::Whole || cx.resolver.is_definition(module, stmt) {
            for attribute in read_attributes(stmt) {
                check_attribute(cx, module, attribute);
            }
            check_uses(cx, module, stmt.range());
        }
    }
    cx.findings.len() == before
}

/// `from module import name`, `import module`.
fn check_import(cx: &mut Stage<'_, '_>, module: &Rc<Module>, scope: ScopeId, binding: &Binding) {
    let BindingKind::Import { module: from, level, name, alias, .. } = &binding.kind else {
        return;
    };
    let from = module.absolute(*level, from.as_deref());
    check_module(cx, module, &from, binding.statement);
    check_found(cx, module, &from, binding.statement);
    let Some(name) = name else { return };
    let range = TextRange::at(alias.start(), TextSize::of(name.as_str()));
    let is_alias = binding.name != *name;
    let uses = module.scopes.uses().filter(|used| {
        !is_alias && used.name == *name && module.scopes.resolve(used) == Place::Bound(scope)
    });
    let uses = uses.map(|used| used.range).collect();
    let missing = MissingName { name, range, uses };
    match cx.resolver.module_entity(module, &from) {
        Some(Entity::MetaModule) => check_meta(cx, module, &from, missing),
        Some(Entity::MetaPackage(_)) => check_package(cx, module, &from, missing),
        Some(Entity::Module(home)) if binding.position == Position::Straight => {
            check_member(cx, module, &home, missing);
        }
        _ => {}
    }
}

/// A module that must be one of the program's has a file: one that is imported by dots, or that is
/// below a package of the program. What a `try` expects to fail may.
fn check_found(cx: &mut Stage<'_, '_>, module: &Module, from: &str, statement: TextRange) {
    let project = &cx.resolver.project;
    let Some(places) = project.missing(&module.path, from) else { return };
    let is_expected = statements(&module.syntax).filter_map(Stmt::as_try_stmt).any(|attempt| {
        let body = attempt.body.iter().any(|stmt| stmt.range().contains_range(statement));
        body && !attempt.handlers.is_empty()
    });
    if is_expected {
        return;
    }
    let message = format!("there is no module `{from}`");
    let finding =
        Finding::new(Code::UnknownModule, message, module.label(statement, "imported here"));
    cx.findings.report(finding.help(format!("it was looked for at {}", places.join(", "))));
}

/// `module.name`.
fn check_attribute(cx: &mut Stage<'_, '_>, module: &Rc<Module>, attribute: &ExprAttribute) {
    let attr = &attribute.attr;
    let missing = MissingName { name: attr.as_str(), range: attr.range, uses: Vec::new() };
    match cx.resolver.entity_of(module, &attribute.value) {
        Some(Entity::MetaModule) => check_meta(cx, module, "cython.meta", missing),
        Some(Entity::MetaPackage(package)) => check_package(cx, module, &package, missing),
        Some(Entity::Module(home)) => check_member(cx, module, &home, missing),
        _ => {}
    }
}

fn check_meta(cx: &mut Stage<'_, '_>, module: &Module, from: &str, missing: MissingName<'_>) {
    if MetaName::from_name(missing.name).is_none() {
        let known: Vec<&str> = MetaName::all().map(|(name, _)| name).collect();
        report_missing(cx, module, &format!("`{from}` has no"), missing, &known);
    }
}

/// A module below `cython.meta`: there is none.
fn check_module(cx: &mut Stage<'_, '_>, module: &Module, from: &str, statement: TextRange) {
    let Some((meta, below)) = from.rsplit_once('.') else { return };
    if !is_meta_module(meta) {
        return;
    }
    let at = module.slice(statement).find(from).and_then(|at| u32::try_from(at).ok());
    let range = at.map_or(statement, |at| {
        TextRange::at(statement.start() + TextSize::new(at), TextSize::of(from))
    });
    let message = format!("there is no module `{from}`");
    let label = module.label(range, "no such module");
    let finding = Finding::new(Code::UnknownModule, message, label);
    cx.findings.report(match MetaName::from_name(below) {
        Some(_) => finding.help(format!("write `from {meta} import {below}`")),
        None => finding.help(format!("all names are in `{meta}` itself")),
    });
}

/// The decorators may be reached through the package, which has names of other meanings.
fn check_package(cx: &mut Stage<'_, '_>, module: &Module, from: &str, missing: MissingName<'_>) {
    let marks = MetaName::NAMED.iter().filter(|meta| meta.kind() == MetaKind::Mark);
    let known: Vec<&str> = marks.map(|meta| meta.name()).chain(["meta"]).collect();
    if !known.contains(&missing.name) && !near(missing.name, known.iter().copied()).is_empty() {
        report_missing(cx, module, &format!("`{from}` has no"), missing, &known);
    }
}

fn check_member(
    cx: &mut Stage<'_, '_>,
    module: &Rc<Module>,
    home: &Rc<Module>,
    missing: MissingName<'_>,
) {
    let is_there = !home.scopes.bindings(ScopeId::MODULE, missing.name).is_empty()
        || cx.resolver.export(home, missing.name).is_some()
        || cx.resolver.module_or_path(module, &format!("{}.{}", home.name, missing.name)).is_some()
        || missing.name.starts_with("__");
    if is_there || may_have_more(cx.resolver, home) {
        return;
    }
    let known = compile_time_names(cx.resolver, home);
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    if has_near(missing.name, &known) {
        report_missing(cx, module, &format!("`{}` has no", home.name), missing, &known);
    }
}

/// The variables in `range` that nothing in the file gives a value.
fn check_uses(cx: &mut Stage<'_, '_>, module: &Rc<Module>, range: TextRange) {
    let is_free = |used: &&Use| {
        module.scopes.resolve(used) == Place::Unbound
            && builtin(&used.name).is_none()
            && !used.name.starts_with("__")
    };
    let uses: Vec<Use> = module.scopes.uses_in(range).iter().filter(is_free).cloned().collect();
    if uses.is_empty() || may_have_more(cx.resolver, module) {
        return;
    }
    let known = compile_time_names(cx.resolver, module);
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    for used in uses {
        if cx.resolver.entity_of_use(module, &used).is_some() {
            continue;
        }
        let (name, range) = (used.name.as_str(), used.range);
        if MetaName::from_name(name).is_some() {
            report_forgotten(cx, module, name, range);
        } else if has_near(name, &known) {
            let missing = MissingName { name, range, uses: Vec::new() };
            report_missing(cx, module, "nothing is called", missing, &known);
        }
    }
}

/// Whether there may be names in the module that can't be seen.
fn may_have_more(resolver: &Resolver<'_>, module: &Rc<Module>) -> bool {
    let stars = module.scopes.star_imports(ScopeId::MODULE).to_vec();
    has_hidden_names(module)
        || stars.iter().any(|star| {
            let from = module.absolute(star.level, star.module.as_deref());
            match resolver.module_entity(module, &from) {
                Some(Entity::MetaModule) => false,
                Some(Entity::Module(other)) => {
                    has_hidden_names(&other)
                        || !other.scopes.star_imports(ScopeId::MODULE).is_empty()
                }
                _ => true,
            }
        })
}

/// Whether a module says itself how it may get names that nobody can see: it assigns its variables in
/// hidden ways, makes up attributes, or changes the builtins.
fn has_hidden_names(module: &Module) -> bool {
    let scopes = &module.scopes;
    let mut bindings = scopes
        .scopes()
        .flat_map(|scope| scopes.names(scope).flat_map(move |name| scopes.bindings(scope, name)));
    let is_builtins = |binding: &Binding| {
        matches!(&binding.kind, BindingKind::Import { module: Some(from), level: 0, .. }
            if from == "builtins")
    };
    scopes.uses().any(|used| scopes.builtin(used).is_some_and(Builtin::may_add_names))
        || !scopes.bindings(ScopeId::MODULE, "__getattr__").is_empty()
        || bindings.any(is_builtins)
}

/// The names of compile time that a module has.
fn compile_time_names(resolver: &Resolver<'_>, module: &Rc<Module>) -> BTreeSet<String> {
    let names: Vec<String> = module.scopes.names(ScopeId::MODULE).map(str::to_owned).collect();
    let is_own = |name: &String| {
        matches!(
            resolver.export(module, name),
            Some(
                Entity::Macro(..)
                    | Entity::Unroll(..)
                    | Entity::Comptime(..)
                    | Entity::Constant(..)
                    | Entity::Meta(_)
                    | Entity::UnknownMeta(_)
            )
        )
    };
    names.into_iter().filter(is_own).collect()
}

fn report_missing(
    cx: &mut Stage<'_, '_>,
    module: &Module,
    what: &str,
    missing: MissingName<'_>,
    known: &[&str],
) {
    let MissingName { name, range, uses } = missing;
    let message = format!("{what} `{name}`");
    let finding = Finding::new(Code::UnknownModule, message, module.label(range, "no such name"));
    let meant = near(name, known.iter().copied());
    cx.findings.report(match &meant[..] {
        [] => finding,
        [only] if !is_taken(module, range, only) => {
            let places = std::iter::once(range).chain(uses);
            let edits = places.map(|range| (range, (*only).to_owned())).collect();
            finding.fix(format!("write `{only}`"), edits)
        }
        [first, ..] => finding.help(format!("did you mean `{first}`?")),
    });
}

/// A name of `cython.meta` that the file didn't import.
fn report_forgotten(cx: &mut Stage<'_, '_>, module: &Module, name: &str, range: TextRange) {
    let message = format!("`{name}` isn't imported");
    let label = module.label(range, "a name of cython.meta");
    let finding = Finding::new(Code::UnknownModule, message, label);
    cx.findings.report(match last_of_import(module) {
        Some(end) => finding.fix(
            format!("import `{name}` from cython.meta"),
            vec![(TextRange::empty(end), format!(", {name}"))],
        ),
        None => finding.help(format!("`from cython.meta import {name}`")),
    });
}

/// Whether a name of compile time must have been meant.
fn has_near(name: &str, known: &[&str]) -> bool {
    near(name, known.iter().copied()).iter().any(|known| !differ_in_digits(name, known))
}

/// Whether the file has the name already, but for what an attribute is called.
fn is_taken(module: &Module, missing: TextRange, name: &str) -> bool {
    let in_import = module.top_level(missing).is_some_and(Stmt::is_import_from_stmt);
    in_import && !module.scopes.bindings(ScopeId::MODULE, name).is_empty()
}

/// The end of the last name that the module imports from `cython.meta` by `from`.
fn last_of_import(module: &Module) -> Option<TextSize> {
    module.syntax.body.iter().find_map(|stmt| match stmt {
        Stmt::ImportFrom(import) if import.level == 0 => {
            let from = import.module.as_ref()?.as_str();
            let is_meta = is_meta_module(from);
            let last = import.names.last().filter(|alias| &alias.name != "*")?;
            is_meta.then(|| last.end())
        }
        _ => None,
    })
}
