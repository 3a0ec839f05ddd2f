//! Statements without bodies.

use super::display::is_several_targets;
use super::document::Spread;
use super::document::Tag;
use super::expression::is_bare_tuple;
use super::literal;
use super::precedence::shown;
use super::printer::{Breaking, Comma, Printer, symbol};
use super::room::{Room, room};
use crate::codenode::{Node, Op, Precedence};

/// What an assignment's target has that could be broken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TargetForm {
    Brackets,
    Word,
}

impl Printer<'_> {
    pub(super) fn augmented(&mut self, node: &Node) {
        self.target(node.arg(0));
        self.token(" ");
        self.token(symbol(node));
        self.token("= ");
        let target =
            if has_brackets(node.arg(0)) { TargetForm::Brackets } else { TargetForm::Word };
        self.assigned(node.arg(1), target);
    }

    pub(super) fn returned(&mut self, value: &Node) {
        self.token("return");
        if value.op() != Op::EMPTY {
            self.token(" ");
            self.fitted_or_tuple(value);
        }
    }

    pub(super) fn raised(&mut self, exception: &Node, cause: &Node) {
        self.token("raise");
        if exception.op() != Op::EMPTY {
            self.token(" ");
            self.fitted(exception, Precedence::Lambda);
        }
        if cause.op() != Op::EMPTY {
            self.token(" from ");
            self.fitted(cause, Precedence::Lambda);
        }
    }

    pub(super) fn type_alias(&mut self, node: &Node) {
        self.token("type ");
        self.at(node.arg(0), Precedence::Atom);
        self.at_level(Breaking::Bare, |p| p.type_parameters(node.arg(1).args()));
        self.token(" = ");
        self.fitted(node.arg(2), Precedence::Lambda);
    }

    pub(super) fn expression_statement(&mut self, value: &Node) {
        match shown(value) {
            Op::VALUE | Op::FSTRING => self.at_level(Breaking::Bare, |p| p.form(value)),
            _ => self.fitted(value, Op::EXPR.least(0)),
        }
    }

    pub(super) fn assignment(&mut self, args: &[Node]) {
        let Some((value, targets)) = args.split_last() else { return };
        for target in targets {
            match is_several_targets(target) {
                true => self.bare_tuple(target),
                false => self.at_level(Breaking::Bare, |p| p.target(target)),
            }
            self.token(" = ");
        }
        let is_broken_late = targets.len() > 1 || targets.iter().all(has_brackets);
        self.assigned(value, if is_broken_late { TargetForm::Brackets } else { TargetForm::Word });
    }

    /// The value of an assignment. After a target with brackets it gets parentheses where it can't
    /// be broken in its own, so that the target's aren't broken.
    fn assigned(&mut self, value: &Node, target: TargetForm) {
        match target {
            _ if is_bare_tuple(value) => self.bare_tuple(value),
            TargetForm::Brackets => self.fitted_late(value, Op::ASSIGN.least(0)),
            TargetForm::Word => self.fitted(value, Op::ASSIGN.least(0)),
        }
    }

    pub(super) fn annotated(&mut self, node: &Node) {
        let in_parentheses = node.name().is_some();
        if in_parentheses {
            self.token("(");
        }
        self.at_level(Breaking::Bare, |p| p.target(node.arg(0)));
        self.token(if in_parentheses { "): " } else { ": " });
        self.at_level(Breaking::Bare, |p| p.part(node, 1));
        if node.arg(2).op() != Op::EMPTY {
            self.token(" = ");
            self.fitted(node.arg(2), Op::ANNASSIGN.least(2));
        }
    }

    /// `del (a, b)` is another tree than `del a, b`, so its targets get no parentheses.
    pub(super) fn delete(&mut self, targets: &[Node]) {
        self.token("del ");
        match targets {
            [only] => self.fitted(only, Precedence::Lambda),
            _ => self.at_level(Breaking::Bare, |p| {
                for (index, target) in targets.iter().enumerate() {
                    if index > 0 {
                        p.token(", ");
                    }
                    p.element(target);
                }
            }),
        }
    }

    pub(super) fn assertion(&mut self, test: &Node, message: &Node) {
        self.token("assert ");
        self.fitted(test, Precedence::Lambda);
        if message.op() == Op::EMPTY {
            return;
        }
        self.token(", ");
        match room(message) {
            Room::Line => self.parenthesised_if_broken(|p| p.at(message, Precedence::Lambda)),
            _ => self.fitted(message, Precedence::Lambda),
        }
    }

    /// Names or modules after a keyword; there are no brackets that they could stand in.
    pub(super) fn words(&mut self, keyword: &'static str, words: &[Node]) {
        self.token(keyword);
        for (index, word) in words.iter().enumerate() {
            if index > 0 {
                self.token(", ");
            }
            self.at(word, Precedence::Atom);
        }
    }

    pub(super) fn import_from(&mut self, node: &Node) {
        self.token("from ");
        self.name_of(node);
        self.token(" import ");
        match node.args() {
            [only] if only.name().is_some_and(|name| &**name == "*") => self.token("*"),
            names => self.parenthesised_if_broken(|p| {
                p.items(names, Comma::WhenBroken, Self::alias);
            }),
        }
    }

    pub(super) fn alias(&mut self, node: &Node) {
        self.name_of(node);
        if let Some(alias) = node.args().first().filter(|alias| alias.op() != Op::EMPTY) {
            self.token(" as ");
            self.at(alias, Precedence::Atom);
        }
    }

    pub(super) fn with_item(&mut self, node: &Node) {
        let (context, target) = (node.arg(0), node.arg(1));
        self.at(context, Precedence::Lambda);
        if target.op() != Op::EMPTY {
            self.token(" as ");
            self.at(target, Precedence::Primary);
        }
    }

    /// The items of a `with`: in parentheses if they are too long without.
    pub(super) fn with_items(&mut self, items: &[Node]) {
        let [only] = items else {
            return self.parenthesised_if_broken(|p| {
                p.items(items, Comma::WhenBroken, Self::with_item);
            });
        };
        let (context, target) = (only.arg(0), only.arg(1));
        match target.op() {
            // `with (a, b):` has two items.
            Op::EMPTY if shown(context) == Op::TUPLE => {
                self.bracketed("(", ")", |p| p.form(context));
            }
            Op::EMPTY => self.fitted(context, Precedence::Lambda),
            _ if room(context) == Room::Own => {
                self.at_level(Breaking::Bare, |p| p.with_item(only));
            }
            _ => {
                let id = self.document.new_group();
                let group = Tag::Group(Some(id), Spread::IfTooLong);
                self.optional(group, id, Breaking::Bracketed, |p| p.with_item(only));
            }
        }
    }

    /// The docstring in triple quotes; false if it can't be written so.
    pub(super) fn docstring(&mut self, node: &Node) -> bool {
        let Some(text) = node.args().first().and_then(|value| literal::docstring(self, value))
        else {
            return false;
        };
        self.text(&text);
        true
    }
}

/// Whether a target has brackets in which it could be broken.
fn has_brackets(target: &Node) -> bool {
    let op = shown(target);
    matches!(op, Op::INDEX | Op::LIST) || op == Op::TUPLE && !is_several_targets(target)
}
