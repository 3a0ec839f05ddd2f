//! What a session remembers: the code of each statement that completed, in order.

use std::collections::{BTreeSet, HashSet};
use std::rc::Rc;

use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use crate::diagnostic::{Finding, Label};
use crate::expand::Module;
use crate::source::FileId;

/// The code of a statement.
pub(super) struct SessionPiece {
    /// What a module with the session's code has of it: definitions of compile time as they were
    /// written, all else expanded.
    pub text: String,
    /// As it was typed; none for what expansion added.
    pub written: Option<String>,
    /// Where the text was typed, if it stands as it was.
    pub place: Option<(FileId, TextSize)>,
    /// The names that it binds.
    pub names: Vec<String>,
    pub kind: PieceRole,
}

/// What a piece of code is for those that come after it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PieceRole {
    /// It only defines something, and isn't needed once all its names mean something else.
    Definition,
    /// It gives its names a meaning.
    Binding,
    Other,
    /// It can't stand in a file, and so has no text: it bound its names, and may have changed
    /// objects.
    Hidden,
    /// It did what its text doesn't tell, or not all of that.
    Obscure,
}

#[derive(Default)]
pub(super) struct SessionMemory {
    pieces: Vec<SessionPiece>,
    /// The code that definitions of compile time leave in the program.
    run: HashSet<String>,
}

impl SessionMemory {
    /// Notes the code that a definition left and that has run.
    pub(super) fn note_run(&mut self, code: Vec<String>) {
        self.run.extend(code);
    }

    /// Whether it was noted that this code has run.
    pub(super) fn has_run(&self, code: &str) -> bool {
        self.run.contains(code)
    }

    pub(super) fn push(&mut self, piece: SessionPiece) {
        if matches!(piece.kind, PieceRole::Definition | PieceRole::Binding) {
            let bound = |name: &String| piece.names.contains(name);
            self.pieces.iter_mut().for_each(|old| {
                let is_over = !old.names.is_empty() && old.names.iter().all(bound);
                if old.kind == PieceRole::Definition && is_over {
                    old.text.clear();
                }
            });
        }
        self.pieces.push(piece);
    }

    /// The session's code as a module that `new` comes after, and where each part of it was typed.
    pub(super) fn module(
        &self,
        separator: &str,
        new: (&str, FileId, TextSize),
    ) -> (String, TypedOrigins) {
        let (mut text, mut origins) = (String::new(), TypedOrigins::default());
        let mut variables = BTreeSet::new();
        for piece in &self.pieces {
            if let Some(place) = piece.place {
                origins.0.push((range(&text, &piece.text), place));
            }
            if !piece.text.is_empty() {
                text.push_str(&piece.text);
                text.push('\n');
            }
            if piece.kind != PieceRole::Definition {
                variables.extend(piece.names.iter().map(String::as_str));
            }
            match piece.kind {
                PieceRole::Obscure => text.push_str(&unsettled(&variables)),
                PieceRole::Hidden => {
                    text.push_str(&unsettled(&piece.names.iter().map(String::as_str).collect()));
                    text.push_str(CHANGES);
                }
                _ => {}
            }
        }
        text.push_str(separator);
        let (new, file, at) = new;
        origins.0.push((range(&text, new), (file, at)));
        text.push_str(new);
        text.push('\n');
        (text, origins)
    }

    /// All that was typed, as a file; what it needs of `prelude` comes first.
    pub(super) fn written(&self, prelude: &str) -> String {
        // The first piece is the prelude.
        let pieces = self.pieces.iter().filter_map(|piece| piece.written.as_deref()).skip(1);
        let text: String = pieces.map(|piece| format!("{piece}\n")).collect();
        let is_used = |name: &&str| {
            let is_name = |c: char| c.is_alphanumeric() || c == '_';
            text.split(|c| !is_name(c)).any(|word| word == *name)
        };
        let Some((head, names)) = prelude.trim_end().split_once(" import ") else { return text };
        let used: Vec<_> = names.split(", ").filter(is_used).collect();
        match used.is_empty() {
            true => text,
            false => format!("{head} import {}\n\n{text}", used.join(", ")),
        }
    }
}

/// A statement that may change objects.
const CHANGES: &str = "(...)()\n";

/// A statement that may give the variables other values, for all that can be read off it: whatever
/// they were defined by before doesn't hold after it.
fn unsettled(variables: &BTreeSet<&str>) -> String {
    match variables.is_empty() {
        true => String::new(),
        false => {
            let names: Vec<_> = variables.iter().map(|name| format!("{name},")).collect();
            format!("for {} in (): pass\n", names.join(" "))
        }
    }
}

/// Where text stands that is to be added.
fn range(before: &str, added: &str) -> TextRange {
    TextRange::at(TextSize::of(before), TextSize::of(added))
}

/// Where the parts of a module made from a session were typed.
#[derive(Default)]
pub(super) struct TypedOrigins(Vec<(TextRange, (FileId, TextSize))>);

impl TypedOrigins {
    /// The finding, with what it says of the module's text said of what was typed.
    pub(super) fn translate(
        &self,
        mut finding: Finding,
        is_module: &dyn Fn(FileId) -> bool,
    ) -> Finding {
        let labels = std::iter::once(&mut finding.primary).chain(&mut finding.secondary);
        for label in labels.filter(|label| is_module(label.file)) {
            self.label(label);
        }
        finding
    }

    fn label(&self, label: &mut Label) {
        let found = self.0.iter().find(|(range, _)| range.contains_range(label.range));
        if let Some((range, (file, start))) = found {
            label.range = label.range - range.start() + *start;
            label.file = *file;
        }
    }
}

/// Where the code of each statement of a module starts: what stands above it belongs to it.
pub(super) fn starts(module: &Rc<Module>) -> Vec<TextSize> {
    let mut starts = vec![TextSize::new(0)];
    for (stmt, next) in module.syntax.body.iter().zip(module.syntax.body.iter().skip(1)) {
        let line_end = module.source.full_line_range(stmt.end()).end();
        starts.push(line_end.min(next.start()));
    }
    starts.push(TextSize::of(module.text()));
    starts
}

/// The code of a statement, with comments, without blank lines around it.
pub(super) fn piece(module: &Module, starts: &[TextSize], index: usize) -> TextRange {
    let (Some(start), Some(end)) = (starts.get(index), starts.get(index + 1)) else {
        return TextRange::default();
    };
    let range = TextRange::new(*start, *end);
    let text = module.slice(range);
    let ends_statement = |c: char| c.is_whitespace() || c == ';';
    let before = text.len() - text.trim_start_matches(['\n', '\r', ' ', '\t', '\x0c']).len();
    let is_shared = module.source.full_line_range(*end).start() != *end;
    let kept = match is_shared {
        true => text.trim_end_matches(ends_statement),
        false => text.trim_end(),
    };
    let size = |length: usize| TextSize::new(u32::try_from(length).unwrap_or(u32::MAX));
    TextRange::new(*start + size(before), *start + size(kept.len().max(before)))
}
