//! What statements are: with a block, or a text by themselves.

use rustpython_ast::{ExceptHandler, Stmt};

/// The blocks of a statement, in their order; none of a simple one.
pub(crate) fn blocks(stmt: &Stmt) -> Vec<&[Stmt]> {
    let mut found: Vec<&[Stmt]> = Vec::new();
    match stmt {
        Stmt::FunctionDef(s) => found.push(&s.body),
        Stmt::ClassDef(s) => found.push(&s.body),
        Stmt::If(s) => {
            found.push(&s.body);
            found.extend(s.elif_else_clauses.iter().map(|clause| &*clause.body));
        }
        Stmt::For(s) => found.extend([&*s.body, &*s.orelse]),
        Stmt::While(s) => found.extend([&*s.body, &*s.orelse]),
        Stmt::With(s) => found.push(&s.body),
        Stmt::Try(s) => {
            found.push(&s.body);
            let handlers = s.handlers.iter();
            found.extend(handlers.map(|ExceptHandler::ExceptHandler(handler)| &*handler.body));
            found.extend([&*s.orelse, &*s.finalbody]);
        }
        Stmt::Match(s) => found.extend(s.cases.iter().map(|case| &*case.body)),
        Stmt::Return(_)
        | Stmt::Delete(_)
        | Stmt::TypeAlias(_)
        | Stmt::Assign(_)
        | Stmt::AugAssign(_)
        | Stmt::AnnAssign(_)
        | Stmt::Raise(_)
        | Stmt::Assert(_)
        | Stmt::Import(_)
        | Stmt::ImportFrom(_)
        | Stmt::Global(_)
        | Stmt::Nonlocal(_)
        | Stmt::Expr(_)
        | Stmt::Pass(_)
        | Stmt::Break(_)
        | Stmt::Continue(_)
        | Stmt::IpyEscapeCommand(_) => {}
    }
    found.retain(|block| !block.is_empty());
    found
}

/// Whether the statement has a block.
pub(crate) fn is_compound(stmt: &Stmt) -> bool {
    !blocks(stmt).is_empty()
}

/// Whether the statement is a text by itself: at the head of a body it is a docstring.
pub(crate) fn is_text(stmt: &Stmt) -> bool {
    matches!(stmt, Stmt::Expr(e) if e.value.is_string_literal_expr())
}
