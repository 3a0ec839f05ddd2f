//! Makes what breaks a law smaller.

use std::io;

use super::Law;
use super::expansion::Texts;
use super::python::Python;
use super::verdict::{Verdict, Violation};

/// The smallest found, after at most so many tries, that breaks the law no less clearly.
pub fn shrink<L: Law>(
    law: &L,
    python: &mut Python,
    mut found: Violation,
    tries: u32,
) -> io::Result<Violation> {
    let mut left = tries;
    let mut progress = true;
    while progress {
        progress = false;
        for way in 0..=found.texts.len() {
            let mut at = 0;
            while let Some(texts) = smaller(&found.texts, way, at, python)? {
                let Some(rest) = left.checked_sub(1) else { return Ok(found) };
                left = rest;
                match law.judge(&texts, python)? {
                    Verdict::Broken(breach, shown) if found.breach.is_shown_by(breach) => {
                        found = Violation { texts, breach, shown };
                        progress = true;
                    }
                    _ => at += 1,
                }
            }
        }
    }
    Ok(found)
}

/// The `at`-th of the programs that are smaller in a way, the boldest first: one file is empty, or
/// the file of this number is reduced.
fn smaller(texts: &Texts, way: usize, at: usize, python: &mut Python) -> io::Result<Option<Texts>> {
    let found = match way.checked_sub(1).and_then(|file| texts.iter().nth(file)) {
        Some((name, text)) => python.reduction(text, at)?.map(|reduced| (name, reduced)),
        None => {
            let mut files = texts.iter().filter(|(_, text)| !text.is_empty());
            files.nth(at).map(|(name, _)| (name, String::new()))
        }
    };
    Ok(found.map(|(name, text)| {
        let mut texts = texts.clone();
        texts.insert(name.clone(), text);
        texts
    }))
}
