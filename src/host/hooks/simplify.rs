//! Simplification of quoted code whose holes are filled, to what a person would write.
//!
//! ```text
//! getattr(x, "name")       x.name               f"{'a'}{f'{b}'}"     f"a{b}"
//! setattr(x, "name", y)    x.name = y           (a and b) and c      a and b and c
//! ```

use rustpython_wtf8::Wtf8Buf;

use crate::codenode::{Node, Op, Origin, Value};
use crate::python::builtins::{AttributeUse, builtin};
use crate::python::keywords::is_keyword;

/// The node in its plain form. Its arguments are in theirs.
pub(in crate::host) fn simplified(node: Node) -> Node {
    let new = match node.op() {
        Op::CALL | Op::EXPR => attribute(&node),
        Op::FSTRING => Some(flat_text(&node)),
        Op::AND | Op::OR => Some(flat_chain(&node)),
        _ => None,
    };
    new.unwrap_or(node)
}

/// `(a and b) and c`, which stops where `a and b and c` does.
fn flat_chain(node: &Node) -> Node {
    let is_part = |arg: &Node| arg.op() == node.op() && arg.name().is_none();
    let mut args = Vec::new();
    for arg in node.args() {
        match is_part(arg) {
            true => args.extend_from_slice(arg.args()),
            false => args.push(arg.clone()),
        }
    }
    node.with_args(args)
}

/// An f-string with the texts and f-strings in its fields as parts of it.
fn flat_text(node: &Node) -> Node {
    let mut parts: Vec<Node> = Vec::new();
    for part in node.args() {
        let value = part.args().first();
        let is_bare = part.op() == Op::FIELD
            && part.name().is_none()
            && part.args().get(1).is_some_and(|format| format.op() == Op::EMPTY);
        match value.filter(|value| is_bare && value.name().is_none()) {
            Some(value) if value.op() == Op::FSTRING => parts.extend_from_slice(value.args()),
            Some(value) if matches!(value.constant(), Some(Value::Str(_))) => {
                parts.push(value.clone());
            }
            _ => parts.push(part.clone()),
        }
    }
    let mut joined: Vec<Node> = Vec::new();
    for part in parts {
        match (joined.last().and_then(Node::constant), part.constant()) {
            (Some(Value::Str(before)), Some(Value::Str(text))) => {
                let mut whole = Wtf8Buf::clone(before);
                whole.push_wtf8(text);
                joined.pop();
                joined.push(Node::value(Value::Str(whole.into())));
            }
            _ => joined.push(part),
        }
    }
    let is_empty =
        |part: &Node| matches!(part.constant(), Some(Value::Str(text)) if text.is_empty());
    joined.retain(|part| !is_empty(part));
    match joined.as_slice() {
        [] => Node::value(Value::text("")),
        [text] if text.op() == Op::VALUE => text.clone(),
        _ => node.with_args(joined),
    }
}

/// `getattr(x, "name")`, `setattr(x, "name", y)` and `delattr(x, "name")` as the attribute that
/// they are.
fn attribute(node: &Node) -> Option<Node> {
    let call = match node.op() {
        Op::EXPR => node.args().first()?,
        _ => node,
    };
    let [callee, object, name, rest @ ..] = call.args() else { return None };
    if call.op() != Op::CALL || callee.origin() != Origin::Builtin {
        return None;
    }
    let attribute = Node::attribute(object.clone(), attribute_name(name)?).with_loc(call.loc());
    let statement = |op, args| Some(Node::new(op, args).with_loc(node.loc()));
    let is_statement = node.op() == Op::EXPR;
    match (builtin(callee.name()?)?.attribute?, rest) {
        (AttributeUse::Read, []) if !is_statement => Some(attribute),
        // An assignment has its value first.
        (AttributeUse::Assign, [value]) if is_statement && object.op() == Op::VAR => {
            statement(Op::ASSIGN, vec![attribute, value.clone()])
        }
        (AttributeUse::Delete, []) if is_statement => statement(Op::DELETE, vec![attribute]),
        _ => None,
    }
}

/// The name, if an attribute can be written with it; private ones would mean another in a class.
fn attribute_name(node: &Node) -> Option<&str> {
    let Value::Str(text) = node.constant()? else { return None };
    let name = text.as_str().ok()?;
    let is_private = name.starts_with("__") && !name.ends_with("__");
    let is_plain = name.chars().all(|c| c == '_' || c.is_ascii_alphanumeric())
        && name.starts_with(|c: char| !c.is_ascii_digit());
    (is_plain && !is_private && !is_keyword(name)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::print::{self, Style};

    #[track_caller]
    fn check(node: Node, expected: &str) {
        let node = simplified(node);
        let shown = match node.is_statement() {
            true => print::program(&node).trim_end().to_owned(),
            false => print::expression(&node, Style::default()),
        };
        assert_eq!(shown, expected);
    }

    fn name(name: &str) -> Node {
        Node::var(name, Origin::Site)
    }

    fn text(text: &str) -> Node {
        Node::value(Value::text(text))
    }

    fn builtin(builtin: &str, arguments: Vec<Node>) -> Node {
        Node::call(Node::var(builtin, Origin::Builtin), arguments)
    }

    fn statement(expression: Node) -> Node {
        Node::new(Op::EXPR, vec![expression])
    }

    fn field(value: Node) -> Node {
        Node::new(Op::FIELD, vec![value, Node::empty()])
    }

    #[test]
    fn an_attribute_whose_name_is_known_is_written_as_one() {
        check(builtin("getattr", vec![name("x"), text("a")]), "x.a");
        check(statement(builtin("setattr", vec![name("x"), text("a"), name("y")])), "x.a = y");
        check(statement(builtin("delattr", vec![name("x"), text("a")])), "del x.a");
    }

    #[test]
    fn what_no_attribute_can_spell_stays_a_call() {
        check(builtin("getattr", vec![name("x"), text("a b")]), "getattr(x, \"a b\")");
        check(builtin("getattr", vec![name("x"), text("class")]), "getattr(x, \"class\")");
        check(builtin("getattr", vec![name("x"), text("__a")]), "getattr(x, \"__a\")");
        check(builtin("getattr", vec![name("x"), text("a"), name("y")]), "getattr(x, \"a\", y)");
        let own = Node::call(name("getattr"), vec![name("x"), text("a")]);
        check(own, "getattr(x, \"a\")");
    }

    #[test]
    fn the_target_of_an_assignment_is_evaluated_after_its_value() {
        let object = Node::call(name("f"), Vec::new());
        let call = builtin("setattr", vec![object, text("a"), name("y")]);
        check(statement(call), "setattr(f(), \"a\", y)");
    }

    #[test]
    fn chains_and_texts_are_flat() {
        let inner = Node::new(Op::AND, vec![name("a"), name("b")]);
        check(Node::new(Op::AND, vec![inner.clone(), name("c")]), "a and b and c");
        check(Node::new(Op::OR, vec![inner, name("c")]), "a and b or c");
        let nested = Node::new(Op::FSTRING, vec![text("b"), field(name("x"))]);
        let parts = vec![text("a"), field(nested), field(text("c"))];
        check(Node::new(Op::FSTRING, parts), "f\"ab{x}c\"");
        check(Node::new(Op::FSTRING, vec![field(text("a"))]), "\"a\"");
        check(Node::new(Op::FSTRING, Vec::new()), "\"\"");
    }
}
