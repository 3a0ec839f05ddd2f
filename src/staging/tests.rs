//! A macro's body as it is written, and as it is staged, for the tests of this floor.
//!
//! The macro is `m(x, y, *rest)`, where `K` is a global of compile time, and `uneval`, `comptime`,
//! `quote` and `unroll` are what they are. In staged code `$not(x)` is a call of the hook of that
//! name, and in a template `t0` is its first hole.

use rustpython_ast::{Expr, ExprAttribute, Stmt};
use rustpython_parser::parse_module;

use super::{
    Closure, ClosureHole, Hole, Names, Results, Site, Special, Tables, Template, hook,
    stage_statement,
};
use crate::codenode::{Name, Node, Op, Origin, Plain, Value, lower_statement};
use crate::print::{self, Style};
use crate::scope::{self, Use};
use crate::source::FileId;
use crate::syntax::Layout;

struct Globals;

impl Names for Globals {
    fn results(&self) -> Results {
        Results::Exact
    }

    fn is_compile_time(&self, name: &Use) -> bool {
        ["K", "uneval", "comptime", "quote", "unroll"].contains(&name.name.as_str())
    }

    fn is_importable(&self, _: &Use) -> bool {
        false
    }

    fn special(&self, expr: &Expr) -> Option<Special> {
        let Expr::Name(name) = expr else { return None };
        match name.id.as_str() {
            "uneval" => Some(Special::Uneval),
            "comptime" => Some(Special::Comptime),
            "quote" => Some(Special::Quote),
            "unroll" => Some(Special::Unroll),
            _ => None,
        }
    }

    fn member(&self, _: &ExprAttribute) -> Option<String> {
        None
    }

    fn macro_at(&self, _: &Expr) -> Option<(FileId, Name)> {
        None
    }
}

/// What became of a macro.
pub(crate) struct Staged {
    /// Its body.
    pub(crate) body: String,
    /// The quotations in it.
    pub(crate) templates: Vec<String>,
    /// The sources of its functions, comprehensions and generators.
    pub(crate) closures: Vec<String>,
    /// What it may not do.
    pub(crate) misuses: Vec<String>,
}

/// The macro with this body, as it is staged.
pub(crate) fn staged(body: &str) -> Staged {
    let text = format!("def m(x, y, *rest):\n    {}\n", body.replace('\n', "\n    "));
    // Only tests come here, whose programs are Python.
    let parsed = parse_module(&text).expect("a test's program parses");
    let layout = Layout::new(&text, parsed.tokens());
    let module = parsed.into_syntax();
    let scopes = scope::analyse(&module);
    let mut tables = Tables::default();
    let rest = [Name::from("rest")];
    let mut body = Vec::new();
    let mut misuses = Vec::new();
    for mut stmt in module.body {
        let Stmt::FunctionDef(def) = &stmt else { continue };
        let site = Site {
            file: FileId(0),
            text: &text,
            layout: &layout,
            scopes: &scopes,
            names: &Globals,
            code: def.range,
            function: scopes.scope_of(def.range),
            rest: &rest,
        };
        let found = stage_statement(site, &mut tables, &mut stmt);
        misuses.extend(found.misuses.iter().map(|misuse| format!("{:?}", misuse.kind)));
        let Stmt::FunctionDef(def) = stmt else { continue };
        body.extend(def.body);
    }
    // The first one counts a step.
    let shown = body.iter().skip(1).map(|stmt| show(stmt, &text));
    let body = shown.collect::<Vec<_>>().join("\n");
    let templates = tables.templates.iter().map(show_template).collect();
    let closures = tables.closures.iter().map(show_closure).collect();
    Staged { body, templates, closures, misuses }
}

fn show(stmt: &Stmt, text: &str) -> String {
    let node = lower_statement(stmt, FileId(0), text, &Layout::default(), &mut Plain);
    let node = with_ops(&node.without_spelling());
    let text = print::expression(&node, Style { width: 120, ..Style::default() });
    text.replace("__uneval_", "$").replace("__(", "(").replace("__1", "")
}

/// The code with names for the numbers of ops.
fn with_ops(node: &Node) -> Node {
    let node = node.map_args(with_ops);
    let callee = node.args().first().and_then(Node::name).cloned();
    let last = match callee.as_deref() {
        _ if node.op() != Op::CALL => return node,
        Some(hook::COMPARE | hook::AUGMENTED | hook::DISPLAY) => 1,
        Some(hook::CHAIN) => node.args().len(),
        _ => return node,
    };
    let number = |node: &Node| match node.constant() {
        Some(Value::Int(number)) => usize::try_from(number).ok(),
        _ => None,
    };
    let named = |(index, arg): (usize, &Node)| {
        let op = number(arg).filter(|_| index <= last).and_then(|number| Op::ALL.get(number));
        op.map_or_else(|| arg.clone(), |op| Node::var(op.name(), Origin::Site))
    };
    node.with_args(node.args().iter().enumerate().map(named).collect())
}

/// The code of a template, and what stands at its holes.
fn show_template(template: &Template) -> String {
    show_holed(&template.code, template.holes.iter().map(show_hole).collect())
}

fn show_closure(closure: &Closure) -> String {
    let show_hole = |hole: &ClosureHole| match hole {
        ClosureHole::Captured(name) => name.to_string(),
        ClosureHole::Default(place) => format!("default {place}"),
        ClosureHole::KeywordDefault(name) => format!("default {name}"),
        ClosureHole::Iterable => "iterable".to_owned(),
    };
    show_holed(&closure.code, closure.holes.iter().map(show_hole).collect())
}

fn show_holed(code: &Node, holes: Vec<String>) -> String {
    fn with_names(node: &Node) -> Node {
        match node.temporary_id() {
            Some(id) => Node::var(format!("t{}", id.0), Origin::Site),
            None => node.map_args(with_names),
        }
    }
    let code = with_names(&code.without_spelling());
    let code = match code.op() {
        Op::BLOCK => print::statements(code.args(), Style::default()),
        _ if code.is_expression() => print::expression(&code, Style::default()),
        _ => print::statements(&[code], Style::default()),
    };
    if holes.is_empty() { code } else { format!("{code}  [{}]", holes.join(", ")) }
}

fn show_hole(hole: &Hole) -> String {
    match hole {
        Hole::Parameter(name, _) => format!("parameter {name}"),
        Hole::Value => "value".to_owned(),
        Hole::Target(name) => format!("target {name}"),
        Hole::Spread => "spread".to_owned(),
        Hole::Statements(None) => "statements".to_owned(),
        Hole::Statements(Some(name)) => format!("statements {name}"),
        Hole::Rounds(template) => format!("rounds of {{{}}}", show_template(template)),
        Hole::Elements(template) => format!("elements of {{{}}}", show_template(template)),
        Hole::Choice(ways) => {
            let ways: Vec<String> = ways.iter().map(show_template).collect();
            format!("one of {{{}}}", ways.join("} {"))
        }
    }
}
