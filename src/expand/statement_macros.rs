//! Macros that take definitions and blocks (language.md §11).
//!
//! ```text
//! @traced("start")
//! def area(r):            def area(r):
//!     return 3 * r * r        print("start")
//!                             return 3 * r * r
//! ```
//!
//! From text to text, as in [`super::control_flow`]: the residual statements of a macro are written
//! where its statement stood, each of its names meaning there what it should, and the new text is a
//! module like any other. So expansion goes on in it as if it had been written there: a macro's
//! decorator, block or call that another one left is a site as any is. Statements around others
//! come first.

mod sites;

mod run;

mod definition;

mod block;

mod writing;

mod plain_calls;

mod derived;

use std::rc::Rc;

use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use self::block::expand_block;
use self::definition::{Written, expand_definition};
use self::plain_calls::write_plainly;
use self::sites::{Role, StatementSite, StatementUse, statement_sites};
use self::writing::{statement_text, trace_statement};
use crate::diagnostic::{Code, Finding};
use crate::expand::Expander;
use crate::expand::calls::definition_texts;
use crate::expand::compile_time::define_constants;
use crate::expand::control_flow::undecided_places;
use crate::expand::erasure::remove_vanished;
use crate::expand::findings::Reported;
use crate::expand::hygiene::AddedImports;
use crate::expand::program::Module;
use crate::source::edit::Edits;

pub(crate) use self::derived::carry_over;
pub(crate) use self::writing::derive_module;

/// How often what a macro leaves may hold further uses of macros of statements.
const DEEPEST: usize = 100;

/// How many such uses there may be in a file.
const MOST_USES: usize = 10_000;

/// What macros left in the text so far, and how many led to it.
#[derive(Default)]
pub(crate) struct Regions {
    found: Vec<(TextRange, usize)>,
    uses: usize,
}

impl Regions {
    /// How many macros led to what stands at `range`.
    fn depth(&self, range: TextRange) -> usize {
        let around = self.found.iter().filter(|(region, _)| region.contains_range(range));
        around.map(|(_, depth)| *depth).max().unwrap_or(0)
    }

    /// Follows the edits, the ranges of which become regions with these depths.
    fn follow(&mut self, edits: &Edits, new: &[(TextRange, usize)]) {
        let moved = |(range, depth): &(TextRange, usize)| {
            // An edit maps to the start of its replacement, and what comes after it to the end.
            (TextRange::new(edits.map(range.start()), edits.map(range.end())), *depth)
        };
        self.found = self.found.iter().chain(new).map(moved).collect();
    }
}

/// Where the first statement begins that macros take.
pub(crate) fn first_statement_site(cx: &mut Expander<'_>, module: &Rc<Module>) -> Option<TextSize> {
    statement_sites(cx.stage(), module).first().map(|site| site.stmt.start())
}

/// The module after its macros of statements have run once, up to where something else is to be
/// decided before; none if there are none.
pub(crate) fn run_statement_macros(
    cx: &mut Expander<'_>,
    module: &Rc<Module>,
    regions: &mut Regions,
) -> Option<Rc<Module>> {
    let mut sites = statement_sites(cx.stage(), module);
    let is_inside = |at: &TextSize| sites.iter().any(|s| s.stmt.range().contains(*at));
    let others = undecided_places(&cx.resolver, module);
    if let Some(other) = others.iter().find(|at| !is_inside(at)) {
        sites.retain(|site| site.stmt.start() < *other);
    }
    if sites.is_empty() {
        return None;
    }
    let mut edits = Edits::new();
    let mut added = AddedImports::default();
    let mut new = Vec::new();
    let mut macros = Vec::new();
    for site in &sites {
        define_constants(&mut cx.stage(), module, Some(site.stmt.start()));
        let depth = regions.depth(site.stmt.range());
        if let StatementUse::Definition(decorators, roles) = &site.kind
            && roles.iter().all(|role| matches!(role, Role::Ordinary | Role::Plain))
        {
            let all = (*decorators, &roles[..]);
            macros.extend(write_plainly(module, site.stmt, all, &mut edits));
            continue;
        }
        let outcome = count_use(cx, module, site, depth, regions)
            .and_then(|()| expand_statement_site(cx, module, site))
            .and_then(|written| {
                let text = statement_text(cx, module, site.stmt, &written, &mut added)?;
                Ok((written, text))
            });
        match outcome {
            Ok((written, text)) => {
                trace_statement(cx, module, site.stmt, &written, text.as_deref());
                macros.push((written.range, written.expression.range()));
                new.push((written.range, depth + 1));
                match text {
                    Some(text) => edits.replace(written.range, text),
                    None => {
                        cx.output.vanished.insert(site.stmt.range());
                    }
                }
            }
            Err(Reported { .. }) => take_out(module, site, &mut edits),
        }
    }
    remove_vanished(&cx.erasure(), module, &mut edits);
    cx.output.vanished.clear();
    added.write_beside(&cx.resolver.project, module, &mut edits);
    added.write(&cx.resolver.project, module, &mut edits);
    for (place, text) in definition_texts(&mut cx.output, module) {
        edits.insert(place, text);
    }
    let derived = derive_module(cx, module, &edits, &macros);
    if derived.is_some() {
        regions.follow(&edits, &new);
        return derived;
    }
    let message = "this expansion isn't possible here yet: what macros leave here isn't valid \
                   Python";
    let at = macros.first().map_or(TextRange::default(), |(_, by)| *by);
    let label = module.label(at, "left by this, or by a macro below");
    cx.findings.report(Finding::new(Code::NeedsStatements, message, label));
    let mut edits = Edits::new();
    sites.iter().for_each(|site| take_out(module, site, &mut edits));
    derive_module(cx, module, &edits, &[])
}

fn expand_statement_site<'m>(
    cx: &mut Expander<'_>,
    module: &'m Rc<Module>,
    site: &StatementSite<'m>,
) -> Result<Written<'m>, Reported> {
    match &site.kind {
        StatementUse::Definition(decorators, roles) => {
            expand_definition(cx, module, site.stmt, (decorators, roles))
        }
        StatementUse::Block(block, index, role) => {
            expand_block(cx, module, (site.stmt, block), *index, role)
        }
    }
}

/// Counts a use of a macro that another one left, as far as there may be more of them.
fn count_use(
    cx: &mut Expander<'_>,
    module: &Module,
    site: &StatementSite<'_>,
    depth: usize,
    regions: &mut Regions,
) -> Result<(), Reported> {
    let at = match &site.kind {
        StatementUse::Definition(decorators, roles) => {
            let is_macro = |role: &Role| !matches!(role, Role::Ordinary);
            let index = roles.iter().rposition(is_macro).unwrap_or_default();
            decorators.get(index).map_or(site.stmt.range(), |d| d.expression.range())
        }
        StatementUse::Block(block, index, _) => {
            block.items.get(*index).map_or(block.range, |item| item.context_expr.range())
        }
    };
    regions.uses += usize::from(depth > 0);
    let (code, message) = if depth > DEEPEST {
        let text = module.slice(at);
        (Code::RecursionLimit, format!("`{text}` leaves uses of macros without end"))
    } else if regions.uses > MOST_USES {
        let message =
            format!("macros of this file leave more than {MOST_USES} further uses of macros");
        (Code::SizeLimit, message)
    } else {
        return Ok(());
    };
    if regions.uses > MOST_USES + 1 {
        return Err(cx.findings.reported_before());
    }
    Err(cx.findings.report(Finding::new(code, message, module.label(at, "left by a macro"))))
}

/// Takes out the macros of a site about which a finding was reported, so that the others go on.
fn take_out(module: &Module, site: &StatementSite<'_>, edits: &mut Edits) {
    match &site.kind {
        StatementUse::Definition(decorators, roles) => {
            for (decorator, role) in decorators.iter().zip(roles) {
                if !matches!(role, Role::Ordinary) {
                    let source = &module.source;
                    let lines = TextRange::new(
                        source.line_range(decorator.start()).start(),
                        source.full_line_range(decorator.end()).end(),
                    );
                    edits.replace(lines, "");
                }
            }
        }
        StatementUse::Block(block, index, _) => {
            if let Some(item) = block.items.get(*index) {
                edits.replace(item.context_expr.range(), "None");
            }
        }
    }
}
