//! The places in ordinary code that are decided before any call is expanded.

use std::rc::Rc;

use rustpython_ast as ast;
use rustpython_ast::{AnyNodeRef, ExprContext, Stmt};
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use crate::expand::layout::CallSurroundings;
use crate::expand::program::{
    Entity, Module, Resolver, branch_statements, holds_compile_time, is_decided,
};
use crate::python::meta::MetaName;
use crate::scope::ScopeId;
use crate::syntax::{Descent, blocks, is_text, walk_path};

/// A place.
pub(crate) struct ControlFlowSite<'m> {
    pub range: TextRange,
    pub kind: Construct<'m>,
    /// The block that holds the statement, and its index there.
    pub block: Option<(Block<'m>, usize)>,
}

impl ControlFlowSite<'_> {
    /// Whether it is a reason to write the text anew.
    pub(crate) fn is_active(&self) -> bool {
        !matches!(
            self.kind,
            Construct::Comptime(..)
                | Construct::FunctionStart(..)
                | Construct::Declaration
                | Construct::Name(..)
        )
    }
}

/// A list of statements.
#[derive(Clone, Copy)]
pub(crate) struct Block<'m> {
    pub statements: &'m [Stmt],
    pub kind: BlockKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlockKind {
    Module,
    /// The body of a function or class: a string at its head is its docstring.
    Body,
    Other,
}

impl Block<'_> {
    pub(crate) fn is(&self, statements: &[Stmt]) -> bool {
        std::ptr::eq(self.statements, statements)
    }
}

/// The tests of an `if` statement that are decided.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tests {
    /// Those that are marked by `comptime`.
    Marked,
    /// All that are known.
    Known,
}

/// Which branches at the top level are decided, besides those that are marked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decided {
    /// Those with something of compile time in them, which the output can't have.
    WithCompileTime,
    /// All of which the ways are known: it is asked what the module has once it has run.
    All,
}

pub(crate) enum Construct<'m> {
    If(&'m ast::StmtIf, Tests),
    /// A `try` statement whose body surely runs to its end.
    Try(&'m ast::StmtTry),
    While(&'m ast::StmtWhile),
    /// A loop over `unroll(…)`.
    Rounds(&'m ast::StmtFor, &'m ast::ExprCall),
    /// The same in an `@unroll` function, which unrolls by itself what it can.
    Unmarked(&'m ast::ExprCall),
    /// `break` and `continue`, of the loop over `unroll(…)` at this place.
    Leaving(Leaving, TextRange),
    /// `global` and `nonlocal`.
    Declaration,
    /// Before the first statement of a function.
    FunctionStart(ScopeId),
    Conditional(&'m ast::ExprIf),
    Comptime(&'m ast::ExprCall, Box<CallSurroundings<'m>>),
    Name(&'m ast::ExprName, Box<Reading<'m>>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leaving {
    Break,
    Continue,
}

/// Where a name is read.
pub(crate) struct Reading<'m> {
    pub place: CallSurroundings<'m>,
    pub spot: ReadingSpot,
}

/// What a constant would have to be to stand there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReadingSpot {
    Any,
    /// In an f-string.
    String,
    /// Beside `is`.
    Identity,
    /// Before `[`.
    Indexed,
    /// Before `(`, as a statement, in a pattern, where the text of the code is shown.
    Never,
}

/// The sites of the module, those around others first. Those from `limit` on are left out,
/// but for what is in others.
pub(crate) fn control_flow_sites<'m>(
    resolver: &Resolver<'_>,
    module: &'m Rc<Module>,
    limit: Option<TextSize>,
    decided: Decided,
) -> Vec<ControlFlowSite<'m>> {
    let mut blocks = Statements {
        resolver,
        module,
        found: Vec::new(),
        loops: Vec::new(),
        unroll: false,
        decided: branches(resolver, module, decided),
    };
    blocks.block(&module.syntax.body, BlockKind::Module);
    let Statements { found, .. } = blocks;
    let targets = targets(&found);
    let mut names = Expressions { resolver, module, found, targets };
    walk_path(&module.syntax.body, |around, node| names.enter(around, node));
    let mut found = names.found;
    found.sort_by_key(|site| {
        let is_other = !matches!(site.kind, Construct::FunctionStart(_));
        (site.range.start(), is_other, std::cmp::Reverse(site.range.end()))
    });
    if let Some(mut limit) = limit {
        found.retain(|site| {
            let is_before = site.range.start() < limit;
            if is_before && site.is_active() {
                limit = limit.max(site.range.end());
            }
            is_before
        });
    }
    if found.iter().any(ControlFlowSite::is_active) { found } else { Vec::new() }
}

/// Those that decide what there is at the top level of the module.
pub(crate) fn top_level_branches<'m>(
    resolver: &Resolver<'_>,
    module: &'m Rc<Module>,
) -> Vec<ControlFlowSite<'m>> {
    let branches = branch_statements(&module.syntax.body);
    if branches.is_empty() {
        return Vec::new();
    }
    let mut sites = control_flow_sites(resolver, module, None, Decided::All);
    sites.retain(|site| {
        let is_branch = branches.iter().any(|stmt| stmt.range() == site.range);
        matches!(site.kind, Construct::If(..) | Construct::Try(_)) && is_branch
    });
    sites
}

/// The branches at the top level that are decided without being marked.
fn branches(resolver: &Resolver<'_>, module: &Rc<Module>, decided: Decided) -> Vec<TextRange> {
    let is_wanted = |stmt: &&Stmt| {
        let is_wanted = decided == Decided::All || holds_compile_time(resolver, module, stmt);
        is_wanted && is_decided(resolver, module, stmt)
    };
    let statements = branch_statements(&module.syntax.body).into_iter();
    statements.filter(is_wanted).map(|stmt| stmt.range()).collect()
}

/// The names that loops over `unroll(…)` bind.
fn targets(sites: &[ControlFlowSite<'_>]) -> Vec<String> {
    let mut names = Vec::new();
    for site in sites {
        if let Construct::Rounds(stmt, _) = site.kind {
            crate::scope::assigned_names(&*stmt.target, &mut names);
        }
    }
    names.iter().map(ToString::to_string).collect()
}

struct Statements<'e, 'p, 'm> {
    resolver: &'e Resolver<'p>,
    module: &'m Rc<Module>,
    found: Vec<ControlFlowSite<'m>>,
    /// The loops around, by their places if they are over `unroll(…)`.
    loops: Vec<Option<TextRange>>,
    /// Whether this is the body of an `@unroll` function.
    unroll: bool,
    /// Statements that are decided without being marked.
    decided: Vec<TextRange>,
}

impl<'m> Statements<'_, '_, 'm> {
    fn block(&mut self, statements: &'m [Stmt], kind: BlockKind) {
        for (index, stmt) in statements.iter().enumerate() {
            let block = Block { statements, kind };
            match self.kind_of(stmt) {
                Some(kind @ Construct::Unmarked(call)) => {
                    self.found.push(ControlFlowSite { range: call.range, kind, block: None });
                }
                Some(kind) => {
                    let range = stmt.range();
                    self.found.push(ControlFlowSite { range, kind, block: Some((block, index)) });
                }
                None => {}
            }
            self.below(stmt, kind);
        }
    }

    fn kind_of(&mut self, stmt: &'m Stmt) -> Option<Construct<'m>> {
        let module = self.module;
        match stmt {
            Stmt::If(s) => {
                let clauses = s.elif_else_clauses.iter().filter_map(|clause| clause.test.as_ref());
                let mut tests = std::iter::once(&*s.test).chain(clauses);
                let is_marked = tests.any(|test| {
                    self.resolver.meta_call(module, test, MetaName::Comptime).is_some()
                });
                match self.decided.contains(&s.range) {
                    true => Some(Construct::If(s, Tests::Known)),
                    false => is_marked.then_some(Construct::If(s, Tests::Marked)),
                }
            }
            Stmt::Try(s) if self.decided.contains(&s.range) => Some(Construct::Try(s)),
            Stmt::While(s) => self
                .resolver
                .meta_call(module, &s.test, MetaName::Comptime)
                .map(|_| Construct::While(s)),
            Stmt::For(s) if !s.is_async => {
                let call = self.resolver.meta_call(module, &s.iter, MetaName::Unroll)?;
                Some(if self.unroll {
                    Construct::Unmarked(call)
                } else {
                    Construct::Rounds(s, call)
                })
            }
            Stmt::Break(_) => {
                let own = self.loops.last().copied().flatten();
                own.map(|own| Construct::Leaving(Leaving::Break, own))
            }
            Stmt::Continue(_) => {
                let own = self.loops.last().copied().flatten();
                own.map(|own| Construct::Leaving(Leaving::Continue, own))
            }
            Stmt::Global(_) | Stmt::Nonlocal(_) => Some(Construct::Declaration),
            _ => None,
        }
    }

    fn below(&mut self, stmt: &'m Stmt, kind: BlockKind) {
        let is_top = kind == BlockKind::Module;
        match stmt {
            Stmt::For(_) | Stmt::While(_) => {
                let (body, orelse) = match stmt {
                    Stmt::For(s) => (&s.body, &s.orelse),
                    Stmt::While(s) => (&s.body, &s.orelse),
                    _ => return,
                };
                let unrolled = self.found.last().is_some_and(|site| {
                    site.range == stmt.range() && matches!(site.kind, Construct::Rounds(..))
                });
                self.loops.push(unrolled.then(|| stmt.range()));
                self.block(body, BlockKind::Other);
                self.loops.pop();
                self.block(orelse, BlockKind::Other);
            }
            Stmt::FunctionDef(def) => {
                let decoration = self.resolver.decoration(self.module, &def.decorator_list);
                if is_top && self.resolver.is_of_compile_time(self.module, def) {
                    return;
                }
                let unroll = std::mem::replace(&mut self.unroll, decoration.is_some());
                let loops = std::mem::take(&mut self.loops);
                self.function_start(def);
                self.block(&def.body, BlockKind::Body);
                (self.unroll, self.loops) = (unroll, loops);
            }
            Stmt::ClassDef(class) => {
                let decoration = self.resolver.decoration(self.module, &class.decorator_list);
                if is_top && decoration.is_some() {
                    return;
                }
                let loops = std::mem::take(&mut self.loops);
                self.block(&class.body, BlockKind::Body);
                self.loops = loops;
            }
            _ => blocks(stmt).into_iter().for_each(|block| self.block(block, BlockKind::Other)),
        }
    }

    fn function_start(&mut self, def: &'m ast::StmtFunctionDef) {
        let documented = def.body.first().is_some_and(is_text);
        let first = def.body.get(usize::from(documented)).or(def.body.first());
        if let (Some(first), Some(scope)) = (first, self.module.scopes.scope_of(def.range)) {
            let range = TextRange::empty(first.start());
            let kind = Construct::FunctionStart(scope);
            self.found.push(ControlFlowSite { range, kind, block: None });
        }
    }
}

struct Expressions<'e, 'p, 'm> {
    resolver: &'e Resolver<'p>,
    module: &'m Rc<Module>,
    found: Vec<ControlFlowSite<'m>>,
    targets: Vec<String>,
}

impl<'m> Expressions<'_, '_, 'm> {
    fn add(&mut self, range: TextRange, kind: Construct<'m>) {
        self.found.push(ControlFlowSite { range, kind, block: None });
    }

    fn enter(&mut self, around: &[AnyNodeRef<'m>], node: AnyNodeRef<'m>) -> Descent {
        match node {
            AnyNodeRef::StmtFunctionDef(def)
                if around.is_empty() && self.resolver.is_of_compile_time(self.module, def) =>
            {
                return Descent::Skip;
            }
            AnyNodeRef::StmtClassDef(class)
                if around.is_empty()
                    && self.resolver.decoration(self.module, &class.decorator_list).is_some() =>
            {
                return Descent::Skip;
            }
            AnyNodeRef::ExprIf(e)
                if self.resolver.meta_call(self.module, &e.test, MetaName::Comptime).is_some() =>
            {
                self.add(e.range, Construct::Conditional(e));
            }
            AnyNodeRef::ExprCall(call) => {
                let entity = self.resolver.entity_of(self.module, &call.func);
                if entity.is_some_and(|entity: Entity| entity.is_meta(MetaName::Comptime)) {
                    let place = Box::new(CallSurroundings::of(around, call.range));
                    self.add(call.range, Construct::Comptime(call, place));
                }
            }
            AnyNodeRef::ExprName(name)
                if name.ctx == ExprContext::Load && self.targets.contains(&name.id.to_string()) =>
            {
                let place = CallSurroundings::of(around, name.range);
                let reading = Reading { place, spot: reading_spot(around, name.range) };
                self.add(name.range, Construct::Name(name, Box::new(reading)));
            }
            _ => {}
        }
        Descent::Traverse
    }
}

/// What a constant would have to be to stand where the `name` is read.
fn reading_spot(around: &[AnyNodeRef<'_>], name: TextRange) -> ReadingSpot {
    let in_pattern = |node: &AnyNodeRef<'_>| node.is_pattern();
    let in_template = |node: &AnyNodeRef<'_>| matches!(node, AnyNodeRef::TString(_));
    let shown = |node: &AnyNodeRef<'_>| matches!(node, AnyNodeRef::InterpolatedElement(field) if field.debug_text.is_some());
    let is_hidden = |node| in_pattern(node) || in_template(node) || shown(node);
    if around.iter().any(is_hidden) {
        return ReadingSpot::Never;
    }
    let in_string = around.iter().any(|n| matches!(n, AnyNodeRef::FString(_)));
    match around.last() {
        Some(AnyNodeRef::StmtExpr(_) | AnyNodeRef::StmtAssert(_)) => ReadingSpot::Never,
        Some(AnyNodeRef::ExprCall(call)) if call.func.range() == name => ReadingSpot::Never,
        Some(AnyNodeRef::ExprSubscript(e)) if e.value.range() == name => ReadingSpot::Indexed,
        Some(AnyNodeRef::ExprCompare(e))
            if e.ops.iter().any(|op| matches!(op, ast::CmpOp::Is | ast::CmpOp::IsNot)) =>
        {
            ReadingSpot::Identity
        }
        _ if in_string => ReadingSpot::String,
        _ => ReadingSpot::Any,
    }
}
