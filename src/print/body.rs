//! Statements one below the other, with the blank lines and comments between them.

use super::document::width;
use super::printer::Printer;
use crate::codenode::{Node, Op, Value};
use crate::syntax::LINE_IN_LITERAL;

/// What a body belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BodyPlace {
    Module,
    Class,
    Function,
    Inner,
}

impl BodyPlace {
    /// The most blank lines between its statements, which is what stands around definitions.
    fn most(self) -> usize {
        if self == BodyPlace::Module { 2 } else { 1 }
    }
}

/// Whether the last line of a statement is that of a definition.
fn ends_with_definition(node: &Node) -> bool {
    let mut node = node;
    while !node.op().defines() {
        let inner = node.args().iter().rev().find_map(|arg| match arg.op() {
            Op::BLOCK | Op::PARTS => arg.args().last(),
            _ => None,
        });
        match inner {
            Some(inner) => node = inner,
            None => return false,
        }
    }
    true
}

fn is_import(node: &Node) -> bool {
    matches!(node.op(), Op::IMPORT | Op::IMPORTFROM)
}

fn is_text(node: &Node) -> bool {
    node.op() == Op::EXPR && node.args().first().is_some_and(|value| value.text().is_some())
}

/// Whether both are printed as their source wrote them, one after the other.
fn follows_as_written(before: &Node, node: &Node) -> bool {
    let is_written = before.spelling().is_some() && node.spelling().is_some();
    match (before.loc(), node.loc()) {
        (Some(first), Some(second)) => {
            is_written && first.file == second.file && first.range.end() <= second.range.start()
        }
        _ => false,
    }
}

/// What a statement may be where it stands in a body.
#[derive(Clone, Copy, PartialEq, Eq)]
enum BodyRole {
    Docstring,
    Statement,
}

/// The blank lines before `node`, above which its source has `found`, and after `before`.
fn blank_lines(
    (before, role): (&Node, BodyRole),
    node: &Node,
    found: usize,
    place: BodyPlace,
) -> usize {
    let most = place.most();
    let is_docstring = role == BodyRole::Docstring && is_text(before);
    if follows_as_written(before, node) {
        return found.min(most);
    }
    let least = match () {
        () if is_docstring && place == BodyPlace::Module => 1,
        () if node.op().defines() || ends_with_definition(before) => most,
        () if is_docstring && place == BodyPlace::Class => 1,
        () if is_import(before) && !is_import(node) => 1,
        () => 0,
    };
    match is_docstring && place == BodyPlace::Module && !node.op().defines() {
        true => least,
        false => found.min(most).max(least),
    }
}

/// The blank lines before the first statement of a body.
fn blank_lines_at_start(first: &Node, place: BodyPlace) -> usize {
    match place {
        BodyPlace::Inner if first.op().defines() && !has_comments_above(first) => 1,
        BodyPlace::Function if !first.op().defines() => leading_blanks(first).min(1),
        _ => 0,
    }
}

impl Printer<'_> {
    /// Another line in the present block.
    pub(super) fn start_line(&mut self) {
        self.out.push_str(self.newline);
        self.out.push_str(&self.indentation);
        self.column = width(&self.indentation);
    }

    fn blank(&mut self, lines: usize) {
        for _ in 0..lines {
            self.out.push_str(self.newline);
        }
    }

    pub(super) fn indented(&mut self, print: impl FnOnce(&mut Self)) {
        let outer = self.indentation.len();
        self.indentation.push_str(self.unit);
        print(self);
        self.indentation.truncate(outer);
    }

    /// A body, from the end of the line before it.
    pub(super) fn block(&mut self, block: &Node, place: BodyPlace) {
        self.indented(|p| match block.args() {
            [] => {
                p.start_line();
                p.out.push_str("pass");
            }
            [first, ..] => {
                p.blank(blank_lines_at_start(first, place));
                p.start_line();
                p.statements(block.args(), place);
            }
        });
    }

    /// The body of a definition. One that is only to be there stands beside the head.
    pub(super) fn definition_body(
        &mut self,
        head: &Node,
        docstring: &Node,
        body: &Node,
        place: BodyPlace,
    ) {
        match docstring.op() {
            _ if is_beside_head(head, docstring, body) => self.out.push_str(BARE_BODY),
            Op::EMPTY => self.block(body, place),
            _ => self.indented(|p| {
                p.start_line();
                p.all(std::iter::once(docstring).chain(body.args()), place);
            }),
        }
    }

    /// Makes sure that a body beside the head fits there.
    pub(super) fn room_for_body(&mut self, head: &Node, docstring: &Node, body: &Node) {
        if is_beside_head(head, docstring, body) {
            self.document.room(BARE_BODY.len());
        }
    }

    /// The statements, from where the first one begins.
    pub(super) fn statements(&mut self, statements: &[Node], place: BodyPlace) {
        self.all(statements.iter(), place);
    }

    fn all<'n>(&mut self, statements: impl Iterator<Item = &'n Node>, place: BodyPlace) {
        let mut before: Option<&Node> = None;
        let mut role =
            if place == BodyPlace::Inner { BodyRole::Statement } else { BodyRole::Docstring };
        for node in statements {
            if let Some(before) = before {
                let found = leading_blanks(node);
                self.blank(blank_lines((before, role), node, found, place));
                self.start_line();
                role = BodyRole::Statement;
            }
            self.comments_above(node, place);
            self.statement(node, role);
            for line in node.trivia().iter().flat_map(|trivia| &trivia.below) {
                self.comment_below(line);
            }
            before = Some(node);
        }
    }

    /// The comments above a statement, and blank lines among them.
    pub(super) fn comments_above(&mut self, node: &Node, place: BodyPlace) {
        let Some(trivia) = node.trivia() else { return };
        let mut blanks = 0;
        for line in trivia.above.iter().skip(leading_blanks(node)) {
            if line.is_empty() {
                blanks += 1;
                continue;
            }
            self.after_comment(blanks, place);
            blanks = 0;
            self.out.push_str(line);
        }
        if has_comments_above(node) {
            self.blank(blanks.min(place.most()));
            self.start_line();
        }
    }

    /// Ends the line of a comment, if one was begun.
    fn after_comment(&mut self, blanks: usize, place: BodyPlace) {
        let line = self.out.rsplit(['\n', '\r']).next().unwrap_or_default();
        if line.trim_start().starts_with('#') {
            self.blank(blanks.min(place.most()));
            self.start_line();
        }
    }

    fn comment_below(&mut self, line: &str) {
        match line {
            "" => self.blank(1),
            line => {
                self.start_line();
                self.out.push_str(line);
            }
        }
    }

    fn statement(&mut self, node: &Node, role: BodyRole) {
        if let Some([spelling]) = node.spelling()
            && self.can_spell_lines(spelling)
        {
            self.spelled(spelling);
            if !node.has_body() {
                self.beside(node);
            }
            return;
        }
        if node.has_body() {
            return self.form(node);
        }
        let is_docstring = role == BodyRole::Docstring
            && is_text(node)
            && !node.arg(0).spelling().is_some_and(|spelling| self.can_spell(spelling));
        if !(is_docstring && self.docstring(node)) {
            self.form(node);
        }
        self.finish(node);
    }

    /// Ends the lines of a simple statement or a head.
    pub(super) fn finish(&mut self, node: &Node) {
        if let Some(comment) = node.trivia().and_then(|trivia| trivia.beside.as_deref())
            && !is_pragma(comment)
        {
            self.document.room(width(comment) + 2);
        }
        self.flush();
        self.beside(node);
    }

    pub(super) fn beside(&mut self, node: &Node) {
        if let Some(comment) = node.trivia().and_then(|trivia| trivia.beside.as_deref()) {
            self.out.push_str("  ");
            self.out.push_str(comment);
        }
    }

    /// A statement as the source wrote it, indented as it is here.
    pub(super) fn spelled(&mut self, spelling: &str) {
        for (index, line) in spelling.split('\n').enumerate() {
            if index > 0 {
                match line.is_empty() {
                    true => self.blank(1),
                    false => self.start_line(),
                }
            }
            for (index, part) in line.split(LINE_IN_LITERAL).enumerate() {
                if index > 0 {
                    self.out.push_str(self.newline);
                }
                self.out.push_str(part.strip_suffix('\r').unwrap_or(part));
            }
        }
    }
}

/// A body that is only to be there, after the colon.
const BARE_BODY: &str = " ...";

/// Whether the body of a definition stands beside its head.
fn is_beside_head(head: &Node, docstring: &Node, body: &Node) -> bool {
    let is_bare = head.trivia().is_none_or(|trivia| trivia.beside.is_none());
    let is_dots = matches!(body.args(), [only] if is_ellipsis(only));
    is_bare && is_dots && docstring.op() == Op::EMPTY
}

/// Whether it is `...`, with nothing beside it.
fn is_ellipsis(node: &Node) -> bool {
    let is_value = |value: &Node| matches!(value.constant(), Some(Value::Ellipsis));
    node.op() == Op::EXPR
        && node.args().iter().all(|value| value.variable().is_none() && is_value(value))
        && node.trivia().is_none_or(|trivia| trivia.beside.is_none() && trivia.below.is_empty())
        && !has_comments_above(node)
}

/// How many blank lines the source has directly above the statement and its comments.
fn leading_blanks(node: &Node) -> usize {
    let above = node.trivia().map_or(&[][..], |trivia| &trivia.above[..]);
    above.iter().take_while(|line| line.is_empty()).count()
}

fn has_comments_above(node: &Node) -> bool {
    node.trivia().is_some_and(|trivia| trivia.above.len() > leading_blanks(node))
}

/// A comment for a tool, which may stand beyond the end of the line.
fn is_pragma(comment: &str) -> bool {
    let text = comment.trim_start_matches('#').trim_start();
    let words = ["type:", "noqa", "pyright:", "pylint:", "flake8:", "ruff:", "pragma:"];
    words.iter().any(|word| text.starts_with(word))
}
