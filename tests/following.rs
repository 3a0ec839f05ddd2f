//! Following a variable to its definition never changes what a program does (language.md §4):
//! functions that chance writes, with macros that give back what they get, print what they print
//! with functions in the macros' places.
//!
//! The macros look at the definitions of variables and write them out wherever computing them
//! again is the same; a definition that was followed wrongly gives another value then.
//! `cargo test --test following -- --count 100000` tries more programs, `--seed 2` others.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "runs programs")]

mod trials;

#[path = "following/write.rs"]
mod write;

use std::io;

use trials::Law;
use trials::expansion::{Refusal, Texts};
use trials::python::{Python, Way};
use trials::random::{self, Random, Weights};
use trials::tally::{Seen, Tally};
use trials::verdict::{Verdict, compare, expanded};
use trials::wish::Wish;

const MACROS: &str = include_str!("following/macros.py");
const PLAIN: &str = include_str!("following/plain.py");

/// How many programs there have to be before it is asked how many of them were of use.
const MANY: u64 = 100;

/// The law for functions that call macros.
struct Functions;

fn main() {
    trials::run::<Functions>()
}

impl Law for Functions {
    /// The text of `app.py`.
    type Program = String;

    const COUNT: u64 = 150;
    const IN_TRIAL: u64 = 25;
    const SHRUNK: usize = 25;
    const RUNNER: &[(&str, &str)] = &[
        ("runner.py", include_str!("differential/runner.py")),
        ("world.py", include_str!("differential/world.py")),
    ];

    fn new(_wish: &Wish) -> Functions {
        Functions
    }

    fn write(random: Random, _weights: &Weights) -> String {
        write::write(random)
    }

    fn texts(app: &String) -> Texts {
        [("app.py".to_owned(), app.clone())].into()
    }

    fn without(_app: String, _refusals: &[Refusal]) -> Option<String> {
        None
    }

    /// Whether a definition was written out: a macro's call is longer than the variable in it.
    fn parts(app: &String, outputs: &Texts) -> usize {
        let expanded = outputs.get("app.py").into_iter().flat_map(|text| text.lines());
        let is_written_out = |(a, b): (&str, &str)| a != b && !a.contains(b.trim());
        usize::from(app.lines().zip(expanded).any(is_written_out))
    }

    fn judge(&self, app: &Texts, python: &mut Python) -> io::Result<Verdict> {
        let with = |macros: &str| {
            let mut texts = app.clone();
            texts.insert("macros.py".to_owned(), macros.to_owned());
            texts
        };
        let mut outputs = match expanded(&with(MACROS)) {
            Ok(outputs) => outputs,
            Err(verdict) => return Ok(verdict),
        };
        outputs.remove("macros.py");
        let wanted = python.run(Way::Plain, &with(PLAIN))?;
        match wanted.contains("!! SyntaxError") {
            true => Ok(Verdict::Invalid),
            false => compare(python, app, &wanted, outputs),
        }
    }

    fn complaint(tally: &Tally) -> Option<String> {
        let [programs, compared, followed] =
            [Seen::Programs, Seen::Compared, Seen::Parts].map(|seen| tally.of(seen));
        let is_telling = compared * 4 > programs * 3 && followed * 3 > programs;
        (programs >= MANY && !is_telling).then(|| {
            format!(
                "of {programs} programs {compared} were compared, {followed} had anything followed"
            )
        })
    }
}
