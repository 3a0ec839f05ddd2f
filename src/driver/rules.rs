//! Rules of Python that neither its grammar nor the compiler here tells apart from its own failings,
//! and an expansion could break: `break` stands in a loop of its function; blocks don't nest deeper
//! than CPython can; a starred target stands in a list or tuple; assignment expressions aren't allowed
//! in the iterables of comprehensions, nor in comprehensions of a class body (PEP 572).

use rustpython_ast::token::{TokenKind, Tokens};
use rustpython_ast::{self as ast, Expr, ModModule, Stmt};
use rustpython_text_size::Ranged as _;

use crate::syntax::{Syntax, walk_with};

/// Whether the module keeps them.
pub(super) fn hold(module: &ModModule) -> bool {
    walk_with(module, RuleContext::default(), RuleContext::below)
        .all(|(node, around)| around.allows(node))
}

/// How many loops, `with` and `try` statements may stand in each other in one function: CPython's
/// `CO_MAXBLOCKS`.
const MOST_BLOCKS: usize = 20;

/// How deep brackets may stand in each other, and indented blocks: the `MAXLEVEL` and `MAXINDENT` of
/// CPython's tokenizer.
const MOST_BRACKETS: usize = 200;
const MOST_INDENTS: usize = 99;

/// What of the text, which has these tokens, is nested deeper than Python reads, and in which line.
pub(super) fn nested_too_deep(text: &str, tokens: &Tokens) -> Option<(&'static str, usize)> {
    let (mut brackets, mut indents) = (0usize, 0usize);
    for token in tokens.iter() {
        match token.kind() {
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => brackets += 1,
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => {
                brackets = brackets.saturating_sub(1);
            }
            TokenKind::Indent => indents += 1,
            TokenKind::Dedent => indents = indents.saturating_sub(1),
            _ => continue,
        }
        let why = match () {
            () if brackets > MOST_BRACKETS => "more than 200 brackets stand in each other",
            () if indents > MOST_INDENTS => "more than 99 blocks stand in each other",
            () => continue,
        };
        let before = text.get(..token.start().to_usize()).unwrap_or_default();
        return Some((why, before.lines().count()));
    }
    None
}

/// What a node stands in.
#[derive(Clone, Copy, Default)]
struct RuleContext {
    blocks: usize,
    in_loop: bool,
    in_iterable: bool,
    in_class: bool,
    in_comprehension: bool,
}

impl RuleContext {
    fn allows(self, node: Syntax<'_>) -> bool {
        match node {
            Syntax::Stmt(Stmt::Break(_) | Stmt::Continue(_)) => self.in_loop,
            Syntax::Stmt(Stmt::Assign(s)) => !s.targets.iter().any(Expr::is_starred_expr),
            Syntax::Stmt(stmt) if is_block(stmt) => self.blocks < MOST_BLOCKS,
            Syntax::Expr(Expr::Named(_)) => {
                !(self.in_iterable || self.in_class && self.in_comprehension)
            }
            _ => true,
        }
    }

    /// What a part of `node` stands in, where this is around that.
    fn below(mut self, node: Syntax<'_>, child: Syntax<'_>) -> RuleContext {
        match node {
            Syntax::Stmt(stmt) if is_block(stmt) && child.stmt().is_some() => self.blocks += 1,
            Syntax::Stmt(Stmt::FunctionDef(_) | Stmt::ClassDef(_)) => self.blocks = 0,
            _ => {}
        }
        match node {
            // A `break` in the second body is of the loop around it.
            Syntax::Stmt(Stmt::For(ast::StmtFor { body, .. }))
            | Syntax::Stmt(Stmt::While(ast::StmtWhile { body, .. })) => {
                let is_in_body = body.last().is_some_and(|last| child.end() <= last.end());
                self.in_loop |= child.stmt().is_some() && is_in_body;
            }
            // The head belongs to the scope around the class.
            Syntax::Stmt(Stmt::ClassDef(_)) if child.stmt().is_some() => {
                (self.in_class, self.in_loop) = (true, false);
            }
            Syntax::Stmt(Stmt::FunctionDef(_)) => (self.in_class, self.in_loop) = (false, false),
            Syntax::Expr(Expr::Lambda(_)) => self.in_class = false,
            Syntax::Expr(
                Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) | Expr::Generator(_),
            ) => self.in_comprehension = true,
            Syntax::Comprehension(comprehension) => {
                self.in_iterable |= child.range() == comprehension.iter.range();
            }
            _ => {}
        }
        self
    }
}

/// Whether CPython counts the statement among the blocks around what is in it.
fn is_block(stmt: &Stmt) -> bool {
    matches!(stmt, Stmt::For(_) | Stmt::While(_) | Stmt::With(_) | Stmt::Try(_))
}
