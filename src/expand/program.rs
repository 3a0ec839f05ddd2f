//! The modules of the program, and what their names denote. Knows nothing of what compile-time code
//! does: every question is answered from the texts.

mod files;

mod installed;

mod libraries;

mod syntax_errors;

mod module;

mod search_path;

mod modules;

mod entity;

mod resolve;

pub(crate) use self::entity::{Decoration, Entity};
pub(crate) use self::files::COMPANION;
pub use self::files::Files;
pub use self::installed::Installed;
pub(crate) use self::module::{Module, below};
pub(crate) use self::modules::Project;
pub use self::resolve::RunFiles;
pub(crate) use self::resolve::{
    Ambiguity, Denotation, MacroFault, Pythons, Resolver, Unresolved, branch_statements,
    holds_compile_time, imports_run, is_decided, is_inert_import, is_unnoticed_import, outcome,
};
pub(crate) use self::resolve::{Elements, ImportedModules};
