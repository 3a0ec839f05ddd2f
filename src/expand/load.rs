//! Brings the compile-time part of a module into the host: what it imports of compile time, then
//! its macros, `@comptime` definitions and constants, in their order.

use std::cell::RefCell;
use std::rc::Rc;

use rustpython_ast::{Expr, ExprAttribute, Stmt, StmtFunctionDef};
use rustpython_text_size::{Ranged as _, TextRange};

use super::entity::{Decoration, Entity, is_meta_name};
use super::project::Module;
use super::report::Work;
use super::unknown::Part;
use super::{Expander, Loaded};
use crate::codenode::Name;
use crate::diagnostic::{Code, Finding, Label};
use crate::host::{Host, MacroInfo, Meta, Namespace};
use crate::scope::{Binding, BindingKind, Imported, Place, Position, Reaching, ScopeId, Use};
use crate::source::FileId;
use crate::staging::{
    self, Misuse, MisuseKind, Names, Site, Special, StagingReport, stage_expression,
    stage_statement,
};

impl Expander<'_> {
    /// The compile-time names of `module`, as far as they could be defined; none while it is
    /// being loaded.
    pub(super) fn namespace(&mut self, module: &Rc<Module>) -> Option<Namespace> {
        match self.namespaces.get(&module.file) {
            Some(Loaded::Done(ns)) => return Some(ns.clone()),
            Some(Loaded::Loading) => return None,
            None => {}
        }
        self.namespaces.insert(module.file, Loaded::Loading);
        let host = self.host();
        host.add_source(module.file, module.source.clone());
        let ns = host.namespace(&module.name);
        let complete = self.check_names(module, Part::CompileTime)
            & self.bind_imports(module, &ns)
            & self.run_definitions(module, &ns);
        if !complete {
            self.incomplete.insert(module.file);
        }
        self.namespaces.insert(module.file, Loaded::Done(ns.clone()));
        Some(ns)
    }

    fn bind_imports(&mut self, module: &Rc<Module>, ns: &Namespace) -> bool {
        let mut complete = true;
        let names: Vec<String> = module.scopes.names(ScopeId::MODULE).map(str::to_owned).collect();
        for name in names {
            let bindings = module.scopes.bindings(ScopeId::MODULE, &name);
            let imports = bindings.iter().filter(|b| matches!(b.kind, BindingKind::Import { .. }));
            for binding in imports {
                if let Some(entity) = self.entity_of_binding(module, binding) {
                    complete &= self.bind_entity(module, ns, &name, &entity, binding.range);
                }
            }
        }
        let starred: Vec<Use> = module
            .scopes
            .uses()
            .filter(|used| module.scopes.resolve(used) == Place::Unbound)
            .cloned()
            .collect();
        for used in starred {
            if let Some(entity) = self.entity_of_use(module, &used) {
                complete &= self.bind_entity(module, ns, &used.name, &entity, used.range);
            }
        }
        complete
    }

    fn bind_entity(
        &mut self,
        module: &Rc<Module>,
        ns: &Namespace,
        name: &str,
        entity: &Entity,
        range: TextRange,
    ) -> bool {
        let host = self.host();
        let bound = match entity {
            // That was found when the names were checked.
            Entity::Meta(member) if !is_meta_name(member) => return false,
            Entity::Meta(member) => host.bind_meta(ns, name, Meta::Member(member)),
            Entity::MetaModule => host.bind_meta(ns, name, Meta::Module),
            Entity::MetaPackage(package) => host.bind_meta(ns, name, Meta::Package(package)),
            Entity::Macro(other, theirs)
            | Entity::Unroll(other, theirs)
            | Entity::Comptime(other, theirs)
            | Entity::Constant(other, theirs)
                if other.file != module.file =>
            {
                return self.bind_foreign(module, ns, name, (other, theirs), range);
            }
            _ => return true,
        };
        bound.is_ok()
    }

    fn bind_foreign(
        &mut self,
        module: &Rc<Module>,
        ns: &Namespace,
        name: &str,
        (other, theirs): (&Rc<Module>, &Name),
        range: TextRange,
    ) -> bool {
        if matches!(self.namespaces.get(&other.file), Some(Loaded::Loading)) {
            let (own, theirs) = (&module.name, &other.name);
            let message = format!("the macros of `{own}` and `{theirs}` import each other");
            let label = module.label(range, "this import closes the circle");
            let help = "move the macros that need each other into one module";
            let finding = Finding::new(Code::ImportCycle, message, label).help(help);
            let back = self.import_from(other, module);
            self.find(back.into_iter().fold(finding, Finding::secondary));
            return false;
        }
        let Some(from) = self.namespace(other) else { return false };
        if self.incomplete.contains(&other.file) {
            self.incomplete.insert(module.file);
        }
        self.host().bind(ns, name, &from, theirs).is_ok()
    }

    /// Where `module` imports a name of compile time from `from`.
    fn import_from(&mut self, module: &Rc<Module>, from: &Module) -> Option<Label> {
        let scopes = &module.scopes;
        let names: Vec<&str> = scopes.names(ScopeId::MODULE).collect();
        let bindings = names.into_iter().flat_map(|name| scopes.bindings(ScopeId::MODULE, name));
        let is_from = |binding: &&Binding| {
            let is_import = matches!(binding.kind, BindingKind::Import { .. });
            let entity = self.entity_of_binding(module, binding).filter(|_| is_import);
            entity.is_some_and(|e| e.macro_name().is_some_and(|(home, _)| home.file == from.file))
        };
        let binding = bindings.into_iter().find(is_from)?;
        Some(module.label(binding.range, "it is imported for this"))
    }

    fn run_definitions(&mut self, module: &Rc<Module>, ns: &Namespace) -> bool {
        let mut complete = true;
        for stmt in &module.syntax.body {
            complete &= self.run_definition(module, ns, stmt);
        }
        complete
    }

    /// Runs a statement of the module's own body, if it is one of compile time; tells whether all
    /// went well.
    pub(super) fn run_definition(
        &mut self,
        module: &Rc<Module>,
        ns: &Namespace,
        stmt: &Stmt,
    ) -> bool {
        match stmt {
            Stmt::FunctionDef(def) => match self.decoration(module, &def.decorator_list) {
                Some(Decoration::Macro) => self.run_macro(module, ns, def),
                Some(Decoration::Unroll) => self.run_unroll(module, ns, def),
                Some(Decoration::Comptime) => self.run_comptime(module, ns, stmt),
                None => true,
            },
            Stmt::ClassDef(class) => match self.decoration(module, &class.decorator_list) {
                Some(Decoration::Comptime) => self.run_comptime(module, ns, stmt),
                Some(Decoration::Macro | Decoration::Unroll) => {
                    let message = format!("the class `{}` can't be a macro", class.name);
                    let label = module.label(class.name.range, "a macro is a function");
                    let help = "`@comptime` makes a class for compile time";
                    self.misplaced(message, label, help)
                }
                None => true,
            },
            Stmt::Assign(assign) => match &assign.targets[..] {
                [Expr::Name(target)] if !self.is_too_early(module, stmt) => {
                    self.run_constant(module, ns, &target.id, &assign.value)
                }
                _ => true,
            },
            _ => true,
        }
    }

    fn run_macro(&mut self, module: &Rc<Module>, ns: &Namespace, def: &StmtFunctionDef) -> bool {
        let at = def.name.range;
        if !self.has_macro_form(module, def) {
            return false;
        }
        let mut staged = def.clone();
        staged.decorator_list.clear();
        let mut stmt = Stmt::FunctionDef(staged);
        let function = module.scopes.scope_of(def.range);
        let parameters = &def.parameters;
        let rest = [&parameters.vararg, &parameters.kwarg];
        let rest = rest.into_iter().flatten().map(|p| p.name.as_str().into()).collect();
        let staging = Staging { code: def.range, function, kind: Kind::Macro, rest };
        let Some(found) = self
            .stage(module, ns, staging, |site, tables| stage_statement(site, tables, &mut stmt))
        else {
            return false;
        };
        let host = self.host();
        let unevaled = found.unevaled.iter().map(|name| name.as_str().into()).collect();
        let info = signature(def, unevaled);
        let run = self
            .with_files(&module.label(at, ""), |host| host.execute(ns, module.file, stmt.clone()))
            .and_then(|()| host.make_macro(ns, info));
        self.report_definition(module, at, run)
    }

    fn run_comptime(&mut self, module: &Rc<Module>, ns: &Namespace, stmt: &Stmt) -> bool {
        let mut staged = stmt.clone();
        let (decorators, at) = match &mut staged {
            Stmt::FunctionDef(def) => (&mut def.decorator_list, def.name.range),
            Stmt::ClassDef(class) => (&mut class.decorator_list, class.name.range),
            _ => return true,
        };
        let own = |e: &mut Self, d: &rustpython_ast::Decorator| {
            e.entity_of(module, &d.expression).is_some_and(|entity| entity.is_meta("comptime"))
        };
        decorators.retain(|decorator| !own(self, decorator));
        let staging = Staging::comptime(stmt.range());
        let found = self
            .stage(module, ns, staging, |site, tables| stage_statement(site, tables, &mut staged));
        if found.is_none() {
            return false;
        }
        let label = module.label(at, "");
        let run = self.with_files(&label, |host| host.execute(ns, module.file, staged.clone()));
        self.report_definition(module, at, run)
    }

    /// `NAME = comptime(…)` at the top level: the name exists at both times.
    fn run_constant(
        &mut self,
        module: &Rc<Module>,
        ns: &Namespace,
        name: &str,
        value: &Expr,
    ) -> bool {
        let Expr::Call(call) = value else { return true };
        if !self.entity_of(module, &call.func).is_some_and(|e| e.is_meta("comptime")) {
            return true;
        }
        match self.evaluate_comptime(module, ns, call, Some(name)) {
            Some(node) => {
                self.constants.insert((module.file, call.range), node);
                true
            }
            None => self.sourceless.contains_key(&(module.file, name.to_owned())),
        }
    }

    pub(super) fn report_definition(
        &mut self,
        module: &Rc<Module>,
        at: TextRange,
        run: Result<(), crate::host::Failure>,
    ) -> bool {
        match run {
            Ok(()) => true,
            Err(failure) => {
                let label = module.label(at, "while this was defined");
                let finding = self.finding_of(failure, label, Work::Other("the definition"));
                self.find(finding);
                false
            }
        }
    }

    /// Stages an expression of compile-time code in `module`.
    pub(super) fn stage_comptime(
        &mut self,
        module: &Rc<Module>,
        ns: &Namespace,
        expr: &mut Expr,
    ) -> bool {
        let staging = Staging::comptime(expr.range());
        self.stage(module, ns, staging, |site, tables| stage_expression(site, tables, expr))
            .is_some()
    }

    pub(super) fn stage(
        &mut self,
        module: &Rc<Module>,
        ns: &Namespace,
        staging: Staging,
        rewrite: impl FnOnce(Site<'_>, &mut staging::Tables) -> StagingReport,
    ) -> Option<StagingReport> {
        let host = self.host();
        let mut tables = host.with_tables(std::mem::take);
        let names = ModuleNames {
            module,
            ns,
            host: &host,
            kind: staging.kind,
            expander: RefCell::new(self),
            members: RefCell::default(),
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
        host.with_tables(|t| *t = tables);
        let mut complete = true;
        for (hidden, other, name, range) in members {
            complete &= if other.file == module.file {
                host.bind(ns, &hidden, ns, &name).is_ok()
            } else {
                self.bind_foreign(module, ns, &hidden, (&other, &name), range)
            };
        }
        for misuse in &found.misuses {
            self.find(misuse_finding(module, misuse));
            complete = false;
        }
        complete.then_some(found)
    }
}

/// What is being staged.
pub(super) struct Staging {
    pub code: TextRange,
    pub function: Option<ScopeId>,
    pub kind: Kind,
    pub rest: Vec<Name>,
}

impl Staging {
    fn comptime(code: TextRange) -> Staging {
        Staging { code, function: None, kind: Kind::Comptime, rest: Vec::new() }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Macro,
    Comptime,
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

/// How the arguments of a call bind to the parameters of `def`.
pub(super) fn signature(def: &StmtFunctionDef, unevaled: Vec<Name>) -> MacroInfo {
    let parameters = &def.parameters;
    let names = |list: &[rustpython_ast::ParameterWithDefault]| -> Vec<Name> {
        list.iter().map(|p| p.name().as_str().into()).collect()
    };
    let rest = |p: &Option<Box<rustpython_ast::Parameter>>| -> Option<Name> {
        p.as_ref().map(|p| p.name.as_str().into())
    };
    MacroInfo {
        name: def.name.as_str().into(),
        positional: [names(&parameters.posonlyargs), names(&parameters.args)].concat(),
        keyword_only: names(&parameters.kwonlyargs),
        vararg: rest(&parameters.vararg),
        kwarg: rest(&parameters.kwarg),
        unevaled,
    }
}

/// A hidden name, the module and name it stands for, and where it is used.
type Member = (String, Rc<Module>, Name, TextRange);

/// What staging asks about the names of a module.
struct ModuleNames<'m, 'e, 'p> {
    module: &'m Rc<Module>,
    ns: &'m Namespace,
    host: &'m Host,
    kind: Kind,
    expander: RefCell<&'e mut Expander<'p>>,
    /// Compile-time names of other modules that are reached as attributes.
    members: RefCell<Vec<Member>>,
}

impl Names for ModuleNames<'_, '_, '_> {
    fn is_compile_time(&self, name: &Use) -> bool {
        if let Place::Bound(scope) = self.module.scopes.resolve(name)
            && self.expander.borrow().is_round_name(scope, &name.name)
        {
            return true;
        }
        let entity = self.expander.borrow_mut().entity_of_use(self.module, name);
        entity.is_some_and(|entity| match entity {
            Entity::MetaPackage(_) | Entity::Constant(..) | Entity::Unroll(..) => true,
            entity => entity.is_compile_time(),
        })
    }

    fn is_importable(&self, name: &Use) -> bool {
        let Reaching::One(binding) = self.module.scopes.reaching(name) else { return false };
        let BindingKind::Import { module, level: 0, name: member, object, .. } = &binding.kind
        else {
            return false;
        };
        if self.kind != Kind::Comptime
            || binding.position == Position::Elsewhere
            || self.module.scopes.resolve(name) != Place::Bound(ScopeId::MODULE)
        {
            return false;
        }
        let Some(imported) = module.as_deref() else { return false };
        let is_project =
            self.expander.borrow_mut().project.locate(&self.module.path, imported).is_some();
        let deep = *object == Imported::Module && imported.contains('.');
        !is_project
            && !deep
            && self.host.bind_import(self.ns, &name.name, imported, member.as_deref())
    }

    fn special(&self, expr: &Expr) -> Option<Special> {
        match self.expander.borrow_mut().entity_of(self.module, expr)? {
            entity if entity.is_meta("uneval") => Some(Special::Uneval),
            entity if entity.is_meta("comptime") => Some(Special::Comptime),
            entity if entity.is_meta("quote") => Some(Special::Quote),
            entity if entity.is_meta("unroll") => Some(Special::Unroll),
            _ => None,
        }
    }

    fn member(&self, attribute: &ExprAttribute) -> Option<String> {
        let expr = Expr::Attribute(attribute.clone());
        match self.expander.borrow_mut().entity_of(self.module, &expr)? {
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
        match self.expander.borrow_mut().entity_of(self.module, expr)? {
            Entity::Macro(home, name) => Some((home.file, name)),
            _ => None,
        }
    }
}
