//! Names that a macro brings along mean at the call site what they meant in the macro's module
//! (SPEC §8): by the name itself where it already does, by an added import otherwise.

use std::rc::Rc;

use super::Expander;
use super::callsite::CallSite;
use super::project::Module;
use crate::codenode::{Name, Node, Op, Origin};
use crate::diagnostic::{Code, Finding};
use crate::residual::fresh_name;
use crate::scope::{BindingKind, Imported, Place, ScopeId};
use crate::source::FileId;

/// The imports that expansions in a file need.
#[derive(Default)]
pub(super) struct AddedImports {
    /// What is imported, and the name it has in the file.
    imports: Vec<(Target, Name)>,
}

/// Something to import: `import module`, or `from module import member`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    module: String,
    member: Option<String>,
    /// The module below it that `import module.below` loads as well.
    below: Option<String>,
}

impl Target {
    fn statement(&self, name: &str) -> String {
        let own = self.member.as_deref().unwrap_or(&self.module);
        let alias = if own == name { String::new() } else { format!(" as {name}") };
        match &self.member {
            Some(member) => format!("from {} import {member}{alias}", self.module),
            None => match &self.below {
                Some(below) if alias.is_empty() => format!("import {below}"),
                _ => format!("import {}{alias}", self.module),
            },
        }
    }
}

impl AddedImports {
    /// The import statements, in the order in which they came to be needed.
    pub fn statements(&self) -> Vec<String> {
        self.imports.iter().map(|(target, name)| target.statement(name)).collect()
    }
}

impl Expander<'_> {
    /// The same code, each name of a macro's module made to mean it here; none if that can't be.
    pub(super) fn settle_names(
        &mut self,
        site: CallSite<'_>,
        node: &Node,
        added: &mut AddedImports,
    ) -> Option<Node> {
        let mut failed = false;
        let node = node.map_args(|arg| {
            let new = self.settle_names(site, arg, added);
            failed |= new.is_none();
            new.unwrap_or_else(|| arg.clone())
        });
        if failed {
            return None;
        }
        match (node.op(), node.origin(), node.name()) {
            (Op::VAR, Origin::Builtin, Some(name)) => {
                Some(self.settle_builtin(site, &name.clone(), node, added))
            }
            (Op::VAR, Origin::Library, Some(name)) => {
                let target = Target { module: name.to_string(), member: None, below: None };
                let name = self.import(site, target, added);
                Some(node.with_name(Some(name)).with_origin(Origin::Site))
            }
            (Op::VAR, Origin::Module(file), Some(name)) => {
                self.settle_global(site, &name.clone(), file, node, added)
            }
            _ => Some(node),
        }
    }

    fn settle_builtin(
        &mut self,
        site: CallSite<'_>,
        name: &str,
        node: Node,
        added: &mut AddedImports,
    ) -> Node {
        if site.module.scopes.lookup(site.scope, name) == Place::Unbound {
            return node;
        }
        let target = Target { module: "builtins".to_owned(), member: None, below: None };
        let builtins = self.import(site, target, added);
        Node::attribute(Node::var(builtins, Origin::Site), name).with_loc(node.loc())
    }

    fn settle_global(
        &mut self,
        site: CallSite<'_>,
        name: &str,
        file: FileId,
        node: Node,
        added: &mut AddedImports,
    ) -> Option<Node> {
        if file == site.module.file {
            let place = site.module.scopes.lookup(site.scope, name);
            if matches!(place, Place::Unbound | Place::Bound(ScopeId::MODULE)) {
                return Some(node);
            }
            let message = format!(
                "this expansion isn't possible here yet: it uses the module's `{name}`, which is \
                 shadowed here"
            );
            let label = site.module.label(site.range, "in this call");
            self.find(Finding::new(Code::NeedsStatements, message, label));
            return None;
        }
        let home = self.project.module_of(file)?;
        let target = target_of(&home, name);
        let name = self.import(site, target, added);
        Some(node.with_name(Some(name)).with_origin(Origin::Site))
    }

    /// The name under which `target` is reached at the site.
    fn import(&mut self, site: CallSite<'_>, target: Target, added: &mut AddedImports) -> Name {
        let scopes = &site.module.scopes;
        let wanted = target.member.as_deref().unwrap_or(&target.module).to_owned();
        let visible = |name: &str| match scopes.lookup(site.scope, name) {
            Place::Bound(scope) => scope == ScopeId::MODULE,
            Place::Unbound => false,
        };
        // The file imports the same thing itself.
        for name in scopes.names(ScopeId::MODULE) {
            if let [binding] = scopes.bindings(ScopeId::MODULE, name)
                && import_of(site.module, &binding.kind).as_ref() == Some(&target)
                && visible(name)
                && binding.range.end() <= site.range.start()
            {
                return name.into();
            }
        }
        if let Some((_, name)) = added.imports.iter().find(|(known, _)| *known == target) {
            return name.clone();
        }
        let taken = |name: &str| {
            scopes.all_names().contains(name)
                || self.introduced.iter().any(|(_, introduced)| &**introduced == name)
                || added.imports.iter().any(|(_, n)| &**n == name)
        };
        let name = match taken(&wanted) {
            false => wanted.as_str().into(),
            true if !taken(&format!("_{wanted}")) => format!("_{wanted}").as_str().into(),
            true => fresh_name(&format!("_{wanted}"), &taken),
        };
        added.imports.push((target, Name::clone(&name)));
        name
    }
}

/// How another module gets at the global `name` of `home`: what it imports is imported from
/// where it comes from.
fn target_of(home: &Rc<Module>, name: &str) -> Target {
    if let [binding] = home.scopes.bindings(ScopeId::MODULE, name)
        && let Some(target) = import_of(home, &binding.kind)
    {
        return target;
    }
    Target { module: home.name.clone(), member: Some(name.to_owned()), below: None }
}

fn import_of(module: &Module, kind: &BindingKind) -> Option<Target> {
    let BindingKind::Import { module: imported, level, name, object, .. } = kind else {
        return None;
    };
    let imported = module.absolute(*level, imported.as_deref())?;
    match name {
        Some(member) => {
            Some(Target { module: imported, member: Some(member.to_string()), below: None })
        }
        None => match imported.split_once('.') {
            Some((root, _)) if *object == Imported::Root => {
                let root = root.to_owned();
                Some(Target { module: root, member: None, below: Some(imported) })
            }
            _ => Some(Target { module: imported, member: None, below: None }),
        },
    }
}
