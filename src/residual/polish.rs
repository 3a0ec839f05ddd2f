//! Statements that are one in Python: `t = x[i]`, `t += v` and `x[i] = t` are `x[i] += v`.

use super::Statement;
use crate::codenode::{Node, Op, TemporaryId};

/// The block with such statements made one, in its inner blocks too; `count` tells how often a
/// value is used in the whole program.
pub(super) fn polished(
    block: Vec<Statement>,
    count: &dyn Fn(TemporaryId) -> i64,
) -> Vec<Statement> {
    let mut out: Vec<Statement> = Vec::new();
    for statement in block {
        let statement = statement.map_blocks(&mut |inner| polished(inner, count));
        let statement = match simpler(statement) {
            Ok(statement) => statement,
            Err(block) => {
                out.extend(block);
                continue;
            }
        };
        let one = match &out[..] {
            [.., first, second] => augmented(first, second, &statement, count),
            _ => None,
        };
        match one {
            Some(one) => {
                out.truncate(out.len() - 2);
                out.push(one);
            }
            None => out.push(statement),
        }
    }
    out
}

/// The statement without blocks in which nothing is left, or the statements that are left of it.
fn simpler(statement: Statement) -> Result<Statement, Vec<Statement>> {
    match statement {
        Statement::Try { body, handlers, orelse, finalbody }
            if handlers.is_empty() && finalbody.is_empty() =>
        {
            Err(body.into_iter().chain(orelse).collect())
        }
        // What isn't there raises nothing.
        Statement::Try { body, orelse, finalbody, .. } if body.is_empty() => {
            match orelse.is_empty() || finalbody.is_empty() {
                true => Err(orelse.into_iter().chain(finalbody).collect()),
                false => {
                    let (handlers, after) = (Vec::new(), Vec::new());
                    Ok(Statement::Try { body: orelse, handlers, orelse: after, finalbody })
                }
            }
        }
        Statement::If { test, body, orelse } if body.is_empty() && !orelse.is_empty() => {
            let test = Node::new(Op::NOT, vec![test]);
            Ok(Statement::If { test, body: orelse, orelse: Vec::new() })
        }
        other => Ok(other),
    }
}

fn augmented(
    first: &Statement,
    second: &Statement,
    third: &Statement,
    count: &dyn Fn(TemporaryId) -> i64,
) -> Option<Statement> {
    let (Statement::Bind(id, target), Statement::Do(change), Statement::Do(store)) =
        (first, second, third)
    else {
        return None;
    };
    let is_it = |node: &Node| node.temporary_id() == Some(*id);
    let fits = matches!(target.op(), Op::INDEX | Op::ATTR)
        && target.args().iter().all(is_leaf)
        && change.op() == Op::AUGASSIGN
        && is_it(change.arg(0))
        && store.op() == Op::ASSIGN
        && store.arg(0) == target
        && is_it(store.arg(1))
        // As the target of one and the value of the other, and nowhere else.
        && count(*id) == 2;
    fits.then(|| {
        let value = change.arg(1).clone();
        Statement::Do(change.with_args(vec![target.clone(), value]))
    })
}

/// Whether evaluating the code twice gives one value: it is a constant, or the value of a step.
fn is_leaf(node: &Node) -> bool {
    matches!(node.op(), Op::VALUE | Op::TEMPORARY | Op::VAR)
}
