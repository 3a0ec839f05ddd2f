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

use super::target::import_of;
use crate::expand::call_site::CallSite;
use crate::expand::program::{Entity, Module, Resolver, below};
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
    /// Before this statement.
    Before(TextRange),
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
        Placing::Before(_) | Placing::Late => true,
        Placing::Beside(places) => places.iter().all(|place| is_visible(site, place)),
    };
    let placing_of = |used: &Use| Some(imports_of(resolver, site.module, used)).filter(is_usable);
    let callee = scopes.use_at(site.callee.start());
    let written = callee.map(|used| imports_of(resolver, site.module, used));
    if let Some(Placing::Beside(places)) = &written
        && !places.iter().all(|place| is_visible(site, place))
    {
        // A function that is defined for the call stands outside of the scope that has the import.
        return Placing::Late;
    }
    let of_callee = written.filter(is_usable);
    match of_callee {
        Some(placing) if placing.brings(resolver, site.module, home) => placing,
        Some(placing) => {
            // The call of another macro may be in the arguments. Of several imports that have been
            // done, the last has what the others need.
            let is_known = |used: &&Use| resolver.entity_of_use(site.module, used).is_some();
            let arguments = scopes.uses_in(site.range).iter().filter(is_known);
            let mut all: Vec<Placing> = arguments.filter_map(placing_of).collect();
            all.push(placing);
            let bringing = all.iter().position(|p| p.brings(resolver, site.module, home));
            match bringing {
                Some(index) => all.swap_remove(index),
                None => all.into_iter().max_by_key(Placing::start).unwrap_or(Placing::Top),
            }
        }
        // A macro of this file that uses one of another.
        None => match import_from(resolver, site.module, home) {
            Some(place) => Placing::Beside(vec![place]),
            None => Placing::Top,
        },
    }
}

impl Placing {
    /// Where in the file it is.
    fn start(&self) -> TextSize {
        match self {
            Placing::Top | Placing::Late => TextSize::default(),
            Placing::Before(place) => place.start(),
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
            Placing::Top | Placing::Before(_) | Placing::Late => false,
        }
    }
}

/// Where the imports are that may have bound the used name last.
fn imports_of(resolver: &Resolver<'_>, module: &Rc<Module>, used: &Use) -> Placing {
    let imports = match module.scopes.reaching(used) {
        Reaching::One(binding) => vec![binding],
        Reaching::Many(bindings) => bindings,
        Reaching::None => Vec::new(),
    };
    let stars = resolver.stars_binding(module, used).into_iter().filter(|_| imports.is_empty());
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

/// Whether what is imported at the place can be named at the site.
fn is_visible(site: CallSite<'_>, place: &ImportPlace) -> bool {
    let scopes = &site.module.scopes;
    let mut around = std::iter::successors(Some(site.scope), |scope| scopes.parent(*scope));
    around.any(|scope| scope == place.scope)
}

/// The import at the top level that brings a macro of `home`, or that module.
fn import_from(
    resolver: &Resolver<'_>,
    module: &Rc<Module>,
    home: &Rc<Module>,
) -> Option<ImportPlace> {
    let scopes = &module.scopes;
    let names = scopes.names(ScopeId::MODULE);
    let bindings = names.flat_map(|name| scopes.bindings(ScopeId::MODULE, name));
    let by_name = bindings.filter_map(|binding| import_place(binding, ScopeId::MODULE));
    let by_star = scopes.star_imports(ScopeId::MODULE).iter().map(ImportPlace::of_star);
    by_name.chain(by_star).find(|place| brings(resolver, module, place, home))
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

fn places(places: Vec<ImportPlace>, module: &Module) -> Placing {
    // A variable of a class isn't seen by functions and comprehensions in it.
    let is_in_class = |place: &ImportPlace| module.scopes.kind(place.scope) == ScopeKind::Class;
    if places.iter().any(|place| place.position == Position::Elsewhere) {
        return Placing::Late;
    }
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
