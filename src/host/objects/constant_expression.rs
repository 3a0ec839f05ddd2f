//! The values of constant expressions (language.md §3).

use std::collections::HashMap;

use malachite_bigint::BigInt;
use num_traits::ToPrimitive as _;
use rustpython_codegen::compile::{self, CompileOpts};
use rustpython_source_file::SourceFileBuilder;
use rustpython_vm::builtins::{PyComplex, PyTuple};
use rustpython_vm::{PyObject, PyObjectRef, VirtualMachine};

use crate::codenode::{Node, Op, Origin, Shape, Value};
use crate::host::compilation::guarded;
use crate::host::objects::constants;
use crate::print;
use crate::syntax::parse_expression;

/// How many bits, characters or elements a value may have that was found by following variables.
const LARGEST: u64 = 4096;

/// The parts of some code that are compile-time constants, by their addresses.
#[derive(Default)]
pub(in crate::host) struct Constants(HashMap<usize, PyObjectRef>);

impl Constants {
    /// These parts with their values.
    pub(crate) fn new(parts: impl Iterator<Item = (usize, PyObjectRef)>) -> Constants {
        Constants(parts.collect())
    }

    fn get(&self, code: &Node) -> Option<&PyObjectRef> {
        self.0.get(&code.address())
    }

    /// Whether the code is a constant expression.
    pub(crate) fn make_constant(&self, code: &Node) -> bool {
        self.with_variables(code, &mut Vec::new()).is_some()
    }

    /// A constant expression with variables in place of the constants, whose values are added to
    /// `values` in their order.
    fn with_variables(&self, code: &Node, values: &mut Vec<PyObjectRef>) -> Option<Node> {
        if let Some(value) = self.get(code) {
            values.push(value.clone());
            return Some(Node::var(variable(values.len() - 1), Origin::Site));
        }
        if code.is_static() {
            return Some(code.clone());
        }
        if !may_be_constant(code) {
            return None;
        }
        let known = values.len();
        let args = code.args().iter().map(|arg| self.with_variables(arg, values));
        let args: Vec<Node> = args.collect::<Option<_>>()?;
        // What mixed real and complex operands give differs between Pythons.
        let mut own = values.iter().skip(known);
        let is_mixed = code.op() != Op::PLUS && own.any(|v| v.downcastable::<PyComplex>());
        (!is_mixed).then(|| code.with_args(args))
    }
}

/// Whether the code is constant if its parts are. Which objects are one isn't for compile time to say.
fn may_be_constant(code: &Node) -> bool {
    match code.op() {
        Op::IS | Op::ISNOT => false,
        Op::INDEX | Op::SLICE | Op::STAR | Op::IF => true,
        op => op.keeps_constant() || matches!(op.shape(), Shape::Comparison(_) | Shape::Bool(..)),
    }
}

/// The name that a constant has while an expression is evaluated.
fn variable(index: usize) -> String {
    format!("__uneval_constant_{index}__")
}

/// The value of code that is a constant expression (language.md §3), if it is one and has a value.
pub(in crate::host) fn constant_value(
    vm: &VirtualMachine,
    code: &Node,
    constants: &Constants,
) -> Option<PyObjectRef> {
    if let Some(value) = code.constant() {
        return Some(constants::to_object(vm, value));
    }
    if let Some(value) = constants.get(code) {
        return Some(value.clone());
    }
    let mut values = Vec::new();
    let code = constants.with_variables(code, &mut values)?;
    let style = print::Style { width: usize::MAX / 8, ..print::Style::default() };
    let text = print::expression(&code, style);
    let parsed = parse_expression(&text)?;
    let source = SourceFileBuilder::new("<constant>", text.as_str()).finish();
    let compile = || compile::compile_expression(&parsed, source, CompileOpts::default());
    let compiled = guarded(compile).ok()?;
    let scope = vm.new_scope_with_builtins();
    for (index, value) in values.into_iter().enumerate() {
        scope.globals.set_item(&*variable(index), value, vm).ok()?;
    }
    vm.run_code_obj(vm.ctx.new_code(compiled), scope).ok()
}

/// The value of code that is a constant expression once its variables are followed, if that is an
/// object that can't be changed: others are the variable's own. What would be large isn't computed:
/// the program may never come to it.
pub(in crate::host) fn followed_value(
    vm: &VirtualMachine,
    tree: &Node,
    constants: &Constants,
) -> Option<PyObjectRef> {
    let mut known = HashMap::new();
    let literal = folded(vm, &tree.without_names(), constants, &mut known)?;
    if literal.size() > LARGEST {
        return None;
    }
    constant_value(vm, &literal, constants).filter(|value| constants::is_fixed(vm, value))
}

/// The expression as a literal.
fn folded(
    vm: &VirtualMachine,
    code: &Node,
    constants: &Constants,
    known: &mut HashMap<usize, Option<Node>>,
) -> Option<Node> {
    if code.constant().is_some() || code.op() == Op::EMPTY {
        return Some(code.clone());
    }
    if let Some(value) = constants.get(code) {
        return literal(vm, value);
    }
    if !may_be_constant(code) {
        return None;
    }
    if let Some(done) = known.get(&code.address()) {
        return done.clone();
    }
    let args: Option<Vec<Node>> =
        code.args().iter().map(|arg| folded(vm, arg, constants, known)).collect();
    let literal = args.map(|args| code.with_args(args)).and_then(|code| match code.op() {
        Op::FIELD | Op::PAIR | Op::SLICE | Op::STAR | Op::TUPLE | Op::LIST | Op::SET | Op::DICT => {
            Some(code)
        }
        _ if is_explosive(&code) || code.size() > LARGEST => None,
        _ => constant_value(vm, &code, constants).and_then(|value| literal(vm, &value)),
    });
    known.insert(code.address(), literal.clone());
    literal
}

/// Whether an operation on literals may give something much larger than they are.
fn is_explosive(code: &Node) -> bool {
    let large = |node: &Node, most: u64| match node.constant() {
        Some(Value::Int(int)) => int.to_i64().is_none_or(|int| int.unsigned_abs() > most),
        _ => false,
    };
    let is_number = |node: &Node| {
        let int = matches!(node.constant(), Some(Value::Int(_) | Value::Bool(_)));
        int || matches!(node.constant(), Some(Value::Float(_) | Value::Complex { .. }))
    };
    match (code.op(), code.args()) {
        (Op::EXP, [_, exponent]) => large(exponent, 64),
        (Op::LSHIFT, [_, count]) => large(count, LARGEST),
        (Op::MULTIPLY, [left, right]) if !is_number(left) || !is_number(right) => {
            large(left, LARGEST) || large(right, LARGEST)
        }
        (Op::MOD, [left, _]) => !is_number(left),
        // Its fields may have widths.
        (Op::FSTRING, parts) => parts
            .iter()
            .any(|part| part.args().get(1).is_some_and(|format| format.op() != Op::EMPTY)),
        _ => false,
    }
}

/// An immutable value as code, if it isn't large.
fn literal(vm: &VirtualMachine, value: &PyObject) -> Option<Node> {
    if let Some(tuple) = value.downcast_ref_if_exact::<PyTuple>(vm) {
        let items = tuple.as_slice();
        let items: Option<Vec<Node>> = items.iter().map(|item| literal(vm, item)).collect();
        return items.filter(|i| i.len() as u64 <= LARGEST).map(|i| Node::new(Op::TUPLE, i));
    }
    let constant = constants::from_object(vm, value)?;
    let size = match &constant {
        Value::Int(int) => BigInt::bits(int),
        Value::Str(text) => text.len() as u64,
        Value::Bytes(bytes) => bytes.len() as u64,
        _ => 0,
    };
    (size <= LARGEST).then(|| Node::value(constant))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codenode::{Plain, lower};
    use crate::source::FileId;

    #[track_caller]
    fn check(code: &str, expected: bool) {
        let parsed = rustpython_parser::parse_expression(code).map(|parsed| parsed.into_syntax());
        let node = parsed.map(|parsed| lower(&parsed.body, FileId(0), code, &mut Plain));
        assert_eq!(node.is_ok_and(|node| is_explosive(&node)), expected, "{code}");
    }

    #[test]
    fn what_could_be_large_is_not_computed() {
        check("2 ** 64", false);
        check("2 ** 65", true);
        check("1 << 4096", false);
        check("1 << 4097", true);
        check("'a' * 4096", false);
        check("'a' * 4097", true);
        check("4097 * 4097", false);
        check("7 % 3", false);
        check("'%9999d' % 3", true);
        check("f'{1}'", false);
        check("f'{1:9999}'", true);
    }
}
