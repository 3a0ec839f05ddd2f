//! The constants that a VALUE holds.

use std::rc::Rc;

use malachite_bigint::BigInt;
use rustpython_wtf8::Wtf8Buf;

/// A constant of Python's syntax. Containers are displays (TUPLE, LIST, …), not constants.
#[derive(Clone, Debug)]
pub enum Value {
    /// `None`.
    None,
    /// `...`.
    Ellipsis,
    /// `True` or `False`.
    Bool(bool),
    /// An integer of any size.
    Int(BigInt),
    /// A float.
    Float(f64),
    /// A complex number.
    Complex {
        /// Its real part.
        real: f64,
        /// Its imaginary part.
        imag: f64,
    },
    /// Text; Python's may hold lone surrogates, hence WTF-8.
    Str(Rc<Wtf8Buf>),
    /// Bytes.
    Bytes(Rc<[u8]>),
}

impl PartialEq for Value {
    /// Sameness of constants, as a reader of the source means it: `1`, `1.0` and `True` differ,
    /// `nan` equals itself, and `0.0` isn't `-0.0`.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Value::None, Value::None) | (Value::Ellipsis, Value::Ellipsis) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Int(a), Value::Int(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
            (Value::Complex { real: a, imag: b }, Value::Complex { real: c, imag: d }) => {
                a.to_bits() == c.to_bits() && b.to_bits() == d.to_bits()
            }
            (Value::Str(a), Value::Str(b)) => a == b,
            (Value::Bytes(a), Value::Bytes(b)) => a == b,
            _ => false,
        }
    }
}

impl Value {
    /// A text constant.
    pub fn text(text: &str) -> Value {
        Value::Str(Rc::new(Wtf8Buf::from(text)))
    }
}
