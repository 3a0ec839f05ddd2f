//! The form and the place of a definition that is a macro.

use std::rc::Rc;

use rustpython_ast::{AnyNodeRef, Expr, StmtFunctionDef};
use rustpython_text_size::{Ranged as _, TextRange};

use crate::diagnostic::{Code, Finding, Label};
use crate::expand::program::{Decoration, MacroFault, Module, Resolver};

/// What keeps a function from being a macro.
pub(crate) fn fault_of_macro(
    resolver: &Resolver<'_>,
    module: &Rc<Module>,
    def: &StmtFunctionDef,
) -> Option<Finding> {
    if let Some(fault) = resolver.macro_fault(module, def) {
        return Some(fault_finding(Code::MacroPlace, module, def, fault));
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

/// The finding that the function can't be a macro.
fn fault_finding(code: Code, module: &Module, def: &StmtFunctionDef, fault: MacroFault) -> Finding {
    let (name, at) = (&def.name, def.name.range);
    let (what, label, help) = match fault {
        MacroFault::Async => (
            "is async",
            module.label(at, "here"),
            "a macro runs at compile time, where nothing is waited for: leave `async` out",
        ),
        MacroFault::Generator => (
            "is a generator",
            module.label(at, "here"),
            "a macro gives one result: return a list instead of yielding its elements",
        ),
        MacroFault::Decorated(other) => (
            "has another decorator",
            module.label(other, "it would wrap what isn't in the program"),
            "leave it out, or let the macro call a plain function that has it",
        ),
    };
    Finding::new(code, format!("the macro `{name}` {what}"), label).help(help)
}

/// The note that a function with a decorator of compile time is a plain function in the program.
pub(crate) fn plain_note(
    resolver: &Resolver<'_>,
    module: &Rc<Module>,
    def: &StmtFunctionDef,
    around: &[AnyNodeRef<'_>],
) -> Option<Finding> {
    let decoration = resolver.decoration(module, &def.decorator_list)?;
    let finding = match resolver.macro_fault(module, def).filter(|_| around.is_empty()) {
        Some(fault) => fault_finding(Code::StaysPlain, module, def, fault),
        None => nested_finding(Code::StaysPlain, module, (decoration, def.name.range), around),
    };
    Some(finding.note("it stays a plain function of the program, which it can be"))
}

/// The finding that something stands where it can't.
pub(crate) fn misplaced(message: String, label: Label, help: &str) -> Finding {
    Finding::new(Code::MacroPlace, message, label).help(help)
}

/// The finding that a definition of compile time isn't at the top level, where `around` it is.
pub(crate) fn nested_finding(
    code: Code,
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
    Finding::new(code, message, label).help("move it to the top level of the module")
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
