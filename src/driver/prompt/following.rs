//! The trees of what is typed (language.md §12), with variables followed to the inputs that defined
//! them.

use std::rc::Rc;

use rustpython_ast::Expr;
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use super::Prompt;
use super::expansion::MARK;
use crate::codenode::{Plain, lower};
use crate::expand::Module;
use crate::host::Followed;

impl Prompt<'_> {
    /// The tree of an expression in the code at `piece` of an input, its variables followed.
    pub(super) fn followed(
        &mut self,
        module: &Rc<Module>,
        piece: TextRange,
        expr: &Expr,
    ) -> Followed {
        self.among_inputs(module, piece, expr).unwrap_or_else(|| {
            let tree = lower(expr, module.file, module.text(), &mut Plain);
            Followed { tree: tree.clone(), branches: tree }
        })
    }

    fn among_inputs(
        &mut self,
        module: &Rc<Module>,
        piece: TextRange,
        expr: &Expr,
    ) -> Option<Followed> {
        let new = (module.slice(piece), module.file, piece.start());
        let (text, _) = self.memory.module(MARK, new);
        let path = self.path.clone();
        let session = self.driver.expander.project().parse(&path, text.as_bytes()).ok()?;
        // The piece comes last, and a line end after it.
        let start = TextSize::of(&*text) - TextSize::of('\n') - piece.len();
        let range = TextRange::at(start + (expr.start() - piece.start()), expr.range().len());
        let (host, ns) = (self.host.clone(), self.ns.clone());
        let is_immutable = |name: &str| host.is_immutable(&ns, name);
        self.driver.expander.tree_at_prompt(&session, range, &is_immutable)
    }
}
