//! Texts in literals, as Python reads them: it makes every line end of a source a `\n` before it
//! looks for tokens, where the parser keeps what is there.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::mem;

use rustpython_ast::visitor::transformer::{Transformer, walk_interpolated_string_element};
use rustpython_ast::{BytesLiteral, InterpolatedStringElement, ModModule, StringLiteral};
use rustpython_parser::parse_unchecked_source;

/// A text with `\n` at the end of each line.
pub(crate) fn unix_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Gives the literals of `module`, which was parsed from `text`, what Python reads in them. Its
/// ranges stay those of `text`.
pub(super) fn read_as_unix(module: &mut ModModule, text: &str) {
    if !text.contains('\r') {
        return;
    }
    // An escape may mean a `\r` too. So it is the source whose line ends are others, and its
    // literals are the same in number and order.
    let parsed = parse_unchecked_source(&unix_lines(text), rustpython_ast::PySourceType::Python);
    let source = Literals::new(Way::Out);
    source.visit_body(&mut parsed.into_syntax().body);
    let source = Literals { way: Way::In, ..source };
    source.visit_body(&mut module.body);
}

/// Takes the contents of a tree's literals out of it, or puts them into one.
struct Literals {
    way: Way,
    texts: RefCell<VecDeque<Box<str>>>,
    bytes: RefCell<VecDeque<Box<[u8]>>>,
}

#[derive(Clone, Copy)]
enum Way {
    Out,
    In,
}

impl Literals {
    fn new(way: Way) -> Literals {
        Literals { way, texts: RefCell::default(), bytes: RefCell::default() }
    }

    fn pass<T: Default>(&self, queue: &RefCell<VecDeque<T>>, place: &mut T) {
        match self.way {
            Way::Out => queue.borrow_mut().push_back(mem::take(place)),
            Way::In => {
                if let Some(content) = queue.borrow_mut().pop_front() {
                    *place = content;
                }
            }
        }
    }
}

impl Transformer for Literals {
    fn visit_string_literal(&self, literal: &mut StringLiteral) {
        self.pass(&self.texts, &mut literal.value);
    }

    fn visit_bytes_literal(&self, literal: &mut BytesLiteral) {
        self.pass(&self.bytes, &mut literal.value);
    }

    fn visit_interpolated_string_element(&self, element: &mut InterpolatedStringElement) {
        match element {
            InterpolatedStringElement::Literal(text) => self.pass(&self.texts, &mut text.value),
            InterpolatedStringElement::Interpolation(_) => {
                walk_interpolated_string_element(self, element);
            }
        }
    }
}
