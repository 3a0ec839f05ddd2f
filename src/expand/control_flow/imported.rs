//! The modules that a module takes compile-time names from: the branches at their top levels are
//! chosen before it is asked what they export, and those that can't be read are reported.

use std::collections::HashSet;
use std::rc::Rc;

use rustpython_ast::ExprAttribute;
use rustpython_text_size::TextRange;

use super::decide;
use super::sites::top_level_branches;
use crate::expand::Expander;
use crate::expand::compile_time::Part;
use crate::expand::program::{Denotation, Entity, Module, Resolver, Unresolved};
use crate::expand::report::ambiguous_finding;
use crate::scope::{Binding, BindingKind, ScopeId, StarImport};
use crate::source::FileId;
use crate::syntax::{attribute_root, read_attributes};

/// Chooses the branches at the top levels of the modules that names in a `part` of `module` come from,
/// so that it can be told what the names denote. A module that can't be read is reported.
pub(crate) fn choose_branches_of_imports(cx: &mut Expander<'_>, module: &Rc<Module>, part: Part) {
    choose_for(cx, module, part, &mut HashSet::new());
}

fn choose_for(cx: &mut Expander<'_>, module: &Rc<Module>, part: Part, seen: &mut HashSet<FileId>) {
    if !seen.insert(module.file) {
        return;
    }
    let mut homes = Vec::new();
    for name in imported_names(&cx.resolver, module, part) {
        match answer(cx, module, name, seen) {
            Ok(Some(Entity::Module(starred))) if matches!(name, ImportedName::Star(_)) => {
                homes.push(starred);
            }
            Ok(Some(entity)) => homes.extend(entity.definition().map(|(home, _)| home.clone())),
            Err(Unresolved::Broken(findings)) => {
                cx.findings.extend(findings);
                cx.compile_time.incomplete.insert(module.file);
            }
            Err(Unresolved::Ambiguous(ambiguity)) => {
                let place = name.place().filter(|_| !name.is_of_ambiguous(&cx.resolver, module));
                if let Some(place) = place.filter(|_| ambiguity.module.file != module.file) {
                    cx.findings.report(ambiguous_finding(module, place, &ambiguity));
                }
            }
            Ok(None) | Err(Unresolved::Undecided(_)) => {}
        }
    }
    if !module.scopes.star_imports(ScopeId::MODULE).is_empty() {
        module.scopes.hide_builtins(|name| cx.resolver.may_be_starred(module, name));
    }
    for home in homes {
        choose_for(cx, &home, Part::CompileTime, seen);
    }
}

/// What an imported name denotes, after the branches that this depends on were chosen.
fn answer(
    cx: &mut Expander<'_>,
    module: &Rc<Module>,
    name: ImportedName<'_>,
    seen: &mut HashSet<FileId>,
) -> Denotation {
    loop {
        match name.denotes(&cx.resolver, module) {
            Err(Unresolved::Undecided(other)) => choose_branches(cx, &other, seen),
            answer => return answer,
        }
    }
}

/// Chooses the branches at the top level of a module. Whoever asks meanwhile sees it as it is.
fn choose_branches(cx: &mut Expander<'_>, module: &Rc<Module>, seen: &mut HashSet<FileId>) {
    cx.resolver.choose(module.file, module.clone());
    choose_for(cx, module, Part::CompileTime, seen);
    let sites = top_level_branches(&cx.resolver, module);
    if let Some(chosen) = decide(cx, module, sites) {
        cx.resolver.choose(module.file, chosen);
    }
}

/// A name that a module has from another.
#[derive(Clone, Copy)]
enum ImportedName<'m> {
    Binding(&'m Binding),
    /// All names of this module, which is named as the import has it.
    Star(&'m StarImport),
    Attribute(&'m ExprAttribute),
}

impl<'m> ImportedName<'m> {
    /// The name and where it is imported, if it is one name.
    fn place(self) -> Option<(&'m str, TextRange)> {
        match self {
            ImportedName::Binding(binding) => Some((&binding.name, binding.range)),
            ImportedName::Attribute(attribute) => Some((&attribute.attr, attribute.attr.range)),
            ImportedName::Star(_) => None,
        }
    }

    /// Whether it is an attribute of something that is reported itself.
    fn is_of_ambiguous(self, resolver: &Resolver<'_>, module: &Rc<Module>) -> bool {
        match self {
            ImportedName::Attribute(attribute) => {
                resolver.denotes(module, &attribute.value).is_err()
            }
            ImportedName::Binding(_) | ImportedName::Star(_) => false,
        }
    }

    fn denotes(self, resolver: &Resolver<'_>, module: &Rc<Module>) -> Denotation {
        match self {
            ImportedName::Binding(binding) => resolver.binding_denotes(module, binding),
            ImportedName::Attribute(attribute) => resolver.attribute_denotes(module, attribute),
            ImportedName::Star(star) => {
                let imported = module.absolute(star.level, star.module.as_deref());
                resolver.module_denotes(module, &imported)
            }
        }
    }
}

/// The names in a part of a module that it has from others.
fn imported_names<'m>(
    resolver: &Resolver<'_>,
    module: &'m Rc<Module>,
    part: Part,
) -> Vec<ImportedName<'m>> {
    let scopes = &module.scopes;
    let mut names = Vec::new();
    let mut roots = HashSet::new();
    for scope in scopes.scopes().filter(|scope| part == Part::Whole || *scope == ScopeId::MODULE) {
        for binding in scopes.names(scope).flat_map(|name| scopes.bindings(scope, name)) {
            if matches!(binding.kind, BindingKind::Import { .. }) {
                roots.insert(binding.name.as_str());
                names.push(ImportedName::Binding(binding));
            }
        }
    }
    let stars = scopes.star_imports(ScopeId::MODULE);
    names.extend(stars.iter().map(ImportedName::Star));
    for stmt in &module.syntax.body {
        if part == Part::Whole || resolver.is_definition(module, stmt) {
            let imported = read_attributes(stmt).filter(|attribute| {
                let root = attribute_root(&attribute.value).as_name_expr();
                root.is_some_and(|root| !stars.is_empty() || roots.contains(root.id.as_str()))
            });
            names.extend(imported.map(ImportedName::Attribute));
        }
    }
    names
}
