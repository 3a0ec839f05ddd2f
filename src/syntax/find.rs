//! Which statement or expression stands at a place.

use rustpython_ast::{Expr, ExprAttribute, ExprContext, ExprName, Stmt};
use rustpython_text_size::{Ranged as _, TextRange};

use super::node::{Roots, Syntax};
use super::walk::{Nodes, Reach, walk};

/// The innermost statement that holds the place.
pub(crate) fn statement_around<'a>(code: impl Roots<'a>, place: TextRange) -> Option<&'a Stmt> {
    around(walk(code).within(Reach::Statements), place).filter_map(Syntax::stmt).last()
}

/// The innermost expression that holds the place.
pub(crate) fn expression_around<'a>(code: impl Roots<'a>, place: TextRange) -> Option<&'a Expr> {
    around(walk(code), place).filter_map(Syntax::expr).last()
}

/// The names that stand as expressions.
pub(crate) fn names<'a>(code: impl Roots<'a>) -> impl Iterator<Item = &'a ExprName> {
    walk(code).filter_map(Syntax::name)
}

/// The attributes that are read.
pub(crate) fn read_attributes<'a>(code: impl Roots<'a>) -> impl Iterator<Item = &'a ExprAttribute> {
    let attributes = walk(code).filter_map(|node| node.expr()?.as_attribute_expr());
    attributes.filter(|attribute| attribute.ctx == ExprContext::Load)
}

/// What a chain of attributes begins with; the expression itself, if it is none.
pub(crate) fn attribute_root(expr: &Expr) -> &Expr {
    match expr {
        Expr::Attribute(attribute) => attribute_root(&attribute.value),
        _ => expr,
    }
}

/// The nodes of a walk that hold the place.
fn around(walk: Nodes<'_>, place: TextRange) -> impl Iterator<Item = Syntax<'_>> {
    let holds = move |node: &Syntax<'_>| node.range().contains_range(place);
    walk.entering(move |node| holds(&node)).filter(holds)
}
