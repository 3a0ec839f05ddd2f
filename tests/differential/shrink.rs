//! Makes a program that breaks a law smaller, as long as it breaks the same one.

use std::io;

use super::law::{Verdict, Violation, judge};
use super::python::Python;

/// The smallest program found that breaks the law in the same way, after at most `tries`.
pub fn shrink(mut found: Violation, python: &mut Python, tries: u32) -> io::Result<Violation> {
    let mut left = tries;
    let mut progress = true;
    while progress && left > 0 {
        progress = false;
        for name in found.texts.keys().cloned().collect::<Vec<_>>() {
            progress |= shrink_file(&mut found, &name, python, &mut left)?;
        }
    }
    Ok(found)
}

fn shrink_file(
    found: &mut Violation,
    name: &str,
    python: &mut Python,
    left: &mut u32,
) -> io::Result<bool> {
    let mut progress = false;
    let mut at = 0;
    loop {
        let Some(text) = found.texts.get(name) else { return Ok(progress) };
        let candidates = python.reductions(text)?;
        let start = at.min(candidates.len());
        let mut smaller = None;
        for (index, candidate) in candidates.iter().enumerate().skip(start) {
            if *left == 0 {
                return Ok(progress);
            }
            *left -= 1;
            let mut texts = found.texts.clone();
            texts.insert(name.to_owned(), candidate.clone());
            if let Verdict::Broken(violation) = judge(&texts, python)? {
                let same = violation.breach == found.breach;
                if same && (found.unbound || !violation.unbound) {
                    smaller = Some((index, violation));
                    break;
                }
            }
        }
        match smaller {
            Some((index, violation)) => {
                *found = violation;
                at = index;
                progress = true;
            }
            None if at > 0 => at = 0,
            None => return Ok(progress),
        }
    }
}
