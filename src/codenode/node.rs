//! The node: an op, its arguments and a name, immutable and shared.

mod definition;
mod evaluation;
mod head;
mod statements;

use std::convert::Infallible;
use std::rc::Rc;

use rustpython_text_size::TextRange;

use super::value::Value;
use crate::python::op::{Naming, Op, Shape, field_range};
use crate::source::FileId;

pub(crate) use head::{Head, Trivia};

/// An identifier or another word of the syntax.
pub(crate) type Name = Rc<str>;

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
    /// The value of this step of the residual program, which the node stands for as long as its
    /// code can't be computed again.
    Step(TemporaryId),
    /// Whatever binds the name around the place where the node is put: what `codenode(VAR, …)`
    /// makes, until the tree goes into the program.
    Here,
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
    /// How the source wrote it, a literal as one text or several one after the other. It is true
    /// for this very node, so it is lost when the node is rebuilt.
    spelling: Option<Rc<[Box<str>]>>,
    /// What the source has around a statement. It stays with a node that is changed.
    trivia: Option<Rc<Trivia>>,
    /// How the source wrote its head, if it has one. It stays as well, and may not hold any more.
    head: Option<Rc<Head>>,
    /// Whether it stands for its variable as long as it is as it was made.
    once: bool,
    /// The variable that its own variable is a copy of, as it was followed.
    copied: Option<Node>,
    /// What is in the tree, itself included, so that walks can pass by what isn't.
    holds: Contents,
}

/// What a tree may hold that some walks look for.
#[derive(Clone, Copy, Debug, Default)]
struct Contents {
    temporary: bool,
    assignment: bool,
    scope: bool,
    /// Whether something in it isn't constant.
    dynamic: bool,
    complex: bool,
    /// Below the node itself.
    definition: bool,
    /// How many nodes there are when the tree is written out, up to the greatest number.
    nodes: u64,
}

impl Contents {
    fn of(op: Op, args: &[Node], payload: &Payload) -> Contents {
        let complex = matches!(payload, Payload::Constant(Value::Complex { .. }));
        let mut holds = args.iter().fold(
            Contents {
                temporary: op == Op::TEMPORARY,
                assignment: op.binds() || is_statement(op, args),
                scope: op.opens_scope(),
                dynamic: !op.keeps_constant(),
                complex,
                definition: false,
                nodes: 1,
            },
            |all, arg| Contents {
                temporary: all.temporary || arg.0.holds.temporary,
                assignment: all.assignment || arg.0.holds.assignment,
                scope: all.scope || arg.0.holds.scope,
                dynamic: all.dynamic || arg.0.holds.dynamic,
                complex: all.complex || arg.0.holds.complex,
                definition: all.definition || arg.0.holds.definition || arg.stands_for_variable(),
                nodes: all.nodes.saturating_add(arg.0.holds.nodes),
            },
        );
        // What mixed real and complex operands give differs between Pythons.
        holds.dynamic |= holds.complex && op != Op::PLUS && matches!(op.shape(), Shape::Binary(..));
        holds
    }
}

/// An IF is both: its bodies tell.
fn is_statement(op: Op, args: &[Node]) -> bool {
    match op {
        Op::IF => args.get(1).is_some_and(|body| body.op() == Op::BLOCK),
        _ => op.shape() == Shape::Statement,
    }
}

/// A piece of code. Cloning shares.
#[derive(Clone, Debug)]
pub struct Node(Rc<NodeData>);

/// Why a tree is no code.
#[derive(Clone, Debug)]
pub struct Malformed {
    /// The reason, in words.
    pub message: String,
}

impl Node {
    /// A node with these arguments. Its form isn't checked here but by [`super::check`].
    pub fn new(op: Op, args: Vec<Node>) -> Node {
        Node::with_payload(op, args, Payload::None)
    }

    fn with_payload(op: Op, args: Vec<Node>, payload: Payload) -> Node {
        Node(Rc::new(NodeData {
            op,
            holds: Contents::of(op, &args, &payload),
            args: args.into_boxed_slice(),
            name: None,
            payload,
            origin: Origin::Site,
            loc: None,
            spelling: None,
            trivia: None,
            head: None,
            once: false,
            copied: None,
        }))
    }

    /// A constant.
    pub fn value(value: Value) -> Node {
        Node::with_payload(Op::VALUE, Vec::new(), Payload::Constant(value))
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
        Node::with_payload(Op::TEMPORARY, Vec::new(), Payload::Temporary(id))
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
            trivia: shared.trivia.clone(),
            head: shared.head.clone(),
            once: shared.once,
            copied: shared.copied.clone(),
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
            d.once = false;
            d.copied = None;
        })
    }

    /// The same definition of a variable, which stands for the variable until it is changed:
    /// computing it again might do something, or give another object.
    #[must_use]
    pub fn with_once(self) -> Node {
        self.with(|d| d.once = true)
    }

    /// The same variable, known to be a copy of another.
    #[must_use]
    pub fn with_copied(self, copied: Option<Node>) -> Node {
        self.with(|d| d.copied = copied)
    }

    /// The variable that its own variable is a copy of.
    pub fn copied(&self) -> Option<&Node> {
        self.0.copied.as_ref()
    }

    /// The same node, its name belonging to `origin`.
    #[must_use]
    pub fn with_origin(self, origin: Origin) -> Node {
        self.with(|d| d.origin = origin)
    }

    /// The same node as its source spelled it.
    #[must_use]
    pub fn with_spelling(self, parts: &[&str]) -> Node {
        self.with(|d| d.spelling = Some(parts.iter().map(|part| Box::from(*part)).collect()))
    }

    /// The same node, which is computed wherever it stands.
    #[must_use]
    pub fn without_once(self) -> Node {
        if self.0.once { self.with(|d| d.once = false) } else { self }
    }

    /// The same node with this around it.
    #[must_use]
    pub fn with_trivia(self, trivia: Option<Rc<Trivia>>) -> Node {
        self.with(|d| d.trivia = trivia)
    }

    /// The same node, its head written like this.
    #[must_use]
    pub fn with_head(self, head: Option<Rc<Head>>) -> Node {
        self.with(|d| d.head = head)
    }

    /// How its source wrote its head, if it begins with `keyword` and the node still says that.
    pub fn head(&self, keyword: &str) -> Option<&str> {
        let head = self.0.head.as_ref()?;
        (head.keyword == keyword && head.holds(self)).then_some(&*head.text)
    }

    /// The head that its source wrote, whatever the node says now.
    pub fn written_head(&self) -> Option<&Rc<Head>> {
        self.0.head.as_ref()
    }

    /// The same tree, nothing of which is spelled by a source any more, and without the comments
    /// and blank lines of one.
    #[must_use]
    pub fn without_spelling(&self) -> Node {
        let node = self.map_args(Node::without_spelling);
        match node.0.spelling.is_some() || node.0.trivia.is_some() || node.0.head.is_some() {
            true => node.with(|d| (d.spelling, d.trivia, d.head) = (None, None, None)),
            false => node,
        }
    }

    /// The same node with other arguments. What its source wrote is forgotten.
    #[must_use]
    pub fn with_args(&self, args: Vec<Node>) -> Node {
        self.clone().with(|d| {
            d.holds = Contents::of(d.op, &args, &d.payload);
            d.args = args.into_boxed_slice();
            d.spelling = None;
            d.once = false;
            d.copied = None;
        })
    }

    /// The same tree, each node built anew from `change`d arguments where one of them changed.
    /// Sharing is kept where nothing did.
    #[must_use]
    pub fn map_args(&self, mut change: impl FnMut(&Node) -> Node) -> Node {
        let Ok(node) = self.try_map_args(|arg| Ok::<_, Infallible>(change(arg)));
        node
    }

    /// Likewise, up to the first argument that can't be changed.
    ///
    /// # Errors
    /// The first of `change`.
    pub fn try_map_args<E>(&self, change: impl FnMut(&Node) -> Result<Node, E>) -> Result<Node, E> {
        let args = self.args().iter().map(change).collect::<Result<Vec<_>, E>>()?;
        let is_same = args.iter().zip(self.args()).all(|(new, old)| new.is(old));
        Ok(if is_same { self.clone() } else { self.with_args(args) })
    }

    /// Its op.
    pub fn op(&self) -> Op {
        self.0.op
    }

    /// Its arguments, in the order of the op's fields.
    pub fn args(&self) -> &[Node] {
        &self.0.args
    }

    /// The argument at `index`. A tree is checked before it is taken apart, so it is there; a node
    /// with fewer has nothing there.
    pub fn arg(&self, index: usize) -> &Node {
        thread_local!(static NOTHING: &'static Node = Box::leak(Box::new(Node::empty())));
        self.args().get(index).unwrap_or_else(|| NOTHING.with(|nothing| *nothing))
    }

    /// Its name, if its op has one.
    pub fn name(&self) -> Option<&Name> {
        self.0.name.as_ref()
    }

    /// Where it was written.
    pub fn loc(&self) -> Option<Loc> {
        self.0.loc
    }

    /// Where its name gets its meaning.
    pub fn origin(&self) -> Origin {
        self.0.origin
    }

    /// How its source wrote it: a literal as one text or several, all else as one.
    pub fn spelling(&self) -> Option<&[Box<str>]> {
        self.0.spelling.as_deref()
    }

    /// What its source has around it.
    pub fn trivia(&self) -> Option<&Rc<Trivia>> {
        self.0.trivia.as_ref()
    }

    /// Whether it is an expression by itself.
    pub fn is_expression(&self) -> bool {
        !matches!(self.op().shape(), Shape::Statement | Shape::Pattern | Shape::Part)
            && !self.is_statement()
    }

    /// Whether it is a statement.
    pub fn is_statement(&self) -> bool {
        is_statement(self.op(), self.args())
    }

    /// The arguments of the field with this name: one, or as many as the field stands for. None if
    /// the op has no such field.
    pub fn field(&self, name: &str) -> Option<&[Node]> {
        let fields = self.op().fields();
        let index = fields.iter().position(|field| field.name == name)?;
        let (start, end) = field_range(fields, index, self.args().len());
        self.args().get(start..end)
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

    /// Whether it is a constant expression, so that its value is known at compile time: constants,
    /// and operators, displays and f-strings of such (language.md §3).
    pub fn is_static(&self) -> bool {
        !self.0.holds.dynamic
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
        match self.op().naming() {
            Naming::Variable => self.name(),
            _ => None,
        }
    }
}

impl PartialEq for Node {
    /// Structural: where a node came from and how it was spelled don't count, and copies of one
    /// variable are that variable.
    fn eq(&self, other: &Self) -> bool {
        self.is(other)
            || self.op() == other.op()
                && (self.name() == other.name() || self.shares_variable(other))
                && self.0.payload == other.0.payload
                && self.args() == other.args()
    }
}
