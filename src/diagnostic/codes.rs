//! The registry of codes: one row a code, and a page of the book for each row.
//!
//! Codes are stable: a code keeps its meaning for ever, and one that is no longer used is not
//! given to something else. The first digit tells the area: 1 reading files, 2 names, 3 macros
//! at work, 4 limits, 5 warnings of macro authors, 6 their notes.

use std::fmt;
use std::str::FromStr;

use super::spelling::near;

/// How bad a finding is; worse is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// For information.
    Note,
    /// The output is written, but may not be what was meant.
    Warning,
    /// The file has no output.
    Error,
}

macro_rules! codes {
    ($($name:ident $id:ident $severity:ident $title:literal)*) => {
        /// The kind of a finding, under a name that never changes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!(stringify!($id), ": ", $title, ".")] $name,)*
        }

        impl Code {
            /// Every code, in the order of their ids.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The stable id, such as `E0301`.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => stringify!($id),)* }
            }

            /// How bad findings of this kind are.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// What it is about, in a few words without a full stop.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }

            /// Its page of the book, in Markdown: what it means, an example, and the way out.
            pub const fn page(self) -> &'static str {
                match self {
                    $(Self::$name => include_str!(
                        concat!("../../book/src/errors/", stringify!($id), ".md")
                    ),)*
                }
            }
        }
    };
}

codes! {
    UnreadableFile    E0101 Error   "unreadable file"
    UndecodableFile   E0102 Error   "undecodable file"
    SyntaxError       E0103 Error   "syntax error"
    UnknownIgnored    W0104 Warning "unknown code in an ignore comment"
    UnwritableFile    E0105 Error   "unwritable file"
    UnknownModule     E0201 Error   "unknown module or compile-time name"
    ImportCycle       E0202 Error   "macros that import each other in a circle"
    MacroAsValue      E0203 Error   "macro used as a value"
    AmbiguousMacro    E0204 Error   "name that is a macro only sometimes"
    MacroPlace        E0205 Error   "macro defined where none can be"
    UnevalOutsideMacro E0206 Error  "compile-time name used at run time"
    UnusedMacro       W0208 Warning "unused macro import"
    ShadowedMacro     W0209 Warning "macro shadowed by a local variable"
    LostName          E0211 Error   "name that the output has lost"
    RunTimeOnly       E0301 Error   "run-time-only value"
    NoSource          E0302 Error   "value with no source"
    BadArguments      E0303 Error   "bad argument list"
    MalformedTree     E0304 Error   "malformed tree"
    MacroRaised       E0305 Error   "exception in a macro"
    NeedsStatements   E0306 Error   "expansion that needs statements"
    MacroError        E0307 Error   "error reported by a macro"
    NothingLeft       E0308 Error   "macro that leaves nothing to decorate"
    DroppedEffect     W0309 Warning "side effect that a macro drops"
    RepeatedEffect    W0310 Warning "side effect that a macro repeats"
    StepLimit         E0401 Error   "too many steps"
    RecursionLimit    E0402 Error   "recursion too deep"
    TimeLimit         E0403 Error   "too much time"
    SizeLimit         E0404 Error   "expansion too big"
    MemoryLimit       E0405 Error   "too much memory"
    LongUnroll        W0407 Warning "loop that unrolls large"
    LargeOutput       W0408 Warning "output much larger than the input"
    MacroWarning      W0501 Warning "warning from a macro"
    MacroNote         N0601 Note    "note from a macro"
    StaysPlain        N0602 Note    "macro that stays a plain function"
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// A string that is the id of no code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCode(String);

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no code {:?}", self.0)
    }
}

impl std::error::Error for UnknownCode {}

impl UnknownCode {
    /// The code that was probably meant.
    pub fn similar(&self) -> Option<Code> {
        near(&self.0, Code::ALL.iter().map(|code| code.id())).first()?.parse().ok()
    }
}

impl FromStr for Code {
    type Err = UnknownCode;

    /// Finds a code by its id, in upper or lower case.
    fn from_str(id: &str) -> Result<Self, UnknownCode> {
        let mut codes = Self::ALL.iter().copied();
        codes
            .find(|code| code.id().eq_ignore_ascii_case(id))
            .ok_or_else(|| UnknownCode(id.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_sorted_and_found() {
        assert!(Code::ALL.is_sorted_by_key(|code| (code.id()[1..].to_owned(), *code)));
        for &code in Code::ALL {
            assert_eq!(code.id().to_lowercase().parse(), Ok(code));
        }
        assert!("E9999".parse::<Code>().is_err());
    }

    #[test]
    fn a_code_that_was_misspelt_is_recognised() {
        let similar = |id: &str| id.parse::<Code>().unwrap_err().similar();
        assert_eq!(similar("w0390"), Some(Code::DroppedEffect));
        assert_eq!(similar("W309"), Some(Code::DroppedEffect));
        assert_eq!(similar("W0999"), None);
        assert_eq!(similar("unused"), None);
    }

    #[test]
    fn the_letter_of_an_id_is_its_severity() {
        for code in Code::ALL {
            let letter = match code.severity() {
                Severity::Error => 'E',
                Severity::Warning => 'W',
                Severity::Note => 'N',
            };
            assert!(code.id().starts_with(letter), "{code}");
        }
    }

    #[test]
    fn each_page_has_its_title_an_example_and_a_way_out() {
        for code in Code::ALL {
            let page = code.page();
            let heading = format!("# {code}: {}\n", code.title());
            assert!(page.starts_with(&heading), "{heading}");
            let sections: Vec<_> = page.lines().filter(|l| l.starts_with("## ")).collect();
            assert_eq!(sections, ["## Example", "## Way out"], "{code}");
        }
    }
}
