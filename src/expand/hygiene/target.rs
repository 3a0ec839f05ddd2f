//! What an import imports, and the name that is wished for it.

use std::rc::Rc;

use rustpython_ast::{Expr, Stmt};
use rustpython_text_size::{Ranged as _, TextRange};

use crate::expand::program::{Module, Resolver};
use crate::residual::private_name;
use crate::scope::{Binding, BindingKind, Imported, ScopeId};

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

/// Whether the target is a class with bases of the program or a library. Whoever looks for subclasses among the
/// variables of a module, as unittest does for test cases, would take it for the module's own.
pub(crate) fn is_subclass(resolver: &Resolver<'_>, from: &Module, target: &ImportTarget) -> bool {
    let Some(member) = &target.member else { return false };
    let home = resolver.project.locate(&from.path, &target.module);
    let Some(home) = home.and_then(|path| resolver.project.module(&path).ok()) else {
        return false;
    };
    let is_builtin = |base: &Expr| {
        let used = base.as_name_expr().and_then(|_| home.scopes.use_at(base.start()));
        used.is_some_and(|used| home.scopes.builtin(used).is_some())
    };
    let bindings = home.scopes.bindings(ScopeId::MODULE, member).iter();
    bindings.filter_map(|binding| home.top_level(binding.statement)).any(|stmt| match stmt {
        Stmt::ClassDef(class) => !class.bases().iter().all(is_builtin),
        _ => false,
    })
}

/// Whether a package that the module `name` is in calls something else by the name of what is below.
pub(crate) fn is_hidden_in_packages(
    resolver: &Resolver<'_>,
    from: &Rc<Module>,
    name: &str,
) -> bool {
    let dots = name.match_indices('.').map(|(dot, _)| dot);
    let ends = dots.skip(1).chain([name.len()]);
    ends.filter_map(|end| name.get(..end)).any(|name| may_be_hidden(resolver, from, name))
}

/// Whether the package of the module `name` may call something else by the module's name.
fn may_be_hidden(resolver: &Resolver<'_>, from: &Rc<Module>, name: &str) -> bool {
    let Some((package, own)) = name.rsplit_once('.') else { return false };
    let Some(path) = resolver.project.locate(&from.path, package) else { return false };
    let Ok(package) = resolver.project.module(&path) else { return false };
    let bindings = package.scopes.bindings(ScopeId::MODULE, own);
    let is_itself = |b: &Binding| {
        import_of(&package, b).is_some_and(|t| {
            t.member.as_deref() == Some(own) && t.module == package.name
                || t.member.is_none() && t.module == name
        })
    };
    !bindings.iter().all(is_itself) || resolver.may_bring_another(&package, own, name)
}
