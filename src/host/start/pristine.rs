//! Whether the interpreter is as it was when it started, so that the next file may use it: code that
//! has imported nothing, and left the builtins as they are, has had no way to leave something behind.

use std::cell::Cell;

use rustpython_vm::builtins::PyDictRef;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject as _, PyObjectRef, PyResult, VirtualMachine};

thread_local! {
    /// Whether compile-time code has imported something.
    static HAS_IMPORTED: Cell<bool> = const { Cell::new(false) };
}

/// The builtins as they were.
pub(in crate::host) struct Start(Vec<(PyObjectRef, PyObjectRef)>);

impl Start {
    /// Remembers the present state, and notices imports from here on.
    ///
    /// # Errors
    /// None, unless the interpreter lacks its own parts.
    pub(crate) fn now(vm: &VirtualMachine) -> PyResult<Start> {
        let importer = vm.builtins.get_attr("__import__", vm)?;
        let noticed = move |args: FuncArgs, vm: &VirtualMachine| {
            HAS_IMPORTED.set(true);
            importer.call(args, vm)
        };
        vm.builtins.set_attr("__import__", vm.new_function("__import__", noticed), vm)?;
        HAS_IMPORTED.set(false);
        Ok(Start(entries(vm.builtins.dict())))
    }

    /// Whether that is still the state.
    pub(crate) fn is_now(&self, vm: &VirtualMachine) -> bool {
        let now = entries(vm.builtins.dict());
        let is_same = |((key, value), (name, object)): (&NamedObject, &NamedObject)| {
            key.is(name) && value.is(object)
        };
        !HAS_IMPORTED.get()
            && now.len() == self.0.len()
            && now.iter().zip(&self.0).all(is_same)
            && ["stdout", "stderr"].into_iter().all(|stream| is_empty(vm, stream))
    }
}

type NamedObject = (PyObjectRef, PyObjectRef);

fn entries(dict: PyDictRef) -> Vec<NamedObject> {
    dict.into_iter().collect()
}

/// Whether no half line waits in the stream.
fn is_empty(vm: &VirtualMachine, stream: &'static str) -> bool {
    let line = vm.sys_module.get_attr(stream, vm).and_then(|stream| stream.get_attr("_line", vm));
    line.is_ok_and(|line| line.try_to_bool(vm).is_ok_and(|has_text| !has_text))
}

/// Does the tool's own imports, which leave nothing behind.
pub(in crate::host) fn unnoticed<R>(import: impl FnOnce() -> R) -> R {
    let before = HAS_IMPORTED.get();
    let result = import();
    HAS_IMPORTED.set(before);
    result
}
