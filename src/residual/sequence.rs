//! Statements and a value in one expression, for the places that hold no statement.
//!
//! `t = f(x)` and then `t + t` become `(t := f(x)) + t`: the name is given where the value is first
//! used, if that is where the statement may be evaluated. What has no such place comes before the
//! rest in a tuple, of which the last element is the value: `(log(x), x)[-1]`.

use super::Statement;
use super::effect::StableName;
use super::fold::Folded;
use super::order::{Outcome, Path};
use crate::codenode::{Node, Op, TemporaryId, Value};

/// How a value gets a name inside an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// By `(t := value)`.
    Walrus,
    /// By `(lambda t: …)(value)`, where an assignment expression isn't allowed, or would leave its
    /// name behind.
    Lambda,
}

/// Why statements can't be put into an expression.
#[derive(Clone, Debug)]
pub enum Unplaceable {
    /// The code of this statement has no form as an expression.
    Statement(Node),
    /// `await` or `yield` would move into a lambda, where it means something else.
    Suspends,
}

/// Code that was made one expression.
#[derive(Clone, Debug)]
pub struct Joined {
    pub code: Node,
    /// Whether it has parts that are there for their effect only.
    pub is_sequence: bool,
}

/// The one expression that does what `folded` does.
///
/// # Errors
/// When there is no such expression.
pub fn in_one_expression(
    folded: &Folded,
    binding: Binding,
    stable: StableName<'_>,
) -> Result<Joined, Unplaceable> {
    let mut is_sequence = false;
    let mut parts = vec![folded.result.clone()];
    // The parts are kept last first, as the statements come.
    for statement in folded.statements.iter().rev() {
        match (statement, binding) {
            (Statement::Do(code) | Statement::Bind(_, code), _) if !code.op().is_expression() => {
                return Err(Unplaceable::Statement(code.clone()));
            }
            (Statement::Do(code), _) => parts.push(code.clone()),
            (Statement::Bind(id, code), Binding::Walrus) => {
                if !name_at_first_use(&mut parts, *id, code, stable) {
                    parts.push(named(*id, code));
                }
            }
            (Statement::Bind(id, code), Binding::Lambda) => {
                is_sequence = true;
                let rest = sequence(parts);
                if suspends(&rest) {
                    return Err(Unplaceable::Suspends);
                }
                parts = vec![in_lambda(*id, code, rest)];
            }
            // Control flow is put into a function before it gets here.
            _ => return Err(Unplaceable::Statement(Node::empty())),
        }
    }
    is_sequence |= parts.len() > 1;
    Ok(Joined { code: sequence(parts), is_sequence })
}

fn named(id: TemporaryId, code: &Node) -> Node {
    Node::new(Op::WALRUS, vec![Node::temporary(id), code.clone()])
}

fn in_lambda(id: TemporaryId, code: &Node, rest: Node) -> Node {
    // Temporaries get their names later, parameters that stand for them too.
    let parameter = Node::new(Op::PARAMS, vec![Node::temporary(id)]);
    Node::call(Node::new(Op::LAMBDA, vec![parameter, rest]), vec![code.clone()])
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
    let mut path = Path::new(id, code, stable);
    for part in parts.iter_mut().rev() {
        match path.walk(part) {
            Outcome::Absent => {}
            Outcome::Blocked => return false,
            Outcome::Fits => {
                let new = named(id, code);
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
    let mut args = node.args().to_vec();
    for index in super::order::evaluation_order(node) {
        if let Some(replaced) = replace_first(&args[index], id, new) {
            args[index] = replaced;
            return Some(node.with_args(args));
        }
    }
    None
}

/// Whether evaluating the code may suspend the function that it stands in.
fn suspends(node: &Node) -> bool {
    match node.op() {
        Op::AWAIT | Op::YIELD | Op::YIELDFROM | Op::ASYNCFORCLAUSE => true,
        Op::LAMBDA => suspends(&node.args()[0]),
        _ => node.args().iter().any(suspends),
    }
}
