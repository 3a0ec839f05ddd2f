//! Which methods the code calls.
//!
//! The type of a receiver is worked out from what is written: parameters, fields, results of
//! functions, patterns. Where that doesn't tell (in most closures, and after what other crates'
//! methods give), the method is the one of that name if the crate has only one, and no method of
//! that name is called on another crate's type. Not seen: methods of traits, functions that are
//! passed on as values, and what is written by a macro of this project.

use std::collections::BTreeSet;
use std::fmt;

use syn::Expr;
use syn::parse::{Parse, ParseStream};
use syn::visit::{self, Visit};

use super::declared::{Declared, Function};
use super::types::{Type, Types};

/// A call of an inherent method, or of a function of a type.
pub struct Call<'a> {
    pub from: &'a Function,
    pub to: &'a Function,
}

impl fmt::Display for Call<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} calls {}", self.from, self.to)
    }
}

/// What the functions of a crate do that a rule is about.
pub struct Deeds<'a> {
    /// The calls of methods that are seen.
    pub calls: Vec<Call<'a>>,
    /// The names that are called where it may be one of several types' methods.
    pub unseen: Vec<String>,
    /// Each function as often as it indexes or slices what may be too short.
    pub indexing: Vec<&'a Function>,
}

/// Reads all functions of a crate.
pub fn deeds<'a>(declared: &'a Declared<'a>) -> Deeds<'a> {
    let (mut seen, mut indexing) = (Vec::new(), Vec::new());
    let mut by_name = Vec::new();
    let mut elsewhere = BTreeSet::new();
    for from in declared.functions.iter().filter(|f| f.body.is_some()) {
        let reader = Reader::read(declared, from);
        seen.extend(reader.called.into_iter().map(|to| Call { from, to }));
        by_name.extend(reader.untyped.into_iter().map(|name| (from, name)));
        elsewhere.extend(reader.elsewhere);
        indexing.extend((0..reader.indexings).map(|_| from));
    }
    let mut unseen = Vec::new();
    by_name.retain(|(_, name)| declared.has_method(name) && !elsewhere.contains(name));
    for (from, name) in by_name {
        match declared.only_method(&name) {
            Some(to) => seen.push(Call { from, to }),
            None => unseen.push(name),
        }
    }
    Deeds { calls: seen, unseen, indexing }
}

/// Reads a function's body.
struct Reader<'a> {
    declared: &'a Declared<'a>,
    types: Types<'a>,
    called: Vec<&'a Function>,
    /// Methods called on other crates' types.
    elsewhere: BTreeSet<String>,
    /// Methods called on what has no known type.
    untyped: Vec<String>,
    indexings: usize,
}

impl<'a> Reader<'a> {
    fn read(declared: &'a Declared<'a>, function: &'a Function) -> Reader<'a> {
        let types = Types::new(declared, function);
        let (called, elsewhere, untyped) = Default::default();
        let mut reader = Reader { declared, types, called, elsewhere, untyped, indexings: 0 };
        if let Some(body) = &function.body {
            reader.visit_block(body);
        }
        reader
    }

    fn within(&mut self, read: impl FnOnce(&mut Self)) {
        self.types.enter();
        read(self);
        self.types.leave();
    }

    /// Reads a closure whose first parameter has this type.
    fn closure(&mut self, closure: &syn::ExprClosure, first: &Type) {
        self.within(|reader| {
            for (at, parameter) in closure.inputs.iter().enumerate() {
                let of = if at == 0 { first.clone() } else { Type::Unknown };
                reader.types.bind(parameter, of);
            }
            reader.visit_expr(&closure.body);
        });
    }
}

impl<'tree> Visit<'tree> for Reader<'_> {
    fn visit_block(&mut self, block: &'tree syn::Block) {
        self.within(|reader| visit::visit_block(reader, block));
    }

    fn visit_expr_if(&mut self, branch: &'tree syn::ExprIf) {
        self.within(|reader| visit::visit_expr_if(reader, branch));
    }

    fn visit_expr_while(&mut self, repeated: &'tree syn::ExprWhile) {
        self.within(|reader| visit::visit_expr_while(reader, repeated));
    }

    fn visit_expr_match(&mut self, choice: &'tree syn::ExprMatch) {
        self.visit_expr(&choice.expr);
        let of = self.types.of(&choice.expr);
        for arm in &choice.arms {
            self.within(|reader| {
                reader.types.bind(&arm.pat, of.clone());
                visit::visit_arm(reader, arm);
            });
        }
    }

    fn visit_expr_for_loop(&mut self, repeated: &'tree syn::ExprForLoop) {
        self.visit_expr(&repeated.expr);
        let item = self.types.of(&repeated.expr).inner();
        self.within(|reader| {
            reader.types.bind(&repeated.pat, item);
            reader.visit_block(&repeated.body);
        });
    }

    fn visit_expr_closure(&mut self, closure: &'tree syn::ExprClosure) {
        self.closure(closure, &Type::Unknown);
    }

    fn visit_local(&mut self, local: &'tree syn::Local) {
        visit::visit_local(self, local);
        let of = local.init.as_ref().map_or(Type::Unknown, |init| self.types.of(&init.expr));
        self.types.bind(&local.pat, of);
    }

    fn visit_expr_let(&mut self, local: &'tree syn::ExprLet) {
        visit::visit_expr_let(self, local);
        let of = self.types.of(&local.expr);
        self.types.bind(&local.pat, of);
    }

    fn visit_expr_path(&mut self, path: &'tree syn::ExprPath) {
        self.called.extend(self.types.callee(&path.path).filter(|function| function.is_method()));
    }

    fn visit_expr_method_call(&mut self, call: &'tree syn::ExprMethodCall) {
        self.visit_expr(&call.receiver);
        let receiver = self.types.of(&call.receiver);
        for argument in &call.args {
            match (argument, &receiver) {
                (Expr::Closure(closure), Type::Foreign(..)) => {
                    self.closure(closure, &receiver.clone().inner());
                }
                _ => self.visit_expr(argument),
            }
        }
        let name = call.method.to_string();
        match receiver {
            Type::Own(of) => self.called.extend(self.declared.method(&of, &name)),
            Type::Foreign(..) => drop(self.elsewhere.insert(name)),
            Type::Unknown => self.untyped.push(name),
        }
    }

    fn visit_expr_index(&mut self, index: &'tree syn::ExprIndex) {
        visit::visit_expr_index(self, index);
        let takes_all = matches!(&*index.index, Expr::Range(range)
            if range.start.is_none() && range.end.is_none());
        // A type of ours says itself why nothing is missing.
        let is_ours = matches!(self.types.of(&index.expr), Type::Own(_));
        self.indexings += usize::from(!takes_all && !is_ours);
    }

    fn visit_macro(&mut self, made: &'tree syn::Macro) {
        if let Ok(Values(values)) = made.parse_body() {
            values.iter().for_each(|value| self.visit_expr(value));
        }
    }
}

/// What a macro such as `format!`, `vec!` or `matches!` is given, up to what isn't an expression.
struct Values(Vec<Expr>);

impl Parse for Values {
    fn parse(input: ParseStream<'_>) -> syn::Result<Values> {
        let mut values = Vec::new();
        while let Ok(value) = input.parse() {
            values.push(value);
            if input.parse::<syn::Token![,]>().is_err() && input.parse::<syn::Token![;]>().is_err()
            {
                break;
            }
        }
        input.parse::<proc_macro2::TokenStream>()?;
        Ok(Values(values))
    }
}
