//! The session on a thread of its own, and what can be asked of it from here.
//!
//! The thread has a large stack, and can be left behind: code that neither ends nor comes back to
//! the interpreter's loop can't be stopped. Then another takes its place, in which all inputs run
//! once more, unseen. Compile-time Python has no clock and no files, so they do the same again.

use std::ops::ControlFlow;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::thread::Builder;
use std::time::{Duration, Instant};

use super::session::{
    Reporter, Restored, SessionAnswer, SessionReport, SessionRequest, SessionSetup, serve,
};
use crate::cli::crash::Crash;
use crate::driver::prompt::{Event, Input, Interrupt, Interrupter};

/// The stack of the session's thread: only reserved, and more than deep code needs.
const STACK: usize = 1 << 30;

/// How long code that was interrupted may take to notice.
const PATIENCE: Duration = Duration::from_secs(2);

/// How often code may be interrupted, and go on.
const MOST_STOPS: usize = 3;

/// How much output may wait to be shown before the program waits.
const WAITING: usize = 256;

/// What hears a session, until it has had enough: then the session is of no use any more.
pub(crate) type Hearing<'a> = dyn FnMut(Event) -> ControlFlow<()> + 'a;

/// A session that runs on another thread.
pub(crate) struct Engine {
    setup: SessionSetup,
    requests: Sender<SessionRequest>,
    interrupter: Interrupter,
    /// Reports with the number of the thread they are from.
    reports: Receiver<(usize, SessionReport)>,
    reporter: SyncSender<(usize, SessionReport)>,
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
    pub(crate) fn start(setup: SessionSetup) -> Result<Engine, String> {
        let (reporter, reports) = mpsc::sync_channel(WAITING);
        let (requests, interrupter) = open(&setup, 0, &reporter, &reports)?;
        let stop = reporter.clone();
        // The person presses Ctrl-C while there is no line to edit. Nobody listens at the end.
        let handler = move || drop(stop.send((0, SessionReport::Stop)));
        ctrlc::set_handler(handler).map_err(|why| why.to_string())?;
        let log = Vec::new();
        Ok(Engine { setup, requests, interrupter, reports, reporter, current: 0, log })
    }

    /// Asks something of the session, and hears what it tells until it answers.
    ///
    /// # Errors
    /// When a session that has to be made anew can't be; why.
    pub(crate) fn ask(
        &mut self,
        request: SessionRequest,
        hear: &mut Hearing<'_>,
    ) -> Result<SessionAnswer, String> {
        let mut running = match &request {
            SessionRequest::Run(input) => Some(Input { statements: 0, ..input.clone() }),
            _ => None,
        };
        // A wish to stop what has ended meanwhile isn't meant for this.
        while self.reports.try_recv().is_ok() {}
        // That the thread has ended is met below.
        let _ = self.requests.send(request);
        let answer = self.wait(hear, &mut running);
        self.log.extend(running.filter(|input| input.statements > 0));
        match answer {
            RequestEnd::With(answer) => Ok(answer),
            RequestEnd::Stuck => self.restart().map(SessionAnswer::Restarted),
            RequestEnd::Crashed(crash) => {
                self.restart()?;
                Ok(SessionAnswer::Crashed(crash.report(None)))
            }
        }
    }

    /// Waits for the answer to a request.
    fn wait(&mut self, hear: &mut Hearing<'_>, running: &mut Option<Input>) -> RequestEnd {
        let mut stop: Option<(Interrupt, Instant)> = None;
        let mut stops = 0;
        loop {
            // Code that has noticed may take its time, and go on.
            stop = stop.filter(|(interrupt, _)| !interrupt.was_noticed());
            let report = match &stop {
                None => self.reports.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some((_, deadline)) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    self.reports.recv_timeout(left)
                }
            };
            match report {
                Ok((_, SessionReport::Stop)) => match &stop {
                    // Code that notices and goes on may do so for ever.
                    _ if stops == MOST_STOPS => return RequestEnd::Stuck,
                    Some((interrupt, _)) if !interrupt.was_noticed() => return RequestEnd::Stuck,
                    _ => {
                        stops += 1;
                        stop = Some((self.interrupter.interrupt(), Instant::now() + PATIENCE));
                    }
                },
                Ok((number, _)) if number != self.current => {}
                Ok((_, SessionReport::Event(Event::Ran))) => {
                    if let Some(input) = running {
                        input.statements += 1;
                    }
                }
                Ok((_, SessionReport::Event(event))) => {
                    if hear(event).is_break() {
                        return RequestEnd::With(SessionAnswer::Unheard);
                    }
                }
                Ok((_, SessionReport::Answer(answer))) => return RequestEnd::With(answer),
                Ok((_, SessionReport::Crashed(crash))) => return RequestEnd::Crashed(crash),
                Ok((_, SessionReport::Open(_))) => {}
                Err(RecvTimeoutError::Timeout)
                    if stop.as_ref().is_some_and(|(interrupt, _)| interrupt.was_noticed()) => {}
                Err(_) => return RequestEnd::Stuck,
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
        let _ = self.requests.send(SessionRequest::Replay(log));
        match self.wait(&mut |_| ControlFlow::Continue(()), &mut None) {
            RequestEnd::With(SessionAnswer::Restarted(restored)) => Ok(restored),
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

enum RequestEnd {
    With(SessionAnswer),
    /// It can't be stopped.
    Stuck,
    Crashed(Crash),
}

/// Starts a session's thread and waits until it is open.
fn open(
    setup: &SessionSetup,
    number: usize,
    reporter: &SyncSender<(usize, SessionReport)>,
    reports: &Receiver<(usize, SessionReport)>,
) -> Result<(Sender<SessionRequest>, Interrupter), String> {
    let (requests, arriving) = mpsc::channel();
    let (setup, to) = (setup.clone(), Reporter { to: reporter.clone(), number });
    let run = move || serve(setup, &arriving, &to);
    let thread = Builder::new().stack_size(STACK).spawn(run);
    thread.map_err(|why| format!("no thread can be started: {why}"))?;
    loop {
        match reports.recv() {
            Ok((from, SessionReport::Open(interrupter))) if from == number => {
                return Ok((requests, interrupter));
            }
            Ok((from, SessionReport::Crashed(crash))) if from == number => {
                return Err(crash.report(None));
            }
            Ok(_) => {}
            Err(why) => return Err(why.to_string()),
        }
    }
}
