//! The walk through expressions, in the order in which Python evaluates them: what they bind and
//! change, and what their values are like.

use rustpython_ast::{Arguments, CmpOp, Expr, ExprCall, ExprContext, UnaryOp};
use rustpython_text_size::Ranged as _;

use super::FlowWalk;
use crate::python::builtins::CallEffect;
use crate::python::form::operands;
use crate::python::op::When;
use crate::scope::flow::change::{Change, of_expressions};
use crate::scope::flow::value::{AbstractValue, effect, is_of_mathematics};
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
                // The value stands for it, if what was read before isn't what is bound now.
                let used = self.around.scopes.use_at(e.target.range().start());
                let is_read = used.is_none_or(|used| !self.read.insert(used.name.clone()));
                AbstractValue { refused: value.refused || value.once || is_read, ..value }
            }
            Expr::Call(call) => self.call(call),
            Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) => {
                let (value, change) = self.comprehension(expr);
                AbstractValue { refused: value.refused || !change.binds.is_empty(), ..CONTAINER }
            }
            Expr::Generator(_) => {
                self.comprehension(expr);
                AbstractValue { refused: true, ..AbstractValue::NEW }
            }
            _ => self.combined(expr),
        }
    }

    /// Evaluates what an expression holds, and tells what is made of the values.
    fn combined(&mut self, expr: &Expr) -> AbstractValue {
        let values = self.held(expr);
        let all = values.iter().fold(AbstractValue::CONSTANT, |value, part| value.and(*part));
        match expr {
            Expr::BoolOp(_) | Expr::BinOp(_) => all.operated(),
            Expr::If(_) => {
                // The value is that of a branch; the test only chooses.
                let (test, ways) = values.split_first().unwrap_or((&AbstractValue::CONSTANT, &[]));
                let value = ways.iter().fold(AbstractValue::CONSTANT, |value, way| value.and(*way));
                AbstractValue { immutable: value.immutable, ..value.and(test.operated()) }
            }
            Expr::UnaryOp(e) if e.op == UnaryOp::Not => all.to_immutable(),
            Expr::UnaryOp(_) => all.operated(),
            Expr::Compare(e) => match e.ops.iter().all(|op| matches!(op, CmpOp::Is | CmpOp::IsNot))
            {
                true => AbstractValue { immutable: true, ..all },
                // What comes of it isn't the object.
                false => AbstractValue { once: all.once, ..all.operated() },
            },
            Expr::Attribute(e) => match is_of_mathematics(self.around.scopes, &e.value) {
                true => AbstractValue::CONSTANT,
                false => AbstractValue { immutable: false, shaky: true, ..all },
            },
            Expr::Subscript(e) => {
                let object = values.first().copied().unwrap_or(AbstractValue::NEW);
                // A slice of a list is another list, an item an object of its own.
                let copies = e.slice.is_slice_expr() && !object.immutable;
                AbstractValue { once: object.once || copies, container: false, ..all.operated() }
            }
            Expr::Tuple(_) => AbstractValue { container: false, ..all },
            Expr::List(_) | Expr::Set(_) | Expr::Dict(_) => all.and(CONTAINER),
            Expr::Starred(_) => {
                let value = all.operated();
                // It may use up an iterator.
                AbstractValue { once: value.once || !value.immutable, ..value }
            }
            Expr::Lambda(_) => AbstractValue { immutable: false, once: true, ..all },
            Expr::Await(_) | Expr::Yield(_) | Expr::YieldFrom(_) => {
                // It stops here and lets others run.
                self.disturb();
                AbstractValue { refused: true, ..AbstractValue::NEW }
            }
            Expr::FString(_) => all.to_immutable(),
            Expr::Slice(_)
            | Expr::StringLiteral(_)
            | Expr::BytesLiteral(_)
            | Expr::NumberLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::NoneLiteral(_)
            | Expr::EllipsisLiteral(_) => all,
            Expr::TString(_)
            | Expr::Name(_)
            | Expr::Named(_)
            | Expr::Call(_)
            | Expr::ListComp(_)
            | Expr::SetComp(_)
            | Expr::DictComp(_)
            | Expr::Generator(_)
            | Expr::IpyEscapeCommand(_) => AbstractValue { refused: true, ..AbstractValue::NEW },
        }
    }

    /// Evaluates what an expression evaluates in its own scope, in order.
    fn held(&mut self, expr: &Expr) -> Vec<AbstractValue> {
        let operands = operands(expr);
        let now = operands.iter().take_while(|operand| operand.is_certain());
        let mut values: Vec<AbstractValue> =
            now.map(|operand| self.evaluate(operand.expr)).collect();
        let rest = operands.iter().skip(values.len());
        let rest: Vec<&Expr> =
            rest.filter(|o| o.when == When::Maybe).map(|operand| operand.expr).collect();
        values.extend(self.maybe(&rest));
        values
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
            let value = self.evaluate(expr);
            values.push(AbstractValue { refused: value.refused || binds, ..value });
            self.meet(before.as_ref());
        }
        values
    }

    /// Evaluates a comprehension: what it goes through first, and then its loop. Gives what is held
    /// together of the values, and what the loop changes.
    fn comprehension(&mut self, expr: &Expr) -> (AbstractValue, Change) {
        let operands = operands(expr);
        let (first, rest): (Vec<_>, Vec<_>) =
            operands.into_iter().partition(|operand| operand.is_certain());
        let value = self.all(first.iter().map(|operand| operand.expr));
        let rest: Vec<&Expr> =
            rest.iter().filter(|operand| !operand.is_bound).map(|operand| operand.expr).collect();
        let change = of_expressions(self.around, rest.iter().copied());
        self.apply(&change);
        let value = rest.into_iter().fold(value, |value, part| value.and(self.evaluate(part)));
        self.apply(&change);
        (value, change)
    }

    fn call(&mut self, call: &ExprCall) -> AbstractValue {
        if let Some(change) = self.around.program.macro_call(call.range) {
            return self.macro_call(call, &change);
        }
        let function = self.evaluate(&call.func);
        let value = self.arguments(&call.arguments);
        let refused = value.refused || function.refused;
        let once = value.once || function.once;
        match effect(self.around.scopes, call) {
            CallEffect::Measures => AbstractValue { refused, once, ..value.to_immutable() },
            CallEffect::Reduces if value.immutable => {
                AbstractValue { refused, once, ..value.operated() }
            }
            CallEffect::Reduces => AbstractValue { refused, ..AbstractValue::NEW },
            CallEffect::Speaks => {
                AbstractValue { refused, once: true, shaky: false, ..AbstractValue::CONSTANT }
            }
            CallEffect::Collects | CallEffect::Anything => {
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
        self.read.insert(used.name.clone());
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
