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

mod layout;

mod sites;

mod variables;

mod dropped;

mod copy;

mod branches;

mod rounds;

mod imported;

use std::collections::HashSet;
use std::rc::Rc;

use rustpython_ast::{Expr, ExprCall, StmtFor};
use rustpython_text_size::{TextRange, TextSize};

use self::dropped::MissingParts;
use self::layout::Shift;
use self::sites::{ControlFlowSite, Decided, Leaving, control_flow_sites};
use self::variables::RoundVariable;
use crate::codenode::Node;
use crate::diagnostic::{Code, Finding};
use crate::expand::Expander;
use crate::expand::call_site::scope_of_callee;
use crate::expand::compile_time::{
    RoundName, Stage, follows_from_incomplete, load_members, load_namespace, report_messages,
    run_with_files, stage_comptime,
};
use crate::expand::findings::Reported;
use crate::expand::lineage::DerivedText;
use crate::expand::program::{Module, Resolver};
use crate::expand::report::finding_in_ordinary_code;
use crate::host::{Failure, Host, StaticValue};
use crate::scope::ScopeId;

pub(crate) use self::imported::choose_branches_of_imports;

/// The module after everything in it that belongs to its control flow at compile time was
/// decided, as far as it begins before `limit`; none if there is nothing to decide.
pub(crate) fn decide_control_flow(
    cx: &mut Expander<'_>,
    module: &Rc<Module>,
    limit: Option<TextSize>,
) -> Option<Rc<Module>> {
    let sites = control_flow_sites(&cx.resolver, module, limit, Decided::WithCompileTime);
    decide(cx, module, sites)
}

/// Where something is to be decided.
pub(crate) fn undecided_places(resolver: &Resolver<'_>, module: &Rc<Module>) -> Vec<TextSize> {
    let sites = control_flow_sites(resolver, module, None, Decided::WithCompileTime);
    sites.iter().filter(|site| site.is_active()).map(|site| site.range.start()).collect()
}

/// The module after `sites` of it were decided; none if there are none, or if the residual text
/// isn't Python, which is reported.
fn decide<'m>(
    cx: &mut Expander<'_>,
    module: &'m Rc<Module>,
    sites: Vec<ControlFlowSite<'m>>,
) -> Option<Rc<Module>> {
    if sites.is_empty() {
        return None;
    }
    let whole = TextRange::up_to(TextSize::of(module.text()));
    let width = cx.width;
    let mut early = Early::new(cx.stage(), width, module, sites);
    early.copy(whole, &Shift::default(), None);
    let missing = dropped::missing(module, &early.rendered);
    if !missing.is_empty() {
        early.again(missing);
        early.copy(whole, &Shift::default(), None);
    }
    let (text, origins) = early.out.into_parts();
    match cx.resolver.project.derived(module, &text) {
        Some(derived) => {
            cx.lineage.add(derived.file, module.file, origins);
            Some(derived)
        }
        None => {
            let message = "this expansion isn't possible here yet: what is left of the \
                           program isn't valid Python";
            let label = module.label(TextRange::default(), "in this file");
            cx.findings.report(Finding::new(Code::NeedsStatements, message, label));
            None
        }
    }
}

/// What was decided at a place.
#[derive(Clone)]
enum Decision {
    Truth(Result<bool, Reported>),
    Items(Result<Rc<Vec<RoundItem>>, Reported>),
    Value(Result<Node, Reported>),
}

/// What one round is for.
#[derive(Clone)]
struct RoundItem {
    value: StaticValue,
    source: Result<Node, Failure>,
}

/// A loop over `unroll(…)` in whose body the copy is.
struct LoopFrame {
    at: TextRange,
    /// The number of the round.
    round: usize,
    breaks: bool,
    continues: bool,
}

/// The pass over a module.
struct Early<'e, 'p, 'm> {
    stage: Stage<'e, 'p>,
    /// The greatest width of a printed line, in characters.
    width: usize,
    module: &'m Rc<Module>,
    sites: Rc<Vec<ControlFlowSite<'m>>>,
    /// Every `for` statement.
    loops: Vec<&'m StmtFor>,
    out: DerivedText,
    /// The places that were copied.
    rendered: HashSet<TextRange>,
    tape: Vec<Decision>,
    /// How far the tape has been read.
    at: usize,
    /// The variables of the rounds around, innermost last.
    variables: Vec<RoundVariable>,
    frames: Vec<LoopFrame>,
    /// Variables of rounds that were left as they are somewhere.
    left: HashSet<(ScopeId, String)>,
    /// Statements of which nothing was left when they were copied last.
    vanished: HashSet<TextRange>,
    missing: MissingParts,
    rounds_made: usize,
}

/// What a copy came to.
type End = Option<Leaving>;

impl<'e, 'p, 'm> Early<'e, 'p, 'm> {
    fn new(
        stage: Stage<'e, 'p>,
        width: usize,
        module: &'m Rc<Module>,
        sites: Vec<ControlFlowSite<'m>>,
    ) -> Self {
        let loops = dropped::loops(module);
        Early {
            stage,
            width,
            module,
            sites: Rc::new(sites),
            loops,
            out: DerivedText::default(),
            rendered: HashSet::new(),
            tape: Vec::new(),
            at: 0,
            variables: Vec::new(),
            frames: Vec::new(),
            left: HashSet::new(),
            vanished: HashSet::new(),
            missing: MissingParts::default(),
            rounds_made: 0,
        }
    }

    /// Starts again, with what is known to be missing.
    fn again(&mut self, missing: MissingParts) {
        self.out = DerivedText::default();
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

    fn truth(&mut self, call: &ExprCall) -> Result<bool, Reported> {
        let decide = |this: &mut Self| {
            let value = this.value(call, "comptime");
            Decision::Truth(value.and_then(|value| {
                let label = this.module.label(call.range, "");
                let truth = run_with_files(&mut this.stage, &label, |host| host.truth(&value));
                this.reported(truth, call, "comptime")
            }))
        };
        match self.decide(decide) {
            Decision::Truth(truth) => truth,
            _ => Err(self.stage.findings.reported_before()),
        }
    }

    /// The value of the only argument of `call`, in the present round.
    fn value(&mut self, call: &ExprCall, what: &str) -> Result<StaticValue, Reported> {
        let module = self.module;
        let ([argument], []) = (&*call.arguments.args, &*call.arguments.keywords) else {
            let message = format!("{what}() takes exactly one argument here");
            let label = module.label(call.range, "in this call");
            let finding = Finding::new(Code::BadArguments, message, label);
            return Err(self.stage.findings.report(finding));
        };
        let ns = load_namespace(&mut self.stage, module)
            .ok_or_else(|| self.stage.findings.reported_before())?;
        let scope = scope_of_callee(module, &call.func);
        let is_visible = |v: &&RoundVariable| module.scopes.is_part_of(scope, v.scope);
        let visible: Vec<RoundVariable> =
            self.variables.iter().filter(is_visible).cloned().collect();
        let host = self.stage.compile_time.host();
        let names: Vec<(&str, StaticValue)> =
            visible.iter().map(|v| (v.name.as_str(), v.value.clone())).collect();
        let ns = if names.is_empty() { ns } else { host.with_names(&ns, &names) };
        let rounds: Vec<RoundName> = visible.iter().map(|v| (v.scope, v.name.clone())).collect();
        let mut staged: Expr = argument.clone();
        load_members(&mut self.stage, module, argument);
        let complete = stage_comptime(&mut self.stage, module, &ns, &mut staged, &rounds);
        if !complete {
            return Err(self.stage.findings.reported_before());
        }
        let run = |host: &Host| host.value_of(&ns, module.file, staged.clone());
        let label = module.label(call.range, "in this call");
        let value = run_with_files(&mut self.stage, &label, run);
        report_messages(&mut self.stage, &label);
        self.reported(value, call, what)
    }

    /// The result, or a finding about the failure.
    fn reported<T>(
        &mut self,
        result: Result<T, Failure>,
        call: &ExprCall,
        what: &str,
    ) -> Result<T, Reported> {
        let failure = match result {
            Ok(value) => return Ok(value),
            Err(failure) => failure,
        };
        let module = self.module;
        if follows_from_incomplete(&self.stage, module, &failure) {
            return Err(self.stage.findings.reported_before());
        }
        let rounds: Vec<_> = self.variables.iter().map(|v| (v.scope, v.name.clone())).collect();
        let finding = finding_in_ordinary_code(
            &self.stage.reporter(),
            module,
            failure,
            call,
            (what, &rounds),
        );
        Err(self.stage.findings.report(finding))
    }
}
