//! `def`, `class` and `type`: the statements that open scopes.
//!
//! A generic definition is evaluated in three places:
//!
//! ```text
//! @D                          D here
//! def f[T: B](a: A = V):      V here; T and A in the type-parameter scope, B in a scope of its own
//!     body                    a and body in the function
//! ```
//!
//! Without `[T]` the annotations are evaluated here too. From Python 3.14 annotations wait until
//! somebody asks for them, so their uses are marked as later; the names they see are the same.

use std::rc::Rc;

use rustpython_ast::name::Name;
use rustpython_ast::{
    Decorator, Expr, Parameters, StmtClassDef, StmtFunctionDef, StmtTypeAlias, TypeParam,
    TypeParams,
};
use rustpython_text_size::Ranged;

use super::Builder;
use crate::scope::binding::BindingKind;
use crate::scope::mangle::Mangling;
use crate::scope::table::ScopeKind;

impl Builder {
    /// Walks a `def`.
    pub(super) fn function(&mut self, function: &StmtFunctionDef) {
        self.decorators(&function.decorator_list);
        self.defaults(&function.parameters);
        let mangling = self.mangling().clone();
        self.generic(function.type_params.as_deref(), mangling, |here| {
            here.signature(&function.parameters, function.returns.as_deref());
            here.within(ScopeKind::Function, function.range, |inner| {
                inner.parameters(&function.parameters);
                inner.body(&function.body);
            });
        });
        self.bind_identifier(&function.name, BindingKind::Function);
    }

    /// Walks a `class`.
    ///
    /// Private names in the bases of a class are not its own. A generic class's type parameters
    /// are written before the bases, yet they are its own.
    pub(super) fn class(&mut self, class: &StmtClassDef) {
        self.decorators(&class.decorator_list);
        let name = &class.name.id;
        let own = class.type_params.iter().flat_map(|params| params.iter());
        let own: Rc<[Name]> = own.map(|parameter| parameter.name().id.clone()).collect();
        let generic = Mangling::Only(name.clone(), own);
        self.generic(class.type_params.as_deref(), generic, |here| {
            if let Some(arguments) = &class.arguments {
                here.arguments(arguments);
            }
            let all = Mangling::All(name.clone());
            here.within_mangled(ScopeKind::Class, class.range, all, |inner| {
                inner.body(&class.body);
            });
        });
        self.bind_identifier(&class.name, BindingKind::Class);
    }

    /// Walks `type A = …`.
    pub(super) fn type_alias(&mut self, alias: &StmtTypeAlias) {
        let mangling = self.mangling().clone();
        self.generic(alias.type_params.as_deref(), mangling, |here| {
            here.within(ScopeKind::TypeAlias, alias.range, |inner| inner.expr(&alias.value));
        });
        self.target(&alias.name, &BindingKind::TypeAlias);
    }

    fn decorators(&mut self, decorators: &[Decorator]) {
        self.exprs(decorators.iter().map(|decorator| &decorator.expression));
    }

    fn signature(&mut self, parameters: &Parameters, returns: Option<&Expr>) {
        for parameter in parameters {
            if let Some(annotation) = parameter.annotation() {
                self.annotation(annotation);
            }
        }
        if let Some(returns) = returns {
            self.annotation(returns);
        }
    }

    /// Opens a scope for type parameters, if there are any, around what `walk` does.
    fn generic(
        &mut self,
        parameters: Option<&TypeParams>,
        mangling: Mangling,
        walk: impl FnOnce(&mut Self),
    ) {
        let Some(parameters) = parameters else {
            return walk(self);
        };
        let kind = ScopeKind::TypeParameters;
        self.within_mangled(kind, parameters.range, mangling, |inner| {
            parameters.iter().for_each(|parameter| inner.type_parameter(parameter));
            walk(inner);
        });
    }

    /// Bound and default are evaluated when somebody asks, each in a scope of its own.
    fn type_parameter(&mut self, parameter: &TypeParam) {
        self.bind_identifier(parameter.name(), BindingKind::TypeParameter);
        let bound = match parameter {
            TypeParam::TypeVar(variable) => variable.bound.as_deref(),
            TypeParam::TypeVarTuple(_) | TypeParam::ParamSpec(_) => None,
        };
        for part in [bound, parameter.default()].into_iter().flatten() {
            self.within(ScopeKind::TypeVariable, part.range(), |inner| inner.expr(part));
        }
    }
}
