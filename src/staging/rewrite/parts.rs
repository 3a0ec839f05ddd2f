//! The parts of an expression, for a template that has the expression's form and a hole for each of them.

use rustpython_ast::Expr;
use rustpython_text_size::{Ranged as _, TextRange};

use crate::codenode::{Leaves, Node, TemporaryId};

/// The parts of the expression at a place, in order: what is lowered by these leaves has TEMPORARYs with
/// their numbers.
pub(super) struct PartHoles {
    whole: TextRange,
    pub found: Vec<Expr>,
}

impl PartHoles {
    pub(super) fn of(whole: TextRange) -> PartHoles {
        PartHoles { whole, found: Vec::new() }
    }
}

impl Leaves for PartHoles {
    fn replace(&mut self, expr: &Expr) -> Option<Node> {
        // The star of an argument belongs to the call.
        if expr.range() == self.whole || expr.is_starred_expr() {
            return None;
        }
        self.found.push(expr.clone());
        let number = u32::try_from(self.found.len() - 1).unwrap_or(u32::MAX);
        Some(Node::temporary(TemporaryId(number)))
    }
}
