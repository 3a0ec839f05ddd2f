//! The names of macros in a computed `__all__`: what a display lists is cut out of it; from
//! `__all__ = "area deriv".split()` nothing can be cut, so that they are taken out when the module runs.
//!
//! ```text
//! __all__ = "area deriv".split()      and at the end of the module
//!                                     __all__ = type(__all__)(name for name in __all__ if name != "deriv")
//! ```

use std::rc::Rc;

use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use super::Erasure;
use super::removal::is_exported_no_more;
use crate::expand::program::Module;
use crate::scope::ScopeId;
use crate::source::edit::Edits;
use crate::syntax::{Exports, Syntax, walk};

/// Adds the edit that takes the names of macros out of a computed `__all__`.
pub(crate) fn filter_computed_exports(
    cx: &Erasure<'_, '_>,
    module: &Rc<Module>,
    edits: &mut Edits,
) {
    let names: Vec<String> =
        names_in_texts(cx, module).into_iter().map(|name| format!("\"{name}\"")).collect();
    let test = match names.as_slice() {
        [] => return,
        [name] => format!("!= {name}"),
        names => format!("not in ({})", names.join(", ")),
    };
    let newline = module.source.newline();
    let before = if module.text().ends_with(['\n', '\r']) { "" } else { newline };
    let filter =
        format!("{newline}__all__ = type(__all__)(name for name in __all__ if name {test})");
    edits.insert(TextSize::of(module.text()), format!("{before}{filter}{newline}"));
}

/// The macros whose names stand in texts that `__all__` may be computed from.
fn names_in_texts<'m>(cx: &Erasure<'_, '_>, module: &'m Rc<Module>) -> Vec<&'m str> {
    let exports = Exports::of(&module.syntax.body);
    let Some(computed) = exports.iter().find_map(|part| part.computed()) else { return Vec::new() };
    let listed: Vec<TextRange> = exports.iter().filter_map(|part| part.listed()).collect();
    let is_bound = |name: &&str| !module.scopes.bindings(ScopeId::MODULE, name).is_empty();
    let mut names = Vec::new();
    for text in walk(&module.syntax).filter_map(Syntax::text) {
        // What is listed is cut.
        let is_cut = listed.iter().any(|place| place.contains_range(text.range()));
        let words = || text.as_str().split([',', ' ', '\n']).filter(|word| !word.is_empty());
        if is_cut && !computed.contains_range(text.range()) || !words().all(|w| is_bound(&w)) {
            continue;
        }
        for name in words().filter(|name| is_exported_no_more(cx, module, name)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}
