//! Source files: text, encoding, lines, and the list of edits that turns one text into the next.
//!
//! A file is decoded once, by CPython's rules, into a [`Source`]; every later floor speaks of it
//! in byte offsets into the decoded UTF-8 text (`TextSize`, `TextRange`). Output is made by
//! splicing [`edit::Edits`] into that text and encoding it back, so whatever isn't edited comes
//! out byte for byte as it went in.
//!
//! Absent here: reading and writing files, and anything about Python beyond its encoding cookie
//! and its line endings.

mod lines;

mod charset;

mod decode;

pub(crate) mod edit;

use std::cell::{OnceCell, RefCell};
use std::fmt;
use std::rc::Rc;

use rustpython_text_size::{TextRange, TextSize};

pub use charset::EncodeError;
pub(crate) use decode::names_other_encoding;
pub use decode::{DecodeError, Encoding};
pub use lines::LineColumn;
pub(crate) use lines::LineIndex;

/// The number of a file in a [`Sources`] table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// An append-only table of the files of one run; an id stays valid for as long as the table.
#[derive(Debug, Default)]
pub struct Sources {
    files: RefCell<Vec<Rc<Source>>>,
}

impl Sources {
    /// A table without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file and returns its id.
    pub fn add(&self, source: Source) -> FileId {
        let mut files = self.files.borrow_mut();
        // A table of 2³² files would not fit into memory, so the cast loses nothing.
        let id = FileId(files.len() as u32);
        files.push(Rc::new(source));
        id
    }

    /// The file with this id.
    ///
    /// # Panics
    ///
    /// If the id was not given out by this table.
    #[allow(clippy::indexing_slicing, reason = "an id of another table is a caller's bug")]
    pub fn get(&self, id: FileId) -> Rc<Source> {
        self.files.borrow()[id.0 as usize].clone()
    }

    /// The file with this id, or nothing if the id belongs to another table.
    pub fn find(&self, id: FileId) -> Option<Rc<Source>> {
        self.files.borrow().get(id.0 as usize).cloned()
    }
}

/// One decoded file.
pub struct Source {
    name: String,
    text: String,
    encoding: Encoding,
    /// Built by the first question about lines; most files are never asked one.
    lines: OnceCell<LineIndex>,
}

impl Source {
    /// A UTF-8 file without a byte order mark that holds `text`.
    ///
    /// Besides text typed in a prompt and tests, this is for the stand-in text of a
    /// [`DecodeError`], so that the error can be shown in its file.
    pub fn from_text(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self::new(name.into(), text.into(), Encoding::utf8())
    }

    /// Decodes the bytes of a file as CPython would: a UTF-8 byte order mark, a PEP 263 cookie in
    /// the first two lines, UTF-8 otherwise. `name` is the path as the user should see it.
    ///
    /// # Errors
    ///
    /// If CPython would refuse the file (unknown encoding, bytes that don't belong to it, a mark
    /// and a cookie that disagree, a NUL byte), if the encoding isn't one this tool knows, if the
    /// text does not encode back to the same bytes, or if it is longer than 4 GiB.
    pub fn decode(name: impl Into<String>, bytes: &[u8]) -> Result<Self, DecodeError> {
        let (text, encoding) = decode::decode(bytes)?;
        Ok(Self::new(name.into(), text, encoding))
    }

    /// A file with the same name and encoding that holds `text`.
    pub fn with_text(&self, text: impl Into<String>) -> Self {
        Self::new(self.name.clone(), text.into(), self.encoding)
    }

    fn new(name: String, text: String, encoding: Encoding) -> Self {
        Self { name, text, encoding, lines: OnceCell::new() }
    }

    /// The path as the user should see it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The decoded text: no byte order mark, line endings as in the file.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the file was encoded in.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Encodes `text` as this file is encoded, byte order mark included.
    ///
    /// # Errors
    ///
    /// If the text has a character that the file's encoding has not.
    pub fn encode(&self, text: &str) -> Result<Vec<u8>, EncodeError> {
        self.encoding.encode(text)
    }

    /// Whether the file's encoding has this character.
    pub fn can_encode(&self, character: char) -> bool {
        self.encoding.can_encode(character)
    }

    /// Where the lines of the text start.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// The file's most frequent line ending: `"\n"`, `"\r\n"` or `"\r"`; `"\n"` if it has none.
    pub fn newline(&self) -> &'static str {
        self.lines().newline()
    }

    /// The line and column of an offset. An offset past the end counts as the end, one inside a
    /// character as the start of the character.
    pub fn line_column(&self, offset: TextSize) -> LineColumn {
        self.lines().line_column(&self.text, offset)
    }

    /// The offset of a line and column; the nearest one on the line, or the end of the text, if
    /// there is no such place.
    pub fn offset_of(&self, place: LineColumn) -> TextSize {
        self.lines().offset_of(&self.text, place)
    }

    /// The range of the line that holds `offset`, without its line ending.
    pub fn line_range(&self, offset: TextSize) -> TextRange {
        let full = self.full_line_range(offset);
        let line = self.slice(full);
        let bare = line.strip_suffix('\n').unwrap_or(line);
        let bare = bare.strip_suffix('\r').unwrap_or(bare);
        TextRange::at(full.start(), TextSize::of(bare))
    }

    /// The range of the line that holds `offset`, with its line ending if it has one.
    pub fn full_line_range(&self, offset: TextSize) -> TextRange {
        let lines = self.lines();
        lines.range(lines.line_of(offset))
    }

    fn slice(&self, range: TextRange) -> &str {
        self.text.get(range.to_std_range()).unwrap_or_default()
    }

    /// The leading white space (spaces, tabs, form feeds) of the line that holds `offset`.
    pub fn indentation(&self, offset: TextSize) -> &str {
        let line = self.slice(self.line_range(offset));
        let ink = line.find(|c| !matches!(c, ' ' | '\t' | '\x0c')).unwrap_or(line.len());
        line.get(..ink).unwrap_or_default()
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source")
            .field("name", &self.name)
            .field("encoding", &self.encoding)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_source() {
        let source = Source::from_text("a.py", "if x:\r\n\t\x0c y = 'é'\r\n");
        assert_eq!(source.newline(), "\r\n");
        assert_eq!(source.indentation(TextSize::new(12)), "\t\x0c ");
        assert_eq!(source.line_range(TextSize::new(0)), TextRange::up_to(5.into()));
        assert_eq!(source.full_line_range(TextSize::new(6)), TextRange::up_to(7.into()));
        assert_eq!(source.indentation(TextSize::new(99)), "");
    }

    #[test]
    fn a_table_gives_back_what_it_got() {
        let sources = Sources::new();
        let first = sources.add(Source::from_text("a.py", "a"));
        let second = sources.add(Source::from_text("b.py", "b"));
        assert_eq!(sources.get(first).text(), "a");
        assert_eq!(sources.get(second).name(), "b.py");
        assert!(sources.find(FileId(2)).is_none());
    }
}
