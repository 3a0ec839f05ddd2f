//! Warnings about loops of which more rounds stand in the output than anybody will read.

use super::Expander;
use crate::codenode::Loc;
use crate::diagnostic::{Code, Finding, Label};
use crate::residual::Residual;

/// How many rounds of a loop may stand in the output.
const MOST: usize = 1_000;

impl Expander<'_> {
    /// Warns at `call` of the loops of `@unroll` functions whose rounds it left.
    pub(super) fn check_loops(&mut self, call: &Label, residual: &Residual) {
        let mut loops: Vec<(Loc, usize)> = Vec::new();
        for unrolled in residual.unrolled() {
            match loops.iter_mut().find(|(loc, _)| *loc == unrolled.loc) {
                Some((_, rounds)) => *rounds += unrolled.rounds,
                None => loops.push((unrolled.loc, unrolled.rounds)),
            }
        }
        for (loc, rounds) in loops {
            self.check_rounds(call.clone(), rounds, Some(loc));
        }
    }

    /// Warns at `call` of a loop with so many rounds, which stands somewhere else if it has a
    /// place.
    pub(super) fn check_rounds(&mut self, call: Label, rounds: usize, place: Option<Loc>) {
        if rounds <= MOST {
            return;
        }
        let message = format!("a loop is unrolled to {rounds} rounds here");
        let mut finding = Finding::new(Code::LongUnroll, message, call);
        if let Some(loc) = place {
            finding = finding.secondary(Label::new(loc.file, loc.range, "this loop"));
        }
        self.find(finding.help("leave a loop that long to the program, or unroll a part of it"));
    }
}
