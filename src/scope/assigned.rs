//! The names that statements assign in the scope they stand in.

use std::rc::Rc;

use rustpython_ast::{ExceptHandler, Expr, ExprContext, Pattern, Stmt};
use rustpython_text_size::Ranged as _;

use crate::syntax::{Reach, Roots, Syntax, walk};

/// Adds the names that running the code may assign or delete, each once, in their order.
pub(crate) fn assigned_names<'a>(code: impl Roots<'a>, names: &mut Vec<Rc<str>>) {
    let mut add = |name: &str| {
        if !names.iter().any(|known| **known == *name) {
            names.push(name.into());
        }
    };
    // The target of a comprehension, which is its own. It comes right after it.
    let mut own = None;
    let mut walk = walk(code).within(Reach::Frame);
    while let Some(node) = walk.next() {
        match node {
            Syntax::Comprehension(comprehension) => own = Some(comprehension.target.range()),
            Syntax::Expr(target) if own.take() == Some(target.range()) => walk.prune(),
            Syntax::Expr(Expr::Name(name)) if name.ctx != ExprContext::Load => add(&name.id),
            Syntax::Stmt(Stmt::FunctionDef(def)) => add(&def.name),
            Syntax::Stmt(Stmt::ClassDef(class)) => add(&class.name),
            Syntax::Alias(alias) => add(match &alias.asname {
                Some(name) => name,
                // A module's name binds its first part.
                None => alias.name.split('.').next().unwrap_or_default(),
            }),
            Syntax::ExceptHandler(ExceptHandler::ExceptHandler(handler)) => {
                handler.name.iter().for_each(|name| add(name));
            }
            Syntax::Pattern(pattern) => captured_name(pattern).into_iter().for_each(&mut add),
            _ => {}
        }
    }
}

/// The name that the pattern itself captures.
fn captured_name(pattern: &Pattern) -> Option<&str> {
    let name = match pattern {
        Pattern::MatchAs(p) => &p.name,
        Pattern::MatchStar(p) => &p.name,
        Pattern::MatchMapping(p) => &p.rest,
        _ => return None,
    };
    name.as_deref()
}
