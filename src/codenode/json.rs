//! Trees as JSON, for other tools: written, and read back.
//!
//! A document is a flat list of nodes, each after its arguments, so that the root is the last. An
//! argument is the number of a node, from 0. So a node that occurs several times is written once,
//! and the depth of a tree costs neither stack nor brackets:
//!
//! ```json
//! {"format": "codenode", "version": 1, "nodes": [
//!   {"op": "VAR", "name": "x"},
//!   {"op": "VALUE", "value": {"type": "int", "value": "2"}},
//!   {"op": "EXP", "args": [0, 1]}
//! ]}
//! ```
//!
//! Constants are tagged by their types and written as texts, so that each comes back as it was.

mod constant;

use std::collections::HashMap;
use std::fmt::Write as _;

use serde_json::{Map, Value as Json};

use super::check::check;
use super::node::{Loc, Malformed, Node, Origin};
use crate::python::op::Op;

/// What a document says it is.
const FORMAT: &str = "codenode";

/// The version of the schema that is written, and the only one that is read.
const VERSION: u64 = 1;

/// Where a node came from, as people name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
}

/// The tree as a JSON document; `place` tells where what it knows the place of came from.
///
/// # Errors
/// If a value that only the running program knows is in the tree.
pub fn to_json(
    root: &Node,
    place: &mut dyn FnMut(Loc) -> Option<Place>,
) -> Result<String, Malformed> {
    if root.holds_temporary() || root.holds_named_step() {
        return Err(malformed("a value that is known only at run time can't be written as JSON"));
    }
    let mut numbers: HashMap<usize, usize> = HashMap::new();
    let mut out = format!("{{\"format\": \"{FORMAT}\", \"version\": {VERSION}, \"nodes\": [");
    // Each node with how many of its arguments have been written.
    let mut open: Vec<(&Node, usize)> = vec![(root, 0)];
    while let Some((node, written)) = open.pop() {
        if numbers.contains_key(&node.address()) {
            continue;
        }
        if let Some(arg) = node.args().get(written) {
            open.push((node, written + 1));
            open.push((arg, 0));
            continue;
        }
        out.push_str(if numbers.is_empty() { "\n  " } else { ",\n  " });
        write_node(node, &numbers, node.loc().and_then(&mut *place), &mut out);
        numbers.insert(node.address(), numbers.len());
    }
    out.push_str("\n]}\n");
    Ok(out)
}

/// Writes a node whose arguments have `numbers`.
fn write_node(
    node: &Node,
    numbers: &HashMap<usize, usize>,
    place: Option<Place>,
    out: &mut String,
) {
    // Writing to a string can't fail.
    let _ = write!(out, "{{\"op\": \"{}\"", node.op());
    if let Some(name) = node.name() {
        let _ = write!(out, ", \"name\": {}", Json::from(&**name));
    }
    if let Some(value) = node.constant() {
        let _ = write!(out, ", \"value\": {}", constant::write(value));
    }
    if !node.args().is_empty() {
        let args = node.args().iter().filter_map(|arg| numbers.get(&arg.address()));
        let args: Vec<String> = args.map(usize::to_string).collect();
        let _ = write!(out, ", \"args\": [{}]", args.join(", "));
    }
    if let Some(Place { file, line, column }) = place {
        let file = Json::from(file);
        let _ =
            write!(out, ", \"loc\": {{\"file\": {file}, \"line\": {line}, \"column\": {column}}}");
    }
    out.push('}');
}

/// The tree that a JSON document holds. Its names are those of the place where it is put; where
/// its nodes came from isn't read.
///
/// # Errors
/// If the text isn't JSON, not of this schema, or no tree of code; the message says where.
pub fn from_json(text: &str) -> Result<Node, Malformed> {
    let document: Json =
        serde_json::from_str(text).map_err(|why| malformed(format!("this isn't JSON: {why}")))?;
    let document = object(&document, "the document")?;
    only(document, &["format", "version", "nodes"], "the document")?;
    if document.get("format").and_then(Json::as_str) != Some(FORMAT) {
        return Err(malformed(format!("the document's `format` isn't \"{FORMAT}\"")));
    }
    if document.get("version").and_then(Json::as_u64) != Some(VERSION) {
        return Err(malformed(format!("the document's `version` isn't {VERSION}")));
    }
    let Some(Json::Array(list)) = document.get("nodes") else {
        return Err(malformed("the document has no list `nodes`"));
    };
    let mut nodes: Vec<Node> = Vec::with_capacity(list.len());
    for (index, json) in list.iter().enumerate() {
        let path = format!("nodes[{index}]");
        let node = read_node(object(json, &path)?, &nodes, &path)?;
        check(&node).map_err(|why| malformed(format!("{path}: {}", why.message)))?;
        nodes.push(node);
    }
    nodes.pop().ok_or_else(|| malformed("`nodes` is empty"))
}

fn read_node(json: &Map<String, Json>, before: &[Node], path: &str) -> Result<Node, Malformed> {
    only(json, &["op", "name", "value", "args", "loc"], path)?;
    let op = match json.get("op").and_then(Json::as_str) {
        Some(name) => Op::from_name(name).filter(|op| *op != Op::TEMPORARY),
        None => return Err(malformed(format!("{path} has no text `op`"))),
    };
    let op = op.ok_or_else(|| malformed(format!("{path}.op isn't an op of cython.meta")))?;
    let name = match json.get("name") {
        Some(Json::String(name)) => Some(name.as_str().into()),
        Some(Json::Null) | None => None,
        Some(_) => return Err(malformed(format!("{path}.name isn't a text"))),
    };
    let args = match json.get("args") {
        Some(Json::Array(args)) => args.as_slice(),
        Some(_) => return Err(malformed(format!("{path}.args isn't a list"))),
        None => &[],
    };
    let node = match json.get("value") {
        Some(_) if op != Op::VALUE => {
            return Err(malformed(format!("{path}.value: only a VALUE has one")));
        }
        Some(_) if !args.is_empty() => {
            return Err(malformed(format!("{path}.args: a VALUE has none but its `value`")));
        }
        Some(value) => Node::value(constant::read(value, &format!("{path}.value"))?),
        None if op == Op::VALUE => return Err(malformed(format!("{path} has no `value`"))),
        None => {
            let arg = |(at, arg): (usize, &Json)| {
                let number = arg.as_u64().and_then(|number| usize::try_from(number).ok());
                number.and_then(|number| before.get(number)).cloned().ok_or_else(|| {
                    malformed(format!("{path}.args[{at}] isn't the number of a node before it"))
                })
            };
            Node::new(op, args.iter().enumerate().map(arg).collect::<Result<_, _>>()?)
        }
    };
    Ok(node.with_name(name).with_origin(Origin::Here))
}

fn object<'j>(json: &'j Json, path: &str) -> Result<&'j Map<String, Json>, Malformed> {
    json.as_object().ok_or_else(|| malformed(format!("{path} isn't an object")))
}

/// Refuses what would be ignored.
fn only(json: &Map<String, Json>, known: &[&str], path: &str) -> Result<(), Malformed> {
    match json.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(malformed(format!("{path} has an unknown part `{key}`"))),
        None => Ok(()),
    }
}

fn malformed(message: impl Into<String>) -> Malformed {
    Malformed { message: message.into() }
}

#[cfg(test)]
mod tests;
