//! What tells objects apart where Python shows it: `id`, the hash of an object by identity, and
//! the `repr` of one that has no text of its own.
//!
//! The VM takes an object's address for all three, which differs from run to run. Here objects
//! are numbered in the order of the first use of their identity.

use std::cell::RefCell;
use std::collections::HashMap;

use rustpython_vm::builtins::{PyComplex, PyFloat, PyStr, PyType, PyWeak};
use rustpython_vm::class::add_operators;
use rustpython_vm::common::hash::{IMAG, PyHash, fix_sentinel, hash_float};
use rustpython_vm::{AsObject as _, Py, PyObject, PyObjectRef, PyRef, PyResult, VirtualMachine};

type Hash = fn(&PyObject, &VirtualMachine) -> PyResult<PyHash>;
type Repr = fn(&PyObject, &VirtualMachine) -> PyResult<PyRef<PyStr>>;

/// The distance between the ids of two objects, so that an id doesn't look like a small number.
const STRIDE: u64 = 16;

/// What keeps a number from being taken for that of a later object at the same address.
enum Hold {
    /// The number is void when this is dead.
    Weak(PyRef<PyWeak>),
    /// It takes no weak references, so it stays.
    Strong { _object: PyObjectRef },
}

#[derive(Default)]
struct Numbers {
    by_address: HashMap<usize, (u64, Hold)>,
    last: u64,
}

impl Numbers {
    fn of(&self, object: &PyObject) -> Option<u64> {
        match self.by_address.get(&object.get_id())? {
            (number, Hold::Weak(weak)) => weak.upgrade().map(|_| *number),
            (number, Hold::Strong { .. }) => Some(*number),
        }
    }
}

thread_local! {
    static NUMBERS: RefCell<Numbers> = RefCell::default();
    /// How classes wrote their objects, by the class's address.
    static WRITERS: RefCell<HashMap<usize, Repr>> = RefCell::default();
}

/// Takes addresses out of what the builtin classes show; classes that are made later inherit that.
pub(in crate::host) fn hide_all_addresses(vm: &VirtualMachine) {
    let types = &vm.ctx.types;
    let slots = &types.object_type.slots;
    let (Some(old_hash), Some(old_repr)) = (slots.hash.load(), slots.repr.load()) else { return };
    if old_hash as usize == hash as Hash as usize {
        // The classes belong to the thread, and an earlier interpreter has changed them.
        return;
    }
    watch_repr(vm, types.object_type);
    inherit(types.object_type, old_hash as usize, old_repr as usize);
    give_hash(vm, types.object_type, hash);
    give_hash(vm, types.float_type, hash_of_float);
    give_hash(vm, types.complex_type, hash_of_complex);
    give_hash(vm, types.bound_method_type, hash_of_method);
    give_hash(vm, types.method_wrapper_type, hash_of_wrapper);
    for class in [
        types.function_type,
        types.builtin_function_or_method_type,
        types.method_wrapper_type,
        types.generator_type,
        types.coroutine_type,
        types.async_generator,
        types.code_type,
        types.weakref_type,
        types.memoryview_type,
    ] {
        watch_repr(vm, class);
    }
}

/// How many objects have been given numbers.
pub(in crate::host) fn count() -> u64 {
    NUMBERS.with_borrow(|numbers| numbers.last)
}

/// Lets go of the objects that were numbered after so many.
pub(in crate::host) fn go_back(count: u64) {
    let void = NUMBERS.with_borrow_mut(|numbers| {
        numbers.last = count;
        let late = |_: &usize, (number, _): &mut (u64, Hold)| *number > count;
        numbers.by_address.extract_if(late).collect::<Vec<_>>()
    });
    // What ends with it may ask for numbers.
    drop(void);
}

/// Lets go of all objects that have numbers.
pub(in crate::host) fn forget() {
    drop(NUMBERS.take());
}

/// Makes a class of a native module show no addresses.
pub(in crate::host) fn hide_addresses(vm: &VirtualMachine, class: &'static Py<PyType>) {
    let own = |name: &str| class.attributes.read().contains_key(vm.ctx.intern_str(name));
    if own("__repr__") {
        watch_repr(vm, class);
    }
    if own("__hash__") && &*class.name() == "ContextVar" {
        give_hash(vm, class, hash);
    }
}

/// Gives the hash and the repr of numbered objects to the classes below `class` that have had
/// those of `object`.
fn inherit(class: &Py<PyType>, old_hash: usize, old_repr: usize) {
    let below = class.subclasses.read();
    for class in below.iter().filter_map(|weak| weak.upgrade()?.downcast::<PyType>().ok()) {
        let slots = &class.slots;
        if slots.hash.load().is_some_and(|slot| slot as usize == old_hash) {
            slots.hash.store(Some(hash));
        }
        if slots.repr.load().is_some_and(|slot| slot as usize == old_repr) {
            slots.repr.store(Some(repr));
        }
        inherit(&class, old_hash, old_repr);
    }
}

fn give_hash(vm: &VirtualMachine, class: &'static Py<PyType>, hash: Hash) {
    class.slots.hash.store(Some(hash));
    renew(vm, class, "__hash__");
}

/// Makes `class` write its objects without addresses.
fn watch_repr(vm: &VirtualMachine, class: &'static Py<PyType>) {
    if let Some(old) = class.slots.repr.swap(Some(repr))
        && old as usize != repr as Repr as usize
    {
        WRITERS.with_borrow_mut(|writers| writers.insert(class.get_id(), old));
        renew(vm, class, "__repr__");
    }
}

/// Makes the method `name` of a class what its slot is now.
fn renew(vm: &VirtualMachine, class: &'static Py<PyType>, name: &str) {
    let before: Vec<_> = class.attributes.read().keys().copied().collect();
    class.attributes.write().shift_remove(vm.ctx.intern_str(name));
    add_operators(class, &vm.ctx);
    // Nor has the class methods now that it inherited.
    class.attributes.write().retain(|key, _| before.contains(key));
}

/// The number of an object, which no other has while it lives.
fn number(object: &PyObject, vm: &VirtualMachine) -> u64 {
    if let Some(number) = NUMBERS.with_borrow(|numbers| numbers.of(object)) {
        return number;
    }
    let hold = match object.downgrade(None, vm) {
        Ok(weak) => Hold::Weak(weak),
        Err(_) => Hold::Strong { _object: object.to_owned() },
    };
    let (number, void) = NUMBERS.with_borrow_mut(|numbers| {
        numbers.last += 1;
        let number = numbers.last;
        (number, numbers.by_address.insert(object.get_id(), (number, hold)))
    });
    // What ends with it may ask for numbers.
    drop(void);
    number
}

/// The builtin `id`.
pub(in crate::host) fn id(object: PyObjectRef, vm: &VirtualMachine) -> u64 {
    number(&object, vm) * STRIDE
}

fn hash(object: &PyObject, vm: &VirtualMachine) -> PyResult<PyHash> {
    Ok(number(object, vm).cast_signed())
}

fn hash_of_float(object: &PyObject, vm: &VirtualMachine) -> PyResult<PyHash> {
    match object.downcast_ref::<PyFloat>().and_then(|float| hash_float(float.to_f64())) {
        Some(known) => Ok(known),
        // Not a number: equal to nothing, itself included.
        None => hash(object, vm),
    }
}

fn hash_of_complex(object: &PyObject, vm: &VirtualMachine) -> PyResult<PyHash> {
    let value = object.downcast_ref::<PyComplex>().map(|complex| complex.to_complex());
    match value.and_then(|value| Some((hash_float(value.re)?, hash_float(value.im)?))) {
        Some((re, im)) => Ok(fix_sentinel(re.wrapping_add(im.wrapping_mul(IMAG)))),
        None => hash(object, vm),
    }
}

/// Of a method with its object: each time it is taken that is another one, equal to the first.
fn hash_of_method(object: &PyObject, vm: &VirtualMachine) -> PyResult<PyHash> {
    let function = object.get_attr("__func__", vm)?.hash(vm)?;
    let own = number(&*object.get_attr("__self__", vm)?, vm);
    Ok(fix_sentinel(function ^ own.cast_signed()))
}

fn hash_of_wrapper(object: &PyObject, vm: &VirtualMachine) -> PyResult<PyHash> {
    let name = object.get_attr("__name__", vm)?.hash(vm)?;
    let own = number(&*object.get_attr("__self__", vm)?, vm);
    Ok(fix_sentinel(name ^ own.cast_signed()))
}

/// What the class writes, with the id of an object instead of its address.
fn repr(object: &PyObject, vm: &VirtualMachine) -> PyResult<PyRef<PyStr>> {
    let writer = WRITERS.with_borrow(|writers| {
        let mro = object.class().mro.read();
        mro.iter().find_map(|class| writers.get(&class.get_id()).copied())
    });
    // `object` is among the classes, and listed.
    let Some(writer) = writer else { return Ok(vm.ctx.new_str("")) };
    let text = writer(object, vm)?;
    let Some(plain) = text.to_str().filter(|text| text.contains("0x")) else { return Ok(text) };
    let mut out = plain.to_owned();
    for shown in [Some(object.to_owned()), shown_beside(object, vm)].into_iter().flatten() {
        let address = format!("{:#x}", shown.get_id());
        if out.contains(&address) {
            out = out.replace(&address, &format!("{:#x}", number(&shown, vm) * STRIDE));
        }
    }
    Ok(vm.ctx.new_str(out))
}

/// The object that a bound builtin or a weak reference speaks of.
fn shown_beside(object: &PyObject, vm: &VirtualMachine) -> Option<PyObjectRef> {
    if let Some(weak) = object.downcast_ref::<PyWeak>() {
        return weak.upgrade();
    }
    let types = &vm.ctx.types;
    let is_bound = object.class().is(types.builtin_function_or_method_type)
        || object.class().is(types.method_wrapper_type);
    is_bound.then(|| object.get_attr("__self__", vm).ok()).flatten()
}
