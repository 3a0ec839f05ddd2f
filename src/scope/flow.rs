//! What a variable is known to hold where a call stands: the definition it certainly has, if
//! computing that again there would give the same.
//!
//! An analysis of *available expressions* (Cocke, *Global common subexpression elimination*, 1970)
//! by abstract interpretation of the syntax tree: a walk in evaluation order with a state that maps
//! each variable to its definition, kept as long as it is certain. The example of this file:
//!
//! ```python
//! def f(x: float, xs):
//!     a = 3 * x          # a: 3 * x
//!     b = xs[0] + a      # b: xs[0] + a
//!     a += 1             # a: 3 * x + 1, and in b what a was: xs[0] + 3 * x
//!     xs.append(b)       # may change what xs[0] is: nothing is known of b
//!     if x > 0:
//!         c = a          # c: a
//!     else:
//!         c = 2          # c: 2
//!     return m(a, b, c)  # a: 3 * x + 1; c: a if x > 0 else 2, for who asks for branches
//! ```
//!
//! A definition is lost
//! - where ways meet of which not all have it (`state::AbstractState::meet`),
//! - when a variable that it reads is bound or deleted, unless what that was can be written in its
//!   place (`state::AbstractState::bind`),
//! - when something runs that may change an object which it looks into: a call of what isn't known
//!   here, a store to an item or attribute (`state::AbstractState::disturb`).
//!
//! Operators, attributes and iteration count as computing: they change nothing. The state at the
//! start of a loop has lost all that the loop may bind or change, so one walk is enough.
//!
//! What calls of macros do is asked of a [`Program`]: their code isn't here.

mod value;

mod state;

mod change;

mod walk;

use std::collections::BTreeMap;
use std::rc::Rc;

use rustpython_ast::name::Name;
use rustpython_ast::{Expr, ModModule, Operator};
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use super::table::{ScopeId, Scopes};

pub(crate) use change::Change;
pub(crate) use value::{effect_of_call, is_mathematics};

/// What the walk asks about the program.
pub(crate) trait Program {
    /// What the call at `range` does besides evaluating its arguments, if that is the call of a
    /// macro: at such calls it is noted what is known.
    fn macro_call(&self, range: TextRange) -> Option<Change>;

    /// An expression at which it is noted what is known, besides those calls.
    fn wanted(&self) -> Option<TextRange> {
        None
    }

    /// Whether the module's variable is known to hold a number, a text or the like.
    fn is_immutable(&self, _name: &str) -> bool {
        false
    }
}

/// What is known at the calls of macros of a file.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    /// By where the call begins and ends.
    at: BTreeMap<(TextSize, TextSize), Rc<Facts>>,
}

impl Flow {
    /// Walks through `module`.
    pub(crate) fn of(module: &ModModule, scopes: &Scopes, program: &dyn Program) -> Flow {
        walk::flow(module, scopes, program)
    }

    /// What is known at the call of a macro.
    pub(crate) fn at(&self, call: TextRange) -> Option<&Rc<Facts>> {
        self.at.get(&(call.start(), call.end()))
    }
}

/// What is known at a call of the variables in it, and of those in their definitions.
#[derive(Debug, PartialEq)]
pub(crate) struct Facts {
    /// The module or function whose variables they are.
    pub frame: ScopeId,
    known: BTreeMap<Name, KnownVariable>,
}

impl Facts {
    /// The variable's definition.
    pub(crate) fn definition(&self, name: &str) -> Option<&Fact> {
        self.known.get(name).and_then(|known| known.fact.as_ref())
    }
}

/// What is known of a variable.
#[derive(Clone, Debug, Default, PartialEq)]
struct KnownVariable {
    fact: Option<Fact>,
    /// Whether it holds a number, a text or the like.
    immutable: bool,
    /// Whether it holds a list or another object that operators make anew.
    container: bool,
}

/// A definition, shared by those who know it.
pub(crate) type Fact = Rc<Definition>;

/// What a variable is certain to hold, as code.
#[derive(Debug)]
pub(crate) struct Definition {
    pub code: Definiens,
    /// What variables in the code were that have another value now.
    pub former: BTreeMap<Name, Fact>,
    /// Whether computing it again might do something, or give another object: a call, a list.
    pub once: bool,
    /// Whether the value depends on a condition.
    pub is_choice: bool,
    /// Whether calls of macros are in the code.
    pub holds_macro_calls: bool,
    /// The variables as they are now that it reads.
    inputs: Vec<Name>,
    immutable: bool,
    /// Whether the value depends on objects that may be changed.
    shaky: bool,
    /// How many definitions stand in each other.
    depth: u32,
}

impl Definition {
    /// Where the definition was written: the code of what it is, or of what it became last.
    fn place(&self) -> TextRange {
        match &self.code {
            Definiens::Code(code) => code.range(),
            Definiens::Augmented { place, .. } => *place,
            Definiens::Choice { test, .. } => test.place(),
        }
    }

    /// The variables as they are now that the definition reads.
    pub(crate) fn inputs(&self) -> &[Name] {
        &self.inputs
    }
}

/// The code of a definition.
#[derive(Debug)]
pub(crate) enum Definiens {
    /// `x = code`.
    Code(Expr),
    /// `x += code`, where x was something else before.
    Augmented { before: Fact, op: Operator, code: Expr, place: TextRange },
    /// One or the other, as the condition had it.
    Choice { test: Fact, body: Fact, orelse: Fact },
}

impl PartialEq for Definition {
    /// Whether they are the same definition of the file, and say the same.
    fn eq(&self, other: &Self) -> bool {
        use Definiens::*;
        let same = match (&self.code, &other.code) {
            (Code(a), Code(b)) => a == b,
            (Augmented { before: a, place: p, .. }, Augmented { before: b, place: q, .. }) => {
                p == q && a == b
            }
            (Choice { test: a, body: b, orelse: c }, Choice { test: x, body: y, orelse: z }) => {
                a == x && b == y && c == z
            }
            _ => false,
        };
        same && self.former == other.former
    }
}

#[cfg(test)]
mod tests;
