//! Whether anybody could notice that a module isn't run (language.md §2).
//!
//! A module is *inert* if its top level has nothing but definitions, constants, and imports of inert
//! modules. An import of it that is there for macros alone can go away.
//!
//! ```text
//! import math                             inert: the standard library is
//! SCALE = {"m": 1, "km": 1000}            inert
//! @macro
//! def area(r): return math.pi * r * r     inert
//! registry.append("shapes")               not inert
//! ```
//!
//! Running code is never inert where it isn't known to be: a decorator, a base class with a hook, a
//! call.

use std::rc::Rc;

use rustpython_ast::{CmpOp, Decorator, Expr, Operator, Parameters, Stmt, StmtClassDef, StmtIf};
use rustpython_text_size::Ranged as _;

use super::Resolver;
use super::outcome::outcome;
use crate::expand::program::entity::Entity;
use crate::expand::program::module::{Module, below};
use crate::python::library::is_library_module;
use crate::python::meta::{MetaName, PACKAGES, is_meta_module};
use crate::scope::{BindingKind, Imported, Place, Reaching, ScopeId};
use crate::syntax::is_text;

/// Library modules whose functions only make things: types, patterns, numbers.
const MAKERS: [&str; 17] = [
    "abc",
    "cmath",
    "collections",
    "contextlib",
    "dataclasses",
    "datetime",
    "decimal",
    "enum",
    "fractions",
    "functools",
    "itertools",
    "math",
    "operator",
    "pathlib",
    "re",
    "types",
    "typing",
];

/// Whether nobody could notice that `module` isn't run when it is imported.
pub(crate) fn is_inert(resolver: &Resolver<'_>, module: &Rc<Module>) -> bool {
    if let Some(known) = resolver.inert.borrow().get(&module.file) {
        return *known;
    }
    // In a circle of imports, the others decide.
    resolver.inert.borrow_mut().insert(module.file, true);
    let code = ModuleCode { resolver, module };
    let is_inert = module.syntax.body.iter().all(|stmt| code.is_inert(stmt));
    resolver.inert.borrow_mut().insert(module.file, is_inert);
    is_inert
}

/// Whether nobody could notice that `import name` in `from` isn't run: it loads the packages
/// around the module, too.
pub(crate) fn is_inert_import(resolver: &Resolver<'_>, from: &Rc<Module>, name: &str) -> bool {
    let dots = name.len() - name.trim_start_matches('.').len();
    let ends = name.match_indices('.').map(|(at, _)| at).chain([name.len()]);
    ends.filter(|end| *end >= dots).all(|end| {
        let name = name.get(..end).unwrap_or_default();
        match resolver.project.locate(&from.path, name) {
            // What imports it is running already, and so are the packages around it.
            Some(path) if is_around(&path, from) => true,
            Some(path) => resolver.project.module(&path).is_ok_and(|m| is_inert(resolver, &m)),
            None => {
                PACKAGES.contains(&name)
                    || is_meta_module(name)
                    || is_library_module(name)
                    || resolver.project.is_namespace(&from.path, name)
            }
        }
    })
}

/// Whether the file is the module, or a package that holds it.
fn is_around(path: &std::path::Path, module: &Module) -> bool {
    let package = path.ends_with("__init__.py").then(|| path.parent()).flatten();
    path == module.path || package.is_some_and(|package| module.path.starts_with(package))
}

/// The code at the top level of a module.
struct ModuleCode<'s, 'a> {
    resolver: &'s Resolver<'a>,
    module: &'s Rc<Module>,
}

impl ModuleCode<'_, '_> {
    fn is_inert(&self, stmt: &Stmt) -> bool {
        let all = |block: &[Stmt]| block.iter().all(|stmt| self.is_inert(stmt));
        match stmt {
            _ if self.resolver.is_definition(self.module, stmt) => true,
            _ if is_text(stmt) => true,
            Stmt::Pass(_) | Stmt::Global(_) | Stmt::TypeAlias(_) => true,
            Stmt::FunctionDef(def) => {
                self.are_decorators(&def.decorator_list)
                    && self.are_parameters(&def.parameters)
                    && def.returns.iter().all(|returns| self.is_annotation(returns))
            }
            Stmt::ClassDef(class) => self.is_class(class),
            Stmt::Import(import) => import.names.iter().all(|alias| self.is_import(&alias.name)),
            Stmt::ImportFrom(import) => {
                let from = self.module.absolute(import.level, import.module.as_deref());
                self.is_import(&from)
                    && import.names.iter().all(|alias| {
                        let name = below(&from, &alias.name);
                        let is_module =
                            self.resolver.project.locate(&self.module.path, &name).is_some();
                        !is_module || self.is_import(&name)
                    })
            }
            Stmt::Assign(assign) => {
                assign.targets.iter().all(is_target) && self.is_value(&assign.value)
            }
            Stmt::AnnAssign(assign) => {
                is_target(&assign.target)
                    && self.is_annotation(&assign.annotation)
                    && assign.value.iter().all(|value| self.is_value(value))
            }
            Stmt::AugAssign(assign) => {
                is_target(&assign.target) && matches!(assign.op, Operator::Add) && {
                    matches!(&*assign.value, Expr::List(_) | Expr::Tuple(_))
                        && self.is_value(&assign.value)
                }
            }
            Stmt::If(choice) => self.is_choice(choice),
            Stmt::Try(attempt) => {
                all(&attempt.body) && all(&attempt.orelse) && all(&attempt.finalbody)
            }
            _ => false,
        }
    }

    fn is_choice(&self, choice: &StmtIf) -> bool {
        let all = |block: &[Stmt]| block.iter().all(|stmt| self.is_inert(stmt));
        let clauses = choice.elif_else_clauses.iter();
        let is_of_script = is_main_guard(self.module, &choice.test);
        match outcome(self.module, &choice.test) {
            _ if is_of_script => clauses.into_iter().all(|clause| all(&clause.body)),
            Some(true) => all(&choice.body),
            Some(false) => clauses.into_iter().all(|clause| all(&clause.body)),
            None => {
                self.is_value(&choice.test)
                    && all(&choice.body)
                    && clauses.into_iter().all(|clause| all(&clause.body))
            }
        }
    }

    fn is_import(&self, name: &str) -> bool {
        is_inert_import(self.resolver, self.module, name)
    }

    fn is_class(&self, class: &StmtClassDef) -> bool {
        let arguments = class.arguments.iter();
        self.are_decorators(&class.decorator_list)
            && arguments.clone().all(|all| all.keywords.is_empty())
            && arguments.flat_map(|all| &all.args).all(|base| self.is_from_library(base))
            && class.body.iter().all(|stmt| self.is_inert(stmt))
    }

    fn are_decorators(&self, decorators: &[Decorator]) -> bool {
        decorators.iter().all(|decorator| match &decorator.expression {
            Expr::Call(call) => {
                self.is_from_library(&call.func)
                    && call.arguments.args.iter().all(|a| self.is_value(a))
                    && call.arguments.keywords.iter().all(|k| self.is_value(&k.value))
            }
            other => self.is_from_library(other),
        })
    }

    fn are_parameters(&self, parameters: &Parameters) -> bool {
        parameters.iter().all(|parameter| {
            parameter.default().is_none_or(|default| self.is_value(default))
                && parameter.annotation().is_none_or(|annotation| self.is_annotation(annotation))
        })
    }

    fn is_annotation(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Subscript(s) => self.is_annotation(&s.value) && self.is_annotation(&s.slice),
            Expr::Tuple(tuple) => tuple.elts.iter().all(|e| self.is_annotation(e)),
            Expr::List(list) => list.elts.iter().all(|e| self.is_annotation(e)),
            Expr::BinOp(e) if e.op == Operator::BitOr => {
                self.is_annotation(&e.left) && self.is_annotation(&e.right)
            }
            Expr::Attribute(_) => self.is_from_library(expr),
            other => self.is_value(other),
        }
    }

    /// Whether computing the value does nothing but that.
    fn is_value(&self, expr: &Expr) -> bool {
        let all = |items: &[Expr]| items.iter().all(|item| self.is_value(item));
        match expr {
            Expr::Name(_) | Expr::Lambda(_) => true,
            Expr::Attribute(_) => self.is_from_library(expr),
            Expr::List(e) => all(&e.elts),
            Expr::Tuple(e) => all(&e.elts),
            Expr::Set(e) => e.elts.iter().all(is_literal),
            Expr::Dict(e) => e.items.iter().all(|item| {
                item.key.as_ref().is_some_and(is_literal) && self.is_value(&item.value)
            }),
            Expr::UnaryOp(e) => is_literal(&e.operand),
            Expr::BinOp(e) => is_literal(&e.left) && is_literal(&e.right),
            Expr::If(e) => all(&[(*e.test).clone(), (*e.body).clone(), (*e.orelse).clone()]),
            Expr::Compare(e) => is_literal(&e.left) && e.comparators.iter().all(is_literal),
            Expr::Subscript(_) => self.is_annotation(expr),
            Expr::Call(call) => {
                let is_marked =
                    self.resolver.meta_call(self.module, expr, MetaName::Comptime).is_some();
                is_marked
                    || self.is_maker(&call.func)
                        && all(&call.arguments.args)
                        && call.arguments.keywords.iter().all(|k| self.is_value(&k.value))
            }
            other => is_literal(other),
        }
    }

    /// Whether a call of it only makes something.
    fn is_maker(&self, callee: &Expr) -> bool {
        let root = root_of(callee);
        let used = self.module.scopes.use_at(root.start());
        let is_builtin = used.and_then(|used| self.module.scopes.builtin(used));
        match is_builtin {
            Some(builtin) => callee.is_name_expr() && builtin.effect.only_computes(),
            None => self.library_module_of(callee).is_some_and(|module| {
                MAKERS.contains(&module.split('.').next().unwrap_or_default())
            }),
        }
    }

    /// Whether the name, or what an attribute is one of, is a builtin or comes from the standard
    /// library or from here, where all is inert.
    fn is_from_library(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Subscript(s) => self.is_from_library(&s.value) && self.is_annotation(&s.slice),
            _ => {
                let root = root_of(expr);
                let used = self.module.scopes.use_at(root.start());
                used.is_some_and(|used| self.module.scopes.builtin(used).is_some())
                    || self.library_module_of(expr).is_some()
                    || expr.is_name_expr() && self.is_own_class(expr)
            }
        }
    }

    /// Whether the name is that of a class of this module, which has no hook for subclasses.
    fn is_own_class(&self, expr: &Expr) -> bool {
        let used = self.module.scopes.use_at(expr.start());
        let Some(Reaching::One(binding)) = used.map(|used| self.module.scopes.reaching(used))
        else {
            return false;
        };
        let hook = |stmt: &Stmt| {
            stmt.as_function_def_stmt().is_some_and(|def| def.name.starts_with("__init_subclass"))
        };
        let own = self.module.top_level(binding.statement).and_then(Stmt::as_class_def_stmt);
        own.is_some_and(|class| !class.body.iter().any(hook))
    }

    /// The module of the standard library that the root of the expression is, or is imported from.
    fn library_module_of(&self, expr: &Expr) -> Option<String> {
        let used = self.module.scopes.use_at(root_of(expr).start())?;
        let Place::Bound(_) = self.module.scopes.resolve(used) else { return None };
        let Reaching::One(binding) = self.module.scopes.reaching(used) else { return None };
        let BindingKind::Import { module, level: 0, object, .. } = &binding.kind else {
            return None;
        };
        let module = module.as_deref()?;
        let name = match object {
            Imported::Root => module.split('.').next().unwrap_or(module),
            _ => module,
        };
        let is_own = matches!(
            self.resolver.module_entity(self.module, name),
            Some(Entity::Module(_) | Entity::Path(_))
        );
        (!is_own && is_library_module(name)).then(|| name.to_owned())
    }
}

/// `__name__ == "__main__"`, which doesn't hold in a module that is imported.
fn is_main_guard(module: &Module, test: &Expr) -> bool {
    let own = module.scopes.bindings(ScopeId::MODULE, "__name__");
    let Some(compare) = test.as_compare_expr() else { return false };
    let is_name = compare.left.as_name_expr().is_some_and(|name| name.id == "__name__");
    let is_main = |expr: &Expr| {
        expr.as_string_literal_expr().is_some_and(|text| text.value.to_str() == "__main__")
    };
    own.is_empty()
        && is_name
        && matches!(*compare.ops, [CmpOp::Eq])
        && compare.comparators.iter().all(is_main)
}

fn is_target(target: &Expr) -> bool {
    match target {
        Expr::Name(_) => true,
        Expr::Tuple(tuple) => tuple.elts.iter().all(is_target),
        Expr::List(list) => list.elts.iter().all(is_target),
        _ => false,
    }
}

/// Whether it is made of constants alone.
fn is_literal(expr: &Expr) -> bool {
    match expr {
        Expr::UnaryOp(e) => is_literal(&e.operand),
        Expr::BinOp(e) => is_literal(&e.left) && is_literal(&e.right),
        Expr::Tuple(e) => e.elts.iter().all(is_literal),
        Expr::FString(_) | Expr::TString(_) => false,
        other => other.is_literal_expr(),
    }
}

/// The name that a chain of attributes begins with, or the expression itself.
fn root_of(expr: &Expr) -> &Expr {
    match expr {
        Expr::Attribute(attribute) => root_of(&attribute.value),
        other => other,
    }
}
