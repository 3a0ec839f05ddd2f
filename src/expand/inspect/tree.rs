//! The tree of an expression where it stands, its variables followed, as a macro's argument.

use std::rc::Rc;

use rustpython_text_size::{Ranged as _, TextRange};

use crate::codenode::{Node, Plain, lower};
use crate::expand::Expander;
use crate::expand::call_site::CallSite;
use crate::expand::calls::{CallChanges, Following, follow_argument, note_constants};
use crate::expand::program::Module;
use crate::host::{Argument, Followed};
use crate::residual::Binding;
use crate::scope::ScopeId;
use crate::scope::flow::{Change, Flow, Program};
use crate::syntax::expression_around;

/// What is asked of the walk through a module.
struct Question<'a> {
    range: TextRange,
    calls: &'a CallChanges,
    is_immutable: &'a dyn Fn(&str) -> bool,
}

impl Program for Question<'_> {
    fn macro_call(&self, range: TextRange) -> Option<Change> {
        self.calls.changes.macro_call(range)
    }

    fn wanted(&self) -> Option<TextRange> {
        Some(self.range)
    }

    fn is_immutable(&self, name: &str) -> bool {
        (self.is_immutable)(name)
    }
}

/// The tree of the expression at `range` of `module`, its variables followed as those of a
/// macro's argument that stood there would be. None if there is no expression.
pub(crate) fn tree(
    cx: &mut Expander<'_>,
    module: &Rc<Module>,
    range: TextRange,
) -> Option<Followed> {
    cx.dataflow.asked = Some(module.file);
    // What the calls before it do is known when they have been expanded.
    let _ = cx.expand(module);
    cx.dataflow.asked = None;
    let calls = std::mem::take(&mut cx.dataflow.calls);
    let code = plain(module, range)?;
    let followed = followed_tree(cx, (module, range), &code, calls, &|_| false);
    let mut argument = Argument { followed: Some(followed), ..Argument::new(code) };
    note_constants(cx, site(module, range), std::slice::from_mut(&mut argument));
    argument.followed
}

/// Likewise, in a module without calls of macros, whose variables hold numbers, texts and the
/// like if `is_immutable` says so.
pub(crate) fn tree_at_prompt(
    cx: &mut Expander<'_>,
    module: &Rc<Module>,
    range: TextRange,
    is_immutable: &dyn Fn(&str) -> bool,
) -> Option<Followed> {
    let code = plain(module, range)?;
    Some(followed_tree(cx, (module, range), &code, CallChanges::default(), is_immutable))
}

fn followed_tree(
    cx: &mut Expander<'_>,
    (module, range): (&Rc<Module>, TextRange),
    code: &Node,
    calls: CallChanges,
    is_immutable: &dyn Fn(&str) -> bool,
) -> Followed {
    let question = Question { range, calls: &calls, is_immutable };
    let flow = Flow::of(&module.syntax, &module.scopes, &question);
    cx.dataflow.current = Some(Following::over(module, flow, calls));
    let followed = follow_argument((&cx.resolver, &mut cx.dataflow), site(module, range), code);
    cx.dataflow.current = None;
    followed.unwrap_or_else(|| Followed { tree: code.clone(), branches: code.clone() })
}

/// The place of an expression as that of a call.
fn site(module: &Rc<Module>, range: TextRange) -> CallSite<'_> {
    let used = module.scopes.uses_in(range).first();
    let scope = used.map_or(ScopeId::MODULE, |used| used.scope);
    let binding = Binding::Walrus;
    CallSite {
        module,
        scope,
        range,
        callee: range,
        statement: range,
        binding,
        round: 0,
        left: None,
    }
}

/// The tree of the expression as it is written.
fn plain(module: &Module, range: TextRange) -> Option<Node> {
    let expr = expression_around(&module.syntax, range).filter(|expr| expr.range() == range)?;
    Some(lower(expr, module.file, module.text(), &mut Plain))
}
