//! Names that are something of compile time on one way to their use only.

use rustpython_text_size::TextRange;

use crate::diagnostic::{Code, Finding};
use crate::expand::program::{Ambiguity, Entity, Module};

/// The finding about a name at `range` that may be something of compile time there, or something
/// else.
pub(crate) fn ambiguous_finding(
    module: &Module,
    (name, range): (&str, TextRange),
    ambiguity: &Ambiguity,
) -> Finding {
    let kind_of = |entity: &Option<Entity>| {
        let entity = entity.as_ref().filter(|entity| entity.is_bound_to_compile_time());
        entity.map(|entity| match entity {
            Entity::Constant(..) => "compile-time constant",
            _ => "macro",
        })
    };
    let kind = ambiguity.bindings.iter().find_map(|(.., entity)| kind_of(entity));
    let kind = kind.unwrap_or("macro");
    let are_all = ambiguity.bindings.iter().all(|(.., entity)| kind_of(entity).is_some());
    let (message, words) = match are_all {
        true => (format!("`{name}` is more than one {kind}"), "one of them".to_owned()),
        false => {
            (format!("`{name}` is a {kind} here on one path only"), format!("a {kind}, or not"))
        }
    };
    let label = module.label(range, words);
    let mut finding = Finding::new(Code::AmbiguousMacro, message, label);
    for (module, binding, entity) in &ambiguity.bindings {
        let words = match kind_of(entity) {
            Some(kind) => format!("a {kind} here"),
            None => "something else here".to_owned(),
        };
        finding = finding.secondary(module.label(*binding, words));
    }
    finding.help(format!("give the {kind} a name of its own"))
}
