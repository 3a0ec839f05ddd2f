//! Takes statements out of the text, with their lines where they have lines of their own.

use rustpython_ast::Stmt;
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use crate::expand::program::Module;
use crate::source::edit::Edits;
use crate::syntax::{blocks, is_text, statements};

/// What goes of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Removal {
    Keep,
    /// What stands in each place becomes this.
    Edits(Vec<(TextRange, String)>),
    Whole,
}

impl From<bool> for Removal {
    /// Whether all of it goes.
    fn from(goes: bool) -> Removal {
        if goes { Removal::Whole } else { Removal::Keep }
    }
}

/// Whose body a statement is in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyOf {
    Module,
    Statement,
}

/// The ranges to delete from a comma-separated list: each item with the comma that goes with it, and
/// one that has lines of its own with these.
pub(crate) fn parts(module: &Module, items: &[TextRange], dead: &[bool]) -> Removal {
    if dead.iter().all(|d| *d) {
        return Removal::from(!dead.is_empty());
    }
    let mut ranges: Vec<TextRange> = Vec::new();
    // The last item, if it stays or shares its line; the first of those that go with what is next.
    let (mut before, mut first): (Option<TextRange>, Option<TextRange>) = (None, None);
    let mut rest = items.iter().zip(dead).peekable();
    while let Some((item, is_dead)) = rest.next() {
        let next = rest.peek().map(|(next, _)| *next);
        let lines = own_lines(module, *item, next).filter(|_| *is_dead);
        let cut = first.filter(|_| !is_dead || lines.is_some());
        let end = lines.map_or(item.start(), |lines| lines.start());
        ranges.extend(cut.map(|first| TextRange::new(first.start(), end)));
        first = first.filter(|_| cut.is_none());
        match (is_dead, lines) {
            (true, Some(lines)) => {
                ranges.push(lines);
                before = None;
            }
            (true, None) => first = first.or(Some(*item)),
            (false, _) => before = Some(*item),
        }
        if next.is_none()
            && let Some(first) = first
        {
            ranges.push(match before {
                Some(before) => TextRange::new(before.end(), item.end()),
                None => TextRange::new(first.start(), after_comma(module, *item)),
            });
        }
    }
    match ranges.is_empty() {
        true => Removal::Keep,
        false => Removal::Edits(ranges.into_iter().map(|range| (range, String::new())).collect()),
    }
}

/// The end of an item, or of the comma behind it.
fn after_comma(module: &Module, item: TextRange) -> TextSize {
    let rest = module.slice(TextRange::new(item.end(), module.source.line_range(item.end()).end()));
    let behind = rest.trim_start();
    match behind.starts_with(',') {
        true => item.end() + TextSize::of(rest) - TextSize::of(behind) + TextSize::of(','),
        false => item.end(),
    }
}

/// The lines that hold nothing but the item, its comma and a comment.
fn own_lines(module: &Module, item: TextRange, next: Option<&TextRange>) -> Option<TextRange> {
    let (source, end) = (&module.source, after_comma(module, item));
    let start = source.line_range(item.start()).start();
    let line = source.full_line_range(end);
    let before = module.slice(TextRange::new(start, item.start()));
    let behind = module.slice(TextRange::new(end, line.end())).trim();
    let is_alone = before.trim().is_empty() && (behind.is_empty() || behind.starts_with('#'));
    // Lines that are joined, or a comma that stands on the next line, belong to two items.
    let above = module.slice(TextRange::up_to(start)).trim_end_matches(['\r', '\n']);
    let is_joined = above.ends_with('\\');
    let is_closed = end > item.end() || next.is_none();
    (is_alone && is_closed && !is_joined).then(|| TextRange::new(start, line.end()))
}

/// Adds the edits for what goes of each statement; `removal` is told whose body it is in.
pub(crate) fn remove(
    module: &Module,
    edits: &mut Edits,
    removal: &mut dyn FnMut(&Stmt, BodyOf) -> Removal,
) {
    let below = statements(&module.syntax).flat_map(blocks);
    let below = below.map(|block| (BodyOf::Statement, block));
    let all = std::iter::once((BodyOf::Module, &*module.syntax.body)).chain(below);
    let mut dead: Vec<TextRange> = Vec::new();
    let mut lines: Vec<TextRange> = Vec::new();
    for (of, block) in all {
        if block.first().is_some_and(|s| dead.iter().any(|d| d.contains_range(s.range()))) {
            continue;
        }
        let removals: Vec<Removal> = block.iter().map(|stmt| removal(stmt, of)).collect();
        for (stmt, removal) in block.iter().zip(&removals) {
            if *removal == Removal::Whole {
                dead.push(stmt.range());
            }
            match removal {
                Removal::Edits(parts) => {
                    parts.iter().for_each(|(range, text)| edits.replace(*range, text.as_str()));
                }
                Removal::Keep | Removal::Whole => {}
            }
        }
        remove_statements(module, (of, block), &removals, (edits, &mut lines));
    }
    for range in runs(module, lines) {
        edits.replace(with_blank_lines(module, range), "");
    }
}

/// Removes whole statements of a block, with their lines where they have lines of their own.
fn remove_statements(
    module: &Module,
    (of, block): (BodyOf, &[Stmt]),
    removals: &[Removal],
    (edits, lines): (&mut Edits, &mut Vec<TextRange>),
) {
    let is_dead = |index: usize| removals.get(index) == Some(&Removal::Whole);
    if of == BodyOf::Statement && (0..block.len()).all(is_dead) {
        // A block can't be empty.
        if let (Some(first), Some(last)) = (block.first(), block.last()) {
            edits.replace(TextRange::new(first.start(), end_of(module, last)), "pass");
        }
        return;
    }
    let first_kept = (0..block.len()).find(|index| !is_dead(*index));
    if let Some(text) = first_kept.filter(|i| *i > 0).and_then(|i| block.get(i))
        && is_text(text)
    {
        // It was no docstring, so it mustn't become one.
        let start = text.start();
        let line = module.source.line_range(start).start();
        let indent = module.slice(TextRange::new(line, start));
        let is_first = indent.trim().is_empty();
        let newline = module.source.newline();
        let gap = if is_first { format!("{newline}{indent}") } else { "; ".to_owned() };
        edits.insert(start, format!("pass{gap}"));
    }
    let mut index = 0;
    while index < block.len() {
        let start = index;
        while is_dead(index) {
            index += 1;
        }
        if index > start {
            remove_run(module, block, start..index, (edits, lines));
        }
        index += 1;
    }
}

/// Removes the statements `run` of `block`.
fn remove_run(
    module: &Module,
    block: &[Stmt],
    run: std::ops::Range<usize>,
    (edits, whole_lines): (&mut Edits, &mut Vec<TextRange>),
) {
    let first = run.start;
    for index in run {
        let stmt = &block[index];
        let source = &module.source;
        let lines = TextRange::new(
            source.line_range(stmt.start()).start(),
            source.full_line_range(end_of(module, stmt)).end(),
        );
        let before = module.slice(TextRange::new(lines.start(), stmt.range().start()));
        let line_end = source.full_line_range(stmt.end()).end();
        let after = module.slice(TextRange::new(stmt.end(), line_end));
        let after = after.trim_start_matches([' ', '\t', '\x0c']);
        let alone = before.trim().is_empty();
        match (alone, after.strip_prefix(';')) {
            (true, None) if after.trim_end().is_empty() || after.starts_with('#') => {
                whole_lines.push(lines);
            }
            // `import a; import b`: up to the next statement.
            (_, Some(rest)) if !rest.trim().is_empty() && !rest.trim_start().starts_with('#') => {
                let end = block.get(index + 1).map_or(stmt.range().end(), |n| n.range().start());
                edits.replace(TextRange::new(stmt.range().start(), end), "");
            }
            // The last of a line: from the end of the one before, if that stays.
            _ => {
                let start = match index.checked_sub(1).map(|i| block[i].range().end()) {
                    Some(end) if end >= lines.start() && index > first => stmt.range().start(),
                    Some(end) if end >= lines.start() => end,
                    _ => stmt.range().start(),
                };
                edits.replace(TextRange::new(start, stmt.range().end()), "");
            }
        }
    }
}

/// The end of a statement, with the comments in its body.
fn end_of(module: &Module, stmt: &Stmt) -> TextSize {
    match stmt {
        Stmt::FunctionDef(_) | Stmt::ClassDef(_) | Stmt::With(_) => {
            module.end_of_lines(stmt.end(), module.source.indentation(stmt.start()))
        }
        _ => stmt.end(),
    }
}

/// The lines in order, those with nothing but blank lines between them made one.
fn runs(module: &Module, mut lines: Vec<TextRange>) -> Vec<TextRange> {
    lines.sort_by_key(|range| range.start());
    let mut runs: Vec<TextRange> = Vec::new();
    for range in lines {
        match runs.last_mut() {
            Some(last)
                if range.start() <= last.end()
                    || is_blank(module.slice(TextRange::new(last.end(), range.start()))) =>
            {
                *last = last.cover(range);
            }
            _ => runs.push(range),
        }
    }
    runs
}

fn is_blank(text: &str) -> bool {
    text.trim_matches([' ', '\t', '\r', '\n', '\x0c']).is_empty()
}

/// The lines, with the smaller of the gaps around them: what is left is the larger one. At the
/// ends of the file their gap goes.
fn with_blank_lines(module: &Module, lines: TextRange) -> TextRange {
    let source = &module.source;
    let mut before = lines.start();
    let mut blank_before = 0;
    while before > TextSize::from(0) {
        let line = source.full_line_range(before - TextSize::from(1));
        if !is_blank(module.slice(line)) {
            break;
        }
        before = line.start();
        blank_before += 1;
    }
    let end = TextSize::of(module.text());
    let mut after = lines.end();
    let mut blank_after = 0;
    while after < end {
        let line = source.full_line_range(after);
        if !is_blank(module.slice(line)) || line.is_empty() {
            break;
        }
        after = line.end();
        blank_after += 1;
    }
    if before == TextSize::from(0) {
        TextRange::new(before, after)
    } else if after >= end || blank_before < blank_after {
        TextRange::new(before, if after >= end { end } else { lines.end() })
    } else if blank_before > 0 {
        TextRange::new(lines.start(), after)
    } else {
        lines
    }
}
