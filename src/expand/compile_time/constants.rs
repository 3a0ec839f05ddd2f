//! The values of `comptime(…)`, as code. A constant whose value has no source is for compile-time
//! code only, and the output does without it.

use std::rc::Rc;

use rustpython_ast::{Expr, ExprCall, ExprName, StmtFunctionDef};
use rustpython_text_size::TextRange;

use super::outcome::{follows_from_incomplete, report_messages};
use super::outside::run_with_files;
use super::staging::stage_comptime;
use super::{CompileTime, Stage};
use crate::codenode::{Name, Node, Op};
use crate::diagnostic::{Code, Finding};
use crate::expand::program::{Entity, Module, Resolver};
use crate::expand::report::{definition_of, finding_in_ordinary_code};
use crate::host::{Behind, Failure, Namespace};
use crate::python::meta::MetaName;
use crate::syntax::{Constant, Syntax, walk};

/// The value of `comptime(…)` as code, bound in `ns` to the names of the constant if it is one's.
pub(crate) fn evaluate_comptime(
    cx: &mut Stage<'_, '_>,
    module: &Rc<Module>,
    ns: &Namespace,
    call: &ExprCall,
    constant: Option<&Constant<'_>>,
) -> Option<Node> {
    let label = module.label(call.range, "in this call");
    let ([argument], []) = (&*call.arguments.args, &*call.arguments.keywords) else {
        let message = "comptime() takes exactly one argument: the expression to evaluate";
        cx.findings.report(Finding::new(Code::BadArguments, message, label));
        return None;
    };
    let mut staged = argument.clone();
    if !stage_comptime(cx, module, ns, &mut staged, &[]) {
        return None;
    }
    let targets =
        || constant.map_or_else(Vec::new, |c| c.targets.iter().copied().cloned().collect());
    let evaluated = run_with_files(cx, &label, |host| {
        host.evaluate(ns, module.file, staged.clone(), targets())
    });
    report_messages(cx, &label);
    let failure = match evaluated {
        Ok(expansion) => match first_temporary(&expansion.result) {
            None => return Some(expansion.result),
            Some(value) => {
                let step = value.temporary_id().and_then(|id| expansion.residual.step(id));
                let (need, behind) = ("be known", Behind::default());
                Failure::RunTimeOnly { need, behind, place: step.and_then(|step| step.loc) }
            }
        },
        Err(Failure::NoSource { value, .. })
            if constant
                .is_some_and(|constant| may_be_sourceless(cx.resolver, module, constant)) =>
        {
            let names = constant.map(Constant::names).unwrap_or_default();
            let names = names.iter().map(|name| name.id.as_str().into()).collect();
            let is_whole = constant.is_some_and(|c| c.targets.iter().all(|t| t.is_name_expr()));
            let known = Sourceless { value, names, is_whole };
            cx.compile_time.sourceless.insert((module.file, call.range), known);
            return None;
        }
        Err(failure) if follows_from_incomplete(cx, module, &failure) => return None,
        Err(failure) => failure,
    };
    let finding =
        finding_in_ordinary_code(&cx.reporter(), module, failure, call, ("comptime", &[]));
    cx.findings.report(finding);
    None
}

/// A constant whose value has no source.
#[derive(Clone, Debug)]
pub(crate) struct Sourceless {
    /// The value, as a finding shows it.
    value: String,
    names: Vec<Name>,
    /// Whether each name is all of the value.
    is_whole: bool,
}

/// Whether the output can do without the constant: its names mean nothing else.
fn may_be_sourceless(
    resolver: &Resolver<'_>,
    module: &Rc<Module>,
    constant: &Constant<'_>,
) -> bool {
    let means_constant = |name: &&ExprName| {
        let entity = resolver.export(module, &name.id);
        matches!(entity, Some(Entity::Constant(home, _)) if home.file == module.file)
    };
    constant.is_separate && constant.names().iter().all(means_constant)
}

/// Whether the entity is a constant whose value has no source, or an `@unroll` function that reads
/// one: the output does without it.
pub(crate) fn is_sourceless(
    resolver: &Resolver<'_>,
    compile_time: &CompileTime,
    entity: &Entity,
) -> bool {
    match entity {
        Entity::Constant(..) => sourceless(compile_time, entity).is_some(),
        Entity::Unroll(home, name) => {
            let def = definition_of(home, name);
            def.is_some_and(|def| sourceless_read(resolver, compile_time, home, def).is_some())
        }
        _ => false,
    }
}

/// Whether an `@unroll` function can stay in the output, as a plain function.
pub(crate) fn has_plain_form(
    resolver: &Resolver<'_>,
    compile_time: &CompileTime,
    module: &Rc<Module>,
    def: &StmtFunctionDef,
) -> bool {
    !resolver.has_no_plain_form(module, def)
        && sourceless_read(resolver, compile_time, module, def).is_none()
}

/// Whether it is a constant, or an `@unroll` function that reads one.
pub(crate) fn reads_constant(resolver: &Resolver<'_>, entity: &Entity) -> bool {
    match entity {
        Entity::Constant(..) => true,
        Entity::Unroll(home, name) => definition_of(home, name)
            .is_some_and(|def| constants_read(resolver, home, def).next().is_some()),
        _ => false,
    }
}

/// The constants that the function reads when it is a plain one.
fn constants_read<'m>(
    resolver: &'m Resolver<'_>,
    module: &'m Rc<Module>,
    def: &'m StmtFunctionDef,
) -> impl Iterator<Item = Entity> {
    // A call of `comptime` or a macro is worked out there as well.
    let stays = |node: Syntax<'_>| match node.expr() {
        Some(Expr::Call(call)) => resolver.entity_of(module, &call.func).is_none_or(|callee| {
            !callee.is_meta(MetaName::Comptime) && callee.macro_name().is_none()
        }),
        _ => true,
    };
    // A default is evaluated with the definition.
    let parts = walk(&*def.parameters).chain(walk(&def.body).entering(stays));
    let parts = parts.filter(move |node| stays(*node));
    let read = parts.filter_map(|node| resolver.entity_of(module, node.expr()?));
    read.filter(|entity| matches!(entity, Entity::Constant(..)))
}

/// The first constant without a source among them.
fn sourceless_read(
    resolver: &Resolver<'_>,
    compile_time: &CompileTime,
    module: &Rc<Module>,
    def: &StmtFunctionDef,
) -> Option<Entity> {
    if compile_time.sourceless.is_empty() {
        return None;
    }
    constants_read(resolver, module, def).find(|e| sourceless(compile_time, e).is_some())
}

fn sourceless<'c>(
    compile_time: &'c CompileTime,
    entity: &Entity,
) -> Option<(TextRange, &'c Sourceless)> {
    let Entity::Constant(home, name) = entity else { return None };
    let mut known = compile_time.sourceless.iter();
    let found = known.find(|((file, _), known)| *file == home.file && known.names.contains(name));
    found.map(|((_, made), known)| (*made, known))
}

/// The finding about a use of the constant at run time.
pub(crate) fn sourceless_finding(
    resolver: &Resolver<'_>,
    compile_time: &CompileTime,
    module: &Module,
    range: TextRange,
    entity: &Entity,
) -> Option<Finding> {
    let (home, name) = entity.definition()?;
    let read = match entity {
        Entity::Unroll(..) => {
            sourceless_read(resolver, compile_time, home, definition_of(home, name)?)
        }
        _ => Some(entity.clone()),
    }?;
    let (made, Sourceless { value, is_whole, .. }) = sourceless(compile_time, &read)?;
    let (made_in, constant) = read.definition()?;
    let is = if *is_whole { "is" } else { "comes from a value with" };
    let why = format!("{is} {value}, which can't be written into the program");
    let message = match read == *entity {
        true => format!("`{name}` {why}"),
        false => format!("`{name}` reads `{constant}`, and that {why}"),
    };
    let finding = Finding::new(Code::NoSource, message, module.label(range, "used here"))
        .secondary(made_in.label(made, "made here"))
        .help("compile-time code can use it: comptime(…) writes what that comes to");
    Some(finding)
}

fn first_temporary(node: &Node) -> Option<Node> {
    if node.op() == Op::TEMPORARY {
        return Some(node.clone());
    }
    node.args().iter().filter(|arg| arg.holds_temporary()).find_map(first_temporary)
}
