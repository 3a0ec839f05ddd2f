//! Notes and suggestions of an exception, besides its message.

use rustpython_vm::builtins::{PyBaseExceptionRef, PyType};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, VirtualMachine};

use crate::diagnostic::spelling::question;
use crate::host::objects::payload::PyCodenode;
use crate::host::state::file;

/// The notes that were added to the exception.
pub(in crate::host) fn notes(vm: &VirtualMachine, exception: &PyBaseExceptionRef) -> Vec<String> {
    // Read where they are kept: no code of a class is to run now.
    let notes = exception.as_object().dict().and_then(|d| d.get_item("__notes__", vm).ok());
    let notes = notes.and_then(|notes| vm.extract_elements_with(&notes, Ok).ok());
    notes.unwrap_or_default().iter().filter_map(|note| text(vm, note)).collect()
}

/// The entry of an exception that holds its suggestion.
const HELP: &str = "__uneval_help__";

/// Attaches a suggestion to an exception.
pub(in crate::host) fn with_help(
    vm: &VirtualMachine,
    exception: &PyBaseExceptionRef,
    help: Option<String>,
) {
    if let (Some(help), Some(entries)) = (help, exception.as_object().dict()) {
        // A dict with string keys takes it.
        let _ = entries.set_item(HELP, vm.ctx.new_str(help).into(), vm);
    }
}

/// The suggestion of an exception: its own or, for an attribute that is missing, a question for a
/// similar name.
pub(in crate::host) fn help(vm: &VirtualMachine, exception: &PyBaseExceptionRef) -> Option<String> {
    let own = exception.as_object().dict().and_then(|d| d.get_item(HELP, vm).ok());
    let own = own.and_then(|own| text(vm, &own));
    own.or_else(|| left_out(vm, exception)).or_else(|| attribute_question(vm, exception))
}

/// The module that an import was about.
pub(in crate::host) fn module_of(
    vm: &VirtualMachine,
    exception: &PyBaseExceptionRef,
) -> Option<String> {
    let name = entry(vm, exception, "name")?;
    text(vm, &name)
}

/// What helps if the exception is about a name that only the running program has.
fn left_out(vm: &VirtualMachine, exception: &PyBaseExceptionRef) -> Option<String> {
    let object = entry(vm, exception, "obj");
    let object = object.and_then(|object| object.get_attr("__name__", vm).ok());
    let (module, name) = match object {
        Some(module) => (text(vm, &module)?, entry(vm, exception, "name")?),
        None => (module_of(vm, exception)?, entry(vm, exception, "name_from")?),
    };
    let wanted = (module, text(vm, &name)?);
    file::with(|s| s.left_out.contains(&wanted)).then(|| {
        let (module, name) = wanted;
        format!(
            "`{name}` uses compile-time names, so it belongs to the running program: mark it with \
             @comptime, or move what is needed of `{module}` to a module without macros"
        )
    })
}

/// What an exception holds under this name, but None.
fn entry(
    vm: &VirtualMachine,
    exception: &PyBaseExceptionRef,
    name: &'static str,
) -> Option<PyObjectRef> {
    exception.as_object().get_attr(name, vm).ok().filter(|value| !vm.is_none(value))
}

/// A question for an attribute with a similar name, if the exception is about one that is missing.
fn attribute_question(vm: &VirtualMachine, exception: &PyBaseExceptionRef) -> Option<String> {
    if !exception.class().is(vm.ctx.exceptions.attribute_error) {
        return None;
    }
    let (name, object) = (entry(vm, exception, "name")?, entry(vm, exception, "obj")?);
    let name = text(vm, &name)?;
    let known = names_of(vm, &object);
    question(&name, known.iter().map(String::as_str).filter(|known| !known.starts_with('_')))
}

fn names_of(vm: &VirtualMachine, object: &PyObjectRef) -> Vec<String> {
    let types = &vm.ctx.types;
    let dir_of = |class: &Py<PyType>| class.get_attr(vm.ctx.intern_str("__dir__"));
    let own = dir_of(object.class());
    let is_plain = [types.object_type, types.module_type, types.type_type]
        .iter()
        .any(|class| matches!((&own, dir_of(class)), (Some(a), Some(b)) if a.is(&b)));
    let listed = is_plain.then(|| vm.dir(Some(object.clone())).ok()).flatten();
    let listed = listed.map(|list| list.borrow_vec().to_vec()).unwrap_or_default();
    let mut names: Vec<String> = listed.iter().filter_map(|name| text(vm, name)).collect();
    if let Some(node) = object.downcast_ref::<PyCodenode>() {
        let op = node.state.borrow().op;
        names.extend(op.fields().iter().map(|field| field.name.to_owned()));
    }
    names
}

fn text(vm: &VirtualMachine, object: &PyObject) -> Option<String> {
    Some(object.str(vm).ok()?.as_wtf8().to_string_lossy().into_owned())
}
