//! What an op has because of its fields.

use super::{Evaluated, FieldKind, Op, Shape};

#[test]
fn what_evaluates_parts_in_a_scope_of_its_own_opens_one() {
    let has_scope = |op: Op| {
        let parts = op.parts(op.fields().iter().map(|_| Op::VAR));
        op.shape() != Shape::Part && parts.iter().any(|p| p.scope != Evaluated::Around)
    };
    // Passes look into a type alias as into other code: nothing in it is evaluated at once.
    let wrong = |op: &&Op| has_scope(**op) != (op.opens_scope() || **op == Op::TYPEALIAS);
    let wrong: Vec<_> = Op::ALL.iter().filter(wrong).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn what_has_a_body_begins_with_a_word() {
    let has_body = |op: &Op| {
        let kinds = op.fields().iter().map(|field| field.kind);
        kinds.into_iter().any(|kind| matches!(kind, FieldKind::List(Op::BLOCK, _)))
    };
    let silent: Vec<_> =
        Op::ALL.iter().filter(|op| has_body(op) && op.keyword().is_empty()).collect();
    assert!(silent.is_empty(), "{silent:?}");
}
