//! Imports of macros that the file never uses.
//!
//! A file that passes macros on to others imports them just so. It is left in peace if it is a
//! package's `__init__.py`, names them in `__all__`, or says `import x as x` or `# noqa: F401`. Without
//! an `__all__`, one that has macros of its own may pass on those of others, and one that has nothing
//! but imports whatever it imports.

use std::rc::Rc;

use rustpython_ast::{Alias, Stmt, StringLiteral};
use rustpython_text_size::{Ranged as _, TextRange};

use super::cut::{Removal, parts, remove};
use super::removal::bound_by;
use crate::diagnostic::{Code, Finding};
use crate::expand::output::Output;
use crate::expand::program::{Entity, Module, Resolver};
use crate::scope::{Binding, Context, Place, ScopeId};
use crate::source::edit::Edits;
use crate::syntax::{Exports, Syntax, is_text, parse_expression, statements, walk};

/// A warning for each statement that imports macros of which the file makes no use, after it
/// has been expanded.
pub(crate) fn unused_imports(
    resolver: &Resolver<'_>,
    output: &Output,
    module: &Rc<Module>,
) -> Vec<Finding> {
    if module.is_package {
        return Vec::new();
    }
    let imports = statements(&module.syntax).filter_map(|stmt| match stmt {
        Stmt::Import(import) => Some((stmt, &import.names)),
        Stmt::ImportFrom(import) => Some((stmt, &import.names)),
        _ => None,
    });
    let texts: Vec<&StringLiteral> = walk(&module.syntax).filter_map(Syntax::text).collect();
    let mut passed = None;
    let mut warnings = Vec::new();
    for (stmt, aliases) in imports {
        let mut unused = Vec::new();
        for alias in aliases {
            let idle = unused_entity((resolver, output), module, alias, &texts);
            unused.push(idle.is_some_and(|(scope, entity)| {
                let passed = *passed.get_or_insert_with(|| reexports(resolver, module));
                scope != ScopeId::MODULE
                    || match entity {
                        Entity::Macro(..) | Entity::Comptime(..) => passed == Passed::Nothing,
                        _ => passed != Passed::Everything,
                    }
            }));
        }
        if unused.contains(&true) && !is_on_purpose(module, stmt) {
            warnings.push(warning(module, stmt, aliases, &unused));
        }
    }
    warnings
}

/// What exists at compile time only and is imported by `alias`, and the scope that has it, if the
/// file never uses it.
fn unused_entity(
    (resolver, output): (&Resolver<'_>, &Output),
    module: &Rc<Module>,
    alias: &Alias,
    strings: &[&StringLiteral],
) -> Option<(ScopeId, Entity)> {
    if alias.asname.as_ref().is_some_and(|own| own.id == alias.name.id) {
        return None;
    }
    let (scope, binding) = bound_by(module, alias)?;
    let is_alone = module.scopes.bindings(scope, &binding.name).len() == 1;
    if !is_alone || is_used(module, scope, &binding, strings) {
        return None;
    }
    let entity = resolver.entity_of_binding(module, &binding).filter(|entity| {
        use Entity::{Comptime, Macro, Meta, MetaModule};
        matches!(entity, Macro(..) | Comptime(..) | MetaModule | Meta(_))
    })?;
    let is_called = output.called_from_expansions.contains(binding.name.as_str());
    (!is_called).then_some((scope, entity))
}

/// What may be imported for other files to import it from this one.
fn reexports(resolver: &Resolver<'_>, module: &Rc<Module>) -> Passed {
    let exports = Exports::of(&module.syntax.body);
    if !exports.is_empty() {
        let is_known = exports.iter().all(|part| part.computed().is_none());
        return if is_known { Passed::Nothing } else { Passed::Everything };
    }
    let mut passed = Passed::Everything;
    for stmt in &module.syntax.body {
        let decorators = match stmt {
            Stmt::FunctionDef(def) => &def.decorator_list[..],
            Stmt::ClassDef(class) => &class.decorator_list,
            _ if is_code(stmt) => &[],
            _ => continue,
        };
        if resolver.decoration(module, decorators).is_some() {
            return Passed::Macros;
        }
        passed = Passed::Nothing;
    }
    passed
}

/// What a file may import only for others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Passed {
    Nothing,
    /// The macros of other modules.
    Macros,
    Everything,
}

/// Whether the statement does something with what was imported before.
fn is_code(stmt: &Stmt) -> bool {
    match stmt {
        Stmt::Import(_)
        | Stmt::ImportFrom(_)
        | Stmt::Assign(_)
        | Stmt::AnnAssign(_)
        | Stmt::If(_)
        | Stmt::Try(_) => false,
        _ => !is_text(stmt),
    }
}

/// Whether the file mentions the name: in its code, or in a text that is an expression, as
/// annotations and `__all__` have them.
fn is_used(module: &Module, scope: ScopeId, binding: &Binding, strings: &[&StringLiteral]) -> bool {
    let name = binding.name.as_str();
    let is_use = |used: &&crate::scope::Use| {
        used.name == name
            && used.context != Context::Store
            && module.scopes.resolve(used) == Place::Bound(scope)
    };
    module.scopes.uses().any(|used| is_use(&used))
        || strings.iter().any(|string| mentions(string.as_str(), name))
}

fn mentions(text: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    text.split(|c| !is_word(c)).any(|word| word == name) && parse_expression(text).is_some()
}

/// Whether a comment tells linters that nobody uses the import here.
fn is_on_purpose(module: &Module, stmt: &Stmt) -> bool {
    let source = &module.source;
    let lines = source.line_range(stmt.start()).cover(source.line_range(stmt.end()));
    let comments = module.layout().comments().iter();
    comments.filter(|comment| lines.contains_range(**comment)).any(|comment| {
        let text = module.slice(*comment).to_lowercase();
        let codes = text.split_once("noqa").map(|(_, codes)| codes);
        codes.is_some_and(|codes| !codes.trim_start().starts_with(':') || codes.contains("f401"))
    })
}

fn warning(module: &Module, stmt: &Stmt, aliases: &[Alias], unused: &[bool]) -> Finding {
    let idle: Vec<&Alias> =
        aliases.iter().zip(unused).filter(|(_, unused)| **unused).map(|(a, _)| a).collect();
    let names: Vec<String> = idle
        .iter()
        .map(|alias| format!("`{}`", alias.asname.as_ref().unwrap_or(&alias.name)))
        .collect();
    let (message, title) = match &names[..] {
        [name] => (format!("{name} is imported and never used"), "remove the import"),
        [all @ .., last] => {
            let all = all.join(", ");
            (format!("{all} and {last} are imported and never used"), "remove the imports")
        }
        [] => Default::default(),
    };
    let first = idle.first().map_or(stmt.range(), |alias| alias.range);
    let mut finding = Finding::new(Code::UnusedMacro, message, module.label(first, "not used"));
    for alias in idle.iter().skip(1) {
        finding = finding.secondary(module.label(alias.range, "nor this"));
    }
    let ranges: Vec<TextRange> = aliases.iter().map(|alias| alias.range).collect();
    let mut edits = Edits::new();
    remove(module, &mut edits, &mut |other, _| match other.range() == stmt.range() {
        true => parts(module, &ranges, unused),
        false => Removal::Keep,
    });
    let edits = edits.iter().map(|edit| (edit.range, edit.text.clone())).collect();
    finding.fix(title, edits)
}
