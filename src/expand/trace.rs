//! The expansion of a file one call at a time, for who wants to see it.

use rustpython_text_size::TextRange;

use super::callsite::CallSite;
use super::placing::Replacement;
use super::{Expander, emit};
use crate::codenode::Node;
use crate::print::{self, Style};
use crate::source::FileId;

/// A use of a macro, and what it became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
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

impl Expander<'_> {
    /// Writes down what a call became; `left` is the call if a macro left it.
    pub(super) fn trace_call(
        &mut self,
        site: CallSite<'_>,
        name: &str,
        left: Option<&Node>,
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
        self.trace_step(site, name, before, lines.join("\n"));
    }

    /// Writes down what a statement that a macro takes became.
    pub(super) fn trace_step(
        &mut self,
        site: CallSite<'_>,
        name: &str,
        before: String,
        after: String,
    ) {
        if self.trace == Trace::On {
            let (file, range) = self.written_at(site.module.file, site.range);
            self.steps.push(Step { file, range, name: name.to_owned(), before, after });
        }
    }
}
