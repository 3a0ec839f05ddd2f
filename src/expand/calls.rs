//! The calls of macros in a part of a file, for who wants to look at what they get.

use std::rc::Rc;

use rustpython_ast::ExprCall;
use rustpython_text_size::TextRange;

use super::Expander;
use super::entity::Entity;
use super::project::Module;
use crate::codenode::Name;

/// A call of a macro.
pub struct MacroCall<'m> {
    /// The macro's own name.
    pub name: Name,
    pub call: &'m ExprCall,
}

impl Expander<'_> {
    /// The calls of macros that begin in `range`, the outermost only.
    pub fn macro_calls<'m>(
        &mut self,
        module: &'m Rc<Module>,
        range: TextRange,
    ) -> Vec<MacroCall<'m>> {
        self.start();
        let sites = self.find_sites(module);
        // What is wrong with them is told when they are expanded.
        self.findings.clear();
        let is_here = |call: TextRange| range.contains(call.start());
        let called = sites.into_iter().filter_map(|site| match site.entity {
            Entity::Macro(_, name)
                if is_here(site.call.range) && !site.outer.is_some_and(is_here) =>
            {
                Some(MacroCall { name, call: site.call })
            }
            _ => None,
        });
        called.collect()
    }
}
