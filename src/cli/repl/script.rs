//! Scripts: code that comes all at once, from a file, the command line or standard input.
//!
//! No value is shown, and the first thing that goes wrong ends the run.

use std::ops::ControlFlow;

use super::engine::Engine;
use super::session::{SessionAnswer, SessionRequest};
use crate::cli::console::{Console, Status, Stop};
use crate::driver::prompt::{Display, Ended, Event, Input, InputOutcome, Stream};

/// The status of a process that was interrupted.
const INTERRUPTED: u8 = 130;

/// Runs a script.
pub(crate) fn run(
    mut engine: Engine,
    name: String,
    code: Vec<u8>,
    console: &Console,
) -> Result<Status, Stop> {
    let input = Input { name, code, display: Display::Quiet, statements: usize::MAX };
    let mut stop = None;
    let mut hear = |event| {
        stop = show(event, console).err();
        if stop.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let answer = engine.ask(SessionRequest::Run(input), &mut hear).map_err(Stop::Failure)?;
    if let Some(stop) = stop {
        return Err(stop);
    }
    Ok(match answer {
        SessionAnswer::Ended(InputOutcome::Ran(Ended::Done)) => Status::Success,
        SessionAnswer::Ended(InputOutcome::Ran(Ended::Left { status, message })) => {
            left(status, message.as_deref(), console)
        }
        SessionAnswer::Ended(InputOutcome::Ran(Ended::Raised(text))) => {
            console.complain(&text);
            Status::Errors
        }
        SessionAnswer::Ended(InputOutcome::Ran(Ended::Interrupted(text))) => {
            console.complain(&text);
            Status::Program(INTERRUPTED)
        }
        SessionAnswer::Restarted(_) => {
            console.complain("KeyboardInterrupt\n");
            Status::Program(INTERRUPTED)
        }
        SessionAnswer::Crashed(report) => {
            console.complain(&report);
            Status::Internal
        }
        SessionAnswer::Ended(InputOutcome::Refused)
        | SessionAnswer::Text(_)
        | SessionAnswer::Names(_)
        | SessionAnswer::Unheard => Status::Errors,
    })
}

/// Shows what a session tells.
pub(crate) fn show(event: Event, console: &Console) -> Result<(), Stop> {
    match event {
        Event::Wrote(Stream::Output, text) => return console.print(text.as_bytes()),
        Event::Wrote(Stream::Errors, text) | Event::Said(text) => console.complain(&text),
        Event::Ran => {}
    }
    Ok(())
}

/// The status of a session that was left, with what there is to say.
pub(crate) fn left(status: u8, message: Option<&str>, console: &Console) -> Status {
    if let Some(message) = message {
        console.complain(&format!("{message}\n"));
    }
    match status {
        0 => Status::Success,
        status => Status::Program(status),
    }
}
