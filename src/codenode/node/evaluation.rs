//! A node's arguments in the order of their evaluation.

use super::Node;
use crate::python::op::OrderedPart;

impl Node {
    /// Its arguments in the order of their evaluation.
    pub(crate) fn parts(&self) -> Vec<OrderedPart> {
        self.op().parts(self.args().iter().map(Node::op))
    }

    /// The arguments that are evaluated when it is, once or more.
    pub(crate) fn evaluated_now(&self) -> impl Iterator<Item = &Node> {
        let now = self.parts().into_iter().filter(|part| part.is_evaluated_now());
        now.filter_map(|part| self.args().get(part.index))
    }
}

#[cfg(test)]
mod tests;
