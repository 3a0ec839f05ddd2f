//! Loops that stay in the program. What their bodies assign is, from the head of the loop on, a φ.

use std::collections::HashSet;

use rustpython_ast::{self as ast, Expr, Stmt};
use rustpython_vm::PyObject;

use super::branches::apart;
use super::evaluation::{
    Attempt, Completion, Evaluation, LoopContext, LoopStage, Phis, Unfinished,
};
use crate::codenode::{Name, Node, Op};
use crate::host::recording::conditional::conditional;
use crate::host::state::recording;
use crate::residual::Statement;
use crate::scope::assigned_names;

/// Variables of the program for the names that a loop assigns. What these hold before the loop is
/// what the variable holds then.
fn heads(e: &Evaluation<'_>, names: &[Name]) -> Attempt<Phis> {
    let (mut heads, mut pairs) = (Phis::new(), Vec::new());
    for name in names {
        let head = e.new_variable(name);
        if let Some(value) = e.variable(name) {
            pairs.extend(e.code_for(head, (name, &value))?.map(|code| (head, code)));
            e.set(name, e.run_time(head))?;
        }
        heads.push((name.clone(), head));
    }
    if !pairs.is_empty() {
        recording::add(Statement::Assign(pairs));
    }
    Ok(heads)
}

/// The variables that hold nothing before a loop, and so nothing after it if there is no round.
fn unbound(e: &Evaluation<'_>, heads: &Phis) -> Phis {
    heads.iter().filter(|(name, _)| e.variable(name).is_none()).cloned().collect()
}

/// The block of a loop's body or `else`, which ends with its variables assigned.
fn block(e: &mut Evaluation<'_>, part: &[Stmt], heads: &Phis) -> Attempt<Vec<Statement>> {
    let (block, _) = apart(e, |e| match e.block(part)? {
        Completion::Normal => {
            e.assign_phis(heads)?;
            Ok(Completion::Normal)
        }
        completion => Ok(completion),
    })?;
    Ok(block)
}

/// The blocks of a loop. After it, its variables hold what they hold at its head.
fn blocks(
    e: &mut Evaluation<'_>,
    heads: &Phis,
    body: &[Stmt],
    orelse: &[Stmt],
) -> Attempt<(Vec<Statement>, Vec<Statement>)> {
    e.loops.push(LoopContext::new(LoopStage::RunTime, heads.clone(), heads.clone()));
    let bound: Phis =
        heads.iter().filter(|(name, _)| e.variable(name).is_some()).cloned().collect();
    let part = body;
    let body = block(e, part, heads);
    e.loops.pop();
    let body = body?;
    if bound.iter().any(|head| e.is_deleted_in(head, part)) {
        // A round after the one that deletes it finds nothing.
        return Err(Unfinished::Plain);
    }
    e.set_to(heads)?;
    let orelse = if orelse.is_empty() { Vec::new() } else { block(e, orelse, heads)? };
    e.set_to(heads)?;
    Ok((body, orelse))
}

/// Leaves a `while` in the program.
pub(super) fn dynamic_while(e: &mut Evaluation<'_>, s: &ast::StmtWhile) -> Attempt {
    let mut names = Vec::new();
    assigned_names(&s.body, &mut names);
    assigned_names(&s.orelse, &mut names);
    let mut in_test = Vec::new();
    assigned_names(&*s.test, &mut in_test);
    if !in_test.is_empty() {
        return Err(Unfinished::Plain);
    }
    let heads = heads(e, &names)?;
    let unbound = unbound(e, &heads);
    let test = conditional(e.vm, || e.value(&s.test))?;
    let (body, orelse) = blocks(e, &heads, &s.body, &s.orelse)?;
    if heads.iter().any(|head| e.is_deleted_in(head, &*s.test)) {
        return Err(Unfinished::Plain);
    }
    recording::add(Statement::While { test, body, orelse });
    unbound.iter().for_each(|(_, id)| e.doubt(*id));
    e.assigned(&names)?;
    Ok(Completion::Normal)
}

/// Leaves a `for` in the program.
pub(super) fn dynamic_for(
    e: &mut Evaluation<'_>,
    s: &ast::StmtFor,
    iterable: &PyObject,
) -> Attempt {
    let iterable = e.lifted(iterable)?;
    let target = LoopTarget::of(&s.target).ok_or(Unfinished::Plain)?;
    let mut names = target.names().to_vec();
    assigned_names(&s.body, &mut names);
    assigned_names(&s.orelse, &mut names);
    let mut seen = HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    let heads = heads(e, &names)?;
    let unbound = unbound(e, &heads);
    let own: Phis =
        heads.iter().filter(|(name, _)| target.names().contains(name)).cloned().collect();
    e.set_to(&own)?;
    let (body, orelse) = blocks(e, &heads, &s.body, &s.orelse)?;
    let target = target.code(&own);
    recording::add(Statement::For { target, iterable, body, orelse });
    unbound.iter().for_each(|(_, id)| e.doubt(*id));
    e.assigned(&names)?;
    Ok(Completion::Normal)
}

/// A target that is a name or a display of names.
#[derive(Debug, PartialEq)]
enum LoopTarget {
    One([Name; 1]),
    Several(Vec<Name>),
}

impl LoopTarget {
    fn of(target: &Expr) -> Option<LoopTarget> {
        let name = |expr: &Expr| Some(expr.as_name_expr()?.id.as_str().into());
        match target {
            Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
                elts.iter().map(name).collect::<Option<_>>().map(LoopTarget::Several)
            }
            target => Some(LoopTarget::One([name(target)?])),
        }
    }

    fn names(&self) -> &[Name] {
        match self {
            LoopTarget::One(name) => name,
            LoopTarget::Several(names) => names,
        }
    }

    /// The target with variables of the program for its names.
    fn code(&self, phis: &Phis) -> Node {
        let variable = |name: &Name| {
            let phi = phis.iter().find(|(own, _)| own == name);
            phi.map(|(_, id)| Node::temporary(*id))
        };
        let nodes: Vec<Node> = self.names().iter().filter_map(variable).collect();
        match (self, nodes.as_slice()) {
            (LoopTarget::One(_), [node]) => node.clone(),
            _ => Node::new(Op::TUPLE, nodes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(target: &str, names: Option<&[&str]>) {
        let text = format!("({target})");
        let parsed = rustpython_parser::parse_expression(&text).map(|parsed| parsed.into_syntax());
        let found = parsed.ok().and_then(|parsed| LoopTarget::of(&parsed.body));
        let found = found.map(|target| target.names().to_vec());
        let names =
            names.map(|names| names.iter().map(|name| Name::from(*name)).collect::<Vec<_>>());
        assert_eq!(found, names, "{target}");
    }

    #[test]
    fn a_target_of_names_can_stay_in_the_program() {
        check("i", Some(&["i"]));
        check("k, v", Some(&["k", "v"]));
        check("[a, b]", Some(&["a", "b"]));
        check("a, (b, c)", None);
        check("x.i", None);
        check("a, *b", None);
    }
}
