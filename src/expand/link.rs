//! The link check: what an output takes from other modules is in their outputs (language.md §13).
//!
//! ```text
//! print(getattr(lib, "twice")(2))      `twice` is a macro, and lib's output hasn't got it
//! ```
//!
//! Asked of the text that is about to be written, so that it finds what other passes have missed. Of a
//! module that is installed as an output, that output is asked: its companion may be of another version.

use std::rc::Rc;

use rustpython_text_size::TextRange;

use crate::diagnostic::{Code, Finding};
use crate::expand::compile_time::is_sourceless;
use crate::expand::erasure::Erasure;
use crate::expand::program::{COMPANION, Entity, ImportedModules, Module, below};
use crate::scope::{AttributeAccess, BindingKind, ScopeId};
use crate::syntax::{Syntax, walk};

/// The findings about names that `output` takes from modules whose outputs haven't got them.
pub(crate) fn missing_links(cx: &Erasure<'_, '_>, output: &Rc<Module>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (from, name, range) in taken_names(cx, output) {
        let Some(Entity::Module(home)) = cx.resolver.module_entity(output, &from) else { continue };
        let is_module = cx.resolver.module_entity(output, &below(&from, &name)).is_some();
        if is_module {
            continue;
        }
        match cx.resolver.export(&home, &name) {
            Some(entity)
                if entity.is_compile_time()
                    || is_sourceless(cx.resolver, cx.compile_time, &entity) =>
            {
                findings.push(missing(output, (&name, range), &home, &entity));
            }
            _ if is_lost(cx, &home, &name) => {
                findings.push(outdated(output, (&name, range), &home));
            }
            _ => {}
        }
    }
    findings
}

/// Whether the module has the name by its companion, but surely not as it is installed.
fn is_lost(cx: &Erasure<'_, '_>, home: &Module, name: &str) -> bool {
    let Some(installed) = cx.resolver.project.output(&home.path) else { return false };
    let scopes = &installed.scopes;
    let is_bound = |name| !scopes.bindings(ScopeId::MODULE, name).is_empty();
    let may_have_others =
        is_bound("__getattr__") || !scopes.star_imports(ScopeId::MODULE).is_empty();
    let is_given = name.starts_with("__") && name.ends_with("__");
    !is_bound(name)
        && !may_have_others
        && !is_given
        && !home.scopes.bindings(ScopeId::MODULE, name).is_empty()
}

fn outdated(output: &Module, (name, range): (&str, TextRange), home: &Module) -> Finding {
    let message = format!("`{}` has no `{name}` as it is installed", home.name);
    let label = output.label(range, "taken here");
    let file = home.path.file_name().unwrap_or_default().to_string_lossy();
    let help = format!(
        "`{file}` isn't what `{file}{COMPANION}` beside it expands to: expand the package again, and \
         install both"
    );
    Finding::new(Code::LostName, message, label).help(help)
}

/// The names that the module takes from others: the module, the name, and where.
fn taken_names(cx: &Erasure<'_, '_>, module: &Rc<Module>) -> Vec<(String, String, TextRange)> {
    let modules = ImportedModules::new(&cx.resolver.project, module);
    let scopes = &module.scopes;
    let mut taken = Vec::new();
    for scope in scopes.scopes() {
        for binding in scopes.names(scope).flat_map(|name| scopes.bindings(scope, name)) {
            if let BindingKind::Import { module: from, level, name: Some(name), alias, .. } =
                &binding.kind
            {
                let from = module.absolute(*level, from.as_deref());
                taken.push((from, name.to_string(), *alias));
            }
        }
    }
    for expr in walk(&module.syntax).filter_map(Syntax::expr) {
        let access = scopes.attribute_access(expr).filter(|access| !access.kind.changes());
        let Some(AttributeAccess { object, name, range, .. }) = access else { continue };
        let objects = modules.modules_of(object).into_iter();
        taken.extend(objects.map(|object| (object.name, name.to_owned(), range)));
    }
    taken
}

fn missing(
    output: &Module,
    (name, range): (&str, TextRange),
    home: &Rc<Module>,
    entity: &Entity,
) -> Finding {
    let what = match entity {
        Entity::Macro(..) => "a macro",
        Entity::Constant(..) => "a constant without a source",
        _ => "a name of compile time",
    };
    let message = format!("the output of `{}` has no `{name}`: it is {what}", home.name);
    let label = output.label(range, "taken here");
    let mut finding = Finding::new(Code::LostName, message, label);
    if let Some((own, defined)) = entity.definition()
        && let Some(binding) = own.scopes.bindings(ScopeId::MODULE, defined).last()
    {
        finding = finding.secondary(own.label(binding.range, "defined here"));
    }
    finding.help("call it by its name, where the compiler sees that it is called")
}
