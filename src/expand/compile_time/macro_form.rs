//! The form and the place of a definition that is a macro.

use std::rc::Rc;

use rustpython_ast::{AnyNodeRef, Expr, StmtFunctionDef};
use rustpython_text_size::{Ranged as _, TextRange};

use super::generator::is_generator;
use crate::diagnostic::{Code, Finding, Label};
use crate::expand::program::{Decoration, Module, Resolver};
use crate::python::meta::MetaName;

/// What keeps a function from being a macro.
pub(crate) fn fault_of_macro(
    resolver: &Resolver<'_>,
    module: &Rc<Module>,
    def: &StmtFunctionDef,
) -> Option<Finding> {
    let (name, at) = (&def.name, def.name.range);
    if def.is_async {
        let message = format!("the macro `{name}` is async");
        let help = "a macro runs at compile time, where nothing is waited for: leave `async` out";
        return Some(misplaced(message, module.label(at, "here"), help));
    }
    let is_quote =
        |expr: &Expr| resolver.entity_of(module, expr).is_some_and(|e| e.is_meta(MetaName::Quote));
    if is_generator(def, is_quote) {
        let message = format!("the macro `{name}` is a generator");
        let help = "a macro gives one result: return a list instead of yielding its elements";
        return Some(misplaced(message, module.label(at, "here"), help));
    }
    if def.decorator_list.len() > 1 {
        let message = format!("the macro `{name}` has another decorator");
        let label = match other_decorator(resolver, module, def) {
            Some(other) => module.label(other, "it would wrap what isn't in the program"),
            None => module.label(at, "here"),
        };
        let help = "leave it out, or let the macro call a plain function that has it";
        return Some(misplaced(message, label, help));
    }
    let parameters = def.parameters.iter_non_variadic_params();
    let mut defaults = parameters.filter_map(|p| Some((p.name(), p.default()?)));
    if let Some((parameter, default)) = defaults.find(|(_, default)| is_mutable(default)) {
        let (message, why) = match default {
            Expr::Call(_) => ("isn't known at compile time", "it may be any object"),
            _ => ("can be changed by calls", "compile time and run time would have one each"),
        };
        let message = format!("the default of `{parameter}` {message}");
        let label = module.label(default.range(), why);
        let help = "use None as the default, and make the object in the body";
        return Some(misplaced(message, label, help));
    }
    None
}

/// The first decorator that doesn't make the function a macro.
fn other_decorator(
    resolver: &Resolver<'_>,
    module: &Rc<Module>,
    def: &StmtFunctionDef,
) -> Option<TextRange> {
    let is_other = |decorator: &&rustpython_ast::Decorator| {
        resolver.decoration(module, std::slice::from_ref(*decorator)).is_none()
    };
    def.decorator_list.iter().find(is_other).map(|decorator| decorator.range)
}

/// The finding that something stands where it can't.
pub(crate) fn misplaced(message: String, label: Label, help: &str) -> Finding {
    Finding::new(Code::MacroPlace, message, label).help(help)
}

/// The finding that a definition of compile time isn't at the top level, where `around` it is.
pub(crate) fn nested_finding(
    module: &Module,
    (decoration, name): (Decoration, TextRange),
    around: &[AnyNodeRef<'_>],
) -> Finding {
    let what = match decoration {
        Decoration::Macro => "the macro",
        Decoration::Comptime => "the compile-time definition",
        Decoration::Unroll => "the @unroll function",
    };
    let place = match around.last() {
        Some(AnyNodeRef::StmtFunctionDef(def)) => format!("inside the function `{}`", def.name),
        Some(AnyNodeRef::StmtClassDef(class)) => format!("inside the class `{}`", class.name),
        _ => "inside another statement".to_owned(),
    };
    let message = format!("{what} `{}` is defined {place}", module.slice(name));
    let label = module.label(name, "defined here");
    misplaced(message, label, "move it to the top level of the module")
}

fn is_mutable(default: &Expr) -> bool {
    matches!(
        default,
        Expr::List(_)
            | Expr::Dict(_)
            | Expr::Set(_)
            | Expr::ListComp(_)
            | Expr::DictComp(_)
            | Expr::SetComp(_)
            | Expr::Call(_)
    )
}
