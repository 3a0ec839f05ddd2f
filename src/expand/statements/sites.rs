//! Finds the definitions and blocks that macros take, those around others first.

use std::rc::Rc;

use rustpython_ast::visitor::{Visitor, walk_stmt};
use rustpython_ast::{Decorator, Expr, Stmt, StmtWith};
use rustpython_text_size::{Ranged as _, TextRange};

use crate::codenode::Name;
use crate::diagnostic::{Code, Finding};
use crate::expand::Expander;
use crate::expand::entity::{Decoration, Entity};
use crate::expand::project::Module;

/// A statement that macros take.
pub(super) struct Site<'m> {
    pub stmt: &'m Stmt,
    pub kind: Kind<'m>,
}

pub(super) enum Kind<'m> {
    /// A definition, with what each of its decorators is.
    Definition(&'m [Decorator], Vec<Role>),
    /// A `with` statement, and which of its items is the macro's.
    Block(&'m StmtWith, usize, Role),
}

/// What a decorator or the context of a block is.
#[derive(Clone)]
pub(super) enum Role {
    /// Nothing of compile time.
    Ordinary,
    /// A macro that takes the code of its first argument.
    Takes(Rc<Module>, Name),
    /// A macro that doesn't, which is to be called with the function or class.
    Plain,
    /// A macro that couldn't be defined, which was found.
    Failed,
}

impl Expander<'_> {
    /// The statements of the module that macros take.
    pub(super) fn statement_sites<'m>(&mut self, module: &'m Rc<Module>) -> Vec<Site<'m>> {
        let before = self.findings.len();
        let mut finder = Finder { expander: self, module, found: Vec::new(), depth: 0 };
        for stmt in &module.syntax.body {
            finder.visit_stmt(stmt);
        }
        let found = finder.found;
        // Which of its meanings a name has may be decided by a branch yet.
        let mut index = 0;
        self.findings.retain(|finding| {
            index += 1;
            index <= before || finding.code != Code::AmbiguousMacro
        });
        found
    }

    fn role(&mut self, module: &Rc<Module>, expression: &Expr) -> Role {
        let (callee, is_bare) = match expression {
            Expr::Call(call) => (&*call.func, false),
            other => (other, true),
        };
        let Some(Entity::Macro(home, name)) = self.entity_of(module, callee) else {
            return Role::Ordinary;
        };
        match self.takes_code(&home, &name) {
            Some(true) => Role::Takes(home, name),
            Some(false) if is_bare => Role::Plain,
            Some(false) => Role::Ordinary,
            None => Role::Failed,
        }
    }

    /// Whether a macro takes the code of its first argument; none if it couldn't be defined.
    fn takes_code(&mut self, home: &Rc<Module>, name: &str) -> Option<bool> {
        let ns = self.namespace(home)?;
        let host = self.host();
        if !host.has(&ns, name) {
            return None;
        }
        let Some(info) = host.parameters(&ns, name) else { return Some(false) };
        let first = info.positional.first().or(info.vararg.as_ref());
        Some(first.is_some_and(|first| info.unevaled.contains(first)))
    }
}

struct Finder<'e, 'p, 'm> {
    expander: &'e mut Expander<'p>,
    module: &'m Rc<Module>,
    found: Vec<Site<'m>>,
    /// How many statements are around.
    depth: usize,
}

impl<'m> Finder<'_, '_, 'm> {
    /// Whether nothing in the definition is to be looked for.
    fn definition(&mut self, stmt: &'m Stmt, decorators: &'m [Decorator], name: TextRange) -> bool {
        let module = self.module;
        let roles: Vec<Role> =
            decorators.iter().map(|d| self.expander.role(module, &d.expression)).collect();
        let is_used = roles.iter().any(|role| !matches!(role, Role::Ordinary));
        if let Some(decoration) = self.expander.decoration(module, decorators) {
            let used = decorators.iter().zip(&roles).find(|(_, r)| !matches!(r, Role::Ordinary));
            if let Some((decorator, _)) = used {
                self.refuse(decoration, &decorator.expression, name);
            }
            return self.depth == 0 && decoration != Decoration::Unroll || is_used;
        }
        if is_used {
            self.found.push(Site { stmt, kind: Kind::Definition(decorators, roles) });
        }
        is_used
    }

    /// What exists at compile time is no code for a macro to take.
    fn refuse(&mut self, decoration: Decoration, decorator: &Expr, name: TextRange) {
        let (own, what) = match decoration {
            // Macros can't have any other decorators: that is found when they are defined.
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
        self.expander.find(finding);
    }
}

impl<'m> Visitor<'m> for Finder<'_, '_, 'm> {
    fn visit_stmt(&mut self, stmt: &'m Stmt) {
        let is_done = match stmt {
            Stmt::FunctionDef(s) => self.definition(stmt, &s.decorator_list, s.name.range),
            Stmt::ClassDef(s) => self.definition(stmt, &s.decorator_list, s.name.range),
            Stmt::With(s) => {
                let contexts = s.items.iter().map(|item| &item.context_expr);
                let found = contexts.enumerate().find_map(|(index, context)| {
                    let role = context
                        .is_call_expr()
                        .then(|| self.expander.role(self.module, context))
                        .filter(|role| matches!(role, Role::Takes(..) | Role::Failed))?;
                    Some(Site { stmt, kind: Kind::Block(s, index, role) })
                });
                let is_found = found.is_some();
                self.found.extend(found);
                is_found
            }
            _ => false,
        };
        if !is_done {
            self.depth += 1;
            walk_stmt(self, stmt);
            self.depth -= 1;
        }
    }

    fn visit_expr(&mut self, _: &'m Expr) {}
}
