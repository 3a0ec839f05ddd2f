//! The interpreter: starting it, loading modules into it, calling macros.

mod completion;

pub(super) mod prompt;

pub(super) mod static_value;

pub(super) mod arguments;

mod invocation;

use std::collections::BTreeSet;
use std::rc::Rc;

use rustpython_ast::{Expr, ExprContext, ExprName, ModExpression, ModModule, Stmt, StmtAssign};
use rustpython_codegen::compile::{self, CompileOpts};
use rustpython_text_size::Ranged;
use rustpython_vm::scope::Scope;
use rustpython_vm::signal::{UserSignalSender, user_signal_channel};
use rustpython_vm::{
    Interpreter, PyObject, PyObjectRef, PyPayload, PyResult, Settings, VirtualMachine,
};

use crate::codenode::{Name, Node};
use crate::host::classes::macros::PyMacro;
use crate::host::compilation::{compilable, guarded};
use crate::host::failure::{Failure, Frame, Message};
use crate::host::hooks;
use crate::host::objects::abort::{describe, of_exception};
use crate::host::objects::definition::{MacroInfo, UnrollInfo};
use crate::host::objects::payload::PyUnroll;
use crate::host::objects::provenance::traceback;
use crate::host::outside::{Namespace, Outside, standing_by};
use crate::host::recording::lift::{Taking, lift_result};
use crate::host::start::meta;
use crate::host::start::meta::Meta;
use crate::host::start::pristine::{Start, unnoticed};
use crate::host::start::version::PythonVersion;
use crate::host::start::walls;
use crate::host::start::{identity, imports};
use crate::host::state::file::{self, Specialised, SpecialisedCode};
use crate::host::state::run::{self, Limits};
use crate::host::state::{compiled, prompt as prompt_state, recording};
use crate::residual::Residual;
use crate::source::{FileId, Source};
use crate::staging::Tables;

/// The compile-time Python of this thread. There is one a thread.
pub(crate) struct Host {
    interpreter: Interpreter,
    hooks: Vec<(&'static str, PyObjectRef)>,
    signals: UserSignalSender,
    start: Start,
    limits: Limits,
    /// How many objects had numbers then.
    numbered: u64,
}

/// Whether there can be modules below a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ModuleExtent {
    Module,
    Package,
}

/// What a macro left: steps, and then a value.
#[derive(Clone, Debug)]
pub(crate) struct Expansion {
    pub residual: Residual,
    pub result: Node,
}

impl Host {
    /// Starts the interpreter: a few milliseconds.
    pub(crate) fn start(limits: Limits, target: PythonVersion) -> Host {
        let mut settings = Settings::default();
        settings.hash_seed = Some(0);
        settings.install_signal_handlers = false;
        settings.import_site = false;
        settings.isolated = true;
        settings.ignore_environment = true;
        settings.write_bytecode = false;
        let builder = Interpreter::builder(settings);
        let natives = rustpython_stdlib::stdlib_module_defs(&builder.ctx);
        let (signals, arriving) = user_signal_channel();
        let interpreter = builder
            .add_native_modules(&natives)
            .init_hook(|vm| {
                vm.set_user_signal_channel(arriving);
                walls::narrow(vm);
            })
            .add_frozen_modules(rustpython_pylib::FROZEN_STDLIB)
            .build();
        let (hooks, start) = interpreter.enter(|vm| {
            vm.recursion_limit.set(limits.recursion);
            let installed = meta::install(vm).and_then(|()| walls::close(vm, target));
            match installed.and_then(|()| Start::now(vm)) {
                Ok(start) => (hooks::all(vm), start),
                // Nothing of the user's has run yet: this is a bug of the tool.
                Err(e) => panic!("the compile-time Python didn't start: {}", describe(vm, &e)),
            }
        });
        Host { interpreter, hooks, signals, start, limits, numbered: identity::count() }
    }

    /// Makes a source known, whose code will run here.
    pub(crate) fn add_source(&self, file: FileId, source: Rc<Source>) {
        compiled::with(|s| s.add(file, source));
    }

    /// The calls that led to the failure of what ran last, outermost first.
    pub(crate) fn way(&self) -> Vec<Frame> {
        run::with(|s| s.traceback.clone())
    }

    /// Gives staging the tables that the hooks read.
    pub(crate) fn with_tables<R>(&self, f: impl FnOnce(&mut Tables) -> R) -> R {
        compiled::with(|s| f(&mut s.tables))
    }

    /// Tells which names a `gensym` has to keep clear of.
    pub(crate) fn set_taken_names(&self, names: BTreeSet<String>) {
        file::with(|s| s.taken = names);
    }

    /// An empty module.
    pub(crate) fn namespace(&self, name: &str) -> Namespace {
        self.interpreter.enter(|vm| {
            let globals = vm.ctx.new_dict();
            let name = vm.ctx.new_str(name).into();
            let mut entries =
                vec![("__name__", name), ("__builtins__", vm.builtins.clone().into())];
            entries.extend(self.hooks.iter().cloned());
            for (key, value) in entries {
                // A new dict with string keys takes them all.
                let _ = globals.set_item(key, value, vm);
            }
            Namespace { globals }
        })
    }

    /// Gives a module what Python gives it when it is imported, from its file as code sees that.
    pub(crate) fn describe(&self, ns: &Namespace, file: &str, extent: ModuleExtent) {
        self.enter(|vm| {
            let text = |text: &str| vm.ctx.new_str(text).into();
            let name = ns.globals.get_item("__name__", vm).and_then(|name| name.str(vm));
            let name = name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let mut entries = vec![("__file__", text(file)), ("__doc__", vm.ctx.none())];
            match extent {
                ModuleExtent::Package => {
                    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
                    let path = vm.ctx.new_list(vec![text(folder)]).into();
                    entries.extend([("__path__", path), ("__package__", text(&name))]);
                }
                ModuleExtent::Module => {
                    let package = name.rsplit_once('.').map_or("", |(package, _)| package);
                    entries.push(("__package__", text(package)));
                }
            }
            for (key, value) in entries {
                // A dict with string keys takes them all.
                let _ = ns.globals.set_item(key, value, vm);
            }
        });
    }

    /// Binds `name` to `member` of `cython.meta`, or to the module at `path` as `import` would.
    ///
    /// # Errors
    /// When the module has no such member.
    pub(crate) fn bind_meta(
        &self,
        ns: &Namespace,
        name: &str,
        member: Meta<'_>,
    ) -> Result<(), Failure> {
        self.run(|vm| {
            let import = |name| unnoticed(|| vm.import(vm.ctx.intern_str(name), 0));
            let value = match member {
                Meta::Member(member) => import("cython.meta")?
                    .get_attr("meta", vm)?
                    .get_attr(vm.ctx.intern_str(member), vm)?,
                Meta::Package(package) => import(package)?,
                Meta::Module => import("cython.meta")?.get_attr("meta", vm)?,
            };
            ns.globals.set_item(name, value, vm)
        })
    }

    /// Tells the modules that were imported meanwhile that these names are complete.
    pub(crate) fn complete(&self, ns: &Namespace) {
        // A dict with string keys takes them all.
        let _ = self.enter(|vm| imports::complete(vm, &ns.globals));
    }

    /// Binds `name` to what `other` in another module is.
    ///
    /// # Errors
    /// When that module has no such name (yet).
    pub(crate) fn bind(
        &self,
        ns: &Namespace,
        name: &str,
        from: &Namespace,
        other: &str,
    ) -> Result<(), Failure> {
        self.run(|vm| {
            let value = from.globals.get_item(other, vm)?;
            ns.globals.set_item(name, value, vm)
        })
    }

    /// Imports `module` at compile time, or its `member`, as `name`; tells whether that worked.
    pub(crate) fn bind_import(
        &self,
        ns: &Namespace,
        name: &str,
        module: &str,
        member: Option<&str>,
    ) -> bool {
        let imported = self.run(|vm| {
            let members = member.map(|m| vm.ctx.new_str(m));
            let from = vm.ctx.new_tuple(members.iter().map(|m| m.clone().into()).collect());
            let importer = vm.builtins.get_attr("__import__", vm)?;
            let none = vm.ctx.none();
            let level = vm.ctx.new_int(0);
            let found =
                importer.call((vm.ctx.new_str(module), none.clone(), none, from, level), vm)?;
            let value = match member {
                Some(member) => found.get_attr(vm.ctx.intern_str(member), vm)?,
                None => found,
            };
            ns.globals.set_item(name, value, vm)
        });
        imported.is_ok()
    }

    /// Whether the module has the name.
    pub(crate) fn has(&self, ns: &Namespace, name: &str) -> bool {
        self.interpreter.enter(|vm| ns.globals.contains_key(name, vm))
    }

    /// Runs a staged statement.
    ///
    /// # Errors
    /// Whatever goes wrong in it.
    pub(crate) fn execute(&self, ns: &Namespace, file: FileId, stmt: Stmt) -> Result<(), Failure> {
        self.run(|vm| run_statement(vm, ns, file, stmt))
    }

    /// Evaluates a staged expression, assigns its value to `targets`, and gives it as code.
    ///
    /// # Errors
    /// Whatever goes wrong in it; a value that has no source.
    pub(crate) fn evaluate(
        &self,
        ns: &Namespace,
        file: FileId,
        expr: Expr,
        targets: Vec<Expr>,
    ) -> Result<Expansion, Failure> {
        let result = self.record(|vm| {
            let value = compute(vm, ns, file, expr)?;
            assign(vm, ns, file, targets, &value)?;
            // Only what the program sees of it has to have a source.
            lift_result(vm, &value, Taking::Literal)
        })?;
        Ok(Expansion { residual: recorded(), result })
    }

    /// Makes the function that the module calls by the macro's name a macro.
    ///
    /// # Errors
    /// When there is no such function.
    pub(crate) fn make_macro(&self, ns: &Namespace, info: MacroInfo) -> Result<(), Failure> {
        self.run(|vm| {
            let name = info.name.clone();
            let function = ns.globals.get_item(&*name, vm)?;
            let object = PyMacro { info: Rc::new(info), function }.into_ref(&vm.ctx);
            ns.globals.set_item(&*name, object.into(), vm)
        })
    }

    /// Makes an `@unroll` function. `binder` is a function with its parameters that gives them as
    /// a dict.
    ///
    /// # Errors
    /// Whatever goes wrong in the definition.
    pub(crate) fn make_unroll(
        &self,
        ns: &Namespace,
        info: UnrollInfo,
        signature: MacroInfo,
        binder: Stmt,
    ) -> Result<(), Failure> {
        let (name, home) = (info.name.clone(), info.home);
        self.execute(ns, home, binder)?;
        self.run(|vm| {
            let binder = ns.globals.get_item(&*name, vm)?;
            let object = PyUnroll::new(info, signature, binder, ns.globals.clone());
            ns.globals.set_item(&*name, object.into_ref(&vm.ctx).into(), vm)
        })
    }

    /// The functions that calls of `@unroll` functions were specialised to since the file began,
    /// by their numbers.
    pub(crate) fn specialised(&self, number: u32) -> Option<Specialised> {
        file::with(|s| s.functions.get(number as usize).cloned())
    }

    /// The number of the function that the program has for a macro of the module `home`.
    pub(crate) fn macro_as_function(&self, home: FileId, name: &Name) -> u32 {
        let key = format!("{home:?} {name}");
        let number = file::with(|s| {
            let known = s.functions.iter().position(|function| function.key == key);
            known.unwrap_or_else(|| {
                let code = SpecialisedCode::Macro(home);
                s.functions.push(Specialised { name: name.clone(), code, key });
                s.functions.len() - 1
            })
        });
        u32::try_from(number).unwrap_or(u32::MAX)
    }

    /// Forgets the texts of the files that were expanded: another one starts anew.
    pub(crate) fn forget_sources(&self) {
        self.enter(|vm| imports::forget(vm, compiled::renew().modules));
    }

    /// Forgets what belongs to the file that was expanded last.
    pub(crate) fn start_file(&self) {
        self.enter(|vm| {
            imports::forget(vm, file::renew().modules);
            drop(recording::renew());
            identity::go_back(self.numbered);
        });
    }

    /// Whether compile-time code has had no way to leave something behind for other files.
    pub(crate) fn is_pristine(&self) -> bool {
        self.enter(|vm| self.start.is_now(vm))
    }

    /// What macros said since this was asked last.
    pub(crate) fn take_messages(&self) -> Vec<Message> {
        file::with(|s| std::mem::take(&mut s.messages))
    }

    /// What stops code from another thread.
    pub(in crate::host) fn signals(&self) -> UserSignalSender {
        self.signals.clone()
    }

    /// Runs `f`, whose code gets its answers from `outside`.
    pub(crate) fn standing_by<R>(&self, outside: &dyn Outside, f: impl FnOnce(&Host) -> R) -> R {
        standing_by(outside, || f(self))
    }

    /// Runs `f` in the interpreter.
    pub(in crate::host) fn enter<R>(&self, f: impl FnOnce(&VirtualMachine) -> R) -> R {
        self.interpreter.enter(f)
    }

    /// Runs `f` and turns what stops it into a failure.
    pub(in crate::host) fn run<R>(
        &self,
        f: impl FnOnce(&VirtualMachine) -> PyResult<R>,
    ) -> Result<R, Failure> {
        let result = self.interpreter.enter(|vm| {
            drop(run::renew(self.limits));
            let result = f(vm).map_err(|e| {
                let traceback = traceback(&e);
                run::with(|s| s.traceback = traceback);
                of_exception(vm, &e)
            });
            drop(recording::release());
            result
        });
        match run::with(|s| s.failure.take()) {
            // It stands even if the macro caught its exception.
            Some(failure) => Err(failure),
            None => result,
        }
    }

    /// Likewise, with a residual program of its own.
    pub(in crate::host) fn record<R>(
        &self,
        f: impl FnOnce(&VirtualMachine) -> PyResult<R>,
    ) -> Result<R, Failure> {
        self.enter(|_| drop(recording::renew()));
        self.run(f)
    }
}

/// Takes the program that was recorded.
pub(in crate::host) fn recorded() -> Residual {
    recording::with(|s| std::mem::take(&mut s.residual))
}

/// Runs a staged statement.
fn run_statement(vm: &VirtualMachine, ns: &Namespace, file: FileId, stmt: Stmt) -> PyResult<()> {
    let module =
        ModModule { node_index: Default::default(), range: stmt.range(), body: vec![stmt] };
    let Some(source) = compilable(file) else { return Ok(()) };
    let compile = || compile::compile_program(&module, source, CompileOpts::default());
    let code = guarded(compile).map_err(|e| vm.new_syntax_error(&e.into(), None))?;
    let scope = Scope::with_builtins(None, ns.globals.clone(), vm);
    vm.run_code_obj(vm.ctx.new_code(code), scope)?;
    Ok(())
}

/// Assigns a value to targets, as Python does.
fn assign(
    vm: &VirtualMachine,
    ns: &Namespace,
    file: FileId,
    targets: Vec<Expr>,
    value: &PyObject,
) -> PyResult<()> {
    let Some(range) = targets.first().map(Expr::range) else { return Ok(()) };
    ns.globals.set_item(ASSIGNED, value.to_owned(), vm)?;
    let name = ExprName {
        node_index: Default::default(),
        range,
        id: ASSIGNED.into(),
        ctx: ExprContext::Load,
    };
    let value = Box::new(Expr::Name(name));
    let stmt = StmtAssign { node_index: Default::default(), range, targets, value };
    let assigned = run_statement(vm, ns, file, Stmt::Assign(stmt));
    ns.globals.del_item(ASSIGNED, vm)?;
    assigned
}

/// The variable of a module that holds a value on its way to its targets.
const ASSIGNED: &str = "__uneval_assigned__";

/// The value of a staged expression.
pub(in crate::host) fn compute(
    vm: &VirtualMachine,
    ns: &Namespace,
    file: FileId,
    expr: Expr,
) -> PyResult<PyObjectRef> {
    let range = expr.range();
    let body = Box::new(expr);
    let module = ModExpression { node_index: Default::default(), range, body };
    let Some(source) = compilable(file) else { return Ok(vm.ctx.none()) };
    let compile = || compile::compile_expression(&module, source, CompileOpts::default());
    let code = guarded(compile).map_err(|e| vm.new_syntax_error(&e.into(), None))?;
    vm.run_code_obj(vm.ctx.new_code(code), Scope::with_builtins(None, ns.globals.clone(), vm))
}

impl Drop for Host {
    fn drop(&mut self) {
        // What ends with it may have a `__del__`, which wants an interpreter.
        self.interpreter.enter(|_| {
            drop((compiled::renew(), file::renew(), run::renew(self.limits)));
            drop((recording::renew(), prompt_state::renew()));
            identity::forget();
        });
    }
}
