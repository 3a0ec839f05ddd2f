//! What evaluating code may do, as far as the order of evaluation is concerned.

use super::applied::Applied;
use crate::codenode::{Node, Op};
use crate::python::op::OpEffect;

/// How an evaluation may meet others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Effect {
    /// Gives the same value whenever it is evaluated, and nobody can tell that it was.
    Pure,
    /// Makes a new object: may be moved, but not done twice or shared.
    Allocates,
    /// Reads a variable that other code may change.
    Reads,
    /// May do anything: calls, and operators, since Python's operators are methods.
    Any,
}

impl Effect {
    /// Whether two evaluations may change places.
    pub(crate) fn commutes(self, other: Effect) -> bool {
        use Effect::*;
        matches!((self, other), (Pure | Allocates, _) | (_, Pure | Allocates) | (Reads, Reads))
    }
}

/// Tells whether a VAR keeps its value while one expression is evaluated: no other function can
/// assign it.
pub(crate) type StableName<'a> = &'a dyn Fn(&Node) -> bool;

/// What the node's own operation does once its arguments have been evaluated.
pub(super) fn own_effect(node: &Node, stable: StableName<'_>) -> Effect {
    match node.op() {
        Op::ATTR if is_text_method(node) => Effect::Allocates,
        Op::VAR if stable(node) => Effect::Pure,
        Op::CALL if let Some(applied) = Applied::of(node) => effect(applied.body, stable),
        // Keys and elements are hashed, which may be a method of theirs.
        Op::SET | Op::DICT if node.args().iter().all(has_constant_key) => Effect::Allocates,
        Op::TUPLE if node.args().iter().all(|a| a.op() == Op::VALUE) => Effect::Pure,
        op => match op.effect() {
            OpEffect::Nothing => Effect::Pure,
            OpEffect::Allocates => Effect::Allocates,
            OpEffect::Reads => Effect::Reads,
            OpEffect::Operates
            | OpEffect::Binds
            | OpEffect::Updates
            | OpEffect::Leaves
            | OpEffect::Calls
            | OpEffect::Enters
            | OpEffect::Suspends(_) => Effect::Any,
        },
    }
}

/// Whether it is a method that every text has: `", ".join`.
fn is_text_method(node: &Node) -> bool {
    const METHODS: [&str; 9] = [
        "join",
        "format",
        "replace",
        "split",
        "startswith",
        "endswith",
        "encode",
        "center",
        "count",
    ];
    let [text, name] = node.args() else { return false };
    text.text().is_some() && name.text().is_some_and(|name| METHODS.contains(&name))
}

fn has_constant_key(item: &Node) -> bool {
    match item.op() {
        Op::PAIR => item.arg(0).op() == Op::VALUE,
        op => op == Op::VALUE,
    }
}

/// What evaluating the whole tree may do.
pub(crate) fn effect(node: &Node, stable: StableName<'_>) -> Effect {
    let parts = node.evaluated_now().map(|part| effect(part, stable));
    parts.fold(own_effect(node, stable), Effect::max)
}
