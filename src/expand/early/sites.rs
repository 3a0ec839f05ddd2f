//! The places in ordinary code that are decided before any call is expanded.

use std::rc::Rc;

use rustpython_ast::visitor::source_order::{SourceOrderVisitor, TraversalSignal};
use rustpython_ast::visitor::{Visitor, walk_stmt};
use rustpython_ast::{self as ast, AnyNodeRef, Expr, ExprContext, Stmt};
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use crate::diagnostic::Code;
use crate::expand::Expander;
use crate::expand::entity::{Decoration, Entity};
use crate::expand::place::Place;
use crate::expand::project::Module;
use crate::scope::ScopeId;

/// A place.
pub(super) struct Site<'m> {
    pub range: TextRange,
    pub kind: Kind<'m>,
    /// The block that holds the statement, and its index there.
    pub block: Option<(Block<'m>, usize)>,
}

impl Site<'_> {
    /// Whether it is a reason to write the text anew.
    pub fn is_active(&self) -> bool {
        !matches!(
            self.kind,
            Kind::Comptime(..) | Kind::FunctionStart(..) | Kind::Declaration | Kind::Name(..)
        )
    }
}

/// A list of statements.
#[derive(Clone, Copy)]
pub(super) struct Block<'m> {
    pub statements: &'m [Stmt],
    pub kind: BlockKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockKind {
    Module,
    /// The body of a function or class: a string at its head is its docstring.
    Body,
    Other,
}

impl Block<'_> {
    pub fn is(&self, statements: &[Stmt]) -> bool {
        std::ptr::eq(self.statements, statements)
    }
}

pub(super) enum Kind<'m> {
    If(&'m ast::StmtIf),
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
    Comptime(&'m ast::ExprCall, Box<Place<'m>>),
    Name(&'m ast::ExprName, Box<Reading<'m>>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaving {
    Break,
    Continue,
}

/// Where a name is read.
pub(super) struct Reading<'m> {
    pub place: Place<'m>,
    pub spot: Spot,
}

/// What a constant would have to be to stand there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
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

impl Expander<'_> {
    /// The sites of the module, those around others first. Those from `limit` on are left out,
    /// but for what is in others.
    pub(super) fn early_sites<'m>(
        &mut self,
        module: &'m Rc<Module>,
        limit: Option<TextSize>,
    ) -> Vec<Site<'m>> {
        let before = self.findings.len();
        let mut blocks = Statements {
            expander: self,
            module,
            found: Vec::new(),
            loops: Vec::new(),
            unroll: false,
        };
        blocks.block(&module.syntax.body, BlockKind::Module);
        let Statements { found, .. } = blocks;
        let targets = targets(&found);
        let mut names =
            Expressions { expander: self, module, found, targets, ancestors: Vec::new() };
        for stmt in &module.syntax.body {
            names.visit_stmt(stmt);
        }
        let mut found = names.found;
        // Which of its meanings a name has may be decided by a branch yet.
        let mut index = 0;
        self.findings.retain(|finding| {
            index += 1;
            index <= before || finding.code != Code::AmbiguousMacro
        });
        found.sort_by_key(|site| {
            let is_other = !matches!(site.kind, Kind::FunctionStart(_));
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
        if found.iter().any(Site::is_active) { found } else { Vec::new() }
    }

    /// Those that decide what there is at the top level of the module.
    pub(super) fn early_branches<'m>(&mut self, module: &'m Rc<Module>) -> Vec<Site<'m>> {
        let mut branches = Vec::new();
        top_branches(&module.syntax.body, &mut branches);
        if branches.is_empty() {
            return Vec::new();
        }
        let mut sites = self.early_sites(module, None);
        sites.retain(|site| matches!(site.kind, Kind::If(_)) && branches.contains(&site.range));
        sites
    }

    /// The call, if `expr` is one of the compile-time function `name`.
    pub(super) fn call_of<'m>(
        &mut self,
        module: &Rc<Module>,
        expr: &'m Expr,
        name: &str,
    ) -> Option<&'m ast::ExprCall> {
        let Expr::Call(call) = expr else { return None };
        let entity = self.entity_of(module, &call.func)?;
        entity.is_meta(name).then_some(call)
    }
}

/// Every `if` statement outside of definitions and loops.
fn top_branches(block: &[Stmt], found: &mut Vec<TextRange>) {
    for stmt in block {
        if let Stmt::If(s) = stmt {
            found.push(s.range);
            top_branches(&s.body, found);
            s.elif_else_clauses.iter().for_each(|clause| top_branches(&clause.body, found));
        }
    }
}

/// The names that loops over `unroll(…)` bind.
fn targets(sites: &[Site<'_>]) -> Vec<String> {
    let mut names = Vec::new();
    for site in sites {
        if let Kind::Rounds(stmt, _) = site.kind {
            crate::scope::names_assigned_in(&stmt.target, &mut names);
        }
    }
    names.iter().map(ToString::to_string).collect()
}

struct Statements<'e, 'p, 'm> {
    expander: &'e mut Expander<'p>,
    module: &'m Rc<Module>,
    found: Vec<Site<'m>>,
    /// The loops around, by their places if they are over `unroll(…)`.
    loops: Vec<Option<TextRange>>,
    /// Whether this is the body of an `@unroll` function.
    unroll: bool,
}

impl<'m> Statements<'_, '_, 'm> {
    fn block(&mut self, statements: &'m [Stmt], kind: BlockKind) {
        for (index, stmt) in statements.iter().enumerate() {
            let block = Block { statements, kind };
            match self.kind_of(stmt) {
                Some(kind @ Kind::Unmarked(call)) => {
                    self.found.push(Site { range: call.range, kind, block: None });
                }
                Some(kind) => {
                    let range = stmt.range();
                    self.found.push(Site { range, kind, block: Some((block, index)) });
                }
                None => {}
            }
            self.below(stmt, kind == BlockKind::Module);
        }
    }

    fn kind_of(&mut self, stmt: &'m Stmt) -> Option<Kind<'m>> {
        let module = self.module;
        match stmt {
            Stmt::If(s) => {
                let clauses = s.elif_else_clauses.iter().filter_map(|clause| clause.test.as_ref());
                let mut tests = std::iter::once(&*s.test).chain(clauses);
                tests
                    .any(|test| self.expander.call_of(module, test, "comptime").is_some())
                    .then_some(Kind::If(s))
            }
            Stmt::While(s) => {
                self.expander.call_of(module, &s.test, "comptime").map(|_| Kind::While(s))
            }
            Stmt::For(s) if !s.is_async => {
                let call = self.expander.call_of(module, &s.iter, "unroll")?;
                Some(if self.unroll { Kind::Unmarked(call) } else { Kind::Rounds(s, call) })
            }
            Stmt::Break(_) => {
                let own = self.loops.last().copied().flatten();
                own.map(|own| Kind::Leaving(Leaving::Break, own))
            }
            Stmt::Continue(_) => {
                let own = self.loops.last().copied().flatten();
                own.map(|own| Kind::Leaving(Leaving::Continue, own))
            }
            Stmt::Global(_) | Stmt::Nonlocal(_) => Some(Kind::Declaration),
            _ => None,
        }
    }

    fn below(&mut self, stmt: &'m Stmt, is_top: bool) {
        match stmt {
            Stmt::For(_) | Stmt::While(_) => {
                let (body, orelse) = match stmt {
                    Stmt::For(s) => (&s.body, &s.orelse),
                    Stmt::While(s) => (&s.body, &s.orelse),
                    _ => return,
                };
                let unrolled = self.found.last().is_some_and(|site| {
                    site.range == stmt.range() && matches!(site.kind, Kind::Rounds(..))
                });
                self.loops.push(unrolled.then(|| stmt.range()));
                self.block(body, BlockKind::Other);
                self.loops.pop();
                self.block(orelse, BlockKind::Other);
            }
            Stmt::FunctionDef(def) => {
                let decoration = self.expander.decoration(self.module, &def.decorator_list);
                if decoration.is_some_and(|d| is_top && d != Decoration::Unroll) {
                    return;
                }
                let unroll = std::mem::replace(&mut self.unroll, decoration.is_some());
                let loops = std::mem::take(&mut self.loops);
                self.function_start(def);
                self.block(&def.body, BlockKind::Body);
                (self.unroll, self.loops) = (unroll, loops);
            }
            Stmt::ClassDef(class) => {
                let decoration = self.expander.decoration(self.module, &class.decorator_list);
                if is_top && decoration.is_some() {
                    return;
                }
                let loops = std::mem::take(&mut self.loops);
                self.block(&class.body, BlockKind::Body);
                self.loops = loops;
            }
            _ => walk_stmt(self, stmt),
        }
    }

    fn function_start(&mut self, def: &'m ast::StmtFunctionDef) {
        let is_text =
            |stmt: &&Stmt| matches!(stmt, Stmt::Expr(e) if e.value.is_string_literal_expr());
        let documented = def.body.first().filter(is_text).is_some();
        let first = def.body.get(usize::from(documented)).or(def.body.first());
        if let (Some(first), Some(scope)) = (first, self.module.scopes.scope_of(def.range)) {
            let range = TextRange::empty(first.start());
            let kind = Kind::FunctionStart(scope);
            self.found.push(Site { range, kind, block: None });
        }
    }
}

impl<'m> Visitor<'m> for Statements<'_, '_, 'm> {
    fn visit_body(&mut self, body: &'m [Stmt]) {
        self.block(body, BlockKind::Other);
    }

    fn visit_stmt(&mut self, _: &'m Stmt) {}

    fn visit_expr(&mut self, _: &'m Expr) {}
}

struct Expressions<'e, 'p, 'm> {
    expander: &'e mut Expander<'p>,
    module: &'m Rc<Module>,
    found: Vec<Site<'m>>,
    targets: Vec<String>,
    ancestors: Vec<AnyNodeRef<'m>>,
}

impl<'m> Expressions<'_, '_, 'm> {
    fn add(&mut self, range: TextRange, kind: Kind<'m>) {
        self.found.push(Site { range, kind, block: None });
    }

    fn spot(&self, name: TextRange) -> Spot {
        let in_pattern = |node: &AnyNodeRef<'_>| node.is_pattern();
        let in_template = |node: &AnyNodeRef<'_>| matches!(node, AnyNodeRef::TString(_));
        let shown = |node: &AnyNodeRef<'_>| matches!(node, AnyNodeRef::InterpolatedElement(field) if field.debug_text.is_some());
        let is_hidden = |node| in_pattern(node) || in_template(node) || shown(node);
        if self.ancestors.iter().any(is_hidden) {
            return Spot::Never;
        }
        let in_string = self.ancestors.iter().any(|n| matches!(n, AnyNodeRef::FString(_)));
        match self.ancestors.last() {
            Some(AnyNodeRef::StmtExpr(_) | AnyNodeRef::StmtAssert(_)) => Spot::Never,
            Some(AnyNodeRef::ExprCall(call)) if call.func.range() == name => Spot::Never,
            Some(AnyNodeRef::ExprSubscript(e)) if e.value.range() == name => Spot::Indexed,
            Some(AnyNodeRef::ExprCompare(e))
                if e.ops.iter().any(|op| matches!(op, ast::CmpOp::Is | ast::CmpOp::IsNot)) =>
            {
                Spot::Identity
            }
            _ if in_string => Spot::String,
            _ => Spot::Any,
        }
    }
}

impl<'m> SourceOrderVisitor<'m> for Expressions<'_, '_, 'm> {
    fn enter_node(&mut self, node: AnyNodeRef<'m>) -> TraversalSignal {
        let mut signal = TraversalSignal::Traverse;
        match node {
            AnyNodeRef::StmtFunctionDef(def) if self.ancestors.is_empty() => {
                let decoration = self.expander.decoration(self.module, &def.decorator_list);
                if decoration.is_some_and(|d| d != Decoration::Unroll) {
                    signal = TraversalSignal::Skip;
                }
            }
            AnyNodeRef::StmtClassDef(class)
                if self.ancestors.is_empty()
                    && self.expander.decoration(self.module, &class.decorator_list).is_some() =>
            {
                signal = TraversalSignal::Skip;
            }
            AnyNodeRef::ExprIf(e)
                if self.expander.call_of(self.module, &e.test, "comptime").is_some() =>
            {
                self.add(e.range, Kind::Conditional(e));
            }
            AnyNodeRef::ExprCall(call) => {
                let entity = self.expander.entity_of(self.module, &call.func);
                if entity.is_some_and(|entity: Entity| entity.is_meta("comptime")) {
                    let place = Box::new(Place::of(&self.ancestors, call.range));
                    self.add(call.range, Kind::Comptime(call, place));
                }
            }
            AnyNodeRef::ExprName(name)
                if name.ctx == ExprContext::Load && self.targets.contains(&name.id.to_string()) =>
            {
                let place = Place::of(&self.ancestors, name.range);
                let reading = Reading { place, spot: self.spot(name.range) };
                self.add(name.range, Kind::Name(name, Box::new(reading)));
            }
            _ => {}
        }
        self.ancestors.push(node);
        signal
    }

    fn leave_node(&mut self, _: AnyNodeRef<'m>) {
        self.ancestors.pop();
    }
}
