//! Folded programs in one expression.

use super::*;
use crate::residual::tests::{folded, numbered, show_code, stable};

fn joined(text: &str, binding: Binding) -> String {
    match in_one_expression(&folded(text).folded, binding, &stable) {
        Ok(Joined { code, .. }) => show_code(&code, &numbered),
        Err(Unplaceable::Suspends) => "suspends".to_owned(),
        Err(Unplaceable::Statement(node)) => format!("statement {}", node.op()),
        Err(Unplaceable::Named(node)) => format!("named {}", node.op()),
    }
}

#[track_caller]
fn check(text: &str, walrus: &str, lambda: &str) {
    assert_eq!(joined(text, Binding::Walrus), walrus, "of\n{text}");
    assert_eq!(joined(text, Binding::Lambda), lambda, "of\n{text}");
}

#[test]
fn a_value_is_named_at_its_first_use() {
    check("t0 = f()\nreturn t0 + t0", "(t0 := f()) + t0", "(lambda t0: t0 + t0)(f())");
    check(
        "t0 = f()\nt1 = g()\nreturn t0 + t1 + t0 + t1",
        "(t0 := f()) + (t1 := g()) + t0 + t1",
        "(lambda t0, t1: t0 + t1 + t0 + t1)(f(), g())",
    );
    check(
        "t0 = f()\nt1 = g(t0)\nreturn t0 + t1 + t1",
        "(t0 := f()) + (t1 := g(t0)) + t1",
        "(lambda t0: (lambda t1: t0 + t1 + t1)(g(t0)))(f())",
    );
}

#[test]
fn a_value_with_no_use_that_is_certain_comes_first() {
    check(
        "t0 = f()\nreturn x and t0 + t0",
        "((t0 := f()), x and t0 + t0)[-1]",
        "(lambda t0: x and t0 + t0)(f())",
    );
}

#[test]
fn what_is_there_for_its_effect_comes_first() {
    check("f()\nreturn x", "(f(), x)[-1]", "(f(), x)[-1]");
    check("f()\ng()\nreturn x", "(f(), g(), x)[-1]", "(f(), g(), x)[-1]");
}

#[test]
fn a_value_is_taken_apart_by_a_comprehension() {
    check(
        "t0, t1 = f()\nreturn t0 + t1",
        "[t0 + t1 for t0, t1 in [f()]][0]",
        "[t0 + t1 for t0, t1 in [f()]][0]",
    );
}

#[test]
fn some_programs_have_no_such_form() {
    check("del x\nreturn y", "statement DELETE", "statement DELETE");
    // It would suspend the lambda.
    check("t0 = f()\nreturn t0 + await t0", "(t0 := f()) + await t0", "suspends");
}
