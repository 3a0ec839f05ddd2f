//! From the parser's syntax tree to code trees: this file has expressions, an arm for each form.

mod text;

mod parameters;

mod pattern;

mod statement;

use rustpython_ast::{self as ast, BoolOp, Expr, Stmt};
use rustpython_text_size::{Ranged, TextRange, TextSize};

use super::node::{Loc, Name, Node, Origin, TemporaryId};
use crate::python::form::{binary_op, comparison_op, unary_op};
use crate::python::op::{Naming, Op};
use crate::source::FileId;
use crate::syntax::Layout;

/// What a lowering asks about the code it meets.
pub trait Leaves {
    /// A tree to put in place of `expr`, which is then not looked into.
    fn replace(&mut self, _expr: &Expr) -> Option<Node> {
        None
    }

    /// A tree to put in place of a statement.
    fn replace_statement(&mut self, _stmt: &Stmt) -> Option<Node> {
        None
    }

    /// A tree to put in place of a variable that a statement's word binds: a function's name, say.
    fn replace_name(&mut self, _name: &ast::Identifier) -> Option<Node> {
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

/// The name of a node that is to be named by what is put into a hole: no name of Python's.
pub(crate) fn hole_name(hole: TemporaryId) -> Name {
    format!("{}", hole.0).into()
}

/// The hole that names the node, if one does.
pub(crate) fn naming_hole(node: &Node) -> Option<TemporaryId> {
    let name = node.name().filter(|_| node.op().naming() == Naming::Own)?;
    name.parse().ok().map(TemporaryId)
}

/// The tree of `expr`, which stands in `text`, the text of `file`.
pub(crate) fn lower(expr: &Expr, file: FileId, text: &str, leaves: &mut dyn Leaves) -> Node {
    Lowering::new(file, text, leaves).expr(expr)
}

/// The tree of a body: a BLOCK. It stands in `within`, a part of `text` that reaches from the colon
/// before it to what comes after it; for a module that is all of it.
pub fn lower_body(
    body: &[Stmt],
    file: FileId,
    text: &str,
    layout: &Layout,
    within: TextRange,
    leaves: &mut dyn Leaves,
) -> Node {
    let mut lowering = Lowering::new(file, text, leaves);
    lowering.layout = Some(layout);
    lowering.consumed = within.start();
    lowering.body(body, within.end())
}

/// The tree of one statement, without what is around it.
pub(crate) fn lower_statement(
    stmt: &Stmt,
    file: FileId,
    text: &str,
    layout: &Layout,
    leaves: &mut dyn Leaves,
) -> Node {
    let mut lowering = Lowering::new(file, text, leaves);
    lowering.layout = Some(layout);
    lowering.consumed = stmt.start();
    lowering.statement(stmt, stmt.end())
}

struct Lowering<'a> {
    file: FileId,
    text: &'a str,
    leaves: &'a mut dyn Leaves,
    /// How many expressions were replaced: around one, what the source wrote doesn't hold.
    replaced: usize,
    /// Where the source has comments and literals, if statements are to keep them.
    layout: Option<&'a Layout>,
    /// Up to where comments have been given to statements.
    consumed: TextSize,
}

impl<'a> Lowering<'a> {
    fn new(file: FileId, text: &'a str, leaves: &'a mut dyn Leaves) -> Lowering<'a> {
        Lowering { file, text, leaves, replaced: 0, layout: None, consumed: TextSize::new(0) }
    }
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

    /// The variable that a word of a statement binds.
    fn bound(&mut self, name: &ast::Identifier) -> Node {
        if let Some(hole) = self.leaves.replace_name(name) {
            self.replaced += 1;
            return hole;
        }
        let origin = self.leaves.origin(name.as_str(), name.range);
        self.at(name.range, Node::var(name.as_str(), origin))
    }

    /// The node that is, or binds, the variable `name`.
    fn named(&mut self, name: &ast::Identifier, node: Node, range: TextRange) -> Node {
        let variable = self.bound(name);
        let node = match variable.temporary_id() {
            Some(hole) => node.with_name(Some(hole_name(hole))),
            None => node.with_name(variable.name().cloned()).with_origin(variable.origin()),
        };
        self.at(range, node)
    }
}
