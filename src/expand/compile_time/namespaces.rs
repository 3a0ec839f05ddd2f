//! The namespace of a module's compile-time part on the host: its imports of compile-time names,
//! then its macros, `@comptime` definitions and constants, in their order.

use std::rc::Rc;

use rustpython_ast::{ExprCall, Stmt};
use rustpython_text_size::{TextRange, TextSize};

use super::binding::{bind_awaited, bind_member};
use super::constants::{evaluate_comptime, reads_constant};
use super::definitions::define;
use super::unknown_names::{Part, check_names};
use super::{Loaded, Stage};
use crate::codenode::{Name, Node};
use crate::expand::program::{Entity, Module};
use crate::host::{Meta, ModuleExtent, Namespace};
use crate::scope::{Binding, BindingKind, Place, ScopeId, Use};
use crate::syntax::{Roots, is_text, read_attributes};

/// The compile-time names of `module`, as far as they could be defined; none while it is
/// being loaded.
pub(crate) fn load_namespace(cx: &mut Stage<'_, '_>, module: &Rc<Module>) -> Option<Namespace> {
    match cx.compile_time.namespaces.get(&module.file) {
        Some(Loaded::Done(ns)) => return Some(ns.clone()),
        Some(Loaded::Loading(_)) => return None,
        None => {}
    }
    let host = cx.compile_time.host();
    host.add_source(module.file, module.source.clone());
    let ns = host.namespace(&module.name);
    cx.compile_time.namespaces.insert(module.file, Loaded::Loading(ns.clone()));
    let extent = if module.is_package { ModuleExtent::Package } else { ModuleExtent::Module };
    host.describe(&ns, &cx.resolver.project.shown_to_code(&module.path), extent);
    if let Some(stmt) = module.syntax.body.first().filter(|stmt| is_text(stmt)) {
        // A text that stands at the head of a module does nothing else.
        let _ = host.execute(&ns, module.file, stmt.clone());
    }
    let complete = check_names(cx, module, Part::CompileTime)
        & bind_imports(cx, module, &ns)
        & define_all(cx, module, &ns)
        & bind_replacements(cx, module, &ns);
    if !complete {
        cx.compile_time.incomplete.insert(module.file);
    }
    host.complete(&ns);
    cx.compile_time.namespaces.insert(module.file, Loaded::Done(ns.clone()));
    bind_awaited(cx, module.file, &ns);
    Some(ns)
}

fn bind_imports(cx: &mut Stage<'_, '_>, module: &Rc<Module>, ns: &Namespace) -> bool {
    let mut complete = true;
    let names: Vec<String> = module.scopes.names(ScopeId::MODULE).map(str::to_owned).collect();
    for name in names {
        let bindings = module.scopes.bindings(ScopeId::MODULE, &name);
        let imports = bindings.iter().filter(|b| matches!(b.kind, BindingKind::Import { .. }));
        for binding in imports {
            if let Some(entity) = cx.resolver.entity_of_binding(module, binding) {
                complete &= bind_entity(cx, module, ns, &name, &entity, binding.range);
            }
        }
    }
    let starred: Vec<Use> = module
        .scopes
        .uses()
        .filter(|used| module.scopes.resolve(used) == Place::Unbound)
        .cloned()
        .collect();
    for used in starred {
        if let Some(entity) = cx.resolver.entity_of_use(module, &used) {
            complete &= bind_entity(cx, module, ns, &used.name, &entity, used.range);
        }
    }
    complete
}

/// Binds the names of definitions that the module imports something else under, for functions: they run
/// when the module has. That the import is the later one is what the resolver answers.
fn bind_replacements(cx: &mut Stage<'_, '_>, module: &Rc<Module>, ns: &Namespace) -> bool {
    let scopes = &module.scopes;
    let has_stars = !scopes.star_imports(ScopeId::MODULE).is_empty();
    let is_import = |binding: &Binding| matches!(binding.kind, BindingKind::Import { .. });
    let may_be_replaced = |used: &&Use| {
        let bindings = scopes.bindings(ScopeId::MODULE, &used.name);
        used.scope != ScopeId::MODULE
            && scopes.resolve(used) == Place::Bound(ScopeId::MODULE)
            && bindings.iter().any(|binding| !is_import(binding))
            && (has_stars || bindings.iter().any(is_import))
    };
    let replaced: Vec<Use> = scopes.uses().filter(may_be_replaced).cloned().collect();
    let mut complete = true;
    for used in replaced {
        if let Some(entity) = cx.resolver.entity_of_use(module, &used) {
            complete &= bind_entity(cx, module, ns, &used.name, &entity, used.range);
        }
    }
    complete
}

fn bind_entity(
    cx: &mut Stage<'_, '_>,
    module: &Rc<Module>,
    ns: &Namespace,
    name: &str,
    entity: &Entity,
    range: TextRange,
) -> bool {
    let host = cx.compile_time.host();
    let bound = match entity {
        // Reported when the names were checked.
        Entity::UnknownMeta(_) => return false,
        Entity::Meta(member) => host.bind_meta(ns, name, Meta::Member(member.name())),
        Entity::MetaModule => host.bind_meta(ns, name, Meta::Module),
        Entity::MetaPackage(package) => host.bind_meta(ns, name, Meta::Package(package)),
        Entity::Macro(other, theirs)
        | Entity::Unroll(other, theirs)
        | Entity::Comptime(other, theirs)
        | Entity::Constant(other, theirs)
            if other.file != module.file =>
        {
            return bind_foreign(cx, module, ns, name, (other, theirs), range);
        }
        _ => return true,
    };
    bound.is_ok()
}

/// Binds a name of another module, which is loaded first.
fn bind_foreign(
    cx: &mut Stage<'_, '_>,
    module: &Rc<Module>,
    ns: &Namespace,
    name: &str,
    (other, theirs): (&Rc<Module>, &Name),
    range: TextRange,
) -> bool {
    load_namespace(cx, other);
    bind_member(cx, (module, ns), name, (other, theirs), range)
}

/// Loads the modules of the compile-time constants that `module` has, and of the `@unroll` functions
/// that read some, so that it is known what has a source.
pub(crate) fn load_constants(cx: &mut Stage<'_, '_>, module: &Rc<Module>) {
    let scopes = &module.scopes;
    let all = scopes.scopes();
    let bindings = all.flat_map(|scope| scopes.names(scope).map(move |name| (scope, name)));
    let bindings = bindings.flat_map(|(scope, name)| scopes.bindings(scope, name));
    let uses = scopes.uses().filter(|used| scopes.resolve(used) == Place::Unbound);
    let attributes = read_attributes(&module.syntax);
    let resolver = cx.resolver;
    let entities = bindings
        .filter_map(|binding| resolver.entity_of_binding(module, binding))
        .chain(uses.filter_map(|used| resolver.entity_of_use(module, used)))
        .chain(attributes.filter_map(|e| resolver.attribute_denotes(module, e).ok().flatten()));
    let with_constants = entities.filter(|entity| reads_constant(resolver, entity));
    let homes: Vec<Rc<Module>> =
        with_constants.filter_map(|entity| Some(entity.definition()?.0.clone())).collect();
    homes.iter().for_each(|home| {
        load_namespace(cx, home);
    });
}

/// Loads the modules whose compile-time names are reached by attributes in the code.
pub(crate) fn load_members<'a>(cx: &mut Stage<'_, '_>, module: &Rc<Module>, code: impl Roots<'a>) {
    for attribute in read_attributes(code) {
        if let Ok(Some(entity)) = cx.resolver.attribute_denotes(module, attribute)
            && let Some((home, _)) = entity.definition()
            && home.path != module.path
        {
            load_namespace(cx, home);
        }
    }
}

fn define_all(cx: &mut Stage<'_, '_>, module: &Rc<Module>, ns: &Namespace) -> bool {
    let mut complete = true;
    for stmt in &module.syntax.body {
        complete &= define_with_members(cx, module, ns, stmt);
    }
    complete
}

/// Runs a statement of the module's own body, if it is one of compile time, after the modules that it
/// reaches are loaded; tells whether all went well.
pub(crate) fn define_with_members(
    cx: &mut Stage<'_, '_>,
    module: &Rc<Module>,
    ns: &Namespace,
    stmt: &Stmt,
) -> bool {
    if cx.resolver.is_definition(module, stmt) {
        load_members(cx, module, stmt);
    }
    define(cx, module, ns, stmt)
}

/// Evaluates the constants before `until` of which it wasn't time yet when their module was loaded;
/// others wait.
pub(crate) fn define_constants(
    cx: &mut Stage<'_, '_>,
    module: &Rc<Module>,
    until: Option<TextSize>,
) {
    cx.compile_time.constants_until = until.map(|until| (module.file, until));
    let Some(Loaded::Done(ns)) = cx.compile_time.namespaces.get(&module.file).cloned() else {
        return;
    };
    for stmt in &module.syntax.body {
        let constants = cx.resolver.constants(module, stmt);
        let is_known = constants.iter().all(|constant| {
            let place = (module.file, constant.call.range);
            cx.compile_time.constants.contains_key(&place)
                || cx.compile_time.sourceless.contains_key(&place)
        });
        if !is_known && !define_with_members(cx, module, &ns, stmt) {
            cx.compile_time.incomplete.insert(module.file);
        }
    }
}

/// The value of a `comptime(…)` call in ordinary code.
pub(crate) fn comptime_value(
    cx: &mut Stage<'_, '_>,
    module: &Rc<Module>,
    call: &ExprCall,
) -> Option<Node> {
    let ns = load_namespace(cx, module)?;
    if let Some(known) = cx.compile_time.constants.get(&(module.file, call.range)) {
        return Some(known.clone());
    }
    if cx.compile_time.sourceless.contains_key(&(module.file, call.range)) {
        return None;
    }
    load_members(cx, module, &call.arguments);
    evaluate_comptime(cx, module, &ns, call, None)
}
