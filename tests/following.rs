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
use trials::expansion::Texts;
use trials::python::{Python, Way};
use trials::random::{self, Random, Weights};
use trials::tally::Tally;
use trials::verdict::{Verdict, Violation, compare, expanded};
use trials::wish::Wish;

const MACROS: &str = include_str!("following/macros.py");
const PLAIN: &str = include_str!("following/plain.py");

const RUNNER: &[(&str, &str)] = &[
    ("runner.py", include_str!("differential/runner.py")),
    ("world.py", include_str!("differential/world.py")),
];

/// How many programs there have to be before it is asked how many of them were of use.
const MANY: u64 = 100;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Seen {
    Programs,
    Refused,
    /// Those in which a definition was written out.
    Followed,
}

/// Functions that call macros.
struct Functions(Python);

impl Law for Functions {
    type Seen = Seen;
    /// The text of `app.py`.
    type Case = String;

    const COUNT: u64 = 150;
    const IN_TRIAL: u64 = 25;
    const SHRUNK: usize = 25;

    fn start(_wish: &Wish) -> io::Result<Functions> {
        Ok(Functions(Python::start(RUNNER)?))
    }

    fn check(
        &mut self,
        random: Random,
        _weights: &Weights,
        tally: &mut Tally<Seen>,
    ) -> io::Result<Option<Violation<String>>> {
        let case = write::write(random);
        tally.count(Seen::Programs, 1);
        match self.judge(&case)? {
            Verdict::Holds(outputs) => {
                tally.count(Seen::Followed, usize::from(is_written_out(&case, &outputs)));
            }
            Verdict::Broken(breach, shown) => return Ok(Some(Violation { case, breach, shown })),
            Verdict::Invalid => tally.count(Seen::Refused, 1),
            Verdict::Refused(refusals) => {
                tally.count(Seen::Refused, 1);
                tally.count_refusals(&refusals);
            }
        }
        Ok(None)
    }

    fn judge(&mut self, app: &String) -> io::Result<Verdict> {
        let mut outputs = match expanded(&program(app, MACROS)) {
            Ok(outputs) => outputs,
            Err(verdict) => return Ok(verdict),
        };
        outputs.remove("macros.py");
        let plain = program(app, PLAIN);
        let wanted = self.0.run(Way::Plain, &plain)?;
        match wanted.contains("!! SyntaxError") {
            true => Ok(Verdict::Invalid),
            false => compare(&mut self.0, &plain, &wanted, outputs),
        }
    }

    fn ways(_app: &String) -> usize {
        1
    }

    fn smaller(&mut self, app: &String, _way: usize, at: usize) -> io::Result<Option<String>> {
        self.0.reduction(app, at)
    }

    fn texts(app: &String) -> Texts {
        program(app, "")
    }

    fn complaint(tally: &Tally<Seen>) -> Option<String> {
        let [programs, refused, followed] =
            [Seen::Programs, Seen::Refused, Seen::Followed].map(|seen| tally.of(seen));
        let is_telling = refused * 4 < programs && followed * 3 > programs;
        (programs >= MANY && !is_telling).then(|| {
            format!(
                "of {programs} programs {refused} were refused, {followed} had anything followed"
            )
        })
    }
}

fn program(app: &str, macros: &str) -> Texts {
    [("app.py", app), ("macros.py", macros)].map(|(n, t)| (n.to_owned(), t.to_owned())).into()
}

/// Whether a definition was: a macro's call is longer than the variable in it.
fn is_written_out(app: &str, outputs: &Texts) -> bool {
    let expanded = outputs.get("app.py").into_iter().flat_map(|text| text.lines());
    app.lines().zip(expanded).any(|(a, b)| a != b && !a.contains(b.trim()))
}

fn main() {
    trials::run::<Functions>()
}
