//! Levels: whether findings of a code are hidden, shown, or errors.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::codes::{Code, Severity, UnknownCode};

/// What becomes of findings of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// They are hidden.
    Allow,
    /// They are shown as the warnings or notes that they are.
    Warn,
    /// They are errors: the file has no output.
    Deny,
}

/// The kinds of findings that a level is given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Selector {
    /// One code, of a warning or a note.
    Code(Code),
    /// All warnings. Notes aren't among them.
    Warnings,
}

/// Text that selects no findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadSelector {
    /// It is neither a code nor a word.
    Unknown(UnknownCode),
    /// Errors have no level.
    Error(Code),
}

impl fmt::Display for BadSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadSelector::Unknown(unknown) => match unknown.similar() {
                Some(code) => write!(f, "{unknown}; did you mean {code}?"),
                None => write!(f, "{unknown}; `warnings` stands for all warnings"),
            },
            BadSelector::Error(code) => {
                write!(f, "{code} is an error: only warnings and notes have a level")
            }
        }
    }
}

impl std::error::Error for BadSelector {}

impl FromStr for Selector {
    type Err = BadSelector;

    /// Reads a code of a warning or note, in upper or lower case, or `warnings`.
    fn from_str(text: &str) -> Result<Self, BadSelector> {
        if text.eq_ignore_ascii_case("warnings") {
            return Ok(Selector::Warnings);
        }
        let code: Code = text.parse().map_err(BadSelector::Unknown)?;
        match code.severity() {
            Severity::Error => Err(BadSelector::Error(code)),
            Severity::Warning | Severity::Note => Ok(Selector::Code(code)),
        }
    }
}

/// The level of every code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    codes: BTreeMap<Code, Level>,
    warnings: Option<Level>,
}

impl Levels {
    /// Gives a level to what is selected, in place of the one that it had. What is said of a code
    /// counts more than what is said of all warnings, whichever is said first.
    pub fn set(&mut self, selector: Selector, level: Level) {
        match selector {
            Selector::Code(code) => {
                self.codes.insert(code, level);
            }
            Selector::Warnings => self.warnings = Some(level),
        }
    }

    /// How bad findings of this kind are; none if they are hidden. Errors always are errors.
    pub fn severity(&self, code: Code) -> Option<Severity> {
        let own = code.severity();
        let all = self.warnings.filter(|_| own == Severity::Warning);
        match self.codes.get(&code).copied().or(all) {
            _ if own == Severity::Error => Some(own),
            None | Some(Level::Warn) => Some(own),
            Some(Level::Allow) => None,
            Some(Level::Deny) => Some(Severity::Error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(said: &[(&str, Level)]) -> Levels {
        let mut levels = Levels::default();
        said.iter().for_each(|(selector, level)| levels.set(selector.parse().unwrap(), *level));
        levels
    }

    #[test]
    fn a_code_counts_more_than_all_warnings_and_the_last_word_most() {
        use Level::{Allow, Deny, Warn};
        let severity = |said: &[_]| levels(said).severity(Code::MacroWarning);
        assert_eq!(severity(&[]), Some(Severity::Warning));
        assert_eq!(severity(&[("warnings", Deny)]), Some(Severity::Error));
        assert_eq!(severity(&[("W0501", Allow), ("warnings", Deny)]), None);
        assert_eq!(severity(&[("warnings", Deny), ("w0501", Warn)]), Some(Severity::Warning));
        assert_eq!(severity(&[("W0501", Allow), ("W0501", Deny)]), Some(Severity::Error));
        assert_eq!(severity(&[("warnings", Deny), ("WARNINGS", Allow)]), None);
    }

    #[test]
    fn notes_have_levels_of_their_own_and_errors_none() {
        let severity = |said: &[_], code| levels(said).severity(code);
        let note = Some(Severity::Note);
        assert_eq!(severity(&[("warnings", Level::Deny)], Code::MacroNote), note);
        assert_eq!(severity(&[("N0601", Level::Warn)], Code::MacroNote), note);
        assert_eq!(severity(&[("N0601", Level::Allow)], Code::MacroNote), None);
        let error = Some(Severity::Error);
        assert_eq!(severity(&[("N0601", Level::Deny)], Code::MacroNote), error);
        assert_eq!(severity(&[("warnings", Level::Allow)], Code::MacroError), error);
    }

    #[test]
    fn what_selects_nothing_is_explained() {
        let why = |text: &str| text.parse::<Selector>().unwrap_err().to_string();
        assert_eq!(why("W0390"), "there is no code \"W0390\"; did you mean W0309?");
        assert_eq!(why("e0301"), "E0301 is an error: only warnings and notes have a level");
        assert_eq!(why("all"), "there is no code \"all\"; `warnings` stands for all warnings");
    }
}
