//! What is known of a compile-time function from its text.

use rustpython_ast::Stmt;

use crate::codenode::{Name, Node, Origin};
use crate::source::FileId;

/// What is known of a macro from its text.
#[derive(Clone, Debug)]
pub(crate) struct MacroInfo {
    pub name: Name,
    /// Parameters that positional arguments bind to, in order.
    pub positional: Vec<Name>,
    /// Parameters that only keywords bind to.
    pub keyword_only: Vec<Name>,
    /// What takes further positional arguments.
    pub vararg: Option<Name>,
    /// What takes further keyword arguments.
    pub kwarg: Option<Name>,
    /// The parameters whose code it takes somewhere: they aren't evaluated at the call.
    pub unevaled: Vec<Name>,
}

impl MacroInfo {
    /// The parameter that an argument goes to: the `index`th positional one, or a keyword's.
    pub(crate) fn parameter(&self, index: usize, keyword: Option<&Name>) -> Option<&Name> {
        match keyword {
            None => self.positional.get(index).or(self.vararg.as_ref()),
            Some(keyword) => {
                let mut named = self.positional.iter().chain(&self.keyword_only);
                named.find(|name| *name == keyword).or(self.kwarg.as_ref())
            }
        }
    }
}

/// What is known of an `@unroll` function from its text.
#[derive(Debug)]
pub(crate) struct UnrollInfo {
    pub name: Name,
    pub home: FileId,
    /// The function, its expressions staged.
    pub body: Vec<Stmt>,
    /// Its local variables, parameters first.
    pub locals: Vec<Name>,
    pub parameters: usize,
    /// Why it always stays a plain function, if it does.
    pub plain: Option<&'static str>,
    /// Whether the program has the function as well.
    pub has_plain_form: bool,
}

impl UnrollInfo {
    /// A reference to the plain function.
    pub(crate) fn reference(&self) -> Node {
        Node::var(self.name.clone(), Origin::Module(self.home))
    }

    /// The names of its parameters.
    pub(crate) fn parameter_names(&self) -> &[Name] {
        self.locals.get(..self.parameters).unwrap_or(&self.locals)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_go_to_the_parameters_that_python_gives_them() {
        let name = |name: &str| Name::from(name);
        let info = MacroInfo {
            name: name("m"),
            positional: vec![name("a"), name("b")],
            keyword_only: vec![name("c")],
            vararg: Some(name("rest")),
            kwarg: None,
            unevaled: Vec::new(),
        };
        let check = |index, keyword: Option<&str>, expected: Option<&str>| {
            let keyword = keyword.map(Name::from);
            let found = info.parameter(index, keyword.as_ref()).map(|name| &**name);
            assert_eq!(found, expected, "{index} {keyword:?}");
        };
        check(1, None, Some("b"));
        check(2, None, Some("rest"));
        check(0, Some("c"), Some("c"));
        check(0, Some("a"), Some("a"));
        check(0, Some("d"), None);
    }
}
