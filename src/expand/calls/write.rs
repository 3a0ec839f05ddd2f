//! Writes replacements of calls into the text.

use std::rc::Rc;

use super::sites::FoundCall;
use crate::codenode::{Node, Op, Origin, Value};
use crate::diagnostic::{Code, Finding};
use crate::expand::call_site::CallSite;
use crate::expand::erasure::may_start_body;
use crate::expand::findings::Reported;
use crate::expand::placement::{Hoisting, Replacement, emit, with_named_value};
use crate::expand::program::Module;
use crate::expand::{Expander, layout};
use crate::scope::Place;
use crate::source::edit::Edits;

/// The texts of the statements that go before the call's: those that save what is evaluated
/// before it, whose edits are made, and the expansion's.
fn statement_texts(
    cx: &mut Expander<'_>,
    module: &Rc<Module>,
    hoisting: &Hoisting<'_>,
    replacement: &Replacement,
    edits: &mut Edits,
) -> Vec<String> {
    let mut statements = Vec::new();
    for (saved, name) in &replacement.saved {
        let expanded = edits.take_within(*saved).splice_part(module.text(), *saved);
        // Edits of one pass don't overlap.
        let text = expanded.unwrap_or_else(|_| module.slice(*saved).to_owned());
        statements.push(format!("{name} = {}", layout::assigned(module, *saved, text)));
        edits.replace(*saved, layout::spaced(module, *saved, name.to_string()));
        cx.output.placed.insert(*saved, Some(Node::var(name.clone(), Origin::Site)));
    }
    let can_encode = |c| module.source.can_encode(c);
    let style = layout::statement_style(module, hoisting.statement, cx.width, &can_encode);
    let all = &replacement.statements;
    match layout::begins_line(module, hoisting.statement.start()) {
        true if all.is_empty() => {}
        true => statements.push(emit::text(all, style)),
        false => statements.extend(emit::statements(all, style)),
    }
    statements
}

/// Writes the replacement into the text.
pub(crate) fn write_replacement(
    cx: &mut Expander<'_>,
    (call, site): (CallSite<'_>, &FoundCall<'_>),
    replacement: &Replacement,
    edits: &mut Edits,
) {
    let module = call.module;
    let range = site.call.range;
    let Ok(replacement) = &fitting_strings(cx, (call, site), replacement, edits) else { return };
    cx.output.placed.insert(range, Some(replacement.value()));
    if let Some(finding) = crowded(module, site, replacement) {
        cx.findings.report(finding);
        return;
    }
    let mut statements = match &site.hoisting {
        Some(hoisting) => statement_texts(cx, module, hoisting, replacement, edits),
        None => Vec::new(),
    };
    if let (Some(hoisting), Some(node)) = (&site.hoisting, &replacement.node)
        && hoisting.is_bare
        && statements.is_empty()
        && matches!(node.constant(), Some(Value::Str(_)))
        && may_start_body(&cx.erasure(), module, hoisting.statement)
    {
        // So that it doesn't become a docstring.
        statements.push("pass".to_owned());
    }
    if let (Some(hoisting), Some(node)) = (&site.hoisting, &replacement.node)
        && keeps_value(module, site, node)
    {
        return write_without_value(cx, module, (site, hoisting), statements, edits);
    }
    let text = match &replacement.node {
        Some(node) => Some(text_in_place(cx, module, site, node, edits)),
        // The last statement stands where the call stood.
        None => statements.pop(),
    };
    match (&site.hoisting, text) {
        (_, Some(text)) => edits.replace(range, layout::spaced(module, range, text)),
        (Some(hoisting), None) => {
            cx.output.vanished.insert(hoisting.statement);
        }
        (None, None) => {}
    }
    layout::keep_comments(module, range, &site.place, edits);
    if let Some(hoisting) = &site.hoisting {
        let inserted = layout::hoisted(module, hoisting.statement, &statements);
        cx.output.hoisted.extend(inserted);
    }
}

/// What is wrong if lines of their own are to go before a call that shares its line.
fn crowded(module: &Module, site: &FoundCall<'_>, replacement: &Replacement) -> Option<Finding> {
    let hoisting = site.hoisting.as_ref()?;
    if !replacement.statements.iter().any(emit::has_body)
        || !layout::shares_line(module, hoisting.statement)
    {
        return None;
    }
    let message = "this expansion isn't possible here: it has lines of its own, and the call shares \
                   its line with other statements";
    let label = module.label(site.call.range, "this call");
    let help = "put the call on a line of its own";
    Some(Finding::new(Code::NeedsStatements, message, label).help(help))
}

/// The text of `node` as it stands where the call stood.
fn text_in_place(
    cx: &Expander<'_>,
    module: &Module,
    site: &FoundCall<'_>,
    node: &Node,
    edits: &Edits,
) -> String {
    let can_encode = |c| module.source.can_encode(c);
    let style = layout::style(module, site.call.range, &site.place, (cx.width, edits), &can_encode);
    let text = layout::print_in(module, site.call.range, node, style);
    layout::fit(&site.place, node, text)
}

/// The replacement as the f-strings around the call can hold it: its value may need a name, or the
/// string other quotes.
fn fitting_strings(
    cx: &mut Expander<'_>,
    (call, site): (CallSite<'_>, &FoundCall<'_>),
    replacement: &Replacement,
    edits: &mut Edits,
) -> Result<Replacement, Reported> {
    let module = call.module;
    let Some(node) = &replacement.node else { return Ok(replacement.clone()) };
    let text = text_in_place(cx, module, site, node, edits);
    if layout::fits_strings(module, &site.place, &text) {
        return Ok(replacement.clone());
    }
    let named = site.hoisting.as_ref().and_then(|hoisting| {
        with_named_value((&cx.resolver, &mut cx.output), call, hoisting, replacement)
    });
    if let Some(named) = named {
        return Ok(named);
    }
    if layout::widen_quotes(module, &site.place, &text, edits) {
        return Ok(replacement.clone());
    }
    let message = "this expansion isn't possible here yet: an f-string around it has no quote left \
                   for it";
    let help = "give the value a name before, and use that";
    let label = module.label(site.call.range, "in this call");
    Err(cx.findings.report(Finding::new(Code::NeedsStatements, message, label).help(help)))
}

/// Writes statements where nothing else is left of the call's own.
fn write_without_value(
    cx: &mut Expander<'_>,
    module: &Rc<Module>,
    (site, hoisting): (&FoundCall<'_>, &Hoisting<'_>),
    mut statements: Vec<String>,
    edits: &mut Edits,
) {
    match statements.pop() {
        Some(last) => edits.replace(hoisting.statement, last),
        None => {
            cx.output.vanished.insert(hoisting.statement);
        }
    }
    layout::keep_comments(module, site.call.range, &site.place, edits);
    cx.output.hoisted.extend(layout::hoisted(module, hoisting.statement, &statements));
}

/// Whether the statement gives a variable the value that it has, as `f = f`.
fn keeps_value(module: &Module, site: &FoundCall<'_>, node: &Node) -> bool {
    let is_itself = node.op() == Op::VAR
        && node.origin() == Origin::Site
        && node.name().map(|name| &**name) == site.target;
    let used = node.loc().and_then(|loc| module.scopes.use_at(loc.range.start()));
    is_itself
        && used.is_some_and(|used| {
            site.call.range.contains_range(used.range)
                && module.scopes.resolve(used) == Place::Bound(used.scope)
                && module.scopes.is_surely_bound(used)
        })
}
