//! Decoding: which encoding a file is in, by CPython's rules, and its text.
//!
//! A UTF-8 byte order mark says UTF-8. So does a comment such as `# -*- coding: latin-1 -*-` in
//! one of the first two lines (PEP 263) for its encoding; the second line counts only if the
//! first holds nothing but blanks and a comment. A file with neither is UTF-8.

use std::fmt;

use rustpython_text_size::{TextRange, TextSize};

use super::charset::{Charset, EncodeError};

const MARK: &[u8] = b"\xef\xbb\xbf";

/// How a file is encoded: the encoding, and whether it starts with a byte order mark.
#[derive(Clone, Copy)]
pub struct Encoding {
    charset: &'static Charset,
    has_mark: bool,
}

impl Encoding {
    /// UTF-8 without a byte order mark.
    pub fn utf8() -> Self {
        let charset = Charset::utf8();
        let has_mark = false;
        Self { charset, has_mark }
    }

    /// Python's name for the encoding, such as `utf_8` or `latin_1`.
    pub fn name(&self) -> &'static str {
        self.charset.name
    }

    /// Whether the file starts with a UTF-8 byte order mark.
    pub fn has_mark(&self) -> bool {
        self.has_mark
    }

    pub(super) fn encode(&self, text: &str) -> Result<Vec<u8>, EncodeError> {
        let mut bytes = self.charset.encode(text)?;
        if self.has_mark {
            bytes.splice(0..0, MARK.iter().copied());
        }
        Ok(bytes)
    }

    pub(super) fn can_encode(&self, character: char) -> bool {
        self.charset.encode(character.encode_utf8(&mut [0; 4])).is_ok()
    }
}

impl fmt::Debug for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.has_mark { " with a mark" } else { "" };
        write!(f, "{}{mark}", self.charset.name)
    }
}

/// A file that can't be read as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// What is wrong, for the user.
    pub message: String,
    /// The offset, in bytes of the file, at which it is wrong, if it is wrong at a place.
    pub offset: Option<usize>,
    /// The file as well as it can be decoded, for showing the error in it.
    pub lossy_text: String,
    /// What to point at, in `lossy_text`.
    pub range: TextRange,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for DecodeError {}

/// The text of a file, without its byte order mark, and its encoding.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Encoding), DecodeError> {
    let body = bytes.strip_prefix(MARK).unwrap_or(bytes);
    let file = File { body, mark: bytes.len() - body.len() };
    if u32::try_from(bytes.len()).is_err() {
        return Err(file.refuse("the file is longer than 4 GiB".into(), None));
    }
    let charset = file.charset()?;
    if let Some(nul) = memchr::memchr(0, body) {
        return Err(file.refuse_at(nul, charset, "source code can't hold NUL bytes".into()));
    }
    let text = charset.decode(body).map_err(|at| {
        let byte = body.get(at).copied().unwrap_or_default();
        let name = charset.name;
        file.refuse_at(at, charset, format!("byte 0x{byte:02x} is not valid {name} here"))
    })?;
    if u32::try_from(text.len()).is_err() {
        return Err(file.refuse("the text is longer than 4 GiB".into(), None));
    }
    file.check_way_back(charset, &text)?;
    let has_mark = file.mark > 0;
    Ok((text, Encoding { charset, has_mark }))
}

/// The bytes of a file on the way to text.
struct File<'a> {
    /// The bytes after the byte order mark.
    body: &'a [u8],
    /// The length of the byte order mark: 3 or 0.
    mark: usize,
}

impl File<'_> {
    fn charset(&self) -> Result<&'static Charset, DecodeError> {
        let Some(cookie) = find_cookie(self.body) else {
            return Ok(Charset::utf8());
        };
        let at = Some((cookie.start, cookie.name.len()));
        let name = canonical(cookie.name);
        if self.mark > 0 && name != "utf-8" {
            let written = cookie.name;
            return Err(self.refuse(
                format!("a file with a UTF-8 byte order mark can't be in the encoding {written}"),
                at,
            ));
        }
        Charset::named(&name)
            .ok_or_else(|| self.refuse(format!("unknown encoding: {}", cookie.name), at))
    }

    /// Nothing may get lost: the text has to encode back to the same bytes.
    fn check_way_back(&self, charset: &'static Charset, text: &str) -> Result<(), DecodeError> {
        let back = match charset.name {
            "utf_8" => return Ok(()),
            _ => charset.encode(text),
        };
        let back = back.unwrap_or_default();
        if back == self.body {
            return Ok(());
        }
        let same = back.iter().zip(self.body).take_while(|(a, b)| a == b).count();
        let name = charset.name;
        let message = format!("these bytes are not how {name} writes their text");
        Err(self.refuse_at(same, charset, message))
    }

    /// The error at one byte of the body, with the text before it decoded properly.
    fn refuse_at(&self, at: usize, charset: &Charset, message: String) -> DecodeError {
        let (head, tail) = self.body.split_at(at.min(self.body.len()));
        let mut lossy_text =
            charset.decode(head).unwrap_or_else(|_| String::from_utf8_lossy(head).into_owned());
        let start = TextSize::of(&lossy_text);
        let tail = String::from_utf8_lossy(tail);
        let width = tail.chars().next().map_or(0, char::len_utf8);
        lossy_text.push_str(&tail);
        DecodeError {
            message,
            offset: Some(self.mark + at),
            range: TextRange::at(start, TextSize::new(width as u32)),
            lossy_text,
        }
    }

    /// The error at a cookie of this start and length in the body, or in the file as a whole.
    fn refuse(&self, message: String, cookie: Option<(usize, usize)>) -> DecodeError {
        let Some((start, length)) = cookie else {
            return DecodeError {
                message,
                offset: None,
                lossy_text: String::new(),
                range: TextRange::default(),
            };
        };
        let (head, tail) = self.body.split_at(start);
        let mut lossy_text = String::from_utf8_lossy(head).into_owned();
        let range = TextRange::at(TextSize::of(&lossy_text), TextSize::new(length as u32));
        lossy_text.push_str(&String::from_utf8_lossy(tail));
        DecodeError { message, offset: Some(self.mark + start), lossy_text, range }
    }
}

/// An encoding as a file names it.
struct Cookie<'a> {
    /// The offset of the name.
    start: usize,
    name: &'a str,
}

/// The cookie in the first two lines, if there is one: in each, the first match of
/// `^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)`.
fn find_cookie(body: &[u8]) -> Option<Cookie<'_>> {
    let mut start = 0;
    for _ in 0..2 {
        let rest = body.get(start..)?;
        let (line, rest) = line_at(rest);
        if let Some(cookie) = cookie_in_line(line) {
            let start = start + cookie.start;
            return Some(Cookie { start, ..cookie });
        }
        // A first line of code ends the search.
        if !matches!(first_ink(line), None | Some((_, b'#'))) {
            return None;
        }
        start += line.len();
        start += match rest {
            [b'\r', b'\n', ..] => 2,
            [_, ..] => 1,
            [] => return None,
        };
    }
    None
}

/// The line that starts here, without its end, and what comes then.
fn line_at(bytes: &[u8]) -> (&[u8], &[u8]) {
    let length = memchr::memchr2(b'\n', b'\r', bytes).unwrap_or(bytes.len());
    bytes.split_at_checked(length).unwrap_or((bytes, &[]))
}

/// The first byte of a line that is not blank, and its offset.
fn first_ink(line: &[u8]) -> Option<(usize, u8)> {
    let mut bytes = line.iter().copied().enumerate();
    bytes.find(|(_, byte)| !b" \t\x0c".contains(byte))
}

fn cookie_in_line(line: &[u8]) -> Option<Cookie<'_>> {
    const KEY: &[u8] = b"coding";
    let (comment, b'#') = first_ink(line)? else {
        return None;
    };
    for found in memchr::memmem::find_iter(line.get(comment..)?, KEY) {
        let after = comment + found + KEY.len();
        let Some([b':' | b'=', value @ ..]) = line.get(after..) else { continue };
        let blanks = value.iter().take_while(|byte| b" \t".contains(byte)).count();
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
        let mut words = value.get(blanks..)?.split(|byte| !is_name(byte));
        // Names are ASCII, so this can't fail.
        let name = str::from_utf8(words.next().unwrap_or_default()).unwrap_or_default();
        if !name.is_empty() {
            let start = after + 1 + blanks;
            return Some(Cookie { start, name });
        }
    }
    None
}

/// CPython's first look at a name, before any codec is looked up: `utf-8-unix` is `utf-8`, and
/// `latin-1-dos` is `iso-8859-1`.
fn canonical(name: &str) -> String {
    let lower = name.to_ascii_lowercase().replace('_', "-");
    let is = |known: &str| {
        let rest = lower.strip_prefix(known);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    if is("utf-8") {
        "utf-8".into()
    } else if ["latin-1", "iso-8859-1", "iso-latin-1"].into_iter().any(is) {
        "iso-8859-1".into()
    } else {
        name.into()
    }
}

/// Whether the first two lines name an encoding that may differ from UTF-8 on valid files, so
/// that bytes such as quotes can't be looked for before the file is decoded.
pub(crate) fn names_other_encoding(bytes: &[u8]) -> bool {
    let body = bytes.strip_prefix(MARK).unwrap_or(bytes);
    let charset = find_cookie(body).map(|cookie| Charset::named(&canonical(cookie.name)));
    match charset {
        None | Some(None) => false,
        Some(Some(charset)) => !matches!(charset.name, "utf_8" | "ascii"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> Result<String, String> {
        match decode(bytes) {
            Ok((text, encoding)) => {
                assert_eq!(encoding.encode(&text).as_deref(), Ok(bytes));
                Ok(text)
            }
            Err(error) => Err(error.message),
        }
    }

    #[test]
    fn cookies_are_found_where_cpython_finds_them() {
        for latin in [
            &b"# coding: latin-1\rx='\xe9'"[..],
            b"\r\n# coding=latin_1-unix\nx='\xe9'",
            b" \x0c# vim: fileencoding=iso8859-1 :\nx='\xe9'",
            b"#!/bin/python\n# coding coding: latin-1\nx='\xe9'",
            b"# \xe9 coding: latin-1\n",
        ] {
            assert!(text(latin).is_ok_and(|text| text.contains('é')), "{latin:?}");
        }
        for utf8 in [
            &b"x = 1\n# coding: latin-1\n'\xe9'"[..],
            b"'''\n# coding: latin-1\n\xe9'''",
            b"\n\n# coding: latin-1\n'\xe9'",
            b"# coding: \n'\xe9'",
        ] {
            assert!(text(utf8).is_err(), "{utf8:?}");
        }
    }

    #[test]
    fn marks_and_cookies_agree() {
        assert_eq!(text(b"\xef\xbb\xbfx").as_deref(), Ok("x"));
        assert!(text(b"\xef\xbb\xbf# coding: utf-8-unix\n").is_ok());
        // CPython refuses this spelling next to a mark, too.
        assert!(text(b"\xef\xbb\xbf# coding: utf8\n").is_err());
        assert!(text(b"\xef\xbb\xbf# coding: latin-1\n").is_err());
    }

    #[test]
    fn errors_point_into_the_lossy_text() {
        for (bytes, offset, marked) in [
            (&b"\xef\xbb\xbf# \xc3\xa9\nx\0y"[..], 9, "\0"),
            (b"x = '\xe9'", 5, "\u{fffd}"),
            (b"# coding: ascii\n#\xe9", 17, "\u{fffd}"),
            (b"# coding: cp1252\n'\xe9\x81'", 19, "\u{fffd}"),
            (b"# coding: klingon\n", 10, "klingon"),
        ] {
            let Err(error) = decode(bytes) else {
                panic!("{bytes:?} is no text");
            };
            assert_eq!(error.offset, Some(offset), "{error:?}");
            assert_eq!(&error.lossy_text[error.range], marked, "{error:?}");
        }
    }

    #[test]
    fn bytes_that_would_change_are_refused() {
        // A second way to write a character that Shift JIS has twice.
        let error = text(b"# coding: cp932\n'\xed\x40'");
        assert!(error.is_err_and(|message| message.contains("cp932")));
    }
}
