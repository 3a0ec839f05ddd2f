//! Statements with bodies: their heads, one after the other, with the bodies between them.

use super::body::Place;
use super::display::is_several_targets;
use super::document::width;
use super::printer::{Level, Printer};
use super::room::{Room, room};
use crate::codenode::{Node, Op, Precedence};

impl Printer<'_> {
    /// A statement with a body; false if it has none.
    pub(super) fn compound(&mut self, node: &Node) -> bool {
        let args = node.args();
        match node.op() {
            Op::IF => self.if_statement(node),
            Op::WHILE => {
                self.head(node, |p| {
                    p.token("while ");
                    p.fitted(&args[0], Precedence::Walrus);
                });
                self.block(&args[1], Place::Inner);
                self.clause("else", &args[2]);
            }
            Op::FOR | Op::ASYNCFOR => {
                self.head(node, |p| {
                    p.token(if node.op() == Op::FOR { "for " } else { "async for " });
                    match is_several_targets(&args[0]) {
                        true => p.bare_tuple(&args[0]),
                        false => p.at_level(Level::Bare, |p| p.target(&args[0])),
                    }
                    p.token(" in ");
                    p.fitted_or_tuple(&args[1]);
                });
                self.block(&args[2], Place::Inner);
                self.clause("else", &args[3]);
            }
            Op::WITH | Op::ASYNCWITH => {
                self.head(node, |p| {
                    p.token(if node.op() == Op::WITH { "with " } else { "async with " });
                    p.with_items(args[0].args());
                });
                self.block(&args[1], Place::Inner);
            }
            Op::TRY => self.try_statement(node, "except"),
            Op::TRYSTAR => self.try_statement(node, "except*"),
            Op::EXCEPT => self.handler(node, "except"),
            Op::MATCH => {
                self.head(node, |p| {
                    p.token("match ");
                    p.fitted_or_tuple(&args[0]);
                });
                self.indented(|p| {
                    for case in args[1].args() {
                        p.start_line();
                        p.comments_above(case, Place::Inner);
                        p.case(case);
                    }
                });
            }
            Op::CASE => self.case(node),
            Op::DEF | Op::ASYNCDEF => self.function(node),
            Op::CLASS => self.class(node),
            _ => return false,
        }
        true
    }

    /// The line or lines before a body, with the comment beside it.
    fn head(&mut self, node: &Node, print: impl FnOnce(&mut Self)) {
        if let Some(head) = node.head().filter(|head| self.can_spell_lines(head)) {
            self.spelled(head);
            return self.beside(node);
        }
        print(self);
        self.token(":");
        self.finish(node);
    }

    /// `else:` and the like with its body, if there is one.
    fn clause(&mut self, keyword: &str, body: &Node) {
        if !body.args().is_empty() {
            self.start_line();
            self.comments_above(body, Place::Inner);
            self.out.push_str(keyword);
            self.out.push(':');
            self.beside(body);
            self.block(body, Place::Inner);
        }
    }

    /// Alternatives may be many, so this is a loop.
    fn if_statement(&mut self, node: &Node) {
        let mut keyword = "if ";
        let mut node = node;
        loop {
            let args = node.args();
            self.head(node, |p| {
                p.token(keyword);
                p.fitted(&args[0], Precedence::Walrus);
            });
            self.block(&args[1], Place::Inner);
            match args[2].args() {
                [other] if is_alternative(other) => node = other,
                _ => return self.clause("else", &args[2]),
            }
            self.start_line();
            self.comments_above(&args[2], Place::Inner);
            keyword = "elif ";
        }
    }

    fn try_statement(&mut self, node: &Node, keyword: &'static str) {
        let args = node.args();
        self.head(node, |p| p.token("try"));
        self.block(&args[0], Place::Inner);
        for handler in args[1].args() {
            self.start_line();
            self.comments_above(handler, Place::Inner);
            self.handler(handler, keyword);
        }
        self.clause("else", &args[2]);
        self.clause("finally", &args[3]);
    }

    fn handler(&mut self, node: &Node, keyword: &'static str) {
        let args = node.args();
        self.head(node, |p| {
            p.token(keyword);
            if args[0].op() != Op::EMPTY {
                p.token(" ");
                p.fitted(&args[0], Precedence::Lambda);
            }
            if args[1].op() != Op::EMPTY {
                p.token(" as ");
                p.at(&args[1], Precedence::Atom);
            }
        });
        self.block(&args[2], Place::Inner);
    }

    fn case(&mut self, node: &Node) {
        let args = node.args();
        self.head(node, |p| {
            p.token("case ");
            p.at_level(Level::Bare, |p| p.fitted_pattern(&args[0]));
            if args[1].op() != Op::EMPTY {
                p.token(" if ");
                p.fitted(&args[1], Precedence::Walrus);
            }
        });
        self.block(&args[2], Place::Inner);
    }

    fn decorators(&mut self, decorators: &Node) {
        for decorator in decorators.args() {
            self.token("@");
            self.fitted(decorator, Precedence::Lambda);
            self.flush();
            self.start_line();
        }
    }

    fn function(&mut self, node: &Node) {
        let [decorators, types, parameters, returns, docstring, body] = node.args() else { return };
        self.decorators(decorators);
        self.head(node, |p| {
            p.token(if node.op() == Op::DEF { "def " } else { "async def " });
            p.name_of(node);
            p.at_level(Level::Bare, |p| {
                p.type_parameters(types.args());
                p.signature(parameters.args());
            });
            if returns.op() != Op::EMPTY {
                p.token(" -> ");
                p.returns(returns, parameters);
            }
            p.room_for_body(node, docstring, body);
        });
        self.definition_body(node, docstring, body, Place::Function);
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

    fn class(&mut self, node: &Node) {
        let [decorators, types, bases, docstring, body] = node.args() else { return };
        self.decorators(decorators);
        self.head(node, |p| {
            p.token("class ");
            p.name_of(node);
            p.at_level(Level::Bare, |p| {
                p.type_parameters(types.args());
                if !bases.args().is_empty() {
                    p.argument_list(bases.args());
                }
            });
            p.room_for_body(node, docstring, body);
        });
        self.definition_body(node, docstring, body, Place::Class);
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
