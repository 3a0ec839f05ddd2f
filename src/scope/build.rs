//! The builder: what the walk through the tree may do to the tables.
//!
//! The walkers decide what is evaluated where and in which order; the builder keeps the place they
//! have come to: the scope, the statement, the loop, and the step. For the example of this floor
//! its calls are
//!
//! ```text
//! bind sin (Import, Straight)             step 0, in the module
//! within Function slope:
//!     bind x (Parameter, Straight)        step 1, in slope
//!     use x                               step 2
//!     use y (Store)                       step 3
//!     bind y (Assign, Straight)           step 4
//!     use sin, use y                      steps 5 and 6
//! bind slope (Function, Straight)         step 7, in the module
//! ```

mod expressions;
mod patterns;

mod definitions;
mod statements;

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};
use std::mem;

use rustpython_ast::name::Name;
use rustpython_ast::{ExprContext, ExprName, Identifier, ModModule};
use rustpython_text_size::TextRange;

use super::binding::{Binding, BindingKind, Position, StarImport};
use super::mangle::Mangling;
use super::table::{
    Context, Declared, LoopId, LoopSpan, Moment, Scope, ScopeId, ScopeKind, Scopes, Symbol, Use,
};
use crate::python::builtins::Usage;

/// Finds the scopes, uses and bindings of a file.
///
/// The walk is recursive: a caller with deep trees needs a deep stack. Files that Python
/// rejects (a `nonlocal` that names nothing) get an answer all the same.
pub(crate) fn analyse(module: &ModModule) -> Scopes {
    let mut builder = Builder::new(module);
    builder.body(&module.body);
    builder.finish()
}

/// The tables as far as they are filled, and the place that the walk has come to.
struct Builder {
    tables: Scopes,
    scope: ScopeId,
    statement: TextRange,
    position: Position,
    looped: Option<LoopId>,
    timing: Moment,
    step: u32,
}

impl Builder {
    /// A builder that stands at the start of `module`.
    fn new(module: &ModModule) -> Self {
        let tables = Scopes {
            scopes: vec![Scope::new(ScopeKind::Module, None, module.range, Mangling::Off)],
            uses: Vec::new(),
            loops: Vec::new(),
            identifiers: BTreeSet::new(),
            by_node: HashMap::new(),
            hidden_builtins: OnceCell::new(),
        };
        Builder {
            tables,
            scope: ScopeId::MODULE,
            statement: module.range,
            position: Position::Straight,
            looped: None,
            timing: Moment::Now,
            step: 0,
        }
    }

    /// The tables, when the walk is over.
    fn finish(mut self) -> Scopes {
        self.tables.settle();
        self.tables
    }

    /// Opens a scope for what `walk` does. Private names are mangled as around it.
    fn within(&mut self, kind: ScopeKind, node: TextRange, walk: impl FnOnce(&mut Self)) {
        self.within_mangled(kind, node, self.mangling().clone(), walk);
    }

    /// Opens a scope for what `walk` does, with its own rule for private names.
    fn within_mangled(
        &mut self,
        kind: ScopeKind,
        node: TextRange,
        mangling: Mangling,
        walk: impl FnOnce(&mut Self),
    ) {
        // Each scope takes a byte of the file at least, and ranges are 32 bits wide.
        let id = ScopeId(self.tables.scopes.len() as u32);
        self.tables.scopes.push(Scope::new(kind, Some(self.scope), node, mangling));
        if !matches!(kind, ScopeKind::TypeParameters | ScopeKind::TypeVariable) {
            self.tables.by_node.insert(node, id);
        }
        let outer = (self.scope, self.position, self.timing);
        (self.scope, self.position) = (id, Position::Straight);
        if !kind.is_immediate() {
            self.timing = Moment::Now;
        }
        walk(self);
        (self.scope, self.position, self.timing) = outer;
    }

    /// Stands in `statement` for what `walk` does.
    fn in_statement(&mut self, statement: TextRange, walk: impl FnOnce(&mut Self)) {
        let outer = mem::replace(&mut self.statement, statement);
        walk(self);
        self.statement = outer;
    }

    /// What `walk` binds may be bound or not.
    fn nested(&mut self, walk: impl FnOnce(&mut Self)) {
        let outer = mem::replace(&mut self.position, Position::Nested);
        walk(self);
        self.position = outer;
    }

    /// What `walk` does may be done again and again, or not at all.
    fn in_loop(&mut self, walk: impl FnOnce(&mut Self)) {
        let index = self.tables.loops.len();
        let id = LoopId(index as u32); // fewer than bytes in the file
        let parent = self.looped.replace(id);
        self.tables.loops.push(LoopSpan { parent, scope: self.scope, end: u32::MAX });
        self.nested(walk);
        self.looped = parent;
        let end = self.next_step();
        if let Some(finished) = self.tables.loops.get_mut(index) {
            finished.end = end;
        }
    }

    /// What `walk` uses is evaluated when somebody asks, if ever.
    fn later(&mut self, walk: impl FnOnce(&mut Self)) {
        let outer = mem::replace(&mut self.timing, Moment::Later);
        walk(self);
        self.timing = outer;
    }

    /// Notes a use of a name, in the context that the tree says.
    fn use_name(&mut self, name: &ExprName) {
        let context = match name.ctx {
            ExprContext::Store => Context::Store,
            ExprContext::Del => Context::Del,
            ExprContext::Load | ExprContext::Invalid => Context::Load,
        };
        let step = self.next_step();
        self.tables.uses.push(Use {
            range: name.range,
            name: name.id.clone(),
            scope: self.scope,
            context,
            step,
            looped: self.looped,
            timing: self.timing,
            usage: Usage::Bare,
        });
        self.identifier(&name.id);
        if context == Context::Load {
            self.mention(&name.id);
            // `super()` finds its class through the variable `__class__`.
            if name.id.as_str() == "super" && self.in_function() {
                self.mention("__class__");
            }
        }
    }

    /// Notes that the call of what was used last has arguments.
    pub(super) fn call_with_arguments(&mut self) {
        if let Some(used) = self.tables.uses.last_mut() {
            used.usage = Usage::WithArguments;
        }
    }

    /// Binds a name in the current scope.
    fn bind(&mut self, name: &str, range: TextRange, kind: BindingKind) {
        self.bind_in(self.scope, self.position, name, range, kind);
    }

    /// Binds an identifier in the current scope.
    fn bind_identifier(&mut self, name: &Identifier, kind: BindingKind) {
        self.bind(&name.id, name.range, kind);
    }

    /// Binds the target of a walrus: in the nearest scope that is not a comprehension. A generator
    /// expression runs when somebody asks, and so does a walrus in it.
    fn bind_walrus(&mut self, name: &ExprName) {
        let mut target = self.scope;
        let mut position = Position::Nested;
        while self.tables.kind(target).is_comprehension()
            && let Some(outer) = self.tables.parent(target)
        {
            if self.tables.kind(target) == ScopeKind::Generator {
                position = Position::Elsewhere;
            }
            target = outer;
        }
        self.bind_in(target, position, &name.id, name.range, BindingKind::Walrus);
    }

    fn bind_in(
        &mut self,
        scope: ScopeId,
        position: Position,
        name: &str,
        range: TextRange,
        kind: BindingKind,
    ) {
        self.identifier(name);
        let step = self.next_step();
        let statement = self.statement;
        let name = self.tables.mangled(scope, name);
        let binding = Binding { name: name.clone(), range, statement, kind, position, step };
        self.entry(scope, name).bindings.push(binding);
    }

    /// Notes a `from m import *`.
    fn star_import(&mut self, module: Option<Name>, level: u32) {
        let (statement, position, step) = (self.statement, self.position, self.next_step());
        let star = StarImport { module, level, statement, position, step };
        if let Some(scope) = self.tables.scopes.get_mut(self.scope.index()) {
            scope.star_imports.push(star);
        }
    }

    /// Notes what a `global` or `nonlocal` statement says.
    fn declare(&mut self, name: &Identifier, declared: Declared) {
        self.identifier(&name.id);
        self.mention(&name.id).declared = declared;
    }

    /// Notes a word of the file that fresh names must avoid.
    fn identifier(&mut self, name: &str) {
        if !self.tables.identifiers.contains(name) {
            self.tables.identifiers.insert(Name::new(name));
        }
    }

    /// How the current scope mangles.
    fn mangling(&self) -> &Mangling {
        &self.tables.scope(self.scope).mangling
    }

    fn in_function(&self) -> bool {
        !matches!(self.tables.kind(self.scope), ScopeKind::Module | ScopeKind::Class)
    }

    /// Sees to it that the current scope has an entry for a name as written.
    fn mention(&mut self, name: &str) -> &mut Symbol {
        let name = self.tables.mangled(self.scope, name);
        self.entry(self.scope, name)
    }

    fn entry(&mut self, scope: ScopeId, mangled: Name) -> &mut Symbol {
        self.tables.scope_mut(scope).symbols.entry(mangled).or_default()
    }

    fn next_step(&mut self) -> u32 {
        // A few steps for each byte would be needed to overflow; then order is lost, and "later"
        // must not turn into "earlier".
        let step = self.step;
        self.step = step.saturating_add(1);
        step
    }
}
