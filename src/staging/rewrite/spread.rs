//! Stars in calls and displays: what follows one may be known only at run time.

use rustpython_ast::{self as ast, Expr};
use rustpython_text_size::Ranged;

use super::Rewriter;
use crate::staging::{form, hook};
use crate::syntax::build;

impl Rewriter<'_> {
    /// A call with a star in its arguments, all parts rewritten already.
    pub(super) fn spread_call(&self, e: &ast::ExprCall) -> Option<Expr> {
        let starred = e.arguments.args.iter().any(Expr::is_starred_expr);
        if !starred && e.arguments.keywords.iter().all(|keyword| keyword.arg.is_some()) {
            return None;
        }
        let mut args = vec![(*e.func).clone()];
        // Python evaluates what follows a star before the keywords, wherever it stands.
        args.extend(e.arguments.args.iter().map(element));
        args.extend(e.arguments.keywords.iter().map(|keyword| {
            let value = keyword.value.clone();
            match &keyword.arg {
                Some(name) => {
                    let name = build::text(name, name.range);
                    build::call(hook::KEYWORD, vec![name, value], keyword.range)
                }
                None => build::call(hook::DOUBLESTAR, vec![value], keyword.range),
            }
        }));
        Some(build::call(hook::CALL, args, e.range))
    }

    /// A display that takes other containers in, or hashes what it holds; its parts rewritten
    /// already.
    pub(super) fn display(&self, expr: &Expr) -> Option<Expr> {
        let op = form::display_op(expr)?;
        let range = expr.range();
        let mut args = vec![form::op(op, range)];
        match expr {
            Expr::List(ast::ExprList { elts, .. }) | Expr::Tuple(ast::ExprTuple { elts, .. })
                if elts.iter().any(Expr::is_starred_expr) =>
            {
                args.extend(elts.iter().map(element));
            }
            Expr::Set(e) if e.elts.iter().any(|elt| !elt.is_literal_expr()) => {
                args.extend(e.elts.iter().map(element));
            }
            Expr::Dict(e) if !e.items.iter().all(has_literal_key) => {
                args.extend(e.items.iter().map(|item| match &item.key {
                    Some(key) => {
                        let pair = vec![key.clone(), item.value.clone()];
                        build::call(hook::PAIR, pair, key.range().cover(item.value.range()))
                    }
                    None => {
                        let value = vec![item.value.clone()];
                        build::call(hook::DOUBLESTAR, value, item.value.range())
                    }
                }));
            }
            _ => return None,
        }
        Some(build::call(hook::DISPLAY, args, range))
    }
}

fn has_literal_key(item: &ast::DictItem) -> bool {
    item.key.as_ref().is_some_and(Expr::is_literal_expr)
}

fn element(expr: &Expr) -> Expr {
    match expr {
        Expr::Starred(e) => build::call(hook::STAR, vec![(*e.value).clone()], e.range),
        other => other.clone(),
    }
}
