//! The last resort of a macro whose code can't be placed: the program has it as a function, once, and
//! calls it. By the law that is the same, for a macro that needs nothing of compile time.
//!
//! ```text
//! class Shape:                  def _scaled(n): …
//!     @scaled(2)                class Shape:
//!     def area(self): …             @_scaled(2)
//!                                   def area(self): …
//! ```

use std::rc::Rc;

use rustpython_ast::{Expr, Stmt, StmtFunctionDef};
use rustpython_text_size::{Ranged as _, TextRange};

use crate::codenode::{Leaves, Loc, Name, Node, Op, Origin, lower_statement};
use crate::expand::call_site::CallSite;
use crate::expand::compile_time::is_constant;
use crate::expand::program::{Entity, Module, Resolver};
use crate::expand::report::definition_of;
use crate::host::{Argument, Failure, Host};
use crate::python::builtins::FrameRead;
use crate::scope::{Place, ScopeId};
use crate::syntax::{Syntax, walk};

/// A call of the function that the program has instead of a macro, for which expansion fails so; none if a
/// function isn't the same.
pub(crate) fn function_call(
    (resolver, host): (&Resolver<'_>, &Host),
    (home, name): (&Rc<Module>, &Name),
    (site, arguments): (CallSite<'_>, &[Argument]),
    failure: &Failure,
) -> Option<Node> {
    let is_of_placement =
        matches!(failure, Failure::NeedsStatements { .. } | Failure::NoSource { .. });
    if !is_of_placement || !is_plain(resolver, home, name) {
        return None;
    }
    let number = host.macro_as_function(home.file, name);
    let callee = Node::var(name.clone(), Origin::Specialised(number));
    let argument = |argument: &Argument| match &argument.keyword {
        Some(keyword) => {
            Node::new(Op::KEYWORD, vec![argument.code.clone()]).with_name(Some(keyword.clone()))
        }
        None => argument.code.clone(),
    };
    let loc = Loc { file: site.module.file, range: site.range };
    let call = Node::call(callee, arguments.iter().map(argument).collect());
    Some(call.with_loc(Some(loc)))
}

/// Whether a macro, and all those that it names, are plain functions where the program calls them.
fn is_plain(resolver: &Resolver<'_>, home: &Rc<Module>, name: &Name) -> bool {
    let mut reached = vec![(home.clone(), name.clone())];
    let mut next = 0;
    while let Some((home, name)) = reached.get(next).cloned() {
        next += 1;
        let Some(def) = definition_of(&home, &name) else { return false };
        if !needs_nothing(resolver, &home, def) {
            return false;
        }
        let named = walk(&def.body[..]).filter_map(Syntax::expr);
        for (home, name) in named.filter_map(|expr| macro_at(resolver, &home, expr)) {
            if !reached.iter().any(|(other, known)| other.file == home.file && *known == name) {
                reached.push((home, name));
            }
        }
    }
    true
}

/// Whether the function needs nothing of compile time, nor the module that it runs in as a whole.
fn needs_nothing(resolver: &Resolver<'_>, home: &Rc<Module>, def: &StmtFunctionDef) -> bool {
    let mut defaults = def.parameters.iter_non_variadic_params().filter_map(|p| p.default());
    let is_global = |node: Syntax<'_>| matches!(node, Syntax::Stmt(Stmt::Global(_)));
    let reads_module = |read| matches!(read, FrameRead::Module | FrameRead::Code);
    let mut uses = home.scopes.uses_in(def.range).iter();
    !resolver.has_no_plain_form(home, def)
        && resolver.macro_fault(home, def).is_none()
        && defaults.all(is_constant)
        && !walk(&def.body[..]).any(is_global)
        && !uses.any(|used| home.scopes.frame_read(used).is_some_and(reads_module))
}

fn macro_at(
    resolver: &Resolver<'_>,
    module: &Rc<Module>,
    expr: &Expr,
) -> Option<(Rc<Module>, Name)> {
    match resolver.entity_of(module, expr)? {
        Entity::Macro(home, name) => Some((home, name)),
        _ => None,
    }
}

/// The definition of a macro as a function of the program, of which the names are yet to be resolved.
pub(super) fn function_of(
    resolver: &Resolver<'_>,
    host: &Host,
    home: &Rc<Module>,
    name: &str,
) -> Option<Node> {
    let def = definition_of(home, name)?;
    let mut leaves = AsWritten { resolver, host, home, whole: def.range };
    let stmt = Stmt::FunctionDef(without_annotations(def.clone()));
    Some(lower_statement(&stmt, home.file, home.text(), home.layout(), &mut leaves))
}

/// The function alone: what its annotations name need not be there where it is called.
fn without_annotations(mut def: StmtFunctionDef) -> StmtFunctionDef {
    def.decorator_list.clear();
    def.returns = None;
    def.type_params = None;
    let own = &mut *def.parameters;
    for list in [&mut own.posonlyargs, &mut own.args, &mut own.kwonlyargs] {
        list.iter_mut().for_each(|parameter| parameter.parameter.annotation = None);
    }
    for parameter in [&mut own.vararg, &mut own.kwarg].into_iter().flatten() {
        parameter.annotation = None;
    }
    def
}

/// The code of a macro as it stands, its variables told from those of its module.
struct AsWritten<'a> {
    resolver: &'a Resolver<'a>,
    host: &'a Host,
    home: &'a Rc<Module>,
    whole: TextRange,
}

impl Leaves for AsWritten<'_> {
    fn replace(&mut self, expr: &Expr) -> Option<Node> {
        let (home, name) = macro_at(self.resolver, self.home, expr)?;
        let number = self.host.macro_as_function(home.file, &name);
        let loc = Loc { file: self.home.file, range: expr.range() };
        Some(Node::var(name, Origin::Specialised(number)).with_loc(Some(loc)))
    }

    fn origin(&mut self, _: &str, range: TextRange) -> Origin {
        let scopes = &self.home.scopes;
        // What the code itself binds has no use.
        let Some(used) = scopes.use_at(range.start()).filter(|used| used.range == range) else {
            return Origin::Site;
        };
        match scopes.resolve(used) {
            Place::Bound(scope) if scope != ScopeId::MODULE => {
                debug_assert!(self.whole.contains_range(scopes.range(scope)), "of no other code");
                Origin::Site
            }
            Place::Unbound if scopes.builtin(used).is_some() => Origin::Builtin,
            Place::Bound(_) | Place::Unbound => Origin::Module(self.home.file),
        }
    }
}
