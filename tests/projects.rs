//! The law of language.md §1 on projects that chance writes: packages whose modules import each
//! other's macros, functions and numbers in every way, and do things when they are imported.
//!
//! Each trial writes some projects, expands each as one run, and runs its entries on `python3` as
//! they are and expanded. What they print, the order of what imports do included, must agree. What
//! the tool refuses is left out, and counted. A project that breaks the law is made smaller before
//! it is shown.
//!
//! `cargo test --test projects -- --count 10000 --seed 7` runs more of them; `--weight
//! NAME=N` says how many of a hundred projects have a habit (`Habit`), `--report` what was refused.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "runs programs")]
#![allow(dead_code, reason = "shares parts with the differential test")]

#[path = "differential/random.rs"]
mod random;

#[path = "differential/expansion.rs"]
mod expansion;
#[path = "differential/python.rs"]
mod python;

#[path = "projects/project.rs"]
mod project;

#[path = "projects/values.rs"]
mod values;

#[path = "projects/imports.rs"]
mod imports;

#[path = "projects/definitions.rs"]
mod definitions;

#[path = "projects/write.rs"]
mod write;

#[path = "projects/law.rs"]
mod law;

#[path = "projects/shrink.rs"]
mod shrink;

use std::io;
use std::sync::{Arc, Mutex};

use libtest_mimic::{Arguments, Failed, Trial};

use law::Tally;
use python::Python;
use random::{Random, Weights};

const RUNNER: &str = include_str!("projects/runner.py");

/// How many projects a trial has.
const PROJECTS: u64 = 10;

/// What this test is asked for, besides what every test is.
struct Wish {
    count: u64,
    seed: u64,
    /// The first project.
    from: u64,
    tries: u32,
    report: bool,
    weights: Weights,
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
    let trials = (0..wish.count.div_ceil(PROJECTS)).map(|block| {
        let (wish, tally) = (wish.clone(), tally.clone());
        let name = format!("seed_{}_from_{}", wish.seed, wish.from + block * PROJECTS);
        Trial::test(name, move || trial(&wish, block, &tally))
    });
    let conclusion = libtest_mimic::run(&arguments, trials.collect());
    report(&wish, &tally);
    conclusion.exit();
}

/// Takes this test's own arguments out of all.
fn wish(arguments: impl Iterator<Item = String>) -> Result<(Wish, Vec<String>), String> {
    let mut wish = Wish {
        count: 150,
        seed: 1,
        from: 0,
        tries: 300,
        report: false,
        weights: Weights::default(),
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
    let broken = projects(wish, block, &mut own).map_err(|e| e.to_string())?;
    if let Ok(mut tally) = tally.lock() {
        tally.add(&own);
    }
    match broken.is_empty() {
        true => Ok(()),
        false => Err(broken.join("\n").into()),
    }
}

/// What the projects of a trial break, in words.
fn projects(wish: &Wish, block: u64, tally: &mut Tally) -> io::Result<Vec<String>> {
    let mut python = Python::start_with(RUNNER)?;
    let mut broken = Vec::new();
    for index in block * PROJECTS..((block + 1) * PROJECTS).min(wish.count) {
        let index = wish.from + index;
        let project = write::write(&mut Random::new(wish.seed, index), &wish.weights);
        if let Some((project, words)) = law::check(project, &mut python, tally)? {
            let (project, words) = shrink::shrink(project, words, &mut python, wish.tries)?;
            let shown = format!("==== project {index}\n{}{words}", law::listing(&project.texts()));
            if wish.report {
                println!("{shown}");
            }
            broken.push(shown);
        }
    }
    Ok(broken)
}

fn report(wish: &Wish, tally: &Mutex<Tally>) {
    let Ok(tally) = tally.lock() else { return };
    println!(
        "{} projects, {} of them don't run; {} compared, {} of them whole; findings:",
        tally.projects, tally.invalid, tally.compared, tally.whole,
    );
    let mut refusals: Vec<_> = tally.refusals.iter().collect();
    refusals.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    for (what, count) in refusals.into_iter().take(if wish.report { 100 } else { 5 }) {
        println!("{count:7}  {what}");
    }
}
