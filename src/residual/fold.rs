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
//! This is let-floating backwards; the side condition is that the step commutes with everything
//! that is evaluated before the hole, and that the hole is evaluated exactly once. A step that
//! doesn't fold stays a statement.

use std::collections::HashMap;

use super::effect::{Effect, StableName, effect};
use super::form::{Form, Item, items};
use super::order::{Outcome, Path};
use super::{Residual, Statement};
use crate::codenode::{Node, TemporaryId};

/// What a residual program is after folding: statements, and then a value.
#[derive(Clone, Debug)]
pub struct Folded {
    pub statements: Vec<Statement>,
    pub result: Node,
}

/// The program that does what `residual` and then `result` do.
pub fn fold(residual: &Residual, result: &Node, form: Form, stable: StableName<'_>) -> Folded {
    let items = items(residual, result, form);
    let mut folding = Folding::new(result, stable);
    items.iter().for_each(|item| folding.count(item.code()));
    for item in items.into_iter().rev() {
        folding.put(item);
    }
    folding.statements.reverse();
    Folded { statements: folding.statements, result: folding.result }
}

/// The program from some step on.
struct Folding<'a> {
    /// Last first.
    statements: Vec<Statement>,
    result: Node,
    /// How often each value is used. Shared nodes count each time they are evaluated.
    uses: HashMap<TemporaryId, usize>,
    stable: StableName<'a>,
}

impl<'a> Folding<'a> {
    fn new(result: &Node, stable: StableName<'a>) -> Folding<'a> {
        let mut folding = Folding {
            statements: Vec::new(),
            result: result.clone(),
            uses: HashMap::new(),
            stable,
        };
        folding.count(result);
        folding
    }

    fn count(&mut self, node: &Node) {
        self.count_times(node, 1, true);
    }

    fn count_times(&mut self, node: &Node, times: usize, add: bool) {
        if let Some(id) = node.temporary_id() {
            let count = self.uses.entry(id).or_insert(0);
            *count = if add { *count + times } else { count.saturating_sub(times) };
        }
        for arg in node.args().iter().filter(|arg| arg.holds_temporary()) {
            self.count_times(arg, times, add);
        }
    }

    /// Puts `item` in front of the program, or where its value is used.
    fn put(&mut self, item: Item) {
        match item {
            Item::Statement(statement) => self.statements.push(statement),
            Item::Step { id, code, on_demand } => self.put_step(id, code, on_demand),
        }
    }

    fn put_step(&mut self, id: TemporaryId, code: Node, on_demand: bool) {
        let count = self.uses.get(&id).copied().unwrap_or(0);
        let own = effect(&code, self.stable);
        if count == 0 {
            if on_demand || own < Effect::Reads {
                // Its code isn't evaluated, so what it uses isn't used by it.
                self.count_times(&code, 1, false);
            } else {
                self.statements.push(Statement::Do(code));
            }
            return;
        }
        let repeatable = own == Effect::Pure || own == Effect::Reads && !self.does_anything();
        if repeatable || count == 1 && self.fits(id, own) {
            self.substitute(id, &code);
            self.count_times(&code, count - 1, true);
        } else {
            self.statements.push(Statement::Bind(id, code));
        }
    }

    fn codes(&self) -> impl Iterator<Item = &Node> {
        let statements = self.statements.iter().rev().map(Statement::code);
        statements.chain(std::iter::once(&self.result))
    }

    /// Whether the program may do more than compute and read.
    fn does_anything(&self) -> bool {
        self.codes().any(|code| effect(code, self.stable) == Effect::Any)
    }

    /// Whether a step that does `own` may stand where its value is used.
    fn fits(&self, id: TemporaryId, own: Effect) -> bool {
        let mut path = Path::new(id, own, self.stable);
        for code in self.codes() {
            match path.walk(code) {
                Outcome::Absent => {}
                outcome => return outcome == Outcome::Fits,
            }
        }
        false
    }

    fn substitute(&mut self, id: TemporaryId, code: &Node) {
        for statement in &mut self.statements {
            statement.map_code(|own| substitute(own, id, code));
        }
        self.result = substitute(&self.result, id, code);
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
    use crate::codenode::Op;
    let is_text = |part: &Node| {
        part.op() == Op::FIELD
            && part.name().is_none()
            && part.args()[0].op() == Op::FSTRING
            && part.args()[0].name().is_none()
            && part.args()[1].op() == Op::EMPTY
    };
    if node.op() != Op::FSTRING || !node.args().iter().any(is_text) {
        return node;
    }
    let mut parts = Vec::new();
    for part in node.args() {
        match is_text(part) {
            true => parts.extend(part.args()[0].args().iter().cloned()),
            false => parts.push(part.clone()),
        }
    }
    node.with_args(parts)
}
