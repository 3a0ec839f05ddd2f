//! Calls of functions that are written where they are called: `(lambda k: body)(value)`.

use crate::codenode::{Node, Op};

/// The parts of such a call.
pub(super) struct Applied<'a> {
    pub parameters: &'a [Node],
    pub body: &'a Node,
    pub values: &'a [Node],
}

impl<'a> Applied<'a> {
    /// Those of a call; none if its callee is no lambda, or has more than plain parameters.
    pub(crate) fn of(call: &'a Node) -> Option<Applied<'a>> {
        let (function, values) = call.args().split_first().filter(|_| call.op() == Op::CALL)?;
        let [parameters, body] = function.args() else { return None };
        let parameters = parameters.args();
        let is_plain = |node: &Node| node.op() == Op::PARAM && node.arg(1).op() == Op::EMPTY;
        let fits = function.op() == Op::LAMBDA
            && parameters.len() == values.len()
            && parameters.iter().all(is_plain)
            && values.iter().all(Node::is_expression);
        fits.then_some(Applied { parameters, body, values })
    }
}
