//! Questions about names that lead to themselves: in a circle of imports, in `f = f(1)`.

use std::cell::RefCell;

use rustpython_text_size::TextRange;

use crate::source::FileId;

/// A question that others may lead to again.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Inquiry {
    /// What a module exports under a name.
    Export(FileId, String),
    /// Whether a module has a variable.
    Variable(FileId, String),
    /// What the definition of a name at this place gives it.
    Definition(FileId, TextRange),
}

/// The questions that are being answered, each for the sake of the one before it.
#[derive(Default)]
pub(super) struct Inquiries(RefCell<Vec<Inquiry>>);

impl Inquiries {
    /// The answer to a question, unless it is being answered already.
    pub(super) fn once<T>(&self, inquiry: Inquiry, answer: impl FnOnce() -> T) -> Option<T> {
        if self.are_about(&inquiry) {
            return None;
        }
        self.0.borrow_mut().push(inquiry);
        let answer = answer();
        self.0.borrow_mut().pop();
        Some(answer)
    }

    /// Whether the question is being answered.
    pub(super) fn are_about(&self, inquiry: &Inquiry) -> bool {
        self.0.borrow().contains(inquiry)
    }

    /// How many questions are being answered.
    pub(super) fn depth(&self) -> usize {
        self.0.borrow().len()
    }
}
