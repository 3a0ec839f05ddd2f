//! Programs, and what is known in them at `m(…)`.

use rustpython_text_size::{Ranged as _, TextRange};

use super::*;
use crate::scope::analyse;

/// Every call of `m` is one of a macro that does nothing else.
struct Calls<'a>(&'a str);

impl Program for Calls<'_> {
    fn macro_call(&self, range: TextRange) -> Option<Change> {
        self.0[range.to_std_range()].starts_with("m(").then(Change::default)
    }
}

/// What the variables are that are given to the last `m(…)` of a function with this body; `?` if
/// that isn't known.
fn known(body: &str) -> String {
    let body = body.replace('\n', "\n    ");
    let text = format!("from math import sin\ndef f(x, i: int, xs):\n    {body}\n");
    let module = rustpython_parser::parse_module(&text).expect("a test's program parses");
    let module = module.into_syntax();
    let scopes = analyse(&module);
    let flow = Flow::of(&module, &scopes, &Calls(&text));
    let (_, facts) = flow.at.iter().next_back().expect("a test's program calls m");
    let names = ["a", "b", "c"].into_iter().filter(|name| facts.known.contains_key(*name));
    let shown = names.map(|name| match facts.definition(name) {
        Some(fact) => format!("{name} = {}", show(&text, fact)),
        None => format!("{name}: ?"),
    });
    shown.collect::<Vec<_>>().join("; ")
}

fn show(text: &str, fact: &Definition) -> String {
    let code = match &fact.code {
        Definiens::Code(code) => text[code.range().to_std_range()].to_owned(),
        Definiens::Augmented { before, code, .. } => {
            format!("({}) += {}", show(text, before), &text[code.range().to_std_range()])
        }
        Definiens::Choice { test, body, orelse } => {
            let [test, body, orelse] = [test, body, orelse].map(|part| show(text, part));
            format!("{body} if {test} else {orelse}")
        }
    };
    let former = fact.former.iter().map(|(name, was)| format!(" [{name} = {}]", show(text, was)));
    let once = if fact.once { "!" } else { "" };
    code + &former.collect::<String>() + once
}

fn check(cases: &[(&str, &str)]) {
    for (body, expected) in cases {
        assert_eq!(known(body), *expected, "in\n{body}");
    }
}

#[test]
fn straight_lines_are_followed() {
    check(&[
        ("a = 3 * x\nm(a)", "a = 3 * x"),
        ("a = 3 * x\nb = a + 1\nm(b)", "a = 3 * x; b = a + 1"),
        ("a, b = x, 2\nm(a, b)", "a = x; b = 2"),
        ("a, *b = xs\nm(a)", "a: ?"),
        ("a = b = 2\nm(a, b)", "a = 2; b = 2"),
        ("a: int = xs[0]\nm(a)", "a = xs[0]"),
        ("a: int\nm(a)", ""),
        ("y = (a := 3) + 1\nm(a)", "a = 3"),
        ("x and (a := 3)\nm(a)", ""),
        ("a = (b := 3 * x) + b\nm(a)", "a = (b := 3 * x) + b; b = 3 * x"),
        ("b = x\na = b + (b := 3)\nm(a)", "a: ?"),
        ("a = (b := 3) + (b := x)\nm(a)", "a: ?"),
        ("a = (b := xs()) + b\nm(a)", "a: ?"),
        ("a = x if i else (b := 3)\nm(a)", "a: ?"),
        ("for a in xs: m(a)", "a: ?"),
        ("import a\nm(a)", "a: ?"),
        ("a = yield\nm(a)", "a: ?"),
        ("def g():\n    nonlocal a\n    a = 1\na = 2\nm(a)", "a: ?"),
        ("a = 1\ndel a\nm(a)", "a: ?"),
        ("m(a)\na = 1", ""),
    ]);
}

#[test]
fn inputs_that_get_other_values_stand_as_what_they_were() {
    check(&[
        ("a = x + 1\nx = 5\nm(a)", "a: ?"),
        ("b = 3\na = b + 1\nb = 5\nm(a)", "a = b + 1 [b = 3]"),
        ("b = 3\na = b + 1\ndel b\nm(a)", "a = b + 1 [b = 3]"),
        ("b = sin(x)\na = b + 1\nb = 5\nm(a)", "a = b + 1 [b = sin(x)]"),
        ("b = print(x)\na = b + 1\nb = 5\nm(a)", "a: ?"),
        ("a = 3\na = a + 1\nm(a)", "a = a + 1 [a = 3]"),
        ("a, b = 1, 2\na, b = b, a\nm(a, b)", "a = b [b = 2]; b = a [a = 1]"),
        ("a = 3 * x\na += i\nm(a)", "a = (3 * x) += i"),
        ("a = 3 * x\na += i\ni = 2\nm(a)", "a: ?"),
        ("a = x\na += 1\nm(a)", "a: ?"),
        ("a = i\na += 1\nm(a)", "a = (i) += 1"),
        ("a = 1\na += 2\na *= 3\nm(a)", "a = ((1) += 2) += 3"),
        ("a = 1\na += (a := 4)\nm(a)", "a: ?"),
        ("a = 1\na += (b := 4)\nm(a)", "a = (1) += b := 4; b = 4"),
    ]);
}

#[test]
fn what_objects_hold_is_known_until_something_may_change_it() {
    check(&[
        ("a = xs[0]\nm(a)", "a = xs[0]"),
        ("a = xs[0]\nprint(a)\nm(a)", "a = xs[0]"),
        ("a = xs[0]\nxs.append(1)\nm(a)", "a: ?"),
        ("a = xs[0]\nx[0] = 2\nm(a)", "a: ?"),
        ("a = xs[0]\nx.y = 2\nm(a)", "a: ?"),
        ("a = xs[0]\nx += xs\nm(a)", "a: ?"),
        ("a = 3 * x\nxs()\nm(a)", "a: ?"),
        ("a = 3 * i\nxs()\nm(a)", "a = 3 * i"),
        ("a = float(x) * 2\nxs()\nm(a)", "a: ?"),
        ("b = float(x)\na = b * 2\nxs()\nm(a)", "a = b * 2; b: ?"),
        ("a = [x, 1]\nm(a)", "a = [x, 1]!"),
        ("a = (x, 1)\nxs()\nm(a)", "a = (x, 1)"),
        ("a = xs()\nm(a)", "a = xs()!"),
        ("a = xs()\nb = xs()\nm(a, b)", "a: ?; b = xs()!"),
        ("a = lambda: x\nm(a)", "a = lambda: x!"),
    ]);
}

#[test]
fn ways_that_come_together() {
    check(&[
        ("a = 1\nif x:\n    b = 2\nm(a, b)", "a = 1"),
        ("if i:\n    a = 1\nelse:\n    a = 2\nm(a)", "a = 1 if i else 2"),
        ("a = 1\nif i:\n    a = 2\nm(a)", "a = 2 if i else 1"),
        (
            "if i:\n    a = 1\nelif x:\n    a = 2\nelse:\n    a = 3\nm(a)",
            "a = 1 if i else 2 if x else 3",
        ),
        ("if i:\n    a = 1\n    i = 2\nelse:\n    a = 2\nm(a)", "a: ?"),
        ("a = 3 * i\nif a > 0:\n    a = 2\nm(a)", "a = 2 if a > 0 [a = 3 * i] else 3 * i"),
        (
            "b = i\na = b\nif a:\n    b = 2\nelse:\n    a = 3\nm(a)",
            "a = b [b = i] if a [a = b [b = i]] [b = i] else 3",
        ),
        ("if i:\n    return\nelse:\n    a = 2\nm(a)", "a = 2"),
        ("a = 1\nfor b in xs:\n    a = 2\nm(a)", "a: ?"),
        ("a = 1\nfor b in xs:\n    m(a)", "a = 1"),
        ("a = 1\nfor b in xs:\n    m(a)\n    a = 2", "a: ?"),
        ("for b in xs:\n    a = b + 1\n    m(a)", "a = b + 1; b: ?"),
        ("a = i\nwhile x:\n    m(a)\n    i = 2", "a: ?"),
        ("while True:\n    a = 1\n    break\nm(a)", "a: ?"),
        ("try:\n    a = 1\nexcept E:\n    a = 2\nm(a)", "a: ?"),
        ("a = 1\ntry:\n    xs()\nexcept E as b:\n    m(a)", "a = 1"),
        ("a = 1\ntry:\n    a = xs()\nfinally:\n    m(a)", "a: ?"),
        ("with xs as b:\n    a = 1\nm(a)", "a: ?"),
        ("a = 1\nmatch x:\n    case [a]: pass\nm(a)", "a: ?"),
        ("a = 1\n[m(a) for b in xs]", "a = 1"),
        ("a = 1\n[m(a) for a in xs]", ""),
        ("a = 1\nlambda: m(a)\nm(a)", "a = 1"),
    ]);
}
