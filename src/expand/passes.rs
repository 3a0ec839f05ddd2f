//! The passes over a module in order: first what is decided before calls are expanded, then the edits
//! that expand them. Branches and loops are decided, and macros of statements run, as they come:
//!
//! ```text
//! @registered                 # first this macro runs
//! def area(r): ...
//! for f in unroll(known):     # so here it is known what was registered
//!     ...
//! ```

use std::collections::HashSet;
use std::rc::Rc;

use rustpython_text_size::{TextRange, TextSize};

use crate::expand::call_site::CallSite;
use crate::expand::calls::{
    FoundCall, check_following, define_specialised, definition_texts, expand_call, find_sites,
    note_change, report_sourceless, start_following, write_replacement,
};
use crate::expand::compile_time::{
    Part, check_names, comptime_value, define_constants, load_constants, load_namespace,
};
use crate::expand::control_flow::{choose_branches_of_imports, decide_control_flow};
use crate::expand::erasure::{
    filter_computed_exports, has_compile_time, remove_compile_time, remove_vanished,
};
use crate::expand::hygiene::{AddedImports, keep_noticed_imports, resolve_references};
use crate::expand::placement::{CallOutcome, Replacement};
use crate::expand::program::Module;
use crate::expand::statement_macros::{
    Regions, carry_over, first_statement_site, run_statement_macros,
};
use crate::expand::{Expander, layout};
use crate::source::edit::Edits;

/// The module once its branches and loops are decided and its macros of statements have run.
pub(crate) fn apply_in_program_order(cx: &mut Expander<'_>, module: &Rc<Module>) -> Rc<Module> {
    choose_branches_of_imports(cx, module, Part::Whole);
    cx.compile_time.constants_until = Some((module.file, TextSize::default()));
    if first_statement_site(cx, module).is_none() {
        cx.compile_time.constants_until = None;
        return match decide_control_flow(cx, module, None) {
            Some(decided) => {
                cx.start();
                decided
            }
            None => {
                define_constants(&mut cx.stage(), module, None);
                module.clone()
            }
        };
    }
    let mut module = module.clone();
    let mut regions = Regions::default();
    loop {
        cx.compile_time.constants_until = Some((module.file, TextSize::default()));
        let first = first_statement_site(cx, &module);
        define_constants(&mut cx.stage(), &module, first);
        // Nothing is decided twice, even if a finding was reported.
        let next =
            decide_control_flow(cx, &module, first).filter(|next| next.text() != module.text());
        let Some(next) = next.or_else(|| run_statement_macros(cx, &module, &mut regions)) else {
            return module;
        };
        choose_branches_of_imports(cx, &next, Part::Whole);
        carry_over(cx, &module, &next);
        module = next;
    }
}

/// All edits that expand the module. If the residual text uses further macros of statements, its
/// compile-time part stays.
pub(crate) fn expand_module(cx: &mut Expander<'_>, module: &Rc<Module>) -> Edits {
    let module = module.clone();
    choose_branches_of_imports(cx, &module, Part::Whole);
    load_constants(&mut cx.stage(), &module);
    let mut sites = find_sites(&cx.resolver, &cx.compile_time, &module);
    cx.output.bindings.extend(std::mem::take(&mut sites.bindings));
    cx.findings.extend(std::mem::take(&mut sites.findings));
    let mut edits = Edits::new();
    let mut added = AddedImports::default();
    check_names(&mut cx.stage(), &module, Part::Whole);
    if !has_compile_time(&cx.erasure(), &module) && sites.calls.is_empty() {
        return edits;
    }
    // A macro module's own mistakes are found even if nobody calls its macros.
    load_namespace(&mut cx.stage(), &module);
    start_following(
        &mut cx.dataflow,
        &module,
        sites.calls.iter().map(|site| site.call.range).collect(),
    );
    let mut debugged: HashSet<TextRange> = HashSet::new();
    let mut left: HashSet<TextRange> = HashSet::new();
    for site in &sites.calls {
        let binding = cx.output.binding_at(site.call.range);
        let call = CallSite::of(&module, site.call, binding);
        if site.outer.is_some_and(|outer| !left.contains(&outer)) {
            // It is a part of another's arguments.
            continue;
        }
        let replacement = match expand_site(cx, call, site) {
            Some(CallOutcome::Placed(replacement)) => {
                note_change(&mut cx.dataflow, call, Some(&replacement));
                replacement
            }
            Some(CallOutcome::Left) => {
                note_change(&mut cx.dataflow, call, None);
                left.insert(site.call.range);
                cx.output.placed.insert(site.call.range, None);
                let findings = sites.if_left.iter().filter(|(at, _)| *at == site.call.range);
                cx.findings.extend(findings.map(|(_, finding)| finding.clone()));
                continue;
            }
            None => continue,
        };
        let Ok(replacement) = report_sourceless(cx, call, replacement) else { continue };
        let Ok(replacement) = resolve_references(&mut cx.hygiene(), call, replacement, &mut added)
        else {
            continue;
        };
        define_specialised(cx, &module, &mut added);
        write_replacement(cx, (call, site), &replacement, &mut edits);
        for (field, string) in &site.place.debug {
            if debugged.insert(field.range) {
                layout::keep_debug_text(&module, (field, *string), &mut edits);
            }
        }
    }
    check_following(&mut cx.dataflow, &module);
    keep_noticed_imports(&mut cx.hygiene(), &module, &mut added);
    cx.output.beside = added.beside(&cx.resolver.project, &module);
    match cx.output.goes_on {
        true => {
            remove_vanished(&cx.erasure(), &module, &mut edits);
            added.write_beside(&cx.resolver.project, &module, &mut edits);
        }
        false => {
            remove_compile_time(&cx.erasure(), &module, &mut edits);
            filter_computed_exports(&cx.erasure(), &module, &mut edits);
        }
    }
    // At one place the imports come first, then what is defined with them, then who uses it.
    added.write(&cx.resolver.project, &module, &mut edits);
    for (place, text) in definition_texts(&mut cx.output, &module) {
        edits.insert(place, text);
    }
    for (place, text) in std::mem::take(&mut cx.output.hoisted) {
        edits.insert(place, text);
    }
    edits
}

/// What takes the place of a call; none if a finding was reported, or if the value is for compile-time
/// code only.
fn expand_site(
    cx: &mut Expander<'_>,
    call: CallSite<'_>,
    site: &FoundCall<'_>,
) -> Option<CallOutcome> {
    match &site.entity {
        entity if entity.macro_name().is_some() => {
            expand_call(cx, call, site.call, entity, site.hoisting.as_ref()).ok()
        }
        _ => {
            let value = comptime_value(&mut cx.stage(), call.module, site.call)?;
            Some(CallOutcome::Placed(Replacement::expression(value)))
        }
    }
}
