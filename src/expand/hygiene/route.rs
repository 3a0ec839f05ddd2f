//! The import by which a macro came to a call. What the expansion needs of the macro's module comes
//! the same way: in the same place, in the same scope, at the same moment (language.md §2).
//!
//! ```text
//! if fast:
//!     from lib import m        becomes `from lib import helper`
//!     y = m(x)                                                     y = helper(x)
//!
//! import lib                   stays
//! y = lib.m(x)                                                     y = lib.helper(x)
//!
//! from lib import *            `from lib import helper` goes after it
//! y = m(x)                                                         y = helper(x)
//! ```

use rustpython_ast::Expr;
use rustpython_text_size::{Ranged as _, TextRange};

use crate::expand::call_site::CallSite;
use crate::expand::program::Module;
use crate::scope::{
    Binding, BindingKind, Place, Position, Reaching, ScopeId, ScopeKind, StarImport,
};
use crate::syntax::parse_expression;

/// Where the imports go that an expansion needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Placing {
    /// With those at the top of the file: the macro is the file's own, or what is imported is the
    /// standard library's, so that nobody notices when.
    Top,
    /// Before this statement.
    Before(TextRange),
    /// In place of the macro's own imports, or beside them: one of them has been done.
    Beside(Vec<ImportPlace>),
}

/// A place for imports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ImportPlace {
    pub statement: TextRange,
    /// The name that is imported, and the alias that says it; none in a star import, and in one of
    /// a module.
    pub member: Option<(String, TextRange)>,
    pub scope: ScopeId,
    /// Whether it happens whenever the code around it runs.
    pub position: Position,
}

impl ImportPlace {
    /// The place of a star import.
    pub(crate) fn of_star(star: &StarImport) -> ImportPlace {
        let (statement, position) = (star.statement, star.position);
        ImportPlace { statement, member: None, scope: ScopeId::MODULE, position }
    }
}

/// Where the imports of the macro are that is called at the site.
pub(crate) fn imports_of_macro(site: CallSite<'_>) -> Placing {
    let module = site.module;
    let Some(used) = module.scopes.use_at(site.callee.start()) else { return Placing::Top };
    let imports = match module.scopes.reaching(used) {
        Reaching::One(binding) => vec![binding],
        Reaching::Many(bindings) => bindings,
        Reaching::None => Vec::new(),
    };
    let stars = module.scopes.stars_reaching(used).into_iter().filter(|_| imports.is_empty());
    let stars = stars.map(ImportPlace::of_star);
    let Place::Bound(scope) = module.scopes.resolve(used) else {
        return places(stars.collect(), module);
    };
    let aliases = imports.into_iter().map(|binding| import_place(binding, scope));
    match aliases.collect::<Option<Vec<_>>>() {
        Some(aliases) => places(aliases, module),
        None => Placing::Top,
    }
}

/// The place of an import, if the binding is one.
pub(crate) fn import_place(binding: &Binding, scope: ScopeId) -> Option<ImportPlace> {
    let BindingKind::Import { name, alias, .. } = &binding.kind else { return None };
    Some(ImportPlace {
        statement: binding.statement,
        member: name.as_ref().map(|name| (name.to_string(), *alias)),
        scope,
        position: binding.position,
    })
}

fn places(places: Vec<ImportPlace>, module: &Module) -> Placing {
    // A variable of a class isn't seen by functions and comprehensions in it.
    let is_in_class = |place: &ImportPlace| module.scopes.kind(place.scope) == ScopeKind::Class;
    let in_class = places.iter().find(|place| is_in_class(place));
    let around = in_class.and_then(|place| module.top_level(place.statement));
    match (around, places.is_empty()) {
        (Some(class), _) => Placing::Before(class.range()),
        (None, true) => Placing::Top,
        (None, false) => Placing::Beside(places),
    }
}

/// The names of the object whose attribute the code is.
pub(crate) fn object_of(callee: &str) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    let callee = parse_expression(callee)?;
    let mut object = &*callee.body.as_attribute_expr()?.value;
    while let Expr::Attribute(attribute) = object {
        parts.push(attribute.attr.to_string());
        object = &attribute.value;
    }
    parts.push(object.as_name_expr()?.id.to_string());
    parts.reverse();
    Some(parts)
}
