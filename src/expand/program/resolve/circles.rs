//! Questions about names that lead to themselves: in a circle of imports, in `f = f(1)`.

use rustpython_text_size::TextRange;

use super::Resolver;
use crate::source::FileId;

/// A question that others may lead to again.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Question {
    /// What a module exports under a name.
    Export(FileId, String),
    /// Whether a module has a variable.
    Variable(FileId, String),
    /// What the definition of a name at this place gives it.
    Definition(FileId, TextRange),
}

impl Resolver<'_> {
    /// The answer to a question, unless it is being answered already.
    pub(super) fn unless_asked<T>(
        &self,
        question: Question,
        answer: impl FnOnce() -> T,
    ) -> Option<T> {
        if self.is_asked(&question) {
            return None;
        }
        self.asked.borrow_mut().push(question);
        let answer = answer();
        self.asked.borrow_mut().pop();
        Some(answer)
    }

    /// Whether the question is being answered.
    pub(super) fn is_asked(&self, question: &Question) -> bool {
        self.asked.borrow().contains(question)
    }
}
