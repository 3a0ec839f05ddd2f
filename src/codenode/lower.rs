//! From the parser's syntax tree to code trees, one arm for each form of expression.

use rustpython_ast::{
    self as ast, BoolOp, CmpOp, Expr, InterpolatedStringElement, Operator, Parameters, UnaryOp,
};
use rustpython_text_size::{Ranged, TextRange};
use rustpython_wtf8::Wtf8Buf;

use super::literal::{number, unix_lines, with_plain_lines, with_surrogates};
use super::node::{Loc, Node, Origin};
use super::ops::Op;
use super::value::Value;
use crate::source::FileId;

/// What a lowering asks about the code it meets.
pub trait Leaves {
    /// A tree to put in place of `expr`, which is then not looked into.
    fn replace(&mut self, _expr: &Expr) -> Option<Node> {
        None
    }

    /// Whose `name`, standing at `range`, is.
    fn origin(&mut self, _name: &str, _range: TextRange) -> Origin {
        Origin::Site
    }
}

/// The lowering that takes all code as it stands.
pub struct Plain;

impl Leaves for Plain {}

/// The tree of `expr`, which stands in `text`, the text of `file`.
pub fn lower(expr: &Expr, file: FileId, text: &str, leaves: &mut dyn Leaves) -> Node {
    Lowering { file, text, leaves, replaced: 0 }.expr(expr)
}

/// The tree of a parameter list: a PARAMS node.
pub fn lower_parameters(
    parameters: &Parameters,
    file: FileId,
    text: &str,
    leaves: &mut dyn Leaves,
) -> Node {
    Lowering { file, text, leaves, replaced: 0 }.parameters(parameters)
}

struct Lowering<'a> {
    file: FileId,
    text: &'a str,
    leaves: &'a mut dyn Leaves,
    /// How many expressions were replaced: around one, what the source wrote doesn't hold.
    replaced: usize,
}

impl Lowering<'_> {
    fn at(&self, range: TextRange, node: Node) -> Node {
        node.with_loc(Some(Loc { file: self.file, range }))
    }

    fn slice(&self, range: TextRange) -> &str {
        self.text.get(range.to_std_range()).unwrap_or_default()
    }

    fn expr(&mut self, expr: &Expr) -> Node {
        if let Some(node) = self.leaves.replace(expr) {
            self.replaced += 1;
            return node;
        }
        let node = self.form(expr);
        if node.loc().is_some() { node } else { self.at(expr.range(), node) }
    }

    fn exprs(&mut self, exprs: &[Expr]) -> Vec<Node> {
        exprs.iter().map(|e| self.expr(e)).collect()
    }

    fn optional(&mut self, expr: Option<&Expr>) -> Node {
        expr.map_or_else(Node::empty, |e| self.expr(e))
    }

    fn form(&mut self, expr: &Expr) -> Node {
        match expr {
            Expr::BoolOp(e) => {
                let op = match e.op {
                    BoolOp::And => Op::AND,
                    BoolOp::Or => Op::OR,
                };
                Node::new(op, self.exprs(&e.values))
            }
            Expr::Named(e) => {
                Node::new(Op::WALRUS, vec![self.expr(&e.target), self.expr(&e.value)])
            }
            Expr::BinOp(_) => self.binary_chain(expr),
            Expr::UnaryOp(e) => Node::new(unary_op(e.op), vec![self.expr(&e.operand)]),
            Expr::Lambda(e) => self.lambda(e),
            Expr::If(e) => Node::new(
                Op::IF,
                vec![self.expr(&e.test), self.expr(&e.body), self.expr(&e.orelse)],
            ),
            Expr::Dict(e) => Node::new(Op::DICT, e.items.iter().map(|i| self.item(i)).collect()),
            Expr::Set(e) => Node::new(Op::SET, self.exprs(&e.elts)),
            Expr::ListComp(e) => self.comprehension(Op::LISTCOMP, &e.elt, &e.generators),
            Expr::SetComp(e) => self.comprehension(Op::SETCOMP, &e.elt, &e.generators),
            Expr::Generator(e) => self.comprehension(Op::GENERATOR, &e.elt, &e.generators),
            Expr::DictComp(e) => {
                let pair = Node::new(Op::PAIR, vec![self.expr(&e.key), self.expr(&e.value)]);
                let mut args = vec![pair];
                args.extend(e.generators.iter().map(|g| self.for_clause(g)));
                Node::new(Op::DICTCOMP, args)
            }
            Expr::Await(e) => Node::new(Op::AWAIT, vec![self.expr(&e.value)]),
            Expr::Yield(e) => Node::new(Op::YIELD, vec![self.optional(e.value.as_deref())]),
            Expr::YieldFrom(e) => Node::new(Op::YIELDFROM, vec![self.expr(&e.value)]),
            Expr::Compare(e) => self.compare(e),
            Expr::Call(e) => self.call(e),
            Expr::Attribute(e) => Node::attribute(self.expr(&e.value), e.attr.as_str()),
            Expr::Subscript(e) => {
                Node::new(Op::INDEX, vec![self.expr(&e.value), self.expr(&e.slice)])
            }
            Expr::Starred(e) => Node::new(Op::STAR, vec![self.expr(&e.value)]),
            Expr::Name(e) => {
                let origin = self.leaves.origin(e.id.as_str(), e.range);
                Node::var(e.id.as_str(), origin)
            }
            Expr::List(e) => Node::new(Op::LIST, self.exprs(&e.elts)),
            Expr::Tuple(e) => Node::new(Op::TUPLE, self.exprs(&e.elts)),
            Expr::Slice(e) => Node::new(
                Op::SLICE,
                vec![
                    self.optional(e.lower.as_deref()),
                    self.optional(e.upper.as_deref()),
                    self.optional(e.step.as_deref()),
                ],
            ),
            Expr::FString(e) => self.f_string(e),
            Expr::TString(e) => self.t_string(e),
            Expr::StringLiteral(_)
            | Expr::BytesLiteral(_)
            | Expr::NumberLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::NoneLiteral(_)
            | Expr::EllipsisLiteral(_)
            | Expr::IpyEscapeCommand(_) => self.literal(expr),
        }
    }

    /// `a + b + c …` nests to the left as deep as it is long, so its spine is walked in a loop.
    fn binary_chain(&mut self, expr: &Expr) -> Node {
        let mut spine = Vec::new();
        let mut left = expr;
        let mut node = loop {
            // The caller has asked about `expr` itself.
            if !std::ptr::eq(left, expr)
                && let Some(node) = self.leaves.replace(left)
            {
                self.replaced += 1;
                break node;
            }
            match left {
                Expr::BinOp(e) => {
                    spine.push(e);
                    left = &e.left;
                }
                other => {
                    let node = self.form(other);
                    break if node.loc().is_some() { node } else { self.at(other.range(), node) };
                }
            }
        };
        for e in spine.into_iter().rev() {
            let right = self.expr(&e.right);
            node = self.at(e.range, Node::new(binary_op(e.op), vec![node, right]));
        }
        node
    }

    fn compare(&mut self, e: &ast::ExprCompare) -> Node {
        let left = self.expr(&e.left);
        if let ([op], [right]) = (&*e.ops, &*e.comparators) {
            return Node::new(comparison_op(*op), vec![left, self.expr(right)]);
        }
        let mut args = vec![left];
        for (op, right) in e.ops.iter().zip(&*e.comparators) {
            let link = Node::new(Op::LINK, vec![self.expr(right)])
                .with_name(Some(comparison_op(*op).name().into()));
            args.push(self.at(right.range(), link));
        }
        Node::new(Op::CHAIN, args)
    }

    fn call(&mut self, e: &ast::ExprCall) -> Node {
        let callee = self.expr(&e.func);
        let arguments = self.arguments(&e.arguments);
        Node::call(callee, arguments)
    }

    /// The arguments of a call, in the order they are written in.
    fn arguments(&mut self, arguments: &ast::Arguments) -> Vec<Node> {
        arguments
            .arguments_source_order()
            .map(|argument| match argument {
                ast::ArgOrKeyword::Arg(e) => self.expr(e),
                ast::ArgOrKeyword::Keyword(k) => {
                    let value = self.expr(&k.value);
                    let node = match &k.arg {
                        Some(name) => Node::new(Op::KEYWORD, vec![value])
                            .with_name(Some(name.as_str().into())),
                        None => Node::new(Op::DOUBLESTAR, vec![value]),
                    };
                    self.at(k.range, node)
                }
            })
            .collect()
    }

    fn item(&mut self, item: &ast::DictItem) -> Node {
        let value = self.expr(&item.value);
        match &item.key {
            Some(key) => {
                let key = self.expr(key);
                Node::new(Op::PAIR, vec![key, value])
            }
            None => Node::new(Op::DOUBLESTAR, vec![value]),
        }
    }

    fn comprehension(&mut self, op: Op, elt: &Expr, clauses: &[ast::Comprehension]) -> Node {
        let mut args = vec![self.expr(elt)];
        args.extend(clauses.iter().map(|c| self.for_clause(c)));
        Node::new(op, args)
    }

    fn for_clause(&mut self, clause: &ast::Comprehension) -> Node {
        let mut args = vec![self.expr(&clause.target), self.expr(&clause.iter)];
        args.extend(self.exprs(&clause.ifs));
        let op = if clause.is_async { Op::ASYNCFORCLAUSE } else { Op::FORCLAUSE };
        self.at(clause.range, Node::new(op, args))
    }

    fn lambda(&mut self, e: &ast::ExprLambda) -> Node {
        let parameters = match &e.parameters {
            Some(parameters) => self.parameters(parameters),
            None => Node::new(Op::PARAMS, Vec::new()),
        };
        Node::new(Op::LAMBDA, vec![parameters, self.expr(&e.body)])
    }

    fn parameters(&mut self, p: &Parameters) -> Node {
        let mut args: Vec<Node> = p.posonlyargs.iter().map(|a| self.parameter(a)).collect();
        if !args.is_empty() {
            args.push(Node::new(Op::SLASH, Vec::new()));
        }
        args.extend(p.args.iter().map(|a| self.parameter(a)));
        match &p.vararg {
            Some(vararg) => args.push(self.rest(Op::STARPARAM, vararg)),
            None if !p.kwonlyargs.is_empty() => {
                args.push(Node::new(Op::STARPARAM, vec![Node::empty()]));
            }
            None => {}
        }
        args.extend(p.kwonlyargs.iter().map(|a| self.parameter(a)));
        if let Some(kwarg) = &p.kwarg {
            args.push(self.rest(Op::DOUBLESTARPARAM, kwarg));
        }
        self.at(p.range, Node::new(Op::PARAMS, args))
    }

    fn parameter(&mut self, p: &ast::ParameterWithDefault) -> Node {
        let annotation = self.optional(p.parameter.annotation.as_deref());
        let default = self.optional(p.default.as_deref());
        self.named_parameter(Op::PARAM, &p.parameter, vec![annotation, default])
    }

    fn rest(&mut self, op: Op, p: &ast::Parameter) -> Node {
        let annotation = self.optional(p.annotation.as_deref());
        self.named_parameter(op, p, vec![annotation])
    }

    fn named_parameter(&mut self, op: Op, p: &ast::Parameter, args: Vec<Node>) -> Node {
        let origin = self.leaves.origin(p.name.as_str(), p.name.range);
        let node = Node::new(op, args).with_name(Some(p.name.as_str().into())).with_origin(origin);
        self.at(p.range, node)
    }

    fn f_string(&mut self, e: &ast::ExprFString) -> Node {
        let before = self.replaced;
        let mut parts = Parts::default();
        let mut spellings = Vec::new();
        for part in &e.value {
            spellings.push(self.slice(part.range()).to_owned());
            match part {
                ast::FStringPart::Literal(literal) => parts.text(&self.string(literal)),
                ast::FStringPart::FString(f) => self.elements(&f.elements, &mut parts),
            }
        }
        let node = Node::new(Op::FSTRING, parts.finish());
        if self.replaced == before { node.with_spelling(&spellings.join(" ")) } else { node }
    }

    fn t_string(&mut self, e: &ast::ExprTString) -> Node {
        let before = self.replaced;
        let mut parts = Parts::default();
        let mut spellings = Vec::new();
        for part in &e.value {
            spellings.push(self.slice(part.range).to_owned());
            self.elements(&part.elements, &mut parts);
        }
        let node = Node::new(Op::TSTRING, parts.finish());
        if self.replaced == before { node.with_spelling(&spellings.join(" ")) } else { node }
    }

    fn elements(&mut self, elements: &ast::InterpolatedStringElements, parts: &mut Parts) {
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(text) => {
                    let written = self.slice(text.range);
                    let value = match written.contains('\r') {
                        true => unix_lines(&text.value),
                        false => text.value.to_string(),
                    };
                    parts.text(&with_surrogates(&value, written));
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

    fn literal(&mut self, expr: &Expr) -> Node {
        match expr {
            Expr::StringLiteral(e) => {
                let mut text = Wtf8Buf::new();
                let mut spellings = Vec::new();
                for part in &e.value {
                    text.push_wtf8(&self.string(part));
                    spellings.push(self.slice(part.range));
                }
                Node::value(Value::Str(text.into())).with_spelling(&spellings.join(" "))
            }
            Expr::BytesLiteral(e) => {
                let written = self.slice(e.range);
                let bytes: Vec<u8> = match with_plain_lines(written) {
                    Some(Expr::BytesLiteral(plain)) => plain.value.bytes().collect(),
                    _ => e.value.bytes().collect(),
                };
                let spellings: Vec<&str> = e.value.iter().map(|p| self.slice(p.range)).collect();
                Node::value(Value::Bytes(bytes.into())).with_spelling(&spellings.join(" "))
            }
            Expr::NumberLiteral(e) => {
                Node::value(number(&e.value)).with_spelling(self.slice(e.range))
            }
            Expr::BooleanLiteral(e) => Node::value(Value::Bool(e.value)),
            Expr::EllipsisLiteral(_) => Node::value(Value::Ellipsis),
            // The parser makes an escape command only in its notebook mode, which isn't used.
            _ => Node::value(Value::None),
        }
    }

    fn string(&self, literal: &ast::StringLiteral) -> Wtf8Buf {
        if literal.flags.prefix().is_raw() {
            return Wtf8Buf::from(unix_lines(&literal.value));
        }
        if let Some(Expr::StringLiteral(plain)) = with_plain_lines(self.slice(literal.range)) {
            return Wtf8Buf::from(plain.value.to_str());
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

/// The op of a binary operator.
pub fn binary_op(op: Operator) -> Op {
    match op {
        Operator::Add => Op::PLUS,
        Operator::Sub => Op::MINUS,
        Operator::Mult => Op::MULTIPLY,
        Operator::MatMult => Op::MATMUL,
        Operator::Div => Op::DIVIDE,
        Operator::Mod => Op::MOD,
        Operator::Pow => Op::EXP,
        Operator::LShift => Op::LSHIFT,
        Operator::RShift => Op::RSHIFT,
        Operator::BitOr => Op::BITOR,
        Operator::BitXor => Op::BITXOR,
        Operator::BitAnd => Op::BITAND,
        Operator::FloorDiv => Op::FLOORDIV,
    }
}

fn unary_op(op: UnaryOp) -> Op {
    match op {
        UnaryOp::Invert => Op::INVERT,
        UnaryOp::Not => Op::NOT,
        UnaryOp::UAdd => Op::POS,
        UnaryOp::USub => Op::NEG,
    }
}

/// The op of a comparison.
pub fn comparison_op(op: CmpOp) -> Op {
    match op {
        CmpOp::Eq => Op::EQ,
        CmpOp::NotEq => Op::NE,
        CmpOp::Lt => Op::LT,
        CmpOp::LtE => Op::LE,
        CmpOp::Gt => Op::GT,
        CmpOp::GtE => Op::GE,
        CmpOp::Is => Op::IS,
        CmpOp::IsNot => Op::ISNOT,
        CmpOp::In => Op::IN,
        CmpOp::NotIn => Op::NOTIN,
    }
}
