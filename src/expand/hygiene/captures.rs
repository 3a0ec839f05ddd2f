//! Capture of the call site's code by the code that a macro puts around it: of a variable by
//! another of its name, of a `break` by the macro's own loop. It is refused.
//!
//! ```text
//! @waiting(low)                def f(low):
//! def f(low): …                    sleep(low)      the decorator's `low` was another
//!
//! with retry(3):               for attempt in range(3):
//!     break                        break           was to leave the loop around the block
//! ```

use std::collections::HashMap;

use rustpython_text_size::TextRange;

use crate::codenode::{
    Name, Naming, Node, Op, Origin, Side, Variable, binders, bound_names, map_scope,
};
use crate::diagnostic::{Code, Finding};
use crate::expand::call_site::CallSite;
use crate::scope::{Place, ScopeId, ScopeKind, Use};
use crate::syntax::tokens::definition_start;

/// What is wrong with code of the call site where it has been put, if anything is.
pub(crate) fn check_captured(site: CallSite<'_>, node: &Node) -> Option<Finding> {
    let mut check = CaptureCheck { site, around: Vec::new(), owners: HashMap::new() };
    if site.module.scopes.kind(site.owner()) == ScopeKind::Class {
        let added = check.added(node.args());
        check.around.push(Enclosing::Class { added, own: None });
    }
    check.node(node)
}

struct CaptureCheck<'m> {
    site: CallSite<'m>,
    /// Functions, classes, other scopes and loops around the node, outermost first.
    around: Vec<Enclosing>,
    /// The variables of scopes that are a part of the call site, and where each is one now.
    owners: HashMap<(ScopeId, Name), Owner>,
}

/// The scope that has a variable of a scope of the call site, after that was moved or not.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    /// The scope itself, or a copy of it.
    Own,
    /// A function of the macro's.
    Macro,
    /// None of those around.
    Outside,
}

enum Enclosing {
    /// A function or lambda, with what it binds, and where it was written, without decorators, if
    /// that was at the call site.
    Function { bound: Vec<Variable>, own: Option<TextRange> },
    /// A comprehension.
    Comprehension(Vec<Variable>),
    /// A class, with the names that the macro adds to it, and where it was written, without
    /// decorators, if that was at the call site.
    Class { added: Vec<Variable>, own: Option<TextRange> },
    /// A loop, and where it was written, if that was at the call site.
    Loop(Option<TextRange>),
}

impl CaptureCheck<'_> {
    fn node(&mut self, node: &Node) -> Option<Finding> {
        let place = self.written(node);
        let problem = match place {
            Some(place) => self.moved(node, place),
            None => self.out_of_sight(node),
        };
        if let Some(why) = problem {
            let message = format!("this expansion isn't possible here: {why}");
            let label = match place {
                Some(place) => self.site.module.label(place, "this was moved"),
                None => self.site.module.label(self.site.range, "for this"),
            };
            return Some(Finding::new(Code::NeedsStatements, message, label));
        }
        let around = match node.op() {
            Op::FOR | Op::ASYNCFOR | Op::WHILE => Some(Enclosing::Loop(place)),
            Op::CLASS => {
                let added = self.added(self.body(node));
                Some(Enclosing::Class { added, own: place.map(|place| self.undecorated(place)) })
            }
            Op::DEF | Op::ASYNCDEF | Op::LAMBDA => {
                let bound = bound_names(node);
                Some(Enclosing::Function { bound, own: place.map(|place| self.undecorated(place)) })
            }
            op if op.opens_scope() => Some(Enclosing::Comprehension(bound_names(node))),
            _ => None,
        };
        let Some(around) = around else {
            return node.args().iter().find_map(|arg| self.node(arg));
        };
        if matches!(around, Enclosing::Loop(_)) {
            return self.loop_parts(node, around);
        }
        self.scope(node, around)
    }

    /// The parts of a loop. A `break` in its `else` is of the loop around it.
    fn loop_parts(&mut self, node: &Node, around: Enclosing) -> Option<Finding> {
        let (orelse, parts) = node.args().split_last()?;
        self.around.push(around);
        let found = parts.iter().find_map(|arg| self.node(arg));
        self.around.pop();
        found.or_else(|| self.node(orelse))
    }

    /// The parts of what opens a scope, each in the scope that it is evaluated in.
    fn scope(&mut self, node: &Node, around: Enclosing) -> Option<Finding> {
        let mut around = Some(around);
        let mut found = None;
        let _ = map_scope(node, &mut |part, side| {
            if found.is_some() {
                return part.clone();
            }
            if side == Side::Inner {
                self.around.extend(around.take());
            }
            found = self.node(part);
            if side == Side::Inner {
                around = self.around.pop();
            }
            part.clone()
        });
        found
    }

    fn body<'n>(&self, class: &'n Node) -> &'n [Node] {
        class.args().last().map_or(&[], Node::args)
    }

    /// What the statements bind that the call site doesn't.
    fn added(&self, statements: &[Node]) -> Vec<Variable> {
        let all = statements.iter().flat_map(binders);
        let new = all.filter(|((name, _), loc)| {
            let place = loc.filter(|loc| {
                loc.file == self.site.module.file && self.site.range.contains_range(loc.range)
            });
            place.is_none_or(|loc| self.home(name, loc.range).is_none())
        });
        new.map(|(variable, _)| variable).collect()
    }

    /// The scope in which the source binds the name at a place.
    fn home(&self, name: &str, place: TextRange) -> Option<ScopeId> {
        let scopes = &self.site.module.scopes;
        let binds = |scope: &ScopeId| {
            scopes.bindings(*scope, name).iter().any(|b| place.contains_range(b.range))
        };
        scopes.scopes().find(binds)
    }

    /// Where the node was written, if that was at the call site.
    fn written(&self, node: &Node) -> Option<TextRange> {
        let loc = node.loc()?;
        let is_own = loc.file == self.site.module.file && self.site.range.contains_range(loc.range);
        is_own.then_some(loc.range)
    }

    /// What is wrong with a node of the call site.
    fn moved(&mut self, node: &Node, place: TextRange) -> Option<String> {
        match node.op() {
            Op::BREAK | Op::CONTINUE => {
                let word = if node.op() == Op::BREAK { "break" } else { "continue" };
                let innermost = self.around.iter().rev().find_map(|around| match around {
                    Enclosing::Loop(own) => Some(own.is_some_and(|own| own.contains_range(place))),
                    Enclosing::Function { .. } => Some(true),
                    Enclosing::Comprehension(_) | Enclosing::Class { .. } => None,
                });
                (innermost == Some(false))
                    .then(|| format!("`{word}` would mean a loop of the macro's"))
            }
            Op::RETURN => self.of_function("return", place),
            _ if let Some(suspension) = node.suspension() => {
                self.of_function(suspension.word(), place)
            }
            Op::CALL if self.is_bare_super(node) => self.of_function("super()", place),
            Op::ALIAS if node.arg(0).op() == Op::EMPTY => self.captured(node, place),
            // The definition that the macro was given may go anywhere.
            op if op.defines() && place == self.site.range => None,
            op if op.naming() == Naming::Own && node.origin() == Origin::Site => {
                self.captured(node, place)
            }
            _ => None,
        }
    }

    /// Whether it is `super()`, which looks at the function that it is called in.
    fn is_bare_super(&self, call: &Node) -> bool {
        let [callee] = call.args() else { return false };
        let scopes = &self.site.module.scopes;
        let used = self.written(callee).and_then(|place| scopes.use_at(place.start()));
        callee.op() == Op::VAR && used.is_some_and(|used| scopes.is_super(used))
    }

    /// What belongs to the function around the call site can't be in one of the macro's.
    fn of_function(&self, what: &str, place: TextRange) -> Option<String> {
        (self.is_in_new_function(place) && !self.was_in_function(place))
            .then(|| format!("`{what}` would belong to a function of the macro's"))
    }

    /// Whether a function is around the node that wasn't around its place.
    fn is_in_new_function(&self, place: TextRange) -> bool {
        self.around.iter().any(|around| match around {
            Enclosing::Function { own, .. } => own.is_none_or(|own| !own.contains_range(place)),
            _ => false,
        })
    }

    /// Whether a function around the place is a part of the call site.
    fn was_in_function(&self, place: TextRange) -> bool {
        let scopes = &self.site.module.scopes;
        scopes.scopes().any(|scope| {
            let range = scopes.range(scope);
            self.site.range.contains_range(range)
                && matches!(scopes.kind(scope), ScopeKind::Function | ScopeKind::Lambda)
                && self.undecorated(range).contains_range(place)
        })
    }

    /// The range of a definition without its decorators.
    fn undecorated(&self, range: TextRange) -> TextRange {
        let module = self.site.module;
        if !module.slice(range).starts_with('@') {
            return range;
        }
        let start = definition_start(&module.tokens, range.start());
        start.map_or(range, |start| TextRange::new(start, range.end()))
    }

    /// A variable from outside of the call site means itself only where nothing around it has its
    /// name.
    fn captured(&mut self, node: &Node, place: TextRange) -> Option<String> {
        let name: Name = match node.op() {
            Op::ALIAS => node.name()?.split('.').next()?.into(),
            _ => node.name()?.clone(),
        };
        let scopes = &self.site.module.scopes;
        let used = scopes.use_at(place.start()).filter(|used| used.range == place);
        let home = match used {
            Some(used) => match scopes.resolve(used) {
                Place::Bound(scope) => Some(scope),
                Place::Unbound => None,
            },
            // A word of a statement, or a definition.
            None => Some(self.home(&name, place)?),
        };
        if let Some(home) = home
            && self.site.range.contains_range(scopes.range(home))
        {
            return self.torn_off(name, home, used);
        }
        let is_site = |(own, origin): &Variable| *own == name && *origin == Origin::Site;
        let is_named = |(own, _): &Variable| *own == name;
        let mut in_function = false;
        for around in self.around.iter().rev() {
            let captures = match around {
                Enclosing::Function { bound, .. } => {
                    in_function = true;
                    bound.iter().any(is_site)
                }
                Enclosing::Comprehension(bound) => bound.iter().any(is_site),
                Enclosing::Class { added, .. } => !in_function && added.iter().any(is_named),
                Enclosing::Loop(_) => false,
            };
            if captures {
                let what = "would mean another variable of that name";
                return Some(format!("`{name}` {what}"));
            }
        }
        let is_class = |scope| scopes.kind(scope) == ScopeKind::Class;
        // Of what a class has, functions in it see `__class__` and nothing else.
        let is_cell = used.is_some_and(|used| scopes.frame_read(used).is_some());
        let is_lost = home.is_some_and(is_class) && !is_cell;
        (is_lost && self.is_in_new_function(place) && !self.was_in_function(place))
            .then(|| format!("`{name}` is a name of a class, which functions in it don't see"))
    }

    /// A variable of a part of the call site is one variable still, and seen where it is used.
    fn torn_off(&mut self, name: Name, home: ScopeId, used: Option<&Use>) -> Option<String> {
        let scopes = &self.site.module.scopes;
        let range = self.undecorated(scopes.range(home));
        let is_home = |own: &Option<TextRange>| own.is_some_and(|own| own == range);
        match scopes.kind(home) {
            ScopeKind::Class => {
                let is_cell = used.is_some_and(|used| scopes.frame_read(used).is_some());
                let place = used.map(|used| used.range).filter(|_| !is_cell)?;
                let mut inside = self.around.iter().rev();
                let reached = inside.find(|around| match around {
                    Enclosing::Class { own, .. } => is_home(own),
                    Enclosing::Function { own, .. } => {
                        own.is_none_or(|own| !own.contains_range(place))
                    }
                    _ => false,
                });
                let is_lost = matches!(reached, Some(Enclosing::Function { .. }));
                let lost = "is a name of the class, which functions in it don't see";
                is_lost.then(|| format!("`{name}` {lost}"))
            }
            ScopeKind::Function => {
                let is_it = |(own, origin): &Variable| *own == name && *origin == Origin::Site;
                let owner = self.around.iter().rev().find_map(|around| match around {
                    Enclosing::Function { own, .. } if is_home(own) => Some(Owner::Own),
                    Enclosing::Function { own: None, bound } => {
                        bound.iter().any(is_it).then_some(Owner::Macro)
                    }
                    _ => None,
                });
                let owner = owner.unwrap_or(Owner::Outside);
                let before = *self.owners.entry((home, name.clone())).or_insert(owner);
                (before != owner).then(|| {
                    format!(
                        "`{name}` would be a variable of one function here, and of another there"
                    )
                })
            }
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
                Enclosing::Function { bound, .. } if bound.iter().any(is_it) => return None,
                Enclosing::Comprehension(bound) if bound.iter().any(is_it) => return None,
                Enclosing::Function { .. } => in_function = true,
                Enclosing::Class { added, .. } if in_function && added.iter().any(is_it) => {
                    let why = "is a name of the class, which the functions in it don't see";
                    return Some(format!("`{name}` {why}"));
                }
                _ => {}
            }
        }
        None
    }
}
