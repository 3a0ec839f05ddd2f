//! The state of the walk: what is known of the variables of a frame at one place.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use rustpython_ast::name::Name;

use super::{Definiens, Definition, Fact, KnownVariable};

/// How many definitions may stand in each other.
const DEEPEST: u32 = 64;

/// What is known at a place that can be reached.
#[derive(Clone, Debug, Default)]
pub(super) struct AbstractState {
    known: HashMap<Name, KnownVariable>,
    /// For each variable those whose definitions may read it.
    readers: HashMap<Name, Vec<Name>>,
    /// The variables whose definitions may depend on objects that can be changed.
    shaky: Vec<Name>,
}

/// What a variable is bound to.
pub(super) struct BoundVariable {
    pub name: Name,
    pub known: KnownVariable,
}

impl AbstractState {
    pub(super) fn get(&self, name: &str) -> Option<&KnownVariable> {
        self.known.get(name)
    }

    /// Binds a variable; the values of `pending` were computed before that.
    pub(super) fn bind<'k>(
        &mut self,
        mut bound: BoundVariable,
        pending: impl IntoIterator<Item = &'k mut KnownVariable>,
    ) {
        let name = bound.name.clone();
        let former = self.known.remove(&name).and_then(|known| known.fact);
        let former = former.filter(|fact| !fact.once && fact.depth < DEEPEST);
        for known in pending {
            replace(known, &name, former.as_ref());
        }
        replace(&mut bound.known, &name, former.as_ref());
        for reader in self.readers.remove(&name).unwrap_or_default() {
            let Some(known) = self.known.get_mut(&reader) else { continue };
            if replace(known, &name, former.as_ref()) {
                let known = known.clone();
                self.index(&reader, &known);
            }
        }
        self.index(&name, &bound.known);
        self.known.insert(name, bound.known);
    }

    /// The definition in terms of variables other than these, which are about to be bound.
    pub(super) fn before_binding(&self, mut fact: Fact, bound: &BTreeSet<Name>) -> Option<Fact> {
        while let Some(name) = fact.inputs.iter().find(|input| bound.contains(*input)) {
            let former = self.definition(name).filter(|former| !former.once)?;
            fact = substituted(&fact, name, former)?;
        }
        Some(fact)
    }

    /// Binds a variable to something nobody knows.
    pub(super) fn forget(&mut self, name: &Name) {
        let known = KnownVariable::default();
        self.bind(BoundVariable { name: name.clone(), known }, []);
    }

    /// The object that the variable holds can't be changed.
    pub(super) fn never_changes(&mut self, name: &Name) {
        if let Some(known) = self.known.get_mut(name) {
            known.immutable = true;
        }
    }

    fn index(&mut self, name: &Name, known: &KnownVariable) {
        let Some(fact) = &known.fact else { return };
        for input in &fact.inputs {
            let readers = self.readers.entry(input.clone()).or_default();
            if readers.last() != Some(name) {
                readers.push(name.clone());
            }
        }
        if fact.shaky {
            self.shaky.push(name.clone());
        }
    }

    /// Something ran that may have changed objects.
    pub(super) fn disturb(&mut self) {
        for name in std::mem::take(&mut self.shaky) {
            if let Some(known) = self.known.get_mut(&name)
                && known.fact.as_ref().is_some_and(|fact| fact.shaky)
            {
                known.fact = None;
            }
        }
    }

    /// What is known where two ways come together.
    pub(super) fn meet(self, other: &AbstractState) -> AbstractState {
        self.merged(other, &|_, _| None)
    }

    /// Likewise, after the branches of an `if`, whose condition is known as `test`.
    pub(super) fn choose(self, other: &AbstractState, test: &Name) -> AbstractState {
        let test = match (self.definition(test), other.definition(test)) {
            (Some(one), Some(two)) if Rc::ptr_eq(one, two) => Some(one.clone()),
            _ => None,
        };
        self.merged(other, &|body, orelse| test.as_ref().map(|test| choice(test, body, orelse)))
    }

    fn definition(&self, name: &Name) -> Option<&Fact> {
        self.known.get(name).and_then(|known| known.fact.as_ref())
    }

    fn merged(
        self,
        other: &AbstractState,
        choose: &dyn Fn(&Fact, &Fact) -> Option<Fact>,
    ) -> AbstractState {
        let mut state = AbstractState::default();
        for (name, one) in self.known {
            let Some(two) = other.known.get(&name) else { continue };
            let fact = match (&one.fact, &two.fact) {
                (Some(a), Some(b)) if Rc::ptr_eq(a, b) => one.fact.clone(),
                // The same definition of old may be read by the condition itself.
                (Some(a), Some(b)) if a.place() != b.place() => choose(a, b),
                _ => None,
            };
            let immutable = one.immutable && two.immutable;
            let container = one.container || two.container;
            let known = KnownVariable { fact, immutable, container };
            state.index(&name, &known);
            state.known.insert(name, known);
        }
        state
    }
}

/// Puts what a variable was in its place; without that the definition is lost. Tells whether it
/// was changed.
fn replace(known: &mut KnownVariable, name: &Name, former: Option<&Fact>) -> bool {
    let Some(fact) = known.fact.as_ref().filter(|fact| fact.inputs.contains(name)) else {
        return false;
    };
    known.fact = former.and_then(|former| substituted(fact, name, former));
    true
}

/// The definition with what `name` was in its place.
fn substituted(fact: &Fact, name: &Name, former: &Fact) -> Option<Fact> {
    if fact.depth + former.depth >= DEEPEST {
        return None;
    }
    let inner = |inner: &Fact| match inner.inputs.contains(name) {
        true => substituted(inner, name, former),
        false => Some(inner.clone()),
    };
    let mut all = BTreeMap::new();
    for (other, fact) in &fact.former {
        all.insert(other.clone(), inner(fact)?);
    }
    let reads = |code: &Definiens| match code {
        Definiens::Code(_) => true,
        Definiens::Augmented { .. } => true,
        Definiens::Choice { .. } => false,
    };
    if reads(&fact.code) && !all.contains_key(name) {
        all.insert(name.clone(), former.clone());
    }
    let code = match &fact.code {
        Definiens::Code(code) => Definiens::Code(code.clone()),
        Definiens::Augmented { before, op, code, place } => {
            let (op, code, place) = (*op, code.clone(), *place);
            Definiens::Augmented { before: inner(before)?, op, code, place }
        }
        Definiens::Choice { test, body, orelse } => {
            Definiens::Choice { test: inner(test)?, body: inner(body)?, orelse: inner(orelse)? }
        }
    };
    let mut inputs: Vec<Name> = fact.inputs.iter().filter(|i| *i != name).cloned().collect();
    add(&mut inputs, former);
    Some(Rc::new(Definition {
        code,
        former: all,
        once: fact.once,
        is_choice: fact.is_choice || former.is_choice,
        holds_macro_calls: fact.holds_macro_calls,
        inputs,
        immutable: fact.immutable,
        shaky: fact.shaky || former.shaky,
        depth: fact.depth + former.depth + 1,
    }))
}

/// Adds the inputs of another definition.
pub(super) fn add(inputs: &mut Vec<Name>, of: &Fact) {
    for name in &of.inputs {
        if !inputs.contains(name) {
            inputs.push(name.clone());
        }
    }
}

fn choice(test: &Fact, body: &Fact, orelse: &Fact) -> Fact {
    let mut inputs = test.inputs.clone();
    add(&mut inputs, body);
    add(&mut inputs, orelse);
    let parts = [test, body, orelse];
    Rc::new(Definition {
        code: Definiens::Choice { test: test.clone(), body: body.clone(), orelse: orelse.clone() },
        former: BTreeMap::new(),
        once: parts.iter().any(|part| part.once),
        is_choice: true,
        holds_macro_calls: false,
        inputs,
        immutable: body.immutable && orelse.immutable,
        shaky: parts.iter().any(|part| part.shaky),
        depth: parts.iter().map(|part| part.depth).max().unwrap_or_default() + 1,
    })
}
