//! What the two classes of the macro language hold; their methods are elsewhere.

use std::cell::RefCell;

use rustpython_vm::builtins::PyListRef;
use rustpython_vm::{PyObjectRef, PyPayload, VirtualMachine, pyclass};

use super::constants;
use crate::codenode::{Name, Node, Op, TemporaryId};
use crate::residual::Mark;

/// A value of the residual program.
#[pyclass(module = "cython.meta", name = "runtime_value")]
#[derive(Debug, PyPayload)]
pub(super) struct PyDynamic {
    pub id: TemporaryId,
    /// The number of the expansion whose step it is.
    pub expansion: u64,
}

impl PyDynamic {
    pub fn new_object(vm: &VirtualMachine, id: TemporaryId) -> PyObjectRef {
        let expansion = super::session::with(|s| s.expansion);
        PyDynamic { id, expansion }.into_ref(&vm.ctx).into()
    }
}

/// The class.
#[pyclass(module = "cython.meta", name = "codenode")]
#[derive(Debug, PyPayload)]
pub(super) struct PyCodenode {
    pub state: RefCell<State>,
}

#[derive(Clone, Debug)]
pub(super) struct State {
    /// The tree as it came, from which what wasn't changed is taken.
    pub tree: Node,
    pub op: Op,
    pub name: Option<Name>,
    /// The children that Python holds, once it has asked.
    pub args: Option<PyListRef>,
    /// Whether `tree` is a tree of code, and not just what `codenode(…)` was called with.
    pub whole: bool,
}

impl PyCodenode {
    pub fn new(tree: Node) -> PyCodenode {
        let (op, name) = (tree.op(), tree.name().cloned());
        PyCodenode { state: RefCell::new(State { tree, op, name, args: None, whole: true }) }
    }

    pub fn new_object(vm: &VirtualMachine, tree: Node) -> PyObjectRef {
        PyCodenode::new(tree).into_ref(&vm.ctx).into()
    }

    /// The arguments as Python has them: the list is the node's own.
    pub fn args_list(&self, vm: &VirtualMachine) -> PyListRef {
        let mut state = self.state.borrow_mut();
        if let Some(list) = &state.args {
            return list.clone();
        }
        let items = match state.tree.constant() {
            Some(value) => vec![constants::to_object(vm, value)],
            None => {
                let children = state.tree.args().iter();
                children.map(|arg| PyCodenode::new_object(vm, arg.clone())).collect()
            }
        };
        let list = vm.ctx.new_list(items);
        state.args = Some(list.clone());
        list
    }
}

/// The builtin `name` and its function.
#[pyclass(module = "cython.meta", name = "staged_builtin")]
#[derive(Debug, PyPayload)]
pub(super) struct PyStagedBuiltin {
    pub name: String,
    pub function: PyObjectRef,
}

/// A method of an object of a builtin class, about to be called.
#[pyclass(module = "cython.meta", name = "staged_method")]
#[derive(Debug, PyPayload)]
pub(super) struct PyStagedMethod {
    pub object: PyObjectRef,
    pub name: Name,
    pub function: PyObjectRef,
}

/// What stands at a star, or beside one, in a call or display.
#[pyclass(module = "cython.meta", name = "spread")]
#[derive(Debug, PyPayload)]
pub(super) struct PySpread {
    /// STAR or DOUBLESTAR of a run-time value, TUPLE or DICT of what is known, KEYWORD, PAIR.
    pub op: Op,
    pub name: Option<Name>,
    pub parts: Vec<PyObjectRef>,
    /// What had been recorded when it came.
    pub mark: Mark,
}

#[pyclass]
impl PySpread {}
