//! What names denote: by binding, never by spelling (language.md §2).

use std::rc::Rc;

use rustpython_ast::{Decorator, Expr, ExprContext, Stmt};
use rustpython_text_size::Ranged as _;

use super::Expander;
use super::project::Module;
use crate::codenode::{Name, Op};
use crate::diagnostic::{Code, Finding};
use crate::scope::{Binding, BindingKind, Imported, Place, Position, Reaching, ScopeId, Use};
use crate::source::FileId;

/// Something that exists at compile time.
#[derive(Clone)]
pub(super) enum Entity {
    /// A name of `cython.meta`.
    Meta(Name),
    /// `cython.meta` itself.
    MetaModule,
    /// `cython` or `uneval`.
    MetaPackage(Name),
    /// A macro, by its module and its name there.
    Macro(Rc<Module>, Name),
    /// An `@unroll` function, which is a plain function as well.
    Unroll(Rc<Module>, Name),
    /// A `@comptime` definition.
    Comptime(Rc<Module>, Name),
    /// `NAME = comptime(…)`: it exists at both times.
    Constant(Rc<Module>, Name),
    /// A module of the project.
    Module(Rc<Module>),
    /// The first part of the dotted name of modules: `import a.b` binds `a`.
    Path(String),
}

impl PartialEq for Entity {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Entity {
    fn key(&self) -> (u8, Option<FileId>, &str) {
        match self {
            Entity::Meta(name) => (0, None, name),
            Entity::MetaModule => (1, None, ""),
            // Both packages hold the same objects.
            Entity::MetaPackage(name) => (2, None, name),
            Entity::Macro(module, name) => (3, Some(module.file), name),
            Entity::Unroll(module, name) => (8, Some(module.file), name),
            Entity::Comptime(module, name) => (4, Some(module.file), name),
            Entity::Constant(module, name) => (7, Some(module.file), name),
            Entity::Module(module) => (5, Some(module.file), ""),
            Entity::Path(path) => (6, None, path),
        }
    }

    /// The module and the name of a macro or `@unroll` function: calls of it are expanded.
    pub fn macro_name(&self) -> Option<(&Rc<Module>, &Name)> {
        match self {
            Entity::Macro(home, name) | Entity::Unroll(home, name) => Some((home, name)),
            _ => None,
        }
    }

    /// Whether it has no place in the output.
    pub fn is_compile_time(&self) -> bool {
        match self {
            Entity::Module(_) | Entity::Path(_) | Entity::Constant(..) | Entity::Unroll(..) => {
                false
            }
            // `import cython` may be used for more than its macros.
            Entity::MetaPackage(name) => &**name == "uneval",
            _ => true,
        }
    }

    pub fn is_meta(&self, name: &str) -> bool {
        matches!(self, Entity::Meta(own) if &**own == name)
    }
}

const PACKAGES: [&str; 2] = ["cython", "uneval"];

/// What the compile-time modules offer besides the ops.
const META_NAMES: [&str; 12] = [
    "macro", "unroll", "comptime", "uneval", "quote", "codenode", "gensym", "error", "warn",
    "note", "embed", "op",
];

/// Whether `cython.meta` has the name.
pub(super) fn is_meta_name(name: &str) -> bool {
    META_NAMES.contains(&name) || Op::from_name(name).is_some_and(|op| op != Op::TEMPORARY)
}

/// The names that `cython.meta` has.
pub(super) fn meta_names() -> impl Iterator<Item = &'static str> {
    let ops = Op::NAMES.iter().filter(|(_, op)| *op != Op::TEMPORARY).map(|(name, _)| *name);
    META_NAMES.into_iter().chain(ops)
}

impl Expander<'_> {
    /// What the expression denotes, if it is something of compile time or a module.
    pub(super) fn entity_of(&mut self, module: &Rc<Module>, expr: &Expr) -> Option<Entity> {
        match expr {
            Expr::Name(name) if name.ctx == ExprContext::Load => {
                let used = module.scopes.use_at(name.range.start())?;
                self.entity_of_use(module, used)
            }
            Expr::Attribute(e) => {
                let object = self.entity_of(module, &e.value)?;
                self.member(module, object, e.attr.as_str())
            }
            _ => None,
        }
    }

    fn member(&mut self, from: &Rc<Module>, object: Entity, name: &str) -> Option<Entity> {
        match object {
            Entity::MetaPackage(_) if name == "meta" => Some(Entity::MetaModule),
            Entity::MetaPackage(_) if matches!(name, "macro" | "unroll" | "comptime") => {
                Some(Entity::Meta(name.into()))
            }
            Entity::MetaModule => Some(Entity::Meta(name.into())),
            Entity::Module(module) => {
                let exported = self.export(&module, name);
                exported.or_else(|| self.module_or_path(from, &format!("{}.{name}", module.name)))
            }
            Entity::Path(path) => match self.module_entity(from, &path) {
                Some(module @ Entity::Module(_)) => self.member(from, module, name),
                _ => self.module_or_path(from, &format!("{path}.{name}")),
            },
            _ => None,
        }
    }

    /// What a use of a name denotes. A name that is a macro on one path and something else on
    /// another is a finding.
    pub(super) fn entity_of_use(&mut self, module: &Rc<Module>, used: &Use) -> Option<Entity> {
        let scopes = &module.scopes;
        match scopes.resolve(used) {
            Place::Bound(_) => match scopes.reaching(used) {
                Reaching::One(binding) => self.entity_of_binding(module, binding),
                Reaching::Many(bindings) => self.common_entity(module, used, &bindings),
                Reaching::None => None,
            },
            Place::Unbound => self.starred(module, &used.name),
        }
    }

    fn common_entity(
        &mut self,
        module: &Rc<Module>,
        used: &Use,
        bindings: &[&Binding],
    ) -> Option<Entity> {
        let definitions: Vec<&&Binding> = bindings.iter().filter(|b| b.is_definition()).collect();
        let entities: Vec<Option<Entity>> =
            definitions.iter().map(|b| self.entity_of_binding(module, b)).collect();
        let first = entities.first().cloned().flatten();
        if entities.iter().all(|e| *e == first) && definitions.len() == bindings.len() {
            return first;
        }
        let is_macro = |e: &Option<Entity>| {
            matches!(
                e,
                Some(
                    Entity::Macro(..)
                        | Entity::Comptime(..)
                        | Entity::Constant(..)
                        | Entity::Meta(_)
                )
            )
        };
        if entities.iter().any(is_macro) {
            let message = format!("`{}` is a macro here on one path only", used.name);
            let label = module.label(used.range, "a macro, or not");
            let mut finding = Finding::new(Code::AmbiguousMacro, message, label);
            for binding in bindings {
                let is_macro = is_macro(&self.entity_of_binding(module, binding));
                let words = if is_macro { "a macro here" } else { "something else here" };
                finding = finding.secondary(module.label(binding.range, words));
            }
            self.find(finding.help("give the macro a name of its own"));
        }
        None
    }

    /// What a binding gives its name to.
    pub(super) fn entity_of_binding(
        &mut self,
        module: &Rc<Module>,
        binding: &Binding,
    ) -> Option<Entity> {
        match &binding.kind {
            BindingKind::Import { module: imported, level, name, object, .. } => {
                let imported = module.absolute(*level, imported.as_deref())?;
                match (object, name) {
                    (Imported::Root, _) => {
                        let root = imported.split('.').next().unwrap_or_default();
                        let package = self.module_or_path(module, root);
                        Some(package.unwrap_or_else(|| Entity::Path(root.to_owned())))
                    }
                    (_, None) => self.module_or_path(module, &imported),
                    (_, Some(name)) => self.imported_member(module, &imported, name),
                }
            }
            BindingKind::Function | BindingKind::Class | BindingKind::Assign
                if binding.position == Position::Straight =>
            {
                self.defined(module, binding)
            }
            _ => None,
        }
    }

    pub(super) fn module_entity(&mut self, from: &Rc<Module>, name: &str) -> Option<Entity> {
        match name.split_once('.') {
            Some((root, "meta")) if PACKAGES.contains(&root) => return Some(Entity::MetaModule),
            None if PACKAGES.contains(&name) => return Some(Entity::MetaPackage(name.into())),
            _ => {}
        }
        let path = self.project.locate(&from.path, name)?;
        let bytes = self.project.read(&path).ok()?;
        if !self.project.is_relevant(&path, &bytes) {
            return None;
        }
        match self.project.module(&path) {
            Ok(module) => Some(Entity::Module(self.settled(module))),
            Err(findings) => {
                self.findings.extend(findings);
                None
            }
        }
    }

    /// The module called `name`, or the name itself if it is a package without compile-time
    /// names, below which there may be some.
    pub(super) fn module_or_path(&mut self, from: &Rc<Module>, name: &str) -> Option<Entity> {
        if let Some(entity) = self.module_entity(from, name) {
            return Some(entity);
        }
        let is_package = match self.project.locate(&from.path, name) {
            Some(path) => path.ends_with("__init__.py"),
            None => self.project.is_namespace(&from.path, name),
        };
        is_package.then(|| Entity::Path(name.to_owned()))
    }

    /// `from module import name`.
    fn imported_member(&mut self, from: &Rc<Module>, module: &str, name: &str) -> Option<Entity> {
        if let Some(Entity::Module(found)) = self.module_entity(from, module)
            && let Some(entity) = self.export(&found, name)
        {
            return Some(entity);
        }
        let dotted = if module.is_empty() { name.to_owned() } else { format!("{module}.{name}") };
        match self.module_entity(from, module) {
            Some(Entity::MetaModule) => Some(Entity::Meta(name.into())),
            Some(package @ Entity::MetaPackage(_)) => self.member(from, package, name),
            _ => self.module_or_path(from, &dotted),
        }
    }

    /// What `module.name` is once the module has run.
    pub(super) fn export(&mut self, module: &Rc<Module>, name: &str) -> Option<Entity> {
        let key = (module.file, name.to_owned());
        if self.resolving.contains(&key) {
            return None;
        }
        self.resolving.push(key);
        let bindings = module.scopes.bindings(ScopeId::MODULE, name);
        let definitions: Vec<&Binding> = bindings.iter().filter(|b| b.is_definition()).collect();
        let found = match &definitions[..] {
            [] => self.starred(module, name),
            [first, rest @ ..] => {
                let entity = self.entity_of_binding(module, first);
                let same = rest.iter().all(|b| self.entity_of_binding(module, b) == entity);
                entity.filter(|_| same && bindings.len() == definitions.len())
            }
        };
        self.resolving.pop();
        found
    }

    /// What a star import of the module brings under `name`.
    fn starred(&mut self, module: &Rc<Module>, name: &str) -> Option<Entity> {
        if name.starts_with('_') {
            return None;
        }
        let stars = module.scopes.star_imports(ScopeId::MODULE).to_vec();
        stars.iter().rev().find_map(|star| {
            let imported = module.absolute(star.level, star.module.as_deref())?;
            match self.module_entity(module, &imported)? {
                Entity::MetaModule => is_meta_name(name).then(|| Entity::Meta(name.into())),
                Entity::Module(found) => self.export(&found, name),
                _ => None,
            }
        })
    }

    /// A `def`, `class` or assignment at the top level.
    fn defined(&mut self, module: &Rc<Module>, binding: &Binding) -> Option<Entity> {
        let name: Name = binding.name.as_str().into();
        match module.syntax.body.iter().find(|s| s.range() == binding.statement)? {
            Stmt::FunctionDef(def) => match self.decoration(module, &def.decorator_list)? {
                Decoration::Macro => Some(Entity::Macro(module.clone(), name)),
                // Without a plain form it is a macro in all respects.
                Decoration::Unroll if self.has_no_plain_form(module, def) => {
                    Some(Entity::Macro(module.clone(), name))
                }
                Decoration::Unroll => Some(Entity::Unroll(module.clone(), name)),
                Decoration::Comptime => Some(Entity::Comptime(module.clone(), name)),
            },
            Stmt::ClassDef(class) => match self.decoration(module, &class.decorator_list)? {
                Decoration::Comptime => Some(Entity::Comptime(module.clone(), name)),
                Decoration::Macro | Decoration::Unroll => None,
            },
            Stmt::Assign(assign)
                if assign.targets.len() == 1 && assign.targets[0].is_name_expr() =>
            {
                let Expr::Call(call) = &*assign.value else { return None };
                let called = self.entity_of(module, &call.func)?;
                called.is_meta("comptime").then(|| Entity::Constant(module.clone(), name))
            }
            _ => None,
        }
    }

    /// The compile-time decorator among `decorators`.
    pub(super) fn decoration(
        &mut self,
        module: &Rc<Module>,
        decorators: &[Decorator],
    ) -> Option<Decoration> {
        decorators.iter().find_map(|decorator| {
            match self.entity_of(module, &decorator.expression)? {
                entity if entity.is_meta("macro") => Some(Decoration::Macro),
                entity if entity.is_meta("unroll") => Some(Decoration::Unroll),
                entity if entity.is_meta("comptime") => Some(Decoration::Comptime),
                _ => None,
            }
        })
    }
}

/// How a definition belongs to compile time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decoration {
    Macro,
    Unroll,
    Comptime,
}
