//! Branches at the top level of a module that are known without running anything: by their tests, or
//! because nothing in them can fail.
//!
//! ```text
//! try:                                  the import can't fail: the compiler knows the module
//!     from uneval.meta import unroll
//! except ImportError:
//!     def unroll(f): return f
//! ```

use std::rc::Rc;

use rustpython_ast::{Expr, Stmt, StmtTry};
use rustpython_text_size::Ranged as _;

use super::Resolver;
use super::inert::is_inert_import;
use super::outcome::{Pythons, outcome};
use crate::expand::program::entity::Entity;
use crate::expand::program::module::{Module, below};
use crate::python::meta::MetaName;
use crate::scope::{BindingKind, ScopeId};
use crate::syntax::{Reach, Syntax, blocks, walk};

/// Whether the body of a `try` statement surely runs to its end: it does nothing but import what is
/// surely there, and bind names to constants.
fn is_certain(resolver: &Resolver<'_>, module: &Rc<Module>, attempt: &StmtTry) -> bool {
    !attempt.is_star
        && attempt.finalbody.is_empty()
        && attempt.body.iter().all(|stmt| match stmt {
            Stmt::Pass(_) => true,
            Stmt::Assign(assign) => {
                assign.value.is_literal_expr() && assign.targets.iter().all(Expr::is_name_expr)
            }
            Stmt::Import(import) => import.names.iter().all(|alias| {
                let entity = resolver.module_or_path(module, &alias.name);
                is_there(entity) && is_inert_import(resolver, module, &alias.name)
            }),
            Stmt::ImportFrom(import) => {
                let from = module.absolute(import.level, import.module.as_deref());
                let is_below =
                    |name: &str| is_there(resolver.module_or_path(module, &below(&from, name)));
                let is_member = |name: &str| match resolver.module_entity(module, &from) {
                    Some(Entity::MetaModule) => MetaName::from_name(name).is_some(),
                    Some(Entity::Module(home)) => {
                        resolver.surely_has(&home, name) || is_below(name)
                    }
                    _ => is_below(name),
                };
                is_inert_import(resolver, module, &from)
                    && import.names.iter().all(|alias| is_member(&alias.name))
            }
            _ => false,
        })
}

fn is_there(entity: Option<Entity>) -> bool {
    matches!(entity, Some(Entity::Module(_) | Entity::MetaModule | Entity::MetaPackage(_)))
}

/// Whether a statement at the top level binds a name to something of compile time on one of its ways,
/// or defines it there.
pub(crate) fn holds_compile_time(
    resolver: &Resolver<'_>,
    module: &Rc<Module>,
    stmt: &Stmt,
) -> bool {
    let mut statements = walk(stmt).within(Reach::Frame).filter_map(Syntax::stmt);
    let defines = statements.any(|inner| resolver.is_definition(module, inner));
    let scopes = &module.scopes;
    let mut bindings =
        scopes.names(ScopeId::MODULE).flat_map(|name| scopes.bindings(ScopeId::MODULE, name));
    let imports = bindings.any(|binding| {
        matches!(binding.kind, BindingKind::Import { .. })
            && stmt.range().contains_range(binding.range)
            && resolver
                .entity_of_binding(module, binding)
                .is_some_and(|entity| entity.is_bound_to_compile_time())
    });
    defines || imports
}

/// Whether the statement is one of which the ways are known: an `if` with a test that is known, a `try`
/// that surely succeeds.
pub(crate) fn is_decided(resolver: &Resolver<'_>, module: &Rc<Module>, stmt: &Stmt) -> bool {
    match stmt {
        Stmt::If(_) => {
            tests_of(stmt).any(|test| outcome((resolver, module), Pythons::Target, test).is_some())
        }
        Stmt::Try(attempt) => is_certain(resolver, module, attempt),
        _ => false,
    }
}

/// The `if` and `try` statements outside of definitions and loops.
pub(crate) fn branch_statements(block: &[Stmt]) -> Vec<&Stmt> {
    let mut found = Vec::new();
    for stmt in block.iter().filter(|stmt| matches!(stmt, Stmt::If(_) | Stmt::Try(_))) {
        found.push(stmt);
        found.extend(blocks(stmt).into_iter().flat_map(branch_statements));
    }
    found
}

/// The tests of an `if` statement.
pub(super) fn tests_of(stmt: &Stmt) -> impl Iterator<Item = &Expr> {
    let choice = stmt.as_if_stmt().into_iter();
    choice.flat_map(|choice| {
        let clauses = choice.elif_else_clauses.iter().filter_map(|clause| clause.test.as_ref());
        std::iter::once(&*choice.test).chain(clauses)
    })
}
