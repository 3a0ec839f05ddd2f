//! Writes the statements of an expansion as lines of Python: as trees, which are printed.

use crate::codenode::{Name, Node, Op, Value};
use crate::print;
use crate::print::Style;
use crate::residual::{Handler, Statement};

/// The text of each statement, without indentation before its first line: every further line has
/// that of `style`.
pub(crate) fn statements(block: &[Statement], style: Style<'_>) -> Vec<String> {
    block.iter().map(|statement| print::statements(&[tree(statement)], style)).collect()
}

/// The statements one below the other, likewise.
pub(crate) fn text(block: &[Statement], style: Style<'_>) -> String {
    print::statements(body(block).args(), style)
}

/// Whether a body belongs to the statement, which then takes several lines.
pub(crate) fn has_body(statement: &Statement) -> bool {
    tree(statement).has_body()
}

/// A function with this name, these parameters and this body.
pub(crate) fn function(
    name: Name,
    parameters: Node,
    block: &[Statement],
    style: Style<'_>,
) -> String {
    let parts = || Node::new(Op::PARTS, Vec::new());
    let args = vec![parts(), parts(), parameters, Node::empty(), Node::empty(), body(block)];
    print::statements(&[Node::new(Op::DEF, args).with_name(Some(name))], style)
}

/// The tree of a body.
fn body(block: &[Statement]) -> Node {
    Node::block(block.iter().map(tree).collect())
}

fn tree(statement: &Statement) -> Node {
    match statement {
        Statement::Do(node) | Statement::Bind(_, node) => node.as_statement(),
        Statement::If { test, body: then, orelse } => {
            Node::new(Op::IF, vec![test.clone(), body(then), body(orelse)])
        }
        Statement::While { test, body: round, orelse } => {
            Node::new(Op::WHILE, vec![test.clone(), body(round), body(orelse)])
        }
        Statement::For { target, iterable, body: round, orelse } => {
            let args = vec![target.clone(), iterable.clone(), body(round), body(orelse)];
            Node::new(Op::FOR, args)
        }
        Statement::With { context, target, body: inner } => {
            let item = Node::new(Op::WITHITEM, vec![context.clone(), target.clone()]);
            Node::new(Op::WITH, vec![Node::new(Op::PARTS, vec![item]), body(inner)])
        }
        Statement::Try { body: tried, handlers, orelse, finalbody } => {
            let handlers = handlers.iter().map(handler).collect();
            let handlers = Node::new(Op::PARTS, handlers);
            Node::new(Op::TRY, vec![body(tried), handlers, body(orelse), body(finalbody)])
        }
        Statement::Return(node) => match node.constant() {
            Some(Value::None) => Node::new(Op::RETURN, vec![Node::empty()]),
            _ => Node::new(Op::RETURN, vec![node.clone()]),
        },
        Statement::Raise(exception, cause) => {
            Node::new(Op::RAISE, vec![exception.clone(), cause.clone()])
        }
        Statement::Break => Node::new(Op::BREAK, Vec::new()),
        Statement::Continue => Node::new(Op::CONTINUE, Vec::new()),
        // A folded program that has been given names holds neither.
        Statement::Step(_) | Statement::Assign(_) => Node::new(Op::PASS, Vec::new()),
    }
}

fn handler(handler: &Handler) -> Node {
    Node::new(Op::EXCEPT, vec![handler.class.clone(), handler.name.clone(), body(&handler.body)])
}
