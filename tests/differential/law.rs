//! The law of language.md §1 for one program: expanded, it does what it did as it was written.

use std::collections::BTreeMap;
use std::io;

use super::expansion::{Expansion, Refusal, Texts, expand};
use super::program::{Piece, Program, Rendered};
use super::python::{Python, Way};

/// What was seen so far.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub programs: u32,
    /// Programs and units that were compared.
    pub compared: u32,
    pub units_compared: u32,
    pub units: u32,
    /// Programs that Python doesn't take, or that take too long.
    pub invalid: u32,
    /// How often each code and message came.
    pub refusals: BTreeMap<String, u32>,
    pub broken: Vec<Breach>,
}

impl Tally {
    /// Adds what another trial saw.
    pub fn add(&mut self, other: &Tally) {
        self.programs += other.programs;
        self.compared += other.compared;
        self.units_compared += other.units_compared;
        self.units += other.units;
        self.invalid += other.invalid;
        self.broken.extend(&other.broken);
        for (what, count) in &other.refusals {
            *self.refusals.entry(what.clone()).or_default() += count;
        }
    }
}

/// A way to break a law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breach {
    /// The expanded program does something else.
    Differs,
    /// The tool panicked.
    Panics,
    /// Another expansion of the same gives another text.
    Unsteady,
    /// The output expands to something else.
    Unstable,
    /// The words of a finding are about the tool's insides.
    Internal,
}

/// A breach, and what shows it.
#[derive(Clone, Debug)]
pub struct Violation {
    pub breach: Breach,
    pub texts: Texts,
    pub shown: String,
    /// Whether the program as written has a name that isn't bound.
    pub unbound: bool,
    /// The findings, where they are the breach.
    pub refusals: Option<Vec<Refusal>>,
}

/// What a program is after its check.
pub enum Verdict {
    Holds,
    Invalid,
    Refused(Vec<Refusal>),
    Broken(Violation),
}

/// Checks a program, without the parts of it that are refused.
pub fn check(
    mut program: Program,
    python: &mut Python,
    tally: &mut Tally,
    lenient: bool,
) -> io::Result<Option<Violation>> {
    tally.programs += 1;
    tally.units += program.units.len() as u32;
    while program.is_alive() {
        let files = program.render();
        match judge(&texts(&files), python)? {
            Verdict::Holds => {
                tally.compared += 1;
                tally.units_compared += program.units.iter().flatten().count() as u32;
                return Ok(None);
            }
            Verdict::Invalid => {
                tally.invalid += 1;
                return Ok(None);
            }
            Verdict::Broken(violation) => {
                let Some(refusals) = violation.refusals.clone().filter(|_| lenient) else {
                    return Ok(Some(violation));
                };
                *tally
                    .refusals
                    .entry("(in words of the tool's insides)".to_owned())
                    .or_default() += 1;
                drop_refused(&mut program, &files, &refusals);
            }
            Verdict::Refused(refusals) => {
                for refusal in &refusals {
                    *tally.refusals.entry(summary(refusal)).or_default() += 1;
                }
                drop_refused(&mut program, &files, &refusals);
            }
        }
    }
    Ok(None)
}

fn texts(files: &[Rendered]) -> Texts {
    files.iter().map(|file| (file.name.to_owned(), file.text.clone())).collect()
}

/// Whether the laws hold for a program.
pub fn judge(texts: &Texts, python: &mut Python) -> io::Result<Verdict> {
    let broken = |breach, shown| {
        Ok(Verdict::Broken(Violation {
            breach,
            texts: texts.clone(),
            shown,
            unbound: false,
            refusals: None,
        }))
    };
    let outputs = match expand(texts) {
        Expansion::Done(outputs) => outputs,
        Expansion::Panicked(words) => return broken(Breach::Panics, words),
        Expansion::Refused(refusals) => {
            return match refusals.iter().find(|refusal| is_internal(refusal)).cloned() {
                Some(internal) => Ok(Verdict::Broken(Violation {
                    breach: Breach::Internal,
                    texts: texts.clone(),
                    shown: internal.rendered.clone(),
                    unbound: false,
                    refusals: Some(refusals),
                })),
                None => Ok(Verdict::Refused(refusals)),
            };
        }
    };
    let wanted = python.run(Way::Plain, texts)?;
    if wanted.contains("!! timeout") || wanted.contains("!! SyntaxError") {
        return Ok(Verdict::Invalid);
    }
    let printed = python.run(Way::Expanded, &outputs)?;
    if wanted != printed {
        let shown = difference(&outputs, &wanted, &printed);
        let (texts, unbound) = (texts.clone(), wanted.contains("NameError"));
        let breach = Breach::Differs;
        return Ok(Verdict::Broken(Violation { breach, texts, shown, unbound, refusals: None }));
    }
    match expand(texts) {
        Expansion::Done(again) if again == outputs => {}
        again => return broken(Breach::Unsteady, format!("{outputs:?}\nand then {again:?}")),
    }
    match expand(&outputs) {
        Expansion::Done(again) if again == outputs => Ok(Verdict::Holds),
        Expansion::Done(again) => {
            broken(Breach::Unstable, format!("{}\n=>\n{}", listing(&outputs), listing(&again)))
        }
        Expansion::Refused(refusals) => {
            let findings: String = refusals.iter().map(|r| &*r.rendered).collect();
            broken(Breach::Unstable, format!("{}\n=>\n{findings}", listing(&outputs)))
        }
        Expansion::Panicked(words) => broken(Breach::Panics, words),
    }
}

fn is_internal(refusal: &Refusal) -> bool {
    let words = ["internal", "it isn't valid Python", "two edits meet", "panicked", "unreachable"];
    words.iter().any(|word| refusal.message.contains(word))
}

/// The code and message, without what is particular to one program.
fn summary(refusal: &Refusal) -> String {
    let mut message = String::new();
    for (index, part) in refusal.message.split('`').enumerate() {
        message.push_str(if index % 2 == 0 { part } else { "`…`" });
    }
    let message: String = message.chars().filter(|c| !c.is_ascii_digit()).take(100).collect();
    format!("{} {message}", refusal.code)
}

/// Drops the units, or else the macros, that findings point to.
fn drop_refused(program: &mut Program, files: &[Rendered], refusals: &[Refusal]) {
    for refusal in refusals {
        let pieces: Vec<Piece> = refusal
            .places
            .iter()
            .filter_map(|(name, offset)| {
                Some(files.iter().find(|file| file.name == name)?.piece_at(*offset))
            })
            .collect();
        let is_unit = |piece: &&Piece| matches!(piece, Piece::Unit(_));
        let piece = pieces.iter().find(is_unit).or(pieces.first());
        program.drop_piece(piece.copied().unwrap_or(Piece::Head));
    }
}

/// The files one after the other.
pub fn listing(texts: &Texts) -> String {
    texts.iter().map(|(name, text)| format!("# file: {name}\n{text}\n")).collect()
}

/// The expansion, and where the two outputs part.
fn difference(outputs: &Texts, wanted: &str, printed: &str) -> String {
    let same = wanted.lines().zip(printed.lines()).take_while(|(a, b)| a == b).count();
    let from = same.saturating_sub(4);
    let part = |text: &str| -> String {
        text.lines().skip(from).take(12).map(|line| format!("    {line}\n")).collect()
    };
    format!(
        "--- expanded\n{}--- as written, it prints (from line {from})\n{}--- expanded, it prints\n{}",
        listing(outputs),
        part(wanted),
        part(printed),
    )
}
