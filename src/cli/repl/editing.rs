//! What the keys do that depends on the code around: Enter indents the next line, Tab indents at
//! the start of a line and completes elsewhere.

use std::sync::{Arc, Mutex};

use reedline::{
    EditCommand, EditMode, Emacs, KeyCode, KeyModifiers, PromptEditMode, ReedlineEvent,
    ReedlineRawEvent, ValidationResult, Validator, default_emacs_keybindings,
};

use crate::syntax::{Completeness, completeness};

/// The name of the menu of completions.
pub(crate) const MENU: &str = "completions";

const UNIT: &str = "    ";

/// What was in the editor when it was last painted, and what was typed since.
#[derive(Default)]
pub(crate) struct Snapshot {
    before: String,
    after: String,
    /// Whether something was done since that this doesn't follow.
    is_lost: bool,
}

impl Snapshot {
    /// The text with the cursor at this byte.
    pub(crate) fn new(text: &str, cursor: usize) -> Snapshot {
        let (before, after) = text.split_at_checked(cursor).unwrap_or((text, ""));
        Snapshot { before: before.to_owned(), after: after.to_owned(), is_lost: false }
    }

    fn follow(&mut self, event: &ReedlineEvent) {
        let ReedlineEvent::Edit(commands) = event else {
            self.is_lost |= !matches!(event, ReedlineEvent::None | ReedlineEvent::Enter);
            return;
        };
        for command in commands {
            match command {
                EditCommand::InsertChar(c) => self.before.push(*c),
                EditCommand::InsertString(text) => self.before.push_str(text),
                EditCommand::InsertNewline => self.before.push('\n'),
                _ => self.is_lost = true,
            }
        }
    }
}

/// The keys of Emacs, and those that know Python.
pub(crate) struct Keys {
    emacs: Emacs,
    seen: Arc<Mutex<Snapshot>>,
    /// Whether the menu of completions may be open.
    in_menu: bool,
}

impl Keys {
    /// Keys that look at what the editor was seen to hold.
    pub(crate) fn new(seen: Arc<Mutex<Snapshot>>) -> Keys {
        let mut bindings = default_emacs_keybindings();
        let menu = ReedlineEvent::Menu(MENU.to_owned());
        let tab = ReedlineEvent::UntilFound(vec![menu, ReedlineEvent::MenuNext]);
        bindings.add_binding(KeyModifiers::NONE, KeyCode::Tab, tab);
        bindings.add_binding(KeyModifiers::SHIFT, KeyCode::BackTab, ReedlineEvent::MenuPrevious);
        Keys { emacs: Emacs::new(bindings), seen, in_menu: false }
    }

    /// What the event does instead, in this place.
    fn instead(&mut self, event: &ReedlineEvent) -> Option<ReedlineEvent> {
        let seen = self.seen.lock().ok().filter(|seen| !seen.is_lost)?;
        match event {
            ReedlineEvent::Enter if !self.in_menu && seen.after.is_empty() => {
                let goes_on = completeness(&seen.before) == Completeness::Incomplete;
                let is_code = !seen.before.starts_with(':');
                (goes_on && is_code).then(|| {
                    let indentation = EditCommand::InsertString(indentation(&seen.before));
                    ReedlineEvent::Edit(vec![EditCommand::InsertNewline, indentation])
                })
            }
            ReedlineEvent::UntilFound(events) if opens_menu(events) => {
                let line = seen.before.rsplit('\n').next().unwrap_or_default();
                let is_start = line.trim().is_empty();
                is_start.then(|| ReedlineEvent::Edit(vec![EditCommand::InsertString(UNIT.into())]))
            }
            _ => None,
        }
    }
}

fn opens_menu(events: &[ReedlineEvent]) -> bool {
    matches!(events.first(), Some(ReedlineEvent::Menu(_)))
}

impl EditMode for Keys {
    fn parse_event(&mut self, event: ReedlineRawEvent) -> ReedlineEvent {
        let event = self.emacs.parse_event(event);
        let event = self.instead(&event).unwrap_or(event);
        self.in_menu = match &event {
            ReedlineEvent::UntilFound(events) => self.in_menu || opens_menu(events),
            ReedlineEvent::MenuPrevious => self.in_menu,
            _ => false,
        };
        if let Ok(mut seen) = self.seen.lock() {
            seen.follow(&event);
        }
        event
    }

    fn edit_mode(&self) -> PromptEditMode {
        self.emacs.edit_mode()
    }
}

/// What the line after `text` starts with.
fn indentation(text: &str) -> String {
    let line = text.rsplit('\n').next().unwrap_or_default();
    let code = line.trim();
    let own = line.split(|c: char| !c.is_whitespace()).next().unwrap_or_default();
    let ends = |word: &str| code == word || code.starts_with(&format!("{word} "));
    if code.ends_with([':', '(', '[', '{']) {
        return format!("{own}{UNIT}");
    }
    if ["return", "pass", "break", "continue", "raise"].iter().any(|word| ends(word)) {
        return own.strip_suffix(UNIT).unwrap_or_default().to_owned();
    }
    own.to_owned()
}

/// Says whether Enter runs the input or gives it a further line.
pub(crate) struct Finished;

impl Validator for Finished {
    fn validate(&self, text: &str) -> ValidationResult {
        match completeness(text) {
            Completeness::Incomplete if !text.starts_with(':') => ValidationResult::Incomplete,
            _ => ValidationResult::Complete,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_indented_as_the_one_before_it_asks_for() {
        for (text, expected) in [
            ("def f():", "    "),
            ("if x:\n    y", "    "),
            ("if x:\n    while y:", "        "),
            ("if x:\n    while y:\n        break", "    "),
            ("def f():\n    return 1", ""),
            ("def f():\n    returned = 1", "    "),
            ("x = [", "    "),
        ] {
            assert_eq!(indentation(text), expected, "{text:?}");
        }
    }
}
