//! The names that statements assign in the scope they stand in.

use std::rc::Rc;

use rustpython_ast::visitor::{Visitor, walk_expr, walk_pattern, walk_stmt};
use rustpython_ast::{Comprehension, ExceptHandler, Expr, ExprContext, Pattern, Stmt};

/// Adds the names that running `block` may assign or delete, each once, in their order.
pub(crate) fn assigned_names(block: &[Stmt], names: &mut Vec<Rc<str>>) {
    let mut assigned = Assigned { names };
    block.iter().for_each(|stmt| assigned.visit_stmt(stmt));
}

/// Adds the names that evaluating `expr` may assign.
pub(crate) fn names_assigned_in(expr: &Expr, names: &mut Vec<Rc<str>>) {
    Assigned { names }.visit_expr(expr);
}

/// Adds the names that matching `pattern` may assign.
pub(crate) fn names_captured_in(pattern: &Pattern, names: &mut Vec<Rc<str>>) {
    Assigned { names }.visit_pattern(pattern);
}

struct Assigned<'a> {
    names: &'a mut Vec<Rc<str>>,
}

impl Assigned<'_> {
    fn add(&mut self, name: &str) {
        if !self.names.iter().any(|known| **known == *name) {
            self.names.push(name.into());
        }
    }
}

impl<'a> Visitor<'a> for Assigned<'_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            // What is assigned in the body belongs to it.
            Stmt::FunctionDef(def) => self.add(&def.name),
            Stmt::ClassDef(class) => self.add(&class.name),
            Stmt::Import(import) => import.names.iter().for_each(|alias| {
                let root = alias.name.split('.').next().unwrap_or_default();
                self.add(alias.asname.as_ref().map_or(root, |name| name));
            }),
            Stmt::ImportFrom(import) => import.names.iter().for_each(|alias| {
                self.add(alias.asname.as_ref().map_or(alias.name.as_str(), |name| name));
            }),
            _ => walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Name(name) if name.ctx != ExprContext::Load => self.add(&name.id),
            Expr::Lambda(_) => {}
            _ => walk_expr(self, expr),
        }
    }

    fn visit_comprehension(&mut self, comprehension: &'a Comprehension) {
        // The target is a name of the comprehension's own.
        self.visit_expr(&comprehension.iter);
        comprehension.ifs.iter().for_each(|condition| self.visit_expr(condition));
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        let ExceptHandler::ExceptHandler(handler) = handler;
        handler.type_.iter().for_each(|class| self.visit_expr(class));
        handler.name.iter().for_each(|name| self.add(name));
        handler.body.iter().for_each(|stmt| self.visit_stmt(stmt));
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        match pattern {
            Pattern::MatchAs(p) => p.name.iter().for_each(|name| self.add(name)),
            Pattern::MatchStar(p) => p.name.iter().for_each(|name| self.add(name)),
            Pattern::MatchMapping(p) => p.rest.iter().for_each(|name| self.add(name)),
            _ => {}
        }
        walk_pattern(self, pattern);
    }
}
