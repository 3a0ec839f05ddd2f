//! `codenode`: a mutable handle on an immutable tree.
//!
//! A handle that nobody changed gives its tree back as it was, spelling included; children become
//! handles when `args` is asked for. So a copy is O(1), and a walk costs what it looks at.

use std::cell::RefCell;

use rustpython_vm::builtins::{PyListRef, PyStr, PyStrRef};
use rustpython_vm::common::hash::PyHash;
use rustpython_vm::function::{FuncArgs, OptionalArg, PyComparisonValue};
use rustpython_vm::protocol::{PyNumber, PyNumberMethods};
use rustpython_vm::types::{
    AsNumber, Comparable, Constructor, Hashable, PyComparisonOp, Representable,
};
use rustpython_vm::{
    FromArgs, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
    pyclass,
};

use super::constants::{self, PyOp};
use super::dynamic::{PyDynamic, record};
use super::failure::{Failure, here, is_recursion, stop};
use super::lift::{Taking, lift};
use super::{meta, session};
use crate::codenode::{Loc, Name, Node, Op, Value, free_variables, has_effects, repr};
use crate::print;
use crate::residual::Reason;

/// The class.
#[pyclass(module = "cython.meta", name = "codenode")]
#[derive(Debug, PyPayload)]
pub(super) struct PyCodenode {
    state: RefCell<State>,
}

#[derive(Clone, Debug)]
struct State {
    /// The tree as it came, from which what wasn't changed is taken.
    tree: Node,
    op: Op,
    name: Option<Name>,
    /// The children that Python holds, once it has asked.
    args: Option<PyListRef>,
    /// Whether `tree` is a tree of code, and not just what `codenode(…)` was called with.
    whole: bool,
}

impl PyCodenode {
    pub fn new(tree: Node) -> PyCodenode {
        let (op, name) = (tree.op(), tree.name().cloned());
        PyCodenode { state: RefCell::new(State { tree, op, name, args: None, whole: true }) }
    }

    pub fn new_object(vm: &VirtualMachine, tree: Node) -> PyObjectRef {
        PyCodenode::new(tree).into_ref(&vm.ctx).into()
    }

    /// The tree as it stands.
    ///
    /// # Errors
    /// Stops the expansion with *malformed tree*.
    pub fn freeze(&self, vm: &VirtualMachine, taking: Taking) -> PyResult<Node> {
        let state = self.state.borrow().clone();
        let own = state.op == state.tree.op() && state.name.as_ref() == state.tree.name();
        let Some(list) = &state.args else {
            return match own {
                true => Ok(state.tree),
                false => self.rebuilt(vm, &state, state.tree.args().to_vec()),
            };
        };
        let items = list.borrow_vec().to_vec();
        if state.op == Op::VALUE {
            return self.value(vm, &state, &items, taking);
        }
        let mut args = Vec::with_capacity(items.len());
        for item in &items {
            args.push(child(vm, item, taking, state.tree.loc())?);
        }
        let before = state.tree.args();
        if own && state.whole && args.len() == before.len() && args.iter().zip(before).all(|(a, b)| a.is(b)) {
            return Ok(state.tree);
        }
        self.rebuilt(vm, &state, args)
    }

    fn value(
        &self,
        vm: &VirtualMachine,
        state: &State,
        items: &[PyObjectRef],
        taking: Taking,
    ) -> PyResult<Node> {
        let [item] = items else {
            let message = format!("VALUE takes one argument, not {}", items.len());
            return Err(malformed_at(vm, message, state.tree.loc()));
        };
        let node = match constants::from_object(vm, item) {
            Some(Value::Float(float)) if float.is_infinite() => Node::value(Value::Float(float)),
            _ => lift(vm, item, taking)?,
        };
        let unchanged = state.tree.op() == Op::VALUE && node == state.tree.clone().with_name(None);
        let node = if unchanged { state.tree.clone() } else { node };
        Ok(if node.name() == state.name.as_ref() {
            node
        } else {
            node.with_name(state.name.clone())
        })
    }

    fn rebuilt(&self, vm: &VirtualMachine, state: &State, args: Vec<Node>) -> PyResult<Node> {
        if state.op == Op::TEMPORARY {
            return Ok(state.tree.clone());
        }
        let origin = match state.op {
            Op::VAR | Op::PARAM | Op::STARPARAM | Op::DOUBLESTARPARAM => state.tree.origin(),
            _ => crate::codenode::Origin::Site,
        };
        let renamed = state.name.as_ref() != state.tree.name();
        let origin = if renamed { crate::codenode::Origin::Site } else { origin };
        let node = Node::new(state.op, args)
            .with_name(state.name.clone())
            .with_origin(origin)
            .with_loc(state.tree.loc());
        match node.check() {
            Ok(()) => Ok(node),
            Err(why) => Err(malformed_at(vm, why.message, state.tree.loc())),
        }
    }

    fn args_list(&self, vm: &VirtualMachine) -> PyListRef {
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

fn child(
    vm: &VirtualMachine,
    item: &PyObject,
    taking: Taking,
    parent: Option<Loc>,
) -> PyResult<Node> {
    if let Some(tree) = item.downcast_ref::<PyCodenode>() {
        let frozen = vm.with_recursion("in a tree", || tree.freeze(vm, taking));
        return frozen.map_err(|exception| match is_recursion(vm, &exception) {
            true => malformed_at(vm, "the tree holds itself, or is too deep".to_owned(), parent),
            false => exception,
        });
    }
    if item.downcastable::<PyDynamic>() {
        return lift(vm, item, taking);
    }
    let shown = match item.repr(vm) {
        Ok(text) => text.as_wtf8().to_string_lossy().into_owned(),
        Err(_) => item.class().name().to_string(),
    };
    let message = format!("{shown} isn't a tree; a constant is codenode(VALUE, [{shown}])");
    Err(malformed_at(vm, message, parent))
}

/// Stops the expansion because of a tree that was made at `place`.
fn malformed_at(
    vm: &VirtualMachine,
    message: String,
    place: Option<Loc>,
) -> rustpython_vm::builtins::PyBaseExceptionRef {
    let place = place.or_else(|| here(vm));
    stop(vm, Failure::Malformed { message, place })
}

fn malformed(
    vm: &VirtualMachine,
    message: String,
) -> rustpython_vm::builtins::PyBaseExceptionRef {
    stop(vm, Failure::Malformed { message, place: here(vm) })
}

/// `op` on objects of which one at least is a tree: a tree, Python constants lifted.
pub(super) fn operator_tree(vm: &VirtualMachine, op: Op, operands: &[&PyObject]) -> PyResult {
    let mut args = Vec::new();
    for operand in operands {
        args.push(lift(vm, operand, Taking::Move)?);
    }
    Ok(PyCodenode::new_object(vm, Node::new(op, args).with_loc(here(vm))))
}

/// `codenode(op, args=(), name=None)`.
#[derive(FromArgs)]
pub(super) struct NewArgs {
    #[pyarg(any)]
    op: PyObjectRef,
    #[pyarg(any, optional)]
    args: OptionalArg<PyObjectRef>,
    #[pyarg(any, optional)]
    name: OptionalArg<Option<PyStrRef>>,
}

impl Constructor for PyCodenode {
    type Args = NewArgs;

    fn py_new(
        _cls: &Py<rustpython_vm::builtins::PyType>,
        given: NewArgs,
        vm: &VirtualMachine,
    ) -> PyResult<Self> {
        let op = op_of(vm, &given.op)?;
        let args = match given.args {
            OptionalArg::Present(args) => vm.extract_elements_with(&args, Ok)?,
            OptionalArg::Missing => Vec::new(),
        };
        let name = given.name.flatten().map(|name| to_name(&name));
        let tree = Node::new(op, Vec::new()).with_loc(here(vm));
        let args = Some(vm.ctx.new_list(args));
        Ok(PyCodenode { state: RefCell::new(State { tree, op, name, args, whole: false }) })
    }
}

fn to_name(name: &Py<PyStr>) -> Name {
    name.as_wtf8().to_string_lossy().into()
}

fn op_of(vm: &VirtualMachine, object: &PyObject) -> PyResult<Op> {
    match object.downcast_ref::<PyOp>() {
        Some(op) if op.op != Op::TEMPORARY => Ok(op.op),
        _ => {
            let shown = object.repr(vm)?;
            let shown = shown.as_wtf8().to_string_lossy();
            Err(malformed(vm, format!("{shown} isn't an op of cython.meta")))
        }
    }
}

#[pyclass(with(Constructor, Comparable, Hashable, Representable, AsNumber))]
impl PyCodenode {
    #[pygetset]
    fn op(&self, vm: &VirtualMachine) -> PyObjectRef {
        meta::op_object(vm, self.state.borrow().op)
    }

    #[pygetset(setter)]
    fn set_op(&self, op: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let op = op_of(vm, &op)?;
        self.args_list(vm);
        self.state.borrow_mut().op = op;
        Ok(())
    }

    #[pygetset]
    fn args(&self, vm: &VirtualMachine) -> PyListRef {
        self.args_list(vm)
    }

    #[pygetset(setter)]
    fn set_args(&self, args: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let items = vm.extract_elements_with(&args, Ok)?;
        self.state.borrow_mut().args = Some(vm.ctx.new_list(items));
        Ok(())
    }

    #[pygetset]
    fn name(&self) -> Option<String> {
        self.state.borrow().name.as_ref().map(ToString::to_string)
    }

    #[pygetset(setter)]
    fn set_name(&self, name: Option<PyStrRef>, _vm: &VirtualMachine) -> PyResult<()> {
        self.state.borrow_mut().name = name.map(|name| to_name(&name));
        Ok(())
    }

    /// Where the code came from: `(file, line, column)`, or None.
    #[pygetset]
    fn loc(&self, vm: &VirtualMachine) -> PyObjectRef {
        let place = self.state.borrow().tree.loc();
        let found = place.and_then(|loc| {
            session::with(|s| {
                let source = s.source(loc.file)?;
                let at = source.line_column(loc.range.start());
                Some((source.name().to_owned(), at.line, at.column))
            })
        });
        match found {
            Some((file, line, column)) => {
                let parts: Vec<PyObjectRef> = vec![
                    vm.ctx.new_str(file).into(),
                    vm.ctx.new_int(line).into(),
                    vm.ctx.new_int(column).into(),
                ];
                vm.ctx.new_tuple(parts).into()
            }
            None => vm.ctx.none(),
        }
    }

    /// Puts the code into the program and gives its value.
    #[pymethod]
    fn eval(&self, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        if let Some(share) = args.kwargs.get("share")
            && share.clone().try_to_bool(vm)?
        {
            let why = "sharing a node needs a temporary".to_owned();
            return Err(stop(vm, Failure::NeedsStatements { why, place: here(vm) }));
        }
        eval(vm, self)
    }

    /// The tree and all below it, each before its children.
    #[pymethod]
    fn walk(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyListRef {
        let mut found = Vec::new();
        let mut waiting: Vec<PyObjectRef> = vec![zelf.into()];
        while let Some(next) = waiting.pop() {
            let children = match next.downcast_ref::<PyCodenode>() {
                Some(node) if node.state.borrow().op != Op::VALUE => {
                    node.args_list(vm).borrow_vec().to_vec()
                }
                Some(_) => Vec::new(),
                None => continue,
            };
            found.push(next);
            waiting.extend(children.into_iter().rev());
        }
        vm.ctx.new_list(found)
    }

    /// The tree with each node, from the leaves up, replaced by what `function` gives for it;
    /// None keeps it.
    #[pymethod]
    fn replace(&self, function: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let tree = self.freeze(vm, Taking::Move)?;
        replace(vm, &tree, &function).map(|node| PyCodenode::new_object(vm, node))
    }

    /// The names of the variables that the code uses and doesn't bind, in alphabetical order.
    #[pymethod]
    fn free_vars(&self, vm: &VirtualMachine) -> PyResult<PyListRef> {
        let mut names: Vec<Name> =
            free_variables(&self.freeze(vm, Taking::Look)?).into_iter().map(|v| v.0).collect();
        names.dedup();
        let names = names.iter().map(|name| vm.ctx.new_str(&**name).into()).collect();
        Ok(vm.ctx.new_list(names))
    }

    /// Whether evaluating the code may do more than compute a value.
    #[pymethod]
    fn has_effects(&self, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(has_effects(&self.freeze(vm, Taking::Look)?))
    }

    /// A tree of its own.
    #[pymethod]
    fn copy(&self, vm: &VirtualMachine) -> PyResult {
        Ok(PyCodenode::new_object(vm, self.freeze(vm, Taking::Look)?))
    }

    #[pymethod]
    fn __copy__(&self, vm: &VirtualMachine) -> PyResult {
        self.copy(vm)
    }

    #[pymethod]
    fn __deepcopy__(&self, _memo: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        self.copy(vm)
    }

    #[pyslot]
    fn slot_str(zelf: &PyObject, vm: &VirtualMachine) -> PyResult<PyRef<PyStr>> {
        match zelf.downcast_ref::<PyCodenode>() {
            Some(zelf) => {
                let tree = zelf.freeze(vm, Taking::Look)?;
                Ok(vm.ctx.new_str(print::program(&tree)))
            }
            None => Err(vm.new_type_error("unexpected payload for __str__")),
        }
    }
}

/// Puts a tree into the program: as a step, whose value is the result.
pub(super) fn eval(vm: &VirtualMachine, tree: &PyCodenode) -> PyResult {
    let tree = tree.freeze(vm, Taking::Move)?;
    if !tree.op().is_expression() {
        return Err(malformed(vm, format!("{} is no expression by itself", tree.op())));
    }
    // In a macro the root's own name is ignored: its definition is computed again.
    let tree = match tree.variable() {
        Some(_) => tree.with_name(None),
        None => tree,
    };
    record(vm, tree, Reason::Eval)
}

fn replace(vm: &VirtualMachine, node: &Node, function: &PyObjectRef) -> PyResult<Node> {
    let mut args = Vec::with_capacity(node.args().len());
    let mut changed = false;
    for arg in node.args() {
        let new = replace(vm, arg, function)?;
        changed |= !new.is(arg);
        args.push(new);
    }
    let node = if changed { node.with_args(args) } else { node.clone() };
    let given = PyCodenode::new_object(vm, node.clone());
    let result = function.call((given.clone(),), vm)?;
    if vm.is_none(&result) {
        // The function may have changed the node it was given.
        return lift(vm, &given, Taking::Move);
    }
    lift(vm, &result, Taking::Move)
}

impl Comparable for PyCodenode {
    fn cmp(
        zelf: &Py<Self>,
        other: &PyObject,
        op: PyComparisonOp,
        vm: &VirtualMachine,
    ) -> PyResult<PyComparisonValue> {
        op.eq_only(|| match other.downcast_ref::<PyCodenode>() {
            Some(other) => {
                let (left, right) = (zelf.freeze(vm, Taking::Look)?, other.freeze(vm, Taking::Look)?);
                Ok(PyComparisonValue::Implemented(left == right))
            }
            None => Ok(PyComparisonValue::NotImplemented),
        })
    }
}

impl Hashable for PyCodenode {
    fn hash(_zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyHash> {
        Err(vm.new_type_error("unhashable type: 'codenode'"))
    }
}

impl Representable for PyCodenode {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        Ok(repr(&zelf.freeze(vm, Taking::Look)?))
    }
}

macro_rules! tree_operators {
    ($($slot:ident: $op:ident,)+) => {
        PyNumberMethods {
            $($slot: Some(|a, b, vm| operator_tree(vm, Op::$op, &[a, b])),)+
            power: Some(|a, b, _, vm| operator_tree(vm, Op::EXP, &[a, b])),
            negative: Some(|n: PyNumber<'_>, vm| operator_tree(vm, Op::NEG, &[n.obj])),
            positive: Some(|n: PyNumber<'_>, vm| operator_tree(vm, Op::POS, &[n.obj])),
            invert: Some(|n: PyNumber<'_>, vm| operator_tree(vm, Op::INVERT, &[n.obj])),
            ..PyNumberMethods::NOT_IMPLEMENTED
        }
    };
}

impl AsNumber for PyCodenode {
    fn as_number() -> &'static PyNumberMethods {
        static METHODS: PyNumberMethods = tree_operators! {
            add: PLUS,
            subtract: MINUS,
            multiply: MULTIPLY,
            remainder: MOD,
            lshift: LSHIFT,
            rshift: RSHIFT,
            and: BITAND,
            xor: BITXOR,
            or: BITOR,
            floor_divide: FLOORDIV,
            true_divide: DIVIDE,
            matrix_multiply: MATMUL,
        };
        &METHODS
    }
}
