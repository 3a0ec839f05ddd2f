//! The node: an op, its arguments and a name, immutable and shared.

use std::rc::Rc;

use rustpython_text_size::TextRange;

use super::ops::Op;
use super::value::Value;
use crate::source::FileId;

/// An identifier or another word of the syntax.
pub type Name = Rc<str>;

/// Where a node came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loc {
    pub file: FileId,
    pub range: TextRange,
}

/// A step of the residual program whose value a TEMPORARY stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TemporaryId(pub u32);

/// Whose scope a name belongs to: what hygiene is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The place where the code is put: the call site.
    Site,
    /// The top level of the module with this file, wherever the code is put.
    Module(FileId),
    /// Python's builtins, wherever the code is put.
    Builtin,
    /// The module of Python's standard library with this name, wherever the code is put.
    Library,
    /// The function with this number that the expansion of the file defines.
    Specialised(u32),
    /// Bound inside the quoted code itself, by the quotation with this number.
    Quote(u32),
}

/// What a leaf holds besides its name.
#[derive(Clone, Debug, PartialEq)]
enum Payload {
    None,
    Constant(Value),
    Temporary(TemporaryId),
}

#[derive(Debug)]
struct NodeData {
    op: Op,
    args: Box<[Node]>,
    name: Option<Name>,
    payload: Payload,
    origin: Origin,
    loc: Option<Loc>,
    /// How the source wrote it: true for this very node, so it is lost when the node is rebuilt.
    spelling: Option<Rc<str>>,
    /// What is in the tree, itself included, so that walks can pass by what isn't.
    holds: Holds,
}

/// What a tree may hold that some walks look for.
#[derive(Clone, Copy, Debug, Default)]
struct Holds {
    temporary: bool,
    assignment: bool,
    scope: bool,
    /// How many nodes there are when the tree is written out, up to the greatest number.
    nodes: u64,
}

impl Holds {
    fn of(op: Op, args: &[Node]) -> Holds {
        args.iter().fold(
            Holds {
                temporary: op == Op::TEMPORARY,
                assignment: op == Op::WALRUS || op.is_statement(),
                scope: op.opens_scope(),
                nodes: 1,
            },
            |all, arg| Holds {
                temporary: all.temporary || arg.0.holds.temporary,
                assignment: all.assignment || arg.0.holds.assignment,
                scope: all.scope || arg.0.holds.scope,
                nodes: all.nodes.saturating_add(arg.0.holds.nodes),
            },
        )
    }
}

/// A piece of code. Cloning shares.
#[derive(Clone, Debug)]
pub struct Node(Rc<NodeData>);

/// Why a tree is no code.
#[derive(Clone, Debug)]
pub struct Malformed {
    pub message: String,
}

impl Node {
    /// A node with these arguments. Its form isn't checked here but by [`super::check`].
    pub fn new(op: Op, args: Vec<Node>) -> Node {
        Node(Rc::new(NodeData {
            op,
            holds: Holds::of(op, &args),
            args: args.into_boxed_slice(),
            name: None,
            payload: Payload::None,
            origin: Origin::Site,
            loc: None,
            spelling: None,
        }))
    }

    /// A constant.
    pub fn value(value: Value) -> Node {
        Node::new(Op::VALUE, Vec::new()).with(|d| d.payload = Payload::Constant(value))
    }

    /// A variable.
    pub fn var(name: impl Into<Name>, origin: Origin) -> Node {
        Node::new(Op::VAR, Vec::new()).with(|d| {
            d.name = Some(name.into());
            d.origin = origin;
        })
    }

    /// The value of an earlier step.
    pub fn temporary(id: TemporaryId) -> Node {
        Node::new(Op::TEMPORARY, Vec::new()).with(|d| d.payload = Payload::Temporary(id))
    }

    /// An optional part that isn't there.
    pub fn empty() -> Node {
        Node::new(Op::EMPTY, Vec::new())
    }

    /// A call of `callee`.
    pub fn call(callee: Node, arguments: Vec<Node>) -> Node {
        let mut args = vec![callee];
        args.extend(arguments);
        Node::new(Op::CALL, args)
    }

    /// `object.attribute`.
    pub fn attribute(object: Node, attribute: &str) -> Node {
        Node::new(Op::ATTR, vec![object, Node::value(Value::text(attribute))])
    }

    fn with(self, change: impl FnOnce(&mut NodeData)) -> Node {
        let mut data = Rc::try_unwrap(self.0).unwrap_or_else(|shared| NodeData {
            op: shared.op,
            args: shared.args.clone(),
            name: shared.name.clone(),
            payload: shared.payload.clone(),
            origin: shared.origin,
            loc: shared.loc,
            spelling: shared.spelling.clone(),
            holds: shared.holds,
        });
        change(&mut data);
        Node(Rc::new(data))
    }

    /// The same node, said to come from `loc`.
    #[must_use]
    pub fn with_loc(self, loc: Option<Loc>) -> Node {
        self.with(|d| d.loc = loc)
    }

    /// The same node under another name. What its source wrote is forgotten.
    #[must_use]
    pub fn with_name(self, name: Option<Name>) -> Node {
        self.with(|d| {
            d.name = name;
            d.spelling = None;
        })
    }

    /// The same node, its name belonging to `origin`.
    #[must_use]
    pub fn with_origin(self, origin: Origin) -> Node {
        self.with(|d| d.origin = origin)
    }

    /// The same node as its source spelled it.
    #[must_use]
    pub fn with_spelling(self, spelling: &str) -> Node {
        self.with(|d| d.spelling = Some(spelling.into()))
    }

    /// The same node with other arguments. What its source wrote is forgotten.
    #[must_use]
    pub fn with_args(&self, args: Vec<Node>) -> Node {
        self.clone().with(|d| {
            d.holds = Holds::of(d.op, &args);
            d.args = args.into_boxed_slice();
            d.spelling = None;
        })
    }

    /// The same tree, each node built anew from `change`d arguments where one of them changed.
    /// Sharing is kept where nothing did.
    #[must_use]
    pub fn map_args(&self, mut change: impl FnMut(&Node) -> Node) -> Node {
        let mut touched = false;
        let args: Vec<Node> = self
            .args()
            .iter()
            .map(|arg| {
                let new = change(arg);
                touched |= !new.is(arg);
                new
            })
            .collect();
        if touched { self.with_args(args) } else { self.clone() }
    }

    pub fn op(&self) -> Op {
        self.0.op
    }

    pub fn args(&self) -> &[Node] {
        &self.0.args
    }

    pub fn name(&self) -> Option<&Name> {
        self.0.name.as_ref()
    }

    pub fn loc(&self) -> Option<Loc> {
        self.0.loc
    }

    pub fn origin(&self) -> Origin {
        self.0.origin
    }

    pub fn spelling(&self) -> Option<&str> {
        self.0.spelling.as_deref()
    }

    /// The constant of a VALUE.
    pub fn constant(&self) -> Option<&Value> {
        match &self.0.payload {
            Payload::Constant(value) => Some(value),
            _ => None,
        }
    }

    /// The text of a VALUE that is a plain string: an attribute's name, say.
    pub fn text(&self) -> Option<&str> {
        match self.constant() {
            Some(Value::Str(text)) => text.as_str().ok(),
            _ => None,
        }
    }

    /// The step of a TEMPORARY.
    pub fn temporary_id(&self) -> Option<TemporaryId> {
        match self.0.payload {
            Payload::Temporary(id) => Some(id),
            _ => None,
        }
    }

    /// Whether a TEMPORARY is in the tree.
    pub fn holds_temporary(&self) -> bool {
        self.0.holds.temporary
    }

    /// Whether an assignment, as an expression or a statement, is in the tree.
    pub fn holds_assignment(&self) -> bool {
        self.0.holds.assignment
    }

    /// Whether a lambda or comprehension is in the tree.
    pub fn holds_scope(&self) -> bool {
        self.0.holds.scope
    }

    /// How many nodes the tree has, those that it shares counted each time they occur.
    pub fn size(&self) -> u64 {
        self.0.holds.nodes
    }

    /// Whether both are one shared node.
    pub fn is(&self, other: &Node) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// An address that two handles share exactly when [`Node::is`] holds, while either lives.
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0) as usize
    }

    /// The name of the variable that this node defines: none for words of the syntax and for
    /// variables themselves.
    pub fn variable(&self) -> Option<&Name> {
        use super::ops::Naming;
        match (self.op(), self.op().naming()) {
            (Op::VAR, _) | (_, Naming::Word) => None,
            _ => self.name(),
        }
    }
}

impl PartialEq for Node {
    /// Structural: where a node came from and how it was spelled don't count.
    fn eq(&self, other: &Self) -> bool {
        self.is(other)
            || self.op() == other.op()
                && self.name() == other.name()
                && self.0.payload == other.0.payload
                && self.args() == other.args()
    }
}
