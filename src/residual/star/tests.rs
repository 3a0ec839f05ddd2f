//! Displays and calls with the steps that were recorded since their first star.

use super::*;
use crate::residual::tests::{code, numbered, recorded, show_code};

#[track_caller]
fn check(steps: &str, node: &str, expected: &str) {
    let read = recorded(steps);
    let block = read.residual.block().to_vec();
    let shown = after_star(&read.residual, block, &code(node));
    let shown = shown.map_or_else(|| "no".to_owned(), |node| show_code(&node, &numbered));
    assert_eq!(shown, expected, "of\n{steps}\n{node}");
}

#[test]
fn what_follows_a_star_is_evaluated_after_it() {
    check("t0 = f()", "[*'ab', t0]", "[*\"ab\", f()]");
    check("t0 = f()\nt1 = g()", "[*'ab', t0, t1]", "[*\"ab\", f(), g()]");
    check("t0 = f()", "''.join(*'ab', t0)", "\"\".join(*\"ab\", f())");
    check("t0 = f()", "{**{}, 'a': t0}", "{**{}, \"a\": f()}");
}

#[test]
fn what_is_no_part_of_it_can_not_be() {
    check("t0 = f()\nt1 = g()", "[*'ab', t1, t0]", "no");
    check("f()", "[*'ab', y]", "no");
}
