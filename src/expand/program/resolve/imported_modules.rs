//! The modules of the program that expressions may be: by the imports that bind their names, and by the
//! assignments, loops and calls that hand the modules on.
//!
//! ```text
//! BACKENDS = {"a": lib_a, "b": lib_b}
//! BACKENDS[kind].run(1)                   lib_a or lib_b
//! for lib in (lib_a, lib_b): lib.run(1)   likewise
//! import_module("lib_a").run(1)           lib_a
//! def use(lib): lib.run(1)                lib_a, after use(lib_a) anywhere in the file
//! ```

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use rustpython_ast::{Expr, ExprCall, ExprContext, ExprSubscript, Parameters, Stmt};
use rustpython_text_size::{Ranged as _, TextSize};

use super::access::is_reading;
use crate::expand::program::module::{Hidden, Module, below};
use crate::expand::program::modules::Project;
use crate::python::builtins::FrameRead;
use crate::scope::{Binding, BindingKind, Imported, Place, Reaching, ScopeId, StarImport};
use crate::syntax::{Syntax, names, walk};

/// How often a name of a module is followed to what another module calls so.
const MOST_STEPS: usize = 8;

/// The modules of the program that expressions are, by their imports.
pub(crate) struct ImportedModules<'s, 'a> {
    project: &'s Project<'a>,
    module: &'s Rc<Module>,
    /// How often a name may still be followed.
    steps: usize,
    /// What assignments, loops and calls hand on to variables, by the places of their bindings.
    handed_on: HashMap<TextSize, Vec<Found>>,
}

/// A module by its file, or a package without one by its dotted name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ModuleKey {
    File(PathBuf),
    Namespace(String),
}

impl ModuleKey {
    /// The module that `name` is in a module at `from`, if there is one.
    pub(crate) fn of(project: &Project<'_>, from: &Path, name: &str) -> Option<ModuleKey> {
        match project.locate(from, name) {
            Some(path) => Some(ModuleKey::File(path)),
            None => project.is_namespace(from, name).then(|| ModuleKey::Namespace(name.to_owned())),
        }
    }
}

/// A module or a package without a file of its own, by its dotted name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub name: String,
    pub(super) path: Option<PathBuf>,
}

impl Found {
    pub(super) fn key(&self) -> ModuleKey {
        match &self.path {
            Some(path) => ModuleKey::File(path.clone()),
            None => ModuleKey::Namespace(self.name.clone()),
        }
    }
}

impl<'s, 'a> ImportedModules<'s, 'a> {
    pub(crate) fn new(project: &'s Project<'a>, module: &'s Rc<Module>) -> ImportedModules<'s, 'a> {
        let handed_on = HashMap::new();
        let mut modules = ImportedModules { project, module, steps: MOST_STEPS, handed_on };
        modules.follow_values();
        modules
    }

    /// Notes which variables may have modules, until a look at the whole file adds none.
    fn follow_values(&mut self) {
        let module = self.module;
        let functions: HashMap<TextSize, &Parameters> = walk(&module.syntax)
            .filter_map(|node| match node {
                Syntax::Stmt(Stmt::FunctionDef(def)) => Some((def.name.start(), &*def.parameters)),
                _ => None,
            })
            .collect();
        let noted = |code: &Self| code.handed_on.values().map(Vec::len).sum::<usize>();
        loop {
            let before = noted(self);
            for node in walk(&module.syntax) {
                self.follow_value(node, &functions);
            }
            if noted(self) == before {
                return;
            }
        }
    }

    fn follow_value(&mut self, node: Syntax<'_>, functions: &HashMap<TextSize, &Parameters>) {
        match node {
            Syntax::Stmt(Stmt::Assign(s)) => {
                s.targets.iter().for_each(|target| self.hand_on(target, &s.value));
            }
            Syntax::Stmt(Stmt::AnnAssign(s)) => {
                s.value.iter().for_each(|value| self.hand_on(&s.target, value));
            }
            Syntax::Stmt(Stmt::For(s)) => self.hand_on(&s.target, &s.iter),
            Syntax::Expr(Expr::Named(e)) => self.hand_on(&e.target, &e.value),
            Syntax::Comprehension(c) => self.hand_on(&c.target, &c.iter),
            Syntax::Expr(Expr::Call(call)) => {
                for binding in self.bindings_of(&call.func) {
                    let parameters = functions.get(&binding.range.start());
                    parameters.iter().for_each(|parameters| self.pass(call, parameters));
                }
            }
            _ => {}
        }
    }

    fn hand_on(&mut self, target: &Expr, value: &Expr) {
        let modules = self.modules_in(value);
        let names =
            names(target).filter(|name| !modules.is_empty() && name.ctx != ExprContext::Load);
        names.for_each(|name| self.note(name.range.start(), &modules));
    }

    /// Notes what a call passes to the parameters of a function.
    fn pass(&mut self, call: &ExprCall, parameters: &Parameters) {
        let positional = parameters.posonlyargs.iter().chain(&parameters.args);
        let named = positional.clone().chain(&parameters.kwonlyargs).map(|with| &with.parameter);
        let before_star = call.arguments.args.iter().take_while(|value| !value.is_starred_expr());
        let by_place = positional.map(|with| &with.parameter).zip(before_star);
        let by_name = call.arguments.keywords.iter().filter_map(|keyword| {
            let name = keyword.arg.as_ref()?;
            Some((named.clone().find(|own| own.name.as_str() == name.as_str())?, &keyword.value))
        });
        for (parameter, value) in by_place.chain(by_name) {
            let modules = self.modules_in(value);
            self.note(parameter.name.start(), &modules);
        }
    }

    /// Notes that the variable that is bound there may have these modules.
    fn note(&mut self, binding: TextSize, modules: &[Found]) {
        if modules.is_empty() {
            return;
        }
        let noted = self.handed_on.entry(binding).or_default();
        let new: Vec<Found> = modules.iter().filter(|m| !noted.contains(m)).cloned().collect();
        noted.extend(new);
    }

    /// The bindings that may have given its value to a name that is read.
    fn bindings_of(&self, expr: &Expr) -> Vec<&'s Binding> {
        let scopes = &self.module.scopes;
        let name = expr.as_name_expr().filter(|name| name.ctx == ExprContext::Load);
        match name.and_then(|name| scopes.use_at(name.start())).map(|used| scopes.reaching(used)) {
            Some(Reaching::One(binding)) => vec![binding],
            Some(Reaching::Many(bindings)) => bindings,
            Some(Reaching::None) | None => Vec::new(),
        }
    }

    /// The modules that an expression may be, or may hold.
    fn modules_in(&self, expr: &Expr) -> Vec<Found> {
        let parts: Vec<&Expr> = match expr {
            Expr::Tuple(e) => e.elts.iter().collect(),
            Expr::List(e) => e.elts.iter().collect(),
            Expr::Set(e) => e.elts.iter().collect(),
            Expr::Dict(e) => e.items.iter().map(|item| &item.value).collect(),
            Expr::BoolOp(e) => e.values.iter().collect(),
            Expr::If(e) => vec![&*e.body, &*e.orelse],
            Expr::Starred(e) => vec![&*e.value],
            // `BACKENDS.items()`
            Expr::Call(e) if self.named_module(e).is_none() => match &*e.func {
                Expr::Attribute(method) if is_reading(&method.attr) => vec![&*method.value],
                _ => return Vec::new(),
            },
            _ => return self.modules_of(expr),
        };
        distinct(parts.into_iter().flat_map(|part| self.modules_in(part)))
    }

    /// The module of the program that is looked up by its name: `sys.modules["lib"]`.
    fn looked_up_module(&self, item: &ExprSubscript) -> Option<Found> {
        let name = item.slice.as_string_literal_expr()?;
        let modules = imported_path(self.project, self.module, &item.value)?;
        let found = self.found(name.value.to_str().to_owned());
        (modules == "sys.modules" && self.is_there(&found)).then_some(found)
    }

    /// The module of the program that a call imports by its name.
    fn named_module(&self, call: &ExprCall) -> Option<Found> {
        let [Expr::StringLiteral(name)] = &*call.arguments.args else { return None };
        let callee = imported_path(self.project, self.module, &call.func)?;
        let found = self.found(name.value.to_str().to_owned());
        (callee == "importlib.import_module" && self.is_there(&found)).then_some(found)
    }

    /// How a call of it gets at the variables of the module.
    pub(super) fn frame_read(&self, callee: &Expr) -> Option<FrameRead> {
        let scopes = &self.module.scopes;
        let used = callee.as_name_expr().and_then(|_| scopes.use_at(callee.start()))?;
        scopes.frame_read(used).filter(|read| match read {
            FrameRead::Module | FrameRead::Code => true,
            FrameRead::Names | FrameRead::Variables => used.scope == ScopeId::MODULE,
            FrameRead::Method => false,
        })
    }

    /// The modules that the expression may be.
    pub(crate) fn modules_of(&self, expr: &Expr) -> Vec<Found> {
        match expr {
            Expr::Name(name) if name.ctx == ExprContext::Load => {
                let scopes = &self.module.scopes;
                let Some(used) = scopes.use_at(expr.start()) else { return Vec::new() };
                let bindings = self.bindings_of(expr);
                let stars = match scopes.resolve(used) {
                    Place::Bound(ScopeId::MODULE) | Place::Unbound => scopes.stars_reaching(used),
                    Place::Bound(_) => Vec::new(),
                };
                let bound = self.bound(&name.id, &bindings, &stars).into_iter();
                let handed_on = |b: &&Binding| self.handed_on.get(&b.range.start());
                let values = bindings.iter().filter_map(handed_on).flatten().cloned();
                let bound = distinct(bound.chain(values));
                if bound.is_empty() { self.module_below(expr).into_iter().collect() } else { bound }
            }
            Expr::Attribute(attribute) => {
                let objects = self.modules_of(&attribute.value).into_iter();
                objects.flat_map(|object| self.members(&object, &attribute.attr)).collect()
            }
            Expr::Call(call) => match self.named_module(call) {
                Some(found) => vec![found],
                None => self.modules_in(expr),
            },
            Expr::Subscript(item) => match self.looked_up_module(item) {
                Some(found) => vec![found],
                None => self.modules_in(&item.value),
            },
            Expr::BoolOp(_) | Expr::If(_) => self.modules_in(expr),
            _ => Vec::new(),
        }
    }

    /// The modules of the program that may define what is called.
    pub(super) fn home_of(&self, callee: &Expr) -> Vec<PathBuf> {
        if let Expr::Attribute(attribute) = callee {
            return self.modules_of(&attribute.value).into_iter().filter_map(|m| m.path).collect();
        }
        let home = |binding: &Binding| match &binding.kind {
            BindingKind::Import { module, level, name: Some(_), .. } => {
                self.found(self.module.absolute(*level, module.as_deref())).path
            }
            _ => None,
        };
        self.bindings_of(callee).into_iter().filter_map(home).collect()
    }

    /// The module below a package that a name is in its code, which doesn't bind that.
    pub(super) fn module_below(&self, expr: &Expr) -> Option<Found> {
        let name = expr.as_name_expr().filter(|_| self.module.is_package)?;
        let scopes = &self.module.scopes;
        let is_unbound = scopes.resolve(scopes.use_at(expr.start())?) == Place::Unbound;
        let found = self.found(below(&self.module.name, &name.id));
        (is_unbound && self.is_there(&found)).then_some(found)
    }

    fn is_there(&self, found: &Found) -> bool {
        found.path.is_some() || self.project.is_namespace(&self.module.path, &found.name)
    }

    /// The modules that these bindings and star imports may bind the name to.
    fn bound(&self, name: &str, bindings: &[&Binding], stars: &[&StarImport]) -> Vec<Found> {
        let imported = bindings.iter().flat_map(|binding| self.imported(&binding.kind));
        let starred = stars.iter().flat_map(|star| {
            let from = self.found(self.module.absolute(star.level, star.module.as_deref()));
            self.members(&from, name)
        });
        imported.chain(starred).collect()
    }

    /// The modules or packages that an import binds.
    fn imported(&self, kind: &BindingKind) -> Vec<Found> {
        let BindingKind::Import { module, level, name, object, .. } = kind else {
            return Vec::new();
        };
        let imported = self.module.absolute(*level, module.as_deref());
        match (object, name) {
            (Imported::Root, _) => {
                let root = imported.split('.').next().unwrap_or_default();
                vec![self.found(root.to_owned())]
            }
            (_, None) => vec![self.found(imported)],
            (_, Some(name)) => self.members(&self.found(imported), name),
        }
    }

    /// What a module calls by the name: a module below it, or one that it imports under that name.
    fn members(&self, object: &Found, name: &str) -> Vec<Found> {
        let below = self.found(below(&object.name, name));
        let (mut members, mut is_hidden) = (Vec::new(), false);
        let home = object.path.as_ref().and_then(|path| self.project.module(path).ok());
        if let Some(home) = home
            && let Some(steps) = self.steps.checked_sub(1)
        {
            let handed_on = HashMap::new();
            let code = ImportedModules { project: self.project, module: &home, steps, handed_on };
            let scopes = &home.scopes;
            let bindings: Vec<&Binding> = scopes.bindings(ScopeId::MODULE, name).iter().collect();
            is_hidden = home.hides_below(name) == Some(Hidden::Surely);
            members = code.bound(name, &bindings, &scopes.stars_at_end(name));
        }
        let is_there = !is_hidden && self.is_there(&below);
        members.extend(is_there.then_some(below));
        members
    }

    fn found(&self, name: String) -> Found {
        Found { path: self.project.locate(&self.module.path, &name), name }
    }
}

/// The dotted path of what an expression is a module outside of the program, or a member of one, by
/// what its names are bound to: `sys.version_info`.
pub(super) fn imported_path(
    project: &Project<'_>,
    module: &Rc<Module>,
    expr: &Expr,
) -> Option<String> {
    if let Expr::Attribute(attribute) = expr {
        let object = imported_path(project, module, &attribute.value)?;
        return Some(format!("{object}.{}", attribute.attr));
    }
    let used = module.scopes.use_at(expr.as_name_expr()?.range.start())?;
    let Reaching::One(binding) = module.scopes.reaching(used) else { return None };
    let BindingKind::Import { module: from, level: 0, name, object, .. } = &binding.kind else {
        return None;
    };
    let from = from.as_deref()?;
    let root = from.split('.').next().unwrap_or(from);
    let is_own =
        project.locate(&module.path, root).is_some() || project.is_namespace(&module.path, root);
    let path = match (object, name) {
        (Imported::Root, _) => root.to_owned(),
        (_, None) => from.to_owned(),
        (_, Some(name)) => format!("{from}.{name}"),
    };
    (!is_own).then_some(path)
}

/// Each module once: those that come again would double with each variable that holds them.
fn distinct(modules: impl Iterator<Item = Found>) -> Vec<Found> {
    let mut seen: Vec<Found> = Vec::new();
    for module in modules {
        if !seen.contains(&module) {
            seen.push(module);
        }
    }
    seen
}
