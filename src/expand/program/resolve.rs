//! What names denote: by binding, never by spelling (language.md §2).
//!
//! Every question is a query: it reports nothing, runs no code, and its answer depends on nothing
//! but the texts of the modules and on which branches at their top levels were chosen. Where that
//! isn't chosen yet, or where a module can't be read, the answer says so ([`Unresolved`]), and the
//! pass that asked decides what to do about it.

mod access;

mod circles;

mod imported_modules;

mod index;

mod definition;

mod moment;

mod outcome;

mod import_time;

mod inert;

mod rebinding;

mod changes;

mod plain;

mod branches;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use rustpython_ast::{
    Decorator, Expr, ExprAttribute, ExprCall, ExprContext, Stmt, StmtFunctionDef,
};
use rustpython_text_size::TextRange;

use super::entity::{Decoration, Entity};
use super::module::{Module, below};
use super::modules::Project;
use crate::codenode::Name;
use crate::diagnostic::Finding;
use crate::host::PythonVersion;
use crate::python::meta::{MetaName, PACKAGES};
use crate::scope::{Binding, BindingKind, Imported, Place, Position, Reaching, ScopeId, Use};
use crate::source::FileId;
use crate::syntax::{Constant, constants};

use self::branches::tests_of;
pub(crate) use self::branches::{branch_statements, holds_compile_time, is_decided};
use self::changes::ChangePlace;
pub(crate) use self::changes::Elements;
use self::circles::{Inquiries, Inquiry};
pub(crate) use self::import_time::imports_run;
pub(crate) use self::imported_modules::ImportedModules;
use self::index::ProgramIndex;
pub use self::index::RunFiles;
use self::inert::InertCode;
pub(crate) use self::inert::{is_inert_import, is_unnoticed_import};
pub(crate) use self::outcome::{Pythons, outcome};
pub(crate) use self::plain::MacroFault;

/// What a name denotes, if it is something of compile time or a module.
pub(crate) type Denotation = Result<Option<Entity>, Unresolved>;

/// Why it can't be told what a name denotes.
#[derive(Clone)]
pub(crate) enum Unresolved {
    /// A macro on one way, something else on another.
    Ambiguous(Ambiguity),
    /// A module that it comes from can't be read or parsed: the findings about that.
    Broken(Vec<Finding>),
    /// It isn't chosen yet what this module has at its top level.
    Undecided(Rc<Module>),
}

/// A name that is bound to something of compile time on one way, to something else on another.
#[derive(Clone)]
pub(crate) struct Ambiguity {
    pub module: Rc<Module>,
    /// Its bindings, in the order of the source.
    pub bindings: Vec<(Rc<Module>, TextRange, Option<Entity>)>,
}

/// Tells what names denote in the modules of a project.
pub(crate) struct Resolver<'a> {
    pub project: Project<'a>,
    /// Modules with branches at their top levels that are chosen at compile time, as they are after
    /// that.
    chosen: HashMap<FileId, Rc<Module>>,
    /// Whether modules have such branches.
    has_branches: RefCell<HashMap<FileId, bool>>,
    /// Whether `@unroll` functions exist at compile time only, by their places.
    without_plain_form: RefCell<HashMap<(FileId, TextRange), bool>>,
    /// What is known of modules whose code nobody would miss.
    inert: RefCell<HashMap<FileId, InertCode>>,
    /// Which Python the output is for, if that is said.
    target: Option<PythonVersion>,
    /// What the files of the run do to each other's modules.
    run: Arc<RunFiles>,
    /// Where the program changes constants, if it does.
    changes: RefCell<HashMap<(FileId, Name), Option<ChangePlace>>>,
    /// The questions that are being answered: a circle ends at the first of them.
    inquiries: Inquiries,
}

impl<'a> Resolver<'a> {
    /// A resolver of names in the modules of `project`, the files `run` of which are expanded for the
    /// Python `target`, if that is said.
    pub(crate) fn new(
        project: Project<'a>,
        run: Arc<RunFiles>,
        target: Option<PythonVersion>,
    ) -> Resolver<'a> {
        Resolver {
            project,
            chosen: HashMap::new(),
            has_branches: RefCell::default(),
            without_plain_form: RefCell::default(),
            inert: RefCell::default(),
            changes: RefCell::default(),
            target,
            run,
            inquiries: Inquiries::default(),
        }
    }

    /// Forgets which branches were chosen: each file chooses anew.
    pub(crate) fn start_file(&mut self) {
        self.chosen.clear();
        self.without_plain_form.borrow_mut().clear();
        self.inert.borrow_mut().clear();
        self.changes.borrow_mut().clear();
    }

    /// Notes that `module` is `chosen` after the branches at its top level were chosen. Until that is
    /// known, the module itself may be noted, so that it is as it is for whoever asks meanwhile.
    pub(crate) fn choose(&mut self, module: FileId, chosen: Rc<Module>) {
        self.chosen.insert(chosen.file, chosen.clone());
        self.chosen.insert(module, chosen);
    }
}

impl Resolver<'_> {
    /// What the expression denotes; nothing where that can't be told.
    pub(crate) fn entity_of(&self, module: &Rc<Module>, expr: &Expr) -> Option<Entity> {
        self.denotes(module, expr).ok().flatten()
    }

    /// What a use of a name denotes; nothing where that can't be told.
    pub(crate) fn entity_of_use(&self, module: &Rc<Module>, used: &Use) -> Option<Entity> {
        self.use_denotes(module, used).ok().flatten()
    }

    /// What a binding gives its name to; nothing where that can't be told.
    pub(crate) fn entity_of_binding(
        &self,
        module: &Rc<Module>,
        binding: &Binding,
    ) -> Option<Entity> {
        self.binding_denotes(module, binding).ok().flatten()
    }

    /// What `module.name` is once the module has run; nothing where that can't be told.
    pub(crate) fn export(&self, module: &Rc<Module>, name: &str) -> Option<Entity> {
        self.export_denotes(module, name).ok().flatten()
    }

    /// What `object.name` is in `from`; nothing where that can't be told.
    pub(crate) fn member_entity(
        &self,
        from: &Rc<Module>,
        object: Entity,
        name: &str,
    ) -> Option<Entity> {
        self.member(from, object, name).ok().flatten()
    }

    /// What a name that code brought along is in a scope; nothing where that can't be told.
    pub(crate) fn entity_in_scope(
        &self,
        module: &Rc<Module>,
        scope: ScopeId,
        name: &str,
    ) -> Option<Entity> {
        match module.scopes.lookup(scope, name) {
            Place::Bound(scope) => match module.scopes.bindings(scope, name) {
                [binding] => self.entity_of_binding(module, binding),
                _ => None,
            },
            Place::Unbound => self.export(module, name),
        }
    }

    /// The module `name` as an import in `from` has it; nothing where that can't be told.
    pub(crate) fn module_entity(&self, from: &Rc<Module>, name: &str) -> Option<Entity> {
        self.module_denotes(from, name).ok().flatten()
    }

    /// The module called `name`, or the name itself if it is a package without compile-time names,
    /// below which there may be some; nothing where that can't be told.
    pub(crate) fn module_or_path(&self, from: &Rc<Module>, name: &str) -> Option<Entity> {
        self.module_or_path_denotes(from, name).ok().flatten()
    }

    /// The call, if `expr` is one of this compile-time function.
    pub(crate) fn meta_call<'m>(
        &self,
        module: &Rc<Module>,
        expr: &'m Expr,
        meta: MetaName,
    ) -> Option<&'m ExprCall> {
        let Expr::Call(call) = expr else { return None };
        let entity = self.entity_of(module, &call.func)?;
        entity.is_meta(meta).then_some(call)
    }

    /// The compile-time decorator among `decorators`; nothing where that can't be told.
    pub(crate) fn decoration(
        &self,
        module: &Rc<Module>,
        decorators: &[Decorator],
    ) -> Option<Decoration> {
        decorators.iter().find_map(|decorator| {
            self.entity_of(module, &decorator.expression).and_then(Decoration::of)
        })
    }

    /// Whether a statement of the module's own body defines a macro, an `@unroll` function or another
    /// definition of compile time, or a compile-time constant.
    pub(crate) fn is_definition(&self, module: &Rc<Module>, stmt: &Stmt) -> bool {
        match stmt {
            Stmt::FunctionDef(def) => self.decoration(module, &def.decorator_list).is_some(),
            Stmt::ClassDef(class) => self.decoration(module, &class.decorator_list).is_some(),
            _ => !self.constants(module, stmt).is_empty(),
        }
    }

    /// Whether a function at the top level exists at compile time only. An `@unroll` function is
    /// taken for one that doesn't.
    pub(crate) fn is_of_compile_time(&self, module: &Rc<Module>, def: &StmtFunctionDef) -> bool {
        match self.decoration(module, &def.decorator_list) {
            None | Some(Decoration::Unroll) => false,
            Some(Decoration::Macro) => !self.stays_plain(module, def),
            Some(Decoration::Comptime) => true,
        }
    }

    /// The compile-time constants that a statement of the module's own body defines.
    pub(crate) fn constants<'m>(&self, module: &Rc<Module>, stmt: &'m Stmt) -> Vec<Constant<'m>> {
        constants(stmt, &|call| {
            self.entity_of(module, &call.func)
                .is_some_and(|entity| entity.is_meta(MetaName::Comptime))
        })
    }

    /// Whether an `@unroll` function can't be a plain function, as it uses what exists at compile
    /// time only.
    pub(crate) fn has_no_plain_form(&self, module: &Rc<Module>, def: &StmtFunctionDef) -> bool {
        self.lacks_plain_form(module, def).unwrap_or(false)
    }

    /// What the files of the run do to each other's modules from outside.
    pub(crate) fn index(&self) -> &ProgramIndex {
        self.run.index(&self.project)
    }
}

impl Resolver<'_> {
    /// What the expression denotes.
    pub(crate) fn denotes(&self, module: &Rc<Module>, expr: &Expr) -> Denotation {
        match expr {
            Expr::Name(name) if name.ctx == ExprContext::Load => {
                match module.scopes.use_at(name.range.start()) {
                    Some(used) => self.use_denotes(module, used),
                    None => Ok(None),
                }
            }
            Expr::Attribute(attribute) => self.attribute_denotes(module, attribute),
            _ => Ok(None),
        }
    }

    /// What the attribute denotes.
    pub(crate) fn attribute_denotes(
        &self,
        module: &Rc<Module>,
        attribute: &ExprAttribute,
    ) -> Denotation {
        match self.denotes(module, &attribute.value)? {
            Some(object) => self.member(module, object, attribute.attr.as_str()),
            None => self.member_of_several(module, attribute),
        }
    }

    fn member(&self, from: &Rc<Module>, object: Entity, name: &str) -> Denotation {
        match object {
            Entity::MetaPackage(_) if name == "meta" => Ok(Some(Entity::MetaModule)),
            Entity::MetaPackage(_) if MetaName::in_package(name).is_some() => {
                Ok(Some(Entity::of_meta(name)))
            }
            Entity::MetaModule => Ok(Some(Entity::of_meta(name))),
            Entity::Module(module) => match self.export_denotes(&module, name)? {
                Some(exported) => Ok(Some(exported)),
                None => self.below_denotes(from, &module.name, name),
            },
            Entity::Path(path) => match self.module_denotes(from, &path)? {
                Some(module @ Entity::Module(_)) => self.member(from, module, name),
                _ => self.below_denotes(from, &path, name),
            },
            _ => Ok(None),
        }
    }

    /// What a use of a name denotes. A name may be a macro on one path and something else on
    /// another.
    pub(crate) fn use_denotes(&self, module: &Rc<Module>, used: &Use) -> Denotation {
        let scopes = &module.scopes;
        let place = scopes.resolve(used);
        let reaching = match place {
            Place::Bound(_) => scopes.reaching(used),
            Place::Unbound => Reaching::None,
        };
        if matches!(place, Place::Bound(scope) if scope != ScopeId::MODULE) {
            return self.bound_denotes(module, &used.name, reaching, &[]);
        }
        let stars = scopes.stars_reaching(used);
        let entity = self.bound_denotes(module, &used.name, reaching, &stars)?;
        if entity.is_none()
            && module.is_package
            && place == Place::Unbound
            && scopes.builtin(used).is_none()
        {
            // A module below a package that has been loaded is a variable of it.
            return self.module_or_path_denotes(module, &below(&module.name, &used.name));
        }
        self.as_used(module, used, entity)
    }

    /// What a binding gives its name to.
    pub(crate) fn binding_denotes(&self, module: &Rc<Module>, binding: &Binding) -> Denotation {
        match &binding.kind {
            BindingKind::Import { module: imported, level, name, object, .. } => {
                let imported = module.absolute(*level, imported.as_deref());
                match (object, name) {
                    (Imported::Root, _) => {
                        let root = imported.split('.').next().unwrap_or_default();
                        let package = self.module_or_path_denotes(module, root)?;
                        Ok(Some(package.unwrap_or_else(|| Entity::Path(root.to_owned()))))
                    }
                    (_, None) => self.module_or_path_denotes(module, &imported),
                    (_, Some(name)) => self.imported_member(module, &imported, name),
                }
            }
            BindingKind::Function
            | BindingKind::Class
            | BindingKind::Assign
            | BindingKind::AnnAssign
                if binding.position == Position::Straight =>
            {
                let Some(entity) = self.definition_denotes(module, binding)? else {
                    return Ok(None);
                };
                match self.later_definition(module, binding) {
                    Some(later) => self.replaced(module, entity, binding, later),
                    None => Ok(Some(entity)),
                }
            }
            _ => Ok(None),
        }
    }

    /// The module `name` as an import in `from` has it.
    pub(crate) fn module_denotes(&self, from: &Rc<Module>, name: &str) -> Denotation {
        match name.split_once('.') {
            Some((root, "meta")) if PACKAGES.contains(&root) => {
                return Ok(Some(Entity::MetaModule));
            }
            None if PACKAGES.contains(&name) => {
                return Ok(Some(Entity::MetaPackage(name.into())));
            }
            _ => {}
        }
        let Some(path) = self.project.locate(&from.path, name) else { return Ok(None) };
        if !self.project.is_relevant(&path) {
            return Ok(None);
        }
        let module = self.project.module(&path).map_err(Unresolved::Broken)?;
        match self.chosen.get(&module.file) {
            Some(chosen) => Ok(Some(Entity::Module(chosen.clone()))),
            None if self.has_compile_time_branches(&module) => Err(Unresolved::Undecided(module)),
            None => Ok(Some(Entity::Module(module))),
        }
    }

    pub(crate) fn module_or_path_denotes(&self, from: &Rc<Module>, name: &str) -> Denotation {
        if let Some(entity) = self.module_denotes(from, name)? {
            return Ok(Some(entity));
        }
        let is_package = match self.project.locate(&from.path, name) {
            Some(path) => path.ends_with("__init__.py"),
            None => self.project.is_namespace(&from.path, name),
        };
        Ok(is_package.then(|| Entity::Path(name.to_owned())))
    }

    /// `from module import name`.
    fn imported_member(&self, from: &Rc<Module>, module: &str, name: &str) -> Denotation {
        let package = self.module_denotes(from, module)?;
        if let Some(Entity::Module(found)) = &package
            && let Some(entity) = self.export_denotes(found, name)?
        {
            return self.unless_met_before(from, found, (name, entity));
        }
        match package {
            Some(Entity::MetaModule) => Ok(Some(Entity::of_meta(name))),
            Some(package @ Entity::MetaPackage(_)) => self.member(from, package, name),
            _ => self.below_denotes(from, module, name),
        }
    }

    /// What `module.name` is once the module has run.
    pub(crate) fn export_denotes(&self, module: &Rc<Module>, name: &str) -> Denotation {
        let inquiry = Inquiry::Export(module.file, name.to_owned());
        self.inquiries.once(inquiry, || self.exported(module, name)).unwrap_or(Ok(None))
    }

    /// Whether the module has branches at its top level that are decided at compile time, and with
    /// them what it exports.
    fn has_compile_time_branches(&self, module: &Rc<Module>) -> bool {
        if let Some(known) = self.has_branches.borrow().get(&module.file) {
            return *known;
        }
        // Looked at meanwhile, it is taken for one that has none.
        self.has_branches.borrow_mut().insert(module.file, false);
        let has = branch_statements(&module.syntax.body).into_iter().any(|stmt| {
            is_decided(self, module, stmt)
                || tests_of(stmt)
                    .any(|test| self.meta_call(module, test, MetaName::Comptime).is_some())
        });
        self.has_branches.borrow_mut().insert(module.file, has);
        has
    }
}
