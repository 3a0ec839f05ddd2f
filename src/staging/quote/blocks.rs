//! Where compile-time code quotes statements, and what in them runs when they are quoted.

use rustpython_ast::{self as ast, Expr, Stmt};
use rustpython_text_size::{Ranged as _, TextRange};

use crate::scope::Binding;
use crate::staging::{Site, Special};
use crate::syntax::{Syntax, blocks, walk};

/// The statements that a piece of compile-time code quotes.
#[derive(Clone, Debug, Default)]
pub(crate) struct QuotedBlocks {
    bodies: Vec<TextRange>,
    /// The targets of loops in them that run when they are quoted.
    rounds: Vec<TextRange>,
    /// The generators in quoted code that run when it is quoted.
    pub generators: Vec<TextRange>,
    /// Loops that were to run when they are quoted, and can't.
    pub refused: Vec<TextRange>,
}

impl QuotedBlocks {
    /// Those in the statements.
    pub(crate) fn of(site: &Site<'_>, stmts: &[Stmt]) -> QuotedBlocks {
        let mut found = QuotedBlocks::default();
        for node in walk(stmts) {
            match node {
                Syntax::Stmt(Stmt::With(s)) if quoted_target(site, s).is_some() => {
                    found.bodies.extend(body_range(&s.body));
                }
                Syntax::Stmt(Stmt::For(s)) if unrolled(site, s).is_some() => {
                    found.rounds.push(s.target.range());
                }
                Syntax::Stmt(Stmt::For(s))
                    if only_argument(site, &s.iter, Special::Unroll).is_some() =>
                {
                    found.refused.push(s.iter.range());
                }
                Syntax::Expr(Expr::Starred(starred)) => {
                    let unrolled = only_argument(site, &starred.value, Special::Unroll);
                    let generator = unrolled.and_then(Expr::as_generator_expr);
                    found.generators.extend(generator.map(|generator| generator.range));
                }
                _ => {}
            }
        }
        found
    }

    /// Whether the binding is the quoted code's, not the macro's.
    pub(crate) fn own(&self, binding: &Binding) -> bool {
        self.bodies.iter().any(|body| body.contains_range(binding.range)) && !self.is_round(binding)
    }

    /// Whether it is the target of a loop that runs when it is quoted.
    pub(crate) fn is_round(&self, binding: &Binding) -> bool {
        self.rounds.iter().any(|target| target.contains_range(binding.range))
    }
}

/// The variable of `with quote as variable:`, if the statement is that.
pub(crate) fn quoted_target<'s>(site: &Site<'_>, with: &'s ast::StmtWith) -> Option<&'s Expr> {
    match &with.items[..] {
        [item] if site.names.special(&item.context_expr) == Some(Special::Quote) => {
            item.optional_vars.as_deref()
        }
        _ => None,
    }
}

/// What `for … in unroll(what):` goes through.
pub(super) fn unrolled<'s>(site: &Site<'_>, stmt: &'s ast::StmtFor) -> Option<&'s Expr> {
    let is_plain = !stmt.is_async && stmt.orelse.is_empty() && !stmt.body.iter().any(leaves_loop);
    only_argument(site, &stmt.iter, Special::Unroll).filter(|_| is_plain)
}

/// Whether a `break` or `continue` in the statement is of the loop around it.
fn leaves_loop(stmt: &Stmt) -> bool {
    match stmt {
        Stmt::Break(_) | Stmt::Continue(_) => true,
        Stmt::For(ast::StmtFor { orelse, .. }) | Stmt::While(ast::StmtWhile { orelse, .. }) => {
            orelse.iter().any(leaves_loop)
        }
        Stmt::FunctionDef(_) | Stmt::ClassDef(_) => false,
        _ => blocks(stmt).into_iter().flatten().any(leaves_loop),
    }
}

/// The argument of a call of one of the compile-time functions.
pub(super) fn only_argument<'s>(
    site: &Site<'_>,
    expr: &'s Expr,
    function: Special,
) -> Option<&'s Expr> {
    let Expr::Call(call) = expr else { return None };
    match (&*call.arguments.args, &*call.arguments.keywords) {
        ([argument], []) if site.names.special(&call.func) == Some(function) => Some(argument),
        _ => None,
    }
}

pub(super) fn body_range(body: &[Stmt]) -> Option<TextRange> {
    Some(body.first()?.range().cover(body.last()?.range()))
}
