//! `embed(path)`: a file as text, or with `binary=True` as bytes.
//!
//! Files are asked for outside.

use rustpython_vm::builtins::PyStr;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject as _, PyResult, VirtualMachine};

use crate::host::failure::Failure;
use crate::host::objects::abort::abort;
use crate::host::objects::provenance::here;
use crate::host::outside::ask;
use crate::syntax::unix_lines;

/// The function.
pub(in crate::host) fn embed(mut args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let binary = match args.take_keyword("binary") {
        Some(binary) => binary.try_to_bool(vm)?,
        None => false,
    };
    let ([path], true) = (args.args.as_slice(), args.kwargs.is_empty()) else {
        return Err(vm.new_type_error("embed() takes a path, and binary=True or not"));
    };
    let Some(text) = path.downcast_ref::<PyStr>() else {
        let class = path.class().name().to_string();
        return Err(vm.new_type_error(format!("embed() takes a path as text, not {class}")));
    };
    let path = text.as_wtf8().to_string_lossy().into_owned();
    let place = here(vm);
    let Some(from) = place.map(|loc| loc.file) else {
        return Err(vm.new_type_error("embed() is called by a macro"));
    };
    let content = ask(|outside| outside.file(from, &path));
    let content = content.unwrap_or_else(|| Err(format!("`{path}`: only macros embed files")));
    match content {
        Err(message) => Err(abort(vm, Failure::NoFile { message, place })),
        Ok(bytes) if binary => Ok(vm.ctx.new_bytes(bytes).into()),
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(vm.ctx.new_str(unix_lines(&text)).into()),
            Err(_) => {
                let message = format!("{path} isn't UTF-8: embed(…, binary=True) gives its bytes");
                Err(abort(vm, Failure::NoFile { message, place }))
            }
        },
    }
}
