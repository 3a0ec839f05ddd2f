//! Programs as they are recorded, and what is left of them.

use super::*;
use crate::residual::tests::{numbered, recorded, show, stable};

#[track_caller]
fn check(text: &str, expected: &str) {
    let read = recorded(text);
    let folded = fold(&read.residual, &read.folded.result, Form::Statements, &stable);
    assert_eq!(show(&folded, &numbered), expected, "of\n{text}");
}

#[test]
fn a_step_goes_to_its_use() {
    check("t0 = f()\nt1 = g(t0)\nreturn t1 + x", "return g(f()) + x");
    check("t0 = f()\nt1 = g()\nreturn t0 + t1", "return f() + g()");
}

#[test]
fn a_step_that_would_pass_an_effect_stays() {
    check("t0 = f()\nt1 = g()\nreturn t1 + t0", "t0 = f()\nreturn g() + t0");
    check("t0 = f()\nh()\nreturn t0", "t0 = f()\nh()\nreturn t0");
    // A new object is nobody else's yet.
    check("t0 = [x]\nh()\nreturn t0", "h()\nreturn [x]");
    check("t0 = lambda: x\nh()\nreturn t0", "h()\nreturn lambda: x");
    // Other code may assign N meanwhile, but no other code assigns x.
    check("t0 = N\nh()\nreturn t0", "t0 = N\nh()\nreturn t0");
    check("t0 = x\nh()\nreturn t0", "h()\nreturn x");
}

#[test]
fn a_step_stays_where_its_use_is_not_evaluated_exactly_once() {
    check("t0 = f()\nreturn x and t0", "t0 = f()\nreturn x and t0");
    check("t0 = f()\nreturn t0 and x", "return f() and x");
    check("t0 = f()\nreturn t0 if x else y", "t0 = f()\nreturn t0 if x else y");
    check("t0 = f()\nreturn x if t0 else y", "return x if f() else y");
    check("t0 = f()\nreturn lambda: t0", "t0 = f()\nreturn lambda: t0");
    check("t0 = f()\nreturn [x for y in t0]", "return [x for y in f()]");
    check("t0 = f()\nreturn [t0 for y in x]", "t0 = f()\nreturn [t0 for y in x]");
    check("t0 = f()\nreturn x < t0 < y", "return x < f() < y");
    check("t0 = f()\nreturn x < y < t0", "t0 = f()\nreturn x < y < t0");
}

#[test]
fn what_runs_later_holds_the_value_that_was() {
    check("t0 = N\nreturn lambda: t0", "t0 = N\nreturn lambda: t0");
    check("t0 = 1\nreturn lambda: t0", "return lambda: 1");
    check("t0 = N\nreturn (t0 for y in x)", "t0 = N\nreturn (t0 for y in x)");
}

#[test]
fn a_value_that_is_used_twice_has_a_name() {
    check("t0 = f()\nreturn t0 + t0", "t0 = f()\nreturn t0 + t0");
    check("t0 = 1\nreturn t0 + t0", "return 1 + 1");
    check("t0 = x\nreturn t0 + t0", "return x + x");
    // An operator is a method, which may assign N.
    check("t0 = N\nreturn t0 + t0", "t0 = N\nreturn t0 + t0");
    check("t0 = N\nreturn (t0, t0)", "return (N, N)");
    // Two displays would be two lists.
    check("t0 = []\nreturn (t0, t0)", "t0 = []\nreturn (t0, t0)");
}

#[test]
fn a_value_that_nobody_uses_is_computed_for_its_effect() {
    check("t0 = f()\nreturn x", "f()\nreturn x");
    check("t0 = [x]\nreturn x", "return x");
    check("t0: wanted = f()\nreturn x", "return x");
    check("t0 = g()\nt1: wanted = f(t0)\nreturn x", "g()\nreturn x");
}

#[test]
fn a_block_is_folded_within() {
    check("if x:\n    t0 = f()\n    g(t0)\nreturn y", "if x:\n    g(f())\nreturn y");
    check("t0 = f()\nif t0:\n    g()\nreturn y", "if f():\n    g()\nreturn y");
    check("t0 = f()\nfor t1 in t0:\n    g(t1)\nreturn y", "for t1 in f():\n    g(t1)\nreturn y");
    // Once, and not before each round.
    check("t0 = f()\nwhile t0:\n    g()\nreturn y", "t0 = f()\nwhile t0:\n    g()\nreturn y");
    check("t0 = f()\nif x:\n    g(t0)\nreturn y", "t0 = f()\nif x:\n    g(t0)\nreturn y");
    check("t0 = f()\nif x:\n    pass\nreturn t0", "t0 = f()\nif x:\n    pass\nreturn t0");
}

#[test]
fn a_variable_that_is_assigned_meanwhile_holds_steps_back() {
    check(
        "t0: variable = x\nt1 = t0\nt0: variable = y\nreturn (t1, t0)",
        "t0 = x\nt1 = t0\nt0 = y\nreturn (t1, t0)",
    );
    check("t0: variable = x\nreturn y", "return y");
    check("t0: variable = f()\nreturn y", "t0 = f()\nreturn y");
}

#[test]
fn an_augmented_assignment_is_one_statement() {
    check("t0 = x[y]\nt1: augmented = t0 + z\nx[y] = t1\nreturn z", "x[y] += z\nreturn z");
    check("t0 = x.a\nt1: augmented = t0 * z\nx.a = t1\nreturn z", "x.a *= z\nreturn z");
    check("t0: augmented = x + y\nreturn t0", "t0 = x\nt0 += y\nreturn t0");
    check(
        "t0: augmented = x + y\nt1: augmented = t0 + z\nreturn t1",
        "t0 = x\nt0 += y\nt0 += z\nreturn t0",
    );
}

#[test]
fn what_is_left_empty_is_simpler() {
    check("if x:\n    pass\nelse:\n    f()\nreturn y", "if not x:\n    f()\nreturn y");
    check("try:\n    pass\nexcept E:\n    f()\nreturn y", "return y");
    check("try:\n    f()\nfinally:\n    pass\nreturn y", "f()\nreturn y");
}

#[test]
fn texts_in_texts_are_one() {
    check("t0 = f'{x}!'\nreturn f'a{t0}b{y}'", "return f\"a{x}!b{y}\"");
}
