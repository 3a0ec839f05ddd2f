//! The definitions and blocks that macros take, those around others first.

use std::rc::Rc;

use rustpython_ast::{Decorator, Expr, Stmt, StmtWith};
use rustpython_text_size::{Ranged as _, TextRange};

use crate::codenode::Name;
use crate::diagnostic::{Code, Finding};
use crate::expand::compile_time::{Stage, load_namespace};
use crate::expand::program::{Decoration, Entity, Module};
use crate::syntax::{Reach, walk};

/// A statement that macros take.
pub(crate) struct StatementSite<'m> {
    pub stmt: &'m Stmt,
    pub kind: StatementUse<'m>,
}

pub(crate) enum StatementUse<'m> {
    /// A definition, with what each of its decorators is.
    Definition(&'m [Decorator], Vec<Role>),
    /// A `with` statement, and which of its items is the macro's.
    Block(&'m StmtWith, usize, Role),
}

/// What a decorator or the context of a block is.
#[derive(Clone)]
pub(crate) enum Role {
    /// Nothing of compile time.
    Ordinary,
    /// A macro that takes the code of its first argument.
    Takes(Rc<Module>, Name),
    /// A macro that doesn't, which is to be called with the function or class.
    Plain,
    /// A macro that couldn't be defined, which was reported.
    Failed,
}

/// The statements of the module that macros take.
pub(crate) fn statement_sites<'m>(
    cx: Stage<'_, '_>,
    module: &'m Rc<Module>,
) -> Vec<StatementSite<'m>> {
    let mut finder = StatementMacros { stage: cx, module, found: Vec::new() };
    let mut all = walk(&module.syntax).within(Reach::Statements);
    while let Some(node) = all.next() {
        if node.stmt().is_some_and(|stmt| finder.take(stmt)) {
            all.prune();
        }
    }
    finder.found
}

fn role_of(cx: &mut Stage<'_, '_>, module: &Rc<Module>, expression: &Expr) -> Role {
    let (callee, is_bare) = match expression {
        Expr::Call(call) => (&*call.func, false),
        other => (other, true),
    };
    let Some(Entity::Macro(home, name)) = cx.resolver.entity_of(module, callee) else {
        return Role::Ordinary;
    };
    match takes_code(cx, &home, &name) {
        Some(true) => Role::Takes(home, name),
        Some(false) if is_bare => Role::Plain,
        Some(false) => Role::Ordinary,
        None => Role::Failed,
    }
}

/// Whether a macro takes the code of its first argument; none if it couldn't be defined.
fn takes_code(cx: &mut Stage<'_, '_>, home: &Rc<Module>, name: &str) -> Option<bool> {
    let ns = load_namespace(cx, home)?;
    let host = cx.compile_time.host();
    if !host.has(&ns, name) {
        return None;
    }
    let Some(info) = host.parameters(&ns, name) else { return Some(false) };
    let first = info.positional.first().or(info.vararg.as_ref());
    Some(first.is_some_and(|first| info.unevaled.contains(first)))
}

struct StatementMacros<'e, 'p, 'm> {
    stage: Stage<'e, 'p>,
    module: &'m Rc<Module>,
    found: Vec<StatementSite<'m>>,
}

impl<'m> StatementMacros<'_, '_, 'm> {
    /// Whether nothing in the definition is to be looked for.
    fn definition(&mut self, stmt: &'m Stmt, decorators: &'m [Decorator], name: TextRange) -> bool {
        let module = self.module;
        let roles: Vec<Role> =
            decorators.iter().map(|d| role_of(&mut self.stage, module, &d.expression)).collect();
        let is_used = roles.iter().any(|role| !matches!(role, Role::Ordinary));
        if let Some(decoration) = self.stage.resolver.decoration(module, decorators) {
            let used = decorators.iter().zip(&roles).find(|(_, r)| !matches!(r, Role::Ordinary));
            if let Some((decorator, _)) = used {
                self.refuse(decoration, &decorator.expression, name);
            }
            let is_top = module.syntax.body.iter().any(|own| std::ptr::eq(own, stmt));
            let goes = match stmt {
                Stmt::FunctionDef(def) => self.stage.resolver.is_of_compile_time(module, def),
                _ => true,
            };
            return is_top && goes || is_used;
        }
        if is_used {
            self.found
                .push(StatementSite { stmt, kind: StatementUse::Definition(decorators, roles) });
        }
        is_used
    }

    /// What exists at compile time is no code for a macro to take.
    fn refuse(&mut self, decoration: Decoration, decorator: &Expr, name: TextRange) {
        let (own, what) = match decoration {
            // That a macro has another decorator is reported when it is defined.
            Decoration::Macro => return,
            Decoration::Comptime => ("@comptime", "exists only at compile time"),
            Decoration::Unroll => ("@unroll", "is worked out at its calls"),
        };
        let callee = match decorator {
            Expr::Call(call) => &*call.func,
            other => other,
        };
        let text = self.module.slice(callee.range());
        let message = format!("the macro `{text}` can't take a definition marked `{own}`");
        let label = self.module.label(decorator.range(), "this decorator");
        let finding = Finding::new(Code::MacroPlace, message, label)
            .secondary(self.module.label(name, format!("this {what}")));
        self.stage.findings.report(finding);
    }

    /// Takes note of a statement that a macro takes; tells whether nothing in it is to be looked for.
    fn take(&mut self, stmt: &'m Stmt) -> bool {
        match stmt {
            Stmt::FunctionDef(s) => self.definition(stmt, &s.decorator_list, s.name.range),
            Stmt::ClassDef(s) => self.definition(stmt, &s.decorator_list, s.name.range),
            Stmt::With(s) => {
                let contexts = s.items.iter().map(|item| &item.context_expr);
                let found = contexts.enumerate().find_map(|(index, context)| {
                    let role = context
                        .is_call_expr()
                        .then(|| role_of(&mut self.stage, self.module, context))
                        .filter(|role| matches!(role, Role::Takes(..) | Role::Failed))?;
                    Some(StatementSite { stmt, kind: StatementUse::Block(s, index, role) })
                });
                let is_found = found.is_some();
                self.found.extend(found);
                is_found
            }
            _ => false,
        }
    }
}
