//! What running code may change, as far as it can be told without knowing what came before.

use std::collections::BTreeSet;
use std::rc::Rc;

use rustpython_ast::name::Name;
use rustpython_ast::{Expr, ExprContext, ExprRef, Stmt, StmtRef};

use super::Program;
use super::value::effect;
use crate::python::form::{expression_op, statement_op};
use crate::python::op::OpEffect;
use crate::scope::{Scopes, assigned_names};
use crate::syntax::{Reach, Roots, Syntax, walk};

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

/// What running or evaluating the code may change.
pub(super) fn of_code<'a>(around: FlowContext<'_>, code: impl Roots<'a> + Copy) -> Change {
    let mut names: Vec<Rc<str>> = Vec::new();
    assigned_names(code, &mut names);
    let binds = names.iter().map(|name| Name::new(&**name)).collect();
    let mut change = Change { binds, disturbs: false };
    for node in walk(code).within(Reach::Evaluated) {
        change.disturbs |= match node {
            Syntax::Stmt(stmt) => statement_disturbs(around, stmt),
            Syntax::Expr(Expr::Call(call)) => match around.program.macro_call(call.range) {
                Some(expansion) => {
                    change.add(&expansion);
                    false
                }
                None => effect(around.scopes, call).changes_objects(),
            },
            Syntax::Expr(Expr::Attribute(e)) if e.ctx != ExprContext::Load => true,
            Syntax::Expr(Expr::Subscript(e)) if e.ctx != ExprContext::Load => true,
            Syntax::Expr(expr) => expression_op(ExprRef::from(expr)).effect().changes_objects(),
            _ => false,
        };
    }
    change
}

/// What evaluating expressions one after the other may change.
pub(super) fn of_expressions<'a>(
    around: FlowContext<'_>,
    exprs: impl IntoIterator<Item = &'a Expr>,
) -> Change {
    let mut change = Change::default();
    exprs.into_iter().for_each(|expr| change.add(&of_code(around, expr)));
    change
}

/// Whether a statement itself may change an object.
fn statement_disturbs(around: FlowContext<'_>, stmt: &Stmt) -> bool {
    match (stmt, statement_op(StmtRef::from(stmt)).effect()) {
        // A decorator is called.
        (Stmt::FunctionDef(def), _) if !def.decorator_list.is_empty() => true,
        // Adding to a variable that holds a number changes none.
        (Stmt::AugAssign(assign), OpEffect::Updates) => {
            !matches!(&*assign.target, Expr::Name(name) if around.counters.contains(&name.id))
        }
        (_, effect) => effect == OpEffect::Updates || effect.changes_objects(),
    }
}
