//! The session's own thread: it is asked, and reports.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, SyncSender};

use crate::cli::crash::{self, Crash};
use crate::cli::disk::Disk;
use crate::cli::trace;
use crate::diagnostic::render::Colouring;
use crate::driver::Options;
use crate::driver::prompt::{
    Ended, Event, Input, InputOutcome, Interrupter, Listener, Prompt, Stream,
};

/// How much output is held back for the end of its line.
const HELD: usize = 8192;

/// What a session is opened with.
#[derive(Clone)]
pub struct Setup {
    pub options: Options,
    /// Where modules are found.
    pub folder: PathBuf,
    pub style: Colouring,
}

/// What is asked of the session.
pub enum Request {
    Run(Input),
    /// Run these again, and show nothing.
    Replay(Vec<Input>),
    /// What code expands to.
    Expand {
        name: String,
        code: String,
    },
    /// What macros do to code, one after the other.
    Step {
        name: String,
        code: String,
    },
    /// The tree of an expression.
    Tree {
        name: String,
        code: String,
    },
    /// What of an expression is static.
    Why {
        name: String,
        code: String,
    },
    /// The session's code, as a file.
    Code,
    /// The names after a dotted path.
    Names(Vec<String>),
    /// The names that can be imported from a module.
    Importable(String),
}

/// What comes of a request.
#[derive(Debug)]
pub enum Answer {
    Ended(InputOutcome),
    Text(String),
    Names(BTreeSet<String>),
    /// It was stopped, and the session made anew; whether all its variables are back.
    Restarted(Restored),
    /// Whoever asked has stopped to listen.
    Unheard,
    /// It met a bug of this tool, and the session was made anew.
    Crashed(String),
}

/// Whether a session that was made anew is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restored {
    Whole,
    Partly,
}

/// What a session's thread reports.
pub enum Report {
    /// It can be asked, and stopped.
    Open(Interrupter),
    Event(Event),
    Answer(Answer),
    Crashed(Crash),
    /// The person wants it to stop.
    Stop,
}

/// Where a session's thread reports to.
#[derive(Clone)]
pub struct Reporter {
    pub to: SyncSender<(usize, Report)>,
    /// The thread's number.
    pub number: usize,
}

impl Reporter {
    fn report(&self, report: Report) {
        // At the end of the process nobody listens.
        let _ = self.to.send((self.number, report));
    }
}

/// Reports what a program writes in lines, where it comes in pieces.
struct Lines {
    reporter: Reporter,
    /// Whether nothing is to be reported.
    quiet: Rc<Cell<bool>>,
    held: Option<(Stream, String)>,
}

impl Lines {
    fn hear(&mut self, event: Event) {
        if self.quiet.get() {
            return;
        }
        match event {
            // What flushes a stream.
            Event::Wrote(_, text) if text.is_empty() => self.flush(),
            Event::Wrote(stream, text) => {
                if self.held.as_ref().is_some_and(|(held, _)| *held != stream) {
                    self.flush();
                }
                let (_, held) = self.held.get_or_insert_with(|| (stream, String::new()));
                held.push_str(&text);
                if held.ends_with('\n') || held.len() > HELD {
                    self.flush();
                }
            }
            other => {
                self.flush();
                self.reporter.report(Report::Event(other));
            }
        }
    }

    fn flush(&mut self) {
        if let Some((stream, text)) = self.held.take() {
            self.reporter.report(Report::Event(Event::Wrote(stream, text)));
        }
    }
}

/// The life of a session's thread.
pub fn serve(setup: Setup, requests: &Receiver<Request>, reporter: &Reporter) {
    let served = crash::catch(|| session(setup, requests, reporter));
    match served {
        Ok(Ok(())) => {}
        Ok(Err(why)) => reporter.report(Report::Crashed(Crash::new(why))),
        Err(crash) => reporter.report(Report::Crashed(crash)),
    }
}

fn session(setup: Setup, requests: &Receiver<Request>, reporter: &Reporter) -> Result<(), String> {
    let quiet = Rc::new(Cell::new(true));
    let lines = Lines { reporter: reporter.clone(), quiet: quiet.clone(), held: None };
    let lines = Rc::new(RefCell::new(lines));
    let hearing = lines.clone();
    let listener: Listener = Rc::new(RefCell::new(move |event| hearing.borrow_mut().hear(event)));
    let Setup { options, folder, style } = setup;
    let mut prompt = Prompt::open(&Disk, options, &folder, listener, style)?;
    reporter.report(Report::Open(prompt.interrupter()));
    for request in requests {
        quiet.set(matches!(request, Request::Replay(_)));
        let answer = answer(&mut prompt, request, style);
        lines.borrow_mut().flush();
        reporter.report(Report::Answer(answer));
    }
    Ok(())
}

fn answer(prompt: &mut Prompt<'_>, request: Request, style: Colouring) -> Answer {
    let text = |text: Result<String, InputOutcome>| match text {
        Ok(text) => Answer::Text(text),
        Err(outcome) => Answer::Ended(outcome),
    };
    match request {
        Request::Run(input) => Answer::Ended(prompt.run(&input)),
        Request::Replay(inputs) => {
            let stopped = inputs.iter().any(|input| {
                matches!(
                    prompt.run(input),
                    InputOutcome::Ran(Ended::Interrupted(_)) | InputOutcome::Refused
                )
            });
            Answer::Restarted(if stopped { Restored::Partly } else { Restored::Whole })
        }
        Request::Expand { name, code } => text(prompt.expanded(&name, &code)),
        Request::Step { name, code } => {
            let steps = prompt.steps(&name, &code);
            text(steps.map(|steps| trace::render(&steps, None, style)))
        }
        Request::Tree { name, code } => text(prompt.tree(&name, &code)),
        Request::Why { name, code } => text(prompt.why(&name, &code)),
        Request::Code => Answer::Text(prompt.code()),
        Request::Names(path) => {
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            Answer::Names(prompt.names_after(&path))
        }
        Request::Importable(module) => Answer::Names(prompt.importable(&module)),
    }
}
