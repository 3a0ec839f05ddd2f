//! `@unroll`: the same evaluation with control flow on run-time values left in the program
//! (language.md §3).
//!
//! A call is worked out in one of three ways, the first that does:
//!
//! 1. *In place*: the body's control flow is all known, and what is left of it are steps.
//! 2. *By a specialised function*: the body is worked out once for these known arguments, with
//!    the decisions that are left as statements.
//! 3. *As it is*: the call stays a call of the plain function. By the law of language.md §1 that
//!    is always right.

mod state;

mod body;

mod control;

mod known;

mod loops;

mod guard;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use rustpython_ast::Stmt;
use rustpython_text_size::TextRange;
use rustpython_vm::builtins::{PyCode, PyDict, PyDictRef};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::{Callable, Representable};
use rustpython_vm::{
    AsObject, Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass,
};

use self::body::{Evaluation, Flow};
use self::state::{Frozen, known_values};
use super::failure::{Failure, Limit};
use super::lift::{Taking, lift};
use super::look::holds_run_time;
use super::macro_class::MacroInfo;
use super::objects::PyDynamic;
use super::provenance::here;
use super::record::{record, record_call};
use super::session::{self, Session};
use super::specialised::Specialised;
use super::stop::stop;
use crate::codenode::{Name, Node, Origin, TemporaryId};
use crate::print;
use crate::residual::{Reason, Statement};
use crate::source::FileId;

/// The most steps that are put in place of a call.
const SMALL: usize = 40;

/// The most calls inside each other that are worked out.
const DEEPEST: usize = 200;

/// The most statements that a call leaves.
const LARGE: usize = 20_000;

/// What is known of an `@unroll` function from its text.
#[derive(Debug)]
pub struct UnrollInfo {
    pub name: Name,
    pub home: FileId,
    /// The function, its expressions staged.
    pub body: Vec<Stmt>,
    /// Its local variables, parameters first.
    pub locals: Vec<Name>,
    pub parameters: usize,
    /// Why it always stays a plain function, if it does.
    pub plain: Option<&'static str>,
    /// Whether the program has the function as well.
    pub has_plain_form: bool,
}

/// The function object.
#[pyclass(module = "cython.meta", name = "unroll")]
#[derive(PyPayload)]
pub(super) struct PyUnroll {
    pub info: Rc<UnrollInfo>,
    pub signature: MacroInfo,
    /// A function with the same parameters, which gives them as a dict.
    pub binder: PyObjectRef,
    pub globals: PyDictRef,
    codes: RefCell<HashMap<TextRange, PyRef<PyCode>>>,
}

impl std::fmt::Debug for PyUnroll {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PyUnroll({})", self.info.name)
    }
}

/// Why a call isn't worked out in the way that was tried.
pub(super) enum Unfinished {
    /// Control flow depends on a run-time value, and statements aren't possible in this way.
    NeedsStatements,
    /// The call has to stay as it is.
    Plain,
    /// An exception, or the end of the expansion.
    Raised(rustpython_vm::builtins::PyBaseExceptionRef),
}

impl From<rustpython_vm::builtins::PyBaseExceptionRef> for Unfinished {
    fn from(exception: rustpython_vm::builtins::PyBaseExceptionRef) -> Self {
        Unfinished::Raised(exception)
    }
}

#[pyclass(with(Callable, Representable))]
impl PyUnroll {}

impl PyUnroll {
    pub fn new(
        info: UnrollInfo,
        signature: MacroInfo,
        binder: PyObjectRef,
        globals: PyDictRef,
    ) -> PyUnroll {
        let (info, codes) = (Rc::new(info), RefCell::default());
        PyUnroll { info, signature, binder, globals, codes }
    }

    /// A reference to the plain function.
    pub fn reference(&self) -> Node {
        Node::var(self.info.name.clone(), Origin::Module(self.info.home))
    }

    /// The arguments by name, if they bind and may be told apart here.
    fn bound(&self, args: &FuncArgs, vm: &VirtualMachine) -> Option<PyDictRef> {
        if self.info.plain.is_some() {
            return None;
        }
        let bound = self.binder.call(args.clone(), vm).ok()?;
        bound.downcast::<PyDict>().ok()
    }

    /// The call stays as it is.
    ///
    /// # Errors
    /// When it can't.
    pub fn stays(&self, vm: &VirtualMachine) -> PyResult<Option<Node>> {
        if self.info.has_plain_form { Ok(None) } else { Err(self.must_be_finished(vm)) }
    }

    /// The call can't stay: there is no plain function.
    pub fn must_be_finished(
        &self,
        vm: &VirtualMachine,
    ) -> rustpython_vm::builtins::PyBaseExceptionRef {
        if let Some(failure) = session::with(|s| s.why_kept.take()) {
            return stop(vm, failure);
        }
        let why = format!(
            "`{}` can't be finished at compile time, and uses names that exist only then",
            self.info.name
        );
        stop(vm, Failure::NeedsStatements { why, place: here(vm) })
    }

    /// What tells one specialisation from another: the known arguments as code.
    fn key(&self, bound: &PyDictRef, vm: &VirtualMachine) -> Option<String> {
        let mut key = format!("{}#{}", self.info.home.0, self.info.name);
        for name in &self.info.locals[..self.info.parameters] {
            let value = bound.get_item(&**name, vm).ok()?;
            key.push('|');
            if value.downcastable::<PyDynamic>() {
                continue;
            }
            if holds_run_time(vm, &value) {
                return None;
            }
            let failed = session::with(|s| s.failure.is_some());
            match lift(vm, &value, Taking::Compare) {
                Ok(code) => key.push_str(&print::expression(&code, print::Style::default())),
                Err(_) => {
                    if !failed {
                        session::with(|s| s.failure = None);
                    }
                    // An object without a source: it is itself.
                    key.push_str(&format!("@{}", value.get_id()));
                }
            }
        }
        Some(key)
    }

    /// Whether what ended the attempt leaves a way at run time; then it is forgotten.
    fn may_stay(&self, is_outermost: bool) -> bool {
        session::with(|s| {
            let stays = match &s.failure {
                None
                | Some(
                    Failure::RunTimeOnly { .. }
                    | Failure::NeedsStatements { .. }
                    | Failure::NoSource { .. },
                ) => true,
                // The call that began it is the one to leave.
                Some(Failure::Limit(Limit::Recursion { .. })) => {
                    is_outermost && self.info.has_plain_form
                }
                Some(_) => false,
            };
            if stays {
                s.why_kept = s.failure.take();
            }
            stays
        })
    }

    /// Works the call out in place.
    fn in_place(&self, bound: &PyDictRef, vm: &VirtualMachine) -> Result<PyObjectRef, Unfinished> {
        let before = session::with(|s| s.residual.block().len());
        let mut evaluation = Evaluation::new(self, bound, vm)?;
        let value = match evaluation.body()? {
            Flow::Return(value) => value,
            _ => vm.ctx.none(),
        };
        let left = session::with(|s| s.residual.block().len()) - before;
        if left > SMALL { Err(Unfinished::NeedsStatements) } else { Ok(value) }
    }

    /// Works the body out as a function of its own, and leaves a call of it.
    fn specialised(
        &self,
        bound: &PyDictRef,
        key: String,
        vm: &VirtualMachine,
    ) -> Result<PyObjectRef, Unfinished> {
        let mut arguments = Vec::new();
        let mut is_known = false;
        for name in &self.info.locals[..self.info.parameters] {
            let value = bound.get_item(&**name, vm)?;
            match value.downcastable::<PyDynamic>() {
                true => arguments.push((name.clone(), lift(vm, &value, Taking::Refer)?)),
                false => is_known = true,
            }
        }
        if !is_known {
            return Err(Unfinished::Plain);
        }
        let known = session::with(|s| s.functions.iter().position(|f| f.key == key));
        let number = match known {
            Some(number) => number,
            None => self.specialise(bound, &arguments, key, vm)?,
        };
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let callee = Node::var(self.info.name.clone(), Origin::Specialised(number));
        let codes = arguments.into_iter().map(|(_, code)| code).collect();
        Ok(record(vm, Node::call(callee, codes), Reason::Operation)?)
    }

    fn specialise(
        &self,
        bound: &PyDictRef,
        arguments: &[(Name, Node)],
        key: String,
        vm: &VirtualMachine,
    ) -> Result<usize, Unfinished> {
        let outside = session::with(Session::set_aside);
        let written = self.write_function(bound, arguments, vm);
        let residual = session::with(|s| s.take_back(outside));
        let parameters = written?;
        let function = Specialised { name: self.info.name.clone(), parameters, residual, key };
        Ok(session::with(|s| {
            s.functions.push(function);
            s.functions.len() - 1
        }))
    }

    fn write_function(
        &self,
        bound: &PyDictRef,
        arguments: &[(Name, Node)],
        vm: &VirtualMachine,
    ) -> Result<Vec<TemporaryId>, Unfinished> {
        let inside = bound.copy().into_ref(&vm.ctx);
        let mut parameters = Vec::new();
        for (name, code) in arguments {
            let loc = code.loc();
            let id = session::with(|s| s.residual.variable(Some(name.clone()), loc));
            inside.set_item(&**name, PyDynamic::new_object(vm, id), vm)?;
            parameters.push(id);
        }
        let mut evaluation = Evaluation::new(self, &inside, vm)?;
        evaluation.is_function = true;
        if let Flow::Return(value) = evaluation.body()? {
            let code = evaluation.lifted(&value)?;
            let is_none = matches!(code.constant(), Some(crate::codenode::Value::None));
            if !is_none {
                session::with(|s| s.residual.add(Statement::Return(code)));
            }
        }
        let size = session::with(|s| size(s.residual.block()));
        if size > LARGE { Err(Unfinished::Plain) } else { Ok(parameters) }
    }

    /// The value of a call, as far as that can be worked out; none if the call has to stay.
    ///
    /// # Errors
    /// What ends the expansion.
    pub fn worked_out(
        &self,
        args: &FuncArgs,
        vm: &VirtualMachine,
    ) -> PyResult<Option<PyObjectRef>> {
        let Some(bound) = self.bound(args, vm) else { return Ok(None) };
        let Some(key) = self.key(&bound, vm) else { return self.attempt(&bound, None, vm) };
        if session::with(|s| s.unrolling.contains(&key)) {
            session::with(|s| s.recursed.insert(key));
            return Ok(None);
        }
        if session::with(|s| s.unrolling.len()) > DEEPEST {
            let failure = Failure::Limit(Limit::Recursion { limit: DEEPEST });
            return Err(stop(vm, failure));
        }
        session::with(|s| s.unrolling.push(key.clone()));
        let result = self.attempt(&bound, Some(key), vm);
        session::with(|s| s.unrolling.pop());
        result
    }

    fn attempt(
        &self,
        bound: &PyDictRef,
        key: Option<String>,
        vm: &VirtualMachine,
    ) -> PyResult<Option<PyObjectRef>> {
        let mark = session::with(|s| s.residual.mark());
        let arguments = Frozen::of(vm, known_values(bound, vm));
        let is_recursive = |key: &String| session::with(|s| s.recursed.contains(key));
        let mut result = self.in_place(bound, vm);
        if matches!(result, Err(Unfinished::NeedsStatements))
            && arguments.is_unchanged(vm)
            && let Some(key) = &key
        {
            drop(session::with(|s| s.go_back(mark)));
            result = self.specialised(bound, key.clone(), vm);
        }
        if key.as_ref().is_some_and(is_recursive) && self.info.has_plain_form {
            // It goes on in the program as long as it takes there: it can begin there, too.
            result = Err(Unfinished::Plain);
        }
        let unfinished = match result {
            Ok(value) => return Ok(Some(value)),
            Err(unfinished) => unfinished,
        };
        drop(session::with(|s| s.go_back(mark)));
        let is_outermost = session::with(|s| s.activations.is_empty() && s.unrolling.len() < 2);
        if let Unfinished::Raised(exception) = unfinished
            && !self.may_stay(is_outermost)
        {
            return Err(exception);
        }
        // The arguments of a call in the program are objects of this call alone.
        if !is_outermost && !arguments.is_unchanged(vm) {
            let why =
                "the function changes a known argument, and can't be finished at compile time";
            let failure = Failure::NeedsStatements { why: why.to_owned(), place: here(vm) };
            return Err(stop(vm, failure));
        }
        Ok(None)
    }
}

fn size(block: &[Statement]) -> usize {
    block.iter().map(|s| 1 + s.blocks().into_iter().map(|b| size(b)).sum::<usize>()).sum()
}

impl Callable for PyUnroll {
    type Args = FuncArgs;

    fn call(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        vm.with_recursion("while unrolling", || match zelf.worked_out(&args, vm)? {
            Some(value) => Ok(value),
            None if zelf.info.has_plain_form => record_call(vm, zelf.reference(), &args),
            None => Err(zelf.must_be_finished(vm)),
        })
    }
}

impl Representable for PyUnroll {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        Ok(format!("<unroll {}>", zelf.info.name))
    }
}
