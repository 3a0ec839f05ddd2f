//! What an import imports, and the name that is wished for it.

use rustpython_text_size::TextRange;

use crate::expand::program::Module;
use crate::residual::private_name;
use crate::scope::{Binding, BindingKind, Imported};

/// Something to import: `import module`, or `from module import member`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ImportTarget {
    pub module: String,
    pub member: Option<String>,
    /// The modules below it that `import module.below` loads as well.
    pub below: Vec<String>,
    /// What it is to be called, if that is free.
    pub wish: String,
}

impl ImportTarget {
    /// A module, for what the code calls by its name.
    pub(crate) fn module(name: &str) -> ImportTarget {
        let (module, wish) = (name.to_owned(), name.to_owned());
        ImportTarget { module, member: None, below: Vec::new(), wish }
    }

    /// A module of which only what it has or does is needed: nobody wrote its name there.
    pub(crate) fn unnamed(name: &str) -> ImportTarget {
        ImportTarget { wish: private_name(last_part(name)), ..ImportTarget::module(name) }
    }

    /// A module below one that has a name, which it needs to be loaded.
    pub(crate) fn submodule(name: &str) -> ImportTarget {
        ImportTarget { wish: private_name(&name.replace('.', "_")), ..ImportTarget::module(name) }
    }

    pub(crate) fn member(module: &str, name: &str) -> ImportTarget {
        let (member, wish) = (Some(name.to_owned()), name.to_owned());
        ImportTarget { member, wish, ..ImportTarget::module(module) }
    }

    pub(crate) fn is_same_object(&self, other: &ImportTarget) -> bool {
        self.module == other.module && self.member == other.member
    }
}

/// The place of the alias that an import's binding comes from.
pub(crate) fn alias_of(binding: &Binding) -> Option<TextRange> {
    match binding.kind {
        BindingKind::Import { alias, .. } => Some(alias),
        _ => None,
    }
}

/// The last part of a dotted name.
pub(crate) fn last_part(dotted: &str) -> &str {
    dotted.rsplit('.').next().unwrap_or(dotted)
}

/// What the binding imports: a module as what it is called there.
pub(crate) fn import_of(module: &Module, binding: &Binding) -> Option<ImportTarget> {
    let BindingKind::Import { module: imported, level, name, object, .. } = &binding.kind else {
        return None;
    };
    let imported = module.absolute(*level, imported.as_deref());
    match (name, imported.split_once('.')) {
        (Some(member), _) => Some(ImportTarget::member(&imported, member)),
        (None, Some((root, _))) if *object == Imported::Root => {
            Some(ImportTarget { below: vec![imported.clone()], ..ImportTarget::module(root) })
        }
        (None, _) => {
            Some(ImportTarget { wish: binding.name.to_string(), ..ImportTarget::module(&imported) })
        }
    }
}
