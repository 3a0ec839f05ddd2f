//! One evaluation of the body of an `@unroll` function: its variables, and what is around the
//! statement that is evaluated.
//!
//! Expressions, and statements without control flow, are run by the interpreter as they are, with the
//! function's variables as globals.

use std::cell::RefCell;
use std::collections::HashSet;

use rustpython_ast::{
    self as ast, ExceptHandler, Expr, ExprContext, ModExpression, ModModule, Stmt,
};
use rustpython_codegen::compile::{self, CompileOpts};
use rustpython_text_size::{Ranged as _, TextRange};
use rustpython_vm::builtins::{PyBaseExceptionRef, PyCode, PyDictRef};
use rustpython_vm::scope::Scope;
use rustpython_vm::{PyObject, PyObjectRef, PyPayload as _, PyRef, VirtualMachine};

use crate::codenode::{Name, Node, TemporaryId};
use crate::host::compilation::{compilable, guarded};
use crate::host::objects::binding_time::is_run_time;
use crate::host::objects::payload::{PyDynamic, PyUnroll};
use crate::host::recording::lift::{Taking, lift};
use crate::host::state::recording;
use crate::residual::Statement;
use crate::scope::assigned_names;
use crate::syntax::{Roots, Syntax, names, walk};

/// How control leaves a statement.
pub(super) enum Completion {
    Normal,
    Return(PyObjectRef),
    Break,
    Continue,
    /// Control doesn't come to the next statement: what leaves this one is in the program.
    Residual,
}

impl Completion {
    pub(crate) fn is_normal(&self) -> bool {
        matches!(self, Completion::Normal)
    }
}

/// Why a call isn't finished in the way that was tried.
pub(super) enum Unfinished {
    /// Control flow depends on a run-time value, and statements aren't possible in this way.
    NeedsStatements,
    /// The call has to stay as it is.
    Plain,
    /// An exception, or the end of the expansion.
    Raised(PyBaseExceptionRef),
}

impl From<PyBaseExceptionRef> for Unfinished {
    fn from(exception: PyBaseExceptionRef) -> Self {
        Unfinished::Raised(exception)
    }
}

pub(super) type Attempt<T = Completion> = Result<T, Unfinished>;

/// Variables of the function, and the variables of the program that stand for them.
pub(super) type Phis = Vec<(Name, TemporaryId)>;

/// What the variables of the function hold at one place.
pub(super) type VariableValues = Vec<(Name, Option<PyObjectRef>)>;

/// When a loop runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LoopStage {
    /// Its rounds are known, and are evaluated one by one.
    CompileTime,
    RunTime,
    /// It is the only round, in the program, of a loop that is over: none around can be left from inside.
    Closed,
}

/// A loop around the statement that is evaluated.
pub(super) struct LoopContext {
    pub stage: LoopStage,
    /// The variables of the program that hold, where a round ends, what the body assigns.
    pub heads: Phis,
    /// Likewise where the loop is left: of a run-time loop these are the same.
    pub exits: Phis,
    /// Whether the program leaves a compile-time loop on some condition.
    pub is_broken: bool,
    /// Whether the program leaves this round of a compile-time loop on some condition.
    pub is_continued: bool,
}

impl LoopContext {
    pub(crate) fn new(stage: LoopStage, heads: Phis, exits: Phis) -> LoopContext {
        LoopContext { stage, heads, exits, is_broken: false, is_continued: false }
    }

    pub(crate) fn closed() -> LoopContext {
        LoopContext::new(LoopStage::Closed, Phis::new(), Phis::new())
    }
}

/// Whether what is evaluated may hold statements with blocks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ResidualForm {
    /// Steps in place of the call.
    Inline,
    /// A function of its own.
    Function,
}

/// Evaluates statements of all kinds. The files of single kinds know only this type of it.
pub(super) type StatementEvaluator = fn(&mut Evaluation<'_>, &[Stmt]) -> Attempt;

/// One evaluation of a body.
pub(super) struct Evaluation<'a> {
    statements: StatementEvaluator,
    pub unroll: &'a PyUnroll,
    pub vm: &'a VirtualMachine,
    /// The variables: those of the module, and the function's own.
    pub variables: PyDictRef,
    /// What the call gave.
    pub arguments: PyDictRef,
    pub target: ResidualForm,
    pub loops: Vec<LoopContext>,
    /// The `try` and `with` blocks around: the variables of the program that keep each variable's value
    /// for the code that runs after an exception.
    pub guards: Vec<Phis>,
    /// The names that the function deletes somewhere.
    deleted: HashSet<Name>,
    /// Variables of the program that are unbound if it came one way or another.
    doubtful: RefCell<HashSet<TemporaryId>>,
    /// Those of them that keep a value for the code after an exception: they can't be copied, for that
    /// code reads them by their own name.
    unsure: RefCell<HashSet<TemporaryId>>,
}

impl<'a> Evaluation<'a> {
    pub(crate) fn new(
        unroll: &'a PyUnroll,
        bound: &PyDictRef,
        (target, statements): (ResidualForm, StatementEvaluator),
        vm: &'a VirtualMachine,
    ) -> Attempt<Evaluation<'a>> {
        let variables = unroll.globals.copy().into_ref(&vm.ctx);
        for name in &unroll.info.locals {
            if variables.contains_key(&**name, vm) {
                variables.del_item(&**name, vm)?;
            }
        }
        for (name, value) in bound.clone() {
            variables.set_item(&*name, value, vm)?;
        }
        Ok(Evaluation {
            statements,
            unroll,
            vm,
            variables,
            arguments: bound.clone(),
            target,
            loops: Vec::new(),
            guards: Vec::new(),
            deleted: deleted_names(&unroll.info.body),
            doubtful: RefCell::default(),
            unsure: RefCell::default(),
        })
    }

    pub(crate) fn block(&mut self, block: &[Stmt]) -> Attempt {
        (self.statements)(self, block)
    }

    /// Goes on only where statements with blocks are possible.
    pub(crate) fn needs_function(&self) -> Attempt<()> {
        match self.target {
            ResidualForm::Function => Ok(()),
            ResidualForm::Inline => Err(Unfinished::NeedsStatements),
        }
    }

    /// Runs a statement without control flow.
    pub(crate) fn simple(&mut self, stmt: &Stmt) -> Attempt {
        self.check_bound(std::slice::from_ref(stmt))?;
        let range = stmt.range();
        let body = || vec![stmt.clone()];
        self.run_module(range, || ModModule {
            node_index: Default::default(),
            range,
            body: body(),
        })?;
        let mut names = Vec::new();
        assigned_names(std::slice::from_ref(stmt), &mut names);
        self.assigned(&names)?;
        Ok(Completion::Normal)
    }

    /// Runs a module that stands for the code at `range`.
    pub(crate) fn run_module(
        &self,
        range: TextRange,
        module: impl FnOnce() -> ModModule,
    ) -> Attempt<PyObjectRef> {
        self.run(self.compiled(range, || module().into())?)
    }

    /// The value of an expression.
    pub(crate) fn value(&self, expr: &Expr) -> Attempt<PyObjectRef> {
        self.check_bound(expr)?;
        let range = expr.range();
        let code = self.compiled(range, || {
            let body = Box::new(expr.clone());
            ModExpression { node_index: Default::default(), range, body }.into()
        })?;
        self.run(code)
    }

    fn run(&self, code: PyRef<PyCode>) -> Attempt<PyObjectRef> {
        let scope = Scope::with_builtins(None, self.variables.clone(), self.vm);
        Ok(self.vm.run_code_obj(code, scope)?)
    }

    fn compiled(
        &self,
        range: TextRange,
        module: impl FnOnce() -> ast::Mod,
    ) -> Attempt<PyRef<PyCode>> {
        if let Some(code) = self.unroll.codes.borrow().get(&range) {
            return Ok(code.clone());
        }
        let Some(source) = compilable(self.unroll.info.home) else {
            return Err(Unfinished::Plain);
        };
        let module = module();
        let compile = || match &module {
            ast::Mod::Module(module) => {
                compile::compile_program(module, source, CompileOpts::default())
            }
            ast::Mod::Expression(module) => {
                compile::compile_expression(module, source, CompileOpts::default())
            }
        };
        let Ok(code) = guarded(compile) else {
            return Err(Unfinished::Plain);
        };
        let code = self.vm.ctx.new_code(code);
        self.unroll.codes.borrow_mut().insert(range, code.clone());
        Ok(code)
    }

    /// Whether a value is true; none if only the program knows.
    pub(crate) fn truth(&self, value: &PyObject) -> Attempt<Option<bool>> {
        match is_run_time(value) {
            true => Ok(None),
            false => Ok(Some(value.to_owned().try_to_bool(self.vm)?)),
        }
    }

    /// The value as code of the program.
    pub(crate) fn lifted(&self, value: &PyObject) -> Attempt<Node> {
        Ok(lift(self.vm, value, Taking::Refer)?)
    }

    pub(crate) fn variable(&self, name: &str) -> Option<PyObjectRef> {
        self.variables.get_item_opt(name, self.vm).ok().flatten()
    }

    pub(crate) fn set(&self, name: &str, value: PyObjectRef) -> Attempt<()> {
        Ok(self.variables.set_item(name, value, self.vm)?)
    }

    /// Gives up where code uses a variable that the program may have deleted by then.
    fn check_bound<'c>(&self, code: impl Roots<'c>) -> Attempt<()> {
        if self.doubtful.borrow().is_empty() {
            return Ok(());
        }
        let may_fail = |name: &str| {
            self.deleted.contains(name)
                && self.variable(name).is_some_and(|value| self.is_doubtful(&value))
        };
        match names(code).any(|name| name.ctx != ExprContext::Store && may_fail(&name.id)) {
            true => Err(Unfinished::Plain),
            false => Ok(()),
        }
    }

    /// Whether the value may be none at all.
    fn is_doubtful(&self, value: &PyObject) -> bool {
        let dynamic = value.downcast_ref::<PyDynamic>();
        dynamic.is_some_and(|dynamic| self.doubtful.borrow().contains(&dynamic.id))
    }

    /// Remembers that a variable of the program may be unbound.
    pub(crate) fn doubt(&self, id: TemporaryId) {
        self.doubtful.borrow_mut().insert(id);
    }

    /// Remembers that a variable which keeps a value may be unbound.
    pub(crate) fn keep_unsurely(&self, id: TemporaryId) {
        self.doubt(id);
        self.unsure.borrow_mut().insert(id);
    }

    /// Remembers that a variable which keeps a value is bound from here on.
    pub(crate) fn keep_surely(&self, id: TemporaryId) {
        self.doubtful.borrow_mut().remove(&id);
        self.unsure.borrow_mut().remove(&id);
    }

    /// Whether the name holds a value whichever way the program came.
    pub(crate) fn is_bound(&self, name: &str) -> bool {
        self.variable(name).is_some_and(|value| !self.is_doubtful(&value))
    }

    /// Whether the variable of the program for `name` became doubtful and `code` uses the name.
    pub(crate) fn is_deleted_in<'c>(
        &self,
        (name, id): &(Name, TemporaryId),
        code: impl Roots<'c>,
    ) -> bool {
        self.doubtful.borrow().contains(id)
            && self.deleted.contains(name)
            && names(code).any(|used| used.ctx == ExprContext::Load && *used.id == **name)
    }

    /// Makes the name unbound.
    pub(crate) fn forget(&self, name: &str) -> Attempt<()> {
        match self.variables.contains_key(name, self.vm) {
            true => Ok(self.variables.del_item(name, self.vm)?),
            false => Ok(()),
        }
    }

    /// What the variables hold now.
    pub(crate) fn snapshot(&self) -> VariableValues {
        let locals = &self.unroll.info.locals;
        locals.iter().map(|name| (name.clone(), self.variable(name))).collect()
    }

    pub(crate) fn restore(&self, variables: &VariableValues) -> Attempt<()> {
        variables.iter().try_for_each(|(name, value)| match value {
            Some(value) => self.set(name, value.clone()),
            None => self.forget(name),
        })
    }

    /// A variable of the program.
    pub(crate) fn new_variable(&self, name: &Name) -> TemporaryId {
        recording::with(|s| s.residual.variable(Some(name.clone()), None))
    }

    pub(crate) fn variables_for(&self, names: &[Name]) -> Phis {
        names.iter().map(|name| (name.clone(), self.new_variable(name))).collect()
    }

    pub(crate) fn run_time(&self, id: TemporaryId) -> PyObjectRef {
        PyDynamic::new_object(self.vm, id)
    }

    /// Makes the variables hold what the program's variables for them do.
    pub(crate) fn set_to(&self, phis: &[(Name, TemporaryId)]) -> Attempt<()> {
        phis.iter().try_for_each(|(name, id)| self.set(name, self.run_time(*id)))
    }

    /// Assigns the values that the names have now to variables of the program.
    pub(crate) fn assign_phis(&self, phis: &[(Name, TemporaryId)]) -> Attempt<()> {
        let mut pairs = Vec::new();
        for (name, id) in phis {
            let Some(value) = self.variable(name) else {
                self.doubt(*id);
                continue;
            };
            pairs.extend(self.code_for(*id, (name, &value))?.map(|code| (*id, code)));
        }
        if !pairs.is_empty() {
            recording::add(Statement::Assign(pairs));
        }
        Ok(())
    }

    /// What a variable of the program gets that is to hold what the name does; none if it holds that, or
    /// if the program may have deleted it.
    ///
    /// # Errors
    /// The value is in a variable that keeps it for the code after an exception, and may be unbound.
    pub(crate) fn code_for(
        &self,
        id: TemporaryId,
        (name, value): (&Name, &PyObject),
    ) -> Attempt<Option<Node>> {
        if self.is_doubtful(value) {
            self.doubt(id);
            if self.deleted.contains(name) {
                return Ok(None);
            }
        }
        match value.downcast_ref::<PyDynamic>().map(|dynamic| dynamic.id) {
            Some(own) if own == id => Ok(None),
            Some(own) if self.unsure.borrow().contains(&own) => Err(Unfinished::Plain),
            _ => self.lifted(value).map(Some),
        }
    }

    /// After these names were assigned: run-time values are called by them, and the blocks around
    /// that an exception may leave keep what they hold.
    pub(crate) fn assigned(&self, names: &[Name]) -> Attempt<()> {
        for name in names {
            let kept = |guard: &Phis| guard.iter().find(|(own, _)| own == name).map(|(_, id)| *id);
            let Some(value) = self.variable(name) else {
                self.guards.iter().filter_map(kept).for_each(|id| self.doubt(id));
                continue;
            };
            if let Some(dynamic) = value.downcast_ref::<PyDynamic>() {
                let id = dynamic.id;
                recording::with(|s| s.residual.suggest_name(id, name));
            }
            for kept in self.guards.iter().filter_map(kept) {
                if self.is_doubtful(&value) && !self.deleted.contains(name) {
                    return Err(Unfinished::Plain);
                }
                if let Some(code) = self.code_for(kept, (name, &value))? {
                    recording::add(Statement::Assign(vec![(kept, code)]));
                }
            }
        }
        Ok(())
    }

    /// Writes how control leaves a block into the program.
    pub(crate) fn leave(&mut self, completion: Completion) -> Attempt {
        match completion {
            Completion::Normal | Completion::Residual => return Ok(completion),
            Completion::Return(value) => {
                let code = self.lifted(&value)?;
                recording::add(Statement::Return(code));
            }
            Completion::Break | Completion::Continue => self.leave_round(&completion)?,
        }
        Ok(Completion::Residual)
    }

    /// Writes a `break` or `continue` on some condition into the program.
    fn leave_round(&mut self, completion: &Completion) -> Attempt<()> {
        let is_break = matches!(completion, Completion::Break);
        let Some(innermost) = self.loops.last_mut() else { return Ok(()) };
        if innermost.stage == LoopStage::Closed {
            return Err(Unfinished::Plain);
        }
        innermost.is_broken |= is_break;
        innermost.is_continued |= !is_break;
        let stage = innermost.stage;
        let phis = if is_break { innermost.exits.clone() } else { innermost.heads.clone() };
        self.assign_phis(&phis)?;
        // A round that is continued is a loop of its own.
        recording::add(match is_break || stage == LoopStage::CompileTime {
            true => Statement::Break,
            false => Statement::Continue,
        });
        Ok(())
    }
}

/// The names that `body` deletes: an exception's name is, after its handler.
fn deleted_names(body: &[Stmt]) -> HashSet<Name> {
    let deleted = walk(body).filter_map(|node| match node {
        Syntax::Expr(Expr::Name(name)) if name.ctx == ExprContext::Del => Some(name.id.as_str()),
        Syntax::ExceptHandler(ExceptHandler::ExceptHandler(handler)) => {
            handler.name.as_ref().map(|name| name.id.as_str())
        }
        _ => None,
    });
    deleted.map(Name::from).collect()
}
