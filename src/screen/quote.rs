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
    /// What opens the string whose quotes start at `at`, which holds a quote.
    pub(super) fn of(bytes: &[u8], at: usize) -> Self {
        let byte = bytes[at];
        let quote = match &bytes[at + 1..] {
            [second, third, ..] if *second == byte && *third == byte => Quote::Three(byte),
            _ => Quote::One(byte),
        };
        let is_formatted = match last_word(&bytes[at.saturating_sub(3)..at]) {
            [a] => b"fFtT".contains(a),
            [a, b] => {
                let pair = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
                matches!(pair, (b'f' | b't', b'r') | (b'r', b'f' | b't'))
            }
            _ => false,
        };
        Self { quote, is_formatted }
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
        loop {
            let rest = &bytes[at..];
            let step = match self {
                Self::One(quote) => {
                    rest.iter().position(|&b| b == quote || matches!(b, b'\\' | b'\n' | b'\r'))
                }
                Self::Three(quote) => memchr::memchr2(quote, b'\\', rest),
            };
            let Some(step) = step else {
                return bytes.len();
            };
            at += step;
            match (self, &bytes[at..]) {
                (_, [b'\\', ..]) => at = (at + escape_length(&bytes[at..])).min(bytes.len()),
                (_, rest) if self.closes(rest) => return at + self.width(),
                (Self::One(_), _) => return at,
                (Self::Three(_), _) => at += 1,
            }
        }
    }
}

/// The length of the backslash at the start of `bytes` and what it protects.
pub(super) fn escape_length(bytes: &[u8]) -> usize {
    match bytes {
        [_, b'\r', b'\n', ..] => 3,
        _ => 2,
    }
}
