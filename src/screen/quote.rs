//! Quotes: what opens a string, and where a plain string ends.

use crate::screen::candidate::last_word;

/// The quotes of a string.
#[derive(Clone, Copy)]
pub(super) enum Quote {
    /// `'` or `"`.
    One(u8),
    /// Three of them.
    Three(u8),
}

/// The prefix and quotes that open a string.
pub(super) struct Opening {
    pub(super) quote: Quote,
    /// Whether it is an f-string or t-string.
    pub(super) is_formatted: bool,
}

impl Opening {
    /// What opens the string whose quotes start at `at`.
    pub(super) fn of(bytes: &[u8], at: usize) -> Option<Self> {
        let (before, quotes) = bytes.split_at_checked(at)?;
        let quote = match quotes {
            [byte, second, third, ..] if second == byte && third == byte => Quote::Three(*byte),
            [byte, ..] => Quote::One(*byte),
            [] => return None,
        };
        let is_formatted =
            match last_word(before.last_chunk::<3>().map_or(before, |last| last.as_slice())) {
                [a] => b"fFtT".contains(a),
                [a, b] => {
                    let pair = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
                    matches!(pair, (b'f' | b't', b'r') | (b'r', b'f' | b't'))
                }
                _ => false,
            };
        Some(Self { quote, is_formatted })
    }
}

impl Quote {
    /// The number of bytes of the quotes.
    pub(super) fn width(self) -> usize {
        match self {
            Self::One(_) => 1,
            Self::Three(_) => 3,
        }
    }

    /// Whether these quotes start `bytes`.
    pub(super) fn closes(self, bytes: &[u8]) -> bool {
        match self {
            Self::One(quote) => bytes.first() == Some(&quote),
            Self::Three(quote) => bytes.starts_with(&[quote; 3]),
        }
    }

    /// The length, with the closing quotes, of the plain string whose inside starts `bytes`. A
    /// backslash before a quote saves it from being the end even in raw strings. A string that
    /// isn't closed ends with its line, or with the file if it has three quotes.
    pub(super) fn plain_length(self, bytes: &[u8]) -> usize {
        let mut at = 0;
        while let Some(rest) = bytes.get(at..) {
            let step = match self {
                Self::One(quote) => {
                    rest.iter().position(|&b| b == quote || matches!(b, b'\\' | b'\n' | b'\r'))
                }
                Self::Three(quote) => memchr::memchr2(quote, b'\\', rest),
            };
            let Some(rest) = step.and_then(|step| rest.get(step..)) else { break };
            at = bytes.len() - rest.len();
            match (self, rest) {
                (_, [b'\\', ..]) => at += escape_length(rest),
                (_, rest) if self.closes(rest) => return at + self.width(),
                (Self::One(_), _) => return at,
                (Self::Three(_), _) => at += 1,
            }
        }
        bytes.len()
    }
}

/// The length of the backslash at the start of `bytes` and what it protects.
pub(super) fn escape_length(bytes: &[u8]) -> usize {
    match bytes {
        [_, b'\r', b'\n', ..] => 3,
        _ => 2,
    }
}
