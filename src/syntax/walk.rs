//! The walk through a tree.
//!
//! ```text
//! walk(&body).any(Syntax::is_yield)                          anywhere in it
//! walk(&body).within(Reach::Frame).any(Syntax::is_yield)    whether that makes it a generator
//! ```

use rustpython_ast::Stmt;

use super::node::{Roots, Syntax};
use crate::python::form::{Operand, operands, statement_operands};
use crate::python::op::When;

/// How far a walk goes below the nodes it starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// To all of it.
    Whole,
    /// To what runs in the frame that they run in: not to the bodies of functions, lambdas and classes.
    Frame,
    /// To what is evaluated before what comes after them: not to the bodies of functions and lambdas,
    /// nor to what a generator evaluates when it is asked for a value.
    Evaluated,
    /// To all statements, and to none of their expressions.
    Statements,
}

/// The nodes of a tree in the order of the source, each before those that it is made of.
#[derive(Clone, Debug)]
pub(crate) struct Nodes<'a> {
    /// The next ones, last first.
    pending: Vec<Syntax<'a>>,
    /// The latest one, until what it is made of is among those.
    entered: Option<Syntax<'a>>,
    reach: Reach,
}

/// The walk through all of some code.
pub(crate) fn walk<'a>(code: impl Roots<'a>) -> Nodes<'a> {
    let mut pending = Vec::new();
    code.add_to(&mut pending);
    pending.reverse();
    Nodes { pending, entered: None, reach: Reach::Whole }
}

/// All statements of some code, and all in these.
pub(crate) fn statements<'a>(code: impl Roots<'a>) -> impl Iterator<Item = &'a Stmt> {
    walk(code).within(Reach::Statements).filter_map(Syntax::stmt)
}

impl<'a> Nodes<'a> {
    /// The same, no further than this.
    pub(crate) fn within(self, reach: Reach) -> Nodes<'a> {
        Nodes { reach, ..self }
    }

    /// Leaves out what the latest node is made of.
    pub(crate) fn prune(&mut self) {
        self.entered = None;
    }

    /// The same, below those nodes only for which `enters` holds.
    pub(crate) fn entering(
        mut self,
        mut enters: impl FnMut(Syntax<'a>) -> bool,
    ) -> impl Iterator<Item = Syntax<'a>> {
        std::iter::from_fn(move || {
            let node = self.next()?;
            if !enters(node) {
                self.prune();
            }
            Some(node)
        })
    }

    fn enter(&mut self, node: Syntax<'a>) {
        let from = self.pending.len();
        let pending = &mut self.pending;
        match (self.reach, node) {
            (Reach::Whole, _) => node.children(|child| pending.push(child)),
            (Reach::Frame, Syntax::Stmt(Stmt::ClassDef(class))) => {
                node.children(|child| pending.push(child));
                pending.truncate(pending.len() - class.body.len());
            }
            (Reach::Frame, _) => {
                node.running_children(|child| pending.push(child));
            }
            (Reach::Evaluated, Syntax::Expr(expr)) => evaluated(operands(expr), pending),
            (Reach::Evaluated, Syntax::Stmt(stmt @ Stmt::FunctionDef(_))) => {
                evaluated(statement_operands(stmt), pending);
            }
            (Reach::Evaluated, _) => node.children(|child| pending.push(child)),
            (Reach::Statements, _) => node.children(|child| {
                if matches!(child, Syntax::Stmt(_) | Syntax::ExceptHandler(_)) {
                    pending.push(child);
                }
            }),
        }
        reverse_from(&mut self.pending, from);
    }
}

impl<'a> Iterator for Nodes<'a> {
    type Item = Syntax<'a>;

    fn next(&mut self) -> Option<Syntax<'a>> {
        if let Some(node) = self.entered.take() {
            self.enter(node);
        }
        self.entered = self.pending.pop();
        self.entered
    }
}

/// Adds those of the operands that are evaluated at once.
fn evaluated<'a>(operands: Vec<Operand<'a>>, pending: &mut Vec<Syntax<'a>>) {
    let now = operands.into_iter().filter(|operand| operand.when != When::Later);
    pending.extend(now.map(|operand| Syntax::Expr(operand.expr)));
}

/// Those that were added last come first.
fn reverse_from<T>(pending: &mut [T], from: usize) {
    pending.get_mut(from..).unwrap_or_default().reverse();
}

/// The walk through all of some code with what its nodes inherit from those around them: `below`
/// gives it for a node of which it is told what that around it has, that, and the node.
pub(crate) fn walk_with<'a, C, F>(code: impl Roots<'a>, context: C, below: F) -> WalkWith<'a, C, F>
where
    C: Copy,
    F: FnMut(C, Syntax<'a>, Syntax<'a>) -> C,
{
    let mut nodes = Vec::new();
    code.add_to(&mut nodes);
    let pending = nodes.into_iter().rev().map(|node| (node, context)).collect();
    WalkWith { pending, entered: None, below }
}

/// Nodes with what they inherit, in the order of the source.
#[derive(Clone, Debug)]
pub(crate) struct WalkWith<'a, C, F> {
    pending: Vec<(Syntax<'a>, C)>,
    entered: Option<(Syntax<'a>, C)>,
    below: F,
}

impl<C, F> WalkWith<'_, C, F> {
    /// Leaves out what the latest node is made of.
    pub(crate) fn prune(&mut self) {
        self.entered = None;
    }
}

impl<'a, C: Copy, F: FnMut(C, Syntax<'a>, Syntax<'a>) -> C> Iterator for WalkWith<'a, C, F> {
    type Item = (Syntax<'a>, C);

    fn next(&mut self) -> Option<(Syntax<'a>, C)> {
        if let Some((node, context)) = self.entered.take() {
            let from = self.pending.len();
            node.children(|child| {
                self.pending.push((child, (self.below)(context, node, child)));
            });
            reverse_from(&mut self.pending, from);
        }
        self.entered = self.pending.pop();
        self.entered
    }
}
