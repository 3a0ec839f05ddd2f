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

use std::rc::Rc;

use rustpython_ast::Expr;
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use super::beside::ImportStyle;
use super::target::import_of;
use crate::expand::call_site::CallSite;
use crate::expand::program::{Entity, Module, Resolver, below, is_inert_import};
use crate::scope::{
    Binding, BindingKind, Place, Position, Reaching, ScopeId, ScopeKind, StarImport, Use,
};
use crate::syntax::parse_expression;

/// Where the imports go that an expansion needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Placing {
    /// With those at the top of the file: the macro is the file's own, or what is imported is the
    /// standard library's, so that nobody notices when.
    Top,
    /// Before a statement, in the style of an import if the macro came by that.
    Before { statement: TextRange, style: Option<TextRange> },
    /// In place of the macro's own imports, or beside them: one of them has been done.
    Beside(Vec<ImportPlace>),
    /// None: the macro's own import binds a variable of another scope, and is done when that runs.
    Late,
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

/// Where the imports go that an expansion at the site needs of the module `home`.
pub(crate) fn placing(resolver: &Resolver<'_>, site: CallSite<'_>, home: &Rc<Module>) -> Placing {
    let scopes = &site.module.scopes;
    let is_usable = |placing: &Placing| match placing {
        Placing::Top => false,
        Placing::Before { .. } | Placing::Late => true,
        Placing::Beside(places) => places.iter().all(|place| is_visible(site, place)),
    };
    let placing_of =
        |used: &Use| Some(imports_of(resolver, site.module, used, "")).filter(is_usable);
    let callee = scopes.use_at(site.callee.start());
    let object = object_of(site.module.slice(site.callee)).unwrap_or_default().join(".");
    let written = callee.map(|used| imports_of(resolver, site.module, used, &object));
    if let Some(Placing::Beside(places)) = &written
        && !places.iter().all(|place| is_visible(site, place))
    {
        // A function that is defined for the call stands outside of the scope that has the import.
        return Placing::Late;
    }
    let of_callee = written.filter(is_usable);
    match of_callee {
        Some(placing) if placing.brings(resolver, site.module, home) => placing,
        of_callee => {
            // The call of another macro may be in the arguments. Of several imports that have been
            // done, the last has what the others need.
            let is_known = |used: &&Use| resolver.entity_of_use(site.module, used).is_some();
            let arguments = scopes.uses_in(site.range).iter().filter(is_known);
            let is_own = of_callee.is_none();
            let mut all: Vec<Placing> = arguments.filter_map(placing_of).chain(of_callee).collect();
            let bringing = all.iter().position(|p| p.brings(resolver, site.module, home));
            match bringing {
                Some(index) => all.swap_remove(index),
                None => {
                    // A macro of this file may use one of another.
                    let own = is_own.then(|| import_from(resolver, site, home)).flatten();
                    let own = own.map(|place| Placing::Beside(vec![place]));
                    let last = || all.into_iter().max_by_key(Placing::start);
                    own.or_else(last).unwrap_or(Placing::Top)
                }
            }
        }
    }
}

impl Placing {
    /// Where in the file it is.
    fn start(&self) -> TextSize {
        match self {
            Placing::Top | Placing::Late => TextSize::default(),
            Placing::Before { statement, .. } => statement.start(),
            Placing::Beside(places) => {
                places.iter().map(|place| place.statement.start()).max().unwrap_or_default()
            }
        }
    }

    /// Whether one of the imports there brings a macro of `home`, or that module.
    pub(super) fn brings(
        &self,
        resolver: &Resolver<'_>,
        module: &Rc<Module>,
        home: &Rc<Module>,
    ) -> bool {
        match self {
            Placing::Beside(places) => {
                places.iter().any(|place| brings(resolver, module, place, home))
            }
            Placing::Top | Placing::Before { .. } | Placing::Late => false,
        }
    }
}

/// Where the imports are that may have bound the used name last. Of those that bind one package, it is
/// those that load the module `object` in it.
fn imports_of(resolver: &Resolver<'_>, module: &Rc<Module>, used: &Use, object: &str) -> Placing {
    let imports = match module.scopes.reaching(used) {
        Reaching::One(binding) => vec![binding],
        Reaching::Many(bindings) => bindings,
        Reaching::None => Vec::new(),
    };
    let stars = resolver.stars_binding(module, used).into_iter().filter(|_| imports.is_empty());
    let stars = stars.map(ImportPlace::of_star);
    let Place::Bound(scope) = module.scopes.resolve(used) else {
        return places(stars.collect(), resolver, module);
    };
    let loading: Vec<&Binding> =
        imports.iter().copied().filter(|binding| loads(binding, object)).collect();
    let imports = if loading.is_empty() { imports } else { loading };
    let aliases = imports.into_iter().map(|binding| import_place(binding, scope));
    match aliases.collect::<Option<Vec<_>>>() {
        Some(aliases) => places(aliases, resolver, module),
        None => Placing::Top,
    }
}

/// Whether it is an `import` that loads the module called so.
fn loads(binding: &Binding, object: &str) -> bool {
    let BindingKind::Import { module: Some(module), name: None, .. } = &binding.kind else {
        return false;
    };
    !object.is_empty() && (**module == *object || module.starts_with(&below(object, "")))
}

/// Whether what is imported at the place can be named at the site.
fn is_visible(site: CallSite<'_>, place: &ImportPlace) -> bool {
    let scopes = &site.module.scopes;
    let mut around = std::iter::successors(Some(site.scope), |scope| scopes.parent(*scope));
    around.any(|scope| scope == place.scope)
}

/// The import at the top level that brings a macro of `home`, or that module: of several the first, which
/// has been done if one of them has.
fn import_from(
    resolver: &Resolver<'_>,
    site: CallSite<'_>,
    home: &Rc<Module>,
) -> Option<ImportPlace> {
    let module = site.module;
    let scopes = &module.scopes;
    let names = scopes.names(ScopeId::MODULE);
    let bindings = names.flat_map(|name| scopes.bindings(ScopeId::MODULE, name));
    let by_name = bindings.filter_map(|binding| import_place(binding, ScopeId::MODULE));
    let by_star = scopes.star_imports(ScopeId::MODULE).iter().map(ImportPlace::of_star);
    let bringing = by_name.chain(by_star).filter(|place| brings(resolver, module, place, home));
    bringing.min_by_key(|place| place.statement.start())
}

/// Whether the import at a place brings a macro of `home`, or that module.
fn brings(
    resolver: &Resolver<'_>,
    module: &Rc<Module>,
    place: &ImportPlace,
    home: &Rc<Module>,
) -> bool {
    let scopes = &module.scopes;
    let is_home = |name: &str| {
        resolver.project.locate(&module.path, name).is_some_and(|path| path == home.path)
    };
    let of_home = |star: &StarImport| is_home(&module.absolute(star.level, star.module.as_deref()));
    let mut stars = scopes.star_imports(place.scope).iter();
    let names: Vec<&str> = match place.scope {
        ScopeId::MODULE => module.importing_names().iter().map(String::as_str).collect(),
        scope => scopes.names(scope).collect(),
    };
    let bindings = names.into_iter().flat_map(|name| scopes.bindings(place.scope, name));
    // What a name denotes is asked last: a large file has many bindings.
    let mut bindings = bindings.filter(|binding| {
        binding.statement == place.statement
            && import_place(binding, place.scope).as_ref() == Some(place)
    });
    stars.any(|star| star.statement == place.statement && of_home(star))
        || bindings.any(|binding| {
            let entity = resolver.entity_of_binding(module, binding);
            let definition = entity.as_ref().and_then(Entity::definition);
            definition.is_some_and(|(from, _)| from.path == home.path)
                || import_of(module, binding).is_some_and(|target| {
                    let member = target.member.as_ref().map(|member| below(&target.module, member));
                    let modules = target.below.iter().chain(&member).chain([&target.module]);
                    modules.into_iter().any(|name| is_home(name))
                })
        })
}

/// The place of an import, if the binding is one.
fn import_place(binding: &Binding, scope: ScopeId) -> Option<ImportPlace> {
    let BindingKind::Import { name, alias, .. } = &binding.kind else { return None };
    Some(ImportPlace {
        statement: binding.statement,
        member: name.as_ref().map(|name| (name.to_string(), *alias)),
        scope,
        position: binding.position,
    })
}

fn places(places: Vec<ImportPlace>, resolver: &Resolver<'_>, module: &Rc<Module>) -> Placing {
    // A variable of a class isn't seen by functions and comprehensions in it, but by whoever has the class.
    let is_in_class = |place: &ImportPlace| module.scopes.kind(place.scope) == ScopeKind::Class;
    if places.iter().any(|place| place.position == Position::Elsewhere) {
        return Placing::Late;
    }
    let in_class = places.iter().find(|place| is_in_class(place));
    let around = in_class.and_then(|place| Some((place, module.top_level(place.statement)?)));
    let Some((import, class)) = around else {
        return if places.is_empty() { Placing::Top } else { Placing::Beside(places) };
    };
    let style = ImportStyle::of(&resolver.project, module, import.statement);
    let is_inert = |name: &str| {
        let member = import.member.as_ref().map(|(member, _)| below(name, member));
        let loaded = member.filter(|m| resolver.project.locate(&module.path, m).is_some());
        is_inert_import(resolver, module, loaded.as_deref().unwrap_or(name))
    };
    match style.modules().all(is_inert) {
        true => Placing::Before { statement: class.range(), style: Some(import.statement) },
        false => Placing::Late,
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
