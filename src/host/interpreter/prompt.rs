//! The prompt's side of the interpreter: one statement after the other, in one namespace.
//!
//! The code here is the program's own, not staged: it runs at once. What it prints goes to the
//! writer that the prompt was opened with.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustpython_ast::{ModModule, Stmt};
use rustpython_codegen::compile::{CompileOpts, compile_program, compile_program_single};
use rustpython_source_file::SourceFileBuilder;
use rustpython_text_size::Ranged as _;
use rustpython_vm::builtins::{PyBaseExceptionRef, PyDictRef, PyStr, PyStrRef};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::scope::Scope;
use rustpython_vm::signal::UserSignalSender;
use rustpython_vm::{AsObject as _, PyPayload as _, PyResult, TryFromObject as _, VirtualMachine};

use crate::codenode::Node;
use crate::host::compilation::guarded;
use crate::host::failure::Failure;
use crate::host::interpreter::Host;
use crate::host::objects::abort::describe;
use crate::host::objects::constants::index;
use crate::host::objects::payload::PyCodenode;
use crate::host::outside::Namespace;
use crate::host::state::{compiled, prompt, run as run_state};
use crate::source::{FileId, Source};

/// Where a program writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stream {
    Output,
    Errors,
}

/// Whether the values of expression statements are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Display {
    Shown,
    Quiet,
}

/// How a statement ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    Done,
    /// With an exception: what Python would print.
    Raised(String),
    /// It was stopped from outside: what Python would print.
    Interrupted(String),
    /// It wants the session to end.
    Left {
        status: u8,
        message: Option<String>,
    },
}

/// Stops what the prompt is running, from another thread.
#[derive(Clone, Debug)]
pub(crate) struct Interrupter(UserSignalSender);

impl Interrupter {
    /// The code that is running gets a `KeyboardInterrupt` as soon as it is between two steps.
    pub(crate) fn interrupt(&self) -> Interrupt {
        let interrupt = Interrupt(Arc::default());
        let noticed = interrupt.0.clone();
        // An interpreter that has ended has nothing to stop.
        let _ = self.0.send(Box::new(move |vm| {
            noticed.store(true, Ordering::Relaxed);
            Err(vm.new_exception_empty(vm.ctx.exceptions.keyboard_interrupt.to_owned()))
        }));
        interrupt
    }
}

/// A wish that running code should stop.
#[derive(Debug)]
pub(crate) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Whether the code got its `KeyboardInterrupt`.
    pub(crate) fn was_noticed(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The name under which code reaches the trees that were made for it.
pub(crate) const TREE_HOOK: &str = "__uneval_tree__";

const MODULE: &str = "<_uneval_prompt>";

type Writer = Box<dyn FnMut(Stream, &str)>;

thread_local! {
    static WRITER: RefCell<Option<Writer>> = const { RefCell::new(None) };
}

impl Host {
    /// Opens the prompt: its namespace, `__main__`. What programs write goes to `writer`.
    ///
    /// # Errors
    /// When the interpreter can't run what the prompt needs.
    pub(crate) fn open_prompt(&self, writer: Writer) -> Result<Namespace, Failure> {
        WRITER.with(|w| *w.borrow_mut() = Some(writer));
        self.run(|vm| {
            let globals = vm.ctx.new_dict();
            globals.set_item("__builtins__", vm.builtins.clone().into(), vm)?;
            globals.set_item("__name__", vm.ctx.new_str("__main__").into(), vm)?;
            let main = vm.new_module("__main__", globals.clone(), None);
            vm.builtins.set_attr(TREE_HOOK, vm.new_function("tree", tree), vm)?;
            let support = vm.ctx.new_dict();
            support.set_item("__builtins__", vm.builtins.clone().into(), vm)?;
            let text = include_str!("../python/prompt.py");
            let code = vm
                .compile(text, rustpython_vm::compiler::Mode::Exec, MODULE.to_owned())
                .map_err(|e| vm.new_syntax_error(&e, Some(text)))?;
            vm.run_code_obj(code, Scope::with_builtins(None, support.clone(), vm))?;
            let write = vm.new_function("write", write);
            support.get_item("install", vm)?.call((write, main), vm)?;
            prompt::with(|s| s.support = Some(support));
            Ok(Namespace { globals })
        })
    }

    /// Makes a module importable that isn't of the standard library.
    ///
    /// # Errors
    /// When there is no prompt.
    pub(crate) fn add_module(&self, module: &ProgramModule) -> Result<(), Failure> {
        self.run(|vm| {
            let package = vm.ctx.new_bool(module.is_package);
            let (name, text) = (module.name.as_str(), module.text.as_str());
            let origin = module.path.as_str();
            support(vm, "add_module")?.call((name, text, origin, package), vm).map(drop)
        })
    }

    /// Runs code of the prompt, which stands in `source`.
    pub(crate) fn run_at_prompt(
        &self,
        ns: &Namespace,
        (file, source): (FileId, &std::rc::Rc<Source>),
        body: Vec<Stmt>,
        display: Display,
    ) -> Ended {
        let is_new = compiled::with(|s| s.set(file, source));
        if is_new {
            let text = (source.name().to_owned(), source.text().to_owned());
            prompt::with(|s| s.texts.push(text));
        }
        let range = body.last().map(|stmt| stmt.range()).unwrap_or_default();
        let module = ModModule { node_index: Default::default(), range, body };
        self.enter(|vm| {
            drop(run_state::renew(self.limits));
            // What came too late for the statement before isn't meant for this one.
            while vm.check_signals().is_err() {}
            prompt::with(|s| s.running = Some(ns.globals.clone()));
            let result = run(vm, &module, source, display, ns.globals.clone());
            prompt::with(|s| s.running = None);
            match result {
                Ok(_) => Ended::Done,
                Err(exception) => ended(vm, &exception),
            }
        })
    }

    /// What stops the code that is running here.
    pub(crate) fn interrupter(&self) -> Interrupter {
        Interrupter(self.signals())
    }

    /// Keeps a tree for the code that is to run next; its number.
    pub(crate) fn keep_tree(&self, tree: Node) -> usize {
        prompt::with(|s| {
            s.trees.push(tree);
            s.trees.len() - 1
        })
    }

    /// How many trees were evaluated so far that may have bound variables.
    pub(crate) fn trees_evaluated(&self) -> usize {
        prompt::with(|s| s.bound)
    }

    /// Takes away a variable, if it is there.
    pub(crate) fn forget(&self, ns: &Namespace, name: &str) {
        // That it isn't there is all right.
        self.enter(|vm| drop(ns.globals.del_item(name, vm)));
    }
}

/// A module of the program, for imports at the prompt.
#[derive(Clone, Debug)]
pub(crate) struct ProgramModule {
    /// Its dotted name.
    pub name: String,
    /// Expanded: plain Python.
    pub text: String,
    /// Where it is, as tracebacks show it.
    pub path: String,
    pub is_package: bool,
}

fn run(
    vm: &VirtualMachine,
    module: &ModModule,
    source: &Source,
    display: Display,
    globals: PyDictRef,
) -> PyResult {
    let file = SourceFileBuilder::new(source.name(), source.text()).finish();
    let compile = match display {
        Display::Shown => compile_program_single,
        Display::Quiet => compile_program,
    };
    let code = guarded(|| compile(module, file, CompileOpts::default()))
        .map_err(|e| vm.new_syntax_error(&e.into(), Some(source.text())))?;
    vm.run_code_obj(vm.ctx.new_code(code), Scope::with_builtins(None, globals, vm))
}

fn ended(vm: &VirtualMachine, exception: &PyBaseExceptionRef) -> Ended {
    let class = exception.class();
    if class.fast_issubclass(vm.ctx.exceptions.system_exit) {
        return left(vm, exception);
    }
    let interrupted = class.fast_issubclass(vm.ctx.exceptions.keyboard_interrupt);
    let text = report(vm, exception).unwrap_or_else(|_| {
        // Its own class is in the way of the usual form.
        format!("{}\n", describe(vm, exception))
    });
    if interrupted { Ended::Interrupted(text) } else { Ended::Raised(text) }
}

/// `SystemExit`: the status is a number or, if there is something to say, 1.
fn left(vm: &VirtualMachine, exception: &PyBaseExceptionRef) -> Ended {
    let code = exception.as_object().get_attr("code", vm).unwrap_or_else(|_| vm.ctx.none());
    if vm.is_none(&code) {
        return Ended::Left { status: 0, message: None };
    }
    match i64::try_from_object(vm, code.clone()) {
        Ok(status) => Ended::Left { status: (status & 0xff) as u8, message: None },
        Err(_) => {
            let text = code.str(vm).map(|text| text.as_wtf8().to_string_lossy().into_owned());
            Ended::Left { status: 1, message: text.ok() }
        }
    }
}

/// What Python would print of an exception.
fn report(vm: &VirtualMachine, exception: &PyBaseExceptionRef) -> PyResult<String> {
    let texts = prompt::with(|s| std::mem::take(&mut s.texts));
    let texts = texts.iter().map(|(name, text)| {
        let pair = vec![vm.ctx.new_str(name.as_str()).into(), vm.ctx.new_str(text.as_str()).into()];
        vm.ctx.new_tuple(pair).into()
    });
    let texts = vm.ctx.new_list(texts.collect());
    let shown = support(vm, "report")?.call((exception.clone(), texts), vm)?;
    let shown = shown.str(vm)?;
    Ok(shown.as_wtf8().to_string_lossy().into_owned())
}

/// A function of the Python that supports the prompt.
fn support(vm: &VirtualMachine, name: &str) -> PyResult {
    match prompt::with(|s| s.support.clone()) {
        Some(support) => support.get_item(name, vm),
        None => Err(vm.new_runtime_error("there is no prompt")),
    }
}

/// What streams of the prompt write to: the stream's number and the text.
fn write(stream: usize, text: PyStrRef) {
    let stream = if stream == 0 { Stream::Output } else { Stream::Errors };
    let text = PyStr::as_wtf8(&text).to_string_lossy().into_owned();
    WRITER.with(|writer| {
        if let Some(writer) = &mut *writer.borrow_mut() {
            writer(stream, &text);
        }
    });
}

/// A fresh copy of the tree with this number.
fn tree(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let tree = prompt::with(|s| s.trees.get(index(&args, 0)).cloned());
    match tree {
        Some(tree) => Ok(PyCodenode::new(tree).into_ref(&vm.ctx).into()),
        None => Err(vm.new_value_error("no such tree")),
    }
}
