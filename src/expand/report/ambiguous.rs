//! Names that are something of compile time on one way to their use only.

use rustpython_text_size::TextRange;

use crate::diagnostic::{Code, Finding};
use crate::expand::program::{Ambiguity, Entity, Module};

/// What a module of the program is called.
const MODULE: &str = "module";

/// What anything else of compile time is called.
const MACRO: &str = "macro";

/// The finding about a name at `range` that may be something of compile time there, or something
/// else.
pub(crate) fn ambiguous_finding(
    module: &Module,
    (name, range): (&str, TextRange),
    ambiguity: &Ambiguity,
) -> Finding {
    let kind_of = |entity: &Option<Entity>| match entity.as_ref()? {
        Entity::Constant(..) => Some("compile-time constant"),
        Entity::Module(_) | Entity::Path(_) => Some(MODULE),
        entity => entity.is_bound_to_compile_time().then_some(MACRO),
    };
    let kinds: Vec<_> = ambiguity.bindings.iter().map(|(.., entity)| kind_of(entity)).collect();
    let of_compile_time = kinds.iter().flatten().find(|kind| **kind != MODULE);
    let kind = of_compile_time.or(kinds.iter().flatten().next()).copied().unwrap_or(MACRO);
    let are_all = kinds.iter().all(|other| *other == Some(kind));
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
    let own = ambiguity.bindings.iter().find(|(.., entity)| kind_of(entity).is_some());
    let is_from_outside = own.is_some_and(|(home, ..)| {
        ambiguity.bindings.iter().any(|(m, _, entity)| entity.is_none() && m.file != home.file)
    });
    finding.help(match is_from_outside && kind == MACRO {
        true => {
            "a macro can't be replaced when the program runs: mark it @unroll instead of @macro, \
                 or leave it a plain function"
                .to_owned()
        }
        false if kind == MACRO => {
            "give the macro a name of its own, or mark it @unroll instead of \
                                   @macro: then the program has it as a function, too"
                .to_owned()
        }
        false => format!("give the {kind} a name of its own"),
    })
}
