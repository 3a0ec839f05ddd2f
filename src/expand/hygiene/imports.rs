//! The imports that expansions need: which of the file's own they may use, under which names
//! others are added, and where.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use rustpython_ast::{Alias, Stmt, StmtImportFrom};
use rustpython_text_size::{Ranged as _, TextRange};

use super::Hygiene;
use super::beside::ImportStyle;
use super::head::add_on_top;
use super::route::{ImportPlace, Placing};
use super::target::{ImportTarget, alias_of, import_of, is_hidden_in_packages, last_part};
use crate::codenode::{Name, Node, Op, Origin};
use crate::expand::call_site::CallSite;
use crate::expand::erasure::{is_dead_import, new_statement};
use crate::expand::fresh_names::is_taken_in_file;
use crate::expand::output::BesideImports;
use crate::expand::program::{Module, Project, below, is_unnoticed_import};
use crate::residual::{free_name, private_name};
use crate::scope::{Binding, Place, Position, ScopeId};
use crate::source::edit::Edits;
use crate::syntax::statements as statements_of;

/// The imports that expansions in a file need.
#[derive(Default)]
pub(crate) struct AddedImports {
    imports: Vec<Added>,
    /// The names in the expansions so far, which imports must differ from.
    names: HashSet<Name>,
}

struct Added {
    target: ImportTarget,
    /// The name it has in the file.
    name: Name,
    placing: Placing,
}

impl Added {
    /// Whether the import has surely been done at the spot, and its name is seen there.
    fn serves(&self, spot: ImportSpot<'_, '_>) -> bool {
        let is_done = |place: &ImportPlace| {
            place.scope == ScopeId::MODULE
                && place.position == Position::Straight
                && place.statement.end() <= spot.site.range.start()
        };
        match &self.placing {
            Placing::Top | Placing::Before { .. } => true,
            Placing::Late => false,
            Placing::Beside(places) => self.placing == *spot.placing || places.iter().any(is_done),
        }
    }
}

/// Where an import is needed.
#[derive(Clone, Copy)]
pub(crate) struct ImportSpot<'s, 'm> {
    pub site: CallSite<'m>,
    /// The names of the call site that lambdas and comprehensions of the expansion bind here.
    pub bound: &'s [Name],
    /// How many lambdas and comprehensions of the expansion are around.
    pub depth: usize,
    /// Where an added import goes.
    pub placing: &'s Placing,
}

impl ImportSpot<'_, '_> {
    /// Whether the name is the module's own variable here, not somebody else's.
    pub(crate) fn sees_global(&self, name: &str) -> bool {
        let scopes = &self.site.module.scopes;
        scopes.lookup(self.site.scope, name) == Place::Bound(ScopeId::MODULE)
            && !self.is_bound(name)
            && !self.is_private(name)
    }

    pub(crate) fn is_bound(&self, name: &str) -> bool {
        self.bound.iter().any(|bound| &**bound == name)
    }

    /// Whether Python would mangle the name here.
    pub(crate) fn is_private(&self, name: &str) -> bool {
        self.site.module.scopes.mangled(self.site.scope, name) != name
    }
}

impl AddedImports {
    /// Imports keep clear of the variables in the code, but those that they are to reach.
    pub(crate) fn avoid_names_of(&mut self, node: &Node) {
        let own = matches!(node.origin(), Origin::Site | Origin::Quote(_));
        if let Some(name) = node.name().filter(|_| own && !matches!(node.op(), Op::KEYWORD)) {
            self.names.insert(name.clone());
        }
        for arg in node.args() {
            self.avoid_names_of(arg);
        }
    }

    /// Whether an import has the name.
    pub(crate) fn has_name(&self, name: &str) -> bool {
        self.imports.iter().any(|added| &*added.name == name)
    }

    /// Whether `target` is imported already, for this spot as well.
    pub(crate) fn has(&self, spot: ImportSpot<'_, '_>, target: &ImportTarget) -> bool {
        self.imports.iter().any(|a| a.target.is_same_object(target) && a.serves(spot))
    }

    /// Those that go to a place.
    fn at<'a>(
        &'a self,
        is_there: impl Fn(&Placing) -> bool + 'a,
    ) -> Vec<(&'a ImportTarget, &'a str)> {
        let there = self.imports.iter().filter(move |added| is_there(&added.placing));
        there.map(|added| (&added.target, &*added.name)).collect()
    }

    /// Adds the edits that write the statements that go to the top, and before others.
    pub(crate) fn write(&self, project: &Project<'_>, module: &Rc<Module>, edits: &mut Edits) {
        let top = statements(&self.at(|placing| *placing == Placing::Top), &absolute_text);
        add_on_top(module, &top, edits);
        let mut places: Vec<&Placing> = Vec::new();
        for Added { placing, .. } in &self.imports {
            if !places.contains(&placing) {
                places.push(placing);
            }
        }
        for place in places {
            let Placing::Before { statement, style } = place else { continue };
            let line = module.source.line_range(statement.start());
            let indent = module.slice(TextRange::new(line.start(), statement.start()));
            let end = if indent.trim().is_empty() {
                format!("{}{indent}", module.source.newline())
            } else {
                "; ".to_owned()
            };
            let style = style.map(|import| ImportStyle::of(project, module, import));
            let spelled = |target: &ImportTarget| match &style {
                Some(style) => style.spelled(target),
                None => absolute_text(target),
            };
            let before = statements(&self.at(|placing| placing == place), &spelled);
            edits.insert(
                statement.start(),
                before.into_iter().map(|s| s + &end).collect::<String>(),
            );
        }
    }

    /// Adds the edits that write what goes beside import statements, which stay.
    pub(crate) fn write_beside(
        &self,
        project: &Project<'_>,
        module: &Rc<Module>,
        edits: &mut Edits,
    ) {
        for (statement, beside) in self.beside(project, module) {
            for (alias, text) in beside.members {
                edits.insert(alias.end(), format!(", {text}"));
            }
            let line = new_statement(module, statement);
            let after: String = beside.statements.iter().map(|s| format!("{line}{s}")).collect();
            edits.insert(statement.end(), after);
        }
    }

    /// Whether what goes beside the import statement runs the module that this is from.
    fn runs(
        &self,
        project: &Project<'_>,
        module: &Module,
        (statement, from): (TextRange, &str),
    ) -> bool {
        let locate = |name: &str| project.locate(&module.path, name);
        let path = locate(from);
        self.imports.iter().any(|Added { target, placing, .. }| {
            let is_there = match placing {
                Placing::Beside(places) => places.iter().any(|p| p.statement == statement),
                _ => false,
            };
            let is_below = target.module.starts_with(&below(from, ""));
            is_there && (is_below || locate(&target.module) == path)
        })
    }

    /// What goes beside import statements of the file.
    pub(crate) fn beside(&self, project: &Project<'_>, module: &Rc<Module>) -> BesideImports {
        let mut beside = BesideImports::new();
        let mut others: HashMap<TextRange, Vec<(&ImportTarget, &str)>> = HashMap::new();
        for Added { target, name, placing } in &self.imports {
            let Placing::Beside(places) = placing else { continue };
            for ImportPlace { statement, member, .. } in places {
                let style = ImportStyle::of(project, module, *statement);
                match (&target.member, member) {
                    (Some(own), Some((_, alias))) if style.is_of(target) => {
                        let members = &mut beside.entry(*statement).or_default().members;
                        members.push((*alias, aliased(own, name)));
                    }
                    _ => others.entry(*statement).or_default().push((target, name)),
                }
            }
        }
        for (statement, imports) in others {
            let style = ImportStyle::of(project, module, statement);
            let texts = statements(&imports, &|target| style.spelled(target));
            beside.entry(statement).or_default().statements = texts;
        }
        beside
    }
}

/// `own as name`, or the name alone if it has no other.
fn aliased(own: &str, name: &str) -> String {
    if own == name { own.to_owned() } else { format!("{own} as {name}") }
}

fn absolute_text(target: &ImportTarget) -> String {
    target.module.clone()
}

/// The import statements, in the order in which they came to be needed, those from one module made
/// one. `spelled` gives the text of a module's name.
fn statements(
    imports: &[(&ImportTarget, &str)],
    spelled: &dyn Fn(&ImportTarget) -> String,
) -> Vec<String> {
    let mut statements: Vec<(Option<String>, String)> = Vec::new();
    for (target, name) in imports {
        let module = spelled(target);
        match &target.member {
            Some(member) => {
                match statements.iter_mut().find(|(from, _)| from.as_ref() == Some(&module)) {
                    Some((_, known)) => known.push_str(&format!(", {}", aliased(member, name))),
                    None => {
                        let text = format!("from {module} import {}", aliased(member, name));
                        statements.push((Some(module), text));
                    }
                }
            }
            None if !target.below.is_empty() => {
                statements.extend(target.below.iter().map(|m| (None, format!("import {m}"))));
            }
            None => statements.push((None, module_import(&module, name))),
        }
    }
    statements.into_iter().map(|(_, text)| text).collect()
}

/// The statement that imports a module under a name.
fn module_import(module: &str, name: &str) -> String {
    match module.strip_prefix('.') {
        None => format!("import {}", aliased(module, name)),
        Some(_) => {
            let at = module.rfind('.').map_or(0, |dot| dot + 1);
            let (package, own) = module.split_at(at);
            let is_dots = package.bytes().all(|byte| byte == b'.');
            let package = if is_dots { package } else { package.trim_end_matches('.') };
            format!("from {package} import {}", aliased(own, name))
        }
    }
}

/// The name under which `target` is reached at the spot: the file's own import of it if
/// that is sure to be there, else an added one.
pub(crate) fn import_name(
    cx: &mut Hygiene<'_, '_>,
    spot: ImportSpot<'_, '_>,
    target: ImportTarget,
    added: &mut AddedImports,
) -> Name {
    if let Some(name) = existing_import(cx, spot, &target, added) {
        return name;
    }
    let known = added.imports.iter().find(|a| a.target.is_same_object(&target) && a.serves(spot));
    if let Some(name) = known.map(|known| known.name.clone()) {
        return load_submodules(cx, spot, &target, name, added);
    }
    let free = free_import_name(cx, spot.site.module, &target.wish, added);
    let plain = target.below.is_empty() || *free == *target.module;
    let own = ImportTarget { below: Vec::new(), ..target.clone() };
    let new = if plain { target.clone() } else { own };
    added.imports.push(Added { target: new, name: free.clone(), placing: spot.placing.clone() });
    cx.output.brought.insert(free.clone());
    load_submodules(cx, spot, &target, free, added)
}

/// Keeps importing the modules that were imported for macros alone, where it could be noticed that
/// they don't run.
pub(crate) fn keep_noticed_imports(
    cx: &mut Hygiene<'_, '_>,
    module: &Rc<Module>,
    added: &mut AddedImports,
) {
    for stmt in statements_of(&module.syntax).filter_map(Stmt::as_import_from_stmt) {
        let is_dead = |alias: &Alias| is_dead_import(&cx.erasure(), module, alias);
        let from = module.absolute(stmt.level, stmt.module.as_deref());
        let brings = added.runs(&cx.resolver.project, module, (stmt.range, &from));
        let is_kept = brings || !stmt.names.iter().all(is_dead) || is_run_before(cx, module, stmt);
        if is_kept || is_unnoticed_import(cx.resolver, module, &from) {
            continue;
        }
        let mut target = ImportTarget::unnamed(&from);
        // A package has the modules directly below it by their names in any case.
        let own = last_part(&from);
        if module.is_package && from == below(&module.name, own) {
            target.wish = own.to_owned();
        } else if is_hidden_in_packages(cx.resolver, module, asked_for(&from, stmt.level)) {
            // `import pkg.sub.lib as _lib` would ask what `pkg` calls `sub`, `from . import lib as _lib`
            // what its package calls `lib`.
            let wish = target.wish;
            target = ImportTarget { wish, ..ImportTarget::member(&from, "__name__") };
        }
        let name = free_import_name(cx, module, &target.wish, added);
        cx.output.brought.insert(name.clone());
        let (statement, scope, position) = (stmt.range, ScopeId::MODULE, Position::Nested);
        let place = ImportPlace { statement, member: None, scope, position };
        // What expansions need from elsewhere comes after it, as it did.
        let placing = Placing::Beside(vec![place]);
        added.imports.insert(0, Added { target, name, placing });
    }
}

/// The module of which an import of another as a module, by so many dots, asks its package.
fn asked_for(module: &str, level: u32) -> &str {
    match module.rsplit_once('.') {
        Some((package, _)) if level == 0 => package,
        _ => module,
    }
}

/// Whether an import above the statement, which stays, surely runs the same module.
fn is_run_before(cx: &Hygiene<'_, '_>, module: &Rc<Module>, stmt: &StmtImportFrom) -> bool {
    let locate = |name: &str| cx.resolver.project.locate(&module.path, name);
    let path = locate(&module.absolute(stmt.level, stmt.module.as_deref()));
    let above = module.syntax.body.iter().take_while(|other| other.start() < stmt.start());
    above.into_iter().any(|other| match other {
        Stmt::Import(import) => import.names.iter().any(|alias| {
            locate(&alias.name) == path && !is_dead_import(&cx.erasure(), module, alias)
        }),
        Stmt::ImportFrom(import) => {
            let from = module.absolute(import.level, import.module.as_deref());
            let is_alive = |alias: &Alias| !is_dead_import(&cx.erasure(), module, alias);
            locate(&from) == path && import.names.iter().any(is_alive)
        }
        _ => false,
    })
}

/// The file's own import of `target`, if it has surely been done and not undone.
pub(crate) fn existing_import(
    cx: &mut Hygiene<'_, '_>,
    spot: ImportSpot<'_, '_>,
    target: &ImportTarget,
    added: &mut AddedImports,
) -> Option<Name> {
    let module = spot.site.module;
    let scopes = &module.scopes;
    for name in module.importing_names() {
        let bindings = scopes.bindings(ScopeId::MODULE, name);
        let same = |b: &Binding| {
            import_of(module, b).is_some_and(|own| own.is_same_object(target))
                && b.position == Position::Straight
        };
        // Several imports of modules of one package bind its name to one thing.
        let several = bindings.len() == 1 || target.member.is_none();
        let done = bindings.first().is_some_and(|b| is_before(b, spot.site.range));
        if several
            && done
            && bindings.iter().all(same)
            && spot.sees_global(name)
            && !cx.resolver.may_be_starred(module, name)
            && !cx.resolver.index().is_assigned_by_name(module, name)
        {
            let aliases = bindings.iter().filter_map(alias_of);
            cx.output.kept_imports.extend(aliases.map(|alias| (module.file, alias)));
            return Some(load_submodules(cx, spot, target, name.as_str().into(), added));
        }
    }
    None
}

/// Sees to it that the modules below `target`, which is called `name`, are loaded as well.
fn load_submodules(
    cx: &mut Hygiene<'_, '_>,
    spot: ImportSpot<'_, '_>,
    target: &ImportTarget,
    name: Name,
    added: &mut AddedImports,
) -> Name {
    let module = spot.site.module;
    let bindings = module.scopes.bindings(ScopeId::MODULE, &name);
    let own: Vec<String> = bindings
        .iter()
        .filter(|b| is_before(b, spot.site.range) && b.position == Position::Straight)
        .filter_map(|b| Some(import_of(module, b)?.below))
        .flatten()
        .collect();
    for below in &target.below {
        let loads = |a: &Added| {
            a.target.below.contains(below) || a.target.member.is_none() && a.target.module == *below
        };
        if own.contains(below) || added.imports.iter().any(loads) {
            continue;
        }
        let placing = spot.placing.clone();
        // In a function, `import pkg.below` would make a variable of it of the module's `pkg`.
        if *name == *target.module && is_of_module(&placing) {
            let target =
                ImportTarget { below: vec![below.clone()], ..ImportTarget::module(&target.module) };
            added.imports.push(Added { target, name: name.clone(), placing });
        } else {
            let target = ImportTarget::submodule(below);
            let name = free_import_name(cx, module, &target.wish, added);
            cx.output.brought.insert(name.clone());
            added.imports.push(Added { target, name, placing });
        }
    }
    name
}

/// Whether what is imported there becomes the module's own variable.
fn is_of_module(placing: &Placing) -> bool {
    match placing {
        Placing::Top | Placing::Before { .. } | Placing::Late => true,
        Placing::Beside(places) => places.iter().all(|place| place.scope == ScopeId::MODULE),
    }
}

fn free_import_name(
    cx: &mut Hygiene<'_, '_>,
    module: &Rc<Module>,
    wanted: &str,
    added: &AddedImports,
) -> Name {
    let starred: HashSet<String> = match module.scopes.star_imports(ScopeId::MODULE) {
        [] => HashSet::new(),
        _ => [wanted.to_owned()]
            .into_iter()
            .filter(|n| cx.resolver.may_be_starred(module, n))
            .collect(),
    };
    let taken = |name: &str| {
        is_taken_in_file(cx.output, module, name)
            || added.has_name(name)
            || added.names.contains(name)
            || starred.contains(name)
    };
    // A star import of this module would bring a public name to whoever makes it.
    let index = cx.resolver.index();
    let is_starred = index.is_starred(&module.path) && !module.exports().exists();
    let is_seen = is_starred || index.is_looked_at(module);
    // What begins with two underscores means something else in a class, or to Python.
    match !is_seen && !wanted.starts_with("__") && !taken(wanted) {
        true => wanted.into(),
        false => free_name(&private_name(wanted.trim_end_matches('_')), &taken),
    }
}

fn is_before(binding: &Binding, site: TextRange) -> bool {
    binding.range.end() <= site.start()
}
