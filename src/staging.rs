//! Rewrites the compile-time part of a module so that a plain Python can run it as a stage.
//!
//! Most of staging needs no rewriting: a value that only the running program knows is an object
//! whose operators record code. This floor marks what operators can't see:
//!
//! ```text
//! uneval(x * 2)          __uneval_quote__(0, x)            a template of code with holes
//! table[k]  (a global)   __uneval_reference__(1)[k]        a name of the running program
//! len(x)                 __uneval_builtin__(2)(x)          runs now, or is left, as x has it
//! not x     a < b < c    __uneval_not__(x)  __uneval_chain__(LT, a, b, LT, lambda: c)
//! s % x     x += y       __uneval_modulo__(s, x)     x = __uneval_augmented__(PLUS, x, y)
//! x.__class__            __uneval_attribute__(x, "__class__")
//! t[k]      s.join(x)    __uneval_item__(t, k)       __uneval_method__(s, "join")(x)
//! f"{x!r}"  [*a, b]      __uneval_fstring__(3, …)    __uneval_display__(LIST, …)
//! while c: …             while c: __uneval_tick__(); …     the step limit
//! with x: …              with __uneval_static__(x): …      what has to be known now
//! match x: …             match __uneval_matched__(x): …    likewise
//! except E: …            except E: __uneval_caught__(); …  a run-time value's own TypeError
//! lambda: x              __uneval_closure__(4, lambda: (x,), lambda: x)      its source, if it is wanted
//! [a for a in x]         __uneval_comprehension__(5, …, x, lambda xs: [a for a in xs])
//! ```
//!
//! Ranges of the original are kept, so tracebacks and findings point at what the user wrote.
//! Knows syntax and scopes; which names belong to compile time it asks [`Names`].

mod form;

mod quote;

mod closure;

mod rewrite;

#[cfg(test)]
mod tests;

use rustpython_ast::{Expr, ExprAttribute};
use rustpython_text_size::TextRange;

use crate::codenode::{Name, Node};
use crate::scope::{ScopeId, Scopes, Use};
use crate::source::FileId;
use crate::syntax::Layout;

pub(crate) use rewrite::{
    StagingReport, branches, stage_expression, stage_statement, stage_unrolled,
};

/// The names under which the host's hooks are reached from rewritten code.
pub(crate) mod hook {
    pub(crate) const QUOTE: &str = "__uneval_quote__";
    pub(crate) const RUN: &str = "__uneval_run__";
    pub(crate) const REFERENCE: &str = "__uneval_reference__";
    pub(crate) const BUILTIN: &str = "__uneval_builtin__";
    pub(crate) const NOT: &str = "__uneval_not__";
    pub(crate) const TICK: &str = "__uneval_tick__";
    pub(crate) const STATIC: &str = "__uneval_static__";
    pub(crate) const MATCHED: &str = "__uneval_matched__";
    pub(crate) const CAUGHT: &str = "__uneval_caught__";
    pub(crate) const COMPARE: &str = "__uneval_compare__";
    pub(crate) const CHAIN: &str = "__uneval_chain__";
    pub(crate) const ITEM: &str = "__uneval_item__";
    pub(crate) const SLICE: &str = "__uneval_slice__";
    pub(crate) const ITERATED: &str = "__uneval_iterated__";
    pub(crate) const MODULO: &str = "__uneval_modulo__";
    pub(crate) const AUGMENTED: &str = "__uneval_augmented__";
    pub(crate) const NAMED: &str = "__uneval_named__";
    pub(crate) const METHOD: &str = "__uneval_method__";
    pub(crate) const ATTRIBUTE: &str = "__uneval_attribute__";
    pub(crate) const FIELD: &str = "__uneval_field__";
    pub(crate) const FSTRING: &str = "__uneval_fstring__";
    pub(crate) const STAR: &str = "__uneval_star__";
    pub(crate) const DOUBLESTAR: &str = "__uneval_double_star__";
    pub(crate) const KEYWORD: &str = "__uneval_keyword__";
    pub(crate) const PAIR: &str = "__uneval_pair__";
    pub(crate) const CALL: &str = "__uneval_call__";
    pub(crate) const UNPACK: &str = "__uneval_unpack__";
    pub(crate) const CODE: &str = "__uneval_code__";
    pub(crate) const AND: &str = "__uneval_and__";
    pub(crate) const OR: &str = "__uneval_or__";
    pub(crate) const IF: &str = "__uneval_if__";
    pub(crate) const DISPLAY: &str = "__uneval_display__";
    pub(crate) const CLOSURE: &str = "__uneval_closure__";
    pub(crate) const COMPREHENSION: &str = "__uneval_comprehension__";
}

/// The attributes that code of the standard library asks of any object, which a run-time value therefore
/// refuses to have: by a hook, staged code has the program's.
pub(crate) const GUARDED_ATTRIBUTES: [&str; 6] =
    ["__class__", "__copy__", "__deepcopy__", "__reduce__", "__reduce_ex__", "__getstate__"];

/// What an expression of compile-time code denotes, as far as staging cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Special {
    /// The `uneval` pseudo-function.
    Uneval,
    /// `comptime(…)`: in compile-time code, its argument.
    Comptime,
    /// `with quote as tree:`.
    Quote,
    /// `for x in unroll(…)`, in quoted code.
    Unroll,
}

/// What is asked about the names of the module being staged.
pub(crate) trait Names {
    /// Which results of builtins the code computes.
    fn results(&self) -> Results;

    /// Whether the name, bound at module level or nowhere, exists at compile time.
    fn is_compile_time(&self, name: &Use) -> bool;

    /// Whether the name is a module-level import that also works at compile time. In a
    /// `@comptime` definition it is that import; in a macro it is the running program's.
    fn is_importable(&self, name: &Use) -> bool;

    /// Whether a name or attribute is one of the compile-time functions that staging handles.
    fn special(&self, expr: &Expr) -> Option<Special>;

    /// The hidden global that stands for `module.name` when that is a compile-time name of
    /// another module.
    fn member(&self, attribute: &ExprAttribute) -> Option<String>;

    /// The macro that a name or attribute denotes: its module and its name there.
    fn macro_at(&self, expr: &Expr) -> Option<(FileId, Name)>;
}

/// Which results of builtins are computed at compile time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Results {
    /// Those that are the same in each process, and on each Python.
    Exact,
    /// All.
    Any,
}

/// What becomes of a variable with two definitions, of which a condition chooses one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Branches {
    /// It is a VAR.
    Cut,
    /// It is an IF.
    Followed,
}

/// What stands at a hole of a quotation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Hole {
    /// A parameter of the macro: its argument's tree.
    Parameter(Name, Branches),
    /// Any other compile-time value: the tree it is, or a constant.
    Value,
    /// What quoted code binds: the tree that a variable holds, or a name chosen on purpose. The
    /// variable may be a parameter.
    Target(Name),
    /// `*trees` in a call or display.
    Spread,
    /// A statement by itself: a tree, or a list of them. It may be a parameter's.
    Statements(Option<Name>),
    /// The body of a loop, once for each tuple of values of its own holes.
    Rounds(Box<Template>),
    /// The elements of `*unroll(…)`, likewise.
    Elements(Box<Template>),
    /// One of these, by its number and the values of its own holes.
    Choice(Vec<Template>),
}

/// The number of a quotation in its template for the variables of scopes that are quoted as a whole.
/// Those that follow are of scopes of compile-time code, whose quotations have them in common: the
/// scopes in the order in which the quotation has their numbers.
pub(crate) const OWN: u32 = 0;

/// A quotation: code whose TEMPORARY leaves number the holes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Template {
    pub code: Node,
    pub holes: Vec<Hole>,
}

impl Default for Template {
    fn default() -> Self {
        Template { code: Node::block(Vec::new()), holes: Vec::new() }
    }
}

/// The source of a function, comprehension or generator of compile-time code: code whose TEMPORARY leaves
/// number the holes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Closure {
    pub code: Node,
    pub holes: Vec<ClosureHole>,
}

/// What stands at a hole of a closure's source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ClosureHole {
    /// A variable of the code around it, by its name.
    Captured(Name),
    /// The default value of a parameter, by its place among those of positional parameters.
    Default(usize),
    /// That of a keyword-only parameter, by its name.
    KeywordDefault(Name),
    /// What a comprehension or generator goes through first.
    Iterable,
}

/// What rewritten code refers to by number. It grows with each module that is staged.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tables {
    pub templates: Vec<Template>,
    pub closures: Vec<Closure>,
    /// VAR nodes: names of the running program.
    pub references: Vec<Node>,
    /// Names of builtins, and whose code calls them.
    pub builtins: Vec<(String, Results)>,
    /// Blocks in which an exception of the running program would be caught: nothing may be left
    /// for run time from inside of them.
    pub guarded: Vec<(FileId, TextRange)>,
    /// Assignments to items and attributes: the statement, and in it the target.
    pub targets: Vec<(FileId, TextRange, TextRange)>,
}

/// Something that compile-time code may not do.
#[derive(Clone, Debug)]
pub(crate) struct Misuse {
    pub kind: MisuseKind,
    pub range: TextRange,
}

/// What was done wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum MisuseKind {
    /// `uneval` with other than one plain argument.
    UnevalArguments,
    /// A loop in quoted code that can't be unrolled.
    UnrolledExits,
    /// `quote` in another place than `with quote as tree:` of a macro.
    QuoteForm,
    /// `global name` for a name of the running program.
    GlobalOfTheProgram(String),
}

/// The module whose code is rewritten.
#[derive(Clone, Copy)]
pub(crate) struct Site<'a> {
    pub file: FileId,
    pub text: &'a str,
    pub layout: &'a Layout,
    pub scopes: &'a Scopes,
    pub names: &'a dyn Names,
    /// The compile-time code: only variables bound in here exist when it runs.
    pub code: TextRange,
    /// The scope of the macro that is rewritten, if it is one.
    pub function: Option<ScopeId>,
    /// Its `*` and `**` parameters, which hold several arguments: containers of the macro.
    pub rest: &'a [Name],
}
