//! What runs when a module is imported: not what only a script or a type checker has.
//!
//! ```text
//! if TYPE_CHECKING:               doesn't run
//!     import shapes
//! if __name__ == "__main__":      doesn't run
//!     main()
//! ```

use std::rc::Rc;

use rustpython_ast::{CmpOp, Expr, Stmt, StmtIf};

use super::Resolver;
use super::outcome::{Pythons, outcome};
use crate::expand::program::module::Module;
use crate::scope::ScopeId;
use crate::syntax::blocks;

/// The blocks of an `if` statement at a module's top level that may run when the module is imported.
pub(crate) fn blocks_run<'m>(
    resolver: &Resolver<'_>,
    module: &Rc<Module>,
    choice: &'m StmtIf,
) -> Vec<&'m [Stmt]> {
    let rest = choice.elif_else_clauses.iter().map(|c| (c.test.as_ref(), &*c.body));
    let mut run = Vec::new();
    for (test, body) in std::iter::once((Some(&*choice.test), &*choice.body)).chain(rest) {
        match test.map_or(Some(true), |test| holds_when_imported(resolver, module, test)) {
            Some(true) => {
                run.push(body);
                break;
            }
            Some(false) => {}
            None => run.push(body),
        }
    }
    run
}

/// Whether a test holds whenever the module is imported; none if that isn't known.
pub(crate) fn holds_when_imported(
    resolver: &Resolver<'_>,
    module: &Rc<Module>,
    test: &Expr,
) -> Option<bool> {
    match is_main_guard(module, test) {
        true => Some(false),
        false => outcome((resolver, module), Pythons::Every, test),
    }
}

/// The imports that may run when the module is imported, in their order.
pub(crate) fn imports_run<'m>(resolver: &Resolver<'_>, module: &'m Rc<Module>) -> Vec<&'m Stmt> {
    let mut imports = Vec::new();
    add_imports(resolver, module, &module.syntax.body, &mut imports);
    imports
}

fn add_imports<'m>(
    resolver: &Resolver<'_>,
    module: &Rc<Module>,
    block: &'m [Stmt],
    imports: &mut Vec<&'m Stmt>,
) {
    for stmt in block {
        let run = match stmt {
            Stmt::Import(_) | Stmt::ImportFrom(_) => {
                imports.push(stmt);
                continue;
            }
            Stmt::FunctionDef(_) => continue,
            Stmt::If(choice) => blocks_run(resolver, module, choice),
            _ => blocks(stmt),
        };
        run.into_iter().for_each(|block| add_imports(resolver, module, block, imports));
    }
}

/// `__name__ == "__main__"`, which doesn't hold in a module that is imported.
fn is_main_guard(module: &Module, test: &Expr) -> bool {
    let own = module.scopes.bindings(ScopeId::MODULE, "__name__");
    let Some(compare) = test.as_compare_expr() else { return false };
    let is_name = compare.left.as_name_expr().is_some_and(|name| name.id == "__name__");
    let is_main = |expr: &Expr| {
        expr.as_string_literal_expr().is_some_and(|text| text.value.to_str() == "__main__")
    };
    own.is_empty()
        && is_name
        && matches!(*compare.ops, [CmpOp::Eq])
        && compare.comparators.iter().all(is_main)
}
