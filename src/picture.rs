//! Pictures of code trees: as lines of text, for Graphviz, and as SVG.
//!
//! [`outline`] decides what is shown, once for all: each node with its op, its name or constant
//! and the code that it is; a node that occurs again is shown once and referred to afterwards;
//! parts that aren't there are left out. Static code is told apart from dynamic code. Knows trees
//! and how they print, and nothing of files.

mod fit;

mod outline;

mod layout;

mod text;

mod dot;

mod svg;

use crate::codenode::Node;

pub use dot::dot;
pub use svg::svg;
pub use text::{Ink, text};

/// A tree to be drawn.
#[derive(Clone, Debug)]
pub struct Titled {
    /// What the tree is of, if that needs saying.
    pub title: Option<String>,
    /// The tree.
    pub tree: Node,
}
