//! `for … in unroll(…)`: the body once for each value.
//!
//! A round whose `break` and `continue` are all decided now is just its statements. What is left of
//! them for the program needs a loop to leave, which has one round, so that it leaves the way
//! Python says:
//!
//! ```text
//! only continue      for i in (0,): …            the round by itself
//! only break         for i in (0,):              all rounds, and the `else` of the loop
//!                        …
//!                        …
//!                    else: …
//! both               for i in (0,): …            the next round is the `else` of the one before,
//!                    else:                       to which `continue` comes and `break` doesn't
//!                        for i in (1,): …
//!                        else: …
//! ```

use std::rc::Rc;

use rustpython_ast::{ExprCall, Stmt, StmtFor};
use rustpython_text_size::{Ranged as _, TextRange};

use super::copy::{Acted, Spliced};
use super::layout::{Region, Shift, colon, unit};
use super::sites::{ControlFlowSite, Leaving};
use super::variables::{LoopShape, RoundTarget, RoundVariable, shape};
use super::{Decision, Early, End, LoopFrame, RoundItem};
use crate::codenode::{Name, Node, Op, Precedence, Value};
use crate::diagnostic::{Code, Finding};
use crate::expand::compile_time::run_with_files;
use crate::expand::findings::Reported;
use crate::expand::lineage::DerivedText;
use crate::expand::report::warn_of_rounds;
use crate::host::StaticValue;
use crate::print;
use crate::print::Style;
use crate::scope::{Place, ScopeId};

/// How many loops of the greatest length a file may have, those in each other counted each time.
const MOST_LOOPS: usize = 10;

/// How deep rounds are put into each other: Python knows no more than 100 indentations.
const DEEPEST: usize = 60;

/// One round, written.
struct LoopRound {
    text: DerivedText,
    breaks: bool,
    continues: bool,
    /// The variables of the loop, if its target is made of names.
    values: Option<Vec<RoundVariable>>,
}

/// How rounds are put together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RoundForm {
    /// One after the other.
    Flat,
    /// All in one loop, which is left by `break`.
    Once,
    /// Each in the `else` of the one before.
    Nested,
}

/// A loop that is being unrolled.
struct UnrolledLoop<'m> {
    stmt: &'m StmtFor,
    call: &'m ExprCall,
    items: Rc<Vec<RoundItem>>,
    shape: LoopShape,
    region: Region,
    /// The indentation that the loop gets, and how far what is in a block moves.
    header: String,
    unit: String,
}

impl<'m> UnrolledLoop<'m> {
    fn targets(&self) -> Vec<&RoundTarget> {
        let mut targets = Vec::new();
        self.shape.targets(&mut targets);
        targets
    }

    /// The indentation `depth` blocks inside the loop's.
    fn inside(&self, depth: usize) -> String {
        format!("{}{}", self.header, self.unit.repeat(depth))
    }

    fn at(&self) -> TextRange {
        TextRange::new(self.stmt.start(), self.call.end())
    }
}

impl<'m> Early<'_, '_, 'm> {
    pub(crate) fn rounds(
        &mut self,
        site: &ControlFlowSite<'m>,
        stmt: &'m StmtFor,
        call: &'m ExprCall,
        shift: &Shift,
    ) -> Acted {
        let Ok(items) = self.items(call) else { return Acted::Gone(None) };
        let module = self.module;
        let own = module.source.indentation(stmt.start());
        let region = Region::of(module, colon(module, call.end()), own, &stmt.body);
        let unrolled = UnrolledLoop {
            stmt,
            call,
            items,
            shape: shape(module, &self.loops, stmt),
            unit: unit(&region, own).to_owned(),
            header: shift.of(own),
            region,
        };
        let outer_left = std::mem::take(&mut self.left);
        let outside = std::mem::take(&mut self.out);
        let start = self.at;
        let (mut rounds, mut end) = self.written(&unrolled, &[]);
        let (form, depths) = form(&rounds);
        if depths.iter().any(|depth| *depth > 0) {
            // Once more, as deep as it belongs.
            self.at = start;
            (rounds, end) = self.written(&unrolled, &depths);
        }
        if depths.last().is_some_and(|depth| *depth > DEEPEST) {
            let message = format!("the rounds would stand in each other more than {DEEPEST} deep");
            let label = module.label(call.range, "in this call");
            let help = "leave the loop to the program: without unroll()";
            self.stage.findings.report(Finding::new(Code::SizeLimit, message, label).help(help));
        }
        self.put_together(&unrolled, &rounds, form, end);
        let text = std::mem::replace(&mut self.out, outside);
        let left = std::mem::replace(&mut self.left, outer_left);
        let targets = unrolled.targets();
        let is_own = |(scope, name): &(ScopeId, String)| {
            targets.iter().any(|target| target.scope == *scope && target.name == *name)
        };
        self.left.extend(left.into_iter().filter(|variable| !is_own(variable)));
        if text.is_blank() {
            return Acted::Gone(None);
        }
        let label = module.label(call.range, "in this loop");
        let written = rounds.iter().filter(|round| !round.text.is_blank()).count();
        warn_of_rounds(self.stage.findings, label, written, None);
        let first = stmt.body.first().filter(|_| form == RoundForm::Flat);
        self.keep_undocumented(site, first, shift);
        self.out.append(&text);
        Acted::Done(None)
    }

    /// What the loop goes through.
    fn items(&mut self, call: &'m ExprCall) -> Result<Rc<Vec<RoundItem>>, Reported> {
        let decide = |this: &mut Self| {
            let value = this.value(call, "unroll");
            Decision::Items(value.and_then(|value| this.items_of(&value, call)))
        };
        match self.decide(decide) {
            Decision::Items(items) => items,
            _ => Err(self.stage.findings.reported_before()),
        }
    }

    fn items_of(
        &mut self,
        value: &StaticValue,
        call: &ExprCall,
    ) -> Result<Rc<Vec<RoundItem>>, Reported> {
        let host = self.stage.compile_time.host();
        let label = self.module.label(call.range, "in this call");
        let most = self.stage.compile_time.limits.rounds;
        let most_in_file = most * MOST_LOOPS;
        let items = run_with_files(&mut self.stage, &label, |host| host.items(value, most));
        let items = self.reported(items, call, "unroll")?;
        self.rounds_made += items.as_ref().map_or(0, Vec::len);
        let message = match &items {
            None => format!("the loop would have more than {most} rounds"),
            Some(_) if self.rounds_made > most_in_file => {
                format!("the loops of this file would have more than {most_in_file} rounds")
            }
            Some(items) => {
                let item = |value: &StaticValue| {
                    let source = host.source_of(value);
                    RoundItem { value: value.clone(), source }
                };
                return Ok(Rc::new(items.iter().map(item).collect()));
            }
        };
        let help = "a loop that long is better left to the program: without unroll(); --max-rounds \
                    raises the limit";
        let finding = Finding::new(Code::SizeLimit, message, label).help(help);
        Err(self.stage.findings.report(finding))
    }

    /// Every round, in the given depths, and how the last of them ends the loop.
    fn written(&mut self, unrolled: &UnrolledLoop<'m>, depths: &[usize]) -> (Vec<LoopRound>, End) {
        let mut rounds = Vec::new();
        self.left.clear();
        for (index, item) in unrolled.items.iter().enumerate() {
            let mut values = Vec::new();
            let source = item.source.as_ref().ok();
            let fits = self.values(&unrolled.shape, &item.value, source, &mut values);
            let outer = self.variables.len();
            let known = values.iter().filter(|variable| {
                unrolled.targets().iter().any(|t| t.is_known && is_of(t, variable))
            });
            self.variables.extend(known.filter(|_| fits).cloned());
            let at = unrolled.stmt.range;
            self.frames.push(LoopFrame { at, round: index, breaks: false, continues: false });
            let from = unrolled.region.indentation.clone();
            let depth = depths.get(index).copied().unwrap_or_default();
            let shift = Shift { from, to: unrolled.inside(depth) };
            let spliced = Spliced { block: &unrolled.stmt.body, leaves: true };
            let end = self.copy(unrolled.region.range, &shift, Some(spliced));
            self.variables.truncate(outer);
            let text = std::mem::take(&mut self.out);
            let (breaks, continues) =
                self.frames.pop().map_or((false, false), |frame| (frame.breaks, frame.continues));
            let values = fits.then_some(values);
            rounds.push(LoopRound { text, breaks, continues, values });
            if end == Some(Leaving::Break) {
                return (rounds, end);
            }
        }
        (rounds, None)
    }

    /// Adds the variables that the value gives to the names of a target; tells whether it can.
    fn values(
        &mut self,
        shape: &LoopShape,
        value: &StaticValue,
        source: Option<&Node>,
        found: &mut Vec<RoundVariable>,
    ) -> bool {
        let parts = match shape {
            LoopShape::Name(target) => {
                let (scope, name) = (target.scope, target.name.clone());
                found.push(RoundVariable {
                    scope,
                    name,
                    value: value.clone(),
                    source: source.cloned(),
                });
                return true;
            }
            LoopShape::Tuple(parts) => parts,
            LoopShape::Other => return false,
        };
        let host = self.stage.compile_time.host();
        let Some(elements) = host.elements(value).filter(|found| found.len() == parts.len()) else {
            return false;
        };
        parts.iter().zip(&elements).all(|(part, element)| {
            let source = host.source_of(element).ok();
            self.values(part, element, source.as_ref(), found)
        })
    }

    /// Writes the rounds and then the `else` of the loop, if it comes to that.
    fn put_together(
        &mut self,
        unrolled: &UnrolledLoop<'m>,
        rounds: &[LoopRound],
        form: RoundForm,
        end: End,
    ) {
        let needed = self.needed(unrolled);
        let mut to = Out { depth: 0, is_otherwise: false };
        if form == RoundForm::Once
            && let Some((round, item)) = rounds.iter().zip(unrolled.items.iter()).next()
        {
            self.header(unrolled, (round, item), &needed, &mut to);
            to.depth = 1;
        }
        for (index, (round, item)) in rounds.iter().zip(unrolled.items.iter()).enumerate() {
            let is_bound = form == RoundForm::Once && index == 0;
            let leaves = form == RoundForm::Nested && round.breaks;
            if leaves || round.continues {
                self.header(unrolled, (round, item), &needed, &mut to);
                to.depth += 1;
                self.line(unrolled, &mut to);
                self.out.append(&round.text);
                to.depth -= 1;
                if leaves {
                    to.depth += 1;
                    to.is_otherwise = true;
                }
                continue;
            }
            if !is_bound && let Some(text) = self.assignment(unrolled, (round, item), &needed) {
                self.line(unrolled, &mut to);
                self.out.write(&text, unrolled.at());
            }
            if !round.text.is_blank() {
                self.line(unrolled, &mut to);
                self.out.append(&round.text);
            }
        }
        if end.is_some() || unrolled.stmt.orelse.is_empty() {
            return;
        }
        if form == RoundForm::Once {
            to.is_otherwise = true;
        }
        self.otherwise(unrolled, &mut to);
    }

    /// The `else` of the loop.
    fn otherwise(&mut self, unrolled: &UnrolledLoop<'m>, to: &mut Out) {
        let module = self.module;
        let orelse = &unrolled.stmt.orelse;
        let after = unrolled.stmt.body.last().map_or(unrolled.call.end(), Stmt::end);
        let own = module.source.indentation(unrolled.stmt.start());
        let region = Region::of(module, colon(module, after), own, orelse);
        let shift = Shift { from: region.indentation.clone(), to: unrolled.inside(to.depth) };
        let before = std::mem::take(&mut self.out);
        self.copy(region.range, &shift, Some(Spliced { block: orelse, leaves: false }));
        let text = std::mem::replace(&mut self.out, before);
        if !text.is_blank() && !orelse.iter().all(Stmt::is_pass_stmt) {
            self.line(unrolled, to);
            self.out.append(&text);
        }
    }

    /// Begins a line.
    fn line(&mut self, unrolled: &UnrolledLoop<'m>, to: &mut Out) {
        let newline = self.module.source.newline();
        if std::mem::take(&mut to.is_otherwise) {
            let outside = unrolled.inside(to.depth - 1);
            self.out.write(&format!("{newline}{outside}else:"), unrolled.at());
        }
        if !self.out.as_str().is_empty() {
            self.out.write(&format!("{newline}{}", unrolled.inside(to.depth)), unrolled.at());
        }
    }

    /// `for i in (0,):`.
    fn header(
        &mut self,
        unrolled: &UnrolledLoop<'m>,
        (round, item): (&LoopRound, &RoundItem),
        needed: &[RoundTarget],
        to: &mut Out,
    ) {
        let idle = round.values.as_ref().filter(|_| needed.is_empty());
        let (target, value) = match idle.and_then(|values| values.first()) {
            Some(variable) => {
                let none = Node::value(Value::None);
                let value = variable.source.as_ref().unwrap_or(&none);
                (variable.name.clone(), self.printed_value(unrolled, value))
            }
            None => (self.target(unrolled), self.value_of_item(unrolled, item)),
        };
        self.line(unrolled, to);
        self.out.write(&format!("for {target} in ({value},):"), unrolled.at());
    }

    /// The variables that have to be assigned.
    fn needed(&self, unrolled: &UnrolledLoop<'m>) -> Vec<RoundTarget> {
        let is_left = |t: &RoundTarget| self.left.contains(&(t.scope, t.name.clone()));
        let is_needed = |t: &&RoundTarget| !t.is_known || t.is_needed || is_left(t);
        unrolled.targets().into_iter().filter(is_needed).cloned().collect()
    }

    /// What gives the variables their values, as far as anything asks for them.
    fn assignment(
        &mut self,
        unrolled: &UnrolledLoop<'m>,
        (round, item): (&LoopRound, &RoundItem),
        needed: &[RoundTarget],
    ) -> Option<String> {
        let Some(values) = &round.values else {
            let (target, value) = (self.target(unrolled), self.value_of_item(unrolled, item));
            return Some(format!("{target} = {value}"));
        };
        let is_needed = |v: &&RoundVariable| needed.iter().any(|target| is_of(target, v));
        let values: Vec<&RoundVariable> = values.iter().filter(is_needed).collect();
        if values.is_empty() {
            return None;
        }
        let names: Vec<&str> = values.iter().map(|v| v.name.as_str()).collect();
        let mut texts = Vec::new();
        for variable in &values {
            texts.push(match &variable.source {
                Some(source) => self.printed_value(unrolled, source),
                None => self.value_of_item(unrolled, item),
            });
        }
        self.rendered.insert(unrolled.stmt.target.range());
        Some(format!("{} = {}", names.join(", "), texts.join(", ")))
    }

    /// The target as it is written.
    fn target(&mut self, unrolled: &UnrolledLoop<'m>) -> String {
        let before = std::mem::take(&mut self.out);
        self.copy(unrolled.stmt.target.range(), &Shift::default(), None);
        std::mem::replace(&mut self.out, before).as_str().to_owned()
    }

    fn value_of_item(&mut self, unrolled: &UnrolledLoop<'m>, item: &RoundItem) -> String {
        match self.reported(item.source.clone(), unrolled.call, "unroll") {
            Ok(source) => self.printed_value(unrolled, &source),
            Err(Reported { .. }) => "None".to_owned(),
        }
    }

    fn printed_value(&mut self, unrolled: &UnrolledLoop<'m>, value: &Node) -> String {
        let module = self.module;
        let scope = crate::expand::call_site::scope_of_callee(module, &unrolled.call.func);
        if let Some(name) = shadowed(value, &|name| module.scopes.lookup(scope, name)) {
            let message = format!(
                "this expansion isn't possible here yet: a value of the loop is written with \
                 `{name}`, which is another variable here"
            );
            let label = module.label(unrolled.call.range, "in this loop");
            self.stage.findings.report(Finding::new(Code::NeedsStatements, message, label));
        }
        let can_encode = |c| module.source.can_encode(c);
        let indentation = unrolled.inside(0);
        let column = indentation.chars().count() + module.slice(unrolled.stmt.target.range()).len();
        let style = Style {
            width: self.width,
            column: column + " = ".len(),
            indentation: &indentation,
            newline: module.source.newline(),
            precedence: Precedence::Lambda,
            can_encode: &can_encode,
            ..Style::default()
        };
        print::expression(value, style)
    }
}

/// Where the next line goes.
struct Out {
    depth: usize,
    /// Whether an `else:` goes before it, in whose block it is.
    is_otherwise: bool,
}

fn is_of(target: &RoundTarget, variable: &RoundVariable) -> bool {
    target.scope == variable.scope && target.name == variable.name
}

/// The first name of the code that isn't a builtin where it will stand.
fn shadowed(node: &Node, lookup: &dyn Fn(&str) -> Place) -> Option<Name> {
    if node.op() == Op::VAR
        && let Some(name) = node.name()
        && lookup(name) != Place::Unbound
    {
        return Some(name.clone());
    }
    node.args().iter().find_map(|arg| shadowed(arg, lookup))
}

/// How the rounds are put together, and how deep each of them comes to stand.
fn form(rounds: &[LoopRound]) -> (RoundForm, Vec<usize>) {
    let form = match rounds {
        rounds if rounds.iter().any(|r| r.breaks && r.continues) => RoundForm::Nested,
        rounds if rounds.iter().any(|r| r.breaks) => RoundForm::Once,
        _ => RoundForm::Flat,
    };
    let mut depth = usize::from(form == RoundForm::Once);
    let depths = rounds.iter().map(|round| {
        let leaves = form == RoundForm::Nested && round.breaks;
        let own = depth + usize::from(leaves || round.continues);
        depth += usize::from(leaves);
        own
    });
    (form, depths.collect())
}
