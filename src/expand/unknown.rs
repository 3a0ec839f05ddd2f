//! Names that aren't there, where something of compile time must have been meant: a name that
//! `cython.meta` doesn't have, a macro's name that is misspelt, a name of `cython.meta` that is
//! used and wasn't imported.
//!
//! What else isn't there may come to be when the program runs, and is left to it.

use std::collections::BTreeSet;
use std::rc::Rc;

use rustpython_ast::visitor::{Visitor, walk_expr};
use rustpython_ast::{Expr, ExprAttribute, ExprContext, Stmt};
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use super::Expander;
use super::entity::{Entity, is_meta_name, meta_names};
use super::project::Module;
use crate::diagnostic::spelling::{differ_in_digits, near};
use crate::diagnostic::{Code, Finding};
use crate::scope::{Binding, BindingKind, Place, Position, ScopeId, Use};
use crate::staging::builtins::timing;

/// Names by which a module may get others that nobody can see.
const HIDDEN_WAYS: [&str; 6] = ["globals", "vars", "exec", "setattr", "__getattr__", "builtins"];

/// What of a module is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// What it imports at its top level, and its definitions of compile time.
    CompileTime,
    /// All, when it is decided which branches there are.
    Whole,
}

/// A name that isn't there.
struct Missing<'n> {
    name: &'n str,
    range: TextRange,
    /// Other places that would have to be written like it.
    uses: Vec<TextRange>,
}

impl Expander<'_> {
    /// Finds the names in a part of a module that aren't there; tells whether there is none.
    pub(super) fn check_names(&mut self, module: &Rc<Module>, part: Part) -> bool {
        let before = self.findings.len();
        for scope in module.scopes.scopes() {
            let names: Vec<String> = module.scopes.names(scope).map(str::to_owned).collect();
            for binding in names.iter().flat_map(|name| module.scopes.bindings(scope, name)) {
                let is_top = scope == ScopeId::MODULE && binding.position == Position::Straight;
                if is_top || part == Part::Whole {
                    self.check_import(module, scope, binding);
                }
            }
        }
        for stmt in &module.syntax.body {
            if part == Part::Whole || self.is_definition(module, stmt) {
                let mut attributes = Attributes(Vec::new());
                attributes.visit_stmt(stmt);
                attributes.0.into_iter().for_each(|found| self.check_attribute(module, found));
                self.check_uses(module, stmt.range());
            }
        }
        let mut index = 0;
        self.findings.retain(|finding| {
            index += 1;
            // Who uses the name tells of that.
            index <= before || finding.code != Code::AmbiguousMacro
        });
        self.findings.len() == before
    }

    /// Whether the statement defines something of compile time.
    fn is_definition(&mut self, module: &Rc<Module>, stmt: &Stmt) -> bool {
        let decorators = match stmt {
            Stmt::FunctionDef(def) => &def.decorator_list,
            Stmt::ClassDef(class) => &class.decorator_list,
            _ => return false,
        };
        self.decoration(module, decorators).is_some()
    }

    /// `from module import name`, `import module`.
    fn check_import(&mut self, module: &Rc<Module>, scope: ScopeId, binding: &Binding) {
        let BindingKind::Import { module: from, level, name, alias, .. } = &binding.kind else {
            return;
        };
        let Some(from) = module.absolute(*level, from.as_deref()) else { return };
        self.check_module(module, &from, binding.statement);
        let Some(name) = name else { return };
        let range = TextRange::at(alias.start(), TextSize::of(name.as_str()));
        let is_alias = binding.name != *name;
        let uses = module.scopes.uses().filter(|used| {
            !is_alias && used.name == *name && module.scopes.resolve(used) == Place::Bound(scope)
        });
        let uses = uses.map(|used| used.range).collect();
        let missing = Missing { name, range, uses };
        match self.module_entity(module, &from) {
            Some(Entity::MetaModule) => self.check_meta(module, &from, missing),
            Some(Entity::MetaPackage(_)) => self.check_package(module, &from, missing),
            Some(Entity::Module(home)) if binding.position == Position::Straight => {
                self.check_member(module, &home, missing);
            }
            _ => {}
        }
    }

    /// `module.name`.
    fn check_attribute(&mut self, module: &Rc<Module>, attribute: &ExprAttribute) {
        let attr = &attribute.attr;
        let missing = Missing { name: attr.as_str(), range: attr.range, uses: Vec::new() };
        match self.entity_of(module, &attribute.value) {
            Some(Entity::MetaModule) => self.check_meta(module, "cython.meta", missing),
            Some(Entity::MetaPackage(_)) => self.check_package(module, "cython", missing),
            Some(Entity::Module(home)) => self.check_member(module, &home, missing),
            _ => {}
        }
    }

    fn check_meta(&mut self, module: &Module, from: &str, missing: Missing<'_>) {
        if !is_meta_name(missing.name) {
            let known: Vec<&str> = meta_names().collect();
            self.find_missing(module, &format!("`{from}` has no"), missing, &known);
        }
    }

    /// A module below `cython.meta`: there is none.
    fn check_module(&mut self, module: &Module, from: &str, statement: TextRange) {
        let Some((meta, below)) = from.rsplit_once('.') else { return };
        if !matches!(meta, "cython.meta" | "uneval.meta") {
            return;
        }
        let at = module.slice(statement).find(from).and_then(|at| u32::try_from(at).ok());
        let range = at.map_or(statement, |at| {
            TextRange::at(statement.start() + TextSize::new(at), TextSize::of(from))
        });
        let message = format!("there is no module `{from}`");
        let label = module.label(range, "no such module");
        let finding = Finding::new(Code::UnknownModule, message, label);
        self.find(match is_meta_name(below) {
            true => finding.help(format!("write `from {meta} import {below}`")),
            false => finding.help(format!("all names are in `{meta}` itself")),
        });
    }

    /// The decorators may be reached through the package, which has names of other meanings.
    fn check_package(&mut self, module: &Module, from: &str, missing: Missing<'_>) {
        let known = ["macro", "unroll", "comptime", "meta"];
        if !known.contains(&missing.name) && !near(missing.name, known).is_empty() {
            self.find_missing(module, &format!("`{from}` has no"), missing, &known);
        }
    }

    fn check_member(&mut self, module: &Rc<Module>, home: &Rc<Module>, missing: Missing<'_>) {
        let is_there = !home.scopes.bindings(ScopeId::MODULE, missing.name).is_empty()
            || self.export(home, missing.name).is_some()
            || self.module_or_path(module, &format!("{}.{}", home.name, missing.name)).is_some()
            || missing.name.starts_with("__");
        if is_there || self.may_have_more(home) {
            return;
        }
        let known = self.compile_time_names(home);
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        if has_near(missing.name, &known) {
            self.find_missing(module, &format!("`{}` has no", home.name), missing, &known);
        }
    }

    /// The variables in `range` that nothing in the file gives a value.
    fn check_uses(&mut self, module: &Rc<Module>, range: TextRange) {
        let is_free = |used: &&Use| {
            module.scopes.resolve(used) == Place::Unbound
                && timing(&used.name).is_none()
                && !used.name.starts_with("__")
        };
        let uses: Vec<Use> = module.scopes.uses_in(range).iter().filter(is_free).cloned().collect();
        if uses.is_empty() || self.may_have_more(module) {
            return;
        }
        let known = self.compile_time_names(module);
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        for used in uses {
            if self.entity_of_use(module, &used).is_some() {
                continue;
            }
            let (name, range) = (used.name.as_str(), used.range);
            if is_meta_name(name) {
                self.find_forgotten(module, name, range);
            } else if has_near(name, &known) {
                let missing = Missing { name, range, uses: Vec::new() };
                self.find_missing(module, "nothing is called", missing, &known);
            }
        }
    }

    /// Whether there may be names in the module that can't be seen.
    fn may_have_more(&mut self, module: &Rc<Module>) -> bool {
        let stars = module.scopes.star_imports(ScopeId::MODULE).to_vec();
        let is_hidden = |module: &Module| {
            let names = module.scopes.all_names();
            HIDDEN_WAYS.iter().any(|way| names.iter().any(|name| name == way))
        };
        is_hidden(module)
            || stars.iter().any(|star| {
                let from = module.absolute(star.level, star.module.as_deref());
                match from.and_then(|from| self.module_entity(module, &from)) {
                    Some(Entity::MetaModule) => false,
                    Some(Entity::Module(other)) => {
                        is_hidden(&other) || !other.scopes.star_imports(ScopeId::MODULE).is_empty()
                    }
                    _ => true,
                }
            })
    }

    /// The names of compile time that a module has.
    fn compile_time_names(&mut self, module: &Rc<Module>) -> BTreeSet<String> {
        let names: Vec<String> = module.scopes.names(ScopeId::MODULE).map(str::to_owned).collect();
        let is_own = |name: &String| {
            matches!(
                self.export(module, name),
                Some(
                    Entity::Macro(..)
                        | Entity::Unroll(..)
                        | Entity::Comptime(..)
                        | Entity::Constant(..)
                        | Entity::Meta(_)
                )
            )
        };
        names.into_iter().filter(is_own).collect()
    }

    fn find_missing(&mut self, module: &Module, what: &str, missing: Missing<'_>, known: &[&str]) {
        let Missing { name, range, uses } = missing;
        let message = format!("{what} `{name}`");
        let finding =
            Finding::new(Code::UnknownModule, message, module.label(range, "no such name"));
        let meant = near(name, known.iter().copied());
        self.find(match &meant[..] {
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
    fn find_forgotten(&mut self, module: &Module, name: &str, range: TextRange) {
        let message = format!("`{name}` isn't imported");
        let label = module.label(range, "a name of cython.meta");
        let finding = Finding::new(Code::UnknownModule, message, label);
        self.find(match last_of_import(module) {
            Some(end) => finding.fix(
                format!("import `{name}` from cython.meta"),
                vec![(TextRange::empty(end), format!(", {name}"))],
            ),
            None => finding.help(format!("`from cython.meta import {name}`")),
        });
    }
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
            let is_meta = matches!(from, "cython.meta" | "uneval.meta");
            let last = import.names.last().filter(|alias| &alias.name != "*")?;
            is_meta.then(|| last.end())
        }
        _ => None,
    })
}

/// The attributes that are read.
struct Attributes<'m>(Vec<&'m ExprAttribute>);

impl<'m> Visitor<'m> for Attributes<'m> {
    fn visit_expr(&mut self, expr: &'m Expr) {
        if let Expr::Attribute(attribute) = expr
            && attribute.ctx == ExprContext::Load
        {
            self.0.push(attribute);
        }
        walk_expr(self, expr);
    }
}
