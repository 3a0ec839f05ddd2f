//! Code that a macro put below a lambda, a comprehension or a class means what it meant where it
//! was written, or is refused.
//!
//! ```text
//! uneval(lambda: x)            with `await f()` for x: no lambda can wait
//! uneval([x for _ in y])       with a name of a class body for x: not visible in there
//! uneval(x.__secret)           in a method of the call site: Python would mangle the name
//! ```

use rustpython_text_size::TextRange;

use super::Hygiene;
use super::captures::check_captured;
use super::rename::rename_introduced;
use crate::codenode::{Name, Node, Op, Origin, keyword_in_display};
use crate::diagnostic::{Code, Finding};
use crate::expand::call_site::CallSite;
use crate::expand::findings::Reported;
use crate::expand::fresh_names::is_taken_at;
use crate::expand::placement::Replacement;
use crate::expand::program::Module;
use crate::python::op::Suspension;
use crate::residual::rename_captured;
use crate::scope::{Place, ScopeId, ScopeKind};

/// The expansion of a call, closed up so that nothing around it can be taken for a part of
/// it: the variables of macros are kept apart, the same in every piece of code.
pub(crate) fn seal(
    cx: &mut Hygiene<'_, '_>,
    site: CallSite<'_>,
    replacement: Replacement,
) -> Result<Replacement, Reported> {
    let mut pieces = Vec::new();
    let replacement = replacement.map(|code| {
        pieces.push(code.clone());
        code.clone()
    });
    let sealed = seal_code(cx, site, &Node::new(Op::TUPLE, pieces))?;
    let mut pieces = sealed.args().iter();
    // The same pieces come by in the same order.
    Ok(replacement.map(|code| pieces.next().unwrap_or(code).clone()))
}

fn seal_code(cx: &mut Hygiene<'_, '_>, site: CallSite<'_>, node: &Node) -> Result<Node, Reported> {
    let module = site.module;
    let written = CallText { module, call: site.range };
    if let Some(finding) = check_moved(&written, node).or_else(|| check_captured(site, node)) {
        return Err(cx.findings.report(finding));
    }
    let node =
        keep_private(&written, site.scope, node).map_err(|finding| cx.findings.report(*finding))?;
    let node = rename_introduced(cx, site, &node)?;
    let taken =
        |name: &str| module.scopes.all_names().contains(name) || is_taken_at(cx.output, site, name);
    Ok(rename_captured(&node, &taken))
}

/// Tells the code that was written at the call site.
struct CallText<'m> {
    module: &'m Module,
    call: TextRange,
}

impl CallText<'_> {
    /// Where the node was written, if that was in the call.
    fn place(&self, node: &Node) -> Option<TextRange> {
        let loc = node.loc()?;
        let here = loc.file == self.module.file && self.call.contains_range(loc.range);
        here.then_some(loc.range)
    }
}

/// What is around a piece of code, of the macro's making.
#[derive(Clone, Copy, Default)]
struct MovedInto {
    lambda: bool,
    generator: bool,
    comprehension: bool,
    /// In an iterable of a comprehension.
    iterable: bool,
    /// Whether it is code of the call site already, inside a lambda of its own.
    own_lambda: bool,
}

impl MovedInto {
    fn is_scope(self) -> bool {
        self.lambda || self.generator || self.comprehension
    }
}

/// What is wrong with code of the call site where the macro has put it.
fn check_moved(written: &CallText<'_>, node: &Node) -> Option<Finding> {
    if !node.holds_scope() {
        return None;
    }
    check_below(written, node, MovedInto::default())
}

fn check_below(written: &CallText<'_>, node: &Node, around: MovedInto) -> Option<Finding> {
    let place = written.place(node);
    if let Some(place) = place.filter(|_| around.is_scope() || around.iterable)
        && let Some(what) = problem(written, node, place, around)
    {
        let message = format!("this expansion isn't possible here yet: {what}");
        let label = written.module.label(place, "this was moved");
        let help = "assign it to a variable before the call, and pass the variable";
        return Some(Finding::new(Code::NeedsStatements, message, label).help(help));
    }
    node.args()
        .iter()
        .enumerate()
        .find_map(|(index, arg)| check_below(written, arg, inside(node.op(), index, place, around)))
}

/// What is around argument `index` of a node with `op`, which has a `place` if it was written at the call
/// site.
fn inside(op: Op, index: usize, place: Option<TextRange>, around: MovedInto) -> MovedInto {
    let own = place.is_some();
    match op {
        Op::LAMBDA if index == 1 && own => MovedInto { own_lambda: true, ..around },
        Op::LAMBDA if index == 1 => MovedInto { lambda: true, own_lambda: false, ..around },
        // The parts of a comprehension, which `clause` sorts further.
        Op::GENERATOR | Op::LISTCOMP | Op::SETCOMP | Op::DICTCOMP if own => around,
        // The first iterable is evaluated outside.
        Op::GENERATOR if index != 1 => MovedInto { generator: true, ..around },
        Op::LISTCOMP | Op::SETCOMP | Op::DICTCOMP if index != 1 => {
            MovedInto { comprehension: true, ..around }
        }
        Op::FORCLAUSE | Op::ASYNCFORCLAUSE if index == 1 && !own => {
            MovedInto { iterable: true, ..around }
        }
        Op::FORCLAUSE | Op::ASYNCFORCLAUSE if !own => MovedInto { comprehension: true, ..around },
        _ => around,
    }
}

/// Why the node can't stand there.
fn problem(
    written: &CallText<'_>,
    node: &Node,
    place: TextRange,
    around: MovedInto,
) -> Option<String> {
    let where_to = match around {
        MovedInto { lambda: true, .. } => "a lambda",
        MovedInto { generator: true, .. } => "a generator",
        _ => "a comprehension",
    };
    let is_class = |scope: ScopeId| written.module.scopes.kind(scope) == ScopeKind::Class;
    let moves = |what: &str| Some(format!("{what} can't be moved into {where_to}"));
    let is_held = |suspension: Suspension| match suspension {
        Suspension::Await => around.lambda || around.generator,
        Suspension::Yield => around.is_scope(),
    };
    match node.op() {
        _ if around.own_lambda => None,
        _ if let Some(suspension) = node.suspension().filter(|s| is_held(*s)) => {
            moves(&format!("`{}`", suspension.word()))
        }
        Op::WALRUS if around.lambda => moves("an assignment"),
        Op::WALRUS if around.iterable => {
            Some("an assignment can't stand in what a comprehension goes through".to_owned())
        }
        Op::WALRUS => {
            let target = node.arg(0).loc()?.range;
            let used = written.module.scopes.use_at(target.start())?;
            if is_class(used.scope) { moves("an assignment in a class body") } else { None }
        }
        Op::VAR if around.is_scope() && node.origin() == Origin::Site => {
            let used = written.module.scopes.use_at(place.start())?;
            let name = node.name()?;
            match written.module.scopes.resolve(used) {
                Place::Bound(scope)
                    if is_class(scope) && written.module.scopes.frame_read(used).is_none() =>
                {
                    moves(&format!("the class's variable `{name}`"))
                }
                _ => None,
            }
        }
        Op::CALL if around.is_scope() => {
            let [callee] = node.args() else { return None };
            let place = written.place(callee).filter(|_| callee.op() == Op::VAR)?;
            let used = written.module.scopes.use_at(place.start())?;
            if written.module.scopes.is_super(used) { moves("`super()`") } else { None }
        }
        _ => None,
    }
}

/// The same code, with no private name of a macro's in a place where Python would mangle it.
fn keep_private(written: &CallText<'_>, scope: ScopeId, node: &Node) -> Result<Node, Box<Finding>> {
    let scopes = &written.module.scopes;
    if scopes.enclosing_class(scope).is_none() {
        return Ok(node.clone());
    }
    let new = node.try_map_args(|arg| keep_private(written, scope, arg))?;
    let is_private = |name: &str| scopes.mangled(scope, name) != name;
    // What a macro makes of the name of an attribute at the call site is that attribute.
    let own_name = new.op() == Op::ATTR && written.place(new.arg(1)).is_some();
    if own_name || written.place(node).is_some() {
        return Ok(new);
    }
    match (new.op(), new.args()) {
        (Op::ATTR, [object, name]) if name.text().is_some_and(is_private) => {
            let getattr = Node::var("getattr", Origin::Builtin);
            let arguments = vec![object.clone(), name.clone()];
            Ok(Node::call(getattr, arguments).with_loc(node.loc()))
        }
        (Op::KEYWORD, [value]) if new.name().is_some_and(|name| is_private(name)) => {
            let name = new.name().map_or("", Name::as_ref);
            Ok(keyword_in_display(name, value.clone()))
        }
        (
            Op::ASSIGN | Op::AUGASSIGN | Op::DELETE | Op::FORCLAUSE | Op::ASYNCFORCLAUSE,
            [target, ..],
        ) if !target.is(node.arg(0)) => {
            let message = "this expansion isn't possible here yet: it assigns a private attribute \
                           in a class that isn't its own";
            let label = written.module.label(written.call, "in this call");
            Err(Box::new(Finding::new(Code::NeedsStatements, message, label)))
        }
        _ => Ok(new),
    }
}
