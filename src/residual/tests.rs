//! Residual programs as Python text, for the tests of this floor.
//!
//! A name that ends with a number is the value of the step with that number, and what comes before
//! the number is what the macro called it. In a program as it is recorded each line is a step:
//!
//! ```text
//! t0 = f()                       a step, evaluated here
//! t1: wanted = g(t0)             a step, evaluated if its value is used
//! t2: augmented = t1 + x         the step `t1 += x`, whose value is the new one
//! t3: variable = t2              the variable t3 is assigned
//! x[0] = t2                      a step without a name
//! return t3                      the result
//! ```
//!
//! In a program that is folded, `t0 = f()` names a value.

use rustpython_ast::{ExceptHandler, Expr, Stmt};
use rustpython_parser::parse_module;
use rustpython_text_size::{Ranged as _, TextRange};

use super::statement::collect;
use super::{Folded, Handler, Presence, Reason, Residual, Statement, Step};
use crate::codenode::{Leaves, Name, Node, Op, Origin, TemporaryId, Value, lower_statement};
use crate::print::{self, Style};
use crate::source::FileId;
use crate::syntax::Layout;

/// What a macro calls the value that this name stands for, and its number.
pub(crate) fn value_name(name: &str) -> Option<(&str, TemporaryId)> {
    let hint = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = name.get(hint.len()..)?.parse().ok()?;
    Some((hint, TemporaryId(number)))
}

/// A variable that other code may assign meanwhile is spelled in capitals.
pub(crate) fn stable(node: &Node) -> bool {
    node.name().is_some_and(|name| !name.chars().all(|c| c.is_ascii_uppercase()))
}

/// Names of values stand for them, and a name that ends with `_` is the macro's own.
#[derive(Default)]
struct Values {
    hints: Vec<(TemporaryId, Name)>,
}

impl Leaves for Values {
    fn replace(&mut self, expr: &Expr) -> Option<Node> {
        let Expr::Name(name) = expr else { return None };
        let (hint, id) = value_name(&name.id)?;
        self.hints.push((id, hint.into()));
        Some(Node::temporary(id))
    }

    fn origin(&mut self, name: &str, _: TextRange) -> Origin {
        if name.ends_with('_') { Origin::Quote(0) } else { Origin::Site }
    }
}

/// A text that is read.
struct Reader<'t> {
    text: &'t str,
    layout: Layout,
    values: Values,
    /// The steps so far; none if the program is folded.
    residual: Option<Residual>,
}

/// A program that was read.
pub(crate) struct Read {
    /// Its steps, if it is one as it is recorded.
    pub residual: Residual,
    pub folded: Folded,
    hints: Vec<(TemporaryId, Name)>,
}

impl Read {
    /// What the macro calls a value.
    pub(crate) fn hint(&self, id: TemporaryId) -> Option<Name> {
        self.hints.iter().find(|(known, _)| *known == id).map(|(_, hint)| hint.clone())
    }
}

/// A program as it is recorded.
pub(crate) fn recorded(text: &str) -> Read {
    read(text, Some(Residual::default()))
}

/// A program that is folded.
pub(crate) fn folded(text: &str) -> Read {
    read(text, None)
}

/// A single piece of code.
pub(crate) fn code(text: &str) -> Node {
    let Folded { statements, result } = folded(text).folded;
    match statements.into_iter().next() {
        Some(Statement::Do(code)) => code,
        // Likewise.
        Some(other) => panic!("{other:?} is no code"),
        None => result,
    }
}

fn read(text: &str, residual: Option<Residual>) -> Read {
    // Only tests come here, whose programs are Python.
    let parsed = parse_module(text).expect("a test's program parses");
    let layout = Layout::new(text, parsed.tokens());
    let mut reader = Reader { text, layout, values: Values::default(), residual };
    let (body, result) = match &parsed.syntax().body[..] {
        [body @ .., Stmt::Return(last)] => (body, last.value.as_deref()),
        body => (body, None),
    };
    let block = reader.block(body);
    let result = result.map_or_else(|| Node::value(Value::None), |value| reader.expr(value));
    let mut residual = reader.residual.unwrap_or_default();
    let statements = match residual.size() {
        0 => block,
        _ => {
            block.into_iter().for_each(|statement| residual.add(statement));
            residual.block().to_vec()
        }
    };
    let mut hints = reader.values.hints;
    hints.sort();
    hints.dedup();
    Read { residual, folded: Folded { statements, result }, hints }
}

impl Reader<'_> {
    fn block(&mut self, body: &[Stmt]) -> Vec<Statement> {
        body.iter().filter_map(|stmt| self.statement(stmt)).collect()
    }

    fn statement(&mut self, stmt: &Stmt) -> Option<Statement> {
        Some(match stmt {
            Stmt::If(s) => {
                let orelse = s.elif_else_clauses.first().map_or(&[][..], |clause| &clause.body);
                let test = self.expr(&s.test);
                Statement::If { test, body: self.block(&s.body), orelse: self.block(orelse) }
            }
            Stmt::While(s) => {
                let test = self.expr(&s.test);
                Statement::While { test, body: self.block(&s.body), orelse: self.block(&s.orelse) }
            }
            Stmt::For(s) => Statement::For {
                target: self.target(&s.target),
                iterable: self.expr(&s.iter),
                body: self.block(&s.body),
                orelse: self.block(&s.orelse),
            },
            Stmt::With(s) => Statement::With {
                context: self.expr(&s.items[0].context_expr),
                target: self.optional(s.items[0].optional_vars.as_deref()),
                body: self.block(&s.body),
            },
            Stmt::Try(s) => Statement::Try {
                body: self.block(&s.body),
                handlers: s.handlers.iter().map(|handler| self.handler(handler)).collect(),
                orelse: self.block(&s.orelse),
                finalbody: self.block(&s.finalbody),
            },
            Stmt::Return(s) => Statement::Return(self.optional(s.value.as_deref())),
            Stmt::Raise(s) => {
                Statement::Raise(self.optional(s.exc.as_deref()), self.optional(s.cause.as_deref()))
            }
            Stmt::Break(_) => Statement::Break,
            Stmt::Continue(_) => Statement::Continue,
            Stmt::Pass(_) => return None,
            simple => self.simple(simple),
        })
    }

    fn handler(&mut self, handler: &ExceptHandler) -> Handler {
        let ExceptHandler::ExceptHandler(handler) = handler;
        let name = handler.name.as_ref().and_then(|name| {
            let (hint, id) = value_name(name)?;
            self.values.hints.push((id, hint.into()));
            Some(Node::temporary(id))
        });
        Handler {
            class: self.optional(handler.type_.as_deref()),
            name: name.unwrap_or_else(Node::empty),
            body: self.block(&handler.body),
        }
    }

    fn simple(&mut self, stmt: &Stmt) -> Statement {
        let node = self.lowered(stmt);
        let (word, id) = match (node.op(), node.args()) {
            (Op::ANNASSIGN, [target, word, _]) => (word.name().cloned(), target.temporary_id()),
            (Op::ASSIGN, [target, _]) => (None, target.temporary_id()),
            _ => (None, None),
        };
        let value = node.args().last().cloned().unwrap_or_else(Node::empty);
        match (id, word.as_deref()) {
            (None, _) => self.step(None, node, Presence::Pinned),
            (Some(id), None) => self.step(Some(id), value, Presence::Pinned),
            (Some(id), Some("wanted")) => self.step(Some(id), value, Presence::OnDemand),
            (Some(id), Some("augmented")) => {
                let op = value.op().name().into();
                let code = Node::new(Op::AUGASSIGN, value.args().to_vec()).with_name(Some(op));
                self.step(Some(id), code, Presence::Pinned)
            }
            (Some(id), Some(_)) => {
                self.declare(id);
                Statement::Assign(vec![(id, value)])
            }
        }
    }

    /// The variables of a loop, which come in their order among the steps.
    fn target(&mut self, target: &Expr) -> Node {
        let node = self.expr(target);
        let mut ids = Vec::new();
        collect(&node, &mut ids);
        ids.into_iter().for_each(|id| self.declare(id));
        node
    }

    fn declare(&mut self, id: TemporaryId) {
        if let Some(residual) = self.residual.as_mut().filter(|r| r.step(id).is_none()) {
            assert_eq!(residual.variable(None, None), id, "variables come in their order");
        }
    }

    fn step(&mut self, id: Option<TemporaryId>, code: Node, presence: Presence) -> Statement {
        let Some(residual) = &mut self.residual else {
            return match id {
                Some(id) => Statement::Bind(id, code),
                None => Statement::Do(code),
            };
        };
        let mark = residual.mark();
        let step = Step { code, reason: Reason::Operation, presence, loc: None, hint: None };
        let own = residual.push(step);
        assert!(id.is_none_or(|id| id == own), "steps come in their order");
        residual.take_since(mark);
        Statement::Step(own)
    }

    fn lowered(&mut self, stmt: &Stmt) -> Node {
        let node = lower_statement(stmt, FileId(0), self.text, &self.layout, &mut self.values);
        let node = node.without_spelling();
        match node.op() {
            Op::EXPR => own_names(&node.args()[0]),
            _ => own_names(&node),
        }
    }

    fn expr(&mut self, expr: &Expr) -> Node {
        let node = crate::codenode::lower(expr, FileId(0), self.text, &mut self.values);
        debug_assert!(expr.range().end().to_usize() <= self.text.len());
        own_names(&node)
    }

    fn optional(&mut self, expr: Option<&Expr>) -> Node {
        expr.map_or_else(Node::empty, |expr| self.expr(expr))
    }
}

/// The macro's own names without the `_` that tells them.
fn own_names(node: &Node) -> Node {
    let node = node.map_args(own_names);
    match node.name().and_then(|name| name.strip_suffix('_')) {
        Some(name) if node.origin() == Origin::Quote(0) => {
            let name = Some(name.into());
            node.with_name(name)
        }
        _ => node,
    }
}

/// The program as text; `name` tells what a value is called.
pub(crate) fn show(folded: &Folded, name: &dyn Fn(TemporaryId) -> String) -> String {
    let mut out = String::new();
    show_block(&folded.statements, 0, name, &mut out);
    out + "return " + &show_code(&folded.result, name)
}

/// The name of a value by its number alone.
pub(crate) fn numbered(id: TemporaryId) -> String {
    format!("t{}", id.0)
}

/// A piece of code as text.
pub(crate) fn show_code(node: &Node, name: &dyn Fn(TemporaryId) -> String) -> String {
    fn named(node: &Node, name: &dyn Fn(TemporaryId) -> String) -> Node {
        match node.temporary_id() {
            Some(id) => Node::var(name(id).as_str(), Origin::Site),
            None => node.map_args(|arg| named(arg, name)),
        }
    }
    /// A parameter of a lambda may be a TEMPORARY.
    fn with_parameters(node: &Node) -> Node {
        let node = node.map_args(with_parameters);
        let parameter = |arg: &Node| match arg.op() {
            Op::VAR => Node::new(Op::PARAM, vec![Node::empty(), Node::empty()])
                .with_name(arg.name().cloned()),
            _ => arg.clone(),
        };
        if node.op() == Op::PARAMS { node.map_args(parameter) } else { node }
    }
    print::expression(&with_parameters(&named(node, name)), Style::default())
}

fn show_block(
    block: &[Statement],
    depth: usize,
    name: &dyn Fn(TemporaryId) -> String,
    out: &mut String,
) {
    if block.is_empty() && depth > 0 {
        line(depth, "pass", out);
    }
    for statement in block {
        show_statement(statement, depth, name, out);
    }
}

fn line(depth: usize, text: &str, out: &mut String) {
    out.push_str(&"    ".repeat(depth));
    out.push_str(text);
    out.push('\n');
}

fn show_statement(
    statement: &Statement,
    depth: usize,
    name: &dyn Fn(TemporaryId) -> String,
    out: &mut String,
) {
    let code = |node: &Node| show_code(node, name);
    let after = |word: &str, node: &Node| match node.op() {
        Op::EMPTY => String::new(),
        _ => format!("{word}{}", show_code(node, name)),
    };
    let mut clause = |head: String, block: &[Statement]| {
        line(depth, &head, out);
        show_block(block, depth + 1, name, out);
    };
    match statement {
        Statement::If { test, body, orelse } => {
            clause(format!("if {}:", code(test)), body);
            if !orelse.is_empty() {
                clause("else:".to_owned(), orelse);
            }
        }
        Statement::While { test, body, orelse } => {
            clause(format!("while {}:", code(test)), body);
            if !orelse.is_empty() {
                clause("else:".to_owned(), orelse);
            }
        }
        Statement::For { target, iterable, body, orelse } => {
            clause(format!("for {} in {}:", code(target), code(iterable)), body);
            if !orelse.is_empty() {
                clause("else:".to_owned(), orelse);
            }
        }
        Statement::With { context, target, body } => {
            clause(format!("with {}{}:", code(context), after(" as ", target)), body);
        }
        Statement::Try { body, handlers, orelse, finalbody } => {
            clause("try:".to_owned(), body);
            for handler in handlers {
                let (class, as_name) = (after(" ", &handler.class), after(" as ", &handler.name));
                clause(format!("except{class}{as_name}:"), &handler.body);
            }
            if !orelse.is_empty() {
                clause("else:".to_owned(), orelse);
            }
            if !finalbody.is_empty() {
                clause("finally:".to_owned(), finalbody);
            }
        }
        Statement::Step(id) => line(depth, &format!("step {}", name(*id)), out),
        Statement::Bind(id, value) => {
            line(depth, &format!("{} = {}", name(*id), code(value)), out);
        }
        Statement::Do(value) => line(depth, &code(value), out),
        Statement::Assign(pairs) => {
            let ids: Vec<String> = pairs.iter().map(|(id, _)| name(*id)).collect();
            let values: Vec<String> = pairs.iter().map(|(_, value)| code(value)).collect();
            line(depth, &format!("{} = {}", ids.join(", "), values.join(", ")), out);
        }
        Statement::Return(value) => line(depth, &format!("return{}", after(" ", value)), out),
        Statement::Raise(exception, cause) => {
            let text = format!("raise{}{}", after(" ", exception), after(" from ", cause));
            line(depth, &text, out);
        }
        Statement::Break => line(depth, "break", out),
        Statement::Continue => line(depth, "continue", out),
    }
}
