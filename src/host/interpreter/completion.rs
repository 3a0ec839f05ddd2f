//! Names that could go on at a place, found without running any code: no property, no
//! `__getattr__`, no `__dir__`.

use std::collections::BTreeSet;

use rustpython_vm::builtins::{PyDictRef, PyType};
use rustpython_vm::{AsObject as _, Py, PyObject, PyObjectRef, VirtualMachine};

use crate::host::interpreter::Host;
use crate::host::outside::Namespace;

impl Host {
    /// The names after `path` and a dot, or with no path the names that are bound; sorted.
    pub(crate) fn names_after(&self, ns: &Namespace, path: &[&str]) -> BTreeSet<String> {
        self.enter(|vm| match path {
            [] => {
                let mut names = keys(&ns.globals);
                names.append(&mut keys(&vm.builtins.dict()));
                names
            }
            _ => match value_at(vm, ns, path) {
                Some(value) => members(&value),
                None => BTreeSet::new(),
            },
        })
    }

    /// The names that can be imported from `module`, if that has been loaded.
    pub(crate) fn importable(&self, module: &str) -> BTreeSet<String> {
        self.enter(|vm| {
            let modules = vm.sys_module.get_attr("modules", vm).ok();
            let found = modules.and_then(|modules| modules.get_item(module, vm).ok());
            found.map_or_else(BTreeSet::new, |module| members(&module))
        })
    }

    /// The name in `cython.meta` of what stands at `path`, if it is one of its functions.
    pub(crate) fn meta_name(&self, ns: &Namespace, path: &[&str]) -> Option<String> {
        self.enter(|vm| {
            let value = value_at(vm, ns, path)?;
            let modules = vm.sys_module.get_attr("modules", vm).ok()?;
            let meta = modules.get_item("cython.meta", vm).ok()?;
            let dict = meta.dict()?;
            let own = |(name, member): (PyObjectRef, PyObjectRef)| {
                member.is(&value).then(|| text(&name)).flatten()
            };
            dict.into_iter().find_map(own)
        })
    }
}

/// The value at a path of plain names.
fn value_at(vm: &VirtualMachine, ns: &Namespace, path: &[&str]) -> Option<PyObjectRef> {
    let (first, rest) = path.split_first()?;
    let found = ns.globals.get_item_opt(*first, vm).ok().flatten();
    let found = found.or_else(|| vm.builtins.dict().get_item_opt(*first, vm).ok().flatten());
    rest.iter().try_fold(found?, |value, name| member(vm, &value, name))
}

/// What an attribute is, as far as dictionaries tell.
fn member(vm: &VirtualMachine, object: &PyObject, name: &str) -> Option<PyObjectRef> {
    let own = object.dict().and_then(|dict| dict.get_item_opt(name, vm).ok().flatten());
    own.or_else(|| {
        let class = object.downcast_ref::<PyType>()?;
        class.get_attr(vm.ctx.intern_str(name))
    })
}

/// The attributes that an object, its class and what that inherits from have in dictionaries.
fn members(object: &PyObject) -> BTreeSet<String> {
    let mut names = object.dict().map_or_else(BTreeSet::new, |dict| keys(&dict));
    let is_module = object.downcastable::<rustpython_vm::builtins::PyModule>();
    let own = object.downcast_ref::<PyType>();
    if !is_module {
        for class in [Some(object.class()), own].into_iter().flatten() {
            names.extend(attributes(class));
        }
    }
    names
}

fn attributes(class: &Py<PyType>) -> Vec<String> {
    let own = |class: &Py<PyType>| -> Vec<String> {
        class.attributes.read().keys().map(|name| name.as_str().to_owned()).collect()
    };
    class.mro_map_collect(own).into_iter().flatten().collect()
}

fn keys(dict: &PyDictRef) -> BTreeSet<String> {
    dict.clone().into_iter().filter_map(|(name, _)| text(&name)).collect()
}

fn text(name: &PyObject) -> Option<String> {
    let name = name.downcast_ref::<rustpython_vm::builtins::PyStr>()?;
    name.to_str().map(str::to_owned)
}
