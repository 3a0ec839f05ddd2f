//! The law of language.md §1 on programs that chance writes: a macro that never unevals behaves as
//! the plain function it is written as.
//!
//! Each trial writes some programs, expands them, and runs them on `python3` as they are and
//! expanded. What they print and how they end must agree. What the tool refuses is left out, and
//! counted. A program that breaks the law is made smaller before it is shown.
//!
//! `cargo test --test differential -- --count 100000 --seed 7` runs more of them;
//! `--weight NAME=N` changes how often a form is used, and `--report` says what was refused.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "runs programs")]

#[path = "differential/random.rs"]
mod random;

#[path = "differential/expansion.rs"]
mod expansion;
#[path = "differential/expressions.rs"]
mod expressions;
#[path = "differential/law.rs"]
mod law;
#[path = "differential/program.rs"]
mod program;
#[path = "differential/python.rs"]
mod python;
#[path = "differential/shrink.rs"]
mod shrink;
#[path = "differential/statements.rs"]
mod statements;
#[path = "differential/units.rs"]
mod units;
#[path = "differential/writer.rs"]
mod writer;

use std::io;
use std::sync::{Arc, Mutex};

use libtest_mimic::{Arguments, Failed, Trial};

use law::{Tally, Violation};
use python::Python;
use random::{Random, Weights};

/// How many programs a trial has.
const PROGRAMS: u64 = 25;

/// How many of a trial's violations of a kind are made smaller.
const SHRUNK: usize = 1;

/// What this test is asked for, besides what every test is.
struct Wish {
    count: u64,
    seed: u64,
    /// The first program.
    from: u64,
    tries: u32,
    weights: Weights,
    report: bool,
    /// Whether findings in words of the tool's insides are counted, not failures.
    lenient: bool,
}

fn main() {
    let (wish, others) = match wish(std::env::args()) {
        Ok(wish) => wish,
        Err(word) => {
            eprintln!("{word}");
            std::process::exit(2);
        }
    };
    let arguments = Arguments::from_iter(others);
    let wish = Arc::new(wish);
    let tally = Arc::new(Mutex::new(Tally::default()));
    let trials = (0..wish.count.div_ceil(PROGRAMS)).map(|block| {
        let (wish, tally) = (wish.clone(), tally.clone());
        let name = format!("seed_{}_from_{}", wish.seed, wish.from + block * PROGRAMS);
        Trial::test(name, move || trial(&wish, block, &tally))
    });
    let conclusion = libtest_mimic::run(&arguments, trials.collect());
    if wish.report {
        report(&tally);
    }
    conclusion.exit();
}

/// Takes this test's own arguments out of all.
fn wish(arguments: impl Iterator<Item = String>) -> Result<(Wish, Vec<String>), String> {
    let mut wish = Wish {
        count: 200,
        seed: 1,
        from: 0,
        tries: 250,
        weights: Weights::default(),
        report: false,
        lenient: false,
    };
    let mut others = Vec::new();
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        let number = |text: String| text.parse().map_err(|_| format!("{text} is no number"));
        match &*argument {
            "--count" => wish.count = number(value()?)?,
            "--seed" => wish.seed = number(value()?)?,
            "--from" => wish.from = number(value()?)?,
            "--tries" => wish.tries = number(value()?)? as u32,
            "--lenient" => wish.lenient = true,
            "--report" => wish.report = true,
            "--weight" => {
                let text = value()?;
                let (name, weight) = text.split_once('=').ok_or("--weight NAME=N")?;
                wish.weights.set(name, number(weight.to_owned())? as u32);
            }
            _ => others.push(argument),
        }
    }
    Ok((wish, others))
}

fn trial(wish: &Wish, block: u64, tally: &Mutex<Tally>) -> Result<(), Failed> {
    let mut own = Tally::default();
    let violations = programs(wish, block, &mut own).map_err(|e| e.to_string())?;
    if let Ok(mut tally) = tally.lock() {
        tally.add(&own);
    }
    match violations.is_empty() {
        true => Ok(()),
        false => Err(violations.join("\n").into()),
    }
}

/// What the programs of a trial break, in words.
fn programs(wish: &Wish, block: u64, tally: &mut Tally) -> io::Result<Vec<String>> {
    let mut python = Python::start()?;
    let mut broken = Vec::new();
    for index in block * PROGRAMS..((block + 1) * PROGRAMS).min(wish.count) {
        let index = wish.from + index;
        let program = program::write(&mut Random::new(wish.seed, index), &wish.weights);
        if let Some(violation) = law::check(program, &mut python, tally, wish.lenient)? {
            let breach = violation.breach;
            let many = tally.broken.iter().filter(|b| **b == breach).count() >= SHRUNK;
            tally.broken.push(breach);
            if many {
                broken.push(format!("==== program {index}: {breach:?}, like another above"));
                continue;
            }
            let violation = shrink::shrink(violation, &mut python, wish.tries)?;
            broken.push(words(index, &violation));
            if wish.report {
                println!("{}", words(index, &violation));
            }
        }
    }
    Ok(broken)
}

fn words(index: u64, violation: &Violation) -> String {
    let Violation { breach, texts, shown, .. } = violation;
    format!("==== program {index}: {breach:?}\n{}{shown}", law::listing(texts))
}

fn report(tally: &Mutex<Tally>) {
    let Ok(tally) = tally.lock() else { return };
    println!(
        "{} programs, {} compared, {} not Python; {} of {} units compared; refused:",
        tally.programs, tally.compared, tally.invalid, tally.units_compared, tally.units,
    );
    let mut refusals: Vec<_> = tally.refusals.iter().collect();
    refusals.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    for (what, count) in refusals {
        println!("{count:7}  {what}");
    }
}
