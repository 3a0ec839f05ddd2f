//! Methods in the places of those that builtin classes have by themselves.

use std::cell::RefCell;
use std::collections::HashMap;

use rustpython_vm::builtins::PyType;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject as _, Py, PyObjectRef, PyResult, VirtualMachine};

thread_local! {
    /// The classes' own methods, by class and name. The classes belong to the thread, and an earlier
    /// interpreter may have changed them.
    static METHODS: RefCell<HashMap<(usize, &'static str), PyObjectRef>> = RefCell::default();
}

/// A method that a class has by itself.
pub(super) struct NativeMethod(PyObjectRef);

impl NativeMethod {
    pub(super) fn call(
        &self,
        object: PyObjectRef,
        mut args: FuncArgs,
        vm: &VirtualMachine,
    ) -> PyResult {
        args.prepend_arg(object);
        self.0.call(args, vm)
    }
}

/// Gives the class `method` in place of its own, which the new one gets after the object and the other
/// arguments.
pub(super) fn replace_method(
    vm: &VirtualMachine,
    class: &'static Py<PyType>,
    name: &'static str,
    method: impl Fn(PyObjectRef, FuncArgs, &NativeMethod, &VirtualMachine) -> PyResult
    + Send
    + Sync
    + 'static,
) {
    let key = (class.get_id(), name);
    let attribute = vm.ctx.intern_str(name);
    let is_known = METHODS.with_borrow(|methods| methods.contains_key(&key));
    if let Some(native) = class.get_attr(attribute).filter(|_| !is_known) {
        METHODS.with_borrow_mut(|methods| methods.insert(key, native));
    }
    let function = move |object: PyObjectRef, args: FuncArgs, vm: &VirtualMachine| match METHODS
        .with_borrow(|methods| methods.get(&key).cloned())
    {
        Some(native) => method(object, args, &NativeMethod(native), vm),
        None => Err(vm.new_attribute_error(name)),
    };
    class.set_attr(attribute, vm.new_method(name, class, function).into());
}
