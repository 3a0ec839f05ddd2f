//! Diagnoses: the finding about each kind of failure.

use std::rc::Rc;

use rustpython_ast::{ExprCall, Stmt, StmtFunctionDef};
use rustpython_text_size::TextRange;

use super::FailureReport;
use super::call_chain::with_chain;
use super::provenance::{at_compile_time, changing_constant, provenance, run_time_uses};
use crate::codenode::{Loc, Name, Origin};
use crate::diagnostic::{Code, Finding, Label};
use crate::expand::program::{Decoration, Module};
use crate::host::{Barrier, Behind, Failure, Limit, Message, Severity};
use crate::python::builtins::builtin;
use crate::scope::{ScopeId, Use};
use crate::source::FileId;

/// What was being worked on when something failed.
#[derive(Clone, Copy)]
pub(crate) enum Work<'a> {
    /// A macro of the module, which another one may have left a call of at this place.
    Macro(&'a Rc<Module>, &'a str, Option<Loc>),
    /// Something else, in words that start a sentence.
    Other(&'a str),
}

impl Work<'_> {
    fn name(self) -> String {
        match self {
            Work::Macro(_, name, _) => format!("`{name}`"),
            Work::Other(words) => words.to_owned(),
        }
    }
}

/// The finding about a `failure` while `work` was done for the `call`.
pub(crate) fn failure_finding(
    cx: &FailureReport<'_, '_>,
    failure: Failure,
    call: Label,
    work: Work<'_>,
) -> Finding {
    let at = (call.file, call.range);
    let finding = match failure {
        Failure::RunTimeOnly { need, behind, place } => {
            run_time_only(cx, (need, &behind, place), call, work)
        }
        other => other_failure_finding(cx, other, call, work),
    };
    match work {
        Work::Macro(_, name, Some(left)) if !is_inside(left, at) => {
            let words = format!("this call of `{name}` was left there");
            finding.secondary(Label::new(left.file, left.range, words))
        }
        _ => finding,
    }
}

fn other_failure_finding(
    cx: &FailureReport<'_, '_>,
    failure: Failure,
    call: Label,
    work: Work<'_>,
) -> Finding {
    let what = work.name();
    let way = &cx.calls;
    let shown = |finding, place, words: &str| with_chain(finding, way, place, words);
    match failure {
        Failure::BadArguments { message, .. } => {
            let finding = Finding::new(Code::BadArguments, message, call);
            signature(work).into_iter().fold(finding, Finding::secondary)
        }
        Failure::NoSource { value, place } => {
            let message = format!("{what} leaves {value} in the program: it has no source");
            let help = "leave the code that makes it: numbers, texts, None, ranges, containers \
                        and things of the standard library have a source";
            shown(Finding::new(Code::NoSource, message, call), place, "needed here").help(help)
        }
        Failure::Malformed { message, place, help } => {
            let finding = Finding::new(Code::MalformedTree, message, call);
            Finding { help, ..shown(finding, place, "this tree") }
        }
        Failure::NeedsStatements { why, place } => {
            let message = format!("{what} can't be expanded here yet: {why}");
            let finding = Finding::new(Code::NeedsStatements, message, call);
            shown(finding, place, "needed by this")
        }
        Failure::Raised { message, notes, help, .. } => {
            let message = format!("{what} raised {message}");
            let finding = Finding::new(Code::MacroRaised, message, call);
            let finding = notes.into_iter().fold(finding, Finding::note);
            Finding { help, ..shown(finding, None, "raised here") }
        }
        Failure::NoModule { message, place, name, help } => {
            let message = format!("{what} can't import a module: {message}");
            let finding = Finding::new(Code::UnknownModule, message, call);
            let help = help.or_else(|| Some(missing_module(cx, &name?)));
            Finding { help, ..shown(finding, place, "imported here") }
        }
        Failure::NoFile { message, place } => {
            let own = place.filter(|loc| is_inside(*loc, (call.file, call.range)));
            let finding = match own {
                Some(loc) => {
                    let label = Label::new(loc.file, loc.range, "embedded here");
                    Finding::new(Code::UnreadableFile, message, label)
                }
                None => {
                    let finding = Finding::new(Code::UnreadableFile, message, call);
                    shown(finding, place, "embedded here")
                }
            };
            finding.help("paths start at the folder of the module that embeds")
        }
        Failure::Said { message, about, place } => {
            let about = about.filter(|loc| loc.file == call.file);
            let primary = about.map_or(call, |loc| Label::bare(loc.file, loc.range));
            shown(Finding::new(Code::MacroError, message, primary), place, "said here")
        }
        Failure::Limit(limit) => limit_finding(cx, limit, call, &what),
        // The message has named the need.
        Failure::RunTimeOnly { need, .. } => Finding::new(Code::RunTimeOnly, need, call),
    }
}

/// What helps if compile-time code has no module of this name.
fn missing_module(cx: &FailureReport<'_, '_>, name: &str) -> String {
    let installed = &cx.resolver.project.installed;
    let package = name.split('.').next().unwrap_or(name);
    let has_environment = !installed.folders.is_empty();
    let is_named = installed.packages.contains(package);
    match (installed.allows(package), installed.is_there(cx.resolver.project.files(), package)) {
        (false, true) => format!(
            "`{package}` is installed: `packages = [\"{package}\"]` in [tool.uneval] opens it to \
             compile-time code"
        ),
        (_, false) if is_named && has_environment => {
            format!("`{package}` is opened to compile-time code, but it isn't installed")
        }
        (_, false) if is_named => {
            "no environment is known: --python or `environment` in [tool.uneval] names one".into()
        }
        _ => "compile-time code has the program's modules, the pure ones of the standard library, \
              and the installed packages that `packages` in [tool.uneval] names"
            .into(),
    }
}

/// The finding that `what` reached a limit.
fn limit_finding(cx: &FailureReport<'_, '_>, limit: Limit, call: Label, what: &str) -> Finding {
    let message = format!("{what} {}", limit.words());
    let shown = |code, place, words: &str| {
        with_chain(Finding::new(code, message, call.clone()), &cx.calls, place, words)
    };
    match limit {
        Limit::Steps { place, .. } => shown(Code::StepLimit, place, "still running here")
            .help("is there a loop without end? --max-steps raises the limit"),
        Limit::Recursion { .. } => shown(Code::RecursionLimit, None, "")
            .help("is there a recursion without end? --max-recursion raises the limit"),
        Limit::Rounds { place, .. } => {
            shown(Code::SizeLimit, place, "here").help("--max-rounds raises the limit")
        }
        Limit::Output { place, .. } => {
            shown(Code::SizeLimit, place, "here").help("--max-output raises the limit")
        }
        Limit::Barrier(barrier) => barrier_finding(barrier, what, call),
    }
}

/// The finding that `what` at `label` met the barrier.
pub(crate) fn barrier_finding(barrier: Barrier, what: &str, label: Label) -> Finding {
    let message = format!("{what} {}", barrier.words());
    let finding = |code| Finding::new(code, message, label);
    match barrier {
        Barrier::Time(_) => finding(Code::TimeLimit)
            .help("is there work without end? --max-seconds raises the limit"),
        Barrier::Memory(_) => finding(Code::MemoryLimit)
            .help("is there work without end? --max-memory raises the limit"),
        Barrier::Stack => finding(Code::RecursionLimit).help("make the data, or the code, flatter"),
        Barrier::Bug(words) => finding(Code::MacroRaised)
            .note(words)
            .help("this is a bug in uneval, not in your program: please report it"),
    }
}

/// The finding about a call of `what`, a form of compile time, in ordinary code, where `rounds`
/// are known.
pub(crate) fn finding_in_ordinary_code(
    cx: &FailureReport<'_, '_>,
    module: &Rc<Module>,
    failure: Failure,
    call: &ExprCall,
    (what, rounds): (&str, &[(ScopeId, String)]),
) -> Finding {
    let label = module.label(call.range, "in this call");
    let own = match &failure {
        Failure::RunTimeOnly { place: Some(place), .. } => {
            Some(*place).filter(|place| is_inside(*place, (module.file, call.range)))
        }
        _ => None,
    };
    let Some(place) = own else {
        return failure_finding(cx, failure, label, Work::Other(&format!("{what}()")));
    };
    let used = run_time_uses(cx, module, place.range, rounds).into_iter().next();
    let range = used.as_ref().map_or(place.range, |used| used.range);
    let text = module.slice(range);
    let builtin = used.and_then(|used| module.scopes.builtin(&used));
    let message = match builtin {
        Some(_) => format!("`{text}` does its work only when the program runs"),
        None => format!("`{text}` is known only when the program runs"),
    };
    let name = module.label(range, "known only at run time");
    let mut finding = Finding::new(Code::RunTimeOnly, message, name)
        .secondary(module.label(call.range, "it would have to be known here"));
    let provenance = provenance(cx, module, range);
    finding.secondary.extend(provenance.labels);
    let other = provenance.constant.or(provenance.definition);
    let other = other.or_else(|| Some(at_compile_time(builtin?.name)?.to_owned()));
    let help = format!("{what}() works with constants and compile-time names");
    finding.help(other.unwrap_or(help))
}

/// A value that is known only at run time is needed now: what it came from, the parameter that
/// it went to, the calls from there, and what needs it.
fn run_time_only(
    cx: &FailureReport<'_, '_>,
    (need, behind, place): (&str, &Behind, Option<Loc>),
    call: Label,
    work: Work<'_>,
) -> Finding {
    let site = (call.file, call.range);
    let brought = behind.arguments.iter().filter(|brought| is_inside(brought.loc, site));
    let brought: Vec<_> = brought.collect();
    let what = work.name();
    let Some(first) = brought.first() else {
        return run_time_reference(cx, (need, behind, place), call, work);
    };
    let argument = quoted_code(cx, first.loc).unwrap_or_else(|| "this argument".to_owned());
    let message =
        format!("{what} needs {argument} now, but it is known only when the program runs");
    let label = Label::new(first.loc.file, first.loc.range, "known only at run time");
    let mut finding = Finding::new(Code::RunTimeOnly, message, label);
    for other in brought.iter().skip(1) {
        finding = finding.secondary(Label::new(other.loc.file, other.loc.range, "and this"));
    }
    let mut help = None;
    if let Some(module) = cx.resolver.project.module_of(first.loc.file) {
        let provenance = provenance(cx, &module, first.loc.range);
        let (label, constant) = changing_constant(cx, &module, first.loc.range).unzip();
        finding.secondary.extend(provenance.labels.into_iter().filter(|_| label.is_none()));
        finding.secondary.extend(label);
        help = constant.or(provenance.constant);
    }
    let parameters = brought.iter().filter_map(|b| parameter(work, b.parameter.as_ref()?));
    finding.secondary.extend(parameters);
    let way = &cx.calls;
    finding = with_chain(finding, way, place, &need_in_words(cx, behind, need, (place, way.len())));
    let way_out = match help {
        Some(help) => help,
        None => way_out_of_run_time(cx, work, way.len()),
    };
    finding.help(way_out)
}

/// The macro itself uses a name of the running program for what is to be known now.
fn run_time_reference(
    cx: &FailureReport<'_, '_>,
    (need, behind, place): (&str, &Behind, Option<Loc>),
    call: Label,
    work: Work<'_>,
) -> Finding {
    let what = work.name();
    let mut references = behind.references.iter();
    let is_own = |(origin, name): &&(Origin, Name)| {
        let builtin = builtin(name).filter(|_| *origin == Origin::Builtin);
        matches!(origin, Origin::Module(_))
            || builtin.is_some_and(|builtin| builtin.is_of_run_time())
    };
    let reference = references.find(is_own);
    let value = match reference {
        Some((Origin::Builtin, name)) => format!("what `{name}()` gives"),
        Some((_, name)) => format!("`{name}`"),
        None => "a value".to_owned(),
    };
    let message = format!("{what} needs {value} now, but it is known only when the program runs");
    let mut finding = Finding::new(Code::RunTimeOnly, message, call);
    let mut help = "compile-time code can go on only with what is known at compile time";
    if let Some((Origin::Builtin, name)) = reference {
        help = at_compile_time(name).unwrap_or(help);
    }
    if let Some((Origin::Module(file), name)) = reference
        && let Some(home) = cx.resolver.project.module_of(*file)
        && let [binding, ..] = home.scopes.bindings(ScopeId::MODULE, name)
    {
        let words = format!("`{name}` belongs to the running program");
        finding = finding.secondary(home.label(binding.range, words));
        if let Some((module, range)) = cx.resolver.known_change(&home, name) {
            finding = finding.secondary(module.label(range, "it may be changed from here on"));
        }
        help = "comptime(…) makes a variable known at compile time, and @comptime a function \
                or class";
    }
    let way = &cx.calls;
    let words = need_in_words(cx, behind, need, (place, way.len()));
    with_chain(finding, way, place, &words).help(help)
}

/// What can be done about an argument that isn't known.
fn way_out_of_run_time(cx: &FailureReport<'_, '_>, work: Work<'_>, calls: usize) -> String {
    let Work::Macro(home, name, _) = work else {
        return "compile-time code works with constants and compile-time names".to_owned();
    };
    match calls < 2 && could_be_unrolled(cx, home, name) {
        true => format!(
            "pass a constant, or mark `{name}` with @unroll instead of @macro, so that the \
             program decides"
        ),
        false => format!("pass a constant, or let `{name}` look at its code with uneval()"),
    }
}

/// Whether the macro uses nothing of compile time, so that `@unroll` could take its place.
fn could_be_unrolled(cx: &FailureReport<'_, '_>, home: &Rc<Module>, name: &str) -> bool {
    let Some(def) = definition_of(home, name) else { return false };
    if cx.resolver.decoration(home, &def.decorator_list) != Some(Decoration::Macro) {
        return false;
    }
    let is_decorator =
        |used: &Use| def.decorator_list.iter().any(|d| d.range.contains_range(used.range));
    let uses = home.scopes.uses_in(def.range).iter().filter(|used| !is_decorator(used));
    !uses.into_iter().any(|used| cx.resolver.entity_of_use(home, used).is_some())
}

/// What happens at the place that needs a value: "`range(times)` would have to …".
fn need_in_words(
    cx: &FailureReport<'_, '_>,
    behind: &Behind,
    need: &str,
    (place, calls): (Option<Loc>, usize),
) -> String {
    let code = place.and_then(|place| quoted_code(cx, place));
    // Macros that were called from there may call it something else.
    let name = behind.name.as_ref().filter(|_| calls < 2).map(|name| format!("`{name}`"));
    match (code, name) {
        (Some(code), _) if behind.made == place || is_name(&code) => {
            format!("{code} would have to {need} now")
        }
        (Some(code), Some(name)) => format!("{code} needs {name}: it would have to {need}"),
        (None, Some(name)) => format!("{name} would have to {need} now"),
        (Some(code), None) => format!("{code} needs its value: it would have to {need}"),
        (None, None) => format!("it would have to {need} now"),
    }
}

/// The code at a place, between backquotes, if it is short.
fn quoted_code(cx: &FailureReport<'_, '_>, place: Loc) -> Option<String> {
    const LONGEST: usize = 40;
    let (file, range) = cx.lineage.written_at(place.file, place.range);
    let source = cx.resolver.project.sources().find(file)?;
    let text = source.text().get(range.to_std_range())?;
    let is_short = text.lines().count() == 1 && text.chars().count() <= LONGEST;
    is_short.then(|| format!("`{text}`"))
}

/// What a macro said.
pub(crate) fn message_finding(message: Message, call: Label) -> Finding {
    let code = match message.severity {
        Severity::Warning => Code::MacroWarning,
        Severity::Note => Code::MacroNote,
    };
    let about = message.about.filter(|loc| loc.file == call.file);
    let primary = match about {
        Some(loc) => Label::bare(loc.file, loc.range),
        None => call,
    };
    let finding = Finding::new(code, message.text, primary);
    match message.severity {
        Severity::Warning => with_chain(finding, &[], message.place, "said here"),
        Severity::Note => finding,
    }
}

fn is_inside(loc: Loc, (file, range): (FileId, TextRange)) -> bool {
    loc.file == file && range.contains_range(loc.range)
}

/// The definition of a macro.
pub(crate) fn definition_of<'m>(home: &'m Module, name: &str) -> Option<&'m StmtFunctionDef> {
    home.syntax.body.iter().rev().find_map(|stmt| match stmt {
        Stmt::FunctionDef(def) if def.name.as_str() == name => Some(def),
        _ => None,
    })
}

/// Whether quoted code is a name.
fn is_name(code: &str) -> bool {
    code.trim_matches('`').chars().all(|c| c == '_' || c.is_alphanumeric())
}

/// What the macro takes, at its definition.
fn signature(work: Work<'_>) -> Option<Label> {
    let Work::Macro(home, name, _) = work else { return None };
    let def = definition_of(home, name)?;
    Some(home.label(def.name.range.cover(def.parameters.range), "these are its parameters"))
}

/// The parameter of the macro that an argument went to.
fn parameter(work: Work<'_>, name: &Name) -> Option<Label> {
    let Work::Macro(home, macro_name, _) = work else { return None };
    let def = definition_of(home, macro_name)?;
    let parameter = def.parameters.iter().find(|p| p.name().as_str() == &**name)?;
    let words = format!("it went to the parameter `{name}`");
    Some(home.label(parameter.name().range, words))
}
