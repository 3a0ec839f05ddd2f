//! Macros among the decorators that don't take the code of a definition: they are plain functions,
//! to be called with the function or class (language.md §1).
//!
//! ```text
//! @m                  def f(): ...
//! def f(): ...        f = m(f)            where nothing stands above it
//!
//! @a                  @a
//! @m                  @lambda f: m(f)
//! def f(): ...        def f(): ...
//! ```

use rustpython_ast::{Decorator, Stmt};
use rustpython_text_size::{Ranged as _, TextRange};

use super::definition::{end_of_statement, name_of, start_without};
use super::sites::Role;
use super::writing::comments_in;
use crate::expand::program::Module;
use crate::source::edit::Edits;

/// Writes the calls of macros that their decorators stand for; gives the ranges of the edits, each
/// with the macro that it is due to.
pub(crate) fn write_plainly(
    module: &Module,
    stmt: &Stmt,
    (decorators, roles): (&[Decorator], &[Role]),
    edits: &mut Edits,
) -> Vec<(TextRange, TextRange)> {
    let Some(name) = name_of(stmt).map(|name| name.as_str()) else { return Vec::new() };
    let is_plain = |role: &&Role| matches!(role, Role::Plain);
    let above = roles.iter().take_while(is_plain).count();
    let mut written = Vec::new();
    if let (Some(first), Some(last)) = (decorators.first(), decorators[..above].last())
        && let Some(start) = start_without(module, stmt, &decorators[above..])
    {
        let (newline, source) = (module.source.newline(), &module.source);
        let indentation = source.indentation(stmt.start());
        let line = format!("{newline}{indentation}");
        let range = TextRange::new(first.start(), start);
        let comments: String =
            comments_in(module, range).into_iter().map(|comment| comment + &line).collect();
        edits.replace(range, comments);
        let end = end_of_statement(module, stmt);
        let gap = if indentation.is_empty() { newline.repeat(2) } else { newline.to_owned() };
        let calls = decorators[..above].iter().rev().map(|decorator| {
            let callee = module.slice(decorator.expression.range());
            format!("{line}{name} = {callee}({name})")
        });
        edits.insert(end, format!("{gap}{}", calls.collect::<String>()));
        written.push((TextRange::empty(end), last.expression.range()));
    }
    for (decorator, _) in decorators.iter().zip(roles).skip(above).filter(|(_, r)| is_plain(r)) {
        let range = decorator.expression.range();
        let callee = module.slice(range);
        edits.replace(range, format!("lambda {name}: {callee}({name})"));
        written.push((range, range));
    }
    written
}
