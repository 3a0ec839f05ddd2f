//! Expressions: which parentheses they need, and how each form is laid out.

use std::collections::HashSet;

use pretty::RcDoc;

use super::literal;
use super::printer::{
    INDENT, LINE_IN_LITERAL, Printer, TrailingComma, bracketed, chain, link_symbol, literal_text,
    parenthesised, parenthesised_if_broken, text,
};
use super::{Doc, Style, Surrounding};
use crate::codenode::{Name, Node, Op, Precedence, Shape};

impl Printer<'_> {
    /// The text of a whole tree. The text before and after it on its lines takes part in the
    /// layout as so many blanks, which are cut off again.
    pub(super) fn root(&self, node: &Node, style: Style<'_>) -> String {
        // An assignment expression is never bare where a statement could stand.
        let needs_parentheses = precedence(node) < style.precedence || node.op() == Op::WALRUS;
        let form = self.form(node);
        let doc = match style.surrounding {
            Surrounding::OneLine if needs_parentheses => text("(").append(form).append(")"),
            Surrounding::Open | Surrounding::Bracketed if needs_parentheses => parenthesised(form),
            Surrounding::Open if !has_brackets(node) => parenthesised_if_broken(form),
            Surrounding::Bracketed if !has_brackets(node) => form.nest(INDENT),
            _ => form,
        };
        let indent = style.indentation.chars().count();
        let column = style.column.saturating_sub(indent);
        let after = "x".repeat(style.trailing);
        let doc = text(" ".repeat(column)).append(doc).append(text(after));
        let width = match style.surrounding {
            Surrounding::OneLine => usize::MAX / 4,
            _ => style.width.saturating_sub(indent),
        };
        let mut out = String::new();
        // Writing to a String can't fail.
        let _ = doc.render_fmt(width, &mut out);
        let out = out[column..out.len() - style.trailing].to_owned();
        let line = format!("{}{}", style.newline, style.indentation);
        out.replace('\n', &line).replace(LINE_IN_LITERAL, "\n")
    }

    /// `node` where nothing looser than `least` may stand bare.
    pub(super) fn at(&self, node: &Node, least: Precedence) -> Doc {
        if let Some(name) = node.variable() {
            return text(name.to_string());
        }
        let form = self.form(node);
        if precedence(node) < least { parenthesised(form) } else { form }
    }

    /// `node` on one line.
    pub(super) fn one_line(&self, node: &Node, least: Precedence) -> String {
        let mut out = String::new();
        let _ = self.at(node, least).group().render_fmt(usize::MAX / 4, &mut out);
        out.replace(LINE_IN_LITERAL, "\n")
    }

    /// `node` written out, without parentheses around it.
    pub(super) fn form(&self, node: &Node) -> Doc {
        match node.op().shape() {
            Shape::Binary(_, level) => self.binary(node, level),
            Shape::Unary(symbol, level) => {
                let gap = if symbol == "not" { " " } else { "" };
                text(symbol).append(gap).append(self.at(&node.args()[0], level))
            }
            Shape::Comparison(symbol) => {
                let (left, right) = (&node.args()[0], &node.args()[1]);
                self.comparison(left, std::iter::once((symbol, right)))
            }
            Shape::Bool(symbol, level) => {
                // A nested `and` in an `and` was written with parentheses: it isn't one chain.
                let mut operands = node.args().iter().map(|arg| self.at(arg, level.tighter()));
                let first = operands.next().unwrap_or_else(RcDoc::nil);
                chain(first, operands.map(|operand| (symbol, operand)))
            }
            Shape::Form(_) => self.special(node),
            Shape::Statement => self.statement(node),
            Shape::Part => self.part(node),
        }
    }

    fn statement(&self, node: &Node) -> Doc {
        let args = node.args();
        match node.op() {
            Op::DELETE => text("del ").append(self.at(&args[0], Precedence::Lambda)),
            Op::AUGASSIGN => {
                let operator = node.name().and_then(|name| Op::from_name(name)).map(Op::shape);
                let symbol = match operator {
                    Some(Shape::Binary(symbol, _)) => symbol,
                    // Its name is checked when it is made.
                    _ => "",
                };
                let target = self.at(&args[0], Precedence::Lambda);
                target.append(format!(" {symbol}= ")).append(self.at(&args[1], Precedence::Yield))
            }
            _ => {
                let target = self.at(&args[0], Precedence::Lambda);
                target.append(" = ").append(self.at(&args[1], Precedence::Yield))
            }
        }
    }

    /// `a + b - c` is one chain; its spine may be as deep as the expression is long.
    fn binary(&self, node: &Node, level: Precedence) -> Doc {
        if level == Precedence::Power {
            let left = self.at(&node.args()[0], Precedence::Await);
            let right = self.at(&node.args()[1], Precedence::Unary);
            return chain(left, std::iter::once(("**", right)));
        }
        let mut links = Vec::new();
        let mut spine = node;
        let first = loop {
            match spine.op().shape() {
                Shape::Binary(symbol, own)
                    if own == level && !self.stands_for_variable(spine, node) =>
                {
                    links.push((symbol, self.at(&spine.args()[1], level.tighter())));
                    spine = &spine.args()[0];
                }
                _ => break self.at(spine, level),
            }
        };
        chain(first, links.into_iter().rev())
    }

    /// Whether a node of the spine under `root` is printed as its name.
    fn stands_for_variable(&self, node: &Node, root: &Node) -> bool {
        !node.is(root) && node.variable().is_some()
    }

    fn comparison<'n>(
        &self,
        left: &Node,
        links: impl Iterator<Item = (&'static str, &'n Node)>,
    ) -> Doc {
        let level = Precedence::Comparison.tighter();
        chain(self.at(left, level), links.map(|(symbol, right)| (symbol, self.at(right, level))))
    }

    fn special(&self, node: &Node) -> Doc {
        let args = node.args();
        match node.op() {
            Op::VALUE => self.literal(node),
            Op::VAR => text(node.name().map(ToString::to_string).unwrap_or_default()),
            Op::CHAIN => {
                self.comparison(&args[0], args[1..].iter().map(|a| (link_symbol(a), &a.args()[0])))
            }
            Op::IF => self
                .at(&args[1], Precedence::Or)
                .append(RcDoc::line())
                .append("if ")
                .append(self.at(&args[0], Precedence::Or))
                .append(RcDoc::line())
                .append("else ")
                .append(self.at(&args[2], Precedence::Lambda))
                .group(),
            Op::ATTR => self.attribute(&args[0], args[1].text().unwrap_or_default()),
            Op::INDEX => self.at(&args[0], Precedence::Primary).append(self.index(&args[1])),
            Op::CALL => self.call(node),
            Op::LAMBDA => {
                let parameters = self.parameters(&args[0]);
                let gap = if args[0].args().is_empty() { "" } else { " " };
                text("lambda")
                    .append(gap)
                    .append(parameters)
                    .append(": ")
                    .append(self.at(&args[1], Precedence::Lambda))
            }
            Op::FSTRING => literal_text(&self.interpolated(node, "f")),
            Op::TSTRING => literal_text(&self.interpolated(node, "t")),
            Op::WALRUS => self
                .at(&args[0], Precedence::Atom)
                .append(" := ")
                .append(self.at(&args[1], Precedence::Lambda)),
            Op::AWAIT => text("await ").append(self.at(&args[0], Precedence::Primary)),
            Op::YIELD if args[0].op() == Op::EMPTY => text("yield"),
            Op::YIELD => text("yield ").append(self.at(&args[0], Precedence::Lambda)),
            Op::YIELDFROM => text("yield from ").append(self.at(&args[0], Precedence::Lambda)),
            _ => self.display(node),
        }
    }

    fn attribute(&self, object: &Node, attribute: &str) -> Doc {
        let doc = self.at(object, Precedence::Primary);
        // `1.real` would be read as a float and a name.
        let is_number = object.variable().is_none()
            && matches!(object.constant(), Some(crate::codenode::Value::Int(_)))
            && precedence(object) == Precedence::Atom;
        let doc = if is_number { text("(").append(doc).append(")") } else { doc };
        doc.append(".").append(attribute.to_owned())
    }

    fn call(&self, node: &Node) -> Doc {
        let args = node.args();
        let callee = self.at(&args[0], Precedence::Primary);
        if let [argument] = &args[1..]
            && argument.op() == Op::GENERATOR
            && argument.variable().is_none()
        {
            // A generator alone needs no parentheses of its own.
            return callee.append(self.form(argument));
        }
        let items = args[1..].iter().map(|a| self.argument(a)).collect();
        callee.append(bracketed("(", items, ")", TrailingComma::WhenBroken))
    }

    /// A call's argument, or an element of a display.
    pub(super) fn argument(&self, node: &Node) -> Doc {
        if node.op() == Op::WALRUS && node.variable().is_none() {
            return parenthesised(self.form(node));
        }
        self.at(node, Precedence::Lambda)
    }

    pub(super) fn literal(&self, node: &Node) -> Doc {
        literal_text(&literal::print(self, node))
    }
}

/// How tightly `node` binds as it will be printed.
pub(super) fn precedence(node: &Node) -> Precedence {
    match node.op().shape() {
        Shape::Binary(_, level) | Shape::Unary(_, level) | Shape::Bool(_, level) => level,
        Shape::Comparison(_) => Precedence::Comparison,
        Shape::Form(_) if literal::is_negative(node) => Precedence::Unary,
        Shape::Form(level) => level,
        Shape::Statement | Shape::Part => Precedence::Atom,
    }
}

/// Whether the form has brackets of its own in which lines can be broken.
fn has_brackets(node: &Node) -> bool {
    match node.op() {
        Op::ATTR | Op::AWAIT => false,
        op => matches!(op.shape(), Shape::Form(Precedence::Atom | Precedence::Primary)),
    }
}

/// The named nodes below the root, each once, those that others need first.
pub fn named_definitions(root: &Node) -> Vec<(Name, Node)> {
    fn visit(node: &Node, seen: &mut HashSet<Name>, out: &mut Vec<(Name, Node)>) {
        for arg in node.args() {
            if arg.variable().is_some_and(|name| seen.contains(name)) {
                continue;
            }
            visit(arg, seen, out);
            if let Some(name) = arg.variable()
                && seen.insert(name.clone())
            {
                out.push((name.clone(), arg.clone()));
            }
        }
    }
    let mut out = Vec::new();
    visit(root, &mut HashSet::new(), &mut out);
    out
}
