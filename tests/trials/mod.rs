//! Holds a law against programs that chance writes. A trial takes some of them; what breaks the law
//! is made smaller and shown, what is refused is counted.

#![allow(dead_code, reason = "each test uses a part of it")]

pub mod random;

pub mod expansion;

pub mod shown;

pub mod python;

pub mod verdict;

pub mod tally;

pub mod wish;

mod shrink;

use std::env;
use std::io;
use std::ops::Range;
use std::process;
use std::sync::{Arc, Mutex, PoisonError};

use libtest_mimic::{Arguments, Failed, Trial};

use expansion::{Refusal, Texts};
use python::Python;
use random::{Random, Weights};
use tally::{Seen, Tally};
use verdict::{Verdict, Violation};
use wish::Wish;

/// What a test holds against programs.
pub trait Law: 'static {
    /// What chance writes.
    type Program;

    /// How many programs there are, unless another number is asked for.
    const COUNT: u64;
    /// How many of them a trial has.
    const IN_TRIAL: u64;
    /// How many of a trial's violations of a kind are made smaller.
    const SHRUNK: usize;
    /// The arguments that no other test takes.
    const FLAGS: &[&str] = &[];
    /// The files of the runner: `runner.py`, and what it reads.
    const RUNNER: &[(&str, &str)];

    fn new(wish: &Wish) -> Self;

    fn write(random: Random, weights: &Weights) -> Self::Program;

    fn texts(program: &Self::Program) -> Texts;

    /// The program without what is refused, if there is such a program.
    fn without(program: Self::Program, refusals: &[Refusal]) -> Option<Self::Program>;

    /// How many parts of a program were tried where it was compared.
    fn parts(program: &Self::Program, outputs: &Texts) -> usize;

    /// Whether a program keeps the law; it may be one that was made smaller.
    fn judge(&self, texts: &Texts, python: &mut Python) -> io::Result<Verdict>;

    /// Why what was seen in all says too little.
    fn complaint(_tally: &Tally) -> Option<String> {
        None
    }
}

/// Does what the command line asks for, and ends the process.
pub fn run<L: Law>() -> ! {
    let mut arguments = env::args().collect();
    let wish = Wish::take::<L>(&mut arguments).unwrap_or_else(|word| {
        eprintln!("{word}");
        process::exit(2)
    });
    let wish = Arc::new(wish);
    let tally = Arc::new(Mutex::new(Tally::default()));
    let end = wish.from + wish.count;
    let trials = (wish.from..end).step_by(L::IN_TRIAL as usize).map(|first| {
        let (wish, tally) = (wish.clone(), tally.clone());
        let programs = first..end.min(first + L::IN_TRIAL);
        let name = format!("seed_{}_from_{first}", wish.seed);
        Trial::test(name, move || trial::<L>(&wish, programs, &tally))
    });
    let conclusion = libtest_mimic::run(&Arguments::from_iter(arguments), trials.collect());
    let tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
    print!("{}", tally.report(if wish.report { 100 } else { 5 }));
    if let Some(complaint) = L::complaint(&tally) {
        eprintln!("{complaint}");
        process::exit(101);
    }
    conclusion.exit()
}

fn trial<L: Law>(wish: &Wish, programs: Range<u64>, tally: &Mutex<Tally>) -> Result<(), Failed> {
    let mut own = Tally::default();
    let broken = violations::<L>(wish, programs, &mut own).map_err(|e| e.to_string())?;
    tally.lock().unwrap_or_else(PoisonError::into_inner).add(own);
    match broken.is_empty() {
        true => Ok(()),
        false => Err(broken.join("\n").into()),
    }
}

/// What some programs break, in words.
fn violations<L: Law>(
    wish: &Wish,
    programs: Range<u64>,
    tally: &mut Tally,
) -> io::Result<Vec<String>> {
    let (law, mut python) = (L::new(wish), Python::start(L::RUNNER)?);
    let (mut breaches, mut words) = (Vec::new(), Vec::new());
    for index in programs {
        let program = L::write(Random::new(wish.seed, index), &wish.weights);
        let Some(found) = check(&law, program, &mut python, tally)? else { continue };
        let breach = found.breach;
        let like_it = breaches.iter().filter(|b| **b == breach).count();
        breaches.push(breach);
        if like_it >= L::SHRUNK {
            words.push(format!("==== program {index}: {breach:?}, like another above"));
            continue;
        }
        let Violation { texts, breach, shown } =
            shrink::shrink(&law, &mut python, found, wish.tries)?;
        let listing = shown::listing(&texts);
        let found = format!("==== program {index}: {breach:?}\n{listing}{shown}");
        if wish.report {
            println!("{found}");
        }
        words.push(found);
    }
    Ok(words)
}

/// What a program breaks, without the parts of it that are refused.
fn check<L: Law>(
    law: &L,
    program: L::Program,
    python: &mut Python,
    tally: &mut Tally,
) -> io::Result<Option<Violation>> {
    tally.count(Seen::Programs, 1);
    let (mut rest, mut is_whole) = (Some(program), true);
    while let Some(program) = rest {
        let texts = L::texts(&program);
        rest = match law.judge(&texts, python)? {
            Verdict::Broken(breach, shown) => {
                return Ok(Some(Violation { texts, breach, shown }));
            }
            Verdict::Refused(refusals) => {
                is_whole = false;
                tally.count_refusals(&refusals);
                L::without(program, &refusals)
            }
            Verdict::Invalid => {
                tally.count(Seen::Invalid, 1);
                None
            }
            Verdict::Holds(outputs) => {
                tally.count(Seen::Compared, 1);
                tally.count(Seen::Whole, usize::from(is_whole));
                tally.count(Seen::Parts, L::parts(&program, &outputs));
                None
            }
        };
    }
    Ok(None)
}
