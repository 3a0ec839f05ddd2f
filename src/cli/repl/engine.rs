//! The session on a thread of its own, and what can be asked of it from here.
//!
//! The thread has a large stack, and can be left behind: code that neither ends nor comes back to
//! the interpreter's loop can't be stopped. Then another takes its place, in which all inputs run
//! once more, unseen. Compile-time Python has no clock and no files, so they do the same again.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::thread::Builder;
use std::time::{Duration, Instant};

use crate::cli::crash::{self, Crash};
use crate::cli::disk::Disk;
use crate::diagnostic::render::Style;
use crate::driver::Options;
use crate::driver::prompt::{Ended as How, Event, Input, Interrupter, Listener, Outcome, Prompt};

/// The stack of the session's thread: only reserved, and more than deep code needs.
const STACK: usize = 1 << 30;

/// How long code that was interrupted may take to notice.
const PATIENCE: Duration = Duration::from_secs(2);

/// How much output may wait to be shown before the program waits.
const WAITING: usize = 256;

/// What a session is opened with.
#[derive(Clone)]
pub struct Setup {
    pub options: Options,
    /// Where modules are found.
    pub folder: PathBuf,
    pub style: Style,
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
    Ended(Outcome),
    Text(String),
    Names(BTreeSet<String>),
    /// It was stopped, and the session made anew; whether all its variables are back.
    Restarted(Restored),
    /// It met a bug of this tool, and the session was made anew.
    Crashed(String),
}

/// Whether a session that was made anew is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restored {
    Whole,
    Partly,
}

enum Report {
    Open(Interrupter),
    Event(Event),
    Answer(Answer),
    Crashed(Crash),
    /// The person wants it to stop.
    Stop,
}

/// A session that runs on another thread.
pub struct Engine {
    setup: Setup,
    requests: Sender<Request>,
    interrupter: Interrupter,
    /// Reports with the number of the thread they are from.
    reports: Receiver<(usize, Report)>,
    reporter: SyncSender<(usize, Report)>,
    /// The number of the thread that is listened to.
    current: usize,
    /// What ran so far.
    log: Vec<Input>,
}

impl Engine {
    /// Starts a session.
    ///
    /// # Errors
    /// When there can be no thread, or no interpreter; why.
    pub fn start(setup: Setup) -> Result<Engine, String> {
        let (reporter, reports) = mpsc::sync_channel(WAITING);
        let (requests, interrupter) = open(&setup, 0, &reporter, &reports)?;
        let stop = reporter.clone();
        // The person presses Ctrl-C while there is no line to edit. Nobody listens at the end.
        let handler = move || drop(stop.send((0, Report::Stop)));
        ctrlc::set_handler(handler).map_err(|why| why.to_string())?;
        let log = Vec::new();
        Ok(Engine { setup, requests, interrupter, reports, reporter, current: 0, log })
    }

    /// Asks something of the session, and hears what it tells until it answers.
    ///
    /// # Errors
    /// When a session that has to be made anew can't be; why.
    pub fn ask(&mut self, request: Request, hear: &mut dyn FnMut(Event)) -> Result<Answer, String> {
        let mut running = match &request {
            Request::Run(input) => Some(Input { statements: 0, ..input.clone() }),
            _ => None,
        };
        // That the thread has ended is met below.
        let _ = self.requests.send(request);
        let answer = self.wait(hear, &mut running);
        self.log.extend(running.filter(|input| input.statements > 0));
        match answer {
            Ended::With(answer) => Ok(answer),
            Ended::Stuck => self.restart().map(Answer::Restarted),
            Ended::Crashed(crash) => {
                self.restart()?;
                Ok(Answer::Crashed(crash.report(None)))
            }
        }
    }

    /// Waits for the answer to a request.
    fn wait(&mut self, hear: &mut dyn FnMut(Event), running: &mut Option<Input>) -> Ended {
        let mut deadline: Option<Instant> = None;
        loop {
            let report = match deadline {
                None => self.reports.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(deadline) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    self.reports.recv_timeout(left)
                }
            };
            match report {
                Ok((_, Report::Stop)) if deadline.is_some() => return Ended::Stuck,
                Ok((_, Report::Stop)) => {
                    self.interrupter.interrupt();
                    deadline = Some(Instant::now() + PATIENCE);
                }
                Ok((number, _)) if number != self.current => {}
                Ok((_, Report::Event(Event::Ran))) => {
                    if let Some(input) = running {
                        input.statements += 1;
                    }
                }
                // What was written before it was told to stop is of no use any more.
                Ok((_, Report::Event(_))) if deadline.is_some() => {}
                Ok((_, Report::Event(event))) => hear(event),
                Ok((_, Report::Answer(answer))) => return Ended::With(answer),
                Ok((_, Report::Crashed(crash))) => return Ended::Crashed(crash),
                Ok((_, Report::Open(_))) => {}
                Err(_) => return Ended::Stuck,
            }
        }
    }

    /// Leaves the thread behind, and brings the session to where it was in another.
    fn restart(&mut self) -> Result<Restored, String> {
        self.current += 1;
        let opened = open(&self.setup, self.current, &self.reporter, &self.reports)?;
        (self.requests, self.interrupter) = opened;
        let log = self.log.clone();
        // That the thread has ended is met below.
        let _ = self.requests.send(Request::Replay(log));
        match self.wait(&mut |_| {}, &mut None) {
            Ended::With(Answer::Restarted(restored)) => Ok(restored),
            _ => {
                // An input that can't be run twice: better a session without any.
                self.log.clear();
                self.current += 1;
                let opened = open(&self.setup, self.current, &self.reporter, &self.reports)?;
                (self.requests, self.interrupter) = opened;
                Ok(Restored::Partly)
            }
        }
    }
}

enum Ended {
    With(Answer),
    /// It can't be stopped.
    Stuck,
    Crashed(Crash),
}

/// Starts a session's thread and waits until it is open.
fn open(
    setup: &Setup,
    number: usize,
    reporter: &SyncSender<(usize, Report)>,
    reports: &Receiver<(usize, Report)>,
) -> Result<(Sender<Request>, Interrupter), String> {
    let (requests, arriving) = mpsc::channel();
    let (setup, to) = (setup.clone(), Reporter { to: reporter.clone(), number });
    let run = move || serve(setup, &arriving, &to);
    let thread = Builder::new().stack_size(STACK).spawn(run);
    thread.map_err(|why| format!("no thread can be started: {why}"))?;
    loop {
        match reports.recv() {
            Ok((from, Report::Open(interrupter))) if from == number => {
                return Ok((requests, interrupter));
            }
            Ok((from, Report::Crashed(crash))) if from == number => return Err(crash.report(None)),
            Ok(_) => {}
            Err(why) => return Err(why.to_string()),
        }
    }
}

/// Where a session's thread reports to.
#[derive(Clone)]
struct Reporter {
    to: SyncSender<(usize, Report)>,
    number: usize,
}

impl Reporter {
    fn report(&self, report: Report) {
        // At the end of the process nobody listens.
        let _ = self.to.send((self.number, report));
    }
}

/// The life of a session's thread.
fn serve(setup: Setup, requests: &Receiver<Request>, reporter: &Reporter) {
    let served = crash::catch(|| session(setup, requests, reporter));
    match served {
        Ok(Ok(())) => {}
        Ok(Err(why)) => reporter.report(Report::Crashed(Crash::new(why))),
        Err(crash) => reporter.report(Report::Crashed(crash)),
    }
}

fn session(setup: Setup, requests: &Receiver<Request>, reporter: &Reporter) -> Result<(), String> {
    let quiet = Rc::new(Cell::new(true));
    let (is_quiet, to) = (quiet.clone(), reporter.clone());
    let listener: Listener = Rc::new(RefCell::new(move |event| {
        if !is_quiet.get() {
            to.report(Report::Event(event));
        }
    }));
    let Setup { options, folder, style } = setup;
    let mut prompt = Prompt::open(&Disk, options, &folder, listener, style)?;
    reporter.report(Report::Open(prompt.interrupter()));
    for request in requests {
        quiet.set(matches!(request, Request::Replay(_)));
        let answer = answer(&mut prompt, request);
        reporter.report(Report::Answer(answer));
    }
    Ok(())
}

fn answer(prompt: &mut Prompt<'_>, request: Request) -> Answer {
    let text = |text: Result<String, Outcome>| match text {
        Ok(text) => Answer::Text(text),
        Err(outcome) => Answer::Ended(outcome),
    };
    match request {
        Request::Run(input) => Answer::Ended(prompt.run(&input)),
        Request::Replay(inputs) => {
            let stopped = inputs.iter().any(|input| {
                matches!(prompt.run(input), Outcome::Ran(How::Interrupted(_)) | Outcome::Refused)
            });
            Answer::Restarted(if stopped { Restored::Partly } else { Restored::Whole })
        }
        Request::Expand { name, code } => text(prompt.expanded(&name, &code)),
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
