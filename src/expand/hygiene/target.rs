//! What an import imports.

use rustpython_text_size::TextRange;

use crate::expand::program::Module;
use crate::scope::{Binding, BindingKind, Imported};

/// Something to import: `import module`, or `from module import member`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ImportTarget {
    pub module: String,
    pub member: Option<String>,
    /// The modules below it that `import module.below` loads as well.
    pub below: Vec<String>,
}

impl ImportTarget {
    pub(crate) fn module(name: &str) -> ImportTarget {
        ImportTarget { module: name.to_owned(), member: None, below: Vec::new() }
    }

    pub(crate) fn member(module: &str, name: &str) -> ImportTarget {
        ImportTarget { member: Some(name.to_owned()), ..ImportTarget::module(module) }
    }

    /// The name that it has where nobody gives it another.
    pub(crate) fn own_name(&self) -> &str {
        let dotted = self.member.as_deref().unwrap_or(&self.module);
        dotted.rsplit('.').next().unwrap_or(dotted)
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

/// What the binding imports.
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
        (None, _) => Some(ImportTarget::module(&imported)),
    }
}
