//! Which parts of an expression are known at compile time (language.md §3), and which names make
//! the others wait for the program.

use std::collections::BTreeSet;

use rustpython_ast::Expr;
use rustpython_text_size::{Ranged as _, TextRange};

use crate::python::form::expression_op;
use crate::syntax::walk_with;

/// A part of an expression.
struct TimedPart {
    range: TextRange,
    depth: usize,
    /// The names that it waits for; none if it is known.
    waits_for: Option<BTreeSet<String>>,
}

/// What is asked about code.
pub(super) struct BindingTimes<'a> {
    /// The variables that code uses and doesn't bind.
    pub variables: &'a dyn Fn(&Expr) -> BTreeSet<String>,
    /// Whether a name is one of compile time.
    pub is_static: &'a dyn Fn(&str) -> bool,
    /// Whether an expression is a constant, and known as such.
    pub is_constant: &'a dyn Fn(&Expr) -> bool,
}

/// Explains `expr`, which stands in `text`: a line that marks its static parts, then what each
/// part is.
pub(super) fn explain(expr: &Expr, text: &str, timing: &BindingTimes<'_>) -> String {
    let parts = parts(expr, timing);
    let slice = |range: TextRange| text.get(range.to_std_range()).unwrap_or_default();
    let shown = |part: &TimedPart| {
        let code = slice(part.range).lines().map(str::trim).collect::<Vec<_>>().join(" ");
        format!("{}{code}", "  ".repeat(part.depth))
    };
    let width = parts.iter().map(|part| shown(part).chars().count()).max().unwrap_or(0);
    let mut out = marked(text, &parts);
    for part in &parts {
        let why = match &part.waits_for {
            None => "static".to_owned(),
            Some(names) if names.is_empty() => "dynamic: no constant expression".to_owned(),
            Some(names) => {
                let names: Vec<_> = names.iter().map(String::as_str).collect();
                format!("dynamic, because of {}", names.join(", "))
            }
        };
        let code = shown(part);
        let gap = " ".repeat(width - code.chars().count());
        out += &format!("{code}{gap}  {why}\n");
    }
    out
}

/// The code, with its static parts underlined, if it is on one line.
fn marked(text: &str, parts: &[TimedPart]) -> String {
    let line = text.trim_end();
    if line.contains('\n') {
        return String::new();
    }
    let known = |at: usize| {
        let is_at = |part: &&TimedPart| part.range.to_std_range().contains(&at);
        parts.iter().rfind(is_at).is_some_and(|part| part.waits_for.is_none())
    };
    let marks: String =
        line.char_indices().map(|(at, _)| if known(at) { '^' } else { ' ' }).collect();
    match marks.trim_end() {
        "" => format!("{line}\n\n"),
        marks => format!("{line}\n{marks}  static\n\n"),
    }
}

/// The parts of the expression that are known as a whole, or not made of such.
fn parts(expr: &Expr, timing: &BindingTimes<'_>) -> Vec<TimedPart> {
    let mut found = Vec::new();
    let mut walk = walk_with(expr, 0, |depth, node, _| depth + usize::from(node.expr().is_some()));
    while let Some((node, depth)) = walk.next() {
        let Some(expr) = node.expr() else { continue };
        let waits_for = waits_for(expr, timing);
        // The variables in a scope of its own are its own.
        if waits_for.is_none() || expression_op(expr.into()).opens_scope() {
            walk.prune();
        }
        found.push(TimedPart { range: expr.range(), depth, waits_for });
    }
    found
}

/// The names that an expression waits for; none if it is known.
fn waits_for(expr: &Expr, timing: &BindingTimes<'_>) -> Option<BTreeSet<String>> {
    if (timing.is_constant)(expr) {
        return None;
    }
    let mut names = (timing.variables)(expr);
    names.retain(|name| !(timing.is_static)(name));
    match expr {
        Expr::Name(_) if names.is_empty() => None,
        _ => Some(names),
    }
}
