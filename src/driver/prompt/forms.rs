//! Which names a statement uses, and `uneval` where no macro is.

use rustpython_ast::visitor::transformer::{Transformer, walk_expr as transform_parts};
use rustpython_ast::visitor::{Visitor, walk_expr};
use rustpython_ast::{self as ast, AtomicNodeIndex, Expr, ExprContext, Stmt};
use rustpython_text_size::TextRange;

use crate::codenode::{Plain, lower};
use crate::expand::Module;
use crate::host::{Host, Namespace, TREE_HOOK};

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

/// The statement with calls of `uneval` replaced by what gives their trees.
pub(super) fn with_trees(host: &Host, ns: &Namespace, module: &Module, stmt: &Stmt) -> Stmt {
    let trees = Trees { host, ns, module };
    let mut stmt = stmt.clone();
    trees.visit_stmt(&mut stmt);
    stmt
}

struct Trees<'a> {
    host: &'a Host,
    ns: &'a Namespace,
    module: &'a Module,
}

impl Transformer for Trees<'_> {
    fn visit_expr(&self, expr: &mut Expr) {
        let Some(argument) = self.unevaled(expr) else { return transform_parts(self, expr) };
        let tree = lower(argument, self.module.file, self.module.text(), &mut Plain);
        let number = self.host.keep_tree(tree);
        let Expr::Call(call) = expr else { return };
        *call.func = name(TREE_HOOK, call.range);
        call.arguments.args = vec![integer(number, call.range)].into();
    }
}

impl Trees<'_> {
    /// The argument of a call of `uneval`.
    fn unevaled<'e>(&self, expr: &'e Expr) -> Option<&'e Expr> {
        let Expr::Call(call) = expr else { return None };
        let ([argument], []) = (&*call.arguments.args, &*call.arguments.keywords) else {
            return None;
        };
        let is_uneval = self.host.meta_name(self.ns, &path(&call.func)?)? == "uneval";
        (is_uneval && !argument.is_starred_expr()).then_some(argument)
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
