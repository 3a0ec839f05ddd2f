//! Trees of statements: bodies, and the docstrings of definitions.

use super::Node;
use crate::codenode::value::Value;
use crate::python::op::Op;

impl Node {
    /// The statements one after the other, with those of a BLOCK in its place. An expression among
    /// them is made a statement.
    pub fn block(statements: Vec<Node>) -> Node {
        let mut args = Vec::with_capacity(statements.len());
        for statement in statements {
            match statement.op() {
                Op::BLOCK => args.extend(statement.args().iter().cloned()),
                _ if statement.is_expression() => args.push(statement.as_statement()),
                _ => args.push(statement),
            }
        }
        Node::new(Op::BLOCK, args)
    }

    /// Whether it is a statement with a body, or a clause of one: it takes several lines.
    pub fn has_body(&self) -> bool {
        !self.op().keyword().is_empty() && !self.is_expression()
    }

    /// The same definition, with a text that its body begins with as its docstring, if it has none
    /// yet; other nodes as they are.
    #[must_use]
    pub fn with_docstring(self) -> Node {
        if !self.op().defines() {
            return self;
        }
        let [before @ .., docstring, body] = self.args() else { return self };
        match body.args() {
            [first, rest @ ..] if docstring.op() == Op::EMPTY && first.is_docstring() => {
                let (first, body) = (first.clone(), body.with_args(rest.to_vec()));
                let mut args = before.to_vec();
                args.extend([first, body]);
                self.with_args(args)
            }
            _ => self,
        }
    }

    /// Whether it is a text as a statement.
    pub fn is_docstring(&self) -> bool {
        let is_text = |value: &Node| matches!(value.constant(), Some(Value::Str(_)));
        self.op() == Op::EXPR && self.args().first().is_some_and(is_text)
    }

    /// An expression as a statement; other nodes as they are.
    #[must_use]
    pub fn as_statement(&self) -> Node {
        match self.is_expression() {
            true => Node::new(Op::EXPR, vec![self.clone()]).with_loc(self.loc()),
            false => self.clone(),
        }
    }

    /// The same BLOCK with other statements, as [`Node::block`] takes them.
    #[must_use]
    pub fn with_statements(&self, statements: Vec<Node>) -> Node {
        let block = Node::block(statements).with_loc(self.loc());
        block.with_trivia(self.trivia().cloned())
    }
}
