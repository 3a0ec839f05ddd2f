//! Constants: as their source spelled them where it did, in plain Python otherwise.

use super::printer::Printer;
use crate::codenode::{Node, Value, constant_repr, escape};
use crate::syntax::LINE_IN_LITERAL;

/// How a literal fills its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WrittenAs {
    /// On one line, which can't be broken.
    Line,
    /// On several.
    Lines,
    /// As several literals one after the other.
    Parts,
}

/// How the source wrote the literal.
pub(super) fn written(node: &Node) -> WrittenAs {
    match node.spelling() {
        Some(parts) if parts.iter().any(|part| part.contains(['\n', '\r'])) => WrittenAs::Lines,
        Some([_, _, ..]) => WrittenAs::Parts,
        _ => WrittenAs::Line,
    }
}

/// The text of a VALUE without a spelling that can be used.
pub(super) fn print(printer: &Printer<'_>, node: &Node) -> String {
    match node.constant() {
        Some(Value::Str(text)) => {
            let quote = match text.as_str() {
                Ok(text) if printer.forbidden.is_none() => preferred_quote(text, printer.quote),
                Ok(_) | Err(_) => printer.quote,
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
        Some(value @ Value::Bytes(bytes)) => {
            let count = |quote| bytes.iter().filter(|byte| **byte == quote).count();
            let single = match printer.forbidden {
                Some(_) => printer.quote == '\'',
                None if printer.quote == '\'' => count(b'\'') <= count(b'"'),
                None => count(b'"') > count(b'\''),
            };
            if single { single_quoted_bytes(value) } else { constant_repr(value) }
        }
        Some(value @ (Value::Float(_) | Value::Complex { .. })) => {
            constant_repr(value).replace("e+", "e")
        }
        Some(value) => constant_repr(value),
        None => String::new(),
    }
}

/// `c` as it stands in a one-line literal, escaped where the file can't hold it.
pub(super) fn escape_encodable(printer: &Printer<'_>, c: char, quote: char, out: &mut String) {
    if c.is_ascii() || c != LINE_IN_LITERAL && printer.can_encode(c) {
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
    let count = |quote| text.matches(quote).count();
    if count(wanted) > count(other) { other } else { wanted }
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
        _ => false,
    }
}

/// Whether the node is a number.
pub(super) fn is_number(node: &Node) -> bool {
    let value = node.constant().filter(|_| node.variable().is_none());
    matches!(value, Some(Value::Int(_) | Value::Float(_) | Value::Complex { .. }))
}

/// The docstring `text` between triple quotes; its lines are where they were.
pub(super) fn docstring(printer: &Printer<'_>, node: &Node) -> Option<String> {
    const QUOTES: &str = "\"\"\"";
    let text = node.text()?;
    let quotes_fit = printer.forbidden.is_none_or(|quote| quote != '"');
    if !quotes_fit || text.contains('\0') {
        return None;
    }
    let as_is = |c: char| c == '\n' || c == '\t' || is_plain(printer, c);
    let is_raw = text.contains('\\')
        && text.chars().all(as_is)
        && !text.contains(QUOTES)
        && !text.ends_with(['"', '\\']);
    if is_raw {
        return Some(format!("r{QUOTES}{text}{QUOTES}"));
    }
    let mut out = String::from(QUOTES);
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let after = rest.as_str();
        match c {
            '\n' | '\t' => out.push(c),
            // Three quotes, or one before those at the end, would end it.
            '"' if after.is_empty() || after.starts_with("\"\"") => out.push_str("\\\""),
            c => escape_encodable(printer, c, '\0', &mut out),
        }
    }
    out.push_str(QUOTES);
    Some(out)
}

/// Whether `c` can stand in a literal as it is.
fn is_plain(printer: &Printer<'_>, c: char) -> bool {
    let mut out = String::new();
    escape_encodable(printer, c, '\0', &mut out);
    c == '\\' || out.chars().eq([c])
}
