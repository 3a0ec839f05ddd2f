//! Names that are macros on one way to their use only.

use std::rc::Rc;

use crate::diagnostic::{Code, Finding};
use crate::expand::program::{Module, Resolver};
use crate::scope::{Reaching, Use};

/// The finding about a use of a name that may be a macro there, or something else.
pub(crate) fn ambiguous_finding(
    resolver: &Resolver<'_>,
    module: &Rc<Module>,
    used: &Use,
) -> Finding {
    let message = format!("`{}` is a macro here on one path only", used.name);
    let label = module.label(used.range, "a macro, or not");
    let mut finding = Finding::new(Code::AmbiguousMacro, message, label);
    if let Reaching::Many(bindings) = module.scopes.reaching(used) {
        for binding in bindings {
            let entity = resolver.entity_of_binding(module, binding);
            let is_macro = entity.is_some_and(|entity| entity.is_bound_to_compile_time());
            let words = if is_macro { "a macro here" } else { "something else here" };
            finding = finding.secondary(module.label(binding.range, words));
        }
    }
    finding.help("give the macro a name of its own")
}
