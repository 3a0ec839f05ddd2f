//! Walks, finders and tokens on small programs.

use rustpython_ast::Stmt;
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use super::*;

/// The names of a program that a walk comes to, with `def` and `class` for definitions.
fn walked(text: &str, reach: Reach) -> String {
    let module = parse_module(text).expect("a test's program parses");
    let word = |node: Syntax<'_>| match node {
        Syntax::Stmt(Stmt::FunctionDef(_)) => Some("def".to_owned()),
        Syntax::Stmt(Stmt::ClassDef(_)) => Some("class".to_owned()),
        Syntax::Stmt(Stmt::Pass(_)) => Some("pass".to_owned()),
        _ => node.name().map(|name| name.id.to_string()),
    };
    let words: Vec<String> = walk(&module).within(reach).filter_map(word).collect();
    words.join(" ")
}

#[test]
fn walks_go_in_the_order_of_the_source_as_far_as_they_are_told() {
    use Reach::{Frame, Statements, Whole};
    let check = |text: &str, reach, expected: &str| {
        assert_eq!(walked(text, reach), expected, "{reach:?} {text}");
    };
    let function = "@a\ndef f(x: b = c) -> d:\n    e\ng";
    check(function, Whole, "def a b c d e g");
    check(function, Frame, "def a b c d g");
    check(function, Statements, "def");
    let class = "@a\nclass A(b, m=c):\n    d\n    class B: e\nf";
    check(class, Whole, "class a b c d class e f");
    check(class, Frame, "class a b c f");
    check(class, Statements, "class class");
    let lambda = "a(lambda x=b: c)(d)";
    check(lambda, Whole, "a b c d");
    let blocks = "if a:\n    pass\nelif b: pass\nelse: pass\ntry: c\nexcept d: pass\nfinally: pass";
    check(blocks, Whole, "a pass b pass pass c d pass pass");
    check(blocks, Statements, "pass pass pass pass pass");
    check("[a for b in c if d]; f'{e!r:{f}}'; x.y[g:h] = k", Whole, "a b c d e f x g h k");
    check("match a:\n    case B(c.d, e=1) if f: g", Whole, "a B c f g");
}

#[test]
fn what_is_pruned_is_left_out() {
    let module = parse_module("a(b(c), d)(e)").expect("a test's program parses");
    let is_b = |node: Syntax<'_>| {
        let callee = node.expr().and_then(|expr| expr.as_call_expr()).map(|call| &*call.func);
        callee.and_then(|callee| callee.as_name_expr()).is_some_and(|name| name.id == "b")
    };
    let names = walk(&module).entering(|node| !is_b(node)).filter_map(Syntax::name);
    let names: Vec<&str> = names.map(|name| name.id.as_str()).collect();
    assert_eq!(names, ["a", "d", "e"]);
}

#[test]
fn what_nodes_inherit_goes_down() {
    let module = parse_module("a\nif b:\n    c\n    if d: e").expect("a test's program parses");
    let below = |depth, node: Syntax<'_>, _: Syntax<'_>| depth + usize::from(node.stmt().is_some());
    let found: Vec<String> = walk_with(&module, 0, below)
        .filter_map(|(node, depth)| Some(format!("{}{depth}", node.name()?.id)))
        .collect();
    assert_eq!(found, ["a1", "b1", "c2", "d2", "e3"]);
}

#[test]
fn places_have_what_stands_there() {
    let text = "def f():\n    x = g(1 + h)\n    if x: return x.y\n";
    let module = parse_module(text).expect("a test's program parses");
    let slice = |range: TextRange| text.get(range.to_std_range());
    let range = |part: &str| {
        let start = TextSize::try_from(text.find(part).expect("it is there")).expect("it is short");
        TextRange::at(start, TextSize::of(part))
    };
    let statement = |part| slice(statement_around(&module, range(part))?.range());
    let expression = |part| slice(expression_around(&module, range(part))?.range());
    assert_eq!(statement("1 +"), Some("x = g(1 + h)"));
    assert_eq!(statement("return"), Some("return x.y"));
    assert_eq!(expression("+"), Some("1 + h"));
    assert_eq!(expression("(1"), Some("g(1 + h)"));
    assert_eq!(expression("def"), None);
}
