//! The code of objects of the standard library: by the path by which they are imported, or by the call
//! that makes them again.
//!
//! ```text
//! math.sqrt               math.sqrt
//! str.upper               str.upper
//! int | float             int | float
//! Decimal("1.10")         decimal.Decimal("1.10"), as `pickle` would make it
//! ```

use num_traits::Zero as _;
use rustpython_vm::builtins::{PyModule, PyStr, PyTuple};
use rustpython_vm::types::PyTypeFlags;
use rustpython_vm::{AsObject as _, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::codenode::{Node, Op, Origin, Value};
use crate::host::objects::constants::from_object;
use crate::python::library::is_library_module;

/// The code that gives the object, its parts made by `part`; none if there is no such code.
pub(super) fn made_again(
    vm: &VirtualMachine,
    object: &PyObject,
    part: &dyn Fn(&PyObject) -> PyResult<Node>,
) -> Option<PyResult<Node>> {
    if let Some(code) = path(vm, object) {
        return Some(Ok(code));
    }
    let class = object.class();
    if class.is(vm.ctx.types.union_type) {
        let args = object.get_attr("__args__", vm).ok()?;
        let args = args.downcast_ref::<PyTuple>()?.as_slice().to_vec();
        let none = vm.ctx.types.none_type;
        let member = |arg: &PyObjectRef| match arg.is(none) {
            true => part(&vm.ctx.none()),
            false => part(arg),
        };
        let codes = args.iter().map(member).collect::<PyResult<Vec<Node>>>();
        let joined = |codes: Vec<Node>| {
            codes.into_iter().reduce(|left, right| Node::new(Op::BITOR, vec![left, right]))
        };
        return codes.map(joined).transpose();
    }
    // Another object with the same parts is as good only if it is equal to this one for ever.
    if !is_by_identity(vm, object) && object.hash(vm).is_err() {
        return None;
    }
    let (maker, args) = reduced(vm, object)?;
    let mut codes = Vec::new();
    for arg in &args {
        match part(arg) {
            Ok(code) => codes.push(code),
            Err(error) => return Some(Err(error)),
        }
    }
    Some(Ok(Node::call(maker, codes)))
}

/// Whether it is an object of the library that the call makes again which made it, and that is itself
/// only: an exception, an iterator.
pub(super) fn is_remade(vm: &VirtualMachine, object: &PyObject) -> bool {
    is_by_identity(vm, object) && path(vm, object).is_none() && reduced(vm, object).is_some()
}

/// Whether it equals itself only.
fn is_by_identity(vm: &VirtualMachine, object: &PyObject) -> bool {
    let own = object.class().slots.richcompare.load();
    let objects = vm.ctx.types.object_type.slots.richcompare.load();
    own.map(|f| f as usize) == objects.map(|f| f as usize)
}

/// The code of what makes an object of the library, and what it is made of.
fn reduced(vm: &VirtualMachine, object: &PyObject) -> Option<(Node, Vec<PyObjectRef>)> {
    let class = object.class();
    if class.slots.flags.has_feature(PyTypeFlags::HEAPTYPE) {
        path(vm, class.as_object())?;
    }
    let reduced = vm.call_method(object, "__reduce_ex__", (2,)).ok()?;
    let (maker, args) = match reduced.downcast_ref::<PyTuple>()?.as_slice() {
        [maker, args] => (maker, args),
        // What would have to be set afterwards has no expression.
        [maker, args, rest @ ..] if rest.iter().all(|part| is_nothing(vm, part)) => (maker, args),
        _ => return None,
    };
    let is_copied =
        |maker: &PyObject| text(vm, maker, "__module__").is_some_and(|m| m == "copyreg");
    Some((
        path(vm, maker).filter(|_| !is_copied(maker))?,
        args.downcast_ref::<PyTuple>()?.as_slice().to_vec(),
    ))
}

/// Whether it sets nothing: of an iterator, the place that it begins at.
fn is_nothing(vm: &VirtualMachine, state: &PyObject) -> bool {
    vm.is_none(state)
        || matches!(from_object(vm, state), Some(Value::Int(place)) if place.is_zero())
}

/// The name of a builtin, or the path of something of the library.
fn path(vm: &VirtualMachine, object: &PyObject) -> Option<Node> {
    let builtin = || builtin_name(vm, object).map(|name| Node::var(name, Origin::Builtin));
    builtin().or_else(|| path_of(vm, object))
}

/// The name of the builtin that `object` is.
fn builtin_name(vm: &VirtualMachine, object: &PyObject) -> Option<String> {
    let class = object.class().name().to_string();
    if !matches!(&*class, "type" | "builtin_function_or_method") {
        return None;
    }
    let name = object.get_attr("__name__", vm).ok()?;
    let name = name.downcast_ref::<PyStr>()?;
    let known = vm.builtins.get_attr(name, vm).ok()?;
    known.as_object().is(object).then(|| name.as_wtf8().to_string_lossy().into_owned())
}

/// The module of the library and the attributes by which the object is reached.
fn path_of(vm: &VirtualMachine, object: &PyObject) -> Option<Node> {
    if object.downcast_ref::<PyModule>().is_some() {
        let name = text(vm, object, "__name__")?;
        return is_plain_library(&name).then(|| Node::var(name, Origin::Library));
    }
    let is_itself = |found: PyResult| found.is_ok_and(|found| found.is(object));
    if let Ok(owner) = object.get_attr("__objclass__", vm)
        && let (Some(class), Some(name)) =
            (text(vm, &owner, "__name__"), text(vm, object, "__name__"))
        && vm.builtins.get_attr(&*vm.ctx.new_str(class.clone()), vm).is_ok_and(|b| b.is(&owner))
        && is_itself(owner.get_attr(&*vm.ctx.new_str(name.clone()), vm))
    {
        return Some(Node::attribute(Node::var(class, Origin::Builtin), &name));
    }
    let (module, name) = (text(vm, object, "__module__")?, text(vm, object, "__qualname__")?);
    let modules = vm.sys_module.get_attr("modules", vm).ok()?;
    // Of a native module the one that has its public names.
    let public = module.trim_start_matches('_');
    [public, &module].into_iter().filter(|module| is_plain_library(module)).find_map(|module| {
        let mut found: PyObjectRef = modules.get_item(module, vm).ok()?;
        for attribute in name.split('.') {
            found = found.get_attr(&*vm.ctx.new_str(attribute), vm).ok()?;
        }
        let root = Node::var(module, Origin::Library);
        let attribute = |object, name| Node::attribute(object, name);
        found.is(object).then(|| name.split('.').fold(root, attribute))
    })
}

/// Whether it is a module of the library, and not below another.
fn is_plain_library(module: &str) -> bool {
    !module.contains('.') && module != "builtins" && is_library_module(module)
}

fn text(vm: &VirtualMachine, object: &PyObject, name: &'static str) -> Option<String> {
    let value = object.get_attr(name, vm).ok()?;
    value.downcast_ref::<PyStr>().map(|text| text.as_wtf8().to_string_lossy().into_owned())
}
