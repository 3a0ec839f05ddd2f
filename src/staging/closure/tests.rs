//! Functions, comprehensions and generators in the body of a macro, as sources with holes.

use crate::staging::tests::staged;

#[track_caller]
fn check(body: &str, expected: &str) {
    assert_eq!(staged(body).closures.join("; "), expected, "of\n{body}");
}

#[test]
fn captured_variables_are_holes() {
    check("return lambda p: p[x] + len(p)", "lambda p: p[t0] + len(p)  [x]");
    check("n = 2\nreturn lambda: (n, K, table)", "lambda: (t0, t1, table)  [n, K]");
    check("return lambda: rest[0].name(y)", "lambda: t0[0].name(t1)  [rest, y]");
    check("return lambda p: (q := p)", "lambda p: (q := p)");
    check("def f(a):\n    return a + x", "def f(a):\n    return a + t0  [x]");
}

#[test]
fn what_the_object_holds_is_a_hole() {
    check("return lambda p, d=x, *, k=y: p", "lambda p, d=t0, *, k=t1: p  [default 0, default k]");
    check("return (a + y for a in x)", "(a + t0 for a in t1)  [y, iterable]");
    check("return [a for a in x for b in y]", "[a for a in t0 for b in t1]  [iterable, y]");
}

#[test]
fn what_only_compile_time_does_has_no_source() {
    check("return lambda: uneval(x)", "");
    check("n = 1\ndef f():\n    nonlocal n\n    n = 2", "");
    check("return [(n := a) for a in x]", "");
    check("return [await a for a in x]", "");
}
