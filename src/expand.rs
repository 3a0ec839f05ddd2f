//! Finds what belongs to compile time in a file, runs it, and puts the result in its place.
//!
//! The way of a file: [`program`] loads it and the modules it takes macros from and tells what its
//! names denote, [`compile_time`] brings the compile-time part of a module into the host,
//! [`control_flow`] decides branches and loops, [`statement_macros`] runs decorators and blocks,
//! [`calls`] expands the calls, [`placement`] and [`hygiene`] write what they left, and [`erasure`]
//! removes what is compile-time.

mod findings;

mod lineage;

mod output;

mod program;

mod report;

mod compile_time;

mod call_site;

mod layout;

mod control_flow;

mod fresh_names;

mod erasure;

mod placement;

mod hygiene;

mod calls;

mod statement_macros;

mod passes;

mod link;

mod inspect;

use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use rustpython_text_size::TextRange;

use self::calls::{Dataflow, Tracer};
use self::compile_time::{CompileTime, Stage};
use self::erasure::{Erasure, is_exported_no_more, shadowed_macros, unused_imports};
use self::findings::Findings;
use self::hygiene::Hygiene;
use self::inspect::{macro_calls, tree};
use self::lineage::Lineage;
use self::link::missing_links;
use self::output::Output;
use self::passes::{apply_in_program_order, expand_module};
use self::program::Resolver;
use self::report::FailureReport;
use self::statement_macros::{carry_over, derive_module};
use crate::diagnostic::{Code, Finding, Severity};
use crate::host::{Followed, Host, Limits, PythonVersion};
use crate::scope::ScopeId;
use crate::source::edit::Edits;
use crate::source::{Source, Sources};

pub(crate) use self::calls::{ExpansionStep, Trace};
pub(crate) use self::compile_time::{Guard, Running, Watch};
pub(crate) use self::inspect::MacroCall;
pub(crate) use self::program::COMPANION;
pub use self::program::{Files, Installed, RunFiles};
pub(crate) use self::program::{Module, Project};
pub(crate) use self::report::barrier_finding;

/// How often the assumptions on calls may be wrong, before no variable is followed.
const MOST_TRIES: usize = 20;

/// How often calls may leave what other macros take.
const MOST_PASSES: usize = 50;

/// Expands the modules of a project.
pub(crate) struct Expander<'a> {
    resolver: Resolver<'a>,
    compile_time: CompileTime,
    lineage: Lineage,
    dataflow: Dataflow,
    output: Output,
    findings: Findings,
    trace: Tracer,
    /// The greatest width of a printed line, in characters.
    width: usize,
}

/// What expanding a module came to.
pub(crate) struct ExpandedModule {
    /// The text that the edits are for.
    pub source: Rc<Source>,
    pub edits: Edits,
    /// In the order of the file.
    pub findings: Vec<Finding>,
    /// The files that compile-time code embedded and imported.
    pub inputs: Vec<PathBuf>,
    /// What became of each use of a macro, in the order in which they ran.
    pub steps: Vec<ExpansionStep>,
}

impl<'a> Expander<'a> {
    /// An expander that prints lines of at most `width` characters, and writes down its steps if
    /// it is to.
    pub(crate) fn new(
        (project, run): (Project<'a>, Arc<RunFiles>),
        width: usize,
        (limits, target): (Limits, Option<PythonVersion>),
        trace: Trace,
    ) -> Expander<'a> {
        Expander {
            resolver: Resolver::new(project, run, target),
            compile_time: CompileTime::new(limits, target),
            lineage: Lineage::default(),
            dataflow: Dataflow::default(),
            output: Output::default(),
            findings: Findings::default(),
            trace: Tracer::new(trace, width),
            width,
        }
    }

    /// The texts that findings point into.
    pub(crate) fn sources(&self) -> &Sources {
        self.resolver.project.sources()
    }

    /// The project, for loading the files that are expanded.
    pub(crate) fn project(&self) -> &Project<'a> {
        &self.resolver.project
    }

    /// Expands `module`. With an error among the findings the edits are incomplete.
    pub(crate) fn expand(&mut self, module: &Rc<Module>) -> ExpandedModule {
        self.dataflow.learned.clear();
        self.compile_time.inputs.clear();
        let mut tries = 0;
        let (expanded, edits) = loop {
            self.findings = Findings::default();
            self.resolver.start_file();
            self.start();
            self.dataflow.follows = tries < MOST_TRIES;
            let expanded = self.expanded(module);
            if !self.dataflow.mistaken {
                break expanded;
            }
            tries += 1;
        };
        let has_error = |finding: &Finding| finding.severity() == Severity::Error;
        if !self.findings.iter().any(has_error) {
            let output = derive_module(self, &expanded, &edits, &[]);
            let links = output.map(|output| missing_links(&self.erasure(), &output));
            self.findings.extend(links.unwrap_or_default());
        }
        let mut findings = Vec::new();
        for finding in self.findings.take() {
            let finding = self.lineage.finding_as_written(finding, self.sources());
            if !findings.iter().any(|known| is_same(known, &finding)) {
                findings.push(finding);
            }
        }
        findings.sort_by_key(|f| (f.primary.file != module.file, f.primary.range.start()));
        let inputs = self.compile_time.inputs.iter().cloned().collect();
        let steps = self.trace.take();
        ExpandedModule { source: expanded.source.clone(), edits, findings, inputs, steps }
    }

    /// The module before the calls in it are expanded, and the edits that do that. Where a call
    /// leaves statements for other macros to take, the text with them is a module to go on with.
    fn expanded(&mut self, module: &Rc<Module>) -> (Rc<Module>, Edits) {
        let mut module = module.clone();
        for round in 0.. {
            module = apply_in_program_order(self, &module);
            self.output.goes_on = false;
            let edits = expand_module(self, &module);
            if self.dataflow.mistaken || !self.output.goes_on {
                return (module, edits);
            }
            self.output.bindings.clear();
            self.output.vanished.clear();
            let (code, message) = match round < MOST_PASSES {
                true => match derive_module(self, &module, &edits, &[]) {
                    Some(next) => {
                        carry_over(self, &module, &next);
                        module = next;
                        continue;
                    }
                    None => (Code::NeedsStatements, "what calls leave here isn't valid Python"),
                },
                false => (Code::RecursionLimit, "calls leave uses of macros here without end"),
            };
            let label = module.label(TextRange::default(), "in this file");
            self.findings.report(Finding::new(code, message, label));
            return (module, edits);
        }
        (module, Edits::new())
    }

    /// What compile-time code is run with.
    fn stage(&mut self) -> Stage<'_, 'a> {
        Stage {
            resolver: &self.resolver,
            compile_time: &mut self.compile_time,
            lineage: &self.lineage,
            findings: &mut self.findings,
        }
    }

    /// What decides whether a piece of the text is compile-time only.
    fn erasure(&self) -> Erasure<'_, 'a> {
        let Expander { resolver, lineage, compile_time, output, .. } = self;
        Erasure { resolver, lineage, compile_time, output }
    }

    /// What makes the names in expansions mean what they should.
    fn hygiene(&mut self) -> Hygiene<'_, 'a> {
        Hygiene {
            resolver: &self.resolver,
            compile_time: &self.compile_time,
            lineage: &self.lineage,
            output: &mut self.output,
            findings: &mut self.findings,
        }
    }

    /// What tells of a failure of the compile-time code that ran last.
    fn reporter(&mut self) -> FailureReport<'_, 'a> {
        let Expander { resolver, lineage, compile_time, .. } = self;
        FailureReport { resolver, lineage, calls: compile_time.calls() }
    }

    /// Forgets what belongs to other files, or to a try before this one.
    fn start(&mut self) {
        self.compile_time.start_file();
        self.output = Output::default();
        self.dataflow.start_file();
        self.trace.take();
    }

    /// Whether the module had names of compile time that its output doesn't show: its own, or some that
    /// it passes on.
    pub(crate) fn had_compile_time_names(&self, module: &Rc<Module>) -> bool {
        let cx = self.erasure();
        let mut names = module.scopes.names(ScopeId::MODULE);
        module.syntax.body.iter().any(|stmt| self.resolver.is_definition(module, stmt))
            || names.any(|name| match self.resolver.export_denotes(module, name) {
                Ok(_) => is_exported_no_more(&cx, module, name),
                // It depends on branches that the output may not have.
                Err(_) => true,
            })
    }

    /// A warning for each statement that imports macros of which the file makes no use, after it
    /// has been expanded.
    pub(crate) fn unused_imports(&mut self, module: &Rc<Module>) -> Vec<Finding> {
        unused_imports::unused_imports(&self.resolver, &self.output, module)
    }

    /// A warning for each local variable that hides a macro and is called, after the file has been
    /// expanded.
    pub(crate) fn shadowed_macros(&mut self, module: &Rc<Module>) -> Vec<Finding> {
        shadowed_macros::shadowed_macros(&self.resolver, module)
    }

    /// The calls of macros that begin in `range`, the outermost only.
    pub(crate) fn macro_calls<'m>(
        &mut self,
        module: &'m Rc<Module>,
        range: TextRange,
    ) -> Vec<MacroCall<'m>> {
        macro_calls::macro_calls(self, module, range)
    }

    /// The tree of the expression at `range` of `module`, its variables followed as those of a
    /// macro's argument that stood there would be. None if there is no expression.
    pub(crate) fn tree(&mut self, module: &Rc<Module>, range: TextRange) -> Option<Followed> {
        tree::tree(self, module, range)
    }

    /// Likewise, in a module without calls of macros, whose variables hold numbers, texts and the
    /// like if `is_immutable` says so.
    pub(crate) fn tree_at_prompt(
        &mut self,
        module: &Rc<Module>,
        range: TextRange,
        is_immutable: &dyn Fn(&str) -> bool,
    ) -> Option<Followed> {
        tree::tree_at_prompt(self, module, range, is_immutable)
    }

    /// What was met before, and who is told what runs.
    pub(crate) fn guard(&mut self) -> &mut Guard {
        &mut self.compile_time.guard
    }

    /// The compile-time Python of this thread.
    pub(crate) fn host(&mut self) -> Rc<Host> {
        self.compile_time.host()
    }

    /// Forgets what the compile-time Python knows of the texts that were expanded: nothing that was
    /// compiled from them is used any more.
    pub(crate) fn forget_sources(&mut self) {
        self.compile_time.namespaces.clear();
        if let Some(host) = &self.compile_time.host {
            host.forget_sources();
        }
    }

    /// Whether the compile-time Python isn't as it was when it started.
    pub(crate) fn has_used_host(&self) -> bool {
        self.compile_time.host.as_ref().is_some_and(|host| !host.is_pristine())
    }
}

/// Whether two findings say the same; the fix may have been lost on the way to one of them.
fn is_same(a: &Finding, b: &Finding) -> bool {
    let without = |finding: &Finding| Finding { fix: None, ..finding.clone() };
    without(a) == without(b)
}
