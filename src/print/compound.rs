//! Statements with bodies: their heads, one after the other, with the bodies between them.

use super::body::BodyPlace;
use super::display::is_several_targets;
use super::document::width;
use super::printer::{Breaking, Printer};
use super::room::{Room, room};
use crate::codenode::{Node, Op, Precedence};

/// The word before a test that is tried if the ones before it fail.
const ELIF: &str = "elif";

impl Printer<'_> {
    pub(super) fn while_statement(&mut self, node: &Node) {
        self.head(node, Op::WHILE.keyword(), |p| p.condition(node.arg(0)));
        self.block(node.arg(1), BodyPlace::Inner);
        self.clause("else", node.arg(2));
    }

    pub(super) fn for_statement(&mut self, node: &Node) {
        self.head(node, node.op().keyword(), |p| {
            p.token(" ");
            match is_several_targets(node.arg(0)) {
                true => p.bare_tuple(node.arg(0)),
                false => p.at_level(Breaking::Bare, |p| p.target(node.arg(0))),
            }
            p.token(" in ");
            p.fitted_or_tuple(node.arg(1));
        });
        self.block(node.arg(2), BodyPlace::Inner);
        self.clause("else", node.arg(3));
    }

    pub(super) fn with_statement(&mut self, node: &Node) {
        self.head(node, node.op().keyword(), |p| {
            p.token(" ");
            p.with_items(node.arg(0).args());
        });
        self.block(node.arg(1), BodyPlace::Inner);
    }

    /// The line or lines before a body, with the comment beside it: as its source wrote it, or anew
    /// by `print` after the keyword.
    fn head(&mut self, node: &Node, keyword: &'static str, print: impl FnOnce(&mut Self)) {
        if let Some(head) = node.head(keyword).filter(|head| self.can_spell_lines(head)) {
            self.spelled(head);
            return self.beside(node);
        }
        self.token(keyword);
        print(self);
        self.token(":");
        self.finish(node);
    }

    /// What a keyword tests.
    fn condition(&mut self, test: &Node) {
        self.token(" ");
        self.fitted(test, Precedence::Walrus);
    }

    /// `else:` and the like with its body, if there is one.
    fn clause(&mut self, keyword: &str, body: &Node) {
        if !body.args().is_empty() {
            self.start_line();
            self.comments_above(body, BodyPlace::Inner);
            self.out.push_str(keyword);
            self.out.push(':');
            self.beside(body);
            self.block(body, BodyPlace::Inner);
        }
    }

    /// Alternatives may be many, so this is a loop.
    pub(super) fn if_statement(&mut self, node: &Node) {
        let mut keyword = Op::IF.keyword();
        let mut node = node;
        loop {
            let [test, body, orelse] = node.args() else { return };
            self.head(node, keyword, |p| p.condition(test));
            self.block(body, BodyPlace::Inner);
            match orelse.args() {
                [other] if is_alternative(other) => node = other,
                _ => return self.clause("else", orelse),
            }
            self.start_line();
            self.comments_above(orelse, BodyPlace::Inner);
            keyword = ELIF;
        }
    }

    pub(super) fn try_statement(&mut self, node: &Node) {
        let keyword = if node.op() == Op::TRYSTAR { "except*" } else { Op::EXCEPT.keyword() };
        self.head(node, node.op().keyword(), |_| {});
        self.block(node.arg(0), BodyPlace::Inner);
        for handler in node.arg(1).args() {
            self.start_line();
            self.comments_above(handler, BodyPlace::Inner);
            self.handler(handler, keyword);
        }
        self.clause("else", node.arg(2));
        self.clause("finally", node.arg(3));
    }

    pub(super) fn handler(&mut self, node: &Node, keyword: &'static str) {
        self.head(node, keyword, |p| {
            if node.arg(0).op() != Op::EMPTY {
                p.token(" ");
                p.fitted(node.arg(0), Precedence::Lambda);
            }
            if node.arg(1).op() != Op::EMPTY {
                p.token(" as ");
                p.at(node.arg(1), Precedence::Atom);
            }
        });
        self.block(node.arg(2), BodyPlace::Inner);
    }

    pub(super) fn match_statement(&mut self, node: &Node) {
        self.head(node, Op::MATCH.keyword(), |p| {
            p.token(" ");
            p.fitted_or_tuple(node.arg(0));
        });
        self.indented(|p| {
            for case in node.arg(1).args() {
                p.start_line();
                p.comments_above(case, BodyPlace::Inner);
                p.case(case);
            }
        });
    }

    pub(super) fn case(&mut self, node: &Node) {
        self.head(node, Op::CASE.keyword(), |p| {
            p.token(" ");
            p.at_level(Breaking::Bare, |p| p.fitted_pattern(node.arg(0)));
            if node.arg(1).op() != Op::EMPTY {
                p.token(" if");
                p.condition(node.arg(1));
            }
        });
        self.block(node.arg(2), BodyPlace::Inner);
    }

    fn decorators(&mut self, decorators: &Node) {
        for decorator in decorators.args() {
            self.token("@");
            self.fitted(decorator, Precedence::Lambda);
            self.flush();
            self.start_line();
        }
    }

    pub(super) fn function(&mut self, node: &Node) {
        let [decorators, types, parameters, returns, docstring, body] = node.args() else { return };
        self.decorators(decorators);
        self.head(node, node.op().keyword(), |p| {
            p.token(" ");
            p.name_of(node);
            p.at_level(Breaking::Bare, |p| {
                p.type_parameters(types.args());
                p.signature(parameters.args());
            });
            if returns.op() != Op::EMPTY {
                p.token(" -> ");
                p.returns(returns, parameters);
            }
            p.room_for_body(node, docstring, body);
        });
        self.definition_body(node, docstring, body, BodyPlace::Function);
    }

    /// What a function returns. Its parameters are broken first.
    fn returns(&mut self, returns: &Node, parameters: &Node) {
        if !parameters.args().is_empty() {
            let text = self.one_line(returns, Precedence::Lambda);
            // After `) -> ` and before the colon.
            if self.fits_on_line(width(&text) + ") -> :".len()) || room(returns) != Room::Own {
                return self.text(&text);
            }
        }
        self.fitted(returns, Precedence::Lambda);
    }

    pub(super) fn class(&mut self, node: &Node) {
        let [decorators, types, bases, docstring, body] = node.args() else { return };
        self.decorators(decorators);
        self.head(node, Op::CLASS.keyword(), |p| {
            p.token(" ");
            p.name_of(node);
            p.at_level(Breaking::Bare, |p| {
                p.type_parameters(types.args());
                if !bases.args().is_empty() {
                    p.argument_list(bases.args());
                }
            });
            p.room_for_body(node, docstring, body);
        });
        self.definition_body(node, docstring, body, BodyPlace::Class);
    }
}

/// Whether an `if` that is alone in the `else` of another is an `elif`: not if the source wrote it
/// otherwise, or comments stand above it.
fn is_alternative(node: &Node) -> bool {
    node.op() == Op::IF
        && node.is_statement()
        && node.spelling().is_none()
        && node.trivia().is_none_or(|t| t.above.is_empty() && t.below.is_empty())
}
