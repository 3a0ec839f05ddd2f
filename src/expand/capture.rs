//! What code of the call site would come to mean inside what a macro puts around it, if nobody
//! looked: a variable, another one of that name; a `break`, the macro's own loop.
//!
//! ```text
//! @waiting(low)                def f(low):
//! def f(low): …                    sleep(low)      the decorator's `low` was another
//!
//! with retry(3):               for attempt in range(3):
//!     break                        break           was to leave the loop around the block
//! ```

use rustpython_text_size::TextRange;

use super::callsite::CallSite;
use crate::codenode::{Node, Op, Origin, Variable, bindings, bound_names};
use crate::diagnostic::{Code, Finding};
use crate::scope::{Place, ScopeKind};

/// What is wrong with code of the call site where it has been put, if anything is.
pub(super) fn check_captured(site: CallSite<'_>, node: &Node) -> Option<Finding> {
    let around = match site.module.scopes.kind(site.owner()) {
        ScopeKind::Class => vec![Around::Class(bindings(node))],
        _ => Vec::new(),
    };
    Check { site, around }.node(node)
}

struct Check<'m> {
    site: CallSite<'m>,
    /// Functions, other scopes and loops around the node, outermost first.
    around: Vec<Around>,
}

enum Around {
    Scope {
        is_function: bool,
        bound: Vec<Variable>,
    },
    Class(Vec<Variable>),
    /// A loop, and where it was written, if that was at the call site.
    Loop(Option<TextRange>),
}

impl Check<'_> {
    fn node(&mut self, node: &Node) -> Option<Finding> {
        let place = self.written(node);
        if place.is_none()
            && let Some(why) = self.out_of_sight(node)
        {
            let message = format!("this expansion isn't possible here: {why}");
            let label = self.site.module.label(self.site.range, "for this");
            return Some(Finding::new(Code::NeedsStatements, message, label));
        }
        if let Some(place) = place
            && let Some(why) = self.problem(node, place)
        {
            let message = format!("this expansion isn't possible here: {why}");
            let label = self.site.module.label(place, "this was moved");
            return Some(Finding::new(Code::NeedsStatements, message, label));
        }
        let depth = self.around.len();
        match node.op() {
            Op::FOR | Op::ASYNCFOR | Op::WHILE => self.around.push(Around::Loop(place)),
            Op::CLASS => self.around.push(Around::Class(bound_names(node))),
            op if op.opens_scope() => {
                let is_function = matches!(op, Op::DEF | Op::ASYNCDEF | Op::LAMBDA);
                self.around.push(Around::Scope { is_function, bound: bound_names(node) });
            }
            _ => {}
        }
        let found = node.args().iter().find_map(|arg| self.node(arg));
        self.around.truncate(depth);
        found
    }

    /// Where the node was written, if that was at the call site.
    fn written(&self, node: &Node) -> Option<TextRange> {
        let loc = node.loc()?;
        let is_own = loc.file == self.site.module.file && self.site.range.contains_range(loc.range);
        is_own.then_some(loc.range)
    }

    fn problem(&self, node: &Node, place: TextRange) -> Option<String> {
        match node.op() {
            Op::BREAK | Op::CONTINUE => {
                let word = if node.op() == Op::BREAK { "break" } else { "continue" };
                let innermost = self.around.iter().rev().find_map(|around| match around {
                    Around::Loop(own) => Some(own.is_some_and(|own| own.contains_range(place))),
                    Around::Scope { is_function: true, .. } => Some(true),
                    Around::Scope { .. } | Around::Class(_) => None,
                });
                (innermost == Some(false))
                    .then(|| format!("`{word}` would mean a loop of the macro's"))
            }
            Op::RETURN if self.is_in_function() && !self.was_in_function(place) => {
                Some("`return` would leave a function of the macro's".to_owned())
            }
            Op::VAR if node.origin() == Origin::Site => self.captured(node, place),
            _ => None,
        }
    }

    /// A name that the macro gives to something in a class is no variable of the functions in it.
    fn out_of_sight(&self, node: &Node) -> Option<String> {
        let name = node.name().filter(|_| node.op() == Op::VAR)?;
        let is_it = |(own, origin): &Variable| own == name && *origin == node.origin();
        let mut in_function = false;
        for around in self.around.iter().rev() {
            match around {
                Around::Scope { bound, .. } if bound.iter().any(is_it) => return None,
                Around::Scope { .. } => in_function = true,
                Around::Class(bound) if in_function && bound.iter().any(is_it) => {
                    let why = "is a name of the class, which the functions in it don't see";
                    return Some(format!("`{name}` {why}"));
                }
                _ => {}
            }
        }
        None
    }

    fn is_in_function(&self) -> bool {
        self.around.iter().any(|around| matches!(around, Around::Scope { is_function: true, .. }))
    }

    /// Whether a function around the place is a part of the call site.
    fn was_in_function(&self, place: TextRange) -> bool {
        let scopes = &self.site.module.scopes;
        scopes.scopes().any(|scope| {
            let range = scopes.range(scope);
            range.contains_range(place)
                && self.site.range.contains_range(range)
                && scopes.kind(scope) == ScopeKind::Function
        })
    }

    /// A variable from outside of the call site means itself only where nothing around it has its
    /// name.
    fn captured(&self, node: &Node, place: TextRange) -> Option<String> {
        let name = node.name()?;
        let binds = |around: &Around| match around {
            Around::Scope { bound, .. } => {
                bound.iter().any(|(own, origin)| own == name && *origin == Origin::Site)
            }
            Around::Loop(_) | Around::Class(_) => false,
        };
        if !self.around.iter().any(binds) {
            return None;
        }
        let scopes = &self.site.module.scopes;
        let used = scopes.use_at(place.start()).filter(|used| used.range == place)?;
        let is_inner = match scopes.resolve(used) {
            Place::Bound(scope) => self.site.range.contains_range(scopes.range(scope)),
            Place::Unbound => false,
        };
        (!is_inner).then(|| {
            format!("`{name}` would mean another variable of that name, inside a function")
        })
    }
}
