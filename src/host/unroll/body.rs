//! Working out the body of an `@unroll` function, statement by statement.
//!
//! Statements without control flow are run by the interpreter as they are, with the function's
//! variables as globals. Control flow on known values is followed; what depends on a run-time
//! value is left in the program by [`super::control`].

use rustpython_ast::{self as ast, Expr, ModExpression, ModModule, Stmt};
use rustpython_codegen::compile::{self, CompileOpts};
use rustpython_text_size::{Ranged as _, TextRange};
use rustpython_vm::builtins::{PyCode, PyDictRef};
use rustpython_vm::scope::Scope;
use rustpython_vm::{AsObject as _, PyObject, PyObjectRef, PyPayload, PyRef, VirtualMachine};

use super::state::Loop;
use super::{PyUnroll, Unfinished};
use crate::codenode::{Name, Node, TemporaryId};
use crate::host::compilation::{compilable, guarded};
use crate::host::failure::{Failure, Limit};
use crate::host::hooks;
use crate::host::lift::{Taking, lift};
use crate::host::look::holds_run_time;
use crate::host::objects::PyDynamic;
use crate::host::provenance::here;
use crate::host::session;
use crate::host::stop::stop;
use crate::residual::Statement;

/// The most steps that one expansion leaves.
const MOST_STEPS: usize = 100_000;

/// How control leaves a statement.
pub(super) enum Flow {
    Next,
    Return(PyObjectRef),
    Break,
    Continue,
    /// It doesn't come to the next statement: what leaves it is in the program.
    Left,
}

/// One evaluation of a body.
pub(super) struct Evaluation<'a> {
    pub unroll: &'a PyUnroll,
    pub vm: &'a VirtualMachine,
    /// The variables: those of the module, and the function's own.
    pub variables: PyDictRef,
    /// Whether it becomes a function, which may hold statements.
    pub is_function: bool,
    pub loops: Vec<Loop>,
    /// The `try` and `with` blocks around: where each variable's value is kept for whoever comes
    /// after an exception.
    pub guards: Vec<Vec<(Name, TemporaryId)>>,
}

impl<'a> Evaluation<'a> {
    pub fn new(
        unroll: &'a PyUnroll,
        bound: &PyDictRef,
        vm: &'a VirtualMachine,
    ) -> Result<Evaluation<'a>, Unfinished> {
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
            unroll,
            vm,
            variables,
            is_function: false,
            loops: Vec::new(),
            guards: Vec::new(),
        })
    }

    /// Works out the whole body.
    pub fn body(&mut self) -> Result<Flow, Unfinished> {
        let info = self.unroll.info.clone();
        self.block(&info.body)
    }

    pub fn block(&mut self, block: &[Stmt]) -> Result<Flow, Unfinished> {
        for stmt in block {
            match self.statement(stmt)? {
                Flow::Next => {}
                flow => return Ok(flow),
            }
        }
        Ok(Flow::Next)
    }

    fn statement(&mut self, stmt: &Stmt) -> Result<Flow, Unfinished> {
        hooks::tick(self.vm)?;
        if session::with(|s| s.residual.size()) > MOST_STEPS {
            let limit = Limit::Steps { limit: MOST_STEPS as u64, place: here(self.vm) };
            let failure = Failure::Limit(limit);
            return Err(Unfinished::Raised(stop(self.vm, failure)));
        }
        match stmt {
            Stmt::Return(s) => Ok(Flow::Return(match &s.value {
                Some(value) => self.value(value)?,
                None => self.vm.ctx.none(),
            })),
            Stmt::Break(_) => Ok(Flow::Break),
            Stmt::Continue(_) => Ok(Flow::Continue),
            Stmt::Pass(_) => Ok(Flow::Next),
            Stmt::If(s) => self.if_statement(s),
            Stmt::While(s) => self.while_loop(s),
            Stmt::For(s) if !s.is_async => self.for_loop(s),
            Stmt::Try(s) if !s.is_star => self.try_statement(s),
            Stmt::With(s) if !s.is_async => self.with_statement(s),
            Stmt::Raise(s) => self.raise(s),
            Stmt::Assert(s) => {
                let test = self.value(&s.test)?;
                match self.truth(&test)? {
                    Some(true) => Ok(Flow::Next),
                    _ => Err(Unfinished::Plain),
                }
            }
            Stmt::Match(s) => self.match_statement(s),
            Stmt::AnnAssign(s) => self.annotated(s),
            Stmt::Expr(s) => {
                self.value(&s.value)?;
                Ok(Flow::Next)
            }
            Stmt::Assign(_)
            | Stmt::AugAssign(_)
            | Stmt::Delete(_)
            | Stmt::Import(_)
            | Stmt::ImportFrom(_)
            | Stmt::FunctionDef(_)
            | Stmt::ClassDef(_) => self.simple(stmt),
            _ => Err(Unfinished::Plain),
        }
    }

    /// A `match` of a known value: each pattern is tried by the interpreter.
    fn match_statement(&mut self, s: &ast::StmtMatch) -> Result<Flow, Unfinished> {
        const SUBJECT: &str = "__uneval_subject__";
        const MATCHES: &str = "__uneval_matches__";
        let subject = self.value(&s.subject)?;
        if holds_run_time(self.vm, &subject) {
            return Err(Unfinished::Plain);
        }
        for case in &s.cases {
            self.set(SUBJECT, subject.clone())?;
            self.set(MATCHES, self.vm.ctx.new_bool(false).into())?;
            self.run(
                self.compiled(case.pattern.range(), || tried(s, case, SUBJECT, MATCHES).into())?,
            )?;
            let matches = self.variable(MATCHES);
            let mut names = Vec::new();
            crate::scope::assigned_names(&[Stmt::Match(of_case(s, case))], &mut names);
            self.assigned(&names)?;
            if !matches.is_some_and(|m| self.vm.ctx.true_value.is(&m)) {
                continue;
            }
            if let Some(guard) = &case.guard {
                let guard = self.value(guard)?;
                match self.truth(&guard)? {
                    Some(true) => {}
                    Some(false) => continue,
                    None => return Err(Unfinished::Plain),
                }
            }
            return self.block(&case.body);
        }
        Ok(Flow::Next)
    }

    fn annotated(&mut self, s: &ast::StmtAnnAssign) -> Result<Flow, Unfinished> {
        let Some(value) = &s.value else { return Ok(Flow::Next) };
        let assign = Stmt::Assign(ast::StmtAssign {
            node_index: ast::AtomicNodeIndex::NONE,
            range: s.range,
            targets: vec![(*s.target).clone()],
            value: value.clone(),
        });
        self.simple(&assign)
    }

    /// A statement without control flow.
    fn simple(&mut self, stmt: &Stmt) -> Result<Flow, Unfinished> {
        let code = self.compiled(stmt.range(), || {
            ModModule {
                node_index: Default::default(),
                range: stmt.range(),
                body: vec![stmt.clone()],
            }
            .into()
        })?;
        self.run(code)?;
        let mut names = Vec::new();
        crate::scope::assigned_names(std::slice::from_ref(stmt), &mut names);
        self.assigned(&names)?;
        Ok(Flow::Next)
    }

    /// The value of an expression.
    pub fn value(&mut self, expr: &Expr) -> Result<PyObjectRef, Unfinished> {
        let code = self.compiled(expr.range(), || {
            ModExpression {
                node_index: Default::default(),
                range: expr.range(),
                body: Box::new(expr.clone()),
            }
            .into()
        })?;
        self.run(code)
    }

    fn run(&self, code: PyRef<PyCode>) -> Result<PyObjectRef, Unfinished> {
        let scope = Scope::with_builtins(None, self.variables.clone(), self.vm);
        Ok(self.vm.run_code_obj(code, scope)?)
    }

    fn compiled(
        &self,
        range: TextRange,
        module: impl FnOnce() -> ast::Mod,
    ) -> Result<PyRef<PyCode>, Unfinished> {
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
    pub fn truth(&self, value: &PyObject) -> Result<Option<bool>, Unfinished> {
        match value.downcastable::<PyDynamic>() {
            true => Ok(None),
            false => Ok(Some(value.to_owned().try_to_bool(self.vm)?)),
        }
    }

    /// The value as code of the program.
    pub fn lifted(&self, value: &PyObject) -> Result<Node, Unfinished> {
        Ok(lift(self.vm, value, Taking::Refer)?)
    }

    pub fn variable(&self, name: &str) -> Option<PyObjectRef> {
        self.variables.get_item_opt(name, self.vm).ok().flatten()
    }

    pub fn set(&self, name: &str, value: PyObjectRef) -> Result<(), Unfinished> {
        Ok(self.variables.set_item(name, value, self.vm)?)
    }

    pub fn forget(&self, name: &str) -> Result<(), Unfinished> {
        match self.variables.contains_key(name, self.vm) {
            true => Ok(self.variables.del_item(name, self.vm)?),
            false => Ok(()),
        }
    }

    /// After these names were assigned: run-time values are called by them, and the blocks around
    /// that an exception may leave keep what they hold.
    pub fn assigned(&mut self, names: &[Name]) -> Result<(), Unfinished> {
        for name in names {
            let Some(value) = self.variable(name) else { continue };
            if let Some(dynamic) = value.downcast_ref::<PyDynamic>() {
                let id = dynamic.id;
                session::with(|s| s.residual.suggest_name(id, name));
            }
            for guard in &self.guards {
                let Some((_, keeper)) = guard.iter().find(|(kept, _)| kept == name) else {
                    continue;
                };
                let code = self.lifted(&value)?;
                let pair = (*keeper, code);
                session::with(|s| s.residual.add(Statement::Assign(vec![pair])));
            }
        }
        Ok(())
    }
}

/// The match with one case only.
fn of_case(s: &ast::StmtMatch, case: &ast::MatchCase) -> ast::StmtMatch {
    let case = ast::MatchCase { guard: None, body: Vec::new(), ..case.clone() };
    ast::StmtMatch { cases: vec![case], ..s.clone() }
}

/// A module that binds what the pattern of `case` captures, and says whether it matches.
fn tried(s: &ast::StmtMatch, case: &ast::MatchCase, subject: &str, matches: &str) -> ModModule {
    let range = case.pattern.range();
    let node_index = ast::AtomicNodeIndex::NONE;
    let name = |id: &str, ctx| {
        let node_index = ast::AtomicNodeIndex::NONE;
        Expr::Name(ast::ExprName { node_index, range, id: id.into(), ctx })
    };
    let value = Expr::BooleanLiteral(ast::ExprBooleanLiteral {
        node_index: node_index.clone(),
        range,
        value: true,
    });
    let say = Stmt::Assign(ast::StmtAssign {
        node_index,
        range,
        targets: vec![name(matches, ast::ExprContext::Store)],
        value: Box::new(value),
    });
    let mut tried = of_case(s, case);
    tried.cases[0].body = vec![say];
    *tried.subject = name(subject, ast::ExprContext::Load);
    ModModule { node_index: Default::default(), range, body: vec![Stmt::Match(tried)] }
}
