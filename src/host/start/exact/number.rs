//! Floats: rounding, division, powers that overflow, and how they are written.
//!
//! ```text
//! round(2.675, 2)           2.67: the value itself is rounded, not what is written of it
//! float("inf") // 7         nan
//! 1e300 ** 60               OverflowError
//! f"{-0.04:z.1f}"           "0.0"
//! ```
//!
//! After `Objects/floatobject.c` of CPython 3.13.

use std::cell::Cell;
use std::cmp::Ordering;

use num_traits::ToPrimitive as _;
use rustpython_vm::builtins::{PyFloat, PyInt, PyStr};
use rustpython_vm::function::{FuncArgs, IntoFuncArgs as _};
use rustpython_vm::protocol::{PyNumberBinaryFunc, PyNumberTernaryFunc};
use rustpython_vm::{AsObject as _, PyObject, PyObjectRef, PyResult, VirtualMachine};

use super::native::{NativeMethod, replace_method};

thread_local! {
    /// What the classes do by themselves.
    static DIVIDE: Cell<Option<PyNumberBinaryFunc>> = const { Cell::new(None) };
    static POWER: Cell<Option<PyNumberTernaryFunc>> = const { Cell::new(None) };
}

/// A method: the number, the other arguments, the class's own method.
type FloatMethod = fn(f64, FuncArgs, &NativeMethod, &VirtualMachine) -> PyResult;

const OF_FLOATS: [(&str, FloatMethod); 3] =
    [("__round__", rounded), ("__format__", formatted), ("hex", hexadecimal)];

/// Makes floats compute as CPython's do.
pub(super) fn compute_as_cpython(vm: &VirtualMachine) {
    for (name, method) in OF_FLOATS {
        let of_float = move |value: PyObjectRef, args: FuncArgs, native: &_, vm: &_| match value
            .downcast_ref::<PyFloat>()
            .map(|float| float.to_f64())
        {
            Some(number) => method(number, args, native, vm),
            None => native.call(value, args, vm),
        };
        replace_method(vm, vm.ctx.types.float_type, name, of_float);
    }
    replace_method(vm, vm.ctx.types.int_type, "__format__", formatted_integer);
    operators(vm);
}

fn operators(vm: &VirtualMachine) {
    let slots = &vm.ctx.types.float_type.slots.as_number;
    slots.floor_divide.store(Some(|a, b, vm| {
        divided((a, b), vm, "float floor division by zero", |(quotient, _)| quotient)
    }));
    slots.right_floor_divide.store(slots.floor_divide.load());
    slots.remainder.store(Some(|a, b, vm| {
        divided((a, b), vm, "float modulo by zero", |(_, remainder)| remainder)
    }));
    slots.right_remainder.store(slots.remainder.load());
    let integer = &vm.ctx.types.int_type.slots.as_number;
    let original = integer.true_divide.load();
    if original.is_some_and(|own| own as usize != quotient as PyNumberBinaryFunc as usize) {
        DIVIDE.set(original);
    }
    for class in [vm.ctx.types.int_type, vm.ctx.types.bool_type] {
        class.slots.as_number.true_divide.store(Some(quotient));
        class.slots.as_number.right_true_divide.store(Some(quotient));
    }
    let original =
        slots.power.load().filter(|own| *own as usize != power as PyNumberTernaryFunc as usize);
    if original.is_some() {
        POWER.set(original);
    }
    slots.power.store(Some(power));
    slots.right_power.store(Some(power));
}

fn float_of(value: &PyObject, vm: &VirtualMachine) -> PyResult<Option<f64>> {
    match (value.downcast_ref::<PyFloat>(), value.downcast_ref::<PyInt>()) {
        (Some(float), _) => Ok(Some(float.to_f64())),
        (None, Some(int)) => {
            let float = int.as_bigint().to_f64().filter(|float| float.is_finite());
            let float =
                float.ok_or_else(|| vm.new_overflow_error("int too large to convert to float"));
            float.map(Some)
        }
        (None, None) => Ok(None),
    }
}

/// Quotient and remainder as `float_divmod` has them.
fn divmod(a: f64, b: f64) -> (f64, f64) {
    let mut remainder = a % b;
    let mut quotient = (a - remainder) / b;
    if remainder == 0.0 {
        remainder = 0.0_f64.copysign(b);
    } else if (b < 0.0) != (remainder < 0.0) {
        remainder += b;
        quotient -= 1.0;
    }
    let floor = match quotient == 0.0 {
        true => 0.0_f64.copysign(a / b),
        false if quotient - quotient.floor() > 0.5 => quotient.floor() + 1.0,
        false => quotient.floor(),
    };
    (floor, remainder)
}

fn divided(
    (a, b): (&PyObject, &PyObject),
    vm: &VirtualMachine,
    by_zero: &'static str,
    part: fn((f64, f64)) -> f64,
) -> PyResult {
    let (Some(a), Some(b)) = (float_of(a, vm)?, float_of(b, vm)?) else {
        return Ok(vm.ctx.not_implemented());
    };
    match b == 0.0 {
        true => Err(vm.new_zero_division_error(by_zero)),
        false => Ok(vm.ctx.new_float(part(divmod(a, b))).into()),
    }
}

/// The quotient of integers: of zero and a negative number a negative zero.
fn quotient(a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult {
    let Some(original) = DIVIDE.get() else { return Ok(vm.ctx.not_implemented()) };
    let sign = |value: &PyObject| Some(value.downcast_ref::<PyInt>()?.as_bigint().cmp(&0.into()));
    match (sign(a), sign(b)) {
        (Some(Ordering::Equal), Some(Ordering::Less)) => Ok(vm.ctx.new_float(-0.0).into()),
        _ => original(a, b, vm),
    }
}

fn power(a: &PyObject, b: &PyObject, modulus: &PyObject, vm: &VirtualMachine) -> PyResult {
    let Some(original) = POWER.get() else { return Ok(vm.ctx.not_implemented()) };
    if float_of(b, vm)? == Some(0.0) && float_of(a, vm)?.is_some() && vm.is_none(modulus) {
        return Ok(vm.ctx.new_float(1.0).into());
    }
    if float_of(a, vm)? == Some(0.0) && float_of(b, vm)?.is_some_and(|b| b < 0.0) {
        return Err(vm.new_zero_division_error("0.0 cannot be raised to a negative power"));
    }
    let result = original(a, b, modulus, vm)?;
    let is_infinite = result.downcast_ref::<PyFloat>().is_some_and(|r| r.to_f64().is_infinite());
    let is_finite = |value| Ok(float_of(value, vm)?.is_some_and(f64::is_finite));
    match is_infinite && is_finite(a)? && is_finite(b)? {
        true => Err(vm.new_overflow_error("(34, 'Numerical result out of range')")),
        false => Ok(result),
    }
}

/// `round(number, places)`: to the nearest, of two as near to the even one; none if that is too large.
fn round_to(number: f64, places: i64) -> Option<f64> {
    // No float has more places than 323, and none is as large as half of 10 ** 309.
    if !number.is_finite() || places > 323 {
        return Some(number);
    }
    if places < -308 {
        return Some(0.0_f64.copysign(number));
    }
    let rounded: f64 = match usize::try_from(places) {
        Ok(places) => format!("{number:.places$}").parse().ok()?,
        Err(_) => {
            let zeros = usize::try_from(places.unsigned_abs()).ok()?;
            rounded_digits(number.abs(), zeros).parse::<f64>().ok()?.copysign(number)
        }
    };
    rounded.is_finite().then_some(rounded)
}

/// The decimal digits of a number of at least zero, the last so many of which become zeros.
fn rounded_digits(number: f64, zeros: usize) -> String {
    // Formatting is exact.
    let digits = format!("{:0>width$.0}", number.trunc(), width = zeros + 1);
    let (head, tail) = digits.split_at(digits.len() - zeros);
    let half = format!("{:0<zeros$}", "5");
    let is_odd = head.ends_with(['1', '3', '5', '7', '9']);
    let goes_up = match tail.cmp(&half) {
        Ordering::Greater => true,
        Ordering::Equal => number.fract() != 0.0 || is_odd,
        Ordering::Less => false,
    };
    let mut head = head.to_owned();
    if goes_up {
        let kept = head.trim_end_matches('9').to_owned();
        let nines = head.len() - kept.len();
        let next = kept.chars().last().and_then(|digit| digit.to_digit(10)).map_or(1, |d| d + 1);
        let kept = kept.get(..kept.len().saturating_sub(1)).unwrap_or_default();
        head = format!("{kept}{next}{}", "0".repeat(nines));
    }
    format!("{head}{}", "0".repeat(zeros))
}

fn rounded(number: f64, args: FuncArgs, native: &NativeMethod, vm: &VirtualMachine) -> PyResult {
    let places = args.args.first().and_then(|places| places.downcast_ref::<PyInt>());
    let Some(places) = places else {
        return native.call(vm.ctx.new_float(number).into(), args, vm);
    };
    // What doesn't fit is far beyond what makes a difference.
    let places = places.as_bigint();
    let beyond = if *places < 0.into() { i64::MIN } else { i64::MAX };
    match round_to(number, places.to_i64().unwrap_or(beyond)) {
        Some(rounded) => Ok(vm.ctx.new_float(rounded).into()),
        None => Err(vm.new_overflow_error("rounded value too large to represent")),
    }
}

fn formatted(number: f64, args: FuncArgs, native: &NativeMethod, vm: &VirtualMachine) -> PyResult {
    let format = |number: f64, spec: &str| {
        let args = (vm.ctx.new_str(spec),).into_args(vm);
        native.call(vm.ctx.new_float(number).into(), args, vm)
    };
    let text = |object: &PyObjectRef| {
        let text = object.downcast_ref::<PyStr>().and_then(|text| text.to_str());
        text.map(str::to_owned).unwrap_or_default()
    };
    let spec = args.args.first().map(text).unwrap_or_default();
    let (plain, drops_sign) = match position_of_z(&spec) {
        Some(at) => (without(&spec, at), true),
        None => (spec, false),
    };
    let result = format(number, &plain)?;
    let shown = text(&result);
    // A number with an exponent has one digit before the point, and nothing to group.
    let group = plain.find(['_', ',']).filter(|at| *at > 0 || plain.len() == 1);
    if let Some(at) = group.filter(|_| shown.contains(['e', 'E'])) {
        return format(number, &without(&plain, at));
    }
    let is_zero =
        number.is_finite() && !shown.contains(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
    match drops_sign && is_zero && number.is_sign_negative() {
        true => format(0.0, &plain),
        false => Ok(result),
    }
}

/// The text without the character at a byte.
fn without(text: &str, at: usize) -> String {
    text.char_indices().filter(|(place, _)| *place != at).map(|(_, c)| c).collect()
}

/// An integer may be written as a float.
fn formatted_integer(
    value: PyObjectRef,
    args: FuncArgs,
    native: &NativeMethod,
    vm: &VirtualMachine,
) -> PyResult {
    let spec = args.args.first().and_then(|spec| spec.downcast_ref::<PyStr>()?.to_str());
    let is_float = spec.is_some_and(|spec| {
        position_of_z(spec).is_some() && spec.ends_with(['e', 'E', 'f', 'F', 'g', 'G', '%'])
    });
    match float_of(&value, vm).ok().flatten().filter(|_| is_float) {
        Some(number) => vm.call_method(vm.ctx.new_float(number).as_object(), "__format__", args),
        None => native.call(value, args, vm),
    }
}

/// Where `z` stands in a format specification, after fill, alignment and sign.
fn position_of_z(spec: &str) -> Option<usize> {
    let is_align = |c: char| matches!(c, '<' | '>' | '^' | '=');
    let mut chars = spec.char_indices().peekable();
    let first = spec.chars().next()?;
    let aligned = spec.chars().nth(1).is_some_and(is_align);
    let skipped = if aligned { 2 } else { usize::from(is_align(first)) };
    for _ in 0..skipped {
        chars.next();
    }
    chars.next_if(|(_, c)| matches!(c, '+' | '-' | ' '));
    chars.next().filter(|(_, c)| *c == 'z').map(|(at, _)| at)
}

fn hexadecimal(
    number: f64,
    args: FuncArgs,
    native: &NativeMethod,
    vm: &VirtualMachine,
) -> PyResult {
    if !number.is_subnormal() {
        return native.call(vm.ctx.new_float(number).into(), args, vm);
    }
    let sign = if number < 0.0 { "-" } else { "" };
    // The exponent's bits are zeros.
    let digits = number.abs().to_bits();
    Ok(vm.ctx.new_str(format!("{sign}0x0.{digits:013x}p-1022")).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roundings() {
        let check = |number: f64, places: i64, expected: f64| {
            assert_eq!(round_to(number, places), Some(expected), "round({number}, {places})");
        };
        check(2.675, 2, 2.67);
        check(0.5, 0, 0.0);
        check(1.5, 0, 2.0);
        check(123_456.789, -2, 123_500.0);
        check(150.0, -2, 200.0);
        check(250.0, -2, 200.0);
        check(250.5, -2, 300.0);
        check(99.0, -2, 100.0);
        check(49.0, -2, 0.0);
        check(-7.0, -1, -10.0);
        assert_eq!(round_to(f64::MAX, -308), None);
        assert!(round_to(f64::NAN, -2).is_some_and(f64::is_nan));
    }

    #[test]
    fn quotients() {
        assert!(divmod(f64::INFINITY, 7.0).0.is_nan());
        assert_eq!(divmod(-7.5, 2.0), (-4.0, 0.5));
        assert_eq!(divmod(7.5, -2.0), (-4.0, -0.5));
    }

    #[test]
    fn signs_of_zero() {
        assert_eq!(position_of_z("z.1f"), Some(0));
        assert_eq!(position_of_z("*>+z.1f"), Some(3));
        assert_eq!(position_of_z(">8.1f"), None);
        assert_eq!(position_of_z("z>8"), None);
    }
}
