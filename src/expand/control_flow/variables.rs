//! The variables of a loop over `unroll(…)`: whether each round knows them, and whether anything
//! but the round itself looks at them.
//!
//! ```text
//! for i in unroll(range(2)): f(i)             known, and of no use elsewhere: f(0)⏎f(1)
//! for i in unroll(range(2)): g(lambda: i)     seen later: i = 0⏎g(lambda: i)⏎i = 1⏎…
//! for i in unroll(range(2)): i += f(i)        not known: i = 0⏎i += f(i)⏎…
//! ```

use rustpython_ast::{Expr, Stmt, StmtFor};
use rustpython_text_size::{Ranged as _, TextRange};

use crate::codenode::Node;
use crate::expand::program::Module;
use crate::host::StaticValue;
use crate::python::builtins::FrameRead;
use crate::scope::{BindingKind, Context, Place, Position, ScopeId, ScopeKind, Use};

/// A variable that a loop binds.
#[derive(Clone, Debug)]
pub(crate) struct RoundTarget {
    pub scope: ScopeId,
    pub name: String,
    /// Whether its value is the loop's wherever the body reads it.
    pub is_known: bool,
    /// Whether it is read outside the body.
    pub is_needed: bool,
}

/// A variable in one round.
#[derive(Clone)]
pub(crate) struct RoundVariable {
    pub scope: ScopeId,
    pub name: String,
    pub value: StaticValue,
    /// Its code, if it has any.
    pub source: Option<Node>,
}

/// What a loop's target is.
#[derive(Clone, Debug)]
pub(crate) enum LoopShape {
    /// A name.
    Name(RoundTarget),
    /// A tuple of such.
    Tuple(Vec<LoopShape>),
    /// Something else, or with something else in it.
    Other,
}

impl LoopShape {
    pub(crate) fn targets<'s>(&'s self, found: &mut Vec<&'s RoundTarget>) {
        match self {
            LoopShape::Name(target) => found.push(target),
            LoopShape::Tuple(parts) => parts.iter().for_each(|part| part.targets(found)),
            LoopShape::Other => {}
        }
    }
}

/// The shape of the target of `stmt`.
pub(crate) fn shape(module: &Module, loops: &[&StmtFor], stmt: &StmtFor) -> LoopShape {
    let shape = shape_of(module, loops, stmt, &stmt.target);
    let mut targets = Vec::new();
    shape.targets(&mut targets);
    targets.sort_by_key(|target| &target.name);
    let repeated = targets.windows(2).any(|pair| pair[0].name == pair[1].name);
    if repeated { LoopShape::Other } else { shape }
}

fn shape_of(module: &Module, loops: &[&StmtFor], stmt: &StmtFor, target: &Expr) -> LoopShape {
    let parts = match target {
        Expr::Name(name) => {
            let used = module.scopes.use_at(name.range.start());
            let target = used.and_then(|used| planned(module, loops, stmt, used));
            return target.map_or(LoopShape::Other, LoopShape::Name);
        }
        Expr::Tuple(tuple) => &tuple.elts,
        Expr::List(list) => &list.elts,
        _ => return LoopShape::Other,
    };
    let parts: Vec<LoopShape> =
        parts.iter().map(|part| shape_of(module, loops, stmt, part)).collect();
    match parts.iter().any(|part| matches!(part, LoopShape::Other)) {
        true => LoopShape::Other,
        false => LoopShape::Tuple(parts),
    }
}

fn planned(module: &Module, loops: &[&StmtFor], stmt: &StmtFor, used: &Use) -> Option<RoundTarget> {
    let scopes = &module.scopes;
    let Place::Bound(scope) = scopes.resolve(used) else { return None };
    let body = body_range(stmt);
    let name = used.name.to_string();
    let mut is_known = used.scope == scope;
    let mut is_needed = used.scope != scope
        || scopes.kind(scope) == ScopeKind::Class
        || looks_at_all(module, scope);
    for binding in scopes.bindings(scope, &used.name) {
        let inside = body.contains_range(binding.range);
        is_known &= !inside && binding.position != Position::Elsewhere;
        is_needed |= !inside && binding.kind == BindingKind::AugAssign;
    }
    is_needed |= scopes.uses().any(|other| {
        other.name == used.name
            && other.context != Context::Store
            && !body.contains_range(other.range)
            && scopes.resolve(other) == Place::Bound(scope)
            && !has_own_value(module, loops, stmt, other, scope)
    });
    Some(RoundTarget { scope, name, is_known, is_needed })
}

/// Whether the use stands in the body of another loop, which gives the variable its values.
fn has_own_value(
    module: &Module,
    loops: &[&StmtFor],
    stmt: &StmtFor,
    used: &Use,
    scope: ScopeId,
) -> bool {
    if !is_on_the_spot(module, used, scope) {
        return false;
    }
    loops.iter().any(|other| {
        let mut names = Vec::new();
        crate::scope::assigned_names(&*other.target, &mut names);
        body_range(other).contains_range(used.range)
            && !other.range.contains_range(stmt.range)
            && names.iter().any(|name| **name == *used.name.as_str())
    })
}

/// Whether the use is evaluated when the code of `scope` comes to it.
pub(crate) fn is_on_the_spot(module: &Module, used: &Use, scope: ScopeId) -> bool {
    !used.is_deferred() && module.scopes.is_part_of(used.scope, scope)
}

/// Whether something there looks at all variables.
fn looks_at_all(module: &Module, scope: ScopeId) -> bool {
    module.scopes.uses().any(|used| {
        module.scopes.frame_read(used).is_some_and(|frame| frame != FrameRead::Method)
            && (scope == ScopeId::MODULE || module.scopes.is_part_of(used.scope, scope))
    })
}

pub(crate) fn body_range(stmt: &StmtFor) -> TextRange {
    let first = stmt.body.first().map_or(stmt.range.end(), Stmt::start);
    let last = stmt.body.last().map_or(stmt.range.end(), Stmt::end);
    TextRange::new(first, last)
}
