//! The arguments of a call of a macro, as trees: calls of macros in them are expanded first.

use rustpython_ast::{Expr, ExprCall};
use rustpython_text_size::{Ranged as _, TextRange};

use crate::codenode::{Leaves, Name, Node, Op, lower};
use crate::diagnostic::spelling::near;
use crate::diagnostic::{Code, Finding};
use crate::expand::call_site::CallSite;
use crate::expand::findings::{Findings, Reported};
use crate::expand::program::Module;
use crate::expand::report::definition_of;
use crate::host::Argument;

/// The code of the arguments of a call, with `leaves` in place of what they replace.
pub(crate) fn lower_arguments(
    module: &Module,
    call: &ExprCall,
    leaves: &mut dyn Leaves,
) -> Vec<Node> {
    // The callee is the macro itself; only the arguments matter.
    let callee = Box::new(Expr::NoneLiteral(Default::default()));
    let bare = Expr::Call(ExprCall { func: callee, ..call.clone() });
    let mut outer = Outermost { inner: leaves, outermost: call.range };
    lower(&bare, module.file, module.text(), &mut outer).args().iter().skip(1).cloned().collect()
}

/// Arguments as they bind: `*` and `**` of displays are spread out.
pub(crate) fn bindable(
    findings: &mut Findings,
    site: CallSite<'_>,
    nodes: &[Node],
) -> Result<Vec<Argument>, Reported> {
    let mut arguments = Vec::new();
    // Python evaluates `f(k=a(), *[b()])` from `b()` on: keywords come last.
    let (keywords, positional): (Vec<&Node>, Vec<&Node>) =
        nodes.iter().partition(|node| matches!(node.op(), Op::KEYWORD | Op::DOUBLESTAR));
    for node in positional.into_iter().chain(keywords) {
        let plain = |code: &Node| Argument::new(code.clone());
        match node.op() {
            Op::KEYWORD => {
                let keyword = node.name().cloned();
                arguments.push(Argument { keyword, ..Argument::new(node.arg(0).clone()) });
            }
            Op::STAR | Op::DOUBLESTAR => match spread(node) {
                Some(more) => arguments.extend(more),
                None => {
                    let message = "the arguments of a macro are bound at compile time: what \
                                   follows a star has to be written out";
                    let range = node.loc().map_or(site.range, |loc| loc.range);
                    let label = site.module.label(range, "not a display");
                    let finding = Finding::new(Code::BadArguments, message, label);
                    return Err(findings.report(finding));
                }
            },
            _ => arguments.push(plain(node)),
        }
    }
    Ok(arguments)
}

/// The finding about a keyword of a call that the macro has no parameter for.
pub(crate) fn misspelt_keyword(
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

/// Looks at everything but the call itself.
struct Outermost<'l> {
    inner: &'l mut dyn Leaves,
    outermost: TextRange,
}

impl Leaves for Outermost<'_> {
    fn replace(&mut self, expr: &Expr) -> Option<Node> {
        (expr.range() != self.outermost).then(|| self.inner.replace(expr)).flatten()
    }
}

fn spread(node: &Node) -> Option<Vec<Argument>> {
    let display = node.arg(0);
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
