//! The order in which the parts of each form are evaluated, how often, and in which scope: one row
//! for each op, its fields in the order of their evaluation.
//!
//! ```text
//! ASSIGN    Once(value), Once(targets)               f()[g()] = h()      h, f, g
//! IF        Once(test), Maybe(body), Maybe(orelse)   f() if g() else h() g, f or h
//! LAMBDA    Once(parameters), Later(body)            lambda x=f(): g()   f
//! ```
//!
//! An op has no row by default, and a row names each field of its op: both are checked when this
//! is compiled. What CPython does is asked in `tests/evaluation.rs`.

use super::{Field, Op, field_range};

/// How often a part is evaluated when the form is. A part of a part is as uncertain as the more
/// uncertain of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// Exactly once, unless an exception comes first.
    Once,
    /// Of several, the first once and each other at most once.
    First,
    /// At most once.
    Maybe,
    /// Any number of times; in a generator expression, when somebody goes through it.
    Repeated,
    /// When a function is called that the form makes.
    Later,
    /// Up to Python 3.13 once, after all others; from 3.14 on when somebody asks.
    Asked,
    /// It is a name that is bound.
    Bound,
    /// It is a word, or declares something.
    Never,
}

/// In which scope a part is evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evaluated {
    /// In the scope around: a decorator, a default value.
    Around,
    /// Its own parts tell.
    Partly,
    /// In the new scope.
    Within,
}

/// What a row says of one field.
#[derive(Clone, Copy, Debug)]
struct Row {
    field: usize,
    when: When,
    scope: Evaluated,
    is_bound: bool,
}

impl Row {
    const fn new(op: Op, name: &str, when: When, scope: Evaluated) -> Row {
        let (index, field) = find(op.fields(), name);
        let is_bound = matches!(when, When::Bound) || field.kind.is_target();
        Row { field: index, when, scope, is_bound }
    }

    /// Argument `index` of the field, whose first one is `first`.
    fn part(self, index: usize, first: usize) -> OrderedPart {
        let Row { when, scope, is_bound, .. } = self;
        let (when, scope) = match (when, index == first) {
            (When::First, true) => (When::Once, scope),
            // All but the first clause of a comprehension is in its loop.
            (When::First, false) if scope == Evaluated::Partly => {
                (When::Repeated, Evaluated::Within)
            }
            (When::First, false) => (When::Maybe, scope),
            (when, _) => (when, scope),
        };
        OrderedPart { index, when, scope, is_bound }
    }
}

/// The number of the field called `name`, and the field. A row that names none doesn't compile.
const fn find(mut fields: &[Field], name: &str) -> (usize, Field) {
    let mut index = 0;
    while let [field, rest @ ..] = fields {
        if is_same(field.name, name) {
            return (index, *field);
        }
        (index, fields) = (index + 1, rest);
    }
    // Evaluated when this is compiled, and only then.
    panic!("a row names a field that its op doesn't have")
}

const fn is_same(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.as_bytes(), other.as_bytes());
    while let ([a, one_rest @ ..], [b, other_rest @ ..]) = (one, other) {
        if *a != *b {
            return false;
        }
        (one, other) = (one_rest, other_rest);
    }
    one.is_empty() && other.is_empty()
}

/// Checks that a row names each field of its op once.
const fn row<const N: usize>(op: Op, rows: [Row; N]) -> [Row; N] {
    assert!(op.fields().len() == N, "a row names each field of its op");
    let mut seen = 0u64;
    let mut left: &[Row] = &rows;
    while let [first, rest @ ..] = left {
        seen |= 1 << first.field;
        left = rest;
    }
    assert!(seen.count_ones() as usize == N, "a row names each field once");
    rows
}

/// Checks that two ops that share a row have the same fields.
const fn share_row(one: Op, other: Op) {
    let (mut fields, mut others) = (one.fields(), other.fields());
    assert!(fields.len() == others.len(), "ops that share a row have the same fields");
    while let ([field, rest @ ..], [other, others_rest @ ..]) = (fields, others) {
        assert!(is_same(field.name, other.name), "ops that share a row have the same fields");
        (fields, others) = (rest, others_rest);
    }
}

macro_rules! rows {
    ($($op:ident $(| $other:ident)* => $($when:ident($field:ident) $(in $scope:ident)?),*;)+) => {
        impl Op {
            /// The op's row; ops that share one have the same fields.
            fn rows(self) -> &'static [Row] {
                match self {
                    $(Op::$op $(| Op::$other)* => {
                        $(const { share_row(Op::$op, Op::$other) };)*
                        const { &row(Op::$op, [$(Row::new(
                            Op::$op,
                            stringify!($field),
                            When::$when,
                            scope!($($scope)?),
                        )),*]) }
                    })+
                }
            }
        }
    };
}

macro_rules! scope {
    () => {
        Evaluated::Around
    };
    ($scope:ident) => {
        Evaluated::$scope
    };
}

rows! {
    VALUE => Never(value);
    VAR | TEMPORARY | EMPTY | SLASH | PASS | BREAK | CONTINUE => ;

    PLUS | MINUS | MULTIPLY | DIVIDE | FLOORDIV | MOD | MATMUL | EXP | LSHIFT | RSHIFT | BITOR
        | BITXOR | BITAND | EQ | NE | LT | LE | GT | GE | IS | ISNOT | IN | NOTIN
        => Once(left), Once(right);
    NEG | POS | INVERT | NOT => Once(operand);
    AND | OR => First(operands);
    CHAIN => Once(left), First(links);
    LINK => Once(right);
    IF => Once(test), Maybe(body), Maybe(orelse);

    ATTR => Once(object), Never(attribute);
    INDEX => Once(object), Once(index);
    SLICE => Once(lower), Once(upper), Once(step);
    CALL => Once(callee), Once(arguments);
    KEYWORD | STAR | DOUBLESTAR | AWAIT | YIELD | YIELDFROM | EXPR | RETURN => Once(value);
    TUPLE | LIST | SET => Once(elements);
    DICT => Once(items);
    PAIR => Once(key), Once(value);
    FSTRING | TSTRING => Once(parts);
    FIELD => Once(value), Once(format);
    WALRUS => Once(value), Bound(target);

    // The first clause has what the comprehension goes through, which is evaluated around it.
    LISTCOMP | SETCOMP | DICTCOMP | GENERATOR
        => First(clauses) in Partly, Repeated(element) in Within;
    FORCLAUSE | ASYNCFORCLAUSE
        => Once(iterable), Repeated(target) in Within, Repeated(conditions) in Within;

    LAMBDA => Once(parameters) in Partly, Later(body) in Within;
    PARAMS => Once(parameters) in Partly;
    PARAM => Once(default), Asked(annotation);
    STARPARAM | DOUBLESTARPARAM => Asked(annotation);
    DEF | ASYNCDEF => Once(decorators), Once(type_parameters) in Within,
        Once(parameters) in Partly, Asked(returns), Never(docstring) in Within, Later(body) in Within;
    CLASS => Once(decorators), Once(type_parameters) in Within, Once(bases),
        Never(docstring) in Within, Once(body) in Within;
    TYPEVAR => Later(bound) in Within, Later(default) in Within;
    TYPEVARTUPLE | PARAMSPEC => Later(default) in Within;
    TYPEALIAS => Bound(target), Once(type_parameters) in Within, Later(value) in Within;

    // A statement may leave the block.
    BLOCK => First(statements);
    PARTS => Once(parts);
    ASSIGN => Once(value), Once(targets);
    AUGASSIGN => Once(target), Once(value);
    ANNASSIGN => Once(value), Once(target), Asked(annotation);
    DELETE => Once(targets);
    RAISE => Once(exception), Once(cause);
    ASSERT => Once(test), Maybe(message);
    GLOBAL | NONLOCAL => Never(names);
    IMPORT | IMPORTFROM => Once(names);
    ALIAS => Bound(alias);

    WHILE => Repeated(test), Repeated(body), Maybe(orelse);
    FOR | ASYNCFOR => Once(iterable), Repeated(target), Repeated(body), Maybe(orelse);
    WITH | ASYNCWITH => Once(items), Once(body);
    WITHITEM => Once(context), Once(target);
    TRY | TRYSTAR => Once(body), Maybe(handlers), Maybe(orelse), Once(finalbody);
    EXCEPT => Once(type), Bound(target), Maybe(body);
    MATCH => Once(subject), Maybe(cases);
    CASE => Once(pattern), Maybe(guard), Maybe(body);
    MATCHVALUE => Once(value);
    MATCHSEQUENCE => Maybe(patterns);
    MATCHSTAR | MATCHREST => Bound(target);
    MATCHMAPPING => Maybe(items);
    MATCHPAIR => Once(key), Maybe(pattern);
    MATCHCLASS => Once(type), Maybe(patterns);
    MATCHKEYWORD => Once(pattern);
    MATCHAS => Once(pattern), Bound(target);
    MATCHOR => First(patterns);
}

/// A part of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderedPart {
    /// Its place among the arguments.
    pub index: usize,
    pub when: When,
    pub scope: Evaluated,
    /// Whether it is bound or deleted: a target, or a name.
    pub is_bound: bool,
}

impl OrderedPart {
    /// Whether it is evaluated exactly once whenever the form is, in the scope around the form.
    pub fn is_certain(self) -> bool {
        self.when == When::Once && self.scope != Evaluated::Within
    }

    /// Whether evaluating the form evaluates it, once or more.
    pub fn is_evaluated_now(self) -> bool {
        match self.when {
            When::Once | When::First | When::Maybe | When::Repeated | When::Asked => true,
            When::Later | When::Bound | When::Never => false,
        }
    }
}

impl Op {
    /// The parts of a node with arguments that have these ops, in the order of their evaluation.
    pub fn parts(self, args: impl ExactSizeIterator<Item = Op>) -> Vec<OrderedPart> {
        let count = args.len();
        let args: Vec<Op> = match self {
            Op::CALL | Op::PARTS => args.collect(),
            _ => Vec::new(),
        };
        let mut parts = Vec::with_capacity(count);
        for row in self.rows() {
            let (first, end) = field_range(self.fields(), row.field, count);
            parts.extend((first..end.min(count)).map(|index| row.part(index, first)));
        }
        // The keywords of a call or class come last, even before a star.
        let is_keyword =
            |part: &OrderedPart| matches!(args.get(part.index), Some(Op::KEYWORD | Op::DOUBLESTAR));
        parts.sort_by_key(is_keyword);
        parts
    }

    /// Whether a part of it is bound in the scope that it stands in: a name, or a target.
    pub fn binds(self) -> bool {
        self.rows().iter().any(|row| row.is_bound && row.scope == Evaluated::Around)
    }

    /// Whether it makes what runs code in it when other code has run: a function, or a generator.
    pub fn runs_later(self) -> bool {
        self == Op::GENERATOR || self.rows().iter().any(|row| row.when == When::Later)
    }

    /// The scope in which argument `index` of `count` is evaluated, for an op that opens a scope or
    /// is a piece of what does.
    pub fn scope_of(self, index: usize, count: usize) -> Evaluated {
        let found = self.rows().iter().find_map(|row| {
            let (first, end) = field_range(self.fields(), row.field, count);
            (first..end).contains(&index).then(|| row.part(index, first).scope)
        });
        found.unwrap_or(Evaluated::Within)
    }
}
