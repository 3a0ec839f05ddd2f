//! f-strings and t-strings.
//!
//! Before Python 3.12 a field may hold neither the string's own quote nor a backslash, so the
//! quote is chosen last, when the fields' texts are known.

use super::literal;
use super::printer::Printer;
use crate::codenode::{Node, Op, Value};

const QUOTES: [&str; 4] = ["\"", "'", "\"\"\"", "'''"];

/// The literal with `prefix`, built anew.
pub(super) fn print(printer: &Printer<'_>, node: &Node, prefix: &str) -> String {
    let wanted = wanted_quote(printer, node);
    let inner = printer.apart(other(wanted));
    let pieces: Vec<StringPiece<'_>> = node.args().iter().map(|arg| piece(&inner, arg)).collect();
    let quote = choose_quote(&pieces, wanted);
    let mut out = format!("{prefix}{quote}");
    for piece in &pieces {
        match piece {
            StringPiece::Text(node) => write_text(printer, node, quote, Braces::Doubled, &mut out),
            StringPiece::Field(text) => out.push_str(text),
        }
    }
    out.push_str(quote);
    out
}

enum StringPiece<'n> {
    Text(&'n Node),
    Field(String),
}

fn piece<'n>(printer: &Printer<'_>, node: &'n Node) -> StringPiece<'n> {
    match node.op() {
        Op::FIELD => StringPiece::Field(field(printer, node)),
        _ => StringPiece::Text(node),
    }
}

/// `{value!r:spec}`.
pub(super) fn field(printer: &Printer<'_>, node: &Node) -> String {
    let value = printer.one_line(node.arg(0), Op::FIELD.least(0));
    let gap = if value.starts_with('{') { " " } else { "" };
    let mut out = format!("{{{gap}{value}");
    if let Some(conversion) = node.name() {
        out.push('!');
        out.push_str(conversion);
    } else if value.ends_with('}') && node.arg(1).op() == Op::EMPTY {
        // `}}` would be read as a brace of the text.
        out.push(' ');
    }
    if node.arg(1).op() == Op::FSTRING {
        out.push(':');
        for part in node.arg(1).args() {
            match part.op() {
                Op::FIELD => out.push_str(&field(printer, part)),
                _ => write_text(printer, part, "\"", Braces::Kept, &mut out),
            }
        }
    }
    out.push('}');
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Braces {
    Doubled,
    Kept,
}

fn write_text(printer: &Printer<'_>, node: &Node, quote: &str, braces: Braces, out: &mut String) {
    let Some(Value::Str(text)) = node.constant() else { return };
    // In a triple-quoted literal each quote is escaped as well, which is never wrong.
    let quote = quote.chars().next().unwrap_or('"');
    for point in text.code_points() {
        match point.to_char() {
            Some(c @ ('{' | '}')) if braces == Braces::Doubled => {
                out.push(c);
                out.push(c);
            }
            // Doubled ones are read as a field there.
            Some('{') => out.push_str("\\x7b"),
            Some('}') => out.push_str("\\x7d"),
            Some(c) => literal::escape_encodable(printer, c, quote, out),
            None => out.push_str(&format!("\\u{:04x}", point.to_u32())),
        }
    }
}

/// The printer's quote, unless the other one saves backslashes.
fn wanted_quote(printer: &Printer<'_>, node: &Node) -> char {
    let texts = || node.args().iter().filter_map(Node::text);
    let count = |quote| texts().map(|text| text.matches(quote).count()).sum::<usize>();
    match other(printer.quote) {
        other if printer.forbidden.is_none() && count(printer.quote) > count(other) => other,
        _ => printer.quote,
    }
}

/// A quote that no field holds; without one, the wanted quote, which Python 3.12 and later read.
fn choose_quote(pieces: &[StringPiece<'_>], wanted: char) -> &'static str {
    let clashes = |quote: &str| {
        pieces.iter().any(|piece| match piece {
            StringPiece::Field(text) => {
                text.contains(quote) || (quote.len() == 1 && text.contains('\n'))
            }
            StringPiece::Text(_) => false,
        })
    };
    let rank = |quote: &&&str| (quote.len(), !quote.starts_with(wanted));
    let mut candidates: Vec<&&str> = QUOTES.iter().collect();
    candidates.sort_by_key(rank);
    let found = candidates.iter().find(|quote| !clashes(quote));
    found.or(candidates.first()).map_or("\"", |quote| quote)
}

fn other(quote: char) -> char {
    if quote == '"' { '\'' } else { '"' }
}
