//! Constants as JSON, tagged by their types: `{"type": "int", "value": "23"}`.

use malachite_bigint::BigInt;
use num_traits::Num as _;
use rustpython_wtf8::{CodePoint, Wtf8Buf};
use serde_json::{Map, Value as Json, json};

use super::{malformed, object, only};
use crate::codenode::node::Malformed;
use crate::codenode::value::Value;

/// The constant as JSON.
pub(super) fn write(value: &Value) -> String {
    let (kind, value) = match value {
        Value::None => return r#"{"type": "None"}"#.to_owned(),
        Value::Ellipsis => return r#"{"type": "Ellipsis"}"#.to_owned(),
        Value::Complex { real, imag } => {
            let (real, imag) = (Json::from(number(*real)), Json::from(number(*imag)));
            return format!(r#"{{"type": "complex", "real": {real}, "imag": {imag}}}"#);
        }
        Value::Bool(bool) => ("bool", Json::from(*bool)),
        Value::Int(int) => ("int", Json::from(int.to_string())),
        Value::Float(float) => ("float", Json::from(number(*float))),
        Value::Bytes(bytes) => {
            let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            ("bytes", Json::from(digits))
        }
        Value::Str(text) => match text.as_str() {
            Ok(text) => ("str", Json::from(text)),
            // JSON's texts have no lone surrogates.
            Err(_) => {
                let points: Vec<u32> = text.code_points().map(CodePoint::to_u32).collect();
                return format!(r#"{{"type": "str", "code_points": {}}}"#, json!(points));
            }
        },
    };
    format!(r#"{{"type": "{kind}", "value": {value}}}"#)
}

/// A float as Python's `repr` has it; of a `nan` that isn't the usual one the bits are added.
fn number(float: f64) -> String {
    match float {
        nan if nan.is_nan() && nan.to_bits() != f64::NAN.to_bits() => {
            format!("nan:{:016x}", nan.to_bits())
        }
        nan if nan.is_nan() => "nan".to_owned(),
        infinite if infinite.is_infinite() => {
            if infinite > 0.0 { "inf" } else { "-inf" }.to_owned()
        }
        finite => rustpython_literal::float::to_string(finite),
    }
}

/// The constant that the JSON at `path` stands for.
pub(super) fn read(json: &Json, path: &str) -> Result<Value, Malformed> {
    let json = object(json, path)?;
    let Some(kind) = json.get("type").and_then(Json::as_str) else {
        return Err(malformed(format!("{path} has no text `type`")));
    };
    let known: &[&str] = match kind {
        "None" | "Ellipsis" => &["type"],
        "complex" => &["type", "real", "imag"],
        "str" if json.contains_key("code_points") => &["type", "code_points"],
        _ => &["type", "value"],
    };
    only(json, known, path)?;
    match kind {
        "None" => Ok(Value::None),
        "Ellipsis" => Ok(Value::Ellipsis),
        "bool" => match json.get("value") {
            Some(Json::Bool(bool)) => Ok(Value::Bool(*bool)),
            _ => Err(malformed(format!("{path}.value isn't true or false"))),
        },
        "int" => match BigInt::from_str_radix(text(json, "value", path)?, 10) {
            Ok(int) => Ok(Value::Int(int)),
            Err(_) => Err(malformed(format!("{path}.value isn't the text of an integer"))),
        },
        "float" => Ok(Value::Float(float(json, "value", path)?)),
        "complex" => Ok(Value::Complex {
            real: float(json, "real", path)?,
            imag: float(json, "imag", path)?,
        }),
        "bytes" => match bytes(text(json, "value", path)?) {
            Some(bytes) => Ok(Value::Bytes(bytes.into())),
            None => Err(malformed(format!("{path}.value isn't pairs of hexadecimal digits"))),
        },
        "str" if let Some(points) = json.get("code_points") => {
            let text = points.as_array().and_then(|points| points.iter().map(code_point).collect());
            let text: Wtf8Buf =
                text.ok_or_else(|| malformed(format!("{path}.code_points isn't a list of them")))?;
            Ok(Value::Str(text.into()))
        }
        "str" => Ok(Value::text(text(json, "value", path)?)),
        _ => Err(malformed(format!("{path}.type isn't the type of a constant"))),
    }
}

fn text<'j>(json: &'j Map<String, Json>, key: &str, path: &str) -> Result<&'j str, Malformed> {
    let text = json.get(key).and_then(Json::as_str);
    text.ok_or_else(|| malformed(format!("{path}.{key} isn't a text")))
}

fn float(json: &Map<String, Json>, key: &str, path: &str) -> Result<f64, Malformed> {
    let text = text(json, key, path)?;
    let float = match text.split_once(':') {
        Some(("nan", bits)) => {
            u64::from_str_radix(bits, 16).ok().map(f64::from_bits).filter(|nan| nan.is_nan())
        }
        _ => text.parse().ok(),
    };
    float.ok_or_else(|| malformed(format!("{path}.{key} isn't the text of a float")))
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    let byte = |pair: &[u8]| match pair {
        [high, low] => {
            let digit = |digit: u8| char::from(digit).to_digit(16);
            u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
        }
        _ => None,
    };
    pairs.map(byte).collect()
}

fn code_point(json: &Json) -> Option<CodePoint> {
    CodePoint::from_u32(u32::try_from(json.as_u64()?).ok()?)
}
