//! What the output of the file under expansion gets and loses besides the text of each call.

use std::collections::{HashMap, HashSet};

use rustpython_text_size::{TextRange, TextSize};

use crate::codenode::{Loc, Name, Node};
use crate::residual::Binding;
use crate::scope::ScopeId;
use crate::source::FileId;

/// The changes to a file that its calls of macros have in common.
#[derive(Default)]
pub(crate) struct Output {
    /// What goes beside import statements of the file, or in place of them.
    pub beside: BesideImports,
    /// The names that added imports have in the file.
    pub brought: HashSet<Name>,
    /// The macros that expansions call by the names that they have in the file.
    pub called_from_expansions: HashSet<Name>,
    /// The aliases of imports that expansions rely on.
    pub kept_imports: HashSet<(FileId, TextRange)>,
    /// The names that expansions brought into scopes of the file, each with these.
    pub introduced: HashMap<Name, HashSet<ScopeId>>,
    /// How a value gets a name at each call of a macro in the file, by the place of the call.
    pub bindings: HashMap<TextRange, Binding>,
    /// What stands at the calls that have been expanded, by their places; nothing where a call stays.
    pub placed: HashMap<TextRange, Option<Node>>,
    /// Statements of which nothing is left.
    pub vanished: HashSet<TextRange>,
    /// Statements that go before others, and where.
    pub hoisted: Vec<(TextSize, String)>,
    /// The functions that the output defines besides.
    pub definitions: Definitions,
    /// Whether what a call left uses macros of statements.
    pub goes_on: bool,
}

/// What is imported beside the import statements at these places.
pub(crate) type BesideImports = HashMap<TextRange, Beside>;

/// What is imported beside an import statement.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beside {
    /// From the same module: beside which alias, and the alias' text.
    pub members: Vec<(TextRange, String)>,
    /// From other modules: the statements.
    pub statements: Vec<String>,
}

impl Output {
    /// How a value gets a name in an expression at the call with this place.
    pub(crate) fn binding_at(&self, call: TextRange) -> Binding {
        self.bindings.get(&call).copied().unwrap_or(Binding::Walrus)
    }

    /// Whether an expansion brought the name into the scope.
    pub(crate) fn is_introduced(&self, scope: ScopeId, name: &str) -> bool {
        self.introduced.get(name).is_some_and(|scopes| scopes.contains(&scope))
    }

    /// Whether all calls of macros in the code at `range` have been expanded.
    pub(crate) fn is_expanded(&self, range: TextRange) -> bool {
        let mut calls = self.bindings.keys().filter(|call| range.contains_range(**call));
        calls.all(|call| self.placed.keys().any(|placed| placed.contains_range(*call)))
    }
}

/// The functions that the output defines besides those of the input.
#[derive(Default)]
pub(crate) struct Definitions {
    /// Their names, by their numbers.
    pub names: Vec<(u32, Name)>,
    /// Those that have a name and are to be defined yet.
    pub wanted: Vec<WantedFunction>,
    /// The statement that each goes before, and its text.
    pub texts: Vec<(TextRange, String)>,
}

/// A function that is to be defined for a call.
pub(crate) struct WantedFunction {
    pub number: u32,
    pub name: Name,
    /// The call.
    pub range: TextRange,
    /// What it calls.
    pub callee: TextRange,
    /// How a value gets a name in an expression there.
    pub binding: Binding,
    /// How many expansions led there.
    pub round: usize,
    /// Where the last of them has the call in its own code.
    pub left: Option<Loc>,
}
