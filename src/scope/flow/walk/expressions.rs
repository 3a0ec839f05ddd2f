//! The walk through expressions, in the order in which Python evaluates them: what they bind and
//! change, and what their values are like.

use rustpython_ast::{
    Arguments, CmpOp, Comprehension, Expr, ExprCall, ExprContext, FStringPart,
    InterpolatedStringElement, UnaryOp,
};
use rustpython_text_size::Ranged as _;

use super::FlowWalk;
use crate::scope::flow::change::{Change, of_expressions};
use crate::scope::flow::value::{AbstractValue, Callee, callee, is_of_mathematics};
use crate::scope::{Place, ScopeId};

/// A list, set or dict that is made.
const CONTAINER: AbstractValue = AbstractValue { container: true, ..AbstractValue::NEW };

impl FlowWalk<'_> {
    /// Evaluates an expression.
    pub(super) fn evaluate(&mut self, expr: &Expr) -> AbstractValue {
        if self.around.program.wanted() == Some(expr.range()) {
            self.note(expr.range());
        }
        match expr {
            Expr::Name(name) if name.ctx == ExprContext::Load => self.read(expr),
            Expr::Named(e) => {
                let value = self.evaluate(&e.value);
                self.assign(&[&e.target], &e.value, value);
                AbstractValue { refused: true, ..value }
            }
            Expr::BoolOp(e) => {
                let mut values = e.values.iter();
                let first =
                    values.next().map_or(AbstractValue::CONSTANT, |first| self.evaluate(first));
                let rest: Vec<&Expr> = values.collect();
                self.maybe(&rest).into_iter().fold(first, AbstractValue::and).operated()
            }
            Expr::If(e) => {
                let test = self.evaluate(&e.test).operated();
                let ways = self.maybe(&[&e.body, &e.orelse]);
                let value = ways.into_iter().fold(AbstractValue::CONSTANT, AbstractValue::and);
                AbstractValue { immutable: value.immutable, ..value.and(test) }
            }
            Expr::BinOp(e) => {
                let left = self.evaluate(&e.left);
                left.and(self.evaluate(&e.right)).operated()
            }
            Expr::UnaryOp(e) => {
                let operand = self.evaluate(&e.operand);
                if e.op == UnaryOp::Not { operand.to_immutable() } else { operand.operated() }
            }
            Expr::Compare(e) => {
                let left = self.evaluate(&e.left);
                let mut operands = e.comparators.iter();
                let left = operands.next().map_or(left, |right| left.and(self.evaluate(right)));
                // The others are come to if what is before them holds.
                let operands: Vec<&Expr> = operands.collect();
                let operands = self.maybe(&operands).into_iter().fold(left, AbstractValue::and);
                match e.ops.iter().all(|op| matches!(op, CmpOp::Is | CmpOp::IsNot)) {
                    true => AbstractValue { immutable: true, ..operands },
                    // What comes of it isn't the object.
                    false => AbstractValue { once: operands.once, ..operands.operated() },
                }
            }
            Expr::Call(call) => self.call(call),
            Expr::Attribute(e) => {
                let object = self.evaluate(&e.value);
                match is_of_mathematics(self.around.scopes, &e.value) {
                    true => AbstractValue::CONSTANT,
                    false => AbstractValue { immutable: false, shaky: true, ..object },
                }
            }
            Expr::Subscript(e) => {
                let object = self.evaluate(&e.value);
                let value = object.and(self.evaluate(&e.slice)).operated();
                // A slice of a list is another list, an item an object of its own.
                let copies = e.slice.is_slice_expr() && !object.immutable;
                AbstractValue { once: object.once || copies, container: false, ..value }
            }
            Expr::Tuple(e) => AbstractValue { container: false, ..self.all(&e.elts) },
            Expr::List(e) => self.all(&e.elts).and(CONTAINER),
            Expr::Set(e) => self.all(&e.elts).and(CONTAINER),
            Expr::Slice(e) => {
                self.all([&e.lower, &e.upper, &e.step].into_iter().flatten().map(|part| &**part))
            }
            Expr::Starred(e) => {
                let value = self.evaluate(&e.value).operated();
                // It may use up an iterator.
                AbstractValue { once: value.once || !value.immutable, ..value }
            }
            _ => self.other(expr),
        }
    }

    fn other(&mut self, expr: &Expr) -> AbstractValue {
        match expr {
            Expr::Dict(e) => {
                let mut value = CONTAINER;
                for item in &e.items {
                    value = item.key.iter().fold(value, |value, key| value.and(self.evaluate(key)));
                    value = value.and(self.evaluate(&item.value));
                }
                value
            }
            Expr::ListComp(e) => self.comprehension(&e.generators, &[&e.elt]),
            Expr::SetComp(e) => self.comprehension(&e.generators, &[&e.elt]),
            Expr::DictComp(e) => self.comprehension(&e.generators, &[&e.key, &e.value]),
            Expr::Generator(e) => {
                self.all(e.generators.first().map(|first| &first.iter));
                // It runs when it is used, most likely at once.
                let parts = e.generators.iter().flat_map(|g| g.ifs.iter().chain([&g.iter]));
                let change = of_expressions(self.around, parts.chain([&*e.elt]));
                self.apply(&change);
                AbstractValue { refused: true, ..AbstractValue::NEW }
            }
            Expr::Lambda(e) => {
                let parameters = e.parameters.iter().flat_map(|p| p.iter_non_variadic_params());
                let value = self.all(parameters.filter_map(|p| p.default()));
                AbstractValue { immutable: false, once: true, ..value }
            }
            Expr::Await(e) => self.suspended(Some(&e.value)),
            Expr::YieldFrom(e) => self.suspended(Some(&e.value)),
            Expr::Yield(e) => self.suspended(e.value.as_deref()),
            Expr::FString(e) => {
                let interpolated = |part: &FStringPart| match part {
                    FStringPart::FString(part) => self.interpolated(&part.elements),
                    FStringPart::Literal(_) => AbstractValue::CONSTANT,
                };
                let parts = e.value.iter().map(interpolated);
                parts.fold(AbstractValue::CONSTANT, AbstractValue::and).to_immutable()
            }
            Expr::TString(e) => {
                for part in &e.value {
                    self.interpolated(&part.elements);
                }
                AbstractValue { refused: true, ..AbstractValue::NEW }
            }
            Expr::StringLiteral(_)
            | Expr::BytesLiteral(_)
            | Expr::NumberLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::NoneLiteral(_)
            | Expr::EllipsisLiteral(_) => AbstractValue::CONSTANT,
            _ => AbstractValue { refused: true, ..AbstractValue::NEW },
        }
    }

    /// Evaluates expressions one after the other; what is held together of their values.
    pub(super) fn all<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>) -> AbstractValue {
        exprs
            .into_iter()
            .fold(AbstractValue::CONSTANT, |value, expr| value.and(self.evaluate(expr)))
    }

    /// Evaluates expressions that may not come to be evaluated.
    fn maybe(&mut self, exprs: &[&Expr]) -> Vec<AbstractValue> {
        let binds = !of_expressions(self.around, exprs.iter().copied()).binds.is_empty();
        let before = binds.then(|| self.state.clone()).flatten();
        let mut values = Vec::new();
        for expr in exprs {
            values.push(self.evaluate(expr));
            self.meet(before.as_ref());
        }
        values
    }

    fn interpolated<'e>(
        &mut self,
        elements: impl IntoIterator<Item = &'e InterpolatedStringElement>,
    ) -> AbstractValue {
        let mut value = AbstractValue::CONSTANT;
        for element in elements {
            if let InterpolatedStringElement::Interpolation(field) = element {
                value = value.and(self.evaluate(&field.expression));
                if let Some(format) = &field.format_spec {
                    value = value.and(self.interpolated(&format.elements));
                }
            }
        }
        value
    }

    /// What stops here and lets others run.
    fn suspended(&mut self, value: Option<&Expr>) -> AbstractValue {
        self.all(value);
        self.disturb();
        AbstractValue { refused: true, ..AbstractValue::NEW }
    }

    fn comprehension(&mut self, generators: &[Comprehension], elements: &[&Expr]) -> AbstractValue {
        let first =
            generators.first().map_or(AbstractValue::NEW, |first| self.evaluate(&first.iter));
        let conditions = generators.iter().flat_map(|g| &g.ifs);
        let rest = generators.iter().skip(1).map(|g| &g.iter);
        let parts: Vec<&Expr> = conditions.chain(rest).chain(elements.iter().copied()).collect();
        let change = of_expressions(self.around, parts.iter().copied());
        self.apply(&change);
        let value = parts.into_iter().fold(first, |value, part| value.and(self.evaluate(part)));
        self.apply(&change);
        let refused = value.refused || !change.binds.is_empty();
        AbstractValue { refused, ..CONTAINER }
    }

    fn call(&mut self, call: &ExprCall) -> AbstractValue {
        if let Some(change) = self.around.program.macro_call(call.range) {
            return self.macro_call(call, &change);
        }
        let function = self.evaluate(&call.func);
        let value = self.arguments(&call.arguments);
        let refused = value.refused || function.refused;
        let once = value.once || function.once;
        match callee(self.around.scopes, call) {
            Callee::Reckons => AbstractValue { refused, once, ..value.to_immutable() },
            Callee::Computes if value.immutable => {
                AbstractValue { refused, once, ..value.operated() }
            }
            Callee::Computes => AbstractValue { refused, ..AbstractValue::NEW },
            Callee::Speaks => {
                AbstractValue { refused, once: true, shaky: false, ..AbstractValue::CONSTANT }
            }
            Callee::Unknown => {
                self.disturb();
                AbstractValue { refused, ..AbstractValue::NEW }
            }
        }
    }

    fn arguments(&mut self, arguments: &Arguments) -> AbstractValue {
        let keywords = arguments.keywords.iter().map(|keyword| &keyword.value);
        self.all(arguments.args.iter().chain(keywords))
    }

    /// A call of a macro: its arguments may be evaluated now, later or never. What is known of
    /// them holds in either case.
    fn macro_call(&mut self, call: &ExprCall, change: &Change) -> AbstractValue {
        let keywords = call.arguments.keywords.iter().map(|keyword| &keyword.value);
        let all = call.arguments.args.iter().chain(keywords);
        let binds = !of_expressions(self.around, all).binds.is_empty();
        let before = binds.then(|| self.state.clone()).flatten();
        self.arguments(&call.arguments);
        self.meet(before.as_ref());
        self.note(call.range);
        self.apply(change);
        // What it computes is known when it has been expanded.
        AbstractValue { immutable: false, shaky: true, ..AbstractValue::CONSTANT }
    }

    fn read(&mut self, expr: &Expr) -> AbstractValue {
        let used = self.around.scopes.use_at(expr.range().start());
        let Some(used) = used else { return AbstractValue { refused: true, ..AbstractValue::NEW } };
        match self.around.scopes.resolve(used) {
            Place::Bound(scope) if scope == self.frame => {
                let known = self.state.as_ref().and_then(|state| state.get(&used.name));
                let immutable = known.is_some_and(|known| known.immutable)
                    || scope == ScopeId::MODULE && self.around.program.is_immutable(&used.name);
                // What nobody knows may be bound by anybody.
                let shaky = self.is_elsewhere(scope, &used.name);
                let container = known.is_some_and(|known| known.container);
                AbstractValue { immutable, shaky, container, ..AbstractValue::CONSTANT }
            }
            Place::Bound(scope) => {
                let shaky = self.may_be_rebound(scope, &used.name);
                AbstractValue { immutable: false, shaky, ..AbstractValue::CONSTANT }
            }
            Place::Unbound => AbstractValue { immutable: false, ..AbstractValue::CONSTANT },
        }
    }
}
