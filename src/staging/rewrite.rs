//! The rewriting itself: a walk over a copy of the syntax tree.

mod operators;

mod spread;

mod parts;

mod formatted;

mod closures;

mod unrolled;

#[cfg(test)]
mod tests;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use rustpython_ast::visitor::transformer::{Transformer, walk_comprehension, walk_expr, walk_stmt};
use rustpython_ast::{self as ast, Expr, ExprContext, Stmt, UnaryOp};
use rustpython_text_size::{Ranged, TextRange};

use super::form::{is_worth_a_name, statement, tick};
use super::quote::{Quotation, QuotedBlocks};
use super::{Branches, GUARDED_ATTRIBUTES, Misuse, MisuseKind, Site, Special, Tables, hook, quote};
use crate::codenode::{Loc, Node, Origin};
use crate::python::builtins::{BindingTime, BuiltinKind};
use crate::scope::{Place, ScopeId, ScopeKind};
use crate::syntax::build::{self, call, integer, loaded, none};
use crate::syntax::is_text;

pub(crate) use unrolled::stage_unrolled;

/// What a rewriting found.
#[derive(Clone, Debug, Default)]
pub(crate) struct StagingReport {
    /// The parameters of the macro that it takes as code somewhere.
    pub unevaled: BTreeSet<String>,
    pub misuses: Vec<Misuse>,
}

/// Rewrites a statement of compile-time code: a macro, a `@comptime` definition or constant.
pub(crate) fn stage_statement(
    site: Site<'_>,
    tables: &mut Tables,
    stmt: &mut Stmt,
) -> StagingReport {
    let blocks = QuotedBlocks::of(&site, std::slice::from_ref(stmt));
    let rewriter = Rewriter { blocks, ..Rewriter::new(site, tables) };
    for range in &rewriter.blocks.refused {
        rewriter.misuse(MisuseKind::UnrolledExits, *range);
    }
    rewriter.visit_stmt(stmt);
    rewriter.finish()
}

/// Rewrites an expression of compile-time code.
pub(crate) fn stage_expression(
    site: Site<'_>,
    tables: &mut Tables,
    expr: &mut Expr,
) -> StagingReport {
    let rewriter = Rewriter::new(site, tables);
    rewriter.visit_expr(expr);
    rewriter.finish()
}

pub(super) struct Rewriter<'a> {
    pub site: Site<'a>,
    pub tables: RefCell<&'a mut Tables>,
    /// Whether what is rewritten stands in a class body, whose names no function sees.
    pub in_class: Cell<bool>,
    /// Whether decisions on run-time values stay in the program.
    pub keeps_decisions: Cell<bool>,
    pub blocks: QuotedBlocks,
    /// The functions whose runs have to be told apart.
    pub runs: RefCell<BTreeSet<ScopeId>>,
    pub found: RefCell<StagingReport>,
}

impl<'a> Rewriter<'a> {
    pub(super) fn new(site: Site<'a>, tables: &'a mut Tables) -> Self {
        Rewriter {
            site,
            tables: RefCell::new(tables),
            in_class: Cell::default(),
            keeps_decisions: Cell::default(),
            blocks: QuotedBlocks::default(),
            runs: RefCell::default(),
            found: RefCell::default(),
        }
    }

    pub(super) fn finish(self) -> StagingReport {
        self.found.into_inner()
    }

    fn misuse(&self, kind: MisuseKind, range: TextRange) {
        self.found.borrow_mut().misuses.push(Misuse { kind, range });
    }

    /// Puts `node` into the references and gives the expression that fetches it.
    fn reference(&self, name: &str, origin: Origin, range: TextRange) -> Expr {
        let loc = Some(Loc { file: self.site.file, range });
        let mut tables = self.tables.borrow_mut();
        tables.references.push(Node::var(name, origin).with_loc(loc));
        call(hook::REFERENCE, vec![integer(tables.references.len() - 1, range)], range)
    }

    /// A name that is read: a local, a compile-time name, a builtin or a name of the program.
    fn name(&self, name: &ast::ExprName) -> Option<Expr> {
        let used = self.site.scopes.use_at(name.range.start())?;
        if used.name != name.id {
            // A hook that took the place of the name.
            return None;
        }
        let place = self.site.scopes.resolve(used);
        if self.site.names.is_compile_time(used) || self.site.names.is_importable(used) {
            return None;
        }
        if let Place::Bound(scope) = place
            && scope != ScopeId::MODULE
        {
            let own = self.site.code.contains_range(self.site.scopes.range(scope));
            return (!own).then(|| self.reference(&name.id, Origin::Site, name.range));
        }
        let Some(builtin) = self.site.scopes.builtin(used) else {
            return Some(self.reference(&name.id, Origin::Module(self.site.file), name.range));
        };
        let reads_frame = self.site.scopes.frame_read(used).is_some();
        match (builtin.time, builtin.kind) {
            // A function may be handed on to whatever calls it.
            (BindingTime::Known(_), BuiltinKind::Function) if !reads_frame => {
                Some(self.builtin(builtin.name, name.range))
            }
            (BindingTime::RunTime | BindingTime::Code, _) => {
                Some(self.reference(&name.id, Origin::Builtin, name.range))
            }
            (BindingTime::Known(_) | BindingTime::Now, _) => None,
        }
    }

    /// The name of the builtin that `func` is, if calling it depends on its arguments.
    fn called_builtin(&self, func: &Expr) -> Option<&'static str> {
        let Expr::Name(name) = func else { return None };
        let scopes = self.site.scopes;
        // Not a hook that took the place of the name.
        let used = scopes.use_at(name.range.start()).filter(|used| used.name == name.id)?;
        let builtin = scopes.builtin(used).filter(|_| !self.site.names.is_compile_time(used))?;
        let is_known =
            matches!(builtin.time, BindingTime::Known(_)) && scopes.frame_read(used).is_none();
        is_known.then_some(builtin.name)
    }

    fn call(&self, e: &mut ast::ExprCall) -> Option<Expr> {
        match self.site.names.special(&e.func) {
            Some(Special::Uneval) => return Some(self.uneval(e)),
            Some(Special::Comptime) if e.arguments.keywords.is_empty() => {
                if let [argument] = &mut *e.arguments.args {
                    self.visit_expr(argument);
                    return Some(argument.clone());
                }
            }
            _ => {}
        }
        let builtin = self.called_builtin(&e.func)?;
        *e.func = self.builtin(builtin, e.func.range());
        None
    }

    /// The expression that fetches the staged builtin.
    fn builtin(&self, name: &str, range: TextRange) -> Expr {
        let mut tables = self.tables.borrow_mut();
        let results = self.site.names.results();
        let known = tables.builtins.iter().position(|(known, r)| known == name && *r == results);
        let number = known.unwrap_or_else(|| {
            tables.builtins.push((name.to_owned(), results));
            tables.builtins.len() - 1
        });
        call(hook::BUILTIN, vec![integer(number, range)], range)
    }

    fn uneval(&self, e: &ast::ExprCall) -> Expr {
        let branches = branches(&e.arguments.keywords);
        let (Expr::Name(_) | Expr::Attribute(_), [argument], Some(branches)) =
            (&*e.func, &*e.arguments.args, branches)
        else {
            self.misuse(MisuseKind::UnevalArguments, e.range);
            return none(e.range);
        };
        if argument.is_starred_expr() {
            self.misuse(MisuseKind::UnevalArguments, e.range);
            return none(e.range);
        }
        let quoted = quote::quote(&self.site, &self.blocks, argument, branches);
        self.filled(quoted, e.range)
    }

    /// The expression that makes the tree of a quotation.
    fn filled(&self, quoted: Quotation, range: TextRange) -> Expr {
        let number = self.tables.borrow().templates.len();
        self.tables.borrow_mut().templates.push(quoted.template);
        self.found.borrow_mut().unevaled.extend(quoted.parameters);
        let runs = quoted.runs.iter().map(|scope| self.run_of(*scope, range)).collect();
        let mut arguments = vec![integer(number, range), build::tuple(runs, range)];
        for mut hole in quoted.holes {
            self.visit_expr(&mut hole);
            arguments.push(hole);
        }
        call(hook::QUOTE, arguments, range)
    }

    /// The number of the run of a function of compile-time code, for its quotations' variables.
    fn run_of(&self, scope: ScopeId, range: TextRange) -> Expr {
        let is_function = self.site.scopes.kind(scope) == ScopeKind::Function;
        if !is_function || self.keeps_decisions.get() {
            return none(range);
        }
        self.runs.borrow_mut().insert(scope);
        loaded(&run_name(scope), range)
    }

    /// `with quote as tree: …` as `tree = …`.
    pub(super) fn quotation(&self, with: &ast::StmtWith) -> Option<Stmt> {
        let is_quote =
            |i: &ast::WithItem| self.site.names.special(&i.context_expr) == Some(Special::Quote);
        if !with.items.iter().any(is_quote) {
            return None;
        }
        let place = with.items.first().map_or(with.range, Ranged::range);
        let target = quote::quoted_target(&self.site, with).filter(|_| !with.is_async);
        let Some(target) = target else {
            self.misuse(MisuseKind::QuoteForm, place);
            return Some(tick(with.range));
        };
        let quoted = quote::quote_body(&self.site, &self.blocks, (target, &with.body));
        let mut target = target.clone();
        self.visit_expr(&mut target);
        Some(build::assign(target, self.filled(quoted, place), with.range))
    }

    fn guard(&self, body: &[Stmt]) {
        if let (Some(first), Some(last)) = (body.first(), body.last()) {
            let range = first.range().cover(last.range());
            self.tables.borrow_mut().guarded.push((self.site.file, range));
        }
    }

    fn function(&self, def: &mut ast::StmtFunctionDef) {
        let documented = def.body.first().is_some_and(is_text);
        def.body.insert(usize::from(documented), tick(def.name.range));
        if let Some(scope) = self.site.scopes.scope_of(def.range)
            && self.runs.borrow().contains(&scope)
        {
            let target = build::name(&run_name(scope), ExprContext::Store, def.name.range);
            let run = call(hook::RUN, Vec::new(), def.name.range);
            def.body.insert(usize::from(documented), build::assign(target, run, def.name.range));
        }
        def.returns = None;
        let parameters = &mut *def.parameters;
        let named = [&mut parameters.posonlyargs, &mut parameters.args, &mut parameters.kwonlyargs];
        for parameter in named.into_iter().flatten() {
            parameter.parameter.annotation = None;
        }
        let rest = [&mut parameters.vararg, &mut parameters.kwarg];
        for parameter in rest.into_iter().flatten() {
            parameter.annotation = None;
        }
    }

    /// Remembers where an assignment to an item or attribute stands.
    fn target(&self, stmt: TextRange, targets: &[Expr]) {
        let parts = targets.iter().find(|t| t.is_subscript_expr() || t.is_attribute_expr());
        if let Some(target) = parts {
            let entry = (self.site.file, stmt, target.range());
            self.tables.borrow_mut().targets.push(entry);
        }
    }

    /// The name that a macro gives to a value by `name = value`.
    fn assigned_name(&self, stmt: &Stmt) -> Option<String> {
        let Stmt::Assign(s) = stmt else { return None };
        let [Expr::Name(name)] = &s.targets[..] else { return None };
        let named = self.site.function.is_some() && is_worth_a_name(&s.value);
        named.then(|| name.id.to_string())
    }

    /// `global x` is for compile-time names: a macro can't assign the program's.
    fn global(&self, global: &ast::StmtGlobal) {
        for name in &global.names {
            let uses = self.site.scopes.uses().find(|used| used.name == name.id);
            if let Some(used) = uses
                && !self.site.names.is_compile_time(used)
            {
                let kind = MisuseKind::GlobalOfTheProgram(name.id.to_string());
                self.misuse(kind, global.range);
            }
        }
    }
}

impl Transformer for Rewriter<'_> {
    fn visit_stmt(&self, stmt: &mut Stmt) {
        if let Stmt::With(with) = stmt
            && let Some(quotation) = self.quotation(with)
        {
            *stmt = quotation;
            return;
        }
        match stmt {
            Stmt::Global(global) => self.global(global),
            Stmt::Try(s) => self.guard(&s.body),
            Stmt::With(s) => self.guard(&s.body),
            Stmt::Assign(s) => self.target(s.range, &s.targets),
            Stmt::AugAssign(s) => self.target(s.range, std::slice::from_ref(&s.target)),
            _ => {}
        }
        if let Stmt::AugAssign(s) = stmt {
            if let Some(assignment) = self.augmented(s) {
                *stmt = assignment;
            }
            return;
        }
        let name = self.assigned_name(stmt);
        let source = stmt.as_function_def_stmt().and_then(|def| self.source_of_function(def));
        let outside = self.in_class.get();
        match stmt {
            Stmt::ClassDef(_) => self.in_class.set(true),
            Stmt::FunctionDef(_) => self.in_class.set(false),
            _ => {}
        }
        walk_stmt(self, stmt);
        self.in_class.set(outside);
        match stmt {
            Stmt::With(s) => s.items.iter_mut().for_each(|i| must_be_static(&mut i.context_expr)),
            Stmt::Match(s) if !s.cases.iter().all(|case| case.pattern.is_irrefutable()) => {
                let range = s.subject.range();
                *s.subject = call(hook::MATCHED, vec![(*s.subject).clone()], range);
            }
            Stmt::Try(s) => s.handlers.iter_mut().for_each(|handler| {
                let ast::ExceptHandler::ExceptHandler(handler) = handler;
                handler.body.insert(0, statement(hook::CAUGHT, handler.range));
            }),
            Stmt::Raise(s) => s.exc.iter_mut().for_each(|exc| must_be_static(exc)),
            Stmt::While(s) => s.body.insert(0, tick(s.test.range())),
            Stmt::For(s) => {
                s.body.insert(0, tick(s.target.range()));
                iterated(&mut s.iter);
            }
            Stmt::Assign(s) => {
                if let Some(name) = name {
                    *s.value = self.named(&name, (*s.value).clone());
                }
                if let [target] = &mut s.targets[..]
                    && let Some(unpacked) = unpacked(target, &s.value)
                {
                    *s.value = unpacked;
                }
            }
            Stmt::FunctionDef(def) => {
                self.function(def);
                let place = TextRange::empty(def.range.start());
                def.decorator_list
                    .extend(source.map(|source| self.source_decorator(source, place)));
            }
            _ => {}
        }
    }

    fn visit_comprehension(&self, comprehension: &mut ast::Comprehension) {
        walk_comprehension(self, comprehension);
        iterated(&mut comprehension.iter);
    }

    fn visit_expr(&self, expr: &mut Expr) {
        let replaced = match expr {
            Expr::Name(name) if name.ctx == ExprContext::Load => self.name(name),
            Expr::Attribute(e) if e.ctx == ExprContext::Load => {
                self.site.names.member(e).map(|hidden| loaded(&hidden, e.range))
            }
            Expr::Call(e) => self.call(e),
            Expr::FString(e) => Some(self.fstring(e)),
            _ => None,
        };
        if let Some(new) = replaced {
            *expr = new;
            return;
        }
        let source = self.source_of_expression(expr);
        let outside = self.in_class.get();
        if expr.is_lambda_expr() {
            self.in_class.set(false);
        }
        walk_expr(self, expr);
        self.in_class.set(outside);
        if let Some(source) = source {
            *expr = self.with_source(source, expr.clone());
            return;
        }
        // The parts have been rewritten; now the whole.
        let replaced = match expr {
            Expr::UnaryOp(e) if e.op == UnaryOp::Not => {
                Some(call(hook::NOT, vec![(*e.operand).clone()], e.range))
            }
            Expr::BinOp(e) if e.op == ast::Operator::Mod => {
                let operands = vec![(*e.left).clone(), (*e.right).clone()];
                Some(call(hook::MODULO, operands, e.range))
            }
            Expr::Compare(e) => self.compare(e),
            Expr::Subscript(e) if e.ctx == ExprContext::Load => Some(self.item(e)),
            Expr::Attribute(e) if e.ctx == ExprContext::Load => guarded_attribute(e),
            Expr::Call(e) => {
                if let Expr::Attribute(callee) = &*e.func
                    && let Some(method) = self.method(callee)
                {
                    *e.func = method;
                }
                self.spread_call(e)
            }
            Expr::BoolOp(_) | Expr::If(_) => self.decision(expr),
            _ => self.display(expr),
        };
        if let Some(new) = replaced {
            *expr = new;
        }
    }
}

/// An attribute that a run-time value has for staged code only.
fn guarded_attribute(e: &ast::ExprAttribute) -> Option<Expr> {
    let is_guarded = GUARDED_ATTRIBUTES.contains(&&*e.attr);
    let arguments = || vec![(*e.value).clone(), build::text(&e.attr, e.attr.range)];
    is_guarded.then(|| call(hook::ATTRIBUTE, arguments(), e.range))
}

/// The variable that holds the number of a function's run.
fn run_name(scope: ScopeId) -> String {
    format!("{}{}", hook::RUN, scope.0)
}

/// Marks a value that a display of targets takes apart, with the targets' names and the number of the one
/// with a star, which loses that.
fn unpacked(target: &mut Expr, value: &Expr) -> Option<Expr> {
    let (Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. })) =
        target
    else {
        return None;
    };
    let is_each = value.as_tuple_expr().is_some_and(|value| {
        let mut parts = value.elts.iter().chain(elts.iter());
        value.elts.len() == elts.len() && !parts.any(Expr::is_starred_expr)
    });
    if is_each {
        return None;
    }
    let range = value.range();
    let star = elts.iter().position(Expr::is_starred_expr);
    for target in elts.iter_mut() {
        if let Expr::Starred(star) = target {
            *target = (*star.value).clone();
        }
    }
    let name = |target: &Expr| match target {
        Expr::Name(name) => build::text(&name.id, range),
        _ => none(range),
    };
    let star = star.map_or_else(|| none(range), |star| integer(star, range));
    let mut arguments = vec![value.clone(), star];
    arguments.extend(elts.iter().map(name));
    Some(call(hook::UNPACK, arguments, range))
}

/// Marks what a loop goes through.
fn iterated(expr: &mut Expr) {
    let range = expr.range();
    *expr = call(hook::ITERATED, vec![expr.clone()], range);
}

/// Marks an operand of a statement that run-time values don't get left for run time.
fn must_be_static(expr: &mut Expr) {
    let range = expr.range();
    *expr = call(hook::STATIC, vec![expr.clone()], range);
}

/// What the keywords of `uneval` say: `branches=True` and `branches=False` are all there are.
pub(crate) fn branches(keywords: &[ast::Keyword]) -> Option<Branches> {
    match keywords {
        [] => Some(Branches::Cut),
        [ast::Keyword { arg: Some(name), value: Expr::BooleanLiteral(value), .. }]
            if name == "branches" =>
        {
            Some(if value.value { Branches::Followed } else { Branches::Cut })
        }
        _ => None,
    }
}
