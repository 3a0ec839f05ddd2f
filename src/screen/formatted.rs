//! Formatted strings: where an f-string or t-string ends, whose replacement fields hold code.
//!
//! The code in a field may hold strings with the same quotes again (PEP 701), so a stack tells
//! what the scanner is inside of:
//!
//! ```text
//! f"{x["a"]:>{f"{n}"}} is"
//!   {                          text, field: the string "a" is skipped
//!          :                   text, spec
//!            {f"{              text, spec, field, text, field
//!                n}"}          text, spec
//!                    }         text
//!                        "     the end
//! ```

use crate::screen::quote::{Opening, Quote, escape_length};

/// What the scanner is inside of.
#[derive(Clone, Copy)]
enum FStringFrame {
    /// The literal text of a string.
    Text(Quote),
    /// The expression of a replacement field, with this many brackets open in it.
    Field(u32),
    /// The format of a replacement field: text of the string below it on the stack.
    Spec(Quote),
}

/// The length, with the closing quotes, of the string whose inside starts `bytes`; nothing if it
/// does not end. The stack is a list of our own, so depth costs memory only.
pub(super) fn length(bytes: &[u8], quote: Quote) -> Option<usize> {
    let mut stack = vec![FStringFrame::Text(quote)];
    let mut at = 0;
    while let Some(rest @ [first, ..]) = bytes.get(at..) {
        let Some(&top) = stack.last() else {
            return Some(at);
        };
        at += match (top, first) {
            (FStringFrame::Text(quote) | FStringFrame::Spec(quote), _) => {
                text(rest, quote, &mut stack)
            }
            (FStringFrame::Field(_), b'\'' | b'"') => string(bytes, at, &mut stack),
            (FStringFrame::Field(brackets), _) => field(rest, brackets, &mut stack),
        };
    }
    stack.is_empty().then(|| at.min(bytes.len()))
}

/// One step in literal text or a format; returns how many bytes it took.
fn text(bytes: &[u8], quote: Quote, stack: &mut Vec<FStringFrame>) -> usize {
    let is_spec = matches!(stack.last(), Some(FStringFrame::Spec(_)));
    match bytes {
        // `\{` still opens a field; the braces of `\N{DASH}` pass for one.
        [b'\\', b'{' | b'}', ..] => 1,
        [b'\\', ..] => escape_length(bytes),
        [b'{', b'{', ..] | [b'}', b'}', ..] if !is_spec => 2,
        [b'{', ..] => {
            stack.push(FStringFrame::Field(0));
            1
        }
        [b'}', ..] if is_spec => {
            stack.pop();
            1
        }
        _ if quote.closes(bytes) => {
            leave_string(stack);
            quote.width()
        }
        // A string that isn't closed ends with its line.
        [b'\n' | b'\r', ..] if matches!(quote, Quote::One(_)) => {
            leave_string(stack);
            0
        }
        _ => 1,
    }
}

/// One step in the expression of a field, which isn't a string; returns how many bytes it took.
fn field(bytes: &[u8], brackets: u32, stack: &mut Vec<FStringFrame>) -> usize {
    let now = match (bytes, brackets) {
        ([b'#', ..], _) => return memchr::memchr2(b'\n', b'\r', bytes).unwrap_or(bytes.len()),
        ([b'(' | b'[' | b'{', ..], _) => Some(FStringFrame::Field(brackets + 1)),
        ([b'}', ..], 0) => None,
        ([b':', ..], 0) => string_around(stack).map(FStringFrame::Spec),
        ([b')' | b']' | b'}', ..], _) => Some(FStringFrame::Field(brackets.saturating_sub(1))),
        _ => return 1,
    };
    stack.pop();
    stack.extend(now);
    1
}

/// A string inside a field: skips a plain one, enters a formatted one.
fn string(bytes: &[u8], at: usize, stack: &mut Vec<FStringFrame>) -> usize {
    let Some(opening) = Opening::of(bytes, at) else { return 1 };
    let width = opening.quote.width();
    if opening.is_formatted {
        stack.push(FStringFrame::Text(opening.quote));
        return width;
    }
    width + opening.quote.plain_length(bytes.get(at + width..).unwrap_or_default())
}

/// The quotes of the innermost string.
fn string_around(stack: &[FStringFrame]) -> Option<Quote> {
    stack.iter().rev().find_map(|frame| match frame {
        FStringFrame::Text(quote) => Some(*quote),
        FStringFrame::Field(_) | FStringFrame::Spec(_) => None,
    })
}

/// Drops the innermost string and whatever is open in it.
fn leave_string(stack: &mut Vec<FStringFrame>) {
    while let Some(FStringFrame::Field(_) | FStringFrame::Spec(_)) = stack.pop() {}
}
