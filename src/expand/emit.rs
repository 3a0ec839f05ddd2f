//! Writes the statements of an expansion as lines of Python.

use crate::codenode::{Node, Op, Shape};
use crate::print::{self, Style};
use crate::residual::{Handler, Statement};

/// How far a block is indented.
const INDENT: &str = "    ";

/// The statements one below the other, without indentation before the first line: every further
/// line has that of `style`.
pub(super) fn statements(block: &[Statement], style: Style<'_>) -> Vec<String> {
    block.iter().map(|statement| one(statement, style)).collect()
}

/// The statements as the body that they are, in one text: with blank lines around definitions.
pub(super) fn body(statements: &[Statement], style: Style<'_>) -> String {
    let mut text = String::new();
    let mut rest = statements;
    while let Some((first, others)) = rest.split_first() {
        let code = |statement: &Statement| match statement {
            Statement::Do(node) => Some(node.as_statement()),
            _ => None,
        };
        let plain: Vec<Node> = rest.iter().map_while(code).collect();
        if !text.is_empty() {
            text.push_str(&format!("{}{}", style.newline, style.indentation));
        }
        if plain.is_empty() {
            text.push_str(&one(first, style));
            rest = others;
        } else {
            text.push_str(&print::statements(&plain, style));
            rest = &rest[plain.len()..];
        }
    }
    text
}

/// A function with this head (`def f(x)`) and body.
pub(super) fn function(head: &str, body: &[Statement], style: Style<'_>) -> String {
    format!("{head}:{}", block(body, style))
}

fn one(statement: &Statement, style: Style<'_>) -> String {
    let code = |node: &Node, extra: usize| {
        print::expression(node, Style { column: style.column + extra, ..style })
    };
    let line = format!("{}{}", style.newline, style.indentation);
    let otherwise = |orelse: &[Statement]| match orelse {
        [] => String::new(),
        [Statement::If { .. }] if matches!(statement, Statement::If { .. }) => {
            format!("{line}el{}", one(&orelse[0], style))
        }
        _ => format!("{line}else:{}", block(orelse, style)),
    };
    match statement {
        Statement::Do(node) | Statement::Bind(_, node) => simple(node, style),
        Statement::If { test, body, orelse } => {
            format!("if {}:{}{}", code(test, 3), block(body, style), otherwise(orelse))
        }
        Statement::While { test, body, orelse } => {
            format!("while {}:{}{}", code(test, 6), block(body, style), otherwise(orelse))
        }
        Statement::For { target, iterable, body, orelse } => {
            let target = bare_tuple(code(target, 4));
            let iterable = code(iterable, 8);
            format!("for {target} in {iterable}:{}{}", block(body, style), otherwise(orelse))
        }
        Statement::With { context, target, body } => {
            let target = match target.op() {
                Op::EMPTY => String::new(),
                _ => format!(" as {}", code(target, 0)),
            };
            format!("with {}{target}:{}", code(context, 5), block(body, style))
        }
        Statement::Try { body, handlers, orelse, finalbody } => {
            let mut text = format!("try:{}", block(body, style));
            for handler in handlers {
                text.push_str(&format!(
                    "{line}{}:{}",
                    except(handler, style),
                    block(&handler.body, style)
                ));
            }
            text.push_str(&otherwise(orelse));
            if !finalbody.is_empty() {
                text.push_str(&format!("{line}finally:{}", block(finalbody, style)));
            }
            text
        }
        Statement::Return(node) => match node.constant() {
            Some(crate::codenode::Value::None) => "return".to_owned(),
            _ => format!("return {}", without_parentheses(node, code(node, 7))),
        },
        Statement::Raise(exception, cause) => {
            let cause = match cause.op() {
                Op::EMPTY => String::new(),
                _ => format!(" from {}", code(cause, 6)),
            };
            match exception.op() {
                Op::EMPTY => "raise".to_owned(),
                _ => format!("raise {}{cause}", code(exception, 6)),
            }
        }
        Statement::Break => "break".to_owned(),
        Statement::Continue => "continue".to_owned(),
        // A folded program that has been given names holds neither.
        Statement::Step(_) | Statement::Assign(_) => "pass".to_owned(),
    }
}

/// A statement without blocks; an expression is one.
fn simple(node: &Node, style: Style<'_>) -> String {
    let code = |node: &Node, extra: usize| {
        print::expression(node, Style { column: style.column + extra, ..style })
    };
    match (node.op(), node.args()) {
        (Op::ASSIGN, [target, value]) => {
            let target = without_parentheses(target, code(target, 0));
            let width = target.chars().count() + " = ".len();
            format!("{target} = {}", without_parentheses(value, code(value, width)))
        }
        (Op::AUGASSIGN, [target, value]) => {
            let target = code(target, 0);
            let symbol = match node.name().and_then(|name| Op::from_name(name)).map(Op::shape) {
                Some(Shape::Binary(symbol, _)) => symbol,
                // Its name was checked when it was made.
                _ => "",
            };
            let width = target.chars().count() + symbol.len() + " = ".len();
            format!("{target} {symbol}= {}", code(value, width))
        }
        (Op::DELETE, [target]) => format!("del {}", code(target, "del ".len())),
        _ => code(node, 0),
    }
}

fn except(handler: &Handler, style: Style<'_>) -> String {
    let name = match handler.name.op() {
        Op::EMPTY => String::new(),
        _ => format!(" as {}", print::expression(&handler.name, style)),
    };
    match handler.class.op() {
        Op::EMPTY => "except".to_owned(),
        _ => format!("except {}{name}", print::expression(&handler.class, style)),
    }
}

/// A tuple at the end of a statement needs no parentheses.
fn without_parentheses(node: &Node, text: String) -> String {
    match node.op() == Op::TUPLE && node.args().len() > 1 && !text.contains(['\n', '\r', '*']) {
        true => bare_tuple(text),
        false => text,
    }
}

fn bare_tuple(text: String) -> String {
    match text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(bare) => bare.to_owned(),
        None => text,
    }
}

/// An indented block, from the end of the line before it.
fn block(statements: &[Statement], style: Style<'_>) -> String {
    let indentation = format!("{}{INDENT}", style.indentation);
    let inner = Style { column: style.column + INDENT.len(), indentation: &indentation, ..style };
    let line = format!("{}{indentation}", style.newline);
    if statements.is_empty() {
        return format!("{line}pass");
    }
    statements.iter().map(|statement| format!("{line}{}", one(statement, inner))).collect()
}
