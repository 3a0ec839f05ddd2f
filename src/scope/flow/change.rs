//! What running code may change, as far as it can be told without knowing what came before.

use std::collections::BTreeSet;
use std::rc::Rc;

use rustpython_ast::name::Name;
use rustpython_ast::visitor::{Visitor, walk_expr, walk_stmt};
use rustpython_ast::{Expr, ExprContext, Stmt};

use super::Program;
use super::value::{Callee, callee};
use crate::scope::{Scopes, assigned_names, names_assigned_in};

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
        names_assigned_in(expr, &mut names);
        scan.change.binds.extend(names.iter().map(|name| Name::new(&**name)));
        scan.visit_expr(expr);
    }
    scan.change
}

struct Scan<'a> {
    around: FlowContext<'a>,
    change: Change,
}

impl<'a> Visitor<'a> for Scan<'_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(def) => {
                def.decorator_list.iter().for_each(|d| self.visit_expr(&d.expression));
                self.change.disturbs |= !def.decorator_list.is_empty();
                self.visit_parameters(&def.parameters);
                return;
            }
            Stmt::With(_) | Stmt::Import(_) | Stmt::ImportFrom(_) | Stmt::ClassDef(_) => {
                self.change.disturbs = true;
            }
            Stmt::AugAssign(assign) => {
                let is_counter = match &*assign.target {
                    Expr::Name(name) => self.around.counters.contains(&name.id),
                    _ => false,
                };
                self.change.disturbs |= !is_counter;
            }
            _ => {}
        }
        walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Lambda(lambda) => {
                lambda.parameters.iter().for_each(|p| self.visit_parameters(p));
                return;
            }
            Expr::Await(_) | Expr::Yield(_) | Expr::YieldFrom(_) => self.change.disturbs = true,
            Expr::Attribute(e) if e.ctx != ExprContext::Load => self.change.disturbs = true,
            Expr::Subscript(e) if e.ctx != ExprContext::Load => self.change.disturbs = true,
            Expr::Call(call) => match self.around.program.macro_call(call.range) {
                Some(change) => self.change.add(&change),
                None => {
                    self.change.disturbs |= callee(self.around.scopes, call) == Callee::Unknown;
                }
            },
            _ => {}
        }
        walk_expr(self, expr);
    }
}
