//! The compile-time names: what `cython.meta` and `uneval.meta` have (language.md §2).

use super::op::Op;

/// The packages whose `meta` is the module of the compile-time names.
pub(crate) const PACKAGES: [&str; 2] = ["cython", "uneval"];

/// Whether it is the module of the compile-time names.
pub(crate) fn is_meta_module(name: &str) -> bool {
    name.split_once('.').is_some_and(|(root, rest)| PACKAGES.contains(&root) && rest == "meta")
}

/// Whether a package has names that aren't of compile time as well.
pub(crate) fn has_other_names(package: &str) -> bool {
    package == "cython"
}

/// What a compile-time name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MetaKind {
    /// Marks a definition or a loop: the package has it, too (`@cython.macro`).
    Mark,
    /// A form of the language, which stands for no object.
    Form,
    /// An object like others.
    Object,
}

macro_rules! names {
    ($($(#[doc = $doc:literal])+ $meta:ident = $name:literal $kind:ident;)+) => {
        /// A compile-time name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) enum MetaName {
            $($(#[doc = $doc])+ $meta,)+
            /// An op.
            Constant(Op),
        }

        impl MetaName {
            /// All but the ops.
            pub(crate) const NAMED: &'static [MetaName] = &[$(MetaName::$meta),+];

            /// How it is spelt; an op of several names, by the first.
            pub(crate) fn name(self) -> &'static str {
                match self {
                    $(MetaName::$meta => $name,)+
                    MetaName::Constant(op) => op.name(),
                }
            }

            /// What it is.
            pub(crate) fn kind(self) -> MetaKind {
                match self {
                    $(MetaName::$meta => MetaKind::$kind,)+
                    MetaName::Constant(_) => MetaKind::Object,
                }
            }
        }
    };
}

names! {
    /// `@macro`.
    Macro = "macro" Mark;
    /// `@unroll`, and `for x in unroll(…)`.
    Unroll = "unroll" Mark;
    /// `@comptime`, and `comptime(…)`.
    Comptime = "comptime" Mark;
    /// `uneval(…)`.
    Uneval = "uneval" Form;
    /// `with quote as tree:`.
    Quote = "quote" Form;
    /// The class of trees.
    Codenode = "codenode" Object;
    /// `gensym(…)`.
    Gensym = "gensym" Object;
    /// `error(…)`.
    Error = "error" Object;
    /// `warn(…)`.
    Warn = "warn" Object;
    /// `note(…)`.
    Note = "note" Object;
    /// `embed(…)`.
    Embed = "embed" Object;
    /// The module of the ops.
    OpModule = "op" Object;
}

impl MetaName {
    /// Every compile-time name as it can be spelt, with what it is.
    pub(crate) fn all() -> impl Iterator<Item = (&'static str, MetaName)> {
        let named = MetaName::NAMED.iter().map(|meta| (meta.name(), *meta));
        // A step of a residual program is seen by nobody.
        let ops = Op::NAMES.iter().filter(|(_, op)| *op != Op::TEMPORARY);
        named.chain(ops.map(|(name, op)| (*name, MetaName::Constant(*op))))
    }

    /// What the name is in `cython.meta`, if that has it.
    pub(crate) fn from_name(name: &str) -> Option<MetaName> {
        MetaName::all().find(|(own, _)| *own == name).map(|(_, meta)| meta)
    }

    /// What the name is in the package `cython`, if that has it.
    pub(crate) fn in_package(name: &str) -> Option<MetaName> {
        MetaName::from_name(name).filter(|meta| meta.kind() == MetaKind::Mark)
    }
}
