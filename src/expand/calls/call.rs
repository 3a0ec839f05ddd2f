//! The expansion of one call: its arguments become trees, the macro runs, and its residual program
//! is placed where the call stands.

use std::rc::Rc;

use rustpython_ast::{self as ast, Expr, ExprCall};

use super::arguments::{bindable, lower_arguments, misspelt_keyword};
use super::as_function::function_call;
use super::constants::{node_denotes, note_constants};
use super::effects::warn_of_effects;
use super::following::follow_argument;
use crate::codenode::{Leaves, Loc, Name, Node, Op, Origin};
use crate::diagnostic::{Code, Finding, Label};
use crate::expand::Expander;
use crate::expand::call_site::CallSite;
use crate::expand::compile_time::{
    comptime_value, follows_from_incomplete, load_namespace, report_messages, run_with_files,
};
use crate::expand::findings::Reported;
use crate::expand::hygiene::seal;
use crate::expand::placement::{CallOutcome, Hoisting, Replacement, own_loc, place_expansion};
use crate::expand::program::{Entity, Module};
use crate::expand::report::{Work, definition_of, failure_finding, warn_of_long_loops};
use crate::host::{Argument, Failure, Host, Namespace};
use crate::python::meta::MetaName;
use crate::residual::Residual;

/// How often an expansion may expand to further calls.
const MOST_ROUNDS: usize = 200;

/// What takes the place of a call of `entity`.
pub(crate) fn expand_call(
    cx: &mut Expander<'_>,
    site: CallSite<'_>,
    call: &ExprCall,
    entity: &Entity,
    hoisting: Option<&Hoisting<'_>>,
) -> Result<CallOutcome, Reported> {
    if matches!(entity, Entity::Unroll(..)) && has_run_time_stars(call) {
        return Ok(CallOutcome::Left);
    }
    let Some((home, name)) = entity.macro_name() else { return Ok(CallOutcome::Left) };
    let arguments = call_arguments(cx, site, call)?;
    if let Some(finding) = misspelt_keyword(site.module, call, home, name) {
        return Err(cx.findings.report(finding));
    }
    let used = MacroUse { site, home, name, arguments: &arguments };
    Ok(match expand_use(cx, used, hoisting, None)? {
        Some(replacement) => CallOutcome::Placed(replacement),
        None => CallOutcome::Left,
    })
}

/// The arguments of a call as they bind: calls of macros in them are expanded first.
pub(crate) fn call_arguments(
    cx: &mut Expander<'_>,
    site: CallSite<'_>,
    call: &ExprCall,
) -> Result<Vec<Argument>, Reported> {
    let mut leaves = InnerCalls { expander: cx, site, outcome: Ok(()) };
    let nodes = lower_arguments(site.module, call, &mut leaves);
    leaves.outcome?;
    let mut arguments = bindable(&mut cx.findings, site, &nodes)?;
    for argument in &mut arguments {
        argument.followed = follow_argument((&cx.resolver, &mut cx.dataflow), site, &argument.code);
    }
    note_constants(cx, site, &mut arguments);
    Ok(arguments)
}

/// Expands the calls of macros inside arguments, innermost first.
struct InnerCalls<'e, 'p> {
    expander: &'e mut Expander<'p>,
    site: CallSite<'e>,
    outcome: Result<(), Reported>,
}

impl Leaves for InnerCalls<'_, '_> {
    fn replace(&mut self, expr: &Expr) -> Option<Node> {
        let Expr::Call(call) = expr else { return None };
        let module = self.site.module;
        let node = match self.expander.resolver.entity_of(module, &call.func)? {
            entity if entity.macro_name().is_some() => {
                let binding = self.expander.output.binding_at(call.range);
                let site = CallSite::of(module, call, binding);
                let site = CallSite { statement: self.site.statement, ..site };
                match expand_call(self.expander, site, call, &entity, None) {
                    Ok(CallOutcome::Left) => return None,
                    Ok(CallOutcome::Placed(replacement)) => Ok(replacement.node),
                    Err(reported) => Err(reported),
                }
            }
            entity if entity.is_meta(MetaName::Comptime) => {
                let value = comptime_value(&mut self.expander.stage(), module, call);
                value.map(Some).ok_or_else(|| self.expander.findings.reported_before())
            }
            _ => return None,
        };
        let node = node.unwrap_or_else(|reported| {
            self.outcome = Err(reported);
            None
        });
        let node = node.unwrap_or_else(Node::empty);
        let written = Loc { file: module.file, range: call.range };
        // Findings about the value point to the argument. A variable keeps its own place, which
        // tells which variable it is.
        Some(if node.op() == Op::VAR { node } else { node.with_loc(Some(written)) })
    }
}

/// Expands a call of a macro, and then the calls that it left: none if it stays as it is. `left` is the
/// call if another macro left it.
fn expand_use(
    cx: &mut Expander<'_>,
    used: MacroUse<'_>,
    hoisting: Option<&Hoisting<'_>>,
    left: Option<&Node>,
) -> Result<Option<Replacement>, Reported> {
    let MacroUse { site, name, .. } = used;
    let label = site.module.label(site.range, "in this call");
    if site.round > MOST_ROUNDS {
        let message = format!("`{name}` expands to calls of macros without end");
        return Err(cx.findings.report(Finding::new(Code::RecursionLimit, message, label)));
    }
    let run = |host: &Host, ns: &Namespace| host.call_macro(ns, name, used.arguments);
    let placed = match run_macro(cx, used, &label, run)? {
        Ok(Some(expansion)) => {
            place_expansion((&cx.resolver, &mut cx.output), site, &expansion, hoisting)
                .map(|placed| (placed, expansion.residual))
        }
        Ok(None) => return Ok(None),
        Err(failure) => Err(failure),
    };
    let replacement = match placed {
        Ok((placed, residual)) => close_expansion(cx, used, &label, &residual, placed)?,
        Err(failure) => call_as_function(cx, used, label, failure)?,
    };
    cx.trace.trace_call(&cx.lineage, site, (name, left), &replacement);
    expand_replacement(cx, site, replacement).map(Some)
}

/// The call of the function that the program has instead of a macro whose expansion failed so, with a note,
/// or else the finding about that.
fn call_as_function(
    cx: &mut Expander<'_>,
    used: MacroUse<'_>,
    label: Label,
    failure: Failure,
) -> Result<Replacement, Reported> {
    let MacroUse { site, home, name, arguments } = used;
    if follows_from_incomplete(&cx.stage(), home, &failure) {
        return Err(cx.findings.reported_before());
    }
    let host = cx.compile_time.host();
    let call = function_call((&cx.resolver, &host), (home, name), (site, arguments), &failure);
    let work = Work::Macro(home, name, site.left);
    let finding = failure_finding(&cx.reporter(), failure, label, work);
    if call.is_none() {
        return Err(cx.findings.report(finding));
    }
    let note = "the program calls it as a function instead, which does the same";
    cx.findings.report(finding.of_kind(Code::StaysPlain).note(note));
    Ok(Replacement { node: call, ..Replacement::default() })
}

/// A use of a macro: where, which macro, and what it is given.
#[derive(Clone, Copy)]
pub(crate) struct MacroUse<'u> {
    pub site: CallSite<'u>,
    /// The macro's module.
    pub home: &'u Rc<Module>,
    pub name: &'u Name,
    pub arguments: &'u [Argument],
}

/// Runs a macro on the host, and reports its messages at `label`.
pub(crate) fn run_macro<T>(
    cx: &mut Expander<'_>,
    used: MacroUse<'_>,
    label: &Label,
    run: impl Fn(&Host, &Namespace) -> Result<T, Failure>,
) -> Result<Result<T, Failure>, Reported> {
    let MacroUse { site, home, name, .. } = used;
    let ns = prepare_macro(cx, site.module, home, name)?;
    // What the calls of a macro with a wrong definition come to is no news.
    if let Some(def) = definition_of(home, name) {
        cx.findings.reported_in(home.file, def.range)?;
    }
    let ran = run_with_files(&mut cx.stage(), label, |host| run(host, &ns));
    report_messages(&mut cx.stage(), label);
    Ok(ran)
}

/// Closes an expansion: warns of what became of the effects in its arguments and of long loops,
/// and keeps its variables apart from those around it.
pub(crate) fn close_expansion(
    cx: &mut Expander<'_>,
    used: MacroUse<'_>,
    label: &Label,
    residual: &Residual,
    replacement: Replacement,
) -> Result<Replacement, Reported> {
    let MacroUse { site, home, name, arguments } = used;
    warn_of_effects(&mut cx.stage(), site, (home, name), arguments, &replacement);
    warn_of_long_loops(&mut cx.findings, label, residual);
    seal(&mut cx.hygiene(), site, replacement)
}

/// Makes all ready to run a macro for a place in `module`. Why there is no such macro was reported
/// when its own module was loaded.
pub(crate) fn prepare_macro(
    cx: &mut Expander<'_>,
    module: &Rc<Module>,
    home: &Rc<Module>,
    name: &str,
) -> Result<Namespace, Reported> {
    let ns = load_namespace(&mut cx.stage(), home);
    let host = cx.compile_time.host();
    let ns = ns.filter(|ns| host.has(ns, name)).ok_or_else(|| cx.findings.reported_before())?;
    host.add_source(module.file, module.source.clone());
    if cx.compile_time.names_taken_in != Some(module.file) {
        let names = module.scopes.all_names();
        host.set_taken_names(names.iter().map(ToString::to_string).collect());
        cx.compile_time.names_taken_in = Some(module.file);
    }
    Ok(ns)
}

/// Expands the calls of macros that an expansion holds.
fn expand_replacement(
    cx: &mut Expander<'_>,
    site: CallSite<'_>,
    replacement: Replacement,
) -> Result<Replacement, Reported> {
    replacement.try_map(|node| expand_tree(cx, site, node))
}

pub(crate) fn expand_tree(
    cx: &mut Expander<'_>,
    site: CallSite<'_>,
    node: &Node,
) -> Result<Node, Reported> {
    let takes_statement = node.op().defines() || node.op() == Op::WITHITEM;
    let mut index = 0;
    let node = node.try_map_args(|arg| {
        index += 1;
        match takes_statement && index == 1 {
            true => expand_decorators(cx, site, arg),
            false => expand_tree(cx, site, arg),
        }
    })?;
    if node.op() != Op::CALL {
        return Ok(node);
    }
    let entity = entity_of_node(cx, site, node.arg(0));
    // Calls of `@unroll` functions were decided on when they were recorded.
    let Some(Entity::Macro(home, name)) = &entity else { return Ok(node) };
    let mut arguments = bindable(&mut cx.findings, site, &node.args()[1..])?;
    note_constants(cx, site, &mut arguments);
    let site = CallSite { round: site.round + 1, left: node.loc(), ..site };
    let used = MacroUse { site, home, name, arguments: &arguments };
    let replacement = expand_use(cx, used, None, Some(&node))?;
    Ok(replacement.and_then(|replacement| replacement.node).unwrap_or(node))
}

/// Likewise in the decorators of a definition or the context of a block: the macros of these
/// themselves are to take it where it is put.
fn expand_decorators(
    cx: &mut Expander<'_>,
    site: CallSite<'_>,
    node: &Node,
) -> Result<Node, Reported> {
    let callee = match node.op() {
        Op::CALL => node.arg(0),
        _ => node,
    };
    let is_use = matches!(entity_of_node(cx, site, callee), Some(Entity::Macro(..)));
    cx.output.goes_on |= is_use;
    if !is_use && node.op() != Op::PARTS {
        return expand_tree(cx, site, node);
    }
    node.try_map_args(|arg| match node.op() {
        Op::PARTS => expand_decorators(cx, site, arg),
        _ => expand_tree(cx, site, arg),
    })
}

/// What a variable of an expansion denotes. The call site's own code was looked at before.
fn entity_of_node(cx: &mut Expander<'_>, site: CallSite<'_>, node: &Node) -> Option<Entity> {
    let name = node.name().filter(|_| node.op() == Op::VAR)?;
    if node.origin() == Origin::Site {
        if own_loc(site, node).is_some() {
            return None;
        }
        cx.output.called_from_expansions.insert(name.clone());
    }
    node_denotes(&cx.resolver, site, node)
}

/// Whether it is known only when the program runs which parameters the arguments go to.
fn has_run_time_stars(call: &ExprCall) -> bool {
    let mut positional = call.arguments.args.iter().filter_map(Expr::as_starred_expr);
    let mut named = call.arguments.keywords.iter().filter(|keyword| keyword.arg.is_none());
    let is_sequence = |value: &Expr| match value {
        Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
            !elts.iter().any(Expr::is_starred_expr)
        }
        _ => false,
    };
    let is_key = |key: &Option<Expr>| key.as_ref().is_some_and(Expr::is_string_literal_expr);
    let is_mapping = |value: &Expr| match value {
        Expr::Dict(dict) => dict.items.iter().all(|item| is_key(&item.key)),
        _ => false,
    };
    positional.any(|star| !is_sequence(&star.value))
        || named.any(|keyword| !is_mapping(&keyword.value))
}
