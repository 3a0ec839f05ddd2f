//! The source of a function, a comprehension or a generator of compile-time code, for when the program
//! needs it: its code as it stands, with a hole for each variable that it captures.
//!
//! ```text
//! lambda p, d=m(): p[k] + len(p)       lambda p, d=t0: p[t1] + len(p)
//! ```
//!
//! What the object holds since it was made is a hole too: the values of defaults, and what a generator
//! goes through. Everything else happens when the program runs the code, as it would here: so, other than
//! in a quotation, an attribute or a call is never a hole, and a parameter of the macro is a value.

#[cfg(test)]
mod tests;

use rustpython_ast::{self as ast, Expr, ExprContext, Stmt};
use rustpython_text_size::{Ranged as _, TextRange};

use super::{Closure, ClosureHole, OWN, Site};
use crate::codenode::{Leaves, Loc, Node, Origin, TemporaryId, lower, lower_statement};
use crate::scope::{Place, ScopeId};
use crate::syntax::{Syntax, walk};

/// A closure's source before its holes' expressions are rewritten.
pub(super) struct ClosureSource {
    pub closure: Closure,
    /// The variables that it captures, read: in the order of their holes.
    pub captured: Vec<Expr>,
}

/// The source of a lambda, comprehension or generator; none for other expressions, and for one that does
/// more with the code around it than to read variables.
pub(super) fn of_expression(site: &Site<'_>, expr: &Expr) -> Option<ClosureSource> {
    let held = match expr {
        Expr::Lambda(e) => e.parameters.as_deref().map(defaults).unwrap_or_default(),
        Expr::Generator(ast::ExprGenerator { generators, .. })
        | Expr::ListComp(ast::ExprListComp { generators, .. })
        | Expr::SetComp(ast::ExprSetComp { generators, .. })
        | Expr::DictComp(ast::ExprDictComp { generators, .. }) => {
            if generators.iter().any(|clause| clause.is_async) {
                return None;
            }
            vec![(generators.first()?.iter.range(), ClosureHole::Iterable)]
        }
        _ => return None,
    };
    let mut leaves = Capturing::new(site, expr.range(), held);
    let code = lower(expr, site.file, site.text, &mut leaves);
    leaves.source(code)
}

/// The source of a function, without its decorators.
pub(super) fn of_function(site: &Site<'_>, def: &ast::StmtFunctionDef) -> Option<ClosureSource> {
    let rebinds = |node: Syntax<'_>| matches!(node, Syntax::Stmt(Stmt::Nonlocal(_)));
    if walk(&def.body[..]).any(rebinds) {
        return None;
    }
    let mut leaves = Capturing::new(site, def.range, defaults(&def.parameters));
    let stmt = ast::StmtFunctionDef { decorator_list: Vec::new(), ..def.clone() };
    let stmt = Stmt::FunctionDef(stmt);
    let code = lower_statement(&stmt, site.file, site.text, site.layout, &mut leaves);
    leaves.source(code)
}

/// Where default values stand.
fn defaults(parameters: &ast::Parameters) -> Vec<(TextRange, ClosureHole)> {
    let positional = parameters.posonlyargs.iter().chain(&parameters.args);
    let positional = positional.filter_map(|parameter| parameter.default.as_deref()).enumerate();
    let mut held: Vec<_> =
        positional.map(|(place, default)| (default.range(), ClosureHole::Default(place))).collect();
    held.extend(parameters.kwonlyargs.iter().filter_map(|parameter| {
        let name = parameter.parameter.name.as_str().into();
        let default = parameter.default.as_deref()?;
        Some((default.range(), ClosureHole::KeywordDefault(name)))
    }));
    held
}

struct Capturing<'a> {
    site: &'a Site<'a>,
    whole: TextRange,
    /// The parts whose values the object holds.
    held: Vec<(TextRange, ClosureHole)>,
    holes: Vec<ClosureHole>,
    captured: Vec<Expr>,
    /// Whether it does what only compile-time code can do.
    is_bound: bool,
}

impl Leaves for Capturing<'_> {
    fn replace(&mut self, expr: &Expr) -> Option<Node> {
        if let Some((_, hole)) = self.held.iter().find(|(range, _)| *range == expr.range()) {
            let hole = hole.clone();
            return Some(self.hole(hole));
        }
        if let Some((home, name)) = self.site.names.macro_at(expr) {
            // It runs where the code is put.
            let loc = Loc { file: self.site.file, range: expr.range() };
            return Some(Node::var(name, Origin::Module(home)).with_loc(Some(loc)));
        }
        self.is_bound |= self.site.names.special(expr).is_some();
        match expr {
            Expr::Name(name) if self.is_captured(name) => {
                self.is_bound |= name.ctx != ExprContext::Load;
                Some(self.capture(expr, &name.id))
            }
            Expr::Attribute(e) if self.site.names.member(e).is_some() => {
                self.is_bound |= e.ctx != ExprContext::Load;
                Some(self.capture(expr, &e.attr))
            }
            _ => None,
        }
    }

    fn origin(&mut self, _: &str, range: TextRange) -> Origin {
        let scopes = self.site.scopes;
        // What the code itself binds has no use.
        let Some(used) = scopes.use_at(range.start()).filter(|used| used.range == range) else {
            return Origin::Quote(OWN);
        };
        match scopes.resolve(used) {
            Place::Bound(ScopeId::MODULE) => Origin::Module(self.site.file),
            Place::Bound(scope) if self.site.code.contains_range(scopes.range(scope)) => {
                Origin::Quote(OWN)
            }
            Place::Bound(_) => Origin::Site,
            Place::Unbound if scopes.builtin(used).is_some() => Origin::Builtin,
            Place::Unbound => Origin::Module(self.site.file),
        }
    }
}

impl<'a> Capturing<'a> {
    fn new(
        site: &'a Site<'a>,
        whole: TextRange,
        held: Vec<(TextRange, ClosureHole)>,
    ) -> Capturing<'a> {
        let (holes, captured) = (Vec::new(), Vec::new());
        Capturing { site, whole, held, holes, captured, is_bound: false }
    }

    fn source(self, code: Node) -> Option<ClosureSource> {
        let closure = Closure { code, holes: self.holes };
        (!self.is_bound).then_some(ClosureSource { closure, captured: self.captured })
    }

    /// Whether the name is one of the compile-time code around.
    fn is_captured(&self, name: &ast::ExprName) -> bool {
        let scopes = self.site.scopes;
        let Some(used) = scopes.use_at(name.range.start()) else { return false };
        match scopes.resolve(used) {
            Place::Bound(scope) if scope != ScopeId::MODULE => {
                let range = scopes.range(scope);
                self.site.code.contains_range(range) && !self.whole.contains_range(range)
            }
            _ => self.site.names.is_compile_time(used),
        }
    }

    fn capture(&mut self, expr: &Expr, name: &str) -> Node {
        self.captured.push(expr.clone());
        self.hole(ClosureHole::Captured(name.into()))
    }

    fn hole(&mut self, hole: ClosureHole) -> Node {
        self.holes.push(hole);
        let number = u32::try_from(self.holes.len() - 1).unwrap_or(u32::MAX);
        Node::temporary(TemporaryId(number))
    }
}
