//! Which findings a comment beside the code says to ignore.

use rustpython_ast::Stmt;
use rustpython_ast::visitor::{Visitor, walk_stmt};
use rustpython_text_size::{Ranged as _, TextRange};

use crate::diagnostic::{Finding, Severity};
use crate::expand::Module;

/// Whether an ignore comment stands on one of the lines that the finding points at, or on the
/// first line of the statement that holds them. Errors can't be ignored.
pub(super) fn is_ignored(finding: &Finding, module: &Module) -> bool {
    let (code, range) = (finding.code, finding.primary.range);
    let ignores = module.ignores();
    if ignores.is_empty() || code.severity() == Severity::Error {
        return false;
    }
    let covers = |range| ignores.covers(&module.source, range, code);
    covers(range)
        || statement_around(&module.syntax.body, range)
            .is_some_and(|statement| covers(TextRange::empty(statement.start())))
}

/// The innermost statement that holds the place.
fn statement_around(body: &[Stmt], place: TextRange) -> Option<TextRange> {
    let mut around = StatementAround { place, found: None };
    body.iter().for_each(|stmt| around.visit_stmt(stmt));
    around.found
}

struct StatementAround {
    place: TextRange,
    found: Option<TextRange>,
}

impl<'a> Visitor<'a> for StatementAround {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        if stmt.range().contains_range(self.place) {
            self.found = Some(stmt.range());
            walk_stmt(self, stmt);
        }
    }
}
