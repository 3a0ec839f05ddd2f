//! Functions with a compile-time decorator that stay plain functions.
//!
//! ```text
//! class Shape:
//!     @macro                      no call of a method can be recognised: it stays a method
//!     def area(self): …
//! ```
//!
//! A macro is a plain function of the program's that is called early. Where that can't be done, it
//! can still be a plain function, unless it uses what exists at compile time only.

use std::rc::Rc;

use rustpython_ast::{Decorator, Expr, Stmt, StmtFunctionDef};
use rustpython_text_size::{Ranged as _, TextRange};

use super::Resolver;
use crate::expand::program::entity::{Decoration, Entity};
use crate::expand::program::module::Module;
use crate::python::meta::MetaName;
use crate::syntax::{Reach, Syntax, walk};

/// Why a function can't be a macro.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MacroFault {
    Async,
    Generator,
    /// It has another decorator, here.
    Decorated(TextRange),
}

impl Resolver<'_> {
    /// Whether a function with a decorator of compile time stays in the program without it, as calls
    /// of it can't be expanded.
    pub(crate) fn stays_plain(&self, module: &Rc<Module>, def: &StmtFunctionDef) -> bool {
        let can_be_expanded = match self.decoration(module, &def.decorator_list) {
            None | Some(Decoration::Comptime) => return false,
            Some(Decoration::Macro) => self.macro_fault(module, def).is_none(),
            Some(Decoration::Unroll) => true,
        };
        // A macro that takes the definition would take a decorator that isn't in the program.
        let takes = |decorator: &Decorator| {
            let callee = match &decorator.expression {
                Expr::Call(call) => &*call.func,
                other => other,
            };
            let entity = self.entity_of(module, callee);
            entity.is_some_and(|e| e.macro_name().is_some() || matches!(e, Entity::Comptime(..)))
        };
        let is_nested = !module.syntax.body.iter().any(|stmt| stmt.range() == def.range);
        (is_nested || !can_be_expanded)
            && !def.decorator_list.iter().any(takes)
            && !self.has_no_plain_form(module, def)
    }

    /// What keeps a function from being a macro, wherever it is defined.
    pub(crate) fn macro_fault(
        &self,
        module: &Rc<Module>,
        def: &StmtFunctionDef,
    ) -> Option<MacroFault> {
        let is_ordinary = |expr: &Expr| {
            !self.entity_of(module, expr).is_some_and(|entity| {
                [MetaName::Macro, MetaName::Unroll, MetaName::Comptime]
                    .iter()
                    .any(|meta| entity.is_meta(*meta))
            })
        };
        let mut decorators = def.decorator_list.iter();
        match decorators.find(|decorator| is_ordinary(&decorator.expression)) {
            _ if def.is_async => Some(MacroFault::Async),
            _ if self.is_generator(module, def) => Some(MacroFault::Generator),
            Some(other) => Some(MacroFault::Decorated(other.range)),
            // The same one twice, or two of compile time.
            None => match &def.decorator_list[..] {
                [] | [_] => None,
                [first, ..] => Some(MacroFault::Decorated(first.range)),
            },
        }
    }

    /// Whether the function yields; what it quotes is other code's.
    pub(crate) fn is_generator(&self, module: &Rc<Module>, def: &StmtFunctionDef) -> bool {
        let is_quote = |expr: &Expr| {
            self.entity_of(module, expr).is_some_and(|entity| entity.is_meta(MetaName::Quote))
        };
        let is_quotation = |node: Syntax<'_>| match node.stmt() {
            Some(Stmt::With(s)) => s.items.iter().any(|item| is_quote(&item.context_expr)),
            _ => false,
        };
        let mut own = walk(&def.body).within(Reach::Frame).entering(|node| !is_quotation(node));
        own.any(Syntax::is_yield)
    }
}
