//! Trees of code: written by the table of ops, printed, read, and put into programs.

mod writer;

use uneval::tree::print;
use uneval::tree::{Node, Op, Origin, Value, check, constant_repr, from_json, repr, to_json};

use super::law::{self, Fate};
use super::printing;
use super::random::Random;
use writer::Mode;

/// Holds the laws against the tree that these bytes choose.
pub fn run(data: &[u8]) -> Fate {
    let mut random = Random::chosen(data);
    let mode = if random.once_in(2) { Mode::Wild } else { Mode::AsRead };
    let tree = writer::write(&mut random, mode);
    hold(&tree, mode, &mut random)
}

/// Holds the laws against the tree of this JSON, which may be malformed.
pub fn again(kept: &[u8]) -> Fate {
    let text = String::from_utf8_lossy(kept);
    match from_json(&text) {
        Ok(tree) => hold(&tree, Mode::Wild, &mut Random::chosen(&[0])),
        Err(_) => Fate::Refused,
    }
}

fn hold(tree: &Node, mode: Mode, random: &mut Random) -> Fate {
    let json = to_json(tree, &mut |_| None).unwrap_or_default();
    let broken = |why: String| -> ! { panic!("{why}\n--- tree\n{json}\n{}", repr(tree)) };
    let read = from_json(&json);
    if let Err(why) = check_all(tree) {
        match (mode, read) {
            (Mode::AsRead, _) => broken(format!("refused: {why}")),
            (Mode::Wild, Ok(_)) => broken(format!("JSON has it, and it is refused: {why}")),
            (Mode::Wild, Err(_)) => return Fate::Refused,
        }
    }
    match read {
        Ok(read) if read == *tree => {}
        Ok(read) => broken(format!("JSON gives\n{}", repr(&read))),
        Err(why) => broken(format!("JSON can't be read: {}", why.message)),
    }
    if let Err(why) = prints(tree) {
        broken(why);
    }
    if !random.once_in(8) {
        return Fate::Same;
    }
    let literal = constant_repr(&Value::text(&repr(tree)));
    let programs = [READS_BACK, PUT].map(|use_of_it| {
        let program = [BUILT, use_of_it].concat().replace("TREE", &literal);
        let program = vec![("app.py".to_owned(), program.into_bytes())];
        let outputs = law::expand(&program);
        (law::fate(&program, &outputs), outputs)
    });
    let Some(output) = programs[0].1.first() else { return Fate::LeftOut };
    let output = output.as_ref().map(|output| String::from_utf8_lossy(output));
    if !output.as_ref().is_some_and(|output| output.contains("reads_back = True")) {
        broken(format!("its repr doesn't read back:\n{}", output.unwrap_or_default()));
    }
    programs[1].0
}

/// Checks every node, the arguments first.
fn check_all(tree: &Node) -> Result<(), String> {
    tree.args().iter().try_for_each(check_all)?;
    check(tree).map_err(|why| why.message)
}

/// What is printed is read as the same tree, if it can be read: not every rule of Python is one of
/// the table of ops.
fn prints(tree: &Node) -> Result<(), String> {
    let _ = print::program(tree);
    let statement = match (tree.is_expression(), tree.is_statement()) {
        (true, _) => Node::new(Op::EXPR, vec![tree.clone()]),
        (_, true) => tree.clone(),
        _ if tree.op() == Op::BLOCK => tree.clone(),
        _ => return Ok(()),
    };
    let module = match statement.op() {
        Op::BLOCK => statement,
        _ => Node::new(Op::BLOCK, vec![statement]),
    };
    let text = printing::printed(&module, "\n");
    match printing::tree(&text) {
        Ok(_) => printing::check(&as_read(&module), "\n", |node| node).map(|_| ()),
        Err(_) => Ok(()),
    }
}

/// The tree as it is read: a definition is its variable, and a constant may be a sum or a call.
fn as_read(tree: &Node) -> Node {
    match (tree.variable(), tree.constant()) {
        (Some(name), _) if tree.op() != Op::VAR => Node::var(name.clone(), Origin::Here),
        (_, Some(_)) => {
            let text = print::expression(tree, print::Style::default());
            let read = printing::tree(&text).ok().and_then(|read| read.args().first().cloned());
            read.and_then(|stmt| stmt.args().first().cloned()).unwrap_or_else(|| tree.clone())
        }
        _ if matches!(tree.op(), Op::FSTRING | Op::TSTRING) => tree.with_args(merged(tree.args())),
        _ => tree.map_args(as_read),
    }
}

/// The parts of an f-string as they are read: texts that meet are one.
fn merged(parts: &[Node]) -> Vec<Node> {
    let mut all: Vec<Node> = Vec::new();
    for part in parts {
        let met = all.last().and_then(|last| Some([last.text()?, part.text()?].concat()));
        match met {
            Some(text) => {
                all.pop();
                all.push(Node::value(Value::text(&text)));
            }
            None if part.text().is_some() => all.push(part.clone().with_name(None)),
            None => all.push(as_read(part)),
        }
    }
    all
}

const BUILT: &str = "\
from cython.meta import comptime, macro


@comptime
def built(text):
    from builtins import eval as evaluate
    from cython import meta
    return evaluate(text, vars(meta))


";

/// Reads the tree's `repr` back.
const READS_BACK: &str = "\
@comptime
def same(text):
    tree = built(text)
    return repr(tree) == text and built(repr(tree)) == tree


reads_back = comptime(same(TREE))
";

/// Puts the tree where there is room for statements, and where there is none.
const PUT: &str = "\
@macro
def put(*rest):
    return built(TREE)


def f(a, b, x):
    try:
        put()
    except E:
        pass
    for i in x:
        print(a, put(b), i)
    return put(a) if x else b


put()
";
