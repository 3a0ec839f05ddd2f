//! The types of expressions, as far as the sources tell without inference: parameters, fields, what
//! functions give, patterns, and a few methods of the standard library.

use std::collections::BTreeMap;

use syn::{Expr, GenericArgument, Pat, PathArguments, ReturnType};

use super::declared::{Declared, Function, Name, names};
use super::plan::Path;

/// What is known of an expression's type. References and the pointers to one value (`Box`, `Rc`)
/// are looked through.
#[derive(Clone, Debug)]
pub enum Type {
    /// One that the crate declares.
    Own(Name),
    /// Another, with its arguments.
    Foreign(String, Vec<Type>),
    Unknown,
}

use Type::{Foreign, Own, Unknown};

impl Type {
    /// What an `Option`, a `Vec` or an iterator is of.
    pub fn inner(self) -> Type {
        match self {
            Foreign(_, arguments) => arguments.into_iter().next().unwrap_or(Unknown),
            _ => Unknown,
        }
    }
}

/// Where a type is written: the module, and the type that `Self` stands for.
#[derive(Clone, Copy)]
struct At<'a> {
    module: &'a Path,
    owner: Option<&'a Name>,
}

impl<'a> At<'a> {
    fn inside(function: &'a Function) -> At<'a> {
        At { module: &function.module, owner: function.owner.as_ref() }
    }
}

/// The types of the variables at one place of a function.
pub struct Types<'a> {
    declared: &'a Declared<'a>,
    function: &'a Function,
    /// The variables of the blocks around, the innermost last.
    variables: Vec<BTreeMap<String, Type>>,
}

impl<'a> Types<'a> {
    /// What is known at the start of a function's body.
    pub fn new(declared: &'a Declared<'a>, function: &'a Function) -> Types<'a> {
        let mut types = Types { declared, function, variables: vec![BTreeMap::new()] };
        if let Some(owner) = &function.owner {
            types.set("self", Own(owner.clone()));
        }
        for parameter in function.parameters() {
            types.bind(&parameter.pat, types.written(&parameter.ty, types.here()));
        }
        types
    }

    pub fn enter(&mut self) {
        self.variables.push(BTreeMap::new());
    }

    pub fn leave(&mut self) {
        self.variables.pop();
    }

    fn here(&self) -> At<'a> {
        At::inside(self.function)
    }

    fn set(&mut self, variable: &str, is: Type) {
        if let Some(innermost) = self.variables.last_mut() {
            innermost.insert(variable.to_owned(), is);
        }
    }

    /// The type that is written down in a function (its module, and the type that it belongs to).
    fn written(&self, of: &syn::Type, at: At<'_>) -> Type {
        match of {
            syn::Type::Path(path) if path.path.is_ident("Self") => {
                at.owner.cloned().map_or(Unknown, Own)
            }
            syn::Type::Path(path) => self.written_path(&path.path, at),
            syn::Type::Reference(inner) => self.written(&inner.elem, at),
            syn::Type::Paren(inner) => self.written(&inner.elem, at),
            syn::Type::Slice(inner) => Foreign("[]".into(), vec![self.written(&inner.elem, at)]),
            syn::Type::Array(inner) => Foreign("[]".into(), vec![self.written(&inner.elem, at)]),
            syn::Type::Tuple(parts) => {
                let parts = parts.elems.iter().map(|part| self.written(part, at)).collect();
                Foreign("()".into(), parts)
            }
            // `impl Iterator<Item = T>`, and other traits'.
            syn::Type::ImplTrait(of) => Foreign("impl".into(), vec![self.item(&of.bounds, at)]),
            syn::Type::TraitObject(of) => Foreign("dyn".into(), vec![self.item(&of.bounds, at)]),
            _ => Unknown,
        }
    }

    fn written_path(&self, path: &syn::Path, at: At<'_>) -> Type {
        let path_names = names(path);
        if let Some(name) = self.declared.type_at(at.module, &path_names) {
            return match &self.declared.types[&name].alias {
                Some(alias) => self.written(alias, At { module: &name.0, owner: None }),
                None => Own(name),
            };
        }
        let Some(last) = path.segments.last() else { return Unknown };
        let mut arguments = Vec::new();
        if let PathArguments::AngleBracketed(given) = &last.arguments {
            for argument in &given.args {
                if let GenericArgument::Type(of) = argument {
                    arguments.push(self.written(of, at));
                }
            }
        }
        const POINTERS: &[&str] = &["Box", "Rc", "Arc", "Cow", "PyRef", "Ref", "RefMut"];
        let name = last.ident.to_string();
        if POINTERS.contains(&name.as_str()) {
            return Foreign(name, arguments).inner();
        }
        Foreign(name, arguments)
    }

    fn item(
        &self,
        bounds: &syn::punctuated::Punctuated<syn::TypeParamBound, syn::Token![+]>,
        at: At<'_>,
    ) -> Type {
        for bound in bounds {
            let syn::TypeParamBound::Trait(bound) = bound else { continue };
            let Some(last) = bound.path.segments.last() else { continue };
            let PathArguments::AngleBracketed(given) = &last.arguments else { continue };
            for argument in &given.args {
                if let GenericArgument::AssocType(item) = argument {
                    return self.written(&item.ty, at);
                }
            }
        }
        Unknown
    }

    /// What a function gives.
    fn result(&self, function: &Function) -> Type {
        match &function.signature.output {
            ReturnType::Default => Unknown,
            ReturnType::Type(_, of) => self.written(of, At::inside(function)),
        }
    }

    /// The type of an expression.
    pub fn of(&self, value: &Expr) -> Type {
        match value {
            Expr::Path(path) => self.of_path(&path.path),
            Expr::Field(field) => match self.of(&field.base) {
                Own(name) => self.field(&name, &field.member),
                Foreign(kind, parts) if kind == "()" => match &field.member {
                    syn::Member::Unnamed(at) => {
                        parts.get(at.index as usize).cloned().unwrap_or(Unknown)
                    }
                    syn::Member::Named(_) => Unknown,
                },
                _ => Unknown,
            },
            Expr::MethodCall(call) => self.of_call(call),
            Expr::Call(call) => match &*call.func {
                Expr::Path(path) => match names(&path.path).last().map(String::as_str) {
                    Some("Some" | "Ok") => {
                        let inner = call.args.first().map_or(Unknown, |given| self.of(given));
                        Foreign("Option".into(), vec![inner])
                    }
                    _ => match self.callee(&path.path) {
                        Some(function) => self.result(function),
                        None => self.of_path(&path.path),
                    },
                },
                _ => Unknown,
            },
            Expr::Struct(made) => self.written_path(&made.path, self.here()),
            Expr::Reference(inner) => self.of(&inner.expr),
            Expr::Unary(inner) => self.of(&inner.expr),
            Expr::Paren(inner) => self.of(&inner.expr),
            Expr::Try(inner) => self.of(&inner.expr).inner(),
            Expr::Index(index) => match (&*index.index, self.of(&index.expr)) {
                (Expr::Range(_), sliced) => sliced,
                (_, of) => of.inner(),
            },
            Expr::Cast(cast) => self.written(&cast.ty, self.here()),
            Expr::Tuple(parts) => {
                Foreign("()".into(), parts.elems.iter().map(|part| self.of(part)).collect())
            }
            Expr::Lit(_) => Foreign("literal".into(), Vec::new()),
            Expr::Macro(made) => match names(&made.mac.path).last().map(String::as_str) {
                Some("format") => Foreign("String".into(), Vec::new()),
                Some("vec") => Foreign("Vec".into(), vec![Unknown]),
                _ => Unknown,
            },
            _ => Unknown,
        }
    }

    /// A variable, a unit struct, or a variant of an enum.
    fn of_path(&self, path: &syn::Path) -> Type {
        let path = names(path);
        if let [name] = &path[..]
            && let Some(known) = self.variables.iter().rev().find_map(|scope| scope.get(name))
        {
            return known.clone();
        }
        if let [rest @ .., variant] = &path[..]
            && let Some(of) = self.type_named(rest)
            && self.declared.types[&of].variants.contains_key(variant)
        {
            return Own(of);
        }
        self.type_named(&path).map_or(Unknown, Own)
    }

    fn type_named(&self, path: &[String]) -> Option<Name> {
        match path {
            [one] if one == "Self" => self.function.owner.clone(),
            _ => self.declared.type_at(&self.function.module, path),
        }
    }

    fn field(&self, of: &Name, member: &syn::Member) -> Type {
        let name = match member {
            syn::Member::Named(name) => name.to_string(),
            syn::Member::Unnamed(at) => at.index.to_string(),
        };
        match self.declared.types[of].fields.get(&name) {
            Some(field) => self.written_in(field, of),
            None => Unknown,
        }
    }

    /// The type that is written down in the declaration of another.
    fn written_in(&self, field: &syn::Type, of: &Name) -> Type {
        self.written(field, At { module: &of.0, owner: Some(of) })
    }

    fn of_call(&self, call: &syn::ExprMethodCall) -> Type {
        let receiver = self.of(&call.receiver);
        let name = call.method.to_string();
        match (&receiver, name.as_str()) {
            (Own(of), _) if let Some(method) = self.declared.method(of, &name) => {
                self.result(method)
            }
            (_, "clone" | "as_ref" | "as_mut" | "to_owned" | "borrow" | "borrow_mut") if !matches!(&receiver, Foreign(kind, _) if kind == "RefCell") => {
                receiver
            }
            (Foreign(..), "unwrap" | "expect" | "unwrap_or_default" | "unwrap_or") => {
                receiver.inner()
            }
            (Foreign(..), "unwrap_or_else" | "borrow" | "borrow_mut") => receiver.inner(),
            (Foreign(kind, of), "get" | "get_mut") if kind.ends_with("Map") => {
                Foreign("Option".into(), of.get(1).cloned().into_iter().collect())
            }
            (Foreign(kind, of), "values") if kind.ends_with("Map") => {
                Foreign("impl".into(), of.get(1).cloned().into_iter().collect())
            }
            (
                Foreign(..),
                "iter" | "iter_mut" | "into_iter" | "filter" | "rev" | "skip" | "take",
            )
            | (Foreign(..), "cloned" | "copied" | "ok" | "as_deref" | "as_slice" | "drain") => {
                receiver
            }
            (Foreign(..), "get" | "get_mut" | "first" | "last" | "next" | "pop" | "find") => {
                Foreign("Option".into(), vec![receiver.inner()])
            }
            _ => Unknown,
        }
    }

    /// The function of the crate that a path names: a free one, or a type's.
    pub fn callee(&self, path: &syn::Path) -> Option<&'a Function> {
        let path = names(path);
        if let [of @ .., name] = &path[..]
            && let Some(of) = self.type_named(of)
        {
            return self.declared.method(&of, name);
        }
        self.declared.function_at(&self.function.module, &path)
    }

    /// Gives the variables of a pattern the types that they get from a value.
    pub fn bind(&mut self, pattern: &Pat, of: Type) {
        match pattern {
            Pat::Ident(variable) => self.set(&variable.ident.to_string(), of),
            Pat::Reference(inner) => self.bind(&inner.pat, of),
            Pat::Paren(inner) => self.bind(&inner.pat, of),
            Pat::Type(typed) => self.bind(&typed.pat, self.written(&typed.ty, self.here())),
            Pat::Tuple(parts) => {
                let known = if let Foreign(_, known) = of { known } else { Vec::new() };
                for (at, part) in parts.elems.iter().enumerate() {
                    self.bind(part, known.get(at).cloned().unwrap_or(Unknown));
                }
            }
            Pat::TupleStruct(parts) => {
                let name = names(&parts.path);
                let is_some = matches!(name.last().map(String::as_str), Some("Some" | "Ok"));
                for (at, part) in parts.elems.iter().enumerate() {
                    let known = match is_some {
                        true => of.clone().inner(),
                        false => self.part(&name, &at.to_string()),
                    };
                    self.bind(part, known);
                }
            }
            Pat::Struct(parts) => {
                let name = names(&parts.path);
                for part in &parts.fields {
                    let field = match &part.member {
                        syn::Member::Named(name) => name.to_string(),
                        syn::Member::Unnamed(at) => at.index.to_string(),
                    };
                    let known = self.part(&name, &field);
                    self.bind(&part.pat, known);
                }
            }
            Pat::Or(ways) => ways.cases.iter().for_each(|way| self.bind(way, of.clone())),
            Pat::Slice(parts) => {
                let known = of.inner();
                parts.elems.iter().for_each(|part| self.bind(part, known.clone()));
            }
            _ => {}
        }
    }

    /// The type of a field of a struct, or of an enum's variant.
    fn part(&self, path: &[String], field: &str) -> Type {
        if let [rest @ .., variant] = path
            && let Some(of) = self.type_named(rest)
            && let Some(known) = self.declared.types[&of].variants.get(variant)
        {
            return known.get(field).map_or(Unknown, |field| self.written_in(field, &of));
        }
        let Some(of) = self.type_named(path) else { return Unknown };
        let known = self.declared.types[&of].fields.get(field);
        known.map_or(Unknown, |field| self.written_in(field, &of))
    }
}
