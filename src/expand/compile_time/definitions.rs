//! The definitions of a module that exist at compile time: macros, `@unroll` functions, `@comptime`
//! definitions and constants.

use std::rc::Rc;

use rustpython_ast::{Stmt, StmtFunctionDef};
use rustpython_text_size::Ranged as _;

use super::Stage;
use super::constants::evaluate_comptime;
use super::defaults::with_known_defaults;
use super::macro_form::{fault_of_macro, misplaced};
use super::outcome::report_definition;
use super::outside::run_with_files;
use super::signature::signature;
use super::staging::{CodeKind, Staging, stage_code};
use super::unroll_function::define_unroll;
use crate::expand::program::{Decoration, Module};
use crate::host::Namespace;
use crate::python::meta::MetaName;
use crate::staging::stage_statement;
use crate::syntax::Constant;

/// Runs a statement of the module's own body, if it is one of compile time; tells whether all
/// went well.
pub(crate) fn define(
    cx: &mut Stage<'_, '_>,
    module: &Rc<Module>,
    ns: &Namespace,
    stmt: &Stmt,
) -> bool {
    match stmt {
        Stmt::FunctionDef(def) if cx.resolver.stays_plain(module, def) => true,
        Stmt::FunctionDef(def) => match cx.resolver.decoration(module, &def.decorator_list) {
            Some(Decoration::Macro) => define_macro(cx, module, ns, def),
            Some(Decoration::Unroll) => define_unroll(cx, module, ns, def),
            Some(Decoration::Comptime) => define_comptime(cx, module, ns, stmt),
            None => true,
        },
        Stmt::ClassDef(class) => match cx.resolver.decoration(module, &class.decorator_list) {
            Some(Decoration::Comptime) => define_comptime(cx, module, ns, stmt),
            Some(Decoration::Macro | Decoration::Unroll) => {
                let message = format!("the class `{}` can't be a macro", class.name);
                let label = module.label(class.name.range, "a macro is a function");
                let help = "`@comptime` makes a class for compile time";
                cx.findings.report(misplaced(message, label, help));
                false
            }
            None => true,
        },
        _ if is_too_early(cx, module, stmt) => true,
        _ => {
            let constants = cx.resolver.constants(module, stmt);
            constants
                .iter()
                .fold(true, |well, constant| well & define_constant(cx, module, ns, constant))
        }
    }
}

fn define_macro(
    cx: &mut Stage<'_, '_>,
    module: &Rc<Module>,
    ns: &Namespace,
    def: &StmtFunctionDef,
) -> bool {
    let at = def.name.range;
    let def = &with_known_defaults(cx, module, def);
    if let Some(finding) = fault_of_macro(cx.resolver, module, def) {
        cx.findings.report(finding);
        return false;
    }
    let mut staged = def.clone();
    staged.decorator_list.clear();
    let mut stmt = Stmt::FunctionDef(staged);
    let function = module.scopes.scope_of(def.range);
    let parameters = &def.parameters;
    let rest = [&parameters.vararg, &parameters.kwarg];
    let rest = rest.into_iter().flatten().map(|p| p.name.as_str().into()).collect();
    let staging = Staging { code: def.range, function, kind: CodeKind::Macro, rest, rounds: &[] };
    let Some(found) = stage_code(cx, module, ns, staging, |site, tables| {
        stage_statement(site, tables, &mut stmt)
    }) else {
        return false;
    };
    let host = cx.compile_time.host();
    let unevaled = found.unevaled.iter().map(|name| name.as_str().into()).collect();
    let info = signature(def, unevaled);
    let run = run_with_files(cx, &module.label(at, ""), |host| {
        host.execute(ns, module.file, stmt.clone())
    })
    .and_then(|()| host.make_macro(ns, info));
    report_definition(cx, module, at, run)
}

fn define_comptime(
    cx: &mut Stage<'_, '_>,
    module: &Rc<Module>,
    ns: &Namespace,
    stmt: &Stmt,
) -> bool {
    let mut staged = stmt.clone();
    let (decorators, at) = match &mut staged {
        Stmt::FunctionDef(def) => (&mut def.decorator_list, def.name.range),
        Stmt::ClassDef(class) => (&mut class.decorator_list, class.name.range),
        _ => return true,
    };
    decorators.retain(|decorator| {
        let entity = cx.resolver.entity_of(module, &decorator.expression);
        !entity.is_some_and(|entity| entity.is_meta(MetaName::Comptime))
    });
    let staging = Staging::comptime(stmt.range());
    let found = stage_code(cx, module, ns, staging, |site, tables| {
        stage_statement(site, tables, &mut staged)
    });
    if found.is_none() {
        return false;
    }
    let label = module.label(at, "");
    let run = run_with_files(cx, &label, |host| host.execute(ns, module.file, staged.clone()));
    report_definition(cx, module, at, run)
}

/// `NAME = comptime(…)` at the top level: the name exists at both times.
fn define_constant(
    cx: &mut Stage<'_, '_>,
    module: &Rc<Module>,
    ns: &Namespace,
    constant: &Constant<'_>,
) -> bool {
    let place = (module.file, constant.call.range);
    match evaluate_comptime(cx, module, ns, constant.call, Some(constant)) {
        Some(node) => {
            cx.compile_time.constants.insert(place, node);
            true
        }
        None => cx.compile_time.sourceless.contains_key(&place),
    }
}

/// Whether it isn't time yet to evaluate a constant: a macro that runs before it may change
/// what it is made of.
pub(crate) fn is_too_early(cx: &Stage<'_, '_>, module: &Module, constant: &Stmt) -> bool {
    cx.compile_time
        .constants_until
        .is_some_and(|(file, until)| file == module.file && constant.start() >= until)
}
