//! Expands one call: arguments to trees, the macro run, its steps folded, names settled.

use std::collections::HashSet;
use std::rc::Rc;

use rustpython_ast::{Expr, ExprCall};
use rustpython_text_size::{Ranged as _, TextRange};

use super::Expander;
use super::entity::Entity;
use super::project::Module;
use crate::codenode::{Leaves, Loc, Name, Node, Op, Origin, lower};
use crate::diagnostic::{Code, Finding};
use crate::host::{Argument, Expansion, Failure, Namespace};
use crate::residual::{NeedsStatements, Why, fold};
use crate::scope::{Binding, BindingKind, Place, Position, ScopeId};

/// How often an expansion may expand to further calls.
const MOST_ROUNDS: usize = 200;

/// The place that code is put into.
#[derive(Clone, Copy)]
pub(super) struct CallSite<'m> {
    pub module: &'m Rc<Module>,
    /// The scope the call is evaluated in.
    pub scope: ScopeId,
    /// The call.
    pub range: TextRange,
    /// How many expansions led here.
    pub round: usize,
}

impl Expander<'_> {
    /// The code that takes the place of a call of `entity`; none if something was found.
    pub(super) fn expand_call(
        &mut self,
        module: &Rc<Module>,
        call: &ExprCall,
        entity: &Entity,
    ) -> Option<Node> {
        let scope = scope_of_callee(module, &call.func);
        let site = CallSite { module, scope, range: call.range, round: 0 };
        let arguments = self.arguments(site, call)?;
        let node = self.expand_arguments(site, entity, &arguments)?;
        self.seal(module, call.range, scope, &node)
    }

    fn arguments(&mut self, site: CallSite<'_>, call: &ExprCall) -> Option<Vec<Argument>> {
        let mut leaves = InnerCalls { expander: self, module: site.module, failed: false };
        let call = Expr::Call(call.clone());
        let file = site.module.file;
        // The callee is the macro itself; only the arguments matter.
        let node = lower_arguments(&call, file, site.module.text(), &mut leaves);
        if leaves.failed {
            return None;
        }
        self.bindable(site, &node)
    }

    /// Arguments as they bind: `*` and `**` of displays are spread out.
    fn bindable(&mut self, site: CallSite<'_>, nodes: &[Node]) -> Option<Vec<Argument>> {
        let mut arguments = Vec::new();
        for node in nodes {
            let plain = |code: &Node| Argument { code: code.clone(), keyword: None };
            match node.op() {
                Op::KEYWORD => arguments
                    .push(Argument { code: node.args()[0].clone(), keyword: node.name().cloned() }),
                Op::STAR | Op::DOUBLESTAR => match spread(node) {
                    Some(more) => arguments.extend(more),
                    None => {
                        let message = "the arguments of a macro are bound at compile time: what \
                                       follows a star has to be written out";
                        let range = node.loc().map_or(site.range, |loc| loc.range);
                        let label = site.module.label(range, "not a display");
                        self.find(Finding::new(Code::BadArguments, message, label));
                        return None;
                    }
                },
                _ => arguments.push(plain(node)),
            }
        }
        Some(arguments)
    }

    fn expand_arguments(
        &mut self,
        site: CallSite<'_>,
        entity: &Entity,
        arguments: &[Argument],
    ) -> Option<Node> {
        let Entity::Macro(home, name) = entity else { return None };
        let label = site.module.label(site.range, "in this call");
        if site.round > MOST_ROUNDS {
            let message = format!("`{name}` expands to calls of macros without end");
            self.find(Finding::new(Code::RecursionLimit, message, label));
            return None;
        }
        let ns = self.namespace(home)?;
        let host = self.host();
        if !host.has(&ns, name) {
            // Why it isn't there was found when its module was loaded.
            return None;
        }
        host.add_source(site.module.file, site.module.source.clone());
        if self.names_taken_in != Some(site.module.file) {
            let names = site.module.scopes.all_names();
            host.set_taken_names(names.iter().map(ToString::to_string).collect());
            self.names_taken_in = Some(site.module.file);
        }
        let expansion = host.call_macro(&ns, name, arguments);
        for message in host.take_messages() {
            let finding = self.finding_of_message(message, label.clone());
            self.find(finding);
        }
        let folded = expansion.and_then(|expansion| self.fold(site, &expansion));
        match folded {
            Ok(node) => self.expand_inner(site, &node),
            Err(failure) if self.follows_from_incomplete(home, &failure) => None,
            Err(failure) => {
                let finding = self.finding_of(failure, label, &format!("`{name}`"));
                self.find(finding);
                None
            }
        }
    }

    /// Whether a failure only says that a name is missing which couldn't be defined.
    fn follows_from_incomplete(&self, home: &Module, failure: &Failure) -> bool {
        let is_name_error =
            matches!(failure, Failure::Raised { message, .. } if message.starts_with("NameError"));
        is_name_error && self.incomplete.contains(&home.file)
    }

    fn fold(&self, site: CallSite<'_>, expansion: &Expansion) -> Result<Node, Failure> {
        let mut assigned = HashSet::new();
        assigned_names(&expansion.result, &mut assigned);
        for (_, step) in expansion.residual.steps() {
            assigned_names(&step.code, &mut assigned);
        }
        let stable = |node: &Node| {
            node.name().is_some_and(|name| !assigned.contains(name)) && self.is_stable(site, node)
        };
        fold(&expansion.residual, &expansion.result, &stable).map_err(|stuck| {
            let place = expansion.residual.step(stuck.step).and_then(|step| step.loc);
            Failure::NeedsStatements { why: needs(stuck), place }
        })
    }

    /// Whether the variable surely has a value, and no function but the one that is running can
    /// give it another.
    fn is_stable(&self, site: CallSite<'_>, node: &Node) -> bool {
        let Some(name) = node.name() else { return true };
        let is_builtin = || crate::staging::builtins::timing(name).is_some();
        let scopes = &site.module.scopes;
        match node.origin() {
            Origin::Quote(_) | Origin::Builtin => true,
            Origin::Module(file) => match self.project.module_of(file) {
                Some(home) => match home.scopes.bindings(ScopeId::MODULE, name) {
                    [] => is_builtin(),
                    bindings => !may_change(bindings),
                },
                None => false,
            },
            Origin::Site => {
                let written = own_loc(site, node);
                let used = written.and_then(|loc| scopes.use_at(loc.range.start()));
                let place = match used {
                    Some(used) => scopes.resolve(used),
                    None => scopes.lookup(site.scope, name),
                };
                let Place::Bound(scope) = place else { return is_builtin() };
                let bindings = scopes.bindings(scope, name);
                let is_parameter = bindings.iter().any(|b| b.kind == BindingKind::Parameter);
                let elsewhere = used.map_or(site.scope, |used| used.scope) != scope;
                let has_value = is_parameter
                    || elsewhere
                    || used.is_some_and(|used| scopes.definition(used).is_some());
                has_value && !may_change(bindings)
            }
        }
    }

    /// Expands the calls of macros that an expansion holds.
    fn expand_inner(&mut self, site: CallSite<'_>, node: &Node) -> Option<Node> {
        let mut failed = false;
        let node = node.map_args(|arg| {
            let new = if failed { None } else { self.expand_inner(site, arg) };
            failed |= new.is_none();
            new.unwrap_or_else(|| arg.clone())
        });
        if failed {
            return None;
        }
        if node.op() != Op::CALL {
            return Some(node);
        }
        let Some(entity @ Entity::Macro(..)) = self.entity_of_node(site, &node.args()[0]) else {
            return Some(node);
        };
        let arguments = self.bindable(site, &node.args()[1..])?;
        let site = CallSite { round: site.round + 1, ..site };
        let node = self.expand_arguments(site, &entity, &arguments)?;
        self.seal(site.module, site.range, site.scope, &node)
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
        let host = self.host();
        let evaluated = host.evaluate(ns, module.file, staged, name);
        for message in host.take_messages() {
            let finding = self.finding_of_message(message, label.clone());
            self.find(finding);
        }
        let failure = match evaluated {
            Ok(expansion) => match first_temporary(&expansion.result) {
                None => return Some(expansion.result),
                Some(value) => Failure::RunTimeOnly {
                    need: "be known",
                    arguments: Vec::new(),
                    place: value.temporary_id().and_then(|id| expansion.residual.step(id)?.loc),
                    value,
                },
            },
            Err(failure) => failure,
        };
        let finding = self.finding_of(failure, label, "comptime()");
        self.find(finding);
        None
    }
}

/// Whether another function may assign the variable, or it may have been deleted.
fn may_change(bindings: &[Binding]) -> bool {
    bindings.iter().any(|b| b.position == Position::Elsewhere || b.kind == BindingKind::Delete)
}

/// The place of a node that was written in the call itself.
fn own_loc(site: CallSite<'_>, node: &Node) -> Option<Loc> {
    let written_here =
        |loc: &Loc| loc.file == site.module.file && site.range.contains_range(loc.range);
    node.loc().filter(|loc| node.origin() == Origin::Site && written_here(loc))
}

/// The scope in which a callee is evaluated.
pub(super) fn scope_of_callee(module: &Module, callee: &Expr) -> ScopeId {
    match callee {
        Expr::Attribute(e) => scope_of_callee(module, &e.value),
        other => module.scopes.use_at(other.range().start()).map_or(ScopeId::MODULE, |u| u.scope),
    }
}

fn lower_arguments(
    call: &Expr,
    file: crate::source::FileId,
    text: &str,
    leaves: &mut InnerCalls<'_, '_>,
) -> Vec<Node> {
    let Expr::Call(call) = call else { return Vec::new() };
    // The arguments of a call with a callee that needs no looking at.
    let bare = Expr::Call(ExprCall {
        func: Box::new(Expr::NoneLiteral(Default::default())),
        ..call.clone()
    });
    let mut outer = Outermost { inner: leaves, outermost: call.range };
    lower(&bare, file, text, &mut outer).args().iter().skip(1).cloned().collect()
}

/// Expands the calls of macros inside arguments, innermost first.
struct InnerCalls<'e, 'p> {
    expander: &'e mut Expander<'p>,
    module: &'e Rc<Module>,
    failed: bool,
}

impl Leaves for InnerCalls<'_, '_> {
    fn replace(&mut self, expr: &Expr) -> Option<Node> {
        let Expr::Call(call) = expr else { return None };
        let node = match self.expander.entity_of(self.module, &call.func)? {
            entity @ Entity::Macro(..) => self.expander.expand_call(self.module, call, &entity),
            entity if entity.is_meta("comptime") => self.expander.comptime(self.module, call),
            _ => return None,
        };
        self.failed |= node.is_none();
        let node = node.unwrap_or_else(Node::empty);
        let written = Loc { file: self.module.file, range: call.range };
        // What is said about the value is said at the argument. A variable's place is its own:
        // it tells which variable it is.
        Some(if node.op() == Op::VAR { node } else { node.with_loc(Some(written)) })
    }
}

/// Looks at everything but the call itself.
struct Outermost<'l, 'e, 'p> {
    inner: &'l mut InnerCalls<'e, 'p>,
    outermost: TextRange,
}

impl Leaves for Outermost<'_, '_, '_> {
    fn replace(&mut self, expr: &Expr) -> Option<Node> {
        (expr.range() != self.outermost).then(|| self.inner.replace(expr)).flatten()
    }
}

fn spread(node: &Node) -> Option<Vec<Argument>> {
    let display = &node.args()[0];
    match (node.op(), display.op()) {
        (Op::STAR, Op::TUPLE | Op::LIST) => {
            let plain = display.args().iter().all(|arg| arg.op() != Op::STAR);
            let argument = |code: &Node| Argument { code: code.clone(), keyword: None };
            plain.then(|| display.args().iter().map(argument).collect())
        }
        (Op::DOUBLESTAR, Op::DICT) => display
            .args()
            .iter()
            .map(|pair| match (pair.op(), pair.args()) {
                (Op::PAIR, [key, value]) => {
                    let keyword: Name = key.text()?.into();
                    Some(Argument { code: value.clone(), keyword: Some(keyword) })
                }
                _ => None,
            })
            .collect(),
        _ => None,
    }
}

fn needs(stuck: NeedsStatements) -> String {
    match stuck.why {
        Why::Unused => "this has to be evaluated, but its value isn't used".to_owned(),
        Why::UsedTwice => {
            "this has to be evaluated once, but its value is used more often".to_owned()
        }
        Why::Order => "this has to be evaluated before something that comes earlier in the \
                       expression"
            .to_owned(),
    }
}

fn assigned_names(node: &Node, out: &mut HashSet<Name>) {
    if node.op() == Op::WALRUS {
        out.extend(node.args()[0].name().cloned());
    }
    for arg in node.args().iter().filter(|arg| arg.holds_walrus()) {
        assigned_names(arg, out);
    }
}

fn first_temporary(node: &Node) -> Option<Node> {
    if node.op() == Op::TEMPORARY {
        return Some(node.clone());
    }
    node.args().iter().filter(|arg| arg.holds_temporary()).find_map(first_temporary)
}
