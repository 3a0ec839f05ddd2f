//! `NAME = comptime(…)` with a value that has no source: compile-time code may use it, and the
//! output does without it.

use std::rc::Rc;

use rustpython_ast::Expr;
use rustpython_text_size::TextRange;

use super::Expander;
use super::entity::Entity;
use super::project::Module;
use crate::diagnostic::{Code, Finding};

impl Expander<'_> {
    /// Whether the name, if it is one, means nothing but such constants.
    pub(super) fn may_be_sourceless(&mut self, module: &Rc<Module>, name: Option<&str>) -> bool {
        let entity = name.and_then(|name| self.export(module, name));
        matches!(entity, Some(Entity::Constant(home, _)) if home.file == module.file)
    }

    /// Whether the entity is a constant whose value has no source.
    pub(super) fn is_sourceless(&mut self, entity: &Entity) -> bool {
        let Entity::Constant(home, name) = entity else { return false };
        self.namespace(home);
        self.sourceless.contains_key(&(home.file, name.to_string()))
    }

    /// Whether what is assigned is the value of such a constant.
    pub(super) fn is_sourceless_value(&self, module: &Module, value: &Expr) -> bool {
        let Expr::Call(call) = value else { return false };
        let mut known = self.sourceless.iter();
        known.any(|((file, _), (_, at))| *file == module.file && *at == call.range)
    }

    /// The finding about a use of the constant at run time.
    pub(super) fn sourceless_finding(
        &self,
        module: &Module,
        range: TextRange,
        entity: &Entity,
    ) -> Option<Finding> {
        let Entity::Constant(home, name) = entity else { return None };
        let (value, made) = self.sourceless.get(&(home.file, name.to_string()))?;
        let message = format!("`{name}` is {value}, which can't be written into the program");
        let finding = Finding::new(Code::NoSource, message, module.label(range, "used here"))
            .secondary(home.label(*made, "made here"))
            .help("compile-time code can use it: comptime(…) writes what that comes to");
        Some(finding)
    }
}
