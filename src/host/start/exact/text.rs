//! Texts: what separates words, how wide they are, and numbers in other digits than ASCII's.
//!
//! ```text
//! "a\x1fb".split()          ["a", "b"]: the separators of ASCII are blanks
//! int("٣")                  3: decimal digits of any script
//! "²".zfill(3)              "00²", by characters
//! "ΑΣ".swapcase()           "ας": a final sigma
//! format("é", "05")         "é0000"
//! ```
//!
//! After `Objects/unicodeobject.c` and `Python/formatter_unicode.c` of CPython 3.13. The digits are those of
//! Unicode 12.1, which the oldest CPython that an output may be for has.

use std::cell::RefCell;
use std::collections::HashMap;

use num_traits::ToPrimitive as _;
use rustpython_vm::builtins::{PyInt, PyStr, PyTypeRef};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject as _, PyObject, PyObjectRef, PyResult, VirtualMachine};

use super::native::{NativeMethod, replace_method};

/// The zeros of the decimal digits that aren't ASCII's.
const ZEROS: [u32; 62] = [
    0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66,
    0x0de6, 0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90,
    0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
    0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650,
    0x116c0, 0x11730, 0x118e0, 0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16b50, 0x1d7ce, 0x1d7d8,
    0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950,
];

/// The digits that aren't decimal: superscripts, circled numbers and the like.
const OTHER_DIGITS: [(u32, u32); 20] = [
    (0x00b2, 0x00b3),
    (0x00b9, 0x00b9),
    (0x1369, 0x1371),
    (0x19da, 0x19da),
    (0x2070, 0x2070),
    (0x2074, 0x2079),
    (0x2080, 0x2089),
    (0x2460, 0x2468),
    (0x2474, 0x247c),
    (0x2488, 0x2490),
    (0x24ea, 0x24ea),
    (0x24f5, 0x24fd),
    (0x24ff, 0x24ff),
    (0x2776, 0x277e),
    (0x2780, 0x2788),
    (0x278a, 0x2792),
    (0x10a40, 0x10a43),
    (0x10e60, 0x10e68),
    (0x11052, 0x1105a),
    (0x1f100, 0x1f10a),
];

type NumberNew = fn(PyTypeRef, FuncArgs, &VirtualMachine) -> PyResult;

thread_local! {
    /// How the classes make their objects by themselves: they belong to the thread, and an earlier interpreter may have
    /// changed them.
    static NEW: RefCell<HashMap<usize, NumberNew>> = RefCell::default();
}

/// What is cut from a text at its ends.
type Trim = for<'t> fn(&'t str, fn(char) -> bool) -> &'t str;

/// A method: the text, the other arguments, and none where the class's own is right.
type TextMethod = fn(&str, &FuncArgs, &VirtualMachine) -> PyResult<Option<PyObjectRef>>;

const OF_TEXTS: [(&str, TextMethod); 14] = [
    ("split", split),
    ("rsplit", rsplit),
    ("strip", |text, args, vm| stripped(text, args, vm, str::trim_matches)),
    ("lstrip", |text, args, vm| stripped(text, args, vm, str::trim_start_matches)),
    ("rstrip", |text, args, vm| stripped(text, args, vm, str::trim_end_matches)),
    ("isspace", is_space),
    ("isdigit", is_digit),
    ("zfill", zero_filled),
    ("count", count),
    ("replace", replaced),
    ("swapcase", |text, args, vm| no_arguments(args, vm, || swap_case(text))),
    // Their final sigmas aside.
    ("capitalize", |_, _, _| Ok(None)),
    ("title", |_, _, _| Ok(None)),
    ("__format__", formatted),
];

/// Makes the classes of texts and numbers treat characters as CPython's do.
pub(super) fn compute_as_cpython(vm: &VirtualMachine) {
    let types = &vm.ctx.types;
    for (name, method) in OF_TEXTS {
        let of_text = move |value: PyObjectRef, args: FuncArgs, native: &NativeMethod, vm: &_| {
            let text = value.downcast_ref::<PyStr>().and_then(|text| text.to_str());
            if let Some(own) = text.map(|text| method(text, &args, vm)).transpose()?.flatten() {
                return Ok(own);
            }
            let result = native.call(value.clone(), args, vm)?;
            Ok(with_final_sigmas(text, &result, vm).unwrap_or(result))
        };
        replace_method(vm, types.str_type, name, of_text);
    }
    for class in [types.int_type, types.float_type, types.complex_type] {
        // A shorter way to the same code.
        class.slots.vectorcall.store(None);
        let original =
            class.slots.new.load().filter(|new| *new as usize != number as NumberNew as usize);
        if let Some(original) = original {
            NEW.with_borrow_mut(|new| new.insert(class.get_id(), original));
        }
        class.slots.new.store(Some(number));
    }
}

/// Makes a number: of a text in decimal digits of any script, as if they were ASCII's.
fn number(class: PyTypeRef, mut args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    if let Some(first) = args.args.first_mut()
        && let Some(text) = first.downcast_ref::<PyStr>().and_then(|text| text.to_str())
        && text.chars().any(|c| !c.is_ascii() || is_separator(c))
    {
        *first = vm.ctx.new_str(text.chars().map(plain).collect::<String>()).into();
    }
    let mut classes = class.mro_collect().into_iter();
    let original = classes.find_map(|c| NEW.with_borrow(|new| new.get(&c.get_id()).copied()));
    match original {
        Some(original) => original(class, args, vm),
        None => Err(vm.new_type_error("cannot create instances")),
    }
}

/// A decimal digit as ASCII's, a blank as a space.
fn plain(c: char) -> char {
    let digit = |zero: &u32| (c as u32).checked_sub(*zero).filter(|digit| *digit < 10);
    match ZEROS.iter().find_map(digit).and_then(|digit| char::from_digit(digit, 10)) {
        Some(digit) => digit,
        None if is_blank(c) => ' ',
        None => c,
    }
}

/// Whether the character is a separator of ASCII: of files, groups, records, units.
fn is_separator(c: char) -> bool {
    matches!(c, '\x1c'..='\x1f')
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_separator(c)
}

fn argument<'a>(args: &'a FuncArgs, at: usize, name: &str) -> Option<&'a PyObjectRef> {
    args.args.get(at).or_else(|| args.kwargs.get(name))
}

fn integer(object: &PyObject) -> Option<i64> {
    object.downcast_ref::<PyInt>()?.as_bigint().to_i64()
}

/// How often a text is split at most, if it is split at blanks and has separators among them.
fn splits(text: &str, args: &FuncArgs, vm: &VirtualMachine) -> Option<usize> {
    let by_blanks = argument(args, 0, "sep").is_none_or(|sep| vm.is_none(sep));
    let most = argument(args, 1, "maxsplit").map_or(Some(-1), |most| integer(most))?;
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    (by_blanks && text.contains(is_separator)).then_some(most)
}

fn list(vm: &VirtualMachine, parts: Vec<&str>) -> Option<PyObjectRef> {
    let parts = parts.into_iter().map(|part| vm.ctx.new_str(part).into()).collect();
    Some(vm.ctx.new_list(parts).into())
}

fn split(text: &str, args: &FuncArgs, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
    let Some(most) = splits(text, args, vm) else { return Ok(None) };
    let mut rest = text.trim_start_matches(is_blank);
    let mut parts = Vec::new();
    while !rest.is_empty() && parts.len() < most {
        let (part, after) = rest.split_at(rest.find(is_blank).unwrap_or(rest.len()));
        parts.push(part);
        rest = after.trim_start_matches(is_blank);
    }
    parts.extend((!rest.is_empty()).then_some(rest));
    Ok(list(vm, parts))
}

fn rsplit(text: &str, args: &FuncArgs, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
    let Some(most) = splits(text, args, vm) else { return Ok(None) };
    let mut rest = text.trim_end_matches(is_blank);
    let mut parts = Vec::new();
    while !rest.is_empty() && parts.len() < most {
        let last = rest.rsplit(is_blank).next().unwrap_or(rest);
        parts.push(last);
        rest = rest.strip_suffix(last).unwrap_or_default().trim_end_matches(is_blank);
    }
    parts.extend((!rest.is_empty()).then_some(rest));
    parts.reverse();
    Ok(list(vm, parts))
}

fn stripped(
    text: &str,
    args: &FuncArgs,
    vm: &VirtualMachine,
    trim: Trim,
) -> PyResult<Option<PyObjectRef>> {
    let by_blanks = argument(args, 0, "chars").is_none_or(|chars| vm.is_none(chars));
    let is_own = by_blanks && text.contains(is_separator);
    Ok(is_own.then(|| vm.ctx.new_str(trim(text, is_blank)).into()))
}

fn is_space(text: &str, args: &FuncArgs, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
    let is_own = args.args.is_empty() && text.contains(is_separator);
    Ok(is_own.then(|| vm.ctx.new_bool(text.chars().all(is_blank)).into()))
}

fn is_digit(text: &str, args: &FuncArgs, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
    let is_other =
        |c: char| OTHER_DIGITS.iter().any(|(first, last)| (*first..=*last).contains(&(c as u32)));
    let is_own = args.args.is_empty() && !text.is_ascii();
    let is_digit = |c: char| plain(c).is_ascii_digit() || is_other(c);
    Ok(is_own.then(|| vm.ctx.new_bool(text.chars().all(is_digit)).into()))
}

fn zero_filled(text: &str, args: &FuncArgs, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
    let width = args.args.first().and_then(|width| integer(width));
    let Some(width) = width.filter(|_| !text.is_ascii()) else { return Ok(None) };
    let missing = usize::try_from(width).unwrap_or(0).saturating_sub(text.chars().count());
    let sign = text.len() - text.trim_start_matches(['+', '-']).len();
    let (sign, rest) = text.split_at(sign.min(1));
    Ok(Some(vm.ctx.new_str(format!("{sign}{}{rest}", "0".repeat(missing))).into()))
}

/// Whether the object is the empty text.
fn is_empty(object: &PyObject) -> bool {
    object.downcast_ref::<PyStr>().is_some_and(|text| text.as_wtf8().is_empty())
}

fn count(text: &str, args: &FuncArgs, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
    let is_own = matches!(args.args.as_slice(), [part] if is_empty(part)) && !text.is_ascii();
    Ok(is_own.then(|| vm.ctx.new_int(text.chars().count() + 1).into()))
}

fn replaced(text: &str, args: &FuncArgs, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
    let (Some(old), Some(new)) = (args.args.first(), args.args.get(1)) else { return Ok(None) };
    let new = new.downcast_ref::<PyStr>().and_then(|new| new.to_str());
    let Some(new) = new.filter(|_| is_empty(old) && !text.is_ascii()) else { return Ok(None) };
    let most = argument(args, 2, "count").map_or(Some(-1), |most| integer(most));
    let Some(most) = most else { return Ok(None) };
    let mut left = usize::try_from(most).unwrap_or(usize::MAX);
    let mut result = String::new();
    let mut put = |result: &mut String| {
        if left > 0 {
            left -= 1;
            result.push_str(new);
        }
    };
    for c in text.chars() {
        put(&mut result);
        result.push(c);
    }
    put(&mut result);
    Ok(Some(vm.ctx.new_str(result).into()))
}

/// The text that a method without arguments makes of one that isn't ASCII's.
fn no_arguments(
    args: &FuncArgs,
    vm: &VirtualMachine,
    make: impl FnOnce() -> Option<String>,
) -> PyResult<Option<PyObjectRef>> {
    let made = args.args.is_empty().then(make).flatten();
    Ok(made.map(|text| vm.ctx.new_str(text).into()))
}

/// The lower case of the character at a byte of a text: of a sigma, what its place asks for.
fn lower_at(text: &str, at: usize, c: char) -> String {
    if c != 'Σ' {
        return c.to_lowercase().collect();
    }
    let before = text.get(..at).unwrap_or_default().to_lowercase();
    let lower = text.to_lowercase();
    lower.get(before.len()..).and_then(|rest| rest.chars().next()).unwrap_or('σ').to_string()
}

/// The text that a method made of another, one character of each, with the sigmas that their places ask for;
/// none if it is as it is.
fn with_final_sigmas(
    text: Option<&str>,
    result: &PyObject,
    vm: &VirtualMachine,
) -> Option<PyObjectRef> {
    let text = text.filter(|text| text.contains('Σ'))?;
    let made = result.downcast_ref::<PyStr>()?.to_str()?;
    let is_each = text.chars().count() == made.chars().count();
    let pairs = text.char_indices().zip(made.chars()).filter(|_| is_each);
    let fixed: String = pairs
        .map(|((at, own), made)| match (own, made) {
            ('Σ', 'σ') => lower_at(text, at, own),
            _ => made.to_string(),
        })
        .collect();
    (is_each && fixed != made).then(|| vm.ctx.new_str(fixed).into())
}

fn swap_case(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let swapped = text.char_indices().map(|(at, c)| match c {
        c if c.is_uppercase() => lower_at(text, at, c),
        c if c.is_lowercase() => c.to_uppercase().collect(),
        c => c.to_string(),
    });
    Some(swapped.collect())
}

/// The parts of a format specification that a text may have.
struct TextFormat {
    fill: char,
    align: char,
    width: usize,
    precision: usize,
}

/// `[[fill]align][0][width][.precision][s]`; none if there is anything else.
fn specification(spec: &str) -> Option<TextFormat> {
    let is_align = |c: &char| matches!(c, '<' | '>' | '^');
    let chars: Vec<char> = spec.chars().collect();
    let (mut fill, mut align, mut at) = (' ', '<', 0);
    match chars.as_slice() {
        [first, second, ..] if is_align(second) => (fill, align, at) = (*first, *second, 2),
        [first, ..] if is_align(first) => (align, at) = (*first, 1),
        _ => {}
    }
    if chars.get(at) == Some(&'0') && at < 2 {
        fill = '0';
    }
    let number = |at: &mut usize| -> Option<Option<usize>> {
        let digits: String = chars.iter().skip(*at).take_while(|c| c.is_ascii_digit()).collect();
        *at += digits.len();
        if digits.is_empty() { Some(None) } else { digits.parse().ok().map(Some) }
    };
    let width = number(&mut at)?.unwrap_or(0);
    let mut precision = usize::MAX;
    if chars.get(at) == Some(&'.') {
        at += 1;
        precision = number(&mut at)??;
    }
    if chars.get(at) == Some(&'s') {
        at += 1;
    }
    (at == chars.len()).then_some(TextFormat { fill, align, width, precision })
}

fn formatted(text: &str, args: &FuncArgs, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
    let spec = args.args.first().and_then(|spec| spec.downcast_ref::<PyStr>()?.to_str());
    let Some(spec) = spec.filter(|spec| !spec.is_empty()) else { return Ok(None) };
    let Some(TextFormat { fill, align, width, precision }) = specification(spec) else {
        let message = format!("Invalid format specifier '{spec}' for object of type 'str'");
        return Err(vm.new_value_error(message));
    };
    let shown: String = text.chars().take(precision).collect();
    let missing = width.saturating_sub(shown.chars().count());
    let left = match align {
        '<' => 0,
        '>' => missing,
        _ => missing / 2,
    };
    let fill = |count: usize| std::iter::repeat_n(fill, count).collect::<String>();
    let result = format!("{}{shown}{}", fill(left), fill(missing - left));
    Ok(Some(vm.ctx.new_str(result).into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_blanks() {
        let check = |text: &str, expected: &str| {
            assert_eq!(text.chars().map(plain).collect::<String>(), expected, "{text:?}");
        };
        check("٣٤", "34");
        check("\x1f１２\u{3000}", " 12 ");
        check("½²", "½²");
    }

    #[test]
    fn specifications_of_texts() {
        let check = |spec: &str, expected: Option<(char, char, usize)>| {
            let read = specification(spec).map(|s| (s.fill, s.align, s.width));
            assert_eq!(read, expected, "{spec}");
        };
        check(">8.1", Some((' ', '>', 8)));
        check("*^7s", Some(('*', '^', 7)));
        check("05", Some(('0', '<', 5)));
        check("+", None);
        check("=8", None);
        check("d", None);
    }

    #[test]
    fn sigmas() {
        assert_eq!(swap_case("ΑΣ").as_deref(), Some("ας"));
        assert_eq!(swap_case("ΑΣα").as_deref(), Some("ασΑ"));
    }
}
