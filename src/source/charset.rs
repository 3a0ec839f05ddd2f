//! Charsets: the encodings a Python file may name, and the way between bytes and text in each.
//!
//! Names are looked up in one table by Python's rules. UTF-8 and ASCII need no table of
//! characters. The single-byte encodings are made exactly Python's, but for byte 0xCA of cp1255,
//! a Hebrew point that Python lacks. The multi-byte ones of East Asia are `encoding_rs`'s, which
//! differ from Python's in a few dozen symbols (the wave dash of Shift JIS, …). No byte of a file
//! can get lost by that, since `decode` refuses a file that does not encode back to itself.

use std::fmt;

use encoding_rs::{self as rs, DecoderResult, EncoderResult};
use rustpython_text_size::TextSize;

/// A text with a character that the target encoding does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodeError {
    /// The character.
    pub character: char,
    /// Where the character is in the text.
    pub offset: TextSize,
    /// Python's name for the encoding.
    pub encoding: &'static str,
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (character, encoding) = (self.character, self.encoding);
        let code = u32::from(character);
        write!(f, "{character:?} (U+{code:04X}) does not exist in the file's encoding, {encoding}")
    }
}

impl std::error::Error for EncodeError {}

/// A character encoding under Python's name for it.
#[derive(Debug)]
pub(super) struct Charset {
    /// Python's name of the codec.
    pub(super) name: &'static str,
    kind: Coding,
}

#[derive(Debug)]
enum Coding {
    Utf8,
    Ascii,
    Latin1,
    /// A single-byte ISO encoding: bytes 0x80 to 0x9F are the control characters U+0080 to
    /// U+009F, whatever the superset of it that we have says.
    Iso(&'static rs::Encoding),
    /// Any other single-byte encoding: it has no characters U+0080 to U+009F. Where `encoding_rs`
    /// gives them, as the web wants it, Python leaves the byte undefined.
    Page(&'static rs::Encoding),
    /// A multi-byte encoding.
    Multi(&'static rs::Encoding),
}

use Coding::{Ascii, Iso, Latin1, Multi, Page, Utf8};

/// One row an encoding: its kind, Python's name for it, and its aliases, all normalised.
macro_rules! charsets {
    ($($kind:expr => [$name:ident $($alias:tt)*])*) => {
        static CHARSETS: &[(Charset, &[&str])] = &[
            $((Charset { name: stringify!($name), kind: $kind }, &[$(stringify!($alias)),*]),)*
        ];
    };
}

charsets! {
    Utf8 => [utf_8 u8 utf utf8 utf8_ucs2 utf8_ucs4 cp65001 utf_8_sig]
    Ascii => [ascii 646 ansi_x3_4_1968 ansi_x3_4_1986 cp367 csascii ibm367 iso646_us
        iso_646_irv_1991 iso_ir_6 us us_ascii]
    Latin1 => [latin_1 8859 cp819 csisolatin1 ibm819 iso8859 iso8859_1 iso_8859_1 iso_8859_1_1987
        iso_ir_100 l1 latin latin1]
    Iso(rs::ISO_8859_2) => [iso8859_2 csisolatin2 iso_8859_2 iso_8859_2_1987 iso_ir_101 l2 latin2]
    Iso(rs::ISO_8859_3) => [iso8859_3 csisolatin3 iso_8859_3 iso_8859_3_1988 iso_ir_109 l3 latin3]
    Iso(rs::ISO_8859_4) => [iso8859_4 csisolatin4 iso_8859_4 iso_8859_4_1988 iso_ir_110 l4 latin4]
    Iso(rs::ISO_8859_5) => [iso8859_5 csisolatincyrillic cyrillic iso_8859_5 iso_8859_5_1988
        iso_ir_144]
    Iso(rs::ISO_8859_6) => [iso8859_6 arabic asmo_708 csisolatinarabic ecma_114 iso_8859_6
        iso_8859_6_1987 iso_ir_127]
    Iso(rs::ISO_8859_7) => [iso8859_7 csisolatingreek ecma_118 elot_928 greek greek8 iso_8859_7
        iso_8859_7_1987 iso_ir_126]
    Iso(rs::ISO_8859_8) => [iso8859_8 csisolatinhebrew hebrew iso_8859_8 iso_8859_8_1988 iso_ir_138]
    Iso(rs::WINDOWS_1254) => [iso8859_9 csisolatin5 iso_8859_9 iso_8859_9_1989 iso_ir_148 l5 latin5]
    Iso(rs::ISO_8859_10) => [iso8859_10 csisolatin6 iso_8859_10 iso_8859_10_1992 iso_ir_157 l6
        latin6]
    Iso(rs::WINDOWS_874) => [iso8859_11 thai iso_8859_11 iso_8859_11_2001]
    Iso(rs::ISO_8859_13) => [iso8859_13 iso_8859_13 l7 latin7]
    Iso(rs::ISO_8859_14) => [iso8859_14 iso_8859_14 iso_8859_14_1998 iso_celtic iso_ir_199 l8
        latin8]
    Iso(rs::ISO_8859_15) => [iso8859_15 iso_8859_15 l9 latin9]
    Iso(rs::ISO_8859_16) => [iso8859_16 iso_8859_16 iso_8859_16_2001 iso_ir_226 l10 latin10]
    Page(rs::WINDOWS_874) => [cp874]
    Page(rs::WINDOWS_1250) => [cp1250 1250 windows_1250]
    Page(rs::WINDOWS_1251) => [cp1251 1251 windows_1251]
    Page(rs::WINDOWS_1252) => [cp1252 1252 windows_1252]
    Page(rs::WINDOWS_1253) => [cp1253 1253 windows_1253]
    Page(rs::WINDOWS_1254) => [cp1254 1254 windows_1254]
    Page(rs::WINDOWS_1255) => [cp1255 1255 windows_1255]
    Page(rs::WINDOWS_1256) => [cp1256 1256 windows_1256]
    Page(rs::WINDOWS_1257) => [cp1257 1257 windows_1257]
    Page(rs::WINDOWS_1258) => [cp1258 1258 windows_1258]
    Page(rs::IBM866) => [cp866 866 csibm866 ibm866]
    Page(rs::KOI8_R) => [koi8_r cskoi8r]
    Page(rs::MACINTOSH) => [mac_roman macintosh macroman]
    Page(rs::X_MAC_CYRILLIC) => [mac_cyrillic maccyrillic]
    Multi(rs::SHIFT_JIS) => [shift_jis csshiftjis shiftjis sjis s_jis x_mac_japanese]
    Multi(rs::SHIFT_JIS) => [cp932 932 ms932 mskanji ms_kanji windows_31j]
    Multi(rs::EUC_JP) => [euc_jp eucjp ujis u_jis]
    Multi(rs::ISO_2022_JP) => [iso2022_jp csiso2022jp iso2022jp iso_2022_jp]
    Multi(rs::GBK) => [gbk 936 cp936 ms936]
    Multi(rs::GBK) => [gb2312 chinese csiso58gb231280 euc_cn euccn eucgb2312_cn gb2312_1980
        gb2312_80 iso_ir_58 x_mac_simp_chinese]
    Multi(rs::GB18030) => [gb18030 gb18030_2000]
    Multi(rs::BIG5) => [big5 big5_tw csbig5 x_mac_trad_chinese]
    Multi(rs::BIG5) => [cp950 950 ms950]
    Multi(rs::EUC_KR) => [euc_kr euckr korean ksc5601 ks_c_5601 ks_c_5601_1987 ksx1001 ks_x_1001
        x_mac_korean]
    Multi(rs::EUC_KR) => [cp949 949 ms949 uhc]
}

impl Charset {
    /// The encoding of a file that doesn't name one.
    #[allow(clippy::indexing_slicing, reason = "the table begins with it")]
    pub(super) fn utf8() -> &'static Self {
        &CHARSETS[0].0
    }

    /// The encoding that Python means by `name`, if it is one of ours.
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        let name = normalise(name);
        let found = CHARSETS
            .iter()
            .find(|(charset, aliases)| charset.name == name || aliases.contains(&name.as_str()));
        found.map(|(charset, _)| charset)
    }

    /// Decodes bytes that hold no byte order mark, or gives the offset of the first byte that
    /// means nothing.
    pub(super) fn decode(&self, bytes: &[u8]) -> Result<String, usize> {
        match self.kind {
            Utf8 => match str::from_utf8(bytes) {
                Ok(text) => Ok(text.to_owned()),
                Err(error) => Err(error.valid_up_to()),
            },
            Multi(encoding) => decode_multi(encoding, bytes),
            _ => {
                let high = self.high_half();
                let character = |(at, &byte): (usize, &u8)| match byte {
                    0..0x80 => Ok(char::from(byte)),
                    0x80.. => high.get(usize::from(byte - 0x80)).copied().flatten().ok_or(at),
                };
                bytes.iter().enumerate().map(character).collect()
            }
        }
    }

    /// Encodes a text, without a byte order mark.
    pub(super) fn encode(&self, text: &str) -> Result<Vec<u8>, EncodeError> {
        let missing = |offset: usize, character| EncodeError {
            character,
            offset: TextSize::new(offset as u32),
            encoding: self.name,
        };
        match self.kind {
            Utf8 => Ok(text.as_bytes().to_vec()),
            Multi(encoding) => encode_multi(encoding, text).map_err(|(at, c)| missing(at, c)),
            _ => {
                let high = self.high_half();
                let byte = |(at, c): (usize, char)| match c {
                    '\0'..'\u{80}' => Ok(c as u8),
                    _ => match high.iter().position(|&other| other == Some(c)) {
                        Some(index) => Ok(0x80 + index as u8),
                        None => Err(missing(at, c)),
                    },
                };
                text.char_indices().map(byte).collect()
            }
        }
    }

    /// The characters of the bytes from 0x80 on in a single-byte encoding; no characters at all
    /// for the others.
    fn high_half(&self) -> [Option<char>; 128] {
        let control = |byte: u8| (0x80..0xA0).contains(&byte).then_some(char::from(byte));
        let in_table = |encoding: &'static rs::Encoding, byte: u8| {
            let byte = [byte];
            let text = encoding.decode_without_bom_handling_and_without_replacement(&byte)?;
            text.chars().next()
        };
        std::array::from_fn(|index| {
            let byte = 0x80 + index as u8;
            match self.kind {
                Latin1 => Some(char::from(byte)),
                Iso(encoding) => control(byte).or_else(|| in_table(encoding, byte)),
                Page(encoding) => {
                    in_table(encoding, byte).filter(|c| !('\u{80}'..'\u{A0}').contains(c))
                }
                Utf8 | Ascii | Multi(_) => None,
            }
        })
    }
}

/// `Latin-1` as `latin_1`: lower case, each run of punctuation one underscore.
fn normalise(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("_").to_ascii_lowercase()
}

fn decode_multi(encoding: &'static rs::Encoding, bytes: &[u8]) -> Result<String, usize> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    let mut read = 0;
    loop {
        let rest = bytes.get(read..).unwrap_or_default();
        // Nothing is the answer only for lengths that overflow; then grow step by step.
        let room = decoder.max_utf8_buffer_length_without_replacement(rest.len());
        text.reserve(room.unwrap_or(rest.len()).max(16));
        let (result, more) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        read += more;
        match result {
            DecoderResult::InputEmpty => return Ok(text),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(length, after) => {
                return Err(read.saturating_sub(usize::from(length) + usize::from(after)));
            }
        }
    }
}

fn encode_multi(encoding: &'static rs::Encoding, text: &str) -> Result<Vec<u8>, (usize, char)> {
    let mut encoder = encoding.new_encoder();
    let mut bytes = Vec::new();
    let mut read = 0;
    loop {
        let rest = text.get(read..).unwrap_or_default();
        let room = encoder.max_buffer_length_from_utf8_without_replacement(rest.len());
        bytes.reserve(room.unwrap_or(rest.len()).max(16));
        let (result, more) =
            encoder.encode_from_utf8_to_vec_without_replacement(rest, &mut bytes, true);
        read += more;
        match result {
            EncoderResult::InputEmpty => return Ok(bytes),
            EncoderResult::OutputFull => {}
            EncoderResult::Unmappable(character) => {
                return Err((read.saturating_sub(character.len_utf8()), character));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_pythons() {
        for (name, codec) in [
            ("UTF-8", "utf_8"),
            ("utf8", "utf_8"),
            ("Latin_1", "latin_1"),
            ("ISO-8859-15", "iso8859_15"),
            ("iso8859-15", "iso8859_15"),
            ("windows-1252", "cp1252"),
            ("koi8-r", "koi8_r"),
            ("Shift_JIS", "shift_jis"),
            ("euc-jp", "euc_jp"),
        ] {
            assert_eq!(Charset::named(name).map(|c| c.name), Some(codec), "{name}");
        }
        assert!(Charset::named("cp437").is_none());
    }

    #[test]
    fn every_single_byte_text_comes_back() {
        for (charset, _) in CHARSETS {
            for (index, character) in charset.high_half().into_iter().enumerate() {
                let Some(character) = character else { continue };
                let byte = 0x80 + index as u8;
                let bytes = charset.encode(&character.to_string());
                assert_eq!(bytes, Ok(vec![byte]), "{} {byte:#x}", charset.name);
            }
        }
    }

    #[test]
    fn what_an_encoding_lacks_is_named() -> Result<(), EncodeError> {
        for name in ["ascii", "latin-1", "cp932"] {
            let charset = Charset::named(name).unwrap_or(Charset::utf8());
            let Err(error) = charset.encode("ab\u{1F40D}c") else {
                panic!("{name} has no snake");
            };
            assert_eq!((error.character, error.offset), ('\u{1F40D}', 2.into()));
        }
        let sjis = Charset::named("shift_jis").unwrap_or(Charset::utf8());
        assert_eq!(sjis.decode(b"a\x95\x5c"), Ok("a表".into()));
        assert_eq!(sjis.encode("a表")?, b"a\x95\x5c");
        assert_eq!(sjis.decode(b"ab\xfd"), Err(2));
        Ok(())
    }
}
