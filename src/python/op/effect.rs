//! What each form does itself, once its parts have been evaluated: one row for each op.

use super::Op;

/// What a form may do, its parts aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpEffect {
    /// Nothing that anybody can tell: it is a constant, or hands on what it holds.
    Nothing,
    /// Makes a new object.
    Allocates,
    /// Reads a variable.
    Reads,
    /// Calls a method of an operand, as operators, attributes, truth tests, iteration and hashing
    /// do. That counts as computing, but for the order of evaluation.
    Operates,
    /// Binds a variable, or stores to the targets it has.
    Binds,
    /// Binds a variable to what an object made of itself in place.
    Updates,
    /// Leaves the code around it.
    Leaves,
    /// Calls something.
    Calls,
    /// Runs code that isn't a part of it: a module's, a context manager's, a metaclass's.
    Enters,
    /// Suspends the function it stands in: anything may run meanwhile.
    Suspends(Suspension),
}

/// What a function that is suspended waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspension {
    /// Something that runs meanwhile.
    Await,
    /// Whoever goes through what it yields.
    Yield,
}

impl Suspension {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Suspension::Await => "await",
            Suspension::Yield => "yield",
        }
    }
}

impl Op {
    /// What the form does itself.
    pub fn effect(self) -> OpEffect {
        use Op::*;
        match self {
            VALUE | TEMPORARY | EMPTY | KEYWORD | PAIR | IS | ISNOT | PARTS | BLOCK | EXPR
            | PASS | PARAM | STARPARAM | DOUBLESTARPARAM | SLASH | TRY | TRYSTAR | TYPEVAR
            | TYPEVARTUPLE | PARAMSPEC => OpEffect::Nothing,
            TUPLE | LIST | SLICE | LAMBDA | PARAMS => OpEffect::Allocates,
            VAR => OpEffect::Reads,
            PLUS | MINUS | MULTIPLY | DIVIDE | FLOORDIV | MOD | MATMUL | EXP | LSHIFT | RSHIFT
            | BITOR | BITXOR | BITAND | NEG | POS | INVERT | NOT | AND | OR | EQ | NE | LT | LE
            | GT | GE | IN | NOTIN | CHAIN | LINK | IF | ATTR | INDEX | STAR | DOUBLESTAR | SET
            | DICT | LISTCOMP | SETCOMP | DICTCOMP | GENERATOR | FORCLAUSE | FSTRING | TSTRING
            | FIELD | WHILE => OpEffect::Operates,
            WALRUS | ASSIGN | ANNASSIGN | DELETE | GLOBAL | NONLOCAL | ALIAS | TYPEALIAS | FOR
            | EXCEPT | MATCH | CASE | MATCHVALUE | MATCHSEQUENCE | MATCHSTAR | MATCHMAPPING
            | MATCHPAIR | MATCHREST | MATCHCLASS | MATCHKEYWORD | MATCHAS | MATCHOR | DEF
            | ASYNCDEF => OpEffect::Binds,
            AUGASSIGN => OpEffect::Updates,
            RETURN | RAISE | ASSERT | BREAK | CONTINUE => OpEffect::Leaves,
            CALL => OpEffect::Calls,
            IMPORT | IMPORTFROM | WITH | WITHITEM | CLASS => OpEffect::Enters,
            AWAIT | ASYNCFORCLAUSE | ASYNCFOR | ASYNCWITH => OpEffect::Suspends(Suspension::Await),
            YIELD | YIELDFROM => OpEffect::Suspends(Suspension::Yield),
        }
    }
}

impl OpEffect {
    /// Whether it suspends the function it stands in, and how.
    pub fn suspension(self) -> Option<Suspension> {
        match self {
            OpEffect::Suspends(suspension) => Some(suspension),
            OpEffect::Nothing
            | OpEffect::Allocates
            | OpEffect::Reads
            | OpEffect::Operates
            | OpEffect::Binds
            | OpEffect::Updates
            | OpEffect::Leaves
            | OpEffect::Calls
            | OpEffect::Enters => None,
        }
    }

    /// Whether it does no more than compute a value.
    pub fn only_computes(self) -> bool {
        match self {
            OpEffect::Nothing | OpEffect::Allocates | OpEffect::Reads | OpEffect::Operates => true,
            OpEffect::Binds
            | OpEffect::Updates
            | OpEffect::Leaves
            | OpEffect::Calls
            | OpEffect::Enters
            | OpEffect::Suspends(_) => false,
        }
    }

    /// Whether an object may be another afterwards, if a call may do anything and targets are
    /// variables.
    pub fn changes_objects(self) -> bool {
        match self {
            OpEffect::Updates | OpEffect::Calls | OpEffect::Enters | OpEffect::Suspends(_) => true,
            OpEffect::Nothing
            | OpEffect::Allocates
            | OpEffect::Reads
            | OpEffect::Operates
            | OpEffect::Binds
            | OpEffect::Leaves => false,
        }
    }
}
