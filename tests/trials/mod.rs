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
use std::fmt::Debug;
use std::io;
use std::ops::Range;
use std::process;
use std::sync::{Arc, Mutex, PoisonError};

use libtest_mimic::{Arguments, Failed, Trial};

use expansion::Texts;
use random::{Random, Weights};
use tally::Tally;
use verdict::{Verdict, Violation};
use wish::Wish;

/// What a test holds against programs; a value of it does so for one trial after the other.
pub trait Law: Sized + 'static {
    /// What is counted on the way.
    type Seen: Ord + Debug + Send;
    /// A program, as it is made smaller.
    type Case;

    /// How many programs there are, unless another number is asked for.
    const COUNT: u64;
    /// How many of them a trial has.
    const IN_TRIAL: u64;
    /// How many of a trial's violations of a kind are made smaller.
    const SHRUNK: usize;
    /// The arguments that no other test takes.
    const FLAGS: &[&str] = &[];

    fn start(wish: &Wish) -> io::Result<Self>;

    /// Writes a program and judges it, without the parts of it that are refused.
    fn check(
        &mut self,
        random: Random,
        weights: &Weights,
        tally: &mut Tally<Self::Seen>,
    ) -> io::Result<Option<Violation<Self::Case>>>;

    fn judge(&mut self, case: &Self::Case) -> io::Result<Verdict>;

    /// In how many ways a case is made smaller.
    fn ways(case: &Self::Case) -> usize;

    /// The `at`-th of the cases that are smaller in a way, the boldest first.
    fn smaller(
        &mut self,
        case: &Self::Case,
        way: usize,
        at: usize,
    ) -> io::Result<Option<Self::Case>>;

    fn texts(case: &Self::Case) -> Texts;

    /// Why what was seen in all says too little.
    fn complaint(_tally: &Tally<Self::Seen>) -> Option<String> {
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

fn trial<L: Law>(
    wish: &Wish,
    programs: Range<u64>,
    tally: &Mutex<Tally<L::Seen>>,
) -> Result<(), Failed> {
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
    tally: &mut Tally<L::Seen>,
) -> io::Result<Vec<String>> {
    let mut law = L::start(wish)?;
    let (mut breaches, mut words) = (Vec::new(), Vec::new());
    for index in programs {
        let random = Random::new(wish.seed, index);
        let Some(found) = law.check(random, &wish.weights, tally)? else { continue };
        let breach = found.breach;
        let like_it = breaches.iter().filter(|b| **b == breach).count();
        breaches.push(breach);
        if like_it >= L::SHRUNK {
            words.push(format!("==== program {index}: {breach:?}, like another above"));
            continue;
        }
        let Violation { case, breach, shown } = shrink::shrink(&mut law, found, wish.tries)?;
        let listing = shown::listing(&L::texts(&case));
        let found = format!("==== program {index}: {breach:?}\n{listing}{shown}");
        if wish.report {
            println!("{found}");
        }
        words.push(found);
    }
    Ok(words)
}
