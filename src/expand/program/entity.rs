//! What a name of compile time can denote.

use std::rc::Rc;

use super::module::Module;
use crate::codenode::Name;
use crate::python::meta::{MetaName, has_other_names};
use crate::source::FileId;

/// Something that exists at compile time.
#[derive(Clone)]
pub(crate) enum Entity {
    /// A name of `cython.meta`.
    Meta(MetaName),
    /// A name that `cython.meta` doesn't have, which is reported where it is imported or reached.
    UnknownMeta(Name),
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
            Entity::Meta(meta) => (0, None, meta.name()),
            Entity::UnknownMeta(name) => (9, None, name),
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
    pub(crate) fn macro_name(&self) -> Option<(&Rc<Module>, &Name)> {
        match self {
            Entity::Macro(home, name) | Entity::Unroll(home, name) => Some((home, name)),
            _ => None,
        }
    }

    /// The module that has the definition, if there is one, and its name there.
    pub(crate) fn definition(&self) -> Option<(&Rc<Module>, &Name)> {
        match self {
            Entity::Macro(home, name)
            | Entity::Unroll(home, name)
            | Entity::Comptime(home, name)
            | Entity::Constant(home, name) => Some((home, name)),
            _ => None,
        }
    }

    /// Whether it has no place in the output.
    pub(crate) fn is_compile_time(&self) -> bool {
        match self {
            Entity::Module(_) | Entity::Path(_) | Entity::Constant(..) | Entity::Unroll(..) => {
                false
            }
            // `import cython` may be used for more than its macros.
            Entity::MetaPackage(name) => !has_other_names(name),
            _ => true,
        }
    }

    /// Whether a name that is bound to it must not be bound to anything else.
    pub(crate) fn is_bound_to_compile_time(&self) -> bool {
        matches!(
            self,
            Entity::Macro(..)
                | Entity::Comptime(..)
                | Entity::Constant(..)
                | Entity::Meta(_)
                | Entity::UnknownMeta(_)
        )
    }

    /// Whether it is this compile-time name.
    pub(crate) fn is_meta(&self, meta: MetaName) -> bool {
        matches!(self, Entity::Meta(own) if *own == meta)
    }

    /// What `cython.meta` has under the name.
    pub(crate) fn of_meta(name: &str) -> Entity {
        MetaName::from_name(name).map_or_else(|| Entity::UnknownMeta(name.into()), Entity::Meta)
    }
}

/// How a definition belongs to compile time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decoration {
    Macro,
    Unroll,
    Comptime,
}

impl Decoration {
    /// How what is decorated with it belongs to compile time.
    pub(crate) fn of(decorator: Entity) -> Option<Decoration> {
        match decorator {
            Entity::Meta(MetaName::Macro) => Some(Decoration::Macro),
            Entity::Meta(MetaName::Unroll) => Some(Decoration::Unroll),
            Entity::Meta(MetaName::Comptime) => Some(Decoration::Comptime),
            _ => None,
        }
    }
}
