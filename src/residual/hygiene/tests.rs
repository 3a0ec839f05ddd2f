//! Code in which a name that ends with `_` is the macro's own; the others are the call site's.

use super::*;
use crate::residual::tests::{code, numbered, show_code};

#[track_caller]
fn check(text: &str, expected: &str) {
    let taken = |name: &str| name == "taken";
    let renamed = rename_captured(&code(text), &taken);
    assert_eq!(show_code(&renamed, &numbered), expected, "of {text}");
}

#[test]
fn a_bound_name_that_would_capture_is_renamed() {
    check("[t_ + t for t_ in x]", "[t2 + t for t2 in x]");
    check("[t_ + x for t_ in x]", "[t + x for t in x]");
    check("[t_ + t + taken for t_ in x]", "[t2 + t + taken for t2 in x]");
    check("[[t_ + t for t in x] for t_ in x]", "[[t2 + t for t in x] for t2 in x]");
}

#[test]
fn an_assigned_name_that_is_taken_is_renamed() {
    check("(taken_ := 1) + taken_", "(taken2 := 1) + taken2");
    check("(other_ := 1) + other_", "(other := 1) + other");
    // The call site's comprehension would capture it.
    check("[(t_ := 1), [t_ + t for t in x]]", "[(t2 := 1), [t2 + t for t in x]]");
}

#[test]
fn the_call_sites_own_names_stay() {
    check("[t + u for t in x]", "[t + u for t in x]");
    check("(taken := 1) + taken", "(taken := 1) + taken");
}
