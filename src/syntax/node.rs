//! A node of a syntax tree, and the nodes that it is made of.

use rustpython_ast::visitor::source_order::{
    SourceOrderVisitor, walk_comprehension, walk_except_handler, walk_expr, walk_pattern, walk_stmt,
};
use rustpython_ast::{
    Alias, Arguments, Comprehension, ExceptHandler, Expr, ExprName, ModModule, Parameters, Pattern,
    Stmt, StringLiteral,
};
use rustpython_text_size::{Ranged, TextRange};

/// A node that a walk comes to. What stands between these (decorators, arguments, `elif` clauses,
/// the cases of a `match`, parameters, fields of f-strings) is passed through.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Syntax<'a> {
    Stmt(&'a Stmt),
    Expr(&'a Expr),
    Pattern(&'a Pattern),
    Comprehension(&'a Comprehension),
    ExceptHandler(&'a ExceptHandler),
    Alias(&'a Alias),
    /// A literal part of a string or f-string.
    Text(&'a StringLiteral),
}

impl<'a> Syntax<'a> {
    /// The statement, if it is one.
    pub(crate) fn stmt(self) -> Option<&'a Stmt> {
        if let Syntax::Stmt(stmt) = self { Some(stmt) } else { None }
    }

    /// The expression, if it is one.
    pub(crate) fn expr(self) -> Option<&'a Expr> {
        if let Syntax::Expr(expr) = self { Some(expr) } else { None }
    }

    /// The name, if it is one that stands as an expression.
    pub(crate) fn name(self) -> Option<&'a ExprName> {
        self.expr().and_then(Expr::as_name_expr)
    }

    /// The literal part of a string, if it is one.
    pub(crate) fn text(self) -> Option<&'a StringLiteral> {
        if let Syntax::Text(text) = self { Some(text) } else { None }
    }

    /// Whether it makes the function that runs it a generator.
    pub(crate) fn is_yield(self) -> bool {
        matches!(self, Syntax::Expr(Expr::Yield(_) | Expr::YieldFrom(_)))
    }

    /// Calls `f` with each of the nodes that it is made of, in the order of the source.
    pub(crate) fn children(self, f: impl FnMut(Syntax<'a>)) {
        Children { f, bodies: FunctionBodies::Entered }.of(self);
    }

    /// Calls `f` with those that run when it does: all but the body of a function or lambda.
    pub(crate) fn running_children(self, f: impl FnMut(Syntax<'a>)) {
        Children { f, bodies: FunctionBodies::Left }.of(self);
    }
}

impl Ranged for Syntax<'_> {
    fn range(&self) -> TextRange {
        match self {
            Syntax::Stmt(node) => node.range(),
            Syntax::Expr(node) => node.range(),
            Syntax::Pattern(node) => node.range(),
            Syntax::Comprehension(node) => node.range(),
            Syntax::ExceptHandler(node) => node.range(),
            Syntax::Alias(node) => node.range(),
            Syntax::Text(node) => node.range(),
        }
    }
}

/// What a walk can start from: one node, or several.
pub(crate) trait Roots<'a> {
    /// Adds the nodes, in the order of the source.
    fn add_to(self, nodes: &mut Vec<Syntax<'a>>);
}

impl<'a> Roots<'a> for Syntax<'a> {
    fn add_to(self, nodes: &mut Vec<Syntax<'a>>) {
        nodes.push(self);
    }
}

impl<'a> Roots<'a> for &'a Stmt {
    fn add_to(self, nodes: &mut Vec<Syntax<'a>>) {
        nodes.push(Syntax::Stmt(self));
    }
}

impl<'a> Roots<'a> for &'a Expr {
    fn add_to(self, nodes: &mut Vec<Syntax<'a>>) {
        nodes.push(Syntax::Expr(self));
    }
}

impl<'a> Roots<'a> for &'a Pattern {
    fn add_to(self, nodes: &mut Vec<Syntax<'a>>) {
        nodes.push(Syntax::Pattern(self));
    }
}

impl<'a> Roots<'a> for &'a [Stmt] {
    fn add_to(self, nodes: &mut Vec<Syntax<'a>>) {
        nodes.extend(self.iter().map(Syntax::Stmt));
    }
}

impl<'a, const N: usize> Roots<'a> for &'a [Stmt; N] {
    fn add_to(self, nodes: &mut Vec<Syntax<'a>>) {
        nodes.extend(self.iter().map(Syntax::Stmt));
    }
}

impl<'a> Roots<'a> for &'a Vec<Stmt> {
    fn add_to(self, nodes: &mut Vec<Syntax<'a>>) {
        nodes.extend(self.iter().map(Syntax::Stmt));
    }
}

impl<'a> Roots<'a> for &'a ModModule {
    fn add_to(self, nodes: &mut Vec<Syntax<'a>>) {
        nodes.extend(self.body.iter().map(Syntax::Stmt));
    }
}

impl<'a> Roots<'a> for &'a Arguments {
    fn add_to(self, nodes: &mut Vec<Syntax<'a>>) {
        nodes.extend(self.arguments_source_order().map(|argument| Syntax::Expr(argument.value())));
    }
}

impl<'a> Roots<'a> for &'a Parameters {
    fn add_to(self, nodes: &mut Vec<Syntax<'a>>) {
        Children { f: |node| nodes.push(node), bodies: FunctionBodies::Entered }
            .visit_parameters(self);
    }
}

/// What becomes of the bodies of functions and lambdas.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FunctionBodies {
    Entered,
    Left,
}

/// Stops at the first nodes below one.
struct Children<F> {
    f: F,
    bodies: FunctionBodies,
}

impl<'a, F: FnMut(Syntax<'a>)> Children<F> {
    fn of(&mut self, node: Syntax<'a>) {
        match node {
            Syntax::Expr(Expr::Lambda(lambda)) if self.bodies == FunctionBodies::Left => {
                lambda.parameters.iter().for_each(|parameters| self.visit_parameters(parameters));
            }
            Syntax::Stmt(Stmt::FunctionDef(def)) if self.bodies == FunctionBodies::Left => {
                def.decorator_list.iter().for_each(|decorator| self.visit_decorator(decorator));
                def.type_params.iter().for_each(|params| self.visit_type_params(params));
                self.visit_parameters(&def.parameters);
                def.returns.iter().for_each(|returns| self.visit_annotation(returns));
            }
            Syntax::Stmt(node) => walk_stmt(self, node),
            Syntax::Expr(node) => walk_expr(self, node),
            Syntax::Pattern(node) => walk_pattern(self, node),
            Syntax::Comprehension(node) => walk_comprehension(self, node),
            Syntax::ExceptHandler(node) => walk_except_handler(self, node),
            Syntax::Alias(_) | Syntax::Text(_) => {}
        }
    }
}

impl<'a, F: FnMut(Syntax<'a>)> SourceOrderVisitor<'a> for Children<F> {
    fn visit_stmt(&mut self, node: &'a Stmt) {
        (self.f)(Syntax::Stmt(node));
    }

    fn visit_expr(&mut self, node: &'a Expr) {
        (self.f)(Syntax::Expr(node));
    }

    fn visit_pattern(&mut self, node: &'a Pattern) {
        (self.f)(Syntax::Pattern(node));
    }

    fn visit_comprehension(&mut self, node: &'a Comprehension) {
        (self.f)(Syntax::Comprehension(node));
    }

    fn visit_except_handler(&mut self, node: &'a ExceptHandler) {
        (self.f)(Syntax::ExceptHandler(node));
    }

    fn visit_alias(&mut self, node: &'a Alias) {
        (self.f)(Syntax::Alias(node));
    }

    fn visit_string_literal(&mut self, node: &'a StringLiteral) {
        (self.f)(Syntax::Text(node));
    }
}
