//! Whether the program may change the list, set or dict that a compile-time constant is.
//!
//! ```text
//! SIZES = comptime([1, 2])
//! for size in SIZES: …          reads it, as len(SIZES), SIZES[0] and 1 in SIZES do
//! SIZES.append(3)               changes it
//! send(SIZES)                   hands it on: whoever has it may change it
//! for row in TABLE: …           hands on what is in it, if that can be changed
//! ```
//!
//! The code of macros counts, as it is the program's: a macro that gives `SIZES` away hands it on. Code of
//! compile time doesn't.

use std::rc::Rc;

use rustpython_ast::{Decorator, Expr, Stmt};
use rustpython_text_size::{Ranged as _, TextRange};

use super::Resolver;
use super::access::{Access, access};
use crate::codenode::Name;
use crate::expand::program::entity::{Decoration, Entity};
use crate::expand::program::module::Module;
use crate::python::builtins::FrameRead;
use crate::python::meta::MetaName;
use crate::scope::ScopeId;
use crate::syntax::{Syntax, walk_with};

/// What is in a list, set or dict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Elements {
    /// Nothing that can be changed itself.
    Fixed,
    /// Other lists, sets and dicts as well.
    Changeable,
}

/// What is done with the value of an expression.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ValueUse {
    Read,
    /// It is changed in place.
    Changed,
    /// Somebody has it then.
    HandedOn,
}

/// Whose code an expression is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CodeOwner {
    Program,
    Macro,
    /// Code of compile time only.
    CompileTime,
}

/// What is done with a constant, in all modules.
#[derive(Default)]
struct ConstantUses {
    is_read: bool,
    /// Where the program changes it, or anybody hands it on.
    given: Option<ChangePlace>,
    /// Where a macro changes it.
    changed: Option<ChangePlace>,
}

/// A place where a constant may be changed.
pub(crate) type ChangePlace = (Rc<Module>, TextRange);

impl Resolver<'_> {
    /// Where the program may change a compile-time constant. What macros alone use is state of theirs.
    pub(crate) fn changed_at(
        &self,
        from: &Rc<Module>,
        (home, name): (&Rc<Module>, &Name),
        elements: Elements,
    ) -> Option<ChangePlace> {
        let key = (home.file, name.clone());
        if let Some(known) = self.changes.borrow().get(&key) {
            return known.clone();
        }
        let files = self.run.files(&self.project).into_iter();
        let others = files.filter(|path| self.project.is_relevant(path));
        let others = others.filter_map(|path| self.project.module(&path).ok());
        let mut modules = vec![home.clone(), from.clone()];
        modules.extend(others.filter(|m| m.file != home.file && m.file != from.file));
        modules.dedup_by_key(|module| module.file);
        let mut uses = ConstantUses::default();
        for module in &modules {
            UsesInModule { resolver: self, module, elements }.collect((home, name), &mut uses);
        }
        let ConstantUses { is_read, given, changed } = uses;
        // Whoever has the module has the constant.
        let own = home.scopes.bindings(ScopeId::MODULE, name).last();
        let own = own.filter(|_| self.index().is_assigned(home, name));
        let own = own.map(|binding| (home.clone(), binding.range));
        let change = given.or(changed.filter(|_| is_read)).or(own);
        self.changes.borrow_mut().insert(key, change.clone());
        change
    }

    /// Where the program may change a constant of which that was asked before.
    pub(crate) fn known_change(&self, home: &Module, name: &Name) -> Option<ChangePlace> {
        self.changes.borrow().get(&(home.file, name.clone())).cloned().flatten()
    }
}

/// The code of a module, asked what it does with constants.
struct UsesInModule<'s, 'a> {
    resolver: &'s Resolver<'a>,
    module: &'s Rc<Module>,
    elements: Elements,
}

impl UsesInModule<'_, '_> {
    fn collect(&self, (home, name): (&Rc<Module>, &Name), uses: &mut ConstantUses) {
        let below = |(used, owner), parent: Syntax<'_>, child: Syntax<'_>| {
            let owner = self.owner_in(owner, parent);
            match child.expr() {
                // A macro's own variable is no way out of it.
                Some(_) if owner == CodeOwner::Macro && is_assignment(parent) => {
                    (ValueUse::Read, owner)
                }
                Some(child) => (self.use_of((used, owner), parent, child), owner),
                None => (used, owner),
            }
        };
        let start = (ValueUse::Read, CodeOwner::Program);
        for (node, (used, owner)) in walk_with(&self.module.syntax, start, below) {
            let Some(expr) = node.expr() else { continue };
            let is_constant = |entity: Entity| matches!(entity, Entity::Constant(m, n) if m.file == home.file && n == *name);
            let place = (self.module.clone(), expr.range());
            if owner == CodeOwner::Program && self.reaches_otherwise(expr, (home, name)) {
                uses.given.get_or_insert(place);
                continue;
            }
            if !self.resolver.entity_of(self.module, expr).is_some_and(is_constant) {
                continue;
            }
            match (owner, used) {
                (CodeOwner::CompileTime, _) | (CodeOwner::Macro, ValueUse::Read) => {}
                (CodeOwner::Program, ValueUse::Read) => uses.is_read = true,
                (CodeOwner::Macro, ValueUse::Changed) => drop(uses.changed.get_or_insert(place)),
                _ => drop(uses.given.get_or_insert(place)),
            }
        }
    }

    /// Whether a call may get at the constant by its name: `getattr(lib, "SIZES")`, `exec(…)`.
    fn reaches_otherwise(&self, expr: &Expr, (home, name): (&Rc<Module>, &Name)) -> bool {
        let Expr::Call(call) = expr else { return false };
        let scopes = &self.module.scopes;
        let callee = call.func.as_name_expr().and_then(|_| scopes.use_at(call.func.start()));
        let runs_code = callee.and_then(|used| scopes.frame_read(used)) == Some(FrameRead::Code);
        let access = scopes.attribute_access(expr).filter(|access| access.name == &**name);
        let object = access.and_then(|access| self.resolver.entity_of(self.module, access.object));
        runs_code || matches!(object, Some(Entity::Module(found)) if found.file == home.file)
    }

    /// Whose code is in the node, that around it being the owner's.
    fn owner_in(&self, around: CodeOwner, node: Syntax<'_>) -> CodeOwner {
        let decorated =
            |decorators: &[Decorator]| match self.resolver.decoration(self.module, decorators) {
                Some(Decoration::Comptime) => CodeOwner::CompileTime,
                Some(Decoration::Macro) => CodeOwner::Macro,
                Some(Decoration::Unroll) | None => around,
            };
        let called = |callee: Entity| match callee {
            Entity::Meta(MetaName::Comptime | MetaName::Uneval | MetaName::Unroll)
            | Entity::Comptime(..) => CodeOwner::CompileTime,
            _ => around,
        };
        match node {
            _ if around == CodeOwner::CompileTime => around,
            Syntax::Stmt(Stmt::FunctionDef(def)) => decorated(&def.decorator_list),
            Syntax::Stmt(Stmt::ClassDef(class)) => decorated(&class.decorator_list),
            Syntax::Expr(Expr::Call(call)) => {
                self.resolver.entity_of(self.module, &call.func).map_or(around, called)
            }
            _ => around,
        }
    }

    /// What is done with the value of `child`, an expression in `parent`, with whose value `around` is
    /// done.
    fn use_of(
        &self,
        (around, owner): (ValueUse, CodeOwner),
        parent: Syntax<'_>,
        child: &Expr,
    ) -> ValueUse {
        match (access(&self.module.scopes, parent, child), around) {
            (Access::Looks, _) => ValueUse::Read,
            // What a macro takes out of it stays in the macro.
            (Access::TakesElements, _)
                if self.elements == Elements::Fixed || owner == CodeOwner::Macro =>
            {
                ValueUse::Read
            }
            (Access::TakesElement, ValueUse::Changed) | (Access::Changes, _) => ValueUse::Changed,
            (Access::TakesElement, ValueUse::Read) => ValueUse::Read,
            (Access::TakesElement, ValueUse::HandedOn)
                if self.elements == Elements::Fixed || owner == CodeOwner::Macro =>
            {
                ValueUse::Read
            }
            (Access::Passes, around) => around,
            (Access::TakesElements | Access::TakesElement | Access::Takes, _) => ValueUse::HandedOn,
        }
    }
}

/// Whether the node gives a variable a value.
fn is_assignment(node: Syntax<'_>) -> bool {
    let is_variable = |target: &Expr| target.is_name_expr();
    match node {
        Syntax::Stmt(Stmt::Assign(assign)) => assign.targets.iter().all(is_variable),
        Syntax::Stmt(Stmt::AnnAssign(assign)) => is_variable(&assign.target),
        Syntax::Expr(Expr::Named(_)) => true,
        _ => false,
    }
}
