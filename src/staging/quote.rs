//! Quoted code as a template: code, with a hole for each compile-time value in it.
//!
//! In `uneval(node.args[0] + sin(x) * n)`, with `node` and `n` variables of the macro and `x` a
//! parameter, `node.args[0]`, `x` and `n` are holes, and `sin` is a name of the macro's module.
//! Statements are quoted by `with quote as tree:`, with the same holes; there a name may be bound,
//! and a variable is the macro's if the macro binds it anywhere outside of its quotations.

mod blocks;

#[cfg(test)]
mod tests;

use rustpython_ast::{self as ast, Expr, ExprContext, ExprName, Identifier, Stmt};
use rustpython_text_size::{Ranged, TextRange};

use super::{Branches, Hole, OWN, Site, Special, Template};
use crate::codenode::{Leaves, Loc, Node, Op, Origin, TemporaryId, lower, lower_body};
use crate::scope::{Binding, BindingKind, Place, ScopeId};
use crate::syntax::{build, names};

pub(super) use blocks::{QuotedBlocks, quoted_target};
use blocks::{body_range, only_argument, unrolled};

/// A quotation before its holes' expressions are rewritten.
pub(super) struct Quotation {
    pub template: Template,
    /// The scopes of compile-time code whose quoted variables are in it.
    pub runs: Vec<ScopeId>,
    /// The expression at each hole.
    pub holes: Vec<Expr>,
    /// The parameters of the macro that are taken as code.
    pub parameters: Vec<String>,
}

/// Quotes an expression.
pub(super) fn quote(
    site: &Site<'_>,
    blocks: &QuotedBlocks,
    expr: &Expr,
    branches: Branches,
) -> Quotation {
    let mut leaves = Quoting { branches, ..Quoting::new(site, blocks, expr.range()) };
    let code = lower(expr, site.file, site.text, &mut leaves);
    leaves.quotation(code)
}

/// Quotes statements.
pub(super) fn quote_body(
    site: &Site<'_>,
    blocks: &QuotedBlocks,
    (target, body): (&Expr, &[Stmt]),
) -> Quotation {
    let within = body_range(body).unwrap_or_default();
    let mut leaves = Quoting { target: target.range(), ..Quoting::new(site, blocks, within) };
    let code = leaves.body(body);
    leaves.quotation(code)
}

/// What a name in quoted code is.
enum Meaning {
    /// A parameter of the macro that is never rebound.
    Parameter,
    /// A value of the macro, or a compile-time name of its module.
    Static,
    /// A variable of the quoted code itself.
    Quoted,
    /// A name of the running program.
    Program,
}

struct Quoting<'a> {
    site: &'a Site<'a>,
    blocks: &'a QuotedBlocks,
    quoted: TextRange,
    branches: Branches,
    /// The variable that the tree is assigned to.
    target: TextRange,
    runs: Vec<ScopeId>,
    holes: Vec<Expr>,
    kinds: Vec<Hole>,
    parameters: Vec<String>,
    /// Macros of decorators and blocks, which stay in the code, and the calls that they are
    /// written as.
    left: Vec<(TextRange, Option<Node>)>,
}

impl Leaves for Quoting<'_> {
    fn replace(&mut self, expr: &Expr) -> Option<Node> {
        if let Some((_, node)) = self.left.iter().find(|(range, _)| *range == expr.range()) {
            return node.clone();
        }
        if let Expr::Call(call) = expr
            && self.site.names.macro_at(&call.func).is_some()
            && self.uses_quoted_variables(expr)
        {
            // It takes code that isn't there yet: it runs where the code is put.
            self.leave_macro(&call.func);
            return None;
        }
        match expr {
            Expr::Starred(starred) if self.generated(&starred.value).is_some() => {
                let generator = self.generated(&starred.value)?;
                let hole = self.elements(generator);
                Some(Node::new(Op::STAR, vec![hole]))
            }
            Expr::Starred(starred) if self.hole_kind(&starred.value).is_some() => {
                let hole = self.hole(&starred.value, Hole::Spread);
                Some(Node::new(Op::STAR, vec![hole]))
            }
            Expr::Name(name) if name.ctx != ExprContext::Load => {
                let is_hole = self.hole_kind(expr).is_some();
                is_hole.then(|| self.hole(&loaded(name), Hole::Target(name.id.as_str().into())))
            }
            _ => self.hole_kind(expr).map(|kind| self.hole(expr, kind)),
        }
    }

    fn replace_statement(&mut self, stmt: &Stmt) -> Option<Node> {
        self.leave_macros(stmt);
        match stmt {
            Stmt::Expr(s) => {
                let parameter = match self.hole_kind(&s.value)? {
                    Hole::Parameter(name, _) => Some(name),
                    _ => None,
                };
                let hole = self.hole(&s.value, Hole::Statements(parameter));
                Some(Node::new(Op::EXPR, vec![hole]))
            }
            Stmt::For(s) => unrolled(self.site, s).map(|through| self.rounds(s, through)),
            Stmt::If(s) => {
                let test = only_argument(self.site, &s.test, Special::Comptime)?;
                Some(self.choice(s, test))
            }
            _ => None,
        }
    }

    fn replace_name(&mut self, name: &Identifier) -> Option<Node> {
        let scopes = self.site.scopes;
        let bound_here = |scope: &ScopeId| {
            scopes.bindings(*scope, &name.id).iter().any(|b| b.range == name.range)
        };
        let scope = scopes.scopes().find(bound_here)?;
        let is_hole =
            matches!(self.variable(&name.id, scope), Meaning::Parameter | Meaning::Static);
        let kind = Hole::Target(name.id.as_str().into());
        is_hole.then(|| self.hole(&build::loaded(&name.id, name.range), kind))
    }

    fn origin(&mut self, name: &str, range: TextRange) -> Origin {
        let scopes = self.site.scopes;
        if let Some(used) = scopes.use_at(range.start()).filter(|used| used.range == range) {
            return self.origin_in(used.scope, name);
        }
        // What a word of a statement binds or declares, or a parameter.
        let first = name.split('.').next().unwrap_or_default();
        let bound = |scope: &ScopeId| {
            let starts = |b: &Binding| b.range.start() == range.start();
            scopes.bindings(*scope, first).iter().any(starts)
        };
        let around = |scope: &ScopeId| scopes.range(*scope).contains_range(range);
        match scopes.scopes().find(bound) {
            Some(scope) => self.origin_at(Place::Bound(scope), first),
            // `nonlocal` and `global` stand in the scope that they are about.
            None => match scopes.scopes().filter(around).min_by_key(|s| scopes.range(*s).len()) {
                Some(scope) => self.origin_in(scope, first),
                None => Origin::Quote(OWN),
            },
        }
    }
}

/// The variable, read.
fn loaded(name: &ExprName) -> Expr {
    build::loaded(&name.id, name.range)
}

impl<'a> Quoting<'a> {
    fn new(site: &'a Site<'a>, blocks: &'a QuotedBlocks, quoted: TextRange) -> Quoting<'a> {
        let (holes, kinds, parameters) = (Vec::new(), Vec::new(), Vec::new());
        let (target, runs, left) = (TextRange::default(), Vec::new(), Vec::new());
        let branches = Branches::Cut;
        Quoting { site, blocks, quoted, branches, target, runs, holes, kinds, parameters, left }
    }

    /// Macros that take a statement of quoted code get it where it is put.
    fn leave_macros(&mut self, stmt: &Stmt) {
        let uses: Vec<&Expr> = match stmt {
            Stmt::FunctionDef(s) => s.decorator_list.iter().map(|d| &d.expression).collect(),
            Stmt::ClassDef(s) => s.decorator_list.iter().map(|d| &d.expression).collect(),
            Stmt::With(s) => s.items.iter().map(|item| &item.context_expr).collect(),
            _ => return,
        };
        for expr in uses {
            let callee = match expr {
                Expr::Call(call) => &*call.func,
                _ if stmt.is_with_stmt() => continue,
                other => other,
            };
            if self.leave_macro(callee) && expr.is_call_expr() {
                self.left.push((expr.range(), None));
            }
        }
    }

    /// The name of a macro stays code; tells whether it is one.
    fn leave_macro(&mut self, callee: &Expr) -> bool {
        let Some((home, name)) = self.site.names.macro_at(callee) else { return false };
        let loc = Loc { file: self.site.file, range: callee.range() };
        let node = Node::var(name, Origin::Module(home)).with_loc(Some(loc));
        self.left.push((callee.range(), Some(node)));
        true
    }

    fn quotation(self, code: Node) -> Quotation {
        Quotation {
            template: Template { code, holes: self.kinds },
            runs: self.runs,
            holes: self.holes,
            parameters: self.parameters,
        }
    }

    fn body(&mut self, body: &[Stmt]) -> Node {
        let site = self.site;
        let within = body_range(body).unwrap_or_default();
        lower_body(body, site.file, site.text, site.layout, within, self)
    }

    /// A part of the quotation with holes of its own: its template, and their values as a tuple.
    fn part(&mut self, body: &[Stmt]) -> (Template, Expr) {
        let part = Quoting::new(self.site, self.blocks, self.quoted);
        let runs = std::mem::take(&mut self.runs);
        let mut part = Quoting { target: self.target, runs, ..part };
        let code = part.body(body);
        self.runs = std::mem::take(&mut part.runs);
        self.parameters.append(&mut part.parameters);
        let range = body_range(body).unwrap_or_default();
        (Template { code, holes: part.kinds }, build::tuple(part.holes, range))
    }

    /// `for target in unroll(through): body`: the body once for each round.
    fn rounds(&mut self, stmt: &ast::StmtFor, through: &Expr) -> Node {
        let (template, values) = self.part(&stmt.body);
        let all = build::list_of(values, (*stmt.target).clone(), through.clone(), stmt.range);
        let hole = self.hole(&all, Hole::Rounds(Box::new(template)));
        Node::new(Op::EXPR, vec![hole])
    }

    /// What `*unroll(element for …)` goes through.
    fn generated<'e>(&self, expr: &'e Expr) -> Option<&'e ast::ExprGenerator> {
        match only_argument(self.site, expr, Special::Unroll)? {
            Expr::Generator(generator) => Some(generator),
            _ => None,
        }
    }

    /// `*unroll(element for target in iter)`: the element once for each round.
    fn elements(&mut self, generator: &ast::ExprGenerator) -> Node {
        let site = self.site;
        let runs = std::mem::take(&mut self.runs);
        let part = Quoting::new(site, self.blocks, self.quoted);
        let mut part = Quoting { target: self.target, runs, ..part };
        let code = lower(&generator.elt, site.file, site.text, &mut part);
        self.runs = std::mem::take(&mut part.runs);
        self.parameters.append(&mut part.parameters);
        let template = Template { code, holes: part.kinds };
        let range = generator.range;
        let all = Expr::ListComp(ast::ExprListComp {
            node_index: ast::AtomicNodeIndex::NONE,
            range,
            elt: Box::new(build::tuple(part.holes, range)),
            generators: generator.generators.clone(),
        });
        self.hole(&all, Hole::Elements(Box::new(template)))
    }

    /// `if comptime(test): body else: …`: the body that is chosen.
    fn choice(&mut self, stmt: &ast::StmtIf, test: &Expr) -> Node {
        let range = stmt.range;
        let (yes, values) = self.part(&stmt.body);
        let (no, other_values) = match &stmt.elif_else_clauses[..] {
            [] => (Template::default(), build::tuple(Vec::new(), range)),
            [ast::ElifElseClause { test: None, body, .. }, ..] => self.part(body),
            [ast::ElifElseClause { test: Some(test), body, range, .. }, rest @ ..] => {
                let nested = Stmt::If(ast::StmtIf {
                    node_index: ast::AtomicNodeIndex::NONE,
                    range: *range,
                    test: Box::new(test.clone()),
                    body: body.clone(),
                    elif_else_clauses: rest.to_vec(),
                });
                self.part(&[nested])
            }
        };
        let numbered =
            |number, values| build::tuple(vec![build::integer(number, range), values], range);
        let value =
            build::conditional(test.clone(), numbered(0, values), numbered(1, other_values), range);
        let hole = self.hole(&value, Hole::Choice(vec![yes, no]));
        Node::new(Op::EXPR, vec![hole])
    }

    /// What kind of hole the expression is, if it runs when it is quoted.
    fn hole_kind(&mut self, expr: &Expr) -> Option<Hole> {
        match expr {
            Expr::Name(name) => match self.meaning(name) {
                // It may still be what it was bound to.
                Meaning::Static if self.is_parameter(name) => {
                    Some(Hole::Parameter(name.id.as_str().into(), self.branches))
                }
                Meaning::Parameter => Some(Hole::Parameter(name.id.as_str().into(), self.branches)),
                Meaning::Static => Some(Hole::Value),
                Meaning::Quoted | Meaning::Program => None,
            },
            Expr::Attribute(ast::ExprAttribute { ctx, .. })
            | Expr::Subscript(ast::ExprSubscript { ctx, .. })
                if *ctx != ExprContext::Load =>
            {
                None
            }
            Expr::Attribute(_) | Expr::Subscript(_) | Expr::Call(_)
                if self.runs_now(expr) && !self.uses_quoted_variables(expr) =>
            {
                Some(Hole::Value)
            }
            _ => None,
        }
    }

    fn hole(&mut self, expr: &Expr, kind: Hole) -> Node {
        let id = TemporaryId(u32::try_from(self.holes.len()).unwrap_or(u32::MAX));
        self.holes.push(expr.clone());
        self.kinds.push(kind);
        Node::temporary(id)
    }

    /// Whose the name is, used in `scope`.
    fn origin_in(&mut self, scope: ScopeId, name: &str) -> Origin {
        self.origin_at(self.site.scopes.lookup(scope, name), name)
    }

    fn origin_at(&mut self, place: Place, name: &str) -> Origin {
        let scopes = self.site.scopes;
        match place {
            Place::Bound(scope) if self.quoted.contains_range(scopes.range(scope)) => {
                Origin::Quote(OWN)
            }
            Place::Bound(scope) if self.site.code.contains_range(scopes.range(scope)) => {
                // It is bound in a scope of compile-time code, but by quoted code.
                Origin::Quote(self.run(scope))
            }
            Place::Bound(scope) if scope != ScopeId::MODULE => Origin::Site,
            Place::Bound(_) => Origin::Module(self.site.file),
            Place::Unbound if scopes.builtin_named(name).is_some() => Origin::Builtin,
            Place::Unbound => Origin::Module(self.site.file),
        }
    }

    /// The number by which the template knows the variables of a scope of compile-time code.
    fn run(&mut self, scope: ScopeId) -> u32 {
        let known = self.runs.iter().position(|own| *own == scope);
        let index = known.unwrap_or_else(|| {
            self.runs.push(scope);
            self.runs.len() - 1
        });
        OWN + 1 + u32::try_from(index).unwrap_or(u32::MAX - OWN - 1)
    }

    fn meaning(&mut self, name: &ExprName) -> Meaning {
        let scopes = self.site.scopes;
        let Some(used) = scopes.use_at(name.range.start()) else {
            return Meaning::Program;
        };
        match scopes.resolve(used) {
            Place::Bound(scope) if scope != ScopeId::MODULE => self.variable(&used.name, scope),
            _ if self.site.names.is_compile_time(used) => Meaning::Static,
            _ => Meaning::Program,
        }
    }

    /// Whether it is a parameter of the macro that holds one argument.
    fn is_parameter(&self, name: &ExprName) -> bool {
        let used = self.site.scopes.use_at(name.range.start());
        let Some(Place::Bound(scope)) = used.map(|used| self.site.scopes.resolve(used)) else {
            return false;
        };
        let bindings = self.site.scopes.bindings(scope, &name.id);
        Some(scope) == self.site.function
            && bindings.iter().any(|b| b.kind == BindingKind::Parameter)
            && !self.site.rest.iter().any(|rest| **rest == *name.id)
    }

    /// What a variable of `scope` is.
    fn variable(&mut self, name: &str, scope: ScopeId) -> Meaning {
        let scopes = self.site.scopes;
        if self.blocks.generators.contains(&scopes.range(scope)) {
            return Meaning::Static;
        }
        let bindings = scopes.bindings(scope, name);
        if !bindings.is_empty() && bindings.iter().all(|b| self.blocks.is_round(b)) {
            return Meaning::Static;
        }
        if self.quoted.contains_range(scopes.range(scope)) {
            return Meaning::Quoted;
        }
        // A quotation's own variable has no value in it yet.
        let of_code = |b: &Binding| {
            self.blocks.own(b)
                || b.range == self.target
                || b.kind == BindingKind::Walrus && self.quoted.contains_range(b.range)
        };
        if !bindings.is_empty() && bindings.iter().all(of_code) {
            return Meaning::Quoted;
        }
        if !self.site.code.contains_range(scopes.range(scope)) {
            return Meaning::Program;
        }
        let is_parameter = bindings.iter().any(|b| b.kind == BindingKind::Parameter);
        if is_parameter && Some(scope) == self.site.function {
            self.parameters.push(name.to_owned());
            // What quoted code binds is the argument, and no variable of the macro.
            let own = bindings.iter().filter(|b| !self.blocks.own(b)).count();
            if own == 1 && !self.site.rest.iter().any(|rest| **rest == *name) {
                return Meaning::Parameter;
            }
        }
        Meaning::Static
    }

    /// Whether an attribute, subscript or call is compile-time code: it starts from a value of
    /// the macro, or calls a compile-time function.
    fn runs_now(&mut self, expr: &Expr) -> bool {
        match expr {
            Expr::Name(name) => matches!(self.meaning(name), Meaning::Static),
            Expr::Attribute(e) => self.site.names.member(e).is_some() || self.runs_now(&e.value),
            Expr::Subscript(e) => self.runs_now(&e.value),
            Expr::Call(e) => self.site.names.special(&e.func).is_some() || self.runs_now(&e.func),
            _ => false,
        }
    }

    fn uses_quoted_variables(&mut self, expr: &Expr) -> bool {
        let inner = expr.range();
        names(expr).any(|name| {
            let scopes = self.site.scopes;
            let is_own = scopes.use_at(name.range.start()).is_some_and(|used| {
                matches!(scopes.resolve(used), Place::Bound(scope)
                    if scope != ScopeId::MODULE && inner.contains_range(scopes.range(scope)))
            });
            !is_own && matches!(self.meaning(name), Meaning::Quoted)
        })
    }
}
