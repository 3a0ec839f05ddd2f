//! Functions that make a function or generator where they stand: `(lambda k: body)(value)`.
//!
//! So it gets what it captures, whatever becomes of the variable later. Where nothing becomes of it, the value
//! stands in the body (β-reduction):
//!
//! ```text
//! (lambda k: lambda p: p[k])(2)                    lambda p: p[2]
//! any((lambda k: (x > k for x in xs))(n))          any(x > n for x in xs)
//! ```

#[cfg(test)]
mod tests;

use super::applied::Applied;
use super::effect::StableName;
use super::fold::Folded;
use crate::codenode::{Node, Op, Origin};
use crate::python::builtins::builtin;

/// What is known of the variables at a place.
#[derive(Clone, Copy)]
pub(crate) struct Variables<'a> {
    /// Whether one keeps its value while the statement runs.
    pub stable: StableName<'a>,
    /// Whether one keeps it for good.
    pub lasting: StableName<'a>,
}

impl Variables<'_> {
    /// The program with the values of such calls in the bodies where that is the same.
    pub(crate) fn applied(self, folded: Folded) -> Folded {
        let Folded { statements, result } = folded;
        let mut change = |code: &Node| self.code(code);
        let statements = statements.into_iter().map(|s| s.map(&mut change)).collect();
        Folded { statements, result: self.code(&result) }
    }

    fn code(self, code: &Node) -> Node {
        let code = match uses_up(code) {
            Some(generator) => {
                let is_value = |value: &Node| match value.op() {
                    Op::TEMPORARY => true,
                    _ => self.is_lasting(value) || value.op() == Op::VAR && (self.stable)(value),
                };
                let inner = reduced(generator, &is_value);
                code.with_args(vec![code.arg(0).clone(), inner])
            }
            None => code.clone(),
        };
        let code = reduced(&code, &|value| self.is_lasting(value));
        code.map_args(|part| self.code(part))
    }

    fn is_lasting(self, value: &Node) -> bool {
        value.op() == Op::VALUE || value.op() == Op::VAR && (self.lasting)(value)
    }
}

/// The generator that a builtin goes through before it returns, as its only argument.
fn uses_up(call: &Node) -> Option<&Node> {
    let [callee, generator] = call.args() else { return None };
    let is_builtin = call.op() == Op::CALL && callee.origin() == Origin::Builtin;
    let exhausts = callee.name().and_then(|name| builtin(name)).is_some_and(|b| b.exhausts);
    let applied = Applied::of(generator).filter(|_| is_builtin && exhausts)?;
    (applied.body.op() == Op::GENERATOR).then_some(generator)
}

/// The call with these values in its body.
fn reduced(call: &Node, is_value: &dyn Fn(&Node) -> bool) -> Node {
    // What assigns variables in a body of another kind would assign those around it.
    let is_own = |applied: &Applied<'_>| matches!(applied.body.op(), Op::LAMBDA | Op::GENERATOR);
    let Some(applied) = Applied::of(call).filter(is_own) else { return call.clone() };
    let Applied { parameters, body, values } = applied;
    let (mut left, mut left_values, mut body) = (Vec::new(), Vec::new(), body.clone());
    for (parameter, value) in parameters.iter().zip(values) {
        match is_value(value) {
            true => body = with_value(&body, parameter, value),
            false => {
                left.push(parameter.clone());
                left_values.push(value.clone());
            }
        }
    }
    match left.len() {
        0 => body,
        kept if kept == parameters.len() => call.clone(),
        _ => {
            let function = Node::new(Op::LAMBDA, vec![Node::new(Op::PARAMS, left), body]);
            Node::call(function, left_values)
        }
    }
}

/// The code with the value in place of the parameter, which has a name of its own.
fn with_value(code: &Node, parameter: &Node, value: &Node) -> Node {
    let is_it = code.op() == Op::VAR
        && code.name() == parameter.name()
        && code.origin() == parameter.origin();
    match is_it {
        true => value.clone(),
        false => code.map_args(|part| with_value(part, parameter, value)),
    }
}
