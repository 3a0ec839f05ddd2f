//! Follows the variables in an argument to their definitions (language.md §4).
//!
//! ```text
//! y = 3 * x * x
//! deriv(y, "x")       the argument is  codenode(name="y", op=MULTIPLY, args=[3 * x, x])
//! ```
//!
//! [`crate::scope::flow`] knows which definition a variable has, but not what the calls of macros
//! on the way to it do. It is supposed that they do nothing. When all are expanded it is seen what
//! they left, and if that takes a definition away that was followed, all is expanded once more with
//! what is known now ([`Following::disproved`]). What is known only grows, so that ends.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use rustpython_ast::Expr;
use rustpython_ast::name::Name as Identifier;
use rustpython_text_size::TextRange;

use crate::codenode::{
    Leaves, Name, Node, Op, Origin, Variable, bindings, free_variables, has_effects, lower,
};
use crate::expand::call_site::CallSite;
use crate::expand::placement::Replacement;
use crate::expand::program::{Module, Resolver};
use crate::host::Followed;
use crate::python::form::binary_op;
use crate::python::meta::MetaName;
use crate::python::op::OrderedPart;
use crate::scope::flow::{
    Change, Definiens, Definition, Fact, Facts, Flow, Program, effect_of_call,
};
use crate::scope::{Place, ScopeId};
use crate::source::FileId;
use crate::staging::Branches;

/// The largest tree that a variable is followed to, in nodes.
const LARGEST: u64 = 5_000;

/// How many variables are followed through each other.
const DEEPEST: usize = 64;

/// What is known of the variables at the calls of a text, and of what the calls do.
pub(crate) struct Following {
    file: FileId,
    flow: Flow,
    /// What each call of a macro does besides evaluating its arguments, as far as it is supposed.
    supposed: LearnedChanges,
    /// What those that have been expanded do.
    seen: LearnedChanges,
    /// What those became that are one expression.
    expressions: HashMap<TextRange, Node>,
    /// The calls for which a variable was followed.
    relied_on: HashSet<TextRange>,
}

/// What calls do.
#[derive(Clone, Debug, Default)]
pub(crate) struct LearnedChanges(HashMap<TextRange, Change>);

/// What is known of the calls of macros in a text.
#[derive(Debug, Default)]
pub(crate) struct CallChanges {
    pub changes: LearnedChanges,
    /// What those became that are one expression.
    pub expressions: HashMap<TextRange, Node>,
}

impl LearnedChanges {
    fn add(&mut self, other: &LearnedChanges) {
        for (call, change) in &other.0 {
            self.0.entry(*call).or_default().add(change);
        }
    }
}

impl Program for LearnedChanges {
    fn macro_call(&self, range: TextRange) -> Option<Change> {
        self.0.get(&range).cloned()
    }
}

/// What the expansion of a file knows of its variables.
#[derive(Default)]
pub(crate) struct Dataflow {
    /// What is known of the variables at the calls of the text that is expanded.
    pub current: Option<Following>,
    /// What is known of the calls in the texts that the file becomes, by their number.
    pub learned: Vec<LearnedChanges>,
    /// The number of the text.
    pub text: usize,
    /// An assumption on the calls was wrong.
    pub mistaken: bool,
    /// Whether variables are followed.
    pub follows: bool,
    /// The text of which it is asked what its calls do.
    pub asked: Option<FileId>,
    /// What they do.
    pub calls: CallChanges,
}

impl Dataflow {
    /// Forgets the texts of the file; what was learned of its calls stays.
    pub(crate) fn start_file(&mut self) {
        self.current = None;
        self.text = 0;
        self.mistaken = false;
    }
}

impl Following {
    /// The analysis of `module`, whose `calls` of macros do what was `learned` of them.
    pub(crate) fn new(module: &Module, calls: &[TextRange], learned: &LearnedChanges) -> Following {
        let change = |call: &TextRange| learned.0.get(call).cloned().unwrap_or_default();
        let supposed = LearnedChanges(calls.iter().map(|call| (*call, change(call))).collect());
        let flow = Flow::of(&module.syntax, &module.scopes, &supposed);
        Following::over(
            module,
            flow,
            CallChanges { changes: supposed, expressions: HashMap::new() },
        )
    }

    /// What follows variables by an analysis of `module` whose calls are known.
    pub(crate) fn over(module: &Module, flow: Flow, calls: CallChanges) -> Following {
        let CallChanges { changes: supposed, expressions } = calls;
        let (seen, relied_on) = (LearnedChanges::default(), HashSet::new());
        Following { file: module.file, flow, supposed, seen, expressions, relied_on }
    }

    /// What is known of the calls.
    fn calls(self) -> CallChanges {
        let mut changes = self.supposed;
        changes.add(&self.seen);
        CallChanges { changes, expressions: self.expressions }
    }

    /// Takes note of what a call left.
    pub(crate) fn saw(&mut self, call: TextRange, change: Change, expression: Option<Node>) {
        self.seen.0.insert(call, change);
        if let Some(node) = expression {
            self.expressions.insert(call, node);
        }
    }

    /// What has to be known of the calls for what was followed to be right, if it wasn't.
    pub(crate) fn disproved(&self, module: &Module) -> Option<LearnedChanges> {
        let nothing = Change::default();
        if self.relied_on.is_empty() || self.seen.0.values().all(|change| *change == nothing) {
            return None;
        }
        let mut known = self.supposed.clone();
        known.add(&self.seen);
        let flow = Flow::of(&module.syntax, &module.scopes, &known);
        let holds = |call: &TextRange| self.flow.at(*call) == flow.at(*call);
        (!self.relied_on.iter().all(holds)).then_some(known)
    }
}

/// Looks at the variables of a text with these calls.
pub(crate) fn start_following(dataflow: &mut Dataflow, module: &Module, calls: Vec<TextRange>) {
    if !dataflow.follows {
        return;
    }
    let learned = dataflow.learned.get(dataflow.text).cloned().unwrap_or_default();
    dataflow.current = Some(Following::new(module, &calls, &learned));
}

/// Sees whether what was followed was right, when all calls of the text are expanded.
pub(crate) fn check_following(dataflow: &mut Dataflow, module: &Module) {
    let Some(following) = dataflow.current.take() else { return };
    if let Some(known) = following.disproved(module) {
        // What comes after this text will be another.
        dataflow.learned.resize_with(dataflow.text + 1, LearnedChanges::default);
        dataflow.learned[dataflow.text] = known;
        dataflow.mistaken = true;
    }
    if dataflow.asked == Some(module.file) {
        dataflow.calls = following.calls();
    }
    dataflow.text += 1;
}

/// The code of an argument with the variables in it followed; none if there is none to follow.
pub(crate) fn follow_argument(
    (resolver, dataflow): (&Resolver<'_>, &mut Dataflow),
    site: CallSite<'_>,
    code: &Node,
) -> Option<Followed> {
    let following = dataflow.current.take_if(|following| following.file == site.module.file)?;
    let found = following.flow.at(site.range).cloned().and_then(|facts| {
        let walk = |branches| {
            let (around, known) = (Vec::new(), HashMap::new());
            let (following, facts) = (&following, &facts);
            DefinitionWalk { resolver, following, site, facts, branches, around, known }.tree(code)
        };
        let (tree, branches) = (walk(Branches::Cut), walk(Branches::Followed));
        let is_new = !tree.is(code) || !branches.is(code);
        is_new.then_some(Followed { tree, branches })
    });
    let following = dataflow.current.insert(following);
    if found.is_some() {
        following.relied_on.insert(site.range);
    }
    found
}

/// Takes note of what a call became.
pub(crate) fn note_change(
    dataflow: &mut Dataflow,
    site: CallSite<'_>,
    replacement: Option<&Replacement>,
) {
    if dataflow.current.is_none() {
        return;
    }
    let (change, expression) = match replacement {
        Some(replacement) => {
            let is_expression = replacement.statements.is_empty() && replacement.saved.is_empty();
            (
                change_of(site, replacement),
                replacement.node.clone().filter(|node| {
                    is_expression && node.is_expression() && !node.holds_assignment()
                }),
            )
        }
        None => (Change { disturbs: true, ..Change::default() }, None),
    };
    if let Some(following) = &mut dataflow.current {
        following.saw(site.range, change, expression);
    }
}

/// What running what a call left may change.
fn change_of(site: CallSite<'_>, replacement: &Replacement) -> Change {
    let mut change = Change::default();
    let _ = replacement.clone().map(|code| {
        let names = bindings(code).into_iter().map(|(name, _)| Identifier::new(&*name));
        change.binds.extend(names);
        change.disturbs |= disturbs(site, code);
        code.clone()
    });
    change
}

/// Whether running the code may change an object.
fn disturbs(site: CallSite<'_>, node: &Node) -> bool {
    let scopes = &site.module.scopes;
    let own = match node.op() {
        Op::CALL => match (node.arg(0), node.arg(0).name()) {
            (callee, Some(name)) if callee.op() == Op::VAR => {
                effect_of_call(scopes, site.scope, name).changes_objects()
            }
            _ => true,
        },
        // A decorator is called.
        Op::DEF | Op::ASYNCDEF => {
            node.field("decorators").is_some_and(|field| field.iter().any(|d| !d.args().is_empty()))
        }
        op => op.effect().changes_objects(),
    };
    let stores = |part: &OrderedPart| {
        let target = node.args().get(part.index).filter(|_| part.is_bound);
        target.is_some_and(|target| !matches!(target.op(), Op::VAR | Op::EMPTY))
    };
    own || node.parts().iter().any(stores) || node.evaluated_now().any(|part| disturbs(site, part))
}

/// The walk from an argument to the definitions of its variables.
struct DefinitionWalk<'a, 'e, 'p> {
    resolver: &'a Resolver<'p>,
    following: &'a Following,
    site: CallSite<'e>,
    facts: &'a Rc<Facts>,
    branches: Branches,
    /// The variables whose definitions are being written out.
    around: Vec<Name>,
    /// What definitions came to, by their addresses.
    known: HashMap<*const Definition, Option<Node>>,
}

impl DefinitionWalk<'_, '_, '_> {
    /// The tree with its variables followed.
    fn tree(&mut self, node: &Node) -> Node {
        if node.op() == Op::VAR {
            return self.variable(node).unwrap_or_else(|| node.clone());
        }
        if node.is_definition() {
            return node.clone();
        }
        node.map_args(|arg| self.tree(arg))
    }

    /// What a variable stands for, under its name.
    fn variable(&mut self, node: &Node) -> Option<Node> {
        let scope = self.scope_of(node)?;
        let name = node.name()?;
        let fact = self.facts.definition(name)?.clone();
        let means_the_same = |input: &Identifier| {
            let scopes = &self.site.module.scopes;
            scopes.lookup(scope, input) == scopes.lookup(self.facts.frame, input)
        };
        if !fact.inputs().iter().all(means_the_same) {
            return None;
        }
        if self.around.contains(name) || self.around.len() == DEEPEST {
            // On branches two variables may read each other.
            return None;
        }
        self.around.push(name.clone());
        let tree = self.definition(&fact);
        self.around.pop();
        let tree = tree?;
        // `y = x`
        let copied = (tree.op() == Op::VAR || tree.is_definition()).then(|| tree.clone());
        let once = tree.is_once() || fact.once;
        let tree = tree
            .with_name(Some(name.clone()))
            .with_origin(Origin::Site)
            .with_loc(node.loc())
            .with_copied(copied);
        Some(if once { tree.with_once() } else { tree })
    }

    /// The scope in which a variable of the frame is read, if it is read now.
    fn scope_of(&self, node: &Node) -> Option<ScopeId> {
        let module = self.site.module;
        let scopes = &module.scopes;
        if node.origin() != Origin::Site {
            return None;
        }
        let own = node.loc().filter(|loc| loc.file == module.file);
        let used = own.and_then(|loc| {
            scopes.use_at(loc.range.start()).filter(|used| used.range == loc.range)
        });
        let (scope, place) = match used {
            Some(used) if used.is_deferred() => return None,
            Some(used) => (used.scope, scopes.resolve(used)),
            None => (self.site.scope, scopes.lookup(self.site.scope, node.name()?)),
        };
        let frame = self.facts.frame;
        (place == Place::Bound(frame) && scopes.is_part_of(scope, frame)).then_some(scope)
    }

    /// A definition as code, without a name.
    fn definition(&mut self, fact: &Fact) -> Option<Node> {
        if let Some(known) = self.known.get(&Rc::as_ptr(fact)) {
            return known.clone();
        }
        let node = match &fact.code {
            _ if fact.is_choice && self.branches == Branches::Cut => None,
            Definiens::Code(code) => self.code(code, fact),
            Definiens::Augmented { before, op, code, .. } => {
                let left = self.definition(before)?.without_once();
                let right = self.code(code, fact)?;
                Some(Node::new(binary_op(*op), vec![left, right]))
            }
            Definiens::Choice { test, body, orelse } => {
                let parts = [test, body, orelse].map(|part| self.definition(part));
                let parts: Option<Vec<Node>> = parts.into_iter().collect();
                parts.map(|parts| Node::new(Op::IF, parts))
            }
        };
        let node = node.filter(|node| node.size() <= LARGEST);
        self.known.insert(Rc::as_ptr(fact), node.clone());
        node
    }

    /// An expression of the module, with what its variables were where they are another now.
    fn code(&mut self, code: &Expr, fact: &Fact) -> Option<Node> {
        let module = self.site.module;
        let mut leaves = Expansions { walk: self, failed: false };
        let lowered = values_only(&lower(code, module.file, module.text(), &mut leaves));
        let is_known = |(name, origin): &Variable| {
            *origin != Origin::Site
                || fact.inputs().iter().any(|input| **input == **name)
                || fact.former.contains_key(&**name)
        };
        // What a macro left may read what no one has looked after.
        let is_foreign = fact.holds_macro_calls && !free_variables(&lowered).iter().all(is_known);
        if leaves.failed || is_foreign {
            return None;
        }
        let node = self.replaced(&lowered, &fact.former)?;
        // What a macro left may be a call.
        let is_once = fact.holds_macro_calls && has_effects(&lowered);
        Some(if is_once { node.with_once() } else { node })
    }

    fn replaced(&mut self, node: &Node, former: &BTreeMap<Identifier, Fact>) -> Option<Node> {
        if node.op() == Op::VAR {
            let was = match (self.scope_of(node), node.name()) {
                (Some(_), Some(name)) => former.get(&**name),
                _ => None,
            };
            return match was {
                // What can't be computed twice can't stand here either.
                Some(fact) => self.definition(fact).filter(|node| !node.is_once()),
                None => Some(self.tree(node)),
            };
        }
        if node.is_definition() {
            return Some(node.clone());
        }
        node.try_map_args(|arg| self.replaced(arg, former).ok_or(())).ok()
    }
}

/// The code with the values in place of assignment expressions.
fn values_only(node: &Node) -> Node {
    match node.op() {
        Op::WALRUS => values_only(node.arg(1)),
        op if op.opens_scope() || !node.holds_assignment() => node.clone(),
        _ => node.map_args(values_only),
    }
}

/// Puts what calls of macros in a definition became in their places.
struct Expansions<'w, 'a, 'e, 'p> {
    walk: &'w mut DefinitionWalk<'a, 'e, 'p>,
    failed: bool,
}

impl Leaves for Expansions<'_, '_, '_, '_> {
    fn replace(&mut self, expr: &Expr) -> Option<Node> {
        let Expr::Call(call) = expr else { return None };
        let module = self.walk.site.module;
        if let Some(node) = self.walk.following.expressions.get(&call.range) {
            return Some(node.clone());
        }
        let entity = self.walk.resolver.entity_of(module, &call.func)?;
        if entity.macro_name().is_some() || entity.is_meta(MetaName::Comptime) {
            self.failed = true;
            return Some(Node::empty());
        }
        None
    }
}
