//! Definitions (language.md §4): trees that variables were followed to, which have a name and an op.

use std::collections::HashMap;

use super::{Node, Origin, TemporaryId};
use crate::python::op::Op;

impl Node {
    /// Whether the tree stands for a variable that was followed to it: it has a name and an op.
    pub fn is_definition(&self) -> bool {
        self.op() != Op::VAR && self.variable().is_some()
    }

    /// The step whose value the node stands for under a name.
    fn named_step(&self) -> Option<TemporaryId> {
        match self.origin() {
            Origin::Step(id) if self.op() == Op::VAR || self.is_definition() => Some(id),
            _ => None,
        }
    }

    /// Whether something in the tree is a value of the running program, under a name.
    pub(crate) fn holds_named_step(&self) -> bool {
        let below = self.0.holds.definition && self.args().iter().any(Node::holds_named_step);
        below || self.named_step().is_some()
    }

    /// Whether it stands for something else in a program.
    pub(super) fn stands_for_variable(&self) -> bool {
        self.is_definition() || self.named_step().is_some() || self.copied().is_some()
    }

    /// The node and those whose variables its own is a copy of.
    pub(crate) fn copies(&self) -> impl Iterator<Item = &Node> {
        std::iter::successors(Some(self), |node| node.copied())
    }

    /// Whether the nodes' variables are copies of one.
    pub(super) fn shares_variable(&self, other: &Node) -> bool {
        let is_copy = self.copied().is_some() || other.copied().is_some();
        let same = |one: &Node, two: &Node| one.name() == two.name();
        is_copy && self.copies().any(|one| other.copies().any(|two| same(one, two)))
    }

    /// Whether a definition was made to stand for its variable, and is as it was made.
    pub fn is_once(&self) -> bool {
        self.0.once
    }

    /// The same code with the variables in place of their definitions, below the root. What is
    /// shared stays so.
    #[must_use]
    pub fn with_variables(&self) -> Node {
        match self.0.holds.definition {
            true => self.variables_below(&mut HashMap::new()),
            false => self.clone(),
        }
    }

    fn variables_below(&self, known: &mut HashMap<usize, Node>) -> Node {
        self.map_args(|arg| match arg.0.holds.definition {
            true if !arg.stands_for_variable() => match known.get(&arg.address()) {
                Some(done) => done.clone(),
                None => {
                    let done = arg.variables_below(known);
                    known.insert(arg.address(), done.clone());
                    done
                }
            },
            _ => arg.as_variable(),
        })
    }

    /// Likewise, the root included.
    #[must_use]
    pub fn as_variable(&self) -> Node {
        match (self.named_step(), self.variable()) {
            (Some(id), _) => Node::temporary(id),
            (None, Some(name)) if self.op() != Op::VAR => Node::var(name.clone(), self.origin()),
            _ if self.copied().is_some() => self.clone().with_copied(None),
            _ => self.with_variables(),
        }
    }

    /// The code that evaluating the tree in a program puts there: definitions that can't be
    /// computed twice, and all below the root, are their variables.
    #[must_use]
    pub fn evaluated(&self) -> Node {
        match self.is_once() || self.op() == Op::VAR {
            true => self.as_variable(),
            false => self.with_variables(),
        }
    }

    /// The tree with the names of its definitions forgotten, so that all of it is written out.
    #[must_use]
    pub fn without_names(&self) -> Node {
        let node = match self.0.holds.definition {
            true => self.map_args(Node::without_names),
            false => self.clone(),
        };
        if node.is_definition() { node.with_name(None) } else { node }
    }
}
