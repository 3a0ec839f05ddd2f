//! Programs that are folded, whose values are called what the macro called them, with a number each.
//! Where the number is gone they share the name.

use super::*;
use crate::residual::tests::{folded, show};

#[track_caller]
fn check(text: &str, expected: &str) {
    let read = folded(text);
    let hint = |id| read.hint(id);
    let own = shared_names(&read.folded.statements, Some(&read.folded.result), &hint);
    let name = |id: TemporaryId| {
        let hint = read.hint(id).expect("each value has a name");
        if own.contains(&id) { format!("{hint}{}", id.0) } else { hint.to_string() }
    };
    assert_eq!(show(&read.folded, &name), expected, "of\n{text}");
}

#[test]
fn one_value_after_the_other_has_the_name() {
    check("r0 = f()\nr1 = r0 + 1\nreturn r1", "r = f()\nr = r + 1\nreturn r");
    check("r0 = f()\ns1 = g(r0)\nreturn r0 + s1", "r = f()\ns = g(r)\nreturn r + s");
}

#[test]
fn a_value_that_outlives_its_name_gets_its_own() {
    check("r0 = f()\nr1 = g()\nreturn r0 + r1", "r0 = f()\nr = g()\nreturn r0 + r");
    check("r0 = f()\nr1 = r0 + 1\nh(r0)\nreturn r1", "r0 = f()\nr = r0 + 1\nh(r0)\nreturn r");
}

#[test]
fn where_ways_meet_a_name_holds_what_all_of_them_gave_it() {
    check(
        "if x:\n    r0: variable = f()\nelse:\n    r0: variable = g()\nreturn r0",
        "if x:\n    r = f()\nelse:\n    r = g()\nreturn r",
    );
    check(
        "r0 = f()\nif x:\n    r1 = g()\n    h(r1)\nreturn r0",
        "r0 = f()\nif x:\n    r = g()\n    h(r)\nreturn r0",
    );
    // A way that leaves doesn't meet the others.
    check(
        "r0 = f()\nif x:\n    r1 = g()\n    return r1\nreturn r0",
        "r = f()\nif x:\n    r = g()\n    return r\nreturn r",
    );
}

#[test]
fn a_loop_begins_with_what_its_rounds_leave() {
    check(
        "r0: variable = f()\nwhile x:\n    r0: variable = g(r0)\nreturn r0",
        "r = f()\nwhile x:\n    r = g(r)\nreturn r",
    );
    check(
        "r0 = f()\nwhile x:\n    r1 = g(r0)\n    h(r1)\nreturn x",
        "r0 = f()\nwhile x:\n    r = g(r0)\n    h(r)\nreturn x",
    );
    check(
        "r0 = f()\nfor r1 in x:\n    h(r1)\nreturn r0",
        "r0 = f()\nfor r in x:\n    h(r)\nreturn r0",
    );
    check(
        "r0 = f()\nwhile True:\n    r1 = g()\n    break\nreturn r1",
        "r = f()\nwhile True:\n    r = g()\n    break\nreturn r",
    );
}

#[test]
fn a_handler_comes_from_anywhere_in_the_body() {
    check(
        "r0 = f()\ntry:\n    r1 = g()\nexcept E:\n    h(r0)\nreturn x",
        "r0 = f()\ntry:\n    r = g()\nexcept E:\n    h(r0)\nreturn x",
    );
    check(
        "r0 = f()\ntry:\n    h()\nexcept E as r1:\n    g(r1)\nreturn r0",
        "r0 = f()\ntry:\n    h()\nexcept E as r:\n    g(r)\nreturn r0",
    );
}

#[test]
fn values_assigned_at_once_have_names_of_their_own() {
    check("a, r0, r1 = f()\nreturn r0 + r1", "a, r, r1 = f()\nreturn r + r1");
}
