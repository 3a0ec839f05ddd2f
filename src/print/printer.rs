//! The printer's state, and the documents that all forms are made of.

use pretty::RcDoc;

use super::{Doc, Style};
pub(super) use crate::codenode::LINE_IN_LITERAL;
use crate::codenode::{Node, Op, Shape};

/// Columns that a broken bracket indents its contents by.
pub(super) const INDENT: isize = 4;

#[derive(Clone, Copy)]
pub(super) struct Printer<'a> {
    pub(super) can_encode: &'a dyn Fn(char) -> bool,
    /// The quote to prefer for texts without a spelling.
    pub(super) quote: char,
    /// A quote that no text may hold.
    pub(super) forbidden: Option<char>,
}

impl<'a> Printer<'a> {
    pub(super) fn new(style: Style<'a>) -> Self {
        let quote = style.quote.unwrap_or('"');
        let forbidden = style.quote.map(|quote| if quote == '"' { '\'' } else { '"' });
        Printer { can_encode: style.can_encode, quote, forbidden }
    }

    /// Whether what the source wrote can stand here as it is.
    pub(super) fn can_spell(&self, spelling: &str) -> bool {
        let fits = |c| (self.can_encode)(c) && Some(c) != self.forbidden && c != LINE_IN_LITERAL;
        spelling.chars().all(fits)
    }
}

pub(super) fn text(text: impl Into<std::borrow::Cow<'static, str>>) -> Doc {
    RcDoc::text(text)
}

pub(super) fn literal_text(literal: &str) -> Doc {
    text(literal.replace('\n', &LINE_IN_LITERAL.to_string()))
}

/// `first op second op third`, all on one line or an operator at the head of each.
pub(super) fn chain(first: Doc, links: impl Iterator<Item = (&'static str, Doc)>) -> Doc {
    let mut doc = first;
    for (symbol, operand) in links {
        doc = doc.append(RcDoc::line()).append(symbol).append(" ").append(operand);
    }
    doc.group()
}

pub(super) fn parenthesised(doc: Doc) -> Doc {
    text("(")
        .append(RcDoc::line_().append(doc).nest(INDENT))
        .append(RcDoc::line_())
        .append(")")
        .group()
}

pub(super) fn parenthesised_if_broken(doc: Doc) -> Doc {
    let broken_only = |bracket: &'static str| text(bracket).flat_alt(RcDoc::nil());
    broken_only("(")
        .append(RcDoc::line_().append(doc).nest(INDENT))
        .append(RcDoc::line_())
        .append(broken_only(")"))
        .group()
}

/// Whether a comma may follow the last item.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TrailingComma {
    Always,
    WhenBroken,
    Never,
}

/// Many short items between brackets: on one line, or as many a line as fit.
pub(super) fn filled(open: &'static str, items: Vec<Doc>, close: &'static str) -> Doc {
    let items = RcDoc::intersperse(items, text(",").append(RcDoc::softline()));
    text(open)
        .append(RcDoc::line_().append(items).append(text(",").flat_alt(RcDoc::nil())).nest(INDENT))
        .append(RcDoc::line_())
        .append(close)
        .group()
}

/// Items between brackets: on one line, or one a line.
pub(super) fn bracketed(
    open: &'static str,
    items: Vec<Doc>,
    close: &'static str,
    comma: TrailingComma,
) -> Doc {
    if items.is_empty() {
        return text(open).append(close);
    }
    let items = RcDoc::intersperse(items, text(",").append(RcDoc::line()));
    let last = match comma {
        TrailingComma::Always => text(","),
        TrailingComma::WhenBroken => text(",").flat_alt(RcDoc::nil()),
        TrailingComma::Never => RcDoc::nil(),
    };
    text(open)
        .append(RcDoc::line_().append(items).append(last).nest(INDENT))
        .append(RcDoc::line_())
        .append(close)
        .group()
}

/// The operator of a LINK.
pub(super) fn link_symbol(link: &Node) -> &'static str {
    match link.name().and_then(|name| Op::from_name(name)).map(Op::shape) {
        Some(Shape::Comparison(symbol)) => symbol,
        // A tree is checked before it is printed.
        _ => "==",
    }
}
