//! Going through a tree, into the scopes in it or only as far as the scope around them reaches.

use rustpython_vm::function::FuncArgs;
use rustpython_vm::{PyObjectRef, PyRef, PyResult, VirtualMachine};

use crate::codenode::{Evaluated, Node, Op};
use crate::host::objects::payload::PyCodenode;
use crate::host::recording::lift::{Taking, lift};
use crate::host::recording::statements::statements;

/// Whether a walk goes into the scopes below its root.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::host) enum InnerScopes {
    Included,
    Excluded,
}

impl InnerScopes {
    /// What the argument `nested` says.
    pub(crate) fn of(args: &FuncArgs, vm: &VirtualMachine) -> PyResult<InnerScopes> {
        match args.kwargs.get("nested") {
            Some(nested) if !nested.clone().try_to_bool(vm)? => Ok(InnerScopes::Excluded),
            _ => Ok(InnerScopes::Included),
        }
    }

    /// Whether the argument `index` of a node with `op` belongs to the walk.
    fn place(self, of: NodePlace, op: Op, (index, count): (usize, usize)) -> Evaluated {
        let is_inner = match of {
            NodePlace::Root => false,
            NodePlace::Below(Evaluated::Partly) => true,
            NodePlace::Below(_) => op.opens_scope(),
        };
        match self == InnerScopes::Excluded && is_inner {
            true => op.scope_of(index, count),
            false => Evaluated::Around,
        }
    }
}

/// Where a node is in a walk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NodePlace {
    Root,
    /// It is evaluated in this scope of what is around it.
    Below(Evaluated),
}

impl NodePlace {
    /// Whether the node itself belongs to the walk, and not just parts of it.
    fn is_walked(self) -> bool {
        matches!(self, NodePlace::Root | NodePlace::Below(Evaluated::Around))
    }
}

/// The tree and all below it, each before its children.
pub(in crate::host) fn walk(
    vm: &VirtualMachine,
    root: PyRef<PyCodenode>,
    nesting: InnerScopes,
) -> Vec<PyObjectRef> {
    let mut found = Vec::new();
    let mut waiting: Vec<(PyObjectRef, NodePlace)> = vec![(root.into(), NodePlace::Root)];
    while let Some((next, of)) = waiting.pop() {
        let Some(node) = next.downcast_ref::<PyCodenode>() else { continue };
        let op = node.state.borrow().op;
        let children = match op {
            Op::VALUE => Vec::new(),
            _ => node.args_list(vm).borrow_vec().to_vec(),
        };
        let count = children.len();
        let children = children.into_iter().enumerate().rev();
        let place = |index| nesting.place(of, op, (index, count));
        let placed = children.map(|(index, child)| (child, place(index)));
        let inner = placed.filter(|(_, place)| *place != Evaluated::Within);
        waiting.extend(inner.map(|(child, place)| (child, NodePlace::Below(place))));
        if of.is_walked() {
            found.push(next);
        }
    }
    found
}

/// The tree with each node, from the leaves up, replaced by what `function` gives for it.
pub(in crate::host) fn replace(
    vm: &VirtualMachine,
    root: &Node,
    function: &PyObjectRef,
    nesting: InnerScopes,
) -> PyResult<Node> {
    Replacing { vm, function, nesting }.node(root, NodePlace::Root)
}

struct Replacing<'a> {
    vm: &'a VirtualMachine,
    function: &'a PyObjectRef,
    nesting: InnerScopes,
}

impl Replacing<'_> {
    fn node(&self, node: &Node, of: NodePlace) -> PyResult<Node> {
        let mut args = Vec::with_capacity(node.args().len());
        let mut changed = false;
        for (index, arg) in node.args().iter().enumerate() {
            let place = (index, node.args().len());
            let new = match self.nesting.place(of, node.op(), place) {
                Evaluated::Within => arg.clone(),
                place => self.node(arg, NodePlace::Below(place))?,
            };
            changed |= !new.is(arg);
            args.push(new);
        }
        let node = match (changed, node.op()) {
            (false, _) => node.clone(),
            (true, Op::BLOCK) => node.with_statements(args),
            (true, _) => node.with_args(args),
        };
        if of.is_walked() { self.replaced(node) } else { Ok(node) }
    }

    fn replaced(&self, node: Node) -> PyResult<Node> {
        let given = PyCodenode::new_object(self.vm, node.clone());
        let result = self.function.call((given.clone(),), self.vm)?;
        if self.vm.is_none(&result) {
            // The function may have changed the node it was given.
            return lift(self.vm, &given, Taking::Move);
        }
        match node.is_statement() && !result.downcastable::<PyCodenode>() {
            true => statements(self.vm, &result),
            false => lift(self.vm, &result, Taking::Move),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_below_the_root_is_a_part_of_what_is_around_by_its_head_only() {
        let check = |scopes: InnerScopes, of, op: Op, index, expected| {
            assert_eq!(scopes.place(of, op, (index, 2)), expected, "{op} {index}");
        };
        let below = NodePlace::Below(Evaluated::Around);
        let body = Op::LAMBDA.fields().len() - 1;
        check(InnerScopes::Included, below, Op::LAMBDA, body, Evaluated::Around);
        check(InnerScopes::Excluded, NodePlace::Root, Op::LAMBDA, body, Evaluated::Around);
        check(InnerScopes::Excluded, below, Op::LAMBDA, body, Evaluated::Within);
        check(InnerScopes::Excluded, below, Op::PLUS, 1, Evaluated::Around);
    }
}
