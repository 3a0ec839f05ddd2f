//! The call site: what an expansion depends on of the place that it is put into.

use std::rc::Rc;

use rustpython_ast::{Expr, ExprCall};
use rustpython_text_size::{Ranged as _, TextRange};

use crate::codenode::Loc;
use crate::diagnostic::Label;
use crate::expand::program::Module;
use crate::residual::Binding;
use crate::scope::ScopeId;

/// The place that code is put into.
#[derive(Clone, Copy)]
pub(crate) struct CallSite<'m> {
    pub module: &'m Rc<Module>,
    /// The scope the call is evaluated in.
    pub scope: ScopeId,
    /// The call.
    pub range: TextRange,
    /// What is called in the text there.
    pub callee: TextRange,
    /// The statement that holds it, or the call where that isn't known.
    pub statement: TextRange,
    /// How a value gets a name in an expression there.
    pub binding: Binding,
    /// How many expansions led here.
    pub round: usize,
    /// Where the last of them has the call in its own code.
    pub left: Option<Loc>,
}

impl<'m> CallSite<'m> {
    /// The place of `call`, where a value may get a name as `binding` says.
    pub(crate) fn of(module: &'m Rc<Module>, call: &ExprCall, binding: Binding) -> CallSite<'m> {
        let scope = scope_of_callee(module, &call.func);
        CallSite {
            module,
            scope,
            range: call.range,
            callee: call.func.range(),
            statement: call.range,
            binding,
            round: 0,
            left: None,
        }
    }

    /// A label that points to the call.
    pub(crate) fn label(&self) -> Label {
        self.module.label(self.range, "in this call")
    }

    /// The scope that has what is named there: what is named in a comprehension is a name of the
    /// function around it.
    pub(crate) fn owner(&self) -> ScopeId {
        let scopes = &self.module.scopes;
        let mut owner = self.scope;
        while let Some(parent) =
            scopes.parent(owner).filter(|_| scopes.kind(owner).is_comprehension())
        {
            owner = parent;
        }
        owner
    }
}

/// The scope in which a callee is evaluated.
pub(crate) fn scope_of_callee(module: &Module, callee: &Expr) -> ScopeId {
    match callee {
        Expr::Attribute(e) => scope_of_callee(module, &e.value),
        other => module.scopes.use_at(other.range().start()).map_or(ScopeId::MODULE, |u| u.scope),
    }
}
