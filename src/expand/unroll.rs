//! `@unroll` functions: how they come into the host, and the functions that the output defines for
//! calls of them with known arguments.

use std::collections::HashSet;
use std::rc::Rc;

use rustpython_ast::visitor::{Visitor, walk_expr, walk_stmt};
use rustpython_ast::{self as ast, AtomicNodeIndex, Expr, ExprContext, Stmt, StmtFunctionDef};
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use super::Expander;
use super::callsite::CallSite;
use super::emit;
use super::entity::Entity;
use super::generator::is_generator;
use super::imports::AddedImports;
use super::load::{Kind, Staging, signature};
use super::naming::named;
use super::placing::Replacement;
use super::project::Module;
use crate::codenode::{Name, Node, Op, Origin};
use crate::host::{Namespace, UnrollInfo};
use crate::print::{Style, Surrounding};
use crate::residual::{Form, Statement, assigned_names, fold, fresh_name};
use crate::scope::{self, ScopeId};
use crate::staging::stage_unrolled;

/// The functions that the output defines besides those of the input.
#[derive(Default)]
pub(super) struct Definitions {
    /// Their names, by their numbers.
    names: Vec<(u32, Name)>,
    /// The statement that each goes before, and its text.
    texts: Vec<(TextRange, String)>,
}

impl Expander<'_> {
    pub(super) fn run_unroll(
        &mut self,
        module: &Rc<Module>,
        ns: &Namespace,
        def: &StmtFunctionDef,
    ) -> bool {
        let parameters = parameter_names(def);
        let mut locals: Vec<Name> = parameters.clone();
        let mut assigned = Vec::new();
        scope::assigned_names(&def.body, &mut assigned);
        assigned.retain(|name| !locals.contains(name));
        locals.extend(assigned);
        let mut body = def.body.clone();
        let plain = plain_reason(def);
        if plain.is_none() {
            let staging =
                Staging { code: def.range, function: None, kind: Kind::Macro, rest: Vec::new() };
            let staged = self
                .stage(module, ns, staging, |site, tables| stage_unrolled(site, tables, &mut body));
            if staged.is_none() {
                return false;
            }
        }
        let signature = signature(def, Vec::new());
        let info = UnrollInfo {
            name: def.name.as_str().into(),
            home: module.file,
            body,
            locals,
            parameters: parameters.len(),
            plain,
            has_plain_form: !self.has_no_plain_form(module, def),
        };
        let binder = binder(def, &parameters, plain.is_some());
        let host = self.host();
        let label = module.label(def.name.range, "");
        let made = self.watched(&label, |_| host.make_unroll(ns, info, signature, binder));
        self.report_definition(module, def.name.range, made)
    }

    /// Whether an `@unroll` function can't be a plain function, as it uses what exists at compile
    /// time only.
    pub(super) fn has_no_plain_form(&mut self, module: &Rc<Module>, def: &StmtFunctionDef) -> bool {
        let key = (module.file, def.range);
        if let Some(known) = self.without_plain_form.get(&key) {
            return *known;
        }
        // Looked at meanwhile, it is taken for one that has.
        self.without_plain_form.insert(key, false);
        let mut names = Names { found: Vec::new() };
        def.body.iter().for_each(|stmt| names.visit_stmt(stmt));
        let found = names.found.into_iter().any(|expr| {
            self.entity_of(module, expr).is_some_and(|entity| match entity {
                Entity::Comptime(..) => true,
                Entity::Meta(name) => !matches!(&*name, "comptime" | "unroll"),
                _ => false,
            })
        });
        self.without_plain_form.insert(key, found);
        found
    }

    /// The name of the function with this number, which is defined first if it isn't yet.
    pub(super) fn specialised_name(
        &mut self,
        site: CallSite<'_>,
        number: u32,
        added: &mut AddedImports,
    ) -> Option<Name> {
        if let Some((_, name)) = self.definitions.names.iter().find(|(known, _)| *known == number) {
            return Some(name.clone());
        }
        let function = self.host().specialised(number)?;
        self.check_loops(&site.module.label(site.range, "for this call"), &function.residual);
        let top = CallSite { scope: ScopeId::MODULE, statement: site.range, ..site };
        let name = self.fresh(top, &function.name);
        self.definitions.names.push((number, name.clone()));
        let mut assigned = HashSet::new();
        function.residual.steps().for_each(|(_, step)| assigned_names(&step.code, &mut assigned));
        let stable = |node: &Node| {
            node.name().is_some_and(|name| !assigned.contains(name)) && self.is_stable(top, node)
        };
        let folded = fold(&function.residual, &Node::empty(), Form::Statements, &stable);
        // Parameters come first, so that they get their names.
        let parameters = function.parameters.iter().map(|id| Node::temporary(*id)).collect();
        let head = Statement::Do(Node::new(Op::PARAMS, parameters));
        let statements = std::iter::once(head).chain(folded.statements).collect();
        let body = Replacement { statements, ..Replacement::default() };
        let body = self.settle_body(top, body, added)?;
        let mut used = HashSet::new();
        let body = body.map(|code| {
            names_in(code, &mut used);
            code.clone()
        });
        let mut fresh = |wanted: &str| {
            let taken = |name: &str| used.contains(name);
            let name = match taken(wanted) {
                true => fresh_name(wanted, &taken),
                false => Name::from(wanted),
            };
            used.insert(name.clone());
            name
        };
        let residual = &function.residual;
        let (mut statements, _) = named(residual, body.statements, None, &mut fresh);
        let head = statements.remove(0);
        let parameters = head.codes().first().map(|code| code.args().to_vec()).unwrap_or_default();
        let parameter = |variable: &Node| {
            Node::new(Op::PARAM, vec![Node::empty(), Node::empty()])
                .with_name(variable.name().cloned())
        };
        let parameters = Node::new(Op::PARAMS, parameters.iter().map(parameter).collect());
        let can_encode = |c| site.module.source.can_encode(c);
        let style = Style {
            width: self.width,
            newline: site.module.source.newline(),
            surrounding: Surrounding::Open,
            can_encode: &can_encode,
            ..Style::default()
        };
        let text = emit::function(name.clone(), parameters, &statements, style);
        let before =
            site.module.syntax.body.iter().find(|stmt| stmt.range().contains_range(site.range))?;
        self.definitions.texts.push((before.range(), text));
        Some(name)
    }

    fn settle_body(
        &mut self,
        site: CallSite<'_>,
        body: Replacement,
        added: &mut AddedImports,
    ) -> Option<Replacement> {
        let mut failed = false;
        let body = body.map(|node| {
            let expanded = self.expand_inner(site, node);
            let new = expanded.and_then(|node| self.settle_names(site, &node, added));
            failed |= new.is_none();
            new.unwrap_or_else(|| node.clone())
        });
        (!failed).then_some(body)
    }

    /// The definitions as text, each with the place that it goes to.
    pub(super) fn definition_texts(&mut self, module: &Module) -> Vec<(TextSize, String)> {
        let newline = module.source.newline();
        let texts = std::mem::take(&mut self.definitions.texts);
        let text = |(before, text): (TextRange, String)| {
            (
                module.source.line_range(before.start()).start(),
                format!("{text}{newline}{newline}{newline}"),
            )
        };
        texts.into_iter().map(text).collect()
    }
}

fn names_in(node: &Node, names: &mut HashSet<Name>) {
    if node.op() == Op::VAR && node.origin() != Origin::Quote(u32::MAX) {
        names.extend(node.name().cloned());
    }
    node.args().iter().for_each(|arg| names_in(arg, names));
}

fn parameter_names(def: &StmtFunctionDef) -> Vec<Name> {
    def.parameters.iter().map(|parameter| parameter.name().as_str().into()).collect()
}

/// A function with the parameters of `def` that gives them as a dict. One that is never called
/// has no defaults, which may not be known.
fn binder(def: &StmtFunctionDef, parameters: &[Name], is_idle: bool) -> Stmt {
    let range = def.name.range;
    let node_index = AtomicNodeIndex::NONE;
    let item = |name: &Name| ast::DictItem {
        key: Some(Expr::from(ast::StringLiteral {
            node_index: AtomicNodeIndex::NONE,
            range,
            value: (&**name).into(),
            flags: ast::StringLiteralFlags::empty(),
        })),
        value: Expr::Name(ast::ExprName {
            node_index: AtomicNodeIndex::NONE,
            range,
            id: (&**name).into(),
            ctx: ExprContext::Load,
        }),
    };
    let items = parameters.iter().map(item).collect();
    let dict = Expr::Dict(ast::ExprDict { node_index: node_index.clone(), range, items });
    let mut binder = def.clone();
    binder.decorator_list.clear();
    binder.returns = None;
    binder.type_params = None;
    binder.is_async = false;
    let own = &mut *binder.parameters;
    for list in [&mut own.posonlyargs, &mut own.args, &mut own.kwonlyargs] {
        for parameter in list.iter_mut() {
            parameter.parameter.annotation = None;
            if is_idle {
                parameter.default = None;
            }
        }
    }
    for parameter in [&mut own.vararg, &mut own.kwarg].into_iter().flatten() {
        parameter.annotation = None;
    }
    binder.body =
        vec![Stmt::Return(ast::StmtReturn { node_index, range, value: Some(Box::new(dict)) })];
    Stmt::FunctionDef(binder)
}

/// Why calls of the function always stay, if they do.
fn plain_reason(def: &StmtFunctionDef) -> Option<&'static str> {
    if def.is_async {
        return Some("it is async");
    }
    if is_generator(def, &mut |_| false) {
        return Some("it is a generator");
    }
    if def.decorator_list.len() > 1 {
        return Some("another decorator wraps it");
    }
    let mut defaults = def.parameters.iter_non_variadic_params().filter_map(|p| p.default());
    if !defaults.all(is_constant) {
        return Some("a default is no constant");
    }
    let mut frames = Frames(false);
    def.body.iter().for_each(|stmt| frames.visit_stmt(stmt));
    frames.0.then_some("it looks at its own frame")
}

fn is_constant(expr: &Expr) -> bool {
    match expr {
        Expr::UnaryOp(e) => is_constant(&e.operand),
        Expr::Tuple(e) => e.elts.iter().all(is_constant),
        _ => expr.is_literal_expr(),
    }
}

/// The names and attributes in some code.
struct Names<'a> {
    found: Vec<&'a Expr>,
}

impl<'a> Visitor<'a> for Names<'a> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        if expr.is_name_expr() || expr.is_attribute_expr() {
            self.found.push(expr);
        }
        walk_expr(self, expr);
    }
}

/// Looks for what depends on the frame that it runs in.
struct Frames(bool);

impl<'a> Visitor<'a> for Frames {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        self.0 |= matches!(stmt, Stmt::Global(_) | Stmt::Nonlocal(_));
        walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        if let Expr::Name(name) = expr {
            let words = ["locals", "vars", "dir", "eval", "exec", "globals", "super", "__class__"];
            self.0 |= words.contains(&name.id.as_str());
        }
        self.0 |= matches!(expr, Expr::Await(_));
        walk_expr(self, expr);
    }
}
