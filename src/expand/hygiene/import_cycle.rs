//! Imports that are added must not make modules import each other that didn't before.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use rustpython_ast::{Alias, Stmt};
use rustpython_text_size::{Ranged as _, TextRange};

use super::target::ImportTarget;
use crate::expand::erasure::{Erasure, is_dead_import};
use crate::expand::program::{Module, imports_run};
use crate::syntax::statement_around;

/// What an import into a module would do.
pub(crate) enum Circle {
    /// What is imported doesn't import the module.
    None,
    /// It does, but the module imports it at run time already, in the statement of its own body
    /// that is given here if it does so directly.
    Old(Option<TextRange>),
    /// It does.
    New,
}

/// A module that runs when another is imported, and the statement that imports it.
struct RunTimeImport {
    path: PathBuf,
    statement: TextRange,
}

/// What an import of `target` into `module` would do.
pub(crate) fn import_cycle(
    cx: &Erasure<'_, '_>,
    module: &Rc<Module>,
    target: &ImportTarget,
) -> Circle {
    let mut starts = files_of(cx, module, &target.module);
    if let Some(member) = &target.member {
        let below = format!("{}.{member}", target.module);
        starts.extend(cx.resolver.project.locate(&module.path, &below));
    }
    // The packages around the module run before it in any case.
    let around = packages_around(cx, module);
    let own = |path: &PathBuf| *path == module.path;
    if starts.iter().any(|path| around.contains(path)) {
        let packages = starts.iter().filter(|path| around.contains(*path)).cloned().collect();
        return match imports((cx, Counted::Left), packages, &module.path, &HashSet::new()) {
            true => Circle::Old(None),
            false => Circle::None,
        };
    }
    starts.retain(|path| !own(path));
    if !imports((cx, Counted::Left), starts.clone(), &module.path, &around) {
        return Circle::None;
    }
    let own_imports = run_time_imports(cx, module, Counted::Left);
    if let Some(import) = own_imports.iter().find(|import| starts.contains(&import.path)) {
        return Circle::Old(module.top_level(import.statement).map(|stmt| stmt.range()));
    }
    let reached = own_imports.into_iter().map(|import| import.path).collect();
    let goals: HashSet<PathBuf> = starts.into_iter().collect();
    let reaches =
        |goal: &PathBuf| imports((cx, Counted::Left), Vec::clone(&reached), goal, &around);
    match goals.iter().any(reaches) {
        true => Circle::Old(None),
        false => Circle::New,
    }
}

/// Whether a module that the statement imports may import this one, so that it isn't done there.
pub(crate) fn may_meet_half_done(
    cx: &Erasure<'_, '_>,
    module: &Rc<Module>,
    statement: TextRange,
) -> bool {
    let Some(stmt) = statement_around(&module.syntax, statement) else { return false };
    let names = imported_names(module, stmt, &|_| true);
    let starts = names.iter().flat_map(|name| files_of(cx, module, name)).collect();
    imports((cx, Counted::All), starts, &module.path, &HashSet::new())
}

/// Whether one of the modules at `from`, or one that they import, imports the module at `goal`.
fn imports(
    (cx, counted): (&Erasure<'_, '_>, Counted),
    from: Vec<PathBuf>,
    goal: &Path,
    without: &HashSet<PathBuf>,
) -> bool {
    let mut seen: HashSet<PathBuf> = from.iter().chain(without).cloned().collect();
    let mut waiting = from;
    while let Some(path) = waiting.pop() {
        let Ok(module) = cx.resolver.project.module(&path) else { continue };
        for import in run_time_imports(cx, &module, counted) {
            if import.path == goal {
                return true;
            }
            if seen.insert(import.path.clone()) {
                waiting.push(import.path);
            }
        }
    }
    false
}

fn packages_around(cx: &Erasure<'_, '_>, module: &Module) -> HashSet<PathBuf> {
    let parts: Vec<&str> = module.name.split('.').collect();
    let names = (1..parts.len()).map(|count| parts[..count].join("."));
    names.filter_map(|name| cx.resolver.project.locate(&module.path, &name)).collect()
}

/// The files that run when the module `name` is imported: its packages, and its own.
fn files_of(cx: &Erasure<'_, '_>, from: &Module, name: &str) -> Vec<PathBuf> {
    let ends = name.match_indices('.').map(|(at, _)| at).chain([name.len()]);
    ends.filter_map(|end| cx.resolver.project.locate(&from.path, &name[..end])).collect()
}

/// Which imports of a module count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counted {
    /// Those of which it is known that the expanded module has them.
    Left,
    /// Those of macros as well: something may be imported in their place.
    All,
}

/// What the expanded module imports whenever it is run.
fn run_time_imports(
    cx: &Erasure<'_, '_>,
    module: &Rc<Module>,
    counted: Counted,
) -> Vec<RunTimeImport> {
    let mut dotted: HashMap<String, TextRange> = HashMap::new();
    for stmt in imports_run(cx.resolver, module) {
        let counts = |alias: &Alias| counted == Counted::All || !is_dead_import(cx, module, alias);
        for name in imported_names(module, stmt, &counts) {
            dotted.entry(name).or_insert(stmt.range());
        }
    }
    let mut imports = Vec::new();
    for (name, statement) in dotted {
        let files = files_of(cx, module, &name);
        imports.extend(files.into_iter().map(|path| RunTimeImport { path, statement }));
    }
    imports.sort_by_key(|import| import.statement.start());
    imports
}

/// The modules, and members that may be modules, that a statement imports.
fn imported_names(module: &Module, stmt: &Stmt, counts: &dyn Fn(&Alias) -> bool) -> Vec<String> {
    let mut names = Vec::new();
    match stmt {
        Stmt::Import(import) => {
            let counted = import.names.iter().filter(|alias| counts(alias));
            names.extend(counted.map(|alias| alias.name.to_string()));
        }
        Stmt::ImportFrom(import) => {
            let from = module.absolute(import.level, import.module.as_deref());
            for alias in import.names.iter().filter(|alias| counts(alias)) {
                names.push(format!("{from}.{}", alias.name));
                names.push(from.clone());
            }
        }
        _ => {}
    }
    names
}
