//! A `with` statement, one of whose items is a macro's.
//!
//! ```text
//! with a() as p, m() as q, b() as r:      with a() as p:
//!     body                                    what m leaves of    with m() as q:
//!                                                                     with b() as r: body
//! ```

use std::rc::Rc;

use rustpython_ast::{Stmt, StmtWith};
use rustpython_text_size::{Ranged as _, TextRange};

use super::definition::{Written, end_of_statement, tree};
use super::run::{Given, LeftStatements, call_site, run_statement_macro};
use super::sites::Role;
use crate::codenode::{Node, Op};
use crate::expand::Expander;
use crate::expand::findings::Reported;
use crate::expand::program::Module;
use crate::residual::Statement;

/// What the macro of item `index` leaves of a block.
pub(crate) fn expand_block<'m>(
    cx: &mut Expander<'_>,
    module: &Rc<Module>,
    (stmt, block): (&Stmt, &'m StmtWith),
    index: usize,
    role: &Role,
) -> Result<Written<'m>, Reported> {
    let Role::Takes(home, name) = role else { return Err(cx.findings.reported_before()) };
    let unforeseen = module.label(stmt.range(), "this block");
    let Some(item) = block.items.get(index) else {
        return Err(cx.findings.report_unforeseen(unforeseen));
    };
    let expression = &item.context_expr;
    let end = end_of_statement(module, stmt);
    let whole = tree(module, stmt, end);
    let [items, body] = whole.args() else {
        return Err(cx.findings.report_unforeseen(unforeseen));
    };
    let with = |items: &[Node], body: Node| {
        let items = Node::new(Op::PARTS, items.to_vec());
        whole.with_args(vec![items, body])
    };
    let (outer, rest) = items.args().split_at(index);
    let (own, inner) = rest.split_at(1);
    let given = match (outer, inner) {
        ([], []) => whole.clone(),
        (_, []) => with(own, body.clone()),
        _ => {
            let inner = with(inner, body.clone());
            with(own, Node::block(vec![inner])).with_trivia(None)
        }
    };
    let given = Given { tree: given, name: None };
    let site = call_site(module, stmt, expression);
    let LeftStatements { mut statements, value } =
        run_statement_macro(cx, site, expression, (home, name), &given)?;
    statements.extend(value.map(|value| Statement::Do(value.as_statement())));
    if !outer.is_empty() {
        let mut body = Vec::new();
        for statement in statements {
            // A macro of statements leaves no control flow of its own.
            let Statement::Do(code) = statement else {
                return Err(cx.findings.report_unforeseen(unforeseen));
            };
            body.push(code);
        }
        if body.is_empty() {
            body.push(Node::new(Op::PASS, Vec::new()));
        }
        statements = vec![Statement::Do(with(outer, Node::block(body)).with_trivia(None))];
    }
    Ok(Written {
        range: TextRange::new(stmt.start(), end),
        statements,
        expression,
        comments_until: block.items.last().map_or(stmt.start(), |item| item.end()),
    })
}
