//! Expressions, and how one is fitted into the line where it stands.

use std::collections::HashSet;

use super::document::{Break, Spread, Tag};
use super::literal::{self, WrittenAs};
use super::precedence::{is_primary, needs_parentheses, precedence};
use super::printer::{Breaking, Printer};
use super::room::{Room, breaks_in_brackets, room};
use super::{Style, Surrounding};
use crate::codenode::{Name, Node, Op, Precedence};

impl Printer<'_> {
    /// The text of a whole expression as it stands in code that isn't printed.
    pub(super) fn root(mut self, node: &Node, style: Style<'_>) -> String {
        let own = node.variable().map(|_| node.clone().with_name(None));
        let node = own.as_ref().unwrap_or(node);
        // An assignment expression is never bare where a statement could stand.
        let in_parentheses = precedence(node) < style.precedence || node.op() == Op::WALRUS;
        match style.surrounding {
            _ if in_parentheses => self.parenthesised(node),
            Surrounding::Open => self.fitted(node, style.precedence),
            Surrounding::Bracketed if room(node) == Room::Own => self.form(node),
            Surrounding::Bracketed => self.tagged(Tag::Indent, |p| p.form(node)),
            Surrounding::OneLine => self.form(node),
        }
        if style.surrounding == Surrounding::OneLine {
            return self.document.flat();
        }
        self.document.room(style.trailing);
        self.flush();
        self.out
    }

    /// `node` where nothing looser than `least` may stand bare.
    pub(super) fn at(&mut self, node: &Node, least: Precedence) {
        match node.variable() {
            Some(name) => self.text(name),
            None if needs_parentheses(node, least) => self.parenthesised(node),
            None => self.form(node),
        }
    }

    /// Argument `index` of `node`, in parentheses if it needs them there.
    pub(super) fn part(&mut self, node: &Node, index: usize) {
        self.at(node.arg(index), node.op().least(index));
    }

    fn parenthesised(&mut self, node: &Node) {
        self.bracketed("(", ")", |p| p.form(node));
    }

    /// `node` at a place of a statement where it is the one thing that can be broken. If it is too
    /// long and can't be broken in its own brackets it gets parentheses.
    pub(super) fn fitted(&mut self, node: &Node, least: Precedence) {
        if let Some(name) = node.variable() {
            return self.rescued(|p| p.text(name));
        }
        if needs_parentheses(node, least) {
            return self.at_level(Breaking::Bare, |p| p.parenthesised(node));
        }
        match room(node) {
            Room::Own => self.at_level(Breaking::Bare, |p| p.form(node)),
            Room::Line | Room::Breakable if breaks_in_brackets(node) => {
                self.optionally_parenthesised(node);
            }
            Room::Line => self.rescued(|p| p.form(node)),
            Room::Breakable => self.parenthesised_if_broken(|p| p.form(node)),
        }
    }

    /// As [`Printer::fitted`], but parentheses come before what makes no line that fits: after
    /// something else that could be broken.
    pub(super) fn fitted_late(&mut self, node: &Node, least: Precedence) {
        match room(node) {
            _ if needs_parentheses(node, least) => self.fitted(node, least),
            Room::Own if is_primary(node) => self.optionally_parenthesised(node),
            Room::Line => self.parenthesised_if_broken(|p| p.at(node, least)),
            _ => self.fitted(node, least),
        }
    }

    /// Broken in its brackets if that is enough, in parentheses otherwise.
    fn optionally_parenthesised(&mut self, node: &Node) {
        let id = self.document.new_group();
        let group = Tag::Group(Some(id), Spread::IfTooLong);
        self.optional(group, id, Breaking::Optional(id), |p| p.form(node));
    }

    /// Parentheses that are there only if what is in them doesn't fit on the line, and does on one
    /// of its own.
    pub(super) fn rescued(&mut self, content: impl FnOnce(&mut Self)) {
        let id = self.document.new_group();
        self.optional(Tag::Rescue(id), id, Breaking::Bare, content);
    }

    /// As [`Printer::fitted`]; a tuple stands without parentheses if that is short enough.
    pub(super) fn fitted_or_tuple(&mut self, node: &Node) {
        match is_bare_tuple(node) {
            true => self.bare_tuple(node),
            false => self.fitted(node, Precedence::Lambda),
        }
    }

    pub(super) fn bare_tuple(&mut self, node: &Node) {
        self.parenthesised_if_broken(|p| p.elements(node.args()));
    }

    pub(super) fn walrus(&mut self, node: &Node) {
        self.at(node.arg(0), Precedence::Atom);
        self.token(" := ");
        self.part(node, 1);
    }

    pub(super) fn yielded(&mut self, value: &Node) {
        if value.op() == Op::EMPTY {
            return self.token("yield");
        }
        self.token("yield ");
        match is_bare_tuple(value) {
            true => self.bare_tuple(value),
            false => self.at(value, Op::YIELD.least(0)),
        }
    }

    /// An operand after a word.
    pub(super) fn after(&mut self, word: &'static str, operand: &Node, least: Precedence) {
        self.token(word);
        self.at(operand, least);
    }

    /// A literal as its source spelled it, or as `print` writes it.
    pub(super) fn literal(&mut self, node: &Node, print: impl FnOnce(&Self) -> String) {
        match node.spelling().filter(|parts| self.can_spell(parts)) {
            Some(parts) if literal::written(node) == WrittenAs::Parts => self.open_group(|p| {
                for (index, part) in parts.iter().enumerate() {
                    if index > 0 {
                        p.open_line(Break::Space);
                    }
                    p.text(part);
                }
            }),
            Some(parts) => self.text(&parts.join(" ")),
            None => {
                let text = print(self);
                self.text(&text);
            }
        }
    }
}

/// Whether a tuple may stand without parentheses where Python allows one to: it has several
/// elements, and none of them a star, which older versions forbid there.
pub(super) fn is_bare_tuple(node: &Node) -> bool {
    node.op() == Op::TUPLE
        && node.variable().is_none()
        && node.args().len() > 1
        && node.args().iter().all(|element| element.op() != Op::STAR)
}

/// The named nodes below the root, each once, those that others need first.
pub(crate) fn named_definitions(root: &Node) -> Vec<(Name, Node)> {
    fn visit(node: &Node, seen: &mut HashSet<Name>, out: &mut Vec<(Name, Node)>) {
        for arg in node.args() {
            if arg.variable().is_some_and(|name| seen.contains(name)) {
                continue;
            }
            visit(arg, seen, out);
            if let Some(name) = arg.variable()
                && seen.insert(name.clone())
            {
                out.push((name.clone(), arg.clone()));
            }
        }
    }
    let mut out = Vec::new();
    visit(root, &mut HashSet::new(), &mut out);
    out
}
