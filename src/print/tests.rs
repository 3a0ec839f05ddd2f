//! Trees as they are printed, with what their source wrote kept where it still holds.

use rustpython_parser::parse_module;
use rustpython_text_size::{TextRange, TextSize};

use super::*;
use crate::codenode::{FieldKind, Plain, Shape, check, lower_body};
use crate::source::FileId;
use crate::syntax::Layout;

/// The statements of a text, with its spelling.
fn tree(text: &str) -> Node {
    let parsed = parse_module(text).expect("a test's text parses");
    let layout = Layout::new(text, parsed.tokens());
    let within = TextRange::up_to(TextSize::of(text));
    lower_body(&parsed.syntax().body, FileId(0), text, &layout, within, &mut Plain)
}

/// The text printed anew, in lines of this width.
fn laid_out(text: &str, width: usize) -> String {
    module(&tree(text).without_spelling(), Style { width, ..Style::default() })
}

#[track_caller]
fn check_width(width: usize, text: &str, expected: &str) {
    let printed = laid_out(text, width);
    assert_eq!(printed.trim_end(), expected.trim_start_matches('\n'), "of {text}");
    assert_eq!(tree(&printed).without_spelling(), tree(text).without_spelling());
}

/// The same node under another op, as a macro that sets `op` makes it.
fn with_op(node: &Node, op: Op) -> Node {
    Node::new(op, node.args().to_vec())
        .with_name(node.name().cloned())
        .with_origin(node.origin())
        .with_trivia(node.trivia().cloned())
        .with_head(node.written_head().cloned())
}

/// The tree with every node of one op under another.
fn exchanged(node: &Node, from: Op, to: Op) -> Node {
    let node = node.map_args(|arg| exchanged(arg, from, to));
    if node.op() == from { with_op(&node, to) } else { node }
}

#[test]
fn parentheses_are_there_where_they_are_needed() {
    for (text, expected) in [
        ("(a + b) + c", "a + b + c"),
        ("a + (b + c)", "a + (b + c)"),
        ("(a ** b) ** c", "(a ** b) ** c"),
        ("(-a) ** b", "(-a) ** b"),
        ("-(a ** b)", "-(a ** b)"),
        ("not (a == b)", "not a == b"),
        ("(not a) == b", "(not a) == b"),
        ("(a if b else c) if d else e", "(a if b else c) if d else e"),
        ("f((x for x in y))", "f(x for x in y)"),
        ("f((x for x in y), z)", "f((x for x in y), z)"),
        ("(1).real", "(1).real"),
        ("(lambda: x)()", "(lambda: x)()"),
        ("x[(a, b)]", "x[a, b]"),
        ("x[(yield)]", "x[(yield)]"),
        ("{**(a or b)}", "{**(a or b)}"),
        ("*(a | b),", "(*a | b,)"),
    ] {
        check_width(88, text, expected);
    }
}

#[test]
fn lines_are_broken_in_the_last_brackets_first() {
    check_width(
        20,
        "result = function(first, second)",
        "\nresult = function(\n    first, second\n)",
    );
    check_width(
        20,
        "function(first, second_one, third)",
        "\nfunction(\n    first,\n    second_one,\n    third,\n)",
    );
    check_width(
        20,
        "result = first_operand + second_one",
        "\nresult = (\n    first_operand\n    + second_one\n)",
    );
    check_width(
        24,
        "return query.filter(a).order(b).all()",
        "\nreturn (\n    query.filter(a)\n    .order(b)\n    .all()\n)",
    );
}

#[test]
fn a_head_holds_as_long_as_nothing_in_it_is_changed() {
    let text = "def f( x ):  # beside\n    return  x\n";
    assert_eq!(module(&tree(text), Style::default()), text);
    let changed = |node: &Node| with_op(node, Op::ASYNCDEF);
    let printed = module(&tree(text).map_args(changed), Style::default());
    assert_eq!(printed, "async def f(x):  # beside\n    return  x\n");
    let other_body = |node: &Node| match node.args() {
        [.., _] => node.with_args(
            node.args()
                .iter()
                .map(
                    |arg| if arg.op() == Op::BLOCK { Node::block(Vec::new()) } else { arg.clone() },
                )
                .collect(),
        ),
        [] => node.clone(),
    };
    let printed = module(&tree(text).map_args(other_body), Style::default());
    assert_eq!(printed, "def f( x ):  # beside\n    pass\n");
}

#[test]
fn a_written_if_becomes_an_alternative() {
    let text = "if  a:\n    b\nif  c:\n    d\nelse:\n    e\n";
    let block = tree(text);
    let [first, second] = block.args() else { panic!("two statements") };
    let second = second.with_args(second.args().to_vec());
    let [test, body, _] = first.args() else { panic!("an IF has three arguments") };
    let both = first.with_args(vec![test.clone(), body.clone(), Node::block(vec![second])]);
    let printed = module(&Node::block(vec![both]), Style::default());
    assert_eq!(printed, "if  a:\n    b\nelif c:\n    d\nelse:\n    e\n");
}

/// The ops in a tree, each once.
fn ops_of(node: &Node, ops: &mut Vec<Op>) {
    if !ops.contains(&node.op()) {
        ops.push(node.op());
    }
    node.args().iter().for_each(|arg| ops_of(arg, ops));
}

/// A statement for each op that has fields in common with another, or holds a node of it.
const SAMPLES: &[&str] = &[
    "def  f[T: int, *Ts, **P]( x : int, *y: int, **z: int ) -> int:\n    return x\n",
    "async def  f( x : int ) -> int:\n    return x\n",
    "for  x  in  y:\n    z\nelse:\n    w\n",
    "async for  x  in  y:\n    z\n",
    "with  a  as  b:\n    c\n",
    "async with  a  as  b:\n    c\n",
    "try:\n    a\nexcept  B  as  c:\n    d\nfinally:\n    e\n",
    "try:\n    a\nexcept*  B  as  c:\n    d\n",
    "global  a,  b\n",
    "nonlocal  a,  b\n",
    "pass\n",
    "break\n",
    "continue\n",
    "return  a\n",
    "del  a,  b\n",
    "x  =  [a  for b in c if d]\n",
    "x  =  {a  for b in c async for d in e}\n",
    "x  =  {a : 1  for b in c}\n",
    "x  =  (a  for b in c)\n",
    "x  =  a  +  b, a  **  b, a  <  b, a  and  b, a  or  b, -  a, not  a\n",
    "x  =  [a,  b], {a,  b}, {a : b}, (a,  b)\n",
    "x  =  f'a{b}c', await  a\n",
    "x  =  lambda  a, *b, **c: a\n",
    "f(*a,  **b)\n",
];

/// Whether every node of the tree is what its op takes.
fn is_well_formed(node: &Node) -> bool {
    check(node).is_ok() && node.args().iter().all(is_well_formed)
}

#[test]
fn exchanged_ops_are_printed_as_what_they_are() {
    let mut tried = Vec::new();
    for sample in SAMPLES {
        let before = tree(sample);
        // A variable under another op is the variable that the node is the definition of.
        let mut ops = Vec::new();
        ops_of(&before, &mut ops);
        for from in ops.into_iter().filter(|op| !matches!(op, Op::VAR | Op::BLOCK)) {
            // These two have what no argument is.
            for &to in Op::ALL.iter().filter(|to| !matches!(to, Op::VALUE | Op::TEMPORARY)) {
                let after = if from == to { before.clone() } else { exchanged(&before, from, to) };
                if after.is(&before) || !is_well_formed(&after) {
                    continue;
                }
                let printed = module(&after, Style::default());
                let Ok(_) = parse_module(&printed) else { continue };
                assert!(tree(&printed) == after, "{from} → {to} in\n{sample}gives\n{printed}");
                tried.push((from, to));
            }
        }
    }
    let alike = |a: Op, b: Op| {
        let kinds = |op: Op| op.fields().iter().map(|field| field.kind).collect::<Vec<FieldKind>>();
        kinds(a) == kinds(b) && a.naming() == b.naming() && a.shape() == Shape::Statement
    };
    let of_heads = Op::ALL.iter().filter(|op| !op.keyword().is_empty());
    for &from in of_heads {
        for &to in Op::ALL.iter().filter(|to| alike(from, **to) && **to != from) {
            assert!(tried.contains(&(from, to)), "{from} → {to} isn't in a sample");
        }
    }
}
