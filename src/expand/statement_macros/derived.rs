//! What is known of a module's compile-time part stays known of a text that was made from its own.

use std::rc::Rc;

use rustpython_ast::{Expr, Stmt};
use rustpython_text_size::Ranged as _;

use crate::expand::Expander;
use crate::expand::compile_time::{Loaded, define_with_members};
use crate::expand::program::Module;

/// Makes the compile-time part of `from` that of `to`, which was made from it. What is new in
/// it is defined besides.
pub(crate) fn carry_over(cx: &mut Expander<'_>, from: &Rc<Module>, to: &Rc<Module>) {
    let Some(Loaded::Done(ns)) = cx.compile_time.namespaces.get(&from.file).cloned() else {
        return;
    };
    cx.compile_time.namespaces.insert(to.file, Loaded::Done(ns.clone()));
    cx.compile_time.host().add_source(to.file, to.source.clone());
    if cx.compile_time.incomplete.contains(&from.file) {
        cx.compile_time.incomplete.insert(to.file);
    }
    let mut new = Vec::new();
    for stmt in &to.syntax.body {
        let Some(origins) = cx.lineage.origins(to.file) else { return };
        let old = origins.of(stmt.range());
        let is_same = from
            .top_level(old)
            .is_some_and(|own| own.range() == old && from.slice(old) == to.slice(stmt.range()));
        if !is_same {
            new.push(stmt);
        }
        // Other constants are evaluated when it is time.
        if let Some((place, old)) = constant_of(stmt)
            .and_then(|place| Some((place, from.top_level(old).and_then(constant_of)?)))
            .filter(|_| is_same)
        {
            if let Some(value) = cx.compile_time.constants.get(&(from.file, old)).cloned() {
                cx.compile_time.constants.insert((to.file, place), value);
            }
            carry_sourceless(cx, from, to, stmt, place);
        }
    }
    for stmt in new {
        if !stmt.is_assign_stmt() && !define_with_members(&mut cx.stage(), to, &ns, stmt) {
            cx.compile_time.incomplete.insert(to.file);
        }
    }
}

fn carry_sourceless(
    cx: &mut Expander<'_>,
    from: &Module,
    to: &Module,
    stmt: &Stmt,
    place: rustpython_text_size::TextRange,
) {
    let Stmt::Assign(assign) = stmt else { return };
    let [Expr::Name(name)] = &assign.targets[..] else { return };
    let known = cx.compile_time.sourceless.get(&(from.file, name.id.to_string())).cloned();
    if let Some((value, _)) = known {
        cx.compile_time.sourceless.insert((to.file, name.id.to_string()), (value, place));
    }
}

/// The place of the call in `NAME = f(…)`.
fn constant_of(stmt: &Stmt) -> Option<rustpython_text_size::TextRange> {
    match stmt {
        Stmt::Assign(assign) if assign.targets.len() == 1 && assign.targets[0].is_name_expr() => {
            assign.value.is_call_expr().then(|| assign.value.range())
        }
        _ => None,
    }
}
