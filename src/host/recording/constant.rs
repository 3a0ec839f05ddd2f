//! Constants as code.

use num_traits::Zero as _;

use crate::codenode::{Node, Origin, Value};

/// A constant as code; those that no literal spells are calls.
pub(super) fn constant(value: Value) -> Node {
    let text = |text: &str| Node::value(Value::text(text));
    match &value {
        Value::Float(f) if f.is_nan() => call("float", vec![text("nan")]),
        Value::Float(f) if f.is_infinite() => {
            call("float", vec![text(if *f > 0.0 { "inf" } else { "-inf" })])
        }
        Value::Complex { real, imag } if !is_spellable(*real, *imag) => {
            let part = |f: &f64| constant(Value::Float(*f));
            call("complex", vec![part(real), part(imag)])
        }
        _ => Node::value(value),
    }
}

/// Whether `real + imag j` gives exactly that: signs of zeros, infinities and nans don't survive.
fn is_spellable(real: f64, imag: f64) -> bool {
    let negative_zero = |f: f64| f.is_zero() && f.is_sign_negative();
    real.is_finite() && imag.is_finite() && !negative_zero(real) && !negative_zero(imag)
}

pub(super) fn call(builtin: &str, arguments: Vec<Node>) -> Node {
    Node::call(Node::var(builtin, Origin::Builtin), arguments)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::print::{self, Style};

    #[track_caller]
    fn check(value: Value, expected: &str) {
        assert_eq!(print::expression(&constant(value), Style::default()), expected);
    }

    #[test]
    fn what_no_literal_spells_is_a_call() {
        check(Value::Float(1.5), "1.5");
        check(Value::Float(f64::INFINITY), "float(\"inf\")");
        check(Value::Float(f64::NEG_INFINITY), "float(\"-inf\")");
        check(Value::Float(f64::NAN), "float(\"nan\")");
        check(Value::Complex { real: 1.0, imag: 2.0 }, "(1+2j)");
        check(Value::Complex { real: -0.0, imag: 2.0 }, "complex(-0.0, 2.0)");
        check(Value::Complex { real: 0.0, imag: f64::NAN }, "complex(0.0, float(\"nan\"))");
    }
}
