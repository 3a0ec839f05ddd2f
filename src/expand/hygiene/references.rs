//! Names that a macro brings along mean at the call site what they meant in the macro's module
//! (language.md §8): by the name itself where it already does, by an import otherwise.
//!
//! A global of the module `lib` that is bound once, straight, is imported by itself; one that may
//! change afterwards is read from its module, so that it is never stale:
//!
//! ```text
//! RATE = 3            from lib import RATE        RATE
//! count = 0           import lib                  lib.count
//! def tick():
//!     global count; count += 1
//! ```

use std::rc::Rc;

use super::Hygiene;
use super::import_cycle::{Circle, import_cycle, may_meet_half_done};
use super::imports::{AddedImports, ImportSpot, existing_import, import_name};
use super::route::{ImportPlace, Placing, object_of, placing};
use super::specialised::specialised_name;
use super::target::{ImportTarget, alias_of, import_of, is_hidden_in_packages, is_subclass};
use crate::codenode::{Loc, Name, Node, Op, Origin, Value, bound_names};
use crate::diagnostic::{Code, Finding};
use crate::expand::call_site::CallSite;
use crate::expand::findings::Reported;
use crate::expand::placement::Replacement;
use crate::expand::program::{Entity, Module, Resolver, is_inert_import};
use crate::python::builtins::builtin as builtin_named;
use crate::residual::rename_captured;
use crate::scope::{Binding, Place, Position, ScopeId, ScopeKind};
use crate::source::FileId;

/// Makes each name of the replacement mean here what it should.
pub(crate) fn resolve_references(
    cx: &mut Hygiene<'_, '_>,
    call: CallSite<'_>,
    replacement: Replacement,
    added: &mut AddedImports,
) -> Result<Replacement, Reported> {
    let mut outcome = Ok(());
    // Goes on after the first finding, so that all are reported.
    let settled = replacement.map(|node| {
        resolve_names(cx, call, node, added).unwrap_or_else(|reported| {
            outcome = Err(reported);
            node.clone()
        })
    });
    outcome.map(|()| settled)
}

/// The same code, each name of a macro's module made to mean it here.
pub(crate) fn resolve_names(
    cx: &mut Hygiene<'_, '_>,
    site: CallSite<'_>,
    node: &Node,
    added: &mut AddedImports,
) -> Result<Node, Reported> {
    added.avoid_names_of(node);
    let node = resolve_in(cx, site, node, &mut Around::default(), added)?;
    // A name found for an import may be that of a parameter of a quoted lambda.
    let names = site.module.scopes.all_names();
    let node = rename_captured(&node, &|name| names.contains(name) || added.has_name(name));
    added.avoid_names_of(&node);
    Ok(node)
}

/// What of an expansion is around a piece of its code.
#[derive(Default)]
struct Around {
    /// The names of the call site that its lambdas and comprehensions bind there.
    bound: Vec<Name>,
    /// How many of them there are.
    scopes: usize,
}

fn resolve_in(
    cx: &mut Hygiene<'_, '_>,
    site: CallSite<'_>,
    node: &Node,
    around: &mut Around,
    added: &mut AddedImports,
) -> Result<Node, Reported> {
    let (outer, scopes) = (around.bound.len(), around.scopes);
    if node.op().opens_scope() {
        around.scopes += 1;
        // Those of macros are renamed where they clash.
        let of_site = bound_names(node).into_iter().filter(|(_, o)| *o == Origin::Site);
        around.bound.extend(of_site.map(|(name, _)| name));
    }
    let mut outcome = Ok(());
    let new = node.map_args(|arg| {
        resolve_in(cx, site, arg, around, added).unwrap_or_else(|reported| {
            outcome = Err(reported);
            arg.clone()
        })
    });
    around.bound.truncate(outer);
    around.scopes = scopes;
    outcome?;
    let depth = around.scopes;
    let spot = ImportSpot { site, bound: &around.bound, depth, placing: &Placing::Top };
    match (new.op(), new.origin(), new.name().cloned()) {
        (Op::VAR, Origin::Builtin, Some(name)) => Ok(reach_builtin(cx, spot, &name, new, added)),
        (Op::VAR, Origin::Specialised(number), Some(_)) => {
            let name = specialised_name(cx, site, number)
                .ok_or_else(|| cx.findings.report_unforeseen(site.label()))?;
            Ok(node.clone().with_name(Some(name)).with_origin(Origin::Site))
        }
        (Op::VAR, Origin::Library, Some(name)) => {
            let own = import_name(cx, spot, ImportTarget::module(&name), added);
            Ok(new.with_name(Some(own)).with_origin(Origin::Site))
        }
        (Op::VAR, Origin::Module(file), Some(name))
            if cx.lineage.is_text_of(file, site.module.file) =>
        {
            reach_own_global(cx, spot, &name, new, added)
        }
        (Op::VAR, Origin::Module(file), Some(name)) => {
            reach_foreign_global(cx, spot, &name, file, new, added)
        }
        (Op::IMPORTFROM, _, Some(name)) if name.starts_with('.') => {
            Ok(absolute_import(cx, site, &name, new))
        }
        _ => Ok(new),
    }
}

/// A relative import of another module's code, by the whole name of what it imports.
fn absolute_import(cx: &Hygiene<'_, '_>, site: CallSite<'_>, name: &str, node: Node) -> Node {
    let home = node.loc().and_then(|loc| cx.resolver.project.module_of(loc.file));
    let Some(home) = home.filter(|home| home.file != site.module.file) else { return node };
    let below = name.trim_start_matches('.');
    let up = name.len() - below.len() - usize::from(home.is_package);
    let parts: Vec<&str> = home.name.split('.').collect();
    let mut parts = parts[..parts.len().saturating_sub(up)].to_vec();
    parts.extend((!below.is_empty()).then_some(below));
    match parts.is_empty() {
        true => node,
        false => node.with_name(Some(parts.join(".").into())),
    }
}

fn reach_builtin(
    cx: &mut Hygiene<'_, '_>,
    spot: ImportSpot<'_, '_>,
    name: &str,
    node: Node,
    added: &mut AddedImports,
) -> Node {
    let scopes = &spot.site.module.scopes;
    let hidden = scopes.lookup(spot.site.scope, name) != Place::Unbound
        || spot.is_bound(name)
        || cx.resolver.may_be_starred(spot.site.module, name);
    if !hidden {
        return node;
    }
    let builtins = import_name(cx, spot, ImportTarget::module("builtins"), added);
    Node::attribute(Node::var(builtins, Origin::Site), name).with_loc(node.loc())
}

/// A global of the file that is being expanded.
fn reach_own_global(
    cx: &mut Hygiene<'_, '_>,
    spot: ImportSpot<'_, '_>,
    name: &str,
    node: Node,
    added: &mut AddedImports,
) -> Result<Node, Reported> {
    let module = spot.site.module;
    let bindings = module.scopes.bindings(ScopeId::MODULE, name);
    let aliases = bindings.iter().filter_map(alias_of);
    cx.output.kept_imports.extend(aliases.map(|alias| (module.file, alias)));
    let unbound = bindings.is_empty()
        && module.scopes.lookup(spot.site.scope, name) == Place::Unbound
        && !spot.is_bound(name)
        && !spot.is_private(name);
    if unbound || spot.sees_global(name) {
        return Ok(node);
    }
    let start = spot.site.range.start();
    let before = |b: &Binding| b.position == Position::Straight && b.range.end() <= start;
    if bindings.iter().any(before) && bindings.iter().all(Binding::is_definition) {
        let loc = node.loc();
        let globals = reach_builtin(cx, spot, "globals", builtin("globals", loc), added);
        let key = Node::value(Value::text(name)).with_loc(loc);
        let call = Node::call(globals, Vec::new()).with_loc(loc);
        return Ok(Node::new(Op::INDEX, vec![call, key]).with_loc(loc));
    }
    let message = format!(
        "this expansion isn't possible here yet: it uses the module's `{name}`, which is \
         shadowed here"
    );
    let label = module.label(spot.site.range, "in this call");
    let help = format!("bind `{name}` above the call, at the top level of the module");
    Err(cx.findings.report(Finding::new(Code::NeedsStatements, message, label).help(help)))
}

/// A global of another module.
fn reach_foreign_global(
    cx: &mut Hygiene<'_, '_>,
    spot: ImportSpot<'_, '_>,
    name: &str,
    file: FileId,
    node: Node,
    added: &mut AddedImports,
) -> Result<Node, Reported> {
    let home = cx.resolver.project.module_of(file);
    let home = home.ok_or_else(|| cx.findings.report_unforeseen(spot.site.label()))?;
    let mut placing = placing(cx.resolver, spot.site, &home);
    if is_early(cx, spot.site.module, &home, &placing) {
        placing = Placing::Late;
    }
    let spot = ImportSpot { placing: &placing, ..spot };
    if builtin_named(name).is_some() && !cx.resolver.surely_has(&home, name) {
        let own = module_reference(cx, spot, &home, added).with_loc(node.loc());
        return Ok(global_or_builtin(cx, spot, name, own, added));
    }
    if placing != Placing::Late
        && !cx.resolver.index().is_assigned(&home, name)
        && let Some(target) = target_of(cx.resolver, spot.site.module, &home, name)
        && (target.module != home.name || written_object(cx, spot, &home).is_none())
    {
        if let Some(own) = existing_import(cx, spot, &target, added) {
            return Ok(node.with_name(Some(own)).with_origin(Origin::Site));
        }
        let by_name = !is_subclass(cx.resolver, &home, &target);
        if added.has(spot, &target) || by_name && is_there_in_time(cx, spot, &home, &target) {
            let own = import_name(cx, spot, target, added);
            return Ok(node.with_name(Some(own)).with_origin(Origin::Site));
        }
    }
    Ok(reach_through_module(cx, spot, name, &home, &node, added))
}

/// Whether the target has its value when the imports at the spot are done: `home` has run, or has
/// bound it before the macro.
fn is_there_in_time(
    cx: &Hygiene<'_, '_>,
    spot: ImportSpot<'_, '_>,
    home: &Rc<Module>,
    target: &ImportTarget,
) -> bool {
    let module = spot.site.module;
    let is_in_no_circle =
        |target: &ImportTarget| matches!(import_cycle(&cx.erasure(), module, target), Circle::None);
    let Placing::Beside(places) = spot.placing else {
        return matches!(spot.placing, Placing::Before { .. }) || is_in_no_circle(target);
    };
    let last = |name: &str| home.scopes.bindings(ScopeId::MODULE, name).last();
    let is_before = |place: &ImportPlace| {
        let macro_name = place.member.as_ref().map(|(name, _)| name.as_str());
        let own = target.member.as_deref().and_then(last);
        match (own, macro_name.and_then(last)) {
            (Some(own), Some(of_macro)) => own.range.end() <= of_macro.range.start(),
            _ => false,
        }
    };
    target.module == home.name && places.iter().all(is_before) || is_in_no_circle(target)
}

/// The module `home` as the call names it: in `lib.m(x)` it is `lib`.
fn written_object(
    cx: &mut Hygiene<'_, '_>,
    spot: ImportSpot<'_, '_>,
    home: &Rc<Module>,
) -> Option<Node> {
    let (site, module) = (spot.site, spot.site.module);
    let parts = object_of(module.slice(site.callee))?;
    let (root, attributes) = parts.split_first()?;
    let mut entity = cx.resolver.entity_in_scope(module, site.scope, root)?;
    for attribute in attributes {
        entity = cx.resolver.member_entity(module, entity, attribute)?;
    }
    let is_home = matches!(&entity, Entity::Module(found) if found.path == home.path);
    if !is_home || spot.is_bound(root) || spot.is_private(root) {
        return None;
    }
    if let Place::Bound(scope) = module.scopes.lookup(site.scope, root) {
        // A variable of a class isn't seen by functions in it.
        if spot.depth > 0 && module.scopes.kind(scope) == ScopeKind::Class {
            return None;
        }
        let aliases = module.scopes.bindings(scope, root).iter().filter_map(alias_of);
        cx.output.kept_imports.extend(aliases.map(|alias| (module.file, alias)));
    }
    let object = Node::var(&**root, Origin::Site);
    Some(attributes.iter().fold(object, |object, name| Node::attribute(object, name)))
}

/// What the module's own imports call the module `home`: the folder of a script is a root for it.
fn imported_name(
    resolver: &Resolver<'_>,
    module: &Rc<Module>,
    home: &Rc<Module>,
) -> Option<String> {
    let scopes = &module.scopes;
    let names = scopes.scopes().flat_map(|scope| scopes.names(scope).map(move |n| (scope, n)));
    let targets = names
        .flat_map(|(scope, name)| scopes.bindings(scope, name))
        .filter_map(|binding| import_of(module, binding));
    let is_home = |name: &String| {
        resolver.project.locate(&module.path, name).is_some_and(|path| path == home.path)
    };
    targets.flat_map(|target| target.below.into_iter().chain([target.module])).find(is_home)
}

/// `import_module("pkg.lib")`, when the code runs.
fn late_import(
    cx: &mut Hygiene<'_, '_>,
    spot: ImportSpot<'_, '_>,
    home: &Rc<Module>,
    added: &mut AddedImports,
) -> Node {
    let importer = ImportTarget::member("importlib", "import_module");
    let spot = ImportSpot { placing: &Placing::Top, ..spot };
    let importer = import_name(cx, spot, importer, added);
    let name = imported_name(cx.resolver, spot.site.module, home);
    let module = Node::value(Value::text(name.as_deref().unwrap_or(&home.name)));
    Node::call(Node::var(importer, Origin::Site), vec![module])
}

/// `name` as an attribute of the module `home`, looked up anew each time.
fn reach_through_module(
    cx: &mut Hygiene<'_, '_>,
    spot: ImportSpot<'_, '_>,
    name: &str,
    home: &Rc<Module>,
    node: &Node,
    added: &mut AddedImports,
) -> Node {
    let own = module_reference(cx, spot, home, added).with_loc(node.loc());
    if spot.is_private(name) {
        let getattr = reach_builtin(cx, spot, "getattr", builtin("getattr", None), added);
        let arguments = vec![own, Node::value(Value::text(name))];
        return Node::call(getattr, arguments).with_loc(node.loc());
    }
    Node::attribute(own, name).with_loc(node.loc())
}

/// `getattr(module, "name", name)`: the global that a module may have, else the builtin.
fn global_or_builtin(
    cx: &mut Hygiene<'_, '_>,
    spot: ImportSpot<'_, '_>,
    name: &str,
    module: Node,
    added: &mut AddedImports,
) -> Node {
    let loc = module.loc();
    let getattr = reach_builtin(cx, spot, "getattr", builtin("getattr", loc), added);
    let otherwise = reach_builtin(cx, spot, name, builtin(name, loc), added);
    Node::call(getattr, vec![module, Node::value(Value::text(name)), otherwise]).with_loc(loc)
}

/// The module `home`, of which a global is needed.
fn module_reference(
    cx: &mut Hygiene<'_, '_>,
    spot: ImportSpot<'_, '_>,
    home: &Rc<Module>,
    added: &mut AddedImports,
) -> Node {
    let site = spot.site;
    let target = ImportTarget::unnamed(&home.name);
    if let Some(object) = written_object(cx, spot, home) {
        return object;
    }
    match existing_import(cx, spot, &target, added) {
        Some(own) => Node::var(own, Origin::Site),
        // `import pkg.lib as lib` would give what the package calls `lib`.
        None if *spot.placing == Placing::Late
            || is_hidden_in_packages(cx.resolver, home, &home.name) =>
        {
            late_import(cx, spot, home, added)
        }
        None if added.has(spot, &target) || *spot.placing != Placing::Top => {
            Node::var(import_name(cx, spot, target, added), Origin::Site)
        }
        None => {
            let placing = match import_cycle(&cx.erasure(), site.module, &target) {
                Circle::None => Placing::Top,
                Circle::Old(Some(place)) if place.end() <= site.range.start() => {
                    Placing::Before { statement: place, style: None }
                }
                Circle::Old(_) => Placing::Top,
                // Imported now, one of the two would meet the other half done.
                Circle::New => return late_import(cx, spot, home, added),
            };
            let spot = ImportSpot { placing: &placing, ..spot };
            Node::var(import_name(cx, spot, target, added), Origin::Site)
        }
    }
}

/// Whether an import at the place would run `home` before the program does: the macro comes by way of
/// a module that may be half done there.
fn is_early(
    cx: &Hygiene<'_, '_>,
    module: &Rc<Module>,
    home: &Rc<Module>,
    placing: &Placing,
) -> bool {
    let Placing::Beside(places) = placing else { return false };
    !placing.brings(cx.resolver, module, home)
        && places.iter().any(|place| may_meet_half_done(&cx.erasure(), module, place.statement))
}

/// What to import into `module` to have the global `name` of `home`, whose value is settled once `home`
/// has run: what it imports itself is imported from where it comes from, if nobody notices that `home`
/// isn't run. None if it may change.
fn target_of(
    resolver: &Resolver<'_>,
    module: &Rc<Module>,
    home: &Rc<Module>,
    name: &str,
) -> Option<ImportTarget> {
    let target = settled_target(resolver, home, name)?;
    match target.member.is_none() || is_inert_import(resolver, module, &home.name) {
        true => Some(target),
        false => Some(ImportTarget::member(&home.name, name)),
    }
}

/// Where the value of the global `name` of `home` comes from; none if it may change.
fn settled_target(resolver: &Resolver<'_>, home: &Rc<Module>, name: &str) -> Option<ImportTarget> {
    let bindings = home.scopes.bindings(ScopeId::MODULE, name);
    let straight = |b: &Binding| b.position == Position::Straight && b.is_definition();
    if !bindings.iter().all(straight) {
        return None;
    }
    match bindings {
        [] if resolver.may_be_starred(home, name) => Some(ImportTarget::member(&home.name, name)),
        [] => None,
        [binding] => match import_of(home, binding) {
            Some(target) if is_final_binding(resolver, home, &target) => Some(target),
            _ => Some(ImportTarget::member(&home.name, name)),
        },
        [first, ..] => {
            // `import pkg.a` and `import pkg.b` both bind `pkg`.
            let mut target = import_of(home, first)?;
            target.below.clear();
            for binding in bindings {
                let own = import_of(home, binding)?;
                if own.member.is_some() || own.module != target.module {
                    return None;
                }
                target.below.extend(own.below);
            }
            Some(target)
        }
    }
}

/// Whether it doesn't matter when `target` is imported.
fn is_final_binding(resolver: &Resolver<'_>, home: &Rc<Module>, target: &ImportTarget) -> bool {
    let Some(member) = &target.member else { return true };
    let Some(path) = resolver.project.locate(&home.path, &target.module) else { return true };
    let Ok(found) = resolver.project.module(&path) else { return true };
    match found.scopes.bindings(ScopeId::MODULE, member) {
        // A module below the package.
        [] => true,
        [binding] => binding.position == Position::Straight && binding.is_definition(),
        _ => false,
    }
}

fn builtin(name: &str, loc: Option<Loc>) -> Node {
    Node::var(name, Origin::Builtin).with_loc(loc)
}
