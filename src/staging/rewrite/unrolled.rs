//! The rewriting of `@unroll` functions: their statements are worked out one by one, so only
//! expressions are rewritten, and among them also the decisions that stay in the program.

use rustpython_ast::visitor::transformer::Transformer as _;
use rustpython_ast::{self as ast, BoolOp, Expr, Stmt};
use rustpython_text_size::{Ranged, TextRange};

use super::parts::PartHoles;
use super::{Rewriter, StagingReport};
use crate::codenode::{Node, lower};
use crate::staging::quote::QuotedBlocks;
use crate::staging::{Branches, Site, Tables, Template, hook, quote};
use crate::syntax::{Syntax, build, walk};

/// Rewrites the body of an `@unroll` function.
pub(crate) fn stage_unrolled(
    site: Site<'_>,
    tables: &mut Tables,
    body: &mut [Stmt],
) -> StagingReport {
    let blocks = QuotedBlocks::of(&site, body);
    let rewriter = Rewriter { blocks, ..Rewriter::new(site, tables) };
    rewriter.keeps_decisions.set(true);
    rewriter.unrolled_block(body);
    rewriter.finish()
}

impl Rewriter<'_> {
    fn unrolled_block(&self, block: &mut [Stmt]) {
        block.iter_mut().for_each(|stmt| self.unrolled(stmt));
    }

    fn unrolled(&self, stmt: &mut Stmt) {
        match stmt {
            Stmt::If(s) => {
                self.visit_expr(&mut s.test);
                self.unrolled_block(&mut s.body);
                for clause in &mut s.elif_else_clauses {
                    clause.test.iter_mut().for_each(|test| self.visit_expr(test));
                    self.unrolled_block(&mut clause.body);
                }
            }
            Stmt::While(s) => {
                self.visit_expr(&mut s.test);
                self.unrolled_block(&mut s.body);
                self.unrolled_block(&mut s.orelse);
            }
            Stmt::For(s) => {
                self.visit_expr(&mut s.target);
                self.visit_expr(&mut s.iter);
                self.unrolled_block(&mut s.body);
                self.unrolled_block(&mut s.orelse);
            }
            Stmt::With(s) if self.quotation(s).is_some() => self.visit_stmt(stmt),
            Stmt::With(s) => {
                s.items.iter_mut().for_each(|item| self.visit_expr(&mut item.context_expr));
                self.unrolled_block(&mut s.body);
            }
            Stmt::Try(s) => {
                self.unrolled_block(&mut s.body);
                for handler in &mut s.handlers {
                    let ast::ExceptHandler::ExceptHandler(handler) = handler;
                    handler.type_.iter_mut().for_each(|class| self.visit_expr(class));
                    self.unrolled_block(&mut handler.body);
                }
                self.unrolled_block(&mut s.orelse);
                self.unrolled_block(&mut s.finalbody);
            }
            Stmt::Match(s) => {
                self.visit_expr(&mut s.subject);
                for case in &mut s.cases {
                    case.guard.iter_mut().for_each(|guard| self.visit_expr(guard));
                    self.unrolled_block(&mut case.body);
                }
            }
            Stmt::Raise(s) => {
                s.exc.iter_mut().for_each(|exc| **exc = self.left(exc));
                s.cause.iter_mut().for_each(|cause| **cause = self.left(cause));
            }
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {
                // It runs as a whole, here and now.
                self.keeps_decisions.set(false);
                self.visit_stmt(stmt);
                self.keeps_decisions.set(true);
            }
            _ => self.visit_stmt(stmt),
        }
    }

    /// The expression as code of the program, the variables of the function in it as they are.
    ///
    /// What is computed with the variables comes before the code that it goes into. So an expression that
    /// does more with them than to read them is left part by part. An f-string takes known values as
    /// text.
    fn left(&self, expr: &Expr) -> Expr {
        let quoted = quote::quote(&self.site, &self.blocks, expr, Branches::Cut);
        let is_formatted = walk(expr).any(|node| matches!(node, Syntax::Expr(Expr::FString(_))));
        if quoted.holes.iter().all(Expr::is_name_expr) && !is_formatted {
            let names = quoted.holes.iter().map(|name| self.rewritten(name)).collect();
            return self.filled_code(quoted.template.code, names, expr.range());
        }
        match expr {
            Expr::Call(_) if quoted.template.code.temporary_id().is_none() => self.left_call(expr),
            _ => self.rewritten(expr),
        }
    }

    fn rewritten(&self, expr: &Expr) -> Expr {
        let mut expr = expr.clone();
        self.visit_expr(&mut expr);
        expr
    }

    /// A call that is left, its parts in their order.
    fn left_call(&self, call: &Expr) -> Expr {
        let mut parts = PartHoles::of(call.range());
        let code = lower(call, self.site.file, self.site.text, &mut parts);
        let parts = parts.found.iter().map(|part| self.left(part)).collect();
        self.filled_code(code, parts, call.range())
    }

    /// The expression that leaves `code` with the values of `holes` in it.
    fn filled_code(&self, code: Node, holes: Vec<Expr>, range: TextRange) -> Expr {
        let number = self.tables.borrow().templates.len();
        self.tables.borrow_mut().templates.push(Template { code, holes: Vec::new() });
        let mut arguments = vec![build::integer(number, range)];
        arguments.extend(holes);
        build::call(hook::CODE, arguments, range)
    }

    /// `a and b` and `a or b`, the operands rewritten already.
    pub(super) fn decision(&self, expr: &Expr) -> Option<Expr> {
        if !self.keeps_decisions.get() || self.in_class.get() {
            return None;
        }
        let wait = |operand: &Expr| build::thunk(operand.clone(), operand.range());
        match expr {
            Expr::BoolOp(e) if e.values.iter().skip(1).all(|operand| self.can_wait(operand)) => {
                let hook = match e.op {
                    BoolOp::And => hook::AND,
                    BoolOp::Or => hook::OR,
                };
                let first = e.values.iter().take(1).cloned();
                let arguments = first.chain(e.values.iter().skip(1).map(wait)).collect();
                Some(build::call(hook, arguments, e.range))
            }
            Expr::If(e) if self.can_wait(&e.body) && self.can_wait(&e.orelse) => {
                let arguments = vec![(*e.test).clone(), wait(&e.body), wait(&e.orelse)];
                Some(build::call(hook::IF, arguments, e.range))
            }
            _ => None,
        }
    }
}
