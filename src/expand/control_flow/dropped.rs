//! What a function loses with the code that is dropped from it, and Python's scoping needs.
//!
//! ```text
//! def f():                          def f():
//!     if comptime(False):               if False:
//!         x = 1                             x = None
//!     return x                          return x             x is a local variable of f
//! ```
//!
//! So it is with the last `yield` of a generator, and with `global` and `nonlocal`.

use std::collections::{BTreeMap, HashSet};

use rustpython_ast::visitor::{Visitor, walk_expr, walk_stmt};
use rustpython_ast::{Expr, Stmt, StmtFor};
use rustpython_text_size::{Ranged as _, TextRange};

use crate::expand::program::Module;
use crate::scope::{BindingKind, Context, Place, ScopeId, ScopeKind};

/// The statements that each function lacks.
#[derive(Clone, Debug, Default)]
pub(crate) struct MissingParts(BTreeMap<ScopeId, Vec<String>>);

impl MissingParts {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn of(&self, scope: ScopeId) -> Option<&Vec<String>> {
        self.0.get(&scope)
    }
}

/// What the functions of the module lack, if only the code at `rendered` is left of it.
pub(crate) fn missing(module: &Module, rendered: &HashSet<TextRange>) -> MissingParts {
    let scopes = &module.scopes;
    let rendered = Rendered::new(rendered);
    let mut missing = MissingParts::default();
    let mut add = |scope: ScopeId, line: String| {
        let lines = missing.0.entry(scope).or_default();
        if !lines.contains(&line) {
            lines.push(line);
        }
    };
    for scope in scopes.scopes().filter(|scope| scopes.kind(*scope) == ScopeKind::Function) {
        for name in scopes.names(scope) {
            let bindings = scopes.bindings(scope, name);
            let is_parameter = bindings.iter().any(|b| b.kind == BindingKind::Parameter);
            if is_parameter || bindings.iter().any(|b| rendered.holds(b.range)) {
                continue;
            }
            let is_used = scopes.uses().any(|used| {
                used.context != Context::Store
                    && scopes.resolve(used) == Place::Bound(scope)
                    && *scopes.mangled(used.scope, &used.name) == *name
                    && rendered.holds(used.range)
            });
            if is_used {
                add(scope, format!("{name} = None"));
            }
        }
    }
    let mut functions =
        Functions { module, own: Vec::new(), found: Vec::new(), yields: Vec::new() };
    module.syntax.body.iter().for_each(|stmt| functions.visit_stmt(stmt));
    for (scope, range, text) in &functions.found {
        if !rendered.holds(*range) {
            add(*scope, text.clone());
        }
    }
    for (scope, yields) in &functions.yields {
        if !yields.is_empty() && !yields.iter().any(|range| rendered.holds(*range)) {
            add(*scope, "yield".to_owned());
        }
    }
    // A function that was dropped lacks nothing.
    missing.0.retain(|scope, _| {
        let range = scopes.range(*scope);
        rendered.touches(range)
    });
    missing
}

/// The text that is left.
struct Rendered {
    sorted: Vec<TextRange>,
}

impl Rendered {
    fn new(ranges: &HashSet<TextRange>) -> Rendered {
        let mut sorted: Vec<TextRange> = ranges.iter().copied().collect();
        sorted.sort_by_key(|range| (range.start(), range.end()));
        let mut merged: Vec<TextRange> = Vec::new();
        for range in sorted {
            match merged.last_mut() {
                Some(last) if last.end() >= range.start() => *last = last.cover(range),
                _ => merged.push(range),
            }
        }
        Rendered { sorted: merged }
    }

    fn holds(&self, range: TextRange) -> bool {
        let before = self.sorted.partition_point(|r| r.start() <= range.start());
        self.sorted[..before].last().is_some_and(|r| r.end() >= range.end())
    }

    fn touches(&self, range: TextRange) -> bool {
        self.sorted.iter().any(|r| r.start() < range.end() && range.start() < r.end())
    }
}

/// What makes a function what it is, wherever it stands in it.
struct Functions<'m> {
    module: &'m Module,
    own: Vec<Option<ScopeId>>,
    /// Declarations.
    found: Vec<(ScopeId, TextRange, String)>,
    yields: Vec<(ScopeId, Vec<TextRange>)>,
}

impl<'a> Visitor<'a> for Functions<'_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        let scope = match stmt {
            Stmt::FunctionDef(def) => self.module.scopes.scope_of(def.range),
            Stmt::ClassDef(_) => None,
            Stmt::Global(_) | Stmt::Nonlocal(_) => {
                if let Some(scope) = self.own.last().copied().flatten() {
                    let text = self.module.slice(stmt.range()).to_owned();
                    self.found.push((scope, stmt.range(), text));
                }
                return;
            }
            _ => return walk_stmt(self, stmt),
        };
        self.own.push(scope);
        if let Some(scope) = scope {
            self.yields.push((scope, Vec::new()));
        }
        walk_stmt(self, stmt);
        self.own.pop();
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Lambda(_) => return,
            Expr::Yield(_) | Expr::YieldFrom(_) => {
                let own = self.own.last().copied().flatten();
                let entry = self.yields.iter_mut().find(|(scope, _)| Some(*scope) == own);
                if let Some((_, yields)) = entry {
                    yields.push(expr.range());
                }
            }
            _ => {}
        }
        walk_expr(self, expr);
    }
}

/// Whether dropping the expression could change what its function is.
pub(crate) fn matters(expr: &Expr) -> bool {
    struct Matters(bool);
    impl<'a> Visitor<'a> for Matters {
        fn visit_expr(&mut self, expr: &'a Expr) {
            self.0 |= matches!(expr, Expr::Yield(_) | Expr::YieldFrom(_) | Expr::Named(_));
            walk_expr(self, expr);
        }
    }
    let mut matters = Matters(false);
    matters.visit_expr(expr);
    matters.0
}

/// Every `for` statement of the module.
pub(crate) fn loops(module: &Module) -> Vec<&StmtFor> {
    struct Loops<'m>(Vec<&'m StmtFor>);
    impl<'m> Visitor<'m> for Loops<'m> {
        fn visit_stmt(&mut self, stmt: &'m Stmt) {
            if let Stmt::For(s) = stmt {
                self.0.push(s);
            }
            walk_stmt(self, stmt);
        }
    }
    let mut loops = Loops(Vec::new());
    module.syntax.body.iter().for_each(|stmt| loops.visit_stmt(stmt));
    loops.0
}
