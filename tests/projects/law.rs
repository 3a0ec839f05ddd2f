//! The law of language.md §1 for one project: expanded, it does what it did as it was written.

use std::collections::BTreeMap;
use std::io;

use super::expansion::{Expansion, Refusal, Texts, expand};
use super::project::Project;
use super::python::Python;

/// How often what is refused is left out of a project before it is given up.
const ROUNDS: u32 = 6;

/// What was seen so far.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub projects: u32,
    pub compared: u32,
    /// Those of them of which nothing was refused.
    pub whole: u32,
    /// Projects that don't run as they are written.
    pub invalid: u32,
    /// How often each code and message came.
    pub refusals: BTreeMap<String, u32>,
}

impl Tally {
    /// Adds what another trial saw.
    pub fn add(&mut self, other: &Tally) {
        self.projects += other.projects;
        self.compared += other.compared;
        self.whole += other.whole;
        self.invalid += other.invalid;
        for (what, count) in &other.refusals {
            *self.refusals.entry(what.clone()).or_default() += count;
        }
    }
}

/// What a project is after its check.
pub enum Verdict {
    Holds,
    Invalid,
    Refused(Vec<Refusal>),
    /// In words.
    Broken(String),
}

/// Checks a project, without the parts of it that are refused: what breaks the law, and how.
pub fn check(
    mut project: Project,
    python: &mut Python,
    tally: &mut Tally,
) -> io::Result<Option<(Project, String)>> {
    tally.projects += 1;
    for round in 0..ROUNDS {
        match judge(&project, python)? {
            Verdict::Holds => {
                tally.compared += 1;
                tally.whole += u32::from(round == 0);
                return Ok(None);
            }
            Verdict::Invalid if round == 0 => {
                tally.invalid += 1;
                return Ok(None);
            }
            Verdict::Invalid => return Ok(None),
            Verdict::Broken(words) => return Ok(Some((project, words))),
            Verdict::Refused(refusals) => {
                for refusal in &refusals {
                    *tally.refusals.entry(summary(refusal)).or_default() += 1;
                }
                let places = refusals.iter().filter_map(|refusal| {
                    let (path, offset) = refusal.places.first()?;
                    project.statement_at(path, *offset)
                });
                let mut places: Vec<(usize, usize)> = places.collect();
                places.sort_unstable();
                places.dedup();
                for (file, statement) in places.into_iter().rev() {
                    project.files[file].statements.remove(statement);
                }
            }
        }
    }
    Ok(None)
}

/// Whether the law holds for a project.
pub fn judge(project: &Project, python: &mut Python) -> io::Result<Verdict> {
    let texts = project.texts();
    let wanted = run("plain", &texts, python)?;
    if wanted.contains("!! ") {
        return Ok(Verdict::Invalid);
    }
    let outputs = match expand(&texts) {
        Expansion::Done(outputs) => outputs,
        Expansion::Panicked(words) => return Ok(Verdict::Broken(format!("panics: {words}"))),
        Expansion::Refused(refusals) => return Ok(Verdict::Refused(refusals)),
    };
    let printed = run("expanded", &outputs, python)?;
    Ok(match wanted == printed {
        true => Verdict::Holds,
        false => Verdict::Broken(difference(&texts, &outputs, &wanted, &printed)),
    })
}

fn run(way: &str, texts: &Texts, python: &mut Python) -> io::Result<String> {
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (&**name, &**text)).collect();
    Ok(python.ask(way, &files)?.pop().unwrap_or_default())
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

/// The files one after the other.
pub fn listing(texts: &Texts) -> String {
    let texts = texts.iter().filter(|(_, text)| !text.trim().is_empty());
    texts.map(|(name, text)| format!("# file: {name}\n{text}")).collect()
}

/// The expansion, and where the two outputs part.
fn difference(texts: &Texts, outputs: &Texts, wanted: &str, printed: &str) -> String {
    let same = wanted.lines().zip(printed.lines()).take_while(|(a, b)| a == b).count();
    let from = same.saturating_sub(2);
    let part = |text: &str| -> String {
        text.lines().skip(from).take(5).map(|line| format!("    {line}\n")).collect()
    };
    let changed = outputs.iter().filter(|(name, text)| texts.get(*name) != Some(*text));
    let changed = changed.map(|(name, text)| (name.clone(), text.clone())).collect();
    format!(
        "--- expanded\n{}--- as written, it prints (from line {from})\n{}--- expanded, it prints\n{}",
        listing(&changed),
        part(wanted),
        part(printed),
    )
}
