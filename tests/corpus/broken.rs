//! Law: however a file is broken, there are findings or there is output, and never a panic.
//!
//! A file is cut off at each character, and each line is taken out of it. In the usual run some of
//! these are tried; with `EVERY=1` in the environment, all.

use std::env;
use std::path::Path;

use uneval::Driver;
use uneval::Source;

use super::expansion::{Overlay, on_big_stack, options, survive};

/// How many of the variants of each kind are tried.
const SOME: usize = 40;

/// How many variants a driver is used for: it keeps all texts it has seen.
const OF_ONE_DRIVER: usize = 200;

/// A broken file, and how it was broken.
struct Variant {
    how: String,
    bytes: Vec<u8>,
}

/// What goes wrong with the variants of a file, in words.
pub fn check(path: &Path, bytes: &[u8]) -> Vec<String> {
    let most = if env::var_os("EVERY").is_some() { usize::MAX } else { SOME };
    let mut variants = some(cut_off(bytes), most);
    variants.extend(some(without_a_line(bytes), most));
    let complaints = variants.chunks(OF_ONE_DRIVER).map(|part| on_big_stack(|| meet(path, part)));
    complaints.flatten().collect()
}

/// So many of them, evenly chosen, the last ones among them: they hold the most of the program.
fn some(all: Vec<Variant>, most: usize) -> Vec<Variant> {
    let step = all.len().div_ceil(most).max(1);
    all.into_iter().rev().step_by(step).collect()
}

fn cut_off(bytes: &[u8]) -> Vec<Variant> {
    let Ok(source) = Source::decode("cut", bytes) else { return Vec::new() };
    // In a file of several bytes a character, the cut is at a character of UTF-8 all the same:
    // half a character is an input, too.
    let cuts = source.text().char_indices();
    cuts.map(|(at, _)| Variant {
        how: format!("cut off at {at}"),
        bytes: bytes.get(..at).unwrap_or(bytes).to_vec(),
    })
    .collect()
}

fn without_a_line(bytes: &[u8]) -> Vec<Variant> {
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let without = |at: usize| Variant {
        how: format!("without line {}", at + 1),
        bytes: [&lines[..at], &lines[at + 1..]].concat().concat(),
    };
    (0..lines.len()).map(without).collect()
}

/// Expands the variants with one driver, or with another after a panic.
fn meet(path: &Path, variants: &[Variant]) -> Vec<String> {
    let files = Overlay::default();
    let mut driver = Driver::new(&files, options());
    let mut complaints = Vec::new();
    for Variant { how, bytes } in variants {
        let what = match survive(|| driver.expand_bytes(path, bytes)) {
            None => {
                // In disorder, it is better not touched again.
                std::mem::forget(std::mem::replace(&mut driver, Driver::new(&files, options())));
                "a panic"
            }
            Some(outcome) if outcome.output.is_none() && outcome.findings.is_empty() => {
                "neither output nor findings"
            }
            Some(_) => continue,
        };
        complaints.push(format!("{}, {how}: {what}", path.display()));
    }
    complaints
}
