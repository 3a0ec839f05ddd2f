//! f-strings as calls of hooks: a field is formatted where it stands.
//!
//! `f"a{x!r:>{w}}"` is `__uneval_fstring__(4, __uneval_field__(x, "r", __uneval_fstring__(…)))`,
//! with a hole for each field in template 4.

use rustpython_ast::visitor::transformer::Transformer as _;
use rustpython_ast::{Expr, ExprFString};
use rustpython_text_size::TextRange;

use super::Rewriter;
use super::parts::PartHoles;
use crate::codenode::{Node, Op, TemporaryId, lower};
use crate::staging::{Template, hook};
use crate::syntax::build;

impl Rewriter<'_> {
    pub(super) fn fstring(&self, e: &ExprFString) -> Expr {
        let mut values = PartHoles::of(e.range);
        let code = lower(&Expr::FString(e.clone()), self.site.file, self.site.text, &mut values);
        for value in &mut values.found {
            self.visit_expr(value);
        }
        self.fstring_call(&code, &values.found, e.range)
    }

    /// The hook for an FSTRING whose fields' values are numbered by TEMPORARYs.
    fn fstring_call(&self, code: &Node, values: &[Expr], range: TextRange) -> Expr {
        let mut fields = Vec::new();
        let parts = code.args().iter().map(|part| {
            if part.op() != Op::FIELD {
                return part.clone();
            }
            fields.push(self.field_call(part, values, range));
            Node::temporary(TemporaryId(u32::try_from(fields.len() - 1).unwrap_or(u32::MAX)))
        });
        let code = Node::new(Op::FSTRING, parts.collect());
        let mut tables = self.tables.borrow_mut();
        tables.templates.push(Template { code, holes: Vec::new() });
        let mut args = vec![build::integer(tables.templates.len() - 1, range)];
        args.extend(fields);
        build::call(hook::FSTRING, args, range)
    }

    fn field_call(&self, field: &Node, values: &[Expr], range: TextRange) -> Expr {
        let value = |node: &Node| {
            let number = node.temporary_id().map(|TemporaryId(n)| n as usize);
            number.and_then(|n| values.get(n)).cloned()
        };
        let [operand, spec] = field.args() else { return build::none(range) };
        let range = field.loc().map_or(range, |loc| loc.range);
        let conversion = match field.name() {
            Some(name) => build::text(name, range),
            None => build::none(range),
        };
        let spec = match spec.op() {
            Op::FSTRING => self.fstring_call(spec, values, range),
            _ => build::none(range),
        };
        let operand = value(operand).unwrap_or_else(|| build::none(range));
        build::call(hook::FIELD, vec![operand, conversion, spec], range)
    }
}
