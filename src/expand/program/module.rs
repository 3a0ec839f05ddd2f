//! A parsed module, and the dotted names of modules.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use rustpython_ast::token::Tokens;
use rustpython_ast::{ModModule, Stmt};
use rustpython_text_size::{TextRange, TextSize};

use crate::diagnostic::Label;
use crate::diagnostic::ignore::Ignores;
use crate::scope::{Binding, BindingKind, Reaching, ScopeId, Scopes, analyse};
use crate::source::{FileId, Source};
use crate::syntax::{Exports, Layout};

/// A parsed module.
pub(crate) struct Module {
    pub file: FileId,
    pub path: PathBuf,
    /// Its dotted name, as an import from its source root has it.
    pub name: String,
    pub is_package: bool,
    pub source: Rc<Source>,
    pub syntax: ModModule,
    pub tokens: Tokens,
    pub scopes: Scopes,
    layout: OnceCell<Layout>,
    ignores: OnceCell<Ignores>,
    exports: OnceCell<ExportList>,
    importing: OnceCell<Vec<String>>,
}

/// The names in a module's `__all__`.
#[derive(Debug)]
pub(crate) struct ExportList {
    names: HashSet<String>,
    /// Whether it may hold others, which aren't seen from the text.
    is_computed: bool,
    exists: bool,
}

/// How a package hides a module below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hidden {
    /// It has loaded the module itself, and then bound the name: whoever imports it changes nothing.
    Surely,
    /// An import that loads the module binds the name anew.
    UntilLoaded,
    /// It may bind the name, or leave it to the module: in a loop, under a condition.
    Perhaps,
}

impl ExportList {
    /// Whether it holds a name that the module has.
    pub(crate) fn may_hold(&self, name: &str) -> bool {
        self.is_computed || self.names.contains(name)
    }

    /// Whether the text shows that it holds the name.
    pub(crate) fn holds(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// The names that the text shows.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Whether there is one.
    pub(crate) fn exists(&self) -> bool {
        self.exists
    }
}

impl Module {
    /// The module of a text that was parsed.
    pub(super) fn new(
        (file, path, source): (FileId, PathBuf, Rc<Source>),
        (name, is_package): (String, bool),
        (syntax, tokens): (ModModule, Tokens),
    ) -> Module {
        let scopes = analyse(&syntax);
        let (layout, ignores) = (OnceCell::new(), OnceCell::new());
        let (exports, importing) = (OnceCell::new(), OnceCell::new());
        Module {
            file,
            path,
            name,
            is_package,
            source,
            syntax,
            tokens,
            scopes,
            layout,
            ignores,
            exports,
            importing,
        }
    }

    /// The names of the module's own that imports bind: few, where a large file has many.
    pub(crate) fn importing_names(&self) -> &[String] {
        self.importing.get_or_init(|| {
            let is_import = |binding: &Binding| matches!(binding.kind, BindingKind::Import { .. });
            let own =
                |name: &&str| self.scopes.bindings(ScopeId::MODULE, name).iter().any(is_import);
            self.scopes.names(ScopeId::MODULE).filter(own).map(str::to_owned).collect()
        })
    }

    /// The text of the module.
    pub(crate) fn text(&self) -> &str {
        self.source.text()
    }

    /// Its comments, and which of its line ends belong to literals.
    pub(crate) fn layout(&self) -> &Layout {
        self.layout.get_or_init(|| Layout::new(self.text(), &self.tokens))
    }

    /// Its export list.
    pub(crate) fn exports(&self) -> &ExportList {
        self.exports.get_or_init(|| {
            let parts = Exports::of(&self.syntax.body);
            let exists = !parts.is_empty() && self.scopes.at_end("__all__") != Reaching::None;
            let is_computed = parts.iter().any(|part| part.computed().is_some());
            let names = parts.into_iter().flat_map(Exports::names).map(str::to_owned).collect();
            ExportList { names, is_computed, exists }
        })
    }

    /// How it is a package that calls something else by the name of a module below it.
    pub(crate) fn hides_below(&self, name: &str) -> Option<Hidden> {
        let scopes = &self.scopes;
        if !self.is_package || scopes.at_end(name) == Reaching::None {
            return None;
        }
        let own = below(&self.name, name);
        let is_itself = |b: &Binding| match &b.kind {
            BindingKind::Import { module, level, name: Some(member), .. } => {
                self.absolute(*level, module.as_deref()) == self.name && **member == *name
            }
            BindingKind::Import { module, level, .. } => {
                self.absolute(*level, module.as_deref()) == own
            }
            _ => false,
        };
        let bound = scopes.bindings(ScopeId::MODULE, name).iter().map(|b| b.statement.end()).max();
        let loads = |b: &Binding| match &b.kind {
            BindingKind::Import { module, level, .. } => {
                let imported = self.absolute(*level, module.as_deref());
                Some(b.statement.end()) <= bound
                    && (imported == own || imported.starts_with(&below(&own, "")))
            }
            _ => false,
        };
        let mut names = self.importing_names().iter();
        if scopes.bindings(ScopeId::MODULE, name).iter().any(is_itself) {
            return None;
        }
        let has_loaded = names.any(|name| scopes.bindings(ScopeId::MODULE, name).iter().any(loads));
        Some(match has_loaded {
            _ if !scopes.is_bound_at_end(name) => Hidden::Perhaps,
            true => Hidden::Surely,
            false => Hidden::UntilLoaded,
        })
    }

    /// Its ignore comments.
    pub(crate) fn ignores(&self) -> &Ignores {
        let read = || Ignores::new(&self.source, self.layout().comments().iter().copied());
        self.ignores.get_or_init(read)
    }

    /// The text at `range`.
    pub(crate) fn slice(&self, range: TextRange) -> &str {
        self.text().get(range.to_std_range()).unwrap_or_default()
    }

    /// The end of the line that holds `end`, or of the comments below it that are indented more
    /// than `header`.
    pub(crate) fn end_of_lines(&self, end: TextSize, header: &str) -> TextSize {
        let source = &self.source;
        let mut found = source.line_range(end).end();
        let mut next = source.full_line_range(end).end();
        while next < TextSize::of(self.text()) {
            let line = source.line_range(next);
            let text = self.slice(line).trim_start();
            if text.starts_with('#') && source.indentation(next).len() > header.len() {
                found = line.end();
            } else if !text.is_empty() {
                break;
            }
            next = source.full_line_range(next).end();
        }
        found
    }

    /// A label that points into this module.
    pub(crate) fn label(&self, range: TextRange, message: impl Into<String>) -> Label {
        Label::new(self.file, range, message)
    }

    /// The statement of the module's own body that stands at `range`.
    pub(crate) fn top_level(&self, range: TextRange) -> Option<&Stmt> {
        use rustpython_text_size::Ranged as _;
        self.syntax.body.iter().find(|stmt| stmt.range().contains_range(range))
    }

    /// The dotted name of what is imported by `level` dots and `module` here: absolute, or with its
    /// dots where they lead out of the module's root.
    pub(crate) fn absolute(&self, level: u32, module: Option<&str>) -> String {
        absolute((&self.name, self.is_package), level, module.unwrap_or_default())
    }
}

/// The dotted name of what a module imports by `level` dots and `imported`.
pub(super) fn absolute((name, is_package): (&str, bool), level: u32, imported: &str) -> String {
    let parts: Vec<&str> = name.split('.').filter(|part| !part.is_empty()).collect();
    let up = (level as usize).saturating_sub(usize::from(is_package));
    match parts.get(..parts.len().saturating_sub(up)) {
        _ if level == 0 => imported.to_owned(),
        // What is in no package of its root has one further up if it says so.
        Some([]) | None => format!("{}{imported}", ".".repeat(level as usize)),
        Some(around) if imported.is_empty() => around.join("."),
        Some(around) => format!("{}.{imported}", around.join(".")),
    }
}

/// The dotted name of a module below another.
pub(crate) fn below(module: &str, name: &str) -> String {
    match module.is_empty() || module.ends_with('.') {
        true => format!("{module}{name}"),
        false => format!("{module}.{name}"),
    }
}

/// The folder that `level` dots lead to from a file.
pub(super) fn up(from: &Path, level: usize) -> Option<PathBuf> {
    from.ancestors().nth(level).map(Path::to_path_buf)
}
