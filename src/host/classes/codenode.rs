//! `codenode`: a mutable handle on an immutable tree.
//!
//! An unchanged handle stands for its tree as it was, spelling included; children become
//! handles when `args` is asked for. So a copy is O(1), and a walk costs what it looks at.

use std::cell::RefCell;

use rustpython_vm::builtins::{PyListRef, PyStr, PyStrRef};
use rustpython_vm::common::hash::PyHash;
use rustpython_vm::function::{FuncArgs, KwArgs, OptionalArg, PyComparisonValue};
use rustpython_vm::protocol::{PyMappingMethods, PyNumberMethods};
use rustpython_vm::types::{
    AsMapping, AsNumber, Callable, Comparable, Constructor, GetAttr, Hashable, PyComparisonOp,
    Representable, SetAttr,
};
use rustpython_vm::{
    AsObject as _, FromArgs, Py, PyObject, PyObjectRef, PyRef, PyResult, VirtualMachine, pyclass,
};

use crate::codenode::{
    Loc, Name, Node, Op, Origin, Place, check, free_variables, from_json, has_effects,
    keyword_argument, repr, to_json,
};
use crate::diagnostic::spelling::near;
use crate::host::classes::fields::args_of_fields;
use crate::host::classes::operators::number_slots;
use crate::host::classes::walk::{InnerScopes, replace, walk};
use crate::host::failure::Failure;
use crate::host::objects::abort::abort;
use crate::host::objects::abort::malformed;
use crate::host::objects::constants::{self, PyOp};
use crate::host::objects::payload::{PyCodenode, TreeState};
use crate::host::objects::provenance::here;
use crate::host::recording::lift::{Taking, freeze, lift};
use crate::host::recording::record::{eval, eval_shared, key_code, operator_tree};
use crate::host::state::compiled;
use crate::print;

/// `codenode(op, args=(), name=None)`, or the arguments by the names of their fields.
#[derive(FromArgs)]
pub(in crate::host) struct NewArgs {
    #[pyarg(any)]
    op: PyObjectRef,
    #[pyarg(any, optional)]
    args: OptionalArg<PyObjectRef>,
    #[pyarg(any, optional)]
    name: OptionalArg<PyObjectRef>,
}

impl Constructor for PyCodenode {
    type Args = (NewArgs, KwArgs);

    fn py_new(
        _cls: &Py<rustpython_vm::builtins::PyType>,
        (given, fields): Self::Args,
        vm: &VirtualMachine,
    ) -> PyResult<Self> {
        let op = op_of(vm, &given.op)?;
        let args = match given.args {
            OptionalArg::Present(args) => elements(vm, op, &args)?,
            OptionalArg::Missing => args_of_fields(vm, op, fields)?,
        };
        let name = match given.name {
            OptionalArg::Present(name) if !vm.is_none(&name) => Some(checked_name(vm, op, &name)?),
            _ => None,
        };
        let tree = Node::new(op, Vec::new()).with_origin(Origin::Here).with_loc(here(vm));
        let args = Some(vm.ctx.new_list(args));
        Ok(PyCodenode { state: RefCell::new(TreeState { tree, op, name, args, whole: false }) })
    }
}

/// The arguments of a new node, which are to be a list.
fn elements(vm: &VirtualMachine, op: Op, args: &PyObject) -> PyResult<Vec<PyObjectRef>> {
    let is_tree = args.downcastable::<PyCodenode>();
    if !is_tree && constants::from_object(vm, args).is_none() {
        return vm.extract_elements_with(args, Ok);
    }
    let (shown, written) = match is_tree {
        true => ("a tree".to_owned(), "tree".to_owned()),
        false => {
            let shown = args.repr(vm)?.as_wtf8().to_string_lossy().into_owned();
            (shown.clone(), shown)
        }
    };
    let message = format!("the args of {op} are a list, not {shown}");
    let help = Some(format!("write `codenode({op}, [{written}])`"));
    Err(abort(vm, Failure::Malformed { message, place: here(vm), help }))
}

fn checked_name(vm: &VirtualMachine, op: Op, name: &PyObject) -> PyResult<Name> {
    if let Some(name) = name.downcast_ref::<PyStr>() {
        return Ok(to_name(name));
    }
    let shown = name.repr(vm)?;
    let shown = shown.as_wtf8().to_string_lossy();
    let message = format!("the name of {op} is a string or None, not {shown}");
    let help = Some(format!("arguments are given as one list: `codenode({op}, [left, right])`"));
    Err(abort(vm, Failure::Malformed { message, place: here(vm), help }))
}

fn to_name(name: &Py<PyStr>) -> Name {
    name.as_wtf8().to_string_lossy().into()
}

/// Where the code at `loc` stands, for people.
fn source_place(loc: Loc) -> Option<Place> {
    compiled::with(|s| {
        let source = s.source(loc.file)?;
        let at = source.line_column(loc.range.start());
        Some(Place { file: source.name().to_owned(), line: at.line, column: at.column })
    })
}

fn op_of(vm: &VirtualMachine, object: &PyObject) -> PyResult<Op> {
    match object.downcast_ref::<PyOp>() {
        Some(op) if op.op != Op::TEMPORARY => Ok(op.op),
        _ => {
            let shown = object.repr(vm)?;
            let shown = shown.as_wtf8().to_string_lossy();
            let message = format!("{shown} isn't an op of cython.meta");
            Err(abort(
                vm,
                Failure::Malformed { message, place: here(vm), help: suggested_op(object) },
            ))
        }
    }
}

/// The op that the name of one stands for, or a slip of it.
fn suggested_op(object: &PyObject) -> Option<String> {
    let name = object.downcast_ref::<PyStr>()?.as_wtf8().to_string_lossy().into_owned();
    let known = Op::NAMES.iter().filter(|(_, op)| *op != Op::TEMPORARY).map(|(name, _)| *name);
    let near = near(&name, known);
    let name = near.first()?;
    Some(format!("an op is no text: write `op.{name}`, or import `{name}` from cython.meta"))
}

#[pyclass(with(
    Constructor,
    Callable,
    GetAttr,
    SetAttr,
    Comparable,
    Hashable,
    Representable,
    AsNumber,
    AsMapping
))]
impl PyCodenode {
    #[pygetset]
    fn op(&self, vm: &VirtualMachine) -> PyObjectRef {
        constants::op_object(vm, self.state.borrow().op)
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
        let loc = self.state.borrow().tree.loc();
        match loc.and_then(source_place) {
            Some(Place { file, line, column }) => {
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
            return eval_shared(vm, self);
        }
        eval(vm, self)
    }

    /// The tree and all below it, each before its children. With `nested=False`, what is in the
    /// scopes of functions, classes and comprehensions below the root is left out.
    #[pymethod]
    fn walk(zelf: PyRef<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyListRef> {
        Ok(vm.ctx.new_list(walk(vm, zelf, InnerScopes::of(&args, vm)?)))
    }

    /// The tree with each node, from the leaves up, replaced by what `function` gives for it; None
    /// keeps it, and a list takes the place of a statement. With `nested=False`, what is in the
    /// scopes of functions, classes and comprehensions below the root stays as it is.
    #[pymethod]
    fn replace(&self, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let nesting = InnerScopes::of(&args, vm)?;
        let Some(function) = args.args.first() else {
            return Err(vm.new_type_error("replace() needs a function"));
        };
        let tree = freeze(vm, self, Taking::Move)?;
        replace(vm, &tree, function, nesting).map(|node| PyCodenode::new_object(vm, node))
    }

    /// The names of the variables that the code uses and doesn't bind, in alphabetical order.
    #[pymethod]
    fn free_vars(&self, vm: &VirtualMachine) -> PyResult<PyListRef> {
        let mut names: Vec<Name> =
            free_variables(&freeze(vm, self, Taking::Look)?).into_iter().map(|v| v.0).collect();
        names.dedup();
        let names = names.iter().map(|name| vm.ctx.new_str(&**name).into()).collect();
        Ok(vm.ctx.new_list(names))
    }

    /// Whether evaluating the code may do more than compute a value.
    #[pymethod]
    fn has_effects(&self, vm: &VirtualMachine) -> PyResult<bool> {
        let tree = freeze(vm, self, Taking::Look)?;
        Ok(!tree.is_once() && has_effects(&tree.with_variables()))
    }

    /// The tree as a JSON document.
    #[pymethod]
    fn json(&self, vm: &VirtualMachine) -> PyResult<String> {
        let tree = freeze(vm, self, Taking::Look)?;
        let help = "`uneval` gives the code of an argument";
        to_json(&tree, &mut source_place)
            .map_err(|why| malformed(vm, format!("{}; {help}", why.message)))
    }

    /// The tree that a JSON document holds.
    #[pystaticmethod]
    fn from_json(text: PyStrRef, vm: &VirtualMachine) -> PyResult {
        let Ok(text) = text.as_wtf8().as_str() else {
            return Err(malformed(vm, "this isn't JSON: it has lone surrogates".to_owned()));
        };
        match from_json(text) {
            Ok(tree) => Ok(PyCodenode::new_object(vm, tree.with_loc(here(vm)))),
            Err(why) => Err(malformed(vm, why.message)),
        }
    }

    /// A tree of its own.
    #[pymethod]
    fn copy(&self, vm: &VirtualMachine) -> PyResult {
        Ok(PyCodenode::new_object(vm, freeze(vm, self, Taking::Look)?))
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
                let tree = freeze(vm, zelf, Taking::Look)?;
                Ok(vm.ctx.new_str(print::program(&tree)))
            }
            None => Err(vm.new_type_error("unexpected payload for __str__")),
        }
    }
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
                let (left, right) =
                    (freeze(vm, zelf, Taking::Look)?, freeze(vm, other, Taking::Look)?);
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
        Ok(repr(&freeze(vm, zelf, Taking::Look)?))
    }
}

fn binary(vm: &VirtualMachine, op: Op, left: &PyObject, right: &PyObject) -> PyResult {
    operator_tree(vm, op, &[left, right])
}

fn unary(vm: &VirtualMachine, op: Op, operand: &PyObject) -> PyResult {
    operator_tree(vm, op, &[operand])
}

fn power(vm: &VirtualMachine, base: &PyObject, exponent: &PyObject, _: &PyObject) -> PyResult {
    operator_tree(vm, Op::EXP, &[base, exponent])
}

impl AsNumber for PyCodenode {
    fn as_number() -> &'static PyNumberMethods {
        static METHODS: PyNumberMethods =
            number_slots!(binary: binary, in_place: binary, unary: unary, power: power;);
        &METHODS
    }
}

impl Callable for PyCodenode {
    type Args = FuncArgs;

    /// A call of the code, as a tree.
    fn call(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let mut parts = vec![lift(vm, zelf.as_object(), Taking::Move)?];
        for argument in &args.args {
            parts.push(lift(vm, argument, Taking::Move)?);
        }
        for (name, argument) in &args.kwargs {
            let value = lift(vm, argument, Taking::Move)?;
            parts.push(keyword_argument(name.as_str().into(), value));
        }
        new_tree(vm, Op::CALL, parts)
    }
}

impl AsMapping for PyCodenode {
    fn as_mapping() -> &'static PyMappingMethods {
        static METHODS: PyMappingMethods = PyMappingMethods {
            length: None,
            subscript: Some(|mapping, key, vm| {
                let object = lift(vm, mapping.obj, Taking::Move)?;
                new_tree(vm, Op::INDEX, vec![object, key_code(vm, key)?])
            }),
            ass_subscript: None,
        };
        &METHODS
    }
}

/// A tree that was made by calling, or indexing, another.
fn new_tree(vm: &VirtualMachine, op: Op, parts: Vec<Node>) -> PyResult {
    let node = Node::new(op, parts).with_loc(here(vm));
    match check(&node) {
        Ok(()) => Ok(PyCodenode::new_object(vm, node)),
        Err(why) => Err(malformed(vm, why.message)),
    }
}
