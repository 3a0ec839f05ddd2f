//! Which parts of an expression are known at compile time (language.md §3), and which names make
//! the others wait for the program.

use std::collections::BTreeSet;

use rustpython_ast::Expr;
use rustpython_ast::visitor::{Visitor, walk_expr};
use rustpython_text_size::{Ranged as _, TextRange};

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
    let mut parts = TimedParts { found: Vec::new(), depth: 0, timing };
    parts.visit_expr(expr);
    let slice = |range: TextRange| text.get(range.to_std_range()).unwrap_or_default();
    let shown = |part: &TimedPart| {
        let code = slice(part.range).lines().map(str::trim).collect::<Vec<_>>().join(" ");
        format!("{}{code}", "  ".repeat(part.depth))
    };
    let width = parts.found.iter().map(|part| shown(part).chars().count()).max().unwrap_or(0);
    let mut out = marked(text, &parts.found);
    for part in &parts.found {
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

struct TimedParts<'a> {
    found: Vec<TimedPart>,
    depth: usize,
    timing: &'a BindingTimes<'a>,
}

impl TimedParts<'_> {
    /// The names that an expression waits for; none if it is known.
    fn waits_for(&self, expr: &Expr) -> Option<BTreeSet<String>> {
        if (self.timing.is_constant)(expr) {
            return None;
        }
        let mut names = (self.timing.variables)(expr);
        names.retain(|name| !(self.timing.is_static)(name));
        match expr {
            Expr::Name(_) if names.is_empty() => None,
            _ => Some(names),
        }
    }
}

impl<'a> Visitor<'a> for TimedParts<'_> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        let waits_for = self.waits_for(expr);
        let is_known = waits_for.is_none();
        self.found.push(TimedPart { range: expr.range(), depth: self.depth, waits_for });
        let opens_scope = matches!(
            expr,
            Expr::Lambda(_)
                | Expr::ListComp(_)
                | Expr::SetComp(_)
                | Expr::DictComp(_)
                | Expr::Generator(_)
        );
        // The variables in there are its own.
        if !is_known && !opens_scope {
            self.depth += 1;
            walk_expr(self, expr);
            self.depth -= 1;
        }
    }
}
