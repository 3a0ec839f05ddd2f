//! Operators whose slots can't see what they would have to.

use rustpython_ast::visitor::transformer::Transformer as _;
use rustpython_ast::{self as ast, Expr, ExprContext, Stmt};
use rustpython_text_size::{Ranged, TextRange};

use super::Rewriter;
use crate::python::builtins::FrameRead;
use crate::python::form::{binary_op, comparison_op, expression_op};
use crate::scope::Scopes;
use crate::staging::{form, hook};
use crate::syntax::{Syntax, build, walk};

impl Rewriter<'_> {
    /// `a < b`, `a in b <= c`: operands rewritten already.
    pub(super) fn compare(&self, e: &ast::ExprCompare) -> Option<Expr> {
        let op = |op: &ast::CmpOp| form::op(comparison_op(*op), e.range);
        let ([first_op, ops @ ..], [first, rest @ ..]) = (&*e.ops, &*e.comparators) else {
            return None;
        };
        let mut args = vec![op(first_op), (*e.left).clone(), first.clone()];
        if rest.is_empty() {
            return Some(build::call(hook::COMPARE, args, e.range));
        }
        if self.in_class.get() || !rest.iter().all(|operand| self.can_wait(operand)) {
            return None;
        }
        for (link, operand) in ops.iter().zip(rest) {
            args.extend([op(link), build::thunk(operand.clone(), operand.range())]);
        }
        Some(build::call(hook::CHAIN, args, e.range))
    }

    /// `object[key]`, both rewritten already.
    pub(super) fn item(&self, e: &ast::ExprSubscript) -> Expr {
        let args = vec![(*e.value).clone(), key(&e.slice)];
        build::call(hook::ITEM, args, e.range)
    }

    /// The callee in `object.method(…)`, the object rewritten already.
    pub(super) fn method(&self, e: &ast::ExprAttribute) -> Option<Expr> {
        // Python mangles the name.
        let private = e.attr.starts_with("__") && !e.attr.ends_with("__");
        let name = build::text(&e.attr, e.attr.range);
        let args = vec![(*e.value).clone(), name];
        (!private).then(|| build::call(hook::METHOD, args, e.range))
    }

    /// `target += value` as an assignment of what the hook gives. The parts of the target are
    /// evaluated once, in Python's order: its object and key, its value, the right side.
    pub(super) fn augmented(&self, s: &mut ast::StmtAugAssign) -> Option<Stmt> {
        const OBJECT: &str = "__uneval_object__";
        const KEY: &str = "__uneval_key__";
        let range = s.range;
        self.visit_expr(&mut s.value);
        let stored = |id: &str| Box::new(build::loaded(id, range));
        let (target, current) = match &mut *s.target {
            Expr::Name(name) => (Expr::Name(name.clone()), build::loaded(&name.id, name.range)),
            Expr::Attribute(e) => {
                self.visit_expr(&mut e.value);
                let object = build::walrus(OBJECT, (*e.value).clone(), e.range);
                let current = ast::ExprAttribute {
                    value: Box::new(object),
                    ctx: ExprContext::Load,
                    ..e.clone()
                };
                let target = ast::ExprAttribute { value: stored(OBJECT), ..e.clone() };
                (Expr::Attribute(target), Expr::Attribute(current))
            }
            Expr::Subscript(e) => {
                self.visit_expr(&mut e.value);
                self.visit_expr(&mut e.slice);
                let object = build::walrus(OBJECT, (*e.value).clone(), e.range);
                let index = build::walrus(KEY, key(&e.slice), e.range);
                let current = build::call(hook::ITEM, vec![object, index], e.range);
                let target =
                    ast::ExprSubscript { value: stored(OBJECT), slice: stored(KEY), ..e.clone() };
                (Expr::Subscript(target), current)
            }
            _ => return None,
        };
        let op = form::op(binary_op(s.op), range);
        let value = build::call(hook::AUGMENTED, vec![op, current, (*s.value).clone()], range);
        let value = match &target {
            Expr::Name(name) => self.named(&name.id, value),
            _ => value,
        };
        Some(build::assign(target, value, range))
    }

    /// Whether a function of its own may evaluate the operand.
    pub(super) fn can_wait(&self, expr: &Expr) -> bool {
        !walk(expr).filter_map(Syntax::expr).any(|expr| match expr {
            Expr::Named(_) => true,
            Expr::Name(name) => reads_frame(self.site.scopes, name),
            other => expression_op(other.into()).effect().suspension().is_some(),
        })
    }

    /// The value of `name = value`, told what it is called.
    pub(super) fn named(&self, name: &str, value: Expr) -> Expr {
        let range = value.range();
        build::call(hook::NAMED, vec![build::text(name, range), value], range)
    }
}

/// What stands in brackets, slices as objects.
fn key(expr: &Expr) -> Expr {
    let part = |part: &Option<Box<Expr>>, range: TextRange| match part {
        Some(part) => (**part).clone(),
        None => build::none(range),
    };
    match expr {
        Expr::Slice(e) => {
            let parts = [&e.lower, &e.upper, &e.step].map(|p| part(p, e.range));
            build::call(hook::SLICE, parts.into(), e.range)
        }
        Expr::Tuple(e) => {
            let elts = e.elts.iter().map(key).collect();
            Expr::Tuple(ast::ExprTuple { elts, ..e.clone() })
        }
        other => other.clone(),
    }
}

/// Whether the name, if it is one that was written there, reads the frame of its function.
fn reads_frame(scopes: &Scopes, name: &ast::ExprName) -> bool {
    let used = scopes.use_at(name.range.start()).filter(|used| used.name == name.id);
    let frame = used.and_then(|used| scopes.frame_read(used));
    frame.is_some_and(FrameRead::is_of_function)
}
