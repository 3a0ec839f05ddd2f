//! Quotations in the body of a macro, as templates.

use crate::staging::tests::staged;

#[track_caller]
fn check(body: &str, expected: &str) {
    assert_eq!(staged(body).templates.join("; "), expected, "of\n{body}");
}

/// The expressions that fill the holes.
#[track_caller]
fn filled(body: &str, expected: &str) {
    assert_eq!(staged(body).body, expected, "of\n{body}");
}

#[test]
fn a_parameter_is_a_hole() {
    check("return uneval(x)", "t0  [parameter x]");
    check("return uneval(x * 2 + y)", "t0 * 2 + t1  [parameter x, parameter y]");
    filled("return uneval(x * 2 + y)", "return $quote(0, (), x, y)");
    // Where it is rebound, it may still be what it was bound to.
    check("x = K\nreturn uneval(x + 1)", "t0 + 1  [parameter x]");
}

#[test]
fn what_is_the_macros_is_a_hole_and_the_rest_is_code() {
    check("n = 2\nreturn uneval(sin(x) * n)", "sin(t0) * t1  [parameter x, value]");
    check("node = K(x)\nreturn uneval(node.args[0] + 1)", "t0 + 1  [value]");
    filled(
        "node = K(x)\nreturn uneval(node.args[0] + 1)",
        "node = $named(\"node\", K(x))\nreturn $quote(0, (), $item(node.args, 0))",
    );
    check("return uneval(f(K))", "f(t0)  [value]");
    check("return uneval([a + x for a in y])", "[a + t0 for a in t1]  [parameter x, parameter y]");
    check("return uneval(f(*rest))", "f(*t0)  [spread]");
    check("return uneval(f'{x}!')", "f\"{t0}!\"  [parameter x]");
}

#[test]
fn statements_are_quoted_with_what_they_bind() {
    check("with quote as tree:\n    a = x\n    f(a)\nreturn tree", "a = t0\nf(a)  [parameter x]");
    filled(
        "with quote as tree:\n    a = x\nreturn tree",
        "$tick()\ntree = $quote(0, ($run,), x)\nreturn tree",
    );
    check("a = K\nwith quote as tree:\n    a = 1\nreturn tree", "t0 = 1  [target a]");
    check("with quote as tree:\n    x\nreturn tree", "t0  [statements x]");
}

#[test]
fn loops_and_branches_of_compile_time_are_holes() {
    check(
        "with quote as tree:\n    for i in unroll(K):\n        f(i)\nreturn tree",
        "t0  [rounds of {f(t0)  [value]}]",
    );
    check(
        "with quote as tree:\n    if comptime(K):\n        f()\n    else:\n        g()\nreturn tree",
        "t0  [one of {f()} {g()}]",
    );
    check("return uneval([*unroll(a for a in K)])", "[*t0]  [elements of {t0  [value]}]");
}
