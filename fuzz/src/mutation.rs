//! Changes of Python's text: of its tokens, its lines, and the parts of its syntax tree.

use std::ops::Range;

use rustpython_ast::visitor::{Visitor, walk_expr, walk_stmt};
use rustpython_ast::{Expr, Stmt};
use rustpython_parser::parse_module;
use rustpython_text_size::Ranged as _;

use super::random::Random;

/// The most changes at once.
const CHANGES: u32 = 4;

/// The longest text that comes of it, in bytes.
const LONGEST: usize = 20_000;

/// What may be put among tokens.
const WORDS: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    ";",
    ".",
    "=",
    "+=",
    ":=",
    "->",
    "@",
    "*",
    "**",
    "not",
    "is",
    "in",
    "and",
    "or",
    "if",
    "else",
    "elif",
    "for",
    "while",
    "async",
    "await",
    "yield",
    "yield from",
    "lambda",
    "def",
    "class",
    "return",
    "raise",
    "try",
    "except",
    "except*",
    "finally",
    "with",
    "as",
    "import",
    "from",
    "global",
    "nonlocal",
    "del",
    "assert",
    "pass",
    "break",
    "continue",
    "match",
    "case",
    "type",
    "None",
    "True",
    "...",
    "0",
    "1",
    "-1",
    "1.5",
    "2j",
    "0x1f",
    "''",
    "b'\\xff'",
    "f'{x!r:>{w}}'",
    "t'{x}'",
    "\"\"\"\n\"\"\"",
    "'\\N{DASH}'",
    "\\\n",
    "#",
    "\t",
    "\u{c}",
    "\r",
    "\r\n",
    "é",
    "ｘ",
    "\u{feff}",
    "_",
    "__debug__",
    "__class__",
    "x",
    "self",
    "macro",
    "unroll",
    "comptime",
    "uneval",
    "codenode",
    "quote",
    "gensym",
    "error",
    "note",
    "embed",
    "op",
    "@macro\n",
    "@unroll\n",
    "cython.meta",
];

/// What may be made of an expression, which stands at `X`.
const AROUND: &[&str] = &[
    "(X)",
    "X + X",
    "-X",
    "not X",
    "X and X",
    "X if X else X",
    "X < X < X",
    "X(X)",
    "X(*X, **X)",
    "X(k=X)",
    "X[X]",
    "X[X:X, X]",
    "X.real",
    "[X]",
    "(X, X)",
    "{X}",
    "{X: X}",
    "[*X]",
    "{**X}",
    "[X for x in X]",
    "{X: X for x in X if X}",
    "(X for x in X)",
    "lambda: X",
    "lambda x=X, *y: X",
    "(x := X)",
    "(await X)",
    "(yield X)",
    "(yield from X)",
    "f'{X}'",
    "f'{X!r:{X}}'",
    "t'{X}'",
    "comptime(X)",
    "uneval(X)",
    "unroll(X)",
    "codenode(X)",
    "X.eval()",
    "repr(X)",
    "eval(repr(uneval(X)))",
];

/// What may be made of a statement, which stands at `S`.
const BLOCKS: &[&str] = &[
    "S\nS",
    "if x:\n    S\nelif y:\n    S\nelse:\n    S",
    "for x in y:\n    S\nelse:\n    S",
    "for x in unroll(range(3)):\n    S",
    "while x:\n    S",
    "if comptime(True):\n    S\nelse:\n    S",
    "try:\n    S\nexcept E as e:\n    S\nfinally:\n    S",
    "with x as y:\n    S",
    "with quote as tree:\n    S",
    "def f(a, b=1, *c, d, **e):\n    S",
    "async def f():\n    S",
    "class C(x):\n    S",
    "match x:\n    case [a, *b]:\n        S\n    case _:\n        S",
    "@macro\ndef m(x):\n    S",
    "@unroll\ndef m(x):\n    S",
    "@comptime\ndef m(x):\n    S",
];

/// The text after some changes.
pub fn mutate(text: &str, random: &mut Random) -> String {
    let mut text = text.to_owned();
    for _ in 0..random.between(1, CHANGES) {
        let new = change(&text, random);
        if new.len() <= LONGEST {
            text = new;
        }
    }
    text
}

fn change(text: &str, random: &mut Random) -> String {
    match random.below(4) {
        0 => of_tokens(text, random),
        1 => of_lines(text, random),
        _ => of_parts(text, random).unwrap_or_else(|| of_tokens(text, random)),
    }
}

/// The words and marks of a text.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut tokens: Vec<Range<usize>> = Vec::new();
    let mut after_word = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        match tokens.last_mut() {
            Some(last) if after_word && is_word(c) => last.end = end,
            _ if c == ' ' => {}
            _ => tokens.push(at..end),
        }
        after_word = is_word(c);
    }
    tokens
}

fn of_tokens(text: &str, random: &mut Random) -> String {
    let tokens = tokens(text);
    if tokens.is_empty() {
        return (*random.of(WORDS)).to_owned();
    }
    let one = random.of(&tokens).clone();
    let other = random.of(&tokens).clone();
    let word = *random.of(WORDS);
    match random.below(6) {
        0 => replaced(text, one, ""),
        1 => replaced(text, one.start..one.start, &format!("{} ", &text[other])),
        2 => replaced(text, one, &text[other]),
        3 => replaced(text, one, word),
        4 => text[..one.start].to_owned(),
        _ => replaced(text, one.start..one.start, &format!(" {word} ")),
    }
}

fn of_lines(text: &str, random: &mut Random) -> String {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    if lines.is_empty() {
        return "\n".to_owned();
    }
    let place = |random: &mut Random, lines: &[String]| random.below(lines.len() as u32) as usize;
    let (one, other) = (place(random, &lines), place(random, &lines));
    match random.below(6) {
        0 => _ = lines.remove(one),
        1 => lines.insert(one, lines[other].clone()),
        2 => lines.swap(one, other),
        3 => lines[one].insert_str(0, "    "),
        4 => lines[one] = lines[one].strip_prefix("    ").unwrap_or("").to_owned(),
        _ => _ = lines.drain(one.min(other)..(one.max(other) + 1).min(one.min(other) + 9)),
    }
    lines.concat()
}

/// A change of the syntax tree's parts; none if there is no tree, or none of these parts.
fn of_parts(text: &str, random: &mut Random) -> Option<String> {
    let parsed = parse_module(text).ok()?;
    let mut parts = Parts::default();
    parsed.suite().iter().for_each(|stmt| parts.visit_stmt(stmt));
    let kind = random.below(6);
    let ranges = if kind < 4 { &parts.expressions } else { &parts.statements };
    if ranges.is_empty() {
        return None;
    }
    let (one, other) = (random.of(ranges).clone(), random.of(ranges).clone());
    let old = &text[one.clone()];
    let new = match kind {
        0 | 1 => text[other].to_owned(),
        2 => random.of(AROUND).replace('X', old),
        3 => random.of(AROUND).replace('X', "x").replacen('x', old, 1),
        4 => indented(&unindented(text, other), column(text, one.start)),
        _ => {
            let statement = unindented(text, one.clone());
            let mut block = String::new();
            for line in random.of(BLOCKS).split_inclusive('\n') {
                let indentation = line.len() - line.trim_start().len();
                block.push_str(&line.replace('S', &indented(&statement, indentation)));
            }
            indented(&block, column(text, one.start))
        }
    };
    Some(replaced(text, one, &new))
}

/// Where the parts of a module are.
#[derive(Default)]
struct Parts {
    expressions: Vec<Range<usize>>,
    statements: Vec<Range<usize>>,
}

impl<'a> Visitor<'a> for Parts {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        self.statements.push(stmt.range().into());
        walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        self.expressions.push(expr.range().into());
        walk_expr(self, expr);
    }
}

fn replaced(text: &str, range: Range<usize>, new: &str) -> String {
    [&text[..range.start], new, &text[range.end..]].concat()
}

/// In which column, counted in bytes, the offset is.
fn column(text: &str, offset: usize) -> usize {
    offset - text[..offset].rfind(['\n', '\r']).map_or(0, |end| end + 1)
}

/// A statement with its lines as far to the left as it is.
fn unindented(text: &str, range: Range<usize>) -> String {
    let indentation = " ".repeat(column(text, range.start));
    text[range].replace(&format!("\n{indentation}"), "\n")
}

fn indented(text: &str, columns: usize) -> String {
    text.replace('\n', &format!("\n{}", " ".repeat(columns)))
}
