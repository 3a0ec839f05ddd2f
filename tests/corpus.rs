//! The corpus: one trial a file, or a folder with several modules.
//!
//! A trial checks every file of its case against the laws of `corpus/laws.rs`, runs the expanded
//! program on `python3` where the corpus says what it prints, and compares the result with the
//! snapshot.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "reads the corpus")]

#[path = "corpus/broken.rs"]
mod broken;
#[path = "corpus/case.rs"]
mod case;
#[path = "corpus/expansion.rs"]
mod expansion;
#[path = "corpus/laws.rs"]
mod laws;
#[path = "corpus/residue.rs"]
mod residue;
#[path = "corpus/run.rs"]
mod run;
#[path = "corpus/show.rs"]
mod show;
#[path = "corpus/untouched.rs"]
mod untouched;

use std::env;
use std::process::Command;

use libtest_mimic::{Arguments, Failed, Trial};

use case::{Case, Kind};
use expansion::Expanded;

fn main() {
    let arguments = Arguments::from_args();
    let trials = case::all().into_iter().map(|case| {
        let name = case.name.clone();
        Trial::test(name, move || match env::var_os(ALONE) {
            Some(_) => check(&case),
            None => check_alone(&case),
        })
    });
    libtest_mimic::run(&arguments, trials.collect()).exit();
}

/// The variable that says that a process has one trial to run.
const ALONE: &str = "CORPUS_ALONE";

/// Runs a trial in a process of its own: what interpreters keep is given back with it.
fn check_alone(case: &Case) -> Result<(), Failed> {
    let mut command = Command::new(env::current_exe()?);
    command.args(["--exact", &case.name, "--test-threads=1"]).env(ALONE, "1");
    let output = command.output()?;
    match output.status.success() {
        true => Ok(()),
        false => {
            let said = [output.stdout, output.stderr].concat();
            Err(String::from_utf8_lossy(&said).into_owned().into())
        }
    }
}

/// What a trial does. All that is wrong is reported, not the first.
fn check(case: &Case) -> Result<(), Failed> {
    let expanded = expansion::expand(case);
    let mut complaints = meaning(case, &expanded);
    for file in &expanded {
        complaints.extend(laws::of(case, file, &expanded));
    }
    complaints.extend(run::compare(case, &expanded));
    if case.kind != Kind::Python {
        complaints.extend(show::compare(case, &expanded));
    }
    match complaints.is_empty() {
        true => Ok(()),
        false => Err(complaints.join("\n").into()),
    }
}

/// Whether the case shows what its folder says.
fn meaning(case: &Case, expanded: &[Expanded]) -> Vec<String> {
    let findings = || expanded.iter().flat_map(|file| &file.findings);
    match &case.kind {
        Kind::Error(code) if findings().any(|f| f.code.id() == code) => Vec::new(),
        Kind::Error(code) => vec![format!("no {code} was found")],
        Kind::Python => expanded
            .iter()
            .filter(|file| file.output.as_ref() != Some(&file.source))
            .map(|file| format!("{}: no macro, but other bytes", file.path.display()))
            .collect(),
        Kind::Macro | Kind::Program => expanded
            .iter()
            .filter(|file| file.output.is_none())
            .map(|file| format!("{}: no output\n{}", file.path.display(), file.rendered))
            .collect(),
    }
}
