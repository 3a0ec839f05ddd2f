//! How tightly the forms of expressions bind.

macro_rules! levels {
    ($($(#[doc = $doc:literal])+ $level:ident,)+) => {
        /// How tightly an expression binds, loosest first, after the Python grammar.
        ///
        /// <https://docs.python.org/3/reference/expressions.html#operator-precedence>
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Precedence { $($(#[doc = $doc])+ $level),+ }

        impl Precedence {
            const LEVELS: &'static [Precedence] = &[$(Precedence::$level),+];
        }
    };
}

levels! {
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
        Precedence::LEVELS.get(self as usize + 1).copied().unwrap_or(Precedence::Atom)
    }
}
