//! Writes trees by the table of ops: each field gets what it may hold.

use malachite_bigint::BigInt;
use uneval::tree::{Field, FieldKind, Naming, Node, Op, Origin, Shape, Value};

use super::Random;

const NAMES: &[&str] = &["a", "b", "x", "f", "_r", "é", "match", "type", "__private", "T"];

const TEXTS: &[&str] = &[
    "",
    "a",
    "word",
    "'",
    "\"",
    "'\"",
    "\\",
    "\n",
    "\r\n",
    "\t{}",
    "{x}",
    "\u{0}1",
    "é\u{2028}",
    "\u{1f600}",
    "'''\"\"\"",
    "N{DASH}",
    "#",
];

/// What may come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// What code that is read would give: nothing that a print spells otherwise.
    AsRead,
    /// All that the table of ops allows, and mistakes among it.
    Wild,
}

/// A tree of this op.
pub fn write(random: &mut Random, mode: Mode) -> Node {
    let depth = random.between(1, 4);
    let mut writer = Writer { random, mode, nodes: 120 };
    match writer.random.below(4) {
        0 => writer.expression(depth),
        1 => writer.list(Op::BLOCK, &FieldKind::Statement, 1, depth),
        _ => writer.statement(depth),
    }
}

struct Writer<'a> {
    random: &'a mut Random,
    mode: Mode,
    /// How many nodes there may be more.
    nodes: u32,
}

impl Writer<'_> {
    fn name(&mut self) -> &'static str {
        self.random.of::<&'static str>(NAMES)
    }

    fn var(&mut self) -> Node {
        Node::var(self.name(), Origin::Here)
    }

    fn text(&mut self) -> Value {
        let one = *self.random.of(TEXTS);
        let other = *self.random.of(TEXTS);
        Value::text(&format!("{one}{other}"))
    }

    fn constant(&mut self) -> Node {
        let number = i64::from(self.random.below(4)) * 37;
        let float = *self.random.of(&[0.0, 0.5, 1e22, 5e-324, 1e16, 123_456.789]);
        let wild = self.mode == Mode::Wild;
        Node::value(match self.random.below(if wild { 12 } else { 8 }) {
            0 => Value::None,
            1 => Value::Bool(self.random.once_in(2)),
            2 => Value::Ellipsis,
            3 => Value::Float(float),
            4 => Value::Complex { real: 0.0, imag: float },
            5 => Value::Bytes((0..self.random.below(5)).map(|n| (n * 63) as u8).collect()),
            6 => self.text(),
            7 => Value::Int(BigInt::from(number)),
            8 => Value::Int(BigInt::from(-number)),
            // What Python has no literal for is a call, and no constant (`float("nan")`).
            9 => Value::Float(*self.random.of(&[f64::INFINITY, -f64::INFINITY, -0.0, -1.5])),
            10 => Value::Complex { real: 0.0, imag: -1.5 },
            _ => Value::Complex { real: -float - 1.0, imag: float },
        })
    }

    fn expression(&mut self, depth: u32) -> Node {
        self.nodes = self.nodes.saturating_sub(1);
        if depth == 0 || self.nodes == 0 {
            return if self.random.once_in(2) { self.var() } else { self.constant() };
        }
        let is_expression = |op: &Op| {
            !matches!(op.shape(), Shape::Statement | Shape::Pattern | Shape::Part)
                && !matches!(op, Op::VALUE | Op::VAR | Op::TEMPORARY)
        };
        let ops: Vec<Op> = Op::ALL.iter().copied().filter(is_expression).collect();
        let op = *self.random.of(&ops);
        self.node(op, depth - 1)
    }

    fn statement(&mut self, depth: u32) -> Node {
        self.nodes = self.nodes.saturating_sub(1);
        let is_simple = |op: Op| !op.fields().iter().any(|f| matches!(f.kind, FieldKind::List(..)));
        let deep = depth > 0 && self.nodes > 0;
        let fits = |op: &Op| {
            op.shape() == Shape::Statement && (deep || is_simple(*op)) || deep && *op == Op::IF
        };
        let ops: Vec<Op> = Op::ALL.iter().copied().filter(fits).collect();
        match *self.random.of(&ops) {
            Op::IF => {
                let body = self.list(Op::BLOCK, &FieldKind::Statement, 1, depth - 1);
                let orelse = self.list(Op::BLOCK, &FieldKind::Statement, 0, depth - 1);
                Node::new(Op::IF, vec![self.expression(depth - 1), body, orelse])
            }
            op => self.node(op, depth.saturating_sub(1)),
        }
    }

    /// A node of this op, whose arguments are so deep.
    fn node(&mut self, op: Op, depth: u32) -> Node {
        let mut args = Vec::new();
        match op {
            Op::VALUE => return self.constant(),
            Op::VAR => return self.var(),
            Op::EMPTY | Op::TEMPORARY => return Node::empty(),
            Op::IF => args.extend((0..3).map(|_| self.expression(depth))),
            Op::FSTRING | Op::TSTRING => args = self.pieces(depth),
            _ => {
                for field in op.fields() {
                    self.field(op, field, depth, &mut args);
                }
            }
        }
        if self.mode == Mode::AsRead {
            self.settle(op, &mut args);
        }
        if self.mode == Mode::Wild && self.random.once_in(12) {
            self.spoil(&mut args, depth);
        }
        let name = self.name_of(op);
        // Only a name's parentheses mean something.
        let is_name = args.first().is_some_and(|target| target.op() == Op::VAR);
        let name = name.filter(|name| name != "()" || is_name);
        Node::new(op, args).with_docstring().with_name(name.map(Into::into))
    }

    /// Parts that Python has only with others.
    fn settle(&mut self, op: Op, args: &mut [Node]) {
        let is_there = |part: &Node| part.op() != Op::EMPTY;
        match op {
            Op::LAMBDA => args[0] = args[0].map_args(without_annotation),
            Op::RAISE | Op::EXCEPT if !is_there(&args[0]) => args[1] = Node::empty(),
            Op::MATCHAS if is_there(&args[0]) => args[1] = self.var(),
            Op::TRYSTAR => args[1] = args[1].map_args(with_type),
            _ => {}
        }
    }

    fn spoil(&mut self, args: &mut Vec<Node>, depth: u32) {
        match self.random.below(3) {
            0 => _ = args.pop(),
            1 => args.push(self.expression(depth.min(1))),
            _ => {
                let op = *self.random.of(Op::ALL);
                let other = self.node(op, 0);
                if let Some(last) = args.last_mut() {
                    *last = other;
                }
            }
        }
    }

    /// The parts of an f-string, no two texts one after the other.
    fn pieces(&mut self, depth: u32) -> Vec<Node> {
        let mut parts: Vec<Node> = Vec::new();
        for _ in 0..self.random.below(4) {
            let is_field = parts.last().is_some_and(|last| last.op() == Op::FIELD);
            if self.random.once_in(2) || !(is_field || parts.is_empty()) {
                parts.push(self.node(Op::FIELD, depth.saturating_sub(1)));
            } else {
                let text = self.random.of(&TEXTS[1..]);
                parts.push(Node::value(Value::text(text)));
            }
        }
        parts
    }

    fn field(&mut self, op: Op, field: &Field, depth: u32, args: &mut Vec<Node>) {
        match field.kind {
            FieldKind::Many(least, kind) => {
                let mut many: Vec<Node> = (0..least as u32 + self.random.below(3))
                    .map(|_| self.one(*kind, depth))
                    .collect();
                order(&mut many);
                args.extend(many);
            }
            FieldKind::List(list, kind) => {
                let least = u32::from(list == Op::BLOCK && field.name == "body")
                    + u32::from(matches!(field.name, "items" | "cases" | "handlers"));
                args.push(self.list(list, kind, least, depth));
            }
            FieldKind::Index if op == Op::INDEX && self.random.once_in(4) => {
                args.push(self.node(Op::SLICE, depth.saturating_sub(1)));
            }
            kind => args.push(self.one(kind, depth)),
        }
    }

    fn list(&mut self, list: Op, kind: &FieldKind, least: u32, depth: u32) -> Node {
        let count = least + self.random.below(3);
        let mut parts: Vec<Node> = (0..count).map(|_| self.one(*kind, depth)).collect();
        order(&mut parts);
        if list == Op::PARAMS {
            parts = parameters(parts);
        }
        Node::new(list, parts)
    }

    /// What a field of this kind may hold.
    fn one(&mut self, kind: FieldKind, depth: u32) -> Node {
        let deeper = depth.saturating_sub(1);
        let times = self.random.below(6);
        match kind {
            FieldKind::Name => Node::value(Value::text(self.name())),
            FieldKind::Bound | FieldKind::Capture => self.var(),
            FieldKind::DottedName if times < 3 => self.var(),
            FieldKind::DottedName | FieldKind::PatternValue => Node::attribute(self.var(), "k"),
            FieldKind::Element if times == 0 => self.node(Op::STAR, deeper),
            FieldKind::Index if times == 0 && self.mode == Mode::Wild => {
                self.node(Op::SLICE, deeper)
            }
            FieldKind::Argument if times < 2 => self.node(Op::KEYWORD, deeper),
            FieldKind::Argument if times == 2 => self.node(Op::STAR, deeper),
            FieldKind::Argument if times == 3 => self.node(Op::DOUBLESTAR, deeper),
            FieldKind::Target if times == 0 && depth > 0 => {
                let parts = (0..2).map(|_| self.one(FieldKind::Target, deeper)).collect();
                Node::new(*self.random.of(&[Op::TUPLE, Op::LIST]), parts)
            }
            FieldKind::Target | FieldKind::SingleTarget => match times {
                1 => Node::attribute(self.expression(deeper), self.name()),
                2 => Node::new(Op::INDEX, vec![self.expression(deeper), self.var()]),
                _ => self.var(),
            },
            FieldKind::Statement => self.statement(depth),
            FieldKind::Docstring if times > 0 => Node::empty(),
            FieldKind::Docstring => Node::new(Op::EXPR, vec![Node::value(Value::text("Says."))]),
            FieldKind::Pattern => self.pattern(depth),
            FieldKind::Only(ops) => {
                // A macro never sees a TEMPORARY.
                let ops: Vec<Op> = ops.iter().copied().filter(|o| *o != Op::TEMPORARY).collect();
                let op = *self.random.of(&ops);
                self.node(op, deeper)
            }
            // A macro never sees a TEMPORARY.
            FieldKind::Either(one, FieldKind::Only([Op::TEMPORARY])) => self.one(*one, depth),
            FieldKind::Either(one, other) => {
                self.one(if times == 0 { *other } else { *one }, depth)
            }
            FieldKind::Optional(_) if times < 3 => Node::empty(),
            FieldKind::Optional(kind) | FieldKind::Many(_, kind) => self.one(*kind, depth),
            FieldKind::List(list, kind) => self.list(list, kind, 0, depth),
            _ => self.expression(depth),
        }
    }

    fn pattern(&mut self, depth: u32) -> Node {
        let deep = [Op::MATCHSEQUENCE, Op::MATCHMAPPING, Op::MATCHCLASS, Op::MATCHOR, Op::MATCHAS];
        match depth {
            0 => self.node(Op::MATCHVALUE, 0),
            _ => {
                let op = *self.random.of(&deep);
                self.node(op, depth - 1)
            }
        }
    }

    fn name_of(&mut self, op: Op) -> Option<String> {
        let wild = self.mode == Mode::Wild && self.random.once_in(20);
        if wild {
            let name = self.random.of(&["", "a b", "class", "1", "a\"b", "x.y", "..", "*", "ñ"]);
            return Some((*name).to_owned());
        }
        let shaped = |is: fn(Shape) -> bool| -> Vec<Op> {
            Op::ALL.iter().copied().filter(|op| is(op.shape())).collect()
        };
        let word = match op {
            Op::LINK => {
                self.random.of(&shaped(|shape| matches!(shape, Shape::Comparison(_)))).name()
            }
            Op::AUGASSIGN => {
                self.random.of(&shaped(|shape| matches!(shape, Shape::Binary(..)))).name()
            }
            Op::ANNASSIGN => return self.random.once_in(4).then(|| "()".to_owned()),
            Op::FIELD => self.random.of(&["", "r", "s", "a"]),
            Op::IMPORTFROM => self.random.of(&["m", "m.n", ".", "..m", "..."]),
            Op::ALIAS => self.random.of(&["m", "n"]),
            Op::STARPARAM if self.random.once_in(3) => "",
            _ if matches!(op.naming(), Naming::Own | Naming::Keyword) => self.name(),
            _ => "",
        };
        (!word.is_empty()).then(|| word.to_owned())
    }
}

/// Arguments in an order that Python takes: those with a name are last.
fn order(args: &mut [Node]) {
    args.sort_by_key(|arg| match arg.op() {
        Op::KEYWORD | Op::MATCHKEYWORD => 1,
        Op::DOUBLESTAR | Op::MATCHREST => 2,
        _ => 0,
    });
}

fn with_type(handler: &Node) -> Node {
    let mut args = handler.args().to_vec();
    args.iter_mut().take(1).for_each(|kind| *kind = Node::var("E", Origin::Here));
    handler.with_args(args)
}

fn without_annotation(parameter: &Node) -> Node {
    let mut args = parameter.args().to_vec();
    args.iter_mut().take(1).for_each(|annotation| *annotation = Node::empty());
    parameter.with_args(args)
}

/// Parameters that Python takes: each name once, in order, and a bare star before one.
fn parameters(parts: Vec<Node>) -> Vec<Node> {
    let mut names = Vec::new();
    let mut of_op = |wanted: Op| -> Vec<Node> {
        let fits = |part: &&Node| part.op() == wanted;
        let mut found = Vec::new();
        for part in parts.iter().filter(fits) {
            if !names.contains(&part.name()) {
                names.push(part.name());
                found.push(part.clone());
            }
        }
        found
    };
    let mut all = of_op(Op::PARAM);
    let (stars, rest) = (of_op(Op::STARPARAM), of_op(Op::DOUBLESTARPARAM));
    let has_slash = parts.iter().any(|part| part.op() == Op::SLASH) && !all.is_empty();
    let has_default = |param: &Node| param.args().get(1).is_some_and(|d| d.op() != Op::EMPTY);
    all.sort_by_key(has_default);
    let last = if has_slash && all.len() == 1 { None } else { all.pop() };
    if has_slash && !all.is_empty() {
        all.insert(1, Node::new(Op::SLASH, Vec::new()));
    }
    let star = stars.into_iter().next().filter(|star| star.name().is_some() || last.is_some());
    all.extend(star);
    all.extend(last);
    all.extend(rest.into_iter().take(1));
    all
}
