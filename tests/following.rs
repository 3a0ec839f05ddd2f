//! Following a variable to its definition never changes what a program does (language.md §4):
//! functions that chance writes, with macros that give back what they get, print what they print
//! with functions in the macros' places.
//!
//! The macros look at the definitions of variables and write them out wherever computing them
//! again is the same; a definition that was followed wrongly gives another value then.
//! `FOLLOWING=100000 cargo test --test following` tries more programs, `FOLLOWING_SEED=2` others.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "runs programs")]
#![allow(dead_code, reason = "shares parts with the differential test")]

#[path = "differential/random.rs"]
mod random;

#[path = "differential/expansion.rs"]
mod expansion;
#[path = "differential/python.rs"]
mod python;
#[path = "following/write.rs"]
mod write;

use std::env;
use std::io;

use expansion::{Expansion, Texts, expand};
use python::{Python, Way};
use random::Random;

const MACROS: &str = include_str!("following/macros.py");
const PLAIN: &str = include_str!("following/plain.py");

/// How often a program that fails is made smaller.
const TRIES: usize = 300;

#[test]
fn followed_variables_are_what_they_were() {
    let number = |name: &str, usual: u64| match env::var(name) {
        Ok(text) => text.parse().unwrap_or(usual),
        Err(_) => usual,
    };
    let (count, seed) = (number("FOLLOWING", 150), number("FOLLOWING_SEED", 1));
    let mut python = Python::start().expect("python3 runs");
    let (mut refused, mut written_out, mut wrong) = (0, 0, Vec::new());
    for index in 0..count {
        let app = write::write(Random::new(seed, index));
        match check(&mut python, &app).expect("python3 answers") {
            Verdict::Agrees { changed } => written_out += u64::from(changed),
            Verdict::Refused(_) => refused += 1,
            Verdict::Differs(_) => wrong.push(smaller(&mut python, app)),
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n\n"));
    assert!(refused * 4 < count, "{refused} of {count} programs were refused");
    assert!(
        written_out * 3 > count,
        "only {written_out} of {count} programs had anything followed"
    );
}

enum Verdict {
    /// Whether a definition was written out.
    Agrees {
        changed: bool,
    },
    Refused(String),
    Differs(String),
}

fn check(python: &mut Python, app: &str) -> io::Result<Verdict> {
    let texts = |macros: &str| -> Texts {
        [("app.py", app), ("macros.py", macros)].map(|(n, t)| (n.to_owned(), t.to_owned())).into()
    };
    let mut expanded = match expand(&texts(MACROS)) {
        Expansion::Done(expanded) => expanded,
        Expansion::Refused(why) => {
            return Ok(Verdict::Refused(why.into_iter().map(|r| r.rendered).collect()));
        }
        Expansion::Panicked(why) => return Ok(Verdict::Differs(format!("panicked: {why}"))),
    };
    expanded.remove("macros.py");
    let plain = python.run(Way::Plain, &texts(PLAIN))?;
    if plain.contains("!! SyntaxError") {
        return Ok(Verdict::Refused(plain));
    }
    let after = python.run(Way::Expanded, &expanded)?;
    let text = expanded.remove("app.py").unwrap_or_default();
    // A macro's call is longer than the variable in it.
    let changed = app.lines().zip(text.lines()).any(|(a, b)| a != b && !a.contains(b.trim()));
    Ok(match plain == after {
        true => Verdict::Agrees { changed },
        false => Verdict::Differs(format!("{text}\n--- plain\n{plain}\n--- expanded\n{after}")),
    })
}

/// The program made smaller as long as it fails, with what is wrong.
fn smaller(python: &mut Python, mut app: String) -> String {
    let mut said = String::new();
    let mut tries = 0;
    'again: loop {
        let candidates = python.reductions(&app).unwrap_or_default();
        for candidate in candidates {
            tries += 1;
            if tries > TRIES {
                break 'again;
            }
            if let Ok(Verdict::Differs(how)) = check(python, &candidate) {
                (app, said) = (candidate, how);
                continue 'again;
            }
        }
        break;
    }
    format!("--- program\n{app}\n--- becomes\n{said}")
}
