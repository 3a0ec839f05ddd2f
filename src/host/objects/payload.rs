//! What the objects of the macro language's classes hold. What their slots do is defined above, where
//! code can be recorded.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use rustpython_text_size::TextRange;
use rustpython_vm::builtins::{PyCode, PyDictRef, PyListRef};
use rustpython_vm::types::{
    AsMapping, AsNumber, AsSequence, Callable, Comparable, GetAttr, Hashable, Iterable,
    Representable, SetAttr,
};
use rustpython_vm::{PyObjectRef, PyPayload, PyRef, VirtualMachine, pyclass};

use super::constants;
use super::definition::{MacroInfo, UnrollInfo};
use crate::codenode::{Name, Node, Op, TemporaryId};
use crate::host::state::recording;
use crate::residual::Mark;
use crate::staging::Results;

/// A value of the residual program.
///
/// The last character of the class's name is one that Unicode reserves for the internal use of
/// programs. A text with that name is therefore by native code that was given such a value: the
/// exceptions of native code have nothing but a text to tell of it.
#[pyclass(module = "cython.meta", name = "runtime_value\u{fdd0}")]
#[derive(Debug, PyPayload)]
pub(in crate::host) struct PyDynamic {
    pub id: TemporaryId,
    /// The number of the recording whose step it is.
    pub recording: u64,
}

#[pyclass(with(
    AsNumber,
    AsMapping,
    AsSequence,
    Callable,
    Comparable,
    GetAttr,
    SetAttr,
    Hashable,
    Iterable,
    Representable
))]
impl PyDynamic {
    pub(crate) fn new_object(vm: &VirtualMachine, id: TemporaryId) -> PyObjectRef {
        let recording = recording::with(|s| s.number);
        PyDynamic { id, recording }.into_ref(&vm.ctx).into()
    }
}

/// The class.
#[pyclass(module = "cython.meta", name = "codenode")]
#[derive(Debug, PyPayload)]
pub(in crate::host) struct PyCodenode {
    pub state: RefCell<TreeState>,
}

#[derive(Clone, Debug)]
pub(in crate::host) struct TreeState {
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
    pub(crate) fn new(tree: Node) -> PyCodenode {
        let (op, name) = (tree.op(), tree.name().cloned());
        PyCodenode { state: RefCell::new(TreeState { tree, op, name, args: None, whole: true }) }
    }

    pub(crate) fn new_object(vm: &VirtualMachine, tree: Node) -> PyObjectRef {
        PyCodenode::new(tree).into_ref(&vm.ctx).into()
    }

    /// The arguments as Python has them: the list is the node's own.
    pub(crate) fn args_list(&self, vm: &VirtualMachine) -> PyListRef {
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
pub(in crate::host) struct PyStagedBuiltin {
    pub name: String,
    pub function: PyObjectRef,
    pub results: Results,
}

#[pyclass(with(Callable))]
impl PyStagedBuiltin {}

/// A method of an object of a builtin class, about to be called.
#[pyclass(module = "cython.meta", name = "staged_method")]
#[derive(Debug, PyPayload)]
pub(in crate::host) struct PyStagedMethod {
    pub object: PyObjectRef,
    pub name: Name,
    pub function: PyObjectRef,
}

#[pyclass(with(Callable))]
impl PyStagedMethod {}

/// An `@unroll` function.
#[pyclass(module = "cython.meta", name = "unroll")]
#[derive(PyPayload)]
pub(in crate::host) struct PyUnroll {
    pub info: Rc<UnrollInfo>,
    pub signature: MacroInfo,
    /// A function with the same parameters, which gives them as a dict.
    pub binder: PyObjectRef,
    pub globals: PyDictRef,
    /// The code of its parts, by their places.
    pub codes: RefCell<HashMap<TextRange, PyRef<PyCode>>>,
}

#[pyclass(with(Callable, Representable))]
impl PyUnroll {
    pub(crate) fn new(
        info: UnrollInfo,
        signature: MacroInfo,
        binder: PyObjectRef,
        globals: PyDictRef,
    ) -> PyUnroll {
        let (info, codes) = (Rc::new(info), RefCell::default());
        PyUnroll { info, signature, binder, globals, codes }
    }
}

impl std::fmt::Debug for PyUnroll {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PyUnroll({})", self.info.name)
    }
}

/// A key and its value.
pub(in crate::host) type KeyValue = (PyObjectRef, PyObjectRef);

/// What stands at a star, or beside one, in a call or display.
#[derive(Debug)]
pub(in crate::host) enum DisplayPart {
    /// `*value` of a run-time value.
    Star(PyObjectRef),
    /// `**value` of a run-time value.
    DoubleStar(PyObjectRef),
    /// The elements of a known `*value`.
    Elements(Vec<PyObjectRef>),
    /// The pairs of a known `**value`.
    Pairs(Vec<KeyValue>),
    /// `name=value` in a call.
    Keyword(Name, PyObjectRef),
    /// `key: value` in a dict display.
    Pair(PyObjectRef, PyObjectRef),
}

/// A part, on its way to the hook of its call or display.
#[pyclass(module = "cython.meta", name = "part")]
#[derive(Debug, PyPayload)]
pub(in crate::host) struct PyPart {
    pub part: DisplayPart,
    /// What had been recorded when it came.
    pub mark: Mark,
}

#[pyclass]
impl PyPart {}
