//! What running code may change, as far as it can be told without knowing what came before.

use std::collections::BTreeSet;
use std::rc::Rc;

use rustpython_ast::name::Name;
use rustpython_ast::visitor::{Visitor, walk_stmt};
use rustpython_ast::{Expr, ExprContext, ExprRef, Stmt, StmtRef};

use super::Program;
use super::value::effect;
use crate::python::form::{Operand, expression_op, operands, statement_op, statement_operands};
use crate::python::op::{OpEffect, When};
use crate::scope::{Scopes, assigned_names};

/// What is not as it was when some code has run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Change {
    /// The variables that may have been bound or deleted.
    pub binds: BTreeSet<Name>,
    /// Whether objects may have been changed.
    pub disturbs: bool,
}

impl Change {
    /// Both, one after the other or in turn.
    pub(crate) fn add(&mut self, other: &Change) {
        self.binds.extend(other.binds.iter().cloned());
        self.disturbs |= other.disturbs;
    }
}

/// What is asked to tell what code may change.
#[derive(Clone, Copy)]
pub(super) struct FlowContext<'a> {
    pub scopes: &'a Scopes,
    pub program: &'a dyn Program,
    /// The variables that hold numbers, whatever is added to them.
    pub counters: &'a BTreeSet<Name>,
}

/// What running a block may change.
pub(super) fn of_block(around: FlowContext<'_>, block: &[Stmt]) -> Change {
    let mut names: Vec<Rc<str>> = Vec::new();
    assigned_names(block, &mut names);
    let mut scan = Scan { around, change: Change::default() };
    scan.change.binds.extend(names.iter().map(|name| Name::new(&**name)));
    block.iter().for_each(|stmt| scan.visit_stmt(stmt));
    scan.change
}

/// What evaluating expressions may change.
pub(super) fn of_expressions<'a>(
    around: FlowContext<'_>,
    exprs: impl IntoIterator<Item = &'a Expr>,
) -> Change {
    let mut scan = Scan { around, change: Change::default() };
    for expr in exprs {
        let mut names: Vec<Rc<str>> = Vec::new();
        assigned_names(expr, &mut names);
        scan.change.binds.extend(names.iter().map(|name| Name::new(&**name)));
        scan.visit_expr(expr);
    }
    scan.change
}

struct Scan<'a> {
    around: FlowContext<'a>,
    change: Change,
}

impl<'a> Visitor<'a> for Scan<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        self.change.disturbs |= match statement_op(StmtRef::from(stmt)).effect() {
            OpEffect::Updates => !self.is_counter(stmt),
            effect => effect.changes_objects(),
        };
        let Stmt::FunctionDef(def) = stmt else { return walk_stmt(self, stmt) };
        // A decorator is called.
        self.change.disturbs |= !def.decorator_list.is_empty();
        self.evaluated(&statement_operands(stmt));
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        self.change.disturbs |= match expr {
            Expr::Call(call) => match self.around.program.macro_call(call.range) {
                Some(change) => {
                    self.change.add(&change);
                    false
                }
                None => effect(self.around.scopes, call).changes_objects(),
            },
            Expr::Attribute(e) if e.ctx != ExprContext::Load => true,
            Expr::Subscript(e) if e.ctx != ExprContext::Load => true,
            _ => expression_op(ExprRef::from(expr)).effect().changes_objects(),
        };
        self.evaluated(&operands(expr));
    }
}

impl<'a> Scan<'a> {
    fn evaluated(&mut self, operands: &[Operand<'a>]) {
        let now = operands.iter().filter(|operand| operand.when != When::Later);
        now.for_each(|operand| self.visit_expr(operand.expr));
    }

    /// Whether the statement adds to a variable that holds a number.
    fn is_counter(&self, stmt: &Stmt) -> bool {
        match stmt {
            Stmt::AugAssign(assign) => match &*assign.target {
                Expr::Name(name) => self.around.counters.contains(&name.id),
                _ => false,
            },
            _ => false,
        }
    }
}
