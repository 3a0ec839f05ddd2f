//! What the files of a run do to each other's modules from outside.
//!
//! ```text
//! lib.RATE = 10                          assigned, as by setattr(lib, "RATE", 10)
//! mock.patch.object(lib, "rate", …)      the module is handed on: whoever has it may assign anything
//! mock.patch("lib.rate", …)              named
//! swap(lib); def swap(m): m.rate = …     stored by whoever has it
//! lib.__dict__["rate"] = …               as a namespace, of which a text or keyword names a variable
//! import_module("lib").RATE = 10         looked up, as in sys.modules: handed on, too
//! globals()["RATE"] = 10                 rebound by the module itself
//! from lib import *                      starred
//! from lib import helper                 taken
//! print(pkg.lib.RATE)                    read as an attribute of its package
//! import pkg.lib                         loaded, which binds it in its package
//! ```
//!
//! Only files that have to do with compile time are looked at, and those that may name modules in texts: a
//! file that gets at a module with macros is one of them.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::OnceLock;

use rustpython_ast::{Expr, ExprCall, Stmt};
use rustpython_text_size::{Ranged as _, TextRange};

use super::access::{Access, access};
use super::imported_modules::{Found, ImportedModules, ModuleKey};
use crate::expand::program::module::{Module, below};
use crate::expand::program::modules::Project;
use crate::python::builtins::{FrameRead, Usage};
use crate::scope::{BindingKind, ScopeId};
use crate::syntax::{Syntax, walk, walk_with};

/// The files of a run, and what they do to each other's modules, once somebody has asked. Every
/// driver of the run shares it.
#[derive(Debug, Default)]
pub struct RunFiles {
    paths: Vec<PathBuf>,
    index: OnceLock<ProgramIndex>,
}

impl RunFiles {
    /// The files that are expanded together.
    pub fn new(paths: Vec<PathBuf>) -> RunFiles {
        RunFiles { paths, index: OnceLock::new() }
    }

    /// The files, and those of the program that they import.
    pub(crate) fn files(&self, project: &Project<'_>) -> Vec<PathBuf> {
        project.with_imported(&self.paths)
    }

    /// What they do to each other's modules.
    pub(crate) fn index(&self, project: &Project<'_>) -> &ProgramIndex {
        self.index.get_or_init(|| ProgramIndex::of(project, &self.files(project)))
    }
}

/// What is done to modules.
#[derive(Debug, Default)]
pub(crate) struct ProgramIndex {
    /// Attributes of modules that are assigned or deleted, and where.
    assigned: HashMap<(PathBuf, String), (PathBuf, TextRange)>,
    /// Names that are imported from modules, or read as their attributes.
    taken: HashSet<(PathBuf, String)>,
    /// Modules that are handed on as objects.
    handed_on: HashSet<PathBuf>,
    /// Modules of which functions are handed such.
    receivers: HashSet<PathBuf>,
    /// Modules whose variables are changed as entries of a dict, or handed on as one.
    namespaces: HashSet<PathBuf>,
    /// Attributes that are assigned or deleted of objects that may be modules, and where first.
    stored: HashMap<String, (PathBuf, TextRange)>,
    /// Keywords of calls, and where they stand first.
    keywords: HashMap<String, (PathBuf, TextRange)>,
    /// Texts that may be dotted names of modules and what is in them, or parts of such.
    texts: HashMap<String, TextUse>,
    /// Modules that look at their own variables.
    looked_at: HashSet<PathBuf>,
    /// Modules that may assign their own variables by texts.
    rebound: HashSet<PathBuf>,
    /// Whether modules are looked up by their names, and those that look up themselves.
    looks_up: bool,
    looked_up: HashSet<PathBuf>,
    /// Texts that may be relative names of modules.
    relative: Vec<String>,
    /// Modules that a star import is of.
    starred: HashSet<PathBuf>,
    /// Modules that are read as attributes of their packages, and what is then read of them.
    read: HashMap<ModuleKey, HashSet<Option<ReadMember>>>,
    /// Modules that imports name, which binds them in their packages, and where.
    loaded: HashMap<ModuleKey, Vec<(PathBuf, TextRange)>>,
}

/// A text that may be a dotted name.
#[derive(Debug)]
struct TextUse {
    /// Where it stands first.
    place: (PathBuf, TextRange),
    /// Whether it is put together with others: `f"{package}.rate"`.
    is_part: bool,
}

impl ProgramIndex {
    /// What the files do, as far as they have to do with compile time or get at modules by texts.
    pub(crate) fn of(project: &Project<'_>, files: &[PathBuf]) -> ProgramIndex {
        let mut index = ProgramIndex::default();
        let may_reach =
            |path: &&PathBuf| project.is_relevant(path) || project.reaches_by_name(path);
        let (reaching, others): (Vec<&PathBuf>, Vec<&PathBuf>) = files.iter().partition(may_reach);
        for module in reaching.into_iter().filter_map(|path| project.module(path).ok()) {
            index.add(project, &module);
        }
        let receivers = others.into_iter().filter(|path| index.receivers.contains(*path));
        let receivers: Vec<_> = receivers.filter_map(|path| project.module(path).ok()).collect();
        for module in receivers {
            index.add_stores(&module);
        }
        index
    }

    /// Whether the global of a module may be given another value from outside.
    pub(crate) fn is_assigned(&self, module: &Module, name: &str) -> bool {
        let [of_module, own] = [&module.name, name].map(|part| self.texts.get(part));
        let is_put_together = of_module.zip(own).is_some_and(|(a, b)| a.is_part || b.is_part);
        self.is_assigned_by_name(module, name)
            || self.is_handed_on(module)
            || self.rebound.contains(&module.path)
            || is_put_together
    }

    /// Whether a file assigns the global of a module, or a text names it.
    pub(crate) fn is_assigned_by_name(&self, module: &Module, name: &str) -> bool {
        self.assigned_at(module, name).is_some()
    }

    fn is_handed_on(&self, module: &Module) -> bool {
        self.handed_on.contains(&module.path) || self.is_looked_up(module)
    }

    /// Whether code may look for the module by its name, where all modules are that have run.
    pub(crate) fn is_looked_up(&self, module: &Module) -> bool {
        let is_named = || {
            self.texts.contains_key(&module.name)
                || self.relative.iter().any(|name| module.name.ends_with(name))
        };
        self.looked_up.contains(&module.path) || self.looks_up && is_named()
    }

    /// Whether another function may be put in the place of one of a module. Whoever is handed the module
    /// has to name what it changes.
    pub(crate) fn is_replaced(&self, module: &Module, name: &str) -> bool {
        self.is_assigned_by_name(module, name)
            || self.is_handed_on(module) && self.texts.contains_key(name)
    }

    /// The file and the place where the attribute of a module is assigned, or named in a text.
    pub(crate) fn assigned_at(&self, module: &Module, name: &str) -> Option<&(PathBuf, TextRange)> {
        let set = self.set_at(module, name);
        set.or_else(|| self.texts.get(&below(&module.name, name)).map(|text| &text.place))
    }

    /// Likewise, by code that has the module: a text may name what is there.
    pub(super) fn set_at(&self, module: &Module, name: &str) -> Option<&(PathBuf, TextRange)> {
        let stored = || self.stored.get(name).filter(|_| self.is_handed_on(module));
        let is_namespace = self.namespaces.contains(&module.path);
        let text = || self.texts.get(name).map(|text| &text.place);
        let entry = || text().or_else(|| self.keywords.get(name));
        let assigned = self.assigned.get(&(module.path.clone(), name.to_owned()));
        assigned.or_else(stored).or_else(|| entry().filter(|_| is_namespace))
    }

    /// Whether a file imports the name from the module, or reads it as its attribute.
    pub(crate) fn is_taken(&self, module: &Module, name: &str) -> bool {
        let exports = module.exports();
        let is_public = match exports.exists() {
            true => exports.holds(name) || exports.may_hold(name),
            false => !name.starts_with('_'),
        };
        self.taken.contains(&(module.path.clone(), name.to_owned()))
            || self.is_handed_on(module)
            || is_public && self.starred.contains(&module.path)
    }

    /// Whether somebody may look at all variables of the module, by `vars` or as a dictionary.
    pub(crate) fn is_looked_at(&self, module: &Module) -> bool {
        self.is_handed_on(module)
            || self.is_taken(module, "__dict__")
            || self.looked_at.contains(&module.path)
    }

    /// Whether a star import is of the module at `path`.
    pub(crate) fn is_starred(&self, path: &Path) -> bool {
        self.starred.contains(path)
    }

    /// What is read of a module, where that is read as an attribute of its package; none where nothing is.
    pub(crate) fn read_of(&self, module: &ModuleKey) -> impl Iterator<Item = Option<&ReadMember>> {
        self.read.get(module).into_iter().flatten().map(Option::as_ref)
    }

    /// The files that load a module by its name, and where.
    pub(crate) fn loaded_at(&self, module: &ModuleKey) -> &[(PathBuf, TextRange)] {
        self.loaded.get(module).map(Vec::as_slice).unwrap_or_default()
    }

    fn add(&mut self, project: &Project<'_>, module: &Rc<Module>) {
        let code = ImportedModules::new(project, module);
        for star in module.scopes.star_imports(ScopeId::MODULE) {
            let imported = module.absolute(star.level, star.module.as_deref());
            self.starred.extend(project.locate(&module.path, &imported));
        }
        for scope in module.scopes.scopes() {
            let names = module.scopes.names(scope);
            for binding in names.flat_map(|name| module.scopes.bindings(scope, name)) {
                let BindingKind::Import { module: from, level, name, .. } = &binding.kind else {
                    continue;
                };
                let imported = module.absolute(*level, from.as_deref());
                for (end, _) in imported.match_indices('.').chain([(imported.len(), "")]) {
                    let loaded = imported.get(..end);
                    let key = loaded.and_then(|name| ModuleKey::of(project, &module.path, name));
                    if let Some(key) = key {
                        let place = (module.path.clone(), binding.statement);
                        self.loaded.entry(key).or_default().push(place);
                    }
                }
                let path = name.as_ref().and_then(|_| project.locate(&module.path, &imported));
                let member = path.zip(name.as_ref().map(ToString::to_string));
                self.taken.extend(member);
            }
        }
        self.add_code(&code, module);
    }

    /// Adds what the code of a module does.
    fn add_code(&mut self, code: &ImportedModules<'_, '_>, module: &Rc<Module>) {
        let parent = |_, above, _| Some(above);
        for (node, above) in walk_with(&module.syntax, None, parent) {
            match node {
                Syntax::Expr(Expr::StringLiteral(text)) => {
                    self.add_text(text.value.to_str(), (module, text.range));
                }
                Syntax::Expr(Expr::FString(text)) => {
                    let parts = text.value.elements().filter_map(|part| part.as_literal());
                    parts.for_each(|part| self.add_text(&part.value, (module, part.range)));
                }
                Syntax::Expr(expr @ Expr::Call(call)) => {
                    self.add_change(code, module, (expr, above));
                    self.add_call(code, module, call);
                    let read = code.frame_read(&call.func);
                    if read.is_some_and(|read| read != FrameRead::Code) {
                        self.looked_at.insert(module.path.clone());
                    }
                    if read.is_some_and(FrameRead::may_assign) {
                        self.rebound.insert(module.path.clone());
                    }
                }
                Syntax::Expr(Expr::Subscript(item)) if is_lookup(&item.value) => {
                    let is_own = item.slice.as_name_expr().is_some_and(|n| n.id == "__name__");
                    self.looked_up.extend(is_own.then(|| module.path.clone()));
                }
                Syntax::Expr(expr @ (Expr::Name(_) | Expr::Attribute(_))) => {
                    self.add_change(code, module, (expr, above));
                    self.looks_up |= is_lookup(expr);
                    if !matches!(above, Some(Syntax::Expr(Expr::Attribute(_)))) {
                        self.add_read(code, expr, None);
                    }
                    for path in code.modules_of(expr).into_iter().filter_map(|found| found.path) {
                        self.add_use(expr, above, (module, path));
                    }
                }
                _ => {}
            }
        }
    }
}

impl ProgramIndex {
    /// Adds the modules that an expression, which no attribute is taken of but `member`, reads as attributes
    /// of their packages.
    fn add_read(
        &mut self,
        code: &ImportedModules<'_, '_>,
        expr: &Expr,
        mut member: Option<ReadMember>,
    ) {
        let modules = match expr {
            Expr::Attribute(_) => code.modules_of(expr),
            _ => code.module_below(expr).into_iter().collect(),
        };
        for module in modules.iter().map(Found::key) {
            self.read.entry(module).or_default().insert(member.clone());
        }
        let Expr::Attribute(attribute) = expr else { return };
        if modules.is_empty() {
            let objects = code.modules_of(&attribute.value).into_iter();
            member = objects
                .filter_map(|object| object.path)
                .next_back()
                .map(|path| (path, attribute.attr.to_string()));
        }
        self.add_read(code, &attribute.value, member);
    }

    /// Adds a text that may be a dotted name, or what is put before or after one: `"lib."`, `"lib.%s"`.
    fn add_text(&mut self, text: &str, (module, range): (&Module, TextRange)) {
        let head = text.split(['%', '{']).next().filter(|head| head.ends_with('.'));
        let text = head.unwrap_or(text);
        let name = text.trim_matches('.');
        if !is_dotted(name) {
            return;
        }
        if text.starts_with('.') {
            self.relative.push(format!(".{name}"));
        }
        let new = || TextUse { place: (module.path.clone(), range), is_part: false };
        self.texts.entry(name.to_owned()).or_insert_with(new).is_part |= name.len() < text.len();
    }

    /// Adds what a call does with the modules that it is given, if it is given names as well.
    ///
    /// ```text
    /// patch.object(lib, "rate", …)       monkeypatch.setattr(lib, "rate", …)
    /// patch.multiple("lib", rate=…)      lib.__dict__.update(rate=…)
    /// ```
    fn add_call(&mut self, code: &ImportedModules<'_, '_>, module: &Rc<Module>, call: &ExprCall) {
        let arguments = &call.arguments;
        let texts = arguments.args.iter().filter_map(Expr::as_string_literal_expr);
        let texts: Vec<&str> = texts.map(|text| text.value.to_str()).collect();
        let keywords = arguments.keywords.iter().filter_map(|keyword| keyword.arg.as_ref());
        for keyword in keywords {
            let place = (module.path.clone(), keyword.range);
            self.keywords.entry(keyword.to_string()).or_insert(place);
            for text in texts.iter().filter(|text| is_dotted(text)) {
                self.add_text(&below(text, keyword), (module, call.range));
            }
        }
        let callee = call.func.as_name_expr().and_then(|_| module.scopes.use_at(call.func.start()));
        if callee.is_some_and(|used| module.scopes.builtin(used).is_some()) {
            return;
        }
        let keywords = arguments.keywords.iter().map(|keyword| &keyword.value);
        if arguments.args.iter().chain(keywords).any(|value| !code.modules_of(value).is_empty()) {
            self.receivers.extend(code.home_of(&call.func));
        }
        let modules = arguments.args.iter().flat_map(|argument| code.modules_of(argument));
        for path in modules.filter_map(|found| found.path) {
            for name in &texts {
                let place = (module.path.clone(), call.range);
                self.assigned.entry((path.clone(), (*name).to_owned())).or_insert(place);
            }
        }
    }

    /// Adds what is done with the variables of a module as a dict, `lib.__dict__` or `vars(lib)`, and with an
    /// attribute of what may be a module.
    fn add_change(
        &mut self,
        code: &ImportedModules<'_, '_>,
        module: &Rc<Module>,
        (expr, above): (&Expr, Option<Syntax<'_>>),
    ) {
        let scopes = &module.scopes;
        let of_module = |object: &Expr| code.modules_of(object).into_iter().filter_map(|m| m.path);
        let stored = scopes.attribute_access(expr).filter(|access| access.kind.changes());
        if let Some(access) = stored.filter(|access| !scopes.is_instance(access.object)) {
            let (place, name) = ((module.path.clone(), access.range), access.name.to_owned());
            for path in of_module(access.object) {
                self.assigned.insert((path, name.clone()), place.clone());
            }
            if of_module(access.object).next().is_none() {
                self.stored.entry(name).or_insert(place);
            }
        }
        let object = match expr {
            Expr::Attribute(attribute) if attribute.attr.as_str() == "__dict__" => &attribute.value,
            Expr::Call(call) => {
                let read =
                    scopes.called_builtin(expr).and_then(|builtin| builtin.frame(Usage::Bare));
                match &*call.arguments.args {
                    [object] if read == Some(FrameRead::Variables) => object,
                    _ => return,
                }
            }
            _ => return,
        };
        let access = above.map(|above| access(scopes, above, expr));
        let is_read =
            |access| matches!(access, Access::Looks | Access::TakesElements | Access::TakesElement);
        if !access.is_some_and(is_read) {
            self.namespaces.extend(of_module(object));
        }
    }

    /// Adds the attributes that code changes of what may be modules.
    fn add_stores(&mut self, module: &Module) {
        let scopes = &module.scopes;
        for expr in walk(&module.syntax).filter_map(Syntax::expr) {
            let stored = scopes.attribute_access(expr).filter(|access| access.kind.changes());
            if let Some(access) = stored.filter(|access| !scopes.is_instance(access.object)) {
                let place = (module.path.clone(), access.range);
                self.stored.entry(access.name.to_owned()).or_insert(place);
            }
        }
    }

    /// Adds what code of `from` does with the module at `path`, which `expr` is.
    fn add_use(
        &mut self,
        expr: &Expr,
        above: Option<Syntax<'_>>,
        (from, path): (&Module, PathBuf),
    ) {
        let access = above
            .and_then(Syntax::expr)
            .and_then(|above| from.scopes.attribute_access(above))
            .filter(|access| access.object.range() == expr.range());
        match (access, above) {
            (Some(access), _) => {
                if access.name == "__dict__" {
                    self.handed_on.insert(path.clone());
                }
                if !access.kind.changes() {
                    self.taken.insert((path, access.name.to_owned()));
                }
            }
            (None, Some(Syntax::Stmt(Stmt::Delete(_) | Stmt::Expr(_)))) => {}
            _ => drop(self.handed_on.insert(path)),
        }
    }
}

/// What a module has: its file, and the name there.
type ReadMember = (PathBuf, String);

/// Whether the text may be the dotted name of something.
fn is_dotted(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b == b'.' || b == b'_' || b.is_ascii_alphanumeric())
}

/// Whether modules are found by their names in it, or by a call of it.
fn is_lookup(expr: &Expr) -> bool {
    let name = match expr {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        _ => return false,
    };
    matches!(name, "modules" | "import_module" | "__import__")
}
