//! Constants that come back as they were, and documents that are refused.

use malachite_bigint::BigInt;
use rustpython_wtf8::{CodePoint, Wtf8Buf};

use super::*;
use crate::codenode::Value;

fn again(value: Value) -> Value {
    let text = to_json(&Node::value(value), &mut |_| None).unwrap();
    from_json(&text).unwrap().constant().unwrap().clone()
}

#[test]
fn constants_come_back() {
    let mut lone = Wtf8Buf::from("a\u{1f600}\"\n");
    lone.push(CodePoint::from_u32(0xd800).unwrap());
    let other_nan = f64::from_bits(f64::NAN.to_bits() ^ 1 | 1 << 63);
    let floats = [0.0, -0.0, 0.1, 1e22, 5e-324, f64::MAX, f64::INFINITY, f64::NEG_INFINITY];
    let floats = floats.into_iter().chain([f64::NAN, -f64::NAN, other_nan]);
    let mut all: Vec<Value> = floats.clone().map(Value::Float).collect();
    all.extend(floats.map(|real| Value::Complex { real, imag: -real }));
    let texts = ["", "plain", "\0\u{7f}\u{2028}\u{fdd0}\\"];
    all.extend(texts.into_iter().map(Value::text));
    all.extend([Value::Str(lone.into()), Value::Bytes((0..=255).collect::<Vec<u8>>().into())]);
    all.extend([Value::None, Value::Ellipsis, Value::Bool(true), Value::Bool(false)]);
    let big = BigInt::from(7).pow(2000);
    all.extend([BigInt::from(0), BigInt::from(-1), big.clone(), -big].map(Value::Int));
    for value in all {
        assert_eq!(again(value.clone()), value);
    }
}

#[track_caller]
fn refused(nodes: &str, message: &str) {
    let text = format!("{{\"format\": \"codenode\", \"version\": 1, \"nodes\": [{nodes}]}}");
    assert_eq!(from_json(&text).unwrap_err().message, message);
}

#[test]
fn what_is_no_tree_is_refused_with_its_place() {
    const X: &str = r#"{"op": "VAR", "name": "x"}"#;
    refused("", "`nodes` is empty");
    refused("3", "nodes[0] isn't an object");
    refused("{}", "nodes[0] has no text `op`");
    refused(r#"{"op": "TEMPORARY"}"#, "nodes[0].op isn't an op of cython.meta");
    refused(r#"{"op": "VAR", "nmae": "x"}"#, "nodes[0] has an unknown part `nmae`");
    refused(r#"{"op": "VAR"}"#, "nodes[0]: VAR needs a name");
    refused(r#"{"op": "VAR", "name": 3}"#, "nodes[0].name isn't a text");
    refused(r#"{"op": "VALUE"}"#, "nodes[0] has no `value`");
    refused(
        r#"{"op": "NEG", "args": [0]}"#,
        "nodes[0].args[0] isn't the number of a node before it",
    );
    refused(
        &format!("{X}, {{\"op\": \"PLUS\", \"args\": [0]}}"),
        "nodes[1]: PLUS takes 2 arguments (left, right), not 1",
    );
    refused(
        &format!("{X}, {{\"op\": \"NEG\", \"args\": [-1]}}"),
        "nodes[1].args[0] isn't the number of a node before it",
    );
    refused(
        &format!("{X}, {{\"op\": \"NEG\", \"value\": 1, \"args\": [0]}}"),
        "nodes[1].value: only a VALUE has one",
    );
}

#[test]
fn what_is_no_constant_is_refused_with_its_place() {
    let value = |json: &str, message: &str| {
        refused(
            &format!("{{\"op\": \"VALUE\", \"value\": {json}}}"),
            &format!("nodes[0].value{message}"),
        );
    };
    value("3", " isn't an object");
    value("{}", " has no text `type`");
    value(r#"{"type": "list"}"#, ".type isn't the type of a constant");
    value(r#"{"type": "int", "value": 3}"#, ".value isn't a text");
    value(r#"{"type": "int", "value": "3.0"}"#, ".value isn't the text of an integer");
    value(r#"{"type": "float", "value": "nan:0"}"#, ".value isn't the text of a float");
    value(r#"{"type": "bytes", "value": "abc"}"#, ".value isn't pairs of hexadecimal digits");
    value(r#"{"type": "str", "code_points": [1114112]}"#, ".code_points isn't a list of them");
    value(r#"{"type": "None", "value": null}"#, " has an unknown part `value`");
}

#[test]
fn other_documents_are_refused() {
    let message = |text: &str| from_json(text).unwrap_err().message;
    assert!(message("{").starts_with("this isn't JSON: "));
    assert!(message(&"[".repeat(100_000)).starts_with("this isn't JSON: "));
    assert_eq!(message("[]"), "the document isn't an object");
    assert_eq!(message(r#"{"nodes": []}"#), "the document's `format` isn't \"codenode\"");
    assert_eq!(
        message(r#"{"format": "codenode", "version": 2}"#),
        "the document's `version` isn't 1"
    );
    assert_eq!(
        message(r#"{"format": "codenode", "version": 1}"#),
        "the document has no list `nodes`"
    );
}
