//! Finds what belongs to compile time in a file, runs it, and puts the result in its place.
//!
//! The way of a file: [`project`] loads it and the modules it takes macros from, [`entity`] tells
//! what its names denote, [`load`] brings the compile-time part of a module into the host,
//! [`early`] decides branches and loops, [`site`] finds the calls, [`call`] expands one, [`place`] and [`removal`] make the edits.

mod syntax;

mod project;

mod entity;

mod origin;

mod chain;

mod report;

mod watch;

mod unknown;

mod embedding;

mod generator;

mod macro_form;

mod load;

mod sourceless;

mod cutting;

mod removal;

mod unused;

mod shadowed;

mod callsite;

mod hoist;

mod stable;

mod naming;

mod emit;

mod placing;

mod anew;

mod capture;

mod scoping;

mod following;

mod trace;

mod occurrences;

mod effects;

mod long_loops;

mod arguments;

mod call;

mod place;

mod imports;

mod circle;

mod reference;

mod unroll;

mod early;

mod statements;

mod program_order;

mod site;

mod calls;

mod tree;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::rc::Rc;

use rustpython_text_size::{TextRange, TextSize};

use crate::codenode::{Name, Node};
use crate::diagnostic::{Code, Finding, Fix};
use crate::host::{Host, Limits, Namespace};
use crate::residual::Binding;
use crate::scope::ScopeId;
use crate::source::edit::Edits;
use crate::source::{FileId, Source, Sources};

use self::early::Origins;
use self::following::{Calls, Changes, Following};
use self::unroll::Definitions;
pub use calls::MacroCall;
pub use project::{Files, Module, Project};
pub use trace::{Step, Trace};
pub use watch::{Guard, Running, Watch};

/// How often what was supposed of calls may be wrong, before no variable is followed.
const MOST_TRIES: usize = 20;

/// How often calls may leave what other macros take.
const MOST_PASSES: usize = 50;

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
    /// Constants whose values have no source, by file and name: the value, and where it was made.
    sourceless: HashMap<(FileId, String), (String, TextRange)>,
    findings: Vec<Finding>,
    /// The names that added imports have in the file.
    brought: HashSet<Name>,
    /// The macros that expansions call by the names that they have in the file.
    called_from_expansions: HashSet<Name>,
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
    /// The files that were embedded.
    inputs: BTreeSet<PathBuf>,
    /// The variables of the rounds in which compile-time code is evaluated.
    round_names: Vec<(ScopeId, String)>,
    /// Modules whose control flow was decided, the file each was made from, and how.
    origins: HashMap<FileId, (FileId, Origins)>,
    /// Imported modules after their top level was decided, with what was found then.
    settled: HashMap<FileId, (Rc<Module>, Vec<Finding>)>,
    /// Whether what a call left uses macros of statements.
    goes_on: bool,
    /// The file whose constants are to be evaluated up to some place only, for now.
    constants_until: Option<(FileId, TextSize)>,
    /// What is known of the variables at the calls of the text that is expanded.
    following: Option<Following>,
    /// What is known of the calls in the texts that the file becomes, by their number.
    learned: Vec<Changes>,
    /// The number of the text.
    text: usize,
    /// What was supposed of the calls was wrong.
    mistaken: bool,
    /// Whether variables are followed.
    follows: bool,
    /// The text of which it is asked what its calls do.
    asked: Option<FileId>,
    /// What they do.
    calls: Calls,
    trace: Trace,
    steps: Vec<Step>,
    guard: Guard,
    /// The names whose meaning is being looked up: an import circle ends there.
    resolving: Vec<(FileId, String)>,
}

/// What expanding a module came to.
pub struct Expanded {
    /// The text that the edits are for.
    pub source: Rc<Source>,
    pub edits: Edits,
    /// In the order of the file.
    pub findings: Vec<Finding>,
    /// The files that were embedded.
    pub inputs: Vec<PathBuf>,
    /// What became of each use of a macro, in the order in which they ran.
    pub steps: Vec<Step>,
}

/// How far the compile-time part of a module has come.
#[derive(Clone)]
enum Loaded {
    Loading,
    /// With all that went well in it.
    Done(Namespace),
}

impl<'a> Expander<'a> {
    /// An expander that prints lines of at most `width` characters, and writes down its steps if
    /// it is to.
    pub fn new(project: Project<'a>, width: usize, limits: Limits, trace: Trace) -> Expander<'a> {
        Expander {
            project,
            width,
            limits,
            host: None,
            namespaces: HashMap::new(),
            incomplete: HashSet::new(),
            names_taken_in: None,
            constants: HashMap::new(),
            sourceless: HashMap::new(),
            findings: Vec::new(),
            brought: HashSet::new(),
            called_from_expansions: HashSet::new(),
            kept_imports: HashSet::new(),
            introduced: HashSet::new(),
            bindings: HashMap::new(),
            vanished: HashSet::new(),
            hoisted: Vec::new(),
            without_plain_form: HashMap::new(),
            definitions: Definitions::default(),
            inputs: BTreeSet::new(),
            round_names: Vec::new(),
            origins: HashMap::new(),
            settled: HashMap::new(),
            goes_on: false,
            constants_until: None,
            resolving: Vec::new(),
            following: None,
            learned: Vec::new(),
            text: 0,
            mistaken: false,
            follows: true,
            asked: None,
            calls: Calls::default(),
            trace,
            steps: Vec::new(),
            guard: Guard::default(),
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

    /// Expands `module`. With an error among the findings the edits are incomplete.
    pub fn expand(&mut self, module: &Rc<Module>) -> Expanded {
        self.learned.clear();
        let mut tries = 0;
        let (expanded, edits) = loop {
            self.findings.clear();
            self.inputs.clear();
            self.start();
            self.follows = tries < MOST_TRIES;
            let expanded = self.expanded(module);
            if !self.mistaken {
                break expanded;
            }
            tries += 1;
        };
        let mut findings = Vec::new();
        for finding in std::mem::take(&mut self.findings) {
            let finding = self.where_written(finding);
            if !findings.iter().any(|known| is_same(known, &finding)) {
                findings.push(finding);
            }
        }
        findings.sort_by_key(|f| (f.primary.file != module.file, f.primary.range.start()));
        let inputs = self.inputs.iter().cloned().collect();
        let steps = std::mem::take(&mut self.steps);
        Expanded { source: expanded.source.clone(), edits, findings, inputs, steps }
    }

    /// The module before the calls in it are expanded, and the edits that do that. Where a call
    /// leaves statements for other macros to take, the text with them is a module to go on with.
    fn expanded(&mut self, module: &Rc<Module>) -> (Rc<Module>, Edits) {
        let mut module = module.clone();
        for round in 0.. {
            module = self.in_order(&module);
            self.goes_on = false;
            let edits = self.expand_module(&module);
            if self.mistaken || !self.goes_on {
                return (module, edits);
            }
            self.bindings.clear();
            self.vanished.clear();
            let (code, message) = match round < MOST_PASSES {
                true => match self.derive(&module, &edits, &[]) {
                    Some(next) => {
                        self.carry(&module, &next);
                        module = next;
                        continue;
                    }
                    None => (Code::NeedsStatements, "what calls leave here isn't valid Python"),
                },
                false => (Code::RecursionLimit, "calls leave uses of macros here without end"),
            };
            let label = module.label(TextRange::default(), "in this file");
            self.find(Finding::new(code, message, label));
            return (module, edits);
        }
        (module, Edits::new())
    }

    /// Forgets what belongs to other files: state that macros keep lasts for one, whatever was
    /// expanded before it.
    fn start(&mut self) {
        self.namespaces.clear();
        self.incomplete.clear();
        self.constants.clear();
        self.sourceless.clear();
        self.introduced.clear();
        self.bindings.clear();
        self.vanished.clear();
        self.hoisted.clear();
        self.definitions = Definitions::default();
        if let Some(host) = &self.host {
            host.start_file();
        }
        self.names_taken_in = None;
        self.constants_until = None;
        self.brought.clear();
        self.called_from_expansions.clear();
        self.kept_imports.clear();
        self.following = None;
        self.text = 0;
        self.mistaken = false;
        self.steps.clear();
    }

    /// The finding, about the text that the user wrote.
    fn where_written(&self, mut finding: Finding) -> Finding {
        let file = finding.primary.file;
        finding.fix = finding.fix.and_then(|fix| self.fix_where_written(file, fix));
        for label in std::iter::once(&mut finding.primary).chain(&mut finding.secondary) {
            (label.file, label.range) = self.written_at(label.file, label.range);
        }
        finding
    }

    /// The fix of a finding in `file`, for the text that the user wrote; none if what it changes
    /// isn't written there.
    fn fix_where_written(&self, file: FileId, mut fix: Fix) -> Option<Fix> {
        let text = |file: FileId, range: TextRange| {
            self.sources().find(file)?.text().get(range.to_std_range())
        };
        for (range, _) in &mut fix.edits {
            let (own, at) = self.written_at(file, *range);
            let is_written = !range.is_empty() && text(own, at) == text(file, *range);
            if own != file && !is_written {
                return None;
            }
            *range = at;
        }
        Some(fix)
    }

    /// The place of the user's text that this one was made from.
    fn written_at(&self, mut file: FileId, mut range: TextRange) -> (FileId, TextRange) {
        // A text was made before those that are made from it.
        while let Some((original, origins)) = self.origins.get(&file) {
            (file, range) = (*original, origins.of(range));
        }
        (file, range)
    }

    /// Whether a file is the module's own text, or one that it was made from.
    fn is_text_of(&self, file: FileId, module: &Module) -> bool {
        let mut own = module.file;
        while own != file {
            match self.origins.get(&own) {
                Some((original, _)) => own = *original,
                None => return false,
            }
        }
        true
    }

    /// The compile-time Python of this thread.
    pub fn host(&mut self) -> Rc<Host> {
        let limits = self.limits;
        self.host.get_or_insert_with(|| Rc::new(Host::start(limits))).clone()
    }

    /// Forgets what the compile-time Python knows of the texts that were expanded: nothing that was
    /// compiled from them is used any more.
    pub fn forget_sources(&mut self) {
        self.namespaces.clear();
        if let Some(host) = &self.host {
            host.forget_sources();
        }
    }

    /// Whether the compile-time Python isn't as it was when it started.
    pub fn has_used_host(&self) -> bool {
        self.host.as_ref().is_some_and(|host| !host.is_pristine())
    }

    fn find(&mut self, finding: Finding) {
        self.findings.push(finding);
    }
}

/// Whether two findings say the same; the fix may have been lost on the way to one of them.
fn is_same(a: &Finding, b: &Finding) -> bool {
    let without = |finding: &Finding| Finding { fix: None, ..finding.clone() };
    without(a) == without(b)
}
