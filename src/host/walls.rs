//! The walls around compile-time code: native modules lose what reaches outside, and Python
//! stand-ins take the place of what programs expect to find.
//!
//! A function that only a stand-in hides can be had again by importing its module anew. So what
//! must not be had is taken out of the definitions from which native modules are made.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::atomic::Ordering;

use rustpython_vm::builtins::{PyModule, PyModuleDef, PyModuleSlots, PyType, PyTypeRef};
use rustpython_vm::function::{FuncArgs, OptionalArg, PyMethodDef};
use rustpython_vm::scope::Scope;
use rustpython_vm::{Py, PyObjectRef, PyResult, VirtualMachine};

use super::identity;

type Exec = fn(&VirtualMachine, &Py<PyModule>) -> PyResult<()>;
type Init = fn(PyObjectRef, FuncArgs, &VirtualMachine) -> PyResult<()>;

/// Native modules that aren't to be had: a clock, and what knows of the machine.
const CLOSED: [&str; 3] = ["time", "_sysconfig", "_remote_debugging"];

/// What some are without: how long the collector took, and its talk on standard error.
const WITHOUT: [(&str, &[&str]); 1] = [("gc", &["get_stats", "set_debug"])];

/// Stand-ins for modules of the host system: importable, and refusing whatever needs one.
const STAND_INS: [(&str, &str); 4] = [
    ("posix", include_str!("python/posix.py")),
    ("time", include_str!("python/time.py")),
    ("os", include_str!("python/os.py")),
    ("_uneval_walls", include_str!("python/walls.py")),
];

thread_local! {
    /// What fills native modules, by their names.
    static FILL: RefCell<HashMap<&'static str, Exec>> = RefCell::default();
    /// What seeds a generator of random numbers.
    static SEED: RefCell<Option<Init>> = const { RefCell::new(None) };
}

/// Narrows the native modules of an interpreter that is about to start.
pub(super) fn narrow(vm: &mut VirtualMachine) {
    // Nobody else has it yet.
    let Some(state) = Rc::get_mut(&mut vm.state) else { return };
    state.module_defs.retain(|name, _| !CLOSED.iter().any(|closed| name.starts_with(closed)));
    for (name, def) in &mut state.module_defs {
        let without = WITHOUT.iter().find(|(module, _)| module == name);
        let stays = |method: &PyMethodDef| without.is_none_or(|w| !w.1.contains(&method.name));
        let methods = def.methods.iter().filter(|method| stays(method)).map(|method| {
            let PyMethodDef { name, func, flags, doc } = *method;
            PyMethodDef { name, func, flags, doc }
        });
        if let Some(exec) = def.slots.exec {
            FILL.with_borrow_mut(|fill| fill.insert(name, exec));
        }
        *def = Box::leak(Box::new(PyModuleDef {
            name: def.name,
            doc: def.doc,
            methods: Vec::leak(methods.collect()),
            slots: PyModuleSlots { create: def.slots.create, exec: def.slots.exec.map(|_| fill as Exec) },
        }));
    }
    // What a `__del__` raises is then written to `sys.stderr`, and to nothing else.
    state.finalizing.store(true, Ordering::Release);
}

/// Puts the stand-ins in place.
///
/// # Errors
/// None, unless one of them is wrong.
pub(super) fn close(vm: &VirtualMachine) -> PyResult<()> {
    identity::install(vm)?;
    let modules = vm.sys_module.get_attr("modules", vm)?;
    for (name, text) in STAND_INS {
        let globals = vm.ctx.new_dict();
        let module = vm.new_module(name, globals.clone(), None);
        globals.set_item("__builtins__", vm.builtins.clone().into(), vm)?;
        modules.set_item(name, module.into(), vm)?;
        let code = vm
            .compile(text, rustpython_vm::compiler::Mode::Exec, format!("<{name}>"))
            .map_err(|e| vm.new_syntax_error(&e, Some(text)))?;
        vm.run_code_obj(code, Scope::with_builtins(None, globals, vm))?;
    }
    modules.del_item("_uneval_walls", vm)
}

/// Fills a native module as ever, and then mends its classes.
fn fill(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
    let Some(def) = module.def else { return Ok(()) };
    let name = def.name.as_str();
    if let Some(fill) = FILL.with_borrow(|fill| fill.get(name).copied()) {
        fill(vm, module)?;
    }
    for (_, value) in module.dict() {
        let Ok(class) = value.downcast::<PyType>() else { continue };
        // Classes of native modules live as long as their thread.
        let class: &'static PyTypeRef = Box::leak(Box::new(class));
        identity::hide_addresses(vm, class);
        if name == "_random" {
            seed_always(vm, class);
        }
    }
    Ok(())
}

/// Makes generators of random numbers that are given no seed start from 0.
fn seed_always(vm: &VirtualMachine, class: &'static Py<PyType>) {
    match class.slots.init.swap(Some(seed)) {
        // An earlier interpreter of this thread has been here.
        Some(old) if old as usize == seed as Init as usize => return,
        old => SEED.set(old),
    }
    let method = |generator: PyObjectRef, given: OptionalArg, vm: &VirtualMachine| {
        seed(generator, given.into_option().into_iter().collect::<Vec<_>>().into(), vm)
    };
    class.set_attr(vm.ctx.intern_str("seed"), vm.new_method("seed", class, method).into());
}

fn seed(generator: PyObjectRef, given: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    let given = match given.args.first() {
        Some(seed) if !vm.is_none(seed) => given,
        _ => vec![vm.ctx.new_int(0).into()].into(),
    };
    match SEED.with_borrow(|seed| *seed) {
        Some(seed) => seed(generator, given, vm),
        None => Ok(()),
    }
}
