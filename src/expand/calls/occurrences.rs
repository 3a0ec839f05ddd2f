//! How often an expansion may evaluate a piece of code, as far as the code itself tells: of two
//! branches one runs, and the rounds of a loop are unknown.

use std::collections::HashMap;

use rustpython_text_size::TextRange;

use crate::codenode::{Node, Op};
use crate::expand::placement::Replacement;
use crate::residual::Statement;
use crate::source::FileId;

/// How often code of each place stands in what was left, all ways taken together.
#[derive(Default)]
pub(crate) struct Places(HashMap<(Op, FileId, TextRange), usize>);

impl Places {
    /// Those in an expansion.
    pub(crate) fn of(left: &Replacement) -> Places {
        let mut places = Places::default();
        left.node.iter().for_each(|node| places.add(node));
        left.statements.iter().for_each(|statement| places.add_statement(statement));
        places
    }

    /// How often the node, or a copy of it, is there.
    pub(crate) fn count(&self, node: &Node) -> usize {
        let loc = node.loc().map(|loc| (node.op(), loc.file, loc.range));
        loc.and_then(|place| self.0.get(&place)).copied().unwrap_or(0)
    }

    fn add(&mut self, node: &Node) {
        if let Some(loc) = node.loc() {
            *self.0.entry((node.op(), loc.file, loc.range)).or_insert(0) += 1;
        }
        node.args().iter().for_each(|arg| self.add(arg));
    }

    fn add_statement(&mut self, statement: &Statement) {
        let codes = statement.codes().into_iter().chain(statement.repeated_codes());
        codes.for_each(|code| self.add(code));
        statement.blocks().into_iter().flatten().for_each(|inner| self.add_statement(inner));
    }
}

/// Tells the node that is looked for.
pub(crate) type WantedNode<'a> = &'a dyn Fn(&Node) -> bool;

/// How often it stands on the way on which it stands most often.
pub(crate) fn occurrences(left: &Replacement, wanted: WantedNode<'_>) -> usize {
    let value = left.node.as_ref().map_or(0, |node| in_node(node, wanted));
    in_statements(&left.statements, value, wanted)
}

/// Likewise in statements after which it stands `rest` times.
fn in_statements(statements: &[Statement], rest: usize, wanted: WantedNode<'_>) -> usize {
    statements.iter().rev().fold(rest, |rest, statement| match statement {
        Statement::Do(code) => in_statement(code, rest, wanted),
        Statement::If { test, body, orelse } => {
            let way = |branch: &[Statement]| {
                let leaves = branch.last().is_some_and(Statement::leaves);
                in_statements(branch, if leaves { 0 } else { rest }, wanted)
            };
            in_node(test, wanted) + way(body).max(way(orelse))
        }
        other => {
            let codes = other.codes().into_iter().chain(other.repeated_codes());
            let blocks = other.blocks().into_iter().map(|block| in_statements(block, 0, wanted));
            let codes: usize = codes.map(|code| in_node(code, wanted)).sum();
            codes + blocks.max().unwrap_or(0) + rest
        }
    })
}

/// Likewise in a piece of code.
pub(crate) fn in_node(node: &Node, wanted: WantedNode<'_>) -> usize {
    let of = |node: &Node| in_node(node, wanted);
    let below = match (node.op(), node.args()) {
        (Op::BLOCK, statements) => in_block(statements, wanted),
        (Op::IF, [test, body, orelse]) => of(test) + of(body).max(of(orelse)),
        (Op::MATCH, [subject, cases]) => {
            of(subject) + cases.args().iter().map(of).max().unwrap_or(0)
        }
        (Op::TRY | Op::TRYSTAR, [body, handlers, orelse, finalbody]) => {
            let handler = handlers.args().iter().map(of).max().unwrap_or(0);
            (of(body) + of(orelse)).max(handler) + of(finalbody)
        }
        (_, args) => args.iter().map(of).sum(),
    };
    usize::from(wanted(node)) + below
}

fn in_block(statements: &[Node], wanted: WantedNode<'_>) -> usize {
    statements.iter().rev().fold(0, |rest, statement| in_statement(statement, rest, wanted))
}

/// In a statement after which it stands `rest` times: not on the way of a branch that is left.
fn in_statement(statement: &Node, rest: usize, wanted: WantedNode<'_>) -> usize {
    match (statement.op(), statement.args()) {
        (Op::IF, [test, body, orelse]) => {
            let way =
                |branch: &Node| in_node(branch, wanted) + if leaves(branch) { 0 } else { rest };
            in_node(test, wanted) + way(body).max(way(orelse))
        }
        _ => in_node(statement, wanted) + rest,
    }
}

/// Whether control never comes to what follows the block.
fn leaves(block: &Node) -> bool {
    let last = block.args().last().map(Node::op);
    matches!(last, Some(Op::RETURN | Op::RAISE | Op::BREAK | Op::CONTINUE))
}
