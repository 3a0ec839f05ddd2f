//! Defaults of macros and `@unroll` functions that are constants under other names.
//!
//! ```text
//! SIZE = 2 ** 4
//! @macro
//! def table(x, n=SIZE, width=len("abc")): …       n=16, width=3
//! ```
//!
//! A default is computed once, when the function is defined. What it is then is known if it is made
//! of literals, of pure builtins, and of names that have just such a value at that place.

use std::rc::Rc;

use rustpython_ast::relocate::relocate_expr;
use rustpython_ast::{Expr, ExprName, Stmt, StmtFunctionDef};
use rustpython_text_size::{Ranged as _, TextRange};

use super::Stage;
use super::guard::run_guarded;
use super::staging::{CodeKind, Staging, stage_code};
use crate::codenode::{Node, Op};
use crate::expand::program::{Module, below};
use crate::print;
use crate::python::builtins::BindingTime;
use crate::python::form::expression_op;
use crate::scope::{Binding, BindingKind, Imported, Place, Reaching, ScopeId};
use crate::staging::stage_expression;
use crate::syntax::{Syntax, names, parse_expression, statement_around, substitute, walk};

/// How many names may stand for each other.
const DEEPEST: usize = 20;

/// The function with those of its defaults written out whose values are known.
pub(crate) fn with_known_defaults(
    cx: &mut Stage<'_, '_>,
    module: &Rc<Module>,
    def: &StmtFunctionDef,
) -> StmtFunctionDef {
    let mut def = def.clone();
    let own = &mut *def.parameters;
    let lists = [&mut own.posonlyargs, &mut own.args, &mut own.kwonlyargs];
    for default in lists.into_iter().flatten().filter_map(|p| p.default.as_deref_mut()) {
        if let Some(known) = known_value(cx, module, default, 0) {
            *default = known;
        }
    }
    def
}

/// The value of an expression at its place, as a literal; none if it isn't known, or nothing else
/// than written there.
fn known_value(
    cx: &mut Stage<'_, '_>,
    module: &Rc<Module>,
    expr: &Expr,
    depth: usize,
) -> Option<Expr> {
    let is_written = |node| matches!(node, Syntax::Expr(Expr::Name(_) | Expr::Call(_)));
    if depth > DEEPEST || !walk(expr).any(is_written) || !calls_only_compute(module, expr) {
        return None;
    }
    let mut code = expr.clone();
    for name in names_of_values(module, expr)? {
        let value = value_of_name(cx, module, name, depth)?;
        substitute(&mut code, name.range, value);
    }
    let value = evaluated(cx, module, code)?;
    literal(&value, expr.range())
}

/// Whether the calls are of builtins, or of methods of known values, and do nothing but compute.
fn calls_only_compute(module: &Module, expr: &Expr) -> bool {
    let computes = |call: &Expr| match module.scopes.called_builtin(call) {
        Some(builtin) => {
            matches!(builtin.time, BindingTime::Known(_)) && builtin.effect.only_computes()
        }
        None => call.as_call_expr().is_some_and(|call| call.func.is_attribute_expr()),
    };
    walk(expr).all(|node| match node {
        Syntax::Expr(call @ Expr::Call(_)) => computes(call),
        Syntax::Expr(Expr::Lambda(_) | Expr::Named(_)) => false,
        Syntax::Expr(other) => expression_op(other.into()).effect().suspension().is_none(),
        Syntax::Comprehension(_) => false,
        _ => true,
    })
}

/// The names in the expression that aren't builtins; none if one of them isn't a variable of the
/// module.
fn names_of_values<'e>(module: &Module, expr: &'e Expr) -> Option<Vec<&'e ExprName>> {
    let mut found = Vec::new();
    for name in names(expr) {
        let used = module.scopes.use_at(name.range.start())?;
        match module.scopes.builtin(used) {
            Some(_) => {}
            None if module.scopes.resolve(used) == Place::Bound(ScopeId::MODULE) => {
                found.push(name)
            }
            None => return None,
        }
    }
    Some(found)
}

fn value_of_name(
    cx: &mut Stage<'_, '_>,
    module: &Rc<Module>,
    name: &ExprName,
    depth: usize,
) -> Option<Expr> {
    if cx.resolver.entity_of(module, &Expr::Name(name.clone())).is_some() {
        // It exists at compile time.
        return None;
    }
    let used = module.scopes.use_at(name.range.start())?;
    let Reaching::One(binding) = module.scopes.reaching(used) else { return None };
    if !module.scopes.is_surely_bound(used) || !module.scopes.stars_reaching(used).is_empty() {
        return None;
    }
    value_of_binding(cx, module, binding, depth)
}

fn value_of_binding(
    cx: &mut Stage<'_, '_>,
    module: &Rc<Module>,
    binding: &Binding,
    depth: usize,
) -> Option<Expr> {
    if cx.resolver.index().is_assigned(module, &binding.name) {
        return None;
    }
    let BindingKind::Import { module: from, level, name: Some(member), object, .. } = &binding.kind
    else {
        let value = assigned_value(module, binding)?;
        return match value.is_literal_expr() {
            true => Some(value.clone()),
            false => known_value(cx, module, value, depth + 1).or_else(|| {
                let is_plain = |node| !matches!(node, Syntax::Expr(Expr::Name(_) | Expr::Call(_)));
                walk(value).all(is_plain).then(|| value.clone())
            }),
        };
    };
    if *object == Imported::Module {
        return None;
    }
    let from = module.absolute(*level, from.as_deref());
    if cx.resolver.project.locate(&module.path, &below(&from, member)).is_some() {
        return None;
    }
    let path = cx.resolver.project.locate(&module.path, &from)?;
    let home = cx.resolver.project.module(&path).ok()?;
    let Reaching::One(binding) = home.scopes.at_end(member) else { return None };
    if !home.scopes.is_bound_at_end(member) || !home.scopes.stars_at_end(member).is_empty() {
        return None;
    }
    let binding = binding.clone();
    value_of_binding(cx, &home, &binding, depth + 1)
}

/// What the statement that binds the name assigns to it alone.
fn assigned_value<'m>(module: &'m Module, binding: &Binding) -> Option<&'m Expr> {
    match statement_around(&module.syntax, binding.range)? {
        Stmt::Assign(s) => match s.targets.as_slice() {
            [Expr::Name(name)] if name.range == binding.range => Some(&s.value),
            _ => None,
        },
        Stmt::AnnAssign(s) if s.target.range() == binding.range => s.value.as_deref(),
        _ => None,
    }
}

/// The value as code, if it is a constant.
fn evaluated(cx: &mut Stage<'_, '_>, module: &Rc<Module>, mut code: Expr) -> Option<Node> {
    // It has no names but those of builtins.
    let host = cx.compile_time.host();
    host.add_source(module.file, module.source.clone());
    let ns = &host.namespace(&module.name);
    let staging = Staging { kind: CodeKind::Macro, ..Staging::comptime(code.range()) };
    stage_code(cx, module, ns, staging, |site, tables| stage_expression(site, tables, &mut code))?;
    let label = module.label(code.range(), "");
    let evaluated =
        run_guarded(cx, &label, |_| host.evaluate(ns, module.file, code.clone(), Vec::new()));
    let expansion = evaluated.ok()?;
    is_constant(&expansion.result).then_some(expansion.result)
}

fn is_constant(node: &Node) -> bool {
    match node.op() {
        Op::VALUE => true,
        Op::TUPLE => node.args().iter().all(is_constant),
        _ => false,
    }
}

fn literal(value: &Node, range: TextRange) -> Option<Expr> {
    let text = print::expression(value, print::Style::default());
    let mut literal = *parse_expression(&text)?.body;
    relocate_expr(&mut literal, range);
    Some(literal)
}
