//! f-strings: each field is formatted where Python would, now or at run time.

use rustpython_vm::builtins::{PyStr, PyStrRef};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::codenode::{Node, Op, TemporaryId, Value};
use crate::host::objects::binding_time::{holds_run_time, is_run_time};
use crate::host::objects::constants::index;
use crate::host::recording::lift::{Taking, lift};
use crate::host::recording::record::record;
use crate::host::state::compiled;
use crate::residual::Reason;

/// A field: its value, the conversion or None, the specification or None.
pub(in crate::host) fn field(
    value: PyObjectRef,
    conversion: Option<PyStrRef>,
    spec: Option<PyObjectRef>,
    vm: &VirtualMachine,
) -> PyResult {
    let conversion = conversion.map(|c| c.as_wtf8().to_string_lossy().into_owned());
    if holds_run_time(vm, &value) || spec.as_deref().is_some_and(is_run_time) {
        let value = lift(vm, &value, Taking::Refer)?;
        let spec = match spec {
            Some(spec) => spec_code(vm, &spec)?,
            None => Node::empty(),
        };
        let name = conversion.map(|c| c.into());
        let field = Node::new(Op::FIELD, vec![value, spec]).with_name(name);
        return record(vm, Node::new(Op::FSTRING, vec![field]), Reason::Operation);
    }
    let value = match conversion.as_deref() {
        Some("r") => value.repr(vm)?.into(),
        Some("a") => value.ascii(vm)?.into(),
        Some("s") => value.str(vm)?.into(),
        _ => value,
    };
    let spec = match spec.map(|spec| spec.downcast::<PyStr>()) {
        Some(Ok(spec)) => spec,
        _ => vm.ctx.new_str(""),
    };
    vm.format(&value, spec).map(Into::into)
}

/// A specification is an f-string.
fn spec_code(vm: &VirtualMachine, spec: &PyObject) -> PyResult<Node> {
    let code = lift(vm, spec, Taking::Refer)?;
    Ok(match code.constant() {
        Some(Value::Str(text)) if text.is_empty() => Node::new(Op::FSTRING, Vec::new()),
        Some(_) => Node::new(Op::FSTRING, vec![code]),
        None => {
            let field = Node::new(Op::FIELD, vec![code, Node::empty()]);
            Node::new(Op::FSTRING, vec![field])
        }
    })
}

/// The whole: the number of its template, whose holes are the fields, and each field's text.
pub(in crate::host) fn fstring(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let template = compiled::with(|s| s.tables.templates.get(index(&args, 0)).cloned());
    let Some(template) = template else { return Err(vm.new_value_error("no such f-string")) };
    let fields = args.args.get(1..).unwrap_or_default();
    let mut parts = Vec::new();
    let mut text = rustpython_vm::common::wtf8::Wtf8Buf::new();
    let flush = |text: &mut rustpython_vm::common::wtf8::Wtf8Buf, parts: &mut Vec<Node>| {
        if !text.is_empty() {
            parts.push(Node::value(Value::Str(std::mem::take(text).into())));
        }
    };
    for part in template.code.args() {
        let object = part.temporary_id().and_then(|TemporaryId(n)| fields.get(n as usize));
        match (part.constant(), object) {
            (Some(Value::Str(constant)), _) => text.push_wtf8(constant),
            (_, Some(object)) => match object.downcast_ref::<PyStr>() {
                Some(formatted) => text.push_wtf8(formatted.as_wtf8()),
                None => {
                    flush(&mut text, &mut parts);
                    let value = lift(vm, object, Taking::Refer)?;
                    parts.push(Node::new(Op::FIELD, vec![value, Node::empty()]));
                }
            },
            _ => {}
        }
    }
    if parts.is_empty() {
        return Ok(vm.ctx.new_str(text).into());
    }
    if let ([_], [field], true) = (parts.as_slice(), fields, text.is_empty()) {
        // One field is its text.
        return Ok(field.clone());
    }
    flush(&mut text, &mut parts);
    record(vm, Node::new(Op::FSTRING, parts), Reason::Operation)
}
