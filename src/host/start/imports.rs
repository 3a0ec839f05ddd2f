//! Imports of what isn't of the library: modules of the program, and installed ones. They are found
//! and loaded outside, and filled here.

use rustpython_ast::ModModule;
use rustpython_codegen::compile::{CompileOpts, compile_program};
use rustpython_source_file::SourceFileBuilder;
use rustpython_vm::builtins::{PyDictRef, PyModule, PyStrRef};
use rustpython_vm::scope::Scope;
use rustpython_vm::{AsObject as _, PyObjectRef, PyRef, PyResult, VirtualMachine};

use crate::host::compilation::{compilable, guarded};
use crate::host::objects::abort::abort;
use crate::host::objects::provenance::files_on_the_way;
use crate::host::outside::{ModuleContent, Outside, Realm, ask};
use crate::host::state::{compiled, file, recording, run};
use crate::source::Source;
use crate::syntax::parse;

/// The module's file and whether it is a package, if there is one of this name in the realm.
pub(super) fn find(name: PyStrRef, realm: usize, vm: &VirtualMachine) -> PyResult {
    let from = files_on_the_way(vm);
    let found = aside(|outside| outside.find(&from, &name.to_string_lossy(), realm_of(realm)));
    let Some(found) = found.flatten() else { return Ok(vm.ctx.none()) };
    let origin = found.origin.map_or(vm.ctx.none(), |origin| vm.ctx.new_str(origin).into());
    let is_package = vm.ctx.new_bool(found.is_package).into();
    Ok(vm.ctx.new_tuple(vec![origin, is_package]).into())
}

/// Fills a module that was found.
pub(super) fn fill(module: PyRef<PyModule>, realm: usize, vm: &VirtualMachine) -> PyResult<()> {
    let name = module.get_attr("__name__", vm)?.str(vm)?.to_string_lossy().into_owned();
    let from = files_on_the_way(vm);
    let content = aside(|outside| outside.load(&from, &name, realm_of(realm)));
    let content = content.unwrap_or(Ok(ModuleContent::Nothing));
    let globals = module.dict();
    match content.map_err(|failure| abort(vm, failure))? {
        ModuleContent::Nothing => Ok(()),
        ModuleContent::Program { names, file, body, left_out } => {
            file::with(|s| s.left_out.extend(left_out.into_iter().map(|own| (name.clone(), own))));
            file::with(|s| s.modules.push(name));
            // The hooks of staging are found as builtins: they are no names of the module.
            let builtins = vm.ctx.new_dict();
            for (key, value) in vm.builtins.dict() {
                builtins.set_item(&*key, value, vm)?;
            }
            for (key, value) in names.globals.clone() {
                if is_hook(vm, &key)? {
                    builtins.set_item(&*key, value, vm)?;
                }
            }
            copy_names(vm, &names.globals, &globals)?;
            file::with(|s| s.views.push((globals.clone(), names.globals)));
            globals.set_item("__builtins__", builtins.into(), vm)?;
            let Some(source) = compilable(file) else { return Ok(()) };
            execute(vm, &body, source, globals)
        }
        ModuleContent::Installed(source) => {
            compiled::with(|s| s.modules.push(name));
            install(vm, &source, globals)
        }
    }
}

/// Gives modules that were imported while their names of compile time were being defined the rest.
///
/// # Errors
/// None, unless a dict can't take a name.
pub(in crate::host) fn complete(vm: &VirtualMachine, names: &PyDictRef) -> PyResult<()> {
    let mut views = file::with(|s| s.views.clone()).into_iter();
    views.try_for_each(|(module, own)| match own.is(names) {
        true => copy_names(vm, names, &module),
        false => Ok(()),
    })
}

fn copy_names(vm: &VirtualMachine, names: &PyDictRef, module: &PyDictRef) -> PyResult<()> {
    for (key, value) in names.clone() {
        if !is_hook(vm, &key)? && !module.contains_key(&*key, vm) {
            module.set_item(&*key, value, vm)?;
        }
    }
    Ok(())
}

fn is_hook(vm: &VirtualMachine, name: &PyObjectRef) -> PyResult<bool> {
    Ok(name.str(vm)?.to_string_lossy().starts_with("__uneval_"))
}

fn install(vm: &VirtualMachine, source: &Source, globals: PyDictRef) -> PyResult<()> {
    let parsed = parse(source.text());
    if let Some(error) = parsed.errors.first() {
        let line = source.line_column(error.location.start()).line;
        let message = format!("{} ({}, line {line})", error.error, source.name());
        let class = vm.ctx.exceptions.syntax_error.to_owned();
        return Err(vm.new_exception_msg(class, message.into()));
    }
    let file = SourceFileBuilder::new(source.name(), source.text()).finish();
    execute(vm, &parsed.module, file, globals)
}

fn execute(
    vm: &VirtualMachine,
    body: &ModModule,
    source: rustpython_source_file::SourceFile,
    globals: PyDictRef,
) -> PyResult<()> {
    let code = guarded(|| compile_program(body, source, CompileOpts::default()))
        .map_err(|error| vm.new_syntax_error(&error.into(), None))?;
    if !globals.contains_key("__builtins__", vm) {
        globals.set_item("__builtins__", vm.builtins.clone().into(), vm)?;
    }
    vm.run_code_obj(vm.ctx.new_code(code), Scope::with_builtins(None, globals, vm)).map(drop)
}

/// The bytes of a file that belongs to an installed package, if it is open.
pub(super) fn read_data(path: PyStrRef, vm: &VirtualMachine) -> PyObjectRef {
    match ask(|outside| outside.package_file(&path.to_string_lossy())).flatten() {
        Some(bytes) => vm.ctx.new_bytes(bytes).into(),
        None => vm.ctx.none(),
    }
}

/// Asks a question whose answer may run code: what is under way waits.
fn aside<R>(question: impl FnOnce(&dyn Outside) -> R) -> Option<R> {
    let (running, recorded) = (run::resume(run::RunState::default()), recording::renew());
    let answer = ask(question);
    drop((run::resume(running), recording::resume(recorded)));
    answer
}

fn realm_of(number: usize) -> Realm {
    if number == 0 { Realm::Program } else { Realm::Installed }
}

/// Forgets modules that were imported, so that an import runs them again.
pub(in crate::host) fn forget(vm: &VirtualMachine, names: Vec<String>) {
    let Ok(modules) = vm.sys_module.get_attr("modules", vm) else { return };
    for name in names {
        // One that isn't there is forgotten.
        let _: PyResult<PyObjectRef> = vm.call_method(&modules, "pop", (name, vm.ctx.none()));
    }
}
