//! What belongs to one session of the prompt.

use std::cell::RefCell;

use rustpython_vm::builtins::PyDictRef;

use crate::codenode::Node;

/// The state of a session.
#[derive(Default)]
pub(in crate::host) struct PromptState {
    /// The variables of the session, while its code is running.
    pub running: Option<PyDictRef>,
    /// The functions of the prompt that are written in Python.
    pub support: Option<PyDictRef>,
    /// What `uneval` at the prompt gives, by number.
    pub trees: Vec<Node>,
    /// The texts of code that ran at the prompt, by name, which tracebacks haven't been told yet.
    pub texts: Vec<(String, String)>,
    /// How many trees were evaluated.
    pub evaluated: usize,
    /// How many of them may have bound variables.
    pub bound: usize,
}

thread_local! {
    static PROMPT: RefCell<PromptState> = RefCell::default();
}

/// Gives access to the state of this thread. `f` must not run Python code.
pub(in crate::host) fn with<R>(f: impl FnOnce(&mut PromptState) -> R) -> R {
    PROMPT.with_borrow_mut(f)
}

/// Starts afresh.
pub(in crate::host) fn renew() -> PromptState {
    PROMPT.take()
}

/// Whether code of the prompt is running, and not a macro.
pub(in crate::host) fn is_running() -> bool {
    with(|prompt| prompt.running.is_some())
}

impl PromptState {
    /// Adds a text that a tree was printed as; its name.
    pub(crate) fn add_text(&mut self, text: &str) -> String {
        self.evaluated += 1;
        let name = format!("<tree-{}>", self.evaluated);
        self.texts.push((name.clone(), text.to_owned()));
        name
    }
}
