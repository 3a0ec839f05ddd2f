//! Where an expression needs parentheses: for each op, the loosest that may stand bare in it.

use super::{Op, Precedence, Shape};

impl Op {
    /// How tightly it binds itself.
    pub fn precedence(self) -> Precedence {
        match self.shape() {
            Shape::Binary(_, level) | Shape::Unary(_, level) | Shape::Bool(_, level) => level,
            Shape::Comparison(_) => Precedence::Comparison,
            Shape::Form(level) => level,
            Shape::Statement | Shape::Pattern | Shape::Part => Precedence::Atom,
        }
    }

    /// The loosest expression that may stand bare as its argument `index`. Those of an IF are
    /// those of the expression, those of a star what they are in a display.
    pub fn least(self, index: usize) -> Precedence {
        use Op::*;
        match (self, index) {
            (
                PLUS | MINUS | MULTIPLY | DIVIDE | FLOORDIV | MOD | MATMUL | EXP | LSHIFT | RSHIFT
                | BITOR | BITXOR | BITAND | NEG | POS | INVERT | NOT | AND | OR | EQ | NE | LT | LE
                | GT | GE | IS | ISNOT | IN | NOTIN | CHAIN | LINK,
                _,
            ) => match self.operand_levels() {
                Some((first, _)) if index == 0 => first,
                Some((_, others)) => others,
                None => Precedence::Comparison.tighter(),
            },
            (ATTR | INDEX | CALL, 0) | (AWAIT | MATCHCLASS, _) => Precedence::Primary,
            // `[*a | b]` and `{**a | b}`, but not `{**a < b}`.
            (STAR | DOUBLESTAR, _) => Precedence::BitOr,
            (MATCHVALUE, _) => Precedence::Sum,
            (IF, 0 | 1) | (FORCLAUSE | ASYNCFORCLAUSE, _) => Precedence::Or,
            // A colon would begin the format.
            (FIELD, _) => Precedence::Conditional,
            (EXPR | ASSIGN | AUGASSIGN, _) | (ANNASSIGN, 2) => Precedence::Yield,
            (
                VALUE | VAR | TEMPORARY | EMPTY | IF | ATTR | INDEX | CALL | SLICE | KEYWORD
                | TUPLE | LIST | SET | DICT | PAIR | LISTCOMP | SETCOMP | DICTCOMP | GENERATOR
                | LAMBDA | PARAMS | PARAM | STARPARAM | DOUBLESTARPARAM | SLASH | FSTRING | TSTRING
                | WALRUS | YIELD | YIELDFROM | BLOCK | PARTS | ANNASSIGN | DELETE | RETURN | RAISE
                | ASSERT | PASS | BREAK | CONTINUE | GLOBAL | NONLOCAL | IMPORT | IMPORTFROM
                | ALIAS | TYPEALIAS | FOR | ASYNCFOR | WHILE | WITH | ASYNCWITH | WITHITEM | TRY
                | TRYSTAR | EXCEPT | MATCH | CASE | MATCHSEQUENCE | MATCHSTAR | MATCHMAPPING
                | MATCHPAIR | MATCHREST | MATCHKEYWORD | MATCHAS | MATCHOR | DEF | ASYNCDEF | CLASS
                | TYPEVAR | TYPEVARTUPLE | PARAMSPEC,
                _,
            ) => Precedence::Lambda,
        }
    }
}
