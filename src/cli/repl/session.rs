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
pub(crate) struct SessionSetup {
    pub options: Options,
    /// Where modules are found.
    pub folder: PathBuf,
    pub style: Colouring,
}

/// What is asked of the session.
pub(crate) enum SessionRequest {
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
pub(crate) enum SessionAnswer {
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
pub(crate) enum Restored {
    Whole,
    Partly,
}

/// What a session's thread reports.
pub(crate) enum SessionReport {
    /// It can be asked, and stopped.
    Open(Interrupter),
    Event(Event),
    Answer(SessionAnswer),
    Crashed(Crash),
    /// The person wants it to stop.
    Stop,
}

/// Where a session's thread reports to.
#[derive(Clone)]
pub(crate) struct Reporter {
    pub to: SyncSender<(usize, SessionReport)>,
    /// The thread's number.
    pub number: usize,
}

impl Reporter {
    fn report(&self, report: SessionReport) {
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
                self.reporter.report(SessionReport::Event(other));
            }
        }
    }

    fn flush(&mut self) {
        if let Some((stream, text)) = self.held.take() {
            self.reporter.report(SessionReport::Event(Event::Wrote(stream, text)));
        }
    }
}

/// The life of a session's thread.
pub(crate) fn serve(setup: SessionSetup, requests: &Receiver<SessionRequest>, reporter: &Reporter) {
    let served = crash::catch(|| session(setup, requests, reporter));
    match served {
        Ok(Ok(())) => {}
        Ok(Err(why)) => reporter.report(SessionReport::Crashed(Crash::new(why))),
        Err(crash) => reporter.report(SessionReport::Crashed(crash)),
    }
}

fn session(
    setup: SessionSetup,
    requests: &Receiver<SessionRequest>,
    reporter: &Reporter,
) -> Result<(), String> {
    let quiet = Rc::new(Cell::new(true));
    let lines = Lines { reporter: reporter.clone(), quiet: quiet.clone(), held: None };
    let lines = Rc::new(RefCell::new(lines));
    let hearing = lines.clone();
    let listener: Listener = Rc::new(RefCell::new(move |event| hearing.borrow_mut().hear(event)));
    let SessionSetup { options, folder, style } = setup;
    let mut prompt = Prompt::open(&Disk, options, &folder, listener, style)?;
    reporter.report(SessionReport::Open(prompt.interrupter()));
    for request in requests {
        quiet.set(matches!(request, SessionRequest::Replay(_)));
        let answer = answer(&mut prompt, request, style);
        lines.borrow_mut().flush();
        reporter.report(SessionReport::Answer(answer));
    }
    Ok(())
}

fn answer(prompt: &mut Prompt<'_>, request: SessionRequest, style: Colouring) -> SessionAnswer {
    let text = |text: Result<String, InputOutcome>| match text {
        Ok(text) => SessionAnswer::Text(text),
        Err(outcome) => SessionAnswer::Ended(outcome),
    };
    match request {
        SessionRequest::Run(input) => SessionAnswer::Ended(prompt.run(&input)),
        SessionRequest::Replay(inputs) => {
            let stopped = inputs.iter().any(|input| {
                matches!(
                    prompt.run(input),
                    InputOutcome::Ran(Ended::Interrupted(_)) | InputOutcome::Refused
                )
            });
            SessionAnswer::Restarted(if stopped { Restored::Partly } else { Restored::Whole })
        }
        SessionRequest::Expand { name, code } => text(prompt.expanded(&name, &code)),
        SessionRequest::Step { name, code } => {
            let steps = prompt.steps(&name, &code);
            text(steps.map(|steps| trace::render(&steps, None, style)))
        }
        SessionRequest::Tree { name, code } => text(prompt.tree(&name, &code)),
        SessionRequest::Why { name, code } => text(prompt.why(&name, &code)),
        SessionRequest::Code => SessionAnswer::Text(prompt.code()),
        SessionRequest::Names(path) => {
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            SessionAnswer::Names(prompt.names_after(&path))
        }
        SessionRequest::Importable(module) => SessionAnswer::Names(prompt.importable(&module)),
    }
}
