//! The argument of `uneval` as a template: code, with a hole for each compile-time value in it.
//!
//! In `uneval(node.args[0] + sin(x) * n)`, with `node` and `n` variables of the macro and `x` a
//! parameter, `node.args[0]`, `x` and `n` are holes, and `sin` is a name of the macro's module.

use rustpython_ast::visitor::{Visitor, walk_expr};
use rustpython_ast::{Expr, ExprName};
use rustpython_text_size::{Ranged, TextRange};

use super::{Hole, Site, Template};
use crate::codenode::{Leaves, Node, Origin, TemporaryId, lower};
use crate::scope::{Binding, BindingKind, Place, ScopeId};

/// A quotation before its holes' expressions are rewritten.
pub(super) struct Quotation {
    pub template: Template,
    /// The expression at each hole.
    pub holes: Vec<Expr>,
    /// The parameters of the macro that are taken as code.
    pub parameters: Vec<String>,
}

/// Quotes `expr`, the `number`th quotation.
pub(super) fn quote(site: &Site<'_>, expr: &Expr, number: u32) -> Quotation {
    let mut leaves = Quoting {
        site,
        quoted: expr.range(),
        number,
        holes: Vec::new(),
        kinds: Vec::new(),
        parameters: Vec::new(),
    };
    let code = lower(expr, site.file, site.text, &mut leaves);
    Quotation {
        template: Template { code, holes: leaves.kinds },
        holes: leaves.holes,
        parameters: leaves.parameters,
    }
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
    quoted: TextRange,
    number: u32,
    holes: Vec<Expr>,
    kinds: Vec<Hole>,
    parameters: Vec<String>,
}

impl Leaves for Quoting<'_> {
    fn replace(&mut self, expr: &Expr) -> Option<Node> {
        match expr {
            Expr::Name(name) => match self.meaning(name) {
                Meaning::Parameter => {
                    Some(self.hole(expr, Hole::Parameter(name.id.as_str().into())))
                }
                Meaning::Static => Some(self.hole(expr, Hole::Value)),
                Meaning::Quoted | Meaning::Program => None,
            },
            Expr::Attribute(_) | Expr::Subscript(_) | Expr::Call(_)
                if self.runs_now(expr) && !self.uses_quoted_variables(expr) =>
            {
                Some(self.hole(expr, Hole::Value))
            }
            _ => None,
        }
    }

    fn origin(&mut self, _name: &str, range: TextRange) -> Origin {
        match self.site.scopes.use_at(range.start()) {
            Some(used) if used.range == range => self.origin_of(used),
            // A lambda's parameter is no use of a name.
            _ => Origin::Quote(self.number),
        }
    }
}

impl Quoting<'_> {
    fn hole(&mut self, expr: &Expr, kind: Hole) -> Node {
        let id = TemporaryId(u32::try_from(self.holes.len()).unwrap_or(u32::MAX));
        self.holes.push(expr.clone());
        self.kinds.push(kind);
        Node::temporary(id)
    }

    fn origin_of(&self, used: &crate::scope::Use) -> Origin {
        match self.site.scopes.resolve(used) {
            Place::Bound(scope) if self.quoted.contains_range(self.site.scopes.range(scope)) => {
                Origin::Quote(self.number)
            }
            Place::Bound(scope) if self.site.code.contains_range(self.site.scopes.range(scope)) => {
                // An assignment expression binds it in the macro, but it is the code's.
                Origin::Quote(self.number)
            }
            Place::Bound(scope) if scope != ScopeId::MODULE => Origin::Site,
            Place::Bound(_) => Origin::Module(self.site.file),
            Place::Unbound if super::builtins::timing(&used.name).is_some() => Origin::Builtin,
            Place::Unbound => Origin::Module(self.site.file),
        }
    }

    fn meaning(&mut self, name: &ExprName) -> Meaning {
        let scopes = self.site.scopes;
        let Some(used) = scopes.use_at(name.range.start()) else {
            return Meaning::Program;
        };
        let scope = match scopes.resolve(used) {
            Place::Bound(scope) if scope != ScopeId::MODULE => scope,
            _ if self.site.names.is_compile_time(used) => return Meaning::Static,
            _ => return Meaning::Program,
        };
        if self.quoted.contains_range(scopes.range(scope)) {
            return Meaning::Quoted;
        }
        let bindings = scopes.bindings(scope, &used.name);
        let only_here =
            |b: &Binding| b.kind == BindingKind::Walrus && self.quoted.contains_range(b.range);
        if !bindings.is_empty() && bindings.iter().all(only_here) {
            return Meaning::Quoted;
        }
        if !self.site.code.contains_range(scopes.range(scope)) {
            return Meaning::Program;
        }
        let is_parameter = bindings.iter().any(|b| b.kind == BindingKind::Parameter);
        if is_parameter && Some(scope) == self.site.function {
            self.parameters.push(used.name.to_string());
            if bindings.len() == 1 && !self.site.rest.iter().any(|r| **r == *used.name) {
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
        let mut names = NamesIn(Vec::new());
        names.visit_expr(expr);
        let inner = expr.range();
        names.0.iter().any(|name| {
            let Some(used) = self.site.scopes.use_at(name.range.start()) else { return false };
            match self.site.scopes.resolve(used) {
                Place::Bound(scope) if scope != ScopeId::MODULE => {
                    let range = self.site.scopes.range(scope);
                    self.quoted.contains_range(range) && !inner.contains_range(range)
                }
                _ => false,
            }
        })
    }
}

struct NamesIn<'a>(Vec<&'a ExprName>);

impl<'a> Visitor<'a> for NamesIn<'a> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        if let Expr::Name(name) = expr {
            self.0.push(name);
        }
        walk_expr(self, expr);
    }
}
