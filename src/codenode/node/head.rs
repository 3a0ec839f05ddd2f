//! What a source has around a statement, and how it wrote the head of one with a body.

use super::{Name, Node};

/// The comments and blank lines around a statement in its source. Comments have no indentation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trivia {
    /// The lines above: comments, and empty texts for blank lines.
    pub above: Vec<Box<str>>,
    /// The comment at the end of its line, or of its head if it has a body.
    pub beside: Option<Box<str>>,
    /// The lines below the last statement of a body, which belong to the body.
    pub below: Vec<Box<str>>,
}

/// The head of a statement with a body as its source wrote it, without decorators, from its
/// keyword to its colon, with line ends as in a spelling.
#[derive(Debug)]
pub struct Head {
    pub text: Box<str>,
    /// The words that it begins with: other ones if the op is changed, or if the node becomes the
    /// alternative of an `if`.
    pub(super) keyword: &'static str,
    /// What it says, by which it can be told whether it still holds: the name, and the arguments
    /// but for decorators and bodies.
    name: Option<Name>,
    parts: Vec<Node>,
}

impl Head {
    /// The head `text` of `node`, which begins with `keyword`.
    pub fn new(text: &str, keyword: &'static str, node: &Node) -> Head {
        let parts = head_parts(node).cloned().collect();
        Head { text: text.into(), keyword, name: node.name().cloned(), parts }
    }

    /// The same head, of `node`.
    #[must_use]
    pub fn of(&self, node: &Node) -> Head {
        Head::new(&self.text, self.keyword, node)
    }

    pub(super) fn holds(&self, node: &Node) -> bool {
        let mut parts = head_parts(node);
        self.name.as_ref() == node.name()
            && self.parts.iter().all(|part| parts.next().is_some_and(|own| own.is(part)))
            && parts.next().is_none()
    }
}

/// What is said in the head of a statement with a body.
fn head_parts(node: &Node) -> impl Iterator<Item = &Node> {
    let fields = node.op().fields();
    node.args().iter().enumerate().filter_map(move |(index, arg)| {
        let name = fields.get(index).map_or("", |field| field.name);
        let is_other = matches!(
            name,
            "decorators" | "docstring" | "body" | "orelse" | "finalbody" | "handlers" | "cases"
        );
        (!is_other).then_some(arg)
    })
}
