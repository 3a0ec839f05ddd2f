//! The law of language.md §1 for one program: expanded, it does what it did as it was written.

use std::io;

use super::program::{self, Piece, Program};
use super::trials::Law;
use super::trials::expansion::{Expansion, Refusal, Texts, expand};
use super::trials::python::{Python, Way};
use super::trials::random::{Random, Weights};
use super::trials::shown::listing;
use super::trials::verdict::{Breach, Verdict, compare, expanded};
use super::trials::wish::Wish;

/// The law for programs of macros and units.
pub struct Programs {
    /// Whether findings in words of the tool's insides are counted, not failures.
    lenient: bool,
}

impl Law for Programs {
    type Program = Program;

    const COUNT: u64 = 200;
    const IN_TRIAL: u64 = 25;
    const SHRUNK: usize = 1;
    const FLAGS: &[&str] = &["--lenient"];
    const RUNNER: &[(&str, &str)] =
        &[("runner.py", include_str!("runner.py")), ("world.py", include_str!("world.py"))];

    fn new(wish: &Wish) -> Programs {
        Programs { lenient: wish.has("--lenient") }
    }

    fn write(mut random: Random, weights: &Weights) -> Program {
        program::write(&mut random, weights)
    }

    fn texts(program: &Program) -> Texts {
        program.render().into_iter().map(|file| (file.name.to_owned(), file.text)).collect()
    }

    /// Without the units, or else the macros, that findings point to.
    fn without(mut program: Program, refusals: &[Refusal]) -> Option<Program> {
        let files = program.render();
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
        program.is_alive().then_some(program)
    }

    /// Its units.
    fn parts(program: &Program, _outputs: &Texts) -> usize {
        program.units.iter().flatten().count()
    }

    fn judge(&self, texts: &Texts, python: &mut Python) -> io::Result<Verdict> {
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
        let wanted = python.run(Way::Plain, texts)?;
        if wanted.contains("!! timeout") || wanted.contains("!! SyntaxError") {
            return Ok(Verdict::Invalid);
        }
        Ok(match compare(python, texts, &wanted, outputs)? {
            Verdict::Holds(outputs) => expanded_again(texts, outputs),
            verdict => verdict,
        })
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
