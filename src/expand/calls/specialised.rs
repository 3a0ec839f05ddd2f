//! The functions that the output defines: for calls of `@unroll` functions with known arguments, and for
//! macros whose code can't be placed.

use std::collections::HashSet;
use std::rc::Rc;

use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use super::as_function::function_of;
use super::call::expand_tree;
use crate::codenode::{Name, Node, Op, Origin, TemporaryId, Variable, bindings};
use crate::expand::Expander;
use crate::expand::call_site::CallSite;
use crate::expand::findings::Reported;
use crate::expand::hygiene::{AddedImports, resolve_names};
use crate::expand::output::{Output, WantedFunction};
use crate::expand::placement::{Replacement, emit, is_stable, named};
use crate::expand::program::Module;
use crate::expand::report::warn_of_long_loops;
use crate::host::SpecialisedCode;
use crate::print::{self, Style, Surrounding};
use crate::residual::{
    Form, Residual, Statement, assigned_names, fold, free_name, rename_variable,
};
use crate::scope::ScopeId;
use crate::source::FileId;

/// Defines the functions that expansions in `module` want, and those that these want, which come before
/// them.
pub(crate) fn define_specialised(
    cx: &mut Expander<'_>,
    module: &Rc<Module>,
    added: &mut AddedImports,
) {
    for wanted in std::mem::take(&mut cx.output.definitions.wanted) {
        define_function(cx, module, wanted, added);
    }
}

fn define_function(
    cx: &mut Expander<'_>,
    module: &Rc<Module>,
    wanted: WantedFunction,
    added: &mut AddedImports,
) {
    let WantedFunction { number, name, range, callee, binding, round, left } = wanted;
    let statement = range;
    let scope = ScopeId::MODULE;
    let top = CallSite { module, scope, range, callee, statement, binding, round, left };
    let Some(function) = cx.compile_time.host().specialised(number) else { return };
    let can_encode = |c| module.source.can_encode(c);
    let style = Style {
        width: cx.width,
        newline: module.source.newline(),
        surrounding: Surrounding::Open,
        can_encode: &can_encode,
        ..Style::default()
    };
    let text = match &function.code {
        SpecialisedCode::Residual { parameters, residual } => {
            residual_function(cx, top, (parameters, residual), added)
                .map(|(parameters, body)| emit::function(name, parameters, &body, style))
        }
        SpecialisedCode::Macro(home) => macro_function(cx, top, (*home, &function.name), added)
            .map(|definition| print::statements(&[definition.with_name(Some(name))], style)),
    };
    let before = module.top_level(range);
    let text = before.map(|before| before.range()).zip(text);
    cx.output.definitions.texts.extend(text);
}

/// What the macro of a module does, as a function of this one.
fn macro_function(
    cx: &mut Expander<'_>,
    top: CallSite<'_>,
    (home, name): (FileId, &Name),
    added: &mut AddedImports,
) -> Option<Node> {
    let home = cx.resolver.project.module_of(home)?;
    let host = cx.compile_time.host();
    let definition = function_of(&cx.resolver, &host, &home, name)?;
    let definition = resolve_names(&mut cx.hygiene(), top, &definition, added).ok()?;
    define_specialised(cx, top.module, added);
    Some(definition)
}

/// The parameters and the body of the function that is left for calls with known arguments.
fn residual_function(
    cx: &mut Expander<'_>,
    top: CallSite<'_>,
    (parameters, residual): (&[TemporaryId], &Residual),
    added: &mut AddedImports,
) -> Option<(Node, Vec<Statement>)> {
    let label = top.module.label(top.range, "for this call");
    warn_of_long_loops(&mut cx.findings, &label, residual);
    let mut assigned = HashSet::new();
    residual.steps().for_each(|(_, step)| assigned_names(&step.code, &mut assigned));
    let stable = |node: &Node| {
        node.name().is_some_and(|name| !assigned.contains(name))
            && is_stable(&cx.resolver, top, node)
    };
    let folded = fold(residual, &Node::empty(), Form::Statements, &stable);
    // Parameters come first, so that they get their names.
    let parameters = parameters.iter().map(|id| Node::temporary(*id)).collect();
    let head = Statement::Do(Node::new(Op::PARAMS, parameters));
    let statements = std::iter::once(head).chain(folded.statements).collect();
    let body = with_own_variables(Replacement { statements, ..Replacement::default() });
    let body = resolve_body(cx, top, body, added).ok()?;
    define_specialised(cx, top.module, added);
    let mut variables = HashSet::new();
    let body = body.map(|code| {
        variables_in(code, &mut variables);
        code.clone()
    });
    let mut used: HashSet<Name> = variables.into_iter().map(|(name, _)| name).collect();
    let mut fresh = |wanted: &str| {
        let name = free_name(wanted, &|name| used.contains(name));
        used.insert(name.clone());
        name
    };
    let (mut statements, _) = named(residual, body.statements, None, &mut fresh);
    let head = statements.remove(0);
    let parameters = head.codes().first().map(|code| code.args().to_vec()).unwrap_or_default();
    let parameter = |variable: &Node| {
        Node::new(Op::PARAM, vec![Node::empty(), Node::empty()]).with_name(variable.name().cloned())
    };
    let parameters = Node::new(Op::PARAMS, parameters.iter().map(parameter).collect());
    Some((parameters, statements))
}

/// The body with what its statements define as variables of the function: `def` and `class` give a name in
/// one statement that others use.
fn with_own_variables(body: Replacement) -> Replacement {
    let (mut own, mut others): (Vec<Variable>, HashSet<Variable>) = Default::default();
    let mut body = body.map(|code| {
        // A global that the function assigns stays one.
        let is_own = |(_, origin): &Variable| !matches!(origin, Origin::Site | Origin::Module(_));
        own.extend(bindings(code).into_iter().filter(is_own));
        variables_in(code, &mut others);
        code.clone()
    });
    let mut seen = HashSet::new();
    own.retain(|variable| seen.insert(variable.clone()));
    for variable in own {
        let is_taken = |name: &str| others.iter().any(|v| *v.0 == *name && *v != variable);
        let to = (free_name(&variable.0, &is_taken), Origin::Site);
        body = body.map(|code| rename_variable(code, &variable, &to));
        others.insert(to);
    }
    body
}

fn variables_in(node: &Node, out: &mut HashSet<Variable>) {
    if node.op() == Op::VAR {
        out.extend(node.name().map(|name| (name.clone(), node.origin())));
    }
    node.args().iter().for_each(|arg| variables_in(arg, out));
}

fn resolve_body(
    cx: &mut Expander<'_>,
    site: CallSite<'_>,
    body: Replacement,
    added: &mut AddedImports,
) -> Result<Replacement, Reported> {
    body.try_map(|node| {
        let node = expand_tree(cx, site, node)?;
        resolve_names(&mut cx.hygiene(), site, &node, added)
    })
}

/// The definitions as text, each with the place that it goes to.
pub(crate) fn definition_texts(output: &mut Output, module: &Module) -> Vec<(TextSize, String)> {
    let newline = module.source.newline();
    let texts = std::mem::take(&mut output.definitions.texts);
    let text = |(before, text): (TextRange, String)| {
        (
            module.source.line_range(before.start()).start(),
            format!("{text}{newline}{newline}{newline}"),
        )
    };
    texts.into_iter().map(text).collect()
}
