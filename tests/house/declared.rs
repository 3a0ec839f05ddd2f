//! What the modules declare: types with their fields, functions, and the methods of inherent `impl`s.
//!
//! Read off the syntax trees of the files. What is written by a macro of this project, and what is
//! compiled for tests only, isn't there.

use std::collections::BTreeMap;
use std::fmt;

use syn::{Fields, FnArg, ImplItem, Item, TraitItem, parse_file};

use super::plan::{Path, Plan};

/// A type, a function or a trait: its module, and its name there.
pub type Name = (Path, String);

/// What a `struct`, `enum` or `type` is made of.
#[derive(Default)]
pub struct Type {
    /// The fields of a struct.
    pub fields: BTreeMap<String, syn::Type>,
    /// The variants of an enum with their fields.
    pub variants: BTreeMap<String, BTreeMap<String, syn::Type>>,
    /// What a `type` stands for.
    pub alias: Option<syn::Type>,
}

/// What kind of a function it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Free,
    /// Of an inherent `impl`.
    Inherent,
    /// Of a trait, or of an `impl` of one.
    OfTrait,
}

pub struct Function {
    /// Where it is written.
    pub module: Path,
    /// The type of the inherent or trait `impl` that it is in.
    pub owner: Option<Name>,
    pub form: Form,
    pub signature: syn::Signature,
    pub body: Option<syn::Block>,
}

/// Everything that the crate declares.
pub struct Declared<'plan> {
    pub plan: &'plan Plan,
    pub types: BTreeMap<Name, Type>,
    pub functions: Vec<Function>,
    /// The inherent methods, by type and name, and the free functions, as places in `functions`.
    methods: BTreeMap<(Name, String), usize>,
    free: BTreeMap<Name, usize>,
    /// The names of traits' methods, which several types may have.
    pub of_traits: Vec<String>,
    /// The inherent `impl`s: the type, and the module it is written in.
    pub impls: Vec<(Name, Path)>,
}

impl<'plan> Declared<'plan> {
    /// Reads all modules of a plan.
    pub fn read(plan: &'plan Plan) -> Declared<'plan> {
        let mut declared = Declared {
            plan,
            types: BTreeMap::new(),
            functions: Vec::new(),
            methods: BTreeMap::new(),
            free: BTreeMap::new(),
            of_traits: Vec::new(),
            impls: Vec::new(),
        };
        let items: Vec<_> =
            plan.0.iter().map(|(path, m)| (path, items(&m.file, &m.text))).collect();
        for (module, item) in items.iter().flat_map(|(path, i)| i.iter().map(move |i| (*path, i))) {
            declared.types.extend(declared_type(item).map(|(name, t)| ((module.clone(), name), t)));
        }
        for (module, items) in items {
            items.into_iter().for_each(|item| declared.add(module, item));
        }
        declared
    }

    fn add(&mut self, module: &Path, item: Item) {
        match item {
            Item::Fn(item) => self.function(module, None, Form::Free, item.sig, Some(*item.block)),
            Item::Impl(item) => {
                let owner = self.name_of(module, &item.self_ty);
                let form = if item.trait_.is_none() { Form::Inherent } else { Form::OfTrait };
                if form == Form::Inherent {
                    self.impls.extend(owner.clone().map(|owner| (owner, module.clone())));
                }
                for part in item.items {
                    if let ImplItem::Fn(f) = part {
                        self.function(module, owner.clone(), form, f.sig, Some(f.block));
                    }
                }
            }
            Item::Trait(item) => {
                for part in item.items {
                    if let TraitItem::Fn(f) = part {
                        self.of_traits.push(f.sig.ident.to_string());
                        self.function(module, None, Form::OfTrait, f.sig, f.default);
                    }
                }
            }
            _ => {}
        }
    }

    fn function(
        &mut self,
        module: &Path,
        owner: Option<Name>,
        form: Form,
        signature: syn::Signature,
        body: Option<syn::Block>,
    ) {
        let (module, at) = (module.clone(), self.functions.len());
        let name = signature.ident.to_string();
        match (form, &owner) {
            (Form::Free, _) => drop(self.free.insert((module.clone(), name), at)),
            (Form::Inherent, Some(owner)) => {
                self.methods.insert((owner.clone(), name), at);
            }
            _ => {}
        }
        self.functions.push(Function { module, owner, form, signature, body });
    }

    /// The type of the crate that an `impl` is for.
    fn name_of(&self, module: &Path, of: &syn::Type) -> Option<Name> {
        let syn::Type::Path(path) = of else { return None };
        self.type_at(module, &names(&path.path))
    }

    /// The type of the crate that a path leads to.
    pub fn type_at(&self, module: &Path, path: &[String]) -> Option<Name> {
        let (home, rest) = self.plan.resolve(module, path)?;
        let [name] = &rest[..] else { return None };
        let name = (home, name.clone());
        self.types.contains_key(&name).then_some(name)
    }

    /// The free function that a path leads to.
    pub fn function_at(&self, module: &Path, path: &[String]) -> Option<&Function> {
        let (home, rest) = self.plan.resolve(module, path)?;
        let [name] = &rest[..] else { return None };
        self.free.get(&(home, name.clone())).map(|at| &self.functions[*at])
    }

    /// The inherent method of a type.
    pub fn method(&self, of: &Name, name: &str) -> Option<&Function> {
        self.methods.get(&(of.clone(), name.to_owned())).map(|at| &self.functions[*at])
    }

    /// Whether a type of the crate has an inherent method with this name.
    pub fn has_method(&self, name: &str) -> bool {
        self.functions.iter().any(|f| f.is_method() && f.signature.ident == name)
    }

    /// The inherent method with a name that no other type has a method of.
    pub fn only_method(&self, name: &str) -> Option<&Function> {
        let mut all = self.functions.iter().filter(|f| f.is_method() && f.signature.ident == name);
        let only = all.next()?;
        let shared = all.next().is_some() || self.of_traits.iter().any(|other| other == name);
        (!shared).then_some(only)
    }
}

impl Function {
    /// Whether it belongs to a type, and to no trait.
    pub fn is_method(&self) -> bool {
        self.form == Form::Inherent
    }

    /// How many lines it has.
    pub fn lines(&self) -> usize {
        let Some(body) = &self.body else { return 1 };
        let start = self.signature.fn_token.span.start().line;
        body.brace_token.span.close().end().line + 1 - start
    }

    /// The types of its parameters, but for `self`.
    pub fn parameters(&self) -> impl Iterator<Item = &syn::PatType> {
        self.signature.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(typed) => Some(typed),
            FnArg::Receiver(_) => None,
        })
    }
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}::{}", self.module.join("::"), self.signature.ident)
    }
}

fn declared_type(item: &Item) -> Option<(String, Type)> {
    let (name, made_of) = match item {
        Item::Struct(item) => {
            (&item.ident, Type { fields: fields(&item.fields), ..Type::default() })
        }
        Item::Enum(item) => {
            let variant = |v: &syn::Variant| (v.ident.to_string(), fields(&v.fields));
            let variants = item.variants.iter().map(variant).collect();
            (&item.ident, Type { variants, ..Type::default() })
        }
        Item::Type(item) => {
            (&item.ident, Type { alias: Some((*item.ty).clone()), ..Type::default() })
        }
        Item::Trait(item) => (&item.ident, Type::default()),
        _ => return None,
    };
    Some((name.to_string(), made_of))
}

fn fields(fields: &Fields) -> BTreeMap<String, syn::Type> {
    let name = |(index, field): (usize, &syn::Field)| match &field.ident {
        Some(name) => (name.to_string(), field.ty.clone()),
        None => (index.to_string(), field.ty.clone()),
    };
    fields.iter().enumerate().map(name).collect()
}

/// The names of a path, without what is between `<` and `>`.
pub fn names(path: &syn::Path) -> Path {
    path.segments.iter().map(|segment| segment.ident.to_string()).collect()
}

/// The items of a file, also those in a module that is written within it, but not those of tests.
fn items(file: &str, text: &str) -> Vec<Item> {
    let tree = parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut items = Vec::new();
    let mut left = tree.items;
    while let Some(item) = left.pop() {
        match item {
            Item::Mod(module) if !is_test(&module.attrs) => {
                left.extend(module.content.into_iter().flat_map(|(_, items)| items));
            }
            Item::Fn(f) if is_test(&f.attrs) => {}
            Item::Impl(i) if is_test(&i.attrs) => {}
            Item::Mod(_) => {}
            item => items.push(item),
        }
    }
    items
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::List(list) => list.path.is_ident("cfg") && list.tokens.to_string() == "test",
        _ => false,
    })
}
