//! What was seen in programs: how many there were of what, and what was refused.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::expansion::Refusal;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seen {
    Programs,
    /// Programs that don't run as they are written.
    Invalid,
    /// Programs that print the same expanded.
    Compared,
    /// Those of them of which nothing was refused.
    Whole,
    /// What [`Law::parts`](super::Law::parts) says of them.
    Parts,
}

/// What was seen so far.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    counts: BTreeMap<Seen, u64>,
    /// How often each code and message came.
    refusals: BTreeMap<String, u64>,
}

impl Tally {
    pub fn count(&mut self, seen: Seen, times: usize) {
        *self.counts.entry(seen).or_default() += times as u64;
    }

    pub fn count_refusals(&mut self, refusals: &[Refusal]) {
        for refusal in refusals {
            *self.refusals.entry(summary(refusal)).or_default() += 1;
        }
    }

    /// How often this was seen.
    pub fn of(&self, seen: Seen) -> u64 {
        self.counts.get(&seen).copied().unwrap_or_default()
    }

    /// Adds what another trial saw.
    pub fn add(&mut self, other: Tally) {
        for (seen, times) in other.counts {
            *self.counts.entry(seen).or_default() += times;
        }
        for (what, times) in other.refusals {
            *self.refusals.entry(what).or_default() += times;
        }
    }

    /// The counts, and so many of the refusals, the most frequent first; nothing where nothing was
    /// seen.
    pub fn report(&self, refusals: usize) -> String {
        if self.counts.is_empty() {
            return String::new();
        }
        let mut sorted: Vec<_> = self.refusals.iter().collect();
        sorted.sort_by_key(|(_, times)| Reverse(**times));
        let lines =
            sorted.iter().take(refusals).map(|(what, times)| format!("{times:7}  {what}\n"));
        format!("{:?}; refused:\n{}", self.counts, lines.collect::<String>())
    }
}

/// The code and message, without what is particular to one program.
fn summary(refusal: &Refusal) -> String {
    let mut message = String::new();
    for (index, part) in refusal.message.split('`').enumerate() {
        message.push_str(if index % 2 == 0 { part } else { "`…`" });
    }
    let message: String = message.chars().filter(|c| !c.is_ascii_digit()).take(100).collect();
    format!("{} {message}", refusal.code)
}
