//! An input's macros: it is expanded as the last part of a module that holds the session's code.
//!
//! ```text
//! from cython.meta import macro       remembered
//! @macro                              remembered, as it was typed
//! def half(x): return x / 2
//! n = 10                              remembered
//! "the input begins here"             a mark
//! print(half(n))                      the input: what becomes of it is run
//! ```
//!
//! What is new above the mark was added for the input (imports, say), and runs first.

use std::rc::Rc;

use rustpython_ast::Stmt;
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use super::memory::{PieceRole, SessionPiece};
use super::{Prompt, forms, is_error};
use crate::diagnostic::{Finding, Severity};
use crate::driver::Extent;
use crate::expand::{ExpansionStep, Module};
use crate::python::meta::MetaName;
use crate::scope::ScopeId;

/// What goes before the input.
pub(super) const MARK: &str = "\"the input begins here: 2f9c1d\"\n";

/// What a statement comes to.
pub(super) struct Staged {
    /// What is to run, with the module that each statement is of.
    pub statements: Vec<(Rc<Module>, Stmt)>,
    /// The code of what was added for it.
    added: Vec<String>,
    /// Its code, if that isn't as it was typed.
    expanded: Option<String>,
    /// How many trees had been evaluated before it.
    evaluated: usize,
}

/// Code that macros left.
pub(super) struct ExpandedInput {
    /// Statements that go before it.
    pub added: Vec<String>,
    pub text: String,
    /// What each use of a macro became.
    pub steps: Vec<ExpansionStep>,
}

/// Makes a statement ready to run.
///
/// # Errors
/// Findings about it.
pub(super) fn stage(
    prompt: &mut Prompt<'_>,
    module: &Rc<Module>,
    stmt: &Stmt,
    range: TextRange,
) -> Result<Staged, Vec<Finding>> {
    let evaluated = prompt.host.trees_evaluated();
    let imports = prompt.imports_compile_time(module.slice(stmt.range()));
    if !imports && !is_staged(prompt, stmt) {
        prompt.provide(module.slice(stmt.range()))?;
        let stmt = forms::with_trees(prompt, module, range, stmt);
        let statements = vec![(module.clone(), stmt)];
        return Ok(Staged { statements, added: Vec::new(), expanded: None, evaluated });
    }
    let expanded = expand(prompt, module, range)?;
    let code: String = expanded.added.iter().map(|text| format!("{text}\n")).collect();
    let code = code + &expanded.text;
    prompt.provide(&code)?;
    let result = prompt.parse(&expanded_name(module.source.name()), code.as_bytes())?;
    let statements = result.syntax.body.iter().map(|stmt| (result.clone(), stmt.clone()));
    let statements = statements.collect();
    let ExpandedInput { added, text, .. } = expanded;
    Ok(Staged { statements, added, expanded: Some(text), evaluated })
}

/// What tracebacks call the code that came of an input.
fn expanded_name(name: &str) -> String {
    match name.strip_suffix('>') {
        Some(name) => format!("{name}, expanded>"),
        None => format!("{name}, expanded"),
    }
}

/// Whether a statement has to do with compile time by what its names mean.
fn is_staged(prompt: &Prompt<'_>, stmt: &Stmt) -> bool {
    let is_form = |path: &Vec<String>| {
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        let meta = || prompt.host.meta_name(&prompt.ns, &names);
        path.first().is_some_and(|root| prompt.compile_time.contains(root))
            || meta().and_then(|name| MetaName::from_name(&name)).is_some_and(is_expanded)
    };
    prompt.stars || forms::paths(stmt).iter().any(is_form)
}

/// Whether what uses the name is expanded before it runs; the prompt has objects for the others.
fn is_expanded(name: MetaName) -> bool {
    use MetaName::*;
    match name {
        Macro | Unroll | Comptime | Quote | Embed => true,
        Uneval | Codenode | Gensym | Error | Warn | Note | OpModule | Constant(_) => false,
    }
}

/// Expands the code at `range` of an input.
///
/// # Errors
/// Findings about it.
pub(super) fn expand(
    prompt: &mut Prompt<'_>,
    module: &Module,
    range: TextRange,
) -> Result<ExpandedInput, Vec<Finding>> {
    let new = (module.slice(range), module.file, range.start());
    let (text, origins) = prompt.memory.module(MARK, new);
    let path = prompt.path.clone();
    let outcome = prompt.driver.expand_text(&path, text.as_bytes(), Extent::Session);
    let name = prompt.driver.expander.project().shown(&path);
    let sources = prompt.driver.sources();
    let is_module = |file| sources.find(file).is_some_and(|source| source.name() == name);
    let findings = outcome.findings.into_iter();
    let mut findings: Vec<_> = findings.map(|f| origins.translate(f, &is_module)).collect();
    // What there is to say of earlier inputs has been said.
    findings.retain(|f| f.severity() == Severity::Error || f.primary.file == module.file);
    let output = match outcome.output {
        Some(output) if !is_error(&findings) => String::from_utf8_lossy(&output).into_owned(),
        _ => return Err(findings),
    };
    prompt.say(&findings);
    let (before, after) = output.split_once(MARK).unwrap_or(("", &output));
    let (known, bound) = (code_of(prompt, &text), bound_names(prompt, &text));
    let mut added = code_of(prompt, before);
    // What was written anew of earlier inputs has run.
    added.retain(|code| {
        let is_new = !known.contains(code) && !prompt.memory.has_run(code);
        let mut parsed = || prompt.parse("<session>", code.as_bytes());
        is_new && parsed().is_ok_and(|module| is_addition(&module, &bound))
    });
    let start = TextSize::of(&*text) - TextSize::of('\n') - range.len();
    let mut steps = outcome.steps;
    steps.retain(|step| step.range.start() >= start);
    Ok(ExpandedInput { added, text: after.to_owned(), steps })
}

/// Whether code is what an expansion adds above the statements: an import, or a function under a
/// new name.
fn is_addition(module: &Module, bound: &[String]) -> bool {
    match &module.syntax.body[..] {
        [Stmt::Import(_) | Stmt::ImportFrom(_)] => true,
        [Stmt::FunctionDef(def)] => !bound.iter().any(|name| *name == *def.name),
        _ => false,
    }
}

/// The code of each statement of a module.
fn code_of(prompt: &mut Prompt<'_>, text: &str) -> Vec<String> {
    let Ok(module) = prompt.parse("<session>", text.as_bytes()) else { return Vec::new() };
    let code = module.syntax.body.iter().map(|stmt| module.slice(stmt.range()).to_owned());
    code.collect()
}

/// Remembers a statement that has completed.
pub(super) fn remember(
    prompt: &mut Prompt<'_>,
    module: &Rc<Module>,
    stmt: &Stmt,
    range: TextRange,
    staged: Staged,
) {
    let names = bound_names(prompt, module.slice(range));
    for text in staged.added {
        let names = bound_names(prompt, &text);
        let (written, place) = (None, None);
        prompt.memory.push(SessionPiece { text, written, place, names, kind: PieceRole::Other });
    }
    let left = match &staged.expanded {
        Some(text) => bound_names(prompt, text),
        None => names.clone(),
    };
    let is_unrolled = |text: &String| stmt.is_function_def_stmt() && text != module.slice(range);
    let unrolled = staged.expanded.as_ref().is_some_and(is_unrolled);
    let mut is_definition = false;
    let imports = stmt.is_import_stmt() && prompt.imports_compile_time(module.slice(stmt.range()));
    prompt.stars |= is_star(stmt) && prompt.imports_compile_time(module.slice(stmt.range()));
    if imports {
        // Its macros are reached through it.
        prompt.compile_time.extend(names.iter().cloned());
    }
    for name in names.iter().filter(|_| !imports) {
        let gone = !left.contains(name);
        if gone {
            // What it was before must not be seen in its stead.
            prompt.host.forget(&prompt.ns, name);
        }
        match gone || unrolled {
            true => {
                is_definition = true;
                prompt.compile_time.insert(name.clone());
            }
            false => drop(prompt.compile_time.remove(name)),
        }
    }
    if unrolled && let Some(text) = &staged.expanded {
        // It stays in the program as it runs here.
        let code = code_of(prompt, text);
        prompt.memory.note_run(code);
    }
    let written = module.slice(range).to_owned();
    let as_written = is_definition || imports || is_star(stmt) || staged.expanded.is_none();
    let (text, place) = match staged.expanded.filter(|_| !as_written) {
        Some(text) => (text, None),
        None => (written.clone(), Some((module.file, range.start()))),
    };
    if let Stmt::ImportFrom(import) = stmt
        && is_future(stmt)
    {
        prompt.futures.extend(import.names.iter().cloned());
    }
    let is_plain = as_written && !is_definition;
    let (text, kind) = match () {
        // Python wants these first in a file, and they say nothing of a session.
        () if is_future(stmt) => (String::new(), PieceRole::Other),
        () if staged.evaluated != prompt.host.trees_evaluated() => {
            let text = if is_plain && holds_trees(prompt, stmt) { String::new() } else { text };
            (text, PieceRole::Obscure)
        }
        () if is_plain && holds_trees(prompt, stmt) => (String::new(), PieceRole::Hidden),
        () if is_definition || defines(stmt) => (text, PieceRole::Definition),
        () if stmt.is_assign_stmt() => (text, PieceRole::Binding),
        () => (text, PieceRole::Other),
    };
    prompt.memory.push(SessionPiece { text, written: Some(written), place, names, kind });
}

/// Whether a statement uses names of `cython.meta` as values, which a file can't.
fn holds_trees(prompt: &Prompt<'_>, stmt: &Stmt) -> bool {
    forms::paths(stmt).iter().any(|path| {
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        prompt.host.meta_name(&prompt.ns, &names).is_some()
    })
}

fn bound_names(prompt: &mut Prompt<'_>, text: &str) -> Vec<String> {
    match prompt.parse("<session>", text.as_bytes()) {
        Ok(module) => module.scopes.names(ScopeId::MODULE).map(str::to_owned).collect(),
        Err(_) => Vec::new(),
    }
}

/// Whether a statement defines names, and evaluates nothing for it.
fn defines(stmt: &Stmt) -> bool {
    match stmt {
        Stmt::FunctionDef(def) => {
            let mut parameters = def.parameters.iter_non_variadic_params();
            def.decorator_list.is_empty() && parameters.all(|p| p.default().is_none())
        }
        Stmt::Import(_) | Stmt::ImportFrom(_) => true,
        _ => false,
    }
}

/// Remembers that a statement ran which didn't complete: who knows how much of it.
pub(super) fn remember_obscure(prompt: &mut Prompt<'_>, module: &Module, range: TextRange) {
    let mut names = bound_names(prompt, module.slice(range));
    // To be a macro only sometimes is an error.
    names.retain(|name| !prompt.compile_time.contains(name));
    let (written, place, kind) = (None, None, PieceRole::Obscure);
    prompt.memory.push(SessionPiece { text: String::new(), written, place, names, kind });
}

fn is_star(stmt: &Stmt) -> bool {
    let Stmt::ImportFrom(import) = stmt else { return false };
    import.names.iter().any(|alias| &*alias.name == "*")
}

fn is_future(stmt: &Stmt) -> bool {
    let Stmt::ImportFrom(import) = stmt else { return false };
    import.module.as_ref().is_some_and(|module| module.as_str() == "__future__")
}
