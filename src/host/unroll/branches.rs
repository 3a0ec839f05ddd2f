//! Blocks of the program, and decisions: both ways are evaluated from one state, and then joined.
//!
//! Where ways come together, each variable in which they differ becomes a φ: a variable of the
//! program, which every way assigns at its end.

use rustpython_vm::{AsObject, PyObject, PyObjectRef};

use super::evaluation::{
    Attempt, Completion, Evaluation, ResidualForm, Unfinished, VariableValues,
};
use crate::codenode::{Name, Node, TemporaryId};
use crate::host::objects::constants;
use crate::host::objects::contents::Contents;
use crate::host::objects::payload::PyDynamic;
use crate::host::recording::lift::{Taking, lift};
use crate::host::state::recording::{self, MaterialisedObject};
use crate::residual::Statement;

/// Evaluates a block of the program: what `work` leaves, and how control leaves it.
pub(super) fn apart(
    e: &mut Evaluation<'_>,
    work: impl FnOnce(&mut Evaluation<'_>) -> Attempt,
) -> Attempt<(Vec<Statement>, Completion)> {
    let known = Contents::of(e.vm, &e.variables);
    let first = recording::with(|s| s.residual.mark().steps());
    let (block, completion) =
        recording::block(|| work(e).and_then(|completion| e.leave(completion)));
    let completion = completion?;
    keep_inside(e, TemporaryId(first))?;
    match known.is_unchanged(e.vm) {
        true => Ok((block, completion)),
        false => Err(Unfinished::Plain),
    }
}

/// Evaluates what happens under a condition of the program. Lists, sets and dicts of the function that it
/// changes are made in the program before.
pub(super) fn changing(
    e: &mut Evaluation<'_>,
    work: impl Fn(&mut Evaluation<'_>) -> Attempt,
) -> Attempt {
    let mark = recording::with(|s| s.residual.mark());
    let before = Contents::of(e.vm, &e.variables);
    let variables = e.snapshot();
    let result = work(e);
    if !matches!(result, Err(Unfinished::Plain)) || before.is_unchanged(e.vm) {
        return result;
    }
    let mut outside: Vec<PyObjectRef> =
        e.unroll.globals.clone().into_iter().map(|(_, value)| value).collect();
    if e.target == ResidualForm::Function {
        // They are objects of the caller.
        outside.extend(e.arguments.clone().into_iter().map(|(_, value)| value));
    }
    let outside = Contents::reached_from(e.vm, outside);
    let Some(changed) = before.taken_back(e.vm)? else { return result };
    if changed.iter().any(|object| outside.may_hold(object)) {
        return result;
    }
    drop(recording::with(|s| s.go_back(mark)));
    e.restore(&variables)?;
    for object in &changed {
        let step = lift(e.vm, object, Taking::Held)?.temporary_id();
        let holds = |(_, value): &&(Name, Option<PyObjectRef>)| {
            value.as_ref().is_some_and(|value| value.is(object))
        };
        if let Some((step, (name, _))) = step.zip(variables.iter().find(holds)) {
            recording::with(|s| s.residual.set_hint(step, name));
        }
    }
    drop((changed, variables));
    work(e)
}

/// An object that was made in a block of the program is there only if the program came by: what
/// holds it from now on holds the program's.
fn keep_inside(e: &Evaluation<'_>, first: TemporaryId) -> Attempt<()> {
    let entries = recording::with(|s| s.materialised.entries());
    for MaterialisedObject { object, step, .. } in
        entries.into_iter().filter(|entry| entry.step >= first)
    {
        for (name, value) in e.snapshot() {
            if value.is_some_and(|value| value.is(&object)) {
                e.set(&name, e.run_time(step))?;
            }
        }
        // Here and in the table of these objects.
        if object.strong_count() > 2 {
            return Err(Unfinished::Plain);
        }
    }
    drop(recording::with(|s| s.materialised.forget_from(first)));
    Ok(())
}

/// Leaves a decision in the program, with both its ways.
pub(super) fn branch(
    e: &mut Evaluation<'_>,
    test: Node,
    then: impl FnOnce(&mut Evaluation<'_>) -> Attempt,
    otherwise: impl FnOnce(&mut Evaluation<'_>) -> Attempt,
) -> Attempt {
    let before = e.snapshot();
    let (mut body, first) = apart(e, then)?;
    let after_body = e.snapshot();
    e.restore(&before)?;
    let (mut orelse, second) = apart(e, otherwise)?;
    let mut joined = Vec::new();
    if first.is_normal() && second.is_normal() {
        joined = join(e, &after_body, &mut body, &mut orelse)?;
    } else if first.is_normal() {
        e.restore(&after_body)?;
    }
    recording::add(Statement::If { test, body, orelse });
    e.assigned(&joined)?;
    match first.is_normal() || second.is_normal() {
        true => Ok(Completion::Normal),
        false => Ok(Completion::Residual),
    }
}

/// Gives each variable in which two ways differ a φ; the names of these variables.
fn join(
    e: &Evaluation<'_>,
    first: &VariableValues,
    body: &mut Vec<Statement>,
    orelse: &mut Vec<Statement>,
) -> Attempt<Vec<Name>> {
    let mut names = Vec::new();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for (name, value) in first {
        let other = e.variable(name);
        let same = match (value, &other) {
            (Some(a), Some(b)) => a.is(b) || is_same_value(e, a, b),
            (None, None) => true,
            _ => false,
        };
        if same {
            continue;
        }
        let variable = e.new_variable(name);
        if value.is_none() || other.is_none() {
            e.doubt(variable);
        }
        ours.extend(value.clone().map(|value| (variable, name.clone(), value)));
        theirs.extend(other.map(|value| (variable, name.clone(), value)));
        e.set(name, e.run_time(variable))?;
        names.push(name.clone());
    }
    end_with(e, ours, body)?;
    end_with(e, theirs, orelse)?;
    Ok(names)
}

/// Assigns variables of the program at the end of a block.
fn end_with(
    e: &Evaluation<'_>,
    values: Vec<(TemporaryId, Name, PyObjectRef)>,
    block: &mut Vec<Statement>,
) -> Attempt<()> {
    if values.is_empty() {
        return Ok(());
    }
    let first = recording::with(|s| s.residual.mark().steps());
    recording::with(|s| s.residual.resume(std::mem::take(block)));
    let code = |(id, name, value): &(TemporaryId, Name, PyObjectRef)| {
        Ok(e.code_for(*id, (name, value))?.map(|code| (*id, code)))
    };
    let pairs: Attempt<Vec<_>> = values.iter().map(code).filter_map(Attempt::transpose).collect();
    // They would count as holders of what was made in the block.
    drop(values);
    let pairs = pairs.map(|pairs| match pairs.is_empty() {
        true => {}
        false => recording::add(Statement::Assign(pairs)),
    });
    *block = recording::with(|s| s.residual.close());
    pairs?;
    keep_inside(e, TemporaryId(first))
}

/// Whether two values are one constant, or one value of the program.
fn is_same_value(e: &Evaluation<'_>, a: &PyObject, b: &PyObject) -> bool {
    match (constants::from_object(e.vm, a), constants::from_object(e.vm, b)) {
        (Some(a), Some(b)) => a == b,
        _ => match (a.downcast_ref::<PyDynamic>(), b.downcast_ref::<PyDynamic>()) {
            (Some(a), Some(b)) => a.id == b.id,
            _ => false,
        },
    }
}
