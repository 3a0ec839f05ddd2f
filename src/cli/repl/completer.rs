//! Completion: names, attributes, what a module has to import, and the prompt's commands.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

use reedline::{Completer, CompletionResult, Span, Suggestion};

use super::engine::Engine;
use super::session::{SessionAnswer, SessionRequest};
use crate::python::keywords::keywords;

/// The prompt's commands.
const COMMANDS: [&str; 7] = ["expand", "step", "tree", "why", "load", "save", "help"];

/// Completes with what the session knows.
pub(crate) struct NameCompleter {
    pub engine: Arc<Mutex<Engine>>,
}

impl Completer for NameCompleter {
    fn complete(&mut self, text: &str, at: usize) -> CompletionResult {
        let before = text.get(..at).unwrap_or(text);
        let word = Word::before(before);
        let names = self.names(before, &word).unwrap_or_default();
        let fits = |name: &&String| {
            name.starts_with(word.start) && (word.start.starts_with('_') || !name.starts_with('_'))
        };
        let span = Span::new(at - word.start.len(), at);
        let suggest =
            |name: &String| Suggestion { value: name.clone(), span, ..Suggestion::default() };
        CompletionResult::fresh(names.iter().filter(fits).map(suggest).collect::<Vec<_>>())
    }
}

impl NameCompleter {
    /// The names that can stand where the word does.
    fn names(&self, before: &str, word: &Word<'_>) -> Option<BTreeSet<String>> {
        if let Some(command) = before.strip_prefix(':')
            && !command.contains(char::is_whitespace)
        {
            return Some(COMMANDS.map(str::to_owned).into());
        }
        let line = before.rsplit('\n').next().unwrap_or_default();
        let request = match imported_from(line) {
            Some(module) => SessionRequest::Importable(module.to_owned()),
            None => SessionRequest::Names(word.path.iter().map(|&name| name.to_owned()).collect()),
        };
        let mut engine = self.engine.lock().ok()?;
        let Ok(SessionAnswer::Names(mut names)) =
            engine.ask(request, &mut |_| ControlFlow::Continue(()))
        else {
            return None;
        };
        if word.path.is_empty() {
            names.extend(keywords().map(str::to_owned));
        }
        Some(names)
    }
}

/// The module of `from module import …`.
fn imported_from(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix("from ")?;
    let (module, _) = rest.split_once(" import ")?;
    Some(module.trim())
}

/// The word to complete.
struct Word<'a> {
    /// The names before its dots.
    path: Vec<&'a str>,
    start: &'a str,
}

impl Word<'_> {
    fn before(text: &str) -> Word<'_> {
        let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
        let dotted = text.rsplit(|c| !is_part(c)).next().unwrap_or_default();
        match dotted.rsplit_once('.') {
            Some((path, start)) => Word { path: path.split('.').collect(), start },
            None => Word { path: Vec::new(), start: dotted },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_is_what_stands_before_the_cursor() {
        let word = Word::before("f(a.bé.c");
        assert_eq!((word.path, word.start), (vec!["a", "bé"], "c"));
        let word = Word::before("x + ");
        assert_eq!((word.path, word.start), (vec![], ""));
    }

    #[test]
    fn an_import_names_its_module() {
        assert_eq!(imported_from("from cython.meta import PL"), Some("cython.meta"));
        assert_eq!(imported_from("import cython"), None);
    }
}
