//! Renaming of the variables that a macro's code binds at the call site.

use std::collections::HashSet;

use super::Hygiene;
use crate::codenode::{Name, Naming, Node, Op, Origin, Variable, bindings};
use crate::diagnostic::{Code, Finding};
use crate::expand::call_site::CallSite;
use crate::expand::findings::Reported;
use crate::expand::fresh_names::{fresh_beside, is_taken_at};
use crate::residual::rename_variable;
use crate::scope::ScopeKind;

/// The code with names of this place for the variables that a macro's code binds in it: another
/// expansion of the same macro has others.
pub(crate) fn rename_introduced(
    cx: &mut Hygiene<'_, '_>,
    site: CallSite<'_>,
    node: &Node,
) -> Result<Node, Reported> {
    let kind = site.module.scopes.kind(site.owner());
    if let Some(finding) = assigns_elsewhere(site, node) {
        return Err(cx.findings.report(finding));
    }
    let of_site = names_of_site(node);
    let mut node = node.clone();
    for variable in bindings(&node).iter().filter(|v| v.1 != Origin::Site) {
        let is_dotted = is_import_below(&node, variable);
        let name = match kind {
            // The names in a class are attributes, and stay.
            ScopeKind::Class if is_attribute(site, &variable.0) => {
                return Err(cx.findings.report(attribute_clash(site, &variable.0)));
            }
            ScopeKind::Class => variable.0.clone(),
            _ if is_dotted && !is_taken_at(cx.output, site, &variable.0) => variable.0.clone(),
            _ if is_dotted => {
                return Err(cx.findings.report(import_clash(site, &variable.0)));
            }
            _ => fresh_beside(cx.output, site, &variable.0, &of_site),
        };
        if kind == ScopeKind::Module {
            node = with_global(&node, variable);
        }
        node = rename_variable(&node, variable, &(name, Origin::Site));
    }
    Ok(node)
}

/// Whether the class around the site gives something this name elsewhere.
fn is_attribute(site: CallSite<'_>, name: &str) -> bool {
    let own = site.module.scopes.bindings(site.owner(), name).iter();
    own.filter(|binding| !site.range.contains_range(binding.range)).count() > 0
}

/// Code of a macro can't give a value to a global of another module than the one it is put into.
fn assigns_elsewhere(site: CallSite<'_>, node: &Node) -> Option<Finding> {
    let is_foreign = |origin: Origin| match origin {
        Origin::Module(file) => file != site.module.file,
        _ => false,
    };
    let declared = match node.op() {
        Op::GLOBAL => node.args().iter().find(|name| is_foreign(name.origin())),
        _ => None,
    };
    if let Some(name) = declared.and_then(Node::name) {
        let message = format!(
            "this expansion isn't possible here: `{name}` is a global of the macro's module, and \
             another module can't assign it"
        );
        let label = site.module.label(site.range, "for this");
        let help = "let a function of the macro's module do that, and call it";
        return Some(Finding::new(Code::NeedsStatements, message, label).help(help));
    }
    node.args().iter().find_map(|arg| assigns_elsewhere(site, arg))
}

fn attribute_clash(site: CallSite<'_>, name: &str) -> Finding {
    let message = format!(
        "this expansion isn't possible here: the class has a `{name}`, which it would replace"
    );
    Finding::new(Code::NeedsStatements, message, site.module.label(site.range, "for this"))
}

fn import_clash(site: CallSite<'_>, name: &str) -> Finding {
    let message = format!(
        "this expansion isn't possible here: it imports a module below `{name}`, which is another \
         variable here"
    );
    Finding::new(Code::NeedsStatements, message, site.module.label(site.range, "for this"))
        .help("let the macro import it under another name: `import a.b as c`")
}

/// The names by which the code means variables of the call site.
fn names_of_site(node: &Node) -> HashSet<Name> {
    fn collect(node: &Node, out: &mut HashSet<Name>) {
        if node.op().naming() == Naming::Own && node.origin() == Origin::Site {
            out.extend(node.name().cloned());
        }
        node.args().iter().for_each(|arg| collect(arg, out));
    }
    let mut out = HashSet::new();
    collect(node, &mut out);
    out
}

/// Whether `import a.b` binds the variable, `a`.
fn is_import_below(node: &Node, variable: &Variable) -> bool {
    let is_below =
        |name: &Name| name.strip_prefix(&*variable.0).is_some_and(|rest| rest.starts_with('.'));
    let is_it = node.op() == Op::ALIAS
        && node.origin() == variable.1
        && node.arg(0).op() == Op::EMPTY
        && node.name().is_some_and(is_below);
    is_it || node.args().iter().any(|arg| is_import_below(arg, variable))
}

/// What is `nonlocal` in the macro's function is `global` at the top level of a module.
fn with_global(node: &Node, variable: &Variable) -> Node {
    let is_it = |name: &Node| name.name() == Some(&variable.0) && name.origin() == variable.1;
    if node.op() == Op::NONLOCAL && node.args().iter().any(is_it) {
        return Node::new(Op::GLOBAL, node.args().to_vec()).with_loc(node.loc());
    }
    node.map_args(|arg| with_global(arg, variable))
}
