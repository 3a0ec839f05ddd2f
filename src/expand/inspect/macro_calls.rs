//! The calls of macros in a part of a file, with the arguments that the macros get.

use std::rc::Rc;

use rustpython_ast::ExprCall;
use rustpython_text_size::TextRange;

use crate::codenode::Name;
use crate::expand::Expander;
use crate::expand::calls::find_sites;
use crate::expand::compile_time::Part;
use crate::expand::control_flow::choose_branches_of_imports;
use crate::expand::findings::Findings;
use crate::expand::program::{Entity, Module};

/// A call of a macro.
pub(crate) struct MacroCall<'m> {
    /// The macro's own name.
    pub name: Name,
    pub call: &'m ExprCall,
}

/// The calls of macros that begin in `range`, the outermost only.
pub(crate) fn macro_calls<'m>(
    cx: &mut Expander<'_>,
    module: &'m Rc<Module>,
    range: TextRange,
) -> Vec<MacroCall<'m>> {
    cx.start();
    choose_branches_of_imports(cx, module, Part::Whole);
    // What is wrong with them is reported when they are expanded.
    cx.findings = Findings::default();
    let sites = find_sites(&cx.resolver, &cx.compile_time, module);
    let is_here = |call: TextRange| range.contains(call.start());
    let called = sites.calls.into_iter().filter_map(|site| match site.entity {
        Entity::Macro(_, name) if is_here(site.call.range) && !site.outer.is_some_and(is_here) => {
            Some(MacroCall { name, call: site.call })
        }
        _ => None,
    });
    called.collect()
}
