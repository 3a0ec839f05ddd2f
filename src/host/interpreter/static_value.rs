//! Static values that the expander keeps: the conditions of branches, the items of unrolled loops.
//! They need no source as long as no code is written of them. And the files that `embed` reads,
//! which the expander hands in.

use rustpython_ast::Expr;
use rustpython_vm::builtins::{PyDict, PyList, PyTuple};
use rustpython_vm::protocol::PyIterReturn;
use rustpython_vm::{AsObject as _, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::codenode::Node;
use crate::host::failure::Failure;
use crate::host::interpreter::{Host, Namespace, compute};
use crate::host::objects::abort::abort;
use crate::host::objects::constants::is_fixed;
use crate::host::objects::payload::PyDynamic;
use crate::host::objects::provenance;
use crate::host::recording::closure::closure_of;
use crate::host::recording::lift::{Taking, lift_result};
use crate::host::state::recording;
use crate::source::FileId;

/// A value that is known now.
#[derive(Clone, Debug)]
pub(crate) struct StaticValue(PyObjectRef);

impl StaticValue {
    pub(super) fn object(&self) -> PyObjectRef {
        self.0.clone()
    }
}

impl Host {
    /// The value of a staged expression.
    ///
    /// # Errors
    /// Whatever goes wrong in it; a value that only the running program has.
    pub(crate) fn value_of(
        &self,
        ns: &Namespace,
        file: FileId,
        expr: Expr,
    ) -> Result<StaticValue, Failure> {
        self.record(|vm| {
            let value = compute(vm, ns, file, expr)?;
            check(vm, &value)?;
            Ok(StaticValue(value))
        })
    }

    /// Whether the value counts as true.
    ///
    /// # Errors
    /// When it says so by an exception.
    pub(crate) fn truth(&self, value: &StaticValue) -> Result<bool, Failure> {
        self.run(|vm| value.0.clone().try_to_bool(vm))
    }

    /// What iterating over the value gives; none if that is more than `most`.
    ///
    /// # Errors
    /// When it can't be iterated over.
    pub(crate) fn items(
        &self,
        value: &StaticValue,
        most: usize,
    ) -> Result<Option<Vec<StaticValue>>, Failure> {
        self.run(|vm| {
            let iterator = value.0.get_iter(vm)?;
            let mut items = Vec::new();
            while let PyIterReturn::Return(item) = iterator.next(vm)? {
                check(vm, &item)?;
                if items.len() == most {
                    return Ok(None);
                }
                items.push(StaticValue(item));
            }
            Ok(Some(items))
        })
    }

    /// The elements of a tuple or list.
    pub(crate) fn elements(&self, value: &StaticValue) -> Option<Vec<StaticValue>> {
        let elements = match (value.0.downcast_ref::<PyTuple>(), value.0.downcast_ref::<PyList>()) {
            (Some(tuple), _) => tuple.as_slice().to_vec(),
            (_, Some(list)) => list.borrow_vec().to_vec(),
            _ => return None,
        };
        Some(elements.into_iter().map(StaticValue).collect())
    }

    /// The value as code.
    ///
    /// # Errors
    /// When it has no source.
    pub(crate) fn source_of(&self, value: &StaticValue) -> Result<Node, Failure> {
        let code = self.run(|vm| lift_result(vm, &value.0, Taking::Literal))?;
        match code.holds_temporary() {
            true => Err(run_time_only(&code)),
            false => Ok(code),
        }
    }

    /// Whether a variable is there and holds a number, a text or the like, or a tuple of such.
    pub(crate) fn is_immutable(&self, ns: &Namespace, name: &str) -> bool {
        self.enter(|vm| ns.globals.get_item(name, vm).is_ok_and(|value| is_fixed(vm, &value)))
    }

    /// What a variable holds, if it is there.
    pub(crate) fn variable(&self, ns: &Namespace, name: &str) -> Option<StaticValue> {
        self.enter(|vm| ns.globals.get_item(name, vm).ok().map(StaticValue))
    }

    /// Whether nobody can change what is in a list, set or dict.
    pub(crate) fn has_fixed_elements(&self, value: &StaticValue) -> bool {
        let elements: Option<Vec<PyObjectRef>> = self.enter(|vm| {
            match value.0.downcast_ref_if_exact::<PyDict>(vm) {
                // Its keys are hashed, so that they are fixed.
                Some(dict) => {
                    let dict = dict.to_owned();
                    Some((&dict).into_iter().map(|(_, value)| value).collect())
                }
                None => vm.extract_elements_with(&value.0, Ok).ok(),
            }
        });
        elements.is_some_and(|all| all.into_iter().all(|e| self.is_fixed(&StaticValue(e))))
    }

    /// Whether nobody can change the value: a number, a text or the like, a range, a function whose code
    /// can be written, or a tuple of such.
    pub(crate) fn is_fixed(&self, value: &StaticValue) -> bool {
        fn holds_fixed(vm: &VirtualMachine, value: &PyObject) -> bool {
            match value.downcast_ref_if_exact::<PyTuple>(vm) {
                Some(tuple) => tuple.as_slice().iter().all(|item| holds_fixed(vm, item)),
                None => {
                    value.class().is(vm.ctx.types.range_type)
                        || is_fixed(vm, value)
                        || closure_of(vm, value).is_some()
                }
            }
        }
        self.enter(|vm| holds_fixed(vm, &value.0))
    }

    /// A module with the names of `ns` and these, which are seen by nothing that `ns` defined.
    pub(crate) fn with_names(&self, ns: &Namespace, names: &[(&str, StaticValue)]) -> Namespace {
        let inner = self.namespace("");
        // New dicts with string keys take them all.
        let _ = self.run(|vm| {
            for (key, value) in ns.globals.clone() {
                inner.globals.set_item(&*key, value, vm)?;
            }
            for (name, value) in names {
                inner.globals.set_item(*name, value.0.clone(), vm)?;
            }
            Ok(())
        });
        inner
    }
}

/// Refuses what only the running program has.
fn check(vm: &VirtualMachine, value: &PyObject) -> PyResult<()> {
    let Some(dynamic) = value.downcast_ref::<PyDynamic>() else { return Ok(()) };
    let failure = run_time_only(&Node::temporary(dynamic.id));
    Err(abort(vm, failure))
}

fn run_time_only(value: &Node) -> Failure {
    let place = first_temporary(value)
        .and_then(|id| recording::with(|s| s.residual.step(id).and_then(|step| step.loc)));
    provenance::run_time_only(value, "be known", place)
}

fn first_temporary(node: &Node) -> Option<crate::codenode::TemporaryId> {
    node.temporary_id().or_else(|| node.args().iter().find_map(first_temporary))
}
