//! Operators whose slots can't see what they would have to.

use rustpython_ast::visitor::transformer::Transformer as _;
use rustpython_ast::visitor::{Visitor, walk_expr};
use rustpython_ast::{self as ast, Expr, ExprContext, Stmt};
use rustpython_text_size::{Ranged, TextRange};

use super::Rewriter;
use crate::python::builtins::FrameRead;
use crate::python::form::{binary_op, comparison_op};
use crate::scope::Scopes;
use crate::staging::{hook, syntax};

impl Rewriter<'_> {
    /// `a < b`, `a in b <= c`: operands rewritten already.
    pub(super) fn compare(&self, e: &ast::ExprCompare) -> Option<Expr> {
        let op = |op: &ast::CmpOp| syntax::op(comparison_op(*op), e.range);
        let ([first_op, ops @ ..], [first, rest @ ..]) = (&*e.ops, &*e.comparators) else {
            return None;
        };
        let mut args = vec![op(first_op), (*e.left).clone(), first.clone()];
        if rest.is_empty() {
            return Some(syntax::call(hook::COMPARE, args, e.range));
        }
        if self.in_class.get() || !rest.iter().all(|operand| self.can_wait(operand)) {
            return None;
        }
        for (link, operand) in ops.iter().zip(rest) {
            args.extend([op(link), syntax::thunk(operand.clone(), operand.range())]);
        }
        Some(syntax::call(hook::CHAIN, args, e.range))
    }

    /// `object[key]`, both rewritten already.
    pub(super) fn item(&self, e: &ast::ExprSubscript) -> Expr {
        let args = vec![(*e.value).clone(), key(&e.slice)];
        syntax::call(hook::ITEM, args, e.range)
    }

    /// The callee in `object.method(…)`, the object rewritten already.
    pub(super) fn method(&self, e: &ast::ExprAttribute) -> Option<Expr> {
        // Python mangles the name.
        let private = e.attr.starts_with("__") && !e.attr.ends_with("__");
        let name = syntax::text(&e.attr, e.attr.range);
        let args = vec![(*e.value).clone(), name];
        (!private).then(|| syntax::call(hook::METHOD, args, e.range))
    }

    /// `target += value` as an assignment of what the hook gives. The parts of the target are
    /// evaluated once, in Python's order: its object and key, its value, the right side.
    pub(super) fn augmented(&self, s: &mut ast::StmtAugAssign) -> Option<Stmt> {
        const OBJECT: &str = "__uneval_object__";
        const KEY: &str = "__uneval_key__";
        let range = s.range;
        self.visit_expr(&mut s.value);
        let stored = |id: &str| Box::new(syntax::loaded(id, range));
        let (target, current) = match &mut *s.target {
            Expr::Name(name) => (Expr::Name(name.clone()), syntax::loaded(&name.id, name.range)),
            Expr::Attribute(e) => {
                self.visit_expr(&mut e.value);
                let object = syntax::walrus(OBJECT, (*e.value).clone(), e.range);
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
                let object = syntax::walrus(OBJECT, (*e.value).clone(), e.range);
                let index = syntax::walrus(KEY, key(&e.slice), e.range);
                let current = syntax::call(hook::ITEM, vec![object, index], e.range);
                let target =
                    ast::ExprSubscript { value: stored(OBJECT), slice: stored(KEY), ..e.clone() };
                (Expr::Subscript(target), current)
            }
            _ => return None,
        };
        let op = syntax::op(binary_op(s.op), range);
        let value = syntax::call(hook::AUGMENTED, vec![op, current, (*s.value).clone()], range);
        let value = match &target {
            Expr::Name(name) => self.named(&name.id, value),
            _ => value,
        };
        Some(syntax::assign(target, value, range))
    }

    /// Whether a function of its own may evaluate the operand.
    pub(super) fn can_wait(&self, expr: &Expr) -> bool {
        let mut looker = Waits { scopes: self.site.scopes, can_wait: true };
        looker.visit_expr(expr);
        looker.can_wait
    }

    /// The value of `name = value`, told what it is called.
    pub(super) fn named(&self, name: &str, value: Expr) -> Expr {
        let range = value.range();
        syntax::call(hook::NAMED, vec![syntax::text(name, range), value], range)
    }
}

/// What stands in brackets, slices as objects.
fn key(expr: &Expr) -> Expr {
    let part = |part: &Option<Box<Expr>>, range: TextRange| match part {
        Some(part) => (**part).clone(),
        None => syntax::none(range),
    };
    match expr {
        Expr::Slice(e) => {
            let parts = [&e.lower, &e.upper, &e.step].map(|p| part(p, e.range));
            syntax::call(hook::SLICE, parts.into(), e.range)
        }
        Expr::Tuple(e) => {
            let elts = e.elts.iter().map(key).collect();
            Expr::Tuple(ast::ExprTuple { elts, ..e.clone() })
        }
        other => other.clone(),
    }
}

struct Waits<'s> {
    scopes: &'s Scopes,
    can_wait: bool,
}

impl Waits<'_> {
    /// Whether the name, if it is one that was written there, reads the frame of its function.
    fn reads_frame(&self, name: &ast::ExprName) -> bool {
        let used = self.scopes.use_at(name.range.start()).filter(|used| used.name == name.id);
        let frame = used.and_then(|used| self.scopes.frame_read(used));
        frame.is_some_and(FrameRead::is_of_function)
    }
}

impl<'a> Visitor<'a> for Waits<'_> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Await(_) | Expr::Yield(_) | Expr::YieldFrom(_) | Expr::Named(_) => {
                self.can_wait = false
            }
            Expr::Name(name) if self.reads_frame(name) => self.can_wait = false,
            _ => walk_expr(self, expr),
        }
    }
}
