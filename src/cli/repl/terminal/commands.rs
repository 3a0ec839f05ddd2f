//! What can be asked of the prompt besides running code: lines that start with a colon.

use std::fs;
use std::path::Path;

use super::Terminal;
use crate::cli::disk;
use crate::cli::repl::session::{SessionAnswer, SessionRequest};
use crate::driver::prompt::{Display, Input};

const HELP: &str = "\
Python, with macros: @macro, uneval and the rest work as in files that are expanded.

:expand CODE   the code before and after its macros are expanded
:step CODE     what its macros do to the code, one after the other
:tree EXPR     the code as a tree, variables followed to their definitions
:why EXPR      which parts are known at compile time, and what makes the others wait
:load FILE     run the statements of a file here
:save FILE     write what was typed to a file
:help          this

Tab completes, and indents at the start of a line. Ctrl-C stops what is running.
exit() or Ctrl-D leaves.
";

impl Terminal<'_> {
    /// Does what a line asks for that starts with a colon.
    ///
    /// # Errors
    /// When the session can't go on; why.
    pub(crate) fn command(&mut self, line: &str) -> Result<(), String> {
        let line = line.trim();
        let (name, argument) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let argument = argument.trim();
        let code = || (self.input_name(), argument.to_owned());
        match (name, argument) {
            (":help", _) => self.say(HELP),
            (":expand" | ":step" | ":why" | ":tree" | ":load" | ":save", "") => {
                self.say(&format!("{name} what? :help tells\n"));
            }
            (":expand", _) => {
                let (name, code) = code();
                if let Some(after) = self.text(SessionRequest::Expand { name, code })? {
                    self.say(&format!("before  {}", beside(argument)));
                    self.say(&format!("after   {}", beside(&after)));
                }
            }
            (":step", _) => {
                let (name, code) = code();
                if let Some(steps) = self.text(SessionRequest::Step { name, code })? {
                    self.say(if steps.is_empty() { "no macro is called\n" } else { &steps });
                }
            }
            (":tree", _) => {
                let (name, code) = code();
                if let Some(tree) = self.text(SessionRequest::Tree { name, code })? {
                    self.say(&tree);
                }
            }
            (":why", _) => {
                let (name, code) = code();
                if let Some(parts) = self.text(SessionRequest::Why { name, code })? {
                    self.say(&parts);
                }
            }
            (":load", path) => self.load(path)?,
            (":save", path) => self.save(path)?,
            _ => self.say(&format!("{name} is no command: :help tells which there are\n")),
        }
        Ok(())
    }

    fn load(&mut self, path: &str) -> Result<(), String> {
        match fs::read(path) {
            Ok(code) => {
                let (name, display) = (path.to_owned(), Display::Quiet);
                self.run(Input { name, code, display, statements: usize::MAX })
            }
            Err(why) => {
                self.complain(&format!("{path} can't be read: {why}\n"));
                Ok(())
            }
        }
    }

    fn save(&mut self, path: &str) -> Result<(), String> {
        if let Some(code) = self.text(SessionRequest::Code)?
            && let Err(why) = disk::save(Path::new(path), code.as_bytes(), None)
        {
            self.complain(&format!("{path} can't be written: {why}\n"));
        }
        Ok(())
    }

    /// The text that comes of a request, if nothing was in the way.
    fn text(&mut self, request: SessionRequest) -> Result<Option<String>, String> {
        match self.ask(request)? {
            SessionAnswer::Text(text) => Ok(Some(text)),
            other => {
                self.answered(other);
                Ok(None)
            }
        }
    }
}

/// Lines that stand beside a word of eight characters.
fn beside(code: &str) -> String {
    let lines: Vec<_> = code.trim_end().lines().collect();
    format!("{}\n", lines.join("\n        "))
}
