//! Statements and a value in one expression, for the places that hold no statement.
//!
//! `t = f(x)` and then `t + t` become `(t := f(x)) + t`: the name is given where the value is first
//! used, if that is where the statement may be evaluated. What has no such place comes before the
//! rest in a tuple, of which the last element is the value: `(log(x), x)[-1]`.

#[cfg(test)]
mod tests;

use super::Statement;
use super::depth::{depth_of_use, would_nest};
use super::effect::StableName;
use super::fields::is_refused;
use super::fold::Folded;
use super::order::{Path, Reached, has_use};
use crate::codenode::{Node, Op, TemporaryId, Value};

/// How a value gets a name inside an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Binding {
    /// By `(t := value)`.
    Walrus,
    /// By `(lambda t: …)(value)`, where an assignment expression isn't allowed, or would leave its
    /// name behind.
    Lambda,
}

/// Why statements can't be put into an expression.
#[derive(Clone, Debug)]
pub(crate) enum Unplaceable {
    /// The code of this statement has no form as an expression.
    Statement(Node),
    /// `await` or `yield` would move into a lambda, where it means something else.
    Suspends,
    /// A value in this code would get a name where none may be given.
    Named(Node),
}

/// Code that was made one expression.
#[derive(Clone, Debug)]
pub(crate) struct Joined {
    pub code: Node,
    /// Whether it has parts that are there for their effect only.
    pub is_sequence: bool,
}

/// The program with a statement for each name that code gives by an assignment expression, for places
/// where there can be none.
///
/// # Errors
/// When the value may not be computed before the code.
pub(crate) fn named_before(folded: Folded, stable: StableName<'_>) -> Result<Folded, Unplaceable> {
    let mut statements = Vec::new();
    for statement in folded.statements {
        let mut outcome = Ok(());
        let statement = statement.map_own(&mut |code| {
            let apart = taken_out(code, &mut statements, stable);
            apart.unwrap_or_else(|why| {
                outcome = Err(why);
                code.clone()
            })
        });
        outcome?;
        statements.push(statement);
    }
    let result = taken_out(&folded.result, &mut statements, stable)?;
    Ok(Folded { statements, result })
}

fn taken_out(
    code: &Node,
    statements: &mut Vec<Statement>,
    stable: StableName<'_>,
) -> Result<Node, Unplaceable> {
    let mut code = code.clone();
    while let Some((id, value)) = first_named(&code) {
        let rest = without_name(&code, id);
        if Path::new(id, &value, stable).walk(&rest) != Reached::Fits {
            return Err(Unplaceable::Named(value));
        }
        statements.push(Statement::Bind(id, value));
        code = rest;
    }
    Ok(code)
}

/// The first value that is named in the code, and holds no other.
fn first_named(node: &Node) -> Option<(TemporaryId, Node)> {
    if !node.holds_temporary() {
        return None;
    }
    let inner = node.args().iter().find_map(first_named);
    inner.or_else(|| match (node.op(), node.args()) {
        (Op::WALRUS, [target, value]) => Some((target.temporary_id()?, value.clone())),
        _ => None,
    })
}

/// The code with the value itself where it was named.
fn without_name(node: &Node, id: TemporaryId) -> Node {
    match node.op() {
        Op::WALRUS if node.arg(0).temporary_id() == Some(id) => node.arg(0).clone(),
        _ if !node.holds_temporary() => node.clone(),
        _ => node.map_args(|arg| without_name(arg, id)),
    }
}

/// The one expression that does what `folded` does.
///
/// # Errors
/// When there is no such expression.
pub(crate) fn in_one_expression(
    folded: &Folded,
    binding: Binding,
    stable: StableName<'_>,
) -> Result<Joined, Unplaceable> {
    let mut parts = vec![folded.result.clone()];
    let mut is_sequence = false;
    let mut statements = folded.statements.as_slice();
    let mut calls = Vec::new();
    if binding == Binding::Lambda {
        // What comes first stays outside of the lambda, whose body sees other names.
        while let Some((group, rest)) = statements.split_at_checked(independent(statements))
            && !group.is_empty()
        {
            calls.push(group);
            statements = rest;
        }
    }
    // The parts are kept last first, as the statements come.
    for statement in statements.iter().rev() {
        join(statement, binding, &mut parts, stable)?;
    }
    is_sequence |= parts.len() > 1
        || folded.statements.iter().any(|s| s.codes().iter().any(|c| takes_apart(c)));
    let mut code = sequence(parts);
    for group in calls.into_iter().rev() {
        is_sequence = true;
        if suspends(&code) {
            return Err(Unplaceable::Suspends);
        }
        code = in_lambda(group, code);
    }
    Ok(Joined { code, is_sequence })
}

/// Puts the statement before the parts.
fn join(
    statement: &Statement,
    binding: Binding,
    parts: &mut Vec<Node>,
    stable: StableName<'_>,
) -> Result<(), Unplaceable> {
    match (statement, binding) {
        (Statement::Do(code), _) if takes_apart(code) => {
            let rest = sequence(std::mem::take(parts));
            if suspends(&rest) {
                return Err(Unplaceable::Suspends);
            }
            parts.push(in_comprehension(code, rest));
            Ok(())
        }
        (Statement::Do(code) | Statement::Bind(_, code), _) if !code.is_expression() => {
            Err(Unplaceable::Statement(code.clone()))
        }
        (Statement::Do(code), _) => {
            parts.push(code.clone());
            Ok(())
        }
        (Statement::Bind(id, code), Binding::Walrus) => {
            if !name_at_first_use(parts, *id, code, stable) {
                parts.push(named(*id, code));
            }
            Ok(())
        }
        (Statement::Bind(..), Binding::Lambda) => {
            let rest = sequence(std::mem::take(parts));
            if suspends(&rest) {
                return Err(Unplaceable::Suspends);
            }
            parts.push(in_lambda(std::slice::from_ref(statement), rest));
            Ok(())
        }
        // Control flow is put into a function before it gets here.
        _ => Err(Unplaceable::Statement(Node::empty())),
    }
}

/// How many of the statements, from the first, name values that don't use each other.
fn independent(statements: &[Statement]) -> usize {
    let mut named: Vec<TemporaryId> = Vec::new();
    let mut count = 0;
    for statement in statements {
        match statement {
            Statement::Bind(id, code)
                if code.is_expression() && !named.iter().any(|n| has_use(code, *n)) =>
            {
                named.push(*id);
                count += 1;
            }
            _ => break,
        }
    }
    count
}

fn named(id: TemporaryId, code: &Node) -> Node {
    Node::new(Op::WALRUS, vec![Node::temporary(id), code.clone()])
}

fn in_lambda(group: &[Statement], rest: Node) -> Node {
    // Temporaries get their names later, parameters that stand for them too.
    let ids = group.iter().flat_map(Statement::targets);
    let parameters = Node::new(Op::PARAMS, ids.map(Node::temporary).collect());
    let codes = group.iter().flat_map(Statement::codes).cloned().collect();
    Node::call(Node::new(Op::LAMBDA, vec![parameters, rest]), codes)
}

/// Whether the code gives the parts of a value names: `a, b = value`.
fn takes_apart(code: &Node) -> bool {
    let is_name = |part: &Node| part.op() == Op::TEMPORARY;
    code.op() == Op::ASSIGN
        && code.arg(0).op() == Op::TUPLE
        && code.arg(0).args().iter().all(is_name)
}

/// `a, b = value` and then `rest`: `[rest for a, b in [value]][0]` takes the value apart likewise.
fn in_comprehension(code: &Node, rest: Node) -> Node {
    let once = Node::new(Op::LIST, vec![code.arg(1).clone()]);
    let clause = Node::new(Op::FORCLAUSE, vec![code.arg(0).clone(), once]);
    let list = Node::new(Op::LISTCOMP, vec![rest, clause]);
    Node::new(Op::INDEX, vec![list, Node::value(Value::Int(0.into()))])
}

fn sequence(mut parts: Vec<Node>) -> Node {
    match &parts[..] {
        [only] => only.clone(),
        _ => {
            parts.reverse();
            let tuple = Node::new(Op::TUPLE, parts);
            Node::new(Op::INDEX, vec![tuple, Node::value(Value::Int((-1).into()))])
        }
    }
}

/// Names the value at its first use in `parts`, which are last first, if it may be computed there.
fn name_at_first_use(
    parts: &mut [Node],
    id: TemporaryId,
    code: &Node,
    stable: StableName<'_>,
) -> bool {
    let is_last = parts.iter().map(|part| uses_in(part, id)).sum::<usize>() < 2;
    let mut path = Path::naming(id, code, stable);
    for part in parts.iter_mut().rev() {
        match path.walk(part) {
            Reached::Absent => {}
            Reached::Blocked => return false,
            Reached::Fits if would_nest(code, depth_of_use(part, id)) => return false,
            Reached::Fits if is_refused(part, id, code) => return false,
            Reached::Fits => {
                // What is used only there needs no name.
                let new = if is_last { code.clone() } else { named(id, code) };
                return match replace_first(part, id, &new) {
                    Some(replaced) => {
                        *part = replaced;
                        true
                    }
                    None => false,
                };
            }
        }
    }
    false
}

/// `node` with `new` in place of the use of `id` that is evaluated first.
fn replace_first(node: &Node, id: TemporaryId, new: &Node) -> Option<Node> {
    if node.temporary_id() == Some(id) {
        return Some(new.clone());
    }
    if !node.holds_temporary() {
        return None;
    }
    node.parts().into_iter().find_map(|part| {
        let replaced = replace_first(node.arg(part.index), id, new)?;
        let args = node.args().iter().enumerate();
        let put = |(own, arg): (usize, &Node)| {
            if own == part.index { replaced.clone() } else { arg.clone() }
        };
        Some(node.with_args(args.map(put).collect()))
    })
}

fn uses_in(node: &Node, id: TemporaryId) -> usize {
    let own = usize::from(node.temporary_id() == Some(id));
    let held = node.args().iter().filter(|arg| arg.holds_temporary());
    own + held.map(|arg| uses_in(arg, id)).sum::<usize>()
}

/// Whether evaluating the code may suspend the function that it stands in.
fn suspends(node: &Node) -> bool {
    node.op().effect().suspension().is_some() || node.evaluated_now().any(suspends)
}
