//! `@unroll` functions on the host: staged, with a binder for their arguments.

use std::rc::Rc;

use rustpython_ast as ast;
use rustpython_ast::{AtomicNodeIndex, Expr, ExprContext, Stmt, StmtFunctionDef};

use super::Stage;
use super::constants::{has_plain_form, is_sourceless};
use super::defaults::with_known_defaults;
use super::outcome::report_definition;
use super::outside::run_with_files;
use super::signature::signature;
use super::staging::{CodeKind, Staging, stage_code};
use crate::codenode::Name;
use crate::expand::program::{Entity, Module, Resolver};
use crate::host::{Host, Namespace, UnrollInfo};
use crate::scope;
use crate::staging::stage_unrolled;
use crate::syntax::{Syntax, walk};

pub(crate) fn define_unroll(
    cx: &mut Stage<'_, '_>,
    module: &Rc<Module>,
    ns: &Namespace,
    def: &StmtFunctionDef,
) -> bool {
    let def = &with_known_defaults(cx, module, def);
    let parameters = parameter_names(def);
    let mut locals: Vec<Name> = parameters.clone();
    let mut assigned = Vec::new();
    scope::assigned_names(&def.body, &mut assigned);
    assigned.retain(|name| !locals.contains(name));
    locals.extend(assigned);
    let mut body = def.body.clone();
    let host = cx.compile_time.host();
    let is_constant = |default: &Expr| is_known(cx, (&host, ns), module, default);
    let plain = plain_reason((cx.resolver, module), def, &is_constant);
    if plain.is_none() {
        let staging = Staging {
            code: def.range,
            function: None,
            kind: CodeKind::Macro,
            rest: Vec::new(),
            rounds: &[],
        };
        let staged = stage_code(cx, module, ns, staging, |site, tables| {
            stage_unrolled(site, tables, &mut body)
        });
        if staged.is_none() {
            return false;
        }
    }
    let signature = signature(def, Vec::new());
    let info = UnrollInfo {
        name: def.name.as_str().into(),
        home: module.file,
        body,
        locals,
        parameters: parameters.len(),
        plain,
        has_plain_form: has_plain_form(cx.resolver, cx.compile_time, module, def),
    };
    let binder = match plain {
        // It is never called, and its defaults may not be known.
        Some(_) => binder(without_defaults(def.clone()), &parameters),
        None => binder(def.clone(), &parameters),
    };
    let label = module.label(def.name.range, "");
    let made = run_with_files(cx, &label, |host| host.make_unroll(ns, info, signature, binder));
    report_definition(cx, module, def.name.range, made)
}

fn parameter_names(def: &StmtFunctionDef) -> Vec<Name> {
    def.parameters.iter().map(|parameter| parameter.name().as_str().into()).collect()
}

/// The function with parameters that have no defaults.
fn without_defaults(mut def: StmtFunctionDef) -> StmtFunctionDef {
    let own = &mut *def.parameters;
    let lists = [&mut own.posonlyargs, &mut own.args, &mut own.kwonlyargs];
    lists.into_iter().flatten().for_each(|parameter| parameter.default = None);
    def
}

/// A function with the same parameters that gives them as a dict.
fn binder(mut binder: StmtFunctionDef, parameters: &[Name]) -> Stmt {
    let range = binder.name.range;
    let node_index = AtomicNodeIndex::NONE;
    let item = |name: &Name| ast::DictItem {
        key: Some(Expr::from(ast::StringLiteral {
            node_index: AtomicNodeIndex::NONE,
            range,
            value: (&**name).into(),
            flags: ast::StringLiteralFlags::empty(),
        })),
        value: Expr::Name(ast::ExprName {
            node_index: AtomicNodeIndex::NONE,
            range,
            id: (&**name).into(),
            ctx: ExprContext::Load,
        }),
    };
    let items = parameters.iter().map(item).collect();
    let dict = Expr::Dict(ast::ExprDict { node_index: node_index.clone(), range, items });
    binder.decorator_list.clear();
    binder.returns = None;
    binder.type_params = None;
    binder.is_async = false;
    let own = &mut *binder.parameters;
    for list in [&mut own.posonlyargs, &mut own.args, &mut own.kwonlyargs] {
        for parameter in list.iter_mut() {
            parameter.parameter.annotation = None;
        }
    }
    for parameter in [&mut own.vararg, &mut own.kwarg].into_iter().flatten() {
        parameter.annotation = None;
    }
    binder.body =
        vec![Stmt::Return(ast::StmtReturn { node_index, range, value: Some(Box::new(dict)) })];
    Stmt::FunctionDef(binder)
}

/// Whether a default is a compile-time constant whose value nobody changes.
fn is_known(
    cx: &Stage<'_, '_>,
    (host, ns): (&Host, &Namespace),
    module: &Rc<Module>,
    default: &Expr,
) -> bool {
    let Expr::Name(name) = default else { return false };
    let Some(entity) = cx.resolver.entity_of(module, default) else { return false };
    let Entity::Constant(home, theirs) = &entity else { return false };
    let value = host.variable(ns, &name.id);
    cx.resolver.keeps_its_value(module, home, theirs)
        && value.is_some_and(|value| {
            host.is_fixed(&value) || is_sourceless(cx.resolver, cx.compile_time, &entity)
        })
}

/// Why calls of the function always stay, if they do. `is_known` tells of a default whether it is a
/// compile-time constant.
fn plain_reason(
    (resolver, module): (&Resolver<'_>, &Rc<Module>),
    def: &StmtFunctionDef,
    is_known: &dyn Fn(&Expr) -> bool,
) -> Option<&'static str> {
    if def.is_async {
        return Some("it is async");
    }
    let scopes = &module.scopes;
    if resolver.is_generator(module, def) {
        return Some("it is a generator");
    }
    if def.decorator_list.len() > 1 {
        return Some("another decorator wraps it");
    }
    let mut defaults = def.parameters.iter_non_variadic_params().filter_map(|p| p.default());
    if !defaults.all(|default| is_constant(default) || is_known(default)) {
        return Some("a default is no constant");
    }
    let mut uses = scopes.uses_in(def.range).iter();
    (walk(&def.body).any(needs_own_frame) || uses.any(|used| scopes.frame_read(used).is_some()))
        .then_some("it looks at its own frame")
}

/// Whether the default is the same wherever it is evaluated.
pub(crate) fn is_constant(expr: &Expr) -> bool {
    match expr {
        Expr::UnaryOp(e) => is_constant(&e.operand),
        Expr::Tuple(e) => e.elts.iter().all(is_constant),
        _ => expr.is_literal_expr(),
    }
}

/// Whether it depends on the frame that it runs in, builtins that read it aside.
fn needs_own_frame(node: Syntax<'_>) -> bool {
    matches!(node, Syntax::Stmt(Stmt::Global(_) | Stmt::Nonlocal(_)) | Syntax::Expr(Expr::Await(_)))
}
