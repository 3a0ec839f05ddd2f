//! The printer's law on one tree: what is printed for it is read as the same tree, and printed as
//! the same text again.

use rustpython_parser::parse_module;
use rustpython_text_size::{TextRange, TextSize};
use uneval::FileId;
use uneval::tree::print::{self, Style};
use uneval::tree::{Layout, Node, Plain, lower_body};

/// The tree of a module; why there is none if the parser refuses it.
pub fn tree(text: &str) -> Result<Node, String> {
    let parsed = parse_module(text).map_err(|error| error.to_string())?;
    let layout = Layout::new(text, parsed.tokens());
    let within = TextRange::up_to(TextSize::of(text));
    Ok(lower_body(&parsed.syntax().body, FileId(0), text, &layout, within, &mut Plain))
}

pub fn printed(tree: &Node, newline: &str) -> String {
    print::module(tree, Style { newline, ..Style::default() })
}

/// What printing the tree and reading it back may break.
pub fn check(node: &Node, newline: &str, again: impl Fn(Node) -> Node) -> Result<String, String> {
    let text = printed(node, newline);
    let read = tree(&text).map_err(|error| format!("can't be read: {error}"))?;
    if read != *node {
        return Err(format!("another tree:\n{}", first_difference(node, &read)));
    }
    let second = printed(&again(read), newline);
    match second == text {
        true => Ok(text),
        false => Err(format!("not stable:\n{}", differing_lines(&text, &second))),
    }
}

/// The smallest part that is read differently.
fn first_difference(one: &Node, other: &Node) -> String {
    if one.op() == other.op()
        && one.name() == other.name()
        && one.args().len() == other.args().len()
    {
        let mut pairs = one.args().iter().zip(other.args());
        if let Some((a, b)) = pairs.find(|(a, b)| a != b) {
            return first_difference(a, b);
        }
    }
    let mut text = format!("{one:?}\n{other:?}");
    text.truncate(text.char_indices().nth(4000).map_or(text.len(), |(at, _)| at));
    format!("{}\n{}\n{text}", print::program(one), print::program(other))
}

fn differing_lines(one: &str, other: &str) -> String {
    let mut pairs = one.lines().zip(other.lines()).enumerate();
    match pairs.find(|(_, (a, b))| a != b) {
        Some((at, (a, b))) => format!("line {}:\n-{a}\n+{b}", at + 1),
        None => "one of them goes on".to_owned(),
    }
}

/// What was printed is printed as it is when its own spelling is kept.
pub fn check_spelled_again(bare: &Node) -> Result<(), String> {
    let text = printed(bare, "\n");
    let Ok(read) = tree(&text) else { return Ok(()) };
    let second = printed(&read, "\n");
    match second == text {
        true => Ok(()),
        false => Err(format!("not stable as spelled:\n{}", differing_lines(&text, &second))),
    }
}
