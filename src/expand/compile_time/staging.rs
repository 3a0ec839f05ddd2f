//! Staging of compile-time code: the resolver's answers to the rewriter, and findings about its
//! misuses.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use rustpython_ast::{Alias, Expr, ExprAttribute, Stmt};
use rustpython_text_size::{Ranged as _, TextRange};

use super::binding::bind_member;
use super::outcome::report_definition;
use super::outside::run_with_files;
use super::{Loaded, Stage};
use crate::codenode::Name;
use crate::diagnostic::{Code, Finding};
use crate::expand::program::{Ambiguity, Elements, Entity, Module, Resolver, Unresolved};
use crate::expand::report::ambiguous_finding;
use crate::host::{Host, Namespace};
use crate::python::builtins::BindingTime;
use crate::python::meta::MetaName;
use crate::scope::{Binding, BindingKind, Imported, Place, Position, Reaching, ScopeId, Use};
use crate::source::FileId;
use crate::staging;
use crate::staging::{
    Misuse, MisuseKind, Names, Results, Site, Special, StagingReport, stage_expression,
    stage_statement,
};
use crate::syntax::statement_around;

/// Stages an expression of compile-time code in `module`.
pub(crate) fn stage_comptime(
    cx: &mut Stage<'_, '_>,
    module: &Rc<Module>,
    ns: &Namespace,
    expr: &mut Expr,
    rounds: &[RoundName],
) -> bool {
    let staging = Staging { rounds, ..Staging::comptime(expr.range()) };
    stage_code(cx, module, ns, staging, |site, tables| stage_expression(site, tables, expr))
        .is_some()
}

pub(crate) fn stage_code(
    cx: &mut Stage<'_, '_>,
    module: &Rc<Module>,
    ns: &Namespace,
    staging: Staging<'_>,
    rewrite: impl FnOnce(Site<'_>, &mut staging::Tables) -> StagingReport,
) -> Option<StagingReport> {
    let host = cx.compile_time.host();
    let mut tables = host.with_tables(std::mem::take);
    let names = ModuleNames {
        module,
        ns,
        host: &host,
        kind: staging.kind,
        resolver: cx.resolver,
        namespaces: &cx.compile_time.namespaces,
        rounds: staging.rounds,
        ambiguous: RefCell::default(),
        members: RefCell::default(),
        imports: RefCell::default(),
    };
    let site = Site {
        file: module.file,
        text: module.text(),
        layout: module.layout(),
        scopes: &module.scopes,
        names: &names,
        code: staging.code,
        function: staging.function,
        rest: &staging.rest,
    };
    let found = rewrite(site, &mut tables);
    let members = names.members.into_inner();
    let imports = names.imports.into_inner();
    for (used, ambiguity) in names.ambiguous.into_inner() {
        let name = (&*used.name, used.range);
        cx.findings.report(ambiguous_finding(module, name, &ambiguity));
    }
    host.with_tables(|t| *t = tables);
    let mut complete = true;
    for import in &imports {
        complete &= import_now(cx, module, ns, import);
    }
    for (hidden, other, name, range) in members {
        complete &= if other.file == module.file {
            host.bind(ns, &hidden, ns, &name).is_ok()
        } else {
            bind_member(cx, (module, ns), &hidden, (&other, &name), range)
        };
    }
    for misuse in &found.misuses {
        cx.findings.report(misuse_finding(module, misuse));
        complete = false;
    }
    complete.then_some(found)
}

/// Stages a statement of a module that uses nothing of compile time; tells whether that worked.
pub(crate) fn stage_plain(
    cx: &mut Stage<'_, '_>,
    module: &Rc<Module>,
    ns: &Namespace,
    stmt: &mut Stmt,
) -> bool {
    let staging = Staging { kind: CodeKind::Plain, ..Staging::comptime(stmt.range()) };
    stage_code(cx, module, ns, staging, |site, tables| stage_statement(site, tables, stmt))
        .is_some()
}

/// Makes an import of the module at compile time as well; tells whether that went well.
fn import_now(
    cx: &mut Stage<'_, '_>,
    module: &Rc<Module>,
    ns: &Namespace,
    binding: &Binding,
) -> bool {
    if cx.compile_time.host().has(ns, &binding.name) {
        return true;
    }
    let found = statement_around(&module.syntax, binding.statement);
    let Some(mut import) = found.cloned() else { return false };
    let is_bound = |alias: &Alias| alias.range.contains_range(binding.range);
    match &mut import {
        Stmt::Import(import) => import.names.retain(is_bound),
        Stmt::ImportFrom(import) => import.names.retain(is_bound),
        _ => return false,
    }
    let label = module.label(binding.statement, "");
    let run = run_with_files(cx, &label, |host| host.execute(ns, module.file, import));
    report_definition(cx, module, binding.statement, run)
}

/// What is being staged.
pub(crate) struct Staging<'s> {
    pub code: TextRange,
    pub function: Option<ScopeId>,
    pub kind: CodeKind,
    pub rest: Vec<Name>,
    /// The variables of rounds that are known.
    pub rounds: &'s [RoundName],
}

/// The variable of a loop over `unroll(…)`: its scope and name.
pub(crate) type RoundName = (ScopeId, String);

impl Staging<'_> {
    pub(crate) fn comptime(code: TextRange) -> Self {
        Staging { code, function: None, kind: CodeKind::Comptime, rest: Vec::new(), rounds: &[] }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeKind {
    Macro,
    Comptime,
    /// Code without compile-time names, which runs as it is.
    Plain,
}

fn misuse_finding(module: &Module, misuse: &Misuse) -> Finding {
    let (code, message, help) = match &misuse.kind {
        MisuseKind::UnevalArguments => (
            Code::BadArguments,
            "uneval() takes exactly one argument: the code it quotes".to_owned(),
            "write uneval(expression), or uneval(expression, branches=True)".to_owned(),
        ),
        MisuseKind::UnrolledExits => (
            Code::BadArguments,
            "a loop that is unrolled in quoted code has no `else`, `break` or `continue`"
                .to_owned(),
            "choose before what it goes through, or what is in it with `if comptime(…)`".to_owned(),
        ),
        MisuseKind::QuoteForm => (
            Code::BadArguments,
            "quote is written `with quote as tree:`".to_owned(),
            "the statements of the block become the tree".to_owned(),
        ),
        MisuseKind::GlobalOfTheProgram(name) => (
            Code::NeedsStatements,
            format!("a macro can't assign `{name}`, a variable of the running program"),
            format!("make it a compile-time variable: `{name} = comptime(…)`"),
        ),
    };
    Finding::new(code, message, module.label(misuse.range, "here")).help(help)
}

/// A hidden name, the module and name it stands for, and where it is used.
type Member = (String, Rc<Module>, Name, TextRange);

/// What staging asks about the names of a module.
struct ModuleNames<'m, 'a> {
    module: &'m Rc<Module>,
    ns: &'m Namespace,
    host: &'m Host,
    kind: CodeKind,
    resolver: &'m Resolver<'a>,
    namespaces: &'m HashMap<FileId, Loaded>,
    /// The variables of the rounds in which the code is evaluated.
    rounds: &'m [RoundName],
    /// Uses of names that are macros on one way only.
    ambiguous: RefCell<Vec<(Use, Ambiguity)>>,
    /// Compile-time names of other modules that are reached as attributes.
    members: RefCell<Vec<Member>>,
    /// Imports of the program's modules and of installed ones.
    imports: RefCell<Vec<Binding>>,
}

impl Names for ModuleNames<'_, '_> {
    fn results(&self) -> Results {
        match self.kind {
            CodeKind::Macro => Results::Exact,
            CodeKind::Comptime | CodeKind::Plain => Results::Any,
        }
    }

    fn is_compile_time(&self, name: &Use) -> bool {
        let builtin = self.module.scopes.builtin(name);
        match self.kind {
            CodeKind::Plain => {
                return builtin.is_none_or(|b| !matches!(b.time, BindingTime::Known(_)));
            }
            CodeKind::Comptime if builtin.is_some_and(|b| b.time == BindingTime::Code) => {
                return true;
            }
            // What Python gives every module.
            CodeKind::Comptime
                if self.module.scopes.resolve(name) == Place::Unbound
                    && self.host.has(self.ns, &name.name) =>
            {
                return true;
            }
            _ => {}
        }
        if let Place::Bound(scope) = self.module.scopes.resolve(name)
            && is_round_name(self.rounds, scope, &name.name)
        {
            return true;
        }
        let entity = match self.resolver.use_denotes(self.module, name) {
            Err(Unresolved::Ambiguous(ambiguity)) => {
                if !self.resolver.is_reported_at_import(self.module, name) {
                    self.ambiguous.borrow_mut().push((name.clone(), ambiguity));
                }
                None
            }
            answer => answer.ok().flatten(),
        };
        entity.is_some_and(|entity| match entity {
            Entity::Constant(home, name) => self.is_known(&home, &name),
            Entity::MetaPackage(_) | Entity::Unroll(..) => true,
            entity => entity.is_compile_time(),
        })
    }

    fn is_importable(&self, name: &Use) -> bool {
        let Reaching::One(binding) = self.module.scopes.reaching(name) else { return false };
        let BindingKind::Import { module, level, name: member, object, .. } = &binding.kind else {
            return false;
        };
        if self.kind != CodeKind::Comptime
            || binding.position == Position::Elsewhere
            || self.module.scopes.resolve(name) != Place::Bound(ScopeId::MODULE)
        {
            return false;
        }
        let imported = self.module.absolute(*level, module.as_deref());
        if self.resolver.project.is_importable(&self.module.path, &imported) {
            self.imports.borrow_mut().push(binding.clone());
            return true;
        }
        let deep = *object == Imported::Module && imported.contains('.');
        *level == 0
            && !deep
            && self.host.bind_import(self.ns, &name.name, &imported, member.as_deref())
    }

    fn special(&self, expr: &Expr) -> Option<Special> {
        match self.resolver.entity_of(self.module, expr)? {
            entity if entity.is_meta(MetaName::Uneval) => Some(Special::Uneval),
            entity if entity.is_meta(MetaName::Comptime) => Some(Special::Comptime),
            entity if entity.is_meta(MetaName::Quote) => Some(Special::Quote),
            entity if entity.is_meta(MetaName::Unroll) => Some(Special::Unroll),
            _ => None,
        }
    }

    fn member(&self, attribute: &ExprAttribute) -> Option<String> {
        if self.kind == CodeKind::Plain {
            return None;
        }
        let expr = Expr::Attribute(attribute.clone());
        match self.resolver.entity_of(self.module, &expr)? {
            // It is there by the time that the code runs, in the module that was imported.
            entity if entity.definition().is_some_and(|(m, _)| m.path == self.module.path) => None,
            Entity::Constant(home, name) if !self.is_known(&home, &name) => None,
            Entity::Macro(module, name)
            | Entity::Unroll(module, name)
            | Entity::Comptime(module, name)
            | Entity::Constant(module, name) => {
                let hidden = format!("__uneval_{}_{name}__", module.file.0);
                let member = (hidden.clone(), module, name, attribute.range);
                self.members.borrow_mut().push(member);
                Some(hidden)
            }
            _ => None,
        }
    }

    fn macro_at(&self, expr: &Expr) -> Option<(FileId, Name)> {
        match self.resolver.entity_of(self.module, expr)? {
            Entity::Macro(home, name) => Some((home.file, name)),
            _ => None,
        }
    }
}

impl ModuleNames<'_, '_> {
    /// Whether a constant is known to the code. A macro reads the program's if that may be another, and may run
    /// between the definitions of one that has several.
    fn is_known(&self, home: &Rc<Module>, name: &Name) -> bool {
        self.kind != CodeKind::Macro
            || home.scopes.bindings(ScopeId::MODULE, name).len() == 1
                && !self.resolver.index().is_assigned_by_name(home, name)
                && !self.is_changed(home, name)
    }

    /// Whether a constant is a list, set or dict that the program may change.
    fn is_changed(&self, home: &Rc<Module>, name: &Name) -> bool {
        let Some(Loaded::Loading(ns) | Loaded::Done(ns)) = self.namespaces.get(&home.file) else {
            return false;
        };
        let value = self
            .host
            .variable(ns, name)
            .filter(|value| !self.host.is_fixed(value) && self.host.source_of(value).is_ok());
        value.is_some_and(|value| {
            let elements = match self.host.has_fixed_elements(&value) {
                true => Elements::Fixed,
                false => Elements::Changeable,
            };
            self.resolver.changed_at(self.module, (home, name), elements).is_some()
        })
    }
}

/// Whether the name stands for what a loop over `unroll(…)` gives it in the present round.
fn is_round_name(rounds: &[RoundName], scope: ScopeId, name: &str) -> bool {
    rounds.iter().any(|(own, known)| *own == scope && known == name)
}
