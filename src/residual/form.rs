//! The two forms a step can be written in: as a statement where statements can stand, and as an
//! expression that does the same where they can't.
//!
//! `x[i] = v` is `operator.setitem(x, i, v)`, and `x += v` is `operator.iadd(x, v)` to a new
//! name: the functions are those operations, see <https://docs.python.org/3/library/operator.html>.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use super::{Reason, Residual, Statement};
use crate::codenode::{Node, Op, Origin, TemporaryId, Value};

/// What steps are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Statements,
    Expressions,
}

/// A program in one of the forms.
pub(super) struct Formed {
    pub block: Vec<Statement>,
    /// The code of the steps that aren't written as they were recorded.
    pub codes: HashMap<TemporaryId, Node>,
    pub result: Node,
}

/// The program in this form.
pub(super) fn formed(
    residual: &Residual,
    block: Vec<Statement>,
    result: &Node,
    form: Form,
) -> Formed {
    let variables = match form {
        Form::Statements => AugmentedVariables::of(residual, &block, result),
        Form::Expressions => AugmentedVariables::default(),
    };
    let mut forming = Forming { residual, form, variables, codes: HashMap::new() };
    let block = forming.block(block);
    let result = forming.variables.renamed(result);
    Formed { block, codes: forming.codes, result }
}

struct Forming<'a> {
    residual: &'a Residual,
    form: Form,
    variables: AugmentedVariables,
    codes: HashMap<TemporaryId, Node>,
}

impl Forming<'_> {
    fn block(&mut self, block: Vec<Statement>) -> Vec<Statement> {
        let mut out = Vec::new();
        for statement in block {
            match statement {
                Statement::Step(id) => self.step(id, &mut out),
                other => {
                    let renamed = other.map_own(&mut |code| self.variables.renamed(code));
                    out.push(renamed.map_blocks(&mut |inner| self.block(inner)));
                }
            }
        }
        out
    }

    fn step(&mut self, id: TemporaryId, out: &mut Vec<Statement>) {
        let Some(step) = self.residual.step(id) else { return };
        let code = self.variables.renamed(&step.code);
        match (code.op(), self.form) {
            (Op::AUGASSIGN, Form::Statements) if step.reason != Reason::Eval => {
                let variable = self.variables.of_step(id);
                let target = Node::temporary(variable);
                let (value, operand) = (code.arg(0), code.arg(1));
                if *value != target {
                    out.push(Statement::Bind(variable, value.clone()));
                }
                let code = code.with_args(vec![target, operand.clone()]);
                out.push(Statement::Do(code));
            }
            (_, Form::Statements) if code.is_statement() => out.push(Statement::Do(code)),
            _ => {
                let code = as_expression(&code);
                if !code.is(&step.code) {
                    self.codes.insert(id, code);
                }
                out.push(Statement::Step(id));
            }
        }
    }
}

/// The variables that augmented assignments change: `r += a` and then `r += b` are two steps, of
/// which the second takes the variable of the first if nobody else needs that.
#[derive(Default)]
struct AugmentedVariables {
    names: HashMap<TemporaryId, TemporaryId>,
}

impl AugmentedVariables {
    fn of(residual: &Residual, block: &[Statement], result: &Node) -> AugmentedVariables {
        let mut uses = HashMap::new();
        count(result, &mut uses);
        residual.steps().for_each(|(_, step)| count(&step.code, &mut uses));
        block.iter().for_each(|statement| count_in(statement, &mut uses));
        let mut variables = AugmentedVariables::default();
        for (id, step) in residual.steps() {
            if step.code.op() != Op::AUGASSIGN || step.reason == Reason::Eval {
                continue;
            }
            let before = step.code.arg(0).temporary_id();
            let is_variable = |before: &TemporaryId| {
                let made = residual.step(*before).map(|step| step.code.op());
                made == Some(Op::AUGASSIGN) && uses.get(before) == Some(&1)
            };
            let name = before.filter(is_variable).map_or(id, |before| variables.of_step(before));
            variables.names.insert(id, name);
        }
        variables
    }

    fn of_step(&self, id: TemporaryId) -> TemporaryId {
        self.names.get(&id).copied().unwrap_or(id)
    }

    fn renamed(&self, node: &Node) -> Node {
        match node.temporary_id() {
            Some(id) => match self.names.get(&id) {
                Some(name) if *name != id => Node::temporary(*name),
                _ => node.clone(),
            },
            None if self.names.is_empty() || !node.holds_temporary() => node.clone(),
            None => node.map_args(|arg| self.renamed(arg)),
        }
    }
}

fn count_in(statement: &Statement, uses: &mut HashMap<TemporaryId, usize>) {
    let codes = statement.codes().into_iter().chain(statement.repeated_codes());
    codes.into_iter().for_each(|code| count(code, uses));
    statement.blocks().into_iter().flatten().for_each(|inner| count_in(inner, uses));
}

fn count(node: &Node, uses: &mut HashMap<TemporaryId, usize>) {
    if let Some(id) = node.temporary_id() {
        *uses.entry(id).or_insert(0) += 1;
    }
    for arg in node.args().iter().filter(|arg| arg.holds_temporary()) {
        count(arg, uses);
    }
}

/// The expression that does what a statement does; other code as it is.
fn as_expression(node: &Node) -> Node {
    let args = node.args();
    let new = match node.op() {
        Op::AUGASSIGN => match (node.name().and_then(|name| in_place(name)), node.arg(0).op()) {
            (Some(function), Op::VAR) => {
                let value = operator(function, args.to_vec());
                Node::new(Op::WALRUS, vec![node.arg(0).clone(), value])
            }
            (Some(function), op) if op != Op::INDEX && op != Op::ATTR => {
                operator(function, args.to_vec())
            }
            _ => return node.clone(),
        },
        Op::EXPR => return node.arg(0).clone(),
        Op::ASSIGN | Op::DELETE if args.len() > 2 || !can_be_call(node) => return node.clone(),
        Op::DELETE if args.len() > 1 => return node.clone(),
        Op::ASSIGN => match node.arg(0).op() {
            Op::INDEX => operator("setitem", with(node.arg(0).args(), node.arg(1))),
            Op::ATTR => builtin("setattr", with(node.arg(0).args(), node.arg(1))),
            Op::VAR => Node::new(Op::WALRUS, args.to_vec()),
            _ => return node.clone(),
        },
        Op::DELETE => match node.arg(0).op() {
            Op::INDEX => operator("delitem", with(node.arg(0).args(), &Node::empty())),
            Op::ATTR => builtin("delattr", with(node.arg(0).args(), &Node::empty())),
            _ => return node.clone(),
        },
        _ => return node.clone(),
    };
    new.with_loc(node.loc())
}

/// Whether a function call does what the assignment does: an assignment has its value first, and a
/// private name is another in a text.
fn can_be_call(node: &Node) -> bool {
    let [target, rest @ ..] = node.args() else { return false };
    fn is_known(part: &Node) -> bool {
        match part.op() {
            Op::VALUE | Op::TEMPORARY | Op::EMPTY => true,
            Op::SLICE | Op::TUPLE => part.args().iter().all(is_known),
            _ => false,
        }
    }
    let is_private = |part: &Node| {
        part.text().is_some_and(|name| name.starts_with("__") && !name.ends_with("__"))
    };
    match target.op() {
        Op::ATTR if is_private(target.arg(1)) => false,
        Op::ATTR | Op::INDEX => {
            target.args().iter().all(is_known)
                || rest.iter().all(|value| is_known(value) || value.op() == Op::VAR)
        }
        _ => true,
    }
}

/// The object, the index and the value as arguments of a function.
fn with(target: &[Node], value: &Node) -> Vec<Node> {
    let mut args: Vec<Node> = target.iter().map(index_value).collect();
    if value.op() != Op::EMPTY {
        args.push(value.clone());
    }
    args
}

/// `a:b` in an index, or in a tuple there, is `slice(a, b)` elsewhere.
fn index_value(index: &Node) -> Node {
    match index.op() {
        Op::TUPLE => index.map_args(index_value),
        Op::SLICE => {
            let part = |part: &Node| match part.op() {
                Op::EMPTY => Node::value(Value::None),
                _ => part.clone(),
            };
            builtin("slice", index.args().iter().map(part).collect())
        }
        _ => index.clone(),
    }
}

fn builtin(name: &str, args: Vec<Node>) -> Node {
    Node::call(Node::var(name, Origin::Builtin), args)
}

fn operator(function: &str, args: Vec<Node>) -> Node {
    Node::call(Node::attribute(Node::var("operator", Origin::Library), function), args)
}

/// The function of `operator` that does what the augmented assignment does: `iadd` for PLUS.
fn in_place(op: &str) -> Option<&'static str> {
    Some(Op::from_name(op)?.operator()?.in_place_dunder().trim_matches('_'))
}
