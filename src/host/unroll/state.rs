//! What an evaluation keeps track of: the loops around a statement, and the known objects that
//! compile-time code could change.

use rustpython_vm::builtins::{PyDict, PyDictRef, PyList, PySet, PyTuple};
use rustpython_vm::{AsObject, PyObjectRef, VirtualMachine};

use crate::codenode::{Name, TemporaryId};
use crate::host::objects::PyDynamic;

/// The most objects that are looked at.
const MOST: usize = 10_000;

/// The contents of the lists, sets, dicts and instances among some objects, at one moment.
pub(super) struct Frozen {
    /// Each with what it held, in order.
    contents: Vec<(PyObjectRef, Vec<PyObjectRef>)>,
    /// Whether there were too many.
    is_partial: bool,
}

impl Frozen {
    /// The contents of `roots` and all that can be reached from there.
    pub fn of(vm: &VirtualMachine, roots: Vec<PyObjectRef>) -> Frozen {
        let mut frozen = Frozen { contents: Vec::new(), is_partial: false };
        let mut seen = std::collections::HashSet::new();
        let mut open = roots;
        while let Some(object) = open.pop() {
            if object.downcastable::<PyDynamic>() || !seen.insert(object.get_id()) {
                continue;
            }
            let Some(parts) = parts(vm, &object) else { continue };
            open.extend(parts.iter().cloned());
            frozen.contents.push((object, parts));
            if frozen.contents.len() > MOST {
                frozen.is_partial = true;
                break;
            }
        }
        frozen
    }

    /// Whether all still hold what they held.
    pub fn is_unchanged(&self, vm: &VirtualMachine) -> bool {
        !self.is_partial
            && self.contents.iter().all(|(object, before)| {
                let now = parts(vm, object).unwrap_or_default();
                now.len() == before.len() && now.iter().zip(before).all(|(a, b)| a.is(b))
            })
    }
}

/// What a container or an instance holds; none for other objects.
fn parts(vm: &VirtualMachine, object: &PyObjectRef) -> Option<Vec<PyObjectRef>> {
    if let Some(tuple) = object.downcast_ref::<PyTuple>() {
        return Some(tuple.as_slice().to_vec());
    }
    if let Some(list) = object.downcast_ref::<PyList>() {
        return Some(list.borrow_vec().to_vec());
    }
    if let Some(set) = object.downcast_ref::<PySet>() {
        return Some(set.elements());
    }
    let dict = match object.downcast_ref::<PyDict>() {
        Some(dict) => Some(dict.to_owned()),
        None => object.dict().filter(|_| !object.class().is(vm.ctx.types.module_type)),
    };
    // Functions and classes have one too, of what belongs to them.
    let is_plain = !object.class().is(vm.ctx.types.type_type);
    let dict = dict.filter(|_| is_plain)?;
    Some(dict.into_iter().flat_map(|(key, value)| [key, value]).collect())
}

/// The values of a dict of variables.
pub(super) fn known_values(variables: &PyDictRef, _vm: &VirtualMachine) -> Vec<PyObjectRef> {
    variables.clone().into_iter().map(|(_, value)| value).collect()
}

/// A loop around the statement that is worked out.
pub(super) struct Loop {
    /// The variables of the program that hold, where a round ends, what the body assigns.
    pub heads: Vec<(Name, TemporaryId)>,
    /// Likewise where the loop is left: of a loop of the program these are the same.
    pub exits: Vec<(Name, TemporaryId)>,
    /// Whether its rounds are known.
    pub is_known: bool,
    /// Whether the program leaves a known loop on some condition.
    pub is_broken: bool,
    /// Whether the program leaves this round of a known loop on some condition.
    pub is_continued: bool,
}

impl Loop {
    /// A loop that stays in the program.
    pub fn of_program(heads: &[(Name, TemporaryId)]) -> Loop {
        let (heads, exits) = (heads.to_vec(), heads.to_vec());
        Loop { heads, exits, is_known: false, is_broken: false, is_continued: false }
    }
}
