//! Law: what isn't edited comes out byte for byte.
//!
//! The lines of a file and of its output are compared. Lines that went away must belong to a
//! statement that can be edited: one that holds a call, imports or deletes a name, defines something
//! with a decorator, is a branch or loop of compile time, or a block that a macro takes. Lines that
//! came must stand in such a place, before a statement that holds a call, or where something with a
//! decorator or such a block was, be imports or comments, or belong to a function that an `@unroll` function was specialised to.

use rustpython_ast::visitor::{Visitor, walk_expr, walk_stmt};
use rustpython_ast::{Expr, Stmt};
use rustpython_parser::parse_module;
use rustpython_text_size::{Ranged as _, TextRange, TextSize};
use similar::{DiffOp, DiffTag, TextDiff};
use uneval::Source;

use super::expansion::Expanded;

/// What was edited and shouldn't have been, in words.
pub fn check(file: &Expanded) -> Vec<String> {
    let Some(output) = &file.output else { return Vec::new() };
    let (Ok(source), Ok(result)) =
        (Source::decode("source", &file.source), Source::decode("output", output))
    else {
        return Vec::new();
    };
    let mut broken = Vec::new();
    let mark = "\u{feff}".as_bytes();
    if file.source.starts_with(mark) != output.starts_with(mark) {
        broken.push("the byte order mark came or went".to_owned());
    }
    let Ok(parsed) = parse_module(source.text()) else { return broken };
    let mut editable = Editable::of(source.text());
    parsed.suite().iter().for_each(|stmt| editable.visit_stmt(stmt));
    let Ok(made) = parse_module(result.text()) else { return broken };
    let mut added = Editable::of(result.text());
    let functions = |suite: &[Stmt]| -> Vec<(String, TextRange)> {
        let defs = suite.iter().filter_map(Stmt::as_function_def_stmt);
        defs.map(|def| (def.name.to_string(), def.range)).collect()
    };
    let known = functions(parsed.suite());
    for (name, range) in functions(made.suite()) {
        if name.starts_with('_') && !known.iter().any(|(other, _)| *other == name) {
            added.add(range);
        }
    }
    let diff = TextDiff::from_lines(source.text(), result.text());
    let (old, new) = (diff.old_slices(), diff.new_slices());
    for op in diff.ops().iter().filter(|op| op.tag() != DiffTag::Equal) {
        broken.extend(complaint(op, old, new, (&editable, &added)));
    }
    broken
}

fn complaint(
    op: &DiffOp,
    old: &[&str],
    new: &[&str],
    (editable, added): (&Editable<'_>, &Editable<'_>),
) -> Option<String> {
    let is_blank = |line: &str| line.trim().is_empty();
    // A line that is still there was only taken for another one by the comparison.
    let count = |lines: &[&str], line: &str| lines.iter().filter(|other| **other == line).count();
    let is_gone = |line: &str| count(new, line) < count(old, line);
    let went =
        op.old_range().find(|at| !is_blank(old[*at]) && !editable.holds(*at) && is_gone(old[*at]));
    if let Some(at) = went {
        return Some(format!("line {} went away: {:?}", at + 1, old[at]));
    }
    let is_addition = |line: &str| {
        let line = line.trim_start();
        // What takes names of macros out of a computed list is a statement of its own.
        line.starts_with(['#', '\u{c}'])
            || ["import ", "from ", "__all__ = type(__all__)"].iter().any(|w| line.starts_with(w))
    };
    let came = op
        .new_range()
        .find(|at| !is_blank(new[*at]) && !is_addition(new[*at]) && !added.holds(*at));
    let place = op.old_range().start;
    let was_taken = editable.was_taken(place) || place > 0 && editable.was_taken(place - 1);
    let may_come = was_taken || editable.calls.contains(&place);
    match came.map(|at| new[at]) {
        Some(line) if op.tag() == DiffTag::Insert && !may_come => {
            Some(format!("a line came: {line:?}"))
        }
        _ => None,
    }
}

/// The lines that an expansion may change, as ranges counted from 0.
struct Editable<'a> {
    text: &'a str,
    lines: Vec<(usize, usize)>,
    /// Those of statements that a macro may take.
    taken: Vec<(usize, usize)>,
    /// The first lines of statements that hold calls: what a call leaves may stand before them.
    calls: Vec<usize>,
    /// The first line of the statement that is visited.
    statement: usize,
}

impl<'a> Editable<'a> {
    fn of(text: &'a str) -> Self {
        Editable { text, lines: Vec::new(), taken: Vec::new(), calls: Vec::new(), statement: 0 }
    }
}

impl Editable<'_> {
    fn was_taken(&self, line: usize) -> bool {
        self.taken.iter().any(|(first, last)| (*first..=*last).contains(&line))
    }

    /// A statement that a macro may take, with its comments.
    fn take(&mut self, range: TextRange) {
        let before = self.lines.len();
        self.add_block(range);
        self.taken.extend_from_slice(&self.lines[before..]);
    }

    fn holds(&self, line: usize) -> bool {
        self.lines.iter().any(|(first, last)| (*first..=*last).contains(&line))
    }

    fn add(&mut self, range: TextRange) {
        let (first, last) = (self.line_of(range.start()), self.line_of(range.end()));
        self.lines.push((first, last));
    }

    /// With the comments after it that are indented.
    fn add_block(&mut self, range: TextRange) {
        let after = &self.text[range.end().to_usize()..];
        let comment = |line: &&str| line.trim().is_empty() || line.trim().starts_with('#');
        let lines = after.split_inclusive('\n').skip(1).take_while(comment);
        let more: usize = lines.take_while(|line| !line.starts_with('#')).map(str::len).sum();
        let first = after.find('\n').map_or(0, |end| end + usize::from(more > 0));
        let end =
            range.end() + TextSize::try_from(first + more.saturating_sub(1)).unwrap_or_default();
        self.add(TextRange::new(range.start(), end.min(TextSize::of(self.text))));
    }

    fn line_of(&self, at: TextSize) -> usize {
        let before = &self.text[..at.to_usize()];
        let carriages = before.matches('\r').count() - before.matches("\r\n").count();
        before.matches('\n').count() + carriages
    }
}

/// Whether it may be a call of a macro: its callee is no builtin of Python's.
fn is_macro(context: &Expr) -> bool {
    context.is_call_expr() && !is_call_of(context, "open")
}

/// Whether the test may be known without running anything.
fn is_known(test: &Expr) -> bool {
    match test {
        Expr::Compare(compare) => matches!(&*compare.left, Expr::Attribute(_)),
        other => other.is_boolean_literal_expr(),
    }
}

fn is_exports(target: &Expr) -> bool {
    target.as_name_expr().is_some_and(|name| name.id == "__all__")
}

/// Whether it is a value of a constant, or lists one, which may go.
fn holds_constant(value: &Expr) -> bool {
    match value {
        Expr::Tuple(tuple) => tuple.elts.iter().any(holds_constant),
        Expr::List(list) => list.elts.iter().any(holds_constant),
        _ => is_call_of(value, "comptime"),
    }
}

fn is_call_of(expr: &Expr, function: &str) -> bool {
    let Expr::Call(call) = expr else { return false };
    match &*call.func {
        Expr::Name(name) => name.id == function,
        Expr::Attribute(attribute) => attribute.attr.id == function,
        _ => false,
    }
}

impl<'a> Visitor<'a> for Editable<'_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::Import(_) | Stmt::ImportFrom(_) | Stmt::Delete(_) => self.add(stmt.range()),
            Stmt::Assign(s) if s.targets.iter().any(is_exports) || holds_constant(&s.value) => {
                self.add(s.range);
            }
            Stmt::AnnAssign(s) if is_exports(&s.target) => self.add(s.range),
            Stmt::AugAssign(s) if is_exports(&s.target) => self.add(s.range),
            Stmt::For(s) if is_call_of(&s.iter, "unroll") => self.add_block(s.range),
            Stmt::While(s) if is_call_of(&s.test, "comptime") => self.add_block(s.range),
            Stmt::If(s) => {
                let clauses = s.elif_else_clauses.iter().filter_map(|clause| clause.test.as_ref());
                let mut tests = std::iter::once(&*s.test).chain(clauses);
                if tests.any(|test| is_call_of(test, "comptime") || is_known(test)) {
                    self.add_block(s.range);
                }
            }
            Stmt::Try(s) if s.body.iter().all(|stmt| stmt.is_import_from_stmt()) => {
                self.add_block(s.range);
            }
            Stmt::FunctionDef(def) if !def.decorator_list.is_empty() => self.take(def.range),
            Stmt::ClassDef(class) if !class.decorator_list.is_empty() => self.take(class.range),
            Stmt::With(with) if with.items.iter().any(|item| is_macro(&item.context_expr)) => {
                self.take(with.range);
            }
            _ => {}
        }
        let first = self.line_of(stmt.start());
        let outer = std::mem::replace(&mut self.statement, first);
        walk_stmt(self, stmt);
        self.statement = outer;
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        if expr.is_call_expr() {
            self.add(expr.range());
            self.calls.push(self.statement);
        }
        walk_expr(self, expr);
    }
}
