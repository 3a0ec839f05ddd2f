//! Declarations that keep a function's scope what it was, when the code that made it so is dropped.
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

use rustpython_ast::{Expr, Stmt, StmtFor};
use rustpython_text_size::{Ranged as _, TextRange};

use crate::expand::program::Module;
use crate::scope::{BindingKind, Context, Place, ScopeId, ScopeKind};
use crate::syntax::{Reach, Syntax, statements, walk};

/// The statements that each function lacks.
#[derive(Clone, Debug, Default)]
pub(crate) struct MissingParts(BTreeMap<ScopeId, Vec<String>>);

impl MissingParts {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn of(&self, scope: ScopeId) -> Option<&Vec<String>> {
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
    for def in statements(&module.syntax).filter_map(Stmt::as_function_def_stmt) {
        let Some(scope) = scopes.scope_of(def.range) else { continue };
        let own = walk(&def.body).within(Reach::Frame);
        let is_declaration =
            |node: &Syntax<'_>| matches!(node, Syntax::Stmt(Stmt::Global(_) | Stmt::Nonlocal(_)));
        for declaration in own.clone().filter(is_declaration) {
            if !rendered.holds(declaration.range()) {
                add(scope, module.slice(declaration.range()).to_owned());
            }
        }
        let mut yields = own.filter(|node| node.is_yield()).peekable();
        if yields.peek().is_some() && !yields.any(|node| rendered.holds(node.range())) {
            add(scope, "yield".to_owned());
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

/// Whether dropping the expression could change what its function is.
pub(crate) fn matters(expr: &Expr) -> bool {
    walk(expr).any(|node| node.is_yield() || matches!(node, Syntax::Expr(Expr::Named(_))))
}

/// Every `for` statement of the module.
pub(crate) fn loops(module: &Module) -> Vec<&StmtFor> {
    statements(&module.syntax).filter_map(Stmt::as_for_stmt).collect()
}
