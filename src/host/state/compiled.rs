//! The texts that code was compiled from, and the tables to which that code refers by number.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use rustpython_source_file::SourceLocation;
use rustpython_text_size::{TextRange, TextSize};

use crate::codenode::Loc;
use crate::source::{FileId, Source};
use crate::staging::Tables;

/// Texts by the path under which their code was compiled, and what staging wrote down of them.
#[derive(Default)]
pub(in crate::host) struct Compiled {
    pub tables: Tables,
    /// The installed modules that were imported.
    pub modules: Vec<String>,
    texts: HashMap<String, (FileId, Rc<Source>)>,
}

thread_local! {
    static COMPILED: RefCell<Compiled> = RefCell::default();
}

/// Gives access to the state of this thread. `f` must not run Python code.
pub(in crate::host) fn with<R>(f: impl FnOnce(&mut Compiled) -> R) -> R {
    COMPILED.with_borrow_mut(f)
}

/// Starts afresh.
pub(in crate::host) fn renew() -> Compiled {
    COMPILED.take()
}

impl Compiled {
    /// Adds a text, whose code is compiled under the name of its file. Other texts of that name
    /// have a number besides.
    pub(crate) fn add(&mut self, file: FileId, source: Rc<Source>) {
        if self.path(file).is_some() {
            return;
        }
        let name = source.name();
        let numbered = (2..).map(|number: u32| format!("{name}#{number}"));
        let mut paths = std::iter::once(name.to_owned()).chain(numbered);
        let free = paths.find(|path| !self.texts.contains_key(path));
        // There are more numbers than texts.
        let path = free.unwrap_or_default();
        self.texts.insert(path, (file, source));
    }

    /// Adds a text under its own name, in place of one that has it; tells whether it is the first.
    pub(crate) fn set(&mut self, file: FileId, source: &Rc<Source>) -> bool {
        self.texts.insert(source.name().to_owned(), (file, source.clone())).is_none()
    }

    /// The path under which the code of a file is compiled.
    pub(crate) fn path(&self, file: FileId) -> Option<&str> {
        let (path, _) = self.texts.iter().find(|(_, (known, _))| *known == file)?;
        Some(path)
    }

    /// The file whose code has this path.
    pub(crate) fn file(&self, path: &str) -> Option<FileId> {
        self.texts.get(path).map(|(file, _)| *file)
    }

    pub(crate) fn source(&self, file: FileId) -> Option<&Rc<Source>> {
        self.texts.values().find(|(id, _)| *id == file).map(|(_, source)| source)
    }

    /// The place between two locations of the interpreter: lines from 1, UTF-8 columns from 1.
    pub(crate) fn loc(
        &self,
        file: FileId,
        start: SourceLocation,
        end: SourceLocation,
    ) -> Option<Loc> {
        let source = self.source(file)?;
        let offset = |at: SourceLocation| {
            let line = source.lines().start(at.line.to_zero_indexed());
            let column = u32::try_from(at.character_offset.to_zero_indexed()).ok()?;
            Some(line + TextSize::from(column))
        };
        let (start, end) = (offset(start)?, offset(end)?);
        (start <= end).then(|| Loc { file, range: TextRange::new(start, end) })
    }

    /// Whether code at `loc` stands in a block that would catch the program's exceptions.
    pub(crate) fn is_guarded(&self, loc: Loc) -> bool {
        let inside = |(file, range): &(FileId, TextRange)| {
            *file == loc.file && range.contains_range(loc.range)
        };
        self.tables.guarded.iter().any(inside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_one_name_are_told_apart() {
        let mut compiled = Compiled::default();
        let sources = crate::source::Sources::new();
        let mut paths = Vec::new();
        for text in ["x", "yy", "x"] {
            let source = Rc::new(Source::from_text("a.py", text));
            let file = sources.add(Source::from_text("a.py", text));
            compiled.add(file, source.clone());
            compiled.add(file, source);
            paths.push(compiled.path(file).map(str::to_owned));
        }
        assert_eq!(paths.iter().flatten().collect::<Vec<_>>(), ["a.py", "a.py#2", "a.py#3"]);
        assert_eq!(
            compiled.file("a.py#2").and_then(|f| compiled.source(f)).map(|s| s.text().len()),
            Some(2)
        );
    }
}
