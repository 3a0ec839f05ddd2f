//! Whether a program keeps a law, and how it breaks it.

use std::io;

use super::expansion::{Expansion, Refusal, Texts, expand};
use super::python::{Python, Way};
use super::shown::difference;

/// A way to break a law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breach {
    /// The expanded program does something else.
    Differs,
    /// So it does, but as written the program has a name that isn't bound.
    Unbound,
    /// The tool panicked.
    Panics,
    /// Another expansion of the same gives another text.
    Unsteady,
    /// The output expands to something else.
    Unstable,
    /// The words of a finding are about the tool's insides.
    Internal,
}

impl Breach {
    /// Whether what breaks a law in the other way shows no less than what breaks it in this one.
    pub fn is_shown_by(self, other: Breach) -> bool {
        self == other || (self, other) == (Breach::Unbound, Breach::Differs)
    }
}

/// What breaks a law, and how.
#[derive(Clone, Debug)]
pub struct Violation {
    pub texts: Texts,
    pub breach: Breach,
    /// What shows it.
    pub shown: String,
}

/// What became of a program that a law was held against.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// It is this, expanded.
    Holds(Texts),
    /// It doesn't run as it is written, or for too long.
    Invalid,
    Refused(Vec<Refusal>),
    /// With what shows it.
    Broken(Breach, String),
}

/// A program expanded, or why there is no such thing.
pub fn expanded(texts: &Texts) -> Result<Texts, Verdict> {
    match expand(texts) {
        Expansion::Done(outputs) => Ok(outputs),
        Expansion::Refused(refusals) => Err(Verdict::Refused(refusals)),
        Expansion::Panicked(words) => Err(Verdict::Broken(Breach::Panics, words)),
    }
}

/// Whether the expanded program prints what is wanted.
pub fn compare(
    python: &mut Python,
    texts: &Texts,
    wanted: &str,
    outputs: Texts,
) -> io::Result<Verdict> {
    let printed = python.run(Way::Expanded, &outputs)?;
    if wanted == printed {
        return Ok(Verdict::Holds(outputs));
    }
    let breach = match wanted.contains("NameError") {
        true => Breach::Unbound,
        false => Breach::Differs,
    };
    Ok(Verdict::Broken(breach, difference(texts, &outputs, wanted, &printed)))
}
