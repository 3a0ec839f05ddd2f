//! A node's arguments in the order of their evaluation.

use super::Node;
use crate::python::op::{Op, OrderedPart, Shape, Suspension};

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

    /// How it suspends the function it stands in: itself, or by the clauses it has. A clause does
    /// what its comprehension does, and a generator is suspended itself.
    pub(crate) fn suspension(&self) -> Option<Suspension> {
        let own = |op: Op| op.effect().suspension();
        let is_part = |op: Op| op.shape() == Shape::Part;
        match self.op() {
            Op::GENERATOR => None,
            op if is_part(op) => None,
            op => own(op).or_else(|| {
                self.args().iter().map(Node::op).filter(|arg| is_part(*arg)).find_map(own)
            }),
        }
    }
}

#[cfg(test)]
mod tests;
