//! Names that are something of compile time on one way to their use only.

use std::rc::Rc;

use crate::diagnostic::{Code, Finding};
use crate::expand::program::{Entity, Module, Resolver};
use crate::scope::{Binding, Reaching, Use};

/// The finding about a use of a name that may be a macro there, or something else.
pub(crate) fn ambiguous_finding(
    resolver: &Resolver<'_>,
    module: &Rc<Module>,
    used: &Use,
) -> Finding {
    let bindings = match module.scopes.reaching(used) {
        Reaching::Many(bindings) => bindings,
        Reaching::One(_) | Reaching::None => Vec::new(),
    };
    let kind_of = |binding: &Binding| {
        let entity = resolver.entity_of_binding(module, binding);
        entity.filter(Entity::is_bound_to_compile_time).map(|entity| match entity {
            Entity::Constant(..) => "compile-time constant",
            _ => "macro",
        })
    };
    let kind = bindings.iter().find_map(|binding| kind_of(binding)).unwrap_or("macro");
    let message = format!("`{}` is a {kind} here on one path only", used.name);
    let label = module.label(used.range, format!("a {kind}, or not"));
    let mut finding = Finding::new(Code::AmbiguousMacro, message, label);
    for binding in bindings {
        let words = match kind_of(binding) {
            Some(kind) => format!("a {kind} here"),
            None => "something else here".to_owned(),
        };
        finding = finding.secondary(module.label(binding.range, words));
    }
    finding.help(format!("give the {kind} a name of its own"))
}
