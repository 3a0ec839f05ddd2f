//! Computes a node that occurs several times in a tree once (language.md §5, `eval(share=True)`): common
//! subexpressions, which are told by the identity of their node.
//!
//! The first occurrence, in evaluation order, names its value, and the others are the name:
//! `f(x) + f(x)` becomes `(t := f(x)) + t`.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use crate::codenode::{Node, Op, TemporaryId};

/// A node that occurs several times isn't computed on every path before it is needed.
#[derive(Clone, Debug)]
pub(crate) struct Uncertain(pub Node);

/// The tree with each shared node computed once; `variable` gives a new variable.
///
/// # Errors
/// When the first occurrence of a shared node isn't evaluated exactly once.
pub(crate) fn shared(
    tree: &Node,
    variable: &mut dyn FnMut(&Node) -> TemporaryId,
) -> Result<Node, Uncertain> {
    let mut counts = HashMap::new();
    count(tree, &mut counts);
    let mut sharing = Sharing { counts, names: HashMap::new(), variable };
    sharing.node(tree, Frequency::Once)
}

fn count(node: &Node, counts: &mut HashMap<usize, usize>) {
    let times = counts.entry(node.address()).or_insert(0);
    *times += 1;
    if *times == 1 {
        node.args().iter().for_each(|arg| count(arg, counts));
    }
}

struct Sharing<'a> {
    /// How often each node occurs, by its address.
    counts: HashMap<usize, usize>,
    names: HashMap<usize, TemporaryId>,
    variable: &'a mut dyn FnMut(&Node) -> TemporaryId,
}

/// Whether a part of the tree is evaluated exactly once when the tree is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Frequency {
    Once,
    Perhaps,
}

impl Sharing<'_> {
    fn node(&mut self, node: &Node, frequency: Frequency) -> Result<Node, Uncertain> {
        let computes = node.is_expression() && !matches!(node.op(), Op::VAR | Op::VALUE);
        let is_shared = computes && self.counts.get(&node.address()).is_some_and(|n| *n > 1);
        if !is_shared {
            return self.parts(node, frequency);
        }
        if let Some(id) = self.names.get(&node.address()) {
            return Ok(Node::temporary(*id));
        }
        if frequency == Frequency::Perhaps {
            return Err(Uncertain(node.clone()));
        }
        let code = self.parts(node, Frequency::Once)?;
        let id = (self.variable)(node);
        self.names.insert(node.address(), id);
        Ok(Node::new(Op::WALRUS, vec![Node::temporary(id), code]))
    }

    fn parts(&mut self, node: &Node, frequency: Frequency) -> Result<Node, Uncertain> {
        let mut args = node.args().to_vec();
        for part in node.parts() {
            let Some(arg) = args.get_mut(part.index) else { continue };
            // No assignment expression may stand in what a comprehension goes through.
            let within = match part.is_certain() && !node.op().opens_scope() {
                true => frequency,
                false => Frequency::Perhaps,
            };
            *arg = self.node(arg, within)?;
        }
        let touched = args.iter().zip(node.args()).any(|(new, old)| !new.is(old));
        Ok(if touched { node.with_args(args) } else { node.clone() })
    }
}
