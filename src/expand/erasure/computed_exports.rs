//! Texts that may put the name of a macro into a computed `__all__`.
//!
//! What a display lists is cut out of it. From `__all__ = "area deriv".split()` nothing can be cut,
//! and a star import of the module would fail.

use std::rc::Rc;

use rustpython_text_size::{Ranged as _, TextRange};

use super::Erasure;
use super::removal::is_exported_no_more;
use crate::diagnostic::{Code, Finding};
use crate::expand::program::Module;
use crate::scope::ScopeId;
use crate::syntax::{Exports, Syntax, walk};

/// A warning for each macro whose name stands in a text that `__all__` may be computed from.
pub(crate) fn computed_exports(cx: &Erasure<'_, '_>, module: &Rc<Module>) -> Vec<Finding> {
    let exports = Exports::of(&module.syntax.body);
    let Some(computed) = exports.iter().find_map(|part| part.computed()) else { return Vec::new() };
    let listed: Vec<TextRange> = exports.iter().filter_map(|part| part.listed()).collect();
    let mut warnings = Vec::new();
    for text in walk(&module.syntax).filter_map(Syntax::text) {
        // What is listed is cut.
        let is_cut = listed.iter().any(|place| place.contains_range(text.range()));
        if is_cut && !computed.contains_range(text.range()) {
            continue;
        }
        let is_bound = |name: &&str| !module.scopes.bindings(ScopeId::MODULE, name).is_empty();
        let words = || text.as_str().split([',', ' ', '\n']).filter(|word| !word.is_empty());
        if words().all(|word| is_bound(&word))
            && let Some(name) = words().find(|name| is_exported_no_more(cx, module, name))
        {
            warnings.push(warning(module, name, text.range(), computed));
        }
    }
    warnings
}

fn warning(module: &Module, name: &str, text: TextRange, computed: TextRange) -> Finding {
    let message = format!("`{name}` may stay in `__all__`, and it exists at compile time only");
    Finding::new(Code::ComputedExports, message, module.label(text, "named here"))
        .secondary(module.label(computed, "`__all__` is computed here"))
        .help("list the names in `__all__` one by one, each as a text")
}
