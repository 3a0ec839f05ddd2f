//! Gives the temporaries of a folded program their names.

use std::collections::{HashMap, HashSet};

use crate::codenode::{Name, Node, Op, Origin, TemporaryId};
use crate::residual::{Handler, Residual, Statement, UNNAMED, shared_names};

/// The program with variables in place of its temporaries; `fresh` gives a name like the one that
/// is wanted.
pub(crate) fn named(
    residual: &Residual,
    statements: Vec<Statement>,
    result: Option<Node>,
    fresh: &mut dyn FnMut(&str) -> Name,
) -> (Vec<Statement>, Option<Node>) {
    let hint = |id: TemporaryId| residual.step(id).and_then(|step| step.hint.clone());
    let own = shared_names(&statements, result.as_ref(), &hint);
    let mut ids = Vec::new();
    statements.iter().for_each(|statement| collect(statement, &mut ids));
    result.iter().for_each(|node| temporaries(node, &mut ids));
    let mut shared: HashMap<Name, Name> = HashMap::new();
    let mut names: HashMap<TemporaryId, Name> = HashMap::new();
    for id in ids {
        if names.contains_key(&id) {
            continue;
        }
        let name = match hint(id) {
            Some(wanted) if !own.contains(&id) => {
                shared.entry(wanted.clone()).or_insert_with(|| fresh(&wanted)).clone()
            }
            wanted => fresh(wanted.as_deref().unwrap_or(UNNAMED)),
        };
        names.insert(id, name);
    }
    let naming = VariableNames { names };
    let result = result.map(|node| naming.code(&node));
    (naming.block(statements), result)
}

fn collect(statement: &Statement, ids: &mut Vec<TemporaryId>) {
    let codes = statement.codes().into_iter().chain(statement.repeated_codes());
    codes.into_iter().for_each(|code| temporaries(code, ids));
    ids.extend(statement.targets());
    statement.blocks().into_iter().flatten().for_each(|inner| collect(inner, ids));
}

fn temporaries(node: &Node, out: &mut Vec<TemporaryId>) {
    out.extend(node.temporary_id());
    node.args().iter().filter(|a| a.holds_temporary()).for_each(|arg| temporaries(arg, out));
}

struct VariableNames {
    names: HashMap<TemporaryId, Name>,
}

impl VariableNames {
    fn variable(&self, id: TemporaryId) -> Node {
        // Every temporary of the program was given a name.
        let name = self.names.get(&id).cloned().unwrap_or_else(|| "_".into());
        Node::var(name, Origin::Site)
    }

    /// The code with a variable for each temporary; as a parameter it is the parameter of that
    /// name.
    fn code(&self, node: &Node) -> Node {
        if let Some(id) = node.temporary_id() {
            return self.variable(id).with_loc(node.loc());
        }
        if !node.holds_temporary() {
            return node.clone();
        }
        let is_parameters = node.op() == Op::PARAMS;
        node.map_args(|arg| match arg.temporary_id() {
            Some(id) if is_parameters => {
                let parameter = Node::new(Op::PARAM, vec![Node::empty(), Node::empty()]);
                parameter.with_name(self.variable(id).name().cloned())
            }
            _ => self.code(arg),
        })
    }

    fn block(&self, block: Vec<Statement>) -> Vec<Statement> {
        let mut out = Vec::new();
        for statement in block {
            let statement = statement.map_own(&mut |code| self.code(code));
            match statement.map_blocks(&mut |inner| self.block(inner)) {
                Statement::Bind(id, code) => self.assign(vec![(id, code)], &mut out),
                Statement::Assign(pairs) => self.assign(pairs, &mut out),
                Statement::For { target, iterable, body, orelse } => {
                    out.push(Statement::For { target: self.code(&target), iterable, body, orelse });
                }
                Statement::With { context, target, body } => {
                    out.push(Statement::With { context, target: self.code(&target), body });
                }
                Statement::Try { body, handlers, orelse, finalbody } => {
                    let handlers = handlers
                        .into_iter()
                        .map(|h| Handler { name: self.code(&h.name), ..h })
                        .collect();
                    out.push(Statement::Try { body, handlers, orelse, finalbody });
                }
                done @ (Statement::Step(_)
                | Statement::Do(_)
                | Statement::If { .. }
                | Statement::While { .. }
                | Statement::Return(_)
                | Statement::Raise(..)
                | Statement::Break
                | Statement::Continue) => out.push(done),
            }
        }
        out
    }

    /// Assignments, all of whose values are computed before the first: one after the other where
    /// that makes no difference, as one otherwise.
    fn assign(&self, pairs: Vec<(TemporaryId, Node)>, out: &mut Vec<Statement>) {
        let pairs: Vec<(Node, Node)> = pairs
            .into_iter()
            .map(|(id, code)| (self.variable(id), code))
            .filter(|(target, code)| target.name() != code.name() || code.op() != Op::VAR)
            .collect();
        let assign =
            |target: Node, code: Node| Statement::Do(Node::new(Op::ASSIGN, vec![target, code]));
        let mut done: HashSet<&Name> = HashSet::new();
        let in_turn = pairs.iter().all(|(target, code)| {
            let clash = done.iter().any(|name| mentions(code, name));
            done.extend(target.name());
            !clash
        });
        if in_turn {
            out.extend(pairs.into_iter().map(|(target, code)| assign(target, code)));
            return;
        }
        let (targets, codes): (Vec<Node>, Vec<Node>) = pairs.into_iter().unzip();
        let (targets, codes) = (Node::new(Op::TUPLE, targets), Node::new(Op::TUPLE, codes));
        out.push(assign(targets, codes));
    }
}

fn mentions(node: &Node, name: &Name) -> bool {
    node.op() == Op::VAR && node.name() == Some(name)
        || node.args().iter().any(|arg| mentions(arg, name))
}
