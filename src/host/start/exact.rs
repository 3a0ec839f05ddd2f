//! Where RustPython computes otherwise than every CPython does: texts, floats, complex numbers, truth values
//! as integers, the order of sets of integers.
//!
//! ```text
//! (1j) ** 2                 (-1+0j), by multiplying, not by logarithms
//! f"{True:>6}"              "     1"
//! list({3, 1, 2})           [1, 2, 3]: CPython has sets of integers in the order of a hash table
//! ```
//!
//! The algorithms are CPython's: `Objects/complexobject.c` and `Objects/setobject.c` of 3.13.

mod native;

mod failures;

mod number;

mod text;

use num_complex::Complex64;
use num_traits::ToPrimitive as _;
use rustpython_vm::builtins::{PyComplex, PyFloat, PyFrozenSet, PyInt, PySet, PyStr};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject as _, PyObject, PyObjectRef, PyRef, PyResult, VirtualMachine};

/// Methods of integers that give the integer itself: of a truth value they give a number.
const OF_INTEGERS: [&str; 4] = ["__round__", "__trunc__", "__floor__", "__ceil__"];

/// Makes the builtin classes of this thread compute as CPython's do.
pub(super) fn compute_as_cpython(vm: &VirtualMachine) {
    text::compute_as_cpython(vm);
    number::compute_as_cpython(vm);
    failures::speak_as_cpython(vm);
    let types = &vm.ctx.types;
    let complex = &types.complex_type.slots.as_number;
    complex.add.store(Some(|a, b, vm| operate(a, b, vm, |a, b| Ok(a + b))));
    complex.right_add.store(complex.add.load());
    complex.subtract.store(Some(|a, b, vm| operate(a, b, vm, |a, b| Ok(a - b))));
    complex.right_subtract.store(complex.subtract.load());
    complex.true_divide.store(Some(|a, b, vm| operate(a, b, vm, quotient)));
    complex.right_true_divide.store(complex.true_divide.load());
    complex.power.store(Some(power));
    complex.right_power.store(complex.power.load());

    let truth = types.bool_type;
    truth.attributes.write().shift_remove(vm.ctx.intern_str("__format__"));
    for name in OF_INTEGERS {
        let method = move |value: PyObjectRef, args: FuncArgs, vm: &VirtualMachine| {
            let value = value.try_int(vm)?;
            let number = vm.ctx.new_bigint(value.as_bigint());
            vm.call_method(number.as_object(), name, args)
        };
        truth.set_attr(vm.ctx.intern_str(name), vm.new_method(name, truth, method).into());
    }

    for class in [types.set_type, types.frozenset_type] {
        class.slots.iter.store(Some(iterate));
        class.slots.repr.store(Some(written));
    }
    let pop = |set: PyObjectRef, vm: &VirtualMachine| match in_order(elements(&set)).first() {
        Some(first) => {
            vm.call_method(&set, "discard", (first.clone(),))?;
            Ok(first.clone())
        }
        None => Err(vm.new_key_error(vm.ctx.new_str("pop from an empty set").into())),
    };
    let set = types.set_type;
    set.set_attr(vm.ctx.intern_str("pop"), vm.new_method("pop", set, pop).into());
}

/// The complex number that an operand is; none if it is no number.
fn complex_of(value: &PyObject, vm: &VirtualMachine) -> PyResult<Option<Complex64>> {
    if let Some(complex) = value.downcast_ref::<PyComplex>() {
        return Ok(Some(complex.to_complex()));
    }
    let real = match (value.downcast_ref::<PyFloat>(), value.downcast_ref::<PyInt>()) {
        (Some(float), _) => float.to_f64(),
        (None, Some(int)) => int
            .as_bigint()
            .to_f64()
            .filter(|f| f.is_finite())
            .ok_or_else(|| vm.new_overflow_error("int too large to convert to float"))?,
        (None, None) => return Ok(None),
    };
    Ok(Some(Complex64::new(real, 0.0)))
}

fn operate(
    a: &PyObject,
    b: &PyObject,
    vm: &VirtualMachine,
    operation: fn(Complex64, Complex64) -> Result<Complex64, &'static str>,
) -> PyResult {
    let (Some(a), Some(b)) = (complex_of(a, vm)?, complex_of(b, vm)?) else {
        return Ok(vm.ctx.not_implemented());
    };
    let result = operation(a, b).map_err(|why| vm.new_zero_division_error(why))?;
    Ok(vm.ctx.new_complex(result).into())
}

/// Division by the larger part of the divisor (Smith, Algorithm 116: Complex division, 1962).
fn quotient(a: Complex64, b: Complex64) -> Result<Complex64, &'static str> {
    if b.re.abs() >= b.im.abs() {
        if b.re == 0.0 {
            return Err("complex division by zero");
        }
        let ratio = b.im / b.re;
        let divisor = b.re + b.im * ratio;
        return Ok(Complex64::new(
            (a.re + a.im * ratio) / divisor,
            (a.im - a.re * ratio) / divisor,
        ));
    }
    if b.im.is_nan() || b.re.is_nan() {
        return Ok(Complex64::new(f64::NAN, f64::NAN));
    }
    let ratio = b.re / b.im;
    let divisor = b.re * ratio + b.im;
    Ok(Complex64::new((a.re * ratio + a.im) / divisor, (a.im * ratio - a.re) / divisor))
}

fn power(a: &PyObject, b: &PyObject, modulus: &PyObject, vm: &VirtualMachine) -> PyResult {
    if !vm.is_none(modulus) {
        return Err(vm.new_value_error("complex modulo"));
    }
    let result = operate(a, b, vm, raised)?;
    let is_infinite = result.downcast_ref::<PyComplex>().is_some_and(|result| {
        let result = result.to_complex();
        result.re.is_infinite() || result.im.is_infinite()
    });
    match is_infinite {
        true => Err(vm.new_overflow_error("complex exponentiation")),
        false => Ok(result),
    }
}

fn raised(base: Complex64, exponent: Complex64) -> Result<Complex64, &'static str> {
    let whole = exponent.re;
    if exponent.im == 0.0 && whole == whole.floor() && whole.abs() <= 100.0 {
        // A number of at most 100.
        let count = whole.abs() as u32;
        let result = multiplied(base, count);
        return if whole > 0.0 || count == 0 {
            Ok(result)
        } else {
            quotient(Complex64::new(1.0, 0.0), result)
        };
    }
    if base.re == 0.0 && base.im == 0.0 {
        return match exponent.im != 0.0 || exponent.re < 0.0 {
            true => Err("0.0 to a negative or complex power"),
            false => Ok(Complex64::new(0.0, 0.0)),
        };
    }
    let (size, angle) = (base.re.hypot(base.im), base.im.atan2(base.re));
    let (mut length, mut phase) = (size.powf(exponent.re), angle * exponent.re);
    if exponent.im != 0.0 {
        length /= (angle * exponent.im).exp();
        phase += exponent.im * size.ln();
    }
    Ok(Complex64::new(length * phase.cos(), length * phase.sin()))
}

/// The power by repeated squaring, as many times as the exponent has digits.
fn multiplied(base: Complex64, count: u32) -> Complex64 {
    let (mut result, mut square, mut mask) = (Complex64::new(1.0, 0.0), base, 1);
    while mask <= count {
        if count & mask != 0 {
            result *= square;
        }
        mask <<= 1;
        square *= square;
    }
    result
}

fn elements(set: &PyObject) -> Vec<PyObjectRef> {
    match (set.downcast_ref::<PySet>(), set.downcast_ref::<PyFrozenSet>()) {
        (Some(set), _) => set.elements(),
        (None, Some(set)) => set.elements(),
        (None, None) => Vec::new(),
    }
}

fn iterate(set: PyObjectRef, vm: &VirtualMachine) -> PyResult {
    let elements = in_order(elements(&set));
    Ok(vm.ctx.new_list(elements).as_object().get_iter(vm)?.into())
}

fn written(set: &PyObject, vm: &VirtualMachine) -> PyResult<PyRef<PyStr>> {
    let name = set.class().name().to_string();
    let elements = in_order(elements(set));
    let mut parts = Vec::new();
    for element in &elements {
        parts.push(element.repr(vm)?.as_wtf8().to_string());
    }
    let inside = parts.join(", ");
    let text = match (elements.is_empty(), &*name) {
        (true, _) => format!("{name}()"),
        (false, "set") => format!("{{{inside}}}"),
        (false, _) => format!("{name}({{{inside}}})"),
    };
    Ok(vm.ctx.new_str(text))
}

/// The elements of a set in the order in which CPython's hash table has them, if all are small
/// integers. The hashes of others depend on the process.
fn in_order(elements: Vec<PyObjectRef>) -> Vec<PyObjectRef> {
    let hash = |element: &PyObjectRef| {
        let number = element.downcast_ref::<PyInt>()?.as_bigint().to_i64()?;
        // Larger ones are taken modulo a prime.
        let is_own = number.unsigned_abs() < (1 << 61) - 1;
        is_own.then_some(if number == -1 { -2 } else { number } as u64)
    };
    let Some(hashes) = elements.iter().map(hash).collect::<Option<Vec<u64>>>() else {
        return elements;
    };
    let order = table_order(&hashes);
    order.into_iter().filter_map(|index| elements.get(index).cloned()).collect()
}

/// How many places CPython looks at one after the other.
const LINEAR_PROBES: usize = 9;

/// The order of elements with these hashes, added one after the other, in CPython's hash table. Where
/// hashes collide, a set that was made at once from a constant may have another order.
fn table_order(hashes: &[u64]) -> Vec<usize> {
    let mut table: Vec<Option<usize>> = vec![None; 8];
    let mut used = 0;
    for index in 0..hashes.len() {
        insert(&mut table, hashes, index);
        used += 1;
        if used * 5 >= (table.len() - 1) * 3 {
            let least = if used > 50_000 { used * 2 } else { used * 4 };
            let mut size = 8;
            while size <= least {
                size *= 2;
            }
            let old = std::mem::replace(&mut table, vec![None; size]);
            old.into_iter().flatten().for_each(|index| insert(&mut table, hashes, index));
        }
    }
    table.into_iter().flatten().collect()
}

fn insert(table: &mut [Option<usize>], hashes: &[u64], index: usize) {
    let mask = table.len() - 1;
    let mut perturb = hashes.get(index).copied().unwrap_or_default();
    let mut at = perturb as usize & mask;
    loop {
        let probes = if at + LINEAR_PROBES <= mask { LINEAR_PROBES } else { 0 };
        let places = table.get_mut(at..=at + probes).unwrap_or_default();
        if let Some(free) = places.iter_mut().find(|place| place.is_none()) {
            *free = Some(index);
            return;
        }
        perturb >>= 5;
        at = at.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb as usize) & mask;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the order of a set of these numbers.
    fn check(numbers: &[u64], expected: &[u64]) {
        let order = table_order(numbers).into_iter().map(|index| numbers[index]);
        assert_eq!(order.collect::<Vec<_>>(), expected, "{numbers:?}");
    }

    #[test]
    fn orders_of_sets() {
        check(&[3, 1, 2], &[1, 2, 3]);
        check(&[8, 0, 16], &[8, 0, 16]);
        check(&[10, 9, 8], &[8, 9, 10]);
        check(&[5, 13, 21, 1, 100, 64], &[64, 1, 100, 5, 13, 21]);
    }

    #[test]
    fn powers() {
        let result = raised(Complex64::new(0.0, 1.0), Complex64::new(2.0, 0.0));
        assert_eq!(result, Ok(Complex64::new(-1.0, 0.0)));
        let (a, b) = (Complex64::new(1.0, 2.0), Complex64::new(3.0, -1.0));
        assert_eq!(quotient(a, b), Ok(Complex64::new(0.1, 0.700_000_000_000_000_1)));
    }
}
