//! What a binding is: the place where a name gets a value, loses it, or is declared to have one.

use rustpython_ast::name::Name;
use rustpython_text_size::TextRange;

/// One place that binds a variable.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Binding {
    /// The name as the scope holds it, private names mangled.
    pub name: Name,
    /// Where the name itself is written (`b` in `import a as b`, `a` in `import a.b`).
    pub range: TextRange,
    /// The innermost statement that holds it. A parameter's is its `def`, or the statement that
    /// holds its lambda.
    pub statement: TextRange,
    /// What sort of construct it is.
    pub kind: BindingKind,
    /// How surely it runs when its scope runs.
    pub position: Position,
    /// When it takes effect, in the evaluation order of the whole file.
    pub(super) step: u32,
}

impl Binding {
    /// Whether it gives the variable a value. A `del` takes it away, a bare `x: int` does nothing.
    pub(crate) fn is_definition(&self) -> bool {
        !matches!(self.kind, BindingKind::Delete | BindingKind::Declaration)
    }
}

/// The construct that binds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum BindingKind {
    /// `import a.b as c`, `from ..a import b`.
    Import {
        /// The dotted module as written; `None` in `from . import b`.
        module: Option<Name>,
        /// The number of leading dots.
        level: u32,
        /// The imported member of a `from` import.
        name: Option<Name>,
        /// The whole alias, `a.b as c`.
        alias: TextRange,
        /// Which object the name stands for.
        object: Imported,
    },
    /// `def`, `async def`.
    Function,
    /// `class`.
    Class,
    /// A parameter of a function or lambda.
    Parameter,
    /// `x = …`, also as a part of a tuple target.
    Assign,
    /// `x += …`.
    AugAssign,
    /// `x: T = …`.
    AnnAssign,
    /// `x: T` alone: makes the name local and gives it no value.
    Declaration,
    /// `(x := …)`.
    Walrus,
    /// A target of `for`, or of a comprehension's `for`.
    For,
    /// `with … as x`.
    With,
    /// `except … as x`; the name is deleted again at the end of the handler.
    Except,
    /// A capture in a `case` pattern.
    Match,
    /// `del x`.
    Delete,
    /// `T` in `def f[T]`, `class C[T]`, `type A[T]`.
    TypeParameter,
    /// `type x = …`.
    TypeAlias,
}

/// What the name of an import stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Imported {
    /// `import a`, `import a.b as c`: the module that is named.
    Module,
    /// `import a.b`: the first package of the dotted name.
    Root,
    /// `from a import b`: a member of the module (or a submodule of the package).
    Member,
}

/// How surely a binding runs when the scope that holds its variable runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    /// Its statement is directly in the scope's own statement list, and always binds the name when
    /// it completes. Parameters count as straight.
    Straight,
    /// It may run, never or often: under `if`, `for`, `while`, `try`, `with`, `match`, and any
    /// target of a `for`, walrus or second item of a `with` (whose first may swallow an
    /// exception).
    Nested,
    /// It runs when other code says so: a `global` or `nonlocal` variable bound in another
    /// function or in a class, or a walrus in a generator expression.
    Elsewhere,
}

/// `from m import *`: binds names nobody can know from this file alone.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StarImport {
    /// The dotted module as written; `None` in `from . import *`.
    pub module: Option<Name>,
    /// The number of leading dots.
    pub level: u32,
    /// The import statement.
    pub statement: TextRange,
    /// How surely it runs.
    pub position: Position,
    /// When it takes effect, in the evaluation order of the whole file.
    pub(super) step: u32,
}
