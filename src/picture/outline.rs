//! What a picture shows of a tree: its nodes in preorder, each once.

use std::collections::HashMap;

use crate::codenode::{FieldKind, Name, Naming, Node, Op, Shape, constant_repr, field_range};
use crate::print::{self, Style};

/// The most nodes of a part whose code is shown: to print each part of a deep tree costs the more
/// the bigger they may be.
const MOST_NODES: u64 = 300;

/// The most nodes of a tree whose code is shown.
const MOST_NODES_OF_ALL: u64 = 20_000;

/// When the value of code is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ItemStage {
    /// At compile time: a constant expression.
    Static,
    /// At run time.
    Dynamic,
    /// It has no value: a piece of a form.
    Part,
}

/// A node of the picture.
#[derive(Debug)]
pub(super) struct OutlineItem {
    /// The field of its parent that it is in, where that needs saying.
    pub role: Option<&'static str>,
    pub op: Op,
    /// The variable that holds its value, or the mark by which it is referred to.
    pub label: Option<ItemLabel>,
    /// The name or constant of a leaf, or the name of what has one.
    pub word: String,
    /// The code that it is, on one line; may be empty.
    pub code: String,
    pub stage: ItemStage,
    pub parent: Option<usize>,
    pub children: Vec<usize>,
    /// The item that shows the same node: this one only refers to it.
    pub again: Option<usize>,
}

/// By what a node is referred to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ItemLabel {
    /// The variable that holds its value.
    Variable(Name),
    /// A number, as it has no name.
    Number(usize),
}

impl OutlineItem {
    /// What it is called: its op, with its label before it.
    pub(crate) fn heading(&self) -> String {
        match &self.label {
            Some(ItemLabel::Variable(name)) => format!("{name} = {}", self.op),
            Some(ItemLabel::Number(number)) => format!("#{number} {}", self.op),
            None => self.op.to_string(),
        }
    }

    /// By what other places refer to it.
    pub(crate) fn reference(&self) -> String {
        match &self.label {
            Some(ItemLabel::Variable(name)) => format!("→ {name}"),
            Some(ItemLabel::Number(number)) => format!("→ #{number}"),
            None => "→".to_owned(),
        }
    }
}

/// The items of `root`, parents before children and in the order of the code; the root is first.
pub(super) fn outline(root: &Node) -> Vec<OutlineItem> {
    let mut items: Vec<OutlineItem> = Vec::new();
    let mut seen = Seen::default();
    let mut numbers = 0;
    let mut open = vec![(root, None, None)];
    while let Some((node, parent, role)) = open.pop() {
        let index = items.len();
        if let Some(parent) = parent.and_then(|parent: usize| items.get_mut(parent)) {
            parent.children.push(index);
        }
        let first = seen.find(node, index);
        let mut item = item(node, parent, role, first);
        if let Some(first) = first.and_then(|first| items.get_mut(first)) {
            let label = first.label.get_or_insert_with(|| {
                numbers += 1;
                ItemLabel::Number(numbers)
            });
            item.label = Some(label.clone());
        }
        items.push(item);
        if first.is_none() {
            let shown = node.args().iter().enumerate().rev().filter(|(_, arg)| !is_missing(arg));
            open.extend(shown.map(|(at, arg)| (arg, Some(index), role_of(node, at))));
        }
    }
    items
}

fn item(
    node: &Node,
    parent: Option<usize>,
    role: Option<&'static str>,
    again: Option<usize>,
) -> OutlineItem {
    let stage = match node.op().shape() {
        Shape::Pattern | Shape::Part => ItemStage::Part,
        _ if node.is_static() => ItemStage::Static,
        _ => ItemStage::Dynamic,
    };
    let word = match (node.constant(), node.op().naming()) {
        (Some(value), _) => constant_repr(value),
        (None, Naming::Variable | Naming::Nothing) => String::new(),
        (None, _) => node.name().map_or("", |name| name).to_owned(),
    };
    let label = node.variable().cloned().map(ItemLabel::Variable);
    let most = if parent.is_none() { MOST_NODES_OF_ALL } else { MOST_NODES };
    let has_code = again.is_none() && node.size() <= most;
    let code = has_code.then(|| code(node)).filter(|code| *code != word).unwrap_or_default();
    OutlineItem {
        role,
        op: node.op(),
        label,
        word,
        code,
        stage,
        parent,
        children: Vec::new(),
        again,
    }
}

/// The items that show nodes which may occur again.
#[derive(Default)]
struct Seen<'n> {
    /// By the address of the node.
    nodes: HashMap<usize, usize>,
    /// By the name of the variable, with the nodes that have it.
    variables: HashMap<&'n str, Vec<(&'n Node, usize)>>,
}

impl<'n> Seen<'n> {
    /// The item that shows `node` already; otherwise the one with this index will.
    fn find(&mut self, node: &'n Node, index: usize) -> Option<usize> {
        if let Some(name) = node.variable() {
            let known = self.variables.entry(name).or_default();
            let same = known.iter().find(|(other, _)| *other == node).map(|(_, item)| *item);
            if same.is_none() {
                known.push((node, index));
            }
            return same;
        }
        // To refer to a leaf takes as much room as to show it.
        if node.args().is_empty() {
            return None;
        }
        match self.nodes.get(&node.address()) {
            Some(item) => Some(*item),
            None => {
                self.nodes.insert(node.address(), index);
                None
            }
        }
    }
}

/// Whether the node stands for something that isn't there.
fn is_missing(node: &Node) -> bool {
    match node.op() {
        Op::EMPTY => true,
        Op::PARTS | Op::PARAMS | Op::BLOCK => node.args().is_empty(),
        _ => false,
    }
}

/// The field that argument `at` is in, if its place among the others doesn't tell.
fn role_of(node: &Node, at: usize) -> Option<&'static str> {
    let op = node.op();
    let fields = op.fields();
    let is_plain = match op.shape() {
        Shape::Binary(..) | Shape::Unary(..) | Shape::Comparison(_) | Shape::Bool(..) => true,
        _ => {
            fields.len() < 2 || matches!(op, Op::CALL | Op::ATTR | Op::INDEX | Op::CHAIN | Op::PAIR)
        }
    };
    if is_plain {
        return None;
    }
    let holds = |index: &usize| {
        let (start, end) = field_range(fields, *index, node.args().len());
        (start..end).contains(&at)
    };
    let field = fields.get((0..fields.len()).find(holds)?)?;
    // What a comprehension consists of says so itself.
    let says_so = matches!(field.kind, FieldKind::Many(..)) && op.opens_scope();
    (!says_so).then_some(field.name)
}

/// The code that the node is, on one line; nothing for leaves, lists and the clauses of statements.
fn code(node: &Node) -> String {
    let is_list = matches!(node.op(), Op::PARTS | Op::BLOCK | Op::PARAMS);
    let is_clause = matches!(node.op(), Op::EXCEPT | Op::CASE);
    if node.args().is_empty() || is_list || is_clause {
        return String::new();
    }
    let style = Style { width: usize::MAX / 8, ..Style::default() };
    let node = match node.spelling() {
        // With the comments that stand in it.
        Some([spelling]) if spelling.contains('\n') => node.without_spelling(),
        _ => node.clone().with_trivia(None),
    };
    let text = print::expression(&node, style);
    // What a literal holds as it is might do something to a terminal.
    let text = text.replace(|c: char| c.is_control() && c != '\n', "\u{fffd}");
    let mut lines = text.lines().skip_while(|line| line.starts_with('@'));
    let first = lines.next().unwrap_or_default();
    match lines.next() {
        Some(_) => format!("{first} …"),
        None => first.to_owned(),
    }
}
