//! The tables that the analysis fills, and the questions they answer directly.

mod resolve;

mod reaching;

mod settle;

mod attribute;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rustpython_ast::Expr;
use rustpython_ast::name::Name;
use rustpython_text_size::{TextRange, TextSize};

use super::binding::{Binding, StarImport};
use super::mangle::Mangling;
use crate::python::builtins::{Builtin, FrameRead, Usage, builtin};

pub(crate) use attribute::AttributeAccess;
pub(crate) use reaching::Reaching;

/// A scope of one file. The module is `ScopeId(0)`, and a scope's number is always greater than
/// its parent's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ScopeId(pub u32);

impl ScopeId {
    /// The scope of the file itself.
    pub(crate) const MODULE: ScopeId = ScopeId(0);

    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// The kinds of scope that Python has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ScopeKind {
    /// The file.
    Module,
    /// A class body.
    Class,
    /// The parameters and body of a `def` or `async def`.
    Function,
    /// The parameters and body of a lambda.
    Lambda,
    /// `[… for …]`, without its first iterable.
    ListComprehension,
    /// `{… for …}`, without its first iterable.
    SetComprehension,
    /// `{…: … for …}`, without its first iterable.
    DictComprehension,
    /// `(… for …)`, without its first iterable.
    Generator,
    /// The brackets of `def f[T]`, `class C[T]`, `type A[T]`, with the annotations or bases after.
    TypeParameters,
    /// The bound or the default of one type parameter, evaluated when somebody asks.
    TypeVariable,
    /// The right side of `type A = …`, evaluated when somebody asks.
    TypeAlias,
}

impl ScopeKind {
    /// Whether the code of such a scope runs on the spot, as a part of the code around it.
    pub(crate) fn is_immediate(self) -> bool {
        use ScopeKind::*;
        match self {
            Module | Class | ListComprehension | SetComprehension | DictComprehension
            | TypeParameters => true,
            Function | Lambda | Generator | TypeVariable | TypeAlias => false,
        }
    }

    /// Whether it is one of the four comprehensions, which a walrus sees through.
    pub(crate) fn is_comprehension(self) -> bool {
        use ScopeKind::*;
        matches!(self, ListComprehension | SetComprehension | DictComprehension | Generator)
    }
}

/// Which scope holds a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    /// This scope: the one that asks, an enclosing function, or the module.
    ///
    /// `__class__` in a method is held by the class, without any binding.
    Bound(ScopeId),
    /// Nothing in this file binds it: a builtin, a name from a star import, or set from outside.
    Unbound,
}

/// What a use does to its variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Context {
    /// Reads it.
    Load,
    /// Gives it a value (`x += 1` reads it first).
    Store,
    /// Deletes it.
    Del,
}

/// One `Name` expression of the file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Use {
    /// Where it is written.
    pub range: TextRange,
    /// The name as written.
    pub name: Name,
    /// The scope in which it is evaluated, which for defaults, decorators, bases, annotations and
    /// first iterables is not the scope they belong to.
    pub scope: ScopeId,
    /// What it does.
    pub context: Context,
    /// When it happens, in the evaluation order of the whole file.
    pub(super) step: u32,
    /// The innermost loop around it.
    pub(super) looped: Option<LoopId>,
    /// Whether it happens at its step at all.
    pub(super) timing: Moment,
    /// Whether it is what a call with arguments calls.
    pub(super) usage: Usage,
}

impl Use {
    /// Whether it runs at another time than the code it is written in.
    pub(crate) fn is_deferred(&self) -> bool {
        self.timing == Moment::Later
    }
}

/// When the code of an expression runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// When control comes to it.
    Now,
    /// When somebody asks: annotations, from Python 3.14.
    Later,
}

/// An index into the loops of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LoopId(pub(super) u32);

/// The part of a `for`, `while` or comprehension that may run again.
#[derive(Clone, Debug)]
pub(super) struct LoopSpan {
    pub(super) parent: Option<LoopId>,
    /// The scope whose code loops.
    pub(super) scope: ScopeId,
    /// The first step after it.
    pub(super) end: u32,
}

/// What a `global` or `nonlocal` statement says of a name in its scope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Declared {
    #[default]
    Nothing,
    Global,
    Nonlocal,
}

/// What one scope knows of one name that it mentions.
#[derive(Clone, Debug, Default)]
pub(super) struct Symbol {
    pub(super) declared: Declared,
    pub(super) bindings: Vec<Binding>,
}

/// One scope and its names.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub(super) kind: ScopeKind,
    pub(super) parent: Option<ScopeId>,
    pub(super) range: TextRange,
    pub(super) mangling: Mangling,
    pub(super) symbols: BTreeMap<Name, Symbol>,
    pub(super) star_imports: Vec<StarImport>,
}

impl Scope {
    pub(super) fn new(
        kind: ScopeKind,
        parent: Option<ScopeId>,
        range: TextRange,
        mangling: Mangling,
    ) -> Self {
        let (symbols, star_imports) = (BTreeMap::new(), Vec::new());
        Scope { kind, parent, range, mangling, symbols, star_imports }
    }
}

/// The scopes, uses and bindings of one file.
#[derive(Clone, Debug)]
pub(crate) struct Scopes {
    pub(super) scopes: Vec<Scope>,
    /// Sorted by where they start.
    pub(super) uses: Vec<Use>,
    pub(super) loops: Vec<LoopSpan>,
    pub(super) identifiers: BTreeSet<Name>,
    /// The scope of each class, function, lambda and comprehension, by its node's range.
    pub(super) by_node: HashMap<TextRange, ScopeId>,
    /// The builtins whose names star imports may bind, once it is known what these bring.
    pub(super) hidden_builtins: OnceCell<BTreeSet<Name>>,
}

impl Scopes {
    /// Tells which builtins star imports may hide: what they bring isn't seen in this file.
    pub(crate) fn hide_builtins(&self, is_hidden: impl Fn(&str) -> bool) {
        self.hidden_builtins.get_or_init(|| {
            let names = self.identifiers.iter().chain(self.uses.iter().map(|used| &used.name));
            let is_candidate = |name: &&Name| builtin(name).is_some();
            names.filter(is_candidate).filter(|name| is_hidden(name)).cloned().collect()
        });
    }

    /// The builtin that the name means where nothing in this file binds it.
    pub(crate) fn builtin_named(&self, name: &str) -> Option<Builtin> {
        let is_hidden = self.hidden_builtins.get().is_some_and(|hidden| hidden.contains(name));
        builtin(name).filter(|_| !is_hidden)
    }

    /// The use whose name starts at `start`.
    pub(crate) fn use_at(&self, start: TextSize) -> Option<&Use> {
        let index = self.uses.binary_search_by_key(&start, |found| found.range.start()).ok()?;
        self.uses.get(index)
    }

    /// Every `Name` expression of the file, in source order.
    pub(crate) fn uses(&self) -> impl Iterator<Item = &Use> {
        self.uses.iter()
    }

    /// The `Name` expressions in a part of the file, in source order.
    pub(crate) fn uses_in(&self, range: TextRange) -> &[Use] {
        let first = self.uses.partition_point(|used| used.range.start() < range.start());
        let end = self.uses.partition_point(|used| used.range.start() < range.end());
        self.uses.get(first..end).unwrap_or_default()
    }

    /// The builtin that a use means, if it means one.
    pub(crate) fn builtin(&self, used: &Use) -> Option<Builtin> {
        self.builtin_named(&used.name).filter(|_| self.resolve(used) == Place::Unbound)
    }

    /// The builtin that an expression is a call of.
    pub(crate) fn called_builtin(&self, expr: &Expr) -> Option<Builtin> {
        let Expr::Name(callee) = &*expr.as_call_expr()?.func else { return None };
        self.builtin(self.use_at(callee.range.start())?)
    }

    /// What a use reads of the frame that its code runs in.
    pub(crate) fn frame_read(&self, used: &Use) -> Option<FrameRead> {
        match self.resolve(used) {
            Place::Bound(scope) => (used.name == "__class__"
                && self.bindings(scope, &used.name).is_empty())
            .then_some(FrameRead::Method),
            Place::Unbound => self.builtin_named(&used.name)?.frame(used.usage),
        }
    }

    /// Whether a use is the builtin `super`: called without arguments, it looks at the function that
    /// it is called in.
    pub(crate) fn is_super(&self, used: &Use) -> bool {
        self.builtin(used).is_some_and(|builtin| builtin.name == "super")
    }

    /// Every scope of the file, the outer before the inner.
    pub(crate) fn scopes(&self) -> impl Iterator<Item = ScopeId> + use<> {
        // A file has at most 4 GiB, and each scope takes a byte of it at least.
        (0..self.scopes.len() as u32).map(ScopeId)
    }

    /// The scope that a class, function, lambda, comprehension or type alias opens, by the range
    /// of its syntax node. A generic one opens two; this is the inner.
    pub(crate) fn scope_of(&self, node: TextRange) -> Option<ScopeId> {
        self.by_node.get(&node).copied()
    }

    /// What kind of scope it is.
    pub(crate) fn kind(&self, scope: ScopeId) -> ScopeKind {
        self.scope(scope).kind
    }

    /// The scope around it; `None` for the module.
    pub(crate) fn parent(&self, scope: ScopeId) -> Option<ScopeId> {
        self.scope(scope).parent
    }

    /// The syntax node that opens it (for type parameters their brackets).
    pub(crate) fn range(&self, scope: ScopeId) -> TextRange {
        self.scope(scope).range
    }

    /// The innermost class around a scope, however deep in its methods; a class is its own.
    pub(crate) fn enclosing_class(&self, scope: ScopeId) -> Option<ScopeId> {
        self.chain(scope).find(|&outer| self.kind(outer) == ScopeKind::Class)
    }

    /// The names of the variables that a scope holds, private ones mangled, in alphabetical order.
    pub(crate) fn names(&self, scope: ScopeId) -> impl Iterator<Item = &str> {
        let symbols = self.scope(scope).symbols.iter();
        symbols.filter(|(_, symbol)| !symbol.bindings.is_empty()).map(|(name, _)| name.as_str())
    }

    /// The name of a variable as Python stores it: `__x` written in `class C` is `_C__x`. All
    /// queries take names as written; a name stored so is its own.
    pub(crate) fn mangled(&self, scope: ScopeId, name: &str) -> Name {
        self.scope(scope).mangling.apply(name)
    }

    /// What binds a variable that `scope` holds, in source order; empty for one it does not hold.
    pub(crate) fn bindings(&self, scope: ScopeId, name: &str) -> &[Binding] {
        self.symbol(scope, &self.mangled(scope, name)).map_or(&[], |symbol| &symbol.bindings)
    }

    /// The `from m import *` statements of a scope, in source order.
    pub(crate) fn star_imports(&self, scope: ScopeId) -> &[StarImport] {
        &self.scope(scope).star_imports
    }

    /// Every identifier in the file, be it variable, attribute, keyword or module, with the
    /// mangled forms of private names: what a fresh name must differ from.
    pub(crate) fn all_names(&self) -> &BTreeSet<Name> {
        &self.identifiers
    }

    /// Whether the name, as it is written, is used or bound within `scope`, is a variable of the
    /// module, or is bound nowhere in the file.
    pub(crate) fn may_mean(&self, scope: ScopeId, name: &str) -> bool {
        let within = self.range(scope);
        let is_of_module = !self.bindings(ScopeId::MODULE, name).is_empty();
        let bound = |inner: ScopeId| {
            within.contains_range(self.range(inner)) && !self.bindings(inner, name).is_empty()
        };
        let mut uses = self.uses.iter().filter(|used| used.name == name);
        is_of_module
            || self.scopes().any(bound)
            || uses.any(|used| {
                within.contains_range(used.range) || self.resolve(used) == Place::Unbound
            })
            || self.is_declared(scope, name)
    }

    /// Whether a `global` or `nonlocal` statement of the scope says that assigning the name there
    /// assigns another scope's variable.
    pub(crate) fn is_declared(&self, scope: ScopeId, name: &str) -> bool {
        let name = self.mangled(scope, name);
        let declared = self.symbol(scope, &name).map(|symbol| symbol.declared);
        matches!(declared, Some(Declared::Global | Declared::Nonlocal))
    }

    /// Whether code in `inner` runs on the spot, as a part of the code of `outer`.
    pub(crate) fn is_part_of(&self, inner: ScopeId, outer: ScopeId) -> bool {
        let mut between = self.chain(inner).take_while(|scope| *scope != outer);
        self.chain(inner).any(|scope| scope == outer)
            && between.all(|scope| self.kind(scope).is_immediate())
    }

    /// A scope and those around it, innermost first.
    pub(super) fn chain(&self, scope: ScopeId) -> impl Iterator<Item = ScopeId> {
        std::iter::successors(Some(scope), |&inner| self.parent(inner))
    }

    #[allow(clippy::indexing_slicing, reason = "an id of another file is a caller's bug")]
    pub(super) fn scope(&self, scope: ScopeId) -> &Scope {
        &self.scopes[scope.index()]
    }

    #[allow(clippy::indexing_slicing, reason = "an id of another file is a caller's bug")]
    pub(super) fn scope_mut(&mut self, scope: ScopeId) -> &mut Scope {
        &mut self.scopes[scope.index()]
    }

    /// The entry for a name that has been mangled already.
    pub(super) fn symbol(&self, scope: ScopeId, name: &str) -> Option<&Symbol> {
        self.scope(scope).symbols.get(name)
    }
}
