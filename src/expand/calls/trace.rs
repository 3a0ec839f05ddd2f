//! The trace of an expansion: one step for each call, with the text before and after it.

use rustpython_text_size::TextRange;

use crate::codenode::Node;
use crate::expand::call_site::CallSite;
use crate::expand::lineage::Lineage;
use crate::expand::placement::{Replacement, emit};
use crate::print;
use crate::print::Style;
use crate::source::FileId;

/// A use of a macro, and what it became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpansionStep {
    /// The text the user wrote, and where in it the macro is used.
    pub file: FileId,
    pub range: TextRange,
    /// The macro, as it is defined.
    pub name: String,
    /// The code that uses it: what another macro left isn't as the user wrote it.
    pub before: String,
    /// Statements, and last the expression if there is one. No text if nothing is left.
    pub after: String,
}

/// Whether steps are written down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trace {
    #[default]
    Off,
    On,
}

/// The steps of the expansion of a file, if they are wanted.
pub(crate) struct Tracer {
    trace: Trace,
    /// The greatest width of a printed line, in characters.
    width: usize,
    steps: Vec<ExpansionStep>,
}

impl Tracer {
    /// A tracer that keeps steps if `trace` says so.
    pub(crate) fn new(trace: Trace, width: usize) -> Tracer {
        Tracer { trace, width, steps: Vec::new() }
    }

    /// Takes out the steps so far.
    pub(crate) fn take(&mut self) -> Vec<ExpansionStep> {
        std::mem::take(&mut self.steps)
    }

    /// Keeps what a call of the macro `name` became; `left` is the call if a macro left it.
    pub(crate) fn trace_call(
        &mut self,
        lineage: &Lineage,
        site: CallSite<'_>,
        (name, left): (&str, Option<&Node>),
        replacement: &Replacement,
    ) {
        if self.trace == Trace::Off {
            return;
        }
        let style = Style { width: self.width, ..Style::default() };
        let before = match left {
            Some(call) => print::expression(call, style),
            None => site.module.slice(site.range).to_owned(),
        };
        let mut lines = emit::statements(&replacement.statements, style);
        lines.extend(replacement.node.as_ref().map(|node| print::expression(node, style)));
        self.trace_step(lineage, site, name, (before, lines.join("\n")));
    }

    /// Keeps what the code that uses the macro `name` was and became.
    pub(crate) fn trace_step(
        &mut self,
        lineage: &Lineage,
        site: CallSite<'_>,
        name: &str,
        (before, after): (String, String),
    ) {
        if self.trace == Trace::On {
            let (file, range) = lineage.written_at(site.module.file, site.range);
            self.steps.push(ExpansionStep { file, range, name: name.to_owned(), before, after });
        }
    }
}
