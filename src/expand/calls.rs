//! The calls of macros in a part of a file, and what they get, for who wants to look at it.

use std::rc::Rc;

use rustpython_ast::{Expr, ExprCall};
use rustpython_text_size::TextRange;

use super::Expander;
use super::callsite::CallSite;
use super::entity::Entity;
use super::project::Module;
use crate::codenode::{Name, Node, Plain, lower};
use crate::residual::Binding;

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
        self.learned.clear();
        self.follows = true;
        self.start_following(module, sites.iter().map(|site| site.call.range).collect());
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

    /// The tree of an argument of a call that [`Expander::macro_calls`] gave last: variables in it
    /// are followed to their definitions as far as calls of macros before it leave them alone. The
    /// calls of macros in it stay.
    pub fn argument_tree(&mut self, module: &Rc<Module>, call: &ExprCall, argument: &Expr) -> Node {
        let code = lower(argument, module.file, module.text(), &mut Plain);
        let site = CallSite::of(module, call, Binding::Walrus);
        self.followed(site, &code).map_or(code, |followed| followed.tree)
    }
}
