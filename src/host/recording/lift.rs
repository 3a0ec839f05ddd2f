//! From Python objects to code.

use num_traits::Zero as _;
use rustpython_vm::builtins::{
    PyDict, PyFrozenSet, PyList, PyRange, PySet, PySlice, PyStr, PyTuple,
};
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::codenode::{Loc, Name, Naming, Node, Op, Origin, TemporaryId, Value, check};
use crate::host::failure::Failure;
use crate::host::objects::abort::{
    abort, is_recursion, malformed, malformed_at, needs_statements, without_addresses,
};
use crate::host::objects::binding_time::{is_mutable, occurrences};
use crate::host::objects::constants;
use crate::host::objects::payload::{PyCodenode, PyDynamic, PyStagedBuiltin, PyUnroll, TreeState};
use crate::host::objects::provenance::here;
use crate::host::recording::closure::{
    closure_code, closure_of, held_values, is_closure, own_name,
};
use crate::host::recording::constant::{call, constant};
use crate::host::recording::path::{is_remade, made_again};
use crate::host::recording::step::record_step;
use crate::host::state::recording::{self, MaterialisedObject};
use crate::host::state::{compiled, file, run};
use crate::residual::{Reason, depth};

/// What a run-time value becomes in the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::host) enum Taking {
    /// It is used where it was computed: a TEMPORARY. A list, set or dict goes into the program.
    Refer,
    /// Likewise, as a part of something that the macro holds.
    Held,
    /// Likewise, by an operation that keeps no hold of the list, set or dict itself.
    Read,
    /// Likewise, in the result of an expansion.
    Return,
    /// Likewise, where there is no program to make an object in.
    Literal,
    /// Nothing: what was written before is compared.
    Compare,
    /// Its code moves into the tree.
    Move,
    /// Its code is looked at.
    Look,
}

/// The code that rebuilds `object` when the program runs.
///
/// # Errors
/// Stops the expansion with *value with no source*, naming the value.
pub(in crate::host) fn lift(
    vm: &VirtualMachine,
    object: &PyObject,
    taking: Taking,
) -> PyResult<Node> {
    if let Some(dynamic) = object.downcast_ref::<PyDynamic>() {
        return dynamic_code(vm, dynamic, taking);
    }
    if let Some(tree) = object.downcast_ref::<PyCodenode>() {
        let code = freeze(vm, tree, taking)?;
        let is_value = matches!(taking, Taking::Refer | Taking::Held | Taking::Read);
        return match is_value && code.is_statement() {
            true => Err(malformed(vm, format!("{} is a statement, and no value", code.op()))),
            false => Ok(code),
        };
    }
    if let Some(unroll) = object.downcast_ref::<PyUnroll>()
        && unroll.info.has_plain_form
    {
        return Ok(unroll.info.reference());
    }
    if let Some(builtin) = object.downcast_ref::<PyStagedBuiltin>() {
        return Ok(Node::var(builtin.name.as_str(), Origin::Builtin));
    }
    match constants::from_object(vm, object) {
        Some(value) => Ok(constant(value)),
        None => vm
            .with_recursion("while writing a value as source", || container(vm, object, taking))
            .map_err(|exception| match is_recursion(vm, &exception) {
                true => no_source(vm, object),
                false => exception,
            }),
    }
}

fn dynamic_code(vm: &VirtualMachine, dynamic: &PyDynamic, taking: Taking) -> PyResult<Node> {
    let id = dynamic.id;
    if dynamic.recording != recording::with(|s| s.number) {
        let why = "it uses a run-time value from outside of this call: of a default, or of an earlier call";
        return Err(needs_statements(vm, why));
    }
    check_unconditional(vm, id)?;
    Ok(match taking {
        Taking::Move => recording::with(|s| s.residual.take_code(id)),
        Taking::Look => recording::with(|s| s.residual.look_at_code(id)),
        _ => Node::temporary(id),
    })
}

/// A value that the program computes under a condition can't be used outside of it.
fn check_unconditional(vm: &VirtualMachine, id: TemporaryId) -> PyResult<()> {
    if recording::with(|s| !s.conditional.contains(&id)) {
        return Ok(());
    }
    let why = "a value that the program computes only under a condition is used outside of it";
    Err(needs_statements(vm, why))
}

/// The code of the result of an expansion.
///
/// # Errors
/// Stops the expansion as [`lift`] does, and if what went into the program was changed since.
pub(in crate::host) fn lift_result(
    vm: &VirtualMachine,
    object: &PyObject,
    taking: Taking,
) -> PyResult<Node> {
    let counts = occurrences(vm, object);
    run::with(|s| {
        s.occurrences = counts;
        s.shared.clear();
    });
    let code = lift(vm, object, taking)?;
    check_all(vm)?;
    Ok(code)
}

/// The code of what is no constant. What has an identity that the program could see is made there once.
fn container(vm: &VirtualMachine, object: &PyObject, taking: Taking) -> PyResult<Node> {
    let under_way = run::with(|s| {
        let mut others = s.defining.iter();
        others.find(|(id, _)| *id == object.get_id()).map(|(_, name)| name.clone())
    });
    if let Some(name) = under_way {
        // A function that captures itself.
        return name.ok_or_else(|| no_source(vm, object));
    }
    let is_made_once = is_closure(object) || is_remade(vm, object);
    if !is_mutable(vm, object) && !is_made_once {
        return match taking == Taking::Return && run::stands_twice(object) {
            true => shared(vm, object),
            false => display(vm, object, taking),
        };
    }
    if matches!(taking, Taking::Move | Taking::Look) {
        return display(vm, object, taking);
    }
    if taking == Taking::Compare {
        let step = recording::with(|s| s.materialised.get(object).map(|entry| entry.step));
        return Ok(step.map_or_else(Node::empty, Node::temporary));
    }
    if let Some(step) = materialised_step(vm, object)? {
        check_unconditional(vm, step)?;
        return Ok(Node::temporary(step));
    }
    let stays = match taking {
        Taking::Refer | Taking::Return if is_made_once => true,
        Taking::Refer => object.strong_count() > 1,
        Taking::Held => true,
        Taking::Return | Taking::Literal => run::stands_twice(object),
        _ => false,
    };
    if stays && taking == Taking::Literal {
        let why = "a list, set or dict that stands twice in a value would be two objects in the \
                   program; put in a copy";
        return Err(needs_statements(vm, why));
    }
    let code = display(vm, object, if stays { taking.held() } else { taking })?;
    match stays {
        true => Ok(Node::temporary(move_in(vm, object, code)?)),
        false => Ok(code),
    }
}

/// The value of a tuple that stands in the result more than once: one object there, and written once.
fn shared(vm: &VirtualMachine, object: &PyObject) -> PyResult<Node> {
    if let Some(step) = run::with(|s| s.shared.get(&object.get_id()).copied()) {
        return Ok(Node::temporary(step));
    }
    let code = display(vm, object, Taking::Return)?;
    let step = record_step(vm, code, Reason::Operation)?;
    run::with(|s| s.shared.insert(object.get_id(), step));
    Ok(Node::temporary(step))
}

impl Taking {
    /// How what an object holds is taken if the macro holds the object.
    fn held(self) -> Taking {
        match self {
            Taking::Refer | Taking::Read => Taking::Held,
            other => other,
        }
    }
}

/// The display of `object`, whose parts are taken as it is.
fn display(vm: &VirtualMachine, object: &PyObject, taking: Taking) -> PyResult<Node> {
    let taking = match taking {
        Taking::Read | Taking::Refer if object.strong_count() > 1 => taking.held(),
        Taking::Read => Taking::Refer,
        other => other,
    };
    let part = |item: &PyObject| in_steps(vm, lift(vm, item, taking)?, taking);
    let all = |items: &[PyObjectRef]| -> PyResult<Vec<Node>> {
        items.iter().map(|item| part(item)).collect()
    };
    if let Some(tuple) = object.downcast_ref_if_exact::<PyTuple>(vm) {
        return Ok(Node::new(Op::TUPLE, all(tuple.as_slice())?));
    }
    if let Some(list) = object.downcast_ref_if_exact::<PyList>(vm) {
        let items = list.borrow_vec();
        return Ok(Node::new(Op::LIST, all(&items)?));
    }
    if let Some(set) = object.downcast_ref_if_exact::<PySet>(vm) {
        return Ok(match all(&set.elements())? {
            items if items.is_empty() => call("set", Vec::new()),
            items => Node::new(Op::SET, items),
        });
    }
    if let Some(set) = object.downcast_ref_if_exact::<PyFrozenSet>(vm) {
        return Ok(match all(&set.elements())? {
            items if items.is_empty() => call("frozenset", Vec::new()),
            items => call("frozenset", vec![Node::new(Op::SET, items)]),
        });
    }
    if let Some(dict) = object.downcast_ref_if_exact::<PyDict>(vm) {
        let dict = dict.to_owned();
        let mut pairs = Vec::new();
        for (key, value) in &dict {
            let pair = vec![part(&key)?, part(&value)?];
            pairs.push(Node::new(Op::PAIR, pair));
        }
        return Ok(Node::new(Op::DICT, pairs));
    }
    if let Some(range) = object.downcast_ref_if_exact::<PyRange>(vm) {
        let bounds = [&range.start, &range.stop, &range.step];
        let mut bounds: Vec<PyObjectRef> = bounds.into_iter().map(|i| i.clone().into()).collect();
        if range.step.as_bigint() == &1.into() {
            bounds.pop();
            if range.start.as_bigint().is_zero() {
                bounds.remove(0);
            }
        }
        return Ok(call("range", all(&bounds)?));
    }
    if let Some(slice) = object.downcast_ref_if_exact::<PySlice>(vm) {
        let or_none = |part: &Option<PyObjectRef>| part.clone().unwrap_or_else(|| vm.ctx.none());
        let parts = [or_none(&slice.start), slice.stop.clone(), or_none(&slice.step)];
        return Ok(call("slice", all(&parts)?));
    }
    if is_closure(object) {
        return closure(vm, object, taking);
    }
    match made_again(vm, object, &part) {
        Some(code) => code,
        None => Err(no_source(vm, object)),
    }
}

/// The code that makes a function or generator again. In a comparison it is the values that it holds.
fn closure(vm: &VirtualMachine, object: &PyObject, taking: Taking) -> PyResult<Node> {
    let closure = closure_of(vm, object).ok_or_else(|| no_source(vm, object))?;
    let values = held_values(vm, &closure).ok_or_else(|| no_source(vm, object))?;
    let number = file::quotation_number();
    run::with(|s| s.defining.push((object.get_id(), own_name(&closure, number))));
    let values = values.iter().map(|value| lift(vm, value, taking.held()));
    let values = values.collect::<PyResult<Vec<_>>>();
    run::with(|s| s.defining.pop());
    match taking {
        Taking::Compare => Ok(Node::new(Op::TUPLE, values?)),
        _ => closure_code(vm, &closure, values?, number),
    }
}

/// The code of a part of a value: a step by itself if more would be too much for one expression.
fn in_steps(vm: &VirtualMachine, code: Node, taking: Taking) -> PyResult<Node> {
    /// How deep brackets stand in each other in a part.
    const DEEPEST: usize = 30;
    match taking {
        Taking::Refer | Taking::Held | Taking::Read | Taking::Return if depth(&code) >= DEEPEST => {
            Ok(Node::temporary(record_step(vm, code, Reason::Operation)?))
        }
        _ => Ok(code),
    }
}

/// The step that `object` is in the program, if it went there.
///
/// # Errors
/// Stops the expansion if it was changed since.
fn materialised_step(vm: &VirtualMachine, object: &PyObject) -> PyResult<Option<TemporaryId>> {
    let Some(entry) = recording::with(|s| s.materialised.get(object).cloned()) else {
        return Ok(None);
    };
    check_unchanged(vm, &entry)?;
    Ok(Some(entry.step))
}

/// Makes `object` in the program, and gives the step that it is from now on.
fn move_in(vm: &VirtualMachine, object: &PyObject, written: Node) -> PyResult<TemporaryId> {
    // Another function for each call does the same.
    if !is_closure(object) && file::with(|s| s.outliving.contains_key(&object.get_id())) {
        return Err(needs_statements(
            vm,
            "a list, set or dict that outlives the call would be another object in each \
             expansion; pass on a copy",
        ));
    }
    let step = record_step(vm, written.clone(), Reason::Operation)?;
    let name = local_name(vm, object)?;
    let mut entry = MaterialisedObject { object: object.to_owned(), step, written };
    recording::with(|s| {
        if let Some(name) = name {
            s.residual.set_hint(step, &name);
        }
        s.materialised.insert(entry.clone());
    });
    if !is_mutable(vm, object) {
        // It may hold itself, which has a step from now on.
        entry.written = display(vm, object, Taking::Compare)?;
        recording::with(|s| s.materialised.insert(entry));
    }
    Ok(step)
}

/// What the macro that is running calls `object`.
fn local_name(vm: &VirtualMachine, object: &PyObject) -> PyResult<Option<Name>> {
    let Some(frame) = vm.current_frame() else { return Ok(None) };
    let path = frame.code.source_path().as_str();
    if compiled::with(|s| s.file(path)).is_none() {
        return Ok(None);
    }
    let locals = frame.locals(vm)?;
    let names = vm.extract_elements_with(locals.obj(), Ok)?;
    for name in names {
        if locals.obj().get_item(&*name, vm).is_ok_and(|value| value.is(object)) {
            return Ok(name.downcast_ref::<PyStr>().map(|n| n.as_wtf8().to_string_lossy().into()));
        }
    }
    Ok(None)
}

/// Looks whether anything that went into the program was changed here afterwards.
///
/// # Errors
/// Stops the expansion if so.
fn check_all(vm: &VirtualMachine) -> PyResult<()> {
    let entries = recording::with(|s| s.materialised.entries());
    entries.iter().try_for_each(|entry| check_unchanged(vm, entry))
}

fn check_unchanged(vm: &VirtualMachine, entry: &MaterialisedObject) -> PyResult<()> {
    if display(vm, &entry.object, Taking::Compare)? == entry.written {
        return Ok(());
    }
    let why = "the macro changed a list, set or dict after it went into the program; change it \
               before, or pass on a copy"
        .to_owned();
    let place = recording::with(|s| s.residual.step(entry.step).and_then(|step| step.loc));
    Err(abort(vm, Failure::NeedsStatements { why, place }))
}

fn no_source(
    vm: &VirtualMachine,
    object: &PyObject,
) -> rustpython_vm::builtins::PyBaseExceptionRef {
    let failure = run::with(|s| s.failure.take());
    let value = match object.repr(vm) {
        Ok(text) => without_addresses(&text.as_wtf8().to_string_lossy()),
        Err(_) => format!("a {}", object.class().name()),
    };
    run::with(|s| s.failure = failure);
    abort(vm, Failure::NoSource { value, place: here(vm) })
}

/// The tree as it stands.
///
/// # Errors
/// Stops the expansion with *malformed tree*.
pub(in crate::host) fn freeze(
    vm: &VirtualMachine,
    handle: &PyCodenode,
    taking: Taking,
) -> PyResult<Node> {
    let state = handle.state.borrow().clone();
    let own = state.op == state.tree.op() && state.name.as_ref() == state.tree.name();
    let Some(list) = &state.args else {
        return match own {
            true => Ok(state.tree),
            false => rebuilt(vm, &state, state.tree.args().to_vec()),
        };
    };
    let items = list.borrow_vec().to_vec();
    if state.op == Op::VALUE {
        return value_node(vm, &state, &items, taking);
    }
    let mut args = Vec::with_capacity(items.len());
    for item in &items {
        args.push(child(vm, item, taking, state.tree.loc())?);
    }
    let before = state.tree.args();
    if own
        && state.whole
        && args.len() == before.len()
        && args.iter().zip(before).all(|(a, b)| a.is(b))
    {
        return Ok(state.tree);
    }
    rebuilt(vm, &state, args)
}

fn value_node(
    vm: &VirtualMachine,
    state: &TreeState,
    items: &[PyObjectRef],
    taking: Taking,
) -> PyResult<Node> {
    let [item] = items else {
        let message = format!("VALUE takes one argument, not {}", items.len());
        return Err(malformed_at(vm, message, state.tree.loc()));
    };
    let node = match constants::from_object(vm, item) {
        Some(Value::Float(float)) if float.is_infinite() => Node::value(Value::Float(float)),
        _ => within_tree(vm, state.tree.loc(), || lift(vm, item, taking))?,
    };
    let unchanged = state.tree.op() == Op::VALUE && node == state.tree.clone().with_name(None);
    let node = if unchanged { state.tree.clone() } else { node };
    Ok(if node.name() == state.name.as_ref() { node } else { node.with_name(state.name.clone()) })
}

fn rebuilt(vm: &VirtualMachine, state: &TreeState, args: Vec<Node>) -> PyResult<Node> {
    if state.op == Op::TEMPORARY {
        return Ok(state.tree.clone());
    }
    let is_same = state.name.as_ref() == state.tree.name();
    let origin = match state.op.naming() {
        Naming::Own if is_same => state.tree.origin(),
        Naming::Own => Origin::Here,
        Naming::Variable if is_same => state.tree.origin(),
        _ => Origin::Site,
    };
    let node = match state.op {
        Op::BLOCK => Node::block(args),
        op => Node::new(op, args).with_docstring(),
    };
    let node = node
        .with_name(state.name.clone())
        .with_origin(origin)
        .with_loc(state.tree.loc())
        .with_trivia(state.tree.trivia().cloned())
        .with_head(state.tree.written_head().cloned());
    match check(&node) {
        Ok(()) => Ok(node),
        Err(why) => Err(malformed_at(vm, why.message, state.tree.loc())),
    }
}

fn child(
    vm: &VirtualMachine,
    item: &PyObject,
    taking: Taking,
    parent: Option<Loc>,
) -> PyResult<Node> {
    if let Some(tree) = item.downcast_ref::<PyCodenode>() {
        let id = item.get_id();
        if let Some(node) = run::with(|s| s.shared_nodes.as_ref()?.get(&id).cloned()) {
            return Ok(node);
        }
        let frozen = within_tree(vm, parent, || freeze(vm, tree, taking));
        run::with(|s| {
            if let (Some(known), Ok(node)) = (&mut s.shared_nodes, &frozen) {
                known.insert(id, node.clone());
            }
        });
        return frozen;
    }
    if item.downcastable::<PyDynamic>() {
        return lift(vm, item, taking);
    }
    let shown = match item.repr(vm) {
        Ok(text) => text.as_wtf8().to_string_lossy().into_owned(),
        Err(_) => item.class().name().to_string(),
    };
    let message = format!("{shown} isn't a tree; a constant is codenode(VALUE, [{shown}])");
    Err(malformed_at(vm, message, parent))
}

/// What `part` of a tree gives; trees may hold themselves.
fn within_tree(
    vm: &VirtualMachine,
    place: Option<Loc>,
    part: impl FnOnce() -> PyResult<Node>,
) -> PyResult<Node> {
    vm.with_recursion("in a tree", part).map_err(|exception| match is_recursion(vm, &exception) {
        true => malformed_at(vm, "the tree holds itself, or is too deep".to_owned(), place),
        false => exception,
    })
}
