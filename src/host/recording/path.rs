//! The code of objects of the standard library: by the path by which they are imported, or by the call
//! that makes them again.
//!
//! ```text
//! math.sqrt               math.sqrt
//! str.upper               str.upper
//! int | float             int | float
//! Decimal("1.10")         decimal.Decimal("1.10"), as `pickle` would make it
//! ```

use rustpython_vm::builtins::{PyModule, PyStr, PyTuple};
use rustpython_vm::{AsObject as _, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::codenode::{Node, Op, Origin};
use crate::python::library::is_library_module;

/// The code that gives the object, its parts made by `part`; none if there is no such code.
pub(super) fn made_again(
    vm: &VirtualMachine,
    object: &PyObject,
    part: &dyn Fn(&PyObject) -> PyResult<Node>,
) -> Option<PyResult<Node>> {
    if let Some(code) = path_of(vm, object) {
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
    path_of(vm, class.as_object())?;
    // Another object with the same parts is as good only if it is equal to this one for ever.
    let slots = (class.slots.richcompare.load(), vm.ctx.types.object_type.slots.richcompare.load());
    let is_by_identity = slots.0.map(|f| f as usize) == slots.1.map(|f| f as usize);
    if is_by_identity || object.hash(vm).is_err() {
        return None;
    }
    // What it is made of; what would have to be set afterwards has no expression.
    let reduced = vm.call_method(object, "__reduce_ex__", (2,)).ok()?;
    let (maker, args) = match reduced.downcast_ref::<PyTuple>()?.as_slice() {
        [maker, args] => (maker.clone(), args.clone()),
        [maker, args, rest @ ..] if rest.iter().all(|part| vm.is_none(part)) => {
            (maker.clone(), args.clone())
        }
        _ => return None,
    };
    let mut parts = vec![path_of(vm, &maker)?];
    for arg in args.downcast_ref::<PyTuple>()?.as_slice() {
        match part(arg) {
            Ok(code) => parts.push(code),
            Err(error) => return Some(Err(error)),
        }
    }
    let callee = parts.remove(0);
    Some(Ok(Node::call(callee, parts)))
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
