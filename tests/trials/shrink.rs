//! Makes what breaks a law smaller.

use std::io;

use super::Law;
use super::verdict::{Verdict, Violation};

/// The smallest found, after at most so many tries, that breaks the law no less clearly.
pub fn shrink<L: Law>(
    law: &mut L,
    mut found: Violation<L::Case>,
    tries: u32,
) -> io::Result<Violation<L::Case>> {
    let mut left = tries;
    let mut progress = true;
    while progress {
        progress = false;
        for way in 0..L::ways(&found.case) {
            let mut at = 0;
            while let Some(case) = law.smaller(&found.case, way, at)? {
                let Some(rest) = left.checked_sub(1) else { return Ok(found) };
                left = rest;
                match law.judge(&case)? {
                    Verdict::Broken(breach, shown) if found.breach.is_shown_by(breach) => {
                        found = Violation { case, breach, shown };
                        progress = true;
                    }
                    _ => at += 1,
                }
            }
        }
    }
    Ok(found)
}
