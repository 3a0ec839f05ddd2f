//! The walk that tells what is around each node.

use rustpython_ast::visitor::source_order::SourceOrderVisitor;
use rustpython_ast::{AnyNodeRef, Stmt};

pub(crate) use rustpython_ast::visitor::source_order::TraversalSignal as Descent;

/// Calls `enter` with each node of a block, of whatever kind, after the nodes around it, outermost
/// first. It says whether the walk goes on below the node.
pub(crate) fn walk_path<'a>(
    block: &'a [Stmt],
    enter: impl FnMut(&[AnyNodeRef<'a>], AnyNodeRef<'a>) -> Descent,
) {
    let mut path = PathWalk { around: Vec::new(), enter };
    block.iter().for_each(|stmt| path.visit_stmt(stmt));
}

struct PathWalk<'a, F> {
    around: Vec<AnyNodeRef<'a>>,
    enter: F,
}

impl<'a, F> SourceOrderVisitor<'a> for PathWalk<'a, F>
where
    F: FnMut(&[AnyNodeRef<'a>], AnyNodeRef<'a>) -> Descent,
{
    fn enter_node(&mut self, node: AnyNodeRef<'a>) -> Descent {
        let descent = (self.enter)(&self.around, node);
        self.around.push(node);
        descent
    }

    /// Comes after nodes below which the walk didn't go as well.
    fn leave_node(&mut self, _: AnyNodeRef<'a>) {
        self.around.pop();
    }
}
