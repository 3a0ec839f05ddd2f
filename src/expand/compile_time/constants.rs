//! The values of `comptime(…)`, as code. A constant whose value has no source is for compile-time
//! code only, and the output does without it.

use std::rc::Rc;

use rustpython_ast::{Expr, ExprCall};
use rustpython_text_size::TextRange;

use super::embedding::run_with_files;
use super::outcome::report_messages;
use super::staging::stage_comptime;
use super::{CompileTime, Stage};
use crate::codenode::{Node, Op};
use crate::diagnostic::{Code, Finding};
use crate::expand::program::{Entity, Module, Resolver};
use crate::expand::report::finding_in_ordinary_code;
use crate::host::{Behind, Failure, Namespace};

/// The value of `comptime(…)` as code, bound to `name` in `ns` if one is given.
pub(crate) fn evaluate_comptime(
    cx: &mut Stage<'_, '_>,
    module: &Rc<Module>,
    ns: &Namespace,
    call: &ExprCall,
    name: Option<&str>,
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
    let evaluated =
        run_with_files(cx, &label, |host| host.evaluate(ns, module.file, staged.clone(), name));
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
        Err(Failure::NoSource { value, .. }) if may_be_sourceless(cx.resolver, module, name) => {
            let key = (module.file, name.unwrap_or_default().to_owned());
            cx.compile_time.sourceless.insert(key, (value, call.range));
            return None;
        }
        Err(failure) => failure,
    };
    let finding =
        finding_in_ordinary_code(&cx.reporter(), module, failure, call, ("comptime", &[]));
    cx.findings.report(finding);
    None
}

/// Whether the name, if it is one, means nothing but such constants.
pub(crate) fn may_be_sourceless(
    resolver: &Resolver<'_>,
    module: &Rc<Module>,
    name: Option<&str>,
) -> bool {
    let entity = name.and_then(|name| resolver.export(module, name));
    matches!(entity, Some(Entity::Constant(home, _)) if home.file == module.file)
}

/// Whether the entity is a constant whose value has no source.
pub(crate) fn is_sourceless(compile_time: &CompileTime, entity: &Entity) -> bool {
    let Entity::Constant(home, name) = entity else { return false };
    compile_time.sourceless.contains_key(&(home.file, name.to_string()))
}

/// Whether what is assigned is the value of such a constant.
pub(crate) fn is_sourceless_value(
    compile_time: &CompileTime,
    module: &Module,
    value: &Expr,
) -> bool {
    let Expr::Call(call) = value else { return false };
    let mut known = compile_time.sourceless.iter();
    known.any(|((file, _), (_, at))| *file == module.file && *at == call.range)
}

/// The finding about a use of the constant at run time.
pub(crate) fn sourceless_finding(
    compile_time: &CompileTime,
    module: &Module,
    range: TextRange,
    entity: &Entity,
) -> Option<Finding> {
    let Entity::Constant(home, name) = entity else { return None };
    let (value, made) = compile_time.sourceless.get(&(home.file, name.to_string()))?;
    let message = format!("`{name}` is {value}, which can't be written into the program");
    let finding = Finding::new(Code::NoSource, message, module.label(range, "used here"))
        .secondary(home.label(*made, "made here"))
        .help("compile-time code can use it: comptime(…) writes what that comes to");
    Some(finding)
}

fn first_temporary(node: &Node) -> Option<Node> {
    if node.op() == Op::TEMPORARY {
        return Some(node.clone());
    }
    node.args().iter().filter(|arg| arg.holds_temporary()).find_map(first_temporary)
}
