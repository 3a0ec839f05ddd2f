//! Which names a statement uses, and `uneval` where no macro is.

use std::cell::RefCell;
use std::rc::Rc;

use rustpython_ast::visitor::transformer::{Transformer, walk_expr as transform_parts};
use rustpython_ast::{Expr, ExprContext, Stmt};
use rustpython_text_size::TextRange;

use super::Prompt;
use crate::expand::Module;
use crate::host::TREE_HOOK;
use crate::staging::{Branches, branches};
use crate::syntax::{build, walk};

/// The dotted paths of plain names that a statement reads.
pub(super) fn paths(stmt: &Stmt) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    let mut walk = walk(stmt);
    while let Some(node) = walk.next() {
        if let Some(path) = node.expr().and_then(path) {
            paths.push(path.into_iter().map(str::to_owned).collect());
            walk.prune();
        }
    }
    paths
}

/// The names of `a.b.c`, of which `a` is read.
pub(super) fn path(expr: &Expr) -> Option<Vec<&str>> {
    match expr {
        Expr::Name(name) if name.ctx == ExprContext::Load => Some(vec![name.id.as_str()]),
        Expr::Attribute(e) => {
            let mut path = path(&e.value)?;
            path.push(e.attr.as_str());
            Some(path)
        }
        _ => None,
    }
}

/// The statement, of the code at `piece` of an input, with calls of `uneval` replaced by what
/// gives their trees.
pub(super) fn with_trees(
    prompt: &mut Prompt<'_>,
    module: &Rc<Module>,
    piece: TextRange,
    stmt: &Stmt,
) -> Stmt {
    let trees = Trees { prompt: RefCell::new(prompt), module, piece };
    let mut stmt = stmt.clone();
    trees.visit_stmt(&mut stmt);
    stmt
}

struct Trees<'p, 'a> {
    prompt: RefCell<&'p mut Prompt<'a>>,
    module: &'p Rc<Module>,
    piece: TextRange,
}

impl Transformer for Trees<'_, '_> {
    fn visit_expr(&self, expr: &mut Expr) {
        let Some((argument, branches)) = self.unevaled(expr) else {
            return transform_parts(self, expr);
        };
        let mut prompt = self.prompt.borrow_mut();
        let followed = prompt.followed(self.module, self.piece, argument);
        let number = prompt.host.keep_tree(match branches {
            Branches::Cut => followed.tree,
            Branches::Followed => followed.branches,
        });
        let Expr::Call(call) = expr else { return };
        *call.func = build::loaded(TREE_HOOK, call.range);
        call.arguments.args = vec![build::integer(number, call.range)].into();
        call.arguments.keywords = Vec::new().into();
    }
}

impl Trees<'_, '_> {
    /// The argument of a call of `uneval`, and what is to become of branches.
    fn unevaled<'e>(&self, expr: &'e Expr) -> Option<(&'e Expr, Branches)> {
        let Expr::Call(call) = expr else { return None };
        let [argument] = &*call.arguments.args else { return None };
        let branches = branches(&call.arguments.keywords)?;
        let prompt = self.prompt.borrow();
        let is_uneval = prompt.host.meta_name(&prompt.ns, &path(&call.func)?)? == "uneval";
        (is_uneval && !argument.is_starred_expr()).then_some((argument, branches))
    }
}
