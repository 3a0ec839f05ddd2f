//! Lines: where each one starts, and the way between offsets and lines with columns.
//!
//! A line ends at `\n`, `\r\n` or `\r`, as for Python's tokenizer, and at nothing else: a form
//! feed or a Unicode line separator is a character of its line.

use rustpython_text_size::{TextRange, TextSize};

/// A place as people name it: both numbers count from 1, and columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// The number of the line, from 1.
    pub line: u32,
    /// The number of the character in its line, from 1.
    pub column: u32,
}

/// The starts of the lines of one text.
#[derive(Debug)]
pub struct LineIndex {
    /// Offset of the first byte of each line; the first is 0. A text that ends with a line ending
    /// has an empty last line.
    starts: Vec<TextSize>,
    end: TextSize,
    newline: &'static str,
}

impl LineIndex {
    /// Finds the lines of `text`, which must be shorter than 4 GiB (a decoded file always is).
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![TextSize::new(0)];
        let [mut lf, mut crlf, mut cr] = [0usize; 3];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let (before, after) = bytes.split_at_checked(at).unwrap_or_default();
            let count = match (before, after) {
                // The `\n` of the pair ends the line.
                (_, [b'\r', b'\n', ..]) => continue,
                (_, [b'\r', ..]) => &mut cr,
                ([.., b'\r'], _) => &mut crlf,
                _ => &mut lf,
            };
            *count += 1;
            starts.push(TextSize::new(at as u32 + 1));
        }
        let newline = match () {
            () if crlf > lf && crlf >= cr => "\r\n",
            () if cr > lf => "\r",
            () => "\n",
        };
        Self { starts, end: TextSize::of(text), newline }
    }

    /// The number of lines; at least 1.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The most frequent line ending.
    pub fn newline(&self) -> &'static str {
        self.newline
    }

    /// The index, from 0, of the line that holds `offset`; the last line for offsets past the end.
    pub fn line_of(&self, offset: TextSize) -> usize {
        // The first start is 0, so at least one start is not past the offset.
        self.starts.partition_point(|&start| start <= offset) - 1
    }

    /// The offset at which the line with this index (from 0) starts; the end of the text if there
    /// is no such line.
    pub fn start(&self, line: usize) -> TextSize {
        self.starts.get(line).copied().unwrap_or(self.end)
    }

    /// The range of the line with this index (from 0), line ending included; empty at the end of
    /// the text if there is no such line.
    pub fn range(&self, line: usize) -> TextRange {
        TextRange::new(self.start(line), self.start(line.saturating_add(1)))
    }

    /// The line and column of an offset into `text`, the text this index was made from.
    pub fn line_column(&self, text: &str, offset: TextSize) -> LineColumn {
        let line = self.line_of(offset);
        let start = self.start(line).to_usize();
        let end = text.floor_char_boundary(offset.to_usize());
        // An offset on a boundary at or after the line's start; `get` covers a foreign text.
        let column = text.get(start..end).map_or(0, |head| head.chars().count());
        LineColumn { line: line as u32 + 1, column: column as u32 + 1 }
    }

    /// The offset of a place in `text`, the text this index was made from. A column past the end
    /// of its line counts as the end of the line, a line past the last as the end of the text.
    pub fn offset_of(&self, text: &str, place: LineColumn) -> TextSize {
        let range = self.range(place.line.saturating_sub(1) as usize);
        let line = text.get(range.start().to_usize()..range.end().to_usize());
        let line = line.unwrap_or("").trim_end_matches(['\r', '\n']);
        let column = place.column.saturating_sub(1) as usize;
        let inside = line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
        range.start() + TextSize::new(inside as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(text: &str) -> Vec<u32> {
        LineIndex::new(text).starts.iter().map(TextSize::to_u32).collect()
    }

    #[test]
    fn lines_end_where_python_says() {
        assert_eq!(starts(""), [0]);
        assert_eq!(starts("a\nb\r\nc\rd"), [0, 2, 5, 7]);
        assert_eq!(starts("a\x0cb\u{2028}c\x0b\n"), [0, 9]);
        assert_eq!(starts("\r\r\n\n"), [0, 1, 3, 4]);
    }

    #[test]
    fn the_dominant_line_ending() {
        for (text, newline) in
            [("", "\n"), ("a\r\nb\r\nc\n", "\r\n"), ("a\rb", "\r"), ("a\nb\r\n", "\n")]
        {
            assert_eq!(LineIndex::new(text).newline(), newline, "{text:?}");
        }
    }

    #[test]
    fn places_and_offsets_agree() {
        let text = "é = 1\r\n日本 = 2\r\rx";
        let index = LineIndex::new(text);
        for (offset, _) in text.char_indices() {
            let offset = TextSize::new(offset as u32);
            let place = index.line_column(text, offset);
            let line_end = matches!(text.as_bytes()[offset.to_usize()], b'\r' | b'\n');
            if !line_end {
                assert_eq!(index.offset_of(text, place), offset);
            }
        }
        let place = index.line_column(text, TextSize::new(11));
        assert_eq!(place, LineColumn { line: 2, column: 2 });
        assert_eq!(index.line_column(text, TextSize::new(500)).line, 4);
        let nowhere = LineColumn { line: 9, column: 9 };
        assert_eq!(index.offset_of(text, nowhere), TextSize::of(text));
    }
}
