//! Trees in which the name `s` is one node that is shared.

use super::*;
use crate::codenode::Origin;
use crate::residual::tests::{code, numbered, show_code};

#[track_caller]
fn check(text: &str, expected: &str) {
    let node = code("f(x)");
    fn put(tree: &Node, node: &Node) -> Node {
        let is_it = tree.op() == Op::VAR && tree.name().is_some_and(|name| &**name == "s");
        if is_it { node.clone() } else { tree.map_args(|arg| put(arg, node)) }
    }
    let tree = put(&code(text), &node);
    let mut count = 0;
    let shown = match shared(&tree, &mut |_| {
        count += 1;
        TemporaryId(count - 1)
    }) {
        Ok(tree) => show_code(&tree, &numbered),
        Err(Uncertain(node)) => format!("uncertain: {}", show_code(&node, &numbered)),
    };
    assert_eq!(shown, expected, "of {text}");
    assert_eq!(node.origin(), Origin::Site);
}

#[test]
fn the_first_occurrence_names_the_value() {
    check("s + s", "(t0 := f(x)) + t0");
    check("g(s, s, s)", "g((t0 := f(x)), t0, t0)");
    check("s + y", "f(x) + y");
    check("y[s] + s", "y[(t0 := f(x))] + t0");
    check("s and s", "(t0 := f(x)) and t0");
    // The condition is evaluated first.
    check("s if s else y", "t0 if (t0 := f(x)) else y");
}

#[test]
fn the_first_occurrence_has_to_be_certain() {
    check("y and s or s", "uncertain: f(x)");
    check("[s for y in s]", "uncertain: f(x)");
    check("y and s", "y and f(x)");
}
