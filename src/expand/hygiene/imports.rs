//! The imports that expansions need: which of the file's own they may use, under which names
//! others are added, and where.

use std::collections::HashSet;

use rustpython_ast::Stmt;
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use super::Hygiene;
use crate::codenode::{Name, Node, Op, Origin};
use crate::expand::call_site::CallSite;
use crate::expand::layout::logical_line;
use crate::expand::program::Module;
use crate::python::builtins::builtin;
use crate::residual::fresh_name;
use crate::scope::{Binding, BindingKind, Imported, Place, Position, ScopeId};
use crate::source::edit::Edits;
use crate::syntax::is_text;

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
    /// The statement it has to stand next to; at the top of the file otherwise.
    before: Option<TextRange>,
}

/// Something to import: `import module`, or `from module import member`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ImportTarget {
    pub module: String,
    pub member: Option<String>,
    /// The modules below it that `import module.below` loads as well.
    pub below: Vec<String>,
}

impl ImportTarget {
    pub(crate) fn module(name: &str) -> ImportTarget {
        ImportTarget { module: name.to_owned(), member: None, below: Vec::new() }
    }

    pub(crate) fn member(module: &str, name: &str) -> ImportTarget {
        ImportTarget { member: Some(name.to_owned()), ..ImportTarget::module(module) }
    }

    /// The name that it has where nobody gives it another.
    pub(crate) fn own_name(&self) -> &str {
        let dotted = self.member.as_deref().unwrap_or(&self.module);
        dotted.rsplit('.').next().unwrap_or(dotted)
    }

    fn is_same_object(&self, other: &ImportTarget) -> bool {
        self.module == other.module && self.member == other.member
    }
}

/// Where an import is needed.
#[derive(Clone, Copy)]
pub(crate) struct ImportSpot<'s, 'm> {
    pub site: CallSite<'m>,
    /// The names of the call site that lambdas and comprehensions of the expansion bind here.
    pub bound: &'s [Name],
    /// The statement that an added import has to stand next to.
    pub before: Option<TextRange>,
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

    /// Whether `target` is imported already.
    pub(crate) fn has(&self, target: &ImportTarget) -> bool {
        self.imports.iter().any(|added| added.target.is_same_object(target))
    }

    /// The import statements, in the order in which they came to be needed, those from one module
    /// made one.
    fn statements(&self, before: Option<TextRange>) -> Vec<String> {
        let mut statements: Vec<(Option<&str>, String)> = Vec::new();
        for Added { target, name, .. } in self.imports.iter().filter(|a| a.before == before) {
            let aliased = |own: &str| match own == &**name {
                true => own.to_owned(),
                false => format!("{own} as {name}"),
            };
            let module = Some(target.module.as_str());
            match &target.member {
                Some(member) => match statements.iter_mut().find(|(from, _)| *from == module) {
                    Some((_, known)) => known.push_str(&format!(", {}", aliased(member))),
                    None => {
                        let text = format!("from {} import {}", target.module, aliased(member));
                        statements.push((module, text));
                    }
                },
                None if target.below.is_empty() => {
                    statements.push((None, format!("import {}", aliased(&target.module))));
                }
                None => {
                    statements.extend(target.below.iter().map(|m| (None, format!("import {m}"))));
                }
            }
        }
        statements.into_iter().map(|(_, text)| text).collect()
    }

    /// Adds the edits that write the statements.
    pub(crate) fn write(&self, module: &Module, edits: &mut Edits) {
        add_on_top(module, &self.statements(None), edits);
        let mut places: Vec<TextRange> = self.imports.iter().filter_map(|a| a.before).collect();
        places.dedup();
        for place in places {
            let line = module.source.line_range(place.start());
            let indent = module.slice(TextRange::new(line.start(), place.start()));
            let end = if indent.trim().is_empty() {
                format!("{}{indent}", module.source.newline())
            } else {
                "; ".to_owned()
            };
            let statements = self.statements(Some(place)).into_iter().map(|s| s + &end);
            edits.insert(place.start(), statements.collect::<String>());
        }
    }
}

/// The name under which `target` is reached at the spot: the file's own import of it if
/// that is sure to be there, else an added one, called `wanted` if that is free.
pub(crate) fn import_name(
    cx: &mut Hygiene<'_, '_>,
    spot: ImportSpot<'_, '_>,
    target: ImportTarget,
    wanted: &str,
    added: &mut AddedImports,
) -> Name {
    if let Some(name) = existing_import(cx, spot, &target, added) {
        return name;
    }
    let known = added.imports.iter().position(|a| a.target.is_same_object(&target));
    if let Some(index) = known {
        let name = added.imports[index].name.clone();
        return load_submodules(cx, spot, &target, name, added);
    }
    let free = free_import_name(cx, spot, wanted, added);
    let plain = target.below.is_empty() || *free == *target.module;
    let own = ImportTarget { below: Vec::new(), ..target.clone() };
    let new = if plain { target.clone() } else { own };
    added.imports.push(Added { target: new, name: free.clone(), before: spot.before });
    cx.output.brought.insert(free.clone());
    load_submodules(cx, spot, &target, free, added)
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
    let names: Vec<&str> = scopes.names(ScopeId::MODULE).collect();
    for name in names {
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
        {
            let aliases = bindings.iter().filter_map(alias_of);
            cx.output.kept_imports.extend(aliases.map(|alias| (module.file, alias)));
            return Some(load_submodules(cx, spot, target, name.into(), added));
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
        let before = spot.before;
        if *name == *target.module {
            let target =
                ImportTarget { below: vec![below.clone()], ..ImportTarget::module(&target.module) };
            added.imports.push(Added { target, name: name.clone(), before });
        } else {
            let wanted = format!("_{}", below.replace('.', "_"));
            let name = free_import_name(cx, spot, &wanted, added);
            cx.output.brought.insert(name.clone());
            added.imports.push(Added { target: ImportTarget::module(below), name, before });
        }
    }
    name
}

fn free_import_name(
    cx: &mut Hygiene<'_, '_>,
    spot: ImportSpot<'_, '_>,
    wanted: &str,
    added: &AddedImports,
) -> Name {
    let module = spot.site.module;
    let starred: HashSet<String> = match module.scopes.star_imports(ScopeId::MODULE) {
        [] => HashSet::new(),
        _ => [wanted.to_owned()]
            .into_iter()
            .filter(|n| cx.resolver.may_be_starred(module, n))
            .collect(),
    };
    let scopes = &module.scopes;
    let taken = |name: &str| {
        scopes.uses().any(|used| used.name == name)
            || scopes.scopes().any(|scope| !scopes.bindings(scope, name).is_empty())
            || builtin(name).is_some()
            || added.has_name(name)
            || added.names.contains(name)
            || cx.output.brought.contains(name)
            || cx.output.introduced.iter().any(|(_, introduced)| &**introduced == name)
            || starred.contains(name)
    };
    let base = format!("_{}", wanted.trim_matches('_'));
    // What begins with two underscores means something else in a class, or to Python.
    if !wanted.starts_with("__") && !taken(wanted) {
        wanted.into()
    } else if !taken(&base) {
        base.as_str().into()
    } else {
        fresh_name(&base, &taken)
    }
}

fn is_before(binding: &Binding, site: TextRange) -> bool {
    binding.range.end() <= site.start()
}

/// The place of the alias that an import's binding comes from.
pub(crate) fn alias_of(binding: &Binding) -> Option<TextRange> {
    match binding.kind {
        BindingKind::Import { alias, .. } => Some(alias),
        _ => None,
    }
}

/// What the binding imports.
pub(crate) fn import_of(module: &Module, binding: &Binding) -> Option<ImportTarget> {
    let BindingKind::Import { module: imported, level, name, object, .. } = &binding.kind else {
        return None;
    };
    let imported = module.absolute(*level, imported.as_deref());
    match (name, imported.split_once('.')) {
        (Some(member), _) => Some(ImportTarget::member(&imported, member)),
        (None, Some((root, _))) if *object == Imported::Root => {
            Some(ImportTarget { below: vec![imported.clone()], ..ImportTarget::module(root) })
        }
        (None, _) => Some(ImportTarget::module(&imported)),
    }
}

/// Puts import statements after the docstring and the `__future__` imports.
fn add_on_top(module: &Module, statements: &[String], edits: &mut Edits) {
    if statements.is_empty() {
        return;
    }
    let newline = module.source.newline();
    let lines: String = statements.iter().map(|s| format!("{s}{newline}")).collect();
    let body = &module.syntax.body;
    let is_header = |(index, stmt): (usize, &Stmt)| match stmt {
        _ if is_text(stmt) => index == 0,
        Stmt::ImportFrom(import) => {
            import.module.as_ref().is_some_and(|m| m.as_str() == "__future__")
        }
        _ => false,
    };
    let headers = body.iter().enumerate().take_while(|pair| is_header(*pair)).count();
    let (header, rest) = body.split_at(headers);
    if let (Some(last), Some(first)) = (header.last(), rest.first())
        && module.source.line_range(last.range().end()).contains(first.range().start())
    {
        // `from __future__ import annotations; y = 1`
        let between = TextRange::new(last.range().end(), first.range().start());
        if edits.iter().any(|e| e.range.intersect(between).is_some_and(|r| !r.is_empty())) {
            let inline: String = statements.iter().map(|s| format!("; {s}")).collect();
            edits.insert(between.start(), inline);
        } else {
            edits.replace(between, format!("{newline}{lines}"));
        }
        return;
    }
    let is_import = |stmt: &&Stmt| matches!(stmt, Stmt::Import(_) | Stmt::ImportFrom(_));
    let is_kept = |stmt: &&Stmt| {
        !edits.iter().any(|e| e.text.is_empty() && e.range.contains_range(stmt.range()))
    };
    let group = rest.iter().take_while(is_import).find(is_kept);
    if let (None, Some(first)) = (group, rest.first().filter(is_import))
        && let Some(at) = removed_lines(module, first.range(), edits)
    {
        // In place of the imports that go, if a blank line follows.
        let is_top = at == module.source.line_range(first.range().start()).start();
        let gap = if is_top { "" } else { newline };
        edits.insert(at, format!("{gap}{lines}"));
        return;
    }
    let (next, gap) = match group.or_else(|| rest.iter().find(is_kept)) {
        Some(import @ (Stmt::Import(_) | Stmt::ImportFrom(_))) => (Some(import), 0),
        Some(stmt @ (Stmt::FunctionDef(_) | Stmt::ClassDef(_))) => (Some(stmt), 2),
        Some(stmt) => (Some(stmt), 1),
        None => (None, 0),
    };
    match next {
        Some(next) => {
            let at = logical_line(module, next.range().start());
            edits.insert(at, format!("{lines}{}", newline.repeat(gap)));
        }
        None => {
            let end = TextSize::of(module.text());
            let gap = if module.text().ends_with(['\n', '\r']) { "" } else { newline };
            edits.insert(end, format!("{gap}{lines}"));
        }
    }
}

/// Where the removed lines start that the statement stands on, if a blank line is left after them.
fn removed_lines(module: &Module, statement: TextRange, edits: &Edits) -> Option<TextSize> {
    let removed = edits.iter().find(|e| e.text.is_empty() && e.range.contains_range(statement))?;
    let range = removed.range;
    let after = module.slice(TextRange::new(range.end(), TextSize::of(module.text())));
    let starts_line = module.source.line_range(range.start()).start() == range.start();
    let is_blank = after.starts_with(['\n', '\r']) && range.start() > TextSize::from(0);
    (starts_line && is_blank).then_some(range.start())
}
