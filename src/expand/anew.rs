//! New names for the variables that a macro's code binds where it is put.

use std::collections::HashSet;

use super::Expander;
use super::callsite::CallSite;
use crate::codenode::{Name, Naming, Node, Op, Origin, Variable, bindings};
use crate::diagnostic::{Code, Finding};
use crate::residual::rename_variable;
use crate::scope::ScopeKind;

impl Expander<'_> {
    /// The code with names of this place for the variables that a macro's code binds in it: another
    /// expansion of the same macro has others. None if something was found.
    pub(super) fn named_anew(&mut self, site: CallSite<'_>, node: &Node) -> Option<Node> {
        let kind = site.module.scopes.kind(site.owner());
        let of_site = names_of_site(node);
        let mut node = node.clone();
        for variable in bindings(&node).iter().filter(|v| v.1 != Origin::Site) {
            let is_dotted = is_import_below(&node, variable);
            let name = match kind {
                // The names in a class are attributes, and stay.
                ScopeKind::Class => variable.0.clone(),
                _ if is_dotted && !self.is_taken(site, &variable.0) => variable.0.clone(),
                _ if is_dotted => {
                    self.find(import_clash(site, &variable.0));
                    return None;
                }
                _ => self.fresh_beside(site, &variable.0, &of_site),
            };
            if kind == ScopeKind::Module {
                node = with_global(&node, variable);
            }
            node = rename_variable(&node, variable, &(name, Origin::Site));
        }
        Some(node)
    }
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
        && node.args()[0].op() == Op::EMPTY
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
