//! Statements, and the expressions that do the same.

use super::*;
use crate::residual::tests::{code, numbered, show_code};

#[track_caller]
fn check(statement: &str, expected: &str) {
    assert_eq!(show_code(&as_expression(&code(statement)), &numbered), expected, "of {statement}");
}

#[test]
fn assignments_are_calls() {
    check("x[1] = v", "operator.setitem(x, 1, v)");
    check("t0[1:2] = [v]", "operator.setitem(t0, slice(1, 2, None), [v])");
    check("x[1:2] = v", "operator.setitem(x, slice(1, 2, None), v)");
    check("x[1:, y] = v", "operator.setitem(x, (slice(1, None, None), y), v)");
    check("x.a = v", "setattr(x, \"a\", v)");
    check("x = v", "(x := v)");
    check("x += v", "(x := operator.iadd(x, v))");
    check("t0 **= v", "operator.ipow(t0, v)");
    check("del x[1]", "operator.delitem(x, 1)");
    check("del x.a", "delattr(x, \"a\")");
}

#[test]
fn others_have_no_such_form() {
    // Their value comes first, a private name is another in a text, and several targets are several
    // statements.
    for statement in
        ["f()[g()] = h()", "x.__a = v", "x = y = v", "a, b = v", "del x", "del x.a, y.b"]
    {
        check(statement, statement);
    }
    check("x[1] += v", "x[1] += v");
}
