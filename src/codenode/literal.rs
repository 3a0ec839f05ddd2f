//! What the parser's literals mean where it keeps less than Python does.

use malachite_bigint::BigInt;
use num_traits::Num as _;
use rustpython_ast as ast;
use rustpython_wtf8::{CodePoint, Wtf8Buf};

use super::value::Value;

/// The parser reads `\ud800`, which Python allows and UTF-8 doesn't, as U+FFFD. This puts the lone
/// surrogates back that `source`, the literal as written, escapes, in their order.
pub(super) fn with_surrogates(value: &str, source: &str) -> Wtf8Buf {
    const REPLACEMENT: char = '\u{fffd}';
    if !value.contains(REPLACEMENT) || !source.contains('\\') {
        return Wtf8Buf::from(value);
    }
    let mut originals = replacements(source).into_iter();
    let mut out = Wtf8Buf::new();
    for c in value.chars() {
        match c {
            REPLACEMENT => {
                out.push(originals.next().unwrap_or_else(|| CodePoint::from(REPLACEMENT)))
            }
            c => out.push_char(c),
        }
    }
    out
}

/// What each U+FFFD of the parsed `source` stands for: itself, or an escaped surrogate.
fn replacements(source: &str) -> Vec<CodePoint> {
    let mut found = Vec::new();
    let mut rest = source.char_indices();
    while let Some((at, c)) = rest.next() {
        if c == '\u{fffd}' {
            found.push(CodePoint::from(c));
        }
        if c != '\\' {
            continue;
        }
        let digits = match rest.next() {
            Some((_, 'u')) => 4,
            Some((_, 'U')) => 8,
            _ => continue,
        };
        let code = source.get(at + 2..at + 2 + digits);
        if let Some(code) = code.and_then(|hex| u32::from_str_radix(hex, 16).ok())
            && (0xd800..0xe000).contains(&code) | (code == 0xfffd)
        {
            found.extend(CodePoint::from_u32(code));
        }
    }
    found
}

/// The value of a number.
pub(super) fn number(number: &ast::Number) -> Value {
    match number {
        ast::Number::Int(int) => Value::Int(integer(int)),
        ast::Number::Float(float) => Value::Float(*float),
        ast::Number::Complex { real, imag } => Value::Complex { real: *real, imag: *imag },
    }
}

/// The parser keeps a number over 64 bits as its digits, with the prefix of its base.
fn integer(int: &ast::Int) -> BigInt {
    if let Some(small) = int.as_u64() {
        return BigInt::from(small);
    }
    let digits = int.to_string().replace('_', "").to_ascii_lowercase();
    let radices = [("0x", 16), ("0o", 8), ("0b", 2)];
    let based = radices
        .iter()
        .find_map(|(prefix, radix)| digits.strip_prefix(prefix).map(|digits| (digits, *radix)));
    let (digits, radix) = based.unwrap_or((&*digits, 10));
    BigInt::from_str_radix(digits, radix).unwrap_or_default()
}
