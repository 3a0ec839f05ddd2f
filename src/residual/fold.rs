//! Folds the steps of a residual program back into as few statements as keep the order of effects.
//!
//! From the last step to the first, each is put in place of its use if that leaves the order of
//! effects as it was. With `f` and `g` calls that may do anything:
//!
//! ```text
//! t0 = f()                 t0 = f()
//! t1 = g()          →      result: t0 + g()      →     result: f() + g()
//! result: t0 + t1
//! ```
//!
//! `t1 + t0` would stop at the first arrow: on the way to `t0`, `g()` would come before `f()`.
//! This is let-floating inwards (Peyton Jones, Partain and Santos, *Let-floating: moving bindings to
//! give faster programs*, 1996) in a language with effects: the step has to commute with everything
//! that is evaluated before the hole, and the hole has to be evaluated exactly once
//! ([`order`](super::order) decides both). A step that doesn't fold stays a statement.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use super::depth::{depth_of_use, depth_of_use_in, would_nest};
use super::effect::{Effect, StableName, effect};
use super::fields::constants_named;
use super::form::{Form, Formed, formed};
use super::order::{Path, Reached, has_use, uses};
use super::polish::polished;
use super::{Presence, Residual, Statement};
use crate::codenode::{Node, Op, TemporaryId};

/// What a residual program is after folding: statements, and then a value.
#[derive(Clone, Debug)]
pub(crate) struct Folded {
    pub statements: Vec<Statement>,
    pub result: Node,
}

/// The program that does what `residual` and then `result` do.
pub(crate) fn fold(
    residual: &Residual,
    result: &Node,
    form: Form,
    stable: StableName<'_>,
) -> Folded {
    fold_block(residual, residual.block().to_vec(), result, form, stable)
}

/// Likewise for a block whose steps are in `residual`.
pub(crate) fn fold_block(
    residual: &Residual,
    block: Vec<Statement>,
    result: &Node,
    form: Form,
    stable: StableName<'_>,
) -> Folded {
    let Formed { block, codes, result } = formed(residual, block, result, form);
    let mut folding = Folding { residual, codes, uses: HashMap::new(), stable };
    block.iter().for_each(|statement| folding.count_statement(statement));
    folding.count(&result, 1);
    let mut rest = Rest { statements: Vec::new(), result: Some(result.clone()) };
    folding.fold(block, &mut rest);
    rest.statements.reverse();
    let mut uses = Uses::default();
    rest.statements.iter().for_each(|statement| uses.add_statement(statement));
    rest.result.iter().for_each(|result| uses.add(result));
    rest.statements = polished(rest.statements, &|id| uses.of(id));
    let result = rest.result.unwrap_or(result);
    let (statements, result) = constants_named(rest.statements, &result, residual.size());
    Folded { statements, result }
}

impl Folded {
    /// Whether statements give values names.
    pub(crate) fn binds(&self) -> bool {
        self.statements.iter().any(|statement| matches!(statement, Statement::Bind(..)))
    }
}

/// How often values are used in a folded program.
#[derive(Default)]
struct Uses(HashMap<TemporaryId, i64>);

impl Uses {
    fn of(&self, id: TemporaryId) -> i64 {
        self.0.get(&id).copied().unwrap_or(0)
    }

    fn add(&mut self, node: &Node) {
        if let Some(id) = node.temporary_id() {
            *self.0.entry(id).or_insert(0) += 1;
        }
        node.args().iter().filter(|arg| arg.holds_temporary()).for_each(|arg| self.add(arg));
    }

    fn add_statement(&mut self, statement: &Statement) {
        let codes = statement.codes().into_iter().chain(statement.repeated_codes());
        codes.into_iter().for_each(|code| self.add(code));
        statement.blocks().into_iter().flatten().for_each(|inner| self.add_statement(inner));
    }
}

/// The program from some step on.
struct Rest {
    /// Last first.
    statements: Vec<Statement>,
    /// The value at the end of the whole program.
    result: Option<Node>,
}

impl Rest {
    fn substitute(&mut self, id: TemporaryId, code: &Node) {
        for statement in &mut self.statements {
            if uses(statement, id) {
                let old = std::mem::replace(statement, Statement::Break);
                *statement = old.map(&mut |own| substitute(own, id, code));
            }
        }
        if let Some(result) = &mut self.result {
            *result = substitute(result, id, code);
        }
    }

    /// Whether brackets would stand too deep in each other with `code` in place of the value.
    fn would_nest(&self, id: TemporaryId, code: &Node) -> bool {
        let statements = self.statements.iter().filter_map(|s| depth_of_use_in(s, id));
        let result = self.result.iter().filter_map(|result| depth_of_use(result, id));
        would_nest(code, statements.chain(result))
    }

    /// Whether a function or generator in it uses the value, which runs when other code has run.
    fn uses_later(&self, id: TemporaryId) -> bool {
        fn is_later(node: &Node, id: TemporaryId) -> bool {
            match node.op() {
                _ if !node.holds_temporary() => false,
                op if op.runs_later() => has_use(node, id),
                _ => node.args().iter().any(|arg| is_later(arg, id)),
            }
        }
        fn in_statement(statement: &Statement, id: TemporaryId) -> bool {
            let mut codes = statement.codes().into_iter().chain(statement.repeated_codes());
            let mut inner = statement.blocks().into_iter().flatten();
            codes.any(|code| is_later(code, id)) || inner.any(|inner| in_statement(inner, id))
        }
        self.statements.iter().any(|statement| in_statement(statement, id))
            || self.result.as_ref().is_some_and(|result| is_later(result, id))
    }

    /// Whether it may do more than compute and read.
    fn does_anything(&self, stable: StableName<'_>) -> bool {
        let is_any = |code: &Node| effect(code, stable) == Effect::Any;
        self.statements.iter().any(|statement| {
            !statement.blocks().is_empty() || statement.codes().into_iter().any(is_any)
        }) || self.result.as_ref().is_some_and(is_any)
    }
}

struct Folding<'a> {
    residual: &'a Residual,
    /// The code of the steps that the form changed.
    codes: HashMap<TemporaryId, Node>,
    /// How often each value is used. Shared nodes count each time they are evaluated.
    uses: HashMap<TemporaryId, i64>,
    stable: StableName<'a>,
}

impl Folding<'_> {
    fn count_statement(&mut self, statement: &Statement) {
        if let Statement::Step(id) = statement {
            let code = self.code_of(*id);
            self.count(&code, 1);
        }
        for code in statement.codes().into_iter().chain(statement.repeated_codes()) {
            self.count(code, 1);
        }
        for inner in statement.blocks().into_iter().flatten() {
            self.count_statement(inner);
        }
    }

    fn count(&mut self, node: &Node, times: i64) {
        if let Some(id) = node.temporary_id() {
            *self.uses.entry(id).or_insert(0) += times;
        }
        for arg in node.args().iter().filter(|arg| arg.holds_temporary()) {
            self.count(arg, times);
        }
    }

    fn code_of(&self, id: TemporaryId) -> Node {
        let recorded = || self.residual.step(id).map(|step| step.code.clone());
        self.codes.get(&id).cloned().or_else(recorded).unwrap_or_else(Node::empty)
    }

    fn uses_of(&self, id: TemporaryId) -> i64 {
        self.uses.get(&id).copied().unwrap_or(0)
    }

    /// Puts the statements of `block`, last first, before `rest`.
    fn fold(&mut self, block: Vec<Statement>, rest: &mut Rest) {
        for statement in block.into_iter().rev() {
            match statement {
                Statement::Step(id) => self.put_step(id, rest),
                Statement::Assign(pairs) => self.put_assignments(pairs, rest),
                other => {
                    let folded = other.map_blocks(&mut |block| {
                        let mut inner = Rest { statements: Vec::new(), result: None };
                        self.fold(block, &mut inner);
                        inner.statements.reverse();
                        inner.statements
                    });
                    rest.statements.push(folded);
                }
            }
        }
    }

    /// Variables that nobody reads need no value.
    fn put_assignments(&mut self, pairs: Vec<(TemporaryId, Node)>, rest: &mut Rest) {
        let mut kept = Vec::new();
        for (id, code) in pairs {
            let idle = self.uses_of(id) == 0 && effect(&code, self.stable) < Effect::Reads;
            match idle {
                true => self.count(&code, -1),
                false => kept.push((id, code)),
            }
        }
        if !kept.is_empty() {
            rest.statements.push(Statement::Assign(kept));
        }
    }

    fn put_step(&mut self, id: TemporaryId, rest: &mut Rest) {
        let Some(step) = self.residual.step(id) else { return };
        let code = self.code_of(id);
        let count = self.uses_of(id);
        let own = effect(&code, self.stable);
        if count == 0 {
            if step.presence == Presence::OnDemand || own < Effect::Reads {
                // Its code isn't evaluated, so what it uses isn't used by it.
                self.count(&code, -1);
            } else {
                rest.statements.push(Statement::Do(code));
            }
            return;
        }
        let repeatable = own == Effect::Pure && !code.holds_temporary()
            || own == Effect::Reads && !rest.does_anything(self.stable) && !rest.uses_later(id);
        if !rest.would_nest(id, &code) && (repeatable || count == 1 && self.fits(id, &code, rest)) {
            rest.substitute(id, &code);
            self.count(&code, count - 1);
        } else {
            rest.statements.push(Statement::Bind(id, code));
        }
    }

    /// Whether a step that evaluates `code` may stand where its value is used.
    fn fits(&self, id: TemporaryId, code: &Node, rest: &Rest) -> bool {
        let mut path = Path::new(id, code, self.stable);
        for statement in rest.statements.iter().rev() {
            match path.walk_statement(statement) {
                Reached::Absent => {}
                outcome => return outcome == Reached::Fits,
            }
        }
        rest.result.as_ref().is_some_and(|result| path.walk(result) == Reached::Fits)
    }
}

/// `node` with `code` in place of the value `id`.
pub(super) fn substitute(node: &Node, id: TemporaryId, code: &Node) -> Node {
    fn replace(node: &Node, id: TemporaryId, code: &Node, memo: &mut HashMap<usize, Node>) -> Node {
        if node.temporary_id() == Some(id) {
            return code.clone();
        }
        if !node.holds_temporary() {
            return node.clone();
        }
        if let Some(known) = memo.get(&node.address()) {
            return known.clone();
        }
        let new = flatten(node.map_args(|arg| replace(arg, id, code, memo)));
        memo.insert(node.address(), new.clone());
        new
    }
    replace(node, id, code, &mut HashMap::new())
}

/// `f"a{f"b{c}"}"` is `f"ab{c}"`.
fn flatten(node: Node) -> Node {
    let is_text = |part: &Node| {
        part.op() == Op::FIELD
            && part.name().is_none()
            && part.arg(0).op() == Op::FSTRING
            && part.arg(0).name().is_none()
            && part.arg(1).op() == Op::EMPTY
    };
    if node.op() != Op::FSTRING || !node.args().iter().any(is_text) {
        return node;
    }
    let mut parts = Vec::new();
    for part in node.args() {
        match is_text(part) {
            true => parts.extend(part.arg(0).args().iter().cloned()),
            false => parts.push(part.clone()),
        }
    }
    node.with_args(parts)
}
