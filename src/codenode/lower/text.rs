//! Literals, f-strings and t-strings.

use rustpython_ast::{self as ast, Expr, InterpolatedStringElement};
use rustpython_text_size::Ranged;
use rustpython_wtf8::Wtf8Buf;

use super::Lowering;
use crate::codenode::literal::{number, with_surrogates};
use crate::codenode::node::Node;
use crate::codenode::value::Value;
use crate::python::op::Op;
use crate::syntax::unix_lines;

impl Lowering<'_> {
    pub(super) fn f_string(&mut self, e: &ast::ExprFString) -> Node {
        let before = self.replaced;
        let mut parts = Parts::default();
        for part in &e.value {
            match part {
                ast::FStringPart::Literal(literal) => parts.text(&self.string(literal)),
                ast::FStringPart::FString(f) => self.elements(&f.elements, &mut parts),
            }
        }
        let node = Node::new(Op::FSTRING, parts.finish());
        let spelling: Vec<&str> = e.value.iter().map(|part| self.slice(part.range())).collect();
        if self.replaced == before { node.with_spelling(&spelling) } else { node }
    }

    pub(super) fn t_string(&mut self, e: &ast::ExprTString) -> Node {
        let before = self.replaced;
        let mut parts = Parts::default();
        for part in &e.value {
            self.elements(&part.elements, &mut parts);
        }
        let node = Node::new(Op::TSTRING, parts.finish());
        let spelling: Vec<&str> = e.value.iter().map(|part| self.slice(part.range)).collect();
        if self.replaced == before { node.with_spelling(&spelling) } else { node }
    }

    fn elements(&mut self, elements: &ast::InterpolatedStringElements, parts: &mut Parts) {
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(text) => {
                    parts.text(&with_surrogates(&text.value, self.slice(text.range)));
                }
                InterpolatedStringElement::Interpolation(field) => self.field(field, parts),
            }
        }
    }

    /// `{x = }` is the text `x = ` and a field whose conversion is `!r` unless it has a format of
    /// its own, as in CPython's tree.
    fn field(&mut self, field: &ast::InterpolatedElement, parts: &mut Parts) {
        let mut conversion = field.conversion.to_char();
        if let Some(debug) = &field.debug_text {
            let written = self.slice(field.expression.range()).to_owned();
            let text = format!("{}{written}{}", debug.leading, debug.trailing);
            parts.text(&Wtf8Buf::from(unix_lines(&text)));
            if conversion.is_none() && field.format_spec.is_none() {
                conversion = Some('r');
            }
        }
        let value = self.expr(&field.expression);
        let spec = match &field.format_spec {
            Some(spec) => {
                let mut parts = Parts::default();
                self.elements(&spec.elements, &mut parts);
                self.at(spec.range, Node::new(Op::FSTRING, parts.finish()))
            }
            None => Node::empty(),
        };
        let node = Node::new(Op::FIELD, vec![value, spec])
            .with_name(conversion.map(|c| c.to_string().into()));
        parts.field(self.at(field.range, node));
    }

    pub(super) fn literal(&mut self, expr: &Expr) -> Node {
        match expr {
            Expr::StringLiteral(e) => {
                let mut text = Wtf8Buf::new();
                let mut spellings = Vec::new();
                for part in &e.value {
                    text.push_wtf8(&self.string(part));
                    spellings.push(self.slice(part.range));
                }
                Node::value(Value::Str(text.into())).with_spelling(&spellings)
            }
            Expr::BytesLiteral(e) => {
                let bytes: Vec<u8> = e.value.bytes().collect();
                let spellings: Vec<&str> = e.value.iter().map(|p| self.slice(p.range)).collect();
                Node::value(Value::Bytes(bytes.into())).with_spelling(&spellings)
            }
            Expr::NumberLiteral(e) => {
                Node::value(number(&e.value)).with_spelling(&[self.slice(e.range)])
            }
            Expr::BooleanLiteral(e) => Node::value(Value::Bool(e.value)),
            Expr::EllipsisLiteral(_) => Node::value(Value::Ellipsis),
            // The parser makes an escape command only in its notebook mode, which isn't used.
            _ => Node::value(Value::None),
        }
    }

    fn string(&self, literal: &ast::StringLiteral) -> Wtf8Buf {
        if literal.flags.prefix().is_raw() {
            return Wtf8Buf::from(&*literal.value);
        }
        with_surrogates(&literal.value, self.slice(literal.range))
    }
}

/// The parts of an f-string: neighbouring texts are one.
#[derive(Default)]
struct Parts {
    nodes: Vec<Node>,
    pending: Wtf8Buf,
}

impl Parts {
    fn text(&mut self, text: &Wtf8Buf) {
        self.pending.push_wtf8(text);
    }

    fn field(&mut self, node: Node) {
        self.flush();
        self.nodes.push(node);
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let text = std::mem::take(&mut self.pending);
            self.nodes.push(Node::value(Value::Str(text.into())));
        }
    }

    fn finish(mut self) -> Vec<Node> {
        self.flush();
        self.nodes
    }
}
