//! Going through a tree, into the scopes in it or only as far as the scope around them reaches.

use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject as _, PyObjectRef, PyRef, PyResult, VirtualMachine};

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
    pub fn of(args: &FuncArgs, vm: &VirtualMachine) -> PyResult<InnerScopes> {
        match args.kwargs.get("nested") {
            Some(nested) if !nested.clone().try_to_bool(vm)? => Ok(InnerScopes::Excluded),
            _ => Ok(InnerScopes::Included),
        }
    }

    /// Whether the argument `index` of a node belongs to the walk; `around` tells it of the node.
    fn place(
        self,
        around: Evaluated,
        is_root: bool,
        op: Op,
        (index, count): (usize, usize),
    ) -> Evaluated {
        let is_inner = around == Evaluated::Partly || op.opens_scope() && !is_root;
        match self == InnerScopes::Excluded && is_inner {
            true => op.scope_of(index, count),
            false => Evaluated::Around,
        }
    }
}

/// The tree and all below it, each before its children.
pub(in crate::host) fn walk(
    vm: &VirtualMachine,
    root: PyRef<PyCodenode>,
    nesting: InnerScopes,
) -> Vec<PyObjectRef> {
    let mut found = Vec::new();
    let mut waiting: Vec<(PyObjectRef, Evaluated)> = vec![(root.clone().into(), Evaluated::Around)];
    while let Some((next, around)) = waiting.pop() {
        let Some(node) = next.downcast_ref::<PyCodenode>() else { continue };
        let op = node.state.borrow().op;
        let is_root = next.is(&root);
        let children = match op {
            Op::VALUE => Vec::new(),
            _ => node.args_list(vm).borrow_vec().to_vec(),
        };
        let count = children.len();
        let children = children.into_iter().enumerate().rev();
        let place = |index| nesting.place(around, is_root, op, (index, count));
        let placed = children.map(|(index, child)| (child, place(index)));
        waiting.extend(placed.filter(|(_, place)| *place != Evaluated::Within));
        if around == Evaluated::Around {
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
    Replacing { vm, function, nesting }.node(root, Evaluated::Around, true)
}

struct Replacing<'a> {
    vm: &'a VirtualMachine,
    function: &'a PyObjectRef,
    nesting: InnerScopes,
}

impl Replacing<'_> {
    fn node(&self, node: &Node, around: Evaluated, is_root: bool) -> PyResult<Node> {
        let mut args = Vec::with_capacity(node.args().len());
        let mut changed = false;
        for (index, arg) in node.args().iter().enumerate() {
            let place = (index, node.args().len());
            let new = match self.nesting.place(around, is_root, node.op(), place) {
                Evaluated::Within => arg.clone(),
                place => self.node(arg, place, false)?,
            };
            changed |= !new.is(arg);
            args.push(new);
        }
        let node = match (changed, node.op()) {
            (false, _) => node.clone(),
            (true, Op::BLOCK) => node.with_statements(args),
            (true, _) => node.with_args(args),
        };
        match around {
            Evaluated::Around => self.replaced(node),
            _ => Ok(node),
        }
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
        let check = |scopes: InnerScopes, is_root, op: Op, index, expected| {
            assert_eq!(
                scopes.place(Evaluated::Around, is_root, op, (index, 2)),
                expected,
                "{op} {index}"
            );
        };
        let body = Op::LAMBDA.fields().len() - 1;
        check(InnerScopes::Included, false, Op::LAMBDA, body, Evaluated::Around);
        check(InnerScopes::Excluded, true, Op::LAMBDA, body, Evaluated::Around);
        check(InnerScopes::Excluded, false, Op::LAMBDA, body, Evaluated::Within);
        check(InnerScopes::Excluded, false, Op::PLUS, 1, Evaluated::Around);
    }
}
