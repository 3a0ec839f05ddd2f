//! Compile-time constants in the arguments of a call: their values are static, wherever they were
//! imported from.
//!
//! ```text
//! from lib import SIZES       # SIZES = comptime((1, 2))
//! import lib as l
//! total(SIZES + l.MORE)       both are parts of the argument with known values
//! ```
//!
//! Only what certainly has the value of its one definition is such a part; and a list, set or dict
//! that has a source is the program's, which may have changed it.

use crate::codenode::{Node, Op, Origin};
use crate::expand::Expander;
use crate::expand::call_site::CallSite;
use crate::expand::compile_time::{is_sourceless, load_namespace, sourceless_finding};
use crate::expand::findings::Reported;
use crate::expand::placement::{Replacement, own_loc};
use crate::expand::program::{Entity, Resolver};
use crate::host::{Argument, Followed, StaticValue};

/// Tells the arguments which of their parts are constants.
pub(crate) fn note_constants(
    cx: &mut Expander<'_>,
    site: CallSite<'_>,
    arguments: &mut [Argument],
) {
    for argument in arguments {
        let mut found = Vec::new();
        constants_in(cx, site, &argument.code, &mut found);
        if found.is_empty() {
            continue;
        }
        // To `uneval` a constant of the call site's own is a variable that was followed.
        let literals: Vec<(Node, Node)> = found
            .iter()
            .filter(|(part, _)| part.op() == Op::VAR && part.origin() == Origin::Site)
            .filter_map(|(part, value)| {
                let literal = cx.compile_time.host().source_of(value).ok()?;
                let literal = literal.with_name(part.name().cloned()).with_loc(part.loc());
                Some((part.clone(), literal))
            })
            .collect();
        if !literals.is_empty() {
            let code = || argument.code.clone();
            let written = argument.followed.take();
            let Followed { tree, branches } =
                written.unwrap_or_else(|| Followed { tree: code(), branches: code() });
            let (tree, branches) = (replaced(&tree, &literals), replaced(&branches, &literals));
            argument.followed = Some(Followed { tree, branches });
        }
        argument.constants = found;
    }
}

fn constants_in(
    cx: &mut Expander<'_>,
    site: CallSite<'_>,
    code: &Node,
    found: &mut Vec<(Node, StaticValue)>,
) {
    if code.op().opens_scope() {
        return;
    }
    match node_denotes(&cx.resolver, site, code) {
        Some(entity) => {
            found.extend(value_of(cx, site, &entity).map(|value| (code.clone(), value)));
        }
        None => code.args().iter().for_each(|arg| constants_in(cx, site, arg, found)),
    }
}

fn value_of(cx: &mut Expander<'_>, site: CallSite<'_>, entity: &Entity) -> Option<StaticValue> {
    let Entity::Constant(home, name) = entity else { return None };
    if !cx.resolver.keeps_its_value(site.module, home, name) {
        return None;
    }
    let ns = load_namespace(&mut cx.stage(), home)?;
    let host = cx.compile_time.host();
    let value = host.variable(&ns, name)?;
    let is_settled = host.is_fixed(&value) || is_sourceless(&cx.resolver, &cx.compile_time, entity);
    is_settled.then_some(value)
}

/// The tree with some of its nodes replaced.
fn replaced(tree: &Node, replacements: &[(Node, Node)]) -> Node {
    match replacements.iter().find(|(old, _)| old.is(tree)) {
        Some((_, new)) => new.clone(),
        None => tree.map_args(|arg| replaced(arg, replacements)),
    }
}

/// What a name or attribute in code for the site denotes.
pub(super) fn node_denotes(
    resolver: &Resolver<'_>,
    site: CallSite<'_>,
    node: &Node,
) -> Option<Entity> {
    if node.op() == Op::ATTR {
        let [object, name] = node.args() else { return None };
        let object = node_denotes(resolver, site, object)?;
        return resolver.member_entity(site.module, object, name.text()?);
    }
    let name = node.name().filter(|_| node.op() == Op::VAR)?;
    let module = site.module;
    match node.origin() {
        Origin::Module(file) => {
            let home = resolver.project.module_of(file)?;
            resolver.export(&home, name)
        }
        Origin::Site => match own_loc(site, node) {
            Some(loc) => {
                let used = module.scopes.use_at(loc.range.start())?;
                resolver.entity_of_use(module, used).filter(|_| used.range == loc.range)
            }
            None => resolver.entity_in_scope(module, site.scope, name),
        },
        _ => None,
    }
}

/// Reports the constants without a source that an expansion would leave in the program.
pub(crate) fn report_sourceless(
    cx: &mut Expander<'_>,
    site: CallSite<'_>,
    replacement: Replacement,
) -> Result<Replacement, Reported> {
    let mut left = Vec::new();
    let replacement = replacement.map(|node| {
        sourceless_in(cx, site, node, &mut left);
        node.clone()
    });
    let mut outcome = Ok(replacement);
    for (node, entity) in left {
        let range = own_loc(site, &node).map_or(site.range, |loc| loc.range);
        let finding =
            sourceless_finding(&cx.resolver, &cx.compile_time, site.module, range, &entity);
        outcome = Err(match finding {
            Some(finding) => cx.findings.report(finding),
            None => cx.findings.reported_before(),
        });
    }
    outcome
}

fn sourceless_in(
    cx: &Expander<'_>,
    site: CallSite<'_>,
    node: &Node,
    left: &mut Vec<(Node, Entity)>,
) {
    let denoted = node_denotes(&cx.resolver, site, node)
        .filter(|entity| is_sourceless(&cx.resolver, &cx.compile_time, entity));
    match denoted {
        Some(entity) => left.push((node.clone(), entity)),
        None => node.args().iter().for_each(|arg| sourceless_in(cx, site, arg, left)),
    }
}
