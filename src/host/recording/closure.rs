//! Functions, comprehensions and generators of compile-time code as code of the program.
//!
//! ```text
//! lambda p: p[k]           lambda p: p[-1]                            with k = -1
//! lambda p: p[k]           (lambda k: lambda p: p[k])(t0)             with k = t0, known at run time
//! def f(p): …              def f(p): …  and the value f
//! ```
//!
//! A function that runs later would see another value in a variable that the program assigns again, in
//! the next round of a loop, say. So what is known at run time is handed to a function of its own.

use rustpython_vm::builtins::{PyDict, PyFunction, PyTuple};
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::codenode::{Name, Node, Op, Origin, TemporaryId};
use crate::host::recording::step::record_step;
use crate::host::state::closures::ClosureObject;
use crate::host::state::{compiled, file};
use crate::residual::Reason;
use crate::staging::{Closure, ClosureHole};

/// What `object` is made of, if it is a function or generator whose source is known and that is still
/// what it was made as.
pub(in crate::host) fn closure_of(vm: &VirtualMachine, object: &PyObject) -> Option<ClosureObject> {
    let closure = file::with(|s| s.closures.get(object).cloned())?;
    let has_attributes = object.dict().is_some_and(|dict| !dict.is_empty());
    let is_renamed = object.downcast_ref::<PyFunction>().is_some_and(|_| {
        let own = object.get_attr("__name__", vm).ok();
        let code =
            object.get_attr("__code__", vm).and_then(|code| code.get_attr("co_name", vm)).ok();
        own.zip(code).is_none_or(|(own, code)| !vm.bool_eq(&own, &code).unwrap_or(false))
    });
    (!has_attributes && !is_renamed && !closure.has_begun()).then_some(closure)
}

/// Whether the source of `object` is known.
pub(super) fn is_closure(object: &PyObject) -> bool {
    file::with(|s| s.closures.get(object).is_some())
}

/// The values at the holes of its source; none if a variable isn't bound now.
pub(in crate::host) fn held_values(
    vm: &VirtualMachine,
    closure: &ClosureObject,
) -> Option<Vec<PyObjectRef>> {
    let source = source(closure)?;
    let captured = closure.captured.call((), vm).ok()?;
    let mut captured = captured.downcast_ref::<PyTuple>()?.as_slice().to_vec().into_iter();
    let attribute = |name: &'static str| closure.object.get_attr(name, vm).ok();
    let value = |hole: &ClosureHole| match hole {
        ClosureHole::Captured(_) => captured.next(),
        ClosureHole::Default(place) => {
            let defaults = attribute("__defaults__")?;
            defaults.downcast_ref::<PyTuple>()?.as_slice().get(*place).cloned()
        }
        ClosureHole::KeywordDefault(name) => {
            let defaults = attribute("__kwdefaults__")?;
            defaults.downcast_ref::<PyDict>()?.to_owned().get_item(&**name, vm).ok()
        }
        ClosureHole::Iterable => closure.iterable.clone(),
    };
    source.holes.iter().map(value).collect()
}

/// The name of a function within its own code, in the quotation of this number.
pub(super) fn own_name(closure: &ClosureObject, number: u32) -> Option<Node> {
    let code = source(closure)?.code;
    let is_named = matches!(code.op(), Op::DEF | Op::ASYNCDEF);
    is_named.then(|| Node::var(code.name().cloned().unwrap_or_default(), Origin::Quote(number)))
}

/// The code that makes it in the program, with the code of the values at its holes, in the quotation of
/// this number. A function is defined by a step.
pub(in crate::host) fn closure_code(
    vm: &VirtualMachine,
    closure: &ClosureObject,
    values: Vec<Node>,
    number: u32,
) -> PyResult<Node> {
    let Some(Closure { code, holes }) = source(closure) else { return Ok(Node::empty()) };
    let mut handed = Handed::default();
    let is_later = matches!(code.op(), Op::LAMBDA | Op::GENERATOR | Op::DEF | Op::ASYNCDEF);
    let fillings: Vec<Node> = holes
        .iter()
        .zip(values)
        .map(|(hole, value)| match hole {
            ClosureHole::Captured(name) if is_later && !is_fixed(&value) => {
                handed.add(name, value, number)
            }
            _ => value,
        })
        .collect();
    let code = filled(&code, &fillings, number);
    match code.op() {
        Op::DEF | Op::ASYNCDEF => function(vm, code, handed),
        _ if handed.values.is_empty() => Ok(code),
        _ => {
            let parameters = Node::new(Op::PARAMS, handed.parameters);
            Ok(Node::call(Node::new(Op::LAMBDA, vec![parameters, code]), handed.values))
        }
    }
}

/// What a function is handed that makes another one.
#[derive(Default)]
struct Handed {
    parameters: Vec<Node>,
    values: Vec<Node>,
}

impl Handed {
    /// The variable by which the value is known within.
    fn add(&mut self, name: &Name, value: Node, number: u32) -> Node {
        let origin = Origin::Quote(number);
        if !self.parameters.iter().any(|parameter| parameter.name() == Some(name)) {
            let parameter = Node::new(Op::PARAM, vec![Node::empty(), Node::empty()]);
            self.parameters.push(parameter.with_name(Some(name.clone())).with_origin(origin));
            self.values.push(value);
        }
        Node::var(name.clone(), origin)
    }
}

/// The value of the function that `definition` defines.
fn function(vm: &VirtualMachine, definition: Node, handed: Handed) -> PyResult<Node> {
    let name = definition.name().cloned().unwrap_or_default();
    let value = Node::var(name.clone(), definition.origin());
    if handed.values.is_empty() {
        record_step(vm, definition, Reason::Definition)?;
        return Ok(value);
    }
    let made = Node::new(Op::RETURN, vec![value]);
    let maker = format!("make_{name}");
    let origin = definition.origin();
    let loc = definition.loc();
    let arguments = vec![
        Node::new(Op::PARTS, Vec::new()),
        Node::new(Op::PARTS, Vec::new()),
        Node::new(Op::PARAMS, handed.parameters),
        Node::empty(),
        Node::empty(),
        Node::block(vec![definition, made]),
    ];
    let outer = Node::new(Op::DEF, arguments)
        .with_name(Some(maker.as_str().into()))
        .with_origin(origin)
        .with_loc(loc);
    record_step(vm, outer, Reason::Definition)?;
    Ok(Node::call(Node::var(maker, origin), handed.values))
}

/// Whether the code gives the same wherever it stands.
fn is_fixed(code: &Node) -> bool {
    match code.op() {
        Op::VALUE | Op::VAR => true,
        Op::ATTR | Op::TUPLE => code.args().iter().all(is_fixed),
        _ => false,
    }
}

/// The code with the fillings at its holes; its own variables are those of quotation `number`.
fn filled(code: &Node, fillings: &[Node], number: u32) -> Node {
    if let Some(TemporaryId(hole)) = code.temporary_id() {
        return fillings.get(hole as usize).unwrap_or(code).clone();
    }
    let node = code.map_args(|arg| filled(arg, fillings, number));
    match code.origin() {
        Origin::Quote(_) => node.with_origin(Origin::Quote(number)),
        _ => node,
    }
}

fn source(closure: &ClosureObject) -> Option<Closure> {
    compiled::with(|s| s.tables.closures.get(closure.number).cloned())
}
