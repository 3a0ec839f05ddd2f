//! Arguments that are passed under a name.

use rustpython_ast::Expr;

use super::check::is_identifier;
use super::node::{Name, Node};
use super::value::Value;
use crate::python::op::Op;
use crate::syntax::parse_expression;

/// `name=value`, or `**{"class": value}` where that is no way to write it.
pub(crate) fn keyword_argument(name: Name, value: Node) -> Node {
    match is_written_plainly(&name) {
        true => Node::new(Op::KEYWORD, vec![value]).with_name(Some(name)),
        false => keyword_in_display(&name, value),
    }
}

/// `**{"name": value}`, which any name can be passed under.
pub(crate) fn keyword_in_display(name: &str, value: Node) -> Node {
    let pair = Node::new(Op::PAIR, vec![Node::value(Value::text(name)), value]);
    Node::new(Op::DOUBLESTAR, vec![Node::new(Op::DICT, vec![pair])])
}

/// Whether a name that is written as `name` is it: Python reads some characters as others.
fn is_written_plainly(name: &str) -> bool {
    let read = || match *parse_expression(name)?.body {
        Expr::Name(read) => Some(read.id),
        _ => None,
    };
    is_identifier(name) && (name.is_ascii() || read().is_some_and(|read| read == name))
}
