//! Constants: as their source spelled them where it did, in plain Python otherwise.

use super::printer::Printer;
use crate::codenode::{Node, Value, constant_repr, escape};

/// The text of a VALUE.
pub(super) fn print(printer: &Printer<'_>, node: &Node) -> String {
    if let Some(spelling) = node.spelling()
        && printer.can_spell(spelling)
    {
        return spelling.to_owned();
    }
    match node.constant() {
        Some(Value::Str(text)) => {
            let quote = match text.as_str() {
                Ok(text) if printer.forbidden.is_none() => preferred_quote(text, printer.quote),
                Ok(_) => printer.quote,
                Err(_) => printer.quote,
            };
            let mut out = String::from(quote);
            for point in text.code_points() {
                match point.to_char() {
                    Some(c) => escape_encodable(printer, c, quote, &mut out),
                    None => out.push_str(&format!("\\u{:04x}", point.to_u32())),
                }
            }
            out.push(quote);
            out
        }
        Some(value @ Value::Bytes(_)) if printer.quote == '\'' => single_quoted_bytes(value),
        Some(value) => constant_repr(value),
        None => String::new(),
    }
}

/// `c` as it stands in a one-line literal, escaped where the file can't hold it.
pub(super) fn escape_encodable(printer: &Printer<'_>, c: char, quote: char, out: &mut String) {
    if (printer.can_encode)(c) {
        return escape(c, quote, out);
    }
    match c as u32 {
        code @ 0..0x100 => out.push_str(&format!("\\x{code:02x}")),
        code @ 0x100..0x1_0000 => out.push_str(&format!("\\u{code:04x}")),
        code => out.push_str(&format!("\\U{code:08x}")),
    }
}

/// `wanted`, unless the other quote saves backslashes.
fn preferred_quote(text: &str, wanted: char) -> char {
    let other = if wanted == '"' { '\'' } else { '"' };
    if text.contains(wanted) && !text.contains(other) { other } else { wanted }
}

fn single_quoted_bytes(value: &Value) -> String {
    let double = constant_repr(value);
    let body = double.get(2..double.len().saturating_sub(1)).unwrap_or_default();
    format!("b'{}'", body.replace("\\\"", "\"").replace('\'', "\\'"))
}

/// Whether a constant's text starts with a minus.
pub(super) fn is_negative(node: &Node) -> bool {
    if node.spelling().is_some() {
        return false;
    }
    match node.constant() {
        Some(Value::Int(int)) => int.sign() == malachite_bigint::Sign::Minus,
        Some(Value::Float(float)) => float.is_sign_negative(),
        Some(Value::Complex { real, imag }) => {
            *real == 0.0 && real.is_sign_positive() && imag.is_sign_negative()
        }
        _ => false,
    }
}

/// Whether the node is a number.
pub(super) fn is_number(node: &Node) -> bool {
    let number = matches!(node.constant(), Some(Value::Int(_) | Value::Float(_)));
    number && node.variable().is_none()
}
