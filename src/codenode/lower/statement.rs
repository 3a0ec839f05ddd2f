//! Statements and definitions, an arm for each form, with what their source has around them.

use std::rc::Rc;

use rustpython_ast::{self as ast, ExceptHandler, Expr, Stmt};
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use super::Lowering;
use crate::codenode::node::{Head, Node, Trivia};
use crate::python::form::binary_op;
use crate::python::op::Op;
use crate::syntax::{GapLine, Layout, column_of};

/// A line end of Windows inside a literal.
const WINDOWS_IN_LITERAL: &str = "\r\u{fdd0}";

impl<'a> Lowering<'a> {
    /// The statements of a body that comes to an end before `end`: a BLOCK.
    pub(super) fn body(&mut self, body: &[Stmt], end: TextSize) -> Node {
        let mut nodes: Vec<Node> = Vec::with_capacity(body.len());
        for (index, stmt) in body.iter().enumerate() {
            let above = self.gap_before(stmt, nodes.last_mut());
            let limit = body.get(index + 1).map_or(end, |next| next.start());
            self.consumed = self.consumed.max(stmt.start());
            let node = self.statement(stmt, limit);
            self.consumed = self.consumed.max(stmt.end());
            let beside = node.trivia().and_then(|t| t.beside.clone());
            nodes.push(node.with_trivia(trivia(above, beside, Vec::new())));
        }
        if let (Some(first), Some(last)) = (body.first(), nodes.last_mut()) {
            self.close(last, column_of(self.text, first.start()), end);
        }
        Node::block(nodes)
    }

    /// What stands above `stmt`; the comment beside the statement `before` it becomes that one's.
    fn gap_before(&mut self, stmt: &Stmt, before: Option<&mut Node>) -> Vec<Box<str>> {
        let Some(layout) = self.layout else { return Vec::new() };
        if self.consumed >= stmt.start() {
            return Vec::new();
        }
        let gap = layout.gap(self.text, TextRange::new(self.consumed, stmt.start()));
        self.consumed = stmt.start();
        if let (Some(node), Some(beside)) = (before, &gap.beside) {
            set_beside(node, beside);
        }
        gap.texts()
    }

    /// Gives the last statement of a body the comments after it that belong to the body: those
    /// that stand as far in as it does.
    fn close(&mut self, last: &mut Node, column: usize, end: TextSize) {
        let Some(layout) = self.layout else { return };
        if self.consumed >= end {
            return;
        }
        let gap = layout.gap(self.text, TextRange::new(self.consumed, end));
        if let Some(beside) = &gap.beside {
            set_beside(last, beside);
            self.consumed += TextSize::of(self.line_rest(self.consumed));
        }
        let belongs = |line: &&GapLine| {
            line.column.is_none_or(|(own, _)| own >= column && own > 0 || column == 0)
        };
        let mut lines: Vec<_> = gap.lines.iter().take_while(belongs).collect();
        while lines.last().is_some_and(|line| line.text.is_empty()) {
            lines.pop();
        }
        let Some((_, end)) = lines.iter().rev().find_map(|line| line.column) else { return };
        self.consumed = end;
        let below = lines.into_iter().map(|line| line.text.clone()).collect();
        let (above, beside) = match last.trivia() {
            Some(trivia) => (trivia.above.clone(), trivia.beside.clone()),
            None => Default::default(),
        };
        *last = last.clone().with_trivia(trivia(above, beside, below));
    }

    /// The rest of the line at `offset`.
    fn line_rest(&self, offset: TextSize) -> &str {
        let rest = self.text.get(offset.to_usize()..).unwrap_or_default();
        rest.split(['\n', '\r']).next().unwrap_or_default()
    }

    /// The statement, which comes to an end before `limit`, as it was written.
    pub(super) fn statement(&mut self, stmt: &Stmt, limit: TextSize) -> Node {
        if let Some(node) = self.leaves.replace_statement(stmt) {
            self.replaced += 1;
            return node;
        }
        let replaced = self.replaced;
        let node = self.statement_form(stmt, limit);
        let node = match node.loc() {
            Some(_) => node,
            None => self.at(stmt.range(), node),
        };
        match self.layout {
            Some(layout) if self.replaced == replaced => {
                let end = if node.has_body() { stmt.end().max(self.consumed) } else { stmt.end() };
                let spelling = layout.spelling(self.text, TextRange::new(stmt.start(), end));
                // Lines that end as on old Macs aren't indented anew.
                let is_old = spelling.replace(WINDOWS_IN_LITERAL, "").contains('\r');
                if is_old { node } else { node.with_spelling(&[&spelling]) }
            }
            _ => node,
        }
    }

    /// The body of a clause, with what stands above and beside its word: `clause`, or right before the
    /// colon.
    fn clause(&mut self, body: &[Stmt], limit: TextSize, clause: Option<TextSize>) -> Node {
        let Some((layout, colon)) = self.colon_of(body) else { return self.body(body, limit) };
        let above = self.above_clause(clause.unwrap_or(colon));
        let beside = self.beside_colon(layout, colon, body);
        let block = self.body(body, limit);
        block.with_trivia(trivia(above, beside, Vec::new()))
    }

    /// The colon before a body.
    fn colon_of(&self, body: &[Stmt]) -> Option<(&'a Layout, TextSize)> {
        let layout = self.layout?;
        Some((layout, layout.colon_before(body.first()?.start())?))
    }

    /// The comment beside the colon before a body, which is done with then.
    fn beside_colon(
        &mut self,
        layout: &Layout,
        colon: TextSize,
        body: &[Stmt],
    ) -> Option<Box<str>> {
        self.consumed = colon + TextSize::of(':');
        let start = body.first()?.start();
        let gap = layout.gap(self.text, TextRange::new(self.consumed, start));
        let beside = gap.beside?;
        self.consumed += TextSize::of(self.line_rest(self.consumed));
        Some(beside)
    }

    /// The first body of a statement, with the comment beside its head.
    fn first_body(&mut self, body: &[Stmt], limit: TextSize) -> (Node, Option<Box<str>>) {
        let beside = match self.colon_of(body) {
            Some((layout, colon)) => self.beside_colon(layout, colon, body),
            None => None,
        };
        (self.body(body, limit), beside)
    }

    /// A statement of a head, which begins with a keyword at `start`, and bodies.
    fn headed(
        &mut self,
        op: Op,
        mut args: Vec<Node>,
        (keyword, start): (&'static str, TextSize),
        bodies: &[(&[Stmt], TextSize)],
    ) -> Node {
        let head = bodies.first().and_then(|(body, _)| self.head_text(start, body));
        let mut beside = None;
        for (index, (body, limit)) in bodies.iter().enumerate() {
            if index == 0 {
                let (block, comment) = self.first_body(body, *limit);
                args.push(block);
                beside = comment;
            } else {
                args.push(self.clause(body, *limit, None));
            }
        }
        let node = Node::new(op, args).with_trivia(trivia(Vec::new(), beside, Vec::new()));
        self.with_head(node, keyword, head)
    }

    /// The text of a head from `start` to its colon.
    fn head_text(&self, start: TextSize, body: &[Stmt]) -> Option<String> {
        let (layout, colon) = self.colon_of(body)?;
        let range = TextRange::new(start, colon + TextSize::of(':'));
        Some(layout.spelling(self.text, range)).filter(|text| !text.contains('\r'))
    }

    fn with_head(&self, node: Node, keyword: &'static str, head: Option<String>) -> Node {
        let head = head.map(|text| Rc::new(Head::new(&text, keyword, &node)));
        node.with_head(head)
    }

    fn statement_form(&mut self, stmt: &Stmt, limit: TextSize) -> Node {
        match stmt {
            Stmt::FunctionDef(s) => self.function(s, limit),
            Stmt::ClassDef(s) => self.class(s, limit),
            Stmt::Match(s) => self.match_statement(s, limit),
            Stmt::If(s) => {
                let head = self.head_text(s.range.start(), &s.body);
                let node = self.if_statement(&s.test, &s.body, &s.elif_else_clauses, limit);
                self.with_head(node, Op::IF.keyword(), head)
            }
            Stmt::Try(s) => self.try_statement(s, limit),
            Stmt::For(s) => self.for_statement(s, limit),
            Stmt::While(s) => {
                let end = self.clause_start(&s.orelse, limit);
                let args = vec![self.expr(&s.test)];
                let keyword = (Op::WHILE.keyword(), s.range.start());
                self.headed(Op::WHILE, args, keyword, &[(&s.body, end), (&s.orelse, limit)])
            }
            Stmt::With(s) => {
                let op = if s.is_async { Op::ASYNCWITH } else { Op::WITH };
                let items = s.items.iter().map(|item| self.with_item(item)).collect();
                let args = vec![Node::new(Op::PARTS, items)];
                self.headed(op, args, (op.keyword(), s.range.start()), &[(&s.body, limit)])
            }
            Stmt::Return(s) => Node::new(Op::RETURN, vec![self.optional(s.value.as_deref())]),
            Stmt::Delete(s) => Node::new(Op::DELETE, self.exprs(&s.targets)),
            Stmt::Assign(s) => {
                let mut args = self.exprs(&s.targets);
                args.push(self.expr(&s.value));
                Node::new(Op::ASSIGN, args)
            }
            Stmt::AugAssign(s) => {
                let args = vec![self.expr(&s.target), self.expr(&s.value)];
                Node::new(Op::AUGASSIGN, args).with_name(Some(binary_op(s.op).name().into()))
            }
            Stmt::AnnAssign(s) => self.annotated(s),
            Stmt::TypeAlias(s) => {
                let target = self.expr(&s.name);
                let parameters = self.type_parameters(s.type_params.as_deref());
                Node::new(Op::TYPEALIAS, vec![target, parameters, self.expr(&s.value)])
            }
            Stmt::Raise(s) => Node::new(
                Op::RAISE,
                vec![self.optional(s.exc.as_deref()), self.optional(s.cause.as_deref())],
            ),
            Stmt::Assert(s) => {
                Node::new(Op::ASSERT, vec![self.expr(&s.test), self.optional(s.msg.as_deref())])
            }
            Stmt::Import(s) => Node::new(Op::IMPORT, self.aliases(&s.names)),
            Stmt::ImportFrom(s) => {
                let module = s.module.as_ref().map_or("", |module| module.as_str());
                let name = format!("{}{module}", ".".repeat(s.level as usize));
                Node::new(Op::IMPORTFROM, self.aliases(&s.names)).with_name(Some(name.into()))
            }
            Stmt::Global(s) => Node::new(Op::GLOBAL, self.all_bound(&s.names)),
            Stmt::Nonlocal(s) => Node::new(Op::NONLOCAL, self.all_bound(&s.names)),
            Stmt::Expr(s) => Node::new(Op::EXPR, vec![self.expr(&s.value)]),
            Stmt::Break(_) => Node::new(Op::BREAK, Vec::new()),
            Stmt::Continue(_) => Node::new(Op::CONTINUE, Vec::new()),
            // The parser makes an escape command only in its notebook mode, which isn't used.
            Stmt::Pass(_) | Stmt::IpyEscapeCommand(_) => Node::new(Op::PASS, Vec::new()),
        }
    }

    fn for_statement(&mut self, s: &ast::StmtFor, limit: TextSize) -> Node {
        let end = self.clause_start(&s.orelse, limit);
        let op = if s.is_async { Op::ASYNCFOR } else { Op::FOR };
        let args = vec![self.expr(&s.target), self.expr(&s.iter)];
        let keyword = (op.keyword(), s.range.start());
        self.headed(op, args, keyword, &[(&s.body, end), (&s.orelse, limit)])
    }

    fn annotated(&mut self, s: &ast::StmtAnnAssign) -> Node {
        let is_plain = s.simple || !s.target.is_name_expr();
        let args =
            vec![self.expr(&s.target), self.expr(&s.annotation), self.optional(s.value.as_deref())];
        Node::new(Op::ANNASSIGN, args).with_name((!is_plain).then(|| "()".into()))
    }

    fn all_bound(&mut self, names: &[ast::Identifier]) -> Vec<Node> {
        names.iter().map(|name| self.bound(name)).collect()
    }

    fn aliases(&mut self, names: &[ast::Alias]) -> Vec<Node> {
        let alias = |name: &ast::Alias| {
            let own = name.asname.as_ref().map_or_else(Node::empty, |own| self.bound(own));
            let origin = self.leaves.origin(name.name.as_str(), name.name.range);
            let node = Node::new(Op::ALIAS, vec![own])
                .with_name(Some(name.name.as_str().into()))
                .with_origin(origin);
            self.at(name.range, node)
        };
        names.iter().map(alias).collect()
    }

    fn with_item(&mut self, item: &ast::WithItem) -> Node {
        let context = self.expr(&item.context_expr);
        let target = self.optional(item.optional_vars.as_deref());
        self.at(item.range, Node::new(Op::WITHITEM, vec![context, target]))
    }

    /// Where a clause without a place of its own begins, as far as comments go: its colon.
    fn clause_start(&self, body: &[Stmt], limit: TextSize) -> TextSize {
        self.colon_of(body).map_or(limit, |(_, colon)| colon)
    }

    fn if_statement(
        &mut self,
        test: &Expr,
        body: &[Stmt],
        clauses: &[ast::ElifElseClause],
        limit: TextSize,
    ) -> Node {
        let test = self.expr(test);
        let next = clauses.first().map_or(limit, |clause| clause.start());
        let (body, beside) = self.first_body(body, next);
        let orelse = match clauses {
            [] => Node::block(Vec::new()),
            [ast::ElifElseClause { test: None, body, range, .. }, ..] => {
                self.clause(body, limit, Some(range.start()))
            }
            [ast::ElifElseClause { test: Some(test), body, range, .. }, rest @ ..] => {
                let above = self.above_clause(range.start());
                let nested = self.if_statement(test, body, rest, limit);
                let block = Node::block(vec![self.at(*range, nested)]);
                block.with_trivia(trivia(above, None, Vec::new()))
            }
        };
        let node = Node::new(Op::IF, vec![test, body, orelse]);
        node.with_trivia(trivia(Vec::new(), beside, Vec::new()))
    }

    /// The comments above a clause that begins at `start`.
    fn above_clause(&mut self, start: TextSize) -> Vec<Box<str>> {
        let Some(layout) = self.layout.filter(|_| self.consumed < start) else { return Vec::new() };
        let gap = layout.gap(self.text, TextRange::new(self.consumed, start));
        self.consumed = start;
        let above: Vec<_> = gap.lines.into_iter().map(|line| line.text).collect();
        let has_comment = above.iter().any(|line| !line.is_empty());
        if has_comment { above } else { Vec::new() }
    }

    fn try_statement(&mut self, s: &ast::StmtTry, limit: TextSize) -> Node {
        let last = self.clause_start(&s.finalbody, limit);
        let handled = self.clause_start(&s.orelse, last);
        let first = s.handlers.first().map_or(handled, |handler| handler.start());
        let (body, beside) = self.first_body(&s.body, first);
        let mut handlers = Vec::new();
        for (index, handler) in s.handlers.iter().enumerate() {
            let ExceptHandler::ExceptHandler(h) = handler;
            let end = s.handlers.get(index + 1).map_or(handled, |next| next.start());
            let above = self.above_clause(h.start());
            let class = self.optional(h.type_.as_deref());
            let target = h.name.as_ref().map_or_else(Node::empty, |name| self.bound(name));
            let args = vec![class, target];
            let keyword = if s.is_star { "except*" } else { Op::EXCEPT.keyword() };
            let node = self.headed(Op::EXCEPT, args, (keyword, h.start()), &[(&h.body, end)]);
            handlers.push(self.at(h.range, with_above(node, above)));
        }
        let orelse = self.clause(&s.orelse, last, None);
        let finalbody = self.clause(&s.finalbody, limit, None);
        let op = if s.is_star { Op::TRYSTAR } else { Op::TRY };
        let args = vec![body, Node::new(Op::PARTS, handlers), orelse, finalbody];
        Node::new(op, args).with_trivia(trivia(Vec::new(), beside, Vec::new()))
    }

    fn match_statement(&mut self, s: &ast::StmtMatch, limit: TextSize) -> Node {
        let subject = self.expr(&s.subject);
        self.consumed = self.consumed.max(s.subject.end());
        let first = s.cases.first().map_or(limit, |case| case.start());
        let beside = self
            .layout
            .and_then(|layout| layout.gap(self.text, TextRange::new(self.consumed, first)).beside);
        let mut cases = Vec::new();
        for (index, case) in s.cases.iter().enumerate() {
            let end = s.cases.get(index + 1).map_or(limit, |next| next.start());
            let above = self.above_clause(case.start());
            let pattern = self.pattern(&case.pattern);
            let guard = self.optional(case.guard.as_deref());
            let args = vec![pattern, guard];
            let keyword = (Op::CASE.keyword(), case.start());
            let node = self.headed(Op::CASE, args, keyword, &[(&case.body, end)]);
            cases.push(self.at(case.range, with_above(node, above)));
        }
        Node::new(Op::MATCH, vec![subject, Node::new(Op::PARTS, cases)]).with_trivia(trivia(
            Vec::new(),
            beside,
            Vec::new(),
        ))
    }

    fn decorators(&mut self, decorators: &[ast::Decorator]) -> Node {
        Node::new(Op::PARTS, decorators.iter().map(|d| self.expr(&d.expression)).collect())
    }

    /// Where the head of a definition begins, after its decorators.
    fn keyword(
        &self,
        word: &str,
        decorators: &[ast::Decorator],
        start: TextSize,
        name: TextSize,
    ) -> TextSize {
        let from = decorators.last().map_or(start, |decorator| decorator.end());
        let found = self.slice(TextRange::new(from, name)).rfind(word);
        found.map_or(start, |at| from + TextSize::try_from(at).unwrap_or_default())
    }

    fn function(&mut self, s: &ast::StmtFunctionDef, limit: TextSize) -> Node {
        let args = vec![
            self.decorators(&s.decorator_list),
            self.type_parameters(s.type_params.as_deref()),
            self.parameters(&s.parameters),
            self.optional(s.returns.as_deref()),
            Node::empty(),
        ];
        let op = if s.is_async { Op::ASYNCDEF } else { Op::DEF };
        let word = if s.is_async { "async" } else { "def" };
        let start = self.keyword(word, &s.decorator_list, s.range.start(), s.name.start());
        let keyword = (op.keyword(), start);
        let node = self.headed(op, args, keyword, &[(&s.body, limit)]).with_docstring();
        self.defined(&s.name, node, s.range)
    }

    /// A definition with its name, to which its head is bound.
    fn defined(&mut self, name: &ast::Identifier, node: Node, range: TextRange) -> Node {
        let node = self.named(name, node, range);
        let head = node.written_head().map(|head| Rc::new(head.of(&node)));
        node.with_head(head)
    }

    fn class(&mut self, s: &ast::StmtClassDef, limit: TextSize) -> Node {
        let bases = s.arguments.as_deref().map(|arguments| self.arguments(arguments));
        let args = vec![
            self.decorators(&s.decorator_list),
            self.type_parameters(s.type_params.as_deref()),
            Node::new(Op::PARTS, bases.unwrap_or_default()),
            Node::empty(),
        ];
        let start = self.keyword("class", &s.decorator_list, s.range.start(), s.name.start());
        let keyword = (Op::CLASS.keyword(), start);
        let node = self.headed(Op::CLASS, args, keyword, &[(&s.body, limit)]).with_docstring();
        self.defined(&s.name, node, s.range)
    }
}

/// The clause with comments above it.
fn with_above(node: Node, above: Vec<Box<str>>) -> Node {
    let beside = node.trivia().and_then(|trivia| trivia.beside.clone());
    node.with_trivia(trivia(above, beside, Vec::new()))
}

/// Puts a comment beside a simple statement; a statement with a body has it in its last line's.
fn set_beside(node: &mut Node, comment: &str) {
    if !node.has_body() {
        let (above, below) = match node.trivia() {
            Some(trivia) => (trivia.above.clone(), trivia.below.clone()),
            None => Default::default(),
        };
        *node = node.clone().with_trivia(trivia(above, Some(comment.into()), below));
    }
}

/// The trivia, if there is any.
fn trivia(
    above: Vec<Box<str>>,
    beside: Option<Box<str>>,
    below: Vec<Box<str>>,
) -> Option<Rc<Trivia>> {
    let is_empty = above.is_empty() && beside.is_none() && below.is_empty();
    (!is_empty).then(|| Rc::new(Trivia { above, beside, below }))
}
