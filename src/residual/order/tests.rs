//! Whether a step may stand where its value is used, t0.

use super::*;
use crate::residual::tests::{code, stable};

#[track_caller]
fn check(step: &str, user: &str, expected: &str) {
    let mut path = Path::new(TemporaryId(0), &code(step), &stable);
    let outcome = match path.walk(&code(user)) {
        Reached::Absent => "absent",
        Reached::Fits => "fits",
        Reached::Blocked => "blocked",
    };
    assert_eq!(outcome, expected, "{step} in {user}");
}

#[test]
fn effects_keep_their_order() {
    check("f()", "t0 + g()", "fits");
    check("f()", "g() + t0", "blocked");
    check("f()", "h(x, t0)", "fits");
    check("f()", "h(N, t0)", "blocked");
    check("N", "h(M, t0)", "fits");
    check("N", "h(g(), t0)", "blocked");
    check("1", "h(g(), t0)", "fits");
    check("[x]", "h(g(), t0)", "fits");
    check("[N]", "h(g(), t0)", "blocked");
    check("f()", "h(x)", "absent");
}

#[test]
fn python_evaluates_some_parts_in_another_order() {
    // The value of an assignment comes first, and the condition before what it chooses.
    check("f()", "x[g()] = t0", "fits");
    check("f()", "x[t0] = g()", "blocked");
    check("f()", "(y := t0)", "fits");
    check("f()", "g() if t0 else h()", "fits");
    check("f()", "{x: g(), t0: y}", "blocked");
    check("f()", "{t0: g()}", "fits");
    check("f()", "x[t0] += g()", "fits");
    check("f()", "x[y] += t0", "blocked");
    // A star is evaluated before the keywords in front of it.
    check("f()", "h(k=t0, *g())", "blocked");
    check("f()", "h(k=g(), *t0)", "fits");
    check("f()", "h(*t0, k=g())", "fits");
    check("f()", "h(k=t0, **g())", "fits");
}

#[test]
fn what_is_evaluated_under_a_condition_takes_no_step() {
    for user in ["x and t0", "x or t0", "t0 if x else y", "x < y < t0", "lambda: t0"] {
        check("f()", user, "blocked");
    }
    check("f()", "[t0 for y in x]", "blocked");
    check("f()", "x < t0 < y", "fits");
}
