//! The arguments of a call of a macro, as trees: calls of macros in them are expanded first.

use rustpython_ast::{Expr, ExprCall};
use rustpython_text_size::{Ranged as _, TextRange};

use super::Expander;
use super::callsite::CallSite;
use super::placing::Outcome;
use super::project::Module;
use super::report::definition_of;
use crate::codenode::{Leaves, Loc, Name, Node, Op, lower};
use crate::diagnostic::spelling::near;
use crate::diagnostic::{Code, Finding};
use crate::host::Argument;

impl Expander<'_> {
    pub(super) fn arguments(
        &mut self,
        site: CallSite<'_>,
        call: &ExprCall,
    ) -> Option<Vec<Argument>> {
        let mut leaves = InnerCalls { expander: self, site, failed: false };
        let call = Expr::Call(call.clone());
        let file = site.module.file;
        // The callee is the macro itself; only the arguments matter.
        let node = lower_arguments(&call, file, site.module.text(), &mut leaves);
        if leaves.failed {
            return None;
        }
        let mut arguments = self.bindable(site, &node)?;
        for argument in &mut arguments {
            argument.followed = self.followed(site, &argument.code);
        }
        Some(arguments)
    }

    /// Arguments as they bind: `*` and `**` of displays are spread out.
    pub(super) fn bindable(&mut self, site: CallSite<'_>, nodes: &[Node]) -> Option<Vec<Argument>> {
        let mut arguments = Vec::new();
        // Python evaluates `f(k=a(), *[b()])` from `b()` on: keywords come last.
        let (keywords, positional): (Vec<&Node>, Vec<&Node>) =
            nodes.iter().partition(|node| matches!(node.op(), Op::KEYWORD | Op::DOUBLESTAR));
        for node in positional.into_iter().chain(keywords) {
            let plain = |code: &Node| Argument::new(code.clone());
            match node.op() {
                Op::KEYWORD => {
                    let keyword = node.name().cloned();
                    arguments.push(Argument { keyword, ..Argument::new(node.args()[0].clone()) });
                }
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
}

/// The finding about a keyword of a call that the macro has no parameter for.
pub(super) fn misspelt_keyword(
    module: &Module,
    call: &ExprCall,
    home: &Module,
    name: &str,
) -> Option<Finding> {
    let parameters = &definition_of(home, name)?.parameters;
    let mut named = parameters.args.iter().chain(&parameters.kwonlyargs);
    let known: Vec<&str> = named.by_ref().map(|p| p.name().as_str()).collect();
    let is_known = |keyword: &str| parameters.kwarg.is_some() || known.contains(&keyword);
    let keywords = call.arguments.keywords.iter().filter_map(|keyword| keyword.arg.as_ref());
    let wrong = keywords.into_iter().find(|keyword| !is_known(keyword.as_str()))?;
    if parameters.posonlyargs.iter().any(|p| p.name().as_str() == wrong.as_str()) {
        // Python has better words for that.
        return None;
    }
    let given: Vec<&str> =
        call.arguments.keywords.iter().filter_map(|k| k.arg.as_deref()).collect();
    let free = known.iter().copied().filter(|known| !given.contains(known));
    let message = format!("{name}() got an unexpected keyword argument '{wrong}'");
    let label = module.label(wrong.range, "no parameter has this name");
    let finding = Finding::new(Code::BadArguments, message, label)
        .secondary(home.label(parameters.range, "these are its parameters"));
    Some(match &near(wrong, free)[..] {
        [] => finding,
        [only] => finding.fix(format!("write `{only}`"), vec![(wrong.range, (*only).to_owned())]),
        [first, ..] => finding.help(format!("did you mean `{first}`?")),
    })
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
    site: CallSite<'e>,
    failed: bool,
}

impl Leaves for InnerCalls<'_, '_> {
    fn replace(&mut self, expr: &Expr) -> Option<Node> {
        let Expr::Call(call) = expr else { return None };
        let module = self.site.module;
        let node = match self.expander.entity_of(module, &call.func)? {
            entity if entity.macro_name().is_some() => {
                let binding = self.expander.binding_at(call.range);
                let site = CallSite::of(module, call, binding);
                let site = CallSite { statement: self.site.statement, ..site };
                let placed = self.expander.expand_call(site, call, &entity, None);
                match placed {
                    Some(Outcome::Left) => return None,
                    Some(Outcome::Placed(replacement)) => replacement.node,
                    None => None,
                }
            }
            entity if entity.is_meta("comptime") => self.expander.comptime(module, call),
            _ => return None,
        };
        self.failed |= node.is_none();
        let node = node.unwrap_or_else(Node::empty);
        let written = Loc { file: module.file, range: call.range };
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
            let argument = |code: &Node| Argument::new(code.clone());
            plain.then(|| display.args().iter().map(argument).collect())
        }
        (Op::DOUBLESTAR, Op::DICT) => display
            .args()
            .iter()
            .map(|pair| match (pair.op(), pair.args()) {
                (Op::PAIR, [key, value]) => {
                    let keyword: Name = key.text()?.into();
                    Some(Argument { keyword: Some(keyword), ..Argument::new(value.clone()) })
                }
                _ => None,
            })
            .collect(),
        _ => None,
    }
}
