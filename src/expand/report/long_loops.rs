//! Warnings about loops with so many rounds in the output that nobody will read them.

use crate::codenode::Loc;
use crate::diagnostic::{Code, Finding, Label};
use crate::expand::findings::Findings;
use crate::residual::Residual;

/// How many rounds of a loop may stand in the output.
const MOST: usize = 1_000;

/// Warns at `call` of the loops of `@unroll` functions whose rounds it left.
pub(crate) fn warn_of_long_loops(findings: &mut Findings, call: &Label, residual: &Residual) {
    let mut loops: Vec<(Loc, usize)> = Vec::new();
    for unrolled in residual.unrolled() {
        match loops.iter_mut().find(|(loc, _)| *loc == unrolled.loc) {
            Some((_, rounds)) => *rounds += unrolled.rounds,
            None => loops.push((unrolled.loc, unrolled.rounds)),
        }
    }
    for (loc, rounds) in loops {
        warn_of_rounds(findings, call.clone(), rounds, Some(loc));
    }
}

/// Warns at `call` of a loop with so many rounds, which stands somewhere else if it has a
/// place.
pub(crate) fn warn_of_rounds(
    findings: &mut Findings,
    call: Label,
    rounds: usize,
    place: Option<Loc>,
) {
    if rounds <= MOST {
        return;
    }
    let message = format!("a loop is unrolled to {rounds} rounds here");
    let mut finding = Finding::new(Code::LongUnroll, message, call);
    if let Some(loc) = place {
        finding = finding.secondary(Label::new(loc.file, loc.range, "this loop"));
    }
    findings.report(finding.help("leave a loop that long to the program, or unroll a part of it"));
}
