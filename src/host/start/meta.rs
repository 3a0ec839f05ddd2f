//! The modules `cython.meta` and `uneval.meta` as compile-time code sees them.

use rustpython_vm::builtins::{PyModule, PyStr, PyStrRef};
use rustpython_vm::class::PyClassImpl as _;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

use crate::codenode::Loc;
use crate::host::classes::macros::PyMacro;
use crate::host::failure::{Failure, Message, Severity};
use crate::host::objects::abort::abort;
use crate::host::objects::constants::PyOp;
use crate::host::objects::payload::{
    PyCodenode, PyDynamic, PyPart, PyStagedBuiltin, PyStagedMethod, PyUnroll,
};
use crate::host::objects::provenance::here;
use crate::host::recording::lift::{Taking, lift};
use crate::host::start::embed::embed;
use crate::host::state::file;
use crate::host::state::recording;
use crate::python::meta::{MetaKind, MetaName, PACKAGES};
use crate::residual::{free_name, private_name};

/// What a name imported from the compile-time modules is bound to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Meta<'a> {
    /// `from cython.meta import macro`.
    Member(&'a str),
    /// `import cython.meta`: the package.
    Package(&'a str),
    /// `import cython.meta as meta`, `from cython import meta`.
    Module,
}

/// Makes the modules importable.
pub(in crate::host) fn install(vm: &VirtualMachine) -> PyResult<()> {
    PyOp::make_static_type();
    PyDynamic::make_static_type();
    PyStagedBuiltin::make_static_type();
    PyStagedMethod::make_static_type();
    PyPart::make_static_type();
    PyMacro::make_static_type();
    PyUnroll::make_static_type();
    let codenode = PyCodenode::make_static_type();
    let fields = ["op", "args", "name"].map(|name| vm.ctx.new_str(name).into());
    codenode.set_attr(vm.ctx.intern_str("__match_args__"), vm.ctx.new_tuple(fields.into()).into());

    let meta = vm.new_module("cython.meta", vm.ctx.new_dict(), None);
    let ops = vm.new_module("cython.meta.op", vm.ctx.new_dict(), None);
    for (name, entry) in MetaName::all() {
        let object: PyObjectRef = match entry {
            MetaName::Constant(op) => {
                let object: PyObjectRef = PyOp { op }.into_ref(&vm.ctx).into();
                ops.set_attr(name, object.clone(), vm)?;
                object
            }
            MetaName::OpModule => ops.clone().into(),
            MetaName::Codenode => codenode.to_owned().into(),
            MetaName::Error => vm.new_function(name, error).into(),
            MetaName::Warn => vm.new_function(name, warn).into(),
            MetaName::Note => vm.new_function(name, note).into(),
            MetaName::Gensym => vm.new_function(name, gensym).into(),
            MetaName::Embed => vm.new_function(name, embed).into(),
            MetaName::Macro
            | MetaName::Unroll
            | MetaName::Comptime
            | MetaName::Uneval
            | MetaName::Quote => vm.new_function(name, syntax_only).into(),
        };
        meta.set_attr(name, object, vm)?;
    }
    let operator = vm.import("_operator", 0)?;
    operator.set_attr("is_", vm.new_function("is_", crate::host::hooks::is), vm)?;
    operator.set_attr("is_not", vm.new_function("is_not", crate::host::hooks::is_not), vm)?;
    let modules = vm.sys_module.get_attr("modules", vm)?;
    for name in PACKAGES {
        let package: PyRef<PyModule> = vm.new_module(name, vm.ctx.new_dict(), None);
        package.set_attr("meta", meta.clone(), vm)?;
        package.set_attr("__path__", vm.ctx.new_list(Vec::new()), vm)?;
        for mark in MetaName::NAMED.iter().filter(|meta| meta.kind() == MetaKind::Mark) {
            package.set_attr(mark.name(), meta.get_attr(mark.name(), vm)?, vm)?;
        }
        modules.set_item(name, package.into(), vm)?;
        modules.set_item(&*format!("{name}.meta"), meta.clone().into(), vm)?;
    }
    Ok(())
}

/// What isn't a function but a form of the language.
fn syntax_only(_args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    Err(vm.new_type_error(
        "this name is a form of the macro language: it can only be written where it is used",
    ))
}

/// The arguments of `error`, `warn` and `note`: `(node, message)` or `(message)`.
fn message_arguments(args: &FuncArgs, vm: &VirtualMachine) -> PyResult<(Option<Loc>, String)> {
    let (about, text) = match args.args.as_slice() {
        [text] => (None, text),
        [about, text] => (loc_of(vm, about)?, text),
        _ => return Err(vm.new_type_error("expected a node and a message")),
    };
    let text = text.str(vm)?;
    Ok((about, text.as_wtf8().to_string_lossy().into_owned()))
}

/// Where the code that a tree or run-time value stands for came from.
fn loc_of(vm: &VirtualMachine, object: &PyObject) -> PyResult<Option<Loc>> {
    if let Some(dynamic) = object.downcast_ref::<PyDynamic>() {
        return Ok(recording::with(|s| s.residual.step(dynamic.id).and_then(|step| step.loc)));
    }
    match object.downcastable::<PyCodenode>() {
        true => Ok(lift(vm, object, Taking::Look)?.loc()),
        false => Ok(None),
    }
}

fn error(args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    let (about, message) = message_arguments(&args, vm)?;
    Err(abort(vm, Failure::Said { message, about, place: here(vm) }))
}

fn warn(args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    add_message(Severity::Warning, &args, vm)
}

fn note(args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    add_message(Severity::Note, &args, vm)
}

fn add_message(severity: Severity, args: &FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    let (about, text) = message_arguments(args, vm)?;
    let place = here(vm);
    file::with(|s| s.messages.push(Message { severity, text, about, place }));
    Ok(())
}

/// `gensym("i")`: a name that nothing in the call site's file has, as a string.
fn gensym(wanted: PyStrRef, vm: &VirtualMachine) -> PyRef<PyStr> {
    let wanted = wanted.as_wtf8().to_string_lossy().into_owned();
    let name = file::with(|s| {
        let name = free_name(&private_name(&wanted), &|name| s.taken.contains(name));
        s.taken.insert(name.to_string());
        name
    });
    vm.ctx.new_str(&*name)
}
