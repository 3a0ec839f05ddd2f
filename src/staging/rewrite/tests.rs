//! Bodies of macros, and what a plain Python runs for them.

use crate::staging::tests::staged;

#[track_caller]
fn check(body: &str, expected: &str) {
    let staged = staged(body);
    assert_eq!(staged.body, expected, "of\n{body}");
    assert!(staged.misuses.is_empty(), "{:?} in\n{body}", staged.misuses);
}

#[track_caller]
fn misused(body: &str, expected: &str) {
    assert_eq!(staged(body).misuses, [expected], "in\n{body}");
}

#[test]
fn names_are_the_macros_or_the_programs() {
    check("return x", "return x");
    check("return K", "return K");
    check("return table", "return $reference(0)");
    check("a = 1\nreturn a", "a = 1\nreturn a");
    check("return len(x)", "return $builtin(0)(x)");
    check("return print", "return $reference(0)");
    check("return int", "return int");
}

#[test]
fn operators_without_a_slot_are_hooks() {
    check("return not x", "return $not(x)");
    check("return x % y", "return $modulo(x, y)");
    check("return x + y", "return x + y");
    check("return x is y", "return $compare(IS, x, y)");
    check("return x in y", "return $compare(IN, x, y)");
    check("return x < y", "return $compare(LT, x, y)");
    check("return x < y < K", "return $chain(LT, x, y, LT, lambda: K)");
    check("return x[y]", "return $item(x, y)");
    check("return x[1:y]", "return $item(x, $slice(1, y, None))");
    check("return 's'.join(x)", "return $method(\"s\", \"join\")(x)");
    check("x += y", "x = $named(\"x\", $augmented(PLUS, x, y))");
    check("return f'{x!r:>3}'", "return $fstring(1, $field(x, \"r\", $fstring(0)))");
    check("return [*x, y]", "return $display(LIST, $star(x), y)");
    check("return K(*x, **y)", "return $call(K, $star(x), $double_star(y))");
    check("a, b = x", "a, b = $unpack(x, None, \"a\", \"b\")");
    check("a, *b = x", "a, b = $unpack(x, 1, \"a\", \"b\")");
}

#[test]
fn decisions_need_what_is_known() {
    check("if x:\n    return y", "if x:\n    return y");
    check("return x and y", "return x and y");
    check("return y if x else 1", "return y if x else 1");
    check("while x:\n    K()", "while x:\n    $tick()\n    K()");
    check("for a in x:\n    K(a)", "for a in $iterated(x):\n    $tick()\n    K(a)");
    check(
        "return [a for a in x]",
        "return $comprehension(\n    0, lambda: (), x, lambda $given__: [a for a in $iterated($given__)]\n)",
    );
    check("with x:\n    K()", "with $static(x):\n    K()");
    check("match x:\n    case 1:\n        K()", "match $matched(x):\n    case 1:\n        K()");
    check(
        "try:\n    K()\nexcept E:\n    K()",
        "try:\n    K()\nexcept $reference(0):\n    $caught()\n    K()",
    );
    check("raise x", "raise $static(x)");
}

#[test]
fn functions_have_no_annotations() {
    check(
        "def f(a: int) -> int:\n    return a",
        "@lambda $given__: $closure(0, lambda: (), $given__)\ndef f(a):\n    $tick()\n    return a",
    );
    check(
        "class C:\n    def f(self):\n        return x",
        "class C:\n    def f(self):\n        $tick()\n        return x",
    );
    check("return lambda a: a % x", "return $closure(0, lambda: (x,), lambda a: $modulo(a, x))");
}

#[test]
fn misuses_are_found() {
    misused("uneval()", "UnevalArguments");
    misused("uneval(*x)", "UnevalArguments");
    misused("with quote:\n    x", "QuoteForm");
    misused("global table\ntable = x", "GlobalOfTheProgram(\"table\")");
}
