//! The compile-time part of a module is that of the texts derived from it as well.

use std::rc::Rc;

use rustpython_ast::Stmt;
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
        if let Some(before) = from.top_level(old).filter(|_| is_same) {
            carry_constants(cx, (from, before), (to, stmt));
        }
    }
    for stmt in new {
        let is_constant = !cx.resolver.constants(to, stmt).is_empty();
        if !is_constant && !define_with_members(&mut cx.stage(), to, &ns, stmt) {
            cx.compile_time.incomplete.insert(to.file);
        }
    }
}

/// What is known of the constants of a statement is known of the same text elsewhere.
fn carry_constants(
    cx: &mut Expander<'_>,
    (from, before): (&Rc<Module>, &Stmt),
    (to, after): (&Rc<Module>, &Stmt),
) {
    let (old, new) = (cx.resolver.constants(from, before), cx.resolver.constants(to, after));
    for (old, new) in old.iter().zip(&new) {
        let (old, new) = ((from.file, old.call.range), (to.file, new.call.range));
        if let Some(value) = cx.compile_time.constants.get(&old).cloned() {
            cx.compile_time.constants.insert(new, value);
        }
        if let Some(known) = cx.compile_time.sourceless.get(&old).cloned() {
            cx.compile_time.sourceless.insert(new, known);
        }
    }
}
