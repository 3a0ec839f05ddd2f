//! The table of ops; CONTRIBUTING.md lists what else a new one takes.
//!
//! A row gives the op's name (and the proposal's other names for it), its [`Field`]s, from which
//! follow its number of `args` and what each may be, its [`Shape`], from which the printer knows how
//! to write it and where parentheses go, and what its `name` means.

mod precedence;

mod operator;

mod bare;

mod field;

mod effect;

mod evaluation;

use std::fmt;

use rustpython_ast::{BoolOp, CmpOp, Operator, UnaryOp};

pub(crate) use effect::{OpEffect, Suspension};
pub(crate) use evaluation::{Evaluated, OrderedPart, When};
pub(crate) use field::field_range;
pub use field::{Field, FieldKind};
pub(crate) use precedence::Precedence;

/// How an op is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `left + right`.
    Binary(Operator, Precedence),
    /// `-operand`.
    Unary(UnaryOp, Precedence),
    /// `left < right`, and a link of a chain.
    Comparison(CmpOp),
    /// `a and b and c`.
    Bool(BoolOp, Precedence),
    /// A form of its own; the printer has a function for it.
    Form(Precedence),
    /// A statement: code that has no value.
    Statement,
    /// A pattern of `match`.
    Pattern,
    /// A piece of a form, which can't stand alone.
    Part,
}

/// What an op holds in `name`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// The variable that holds the value, when there is one.
    Variable,
    /// The name of the variable that the node is, or binds.
    Own,
    /// The name that a value is passed or matched by.
    Keyword,
    /// The op of a comparison.
    Comparison,
    /// The op of a binary operator.
    Operator,
    /// The letter of a conversion, or nothing.
    Conversion,
    /// A module, with dots before it if it is relative.
    Module,
    /// A module or a name of one, or `*`.
    Imported,
    /// `()`, or nothing.
    Parentheses,
    /// Nothing.
    Nothing,
}

macro_rules! ops {
    ($($(#[doc = $doc:literal])+ $op:ident $(= $alias:ident)?
        ($($field:ident: $kind:expr),*) $shape:expr, $naming:ident;)+) => {
        /// What a node is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(clippy::upper_case_acronyms, reason = "the names of language.md §4")]
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

            /// Its arguments by name, in their order. At most one field stands for many.
            pub const fn fields(self) -> &'static [Field] {
                use FieldKind::*;
                match self { $(Op::$op => &[$(Field { name: stringify!($field), kind: $kind }),*]),+ }
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

/// Expressions, as a field may hold them instead of nothing.
const MAYBE: FieldKind = FieldKind::Optional(&FieldKind::Expression);

/// The statements of a body.
const BODY: FieldKind = FieldKind::List(Op::BLOCK, &FieldKind::Statement);

/// A variable that is bound, or nothing.
const NAME: FieldKind = FieldKind::Optional(&FieldKind::Bound);

/// A variable that a pattern binds, or nothing.
const CAPTURE: FieldKind = FieldKind::Optional(&FieldKind::Capture);

/// A variable that an expression binds.
const WALRUS_TARGET: FieldKind =
    FieldKind::Either(&FieldKind::Bound, &FieldKind::Only(&[Op::TEMPORARY]));

const CLAUSES: FieldKind =
    FieldKind::Many(1, &FieldKind::Only(&[Op::FORCLAUSE, Op::ASYNCFORCLAUSE]));

const PARAMETERS: FieldKind = FieldKind::List(Op::PARAMS, &PARAMETER);

const PARAMETER: FieldKind =
    FieldKind::Only(&[Op::PARAM, Op::STARPARAM, Op::DOUBLESTARPARAM, Op::SLASH]);

const TYPE_PARAMETERS: FieldKind =
    FieldKind::List(Op::PARTS, &FieldKind::Only(&[Op::TYPEVAR, Op::TYPEVARTUPLE, Op::PARAMSPEC]));

const DECORATORS: FieldKind = FieldKind::List(Op::PARTS, &FieldKind::Expression);

const HANDLERS: FieldKind = FieldKind::List(Op::PARTS, &FieldKind::Only(&[Op::EXCEPT]));

const WITH_ITEMS: FieldKind = FieldKind::List(Op::PARTS, &FieldKind::Only(&[Op::WITHITEM]));

const ALIASES: FieldKind = FieldKind::Many(1, &FieldKind::Only(&[Op::ALIAS]));

const TEXTS: FieldKind = FieldKind::Many(0, &FieldKind::Only(&[Op::VALUE, Op::FIELD]));

ops! {
    /// A constant; its one argument is the constant itself.
    VALUE (value: Constant) Form(Atom), Variable;
    /// A variable, called `name`.
    VAR () Form(Atom), Own;

    /// `left + right`.
    PLUS = ADD (left: Expression, right: Expression) Binary(Operator::Add, Sum), Variable;
    /// `left - right`.
    MINUS = SUB (left: Expression, right: Expression) Binary(Operator::Sub, Sum), Variable;
    /// `left * right`.
    MULTIPLY = MUL (left: Expression, right: Expression) Binary(Operator::Mult, Product), Variable;
    /// `left / right`.
    DIVIDE = DIV (left: Expression, right: Expression) Binary(Operator::Div, Product), Variable;
    /// `left // right`.
    FLOORDIV (left: Expression, right: Expression) Binary(Operator::FloorDiv, Product), Variable;
    /// `left % right`.
    MOD (left: Expression, right: Expression) Binary(Operator::Mod, Product), Variable;
    /// `left @ right`.
    MATMUL (left: Expression, right: Expression) Binary(Operator::MatMult, Product), Variable;
    /// `left ** right`.
    EXP = POWER (left: Expression, right: Expression) Binary(Operator::Pow, Power), Variable;
    /// `left << right`.
    LSHIFT (left: Expression, right: Expression) Binary(Operator::LShift, Shift), Variable;
    /// `left >> right`.
    RSHIFT (left: Expression, right: Expression) Binary(Operator::RShift, Shift), Variable;
    /// `left | right`.
    BITOR (left: Expression, right: Expression) Binary(Operator::BitOr, BitOr), Variable;
    /// `left ^ right`.
    BITXOR (left: Expression, right: Expression) Binary(Operator::BitXor, BitXor), Variable;
    /// `left & right`.
    BITAND (left: Expression, right: Expression) Binary(Operator::BitAnd, BitAnd), Variable;

    /// `-operand`.
    NEG (operand: Expression) Shape::Unary(UnaryOp::USub, Precedence::Unary), Variable;
    /// `+operand`.
    POS (operand: Expression) Shape::Unary(UnaryOp::UAdd, Precedence::Unary), Variable;
    /// `~operand`.
    INVERT (operand: Expression) Shape::Unary(UnaryOp::Invert, Precedence::Unary), Variable;
    /// `not operand`.
    NOT (operand: Expression) Shape::Unary(UnaryOp::Not, Not), Variable;

    /// `a and b and c`.
    AND (operands: Many(2, &Expression)) Bool(BoolOp::And, And), Variable;
    /// `a or b or c`.
    OR (operands: Many(2, &Expression)) Bool(BoolOp::Or, Or), Variable;

    /// `left == right`.
    EQ (left: Expression, right: Expression) Shape::Comparison(CmpOp::Eq), Variable;
    /// `left != right`.
    NE (left: Expression, right: Expression) Shape::Comparison(CmpOp::NotEq), Variable;
    /// `left < right`.
    LT (left: Expression, right: Expression) Shape::Comparison(CmpOp::Lt), Variable;
    /// `left <= right`.
    LE (left: Expression, right: Expression) Shape::Comparison(CmpOp::LtE), Variable;
    /// `left > right`.
    GT (left: Expression, right: Expression) Shape::Comparison(CmpOp::Gt), Variable;
    /// `left >= right`.
    GE (left: Expression, right: Expression) Shape::Comparison(CmpOp::GtE), Variable;
    /// `left is right`.
    IS (left: Expression, right: Expression) Shape::Comparison(CmpOp::Is), Variable;
    /// `left is not right`.
    ISNOT (left: Expression, right: Expression) Shape::Comparison(CmpOp::IsNot), Variable;
    /// `left in right`.
    IN (left: Expression, right: Expression) Shape::Comparison(CmpOp::In), Variable;
    /// `left not in right`.
    NOTIN (left: Expression, right: Expression) Shape::Comparison(CmpOp::NotIn), Variable;
    /// `a < b <= c`: the first operand, then a LINK for each further one.
    CHAIN (left: Expression, links: Many(2, &Only(&[Op::LINK]))) Form(Precedence::Comparison), Variable;
    /// `< b` in a chain; `name` is the name of the comparison, as `"LT"`.
    LINK (right: Expression) Part, Comparison;

    /// `body if test else orelse`, and the statement `if test: body else: orelse`, whose two
    /// bodies are BLOCKs.
    IF (test: Expression, body: Branch, orelse: Branch) Form(Conditional), Variable;
    /// `object.attribute`: args are the object and a VALUE with the attribute's name.
    ATTR (object: Expression, attribute: Name) Form(Primary), Variable;
    /// `object[index]`.
    INDEX (object: Expression, index: Index) Form(Primary), Variable;
    /// `lower:upper:step` in an index; each may be EMPTY.
    SLICE (lower: MAYBE, upper: MAYBE, step: MAYBE) Part, Nothing;
    /// `callee(arguments)`: the callee, then expressions, STAR, KEYWORD and DOUBLESTAR.
    CALL (callee: Expression, arguments: Many(0, &Argument)) Form(Primary), Variable;
    /// `name=value` in a call.
    KEYWORD (value: Expression) Part, Keyword;
    /// `*value` in a call or display.
    STAR (value: Expression) Part, Nothing;
    /// `**value` in a call or dict display.
    DOUBLESTAR (value: Expression) Part, Nothing;
    /// An optional part that isn't there.
    EMPTY () Part, Nothing;

    /// `(a, b)`.
    TUPLE (elements: Many(0, &Index)) Form(Atom), Variable;
    /// `[a, b]`.
    LIST (elements: Many(0, &Element)) Form(Atom), Variable;
    /// `{a, b}`.
    SET (elements: Many(1, &Element)) Form(Atom), Variable;
    /// `{a: b}`: args are PAIR and DOUBLESTAR.
    DICT (items: Many(0, &Only(&[Op::PAIR, Op::DOUBLESTAR]))) Form(Atom), Variable;
    /// `key: value` in a dict.
    PAIR (key: Expression, value: Expression) Part, Nothing;

    /// `[element for …]`: the element, then a FORCLAUSE each.
    LISTCOMP (element: Expression, clauses: CLAUSES) Form(Atom), Variable;
    /// `{element for …}`.
    SETCOMP (element: Expression, clauses: CLAUSES) Form(Atom), Variable;
    /// `{key: value for …}`: a PAIR, then a FORCLAUSE each.
    DICTCOMP (element: Only(&[Op::PAIR]), clauses: CLAUSES) Form(Atom), Variable;
    /// `(element for …)`.
    GENERATOR (element: Expression, clauses: CLAUSES) Form(Atom), Variable;
    /// `for target in iterable if a if b`: target, iterable, conditions.
    FORCLAUSE (target: Target, iterable: Expression, conditions: Many(0, &Expression)) Part, Nothing;
    /// `async for target in iterable if a if b`.
    ASYNCFORCLAUSE (target: Target, iterable: Expression, conditions: Many(0, &Expression)) Part, Nothing;

    /// `lambda parameters: body`: args are PARAMS and the body.
    LAMBDA (parameters: PARAMETERS, body: Expression) Form(Lambda), Variable;
    /// The parameters of a function, in order.
    PARAMS (parameters: Many(0, &PARAMETER)) Part, Nothing;
    /// A parameter called `name`: args are its annotation and its default, each may be EMPTY.
    PARAM (annotation: MAYBE, default: MAYBE) Part, Own;
    /// `*name` among parameters, or a bare `*` when `name` is None: arg is the annotation.
    STARPARAM (annotation: Optional(&Element)) Part, Own;
    /// `**name` among parameters: arg is the annotation.
    DOUBLESTARPARAM (annotation: MAYBE) Part, Own;
    /// The `/` among parameters.
    SLASH () Part, Nothing;

    /// `f"…"`: VALUE for text, FIELD for what is in braces.
    FSTRING (parts: TEXTS) Form(Atom), Variable;
    /// `t"…"`, likewise.
    TSTRING (parts: TEXTS) Form(Atom), Variable;
    /// `{value!conversion:format}`: the value, and an FSTRING or EMPTY; `name` is the conversion.
    FIELD (value: Expression, format: Optional(&Only(&[Op::FSTRING]))) Part, Conversion;

    /// `target := value`.
    WALRUS (target: WALRUS_TARGET, value: Expression) Form(Walrus), Variable;
    /// `await value`.
    AWAIT (value: Expression) Form(Await), Variable;
    /// `yield value`, which may be EMPTY.
    YIELD (value: MAYBE) Form(Yield), Variable;
    /// `yield from value`.
    YIELDFROM (value: Expression) Form(Yield), Variable;

    /// The statements of a body, or of a file. An expression among them is made an EXPR, and the
    /// statements of a BLOCK among them stand in its place.
    BLOCK (statements: Many(0, &Statement)) Part, Nothing;
    /// The parts of a definition or statement of which there may be several.
    PARTS (parts: Many(0, &Any)) Part, Nothing;

    /// An expression as a statement.
    EXPR (value: Expression) Statement, Nothing;
    /// `target = value`; with several targets, `a = b = value`.
    ASSIGN (targets: Many(1, &Target), value: Expression) Statement, Nothing;
    /// `target += value`; `name` is the name of the operator, as `"PLUS"`.
    AUGASSIGN (target: SingleTarget, value: Expression) Statement, Operator;
    /// `target: annotation = value`; `name` is `"()"` where the target stands in parentheses,
    /// which keeps Python from recording the annotation.
    ANNASSIGN (target: SingleTarget, annotation: Expression, value: MAYBE) Statement, Parentheses;
    /// `del a, b`.
    DELETE (targets: Many(1, &Target)) Statement, Nothing;
    /// `return value`.
    RETURN (value: MAYBE) Statement, Nothing;
    /// `raise exception from cause`.
    RAISE (exception: MAYBE, cause: MAYBE) Statement, Nothing;
    /// `assert test, message`.
    ASSERT (test: Expression, message: MAYBE) Statement, Nothing;
    /// `pass`.
    PASS () Statement, Nothing;
    /// `break`.
    BREAK () Statement, Nothing;
    /// `continue`.
    CONTINUE () Statement, Nothing;
    /// `global a, b`: args are VAR.
    GLOBAL (names: Many(1, &Only(&[Op::VAR]))) Statement, Nothing;
    /// `nonlocal a, b`: args are VAR.
    NONLOCAL (names: Many(1, &Only(&[Op::VAR]))) Statement, Nothing;
    /// `import a.b as c`: args are ALIAS.
    IMPORT (names: ALIASES) Statement, Nothing;
    /// `from ..m import a as b`: args are ALIAS; `name` is the module with its dots, as `"..m"`.
    IMPORTFROM (names: ALIASES) Statement, Module;
    /// `name as alias` in an import: the alias is a VAR or EMPTY.
    ALIAS (alias: NAME) Part, Imported;
    /// `type target[parameters] = value`.
    TYPEALIAS (target: Bound, type_parameters: TYPE_PARAMETERS, value: Expression) Statement, Nothing;

    /// `for target in iterable: body else: orelse`.
    FOR (target: Target, iterable: Expression, body: BODY, orelse: BODY) Statement, Nothing;
    /// `async for target in iterable: body else: orelse`.
    ASYNCFOR (target: Target, iterable: Expression, body: BODY, orelse: BODY) Statement, Nothing;
    /// `while test: body else: orelse`.
    WHILE (test: Expression, body: BODY, orelse: BODY) Statement, Nothing;
    /// `with items: body`: the items are WITHITEM.
    WITH (items: WITH_ITEMS, body: BODY) Statement, Nothing;
    /// `async with items: body`.
    ASYNCWITH (items: WITH_ITEMS, body: BODY) Statement, Nothing;
    /// `context as target`.
    WITHITEM (context: Expression, target: Optional(&Target)) Part, Nothing;
    /// `try: body except …: … else: orelse finally: finalbody`: the handlers are EXCEPT.
    TRY (body: BODY, handlers: HANDLERS, orelse: BODY, finalbody: BODY) Statement, Nothing;
    /// `try: … except* …: …`.
    TRYSTAR (body: BODY, handlers: HANDLERS, orelse: BODY, finalbody: BODY) Statement, Nothing;
    /// `except type as target: body`: the target is a VAR or EMPTY.
    EXCEPT (type: MAYBE, target: NAME, body: BODY) Part, Nothing;

    /// `match subject: cases`: the cases are CASE.
    MATCH (subject: Expression, cases: List(Op::PARTS, &Only(&[Op::CASE]))) Statement, Nothing;
    /// `case pattern if guard: body`.
    CASE (pattern: Pattern, guard: MAYBE, body: BODY) Part, Nothing;
    /// A constant or a dotted name as a pattern.
    MATCHVALUE (value: PatternValue) Shape::Pattern, Nothing;
    /// `[a, *b]` as a pattern.
    MATCHSEQUENCE (patterns: Many(0, &SEQUENCE_PATTERN)) Shape::Pattern, Nothing;
    /// `*target` in a pattern; with EMPTY, `*_`.
    MATCHSTAR (target: CAPTURE) Part, Nothing;
    /// `{key: pattern, **rest}` as a pattern: args are MATCHPAIR and, last, MATCHREST.
    MATCHMAPPING (items: Many(0, &Only(&[Op::MATCHPAIR, Op::MATCHREST]))) Shape::Pattern, Nothing;
    /// `key: pattern` in a pattern.
    MATCHPAIR (key: PatternValue, pattern: Pattern) Part, Nothing;
    /// `**target` in a pattern.
    MATCHREST (target: Capture) Part, Nothing;
    /// `type(a, b=c)` as a pattern: the type, then patterns and MATCHKEYWORD.
    MATCHCLASS (type: DottedName, patterns: Many(0, &CLASS_PATTERN)) Shape::Pattern, Nothing;
    /// `name=pattern` in a pattern.
    MATCHKEYWORD (pattern: Pattern) Part, Keyword;
    /// `pattern as target`; without the pattern, the name `target`; without both, `_`.
    MATCHAS (pattern: Optional(&Pattern), target: CAPTURE) Shape::Pattern, Nothing;
    /// `a | b` as a pattern.
    MATCHOR (patterns: Many(2, &Pattern)) Shape::Pattern, Nothing;

    /// `def name[type_parameters](parameters) -> returns: body`. The text with which the body of a
    /// definition begins is its docstring, an EXPR, and not in its body.
    DEF (decorators: DECORATORS, type_parameters: TYPE_PARAMETERS, parameters: PARAMETERS, returns: MAYBE, docstring: Docstring, body: BODY) Statement, Own;
    /// `async def name(parameters) -> returns: body`.
    ASYNCDEF (decorators: DECORATORS, type_parameters: TYPE_PARAMETERS, parameters: PARAMETERS, returns: MAYBE, docstring: Docstring, body: BODY) Statement, Own;
    /// `class name[type_parameters](bases): body`: the bases are the arguments in the parentheses.
    CLASS (decorators: DECORATORS, type_parameters: TYPE_PARAMETERS, bases: List(Op::PARTS, &Argument), docstring: Docstring, body: BODY) Statement, Own;
    /// `name: bound = default` among type parameters.
    TYPEVAR (bound: MAYBE, default: MAYBE) Part, Own;
    /// `*name = default` among type parameters.
    TYPEVARTUPLE (default: Optional(&Element)) Part, Own;
    /// `**name = default` among type parameters.
    PARAMSPEC (default: MAYBE) Part, Own;

    /// The value of an earlier step of the residual program. Never seen by a macro.
    TEMPORARY () Form(Atom), Variable;
}

/// What may be among the patterns of a sequence.
const SEQUENCE_PATTERN: FieldKind =
    FieldKind::Either(&FieldKind::Pattern, &FieldKind::Only(&[Op::MATCHSTAR]));

/// What may be among the patterns of a class.
const CLASS_PATTERN: FieldKind =
    FieldKind::Either(&FieldKind::Pattern, &FieldKind::Only(&[Op::MATCHKEYWORD]));

impl Op {
    /// The op that Python code calls `name`, if there is one.
    pub fn from_name(name: &str) -> Option<Op> {
        Op::NAMES.iter().find(|(n, _)| *n == name).map(|(_, op)| *op)
    }

    /// The fewest and the most `args` it takes.
    pub fn arity(self) -> (usize, usize) {
        self.fields()
            .iter()
            .map(|field| field.kind.count())
            .fold((0, 0), |(min, max), (least, most)| (min + least, max.saturating_add(most)))
    }

    /// The words that a statement with a body, or a clause of one, begins with.
    pub fn keyword(self) -> &'static str {
        match self {
            Op::IF => "if",
            Op::WHILE => "while",
            Op::FOR => "for",
            Op::ASYNCFOR => "async for",
            Op::WITH => "with",
            Op::ASYNCWITH => "async with",
            Op::TRY | Op::TRYSTAR => "try",
            Op::EXCEPT => "except",
            Op::MATCH => "match",
            Op::CASE => "case",
            Op::DEF => "def",
            Op::ASYNCDEF => "async def",
            Op::CLASS => "class",
            _ => "",
        }
    }

    /// Whether it is the definition of a function or class: it may have a docstring.
    pub fn defines(self) -> bool {
        self.fields().iter().any(|field| field.kind == FieldKind::Docstring)
    }

    /// Whether it opens a scope of its own for what is in it.
    pub fn opens_scope(self) -> bool {
        matches!(
            self,
            Op::LAMBDA
                | Op::LISTCOMP
                | Op::SETCOMP
                | Op::DICTCOMP
                | Op::GENERATOR
                | Op::DEF
                | Op::ASYNCDEF
                | Op::CLASS
        )
    }

    /// Whether what it makes of constants is a constant expression (language.md §3).
    pub fn keeps_constant(self) -> bool {
        use Op::*;
        matches!(self, VALUE | EMPTY | TUPLE | LIST | SET | DICT | PAIR | FSTRING | FIELD)
            || matches!(self.shape(), Shape::Binary(..) | Shape::Unary(..))
    }
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests;
