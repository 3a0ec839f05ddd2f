//! The modules that compile-time code imports (language.md §10): the program's and installed ones.
//!
//! A module without compile-time names is run as it is. Of one with some, compile-time code sees
//! those, and the statements that use none of them.

use std::path::PathBuf;
use std::rc::Rc;

use rustpython_ast::{Alias, ModModule, Stmt};
use rustpython_text_size::{Ranged as _, TextRange};

use super::Stage;
use crate::expand::program::{Entity, Module};
use crate::host::{Failure, FoundModule, ModuleContent, Realm};
use crate::scope::ScopeId;
use crate::source::{FileId, Source};
use crate::syntax::read_attributes;

/// What an import of `name` in the code of these files means in `realm`.
pub(super) fn find_module(
    cx: &Stage<'_, '_>,
    from: &[FileId],
    name: &str,
    realm: Realm,
) -> Option<FoundModule> {
    let project = &cx.resolver.project;
    let is_package = |path: &PathBuf| path.file_stem().is_some_and(|stem| stem == "__init__");
    if let Some(path) = locate(cx, from, name, realm) {
        let origin = Some(project.shown_to_code(&path));
        return Some(FoundModule { origin, is_package: is_package(&path) });
    }
    // A folder is a package if nothing else has the name.
    let is_folder = realm == Realm::Installed
        && (importer(cx, from).is_some_and(|importer| project.is_namespace(&importer.path, name))
            || is_open(cx, name) && project.installed.is_folder(project.files(), name));
    is_folder.then_some(FoundModule { origin: None, is_package: true })
}

/// What fills the module.
pub(super) fn load_module(
    cx: &mut Stage<'_, '_>,
    from: &[FileId],
    name: &str,
    realm: Realm,
) -> Result<ModuleContent, Failure> {
    let Some(path) = locate(cx, from, name, realm) else { return Ok(ModuleContent::Nothing) };
    cx.compile_time.inputs.insert(path.clone());
    let failed = |why: String| Failure::NoModule {
        message: format!("`{name}` {why}"),
        place: None,
        name: Some(name.to_owned()),
        help: Some("a module has to be readable Python to be imported".to_owned()),
    };
    let project = &cx.resolver.project;
    if realm == Realm::Installed {
        let shown = project.shown_to_code(&path);
        let bytes =
            project.read(&path).map_err(|error| failed(format!("can't be read: {error}")))?;
        let source = Source::decode(shown, &bytes);
        let source = source.map_err(|error| failed(format!("can't be read: {}", error.message)))?;
        return Ok(ModuleContent::Installed(Rc::new(source)));
    }
    // The one that is being expanded may have another text by now.
    let mut importers = from.iter().filter_map(|file| project.module_of(*file));
    let known = importers.find(|importer| importer.path == path);
    let module = match known.map_or_else(|| project.module(&path), Ok) {
        Ok(module) => module,
        Err(findings) => {
            findings.into_iter().for_each(|finding| {
                cx.findings.report(finding);
            });
            return Err(failed(format!("can't be loaded: {} has errors", project.shown(&path))));
        }
    };
    cx.compile_time.host().add_source(module.file, module.source.clone());
    let own = match is_plain(cx, &module, &module.syntax.body, is_of_run_time) {
        true => None,
        false => cx.namespace(&module),
    };
    let names = own.unwrap_or_else(|| cx.compile_time.host().namespace(&module.name));
    let (mut body, left_out) = plain_part(cx, &module);
    for stmt in &mut body.body {
        cx.stage_plain(&module, &names, stmt);
    }
    Ok(ModuleContent::Program { names, file: module.file, body, left_out })
}

/// The content of a file that belongs to an installed package, which code knows by this path.
pub(super) fn read_package_file(cx: &mut Stage<'_, '_>, path: &str) -> Option<Vec<u8>> {
    let project = &cx.resolver.project;
    let file = project.installed.file(project.files(), path)?;
    let bytes = project.read(&file).ok()?;
    cx.compile_time.inputs.insert(file);
    Some(bytes)
}

fn locate(cx: &Stage<'_, '_>, from: &[FileId], name: &str, realm: Realm) -> Option<PathBuf> {
    let project = &cx.resolver.project;
    match realm {
        Realm::Program => project.locate(&importer(cx, from)?.path, name),
        Realm::Installed if is_open(cx, name) => project.installed.locate(project.files(), name),
        Realm::Installed => None,
    }
}

fn is_open(cx: &Stage<'_, '_>, name: &str) -> bool {
    cx.resolver.project.installed.allows(name.split('.').next().unwrap_or(name))
}

/// The module of the program whose code imports.
fn importer(cx: &Stage<'_, '_>, from: &[FileId]) -> Option<Rc<Module>> {
    from.iter().find_map(|file| cx.resolver.project.module_of(*file))
}

/// The statements that use nothing of compile time, and the names that the others would bind.
fn plain_part(cx: &Stage<'_, '_>, module: &Rc<Module>) -> (ModModule, Vec<String>) {
    let mut left_out = Vec::new();
    let mut body: Vec<Stmt> = Vec::new();
    for stmt in &module.syntax.body {
        let mut stmt = stmt.clone();
        if let Stmt::Import(_) | Stmt::ImportFrom(_) = stmt {
            without_compile_time(cx, module, &mut stmt);
        }
        match &stmt {
            Stmt::Import(import) if import.names.is_empty() => {}
            Stmt::ImportFrom(import) if import.names.is_empty() => {}
            stmt if cx.resolver.is_definition(module, stmt) => {}
            plain if is_plain(cx, module, std::slice::from_ref(plain), is_of_both_times) => {
                body.push(stmt)
            }
            _ => left_out.extend(names_bound(module, stmt.range())),
        }
    }
    (ModModule { body, ..module.syntax.clone() }, left_out)
}

/// Takes the names out of an import that are bound already: those of compile time.
fn without_compile_time(cx: &Stage<'_, '_>, module: &Rc<Module>, import: &mut Stmt) {
    let is_run_time = |alias: &Alias| {
        let names = module.scopes.names(ScopeId::MODULE);
        let mut bindings = names.flat_map(|name| module.scopes.bindings(ScopeId::MODULE, name));
        let binding = bindings.find(|binding| alias.range.contains_range(binding.range));
        let entity = binding.and_then(|binding| cx.resolver.entity_of_binding(module, binding));
        entity.is_none_or(|entity| is_of_run_time(&entity))
    };
    match import {
        Stmt::Import(import) => import.names.retain(is_run_time),
        Stmt::ImportFrom(import) => {
            let from = module.absolute(import.level, import.module.as_deref());
            match cx.resolver.module_entity(module, &from) {
                Some(Entity::MetaModule | Entity::MetaPackage(_)) => import.names.clear(),
                _ => import.names.retain(is_run_time),
            }
        }
        _ => {}
    }
}

/// Whether what the statements of the module use is all allowed.
fn is_plain(
    cx: &Stage<'_, '_>,
    module: &Rc<Module>,
    body: &[Stmt],
    is_allowed: impl Fn(&Entity) -> bool,
) -> bool {
    let resolver = cx.resolver;
    body.iter().all(|stmt| {
        let is_imported = |scope| {
            let names = module.scopes.names(scope);
            let mut bindings = names.flat_map(|name| module.scopes.bindings(scope, name));
            bindings.all(|binding| {
                !stmt.range().contains_range(binding.range)
                    || resolver.entity_of_binding(module, binding).is_none_or(|e| is_allowed(&e))
            })
        };
        let uses = module.scopes.uses_in(stmt.range());
        let mut entities = uses.iter().filter_map(|used| resolver.entity_of_use(module, used));
        let mut attributes = read_attributes(stmt)
            .filter_map(|e| resolver.attribute_denotes(module, e).ok().flatten());
        entities.all(|entity| is_allowed(&entity))
            && attributes.all(|entity| is_allowed(&entity))
            && module.scopes.scopes().all(is_imported)
    })
}

/// Whether the running program has it as well, and the same.
fn is_of_run_time(entity: &Entity) -> bool {
    matches!(entity, Entity::Module(_) | Entity::Path(_))
}

/// Whether a plain statement may use it at compile time: it means the same there.
fn is_of_both_times(entity: &Entity) -> bool {
    is_of_run_time(entity) || matches!(entity, Entity::Constant(..) | Entity::Unroll(..))
}

/// The names of the module that are bound at `range`.
fn names_bound(module: &Module, range: TextRange) -> Vec<String> {
    let names = module.scopes.names(ScopeId::MODULE);
    let bindings = names.flat_map(|name| module.scopes.bindings(ScopeId::MODULE, name));
    let bound = bindings.filter(|binding| range.contains_range(binding.range));
    bound.map(|binding| binding.name.to_string()).collect()
}
