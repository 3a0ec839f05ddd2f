//! Functions, comprehensions and generators, told their source.

use rustpython_ast::visitor::transformer::Transformer as _;
use rustpython_ast::{self as ast, AtomicNodeIndex, Expr};
use rustpython_text_size::{Ranged as _, TextRange};

use super::Rewriter;
use crate::scope::ScopeId;
use crate::staging::closure::{self, ClosureSource};
use crate::staging::hook;
use crate::syntax::build;

/// The parameter of the functions that rewriting makes.
const GIVEN: &str = "__uneval_given__";

impl Rewriter<'_> {
    /// The source of the expression, if it is one that may need it.
    pub(super) fn source_of_expression(&self, expr: &Expr) -> Option<ClosureSource> {
        let is_comprehension = !expr.is_lambda_expr();
        // A comprehension becomes the body of a function.
        closure::of_expression(&self.site, expr)
            .filter(|_| !is_comprehension || self.can_wait(expr))
    }

    /// The source of a function within compile-time code.
    pub(super) fn source_of_function(&self, def: &ast::StmtFunctionDef) -> Option<ClosureSource> {
        let scopes = self.site.scopes;
        let outer = scopes.parent(scopes.scope_of(def.range)?)?;
        let is_inner = outer != ScopeId::MODULE
            && self.site.code.contains_range(scopes.range(outer))
            && !self.in_class.get();
        is_inner.then(|| closure::of_function(&self.site, def)).flatten()
    }

    /// The lambda, comprehension or generator, rewritten already, with its source.
    pub(super) fn with_source(&self, source: ClosureSource, mut expr: Expr) -> Expr {
        let range = expr.range();
        let mut arguments = self.source_arguments(source, range);
        let generators = match &mut expr {
            Expr::Generator(ast::ExprGenerator { generators, .. })
            | Expr::ListComp(ast::ExprListComp { generators, .. })
            | Expr::SetComp(ast::ExprSetComp { generators, .. })
            | Expr::DictComp(ast::ExprDictComp { generators, .. }) => generators,
            _ => {
                arguments.push(expr);
                return build::call(hook::CLOSURE, arguments, range);
            }
        };
        // What it goes through first is marked already, as in any loop.
        if let Some(Expr::Call(marked)) = generators.first_mut().map(|clause| &mut clause.iter)
            && let [iterable] = &mut *marked.arguments.args
        {
            let given = build::loaded(GIVEN, iterable.range());
            arguments.push(std::mem::replace(iterable, given));
        }
        arguments.push(function_of_one(expr, range));
        build::call(hook::COMPREHENSION, arguments, range)
    }

    /// The decorator that tells a function its source.
    pub(super) fn source_decorator(
        &self,
        source: ClosureSource,
        range: TextRange,
    ) -> ast::Decorator {
        let mut arguments = self.source_arguments(source, range);
        arguments.push(build::loaded(GIVEN, range));
        let expression = function_of_one(build::call(hook::CLOSURE, arguments, range), range);
        ast::Decorator { range, node_index: AtomicNodeIndex::NONE, expression }
    }

    /// The number of the source, and what gives the captured variables.
    fn source_arguments(&self, source: ClosureSource, range: TextRange) -> Vec<Expr> {
        let number = self.tables.borrow().closures.len();
        self.tables.borrow_mut().closures.push(source.closure);
        let mut captured = source.captured;
        captured.iter_mut().for_each(|variable| self.visit_expr(variable));
        let captured = build::thunk(build::tuple(captured, range), range);
        vec![build::integer(number, range), captured]
    }
}

/// `lambda given: body`.
fn function_of_one(body: Expr, range: TextRange) -> Expr {
    build::lambda(&[GIVEN], body, range)
}
