//! The walk through expressions, in the order in which Python evaluates them.
//!
//! Two constructs are evaluated in pieces, in different scopes:
//!
//! ```text
//! lambda a=D: B              D here, a and B in the lambda
//! [E for x in I if C …]      I here; x, C, further `for`s and E in the comprehension, in a loop
//! ```

use rustpython_ast::{Arguments, Comprehension, Expr, ExprLambda, ExprNamed, Parameters};
use rustpython_text_size::TextRange;

use super::Builder;
use crate::python::form::operands;
use crate::scope::binding::BindingKind;
use crate::scope::table::ScopeKind;

impl Builder {
    /// Walks an expression that is evaluated here.
    pub(super) fn expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Name(name) => self.use_name(name),
            Expr::Named(walrus) => self.walrus(walrus),
            Expr::Lambda(lambda) => self.lambda(lambda),
            Expr::ListComp(comp) => {
                let kind = ScopeKind::ListComprehension;
                self.comprehension(kind, comp.range, &comp.generators, &[&comp.elt]);
            }
            Expr::SetComp(comp) => {
                let kind = ScopeKind::SetComprehension;
                self.comprehension(kind, comp.range, &comp.generators, &[&comp.elt]);
            }
            Expr::DictComp(comp) => {
                let kind = ScopeKind::DictComprehension;
                self.comprehension(kind, comp.range, &comp.generators, &[&comp.key, &comp.value]);
            }
            Expr::Generator(comp) => {
                let kind = ScopeKind::Generator;
                self.comprehension(kind, comp.range, &comp.generators, &[&comp.elt]);
            }
            Expr::Call(call) => {
                self.expr(&call.func);
                let is_given = call.arguments.args.iter().any(|arg| !arg.is_starred_expr());
                if call.func.is_name_expr() && is_given {
                    self.call_with_arguments();
                }
                self.arguments(&call.arguments);
            }
            Expr::Attribute(attribute) => {
                self.expr(&attribute.value);
                self.identifier(&attribute.attr.id);
            }
            _ => self.exprs(operands(expr).into_iter().map(|operand| operand.expr)),
        }
    }

    /// Walks expressions one after the other.
    pub(super) fn exprs<'a>(&mut self, exprs: impl IntoIterator<Item = &'a Expr>) {
        for expr in exprs {
            self.expr(expr);
        }
    }

    /// Walks an expression that may be missing.
    pub(super) fn optional(&mut self, expr: Option<&Expr>) {
        self.exprs(expr);
    }

    /// Walks the arguments of a call or of a class: the positional ones come first, wherever they
    /// are written.
    pub(super) fn arguments(&mut self, arguments: &Arguments) {
        self.exprs(&arguments.args);
        for keyword in &arguments.keywords {
            if let Some(name) = &keyword.arg {
                self.identifier(&name.id);
            }
            self.expr(&keyword.value);
        }
    }

    /// Walks the defaults of parameters, which are evaluated where the function is made.
    pub(super) fn defaults(&mut self, parameters: &Parameters) {
        for parameter in parameters.iter_non_variadic_params() {
            self.optional(parameter.default.as_deref());
        }
    }

    /// Binds the parameters, at the entry of their function.
    pub(super) fn parameters(&mut self, parameters: &Parameters) {
        for parameter in parameters {
            self.bind_identifier(parameter.name(), BindingKind::Parameter);
        }
    }

    /// Walks a target, and binds its names from left to right. The parts of `a[i]` and `a.b` are
    /// evaluated when their turn comes.
    pub(super) fn target(&mut self, target: &Expr, kind: &BindingKind) {
        match target {
            Expr::Name(name) => {
                self.use_name(name);
                self.bind(&name.id, name.range, kind.clone());
            }
            Expr::Tuple(tuple) => self.targets(&tuple.elts, kind),
            Expr::List(list) => self.targets(&list.elts, kind),
            Expr::Starred(starred) => self.target(&starred.value, kind),
            _ => self.expr(target),
        }
    }

    /// Walks targets from left to right.
    pub(super) fn targets(&mut self, targets: &[Expr], kind: &BindingKind) {
        for target in targets {
            self.target(target, kind);
        }
    }

    fn walrus(&mut self, walrus: &ExprNamed) {
        self.expr(&walrus.value);
        if let Expr::Name(name) = &*walrus.target {
            self.use_name(name);
            self.bind_walrus(name);
        }
    }

    fn lambda(&mut self, lambda: &ExprLambda) {
        if let Some(parameters) = &lambda.parameters {
            self.defaults(parameters);
        }
        self.within(ScopeKind::Lambda, lambda.range, |inner| {
            if let Some(parameters) = &lambda.parameters {
                inner.parameters(parameters);
            }
            inner.expr(&lambda.body);
        });
    }

    fn comprehension(
        &mut self,
        kind: ScopeKind,
        node: TextRange,
        generators: &[Comprehension],
        elements: &[&Expr],
    ) {
        self.optional(generators.first().map(|first| &first.iter));
        self.within(kind, node, |inner| {
            inner.in_loop(|inner| {
                for (index, generator) in generators.iter().enumerate() {
                    if index > 0 {
                        inner.expr(&generator.iter);
                    }
                    inner.target(&generator.target, &BindingKind::For);
                    inner.exprs(&generator.ifs);
                }
                inner.exprs(elements.iter().copied());
            });
        });
    }
}
