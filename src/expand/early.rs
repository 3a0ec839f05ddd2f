//! What is decided in ordinary code before any call in it is expanded: `if comptime(…)` keeps one
//! branch, and `for … in unroll(…)` becomes its rounds (language.md §3).
//!
//! ```text
//! for i in unroll(range(3)):
//!     if comptime(i == 1):
//!         continue
//!     total += xs[i] * deriv(x, i)        total += xs[0] * deriv(x, 0)
//!                                         total += xs[2] * deriv(x, 2)
//! ```
//!
//! From text to text: what is no such place is copied as it stands, with another indentation
//! where its block moves. The new text is a module like any other, and knows of each of its pieces
//! where it came from. Code of a dropped branch is never looked at.
//!
//! Blocks are copied by one function, which asks at each place what is to be written. What was
//! decided is kept on a tape, so that a block can be written again, in another depth, without
//! being decided again.

mod text;

mod layout;

mod sites;

mod variables;

mod dropped;

mod copy;

mod branches;

mod rounds;

use std::collections::HashSet;
use std::rc::Rc;

use rustpython_ast::{Expr, ExprCall, StmtFor};
use rustpython_text_size::{TextRange, TextSize};

use super::Expander;
use super::callsite::scope_of_callee;
use super::project::Module;
use crate::codenode::Node;
use crate::diagnostic::{Code, Finding};
use crate::host::{Failure, Host, Known};
use crate::scope::ScopeId;

use self::dropped::Missing;
use self::layout::Shift;
use self::sites::{Leaving, Site};
pub(super) use self::text::{Origins, Text};
use self::variables::Variable;

impl Expander<'_> {
    /// The module after everything in it that belongs to its control flow at compile time was
    /// decided, as far as it begins before `limit`; none if there is nothing to decide.
    pub(super) fn decided(
        &mut self,
        module: &Rc<Module>,
        limit: Option<TextSize>,
    ) -> Option<Rc<Module>> {
        let sites = self.early_sites(module, limit);
        self.decide(module, sites)
    }

    /// Where something is to be decided.
    pub(super) fn undecided(&mut self, module: &Rc<Module>) -> Vec<TextSize> {
        let sites = self.early_sites(module, None);
        sites.iter().filter(|site| site.is_active()).map(|site| site.range.start()).collect()
    }

    /// A module that others import, after it was decided what there is at its top level.
    pub(super) fn settled(&mut self, module: Rc<Module>) -> Rc<Module> {
        if let Some((known, findings)) = self.settled.get(&module.file).cloned() {
            for finding in findings {
                if !self.findings.contains(&finding) {
                    self.find(finding);
                }
            }
            return known;
        }
        // Whoever asks meanwhile sees it as it is.
        self.settled.insert(module.file, (module.clone(), Vec::new()));
        let before = self.findings.len();
        let sites = self.early_branches(&module);
        let settled = self.decide(&module, sites).unwrap_or_else(|| module.clone());
        let findings = self.findings.get(before..).unwrap_or_default().to_vec();
        self.settled.insert(settled.file, (settled.clone(), Vec::new()));
        self.settled.insert(module.file, (settled.clone(), findings));
        settled
    }

    fn decide<'m>(&mut self, module: &'m Rc<Module>, sites: Vec<Site<'m>>) -> Option<Rc<Module>> {
        if sites.is_empty() {
            return None;
        }
        let whole = TextRange::up_to(TextSize::of(module.text()));
        let mut early = Early::new(self, module, sites);
        early.copy(whole, &Shift::default(), None);
        let missing = dropped::missing(module, &early.rendered);
        if !missing.is_empty() {
            early.again(missing);
            early.copy(whole, &Shift::default(), None);
        }
        let (text, origins) = early.out.into_parts();
        match self.project.derived(module, &text) {
            Some(derived) => {
                self.origins.insert(derived.file, (module.file, origins));
                Some(derived)
            }
            None => {
                let message = "this expansion isn't possible here yet: what is left of the \
                               program isn't valid Python";
                let label = module.label(TextRange::default(), "in this file");
                self.find(Finding::new(Code::NeedsStatements, message, label));
                None
            }
        }
    }

    /// Whether the name stands for what a loop over `unroll(…)` gives it in the present round.
    pub(super) fn is_round_name(&self, scope: ScopeId, name: &str) -> bool {
        self.round_names.iter().any(|(own, known)| *own == scope && known == name)
    }
}

/// What was decided at a place.
#[derive(Clone)]
enum Decision {
    /// None: it can't be decided, which was found.
    Truth(Option<bool>),
    Items(Option<Rc<Vec<Item>>>),
    Value(Option<Node>),
}

/// What one round is for.
#[derive(Clone)]
struct Item {
    value: Known,
    source: Result<Node, Failure>,
}

/// A loop over `unroll(…)` in whose body the copy is.
struct Frame {
    at: TextRange,
    /// The number of the round.
    round: usize,
    breaks: bool,
    continues: bool,
}

/// The pass over a module.
struct Early<'e, 'p, 'm> {
    expander: &'e mut Expander<'p>,
    module: &'m Rc<Module>,
    sites: Rc<Vec<Site<'m>>>,
    /// Every `for` statement.
    loops: Vec<&'m StmtFor>,
    /// Strings of several lines.
    strings: Vec<TextRange>,
    out: Text,
    /// The places that were copied.
    rendered: HashSet<TextRange>,
    tape: Vec<Decision>,
    /// How far the tape has been read.
    at: usize,
    /// The variables of the rounds around, innermost last.
    variables: Vec<Variable>,
    frames: Vec<Frame>,
    /// Variables of rounds that were left as they are somewhere.
    left: HashSet<(ScopeId, String)>,
    /// Statements of which nothing was left when they were copied last.
    vanished: HashSet<TextRange>,
    missing: Missing,
    rounds_made: usize,
}

/// What a copy came to.
type End = Option<Leaving>;

impl<'e, 'p, 'm> Early<'e, 'p, 'm> {
    fn new(expander: &'e mut Expander<'p>, module: &'m Rc<Module>, sites: Vec<Site<'m>>) -> Self {
        let loops = dropped::loops(module);
        let strings = layout::strings(module);
        Early {
            expander,
            module,
            sites: Rc::new(sites),
            loops,
            strings,
            out: Text::default(),
            rendered: HashSet::new(),
            tape: Vec::new(),
            at: 0,
            variables: Vec::new(),
            frames: Vec::new(),
            left: HashSet::new(),
            vanished: HashSet::new(),
            missing: Missing::default(),
            rounds_made: 0,
        }
    }

    /// Starts again, with what is known to be missing.
    fn again(&mut self, missing: Missing) {
        self.out = Text::default();
        self.missing = missing;
        self.at = 0;
        self.left.clear();
    }

    /// What was decided here, or is now.
    fn decide(&mut self, decide: impl FnOnce(&mut Self) -> Decision) -> Decision {
        if self.at == self.tape.len() {
            let decision = decide(self);
            self.tape.push(decision);
        }
        self.at += 1;
        self.tape[self.at - 1].clone()
    }

    fn truth(&mut self, call: &ExprCall) -> Option<bool> {
        let decide = |this: &mut Self| {
            let value = this.value(call, "comptime");
            Decision::Truth(value.and_then(|value| {
                let label = this.module.label(call.range, "");
                let truth = this.expander.with_files(&label, |host| host.truth(&value));
                this.reported(truth, call, "comptime")
            }))
        };
        match self.decide(decide) {
            Decision::Truth(truth) => truth,
            _ => None,
        }
    }

    /// The value of the only argument of `call`, in the present round.
    fn value(&mut self, call: &ExprCall, what: &str) -> Option<Known> {
        let module = self.module;
        let ([argument], []) = (&*call.arguments.args, &*call.arguments.keywords) else {
            let message = format!("{what}() takes exactly one argument here");
            let label = module.label(call.range, "in this call");
            self.expander.find(Finding::new(Code::BadArguments, message, label));
            return None;
        };
        let ns = self.expander.namespace(module)?;
        let scope = scope_of_callee(module, &call.func);
        let is_visible = |v: &&Variable| module.scopes.is_part_of(scope, v.scope);
        let visible: Vec<Variable> = self.variables.iter().filter(is_visible).cloned().collect();
        let host = self.expander.host();
        let names: Vec<(&str, Known)> =
            visible.iter().map(|v| (v.name.as_str(), v.value.clone())).collect();
        let ns = if names.is_empty() { ns } else { host.with_names(&ns, &names) };
        self.expander.round_names = visible.iter().map(|v| (v.scope, v.name.clone())).collect();
        let mut staged: Expr = argument.clone();
        let complete = self.expander.stage_comptime(module, &ns, &mut staged);
        self.expander.round_names.clear();
        if !complete {
            return None;
        }
        let run = |host: &Host| host.value_of(&ns, module.file, staged.clone());
        let label = module.label(call.range, "in this call");
        let value = self.expander.with_files(&label, run);
        self.expander.hear(&label);
        self.reported(value, call, what)
    }

    /// The result, or a finding about the failure.
    fn reported<T>(
        &mut self,
        result: Result<T, Failure>,
        call: &ExprCall,
        what: &str,
    ) -> Option<T> {
        let failure = match result {
            Ok(value) => return Some(value),
            Err(failure) => failure,
        };
        let module = self.module;
        if self.expander.follows_from_incomplete(module, &failure) {
            return None;
        }
        let rounds: Vec<_> = self.variables.iter().map(|v| (v.scope, v.name.clone())).collect();
        let finding =
            self.expander.finding_in_ordinary_code(module, failure, call, (what, &rounds));
        self.expander.find(finding);
        None
    }
}
