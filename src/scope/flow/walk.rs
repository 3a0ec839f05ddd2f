//! The walk itself: where it is, what is known there, and what is noted of that.

mod store;

mod expressions;

mod statements;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rustpython_ast::name::Name;
use rustpython_ast::{Expr, StmtAugAssign};
use rustpython_text_size::{Ranged as _, TextRange};

use super::change::{Change, FlowContext};
use super::state::{AbstractState, BoundVariable, add};
use super::value::AbstractValue;
use super::{Definiens, Definition, Fact, Facts, Flow, KnownVariable};
use crate::scope::{Position, ScopeId};

pub(super) use statements::flow;

/// How many variables a definition may read through the calls of macros in it.
const MOST_INPUTS: usize = 24;

/// How many variables are noted at a call, through the definitions of others.
const MOST_NOTED: usize = 1000;

/// Whether what is known is noted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Notes {
    Taken,
    Ignored,
}

/// The walk through the code of one frame.
pub(super) struct FlowWalk<'a> {
    pub around: FlowContext<'a>,
    /// The module or function whose variables are known.
    pub frame: ScopeId,
    /// The frame, or a class in it.
    pub scope: ScopeId,
    /// What is known here, where control can come at all.
    pub state: Option<AbstractState>,
    /// For each loop around, innermost last, what is known where it is left.
    pub loops: Vec<Option<AbstractState>>,
    pub notes: Notes,
    /// The variables that were read or bound in the statement so far.
    pub read: BTreeSet<Name>,
    pub flow: Flow,
}

/// What a store goes to.
pub(super) enum StoreTarget<'e> {
    Variable(BoundVariable),
    /// An item or attribute.
    Part(&'e Expr),
}

impl FlowWalk<'_> {
    /// What is known if what came since `before` may not have come.
    pub(super) fn meet(&mut self, before: Option<&AbstractState>) {
        if let Some(before) = before {
            self.state = self.state.take().map(|state| state.meet(before));
        }
    }

    /// Notes what is known of the variables in a call, and of those in their definitions.
    pub(super) fn note(&mut self, call: TextRange) {
        let (Some(state), Notes::Taken) = (&self.state, self.notes) else { return };
        let mut wanted = self.read_in(call);
        let mut known: BTreeMap<Name, KnownVariable> = BTreeMap::new();
        while let Some(name) = wanted.pop() {
            if known.contains_key(&name) || known.len() == MOST_NOTED {
                continue;
            }
            let Some(found) = state.get(&name) else { continue };
            let inputs = found.fact.iter().flat_map(|fact| &fact.inputs);
            wanted.extend(inputs.filter(|input| !known.contains_key(*input)).cloned());
            known.insert(name, found.clone());
        }
        let facts = Facts { frame: self.frame, known };
        self.flow.at.insert((call.start(), call.end()), Rc::new(facts));
    }

    /// The variables that a definition reads, and whether calls of macros are in it: what those
    /// leave may read the definitions of its arguments.
    pub(super) fn inputs(&self, code: TextRange) -> (Vec<Name>, bool) {
        let mut inputs = self.read_in(code);
        let mut more = BTreeSet::new();
        let mut holds_macro_calls = false;
        for (_, facts) in self.flow.at.range((code.start(), code.start())..(code.end(), code.end()))
        {
            holds_macro_calls = true;
            more.extend(facts.known.keys().take(MOST_INPUTS));
        }
        more.retain(|name| !inputs.contains(name));
        let more: Vec<Name> = more.into_iter().take(MOST_INPUTS).cloned().collect();
        inputs.extend(more);
        (inputs, holds_macro_calls)
    }

    /// The variables of the frame, and of what is around it, that are read in a part of its code.
    pub(super) fn read_in(&self, range: TextRange) -> Vec<Name> {
        let scopes = self.around.scopes;
        let mut names: Vec<Name> = Vec::new();
        for used in scopes.uses_in(range) {
            // Not those of a lambda or comprehension in it, or around it.
            let is_of_frame = scopes.resolve(used) == scopes.lookup(self.frame, &used.name);
            if is_of_frame && !names.contains(&used.name) {
                names.push(used.name.clone());
            }
        }
        names
    }

    /// Whether functions other than the scope's own code bind the variable.
    pub(super) fn is_elsewhere(&self, scope: ScopeId, name: &str) -> bool {
        let bindings = self.around.scopes.bindings(scope, name);
        bindings.iter().any(|binding| binding.position == Position::Elsewhere)
    }

    /// Whether a variable of another scope may get another value while this frame's code runs.
    pub(super) fn may_be_rebound(&self, scope: ScopeId, name: &str) -> bool {
        let inner = scope > self.frame;
        let bindings = self.around.scopes.bindings(scope, name);
        let is_constant = matches!(bindings, [only] if only.position == Position::Straight);
        !inner && !is_constant
    }

    pub(super) fn definition(&self, code: &Expr, value: AbstractValue) -> Fact {
        let (inputs, holds_macro_calls) = self.inputs(code.range());
        Rc::new(Definition {
            code: Definiens::Code(code.clone()),
            former: BTreeMap::new(),
            once: value.once,
            is_choice: false,
            holds_macro_calls,
            inputs,
            immutable: value.immutable,
            shaky: value.shaky,
            depth: 1,
        })
    }

    /// `before op= code`, where the variable's own value can be no other's, or can't be changed.
    pub(super) fn augmented(
        &self,
        before: &Fact,
        assign: &StmtAugAssign,
        value: AbstractValue,
    ) -> Fact {
        let (mut inputs, holds_macro_calls) = self.inputs(assign.value.range());
        add(&mut inputs, before);
        Rc::new(Definition {
            once: before.once || value.once,
            is_choice: before.is_choice,
            holds_macro_calls,
            inputs,
            immutable: before.immutable && value.immutable,
            shaky: before.shaky || value.shaky || !before.immutable || !value.immutable,
            depth: before.depth + 1,
            former: BTreeMap::new(),
            code: Definiens::Augmented {
                before: before.clone(),
                op: assign.op,
                code: (*assign.value).clone(),
                place: assign.range,
            },
        })
    }

    /// Binds a variable, before the others of `rest` get their values.
    pub(super) fn bind(&mut self, bound: BoundVariable, rest: &mut [StoreTarget<'_>]) {
        let pending = rest.iter_mut().filter_map(|target| match target {
            StoreTarget::Variable(bound) => Some(&mut bound.known),
            StoreTarget::Part(_) => None,
        });
        if let Some(state) = &mut self.state {
            state.bind(bound, pending);
        }
    }

    /// Nothing is known of the variable any more.
    pub(super) fn forget(&mut self, name: &Name) {
        if let Some(state) = &mut self.state {
            state.forget(name);
        }
    }

    /// Something ran that may have changed objects.
    pub(super) fn disturb(&mut self) {
        if let Some(state) = &mut self.state {
            state.disturb();
        }
    }

    /// What is left when something ran that changes this.
    pub(super) fn apply(&mut self, change: &Change) {
        if change.disturbs {
            self.disturb();
        }
        if let Some(state) = &mut self.state {
            for name in &change.binds {
                state.forget(name);
            }
        }
    }
}
