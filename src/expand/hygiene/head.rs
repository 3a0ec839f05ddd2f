//! The head of a file: where imports go that could stand anywhere.

use rustpython_ast::Stmt;
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use crate::expand::layout::logical_line;
use crate::expand::program::Module;
use crate::source::edit::Edits;
use crate::syntax::is_text;

/// Puts import statements after the docstring and the `__future__` imports.
pub(super) fn add_on_top(module: &Module, statements: &[String], edits: &mut Edits) {
    if statements.is_empty() {
        return;
    }
    let newline = module.source.newline();
    let lines: String = statements.iter().map(|s| format!("{s}{newline}")).collect();
    let body = &module.syntax.body;
    let is_header = |(index, stmt): (usize, &Stmt)| match stmt {
        _ if is_text(stmt) => index == 0,
        Stmt::ImportFrom(import) => {
            import.module.as_ref().is_some_and(|m| m.as_str() == "__future__")
        }
        _ => false,
    };
    let headers = body.iter().enumerate().take_while(|pair| is_header(*pair)).count();
    let (header, rest) = body.split_at(headers);
    if let (Some(last), Some(first)) = (header.last(), rest.first())
        && module.source.line_range(last.range().end()).contains(first.range().start())
    {
        // `from __future__ import annotations; y = 1`
        let between = TextRange::new(last.range().end(), first.range().start());
        if edits.iter().any(|e| e.range.intersect(between).is_some_and(|r| !r.is_empty())) {
            let inline: String = statements.iter().map(|s| format!("; {s}")).collect();
            edits.insert(between.start(), inline);
        } else {
            edits.replace(between, format!("{newline}{lines}"));
        }
        return;
    }
    let is_import = |stmt: &&Stmt| matches!(stmt, Stmt::Import(_) | Stmt::ImportFrom(_));
    let is_kept = |stmt: &&Stmt| {
        !edits.iter().any(|e| e.text.is_empty() && e.range.contains_range(stmt.range()))
    };
    let group = rest.iter().take_while(is_import).find(is_kept);
    if let (None, Some(first)) = (group, rest.first().filter(is_import))
        && let Some(at) = removed_lines(module, first.range(), edits)
    {
        // In place of the imports that go, if a blank line follows.
        let is_top = at == module.source.line_range(first.range().start()).start();
        let gap = if is_top { "" } else { newline };
        edits.insert(at, format!("{gap}{lines}"));
        return;
    }
    let (next, gap) = match group.or_else(|| rest.iter().find(is_kept)) {
        Some(import @ (Stmt::Import(_) | Stmt::ImportFrom(_))) => (Some(import), 0),
        Some(stmt @ (Stmt::FunctionDef(_) | Stmt::ClassDef(_))) => (Some(stmt), 2),
        Some(stmt) => (Some(stmt), 1),
        None => (None, 0),
    };
    match next {
        Some(next) => {
            let at = logical_line(module, next.range().start());
            edits.insert(at, format!("{lines}{}", newline.repeat(gap)));
        }
        None => {
            let end = TextSize::of(module.text());
            let gap = if module.text().ends_with(['\n', '\r']) { "" } else { newline };
            edits.insert(end, format!("{gap}{lines}"));
        }
    }
}

/// Where the removed lines start that the statement stands on, if a blank line is left after them.
fn removed_lines(module: &Module, statement: TextRange, edits: &Edits) -> Option<TextSize> {
    let removed = edits.iter().find(|e| e.text.is_empty() && e.range.contains_range(statement))?;
    let range = removed.range;
    let after = module.slice(TextRange::new(range.end(), TextSize::of(module.text())));
    let starts_line = module.source.line_range(range.start()).start() == range.start();
    let is_blank = after.starts_with(['\n', '\r']) && range.start() > TextSize::from(0);
    (starts_line && is_blank).then_some(range.start())
}
