//! The walls around compile-time code: native modules lose what reaches outside, and Python
//! stand-ins take the place of what programs expect to find.
//!
//! A function that a stand-in merely hides is reached by another import of its module. Forbidden
//! functions are therefore taken out of the definitions from which native modules are made.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::atomic::Ordering;

use rustpython_vm::builtins::{PyDictRef, PyModule, PyModuleDef, PyModuleSlots, PyType, PyTypeRef};
use rustpython_vm::compiler::Mode;
use rustpython_vm::function::{FuncArgs, OptionalArg, PyMethodDef};
use rustpython_vm::gc_state::gc_state;
use rustpython_vm::scope::Scope;
use rustpython_vm::{Py, PyObjectRef, PyRef, PyResult, VirtualMachine};

use crate::host::start::version::PythonVersion;
use crate::host::start::{exact, identity, imports, stale, unbound};

type Exec = fn(&VirtualMachine, &Py<PyModule>) -> PyResult<()>;
type Init = fn(PyObjectRef, FuncArgs, &VirtualMachine) -> PyResult<()>;

/// Native modules that are missing: they know the machine. Those with a stand-in are missing, too.
const CLOSED: [&str; 2] = ["_sysconfig", "_remote_debugging"];

/// What some are without: lists in an order that differs from run to run, how long the collector
/// took, its talk on standard error.
const WITHOUT: [(&str, &[&str]); 2] = [
    ("_imp", &["_frozen_module_names"]),
    ("gc", &["get_objects", "get_referrers", "get_stats", "set_debug"]),
];

/// Stand-ins for modules of the host system: importable, and refusing whatever needs one.
const STAND_INS: [(&str, &str); 8] = [
    ("os", include_str!("../python/os.py")),
    ("posix", include_str!("../python/posix.py")),
    ("time", include_str!("../python/time.py")),
    ("_signal", NATIVE),
    ("ctypes", NATIVE),
    ("_posixsubprocess", NATIVE),
    ("select", NATIVE),
    ("_sysconfigdata_t_linux_", NATIVE),
];

/// What they have in common that are native.
const NATIVE: &str = include_str!("../python/native.py");

/// What mends the modules that are there from the start.
const WALLS: (&str, &str) = ("_uneval_walls", include_str!("../python/walls.py"));

/// Modules whose classes are made by `_hashlib`, which they don't import.
const HASHES: [&str; 6] = ["_blake2", "_md5", "_sha1", "_sha256", "_sha3", "_sha512"];

thread_local! {
    /// What fills native modules, by their names.
    static FILL: RefCell<HashMap<&'static str, Exec>> = RefCell::default();
    /// What seeds a generator of random numbers.
    static SEED: RefCell<Option<Init>> = const { RefCell::new(None) };
}

/// Narrows the native modules of an interpreter that is about to start.
pub(in crate::host) fn narrow(vm: &mut VirtualMachine) {
    identity::hide_all_addresses(vm);
    exact::compute_as_cpython(vm);
    stale::guard_reads(vm);
    unbound::watch_unbound_methods(vm);
    // The interpreter that is about to start is the only owner.
    let Some(state) = Rc::get_mut(&mut vm.state) else { return };
    let is_stood_in = |name: &str| STAND_INS.iter().any(|(known, _)| *known == name);
    let is_closed = |name: &str| CLOSED.iter().any(|closed| name.starts_with(closed));
    state.module_defs.retain(|name, _| !is_stood_in(name) && !is_closed(name));
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
            slots: PyModuleSlots {
                create: def.slots.create,
                exec: def.slots.exec.map(|_| fill as Exec),
            },
        }));
    }
    // It ends objects in an order that differs from run to run.
    gc_state().disable();
    // What a `__del__` raises is then written to `sys.stderr`, and to nothing else.
    state.finalizing.store(true, Ordering::Release);
}

/// Puts the walls up.
///
/// # Errors
/// None, unless their code is wrong.
pub(in crate::host) fn close(vm: &VirtualMachine, target: PythonVersion) -> PyResult<()> {
    vm.builtins.set_attr("id", vm.new_function("id", identity::id), vm)?;
    let globals = vm.ctx.new_dict();
    let stand_ins = STAND_INS.map(|(name, _)| vm.ctx.new_str(name).into());
    let target = [target.major, target.minor].map(|part| vm.ctx.new_int(part).into());
    globals.set_item("target", vm.ctx.new_tuple(target.into()).into(), vm)?;
    globals.set_item("stand_ins", vm.ctx.new_tuple(stand_ins.into()).into(), vm)?;
    globals.set_item("fill", vm.new_function("fill", stand_in).into(), vm)?;
    globals.set_item("find_module", vm.new_function("find", imports::find).into(), vm)?;
    globals.set_item("fill_module", vm.new_function("fill", imports::fill).into(), vm)?;
    globals.set_item("read_data", vm.new_function("read", imports::read_data).into(), vm)?;
    globals.set_item("__name__", vm.ctx.new_str(WALLS.0).into(), vm)?;
    run(vm, WALLS, globals)
}

/// Fills a module with what stands in for it.
fn stand_in(module: PyRef<PyModule>, vm: &VirtualMachine) -> PyResult<()> {
    let name = module.get_attr("__name__", vm)?.str(vm)?;
    let found = STAND_INS.into_iter().find(|(known, _)| name.to_str() == Some(known));
    found.map_or(Ok(()), |code| run(vm, code, module.dict()))
}

fn run(vm: &VirtualMachine, (name, text): (&str, &str), globals: PyDictRef) -> PyResult<()> {
    globals.set_item("__builtins__", vm.builtins.clone().into(), vm)?;
    let code = vm
        .compile(text, Mode::Exec, format!("<{name}>"))
        .map_err(|error| vm.new_syntax_error(&error, Some(text)))?;
    vm.run_code_obj(code, Scope::with_builtins(None, globals, vm)).map(drop)
}

/// Fills a native module by its own function, then changes its classes.
fn fill(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
    let Some(def) = module.def else { return Ok(()) };
    let name = def.name.as_str();
    if HASHES.contains(&name) {
        vm.import("_hashlib", 0)?;
    }
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
    mend(vm, name, module)
}

/// Mends functions of a native module.
fn mend(vm: &VirtualMachine, name: &str, module: &Py<PyModule>) -> PyResult<()> {
    match name {
        // The process counts, all its interpreters together.
        "_abc" => {
            let count = module.get_attr("get_cache_token", vm)?;
            let before = count.call((), vm)?;
            let token = move |vm: &VirtualMachine| {
                let count = count.call((), vm)?;
                vm._sub(&count, &before)
            };
            module.set_attr("get_cache_token", vm.new_function("get_cache_token", token), vm)
        }
        // The process keeps them, and in no order.
        "_csv" => {
            let list = module.get_attr("list_dialects", vm)?;
            let forget = module.get_attr("unregister_dialect", vm)?;
            for dialect in list.call((), vm)?.try_to_value::<Vec<PyObjectRef>>(vm)? {
                forget.call((dialect,), vm)?;
            }
            let sorted = move |vm: &VirtualMachine| -> PyResult {
                let dialects = list.call((), vm)?;
                vm.call_method(&dialects, "sort", ())?;
                Ok(dialects)
            };
            module.set_attr("list_dialects", vm.new_function("list_dialects", sorted), vm)
        }
        // It stays off.
        "gc" => {
            module.set_attr("collect", vm.new_function("collect", |_: FuncArgs| 0), vm)?;
            module.set_attr("enable", vm.new_function("enable", || ()), vm)
        }
        _ => Ok(()),
    }
}

/// Makes generators of random numbers that are given no seed start from 0.
fn seed_always(vm: &VirtualMachine, class: &'static Py<PyType>) {
    match class.slots.init.swap(Some(seed)) {
        // The class belongs to the thread, and an earlier interpreter has changed it.
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
