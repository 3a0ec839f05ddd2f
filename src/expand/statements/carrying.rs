//! What is known of a module's compile-time part stays known of a text that was made from its own.

use std::rc::Rc;

use rustpython_ast::{Expr, Stmt};
use rustpython_text_size::Ranged as _;

use crate::expand::project::Module;
use crate::expand::{Expander, Loaded};

impl Expander<'_> {
    /// Makes the compile-time part of `from` that of `to`, which was made from it. What is new in
    /// it is defined besides.
    pub(in crate::expand) fn carry(&mut self, from: &Rc<Module>, to: &Rc<Module>) {
        let Some(Loaded::Done(ns)) = self.namespaces.get(&from.file).cloned() else { return };
        self.namespaces.insert(to.file, Loaded::Done(ns.clone()));
        self.host().add_source(to.file, to.source.clone());
        if self.incomplete.contains(&from.file) {
            self.incomplete.insert(to.file);
        }
        let mut new = Vec::new();
        for stmt in &to.syntax.body {
            let Some((_, origins)) = self.origins.get(&to.file) else { return };
            let old = origins.of(stmt.range());
            let is_same = from
                .top_level(old)
                .is_some_and(|own| own.range() == old && from.slice(old) == to.slice(stmt.range()));
            if !is_same {
                new.push(stmt);
            }
            // Other constants are evaluated when it is time.
            if let Some((place, old)) = constant_of(stmt)
                .and_then(|place| Some((place, from.top_level(old).and_then(constant_of)?)))
                .filter(|_| is_same)
            {
                if let Some(value) = self.constants.get(&(from.file, old)).cloned() {
                    self.constants.insert((to.file, place), value);
                }
                self.carry_sourceless(from, to, stmt, place);
            }
        }
        for stmt in new {
            if !stmt.is_assign_stmt() && !self.run_definition(to, &ns, stmt) {
                self.incomplete.insert(to.file);
            }
        }
    }

    fn carry_sourceless(
        &mut self,
        from: &Module,
        to: &Module,
        stmt: &Stmt,
        place: rustpython_text_size::TextRange,
    ) {
        let Stmt::Assign(assign) = stmt else { return };
        let [Expr::Name(name)] = &assign.targets[..] else { return };
        let known = self.sourceless.get(&(from.file, name.id.to_string())).cloned();
        if let Some((value, _)) = known {
            self.sourceless.insert((to.file, name.id.to_string()), (value, place));
        }
    }
}

/// The place of the call in `NAME = f(…)`.
fn constant_of(stmt: &Stmt) -> Option<rustpython_text_size::TextRange> {
    match stmt {
        Stmt::Assign(assign) if assign.targets.len() == 1 && assign.targets[0].is_name_expr() => {
            assign.value.is_call_expr().then(|| assign.value.range())
        }
        _ => None,
    }
}
