//! What a `def`, `class` or assignment at the top level defines, by its decorators and by its value.

use std::cell::RefCell;
use std::rc::Rc;

use rustpython_ast::{Decorator, Expr, ExprCall, Stmt, StmtFunctionDef};
use rustpython_text_size::Ranged as _;

use super::{Denotation, Inquiry, Resolver, Unresolved};
use crate::expand::program::entity::{Decoration, Entity};
use crate::expand::program::module::Module;
use crate::python::meta::MetaName;
use crate::scope::{Binding, BindingKind, Reaching};
use crate::syntax::{Constant, Syntax, attribute_root, constants, walk};

/// How many names may stand for each other.
const MOST_NAMES: usize = 20;

impl Resolver<'_> {
    /// The compile-time decorator among `decorators`, once it is chosen what its module has.
    fn decoration_denotes(
        &self,
        module: &Rc<Module>,
        decorators: &[Decorator],
    ) -> Result<Option<Decoration>, Unresolved> {
        for decorator in decorators {
            match self.denotes(module, &decorator.expression) {
                Err(undecided @ Unresolved::Undecided(_)) => return Err(undecided),
                answer => {
                    if let Some(decoration) = answer.ok().flatten().and_then(Decoration::of) {
                        return Ok(Some(decoration));
                    }
                }
            }
        }
        Ok(None)
    }

    /// A `def`, `class` or assignment at the top level. While that is looked up, it has nothing: what
    /// stands in it is evaluated before the name is bound.
    pub(super) fn definition_denotes(&self, module: &Rc<Module>, binding: &Binding) -> Denotation {
        let inquiry = Inquiry::Definition(module.file, binding.range);
        self.inquiries.once(inquiry, || self.defined(module, binding)).unwrap_or(Ok(None))
    }

    fn defined(&self, module: &Rc<Module>, binding: &Binding) -> Denotation {
        let name = || binding.name.as_str().into();
        Ok(match statement_of(module, binding) {
            Some(Stmt::FunctionDef(def)) => {
                match self.decoration_denotes(module, &def.decorator_list)? {
                    Some(Decoration::Macro)
                        if self.macro_fault(module, def).is_some()
                            && !self.lacks_plain_form(module, def)? =>
                    {
                        None
                    }
                    Some(Decoration::Macro) => Some(Entity::Macro(module.clone(), name())),
                    // Without a plain form it is a macro in all respects.
                    Some(Decoration::Unroll) if self.lacks_plain_form(module, def)? => {
                        Some(Entity::Macro(module.clone(), name()))
                    }
                    Some(Decoration::Unroll) => Some(Entity::Unroll(module.clone(), name())),
                    Some(Decoration::Comptime) => Some(Entity::Comptime(module.clone(), name())),
                    None => None,
                }
            }
            Some(Stmt::ClassDef(class)) => {
                match self.decoration_denotes(module, &class.decorator_list)? {
                    Some(Decoration::Comptime) => Some(Entity::Comptime(module.clone(), name())),
                    Some(Decoration::Macro | Decoration::Unroll) | None => None,
                }
            }
            Some(stmt) => match self.is_constant(module, stmt, binding)? {
                true => Some(Entity::Constant(module.clone(), name())),
                false => self.module_alias(module, stmt)?,
            },
            None => None,
        })
    }

    /// The module to which the statement gives a name: `L = lib`.
    fn module_alias(&self, module: &Rc<Module>, stmt: &Stmt) -> Denotation {
        let path = renamed(stmt).filter(|_| self.inquiries.depth() <= MOST_NAMES);
        let Some(path) = path else { return Ok(None) };
        let entity = self.denotes(module, path);
        Ok(entity?.filter(|entity| matches!(entity, Entity::Module(_) | Entity::Path(_))))
    }

    /// What the expression denotes if it is something of another module. What this one defines isn't looked
    /// up for that: of `text = text.strip()` there may be thousands.
    fn denotes_imported(&self, module: &Rc<Module>, expr: &Expr) -> Denotation {
        let is_own = |binding: &Binding| match binding.kind {
            BindingKind::Import { .. } => false,
            _ => statement_of(module, binding).is_none_or(|stmt| renamed(stmt).is_none()),
        };
        let scopes = &module.scopes;
        let used = scopes.use_at(attribute_root(expr).start());
        let used = used.filter(|used| scopes.stars_reaching(used).is_empty());
        let is_defined_here = match used.map(|used| scopes.reaching(used)) {
            Some(Reaching::One(binding)) => is_own(binding),
            Some(Reaching::Many(bindings)) => bindings.iter().all(|binding| is_own(binding)),
            Some(Reaching::None) | None => false,
        };
        match is_defined_here {
            true => Ok(None),
            false => self.denotes(module, expr),
        }
    }

    /// Whether the assignment binds the name to a compile-time constant.
    fn is_constant(
        &self,
        module: &Rc<Module>,
        stmt: &Stmt,
        binding: &Binding,
    ) -> Result<bool, Unresolved> {
        let undecided = RefCell::new(None);
        let is_comptime = |call: &ExprCall| match self.denotes_imported(module, &call.func) {
            Err(answer @ Unresolved::Undecided(_)) => {
                undecided.replace(Some(answer));
                false
            }
            answer => {
                answer.ok().flatten().is_some_and(|entity| entity.is_meta(MetaName::Comptime))
            }
        };
        let is_own = |constant: &Constant<'_>| {
            constant.names().iter().any(|name| name.range == binding.range)
        };
        let is_constant = constants(stmt, &is_comptime).iter().any(is_own);
        undecided.take().map_or(Ok(is_constant), Err)
    }

    /// Whether the function can't be a plain one.
    pub(super) fn lacks_plain_form(
        &self,
        module: &Rc<Module>,
        def: &StmtFunctionDef,
    ) -> Result<bool, Unresolved> {
        let key = (module.file, def.range);
        if let Some(known) = self.without_plain_form.borrow().get(&key) {
            return Ok(*known);
        }
        // Looked at meanwhile, it is taken for one that has a plain form.
        self.without_plain_form.borrow_mut().insert(key, false);
        let exprs = walk(&def.body).filter_map(Syntax::expr);
        let mut lacks = Ok(false);
        for expr in exprs.filter(|expr| expr.is_name_expr() || expr.is_attribute_expr()) {
            lacks = match self.denotes(module, expr) {
                Ok(Some(Entity::Comptime(..))) => Ok(true),
                Ok(Some(Entity::Meta(MetaName::Comptime | MetaName::Unroll))) => Ok(false),
                Ok(Some(Entity::Meta(_) | Entity::UnknownMeta(_))) => Ok(true),
                Err(undecided @ Unresolved::Undecided(_)) => Err(undecided),
                _ => Ok(false),
            };
            if !matches!(lacks, Ok(false)) {
                break;
            }
        }
        match &lacks {
            Ok(lacks) => self.without_plain_form.borrow_mut().insert(key, *lacks),
            Err(_) => self.without_plain_form.borrow_mut().remove(&key),
        };
        lacks
    }
}

/// The statement of the module's own body that binds the name.
fn statement_of<'m>(module: &'m Module, binding: &Binding) -> Option<&'m Stmt> {
    let body = &module.syntax.body;
    let own = body.binary_search_by_key(&binding.statement.start(), |stmt| stmt.start());
    let own = own.ok().and_then(|index| body.get(index));
    own.filter(|stmt| stmt.range() == binding.statement)
}

/// The name, or the attribute of one, to which the statement gives another name.
fn renamed(stmt: &Stmt) -> Option<&Expr> {
    let Stmt::Assign(assign) = stmt else { return None };
    let is_name = assign.targets.iter().all(Expr::is_name_expr);
    let is_path = assign.value.is_name_expr() || assign.value.is_attribute_expr();
    (is_name && is_path).then_some(&*assign.value)
}
