//! Which names a statement uses, and `uneval` where no macro is.

use std::cell::RefCell;
use std::rc::Rc;

use rustpython_ast::visitor::transformer::{Transformer, walk_expr as transform_parts};
use rustpython_ast::visitor::{Visitor, walk_expr};
use rustpython_ast::{self as ast, AtomicNodeIndex, Expr, ExprContext, Stmt};
use rustpython_text_size::TextRange;

use super::Prompt;
use crate::expand::Module;
use crate::host::TREE_HOOK;
use crate::staging::{Branches, branches};

/// The dotted paths of plain names that a statement reads.
pub(super) fn paths(stmt: &Stmt) -> Vec<Vec<String>> {
    struct Paths(Vec<Vec<String>>);
    impl<'a> Visitor<'a> for Paths {
        fn visit_expr(&mut self, expr: &'a Expr) {
            match path(expr) {
                Some(path) => self.0.push(path.into_iter().map(str::to_owned).collect()),
                None if expr.is_name_expr() => {}
                None => walk_expr(self, expr),
            }
        }
    }
    let mut paths = Paths(Vec::new());
    paths.visit_stmt(stmt);
    paths.0
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
        *call.func = name(TREE_HOOK, call.range);
        call.arguments.args = vec![integer(number, call.range)].into();
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

fn name(name: &str, range: TextRange) -> Expr {
    let (node_index, ctx) = (AtomicNodeIndex::NONE, ExprContext::Load);
    Expr::Name(ast::ExprName { node_index, range, id: name.into(), ctx })
}

fn integer(value: usize, range: TextRange) -> Expr {
    let value = ast::Number::Int(ast::Int::from(value as u64));
    Expr::NumberLiteral(ast::ExprNumberLiteral { node_index: AtomicNodeIndex::NONE, range, value })
}
