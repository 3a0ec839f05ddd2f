//! Whether a name may come to mean something else: by a star import, by an assignment from outside.

use std::rc::Rc;
use std::slice;

use rustpython_ast::{Expr, ExprContext, Stmt};
use rustpython_text_size::Ranged as _;

use super::{Ambiguity, Denotation, Resolver, Unresolved};
use crate::expand::program::entity::Entity;
use crate::expand::program::module::Module;
use crate::scope::{Binding, BindingKind, Position, Reaching, ScopeId, StarImport};
use crate::syntax::{Reach, Syntax, attribute_root, walk};

impl Resolver<'_> {
    /// Whether the package calls something else by the name of a module below it.
    pub(super) fn is_hidden_in_package(
        &self,
        from: &Rc<Module>,
        package: &str,
        name: &str,
    ) -> bool {
        let path = self.project.locate(&from.path, package);
        let package = path.and_then(|path| self.project.module(&path).ok());
        package.is_some_and(|package| package.hides_below(name))
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
        later.rfind(|later| matches!(self.definition_denotes(module, later), Ok(Some(_))))
    }

    /// Whether the module calls functions of the program between a definition and a later one.
    pub(super) fn calls_between(
        &self,
        module: &Rc<Module>,
        earlier: &Binding,
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
            |callee: &Expr| callee.as_name_expr().is_some_and(|name| *name.id == *earlier.name);
        let calls = |node: Syntax<'_>| match node.expr() {
            Some(Expr::Call(call)) => !is_itself(&call.func) && !is_meta(&call.func),
            _ => false,
        };
        let is_between = |stmt: &&Stmt| {
            earlier.statement.end() <= stmt.start() && stmt.end() <= later.statement.start()
        };
        // At a prompt each function that was called had been expanded before.
        let statements = match self.project.is_session.get() {
            true => [].iter(),
            false => module.syntax.body.iter(),
        };
        let mut between = statements.filter(is_between);
        between.any(|stmt| walk(slice::from_ref(stmt)).within(Reach::Evaluated).any(calls))
    }

    /// What a definition gives its name to that another takes the place of.
    pub(super) fn replaced(
        &self,
        module: &Rc<Module>,
        entity: Option<Entity>,
        binding: &Binding,
        later: &Binding,
    ) -> Denotation {
        match entity {
            // The program has these as well; constants are evaluated one after the other.
            Some(Entity::Unroll(..)) => Ok(None),
            Some(Entity::Constant(..)) => Ok(entity),
            _ => {
                let last = self.definition_denotes(module, later)?;
                let bindings = vec![
                    (module.clone(), binding.range, entity),
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
