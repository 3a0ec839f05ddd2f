//! Finds what belongs to compile time in a file, runs it, and puts the result in its place.
//!
//! The way of a file: [`project`] loads it and the modules it takes macros from, [`entity`] tells
//! what its names denote, [`load`] brings the compile-time part of a module into the host,
//! [`site`] finds the calls, [`call`] expands one, [`place`] and [`removal`] make the edits.

mod project;

mod entity;

mod report;

mod load;

mod removal;

mod callsite;

mod hoist;

mod stable;

mod naming;

mod emit;

mod placing;

mod scoping;

mod arguments;

mod call;

mod place;

mod imports;

mod circle;

mod reference;

mod unroll;

mod site;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use rustpython_text_size::{TextRange, TextSize};

use crate::codenode::{Name, Node};
use crate::diagnostic::Finding;
use crate::host::{Host, Limits, Namespace};
use crate::residual::Binding;
use crate::scope::ScopeId;
use crate::source::edit::Edits;
use crate::source::{FileId, Sources};

use self::unroll::Definitions;
pub use project::{Files, Module, Project};

/// Expands the modules of a project.
pub struct Expander<'a> {
    project: Project<'a>,
    width: usize,
    limits: Limits,
    /// Started when the first compile-time code runs.
    host: Option<Rc<Host>>,
    namespaces: HashMap<FileId, Loaded>,
    /// Modules in whose compile-time part something was wrong, which was found.
    incomplete: HashSet<FileId>,
    /// The file whose names `gensym` keeps clear of.
    names_taken_in: Option<FileId>,
    /// The values of `comptime(…)` constants, by the place of the call.
    constants: HashMap<(FileId, TextRange), Node>,
    findings: Vec<Finding>,
    /// The names that added imports have in the file.
    brought: HashSet<Name>,
    /// The aliases of imports that expansions rely on.
    kept_imports: HashSet<(FileId, TextRange)>,
    /// The names that expansions brought into a scope of the file.
    introduced: HashSet<(ScopeId, Name)>,
    /// How a value gets a name at each call of a macro in the file, by the place of the call.
    bindings: HashMap<TextRange, Binding>,
    /// Statements of which nothing is left.
    vanished: HashSet<TextRange>,
    /// Statements that go before others, and where.
    hoisted: Vec<(TextSize, String)>,
    /// Whether `@unroll` functions exist at compile time only, by their places.
    without_plain_form: HashMap<(FileId, TextRange), bool>,
    /// The functions that the output defines besides.
    definitions: Definitions,
    /// The names whose meaning is being looked up: an import circle ends there.
    resolving: Vec<(FileId, String)>,
}

/// How far the compile-time part of a module has come.
#[derive(Clone)]
enum Loaded {
    Loading,
    /// With all that went well in it.
    Done(Namespace),
}

impl<'a> Expander<'a> {
    /// An expander that prints lines of at most `width` characters.
    pub fn new(project: Project<'a>, width: usize, limits: Limits) -> Expander<'a> {
        Expander {
            project,
            width,
            limits,
            host: None,
            namespaces: HashMap::new(),
            incomplete: HashSet::new(),
            names_taken_in: None,
            constants: HashMap::new(),
            findings: Vec::new(),
            brought: HashSet::new(),
            kept_imports: HashSet::new(),
            introduced: HashSet::new(),
            bindings: HashMap::new(),
            vanished: HashSet::new(),
            hoisted: Vec::new(),
            without_plain_form: HashMap::new(),
            definitions: Definitions::default(),
            resolving: Vec::new(),
        }
    }

    /// The texts that findings point into.
    pub fn sources(&self) -> &Sources {
        self.project.sources()
    }

    /// The project, for loading the files that are expanded.
    pub fn project(&mut self) -> &mut Project<'a> {
        &mut self.project
    }

    /// The edits that expand `module`, and what was found on the way. With an error among the
    /// findings the edits are incomplete.
    pub fn expand(&mut self, module: &Rc<Module>) -> (Edits, Vec<Finding>) {
        self.findings.clear();
        // State that macros keep lasts for one file, whatever was expanded before it.
        self.namespaces.clear();
        self.incomplete.clear();
        self.constants.clear();
        self.introduced.clear();
        self.bindings.clear();
        self.vanished.clear();
        self.hoisted.clear();
        self.definitions = Definitions::default();
        if let Some(host) = &self.host {
            host.start_file();
        }
        self.names_taken_in = None;
        self.brought.clear();
        self.kept_imports.clear();
        let edits = self.expand_module(module);
        let mut findings = std::mem::take(&mut self.findings);
        let own_first = |f: &Finding| (f.primary.file != module.file, f.primary.range.start());
        findings.sort_by_key(own_first);
        findings.dedup();
        (edits, findings)
    }

    fn host(&mut self) -> Rc<Host> {
        let limits = self.limits;
        self.host.get_or_insert_with(|| Rc::new(Host::start(limits))).clone()
    }

    fn find(&mut self, finding: Finding) {
        self.findings.push(finding);
    }
}
