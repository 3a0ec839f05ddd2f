//! The text of residual statements, and of the module with them.

use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use rustpython_ast::{Expr, Stmt};
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use super::definition::Written;
use super::run::call_site;
use crate::codenode::{Node, Op, Value};
use crate::expand::call_site::CallSite;
use crate::expand::calls::define_specialised;
use crate::expand::erasure::may_start_body;
use crate::expand::findings::Reported;
use crate::expand::hygiene::{AddedImports, resolve_references};
use crate::expand::lineage::DerivedText;
use crate::expand::placement::{Replacement, emit};
use crate::expand::program::Module;
use crate::expand::{Expander, layout};
use crate::residual::Statement;
use crate::source::edit::Edits;

/// What is written for the statement: no text if nothing is left.
pub(crate) fn statement_text(
    cx: &mut Expander<'_>,
    module: &Rc<Module>,
    stmt: &Stmt,
    written: &Written,
    added: &mut AddedImports,
) -> Result<Option<String>, Reported> {
    if written.statements.is_empty() {
        return Ok(None);
    }
    let site = call_site(module, stmt, written.expression);
    let statements = written.statements.clone();
    let replacement = Replacement { statements, ..Replacement::default() };
    let Replacement { statements, .. } =
        resolve_references(&mut cx.hygiene(), site, replacement, added)?;
    define_specialised(cx, module, added);
    let can_encode = |c| module.source.can_encode(c);
    let style = layout::statement_style(module, stmt.range(), cx.width, &can_encode);
    let start = written.range.start();
    // Those among the macros would be lost.
    let lost = TextRange::new(start, written.comments_until.max(start));
    let mut lines: Vec<String> = comments_in(module, lost);
    let is_text = |statement: &Statement| match statement {
        Statement::Do(node) => is_text(node),
        _ => false,
    };
    if statements.first().is_some_and(is_text)
        && may_start_body(&cx.erasure(), module, stmt.range())
    {
        // So that it doesn't become a docstring.
        lines.push("pass".to_owned());
    }
    lines.push(emit::text(&statements, style));
    Ok(Some(lines.join(&format!("{}{}", style.newline, style.indentation))))
}

/// Writes down what has become of a statement.
pub(crate) fn trace_statement(
    cx: &mut Expander<'_>,
    module: &Rc<Module>,
    stmt: &Stmt,
    written: &Written,
    text: Option<&str>,
) {
    let callee = match written.expression {
        Expr::Call(call) => call.func.range(),
        other => other.range(),
    };
    let site = CallSite { range: callee, ..call_site(module, stmt, written.expression) };
    let before = module.slice(written.range).to_owned();
    let after = text.unwrap_or_default().to_owned();
    cx.trace.trace_step(&cx.lineage, site, module.slice(callee), (before, after));
}

/// The module with these edits, each of which stands for the macros at a place in its range;
/// none if that isn't Python.
pub(crate) fn derive_module(
    cx: &mut Expander<'_>,
    module: &Rc<Module>,
    edits: &Edits,
    macros: &[(TextRange, TextRange)],
) -> Option<Rc<Module>> {
    let mut text = DerivedText::default();
    let mut at = TextSize::default();
    for edit in edits.iter() {
        let (start, end) = (edit.range.start().max(at), edit.range.end().max(at));
        let between = TextRange::new(at, start);
        text.copy(module.slice(between), between);
        let own = macros.iter().find(|(range, _)| *range == edit.range);
        match own {
            Some((range, by)) => write_lines(module, &mut text, &edit.text, *range, *by),
            None => text.write(&edit.text, edit.range),
        }
        at = end;
    }
    let rest = TextRange::new(at, TextSize::of(module.text()));
    text.copy(module.slice(rest), rest);
    let (text, origins) = text.into_parts();
    let derived = cx.resolver.project.derived(module, &text)?;
    cx.lineage.add(derived.file, module.file, origins);
    Some(derived)
}

/// Writes what stands for the statement at `range`: its own lines, as far as they can be told, come
/// from where they were, all others from the macros.
fn write_lines(
    module: &Module,
    out: &mut DerivedText,
    text: &str,
    range: TextRange,
    by: TextRange,
) {
    let mut old: HashMap<&str, VecDeque<TextRange>> = HashMap::new();
    let mut line_start = range.start();
    for line in module.slice(range).split_inclusive(['\n', '\r']) {
        let own = trimmed(line, line_start);
        old.entry(module.slice(own)).or_default().push_back(own);
        line_start += TextSize::of(line);
    }
    for line in text.split_inclusive(['\n', '\r']) {
        let own = trimmed(line, TextSize::default());
        let content = &line[own.to_std_range()];
        let known = old.get_mut(content).and_then(VecDeque::pop_front);
        match known.filter(|_| !content.is_empty()) {
            Some(place) => {
                out.write(&line[..own.start().to_usize()], by);
                out.copy(content, place);
                out.write(&line[own.end().to_usize()..], by);
            }
            None => out.write(line, by),
        }
    }
}

/// The line, which starts at `start`, without blanks around it.
fn trimmed(line: &str, start: TextSize) -> TextRange {
    let content = line.trim();
    let before = line.len() - line.trim_start().len();
    let offset = start + TextSize::try_from(before).unwrap_or_default();
    TextRange::at(offset, TextSize::of(content))
}

/// The comments in a part of the text.
pub(crate) fn comments_in(module: &Module, range: TextRange) -> Vec<String> {
    let comments = module.layout().comments_in(range).iter();
    comments.map(|comment| module.slice(*comment).to_owned()).collect()
}

/// Whether the statement is a text by itself.
fn is_text(node: &Node) -> bool {
    let value = match node.op() {
        Op::EXPR => node.args().first(),
        _ => Some(node),
    };
    value.is_some_and(|value| matches!(value.constant(), Some(Value::Str(_))))
}
