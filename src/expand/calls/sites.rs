//! The call sites of a file, and the findings about compile-time names in places for run-time
//! values.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use rustpython_ast::{AnyNodeRef, Expr, ExprCall, ExprContext};
use rustpython_text_size::{Ranged as _, TextRange};

use crate::diagnostic::{Code, Finding};
use crate::expand::call_site::CallSite;
use crate::expand::compile_time::{
    CompileTime, has_plain_form, is_sourceless, nested_finding, plain_note, sourceless_finding,
};
use crate::expand::layout::CallSurroundings;
use crate::expand::placement::{Hoisting, binding, hoisting};
use crate::expand::program::{Decoration, Entity, Module, Resolver, Unresolved};
use crate::expand::report::{ambiguous_finding, definition_of};
use crate::python::meta::MetaName;
use crate::residual::Binding;
use crate::scope::ScopeId;
use crate::syntax::{Descent, attribute_root, walk_path};

/// A call to expand, outermost in its expression.
pub(crate) struct FoundCall<'m> {
    pub call: &'m ExprCall,
    pub entity: Entity,
    pub place: CallSurroundings<'m>,
    /// Where statements can go before it, if they can.
    pub hoisting: Option<Hoisting<'m>>,
    /// The call of a macro whose argument it is in.
    pub outer: Option<TextRange>,
    /// The variable that its value is assigned to, if that is all of its statement.
    pub target: Option<&'m str>,
}

/// What there is to expand in a module.
#[derive(Default)]
pub(crate) struct Sites<'m> {
    /// The calls of macros and of `comptime`, in the order of the text.
    pub calls: Vec<FoundCall<'m>>,
    /// How a value gets a name at each of them.
    pub bindings: HashMap<TextRange, Binding>,
    /// What is wrong with uses of compile-time names in ordinary code.
    pub findings: Vec<Finding>,
    /// What is wrong with an argument if the call of that place stays.
    pub if_left: Vec<(TextRange, Finding)>,
}

/// The calls in ordinary code that are to be expanded.
pub(crate) fn find_sites<'m>(
    resolver: &Resolver<'_>,
    compile_time: &CompileTime,
    module: &'m Rc<Module>,
) -> Sites<'m> {
    let sites = Sites::default();
    let mut finder = CallFinder { resolver, compile_time, module, callees: HashSet::new(), sites };
    walk_path(&module.syntax.body, |around, node| finder.enter(around, node));
    finder.sites
}

struct CallFinder<'e, 'p, 'm> {
    resolver: &'e Resolver<'p>,
    compile_time: &'e CompileTime,
    module: &'m Rc<Module>,
    /// Callees that were dealt with.
    callees: HashSet<TextRange>,
    sites: Sites<'m>,
}

impl<'m> CallFinder<'_, '_, 'm> {
    /// What the expression denotes. That a name is a macro on one way only is noted.
    fn entity_of(&mut self, expr: &Expr) -> Option<Entity> {
        match self.resolver.denotes(self.module, expr) {
            Err(Unresolved::Ambiguous(ambiguity)) => {
                let root = attribute_root(expr);
                let used = self.module.scopes.use_at(root.start())?;
                if !self.resolver.is_reported_at_import(self.module, used) {
                    let name = (&*used.name, used.range);
                    self.sites.findings.push(ambiguous_finding(self.module, name, &ambiguity));
                }
                None
            }
            answer => answer.ok().flatten(),
        }
    }

    /// The innermost call of a macro among the nodes around a place.
    fn outer_call(&self, around: &[AnyNodeRef<'m>]) -> Option<TextRange> {
        let mut calls = around.iter().rev().filter_map(|node| node.expr_call());
        calls.find(|call| self.callees.contains(&call.func.range())).map(|call| call.range)
    }

    fn call(&mut self, around: &[AnyNodeRef<'m>], call: &'m ExprCall) -> Descent {
        let Some(entity) = self.entity_of(&call.func) else { return Descent::Traverse };
        let is_comptime = entity.is_meta(MetaName::Comptime);
        if !is_comptime && entity.macro_name().is_none() {
            return Descent::Traverse;
        }
        self.callees.insert(call.func.range());
        let place = CallSurroundings::of(around, call.range);
        let hoisting = hoisting(around, call.range);
        let outer = self.outer_call(around);
        let target = match around.last() {
            Some(AnyNodeRef::StmtAssign(assign)) => match &assign.targets[..] {
                [Expr::Name(name)] => Some(name.id.as_str()),
                _ => None,
            },
            _ => None,
        };
        self.sites.calls.push(FoundCall { call, entity, place, hoisting, outer, target });
        let binding = binding(around, call.range);
        let owner = CallSite::of(self.module, call, binding).owner();
        // The name would be a variable that the program sees.
        let is_seen = owner == ScopeId::MODULE && self.resolver.index().is_looked_at(self.module);
        let binding = if is_seen { Binding::Lambda } else { binding };
        self.sites.bindings.insert(call.range, binding);
        if is_comptime { Descent::Skip } else { Descent::Traverse }
    }

    /// A name or attribute that is read: nothing of compile time may be left in the output.
    fn value(&mut self, around: &[AnyNodeRef<'m>], expr: &Expr) -> Descent {
        if self.callees.contains(&expr.range()) {
            return Descent::Skip;
        }
        let Some(entity) = self.entity_of(expr) else { return Descent::Traverse };
        let label = self.module.label(expr.range(), "used here");
        let text = self.module.slice(expr.range()).to_owned();
        let finding = match &entity {
            Entity::Macro(home, name) => {
                let message = format!("the macro `{text}` is used as a value");
                let finding = Finding::new(Code::MacroAsValue, message, label);
                let defined = definition_of(home, name).map(|def| def.name.range);
                let defined = defined.map(|at| home.label(at, "it exists at compile time only"));
                let help = format!("call it where its value is wanted: `{text}(…)`");
                defined.into_iter().fold(finding, Finding::secondary).help(help)
            }
            Entity::Comptime(..) => {
                let message = format!("`{text}` exists only at compile time");
                Finding::new(Code::MacroAsValue, message, label)
                    .help("comptime(…) evaluates an expression now and writes its value here")
            }
            entity if is_sourceless(self.resolver, self.compile_time, entity) => {
                let (resolver, known, at) = (self.resolver, self.compile_time, expr.range());
                let found = sourceless_finding(resolver, known, self.module, at, entity);
                match self.outer_call(around) {
                    Some(outer) => self.sites.if_left.extend(found.map(|found| (outer, found))),
                    None => self.sites.findings.extend(found),
                }
                return Descent::Skip;
            }
            // Its import is a finding already.
            Entity::UnknownMeta(_) => return Descent::Skip,
            Entity::Meta(MetaName::Unroll) => {
                let message = format!("`{text}` is used outside a `for` statement");
                Finding::new(Code::UnevalOutsideMacro, message, label)
                    .help("it unrolls one: `for i in unroll(range(4)):`")
            }
            Entity::Meta(_) | Entity::MetaModule => {
                let message = format!("`{text}` is used outside a macro");
                let mut functions = around.iter().rev();
                let help = match functions.find_map(|node| node.stmt_function_def()) {
                    Some(def) => format!("mark `{}` with @macro", def.name),
                    None => "it works inside a function marked @macro or @comptime".to_owned(),
                };
                Finding::new(Code::UnevalOutsideMacro, message, label).help(help)
            }
            _ => return Descent::Traverse,
        };
        self.sites.findings.push(finding);
        Descent::Skip
    }

    /// Skips a definition that exists at compile time only; of an `@unroll` function that stays, just its
    /// decorator. Notes that one is nested.
    fn skips_definition(&mut self, around: &[AnyNodeRef<'m>], node: AnyNodeRef<'m>) -> bool {
        let (decorators, name) = match node {
            AnyNodeRef::StmtFunctionDef(def) => (&def.decorator_list, def.name.range),
            AnyNodeRef::StmtClassDef(class) => (&class.decorator_list, class.name.range),
            _ => return false,
        };
        let module = self.module;
        let Some(decoration) = self.resolver.decoration(module, decorators) else {
            return false;
        };
        if let AnyNodeRef::StmtFunctionDef(def) = node
            && self.resolver.stays_plain(module, def)
        {
            self.sites.findings.extend(plain_note(self.resolver, module, def, around));
            self.callees.extend(decorators.iter().map(|decorator| decorator.expression.range()));
            return false;
        }
        if !around.is_empty() {
            let finding = nested_finding(Code::MacroPlace, module, (decoration, name), around);
            self.sites.findings.push(finding);
        }
        let stays = match node {
            AnyNodeRef::StmtFunctionDef(def) => {
                has_plain_form(self.resolver, self.compile_time, module, def)
            }
            _ => true,
        };
        if decoration == Decoration::Unroll && stays {
            // It stays, as a plain function.
            self.callees.extend(decorators.iter().map(|decorator| decorator.expression.range()));
            return false;
        }
        true
    }

    fn enter(&mut self, around: &[AnyNodeRef<'m>], node: AnyNodeRef<'m>) -> Descent {
        match node {
            AnyNodeRef::StmtFunctionDef(_) | AnyNodeRef::StmtClassDef(_)
                if self.skips_definition(around, node) =>
            {
                Descent::Skip
            }
            AnyNodeRef::StmtImport(_) | AnyNodeRef::StmtImportFrom(_) => Descent::Skip,
            AnyNodeRef::ExprCall(call) => self.call(around, call),
            AnyNodeRef::ExprName(name) if name.ctx == ExprContext::Load => {
                self.value(around, &Expr::Name(name.clone()))
            }
            AnyNodeRef::ExprAttribute(attribute) => {
                self.value(around, &Expr::Attribute(attribute.clone()))
            }
            _ => Descent::Traverse,
        }
    }
}
