//! A part of what the fuzz targets do, the same on every machine: each target on some inputs that
//! seeded chance chooses, and on all that was kept of its crashes.
//!
//! `FUZZ=100000 cargo test --test fuzz python` tries more of a target, `FUZZ_SEED=2` others, and
//! `FUZZ=1 FUZZ_FROM=7` one again.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "reads the corpus")]

#[path = "../fuzz/src/lib.rs"]
mod targets;

use std::env;
use std::fs;
use std::panic;
use std::path::{Path, PathBuf};

use targets::law::Fate;
use targets::random::Random;
use targets::{bytes, macros, mutation, python, trees};

/// The longest input that chance chooses, in bytes.
const LONGEST: u32 = 300;

/// How many failures are shown, the shortest ones.
const SHOWN: usize = 5;

fn number(variable: &str, usual: u64) -> u64 {
    env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

type Run = fn(&[u8]) -> Fate;

/// Runs a target on as many inputs as are asked for, or on so many. One in `expanded` of the
/// programs must have had something to expand, so that something was tried.
fn try_out(usual: u64, expanded: u64, input: impl Fn(&mut Random) -> Vec<u8>, run: Run) {
    let (count, seed) = (number("FUZZ", usual), number("FUZZ_SEED", 1));
    let mut fates = [Fate::LeftOut, Fate::Refused, Fate::Same, Fate::Expanded].map(|f| (f, 0));
    let mut broken = Vec::new();
    let from = number("FUZZ_FROM", 0);
    for index in from..from + count {
        // Which one it was that doesn't end, or ends the process.
        if env::var_os("FUZZ").is_some() {
            eprintln!("{index}");
        }
        let input = input(&mut Random::new(seed, index));
        match panic::catch_unwind(|| run(&input)) {
            Ok(fate) => fates.iter_mut().filter(|(f, _)| *f == fate).for_each(|(_, n)| *n += 1),
            Err(payload) => broken.extend(payload.downcast_ref::<String>().cloned()),
        }
    }
    println!("{count}: {fates:?}");
    broken.sort_by_key(String::len);
    let shown = broken.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join("\n\n");
    assert!(broken.is_empty(), "{} of {count}, such as\n{shown}", broken.len());
    assert!(fates[3].1 * expanded >= count, "{fates:?}");
}

/// Runs a target on what was kept.
fn again(target: &str, run: Run) {
    let kept = files(&Path::new("fuzz/kept").join(target));
    for path in kept {
        run(&fs::read(path).expect("it can be read"));
    }
}

/// All files below a folder, sorted; none if there is no such folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// Bytes by chance.
fn any_bytes(random: &mut Random) -> Vec<u8> {
    (0..random.below(LONGEST)).map(|_| random.below(256) as u8).collect()
}

/// The Python files of the corpus.
fn corpus() -> Vec<Vec<u8>> {
    let paths = files(Path::new("corpus")).into_iter();
    let paths = paths.filter(|path| path.extension().is_some_and(|ending| ending == "py"));
    paths.filter_map(|path| fs::read(path).ok()).collect()
}

#[test]
fn bytes() {
    again("bytes", bytes::again);
    let corpus = corpus();
    // Bytes of all sorts, or a file with some of its bytes changed.
    let input = |random: &mut Random| {
        let mut bytes = any_bytes(random);
        if !random.once_in(4) {
            bytes = random.of(&corpus).clone();
            for _ in 0..random.between(0, 6) {
                let at = random.below(bytes.len() as u32 + 1) as usize;
                let new: &[&[u8]] = &[b"", b"\xff", b"\xc3", b"\x00", b"\r", b"# coding: koi8-r\n"];
                let end = at + random.below((bytes.len() - at).min(3) as u32 + 1) as usize;
                bytes.splice(at..end, random.of(new).iter().copied());
            }
        }
        bytes
    };
    try_out(400, 20, input, bytes::run);
}

#[test]
fn python() {
    again("python", python::again);
    let corpus = corpus();
    let input = |random: &mut Random| {
        let seed = String::from_utf8_lossy(random.of::<Vec<u8>>(&corpus)).into_owned();
        mutation::mutate(&seed, random).into_bytes()
    };
    try_out(400, 8, input, python::run);
}

#[test]
fn macros() {
    again("macros", macros::again);
    try_out(400, 4, any_bytes, macros::run);
}

#[test]
fn trees() {
    again("trees", trees::again);
    try_out(2000, 100, any_bytes, trees::run);
}
