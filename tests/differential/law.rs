//! The law of language.md §1 for one program: expanded, it does what it did as it was written.

use std::io;

use super::program::{self, Piece, Program, Rendered};
use super::trials::Law;
use super::trials::expansion::{Expansion, Refusal, Texts, expand};
use super::trials::python::{Python, Way};
use super::trials::random::{Random, Weights};
use super::trials::shown::listing;
use super::trials::tally::Tally;
use super::trials::verdict::{Breach, Verdict, Violation, compare, expanded};
use super::trials::wish::Wish;

const RUNNER: &[(&str, &str)] =
    &[("runner.py", include_str!("runner.py")), ("world.py", include_str!("world.py"))];

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seen {
    Programs,
    Compared,
    /// Programs that Python doesn't take, or that take too long.
    Invalid,
    Units,
    UnitsCompared,
}

/// Programs of macros and units.
pub struct Programs {
    python: Python,
    /// Whether findings in words of the tool's insides are counted, not failures.
    lenient: bool,
}

impl Law for Programs {
    type Seen = Seen;
    type Case = Texts;

    const COUNT: u64 = 200;
    const IN_TRIAL: u64 = 25;
    const SHRUNK: usize = 1;
    const FLAGS: &[&str] = &["--lenient"];

    fn start(wish: &Wish) -> io::Result<Programs> {
        Ok(Programs { python: Python::start(RUNNER)?, lenient: wish.has("--lenient") })
    }

    fn check(
        &mut self,
        mut random: Random,
        weights: &Weights,
        tally: &mut Tally<Seen>,
    ) -> io::Result<Option<Violation<Texts>>> {
        let mut program = program::write(&mut random, weights);
        tally.count(Seen::Programs, 1);
        tally.count(Seen::Units, program.units.len());
        while program.is_alive() {
            let files = program.render();
            let case = files.iter().map(|file| (file.name.to_owned(), file.text.clone())).collect();
            match self.judge(&case)? {
                Verdict::Holds(_) => {
                    tally.count(Seen::Compared, 1);
                    tally.count(Seen::UnitsCompared, program.units.iter().flatten().count());
                    break;
                }
                Verdict::Invalid => {
                    tally.count(Seen::Invalid, 1);
                    break;
                }
                Verdict::Broken(breach, shown) => {
                    return Ok(Some(Violation { case, breach, shown }));
                }
                Verdict::Refused(refusals) => {
                    tally.count_refusals(&refusals);
                    drop_refused(&mut program, &files, &refusals);
                }
            }
        }
        Ok(None)
    }

    fn judge(&mut self, texts: &Texts) -> io::Result<Verdict> {
        let outputs = match expanded(texts) {
            Ok(outputs) => outputs,
            Err(Verdict::Refused(refusals)) if !self.lenient => {
                return Ok(match refusals.iter().find(|refusal| is_internal(refusal)) {
                    Some(internal) => Verdict::Broken(Breach::Internal, internal.rendered.clone()),
                    None => Verdict::Refused(refusals),
                });
            }
            Err(verdict) => return Ok(verdict),
        };
        let wanted = self.python.run(Way::Plain, texts)?;
        if wanted.contains("!! timeout") || wanted.contains("!! SyntaxError") {
            return Ok(Verdict::Invalid);
        }
        Ok(match compare(&mut self.python, texts, &wanted, outputs)? {
            Verdict::Holds(outputs) => expanded_again(texts, outputs),
            verdict => verdict,
        })
    }

    /// By a reduction of each file.
    fn ways(texts: &Texts) -> usize {
        texts.len()
    }

    fn smaller(&mut self, texts: &Texts, way: usize, at: usize) -> io::Result<Option<Texts>> {
        let Some((name, text)) = texts.iter().nth(way) else { return Ok(None) };
        let with = |reduced| {
            let mut texts = texts.clone();
            texts.insert(name.clone(), reduced);
            texts
        };
        Ok(self.python.reduction(text, at)?.map(with))
    }

    fn texts(case: &Texts) -> Texts {
        case.clone()
    }
}

/// Whether the program and its expansion come to the same when they are expanded once more.
fn expanded_again(texts: &Texts, outputs: Texts) -> Verdict {
    match expand(texts) {
        Expansion::Done(again) if again == outputs => {}
        again => {
            let shown = format!("{outputs:?}\nand then {again:?}");
            return Verdict::Broken(Breach::Unsteady, shown);
        }
    }
    let again = match expand(&outputs) {
        Expansion::Done(again) if again == outputs => return Verdict::Holds(outputs),
        Expansion::Done(again) => listing(&again),
        Expansion::Refused(refusals) => refusals.into_iter().map(|r| r.rendered).collect(),
        Expansion::Panicked(words) => return Verdict::Broken(Breach::Panics, words),
    };
    Verdict::Broken(Breach::Unstable, format!("{}\n=>\n{again}", listing(&outputs)))
}

fn is_internal(refusal: &Refusal) -> bool {
    let words = ["internal", "it isn't valid Python", "two edits meet", "panicked", "unreachable"];
    words.iter().any(|word| refusal.message.contains(word))
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
