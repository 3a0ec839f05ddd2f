//! The printer's state, and the shapes that all forms are made of.

use super::Style;
use super::document::{Break, Document, GroupId, Spread, Tag};
use super::render::{Page, render};
use crate::codenode::{Node, Op, Precedence};
use crate::syntax::LINE_IN_LITERAL;

/// Whether and where lines may be broken in what is being printed.
#[derive(Clone, Copy)]
pub(super) enum Breaking {
    /// Only in brackets.
    Bare,
    /// Anywhere, if this group is broken and so has parentheses; in brackets otherwise.
    Optional(GroupId),
    /// Anywhere.
    Bracketed,
}

pub(super) struct Printer<'a> {
    can_encode: &'a dyn Fn(char) -> bool,
    /// The quote to prefer for texts without a spelling.
    pub(super) quote: char,
    /// A quote that no text may hold.
    pub(super) forbidden: Option<char>,
    width: usize,
    pub(super) newline: &'a str,
    /// What a body has more of indentation than what it belongs to.
    pub(super) unit: &'a str,
    /// The statement that is being printed.
    pub(super) document: Document,
    pub(super) level: Breaking,
    /// What is finished.
    pub(super) out: String,
    /// That of the present block.
    pub(super) indentation: String,
    /// Where the present line of `out` ends.
    pub(super) column: usize,
}

impl<'a> Printer<'a> {
    pub(super) fn new(style: Style<'a>) -> Self {
        let quote = style.quote.unwrap_or('"');
        Printer {
            can_encode: style.can_encode,
            quote,
            forbidden: style.quote.map(|quote| if quote == '"' { '\'' } else { '"' }),
            width: style.width,
            newline: style.newline,
            unit: style.unit,
            document: Document::default(),
            level: Breaking::Bracketed,
            out: String::new(),
            indentation: style.indentation.to_owned(),
            column: style.column,
        }
    }

    /// One like this with nothing printed, which prefers `quote`.
    pub(super) fn apart(&self, quote: char) -> Printer<'a> {
        Printer {
            quote,
            document: Document::default(),
            level: Breaking::Bracketed,
            out: String::new(),
            indentation: String::new(),
            column: 0,
            ..*self
        }
    }

    pub(super) fn can_encode(&self, c: char) -> bool {
        (self.can_encode)(c)
    }

    /// Whether what the source wrote can stand here as it is.
    pub(super) fn can_spell(&self, parts: &[Box<str>]) -> bool {
        let fits = |c: char| (c.is_ascii() || self.can_encode(c)) && Some(c) != self.forbidden;
        parts.iter().flat_map(|part| part.chars()).all(|c| fits(c) && c != LINE_IN_LITERAL)
    }

    /// Whether the statement can stand here as the source wrote it.
    pub(super) fn can_spell_lines(&self, spelling: &str) -> bool {
        let fits = |c: char| c.is_ascii() || c == LINE_IN_LITERAL || self.can_encode(c);
        spelling.chars().all(|c| fits(c) && Some(c) != self.forbidden)
    }

    /// Whether so many characters fit on a line of the present block.
    pub(super) fn fits_on_line(&self, count: usize) -> bool {
        super::document::width(&self.indentation) + count <= self.width
    }

    /// Lays out the document at the end of what is finished, and begins another.
    pub(super) fn flush(&mut self) {
        let page =
            Page { width: self.width, indentation: &self.indentation, newline: self.newline };
        render(&self.document, page, self.column, &mut self.out);
        self.document.clear();
    }

    /// The text of `node` on one line.
    pub(super) fn one_line(&self, node: &Node, least: Precedence) -> String {
        let mut apart = self.apart(self.quote);
        apart.at(node, least);
        apart.document.flat()
    }

    pub(super) fn token(&mut self, token: &'static str) {
        self.document.token(token);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.document.text(text);
    }

    /// The node's own name, or word of the syntax.
    pub(super) fn name_of(&mut self, node: &Node) {
        if let Some(name) = node.name() {
            self.document.text(name);
        }
    }

    pub(super) fn tagged(&mut self, tag: Tag, content: impl FnOnce(&mut Self)) {
        self.document.start(tag);
        content(self);
        self.document.end();
    }

    pub(super) fn group(&mut self, content: impl FnOnce(&mut Self)) {
        self.tagged(Tag::Group(None, Spread::IfTooLong), content);
    }

    /// What is printed at another level than what is around it.
    pub(super) fn at_level(&mut self, level: Breaking, content: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.level, level);
        content(self);
        self.level = outer;
    }

    /// A line break, if lines may be broken here and the group around it is.
    pub(super) fn open_line(&mut self, flat: Break) {
        match self.level {
            Breaking::Bracketed => self.document.line(flat),
            Breaking::Optional(on) => {
                self.tagged(Tag::IfBroken(on), |p| p.document.line(flat));
                if flat == Break::Space {
                    self.tagged(Tag::IfFlat(on), |p| p.token(" "));
                }
            }
            Breaking::Bare if flat == Break::Space => self.token(" "),
            Breaking::Bare => {}
        }
    }

    /// A group, if lines may be broken here.
    pub(super) fn open_group(&mut self, content: impl FnOnce(&mut Self)) {
        match self.level {
            Breaking::Bracketed => self.group(content),
            Breaking::Optional(on) => {
                self.tagged(Tag::GroupIfBroken(on, Spread::IfTooLong), content);
            }
            Breaking::Bare => content(self),
        }
    }

    /// Brackets around something: on its line, or on lines of its own between them.
    pub(super) fn bracketed(
        &mut self,
        open: &'static str,
        close: &'static str,
        content: impl FnOnce(&mut Self),
    ) {
        self.brackets(|p| {
            p.token(open);
            p.group(|p| {
                p.tagged(Tag::Indent, |p| {
                    p.document.line(Break::Nothing);
                    content(p);
                });
                p.document.line(Break::Nothing);
            });
            p.token(close);
        });
    }

    /// What is in brackets of its own: lines may be broken in it.
    pub(super) fn brackets(&mut self, content: impl FnOnce(&mut Self)) {
        match self.level {
            Breaking::Optional(on) => self.tagged(Tag::Brackets(on, Spread::IfTooLong), |p| {
                p.at_level(Breaking::Bracketed, content);
            }),
            _ => self.at_level(Breaking::Bracketed, content),
        }
    }

    /// Parentheses that are there only if it doesn't fit on the line without.
    pub(super) fn parenthesised_if_broken(&mut self, content: impl FnOnce(&mut Self)) {
        let id = self.document.new_group();
        self.optional(Tag::Group(Some(id), Spread::IfTooLong), id, Breaking::Bracketed, content);
    }

    /// Parentheses that are there only if the group is broken.
    pub(super) fn optional(
        &mut self,
        group: Tag,
        id: GroupId,
        level: Breaking,
        content: impl FnOnce(&mut Self),
    ) {
        self.tagged(group, |p| {
            p.tagged(Tag::IndentIfBroken(id), |p| {
                p.tagged(Tag::IfBroken(id), |p| {
                    p.token("(");
                    p.document.line(Break::Nothing);
                });
                p.at_level(level, content);
            });
            p.tagged(Tag::IfBroken(id), |p| {
                p.document.line(Break::Nothing);
                p.token(")");
            });
        });
    }

    /// Items with commas between them, each on a line of its own if the group is broken; then a
    /// comma follows the last one as well, unless it can't.
    pub(super) fn items<T>(
        &mut self,
        items: &[T],
        comma: Comma,
        mut print: impl FnMut(&mut Self, &T),
    ) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.token(",");
                self.document.line(Break::Space);
            }
            print(self, item);
        }
        match comma {
            _ if items.is_empty() => {}
            Comma::Always => self.token(","),
            Comma::WhenBroken => self.tagged(Tag::WhenBroken, |p| p.token(",")),
            Comma::Never => {}
        }
    }
}

/// Whether a comma may follow the last item.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Comma {
    Always,
    WhenBroken,
    Never,
}

/// The operator of a LINK or AUGASSIGN.
pub(super) fn symbol(node: &Node) -> &'static str {
    node.name().and_then(|name| Op::from_name(name)?.symbol()).unwrap_or_default()
}
