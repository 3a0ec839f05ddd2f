//! What compile time does to ordinary code before calls in it are expanded, in the order of the
//! program: branches and loops are decided, and macros of statements run.
//!
//! ```text
//! @registered                 # first this macro runs
//! def area(r): ...
//! for f in unroll(known):     # so here it is known what was registered
//!     ...
//! ```

use std::rc::Rc;

use rustpython_ast::{Expr, Stmt};
use rustpython_text_size::{Ranged as _, TextSize};

use super::project::Module;
use super::statements::Regions;
use super::{Expander, Loaded};

impl Expander<'_> {
    /// The module after all that, until there is nothing of it left to do.
    pub(super) fn in_order(&mut self, module: &Rc<Module>) -> Rc<Module> {
        self.constants_until = Some((module.file, TextSize::default()));
        if self.first_statement_site(module).is_none() {
            self.constants_until = None;
            return match self.decided(module, None) {
                Some(decided) => {
                    self.start();
                    decided
                }
                None => {
                    self.define_constants(module);
                    module.clone()
                }
            };
        }
        let mut module = module.clone();
        let mut regions = Regions::default();
        loop {
            self.constants_until = Some((module.file, TextSize::default()));
            let first = self.first_statement_site(&module);
            self.constants_until = first.map(|first| (module.file, first));
            self.define_constants(&module);
            // Nothing is decided twice, even if something was found.
            let next = self.decided(&module, first).filter(|next| next.text() != module.text());
            let Some(next) = next.or_else(|| self.after_statement_macros(&module, &mut regions))
            else {
                return module;
            };
            self.carry(&module, &next);
            module = next;
        }
    }

    /// Evaluates the constants of a module of which it wasn't time yet when it was loaded.
    fn define_constants(&mut self, module: &Rc<Module>) {
        let Some(Loaded::Done(ns)) = self.namespaces.get(&module.file).cloned() else { return };
        for stmt in &module.syntax.body {
            let Stmt::Assign(assign) = stmt else { continue };
            let ([Expr::Name(name)], Expr::Call(call)) = (&assign.targets[..], &*assign.value)
            else {
                continue;
            };
            let is_known = self.constants.contains_key(&(module.file, call.range))
                || self.sourceless.contains_key(&(module.file, name.id.to_string()));
            if !is_known && !self.run_definition(module, &ns, stmt) {
                self.incomplete.insert(module.file);
            }
        }
    }

    /// Whether it isn't time yet to evaluate a constant: a macro that runs before it may change
    /// what it is made of.
    pub(super) fn is_too_early(&self, module: &Module, constant: &Stmt) -> bool {
        self.constants_until
            .is_some_and(|(file, until)| file == module.file && constant.start() >= until)
    }
}
