//! Finds the calls of macros in a file, and the names of compile time that stand where they can't.

use std::collections::HashSet;
use std::rc::Rc;

use rustpython_ast::visitor::source_order::{SourceOrderVisitor, TraversalSignal};
use rustpython_ast::{AnyNodeRef, Expr, ExprCall, ExprContext, InterpolatedElement};
use rustpython_text_size::{Ranged as _, TextRange};

use super::Expander;
use super::callsite::CallSite;
use super::emit;
use super::entity::{Decoration, Entity, is_meta_name};
use super::hoist::{Hoisting, binding, hoisting};
use super::imports::AddedImports;
use super::place::{self, Place as Surroundings};
use super::placing::{Outcome, Replacement};
use super::project::Module;
use super::report::definition_of;
use super::unknown::Part;
use crate::codenode::{Node, Op, Origin, Value};
use crate::diagnostic::{Code, Finding};
use crate::residual::Binding;
use crate::scope::Place;
use crate::source::edit::Edits;

/// A call to expand, outermost in its expression.
pub(super) struct Found<'m> {
    pub call: &'m ExprCall,
    pub entity: Entity,
    place: Surroundings<'m>,
    /// Where statements can go before it, if they can.
    hoisting: Option<Hoisting<'m>>,
    /// The call of a macro whose argument it is in.
    pub outer: Option<TextRange>,
    /// The variable that its value is assigned to, if that is all of its statement.
    target: Option<&'m str>,
}

impl Expander<'_> {
    /// All edits that expand the module. If what is left goes on to use macros of statements, what
    /// is of compile time stays.
    pub(super) fn expand_module(&mut self, module: &Rc<Module>) -> Edits {
        let module = module.clone();
        let sites = self.find_sites(&module);
        let mut edits = Edits::new();
        let mut added = AddedImports::default();
        self.check_names(&module, Part::Whole);
        if !self.has_compile_time(&module) && sites.is_empty() {
            return edits;
        }
        // A macro module's own mistakes are found even if nobody calls its macros.
        self.namespace(&module);
        self.start_following(&module, sites.iter().map(|site| site.call.range).collect());
        let mut debugged: Vec<&InterpolatedElement> = Vec::new();
        let mut left: HashSet<TextRange> = HashSet::new();
        for site in &sites {
            let binding = self.binding_at(site.call.range);
            let call = CallSite::of(&module, site.call, binding);
            if site.outer.is_some_and(|outer| !left.contains(&outer)) {
                // It is a part of another's arguments.
                continue;
            }
            let replacement = match self.code_of(call, site) {
                Some(Outcome::Placed(replacement)) => {
                    self.note_change(call, Some(&replacement));
                    replacement
                }
                Some(Outcome::Left) => {
                    self.note_change(call, None);
                    left.insert(site.call.range);
                    continue;
                }
                None => continue,
            };
            let Some(replacement) = self.settle(call, replacement, &mut added) else { continue };
            self.write(&module, site, &replacement, &mut edits);
            if let Some(field) = site.place.debug
                && !debugged.iter().any(|known| std::ptr::eq(*known, field))
            {
                debugged.push(field);
                if let Some(finding) = place::keep_debug_text(&module, field, &mut edits) {
                    self.find(finding);
                }
            }
        }
        self.check_following(&module);
        match self.goes_on {
            true => self.remove_vanished(&module, &mut edits),
            false => self.remove_compile_time(&module, &mut edits),
        }
        // At one place the imports come first, then what is defined with them, then who uses it.
        added.write(&module, &mut edits);
        for (place, text) in self.definition_texts(&module) {
            edits.insert(place, text);
        }
        for (place, text) in std::mem::take(&mut self.hoisted) {
            edits.insert(place, text);
        }
        edits
    }

    fn code_of(&mut self, call: CallSite<'_>, site: &Found<'_>) -> Option<Outcome> {
        match &site.entity {
            entity if entity.macro_name().is_some() => {
                self.expand_call(call, site.call, entity, site.hoisting.as_ref())
            }
            _ => {
                let value = self.comptime(call.module, site.call)?;
                Some(Outcome::Placed(Replacement::expression(value)))
            }
        }
    }

    /// Makes each name of the replacement mean here what it should.
    pub(super) fn settle(
        &mut self,
        call: CallSite<'_>,
        replacement: Replacement,
        added: &mut AddedImports,
    ) -> Option<Replacement> {
        let mut failed = false;
        let settled = replacement.map(|node| {
            let new = self.settle_names(call, node, added);
            failed |= new.is_none();
            new.unwrap_or_else(|| node.clone())
        });
        (!failed).then_some(settled)
    }

    /// How a value gets a name in an expression at the call with this place.
    pub(super) fn binding_at(&self, call: TextRange) -> Binding {
        self.bindings.get(&call).copied().unwrap_or(Binding::Walrus)
    }

    /// The texts of the statements that go before the call's: those that save what is evaluated
    /// before it, whose edits are made, and the expansion's.
    fn statement_texts(
        &self,
        module: &Rc<Module>,
        hoisting: &Hoisting<'_>,
        replacement: &Replacement,
        edits: &mut Edits,
    ) -> Vec<String> {
        let mut statements = Vec::new();
        for (saved, name) in &replacement.saved {
            let text = module.slice(*saved);
            let text = match text.contains(['\n', '\r', ':']) {
                true => format!("({text})"),
                false => text.to_owned(),
            };
            statements.push(format!("{name} = {text}"));
            edits.replace(*saved, place::spaced(module, *saved, name.to_string()));
        }
        let can_encode = |c| module.source.can_encode(c);
        let style = place::statement_style(module, hoisting.statement, self.width, &can_encode);
        let all = &replacement.statements;
        match place::begins_line(module, hoisting.statement.start()) {
            true if all.is_empty() => {}
            true => statements.push(emit::text(all, style)),
            false => statements.extend(emit::statements(all, style)),
        }
        statements
    }

    /// Writes the replacement into the text.
    fn write(
        &mut self,
        module: &Rc<Module>,
        site: &Found<'_>,
        replacement: &Replacement,
        edits: &mut Edits,
    ) {
        let range = site.call.range;
        if let Some(hoisting) = &site.hoisting
            && replacement.statements.iter().any(emit::has_body)
            && place::shares_line(module, hoisting.statement)
        {
            let message = "this expansion isn't possible here: it has lines of its own, and the \
                           call shares its line with other statements";
            let label = module.label(range, "this call");
            let help = "put the call on a line of its own";
            return self.find(Finding::new(Code::NeedsStatements, message, label).help(help));
        }
        let can_encode = |c| module.source.can_encode(c);
        let mut statements = match &site.hoisting {
            Some(hoisting) => self.statement_texts(module, hoisting, replacement, edits),
            None => Vec::new(),
        };
        if let (Some(hoisting), Some(node)) = (&site.hoisting, &replacement.node)
            && hoisting.is_bare
            && statements.is_empty()
            && matches!(node.constant(), Some(Value::Str(_)))
            && self.may_start_body(module, hoisting.statement)
        {
            // So that it doesn't become a docstring.
            statements.push("pass".to_owned());
        }
        if let (Some(hoisting), Some(node)) = (&site.hoisting, &replacement.node)
            && keeps_value(module, site, node)
        {
            return self.write_without_value(module, (site, hoisting), statements, edits);
        }
        let text = match &replacement.node {
            Some(node) => {
                let style =
                    place::style(module, range, &site.place, (self.width, edits), &can_encode);
                let text = place::print_in(module, range, node, style);
                Some(place::fit(&site.place, node, text))
            }
            // The last statement stands where the call stood.
            None => statements.pop(),
        };
        if text.as_ref().is_some_and(|text| place::has_no_quote_left(module, &site.place, text)) {
            let message = "this expansion isn't possible here yet: an f-string around it has no \
                           quote left for it";
            let help = "give the value a name before, and use that";
            let label = module.label(range, "in this call");
            self.find(Finding::new(Code::NeedsStatements, message, label).help(help));
            return;
        }
        match (&site.hoisting, text) {
            (_, Some(text)) => edits.replace(range, place::spaced(module, range, text)),
            (Some(hoisting), None) => {
                self.vanished.insert(hoisting.statement);
            }
            (None, None) => {}
        }
        place::keep_comments(module, range, &site.place, edits);
        if let Some(hoisting) = &site.hoisting {
            let inserted = place::hoisted(module, hoisting.statement, &statements);
            self.hoisted.extend(inserted);
        }
    }

    /// Writes statements where nothing else is left of the call's own.
    fn write_without_value(
        &mut self,
        module: &Rc<Module>,
        (site, hoisting): (&Found<'_>, &Hoisting<'_>),
        mut statements: Vec<String>,
        edits: &mut Edits,
    ) {
        match statements.pop() {
            Some(last) => edits.replace(hoisting.statement, last),
            None => {
                self.vanished.insert(hoisting.statement);
            }
        }
        place::keep_comments(module, site.call.range, &site.place, edits);
        self.hoisted.extend(place::hoisted(module, hoisting.statement, &statements));
    }

    /// The value of a `comptime(…)` call in ordinary code.
    pub(super) fn comptime(&mut self, module: &Rc<Module>, call: &ExprCall) -> Option<Node> {
        let ns = self.namespace(module)?;
        if let Some(known) = self.constants.get(&(module.file, call.range)) {
            return Some(known.clone());
        }
        let mut sourceless = self.sourceless.iter();
        if sourceless.any(|((file, _), (_, at))| *file == module.file && *at == call.range) {
            return None;
        }
        self.evaluate_comptime(module, &ns, call, None)
    }

    pub(super) fn find_sites<'m>(&mut self, module: &'m Rc<Module>) -> Vec<Found<'m>> {
        let mut finder = Finder {
            expander: self,
            module,
            ancestors: Vec::new(),
            outer: Vec::new(),
            callees: Vec::new(),
            found: Vec::new(),
        };
        for stmt in &module.syntax.body {
            finder.visit_stmt(stmt);
        }
        finder.found
    }
}

/// Whether the statement gives a variable the value that it has, as `f = f`.
fn keeps_value(module: &Module, site: &Found<'_>, node: &Node) -> bool {
    let is_itself = node.op() == Op::VAR
        && node.origin() == Origin::Site
        && node.name().map(|name| &**name) == site.target;
    let used = node.loc().and_then(|loc| module.scopes.use_at(loc.range.start()));
    is_itself
        && used.is_some_and(|used| {
            site.call.range.contains_range(used.range)
                && module.scopes.resolve(used) == Place::Bound(used.scope)
                && module.scopes.is_surely_bound(used)
        })
}

struct Finder<'e, 'p, 'm> {
    expander: &'e mut Expander<'p>,
    module: &'m Rc<Module>,
    ancestors: Vec<AnyNodeRef<'m>>,
    /// The calls of macros around this place.
    outer: Vec<TextRange>,
    /// Callees that were dealt with.
    callees: Vec<TextRange>,
    found: Vec<Found<'m>>,
}

impl<'m> Finder<'_, '_, 'm> {
    fn call(&mut self, call: &'m ExprCall) -> TraversalSignal {
        let Some(entity) = self.expander.entity_of(self.module, &call.func) else {
            return TraversalSignal::Traverse;
        };
        let is_comptime = entity.is_meta("comptime");
        if !is_comptime && entity.macro_name().is_none() {
            return TraversalSignal::Traverse;
        }
        self.callees.push(call.func.range());
        let place = Surroundings::of(&self.ancestors, call.range);
        let hoisting = hoisting(&self.ancestors, call.range);
        let outer = self.outer.last().copied();
        let target = match self.ancestors.last() {
            Some(AnyNodeRef::StmtAssign(assign)) => match &assign.targets[..] {
                [Expr::Name(name)] => Some(name.id.as_str()),
                _ => None,
            },
            _ => None,
        };
        self.found.push(Found { call, entity, place, hoisting, outer, target });
        let binding = binding(&self.ancestors, call.range);
        self.expander.bindings.insert(call.range, binding);
        if is_comptime { TraversalSignal::Skip } else { TraversalSignal::Traverse }
    }

    /// A name or attribute that is read: nothing of compile time may be left in the output.
    fn value(&mut self, expr: &Expr) -> TraversalSignal {
        if self.callees.contains(&expr.range()) {
            return TraversalSignal::Skip;
        }
        let Some(entity) = self.expander.entity_of(self.module, expr) else {
            return TraversalSignal::Traverse;
        };
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
            constant if self.expander.is_sourceless(constant) => {
                let found = self.expander.sourceless_finding(self.module, expr.range(), constant);
                self.expander.findings.extend(found);
                return TraversalSignal::Skip;
            }
            // Its import is a finding already.
            Entity::Meta(name) if !is_meta_name(name) => return TraversalSignal::Skip,
            Entity::Meta(name) if &**name == "unroll" => {
                let message = format!("`{text}` is used outside a `for` statement");
                Finding::new(Code::UnevalOutsideMacro, message, label)
                    .help("it unrolls one: `for i in unroll(range(4)):`")
            }
            Entity::Meta(_) | Entity::MetaModule => {
                let message = format!("`{text}` is used outside a macro");
                let mut around = self.ancestors.iter().rev();
                let help = match around.find_map(|node| node.stmt_function_def()) {
                    Some(def) => format!("mark `{}` with @macro", def.name),
                    None => "it works inside a function marked @macro or @comptime".to_owned(),
                };
                Finding::new(Code::UnevalOutsideMacro, message, label).help(help)
            }
            _ => return TraversalSignal::Traverse,
        };
        self.expander.find(finding);
        TraversalSignal::Skip
    }

    /// Whether a definition exists at compile time only.
    fn is_compile_time(&mut self, node: AnyNodeRef<'m>) -> bool {
        let (decorators, name) = match node {
            AnyNodeRef::StmtFunctionDef(def) => (&def.decorator_list, def.name.range),
            AnyNodeRef::StmtClassDef(class) => (&class.decorator_list, class.name.range),
            _ => return false,
        };
        let module = self.module;
        let Some(decoration) = self.expander.decoration(module, decorators) else {
            return false;
        };
        if !self.ancestors.is_empty() {
            self.expander.is_inside(module, (decoration, name), &self.ancestors);
        }
        let stays = match node {
            AnyNodeRef::StmtFunctionDef(def) => !self.expander.has_no_plain_form(module, def),
            _ => true,
        };
        if decoration == Decoration::Unroll && stays {
            // It stays, as a plain function.
            self.callees.extend(decorators.iter().map(|decorator| decorator.expression.range()));
            return false;
        }
        true
    }
}

impl<'m> SourceOrderVisitor<'m> for Finder<'_, '_, 'm> {
    fn enter_node(&mut self, node: AnyNodeRef<'m>) -> TraversalSignal {
        let signal = match node {
            AnyNodeRef::StmtFunctionDef(_) | AnyNodeRef::StmtClassDef(_)
                if self.is_compile_time(node) =>
            {
                TraversalSignal::Skip
            }
            AnyNodeRef::StmtImport(_) | AnyNodeRef::StmtImportFrom(_) => TraversalSignal::Skip,
            AnyNodeRef::ExprCall(call) => self.call(call),
            AnyNodeRef::ExprName(name) if name.ctx == ExprContext::Load => {
                self.value(&Expr::Name(name.clone()))
            }
            AnyNodeRef::ExprAttribute(attribute) => self.value(&Expr::Attribute(attribute.clone())),
            _ => TraversalSignal::Traverse,
        };
        // `leave_node` comes after a skipped node as well.
        self.ancestors.push(node);
        if let AnyNodeRef::ExprCall(call) = node
            && self.callees.contains(&call.func.range())
        {
            self.outer.push(call.range);
        }
        signal
    }

    fn leave_node(&mut self, node: AnyNodeRef<'m>) {
        self.ancestors.pop();
        if let AnyNodeRef::ExprCall(call) = node
            && self.callees.contains(&call.func.range())
        {
            self.outer.pop();
        }
    }
}
