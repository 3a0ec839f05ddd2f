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
//! Inertness is proved, form by form: what has no rule here isn't inert. In inert modules no object
//! is made but by the functions of the library that only make something, so that operators and
//! protocols that would call methods of the program's own classes have nothing to call them of.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use rustpython_ast::{
    Decorator, ExceptHandler, Expr, Operator, Parameters, Stmt, StmtAugAssign, StmtClassDef,
    StmtFunctionDef, StmtIf,
};

use super::Resolver;
use super::import_time::{blocks_run, holds_when_imported, imports_run};
use super::imported_modules::ModuleKey;
use super::imported_modules::imported_path;
use crate::expand::program::entity::Entity;
use crate::expand::program::module::{Module, below};
use crate::python::builtins::Builtin;
use crate::python::library::{calls_methods_of_subclasses, is_library_module, only_makes};
use crate::python::meta::{MetaName, PACKAGES, is_meta_module};
use crate::scope::{BindingKind, Reaching, ScopeId};
use crate::syntax::is_text;

/// The modules that a module imports when it is run, if nobody could notice its other code.
pub(super) type InertCode = Option<Rc<[Rc<Module>]>>;

/// Whether nobody could notice that `import name` in `from` isn't run: it loads the packages
/// around the module, too.
pub(crate) fn is_inert_import(resolver: &Resolver<'_>, from: &Rc<Module>, name: &str) -> bool {
    let Some(mut waiting) = loaded(resolver, from, name) else { return false };
    let mut seen: Vec<_> = waiting.iter().map(|module| module.file).collect();
    while let Some(module) = waiting.pop() {
        if resolver.index().is_looked_up(&module) {
            return false;
        }
        let Some(imported) = inert_code(resolver, &module) else { return false };
        for module in imported.iter().filter(|module| module.path != from.path) {
            if !seen.contains(&module.file) {
                seen.push(module.file);
                waiting.push(module.clone());
            }
        }
    }
    true
}

/// The modules of the program that `import name` in `from` runs; none if it may run others.
fn loaded(resolver: &Resolver<'_>, from: &Rc<Module>, name: &str) -> Option<Vec<Rc<Module>>> {
    let mut modules = Vec::new();
    for name in with_packages(name) {
        match resolver.project.locate(&from.path, name) {
            // What imports it is running already, and so are the packages around it.
            Some(path) if is_around(&path, from) => {}
            Some(path) => modules.push(resolver.project.module(&path).ok()?),
            None => {
                let is_inert = PACKAGES.contains(&name)
                    || is_meta_module(name)
                    || is_library_module(name)
                    || resolver.project.is_namespace(&from.path, name);
                is_inert.then_some(())?;
            }
        }
    }
    Some(modules)
}

/// The dotted names of the packages that a module is in, and its own.
fn with_packages(name: &str) -> impl Iterator<Item = &str> {
    let dots = name.len() - name.trim_start_matches('.').len();
    let ends = name.match_indices('.').map(|(at, _)| at).chain([name.len()]);
    ends.filter(move |end| *end >= dots).filter_map(|end| name.get(..end))
}

/// Whether nobody could notice that the statement of `from` that imports the module `name` isn't there:
/// by what the module does, or as an attribute of its package. In a package the statement makes a module
/// below it one, for whoever has the package.
pub(crate) fn is_unnoticed_import(resolver: &Resolver<'_>, from: &Rc<Module>, name: &str) -> bool {
    let is_below = name.strip_prefix(&*from.name).is_some_and(|rest| rest.starts_with('.'));
    // A macro that is read of it isn't, in the end.
    let is_of_program = |(path, name): &(PathBuf, String)| {
        let home = resolver.project.module(path).ok();
        let entity = home.and_then(|home| resolver.export(&home, name));
        !entity.is_some_and(|entity| entity.is_compile_time())
    };
    let is_read = |name: &str| match ModuleKey::of(&resolver.project, &from.path, name) {
        Some(ModuleKey::File(path)) if is_around(&path, from) => false,
        Some(module) => {
            resolver.index().read_of(&module).any(|member| member.is_none_or(is_of_program))
        }
        None => false,
    };
    let is_attribute = from.is_package && is_below || with_packages(name).any(is_read);
    !is_attribute && is_inert_import(resolver, from, name)
}

/// Whether the file is the module, or a package that holds it.
fn is_around(path: &Path, module: &Module) -> bool {
    let package = path.ends_with("__init__.py").then(|| path.parent()).flatten();
    path == module.path || package.is_some_and(|package| module.path.starts_with(package))
}

/// What the code of one module is, the modules aside that it imports.
fn inert_code(resolver: &Resolver<'_>, module: &Rc<Module>) -> InertCode {
    if let Some(known) = resolver.inert.borrow().get(&module.file) {
        return known.clone();
    }
    let code = ModuleCode { resolver, module };
    let is_inert = module.syntax.body.iter().all(|stmt| code.is_inert(stmt));
    let inert: InertCode = match is_inert {
        true => imports_run(resolver, module)
            .into_iter()
            .map(|import| code.imports(import))
            .collect::<Option<Vec<_>>>()
            .map(|modules| modules.concat().into()),
        false => None,
    };
    resolver.inert.borrow_mut().insert(module.file, inert.clone());
    inert
}

/// The code at the top level of a module.
struct ModuleCode<'s, 'a> {
    resolver: &'s Resolver<'a>,
    module: &'s Rc<Module>,
}

impl ModuleCode<'_, '_> {
    /// Whether nobody could notice that the statement isn't run, what its imports run aside.
    fn is_inert(&self, stmt: &Stmt) -> bool {
        let all = |block: &[Stmt]| block.iter().all(|stmt| self.is_inert(stmt));
        match stmt {
            Stmt::FunctionDef(def) if self.resolver.stays_plain(self.module, def) => {
                self.is_function(def)
            }
            _ if self.resolver.is_definition(self.module, stmt) => true,
            _ if is_text(stmt) => true,
            Stmt::Pass(_) | Stmt::Global(_) | Stmt::TypeAlias(_) => true,
            Stmt::Import(_) | Stmt::ImportFrom(_) => true,
            Stmt::FunctionDef(def) => self.is_function(def),
            Stmt::ClassDef(class) => self.is_class(class),
            Stmt::Assign(assign) => {
                assign.targets.iter().all(is_target) && self.is_value(&assign.value)
            }
            Stmt::AnnAssign(assign) => {
                is_target(&assign.target)
                    && self.is_type(&assign.annotation)
                    && assign.value.iter().all(|value| self.is_value(value))
            }
            Stmt::AugAssign(assign) => self.is_extension(assign),
            Stmt::If(choice) => self.is_choice(choice),
            Stmt::Try(attempt) => {
                let handlers = attempt.handlers.iter();
                all(&attempt.body) && all(&attempt.orelse) && all(&attempt.finalbody) && {
                    handlers
                }
                .all(|ExceptHandler::ExceptHandler(h)| all(&h.body))
            }
            _ => false,
        }
    }

    /// The modules of the program that an import runs; none if it may run others.
    fn imports(&self, stmt: &Stmt) -> Option<Vec<Rc<Module>>> {
        let loaded = |name: &str| loaded(self.resolver, self.module, name);
        let mut modules = Vec::new();
        match stmt {
            Stmt::Import(import) => {
                for alias in &import.names {
                    modules.extend(loaded(&alias.name)?);
                }
            }
            Stmt::ImportFrom(import) => {
                let from = self.module.absolute(import.level, import.module.as_deref());
                modules.extend(loaded(&from)?);
                for alias in &import.names {
                    let name = below(&from, &alias.name);
                    if self.resolver.project.locate(&self.module.path, &name).is_some() {
                        modules.extend(loaded(&name)?);
                    }
                }
            }
            _ => {}
        }
        Some(modules)
    }

    /// `__all__ += […]`, of a list that the module made itself.
    fn is_extension(&self, assign: &StmtAugAssign) -> bool {
        let is_display = |expr: &Expr| expr.is_list_expr() || expr.is_tuple_expr();
        let made_here = |name: &str| {
            let bindings = self.module.scopes.bindings(ScopeId::MODULE, name);
            bindings.iter().all(|binding| match self.module.top_level(binding.statement) {
                Some(Stmt::Assign(made)) => is_display(&made.value),
                Some(Stmt::AnnAssign(made)) => made.value.as_deref().is_some_and(is_display),
                Some(Stmt::AugAssign(_)) => true,
                _ => false,
            })
        };
        let name = assign.target.as_name_expr();
        assign.op == Operator::Add
            && name.is_some_and(|name| made_here(&name.id))
            && is_display(&assign.value)
            && self.is_value(&assign.value)
    }

    fn is_choice(&self, choice: &StmtIf) -> bool {
        let rest = choice.elif_else_clauses.iter().filter_map(|clause| clause.test.as_ref());
        let is_test = |test: &Expr| {
            holds_when_imported(self.resolver, self.module, test).is_some() || self.is_value(test)
        };
        std::iter::once(&*choice.test).chain(rest).all(is_test)
            && blocks_run(self.resolver, self.module, choice)
                .into_iter()
                .flatten()
                .all(|stmt| self.is_inert(stmt))
    }

    fn is_function(&self, def: &StmtFunctionDef) -> bool {
        self.are_decorators(&def.decorator_list)
            && self.are_parameters(&def.parameters)
            && def.returns.iter().all(|returns| self.is_type(returns))
    }

    fn is_class(&self, class: &StmtClassDef) -> bool {
        let arguments = class.arguments.iter();
        let bases = || arguments.clone().flat_map(|all| &all.args);
        let has_hooks = bases().any(|base| self.calls_methods(base))
            && self.members(class).any(|name| name.starts_with('_'));
        self.are_decorators(&class.decorator_list)
            && arguments.clone().all(|all| all.keywords.is_empty())
            && bases().all(|base| self.is_base(base))
            && !has_hooks
            && class.body.iter().all(|stmt| self.is_inert(stmt))
    }

    /// The names that the body of a class binds.
    fn members(&self, class: &StmtClassDef) -> impl Iterator<Item = &str> {
        let scope = self.module.scopes.scope_of(class.range);
        scope.into_iter().flat_map(|scope| self.module.scopes.names(scope))
    }

    /// Whether a class can be derived from it without running code of the program.
    fn is_base(&self, base: &Expr) -> bool {
        let is_own = |class: &StmtClassDef| {
            let is_hook = |name: &str| matches!(name, "__init_subclass__" | "__class_getitem__");
            !self.members(class).any(is_hook)
        };
        match base {
            Expr::Subscript(part) => self.is_base(&part.value) && self.is_type(&part.slice),
            _ => self.library_path(base).is_some() || self.own_class(base).is_some_and(is_own),
        }
    }

    /// Whether a class that is derived from it has its methods called while it is made.
    fn calls_methods(&self, base: &Expr) -> bool {
        let of_library = self.library_path(base).is_some_and(|p| calls_methods_of_subclasses(&p));
        let own = self.own_class(base).and_then(|class| class.arguments.as_ref());
        of_library || own.is_some_and(|all| all.args.iter().any(|base| self.calls_methods(base)))
    }

    fn are_decorators(&self, decorators: &[Decorator]) -> bool {
        decorators.iter().all(|decorator| match &decorator.expression {
            Expr::Call(_) => self.is_value(&decorator.expression),
            other => {
                let entity = self.resolver.entity_of(self.module, other);
                matches!(entity, Some(Entity::Meta(_))) || self.is_maker(other)
            }
        })
    }

    fn are_parameters(&self, parameters: &Parameters) -> bool {
        parameters.iter().all(|parameter| {
            parameter.default().is_none_or(|default| self.is_value(default))
                && parameter.annotation().is_none_or(|annotation| self.is_type(annotation))
        })
    }

    /// Whether it is a type as annotations have them.
    fn is_type(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Subscript(part) => self.is_base(&part.value) && self.is_type(&part.slice),
            Expr::Tuple(tuple) => tuple.elts.iter().all(|e| self.is_type(e)),
            Expr::List(list) => list.elts.iter().all(|e| self.is_type(e)),
            Expr::BinOp(e) if e.op == Operator::BitOr => {
                self.is_type(&e.left) && self.is_type(&e.right)
            }
            Expr::Name(_) | Expr::Attribute(_) => self.is_value(expr),
            other => is_literal(other),
        }
    }

    /// Whether computing the value does nothing but that.
    fn is_value(&self, expr: &Expr) -> bool {
        let all = |items: &[Expr]| items.iter().all(|item| self.is_value(item));
        match expr {
            Expr::Name(_) => true,
            Expr::Lambda(lambda) => {
                lambda.parameters.iter().all(|parameters| self.are_parameters(parameters))
            }
            Expr::Attribute(_) => self.library_path(expr).is_some(),
            Expr::List(e) => all(&e.elts),
            Expr::Tuple(e) => all(&e.elts),
            Expr::Set(e) => e.elts.iter().all(is_literal),
            Expr::Dict(e) => e.items.iter().all(|item| {
                item.key.as_ref().is_some_and(is_literal) && self.is_value(&item.value)
            }),
            Expr::If(e) => [&e.test, &e.body, &e.orelse].into_iter().all(|e| self.is_value(e)),
            Expr::Compare(e) => is_literal(&e.left) && e.comparators.iter().all(is_literal),
            Expr::Subscript(_) => self.is_type(expr),
            Expr::Call(call) => {
                let keywords = call.arguments.keywords.iter().map(|keyword| &keyword.value);
                let mut arguments = call.arguments.args.iter().chain(keywords);
                self.resolver.meta_call(self.module, expr, MetaName::Comptime).is_some()
                    || self.is_maker(&call.func) && arguments.all(|a| self.is_value(a))
                    || self.is_plain(expr)
            }
            other => is_literal(other),
        }
    }

    /// Whether it is made of constants alone, by displays and by builtins that compute something of
    /// their arguments.
    fn is_plain(&self, expr: &Expr) -> bool {
        let all = |items: &[Expr]| items.iter().all(|item| self.is_plain(item));
        match expr {
            Expr::List(e) => all(&e.elts),
            Expr::Tuple(e) => all(&e.elts),
            Expr::Set(e) => e.elts.iter().all(is_literal),
            Expr::Dict(e) => e.items.iter().all(|item| {
                item.key.as_ref().is_some_and(is_literal) && self.is_plain(&item.value)
            }),
            Expr::Call(call) => {
                let keywords = call.arguments.keywords.iter();
                self.computes(&call.func) && all(&call.arguments.args) && { keywords }
                    .all(|keyword| self.is_plain(&keyword.value))
            }
            other => is_literal(other),
        }
    }

    /// Whether a call of it makes something of its arguments and calls none of them.
    fn is_maker(&self, callee: &Expr) -> bool {
        self.library_path(callee).is_some_and(|path| only_makes(&path))
    }

    /// Whether it is a builtin that computes something of its arguments, by their methods.
    fn computes(&self, callee: &Expr) -> bool {
        self.builtin(callee).is_some_and(|builtin| builtin.effect.only_computes())
    }

    fn builtin(&self, expr: &Expr) -> Option<Builtin> {
        let used = self.module.scopes.use_at(expr.as_name_expr()?.range.start())?;
        self.module.scopes.builtin(used)
    }

    /// The dotted path of what a name or an attribute is of the standard library; that of a builtin
    /// begins with `builtins`.
    fn library_path(&self, expr: &Expr) -> Option<String> {
        if let Expr::Attribute(attribute) = expr {
            let object = self.library_path(&attribute.value)?;
            return Some(format!("{object}.{}", attribute.attr));
        }
        match self.builtin(expr) {
            Some(builtin) => Some(format!("builtins.{}", builtin.name)),
            None => imported_path(&self.resolver.project, self.module, expr)
                .filter(|path| is_library_module(path)),
        }
    }

    /// The class of this module that a name surely is.
    fn own_class(&self, expr: &Expr) -> Option<&StmtClassDef> {
        let used = self.module.scopes.use_at(expr.as_name_expr()?.range.start())?;
        let Reaching::One(binding) = self.module.scopes.reaching(used) else { return None };
        let is_class = binding.kind == BindingKind::Class;
        let stmt = self.module.top_level(binding.statement).filter(|_| is_class)?;
        stmt.as_class_def_stmt()
    }
}

fn is_target(target: &Expr) -> bool {
    match target {
        Expr::Name(_) => true,
        Expr::Tuple(tuple) => tuple.elts.iter().all(is_target),
        Expr::List(list) => list.elts.iter().all(is_target),
        _ => false,
    }
}

/// Whether it is made of constants alone, by operators or as a tuple.
fn is_literal(expr: &Expr) -> bool {
    match expr {
        Expr::UnaryOp(e) => is_literal(&e.operand),
        Expr::BinOp(e) => is_literal(&e.left) && is_literal(&e.right),
        Expr::Tuple(e) => e.elts.iter().all(is_literal),
        Expr::FString(_) | Expr::TString(_) => false,
        other => other.is_literal_expr(),
    }
}
