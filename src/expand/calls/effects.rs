//! Warnings about effects of arguments that a macro drops or repeats.
//!
//! ```text
//! @macro
//! def square(x):
//!     return uneval(x * x)
//!
//! square(next(it))        next(it) * next(it)      repeated
//! ```
//!
//! Only calls count, and `await`, `yield` and `:=`: that an attribute or an operator does more than
//! compute is rare. What a macro builds anew from the parts of a call isn't dropped. A macro that
//! leaves nothing at all was turned off, such as a message below the level of a log.

use std::rc::Rc;

use rustpython_ast::{Stmt, StmtFunctionDef};
use rustpython_text_size::{Ranged as _, TextRange};

use super::occurrences::{Places, in_node, occurrences};
use crate::codenode::{Loc, Name, Node, Op, Origin, has_effects};
use crate::diagnostic::{Code, Finding};
use crate::expand::call_site::CallSite;
use crate::expand::compile_time::{Stage, load_namespace};
use crate::expand::placement::Replacement;
use crate::expand::program::Module;
use crate::host::Argument;
use crate::residual::{Effect, effect};
use crate::scope::flow::{effect_of_call, is_mathematics};

/// The longest text of a call that messages show whole, in characters.
const SHOWN: usize = 40;

/// Warns of effects in the arguments of a call that what is `left` of it has not once.
pub(crate) fn warn_of_effects(
    cx: &mut Stage<'_, '_>,
    site: CallSite<'_>,
    (home, name): (&Rc<Module>, &Name),
    arguments: &[Argument],
    left: &Replacement,
) {
    let has_effects = |argument: &Argument| has_effects(&argument.code);
    if left.is_nothing() || !arguments.iter().any(has_effects) {
        return;
    }
    let Some(ns) = load_namespace(cx, home) else { return };
    let Some(info) = cx.compile_time.host().parameters(&ns, name) else { return };
    let left = LeftCode { code: left, places: Places::of(left) };
    let mut position = 0;
    for argument in arguments {
        let parameter = info.parameter(position, argument.keyword.as_ref());
        position += usize::from(argument.keyword.is_none());
        let Some(parameter) = parameter.filter(|p| info.unevaled.contains(p)) else { continue };
        if argument.code.is_expression() {
            let takes = Takes { home, name, parameter, code: &argument.code };
            warn_of_argument(cx, site, &takes, &argument.code, &left);
        }
    }
}

fn warn_of_argument(
    cx: &mut Stage<'_, '_>,
    site: CallSite<'_>,
    takes: &Takes<'_>,
    code: &Node,
    left: &LeftCode<'_>,
) {
    let is_written_here =
        |loc: &Loc| loc.file == site.module.file && site.range.contains_range(loc.range);
    if let Some(loc) = code.loc().filter(is_written_here)
        && has_own_effect(site, code)
    {
        let found = match left.places.count(code) {
            0 if code.args().first().is_none_or(|part| left.places.count(part) == 0) => {
                Some((Code::DroppedEffect, 0))
            }
            0 | 1 => None,
            _ => {
                let times = occurrences(left.code, &|other| is_same(code, other));
                // A macro inside of the argument may have repeated it before.
                let given = in_node(takes.code, &|other| is_same(code, other));
                (times > given).then_some((Code::RepeatedEffect, times))
            }
        };
        if let Some((kind, times)) = found {
            // One warning is enough for a call and what is in it.
            return warn_of_effect(cx, site, takes, (code, loc), (kind, times));
        }
    }
    code.evaluated_now().for_each(|part| warn_of_argument(cx, site, takes, part, left));
}

fn warn_of_effect(
    cx: &mut Stage<'_, '_>,
    site: CallSite<'_>,
    takes: &Takes<'_>,
    (code, loc): (&Node, Loc),
    (kind, times): (Code, usize),
) {
    let is_known =
        |f: &Finding| (f.code, f.primary.file, f.primary.range) == (kind, loc.file, loc.range);
    // What an inner macro did to it is reported at the inner call.
    if cx.findings.iter().any(is_known) {
        return;
    }
    let Some(text) = text_as_written(cx, loc) else { return };
    let text = shown(code, &text);
    let Takes { home, name, parameter, .. } = takes;
    let (message, label) = match kind {
        Code::DroppedEffect => (format!("`{name}` drops `{text}`"), "never evaluated".to_owned()),
        _ => (format!("`{name}` repeats `{text}`"), format!("may be evaluated {times} times")),
    };
    let mut finding = Finding::new(kind, message, site.module.label(loc.range, label));
    if let Some(def) = definition(home, name) {
        if home.ignores().covers(&home.source, head(def), kind) {
            return;
        }
        let words = format!("`{name}` takes the code of `{parameter}`, not its value");
        let place = parameter_place(def, parameter);
        finding = finding.secondary(home.label(place, words));
    }
    let help = "if it has to happen once, do it before, and pass the value";
    cx.findings.report(finding.help(help));
}

/// What the user wrote there; none if macros left something else.
fn text_as_written(cx: &Stage<'_, '_>, loc: Loc) -> Option<String> {
    let text = |file, range: TextRange| {
        let source = cx.resolver.project.sources().find(file)?;
        source.text().get(range.to_std_range()).map(str::to_owned)
    };
    let (file, range) = cx.lineage.written_at(loc.file, loc.range);
    let (written, here) = (text(file, range)?, text(loc.file, loc.range)?);
    (first_word(&written) == first_word(&here)).then_some(written)
}

/// What took the place of a call.
struct LeftCode<'a> {
    code: &'a Replacement,
    places: Places,
}

/// A macro that takes the code of one of its parameters.
struct Takes<'a> {
    home: &'a Rc<Module>,
    name: &'a Name,
    parameter: &'a Name,
    /// The argument.
    code: &'a Node,
}

/// Whether both were written at one place.
fn is_same(node: &Node, other: &Node) -> bool {
    node.op() == other.op() && node.loc().is_some() && node.loc() == other.loc()
}

/// Whether evaluating the node does more than compute, its arguments aside.
fn has_own_effect(site: CallSite<'_>, node: &Node) -> bool {
    match (node.op(), node.args()) {
        (Op::CALL, [callee, arguments @ ..]) => {
            // A function may be among them, which is called: `max(xs, key=f)`.
            let has_keywords =
                arguments.iter().any(|arg| matches!(arg.op(), Op::KEYWORD | Op::DOUBLESTAR));
            has_keywords || !computes(site, callee)
        }
        (op, _) => !op.effect().only_computes(),
    }
}

/// Whether calling it does nothing but compute.
fn computes(site: CallSite<'_>, callee: &Node) -> bool {
    let scopes = &site.module.scopes;
    match (callee.op(), callee.args()) {
        (Op::VAR, _) => callee.name().is_some_and(|name| match callee.origin() {
            Origin::Site => effect_of_call(scopes, site.scope, name).only_computes(),
            _ => false,
        }),
        (Op::ATTR, [object, _]) if object.op() == Op::VAR && object.origin() == Origin::Site => {
            object.name().is_some_and(|name| is_mathematics(scopes, site.scope, name))
        }
        // A method of a text.
        _ => effect(callee, &|_| false) < Effect::Reads,
    }
}

fn definition<'m>(home: &'m Module, name: &str) -> Option<&'m StmtFunctionDef> {
    home.syntax.body.iter().rev().find_map(|stmt| match stmt {
        Stmt::FunctionDef(def) if *def.name == *name => Some(def),
        _ => None,
    })
}

/// From the name of the function to the end of its parameters.
fn head(def: &StmtFunctionDef) -> TextRange {
    def.name.range.cover(def.parameters.range)
}

fn parameter_place(def: &StmtFunctionDef, name: &str) -> TextRange {
    let found = def.parameters.iter().find(|parameter| *parameter.name() == *name);
    found.map_or(def.name.range, |parameter| parameter.name().range())
}

/// The code in a few words.
fn shown(code: &Node, text: &str) -> String {
    if text.chars().count() <= SHOWN && !text.contains(['\n', '\r']) {
        return text.to_owned();
    }
    match code.op() {
        Op::CALL => format!("{}(…)", text.split(['(', '\n', '\r']).next().unwrap_or_default()),
        _ => format!("{} …", first_word(text)),
    }
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}
