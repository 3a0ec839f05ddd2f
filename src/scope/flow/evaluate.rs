//! The walk through expressions, in the order in which Python evaluates them: what they bind and
//! change, and what their values are like.

use std::collections::BTreeMap;
use std::rc::Rc;

use rustpython_ast::name::Name;
use rustpython_ast::{
    Arguments, CmpOp, Comprehension, Expr, ExprCall, ExprContext, FStringPart,
    InterpolatedStringElement, UnaryOp,
};
use rustpython_text_size::{Ranged as _, TextRange};

use super::change::{Change, of_expressions};
use super::state::{Bound, add};
use super::value::{Callee, Value, callee, is_of_mathematics};
use super::walk::{Notes, Walk};
use super::{Cut, Definiens, Definition, Fact, Facts, Known, Reason};
use crate::scope::{Place, Position, ScopeId};

/// What a store goes to.
pub(super) enum Target<'e> {
    Variable(Bound),
    /// An item or attribute.
    Part(&'e Expr),
}

impl Walk<'_> {
    /// Evaluates an expression.
    pub(super) fn evaluate(&mut self, expr: &Expr) -> Value {
        match expr {
            Expr::Name(name) if name.ctx == ExprContext::Load => self.read(expr),
            Expr::Named(e) => {
                let value = self.evaluate(&e.value);
                self.assign(&[&e.target], &e.value, value, e.range);
                Value { refused: true, ..value }
            }
            Expr::BoolOp(e) => {
                let mut values = e.values.iter();
                let first = values.next().map_or(Value::CONSTANT, |first| self.evaluate(first));
                let rest: Vec<&Expr> = values.collect();
                self.maybe(&rest).into_iter().fold(first, Value::and).operated()
            }
            Expr::If(e) => {
                let test = self.evaluate(&e.test).operated();
                let ways = self.maybe(&[&e.body, &e.orelse]);
                let value = ways.into_iter().fold(Value::CONSTANT, Value::and);
                Value { immutable: value.immutable, ..value.and(test) }
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
                let operands = e.comparators.iter().map(|operand| self.evaluate(operand));
                let operands = operands.fold(left, Value::and);
                match e.ops.iter().all(|op| matches!(op, CmpOp::Is | CmpOp::IsNot)) {
                    true => Value { immutable: true, ..operands },
                    false => operands.operated(),
                }
            }
            Expr::Call(call) => self.call(call),
            Expr::Attribute(e) => {
                let object = self.evaluate(&e.value);
                match is_of_mathematics(self.around.scopes, &e.value) {
                    true => Value::CONSTANT,
                    false => Value { immutable: false, shaky: true, ..object },
                }
            }
            Expr::Subscript(e) => {
                let object = self.evaluate(&e.value);
                object.and(self.evaluate(&e.slice)).operated()
            }
            Expr::Tuple(e) => self.all(&e.elts),
            Expr::List(e) => self.all(&e.elts).and(Value::NEW),
            Expr::Set(e) => self.all(&e.elts).and(Value::NEW),
            Expr::Slice(e) => {
                self.all([&e.lower, &e.upper, &e.step].into_iter().flatten().map(|part| &**part))
            }
            Expr::Starred(e) => self.evaluate(&e.value).operated(),
            _ => self.other(expr),
        }
    }

    fn other(&mut self, expr: &Expr) -> Value {
        match expr {
            Expr::Dict(e) => {
                let mut value = Value::NEW;
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
                Value { refused: true, ..Value::NEW }
            }
            Expr::Lambda(e) => {
                let parameters = e.parameters.iter().flat_map(|p| p.iter_non_variadic_params());
                let value = self.all(parameters.filter_map(|p| p.default()));
                Value { immutable: false, once: true, ..value }
            }
            Expr::Await(e) => self.suspended(Some(&e.value), e.range),
            Expr::YieldFrom(e) => self.suspended(Some(&e.value), e.range),
            Expr::Yield(e) => self.suspended(e.value.as_deref(), e.range),
            Expr::FString(e) => {
                let mut value = Value::CONSTANT;
                for part in &e.value {
                    if let FStringPart::FString(part) = part {
                        value = value.and(self.interpolated(&part.elements));
                    }
                }
                value.to_immutable()
            }
            Expr::TString(e) => {
                for part in &e.value {
                    self.interpolated(&part.elements);
                }
                Value { refused: true, ..Value::NEW }
            }
            Expr::StringLiteral(_)
            | Expr::BytesLiteral(_)
            | Expr::NumberLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::NoneLiteral(_)
            | Expr::EllipsisLiteral(_) => Value::CONSTANT,
            _ => Value { refused: true, ..Value::NEW },
        }
    }

    /// Evaluates expressions one after the other; what is held together of their values.
    pub(super) fn all<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>) -> Value {
        exprs.into_iter().fold(Value::CONSTANT, |value, expr| value.and(self.evaluate(expr)))
    }

    /// Evaluates expressions that may not come to be evaluated.
    fn maybe(&mut self, exprs: &[&Expr]) -> Vec<Value> {
        let binds = !of_expressions(self.around, exprs.iter().copied()).binds.is_empty();
        let before = binds.then(|| self.state.clone()).flatten();
        let mut values = Vec::new();
        for expr in exprs {
            values.push(self.evaluate(expr));
            if let (Some(before), Some(state)) = (&before, self.state.take()) {
                self.state = Some(state.meet(before, expr.range()));
            }
        }
        values
    }

    fn interpolated<'e>(
        &mut self,
        elements: impl IntoIterator<Item = &'e InterpolatedStringElement>,
    ) -> Value {
        let mut value = Value::CONSTANT;
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
    fn suspended(&mut self, value: Option<&Expr>, place: TextRange) -> Value {
        self.all(value);
        self.disturb(place);
        Value { refused: true, ..Value::NEW }
    }

    fn comprehension(&mut self, generators: &[Comprehension], elements: &[&Expr]) -> Value {
        let first = generators.first().map_or(Value::NEW, |first| self.evaluate(&first.iter));
        let conditions = generators.iter().flat_map(|g| &g.ifs);
        let rest = generators.iter().skip(1).map(|g| &g.iter);
        let parts: Vec<&Expr> = conditions.chain(rest).chain(elements.iter().copied()).collect();
        let place = elements.first().map(|e| e.range()).unwrap_or_default();
        let change = of_expressions(self.around, parts.iter().copied());
        self.apply(&change, place);
        let value = parts.into_iter().fold(first, |value, part| value.and(self.evaluate(part)));
        self.apply(&change, place);
        let refused = value.refused || !change.binds.is_empty();
        Value { refused, ..Value::NEW }
    }

    fn call(&mut self, call: &ExprCall) -> Value {
        if let Some(change) = self.around.program.macro_call(call.range) {
            return self.macro_call(call, &change);
        }
        let function = self.evaluate(&call.func);
        let value = self.arguments(&call.arguments);
        let refused = value.refused || function.refused;
        let once = value.once || function.once;
        match callee(self.around.scopes, call) {
            Callee::Reckons => Value { refused, once, ..value.to_immutable() },
            Callee::Computes if value.immutable => Value { refused, once, ..value.operated() },
            Callee::Computes => Value { refused, ..Value::NEW },
            Callee::Speaks => Value { refused, once: true, shaky: false, ..Value::CONSTANT },
            Callee::Unknown => {
                self.disturb(call.range);
                Value { refused, ..Value::NEW }
            }
        }
    }

    fn arguments(&mut self, arguments: &Arguments) -> Value {
        let keywords = arguments.keywords.iter().map(|keyword| &keyword.value);
        self.all(arguments.args.iter().chain(keywords))
    }

    /// A call of a macro: its arguments may be evaluated now, later or never. What is known of
    /// them holds in either case.
    fn macro_call(&mut self, call: &ExprCall, change: &Change) -> Value {
        let keywords = call.arguments.keywords.iter().map(|keyword| &keyword.value);
        let all = call.arguments.args.iter().chain(keywords);
        let binds = !of_expressions(self.around, all).binds.is_empty();
        let before = binds.then(|| self.state.clone()).flatten();
        self.arguments(&call.arguments);
        if let (Some(before), Some(state)) = (before, self.state.take_if(|_| binds)) {
            self.state = Some(state.meet(&before, call.range));
        }
        self.note(call.range);
        self.apply(change, call.range);
        // What it computes is known when it has been expanded.
        Value { immutable: false, shaky: true, once: false, refused: false }
    }

    /// Notes what is known of the variables in a call, and of those in their definitions.
    fn note(&mut self, call: TextRange) {
        let (Some(state), Notes::Taken) = (&self.state, self.notes) else { return };
        let mut wanted = self.read_in(call);
        let mut known = BTreeMap::new();
        while let Some(name) = wanted.pop() {
            if known.contains_key(&name) {
                continue;
            }
            let Some(found) = state.get(&name) else { continue };
            found.fact.iter().for_each(|fact| wanted.extend(fact.inputs.iter().cloned()));
            known.insert(name, found.clone());
        }
        let facts = Facts { frame: self.frame, known };
        self.flow.at.insert(call.start(), Rc::new(facts));
    }

    /// The variables that a definition reads, and whether calls of macros are in it: what those
    /// leave may read the definitions of its arguments.
    fn inputs(&self, code: TextRange) -> (Vec<Name>, bool) {
        let mut inputs = self.read_in(code);
        let mut holds_macro_calls = false;
        for (_, facts) in self.flow.at.range(code.start()..code.end()) {
            holds_macro_calls = true;
            let more: Vec<&Name> = facts.known.keys().filter(|n| !inputs.contains(n)).collect();
            let more: Vec<Name> = more.into_iter().cloned().collect();
            inputs.extend(more);
        }
        (inputs, holds_macro_calls)
    }

    /// The variables of the frame, and of what is around it, that are read in a part of its code.
    fn read_in(&self, range: TextRange) -> Vec<Name> {
        let scopes = self.around.scopes;
        let mut names: Vec<Name> = Vec::new();
        for used in scopes.uses_in(range) {
            // Not those of a lambda or comprehension in it, or around it.
            let is_of_frame = scopes.resolve(used) == scopes.lookup(self.frame, &used.name);
            if is_of_frame && !names.contains(&used.name) {
                names.push(used.name.clone());
            }
        }
        names
    }

    fn read(&mut self, expr: &Expr) -> Value {
        let used = self.around.scopes.use_at(expr.range().start());
        let Some(used) = used else { return Value { refused: true, ..Value::NEW } };
        match self.around.scopes.resolve(used) {
            Place::Bound(scope) if scope == self.frame => {
                let known = self.state.as_ref().and_then(|state| state.get(&used.name));
                let immutable = known.is_some_and(|known| known.immutable)
                    || scope == ScopeId::MODULE && self.around.program.is_immutable(&used.name);
                // What nobody knows may be bound by anybody.
                let shaky = self.is_elsewhere(scope, &used.name);
                Value { immutable, shaky, ..Value::CONSTANT }
            }
            Place::Bound(scope) => {
                let shaky = self.may_be_rebound(scope, &used.name);
                Value { immutable: false, shaky, ..Value::CONSTANT }
            }
            Place::Unbound => Value { immutable: false, ..Value::CONSTANT },
        }
    }

    /// Whether functions other than the scope's own code bind the variable.
    pub(super) fn is_elsewhere(&self, scope: ScopeId, name: &str) -> bool {
        let bindings = self.around.scopes.bindings(scope, name);
        bindings.iter().any(|binding| binding.position == Position::Elsewhere)
    }

    /// Whether a variable of another scope may get another value while this frame's code runs.
    fn may_be_rebound(&self, scope: ScopeId, name: &str) -> bool {
        let inner = scope > self.frame;
        let bindings = self.around.scopes.bindings(scope, name);
        !inner && (bindings.len() != 1 || bindings[0].position != Position::Straight)
    }

    /// Assigns the value of an expression to each of the targets.
    pub(super) fn assign(
        &mut self,
        targets: &[&Expr],
        code: &Expr,
        value: Value,
        place: TextRange,
    ) {
        let mut all = Vec::new();
        targets.iter().for_each(|t| self.target(t, Some((code, value)), place, &mut all));
        self.store(all, place);
    }

    /// Assigns something nobody knows.
    pub(super) fn assign_unknown(&mut self, target: &Expr, place: TextRange) {
        let mut all = Vec::new();
        self.target(target, None, place, &mut all);
        self.store(all, place);
    }

    /// Stores to targets one after the other: what is stored to a variable may be read in the
    /// next.
    pub(super) fn store(&mut self, mut all: Vec<Target<'_>>, place: TextRange) {
        let mut rest = &mut all[..];
        while let Some((target, others)) = rest.split_first_mut() {
            match target {
                Target::Variable(bound) => {
                    let known = std::mem::take(&mut bound.known);
                    self.bind(Bound { name: bound.name.clone(), known }, others, place);
                }
                Target::Part(Expr::Attribute(e)) => {
                    self.evaluate(&e.value);
                    self.disturb(place);
                }
                Target::Part(Expr::Subscript(e)) => {
                    self.evaluate(&e.value);
                    self.evaluate(&e.slice);
                    self.disturb(place);
                }
                Target::Part(_) => {}
            }
            rest = others;
        }
    }

    /// Binds a variable, before the others of `rest` get their values.
    pub(super) fn bind(&mut self, bound: Bound, rest: &mut [Target<'_>], place: TextRange) {
        let pending = rest.iter_mut().filter_map(|target| match target {
            Target::Variable(bound) => Some(&mut bound.known),
            Target::Part(_) => None,
        });
        if let Some(state) = &mut self.state {
            state.bind(bound, pending, place);
        }
    }

    /// What an assignment stores to, in order, with what is known of it.
    fn target<'e>(
        &mut self,
        target: &'e Expr,
        source: Option<(&'e Expr, Value)>,
        place: TextRange,
        all: &mut Vec<Target<'e>>,
    ) {
        match target {
            Expr::Name(name) => {
                let known = source.map(|(code, value)| self.known(&name.id, code, value, place));
                let cut = Cut { reason: Reason::Form, place };
                let unknown = Known { cut: Some(cut), ..Known::default() };
                let bound = self.bound(&name.id, name.range, known.unwrap_or(unknown));
                all.extend(bound.map(Target::Variable));
            }
            Expr::Tuple(_) | Expr::List(_) => {
                for (target, source) in parts(target, source.map(|(code, _)| code)) {
                    // Its parts were evaluated: a second look at them changes nothing.
                    let source = source.map(|code| (code, self.looked_at(code)));
                    self.target(target, source, place, all);
                }
            }
            Expr::Starred(starred) => self.target(&starred.value, None, place, all),
            other => all.push(Target::Part(other)),
        }
    }

    /// What the value of code that has been evaluated is like.
    fn looked_at(&mut self, code: &Expr) -> Value {
        let state = self.state.clone();
        let notes = std::mem::replace(&mut self.notes, Notes::Ignored);
        let value = self.evaluate(code);
        self.notes = notes;
        self.state = state;
        value
    }

    /// The variable with what is known of it, if it is one that the walk looks after.
    pub(super) fn bound(&self, name: &Name, place: TextRange, known: Known) -> Option<Bound> {
        let scopes = self.around.scopes;
        let scope = scopes.use_at(place.start()).map_or(self.scope, |used| used.scope);
        if scopes.lookup(scope, name) != scopes.lookup(self.frame, name) {
            // A variable of a class, or of a comprehension.
            return None;
        }
        let is_own = scopes.lookup(self.frame, name) == Place::Bound(self.frame);
        let known = match is_own && !self.is_elsewhere(self.frame, name) {
            true => known,
            false => Known::default(),
        };
        Some(Bound { name: name.clone(), known })
    }

    fn known(&self, name: &Name, code: &Expr, value: Value, place: TextRange) -> Known {
        let fact = (!value.refused).then(|| self.definition(code, value));
        let cut = fact.is_none().then_some(Cut { reason: Reason::Form, place });
        let named = self.frame == ScopeId::MODULE && self.around.program.is_immutable(name);
        Known { fact, immutable: value.immutable || named, cut }
    }

    pub(super) fn definition(&self, code: &Expr, value: Value) -> Fact {
        let (inputs, holds_macro_calls) = self.inputs(code.range());
        Rc::new(Definition {
            code: Definiens::Code(code.clone()),
            former: BTreeMap::new(),
            once: value.once,
            is_choice: false,
            holds_macro_calls,
            inputs,
            immutable: value.immutable,
            shaky: value.shaky,
            depth: 1,
        })
    }

    /// `before op= code`, where the variable's own value can be no other's, or can't be changed.
    pub(super) fn augmented(
        &self,
        before: &Fact,
        assign: &rustpython_ast::StmtAugAssign,
        value: Value,
    ) -> Fact {
        let (mut inputs, holds_macro_calls) = self.inputs(assign.value.range());
        add(&mut inputs, before);
        Rc::new(Definition {
            once: before.once || value.once,
            is_choice: before.is_choice,
            holds_macro_calls,
            inputs,
            immutable: before.immutable && value.immutable,
            shaky: before.shaky || value.shaky || !before.immutable || !value.immutable,
            depth: before.depth + 1,
            former: BTreeMap::new(),
            code: Definiens::Augmented {
                before: before.clone(),
                op: assign.op,
                code: (*assign.value).clone(),
                place: assign.range,
            },
        })
    }

    /// Something ran that may have changed objects.
    pub(super) fn disturb(&mut self, place: TextRange) {
        if let Some(state) = &mut self.state {
            state.disturb(place);
        }
    }

    /// What is left when something ran that changes this.
    pub(super) fn apply(&mut self, change: &Change, place: TextRange) {
        if change.disturbs {
            self.disturb(place);
        }
        if let Some(state) = &mut self.state {
            for name in &change.binds {
                state.forget(name, Cut { reason: Reason::Branch, place });
            }
        }
    }
}

/// The targets in a tuple or list with what each is assigned, where that is written out.
fn parts<'e>(target: &'e Expr, code: Option<&'e Expr>) -> Vec<(&'e Expr, Option<&'e Expr>)> {
    let (Some(targets), values) = (elements(target), code.and_then(elements)) else {
        return Vec::new();
    };
    let has_star = |exprs: &[Expr]| exprs.iter().any(Expr::is_starred_expr);
    match values {
        Some(values)
            if values.len() == targets.len() && !has_star(targets) && !has_star(values) =>
        {
            targets.iter().zip(values.iter().map(Some)).collect()
        }
        _ => targets.iter().map(|target| (target, None)).collect(),
    }
}

fn elements(expr: &Expr) -> Option<&[Expr]> {
    match expr {
        Expr::Tuple(tuple) => Some(&tuple.elts),
        Expr::List(list) => Some(&list.elts),
        _ => None,
    }
}
