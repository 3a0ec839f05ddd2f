//! The table of ops: the single place to add one.
//!
//! A row gives the op's name (and the proposal's other names for it), how many `args` it takes,
//! and its [`Shape`], from which the printer knows how to write it and where parentheses go.

use std::fmt;

/// How tightly an expression binds, loosest first, after the Python grammar.
///
/// <https://docs.python.org/3/reference/expressions.html#operator-precedence>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precedence {
    /// `yield x`: only bare on the right of an assignment or as a statement.
    Yield,
    /// `x := y`.
    Walrus,
    /// `lambda: x`.
    Lambda,
    /// `a if c else b`.
    Conditional,
    /// `a or b`.
    Or,
    /// `a and b`.
    And,
    /// `not a`.
    Not,
    /// `a < b`, `a in b`, `a is b`.
    Comparison,
    /// `a | b`.
    BitOr,
    /// `a ^ b`.
    BitXor,
    /// `a & b`.
    BitAnd,
    /// `a << b`.
    Shift,
    /// `a + b`.
    Sum,
    /// `a * b`.
    Product,
    /// `-a`.
    Unary,
    /// `a ** b`.
    Power,
    /// `await a`.
    Await,
    /// `f(a)`, `a.b`, `a[b]`.
    Primary,
    /// Names, literals and whatever has brackets of its own.
    Atom,
}

impl Precedence {
    /// The next tighter level: what the non-associative side of a binary operator asks for.
    pub fn tighter(self) -> Self {
        use Precedence::*;
        const LEVELS: [Precedence; 19] = [
            Yield,
            Walrus,
            Lambda,
            Conditional,
            Or,
            And,
            Not,
            Comparison,
            BitOr,
            BitXor,
            BitAnd,
            Shift,
            Sum,
            Product,
            Unary,
            Power,
            Await,
            Primary,
            Atom,
        ];
        LEVELS.get(self as usize + 1).copied().unwrap_or(Atom)
    }
}

/// How an op is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `left symbol right`.
    Binary(&'static str, Precedence),
    /// `symbol operand`.
    Unary(&'static str, Precedence),
    /// `left symbol right`, and a link of a chain.
    Comparison(&'static str),
    /// `a symbol b symbol c`.
    Bool(&'static str, Precedence),
    /// A form of its own; the printer has a function for it.
    Form(Precedence),
    /// A statement: code that has no value.
    Statement,
    /// A piece of a form, which can't stand alone as an expression.
    Part,
}

/// What an op is allowed to hold in `name`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// The variable that holds the value, when there is one.
    Variable,
    /// A word of the syntax itself (a keyword's, a parameter's, a conversion).
    Word,
}

macro_rules! ops {
    ($($(#[doc = $doc:literal])+ $op:ident $(= $alias:ident)? [$min:literal .. $max:expr] $shape:expr, $naming:ident;)+) => {
        /// What a node is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(clippy::upper_case_acronyms, reason = "the names are the language's, SPEC §4")]
        pub enum Op { $($(#[doc = $doc])+ $op),+ }

        impl Op {
            /// Every op, in the table's order.
            pub const ALL: &'static [Op] = &[$(Op::$op),+];

            /// Every Python name of an op with the op it means: aliases included.
            pub const NAMES: &'static [(&'static str, Op)] =
                &[$((stringify!($op), Op::$op), $((stringify!($alias), Op::$op),)?)+];

            /// The name by which Python code knows it.
            pub fn name(self) -> &'static str {
                match self { $(Op::$op => stringify!($op)),+ }
            }

            /// The fewest and the most `args` it takes.
            pub fn arity(self) -> (usize, usize) {
                match self { $(Op::$op => ($min, $max)),+ }
            }

            /// How it is written.
            pub fn shape(self) -> Shape {
                use Precedence::*;
                use Shape::*;
                match self { $(Op::$op => $shape),+ }
            }

            /// What its `name` means.
            pub fn naming(self) -> Naming {
                match self { $(Op::$op => Naming::$naming),+ }
            }
        }
    };
}

/// No upper bound on `args`.
const MANY: usize = usize::MAX;

ops! {
    /// A constant; its one argument is the constant itself.
    VALUE [1..1] Form(Atom), Variable;
    /// A variable, called `name`.
    VAR [0..0] Form(Atom), Variable;

    /// `left + right`.
    PLUS = ADD [2..2] Binary("+", Sum), Variable;
    /// `left - right`.
    MINUS = SUB [2..2] Binary("-", Sum), Variable;
    /// `left * right`.
    MULTIPLY = MUL [2..2] Binary("*", Product), Variable;
    /// `left / right`.
    DIVIDE = DIV [2..2] Binary("/", Product), Variable;
    /// `left // right`.
    FLOORDIV [2..2] Binary("//", Product), Variable;
    /// `left % right`.
    MOD [2..2] Binary("%", Product), Variable;
    /// `left @ right`.
    MATMUL [2..2] Binary("@", Product), Variable;
    /// `left ** right`.
    EXP = POWER [2..2] Binary("**", Power), Variable;
    /// `left << right`.
    LSHIFT [2..2] Binary("<<", Shift), Variable;
    /// `left >> right`.
    RSHIFT [2..2] Binary(">>", Shift), Variable;
    /// `left | right`.
    BITOR [2..2] Binary("|", BitOr), Variable;
    /// `left ^ right`.
    BITXOR [2..2] Binary("^", BitXor), Variable;
    /// `left & right`.
    BITAND [2..2] Binary("&", BitAnd), Variable;

    /// `-operand`.
    NEG [1..1] Shape::Unary("-", Precedence::Unary), Variable;
    /// `+operand`.
    POS [1..1] Shape::Unary("+", Precedence::Unary), Variable;
    /// `~operand`.
    INVERT [1..1] Shape::Unary("~", Precedence::Unary), Variable;
    /// `not operand`.
    NOT [1..1] Shape::Unary("not", Not), Variable;

    /// `a and b and c`.
    AND [2..MANY] Bool("and", And), Variable;
    /// `a or b or c`.
    OR [2..MANY] Bool("or", Or), Variable;

    /// `left == right`.
    EQ [2..2] Shape::Comparison("=="), Variable;
    /// `left != right`.
    NE [2..2] Shape::Comparison("!="), Variable;
    /// `left < right`.
    LT [2..2] Shape::Comparison("<"), Variable;
    /// `left <= right`.
    LE [2..2] Shape::Comparison("<="), Variable;
    /// `left > right`.
    GT [2..2] Shape::Comparison(">"), Variable;
    /// `left >= right`.
    GE [2..2] Shape::Comparison(">="), Variable;
    /// `left is right`.
    IS [2..2] Shape::Comparison("is"), Variable;
    /// `left is not right`.
    ISNOT [2..2] Shape::Comparison("is not"), Variable;
    /// `left in right`.
    IN [2..2] Shape::Comparison("in"), Variable;
    /// `left not in right`.
    NOTIN [2..2] Shape::Comparison("not in"), Variable;
    /// `a < b <= c`: the first operand, then a LINK for each further one.
    CHAIN [3..MANY] Form(Precedence::Comparison), Variable;
    /// `< b` in a chain; `name` is the name of the comparison, as `"LT"`.
    LINK [1..1] Part, Word;

    /// `body if test else orelse`: args are test, body, orelse.
    IF [3..3] Form(Conditional), Variable;
    /// `object.attribute`: args are the object and a VALUE with the attribute's name.
    ATTR [2..2] Form(Primary), Variable;
    /// `object[index]`.
    INDEX [2..2] Form(Primary), Variable;
    /// `lower:upper:step` in an index; each may be EMPTY.
    SLICE [3..3] Part, Variable;
    /// `callee(arguments)`: the callee, then expressions, STAR, KEYWORD and DOUBLESTAR.
    CALL [1..MANY] Form(Primary), Variable;
    /// `name=value` in a call.
    KEYWORD [1..1] Part, Word;
    /// `*value` in a call or display.
    STAR [1..1] Part, Variable;
    /// `**value` in a call or dict display.
    DOUBLESTAR [1..1] Part, Variable;
    /// An optional part that isn't there.
    EMPTY [0..0] Part, Variable;

    /// `(a, b)`.
    TUPLE [0..MANY] Form(Atom), Variable;
    /// `[a, b]`.
    LIST [0..MANY] Form(Atom), Variable;
    /// `{a, b}`.
    SET [1..MANY] Form(Atom), Variable;
    /// `{a: b}`: args are PAIR and DOUBLESTAR.
    DICT [0..MANY] Form(Atom), Variable;
    /// `key: value` in a dict.
    PAIR [2..2] Part, Variable;

    /// `[element for …]`: the element, then a FORCLAUSE each.
    LISTCOMP [2..MANY] Form(Atom), Variable;
    /// `{element for …}`.
    SETCOMP [2..MANY] Form(Atom), Variable;
    /// `{key: value for …}`: a PAIR, then a FORCLAUSE each.
    DICTCOMP [2..MANY] Form(Atom), Variable;
    /// `(element for …)`.
    GENERATOR [2..MANY] Form(Atom), Variable;
    /// `for target in iterable if a if b`: target, iterable, conditions.
    FORCLAUSE [2..MANY] Part, Variable;
    /// `async for target in iterable if a if b`.
    ASYNCFORCLAUSE [2..MANY] Part, Variable;

    /// `lambda parameters: body`: args are PARAMS and the body.
    LAMBDA [2..2] Form(Lambda), Variable;
    /// The parameters of a function, in order.
    PARAMS [0..MANY] Part, Variable;
    /// A parameter called `name`: args are its annotation and its default, each may be EMPTY.
    PARAM [2..2] Part, Word;
    /// `*name` among parameters, or a bare `*` when `name` is None: arg is the annotation.
    STARPARAM [1..1] Part, Word;
    /// `**name` among parameters: arg is the annotation.
    DOUBLESTARPARAM [1..1] Part, Word;
    /// The `/` among parameters.
    SLASH [0..0] Part, Variable;

    /// `f"…"`: VALUE for text, FIELD for what is in braces.
    FSTRING [0..MANY] Form(Atom), Variable;
    /// `t"…"`, likewise.
    TSTRING [0..MANY] Form(Atom), Variable;
    /// `{value!conversion:spec}`: the value, and an FSTRING or EMPTY; `name` is the conversion.
    FIELD [2..2] Part, Word;

    /// `target := value`.
    WALRUS [2..2] Form(Walrus), Variable;
    /// `await operand`.
    AWAIT [1..1] Form(Await), Variable;
    /// `yield operand`, which may be EMPTY.
    YIELD [1..1] Form(Yield), Variable;
    /// `yield from operand`.
    YIELDFROM [1..1] Form(Yield), Variable;
    /// `target = value`, a statement: args are the target and the value.
    ASSIGN [2..2] Statement, Variable;
    /// `target += value`, a statement: args are the target and the value; `name` is the name of
    /// the operator, as `"PLUS"`.
    AUGASSIGN [2..2] Statement, Word;
    /// `del target`, a statement.
    DELETE [1..1] Statement, Variable;

    /// The value of an earlier step of the residual program. Never seen by a macro.
    TEMPORARY [0..0] Form(Atom), Variable;
}

impl Op {
    /// The op that Python code calls `name`, if there is one.
    pub fn from_name(name: &str) -> Option<Op> {
        Op::NAMES.iter().find(|(n, _)| *n == name).map(|(_, op)| *op)
    }

    /// Whether it is an expression by itself.
    pub fn is_expression(self) -> bool {
        !matches!(self.shape(), Shape::Part | Shape::Statement)
    }

    /// Whether it is a statement.
    pub fn is_statement(self) -> bool {
        matches!(self.shape(), Shape::Statement)
    }

    /// Whether it opens a scope of its own for what is in it.
    pub fn opens_scope(self) -> bool {
        matches!(self, Op::LAMBDA | Op::LISTCOMP | Op::SETCOMP | Op::DICTCOMP | Op::GENERATOR)
    }
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
