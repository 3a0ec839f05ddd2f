//! Expands one call: arguments to trees, the macro run, and its steps put where the call stands.

use std::rc::Rc;

use rustpython_ast::{Expr, ExprCall};

use super::Expander;
use super::arguments::misspelt_keyword;
use super::callsite::CallSite;
use super::entity::Entity;
use super::hoist::Hoisting;
use super::placing::{Outcome, Replacement};
use super::project::Module;
use super::report::{Work, definition_of};
use super::stable::own_loc;
use crate::codenode::{Node, Op, Origin};
use crate::diagnostic::{Code, Finding, Label, Severity};
use crate::host::{Argument, Behind, Expansion, Failure, Namespace};
use crate::scope::Place;

/// How often an expansion may expand to further calls.
const MOST_ROUNDS: usize = 200;

impl Expander<'_> {
    /// What takes the place of a call of `entity`; none if something was found.
    pub(super) fn expand_call(
        &mut self,
        site: CallSite<'_>,
        call: &ExprCall,
        entity: &Entity,
        hoisting: Option<&Hoisting<'_>>,
    ) -> Option<Outcome> {
        if matches!(entity, Entity::Unroll(..)) && has_run_time_stars(call) {
            return Some(Outcome::Left);
        }
        let arguments = self.arguments(site, call)?;
        let (home, name) = entity.macro_name()?;
        if let Some(finding) = misspelt_keyword(site.module, call, home, name) {
            self.find(finding);
            return None;
        }
        let Some(expansion) = self.run(site, home, name, &arguments)? else {
            return Some(Outcome::Left);
        };
        match self.place(site, &expansion, hoisting) {
            Ok(placed) => {
                self.check_effects(site, (home, name), &arguments, &placed);
                let label = site.module.label(site.range, "in this call");
                self.check_loops(&label, &expansion.residual);
                let placed = self.sealed(site, placed)?;
                self.trace_call(site, name, None, &placed);
                self.expand_replacement(site, placed).map(Outcome::Placed)
            }
            Err(failure) => self.report_call(site, home, name, failure),
        }
    }

    /// Runs the macro, which may leave the call as it is; none if something was found.
    fn run(
        &mut self,
        site: CallSite<'_>,
        home: &Rc<Module>,
        name: &str,
        arguments: &[Argument],
    ) -> Option<Option<Expansion>> {
        let label = site.module.label(site.range, "in this call");
        if site.round > MOST_ROUNDS {
            let message = format!("`{name}` expands to calls of macros without end");
            self.find(Finding::new(Code::RecursionLimit, message, label));
            return None;
        }
        let ns = self.ready(site.module, home, name)?;
        if self.is_wrong(home, name) {
            return None;
        }
        let expansion = self.with_files(&label, |host| host.call_macro(&ns, name, arguments));
        self.hear(&label);
        match expansion {
            Ok(expansion) => Some(expansion),
            Err(failure) => self.report_call(site, home, name, failure),
        }
    }

    /// Makes all ready to run a macro for a place in `module`; none if there is no such macro, and
    /// why was found when its own module was loaded.
    pub(super) fn ready(
        &mut self,
        module: &Rc<Module>,
        home: &Rc<Module>,
        name: &str,
    ) -> Option<Namespace> {
        let ns = self.namespace(home)?;
        let host = self.host();
        if !host.has(&ns, name) {
            return None;
        }
        host.add_source(module.file, module.source.clone());
        if self.names_taken_in != Some(module.file) {
            let names = module.scopes.all_names();
            host.set_taken_names(names.iter().map(ToString::to_string).collect());
            self.names_taken_in = Some(module.file);
        }
        Some(ns)
    }

    /// What macros said is found at the place that they ran for.
    pub(super) fn hear(&mut self, place: &Label) {
        for message in self.host().take_messages() {
            let finding = self.finding_of_message(message, place.clone());
            self.find(finding);
        }
    }

    fn report_call<T>(
        &mut self,
        site: CallSite<'_>,
        home: &Rc<Module>,
        name: &str,
        failure: Failure,
    ) -> Option<T> {
        if !self.follows_from_incomplete(home, &failure) {
            let label = site.module.label(site.range, "in this call");
            let finding = self.finding_of(failure, label, Work::Macro(home, name, site.left));
            self.find(finding);
        }
        None
    }

    /// Whether a failure only says that a name is missing which couldn't be defined.
    pub(super) fn follows_from_incomplete(&self, home: &Module, failure: &Failure) -> bool {
        let is_name_error =
            matches!(failure, Failure::Raised { message, .. } if message.starts_with("NameError"));
        is_name_error && self.incomplete.contains(&home.file)
    }

    /// Whether something was found in the definition of a macro: what its calls come to is no
    /// news.
    pub(super) fn is_wrong(&self, home: &Module, name: &str) -> bool {
        let Some(def) = definition_of(home, name) else { return false };
        self.findings.iter().any(|finding| {
            let Label { file, range, .. } = &finding.primary;
            finding.severity() == Severity::Error
                && *file == home.file
                && def.range.contains_range(*range)
        })
    }

    /// Expands the calls of macros that an expansion holds.
    fn expand_replacement(
        &mut self,
        site: CallSite<'_>,
        replacement: Replacement,
    ) -> Option<Replacement> {
        let mut failed = false;
        let replacement = replacement.map(|node| {
            let new = if failed { None } else { self.expand_inner(site, node) };
            failed |= new.is_none();
            new.unwrap_or_else(|| node.clone())
        });
        (!failed).then_some(replacement)
    }

    pub(super) fn expand_inner(&mut self, site: CallSite<'_>, node: &Node) -> Option<Node> {
        let mut failed = false;
        let takes_statement = |index: usize| match node.op() {
            Op::DEF | Op::ASYNCDEF | Op::CLASS | Op::WITHITEM => index == 0,
            _ => false,
        };
        let mut index = 0;
        let node = node.map_args(|arg| {
            let new = match failed {
                true => None,
                false if takes_statement(index) => self.expand_in_uses(site, arg),
                false => self.expand_inner(site, arg),
            };
            index += 1;
            failed |= new.is_none();
            new.unwrap_or_else(|| arg.clone())
        });
        if failed {
            return None;
        }
        if node.op() != Op::CALL {
            return Some(node);
        }
        let entity = self.entity_of_node(site, &node.args()[0]);
        // Calls of `@unroll` functions were decided on when they were recorded.
        let Some(Entity::Macro(home, name)) = &entity else { return Some(node) };
        let arguments = self.bindable(site, &node.args()[1..])?;
        let site = CallSite { round: site.round + 1, left: node.loc(), ..site };
        let Some(expansion) = self.run(site, home, name, &arguments)? else {
            return Some(node);
        };
        match self.place(site, &expansion, None) {
            Ok(replacement) => {
                self.check_effects(site, (home, name), &arguments, &replacement);
                let label = site.module.label(site.range, "in this call");
                self.check_loops(&label, &expansion.residual);
                let replacement = self.sealed(site, replacement)?;
                self.trace_call(site, name, Some(&node), &replacement);
                self.expand_replacement(site, replacement)?.node
            }
            Err(failure) => self.report_call(site, home, name, failure),
        }
    }

    /// Likewise in the decorators of a definition or the context of a block: the macros of these
    /// themselves are to take it where it is put.
    fn expand_in_uses(&mut self, site: CallSite<'_>, node: &Node) -> Option<Node> {
        let callee = match node.op() {
            Op::CALL => &node.args()[0],
            _ => node,
        };
        let is_use = matches!(self.entity_of_node(site, callee), Some(Entity::Macro(..)));
        self.goes_on |= is_use;
        if !is_use && node.op() != Op::PARTS {
            return self.expand_inner(site, node);
        }
        let mut failed = false;
        let node = node.map_args(|arg| {
            let new = match node.op() {
                Op::PARTS => self.expand_in_uses(site, arg),
                _ => self.expand_inner(site, arg),
            };
            failed |= new.is_none();
            new.unwrap_or_else(|| arg.clone())
        });
        (!failed).then_some(node)
    }

    /// What a variable of an expansion denotes. The call site's own code was looked at before.
    fn entity_of_node(&mut self, site: CallSite<'_>, node: &Node) -> Option<Entity> {
        let name = node.name().filter(|_| node.op() == Op::VAR)?;
        match node.origin() {
            Origin::Module(file) => {
                let module = self.project.module_of(file)?;
                self.export(&module, name)
            }
            Origin::Site if own_loc(site, node).is_none() => {
                self.called_from_expansions.insert(name.clone());
                match site.module.scopes.lookup(site.scope, name) {
                    Place::Bound(scope) => {
                        let bindings = site.module.scopes.bindings(scope, name).to_vec();
                        match &bindings[..] {
                            [binding] => self.entity_of_binding(site.module, binding),
                            _ => None,
                        }
                    }
                    Place::Unbound => self.export(site.module, name),
                }
            }
            _ => None,
        }
    }

    /// The value of `comptime(…)` as code, bound to `name` in `ns` if one is given.
    pub(super) fn evaluate_comptime(
        &mut self,
        module: &Rc<Module>,
        ns: &Namespace,
        call: &ExprCall,
        name: Option<&str>,
    ) -> Option<Node> {
        let label = module.label(call.range, "in this call");
        let ([argument], []) = (&*call.arguments.args, &*call.arguments.keywords) else {
            let message = "comptime() takes exactly one argument: the expression to evaluate";
            self.find(Finding::new(Code::BadArguments, message, label));
            return None;
        };
        let mut staged = argument.clone();
        if !self.stage_comptime(module, ns, &mut staged) {
            return None;
        }
        let evaluated =
            self.with_files(&label, |host| host.evaluate(ns, module.file, staged.clone(), name));
        self.hear(&label);
        let failure = match evaluated {
            Ok(expansion) => match first_temporary(&expansion.result) {
                None => return Some(expansion.result),
                Some(value) => {
                    let step = value.temporary_id().and_then(|id| expansion.residual.step(id));
                    let (need, behind) = ("be known", Behind::default());
                    Failure::RunTimeOnly { need, behind, place: step.and_then(|step| step.loc) }
                }
            },
            Err(Failure::NoSource { value, .. }) if self.may_be_sourceless(module, name) => {
                let key = (module.file, name.unwrap_or_default().to_owned());
                self.sourceless.insert(key, (value, call.range));
                return None;
            }
            Err(failure) => failure,
        };
        let finding = self.finding_in_ordinary_code(module, failure, call, ("comptime", &[]));
        self.find(finding);
        None
    }
}

/// Whether how many arguments there are is known only when the program runs.
fn has_run_time_stars(call: &ExprCall) -> bool {
    let positional = call.arguments.args.iter().filter_map(Expr::as_starred_expr);
    let is_display = |value: &Expr| matches!(value, Expr::Tuple(_) | Expr::List(_));
    positional.into_iter().any(|star| !is_display(&star.value))
        || call.arguments.keywords.iter().any(|k| k.arg.is_none() && !k.value.is_dict_expr())
}

fn first_temporary(node: &Node) -> Option<Node> {
    if node.op() == Op::TEMPORARY {
        return Some(node.clone());
    }
    node.args().iter().filter(|arg| arg.holds_temporary()).find_map(first_temporary)
}
