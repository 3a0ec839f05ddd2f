//! The table of evaluation orders, and that of effects, say what CPython does: its traces of forms
//! whose operands tell when they are evaluated, and when a method of theirs is called, are beside
//! this file. `UPDATE_TRACES=1 cargo test --test evaluation` makes them anew.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the forms are in a file of ours"
)]

use std::collections::BTreeSet;

use rustpython_ast::{Expr, Stmt};
use rustpython_parser::parse_module;

use crate::codenode::{Node, Op, Plain, lower_statement};
use crate::python::form::{Operand, operands, statement_operands};
use crate::python::op::{OpEffect, When};
use crate::source::FileId;
use crate::syntax::Layout;

/// A statement a form, whose operands are calls of `t`.
const FORMS: &str = include_str!("forms.txt");

/// What `traced.py` tells of each: once with operands that are true, and once with others.
const TRACES: &str = include_str!("traces.txt");

fn forms() -> impl Iterator<Item = &'static str> {
    FORMS.split("\n---\n")
}

/// The number of an operand, and how often it is evaluated.
type Step = (usize, When);

/// Whether it is `t(number)`, by the text of that.
fn number(text: &str) -> Option<usize> {
    text.strip_prefix("t(")?.strip_suffix(')')?.parse().ok()
}

fn steps_of_tree(node: &Node, text: &str, around: When, found: &mut Vec<Step>) {
    let own = node.loc().filter(|_| node.op() == Op::CALL);
    if let Some(number) = own.and_then(|loc| number(&text[loc.range.to_std_range()])) {
        found.push((number, around));
        return;
    }
    for part in node.parts() {
        steps_of_tree(&node.args()[part.index], text, around.max(part.when), found);
    }
}

fn steps_of_operands(operands: &[Operand<'_>], text: &str, around: When, found: &mut Vec<Step>) {
    for operand in operands {
        let when = around.max(operand.when);
        let range = rustpython_text_size::Ranged::range(operand.expr);
        match number(&text[range.to_std_range()]).filter(|_| operand.expr.is_call_expr()) {
            Some(number) => found.push((number, when)),
            None => steps_of_operands(&operands_of(operand.expr), text, when, found),
        }
    }
}

fn operands_of(expr: &Expr) -> Vec<Operand<'_>> {
    operands(expr)
}

/// Annotations come after the rest, whatever they stand in.
fn annotations_last(mut steps: Vec<Step>) -> Vec<Step> {
    steps.sort_by_key(|(_, when)| *when == When::Asked);
    steps
}

fn tree(stmt: &Stmt, text: &str, layout: &Layout) -> Node {
    lower_statement(stmt, FileId(0), text, layout, &mut Plain)
}

/// The most that the form does itself, its operands aside.
fn effects(node: &Node, text: &str, found: &mut Vec<OpEffect>) {
    let is_operand =
        node.loc().is_some_and(|loc| number(&text[loc.range.to_std_range()]).is_some());
    if node.op() == Op::CALL && is_operand {
        return;
    }
    found.push(node.op().effect());
    node.evaluated_now().for_each(|part| effects(part, text, found));
}

/// What is wrong with a run in which operands and methods came as `trace` says.
fn complaint(steps: &[Step], effects: &[OpEffect], trace: &[&str]) -> Option<String> {
    if trace.contains(&"raised:SyntaxError") {
        return Some("python3 can't read it".to_owned());
    }
    let raised = trace.iter().any(|word| word.starts_with("raised"));
    let came: Vec<usize> = trace.iter().filter_map(|word| word.parse().ok()).collect();
    let mut seen = BTreeSet::new();
    let first: Vec<usize> = came.iter().copied().filter(|number| seen.insert(*number)).collect();
    let order: Vec<usize> =
        steps.iter().map(|(number, _)| *number).filter(|number| seen.contains(number)).collect();
    if first != order {
        return Some(format!("the order is {first:?}, not {order:?}"));
    }
    for (number, when) in steps {
        let times = came.iter().filter(|other| *other == number).count();
        let is_right = match when {
            When::Once => times == 1 || raised,
            When::First | When::Maybe | When::Asked => times <= 1,
            When::Repeated => true,
            When::Later | When::Bound | When::Never => times == 0,
        };
        if !is_right {
            return Some(format!("{number} is {when:?}, and came {times} times"));
        }
    }
    let only_holds = |effect: &OpEffect| {
        matches!(effect, OpEffect::Nothing | OpEffect::Allocates | OpEffect::Reads)
    };
    let methods = trace.iter().filter(|word| word.starts_with('!')).count();
    (methods > 0 && effects.iter().all(only_holds))
        .then(|| "a method of an operand was called".to_owned())
}

#[test]
fn forms_are_evaluated_as_the_tables_say() -> Result<(), Box<dyn std::error::Error>> {
    let traces: Vec<Vec<&str>> = TRACES.lines().map(|line| line.split(' ').collect()).collect();
    assert_eq!(traces.len(), 2 * forms().count());
    let mut complaints = Vec::new();
    for (form, traces) in forms().zip(traces.chunks(2)) {
        let parsed = parse_module(form)?;
        let stmt = parsed.syntax().body.first().ok_or("no statement")?;
        let tree = tree(stmt, form, &Layout::new(form, parsed.tokens()));
        let (mut steps, mut own_effects) = (Vec::new(), Vec::new());
        steps_of_tree(&tree, form, When::Once, &mut steps);
        let steps = annotations_last(steps);
        effects(&tree, form, &mut own_effects);
        for trace in traces {
            if let Some(complaint) = complaint(&steps, &own_effects, trace) {
                complaints.push(format!("{form}\n    {complaint}"));
            }
        }
        let mut own = Vec::new();
        steps_of_operands(&statement_operands(stmt), form, When::Once, &mut own);
        let own = annotations_last(own);
        let heads: Vec<Step> = steps.into_iter().filter(|step| own.contains(step)).collect();
        if own != heads {
            complaints.push(format!("{form}\n    {own:?} of syntax, {heads:?} of the tree"));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    Ok(())
}

#[test]
fn every_op_is_among_the_forms() -> Result<(), Box<dyn std::error::Error>> {
    let mut seen = BTreeSet::new();
    for form in forms() {
        let parsed = parse_module(form)?;
        let layout = Layout::new(form, parsed.tokens());
        let mut pending =
            vec![tree(parsed.syntax().body.first().ok_or("no statement")?, form, &layout)];
        while let Some(node) = pending.pop() {
            seen.insert(node.op());
            pending.extend(node.args().iter().cloned());
        }
    }
    // Nothing that is written is a step, and the others have to have a Python that is new enough.
    let elsewhere = [
        Op::TEMPORARY,
        Op::TSTRING,
        Op::TRYSTAR,
        Op::TYPEALIAS,
        Op::TYPEVAR,
        Op::TYPEVARTUPLE,
        Op::PARAMSPEC,
    ];
    let is_missing = |op: &&Op| !seen.contains(op) && !elsewhere.contains(op);
    let missing: Vec<_> = Op::ALL.iter().filter(is_missing).collect();
    assert!(missing.is_empty(), "{missing:?}");
    Ok(())
}
