//! Whether a name may come to mean something else: by a star import, by an assignment from outside.

use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::slice;

use rustpython_ast::{Expr, ExprContext, Stmt};
use rustpython_text_size::{Ranged as _, TextRange};

use super::imported_modules::ModuleKey;
use super::inert::is_inert_import;
use super::{Ambiguity, Denotation, Inquiry, Resolver, Unresolved};
use crate::expand::program::entity::Entity;
use crate::expand::program::module::{Hidden, Module, below};
use crate::scope::{Binding, BindingKind, Position, Reaching, ScopeId, StarImport};
use crate::syntax::{Reach, Syntax, attribute_root, walk};

/// How long a package calls something else by the name of a module below it.
enum Hiding<'r> {
    Never,
    Perhaps,
    Always,
    /// Until an import there has loaded the module.
    Until(&'r (PathBuf, TextRange)),
}

impl Resolver<'_> {
    /// What `package.name` is for `from` where the package exports nothing of compile time by the name: the
    /// module below it, unless the package calls something else so.
    pub(super) fn below_denotes(&self, from: &Rc<Module>, package: &str, name: &str) -> Denotation {
        let path = self.project.locate(&from.path, package);
        let home = path.and_then(|path| self.project.module(&path).ok());
        // What the package's own import of the name meets in a circle is what was there before.
        let is_bound = |home: &Rc<Module>| {
            !self.inquiries.are_about(&Inquiry::Export(home.file, name.to_owned()))
        };
        let home = home.filter(is_bound);
        let entity = || self.module_or_path_denotes(from, &below(package, name));
        let Some(home) = home else { return entity() };
        if self.is_another_module(&home, name) {
            return Ok(None);
        }
        match self.hiding(&home, name) {
            Hiding::Always => Ok(None),
            Hiding::Never | Hiding::Until(_) => entity(),
            Hiding::Perhaps => match entity()? {
                Some(Entity::Module(module)) => Err(self.perhaps_hidden(&home, name, module)),
                _ => Ok(None),
            },
        }
    }

    /// A package's own variable or a module below it.
    fn perhaps_hidden(&self, package: &Rc<Module>, name: &str, module: Rc<Module>) -> Unresolved {
        let own = package.scopes.bindings(ScopeId::MODULE, name).iter();
        let own = own.map(|binding| (package.clone(), binding.range, None));
        let start = TextRange::default();
        let bindings = own.chain([(module.clone(), start, Some(Entity::Module(module)))]).collect();
        Unresolved::Ambiguous(Ambiguity { module: package.clone(), bindings })
    }

    /// How long the package calls something else by the name of a module below it.
    fn hiding(&self, package: &Rc<Module>, name: &str) -> Hiding<'_> {
        match package.hides_below(name) {
            None => return Hiding::Never,
            Some(Hidden::Surely) => return Hiding::Always,
            Some(Hidden::Perhaps) => return Hiding::Perhaps,
            Some(Hidden::UntilLoaded) => {}
        }
        let path = self.project.locate(&package.path, &below(&package.name, name));
        let (Some(path), Some(folder)) = (path, package.path.parent()) else {
            return Hiding::Always;
        };
        // What the module itself loads, or what is below it, comes too late.
        let own = path.parent().filter(|_| path.ends_with("__init__.py"));
        let is_own = |file: &Path| file == path || own.is_some_and(|own| file.starts_with(own));
        let loading = self.index().loaded_at(&ModuleKey::File(path.clone())).iter();
        let others: Vec<_> = loading.filter(|(file, _)| !is_own(file)).collect();
        let Some(first) = others.first() else { return Hiding::Always };
        // Another module of the package, which that imports, has loaded it before the name is bound.
        let imported = self.project.with_imported(slice::from_ref(&package.path));
        let is_imported = |file: &PathBuf| {
            *file != package.path && file.starts_with(folder) && imported.contains(file)
        };
        match others.iter().any(|(file, _)| is_imported(file)) {
            true => Hiding::Always,
            false => Hiding::Until(first),
        }
    }

    /// Whether an import in a file of the run loads the module `name` below a package.
    pub(super) fn loads_below(&self, package: &Rc<Module>, name: &str) -> bool {
        let name = below(&package.name, name);
        let key = || ModuleKey::of(&self.project, &package.path, &name);
        let key = package.is_package.then(key).flatten();
        key.is_some_and(|key| !self.index().loaded_at(&key).is_empty())
    }

    /// What a package calls by a name, unless an import in a file of the run may have loaded a module below
    /// it that has the name.
    pub(super) fn unless_loaded(
        &self,
        package: &Rc<Module>,
        name: &str,
        entity: Option<Entity>,
    ) -> Denotation {
        let below = || self.module_denotes(package, &below(&package.name, name));
        let (from, range, loaded) = match self.hiding(package, name) {
            Hiding::Never | Hiding::Always => return Ok(entity),
            Hiding::Perhaps => match below()? {
                Some(Entity::Module(module)) if entity.is_some() => {
                    (module.clone(), TextRange::default(), Some(Entity::Module(module)))
                }
                _ => return Ok(entity),
            },
            Hiding::Until((path, range)) => {
                let loaded = below()?;
                let Ok(from) = self.project.module(path) else { return Ok(entity) };
                (from, *range, loaded)
            }
        };
        if entity == loaded {
            return Ok(entity);
        }
        let own = package.scopes.bindings(ScopeId::MODULE, name).last();
        let own = own.map(|binding| (package.clone(), binding.range, entity));
        let bindings = own.into_iter().chain([(from, range, loaded)]).collect();
        Err(Unresolved::Ambiguous(Ambiguity { module: package.clone(), bindings }))
    }

    /// The last definition of compile time that the name of a binding has, if it is a later one: compile
    /// time knows that one only.
    pub(super) fn later_definition<'m>(
        &self,
        module: &'m Rc<Module>,
        binding: &Binding,
    ) -> Option<&'m Binding> {
        let bindings = module.scopes.bindings(ScopeId::MODULE, &binding.name).iter();
        let mut later = bindings.filter(|later| {
            later.position == Position::Straight && later.range.start() > binding.range.start()
        });
        let defines = |later: &&Binding| match self.definition_denotes(module, later) {
            // The program has these as well.
            Ok(Some(Entity::Module(_) | Entity::Path(_))) => false,
            answer => matches!(answer, Ok(Some(_))),
        };
        later.rfind(defines)
    }

    /// Whether the module calls functions of the program between a statement that binds a name and a later
    /// definition of it.
    pub(super) fn calls_between(
        &self,
        module: &Rc<Module>,
        earlier: TextRange,
        later: &Binding,
    ) -> bool {
        let scopes = &module.scopes;
        let is_meta = |callee: &Expr| {
            let root = attribute_root(callee);
            let used = root.as_name_expr().and_then(|_| scopes.use_at(root.start()));
            let Some(Reaching::One(binding)) = used.map(|used| scopes.reaching(used)) else {
                return false;
            };
            let is_import = matches!(binding.kind, BindingKind::Import { .. });
            let entity = is_import.then(|| self.binding_denotes(module, binding).ok().flatten());
            let is_of_meta = |entity: &Entity| {
                matches!(entity, Entity::Meta(_) | Entity::MetaModule | Entity::MetaPackage(_))
            };
            entity.flatten().is_some_and(|entity| is_of_meta(&entity))
        };
        let is_itself =
            |callee: &Expr| callee.as_name_expr().is_some_and(|name| *name.id == *later.name);
        let is_noticed = |name: &str| {
            self.project.locate(&module.path, name).is_some()
                && !is_inert_import(self, module, name)
        };
        let calls = |node: Syntax<'_>| match node {
            Syntax::Expr(Expr::Call(call)) => !is_itself(&call.func) && !is_meta(&call.func),
            // A module that runs may call what it has of this one.
            Syntax::Stmt(Stmt::Import(import)) => {
                import.names.iter().any(|alias| is_noticed(&alias.name))
            }
            Syntax::Stmt(Stmt::ImportFrom(import)) => {
                is_noticed(&module.absolute(import.level, import.module.as_deref()))
            }
            _ => false,
        };
        let is_between =
            |stmt: &&Stmt| earlier.end() <= stmt.start() && stmt.end() <= later.statement.start();
        // At a prompt each function that was called had been expanded before.
        let statements = match self.project.is_session.get() {
            true => [].iter(),
            false => module.syntax.body.iter(),
        };
        let mut between = statements.filter(is_between);
        between.any(|stmt| walk(slice::from_ref(stmt)).within(Reach::Evaluated).any(calls))
    }

    /// What an import gets of a module under a name, unless it may come in a circle while the module has
    /// an earlier definition there.
    pub(super) fn unless_met_before(
        &self,
        from: &Rc<Module>,
        home: &Rc<Module>,
        (name, entity): (&str, Entity),
    ) -> Denotation {
        let bindings = home.scopes.bindings(ScopeId::MODULE, name);
        let [earlier @ .., last] = bindings else { return Ok(Some(entity)) };
        let is_met = |earlier: &&Binding| self.calls_between(home, earlier.statement, last);
        let Some(met) = earlier.iter().find(is_met) else { return Ok(Some(entity)) };
        if !self.project.with_imported(slice::from_ref(&home.path)).contains(&from.path) {
            return Ok(Some(entity));
        }
        let bindings =
            vec![(home.clone(), met.range, None), (home.clone(), last.range, Some(entity))];
        Err(Unresolved::Ambiguous(Ambiguity { module: home.clone(), bindings }))
    }

    /// What a definition gives its name to that another takes the place of.
    pub(super) fn replaced(
        &self,
        module: &Rc<Module>,
        entity: Entity,
        binding: &Binding,
        later: &Binding,
    ) -> Denotation {
        match entity {
            // The program has these as well; constants are evaluated one after the other.
            Entity::Unroll(..) => Ok(None),
            Entity::Constant(..) | Entity::Module(_) | Entity::Path(_) => Ok(Some(entity)),
            _ => {
                let last = self.definition_denotes(module, later)?;
                let bindings = vec![
                    (module.clone(), binding.range, Some(entity)),
                    (module.clone(), later.range, last),
                ];
                Err(Unresolved::Ambiguous(Ambiguity { module: module.clone(), bindings }))
            }
        }
    }

    /// Whether the global of `home` has the value of its one definition as long as it has one, as
    /// far as `home`, `from` and the files of the run tell.
    pub(crate) fn keeps_its_value(&self, from: &Rc<Module>, home: &Rc<Module>, name: &str) -> bool {
        let [binding] = home.scopes.bindings(ScopeId::MODULE, name) else { return false };
        let stars = home.scopes.star_imports(ScopeId::MODULE);
        let is_later = |star: &StarImport| star.statement.start() >= binding.statement.end();
        let is_starred = stars.iter().any(is_later) && self.may_be_starred(home, name);
        let changes = |node: Syntax<'_>| match node.expr() {
            Some(Expr::Attribute(e)) if e.ctx != ExprContext::Load && e.attr.as_str() == name => {
                matches!(self.entity_of(from, &e.value), Some(Entity::Module(m)) if m.file == home.file)
            }
            _ => false,
        };
        !is_starred
            && !self.index().is_assigned_by_name(home, name)
            && !walk(&from.syntax).any(changes)
    }
}
