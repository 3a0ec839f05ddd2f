//! What a name is bound to at a moment: by the bindings and star imports that may have been the last
//! before it.
//!
//! ```text
//! from lib import *       brings `m`, a macro
//! m = None                rebinds it
//! from impl import m      what `m` is at the end, and for whoever imports it
//! ```

use std::rc::Rc;

use rustpython_ast::{Expr, ExprAttribute, ExprContext};
use rustpython_text_size::TextRange;

use super::{Ambiguity, Denotation, Inquiry, Resolver, Unresolved};
use crate::expand::program::entity::Entity;
use crate::expand::program::module::{Module, below};
use crate::python::library::star_binds;
use crate::python::meta::MetaName;
use crate::scope::{Binding, BindingKind, Place, Position, Reaching, ScopeId, StarImport, Use};

/// What a name may be bound to, and where that is done.
type Bound = Vec<(TextRange, Option<Entity>)>;

/// What a star import brings under a name.
enum StarBinding {
    Nothing,
    Entity(Option<Entity>),
    /// Likewise, if it is there by then.
    Perhaps(Option<Entity>),
    /// It can't be told: the module isn't the program's.
    Unknown,
}

impl Resolver<'_> {
    /// Whether an import, or an attribute of what was imported, is to blame if it isn't certain what
    /// the use of a name, or of an attribute that begins with it, denotes.
    pub(crate) fn is_reported_at_import(&self, module: &Rc<Module>, used: &Use) -> bool {
        if matches!(self.use_denotes(module, used), Ok(Some(_))) {
            return true;
        }
        let Reaching::One(binding) = module.scopes.reaching(used) else { return false };
        let is_import = matches!(binding.kind, BindingKind::Import { .. });
        is_import && self.binding_denotes(module, binding).is_err()
    }

    /// Whether the module surely has a variable of that name once it has run.
    pub(crate) fn surely_has(&self, module: &Rc<Module>, name: &str) -> bool {
        let is_bound = module.scopes.is_bound_at_end(name);
        let mut stars = module.scopes.stars_at_end(name).into_iter();
        is_bound
            || stars.any(|star| {
                star.position == Position::Straight
                    && matches!(self.star_binding(module, star, name), Ok(StarBinding::Entity(_)))
            })
    }

    /// The star imports that may have bound the used name last, latest first.
    pub(crate) fn stars_binding<'m>(
        &self,
        module: &'m Rc<Module>,
        used: &Use,
    ) -> Vec<&'m StarImport> {
        let mut stars = module.scopes.stars_reaching(used);
        let brings = |star: &StarImport| self.star_binding(module, star, &used.name);
        stars.retain(|star| !matches!(brings(star), Ok(StarBinding::Nothing)));
        let is_last = |star: &&StarImport| {
            star.position == Position::Straight
                && matches!(brings(star), Ok(StarBinding::Entity(_)))
        };
        let last = stars.iter().position(is_last);
        stars.truncate(last.map_or(stars.len(), |last| last + 1));
        stars
    }

    /// Whether a star import of a package brings something that isn't the module below it of that name.
    pub(crate) fn may_bring_another(&self, package: &Rc<Module>, own: &str, name: &str) -> bool {
        let below = self.module_entity(package, name);
        let stars = package.scopes.stars_at_end(own);
        stars.into_iter().any(|star| match self.star_binding(package, star, own) {
            Ok(StarBinding::Entity(entity) | StarBinding::Perhaps(entity)) => entity != below,
            Ok(StarBinding::Nothing | StarBinding::Unknown) | Err(_) => false,
        })
    }

    /// Whether a star import of the module may bind the name.
    pub(crate) fn may_be_starred(&self, module: &Rc<Module>, name: &str) -> bool {
        let mut stars = module.scopes.star_imports(ScopeId::MODULE).iter();
        stars.any(|star| !matches!(self.star_binding(module, star, name), Ok(StarBinding::Nothing)))
    }
}

impl Resolver<'_> {
    /// What a name denotes where these bindings and star imports may have bound it.
    pub(super) fn bound_denotes(
        &self,
        module: &Rc<Module>,
        name: &str,
        reaching: Reaching<'_>,
        stars: &[&StarImport],
    ) -> Denotation {
        common(module, self.bound_to(module, name, reaching, stars)?)
    }

    /// All that these bindings and star imports may have bound a name to.
    fn bound_to(
        &self,
        module: &Rc<Module>,
        name: &str,
        reaching: Reaching<'_>,
        stars: &[&StarImport],
    ) -> Result<Bound, Unresolved> {
        let bindings = match &reaching {
            Reaching::One(binding) => std::slice::from_ref(binding),
            Reaching::Many(bindings) => bindings,
            Reaching::None => &[],
        };
        let mut bound = Vec::new();
        for binding in bindings.iter().filter(|binding| binding.is_definition()) {
            // A function is taken to be called when the later of two definitions is there, unless the
            // module itself calls something before.
            let reaches = |later: &&Binding| bindings.iter().any(|b| b.range == later.range);
            if bindings.len() > 1
                && matches!(self.definition_denotes(module, binding), Ok(Some(_)))
                && self
                    .later_definition(module, binding)
                    .filter(reaches)
                    .is_some_and(|later| !self.calls_between(module, binding.statement, later))
            {
                continue;
            }
            bound.push((binding.range, self.binding_denotes(module, binding)?));
        }
        for star in stars {
            let (entity, is_sure) = match self.star_binding(module, star, name)? {
                StarBinding::Entity(entity) => (entity, true),
                StarBinding::Perhaps(entity) => (entity, false),
                StarBinding::Nothing | StarBinding::Unknown => continue,
            };
            if !is_sure && bound.is_empty() {
                // What else may the name be?
                let bindings = [entity, None].map(|e| (module.clone(), star.statement, e)).into();
                return Err(Unresolved::Ambiguous(Ambiguity { module: module.clone(), bindings }));
            }
            let is_last = is_sure && star.position == Position::Straight;
            // Nothing before it is seen.
            bound.retain(|(range, _)| !is_last || range.start() > star.statement.start());
            bound.push((star.statement, entity));
            if is_last {
                break;
            }
        }
        Ok(bound)
    }

    /// What an attribute denotes of an object that is a module on one way, something else on another.
    pub(super) fn member_of_several(
        &self,
        module: &Rc<Module>,
        attribute: &ExprAttribute,
    ) -> Denotation {
        let objects = self.several(module, &attribute.value)?;
        match objects.iter().any(|(_, object)| object.is_some()) {
            true => common(module, self.members_of(module, objects, &attribute.attr)?),
            false => Ok(None),
        }
    }

    /// All that an expression may denote.
    fn several(&self, module: &Rc<Module>, expr: &Expr) -> Result<Bound, Unresolved> {
        let scopes = &module.scopes;
        match expr {
            Expr::Name(name) if name.ctx == ExprContext::Load => {
                let Some(used) = scopes.use_at(name.range.start()) else { return Ok(Vec::new()) };
                let reaching = scopes.reaching(used);
                match scopes.resolve(used) {
                    Place::Bound(ScopeId::MODULE) | Place::Unbound => {
                        let stars = scopes.stars_reaching(used);
                        let bound =
                            self.bound_to(module, &used.name, reaching, &stars)?.into_iter();
                        bound
                            .map(|(range, entity)| Ok((range, self.as_used(module, used, entity)?)))
                            .collect()
                    }
                    Place::Bound(_) => self.bound_to(module, &used.name, reaching, &[]),
                }
            }
            Expr::Attribute(attribute) => {
                let objects = self.several(module, &attribute.value)?;
                self.members_of(module, objects, &attribute.attr)
            }
            _ => Ok(Vec::new()),
        }
    }

    /// All that a name of these objects may denote.
    fn members_of(
        &self,
        from: &Rc<Module>,
        objects: Bound,
        name: &str,
    ) -> Result<Bound, Unresolved> {
        let mut members = Vec::new();
        for (range, object) in objects {
            let Some(object) = object else {
                members.push((range, None));
                continue;
            };
            let bound = match &object {
                Entity::Module(home) => {
                    let (own, stars) = (home.scopes.at_end(name), home.scopes.stars_at_end(name));
                    self.bound_to(home, name, own, &stars)?
                }
                _ => Vec::new(),
            };
            match bound.len() {
                0 | 1 => members.push((range, self.member(from, object, name)?)),
                _ => members.extend(bound.into_iter().map(|(_, entity)| (range, entity))),
            }
        }
        Ok(members)
    }

    pub(super) fn exported(&self, module: &Rc<Module>, name: &str) -> Denotation {
        let scopes = &module.scopes;
        match self.bound_denotes(module, name, scopes.at_end(name), &scopes.stars_at_end(name)) {
            // A constant is a variable of the program, too: of this one the value isn't known.
            Err(Unresolved::Ambiguous(ambiguity))
                if !ambiguity.bindings.iter().any(|(.., e)| e.as_ref().is_some_and(is_static)) =>
            {
                Ok(None)
            }
            Ok(Some(entity)) if is_static(&entity) => {
                let entity = self.unless_assigned(module, name, entity)?;
                self.unless_loaded(module, name, entity)
            }
            answer => {
                let entity = self.unless_replaced(module, name, answer?);
                self.unless_loaded(module, name, entity)
            }
        }
    }

    /// What a star import brings under the name.
    fn star_binding(
        &self,
        module: &Rc<Module>,
        star: &StarImport,
        name: &str,
    ) -> Result<StarBinding, Unresolved> {
        let imported = module.absolute(star.level, star.module.as_deref());
        let found = match self.module_denotes(module, &imported)? {
            Some(Entity::MetaModule) => {
                let meta = MetaName::from_name(name).map(Entity::Meta);
                return Ok(meta.map_or(StarBinding::Nothing, |m| StarBinding::Entity(Some(m))));
            }
            Some(Entity::Module(found)) => found,
            Some(_) => return Ok(StarBinding::Nothing),
            // It has nothing of compile time, but it may bind the name.
            None => match self.project.locate(&module.path, &imported) {
                Some(path) => self.project.module(&path).map_err(Unresolved::Broken)?,
                None => {
                    return Ok(match star_binds(&imported, name) {
                        Some(true) => StarBinding::Entity(None),
                        Some(false) => StarBinding::Nothing,
                        None if name.starts_with('_') => StarBinding::Nothing,
                        None => StarBinding::Unknown,
                    });
                }
            },
        };
        if self.is_public(&found, name) {
            return Ok(StarBinding::Entity(self.imported_member(module, &imported, name)?));
        }
        // A module below it that has been loaded is a variable of the package.
        let lists = found.exports().exists() || name.starts_with('_');
        match self.loads_below(&found, name) && !lists {
            true => {
                let name = below(&found.name, name);
                Ok(StarBinding::Perhaps(self.module_or_path_denotes(&found, &name)?))
            }
            false => Ok(StarBinding::Nothing),
        }
    }

    /// Whether `from module import *` binds the name.
    fn is_public(&self, module: &Rc<Module>, name: &str) -> bool {
        let exports = module.exports();
        match exports.exists() {
            true => exports.holds(name) || exports.may_hold(name) && self.has_name(module, name),
            false => !name.starts_with('_') && self.has_name(module, name),
        }
    }

    /// Whether the module may have a variable of that name once it has run.
    fn has_name(&self, module: &Rc<Module>, name: &str) -> bool {
        let brings = |star: &&StarImport| {
            !matches!(self.star_binding(module, star, name), Ok(StarBinding::Nothing))
        };
        let is_starred = || module.scopes.stars_at_end(name).iter().any(brings);
        let inquiry = Inquiry::Variable(module.file, name.to_owned());
        let has = || module.scopes.at_end(name) != Reaching::None || is_starred();
        self.inquiries.once(inquiry, has).unwrap_or(false)
    }

    /// What a module calls by a name: an `@unroll` function or module for which another may be put from
    /// outside is any object.
    pub(super) fn unless_replaced(
        &self,
        module: &Rc<Module>,
        name: &str,
        entity: Option<Entity>,
    ) -> Option<Entity> {
        let may_be_replaced = match entity {
            Some(Entity::Unroll(..)) => self.index().is_replaced(module, name),
            Some(Entity::Module(_) | Entity::Path(_)) => self.is_another_module(module, name),
            _ => false,
        };
        entity.filter(|_| !may_be_replaced)
    }

    /// Whether another object may be put in the place of the module that a module calls so. A text with the
    /// dotted name of a module below a package may mean that.
    pub(super) fn is_another_module(&self, module: &Rc<Module>, name: &str) -> bool {
        let is_below = || self.project.locate(&module.path, &below(&module.name, name)).is_some();
        match self.index().set_at(module, name) {
            Some(_) => true,
            None => self.index().is_assigned_by_name(module, name) && !is_below(),
        }
    }

    /// What a use of a global denotes: when a function runs, a file of the run may have assigned it from
    /// outside, or loaded a module below a package.
    pub(super) fn as_used(
        &self,
        module: &Rc<Module>,
        used: &Use,
        entity: Option<Entity>,
    ) -> Denotation {
        let is_later = used.scope != ScopeId::MODULE;
        let entity = match entity {
            Some(entity) if is_later && !matches!(entity, Entity::Constant(..)) => {
                self.unless_starred_before(module, &used.name, entity)?
            }
            entity => entity,
        };
        let entity = match entity {
            Some(entity) if is_later && is_static(&entity) => {
                self.unless_assigned(module, &used.name, entity)?
            }
            // Straight-line code of the module runs before others have it.
            entity if !is_later && matches!(entity, Some(Entity::Module(_) | Entity::Path(_))) => {
                entity
            }
            entity => self.unless_replaced(module, &used.name, entity),
        };
        match is_later {
            true => self.unless_loaded(module, &used.name, entity),
            false => Ok(entity),
        }
    }

    /// What a global is when a function runs, which may be called when the name still is what a star import
    /// brought before its definition.
    fn unless_starred_before(&self, module: &Rc<Module>, name: &str, entity: Entity) -> Denotation {
        let Some(last) = module.scopes.bindings(ScopeId::MODULE, name).last() else {
            return Ok(Some(entity));
        };
        let stars = module.scopes.star_imports(ScopeId::MODULE).iter();
        for star in stars.filter(|star| star.statement.end() <= last.statement.start()) {
            let (StarBinding::Entity(starred) | StarBinding::Perhaps(starred)) =
                self.star_binding(module, star, name)?
            else {
                continue;
            };
            if starred.as_ref() == Some(&entity)
                || !self.calls_between(module, star.statement, last)
            {
                continue;
            }
            let is_bound = Entity::is_bound_to_compile_time;
            if !is_bound(&entity) && !starred.as_ref().is_some_and(is_bound) {
                return Ok(None);
            }
            let bindings = vec![
                (module.clone(), star.statement, starred),
                (module.clone(), last.range, Some(entity)),
            ];
            return Err(Unresolved::Ambiguous(Ambiguity { module: module.clone(), bindings }));
        }
        Ok(Some(entity))
    }

    /// What a module binds a name to, unless a file of the run assigns it from outside.
    fn unless_assigned(&self, module: &Rc<Module>, name: &str, entity: Entity) -> Denotation {
        let Some((path, range)) = self.index().assigned_at(module, name) else {
            return Ok(Some(entity));
        };
        let Ok(from) = self.project.module(path) else { return Ok(Some(entity)) };
        let own = module.scopes.bindings(ScopeId::MODULE, name).last();
        let own = own.map(|binding| (module.clone(), binding.range, Some(entity)));
        let bindings = own.into_iter().chain([(from, *range, None)]).collect();
        Err(Unresolved::Ambiguous(Ambiguity { module: module.clone(), bindings }))
    }
}

/// Whether no program has it under its name.
fn is_static(entity: &Entity) -> bool {
    entity.is_bound_to_compile_time() && !matches!(entity, Entity::Constant(..))
}

/// The one thing that a name is bound to, if it is something of compile time or a module.
fn common(module: &Rc<Module>, mut bound: Bound) -> Denotation {
    let common = bound.first().and_then(|(_, entity)| entity.clone());
    if bound.iter().all(|(_, entity)| *entity == common) {
        return Ok(common);
    }
    let is_bound =
        |entity: &Option<Entity>| entity.as_ref().is_some_and(Entity::is_bound_to_compile_time);
    if !bound.iter().any(|(_, entity)| is_bound(entity)) {
        return Ok(None);
    }
    bound.sort_by_key(|(range, _)| range.start());
    let here = |(range, entity)| (module.clone(), range, entity);
    let bindings = bound.into_iter().map(here).collect();
    Err(Unresolved::Ambiguous(Ambiguity { module: module.clone(), bindings }))
}
