//! The proposal's form of a tree: `codenode(op=PLUS, args=[…])`, which Python reads back.

use std::fmt::Write as _;

use pretty::RcDoc;

use super::node::Node;
use super::value::Value;

/// How far the arguments of a node are indented.
const INDENT: isize = 4;

/// The tree as the Python expression that builds it, one node a line, children indented by four.
pub fn repr(node: &Node) -> String {
    let mut out = String::new();
    // Writing to a String can't fail; no line is ever too long for its breaks are given.
    let _ = document(node).render_fmt(usize::MAX, &mut out);
    out
}

fn document(node: &Node) -> RcDoc<'static> {
    let name = node.name().map_or_else(String::new, |name| format!("name=\"{name}\", "));
    let head = RcDoc::text(format!("codenode({name}op={}, args=[", node.op()));
    let args = match node.constant() {
        Some(value) => RcDoc::text(constant_repr(value)),
        None => {
            let args = node.args().iter().map(|arg| RcDoc::hardline().append(document(arg)));
            RcDoc::intersperse(args, RcDoc::text(",")).nest(INDENT)
        }
    };
    head.append(args).append("])")
}

/// A constant as Python's `repr` has it, but for text, which always stands in double quotes.
pub fn constant_repr(value: &Value) -> String {
    match value {
        Value::None => "None".to_owned(),
        Value::Ellipsis => "...".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Int(int) => int.to_string(),
        Value::Float(float) => float_repr(*float),
        Value::Complex { real, imag } => complex_repr(*real, *imag),
        Value::Str(text) => {
            let mut out = String::from("\"");
            for point in text.code_points() {
                match point.to_char() {
                    Some(c) => escape(c, '"', &mut out),
                    None => {
                        let _ = write!(out, "\\u{:04x}", point.to_u32());
                    }
                }
            }
            out.push('"');
            out
        }
        Value::Bytes(bytes) => {
            let mut out = String::from("b\"");
            for byte in &**bytes {
                match byte {
                    0x20..0x7f | b'\n' | b'\r' | b'\t' => escape(char::from(*byte), '"', &mut out),
                    byte => {
                        let _ = write!(out, "\\x{byte:02x}");
                    }
                }
            }
            out.push('"');
            out
        }
    }
}

/// Writes `c` as it stands in a literal between `quote`s on one line.
pub(crate) fn escape(c: char, quote: char, out: &mut String) {
    match c {
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        c if c == quote => {
            out.push('\\');
            out.push(c);
        }
        c if is_printable(c) => out.push(c),
        c => {
            let _ = match c as u32 {
                code @ 0..0x100 => write!(out, "\\x{code:02x}"),
                code @ 0x100..0x1_0000 => write!(out, "\\u{code:04x}"),
                code => write!(out, "\\U{code:08x}"),
            };
        }
    }
}

/// Whether `c` may stand in source text as itself: no control, format, private or odd space.
fn is_printable(c: char) -> bool {
    !c.is_control()
        && !matches!(c,
            '\u{a0}' | '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}'
            | '\u{180e}' | '\u{1680}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}'
            | '\u{205f}'..='\u{206f}' | '\u{3000}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}'
            | '\u{fff0}'..='\u{fffb}' | '\u{fffe}'..='\u{ffff}' | '\u{e0000}'..='\u{10ffff}')
}

fn float_repr(float: f64) -> String {
    if float.is_nan() {
        return "float(\"nan\")".to_owned();
    }
    if float.is_infinite() {
        // Beyond the largest double, so Python reads it as infinity.
        return if float > 0.0 { "1e309" } else { "-1e309" }.to_owned();
    }
    rustpython_literal::float::to_string(float)
}

/// As a sum or, where that would lose a sign or a nan, as a call.
fn complex_repr(real: f64, imag: f64) -> String {
    let survives = |part: f64| !part.is_nan() && (part != 0.0 || part.is_sign_positive());
    if !survives(real) || !survives(imag) {
        return format!("complex({}, {})", float_repr(real), float_repr(imag));
    }
    let whole = |part: f64| {
        let text = float_repr(part);
        text.strip_suffix(".0").unwrap_or(&text).to_owned()
    };
    match (real == 0.0, imag < 0.0) {
        (true, false) => format!("{}j", whole(imag)),
        // Without a real part it would be -0.0.
        (_, true) => format!("({}{}j)", whole(real), whole(imag)),
        (false, false) => format!("({}+{}j)", whole(real), whole(imag)),
    }
}
