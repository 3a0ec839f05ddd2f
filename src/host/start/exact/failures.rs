//! What exceptions of operators and methods say, as CPython 3.13 says it.
//!
//! ```text
//! "a" + 1           can only concatenate str (not "int") to str
//! 1 % 0             integer modulo by zero
//! "abc"[9]          string index out of range
//! [1].remove(2)     list.remove(x): x not in list
//! ```

use std::cell::RefCell;
use std::collections::HashMap;

use rustpython_vm::builtins::{PyBaseExceptionRef, PyBytes, PyInt, PyList, PyStr, PyTuple};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::protocol::{PyMapping, PyNumberBinaryFunc, PySequence};
use rustpython_vm::{AsObject as _, PyObject, PyObjectRef, PyResult, VirtualMachine};

use super::native::{NativeMethod, replace_method};

type Concat = fn(PySequence<'_>, &PyObject, &VirtualMachine) -> PyResult;
type Subscript = fn(PyMapping<'_>, &PyObject, &VirtualMachine) -> PyResult;

/// What the classes do by themselves: they belong to the thread, and an earlier interpreter may have changed
/// them.
#[derive(Default)]
struct Natives {
    concat: HashMap<usize, Concat>,
    subscript: Option<Subscript>,
    operators: HashMap<&'static str, PyNumberBinaryFunc>,
}

thread_local! {
    static NATIVES: RefCell<Natives> = RefCell::default();
}

/// Makes the builtin classes say what CPython's do.
pub(super) fn speak_as_cpython(vm: &VirtualMachine) {
    let types = &vm.ctx.types;
    for class in [types.str_type, types.list_type, types.tuple_type, types.bytes_type] {
        let slot = &class.slots.as_sequence.concat;
        let own = slot.load().filter(|own| *own as usize != concatenate as Concat as usize);
        if let Some(own) = own {
            NATIVES.with_borrow_mut(|natives| natives.concat.insert(class.get_id(), own));
        }
        slot.store(Some(concatenate));
    }
    let slot = &types.str_type.slots.as_mapping.subscript;
    if let Some(own) = slot.load().filter(|own| *own as usize != character as Subscript as usize) {
        NATIVES.with_borrow_mut(|natives| natives.subscript = Some(own));
    }
    slot.store(Some(character));
    let number = &types.int_type.slots.as_number;
    let division: PyNumberBinaryFunc =
        |a, b, vm| divided(("//", a, b), vm, "integer division or modulo by zero");
    let modulo: PyNumberBinaryFunc = |a, b, vm| divided(("%", a, b), vm, "integer modulo by zero");
    for (name, slot, right, own) in [
        ("//", &number.floor_divide, &number.right_floor_divide, division),
        ("%", &number.remainder, &number.right_remainder, modulo),
    ] {
        let known = NATIVES.with_borrow(|natives| natives.operators.contains_key(name));
        if let Some(native) = slot.load().filter(|_| !known) {
            NATIVES.with_borrow_mut(|natives| natives.operators.insert(name, native));
        }
        slot.store(Some(own));
        right.store(Some(own));
    }
    list_method(vm, "remove", |_, _| Ok("list.remove(x): x not in list".to_owned()));
    list_method(vm, "index", |element, vm| Ok(format!("{} is not in list", element.repr(vm)?)));
}

fn concatenate(sequence: PySequence<'_>, other: &PyObject, vm: &VirtualMachine) -> PyResult {
    let own = sequence.obj;
    let fits = match own {
        own if own.downcastable::<PyStr>() => other.downcastable::<PyStr>(),
        own if own.downcastable::<PyList>() => other.downcastable::<PyList>(),
        own if own.downcastable::<PyTuple>() => other.downcastable::<PyTuple>(),
        _ => !other.downcastable::<PyStr>() && !other.downcastable::<PyInt>(),
    };
    let mut classes = own.class().mro_collect().into_iter();
    let native = NATIVES.with_borrow(|natives| {
        classes.find_map(|class| natives.concat.get(&class.get_id()).copied())
    });
    match native.filter(|_| fits) {
        Some(native) => native(sequence, other, vm),
        None => {
            let (theirs, ours) = (other.class().name().to_string(), own.class().name().to_string());
            Err(vm.new_type_error(match own.downcastable::<PyBytes>() {
                true => format!("can't concat {theirs} to {ours}"),
                false => format!("can only concatenate {ours} (not \"{theirs}\") to {ours}"),
            }))
        }
    }
}

fn character(text: PyMapping<'_>, index: &PyObject, vm: &VirtualMachine) -> PyResult {
    let Some(native) = NATIVES.with_borrow(|natives| natives.subscript) else {
        return Err(vm.new_type_error("'str' object is not subscriptable"));
    };
    native(text, index, vm).map_err(|why| match is_of(&why, vm.ctx.exceptions.index_error) {
        true => vm.new_index_error("string index out of range"),
        false => why,
    })
}

fn is_of(
    why: &PyBaseExceptionRef,
    class: &rustpython_vm::Py<rustpython_vm::builtins::PyType>,
) -> bool {
    why.fast_isinstance(class)
}

fn divided(
    (name, a, b): (&str, &PyObject, &PyObject),
    vm: &VirtualMachine,
    by_zero: &'static str,
) -> PyResult {
    let native = NATIVES.with_borrow(|natives| natives.operators.get(name).copied());
    let is_zero = |value: &PyObject| {
        value.downcast_ref::<PyInt>().is_some_and(|value| *value.as_bigint() == 0.into())
    };
    match native {
        _ if a.downcastable::<PyInt>() && is_zero(b) => Err(vm.new_zero_division_error(by_zero)),
        Some(native) => native(a, b, vm),
        None => Ok(vm.ctx.not_implemented()),
    }
}

/// Replaces what a method of lists says where an element isn't there.
fn list_method(
    vm: &VirtualMachine,
    name: &'static str,
    says: fn(&PyObject, &VirtualMachine) -> PyResult<String>,
) {
    let says_it =
        move |list: PyObjectRef, args: FuncArgs, native: &NativeMethod, vm: &VirtualMachine| {
            let element = args.args.first().cloned();
            match (native.call(list, args, vm), element) {
                (Err(why), Some(element)) if is_of(&why, vm.ctx.exceptions.value_error) => {
                    Err(vm.new_value_error(says(&element, vm)?))
                }
                (result, _) => result,
            }
        };
    replace_method(vm, vm.ctx.types.list_type, name, says_it);
}
