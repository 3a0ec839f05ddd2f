//! The calls of macros in a part of a file, for who wants to look at them.

use std::rc::Rc;

use rustpython_ast::visitor::source_order::{SourceOrderVisitor, TraversalSignal};
use rustpython_ast::{AnyNodeRef, ExprCall};
use rustpython_text_size::{Ranged as _, TextRange};

use super::Expander;
use super::entity::Entity;
use super::project::Module;
use crate::codenode::Name;

impl Expander<'_> {
    /// The calls of macros that begin in `range`, the outermost only, each with the macro's name.
    pub fn macro_calls<'m>(
        &mut self,
        module: &'m Rc<Module>,
        range: TextRange,
    ) -> Vec<(Name, &'m ExprCall)> {
        self.start();
        let mut finder = Finder { expander: self, module, range, found: Vec::new() };
        for stmt in &module.syntax.body {
            finder.visit_stmt(stmt);
        }
        let found = finder.found;
        // What is wrong with them is told when they are expanded.
        self.findings.clear();
        found
    }
}

struct Finder<'e, 'p, 'm> {
    expander: &'e mut Expander<'p>,
    module: &'m Rc<Module>,
    range: TextRange,
    found: Vec<(Name, &'m ExprCall)>,
}

impl<'m> SourceOrderVisitor<'m> for Finder<'_, '_, 'm> {
    fn enter_node(&mut self, node: AnyNodeRef<'m>) -> TraversalSignal {
        if node.range().intersect(self.range).is_none() {
            return TraversalSignal::Skip;
        }
        let AnyNodeRef::ExprCall(call) = node else { return TraversalSignal::Traverse };
        if !self.range.contains(call.range.start()) {
            return TraversalSignal::Traverse;
        }
        match self.expander.entity_of(self.module, &call.func) {
            Some(Entity::Macro(_, name)) => {
                self.found.push((name, call));
                TraversalSignal::Skip
            }
            _ => TraversalSignal::Traverse,
        }
    }
}
