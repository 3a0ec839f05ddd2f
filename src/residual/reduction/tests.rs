//! What functions capture, and where it stands.

use super::Variables;
use crate::codenode::{Name, Node, Op, Origin, TemporaryId, Value};
use crate::print::{self, Style};
use crate::residual::fold::Folded;

/// `(lambda k: body)(value)`, where the body has `k` in it.
fn applied(body: impl Fn(Node) -> Node, value: Node) -> Node {
    let (name, origin) = (Name::from("k"), Origin::Quote(1));
    let parameter = Node::new(Op::PARAM, vec![Node::empty(), Node::empty()]);
    let parameter = parameter.with_name(Some(name.clone())).with_origin(origin);
    let parameters = Node::new(Op::PARAMS, vec![parameter]);
    let function = Node::new(Op::LAMBDA, vec![parameters, body(Node::var(name, origin))]);
    Node::call(function, vec![value])
}

fn site(name: &str) -> Node {
    Node::var(name, Origin::Site)
}

/// `lambda: k`.
fn function(k: Node) -> Node {
    Node::new(Op::LAMBDA, vec![Node::new(Op::PARAMS, Vec::new()), k])
}

/// `(k for x in xs)`.
fn generator(k: Node) -> Node {
    let clause = Node::new(Op::FORCLAUSE, vec![site("x"), site("xs")]);
    Node::new(Op::GENERATOR, vec![k, clause])
}

#[track_caller]
fn check(code: Node, expected: &str) {
    let variables = Variables {
        stable: &|node| node.name().is_some_and(|name| name.starts_with("stable")),
        lasting: &|node| node.name().is_some_and(|name| name.starts_with("lasting")),
    };
    let folded = variables.applied(Folded { statements: Vec::new(), result: code });
    assert_eq!(print::expression(&folded.result, Style::default()), expected);
}

#[test]
fn what_lasts_stands_in_the_body() {
    check(applied(function, Node::value(Value::Int(2.into()))), "lambda: 2");
    check(applied(function, site("lasting")), "lambda: lasting");
    check(applied(function, site("stable")), "(lambda k: lambda: k)(stable)");
    check(applied(function, site("other")), "(lambda k: lambda: k)(other)");
    check(
        applied(function, Node::call(site("lasting"), vec![])),
        "(lambda k: lambda: k)(lasting())",
    );
}

#[test]
fn what_is_used_up_needs_no_function() {
    let any = |code| Node::call(Node::var("any", Origin::Builtin), vec![code]);
    check(any(applied(generator, site("stable"))), "any(stable for x in xs)");
    check(any(applied(generator, site("other"))), "any((lambda k: (k for x in xs))(other))");
    check(any(applied(generator, Node::temporary(TemporaryId(0)))), "any(... for x in xs)");
    let iter = |code| Node::call(Node::var("iter", Origin::Builtin), vec![code]);
    check(iter(applied(generator, site("stable"))), "iter((lambda k: (k for x in xs))(stable))");
}
