//! What each use of a macro becomes, for `--trace` and at the prompt.
//!
//! ```text
//! app.py:5:12: deriv
//! - deriv(3*x*x, "x")
//! + 3 * x * 1 + (3 * 1 + 0 * x) * x
//! ```

use std::fmt::Write as _;

use crate::diagnostic::render::Colouring;
use crate::driver::ExpansionStep;
use crate::source::Sources;

/// What a line is about.
#[derive(Clone, Copy)]
enum TraceLine {
    Place,
    Before,
    After,
}

/// The steps in their order, an empty line after each, with their places if there are `sources`.
pub(crate) fn render(
    steps: &[ExpansionStep],
    sources: Option<&Sources>,
    style: Colouring,
) -> String {
    let mut out = String::new();
    for step in steps {
        let place = sources.and_then(|sources| sources.find(step.file)).map(|source| {
            let at = source.line_column(step.range.start());
            format!("{}:{}:{}: ", source.name(), at.line, at.column)
        });
        let head = place.unwrap_or_default() + &step.name;
        line(&mut out, TraceLine::Place, &head, style);
        step.before.lines().for_each(|text| line(&mut out, TraceLine::Before, text, style));
        step.after.lines().for_each(|text| line(&mut out, TraceLine::After, text, style));
        out.push('\n');
    }
    out
}

fn line(out: &mut String, side: TraceLine, text: &str, style: Colouring) {
    let (mark, colour) = match side {
        TraceLine::Place => ("", 1),
        TraceLine::Before => ("- ", 31),
        TraceLine::After => ("+ ", 32),
    };
    // Writing to a String can't fail.
    let _ = match style {
        Colouring::Plain => writeln!(out, "{mark}{text}"),
        Colouring::Coloured => writeln!(out, "\x1b[{colour}m{mark}{text}\x1b[0m"),
    };
}
